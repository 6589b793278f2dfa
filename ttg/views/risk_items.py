"""What a resettlement plan says of risk, which the responsible officer reads and answers one by one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.rules.words import counted
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of
from ttg.forms.plans import RiskItemForm
from ttg.queries.plan_page import item_of
from ttg.queries.plans import find_risk_item, in_force_of, risk_items_of
from ttg.reference.custody import RiskAnswer
from ttg.services.risk_items import ANSWERED, answer_risk_item
from ttg.views.plans import TAB, reader_of


@case_view(Action.VIEW_RELEASE)
def risk_items(request, case):
    header = case_header(case, request.user, localdate(), TAB)
    reader, plan = reader_of(header), in_force_of(case)
    may_answer = Action.TAKE_OVER_RELEASE in header.may
    items = risk_items_of(plan) if plan else []
    waits = sum(one.answer == RiskAnswer.WAITING for one in items)
    context = {
        "case_header": header,
        "items": [item_of(case, one, reader, may_answer=may_answer) for one in items],
        "lead": f"{counted(waits, 'thing')} of {len(items)} still to be read by the responsible officer."
        if waits
        else "Everything is read.",
        "signed": bool(plan),
        "back": reverse("resettlement-plan", args=[case.crn]),
    }
    return render(request, "ttg/plan/risk_items.html", context)


@case_view(Action.TAKE_OVER_RELEASE)
def answer_item(request, case, risk_item):
    item = find_risk_item(case, risk_item)
    if item is None:
        raise Http404
    if item.answer != RiskAnswer.WAITING:
        say_closed(request, ANSWERED)
        return redirect("risk-items", crn=case.crn)
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(RiskItemForm)
    if request.method == "POST" and form.is_valid():
        item.plan.custody.case = case
        if form.carry_out(answer_risk_item, item=item, by=request.user, now=now()):
            words.forget()
            messages.success(request, "It is recorded. The plan keeps what it said.")
            return redirect("risk-items", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "item": item_of(case, item, reader_of(header), may_answer=True),
        "back": reverse("risk-items", args=[case.crn]),
    }
    return render(request, "ttg/plan/risk_item.html", context)
