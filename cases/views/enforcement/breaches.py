"""The page of one breach, and those on which a step of it is recorded: the NPS, the court, an end."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.forms.enforcement import breaches as forms
from cases.forms.enforcement.chasing import ChaseForm
from cases.queries.enforcement.breach_pages import (
    breach_page,
    chased_before,
    find_breach,
    lines_of,
    withdrawn_lines,
)
from cases.queries.enforcement.pack import regime_of
from cases.queries.header import case_header
from cases.queries.standing_still import asking_of
from cases.reference.enforcement import BREACH_MAY_BECOME, BREACH_OVER, BreachState
from cases.rules.enforcement.breaches import FROM_THE_NPS, outcomes_of
from cases.rules.enforcement.chasing import again_by, usual_again
from cases.rules.enforcement.court import HEARS
from cases.services.enforcement.breaches import answers, chasing, court, outcome_right, withdrawing
from cases.services.enforcement.breaches.steps import next_hearing
from cases.services.policy import clocks
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.views.keeping import say_closed, words_of

State = BreachState
TAB = "case-enforcement"
WRITTEN_TO = (
    "If a letter has gone that says otherwise, another is in the queue: see that it goes in time."
)
ISSUED = {  # by what is issued
    State.SUMMONS: "It is recorded. Contact goes on meanwhile.",
    State.WARRANT: "It is recorded, and that they are wanted: what is owed with them stands still.",
}
MOVED_ON = "That is not open to this breach any more. This is where it stands now."


@case_view(Action.VIEW_ENFORCEMENT)
def breach(request, case, breach):
    found, at = find(case, breach), now()
    header = case_header(case, request.user, localdate(at), TAB)
    context = {
        "case_header": header,
        "page": breach_page(found, header.names, header.may, at),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/enforcement/breach.html", context)


@case_view(Action.SUBMIT_BREACH)
def say_nps_answer(request, case, breach):
    return _step(
        request, case, breach,
        title="What the NPS answered", button="Record the answer", done="The answer is recorded. What is owed now is below.",
        form=forms.NPSAnswerForm, service=answers.say_nps_answer, may=FROM_THE_NPS,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def chase_nps(request, case, breach):
    found, today = find(case, breach), localdate()
    extra = clocks(today).extra_bank_holidays
    begins = {"outside": chased_before(found), "on": today, "again_on": usual_again(today, found.lay_by, extra)}  # fmt: skip
    return _step(
        request, case, breach,
        title="The NPS has not answered", button="Record that they were asked", done="It is recorded. The item rests until you look again, and is as late as it was.",
        form=partial(ChaseForm, latest=again_by(today, found.lay_by, extra)), service=chasing.chase_nps,
        open_to=found.state == State.SUBMITTED, initial=begins,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def say_issued(request, case, breach):
    return _step(
        request, case, breach,
        title="A summons or warrant is issued", button="Record it", done=_issued,
        form=forms.IssuedForm, service=court.say_issued, may={State.SUMMONS, State.WARRANT},
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def set_hearing(request, case, breach):
    found = find(case, breach)
    return _step(
        request, case, breach,
        title="A day in court is set", button="Record the day", done=f"The day in court is recorded. What came of it is asked the day after. {WRITTEN_TO}",
        form=forms.HearingForm, service=court.set_hearing,
        open_to=found.state in HEARS and next_hearing(found) is None, initial={"court": found.court_name},
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def say_hearing(request, case, breach):
    return _of_hearing(
        request, case, breach,
        title="What came of the day in court", button="Record it", done="It is recorded.",
        form=forms.SayHearingForm, service=court.say_hearing,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def call_off_hearing(request, case, breach):
    return _of_hearing(
        request, case, breach,
        title="The day in court is called off", button="Record it", done="It is recorded. Ask for another day.",
        form=forms.CallOffHearingForm, service=court.call_off_hearing,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def correct_hearing(request, case, breach):
    hearing = next_hearing(find(case, breach))
    stands = _stands(hearing) if hearing else {}
    return _of_hearing(
        request, case, breach,
        title="Put the day in court right", button="Record the day", done=f"The day in court is as you have put it. {WRITTEN_TO}",
        form=forms.HearingForm, service=court.correct_hearing, initial=stands,
        lead="Where the court has put it off, say instead what came of the day, or that it is called off.",
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def say_asked(request, case, breach):
    found = find(case, breach)
    return _step(
        request, case, breach,
        title="No day in court is known yet", button="Record what they answered", done="It is recorded, and asked again later.",
        form=forms.AskedForm, service=court.say_asked, open_to=found.state in HEARS and next_hearing(found) is None,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def outcome(request, case, breach):
    offered = outcomes_of(regime_of(find(case, breach)))
    return _step(
        request, case, breach,
        title="What the court decided", button="Record the decision", done="The decision is recorded. Review the case.",
        form=partial(forms.OutcomeForm, outcomes=offered), service=court.say_outcome, may={State.DECIDED}, offers=False,
    )  # fmt: skip


@case_view(Action.SUBMIT_BREACH)
def correct_outcome(request, case, breach):
    found = find(case, breach)
    code, on, said, prison, came = outcome_right.stands(found)
    offered = outcomes_of(regime_of(found))
    return _step(
        request, case, breach,
        title="Put the court’s decision right", button="Put it right", done="The decision is put right. Their officer and the seniors are told.",
        form=partial(forms.CorrectOutcomeForm, outcomes=offered, heard=outcome_right.decided_at(found) is not None), service=outcome_right.correct_outcome, once_over=True,
        open_to=found.state == State.DECIDED, initial={"code": code, "on": on, "words": said, "prison": prison, "attended": came},
        lead="Change what was recorded wrongly and leave the rest. What stood before is kept beside it.",
    )  # fmt: skip


@case_view(Action.WITHDRAW_BREACH)
def withdraw(request, case, breach):
    gone = bool(find(case, breach).times_submitted)
    return _step(
        request, case, breach,
        title="Withdraw the breach", button="Withdraw it", done="The breach is withdrawn. A senior probation officer reads why.",
        form=partial(forms.WithdrawBreachForm, gone=gone), service=withdrawing.withdraw_breach, may={State.WITHDRAWN}, offers=False,
        lead="It does not go on, and what was to be sent about it is not sent. A failure that still stands is put to the officer again, unless "
        "they comply, are ill, or were sentenced otherwise.",
    )  # fmt: skip


@case_view(Action.READ_WITHDRAWN_BREACH)
def read_withdrawn(request, case, breach):
    """A senior reads why a breach was withdrawn, and says so."""
    found, at = find(case, breach), now()
    here = reverse("breach", args=[case.crn, found.pk])
    if found.state != State.WITHDRAWN or found.seen_by_senior_at:
        say_closed(
            request,
            "Nothing is to be read of this breach: it is not withdrawn, or somebody has read it.",
        )
        return redirect(here)
    if request.method == "POST":
        try:
            withdrawing.see_withdrawn(breach=found, by=request.user, now=at)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        messages.success(request, "It is recorded that you have read it.")
        return redirect(here)
    header = case_header(case, request.user, localdate(at), TAB)
    lines = list(withdrawn_lines(found, header.names))
    said = {one.label for one in lines}
    context = {
        "case_header": header,
        "here": here,
        "lines": lines,
        "breach": [one for one in lines_of(found, header.names) if one.label not in said],
    }
    return render(request, "cases/enforcement/read_withdrawn.html", context)


def find(case, pk):
    found = find_breach(case, pk)
    if found is None:
        raise Http404
    return found


def _issued(case, to):
    """What has been done, and of a warrant what their officer owes from now on."""
    asking = asking_of(case, localdate()) if to == State.WARRANT else ""
    return f"{ISSUED[to]} {asking}".strip()


def _stands(hearing):
    """What the form of a day in court begins with."""
    at = localtime(hearing.at)
    return {"on": at.date(), "at": say_time(at), "court": hearing.court_name}


def _of_hearing(request, case, breach, **page):
    found = find(case, breach)
    hearing = next_hearing(found)
    if hearing:
        hearing.breach = found
    return _step(
        request, case, breach, about={"hearing": hearing}, open_to=hearing is not None, **page
    )


def _step(request, case, breach, *, title, button, done, form, service, may=None, offers=True, open_to=True, once_over=False, about=None, initial=None, lead=""):  # fmt: skip
    """A page that records one step. `may`: the states it leads to; `offers`: the form lets one of them be chosen;
    `once_over`: it is of one that is over; `about`: what the service takes instead of the breach; `done`: what is said then, or what says it by the case and the state it came to."""
    found, words = find(case, breach), words_of(request)
    here = reverse("breach", args=[case.crn, found.pk])
    state = State(found.state)
    left = BREACH_MAY_BECOME[state] & frozenset(may) if may else frozenset()
    if not open_to or (may and not left) or (state in BREACH_OVER and not once_over):
        say_closed(request, MOVED_ON)
        return redirect(here)
    known = {"may": left} if may and offers else {}
    filled = words.form(form, **known, initial=initial or {})
    if request.method == "POST" and filled.is_valid():
        about = about or {"breach": found}
        if filled.carry_out(service, **about, by=request.user, now=now()):
            words.forget()
            messages.success(request, done if isinstance(done, str) else done(case, State(filled.cleaned_data["to"])))  # fmt: skip
            return redirect(here)
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header, "here": here, "form": filled, "words": words, "title": title, "button": button, "lead": lead,
        "lines": list(lines_of(found, header.names)),
    }  # fmt: skip
    return render(request, "cases/enforcement/breach_step.html", context)
