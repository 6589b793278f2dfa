"""Keeping a list under a name, sharing it with one's team, putting it away; and asking for the figures of the week.

Source: the team board ("save and share a view; weekly digest"). A view gives nobody more than they reach already.
"""

from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from oversight.models import SavedView, WeeklyFigures
from oversight.models.views import LONGEST_NAME
from oversight.reference.lists import LISTS
from oversight.rules.saved_views import MOST_VIEWS, NO_LIST, checked_name, filters_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Action, reach


@transaction.atomic
def save_view(*, by, address, name, shared, now):
    """Keep the list at this address of ours: its path and filters, without a host. The same name again changes what it is of."""
    _lock(by)
    page, filters = _understood(address, by)
    name = checked_name(name)
    if len(name) > LONGEST_NAME:
        raise RuleBroken(f"Shorten the name to {LONGEST_NAME} letters.")
    _check_team(by, shared)
    others = SavedView.objects.of(by).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise RuleBroken(f"You keep {MOST_VIEWS} views, which is the most. Put one away first.")
    view, made = SavedView.objects.update_or_create(
        by=by,
        name=name,
        defaults={"page": page, "filters": filters, "shared": shared, "made_at": now},
    )
    record(by=by, action="saved_view", view=view.pk, page=page, shared=shared, anew=not made)
    return view


@transaction.atomic
def share_view(*, view, by, shared):
    """Show it to the team of whoever made it, or stop."""
    view = _own(view, by)
    _check_team(by, shared)
    view.shared = shared
    view.save()
    record(by=by, action="shared_view", view=view.pk, shared=shared)
    return view


@transaction.atomic
def remove_view(*, view, by):
    """Put it away, for whoever it was shared with as well. What stood is kept in its history."""
    view = _own(view, by)
    pk = view.pk
    view.delete()
    record(by=by, action="removed_view", view=pk)


@transaction.atomic
def ask_for_figures(*, by, wanted, now):
    """Be sent the figures of one's team on the first working day of each week, or no more."""
    _lock(by)
    if wanted:
        if not reach(by.role, Action.VIEW_TEAM):
            raise RuleBroken("The figures of a team are sent to those who see its board.")
        if not by.email:
            raise RuleBroken(
                "Your account has no e-mail address. Ask whoever opens accounts to add it."
            )
        WeeklyFigures.objects.get_or_create(user=by, defaults={"asked_at": now})
    else:
        WeeklyFigures.objects.filter(user=by).delete()
    record(by=by, action="asked_for_weekly_figures", wanted=wanted)


def _lock(user):
    """Two pages of one member of staff, one after the other."""
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user.pk)


def _own(view, by):
    """As it stands now. Nobody changes another's."""
    found = SavedView.objects.select_for_update().of(by).filter(pk=view.pk).first()
    if found is None:
        raise RuleBroken("Only whoever saved this view may change it, and it may be gone already.")
    return found


def _check_team(by, shared):
    if shared and not by.team_id:
        raise RuleBroken(
            "You are in no team, so there is nobody to share it with. Keep it for yourself."
        )


def _understood(address, by):
    """(name of the page, its filters) of an address of ours; refused where it is none of LISTS, or not theirs to open."""
    try:
        parts = urlsplit(address.strip())
        # Two strokes at its beginning are another host, as a browser reads them
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            raise RuleBroken(NO_LIST)
        page = resolve(parts.path).url_name or ""
    except (ValueError, Resolver404):
        raise RuleBroken(NO_LIST) from None
    if page not in LISTS or not reach(by.role, LISTS[page].action):
        raise RuleBroken(NO_LIST)
    return page, filters_of(parts.query, LISTS[page].filters)
