"""Pages about one person's placement: where they are and why, judging it, deciding a request."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.reference.codes import Place
from grid.forms.placement import DecisionForm, JudgementForm
from grid.models import Judgement
from grid.queries import placement_page as page
from grid.queries.escalation import in_a_sentence, latest_of, may_open
from grid.queries.facts import facts_of
from grid.rules.judgement import OUTSIDE, why_not_judge
from grid.rules.moves import moves
from grid.rules.placement import name_of, place
from grid.services.judgement import decide_lowering as decide
from grid.services.judgement import judge
from grid.services.policy import grid_policy, policy_in_force
from staff.errors import RuleBroken
from staff.kit import Line, Link, on, tag
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.VIEW_PLACEMENT)
def placement(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "placement")
    policy = grid_policy(today)
    facts = facts_of(case, today)
    outcome = place(facts, policy)
    everything = request.GET.get("history") == "all"
    history, number = page.history_of(case, header.names, everything)
    context = {
        "case_header": header,
        "heading": f"GRID placement: {name_of(outcome)}",
        "lead": f"{outcome.because}.",
        "actions": list(_actions(case, header.may, outcome)),
        "escalation": in_a_sentence(case, header),
        "may_see_escalation": Action.VIEW_MOVEMENTS in header.may,
        "request_to_decide": _request_to_decide(case, header),
        "updating": tag("updating") if _is_behind(case) else None,
        "outside": "" if outcome.place == Place.GROUP else outcome.place.title,
        "gaps": page.gaps_of(outcome),
        "notes": outcome.notes,
        "matrix": page.matrix_of(outcome),
        "inputs": list(page.inputs_of(facts, outcome)),
        "moves": moves(facts, policy),
        "says": outcome.likelihood.sentence if outcome.likelihood else "",
        "carries": page.carries(facts, outcome, policy),
        "policy": policy_in_force(today),
        "working": page.working_of(facts, outcome, policy),
        "score_working": page.working_of_score(outcome.likelihood),
        "columns": page.REGISTER_COLUMNS,
        "registers": page.registers_of(facts, today),
        "history": history,
        "more": number if number > len(history) else 0,
    }
    return render(request, "grid/placement.html", context)


def _actions(case, may, outcome):
    if Action.JUDGE_PLACEMENT in may and outcome.place not in OUTSIDE:
        yield Link("Judge whether the case is complex", reverse("judge-placement", args=[case.crn]))
    if may_open(latest_of(case), case, may):
        yield Link("Put a risk to the NPS", reverse("open-escalation", args=[case.crn]))


def _request_to_decide(case, header):
    """The address at which a request to lower waits, for those who may decide it."""
    asked = case.judgements.awaiting().first()
    if not asked or Action.DECIDE_PLACEMENT not in header.may:
        return ""
    return reverse("decide-lowering", args=[header.crn, asked.pk])


def _is_behind(case):
    standing = getattr(case, "standing", None)
    return standing is None or standing.facts_as_at != case.facts_changed_at


@case_view(Action.JUDGE_PLACEMENT)
def judge_placement(request, case):
    today = localdate()
    words = words_of(request)
    form = words.form(JudgementForm)
    if request.method == "POST" and form.is_valid():
        try:
            judge(case=case, by=request.user, today=today, now=now(), **form.answers())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            return redirect("judged-placement", crn=case.crn)
    outcome = place(facts_of(case, today), grid_policy(today))
    context = {
        "case_header": case_header(case, request.user, today, "placement"),
        "form": form,
        "words": words,
        "now": f"Now: {name_of(outcome)}. {outcome.because}.",
        "refused": why_not_judge(outcome, complex=False),
        "back": reverse("placement", args=[case.crn]),
    }
    return render(request, "grid/judge_placement.html", context)


@case_view(Action.JUDGE_PLACEMENT)
def judged_placement(request, case):
    """What happens next, and who does it, after a judgement."""
    today = localdate()
    judgement = case.judgements.order_by("-pk").first()
    if judgement is None:
        return redirect("placement", crn=case.crn)
    outcome = place(facts_of(case, today), grid_policy(today))
    asked = judgement.state == Judgement.State.ASKED
    context = {
        "case_header": case_header(case, request.user, today, "placement"),
        "heading": "Request sent to your SPO" if asked else "Judgement recorded",
        "text": name_of(outcome),
        "next": _after_asking() if asked else _after_judging(judgement, outcome),
        "back": reverse("placement", args=[case.crn]),
    }
    return render(request, "grid/judged_placement.html", context)


def _after_asking():
    return [
        "A senior probation officer decides within 2 working days",
        "Until then the placement and the contact level stay as they are",
        "You will find the decision in the history of the placement",
    ]


def _after_judging(judgement, outcome):
    level = outcome.contact_level.title.lower() if outcome.contact_level else "as it was"
    return [
        f"The contact level is now: {level}",
        f"The judgement holds until {on(judgement.until_on)}; judge again before then if it still applies",
        "You change the plan where contact or interventions change",
    ]


@case_view(Action.DECIDE_PLACEMENT)
def decide_lowering(request, case, judgement):
    today = localdate()
    asked = case.judgements.awaiting().select_related("made_by").filter(pk=judgement).first()
    if asked is None:
        messages.info(request, "That request has been decided already.")
        return redirect("placement", crn=case.crn)
    words = words_of(request)
    form = words.form(DecisionForm)
    if request.method == "POST" and form.is_valid():
        try:
            decided = decide(
                judgement=asked, by=request.user, today=today, now=now(), **form.cleaned_data
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(request, _decided(decided))
            return redirect("placement", crn=case.crn)
    header = case_header(case, request.user, today, "placement")
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "lines": _request_lines(case, asked, header.names, today),
        "refused": why_not_judge(place(facts_of(case, today), grid_policy(today)), complex=False),
        "back": reverse("placement", args=[case.crn]),
    }
    return render(request, "grid/decide_lowering.html", context)


def _decided(judgement):
    officer = judgement.made_by.name
    if judgement.state == Judgement.State.REFUSED:
        return f"The placement stays as it is. {officer} finds your reason in its history."
    return f"The placement is lowered until {on(judgement.until_on)}. {officer} changes the plan to match."


def _request_lines(case, asked, names, today):
    facts, policy = facts_of(case, today), grid_policy(today)
    before, after = place(facts, policy), place(replace(facts, judgement=None), policy)
    return [
        Line("Now", name_of(before), detail=_level(before)),
        Line("If you lower it", name_of(after), detail=_level(after)),
        Line("Asked by", asked.made_by.name, detail=on(asked.made_on)),
        Line("Linked to risk of serious harm?", names.text(asked.linked_to_harm)),
        Line("Being managed?", names.text(asked.being_managed)),
        Line("What would more contact do?", names.text(asked.effect_of_contact)),
    ]


def _level(outcome):
    return f"contact level: {outcome.contact_level.title.lower()}" if outcome.contact_level else ""
