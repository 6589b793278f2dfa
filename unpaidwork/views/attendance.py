"""One person on the register of a tablet: big buttons on their row, and a page that takes twenty seconds.

Each is one call of a service; what it refuses is said with what stands.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.register import (
    LEFT_EARLY,
    OTHER,
    CorrectForm,
    LeaveForm,
    NotComeForm,
)
from unpaidwork.queries.register import (
    cases_open,
    day_of,
    expected_on,
    how_it_stands,
    may_settle,
    said_of,
    who_said,
    wrote_meanwhile,
)
from unpaidwork.reference.sessions import Came, SessionState
from unpaidwork.rules.register import GONE
from unpaidwork.services import register as services
from unpaidwork.views.register import begin_leaving, found_session, version_of


@staff_view(Action.RUN_SESSION)
@require_POST
def arrival(request, session, attendance):
    """One press: they are here, since now, or since the session began where that is later or the day is over."""
    at, found = localtime(now()), found_session(request, session)
    one, day = _person(request, found, attendance), day_of(found)
    on_the_day = at.date() == found.on and day.starts_at < at < day.ends_at
    arrived_at = at.replace(second=0, microsecond=0) if on_the_day else day.starts_at
    return _press(request, one, services.record_arrival, arrived_at=arrived_at)


@staff_view(Action.RUN_SESSION)
@require_POST
def take_back_arrival(request, session, attendance):
    found = found_session(request, session)
    return _press(request, _person(request, found, attendance), services.take_back_arrival)


@staff_view(Action.RUN_SESSION)
def attendance(request, session, attendance):
    """What is said of one person next: that they did not come, how they left, or what is put right."""
    at, found = now(), found_session(request, session)
    one = _person(request, found, attendance)
    kind, service = _asked(one)
    words = words_of(request)
    form = words.form(
        kind, initial=_begun(one, kind, at, request.user), **_known(one, kind, request.user)
    )
    if request.method == "POST":
        done = _carried_out(request, form, service, one, at)
        if done:
            words.forget()
            messages.success(request, f"{one.case.name}: {how_it_stands(_again(one)).lower()}.")
            return redirect(f"{reverse('work-register', args=[found.pk])}#person-{one.pk}")
        one = _person(request, found, attendance)
    context = {
        "form": form,
        "words": words,
        "name": one.case.name,
        "crn": one.case.crn,
        "version": one.version,
        "stands": how_it_stands(one),
        "said": who_said(one),
        "heading": HEADINGS[kind],
        "follows": FOLLOWS.get(kind, ""),
        "button": BUTTONS[kind],
        "back": reverse("work-register", args=[found.pk]),
    }
    return render(request, "unpaidwork/register/attendance.html", context)


HEADINGS = {
    NotComeForm: "Did not come",
    LeaveForm: "Leaves",
    CorrectForm: "Put the register right",
}
FOLLOWS = {
    NotComeForm: "Their officer is told at once, rings today to ask if they are safe, and decides what it comes to. "
    "Nobody fails before that.",
    CorrectForm: "What stood is kept. Hours, the log and what the officer owes follow from what you say here.",
}
BUTTONS = {
    NotComeForm: "They did not come",
    LeaveForm: "Save and next",
    CorrectForm: "Put it right",
}


def _asked(one):
    """The form for what may be said of them next, and what carries it out."""
    came = Came(one.came)
    if came in GONE or (one.appointment.contact.outcome_code and came != Came.HERE):
        return CorrectForm, services.correct
    if came == Came.HERE:
        return LeaveForm, services.record_leaving
    return NotComeForm, services.record_not_come


def _carried_out(request, form, service, one, at):
    """What came of it; nothing where the form is not filled in, or what it was filled in over stands no more."""
    version, filled_in = version_of(request), form.is_valid()
    if version != one.version:
        form.add_error(None, wrote_meanwhile(one))
        return None
    known = {"attendance": one, "version": version, "by": request.user, "now": at}
    return form.carry_out(service, **known) if filled_in else None


def _known(one, kind, user):
    known = {"day": day_of(one.session)}
    return known if kind is LeaveForm else known | {"excuses": may_settle(user)}


def _begun(one, kind, at, user):
    """What stands in the boxes already: of whom something was said, that; else what the session says."""
    if kind is NotComeForm:
        return {}
    said = said_of(one)
    if kind is LeaveForm:
        return begin_leaving(one.session, at, user) | {
            "came": Came.LEFT,
            "arrived_at": said.arrived_at and said.arrived_at.time(),
        }
    names = names_for(one.case, actions_on(one.case, user))
    listed = said.task in day_of(one.session).tasks or not said.task
    return {
        "came": LEFT_EARLY if said.without_leave else said.came,
        "outcome": "" if said.without_leave else said.outcome,
        "arrived_at": said.arrived_at and said.arrived_at.time(),
        "left_at": said.left_at and said.left_at.time(),
        "task": said.task if listed else OTHER,
        "task_other": "" if listed else said.task,
        "note": names.text(said.note),
        **{
            name: getattr(said, name)
            for name in (
                "break_minutes",
                "penalty_minutes",
                "quality",
                "behaviour",
                "skills",
                "hi_vis",
                "intensive",
                "sensitive",
            )  # fmt: skip
        },
    }


def _press(request, one, service, **said):
    """One button of a row; the version is that of the row it stood on."""
    here = f"{reverse('work-register', args=[one.session_id])}#person-{one.pk}"
    try:
        service(attendance=one, version=version_of(request), by=request.user, now=now(), **said)
    except RuleBroken as refusal:
        messages.error(request, f"{one.case.name}: {refusal}")
    return redirect(here)


def _person(request, session, pk):
    """One person on this register whose case is open to the reader; nobody else is found."""
    rows = expected_on(session).filter(case__in=cases_open(session, request.user))
    found = rows.filter(pk=pk).first()
    if found is None or session.state == SessionState.STOOD_DOWN:
        raise Http404
    return found


def _again(one):
    return expected_on(one.session).get(pk=one.pk)
