"""Custody: the page of a stay in prison, and what is recorded of it. Each act is one form and one call of a service."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.rules.leaving import REFUSED
from staff.permissions import Action
from staff.rules.dates import say_date
from staff.views.keeping import words_of
from ttg.forms.custody import (
    EndForm,
    MoveForm,
    PersonForm,
    ReceiveForm,
    ReckonForm,
    ReleaseDayForm,
    ReleasedForm,
    ScreeningForm,
    UndoReleaseForm,
)
from ttg.queries.custody import (
    custody_page,
    held_now,
    mentors_for,
    prisons_now,
    released_last,
    term_begun,
    workers_for,
)
from ttg.reference.custody import CustodyKind
from ttg.rules.reckoning import kept_basis, read_basis
from ttg.rules.release_dates import SentenceKind
from ttg.services import custody as services
from ttg.services import undoing

TAB = "case-release"
PAGE = "custody"
NOBODY = "Nobody who works here may be named on this case. Ask a head of service."
NOT_RELEASED = "No release is recorded, so there is none to undo."
UNDONE = (
    "For a release that was recorded by mistake, on {day}. They are then in prison again, contact stands still and what "
    "is owed before release is owed again. What was said of nights outside is taken away. Put nDelius right as well: "
    "the record is followed each night."
)
NOT_HELD = "They are not recorded as in prison, so there is nothing to change. Record that they are in prison first."


@case_view(Action.VIEW_RELEASE)
def custody(request, case):
    """The stay in prison, its dates and how they were worked out, and what was before."""
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": custody_page(case, header.names, header.may, localdate()),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/custody/page.html", context)


@case_view(Action.RECORD_CUSTODY)
def receive(request, case):
    words = words_of(request)
    begun = {"received_on": localdate(), "kind": CustodyKind.SENTENCED}
    form = words.form(ReceiveForm, prisons=prisons_now(localdate()), initial=begun)
    known = {"case": case, "basis": None}
    if _taken(request, form, services.receive, **known):
        return _done(request, case, words, "It is recorded. Reckon the dates next: everything is counted back from the release.")  # fmt: skip
    said = {
        "heading": "They are in prison",
        "lead": "What is owed of somebody in prison begins with this: the screening, the plan, and release from the first day of a short stay.",
        "button": "Record it",
        "nothing": "They are recorded as in prison already." if held_now(case) else "",
    }
    return _drawn(request, case, form, words, **said)


@case_view(Action.RECORD_CUSTODY)
def screen(request, case):
    said = {
        "heading": "The basic custody screening",
        "lead": "The prison’s own staff do it. Ask them what came of it.",
        "button": "Record the screening",
        "done": "It is recorded. The resettlement plan is due five working days after it.",
    }
    make = partial(ScreeningForm)
    return _of_stay(request, case, lambda words, stay: words.form(make), services.record_screening, **said)  # fmt: skip


@case_view(Action.RECORD_CUSTODY)
def reckon(request, case):
    said = {
        "heading": "Reckon the dates",
        "lead": "From the sentence as the warrant and the prison have it. The day they leave follows what is reckoned, unless somebody set another.",
        "button": "Reckon the dates",
        "done": "The dates are reckoned. How is shown below.",
        "template": "ttg/custody/reckon.html",
    }
    return _of_stay(request, case, _reckoning, services.reckon_dates, **said)


@case_view(Action.RECORD_CUSTODY)
def set_day(request, case):
    said = {
        "heading": "Set the day of release",
        "lead": "Where the prison, the Parole Board or a court decided. The officer and the worker hear of it at once.",
        "button": "Set the day",
        "done": "The day is set. What was to be there by then moves with it.",
    }
    return _of_stay(request, case, _release_day, services.set_release_day, **said)


@case_view(Action.RECORD_CUSTODY)
def move(request, case):
    today = localdate()

    def make(words, stay):
        prisons = prisons_now(today, but=stay.prison)
        return words.form(MoveForm, prisons=prisons, initial={"on": today})

    said = {
        "heading": "They moved to another prison",
        "lead": "Where they were stays on the page. What is owed goes with them.",
        "button": "Record the move",
        "done": "It is recorded.",
    }
    return _of_stay(request, case, make, services.move_prison, **said)


@case_view(Action.RECORD_CUSTODY)
def released(request, case):
    said = {
        "heading": "They were released",
        "lead": "Whatever was not ready stays on their page: record the release all the same. The first appointment is owed the next working day, and what stood still goes on.",
        "button": "Record the release",
        "done": "It is recorded. Say where they sleep tonight.",
    }
    return _of_stay(
        request,
        case,
        lambda words, stay: words.form(ReleasedForm, initial={"on": localdate()}),
        services.release,
        **said,
    )


@case_view(Action.RECORD_CUSTODY)
def end(request, case):
    said = {
        "heading": "End this stay without a release",
        "lead": "The stay is kept, and said to have ended. If they were released, record that instead.",
        "button": "End it",
        "done": "It has ended. Nothing is owed of it any more.",
    }
    return _of_stay(request, case, lambda words, stay: words.form(EndForm), services.end_custody, **said)  # fmt: skip


@case_view(Action.RECORD_CUSTODY)
def name_worker(request, case):
    said = {
        "heading": "Who of Through the Gate sees to them?",
        "lead": "One person, so that the officer and the prison know whom to ring.",
        "button": "Name them",
        "done": "It is recorded, and they are told.",
    }
    return _name(request, case, "worker", workers_for(case), services.name_worker, **said)


@case_view(Action.RECORD_CUSTODY)
def name_mentor(request, case):
    said = {
        "heading": "Who is their mentor?",
        "lead": "Somebody who goes with them through the gate and after. They see when and where to meet them, and not the case.",
        "button": "Name them",
        "done": "It is recorded, and they are told.",
    }
    return _name(request, case, "mentor", mentors_for(case), services.name_mentor, **said)


@case_view(Action.UNDO_RELEASE)
def undo_release(request, case):
    stay = released_last(case)
    if stay is None:
        messages.info(request, NOT_RELEASED)
        return redirect(PAGE, crn=case.crn)
    words = words_of(request)
    form = words.form(UndoReleaseForm)
    if _taken(request, form, undoing.undo_release, custody=stay):
        return _done(request, case, words, "It is undone. Everything before release is owed again.")
    said = {
        "heading": "They were not released",
        "lead": UNDONE.format(day=say_date(stay.released_on)),
        "button": "Undo the release",
    }
    return _drawn(request, case, form, words, **said)


def _name(request, case, called, people, service, **said):
    def make(words, stay):
        begun = {"person": getattr(stay, f"{called}_id")}
        return words.form(PersonForm, people=people, called=called, initial=begun)

    return _of_stay(request, case, make, service, nothing="" if people else NOBODY, **said)


def _reckoning(words, stay):
    """The form of what stands, or of what the record has of the sentence."""
    basis = read_basis(stay.basis)
    begun = {"seen": stay.version, "kind": SentenceKind.DETERMINATE}
    if basis is None:
        begun |= {f"{name}_1": value for name, value in term_begun(stay.case).items()}
        return words.form(ReckonForm, initial=begun)
    kept = kept_basis(basis)
    terms = kept.pop("terms")
    begun |= kept
    for place, one in enumerate(terms, 1):
        begun |= {f"{name}_{place}": value or None for name, value in one.items()}
        begun[f"consecutive_{place}"] = one["consecutive"]
    return words.form(ReckonForm, initial=begun)


def _release_day(words, stay):
    begun = {"seen": stay.version, "on": stay.release_on, "kind": stay.release_kind}
    return words.form(ReleaseDayForm, initial=begun)


def _of_stay(request, case, make, service, *, done, nothing="", template="ttg/custody/act.html", **said):  # fmt: skip
    """A form about the stay that runs; where none does, back to the page, and that is said."""
    stay = held_now(case)
    if stay is None:
        messages.info(request, NOT_HELD)
        return redirect(PAGE, crn=case.crn)
    words = words_of(request)
    form = make(words, stay)
    if _taken(request, form, service, custody=stay):
        return _done(request, case, words, done)
    if request.method == "POST" and "seen" in form.fields:
        form.say_stands(held_now(case).version)
    return _drawn(request, case, form, words, nothing=nothing, template=template, **said)


def _taken(request, form, service, **known):
    """Whether what was sent was taken."""
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user, now=now())


def _done(request, case, words, text):
    words.forget()
    messages.success(request, text)
    return redirect(PAGE, crn=case.crn)


def _drawn(request, case, form, words, *, nothing="", template="ttg/custody/act.html", **said):
    """The page of one act. `nothing`: why there is nothing to fill in."""
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "words": words,
        "nothing": REFUSED.get(case.left_as, nothing),
        "back": reverse(PAGE, args=[case.crn]),
        **said,
    }
    return render(request, template, context)
