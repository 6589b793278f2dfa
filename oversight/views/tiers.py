"""The national tier of a case: computed, with its working and what is not known. It places nobody."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from oversight.queries.policy import workload_policy
from oversight.queries.tier_page import tier_page
from staff.permissions import Action


@case_view(Action.VIEW_PLACEMENT)
def national_tier(request, case):
    today = localdate()
    context = {
        "case_header": case_header(case, request.user, today, "placement"),
        "page": tier_page(case, today, workload_policy(today)),
        "policy": reverse("workload-policy"),
        "back": reverse("placement", args=[case.crn]),
    }
    return render(request, "oversight/tier.html", context)
