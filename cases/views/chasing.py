"""What each agency owes us, and the weekly chase of one of them before it goes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.models import Agency, Case
from cases.queries.agencies import owing_agencies, to_chase
from cases.reference.agencies import Channel
from cases.rules.references import reference_of
from cases.rules.requests import chase_subject, chase_text
from cases.services.chasing import chase_agency as chase
from cases.services.policy import request_policy
from staff.errors import RuleBroken
from staff.kit import Column, on
from staff.permissions import Action

COLUMNS = [
    Column("Agency"),
    *(Column(t, numeric=True) for t in ("Open", "To be chased", "Overdue", "Median days")),
    Column("How they are chased"),
]


@staff_view(Action.SET_AGENCIES)
def owing(request):
    today = localdate()
    cases = Case.objects.open_to(request.user, Action.VIEW_CHECKS)
    context = {
        "columns": COLUMNS,
        "rows": [_row(one) for one in owing_agencies(cases, today)],
    }
    return render(request, "cases/agencies/owing.html", context)


def _row(one):
    agency = one.agency
    by_email = agency and agency.channel == Channel.EMAIL
    return {
        "name": agency.name if agency else f"{one.kind.title}: not in the agency book",
        "href": reverse("agency", args=[agency.pk]) if agency else "",
        "owing": one,
        "chase": reverse("chase-agency", args=[agency.pk]) if by_email and one.to_chase else "",
        "how": _how(agency),
    }


def _how(agency):
    if agency is None:
        return "By whoever asked"
    match Channel(agency.channel):
        case Channel.EMAIL:
            return "One e-mail a week"
        case Channel.TELEPHONE:
            return f"Ring {agency.telephone}"
        case Channel.LETTER:
            return f"Write to {agency.address}"
    return f"Through their web form: {agency.portal}"


@staff_view(Action.SET_AGENCIES)
def chase_agency(request, agency):
    today = localdate()
    found = get_object_or_404(Agency, pk=agency)
    refused = ""
    if request.method == "POST":
        try:
            number = chase(agency=found, by=request.user, today=today, now=now())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request,
                f"{chase_subject(number)}: {found.name} is written to now. The next e-mail is a week away; each is due again by its own date.",
            )
            return redirect("owing-agencies")
    cases = Case.objects.open_to(request.user, Action.VIEW_CHECKS)
    seen = (
        to_chase(cases, today).filter(agency=found).select_related("case").order_by("due_on", "pk")
    )
    enquiries = list(seen)
    asked = [(one.pk, one.sent_on) for one in enquiries]
    context = {
        "agency": found,
        "refused": refused,
        "rows": [
            {
                "reference": reference_of(one.pk),
                "crn": one.case.crn,
                "href": reverse("check", args=[one.case.crn, one.pk]),
                "sent": on(one.sent_on),
                "chases": one.chases,
            }
            for one in enquiries
        ],
        "text": chase_text(found.name, asked, request_policy(today).reply_to),
        "back": reverse("owing-agencies"),
    }
    return render(request, "cases/agencies/chase.html", context)
