"""Pages about the plans of a case: the one in force, versions side by side, the one being written, signing."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.plans import GiveUpForm, SignPlanForm
from cases.models import Objective
from cases.queries.header import case_header
from cases.queries.people import officer_of
from cases.queries.person_copy_page import given_copies
from cases.queries.plan_beside import beside, versions_of
from cases.queries.plan_desk import (
    find_plan,
    gates_of_plan,
    plan_desk,
    plan_of,
    trail_of,
    unfinished_plan,
)
from cases.queries.plan_pages import contact_line, how_it_stands, plan_view
from cases.queries.plan_words import digest
from cases.queries.rar import rar_lines
from cases.queries.routes import routes_of
from cases.reference.plan_questions import PlanPart
from cases.rules.gaps import warnings
from cases.services import objectives, plans
from cases.services.policy import meeting_policy
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "plan"
BEGIN_FIRST = "It starts from each requirement, and there is no plan before it."
BEGIN_AGAIN = (
    "It starts from what the plan before still has to do, and from each requirement. The plan in force "
    "holds until you sign this one."
)
NOTHING_TO_WRITE = "No plan is being written on this case. Begin one to write on it."


@dataclass(frozen=True)
class Section:
    """One section of the plan being written, and where it is written."""

    title: str
    words: str
    links: list[Link]


@case_view(Action.VIEW_PLAN)
def plan(request, case):
    """The one in force; where there is none, what is being written or how to begin."""
    return _show(request, case, plan_of(case))


@case_view(Action.VIEW_PLAN)
def see_plan(request, case, sentence_plan):
    return _show(request, case, _found(case, sentence_plan))


def _show(request, case, found):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    names, may = header.names, header.may
    context = {"case_header": header, "links": list(_links(case, found, may))}
    if found:
        found.case = case
        desk = plan_desk(found, names, today)
        context |= {
            "plan": plan_view(found, names, may, today),
            "contact": contact_line(found, desk.facts.contact_level),
            "trail": trail_of(found, desk, names, may) if found.state == "signed" else None,
            "given": given_copies(found, case, may),
        }
    elif writing := unfinished_plan(case):
        context["writing"] = f"A plan is being written. {how_it_stands(writing)}"
    context["versions"] = versions_of(case, found)
    context["routes"] = routes_of(case, names, may, today)
    context["rar"] = rar_lines(case, today, meeting_policy(today).rar_stall_weeks)
    return render(request, "cases/plan/plan.html", context)


def _links(case, found, may):
    writing = unfinished_plan(case)
    if Action.WRITE_PLAN in may:
        begin = "Begin the next plan" if found else "Begin a plan"
        text = "Go on writing the plan" if writing else begin
        yield Link(text, reverse("write-plan", args=[case.crn]))
        if found and found.state == "signed":
            yield Link("Record what they say to it", reverse("plan-agreement", args=[case.crn]))
    if found:
        yield Link("Their copy", reverse("plan-copy", args=[case.crn, found.pk]))


@case_view(Action.VIEW_PLAN)
def compare_plans(request, case, sentence_plan, other_plan):
    """Two versions side by side, the older on the left."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    pair = [_found(case, pk) for pk in sorted((sentence_plan, other_plan))]
    views = [plan_view(one, header.names, frozenset(), today) for one in pair]
    context = {"case_header": header, "one": views[0], "other": views[1], "rows": beside(*views)}
    context["back"] = reverse(TAB, args=[case.crn])
    return render(request, "cases/plan/compare.html", context)


@case_view(Action.WRITE_PLAN)
def write_plan(request, case):
    """What is still to do, and each section; a POST begins the plan."""
    today = localdate()
    if request.method == "POST":
        return _begin(request, case, today)
    found = unfinished_plan(case)
    header = case_header(case, request.user, today, TAB)
    context = {"case_header": header, "back": reverse(TAB, args=[case.crn])}
    if found is None:
        context["lead"] = BEGIN_AGAIN if plan_of(case) else BEGIN_FIRST
        return render(request, "cases/plan/begin.html", context)
    found.case = case
    desk, view = (
        plan_desk(found, header.names, today),
        plan_view(found, header.names, header.may, today),
    )
    context |= {"desk": desk, "plan": view, "sections": list(_sections(case, view))}
    return render(request, "cases/plan/write.html", context)


