"""Giving up a resettlement plan that is being written, once it has been asked whether that is meant."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.forms import GovukForm
from staff.permissions import Action
from staff.views.keeping import words_of
from ttg.queries.plan_page import stands_of
from ttg.queries.plans import draft_of
from ttg.services.plans import give_up_plan

TAB = "case-release"
PLAN = "resettlement-plan"


@case_view(Action.WRITE_RESETTLEMENT)
def give_up_resettlement_plan(request, case):
    plan, words, today = draft_of(case), words_of(request), localdate()
    if plan is None:
        messages.info(request, "No resettlement plan is being written on this case.")
        return redirect(PLAN, crn=case.crn)
    form = words.form(GovukForm)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(give_up_plan, plan=plan, by=request.user, today=today):
        messages.success(request, "The plan that was being written is given up.")
        return redirect(PLAN, crn=case.crn)
    context = {
        "case_header": case_header(case, request.user, today, TAB),
        "form": form,
        "fields": [],
        "words": words,
        "heading": "Give up the plan being written",
        "lead": "What has been answered in it is taken off these pages and kept in its history. A plan in force, needs and referrals stay as they are.",
        "about": stands_of(plan),
        "button": "Give it up",
        "back": reverse(PLAN, args=[case.crn]),
    }
    return render(request, "ttg/referrals/act.html", context)
