"""Pages about the policy on workload: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from cases.rules.words import listed
from cases.views.policy_pages import Pages, Part, policy_page, set_policy_page
from oversight.forms.policy import (
    CHOICES,
    LISTS,
    ROOM,
    SHARED,
    WARNED,
    WEIGHTS,
    WorkloadPolicyForm,
)
from oversight.rules.policy import NAME
from oversight.services.policy import set_workload_policy
from staff.access import staff_view
from staff.kit import Line
from staff.permissions import Action


@staff_view(Action.VIEW_POLICY)
def workload_policy(request):
    return policy_page(request, PAGES)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    return set_policy_page(request, PAGES, WorkloadPolicyForm)


def _parts(body, change):
    parts = {
        "How cases are weighed": _chosen(body),
        "What there is room for": _numbers(body, ROOM),
        "What a case weighs": _numbers(body, WEIGHTS),
        "What giving a case warns of": _numbers(body, WARNED),
        "Who holds what": _lists(body),
        "Sharing out many cases": _numbers(body, SHARED),
    }
    return [Part(title, lines, change) for title, lines in parts.items()]


def _chosen(body):
    return [
        Line(label, codes(body[name]).title, detail=hint)
        for name, (label, hint, codes) in CHOICES.items()
    ]


def _numbers(body, asked):
    return [Line(label, f"{body[name]:,}", detail=hint) for name, (label, hint) in asked.items()]


def _lists(body):
    return [
        Line(label, listed(codes(one).title for one in body[name]) or "None")
        for name, (label, codes) in LISTS.items()
    ]


PAGES = Pages(
    NAME,
    "Policy on workload",
    "workload-policy",
    "set-workload-policy",
    _parts,
    set_workload_policy,
)