def _begin(request, case, today):
    try:
        plans.begin_plan(case=case, by=request.user, today=today)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
        return redirect(TAB, crn=case.crn)
    messages.success(
        request, "The plan is begun. What is still to do stands at the top until it is signed."
    )
    return redirect("write-plan", crn=case.crn)


def _sections(case, view):
    """The sections that are pages of their own; objectives and what happens if stand on this one."""
    for part, lines in zip(PlanPart, (lines for _, lines in view.said), strict=True):
        answered = sum(1 for one in lines if one.value)
        href = reverse("plan-part", args=[case.crn, part.value])
        yield Section(part.title, f"{answered} of {len(lines)} answered", [Link(part.title, href)])
    set_out = sum(1 for one in view.ordered if one.tag.text != "Still to do")
    words = f"{set_out} of {len(view.ordered)} with a day" if view.ordered else "None ordered"
    title = "Requirements and conditions"
    yield Section(title, words, [Link(title, reverse("plan-requirements", args=[case.crn]))])
    title = "What they say to the plan"
    href = reverse("plan-agreement", args=[case.crn])
    yield Section(title, view.agreement.value, [Link(title, href)])


@case_view(Action.WRITE_PLAN)
def drop_plan(request, case):
    """Give up the plan being written."""
    found = unfinished_plan(case)
    if found is None:
        return nothing_to_write(request, case)
    if request.method == "POST":
        try:
            plans.drop_plan(plan=found, by=request.user, today=localdate())
        except RuleBroken as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(
                request, "It is given up. The plan before it, if there is one, stays in force."
            )
        return redirect(TAB, crn=case.crn)
    header = case_header(case, request.user, localdate(), TAB)
    context = {"case_header": header, "back": reverse("write-plan", args=[case.crn])}
    return render(request, "cases/plan/drop.html", context)


@case_view(Action.WRITE_PLAN)
def sign_plan(request, case):
    today, found = localdate(), unfinished_plan(case)
    if found is None:
        return nothing_to_write(request, case)
    found.case = case
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    desk = plan_desk(found, header.names, today)
    warned = [(one.key, header.names.text(one.sentence)) for one in warnings(desk.found)]
    form = words.form(SignPlanForm, warnings=warned, stands=digest(found))
    if request.method == "POST" and form.is_valid():
        known = {"plan": found, "by": request.user, "today": today, "now": now()}
        if form.carry_out(plans.sign_plan, **known):
            words.forget()
            messages.success(request, _signed(case))
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "gates": gates_of_plan(found, desk, header.may, today),
        "plan": plan_view(found, header.names, frozenset(), today),
        "back": reverse("write-plan", args=[case.crn]),
    }
    return render(request, "cases/plan/sign.html", context)


def _signed(case):
    return (
        f"The plan is signed and in force. Each step is on {officer_of(case)}'s list by its day, until "
        "somebody says it is done."
    )


@case_view(Action.WRITE_PLAN)
def give_up_objective(request, case, objective):
    """Give up an objective of the plan in force, with why."""
    one = Objective.objects.filter(plan__case=case, pk=objective).select_related("plan").first()
    if one is None:
        raise Http404
    today = localdate()
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    form = words.form(GiveUpForm)
    if request.method == "POST" and form.is_valid():
        known = {"objective": one, "by": request.user, "today": today}
        if form.carry_out(_given_up, **known):
            words.forget()
            messages.success(
                request, "It is given up, and nothing more is owed on its steps. The plan says why."
            )
            return redirect(TAB, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "what": header.names.text(one.what),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/plan/give_up.html", context)


def _given_up(**known):
    objectives.give_up_objective(**known)
    return True


def _found(case, pk):
    found = find_plan(case, pk)
    if found is None:
        raise Http404
    found.case = case
    return found


def nothing_to_write(request, case):
    say_closed(request, NOTHING_TO_WRITE)
    return redirect(TAB, crn=case.crn)
