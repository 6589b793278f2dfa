"""Pages about the interim plans of one case: writing one, seeing it, and the senior's answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.interim import AnswerPlanForm, InterimPlanForm
from cases.queries.header import case_header
from cases.queries.interim import begun_with, find_plan, plan_page, standing_plan, waited_for
from cases.queries.people import officer_of, people_around
from cases.reference.information import Agreement
from cases.rules.interim import last_expiry
from cases.services import interim as services
from cases.services.policy import check_policy
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-checks"


@case_view(Action.VIEW_CHECKS)
def see_plan(request, case, plan):
    today = localdate()
    found = find_plan(case, plan)
    if found is None:
        raise Http404
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "plan": plan_page(case, found, header.names, header.may, today),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/interim_plan.html", context)


@case_view(Action.WRITE_INTERIM_PLAN)
def write_plan(request, case):
    today, user = localdate(), request.user
    header = case_header(case, user, today, TAB)
    last = last_expiry(check_policy(today), today)
    words = words_of(request)
    around = case.related_people.filter(to_on=None).order_by("pk")
    start = begun_with(case, around, header.names)
    form = words.form(InterimPlanForm, last=on(last), initial={"expires_on": last} | start)
    if request.method == "POST":
        plan = form.is_valid() and form.carry_out(
            services.write_interim_plan, case=case, by=user, today=today, now=now()
        )
        if plan:
            words.forget()
            messages.success(request, _written(case, plan))
            return redirect("interim-plan", crn=case.crn, plan=plan.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "waited_for": waited_for(case, today),
        "people": people_around(case, header.names),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/write_interim_plan.html", context)


@case_view(Action.AGREE_INTERIM_PLAN)
def answer_plan(request, case):
    """The plan that stands. The form carries which one was read, so that no other is agreed unseen."""
    today, user = localdate(), request.user
    stands, words = standing_plan(case), words_of(request)
    form = words.form(AnswerPlanForm, initial={"plan": stands and stands.pk})
    if request.method == "POST":
        if form.is_valid():
            read = find_plan(case, form.cleaned_data["plan"])
            if read is None:
                raise Http404
            done = form.carry_out(
                services.answer_interim_plan, plan=read, by=user, today=today, now=now()
            )
            if done:
                words.forget()
                messages.success(request, _answered(case, done))
                return redirect("interim-plan", crn=case.crn, plan=done.pk)
    elif stands is None or stands.agreement != Agreement.ASKED:
        messages.info(request, "No interim plan on this case is waiting for an answer.")
        return redirect(TAB, crn=case.crn)
    header = case_header(case, user, today, TAB)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "plan": plan_page(case, stands, header.names, header.may, today) if stands else None,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/answer_interim_plan.html", context)


def _written(case, plan):
    said = f"The interim plan is in force until {on(plan.expires_on)}."
    if plan.agreement == Agreement.ASKED:
        return f"{said} A senior probation officer reads it within 2 working days and agrees it or returns it."
    return f"{said} {officer_of(case)} renews it by then, unless all is answered and analysed."


def _answered(case, plan):
    if plan.agreement == Agreement.AGREED:
        return f"The plan is agreed. {officer_of(case)} acts on it until {on(plan.expires_on)}."
    return f"The plan is returned. {officer_of(case)} has been told, and writes it again."
