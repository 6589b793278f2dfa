"""Pages about the policy on release: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from cases.views.policy_pages import Pages, Part, policy_page, set_policy_page
from staff.access import staff_view
from staff.kit import Line
from staff.permissions import Action
from ttg.forms.policy import NUMBERS, TARGET_NUMBERS, ReleasePolicyForm
from ttg.rules.policy import NAME
from ttg.services.policy import set_release_policy


@staff_view(Action.VIEW_POLICY)
def release_policy(request):
    return policy_page(request, PAGES)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    return set_policy_page(request, PAGES, ReleasePolicyForm)


def _parts(body, change):
    lines = [Line(label, str(body[name]), detail=hint) for name, (label, hint) in NUMBERS.items()]
    targets = [Line(title, f"{body[name]}%") for name, title in TARGET_NUMBERS.items()]
    return [Part("By when", lines, change), Part("Targets of the measures", targets, change)]


PAGES = Pages(
    NAME, "Policy on release", "release-policy", "set-release-policy", _parts, set_release_policy
)
