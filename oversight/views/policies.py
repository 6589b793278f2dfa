"""Every policy that the provider sets, with its version: where each is read and changed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.reference.policies import Policies
from cases.services.policy import policy
from grid.rules.intervention_policy import NAME as INTERVENTIONS
from grid.services.policy import NAME as GRID
from oversight.rules.policy import NAME as WORKLOAD
from staff.access import staff_view
from staff.kit import Happening, on
from staff.permissions import Action
from ttg.rules.policy import NAME as RELEASE
from unpaidwork.rules.policy import NAME as UNPAID_WORK


@staff_view(Action.VIEW_POLICY)
def policies(request):
    today = localdate()
    pages = {
        GRID: ("Policy of the GRID", reverse("grid-policy")),
        INTERVENTIONS: ("Policy on interventions", reverse("interventions-policy")),
        UNPAID_WORK: ("Policy on unpaid work", reverse("work-policy")),
        RELEASE: ("Policy on release", reverse("release-policy")),
        WORKLOAD: ("Policy on workload", reverse("workload-policy")),
    }
    pages |= {one.value: (one.title, reverse("policy", args=[one])) for one in Policies}
    rows = [_row(policy(name, today), *page) for name, page in pages.items()]
    return render(request, "oversight/policies.html", {"policies": rows})


def _row(kept, title, href):
    return Happening(
        title=title,
        when=f"Version {kept.version}, in force from {on(kept.from_on)}",
        href=href,
        on=kept.from_on.isoformat(),
    )
