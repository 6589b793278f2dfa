"""Who may read which of the events of a case: whoever may read where it stands in the record.

One place decides for a meeting, a review and the API. Source: product rules, roles and reach; staff.permissions.
"""

from cases.reference.reviews import EventKind
from staff.permissions import Action

STANDS_ON = {  # where an event is read: (page, what the reader must be allowed to do)
    EventKind.REPLY: ("case-checks", Action.VIEW_CHECKS),
    EventKind.REGISTER: ("case", Action.VIEW_CASE),
    EventKind.RAISED: ("raises", Action.VIEW_CASE),
    EventKind.NEW_PERSON: ("case-person", Action.VIEW_CASE),
    EventKind.NEW_ADDRESS: ("case-person", Action.VIEW_CASE),
    EventKind.MISSED: ("case-contacts", Action.VIEW_CASE),
    EventKind.FAILURE: ("case-contacts", Action.VIEW_CASE),
    EventKind.VISIT: ("case-contacts", Action.VIEW_CASE),
    EventKind.CUSTODY: ("case-sentence", Action.VIEW_CASE),
    EventKind.ROUTE: ("case-sentence", Action.VIEW_CASE),
    EventKind.PROGRAMME: ("case-sentence", Action.VIEW_CASE),
}
ELSEWHERE = ("case-information", Action.VIEW_INFORMATION)


def page_of(event):
    """The name of the page where it is read."""
    page, _ = STANDS_ON.get(EventKind(event.kind), ELSEWHERE)
    return page


def readable(events, may):
    """Those that a reader may read who may do what is in `may`. They have a `kind`, as rows or as events."""
    return [one for one in events if _action_of(one) in may]


def _action_of(event):
    _, action = STANDS_ON.get(EventKind(event.kind), ELSEWHERE)
    return action
