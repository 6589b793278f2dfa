"""The views somebody keeps, and those their team shares with them, as a page lists them."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models.worded_once import worded_once
from cases.rules.addresses import address
from oversight.models import SavedView
from oversight.reference.lists import LISTS
from staff.permissions import reach


@dataclass(frozen=True)
class ViewRow:
    key: int
    name: str
    href: str
    page: str
    by: str  # who shares it; blank of one's own
    shared: bool
    own: bool


def views_for(user):
    """Their own by name, then what is shared with them; of pages that they may open. One statement."""
    rows = [_row(one, user) for one in _kept_or_shared(user) if may_open(one, user)]
    return sorted(rows, key=lambda row: not row.own)


@worded_once
def _kept_or_shared(user):
    return SavedView.objects.open_to(user).select_related("by").order_by("name", "pk")


def may_open(view, user):
    page = LISTS.get(view.page)
    return page is not None and bool(reach(user.role, page.action))


def address_of(view):
    """Where it leads now: nowhere where its page is no list any more. A filter that its page has no longer is left out."""
    page = LISTS.get(view.page)
    if page is None:
        return ""
    kept = {name: code for name, code in view.filters.items() if name in page.filters}
    return address(reverse(view.page), **kept)


def _row(view, user):
    own = view.by_id == user.pk
    return ViewRow(
        key=view.pk,
        name=view.name,
        href=reverse("open-view", args=[view.pk]),
        page=LISTS[view.page].title,
        by="" if own else view.by.name,
        shared=view.shared,
        own=own,
    )
