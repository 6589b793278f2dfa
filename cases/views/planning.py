"""Pages on which a plan is written: an objective with its steps, what happens if, requirements, what is said once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.forms.objectives import ObjectiveForm
from cases.forms.plans import AgreementForm, ContingencyForm, DeliveriesForm, PlanAnswersForm
from cases.queries.header import case_header
from cases.queries.plan_choices import (
    begun_with,
    objective_choices,
    open_enquiries,
    ordered_choices,
    suggestions,
)
from cases.queries.plan_desk import plan_of, unfinished_plan
from cases.queries.plan_words import CONTINGENCY, said_of
from cases.queries.planning import planning_facts
from cases.reference.codes import Sharing
from cases.reference.plan_questions import PlanPart
from cases.rules.addresses import number
from cases.rules.answering import field_name
from cases.services import agreement, planning
from cases.services import objectives as services
from cases.views.plans import TAB, nothing_to_write
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import words_of

LEADS = {
    PlanPart.CONTACT: "How often they are seen, and whether anybody goes to where they live.",
    PlanPart.FAMILY: "Not to know is an answer, when somebody was asked. “No” names where it comes from.",
    PlanPart.PERSON: "A plan that somebody helped to make is one they can keep to.",
}


@case_view(Action.WRITE_PLAN)
def add_objective(request, case):
    """?about= what it is about, ?from= a suggestion by its number, ?protects= who could be hurt."""
    return _objective(request, case, None)


@case_view(Action.WRITE_PLAN)
def change_objective(request, case, objective):
    return _objective(request, case, objective)


def _objective(request, case, pk):
    today, plan = localdate(), unfinished_plan(case)
    if plan is None:
        return nothing_to_write(request, case)
    plan.case = case
    one = _of(plan.objectives, pk)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    facts = planning_facts([plan], today)[plan.pk]
    asked = request.GET.get("about", "")
    choices = objective_choices(case, facts, header.names, today, one)
    start = begun_with(
        asked, number(request.GET.get("from", "")), number(request.GET.get("protects", ""))
    )
    form = words.form(ObjectiveForm, **choices, initial={} if one else start)
    clashes = []
    if request.method == "POST" and form.is_valid():
        known = {"plan": plan, "objective": one, "by": request.user, "today": today}
        done = form.carry_out(services.save_objective, **known)
        if done and not done[1].conflicts:
            words.forget()
            messages.success(
                request, "The objective is in the plan. It counts once the plan is signed."
            )
            return redirect("write-plan", crn=case.crn)
        if done:
            clashes = _clashes(
                form, done[1].conflicts, lambda: _stands_now(case, facts, header, today, one)
            )
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "objective": one,
        "suggestions": [] if one else suggestions(asked, request.path),
        "back": reverse("write-plan", args=[case.crn]),
    }
    return render(request, "cases/plan/objective.html", context)


def _stands_now(case, facts, header, today, one):
    return objective_choices(case, facts, header.names, today, one)["stands"]


@case_view(Action.WRITE_PLAN)
def remove_objective(request, case, objective):
    return _remove(
        request, case, "objectives", objective, lambda **known: services.remove_objective(**known),
        "objective",
    )  # fmt: skip


@case_view(Action.WRITE_PLAN)
def add_contingency(request, case):
    return _contingency(request, case, None)


@case_view(Action.WRITE_PLAN)
def change_contingency(request, case, contingency):
    return _contingency(request, case, contingency)


def _contingency(request, case, pk):
    today, plan = localdate(), unfinished_plan(case)
    if plan is None:
        return nothing_to_write(request, case)
    plan.case = case
    one = _of(plan.contingencies, pk)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    stands = said_of(one, CONTINGENCY) if one else {"sharing": Sharing.NO.value}
    form = words.form(ContingencyForm, stands=stands if one else {}, initial=stands)
    clashes = []
    if request.method == "POST" and form.is_valid():
        known = {"plan": plan, "contingency": one, "by": request.user, "today": today}
        done = form.carry_out(planning.save_contingency, **known)
        if done and not done.conflicts:
            words.forget()
            messages.success(request, "It is in the plan. Whoever covers for you can act on it.")
            return redirect("write-plan", crn=case.crn)
        if done:
            one.refresh_from_db()
            clashes = _clashes(form, done.conflicts, lambda: said_of(one, CONTINGENCY))
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "contingency": one,
        "back": reverse("write-plan", args=[case.crn]),
    }
    return render(request, "cases/plan/contingency.html", context)


@case_view(Action.WRITE_PLAN)
def remove_contingency(request, case, contingency):
    return _remove(
        request, case, "contingencies", contingency, planning.remove_contingency, "contingency"
    )


@case_view(Action.WRITE_PLAN)
def write_part(request, case, plan_part):
    """What is said once a plan, one part of it."""
    if plan_part not in set(PlanPart):
        raise Http404
    part, today, plan = PlanPart(plan_part), localdate(), unfinished_plan(case)
    if plan is None:
        return nothing_to_write(request, case)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    standing = getattr(case, "standing", None)
    form = words.form(
        PlanAnswersForm,
        part=part,
        answers=plan.answers,
        carried=plan.carried,
        enquiries=open_enquiries(case),
        initial={"contact-level": standing.contact_level if standing else ""},
    )
    clashes = []
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(planning.answer_plan, plan=plan, by=request.user, today=today)
        if done and not done.conflicts:
            words.forget()
            messages.success(request, f"{part.title} saved.")
            return redirect("write-plan", crn=case.crn)
        if done:
            plan.refresh_from_db()
            stands = {field_name(code): words for code, words in plan.answers.items()}
            clashes = _clashes(form, map(field_name, done.conflicts), lambda: stands)
    context = {
        "case_header": header,
        "title": part.title,
        "lead": LEADS[part],
        "form": form,
        "words": words,
        "clashes": clashes,
        "back": reverse("write-plan", args=[case.crn]),
    }
    return render(request, "cases/plan/part.html", context)


@case_view(Action.WRITE_PLAN)
def plan_requirements(request, case):
    """By what route each requirement and condition is delivered, and from when."""
    today, plan = localdate(), unfinished_plan(case)
    if plan is None:
        return nothing_to_write(request, case)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    ordered = ordered_choices(plan, header.names, today)
    form = words.form(DeliveriesForm, ordered=ordered)
    clashes = []
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(planning.save_deliveries, plan=plan, by=request.user, today=today)
        if done and not done.conflicts:
            words.forget()
            messages.success(request, "Requirements and conditions saved.")
            return redirect("write-plan", crn=case.crn)
        if done:
            clashes = form.clashes_of(done.conflicts, ordered_choices(plan, header.names, today))
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "back": reverse("write-plan", args=[case.crn]),
    }
    return render(request, "cases/plan/requirements.html", context)


@case_view(Action.WRITE_PLAN)
def plan_agreement(request, case):
    """What they say to the plan being written, or else to the one in force."""
    today, plan = localdate(), unfinished_plan(case) or plan_of(case)
    if plan is None:
        return nothing_to_write(request, case)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    form = words.form(AgreementForm, initial={"on": today})
    draft = plan.signed_at is None
    back = "write-plan" if draft else TAB
    if request.method == "POST" and form.is_valid():
        known = {"plan": plan, "by": request.user, "today": today}
        if form.carry_out(agreement.record_agreement, **known):
            words.forget()
            messages.success(
                request, "It is recorded. Their copy of the plan says so, and is no longer a draft."
            )
            return redirect(back, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "back": reverse(back, args=[case.crn]),
    }
    return render(request, "cases/plan/agreement.html", context)


def _of(rows, pk):
    """The row of this plan, or none where a new one is written; 404 for what is not there."""
    if pk is None:
        return None
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _clashes(form, names, stands):
    """What both changed, with what stands now beside the reader's own words."""
    form.stands = stands()
    return form.show_clashes(list(names))


def _remove(request, case, rows, pk, service, what):
    """Take one out of the plan being written, once it was asked for with a button."""
    plan = unfinished_plan(case)
    if plan is None:
        return nothing_to_write(request, case)
    plan.case = case
    one = _of(getattr(plan, rows), pk)
    if request.method == "POST":
        known = {what: one, "by": request.user, "today": localdate()}
        try:
            service(**known, **({} if what == "objective" else {"plan": plan}))
        except RuleBroken as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, "It is taken out of the plan.")
    return redirect("write-plan", crn=case.crn)
