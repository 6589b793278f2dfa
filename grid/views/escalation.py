"""Pages about a risk put to the NPS: where it stands, the referral on one sheet, and a page for each step."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.queries.header import case_header
from grid.forms import escalation as forms
from grid.queries import escalation as page
from grid.queries.facts import facts_of
from grid.queries.placement_page import inputs_of
from grid.queries.referral import referral_of
from grid.rules.escalation import LIVE
from grid.rules.placement import place
from grid.services import escalation as services
from grid.services.policy import grid_policy
from staff.kit import Line, Link
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "placement"
NOT_NOW = "That is not the next step any more. Read below where it stands now."


@case_view(Action.VIEW_MOVEMENTS)
def escalation(request, case):
    today, user = localdate(), request.user
    header = case_header(case, user, today, TAB)
    found = page.latest_of(case)
    context = {
        "case_header": header,
        "escalation": page.escalation_page(found, case, header, user, today) if found else None,
        "earlier": page.earlier_of(case, found, header.names),
        "actions": list(_actions(found, case, header.may)),
        "sheet": reverse("referral-sheet", args=[case.crn])
        if found and not found.closed_on and Action.RECORD_NPS_ANSWER in header.may
        else "",
        "back": reverse("placement", args=[case.crn]),
    }
    return render(request, "grid/escalation.html", context)


def _actions(found, case, may):
    if page.may_open(found, case, may) and (found is None or found.closed_on):
        yield Link("Put a risk to the NPS", reverse("open-escalation", args=[case.crn]))


@case_view(Action.RECORD_NPS_ANSWER)
def referral_sheet(request, case):
    at, found = now(), page.latest_of(case)
    today = localtime(at).date()
    if found is None:
        return redirect("escalation", crn=case.crn)
    header, facts = case_header(case, request.user, today, TAB), facts_of(case, today)
    context = {
        "case_header": header,
        "referral": referral_of(found, case, header, at),
        "scores": inputs_of(facts, place(facts, grid_policy(today))),
        "back": reverse("escalation", args=[case.crn]),
    }
    return render(request, "grid/referral_sheet.html", context)


@dataclass(frozen=True)
class Step:
    """The page of one step. `done`: what is said when it is taken; `button`: the words of its button."""

    heading: str
    lead: str
    button: str
    done: str
    form: type
    service: Callable


STEPS = {
    "discuss-escalation": Step(
        "Write what was decided about the risk",
        "A senior probation officer writes it, after talking with the officer today.",
        "Record what was decided",
        "What was decided is recorded, and the officer has been told.",
        forms.DiscussionForm,
        services.decide_discussion,
    ),
    "refer-escalation": Step(
        "Record the referral to the NPS",
        "Send it first. The case is ours until a named NPS officer accepts.",
        "Record the referral",
        "The referral is recorded. The NPS’s answer is waited for from today.",
        forms.ReferralForm,
        services.refer_risk,
    ),
    "record-nps-answer": Step(
        "Record what the NPS said",
        "Whoever hears it records it: the hub, the officer or a senior probation officer.",
        "Record the answer",
        "The answer is recorded, and the officer and the senior probation officer have been told.",
        forms.AnswerForm,
        services.record_answer,
    ),
    "send-to-nps": Step(
        "Record what was sent to the NPS",
        "The answer is waited for as before, from the day of the referral.",
        "Record that it went",
        "It is recorded as sent. The NPS answers next.",
        forms.SentForm,
        services.send_more,
    ),
    "challenge-nps": Step(
        "Challenge the answer of the NPS",
        "The case is ours until a named NPS officer accepts.",
        "Record the challenge",
        "The challenge is recorded. The NPS looks again.",
        forms.ChallengeForm,
        services.challenge_answer,
    ),
    "keep-escalated": Step(
        "Keep the case here with a changed plan",
        "Change the plan itself as well. A new fact of harm opens the escalation again.",
        "Keep it here",
        "The case stays here. The senior probation officer and the head of service have been told.",
        forms.KeepForm,
        services.keep_here,
    ),
    "hand-over-to-nps": Step(
        "Record who at the NPS has accepted the case",
        "From the moment you record it the case is theirs, and ours no more.",
        "Record that they have it",
        "The case is with the NPS. What was owed to the hand-over is done.",
        forms.HandOverForm,
        services.hand_over,
    ),
    "withdraw-escalation": Step(
        "Withdraw the referral of the risk",
        "A senior probation officer decides it. Tell the NPS as well, where it had the referral.",
        "Withdraw it",
        "It is withdrawn. The officer and the head of service have been told.",
        forms.WithdrawForm,
        services.withdraw_escalation,
    ),
    "escalation-meanwhile": Step(
        "Say who is protected meanwhile",
        "It holds until the NPS has the case, and whoever covers acts on it.",
        "Save it",
        "It is saved.",
        forms.MeanwhileForm,
        services.change_meanwhile,
    ),
}


def _is_open(name, found):
    if found is None or found.closed_on:
        return False
    if name == "escalation-meanwhile":
        return found.state in LIVE
    return page.BY_PAGE[name].is_open(found.state)


def step_page(name, action):
    """The page on which this step is taken, by those who may do this."""
    step = STEPS[name]

    @case_view(action)
    def take(request, case):
        user, found = request.user, page.latest_of(case)
        if not _is_open(name, found):
            messages.info(request, NOT_NOW)
            return redirect("escalation", crn=case.crn)
        header, words = case_header(case, user, localdate(), TAB), words_of(request)
        form = words.form(step.form, **_asked(step, found, header.names))
        known = {"escalation": found, "by": user, "now": now()}
        if _taken(request, form, step, words, known):
            return redirect("escalation", crn=case.crn)
        return _drawn(request, case, header, step, form, words, _stands(found, header.names))

    return take


def _taken(request, form, step, words, known):
    """Whether the step was sent, and taken."""
    sent = request.method == "POST" and form.is_valid()
    if not sent or not form.carry_out(step.service, **known):
        return False
    words.forget()
    messages.success(request, step.done)
    return True


def _asked(step, found, names):
    """What the form of this step is begun with."""
    if step.form is forms.AnswerForm:
        return {"state": found.state}
    if "meanwhile" in step.form.base_fields:
        return {"initial": {"meanwhile": names.text(found.meanwhile)}}
    return {}


def _stands(found, names):
    """Why it is put to the NPS, and the last step where that says more."""
    why = names.text(found.because)
    said = [
        Line(f"{one.title}, {one.when}", one.text, detail=one.by)
        for one in page.steps_of(found, names)[:1]
        if one.text != why
    ]
    return [Line("Why it is put to the NPS", why), *said]


def _drawn(request, case, header, step, form, words, lines):
    context = {
        "case_header": header,
        "step": step,
        "lines": lines,
        "form": form,
        "words": words,
        "back": reverse("escalation", args=[case.crn]),
    }
    return render(request, "grid/escalation_step.html", context)


OPEN = Step(
    "Put a risk to the NPS",
    "Nothing delays it. It is discussed with a senior probation officer today, and they are seen at least weekly from now on.",
    "Put it to the NPS",
    "It is put to the NPS. The senior probation officer has been told: discuss it today.",
    forms.OpenForm,
    services.open_escalation,
)


@case_view(Action.ESCALATE_RISK)
def open_escalation(request, case):
    user, found = request.user, page.latest_of(case)
    header = case_header(case, user, localdate(), TAB)
    if not page.may_open(found, case, header.may):
        messages.info(request, NOT_NOW)
        return redirect("escalation", crn=case.crn)
    words = words_of(request)
    form = words.form(OPEN.form)
    if _taken(request, form, OPEN, words, {"case": case, "by": user, "now": now()}):
        return redirect("escalation", crn=case.crn)
    lines = page.proposed(case, localdate())
    return _drawn(request, case, header, OPEN, form, words, lines)
