"""Changing a series: what it means for everybody is shown first, then why is asked. Nothing typed is lost.

The page carries which version of the series it was drawn from, so that nobody changes what they have not seen.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import number
from cases.rules.words import counted
from grid.forms.series_changes import (
    CallOffForm,
    CoverForm,
    MoveSessionForm,
    NameLeadersForm,
    ReasonForm,
)
from grid.models import Room, SeriesSession
from grid.queries.leaders import who_leads
from grid.queries.rooms import title_of
from grid.queries.series import as_session, series_as_planned
from grid.queries.series_changes import if_called_off, if_moved, outside_of, standing_rows
from grid.queries.series_members import places_in
from grid.reference.groups import SessionState
from grid.services import series_changes, series_leaders
from grid.views.series import found_series
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.views.keeping import words_of

FORM = "grid/groups/change.html"
MEANWHILE = "That session was moved or called off meanwhile. See the series as it is now."


@dataclass(frozen=True)
class Shown:
    """What a change would mean. `told`: sentences to be read first. `theirs`: (CRN, name, words, too late or a clash) of those whom the reader may see."""

    words: str
    refused: tuple[str, ...]
    told: tuple[str, ...]
    theirs: list[tuple[str, str, str, bool]]
    others: str  # how many more there are, in words; blank: none


@staff_view(Action.RUN_GROUPS)
def move_session(request, series_session):
    found, session = _found(series_session)
    if session.state != SessionState.STANDS:
        return _stands_no_more(request, found)
    words = words_of(request)
    form = words.form(
        MoveSessionForm,
        leaders=_leaders(),
        rooms=Room.objects.in_use(localdate()).filter(place=found.place).order_by("name", "pk"),
    )

    def change(asked):
        return if_moved(found, session.number, asked.pop("on"), asked.pop("from_at"), now(), **asked)  # fmt: skip

    return _changing(
        request,
        form,
        words,
        found,
        look=change,
        service=series_changes.move_session,
        known={"session": session},
        said={
            "heading": f"Move session {session.number}",
            "lead": f"{_about(found)}. It is held on {_when(session)} now.",
            "button": "Move it",
            "done": "Moved. Appointments of everybody in it are moved, and their officers are told.",
        },
    )


@staff_view(Action.RUN_GROUPS)
def call_off_sessions(request, series):
    found, words = found_series(series), words_of(request)
    sessions = _to_come(found)
    ticked = number(request.GET.get("session", ""))
    form = words.form(
        CallOffForm,
        leaders=_leaders(),
        sessions=[(one.number, f"Session {one.number}, {_when(one)}") for one in sessions],
        initial={"numbers": [str(ticked)] if ticked else []},
    )

    def change(asked):
        return if_called_off(found, asked.pop("numbers"), now(), **asked)

    return _changing(
        request,
        form,
        words,
        found,
        look=change,
        service=series_changes.call_off_sessions,
        known={"series": found},
        said={
            "heading": "Call sessions off",
            "lead": f"{_about(found)}. What is called off is not lost: as many more are held.",
            "button": "Call them off",
            "done": "Called off, and the rest is planned again. Officers of everybody in it are told.",
        },
    )


@staff_view(Action.RUN_GROUPS)
def call_off_series(request, series):
    found, words = found_series(series), words_of(request)
    form = words.form(ReasonForm)
    there = len(places_in(found, now()))
    to_come = len(_to_come(found))
    known = {"series": found}
    said = {
        "heading": "Call the series off",
        "lead": f"{_about(found)}. {counted(to_come, 'session')} to come would not be held, and {counted(there, 'person', 'people')} would be back on the waiting list.",
        "button": "Call the series off",
        "done": "Called off. Whoever was in it is back on the waiting list, and their officers are told.",
    }
    return _simple(request, form, words, found, series_changes.call_off_series, known, said)


@staff_view(Action.RUN_GROUPS)
def name_leaders(request, series):
    found, words = found_series(series), words_of(request)
    sessions = _to_come(found)
    rows = standing_rows(found)
    lead = {user.pk for one in rows.values() for user in one.users}
    form = words.form(
        NameLeadersForm,
        leaders=_leaders(),
        sessions=[(one.number, f"Session {one.number}, {_when(one)}") for one in sessions],
        initial={"leaders": [str(pk) for pk in sorted(lead)]},
    )
    said = {
        "heading": "Say who leads it",
        "lead": f"{_about(found)}. {counted(found.leaders, 'person leads', 'people lead')} each session.",
        "button": "Save who leads it",
        "done": "Saved. They can open the registers of those sessions.",
    }
    known = {"series": found}
    return _simple(request, form, words, found, series_leaders.name_leaders, known, said)


@staff_view(Action.RUN_GROUPS)
def cover_session(request, series_session):
    found, session = _found(series_session)
    if session.state != SessionState.STANDS:
        return _stands_no_more(request, found)
    words = words_of(request)
    leading = standing_rows(found)[session.number].users
    others = [one for one in _leaders() if one not in leading]
    form = words.form(
        CoverForm,
        leading=leading,
        leaders=others,
        short=len(leading) < found.leaders,
        outside=outside_of(found, session, localdate()),
    )
    said = {
        "heading": f"Let somebody stand in at session {session.number}",
        "lead": f"{_about(found)}, {_when(session)}. Whoever stands in can open its register.",
        "button": "Let them stand in",
        "done": "Saved. They lead that session.",
    }
    known = {"session": session}
    return _simple(request, form, words, found, series_leaders.cover_session, known, said)


def _changing(request, form, words, found, *, look, service, known, said):
    """The page of a change: looked at, with what it means for everybody, before it is carried out."""
    shown = None
    if request.method == "POST":
        if "confirm" in request.POST and form.is_valid():
            if _carry_out(request, form, words, found, service, known, said):
                return redirect("series", series=found.pk)
            found.refresh_from_db()
        if form.without_reason():
            try:
                shown = _shown(look(form.change()), found, request.user)
            except RuleBroken as refusal:
                if str(refusal) not in form.non_field_errors():
                    form.add_error(None, str(refusal))
        if "confirm" not in request.POST:
            form.errors.pop("because", None)  # it is asked for once this has been read
    return _page(request, form, words, found, said, shown=shown, looks=True)


def _simple(request, form, words, found, service, known, said):
    """The page of a change that needs no look ahead."""
    if request.method == "POST" and form.is_valid():
        if _carry_out(request, form, words, found, service, known, said):
            return redirect("series", series=found.pk)
        found.refresh_from_db()
    return _page(request, form, words, found, said, shown=None, looks=False)


def _carry_out(request, form, words, found, service, known, said):
    version = number(request.POST.get("version", "")) or 0
    done = form.carry_out(service, **known, version=version, by=request.user, now=now())
    if done:
        words.forget()
        messages.success(request, said["done"])
    return done


def _page(request, form, words, found, said, *, shown, looks):
    context = {
        "form": form,
        "words": words,
        "version": found.version,
        "heading": said["heading"],
        "lead": said["lead"],
        "button": said["button"],
        "shown": shown,
        "looks": looks,
        "back": reverse("series", args=[found.pk]),
    }
    return render(request, FORM, context)


def _shown(change, found, user):
    """Each person's words, of those whose cases are open to this reader; the others are counted."""
    words = {one.member.case: one for one in change.replanned.members}
    cases = Case.objects.open_to(user, Action.VIEW_WAITING).filter(pk__in=words)
    theirs = [
        (case.crn, case.list_name, words[case.pk].words, words[case.pk].newly_late or bool(words[case.pk].clashes))
        for case in cases.order_by("sort_name", "pk")
    ]  # fmt: skip
    left = len(words) - len(theirs)
    others = counted(left, "more person", "more people") if left else ""
    return Shown(change.replanned.words, change.refused, change.told, theirs, others)


def _found(pk):
    """A session and its series."""
    session = get_object_or_404(SeriesSession.objects.select_related("series"), pk=pk)
    return found_series(session.series_id), session


def _stands_no_more(request, series):
    """There is nothing to change any more; why it was to be is said again, to be copied."""
    typed = request.POST.get("because", "").strip()
    messages.info(request, f"{MEANWHILE} You had typed: {typed}" if typed else MEANWHILE)
    return redirect("series", series.pk)


def _leaders():
    return list(who_leads().order_by("last_name", "first_name", "pk"))


def _to_come(found):
    at = now()
    return [one for one in series_as_planned(found).sessions if not one.has_begun(at)]


def _about(found):
    return f"{title_of(found.code)}, {found.place.name}"


def _when(session):
    one = as_session(session) if isinstance(session, SeriesSession) else session
    return f"{one.on:%A} {on(one.on)} at {say_time(one.from_at)}"
