"""Pages about the policy on unpaid work: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from cases.views.policy_pages import Pages, Part, policy_page, set_policy_page
from staff.access import staff_view
from staff.kit import Line
from staff.permissions import Action
from unpaidwork.forms.policy import BREAK, NUMBERS, TARGET_NUMBERS, WorkPolicyForm
from unpaidwork.rules.policy import NAME
from unpaidwork.services.policy import set_work_policy


@staff_view(Action.VIEW_POLICY)
def work_policy(request):
    return policy_page(request, PAGES)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    return set_policy_page(request, PAGES, WorkPolicyForm)


def _parts(body, change):
    lines = [Line(label, str(body[name]), detail=hint) for name, (label, hint) in NUMBERS.items()]
    lines.append(Line(BREAK, "Yes" if body["deduct_break"] else "No"))
    return [
        Part("What is allowed", lines, change),
        Part("Targets of the measures", _targets(body), change),
    ]


def _targets(body):
    """What the measures are held against: no law, and where none is set that is said."""
    said = {title: body.get(name) for name, title in TARGET_NUMBERS.items()}
    return [
        Line(title, f"{percent}%" if percent else "None set") for title, percent in said.items()
    ]


PAGES = Pages(
    NAME, "Policy on unpaid work", "work-policy", "set-work-policy", _parts, set_work_policy
)
