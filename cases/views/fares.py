"""Fares of one case: what was given, giving another, a receipt, and taking one back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.forms.duty import NONE, FareForm, TakeBackForm
from cases.queries.fares import appointments_to_pay_for, fares_of, find_fare, given_already
from cases.queries.header import case_header
from cases.reference.duty import FareKind
from cases.reference.holding import LeftAs
from cases.rules.addresses import number
from cases.rules.fares import say_given, say_pence
from cases.services import fares as services
from staff.kit import Line, on
from staff.permissions import Action

PAGE = "case-fares"


@case_view(Action.VIEW_CASE)
def fares(request, case):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "rows": fares_of(case, header),
        "may_give": Action.GIVE_FARE in header.may and not case.left_as,
        "back": reverse("case-summary", args=[case.crn]),
    }
    return render(request, "cases/desk/fares.html", context)


@case_view(Action.GIVE_FARE)
def give(request, case):
    """With ?appointment= the line of the log of the one it is for."""
    today, user = localdate(), request.user
    appointments = appointments_to_pay_for(case, today)
    asked = number(request.GET.get("appointment", ""))
    for_one = next((one for one, _ in appointments if one.pk == asked), None)
    before = given_already(case, for_one, today)
    given = say_given(before.today, before.same)
    initial = {"appointment": str(for_one.pk) if for_one else NONE}
    posted = request.POST if request.method == "POST" else None
    form = FareForm(posted, appointments=appointments, before=given, initial=initial)
    if request.method == "POST" and form.is_valid():
        fare = form.carry_out(services.give_fare, case=case, by=user, now=now())
        if fare:
            messages.success(request, f"{say_pence(fare.pence)} is recorded as given. Print the receipt for your file if you need one.")  # fmt: skip
            return redirect(PAGE, crn=case.crn)
    return _drawn(request, case, "give_fare", form=form, given=given, left=bool(case.left_as))


@case_view(Action.GIVE_FARE)
def take_back(request, case, fare):
    found, user = _found(case, fare), request.user
    if found.taken_back_at:
        messages.info(request, "It is taken back already.")
        return redirect(PAGE, crn=case.crn)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.take_back_fare, fare=found, by=user, now=now())
        if done:
            messages.success(
                request, f"{say_pence(done.pence)} is taken back and no longer counts."
            )
            return redirect(PAGE, crn=case.crn)
    what = f"{FareKind(found.kind).title}, {say_pence(found.pence)}"
    return _drawn(request, case, "take_back_fare", form=form, what=what)


@case_view(Action.GIVE_FARE)
def receipt(request, case, fare):
    """A slip that anybody may find in a pocket: no name, no journey, and no word of why they come here."""
    found = _found(case, fare)
    if found.taken_back_at or case.left_as == LeftAs.DIED:
        raise Http404
    lines = [
        Line("Receipt", f"{found.pk}"),
        Line("Date", on(localtime(found.given_at).date())),
        Line("What", FareKind(found.kind).title),
        Line("Amount", say_pence(found.pence)),
        *([Line("Number", found.voucher)] if found.voucher else []),
    ]
    back = reverse(PAGE, args=[case.crn])
    return render(request, "cases/desk/receipt.html", {"lines": lines, "back": back})


def _found(case, pk):
    found = find_fare(case, pk)
    if found is None:
        raise Http404
    return found


def _drawn(request, case, name, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    back = reverse(PAGE, args=[case.crn])
    return render(
        request, f"cases/desk/{name}.html", {"case_header": header, "back": back, **context}
    )
