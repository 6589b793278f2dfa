"""Pages of the resettlement plan: where it stands, each part as it is written, what the person says, the signature."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.signing import SignForm
from cases.queries.header import case_header
from cases.rules import gaps as weights
from staff.errors import RuleBroken
from staff.kit import on, tag
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of
from ttg.forms.plans import PathwayForm, TheirViewForm
from ttg.queries.carried_in import answer_of, carried_in
from ttg.queries.plan_page import (
    LEADS,
    TAGS,
    Reader,
    changes_of,
    chapters_of,
    gaps_of,
    stands_of,
    tasks_of,
    their_lines,
    version_of,
)
from ttg.queries.plans import (
    custody_of,
    draft_of,
    facts_of,
    find_plan,
    in_force_of,
    plan_before,
    plans_of,
    risk_items_of,
    sees_restricted,
)
from ttg.reference.custody import PlanState, RiskAnswer
from ttg.reference.questions import QUESTIONS
from ttg.reference.referrals import Pathway
from ttg.rules.plans import asked_of, to_do
from ttg.services import plans as services

TAB = "case-release"
NOTHING_TO_WRITE = "No resettlement plan is being written on this case."
LATER = "back"  # what a part is saved with, to go back to the list


class SignPlanForm(SignForm):
    another = "The resettlement plan has changed"


def reader_of(header):
    return Reader(header.names, sees_restricted(header.may))


@case_view(Action.VIEW_RELEASE)
def resettlement_plan(request, case):
    """The one being written, with what is still to do; the one in force; every version; what the officer is to read."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    draft, in_force, stay = draft_of(case), in_force_of(case), custody_of(case)
    may_write = Action.WRITE_RESETTLEMENT in header.may
    found = to_do(facts_of(draft)) if draft else []
    items = risk_items_of(in_force) if in_force else []
    held = bool(stay and not stay.released_on)
    context = {
        "case_header": header,
        "stay": stay,
        "screened": _screened(stay),
        "draft": draft,
        "begun": stands_of(draft) if draft else "",
        "may_write": may_write,
        "may_begin": may_write and held and not draft,
        "gaps": gaps_of(case, found, header.names) if may_write else [],
        "warnings": gaps_of(case, found, header.names, warning=True) if may_write else [],
        "tasks": list(tasks_of(case, draft, found)) if draft and may_write else [],
        "in_force": in_force,
        "stands": stands_of(in_force) if in_force else "",
        "in_force_tag": tag("signed"),
        "items": len(items),
        "unread": sum(one.answer == RiskAnswer.WAITING for one in items),
        "versions": [version_of(case, one) for one in plans_of(case)],
        "back": reverse("case-release", args=[case.crn]),
    }
    return render(request, "ttg/plan/plan.html", context)


def _screened(stay):
    if stay is None or not stay.screened_on:
        return "No basic custody screening is recorded."
    by = f" by {stay.screened_by}" if stay.screened_by else ""
    return f"Basic custody screening{by} on {on(stay.screened_on)}."


@case_view(Action.WRITE_RESETTLEMENT)
@require_POST
def begin_plan(request, case):
    stay = custody_of(case)
    if stay is None:
        messages.info(request, services.NOT_IN_PRISON)
        return redirect("resettlement-plan", crn=case.crn)
    try:
        plan = services.begin_plan(custody=stay, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        said = " What the plan before says is filled in for you to confirm." if plan.answers else ""
        messages.success(request, f"Begun.{said}")
    return redirect("resettlement-plan", crn=case.crn)


@case_view(Action.WRITE_RESETTLEMENT)
def write_pathway(request, case, pathway):
    """One pathway. What two people answered is put together, and nothing is overwritten."""
    if pathway not in {one.value for one in Pathway}:
        raise Http404
    part, plan, today = Pathway(pathway), draft_of(case), localdate()
    if plan is None:
        return _closed(request, case)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    known = carried_in(case, plan.custody, today)
    takes = _takes(part, known, today)
    form = words.form(PathwayForm, questions=asked_of(part), answers=plan.answers, names=header.names, takes=takes)  # fmt: skip
    clashes = []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(
            services.write_answers, plan=plan, pathway=part, by=request.user, today=today
        )
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, f"{part.title}: saved.")
            return redirect(_after(request, case, part))
        if outcome:
            stands = find_plan(case, plan.pk).answers
            form.stands = {code: stands.get(code) for code in form.questions}
            clashes = form.show_clashes(outcome.conflicts)
    context = {
        "case_header": header,
        "title": part.title,
        "lead": LEADS[part],
        "form": form,
        "words": words,
        "clashes": clashes,
        "blocks": [(block, _shown(known.get(block.question.code, []), header)) for block in form.blocks()],
        "last": part == list(Pathway)[-1],
        "back": reverse("resettlement-plan", args=[case.crn]),
    }  # fmt: skip
    return render(request, "ttg/plan/pathway.html", context)


