"""The list pages that may be kept under a name, and what of their filters an address may hold.

Every filter is a code. What is searched for, a page of a long list and anything of one person is not among them.
"""

from dataclasses import dataclass

from staff.permissions import Action


@dataclass(frozen=True)
class ListPage:
    """What the page is called, who reaches it, and its filters."""

    title: str
    action: Action
    filters: frozenset[str]


def _page(title, action, filters="team"):
    return ListPage(title, action, frozenset(filters.split()))


LISTS = {  # name of the address: what it is
    "team-board": _page("Team board", Action.VIEW_TEAM),
    "team-figures": _page("Figures of the team", Action.VIEW_TEAM),
    "team-grid-change": _page("Moves in the GRID", Action.VIEW_TEAM, "team show came left"),
    "team-owed": _page("What is owed", Action.VIEW_TEAM, "team harm about show"),
    "team-interim-plans": _page("Interim plans that end", Action.VIEW_TEAM, "team show"),
    "team-waits": _page("Who waits", Action.VIEW_TEAM, "team of"),
    "rar": _page("Rehabilitation activity", Action.VIEW_PLAN, "whose team code"),
    "flags": _page("Flags", Action.VIEW_TEAM, "team told kind"),
    "caseload": _page(
        "Caseload",
        Action.LIST_CASES,
        "whose officer team place group state loop overdue women sort",
    ),
    "checks-desk": _page("Checks desk", Action.VIEW_CHECKS, "step kind team officer overdue"),
    "content-people": _page("Assessments and plans", Action.VIEW_MEASURES, "team code of missing"),
    "contact-people": _page("Contact", Action.VIEW_MEASURES, "team officer code"),
    "reviews": _page("Reviews", Action.VIEW_REVIEW, "team show"),
    "overrides": _page(
        "Overrides", Action.VIEW_OVERRIDES, "team state act approver unopened this_month"
    ),
    "routes-taken-away": _page("Routes taken away", Action.VIEW_TEAM),
    "releases": _page(
        "Releases", Action.VIEW_RELEASE, "show band prison officer team not_ready drugs mine"
    ),
    "work-caseload": _page(
        "Unpaid work", Action.VIEW_UNPAID_WORK, "state pace look owed team mine sort"
    ),
    "hub-queue": _page("Queue", Action.VIEW_QUEUE, "kind show team"),
    "arrivals": _page("Arrivals", Action.VIEW_MOVEMENTS, "team stands"),
    "unowned": _page("Cases nobody holds", Action.VIEW_MOVEMENTS),
    "escalations": _page("Escalations", Action.VIEW_MOVEMENTS, "team show"),
    "standing-still-list": _page("Standing still", Action.VIEW_MOVEMENTS, "team show kind"),
    "endings": _page("Endings", Action.VIEW_MOVEMENTS, "team show"),
}
