"""The page on which somebody is asked whether they think of harming themselves, and what they said before."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.welfare import WelfareForm
from cases.queries.header import case_header
from cases.queries.welfare import welfare_page
from cases.reference.worst_days import WelfareWhen
from cases.rules.welfare import RISE
from cases.services.welfare import record_welfare
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.views.keeping import words_of

PAGE = "welfare"
RECORDED = "It is written down."
TOLD = "It is written down, and the senior probation officer has been told. Stay with them until somebody else has them in hand."


@case_view(Action.ASK_WELFARE)
def welfare(request, case):
    """With ?moment= of why they are asked now."""
    at, words = localtime(now()), words_of(request)
    begun = {"on": at.date(), "time": say_time(at.time()), "moment": _moment(request)}
    form = words.form(WelfareForm, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(record_welfare, case=case, by=request.user, now=now())
        if made:
            words.forget()
            messages.success(request, TOLD if made.answer in RISE else RECORDED)
            return redirect(PAGE, crn=case.crn)
    header = case_header(case, request.user, at.date(), PAGE)
    context = {
        "case_header": header,
        "page": welfare_page(case, header.names, header.may, at.date()),
        "form": form,
        "words": words,
        "left": bool(case.left_as),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/welfare.html", context)


def _moment(request):
    given = request.GET.get("moment", "")
    return given if given in set(WelfareWhen) else ""