def _takes(part, known, today):
    """{code: what the record answers} of the questions of this part that it does answer."""
    found = {}
    for code, facts in known.items():
        answer = answer_of(facts, today)
        if answer and QUESTIONS[code].pathway == part:
            found[code] = QUESTIONS[code].say(answer["said"])
    return found


def _shown(known, header):
    """(words, source) of what the record says on one question."""
    return [
        (header.names.text(one.words), f"{one.source}, {on(one.on)}" if one.on else one.source)
        for one in known
    ]


def _after(request, case, part):
    """The next part, or back to the list of them."""
    parts = list(Pathway)
    if request.POST.get("then") == LATER:
        return reverse("resettlement-plan", args=[case.crn])
    if part == parts[-1]:
        return reverse("their-view", args=[case.crn])
    following = parts[parts.index(part) + 1]
    return reverse("write-resettlement-plan", args=[case.crn, following.value])


@case_view(Action.WRITE_RESETTLEMENT)
def their_view(request, case):
    """Their strengths, what they want in their own words, and whether they agree."""
    plan = draft_of(case)
    if plan is None:
        return _closed(request, case)
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(TheirViewForm, stands=services.view_of(plan), names=header.names)
    clashes = []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(services.write_person_view, plan=plan, by=request.user)
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, "What they say is saved.")
            return redirect("resettlement-plan", crn=case.crn)
        if outcome:
            form.stands = services.view_of(find_plan(case, plan.pk))
            clashes = form.show_clashes(outcome.conflicts)
    before = plan_before(plan)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "before": their_lines(before, header.names) if before else [],
        "back": reverse("resettlement-plan", args=[case.crn]),
    }
    return render(request, "ttg/plan/their_view.html", context)


@case_view(Action.WRITE_RESETTLEMENT)
def sign_plan(request, case):
    """All of it to be read once more, a sentence for each warning, and the signature."""
    plan = draft_of(case)
    if plan is None:
        return _closed(request, case)
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    found = to_do(facts_of(plan))
    form = words.form(
        SignPlanForm,
        stands=services.mark_of(plan),
        warnings=[(one.key, header.names.text(one.sentence)) for one in weights.warnings(found)],
    )
    if request.method == "POST" and form.is_valid():
        signed = form.carry_out(services.sign_plan, plan=plan, by=request.user, now=now())
        if signed:
            words.forget()
            messages.success(request, "Signed. The plan is in force. What it says of risk is with the officer to read.")  # fmt: skip
            return redirect("resettlement-plan", crn=case.crn)
    reader = reader_of(header)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "gaps": gaps_of(case, found, header.names),
        "chapters": chapters_of(plan, reader),
        "theirs": their_lines(plan, header.names),
        "back": reverse("resettlement-plan", args=[case.crn]),
    }
    return render(request, "ttg/plan/sign.html", context)


@case_view(Action.VIEW_RELEASE)
def see_plan(request, case, resettlement_plan):
    """One version whole, as it prints, and what is another answer than in the one before."""
    plan = find_plan(case, resettlement_plan)
    if plan is None:
        raise Http404
    header = case_header(case, request.user, localdate(), TAB)
    reader = reader_of(header)
    context = {
        "case_header": header,
        "tag": tag(TAGS[PlanState(plan.state)]),
        "stands": stands_of(plan),
        "changes": changes_of(plan, reader),
        "chapters": chapters_of(plan, reader),
        "theirs": their_lines(plan, header.names),
        "said": [
            (header.names.text(one["sentence"]), header.names.text(one["said"]))
            for one in plan.evidence.get("warnings", [])
        ],
        "back": reverse("resettlement-plan", args=[case.crn]),
    }
    return render(request, "ttg/plan/see.html", context)


def _closed(request, case):
    say_closed(request, NOTHING_TO_WRITE)
    return redirect("resettlement-plan", crn=case.crn)
