"""Demand for one intervention beside what is planned of it: by place, time of the week and GRID group; and what one more series would change.

Source: report 1.3 and 2.3 (too few places, no evening group); features 82. Of those who wait, the reader's own reach is counted;
what each may expect, and what one more series would change, is worked out over the whole list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Standing
from cases.queries.among import among
from cases.reference.groups import GROUPS, group_name
from cases.rules.addresses import address
from cases.rules.booking import Weight
from cases.services.policy import clocks
from grid.models import LeaderTraining, Room
from grid.queries.rooms import booked_from, rooms_of
from grid.queries.seekers import places_of_groups
from grid.queries.series import open_series
from grid.queries.waiting import OnList, waiting_list
from grid.queries.waiting_pages import Number, open_of
from grid.rules.demand import OneMore, one_more, tried
from grid.rules.groups_open import TimeOfWeek
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.outlook import Outlook
from grid.rules.rooms import Wants, against_room, rooms_that_fit
from grid.rules.series import Closures
from grid.rules.when_where import nearest, times_free
from staff.permissions import Action, reach

NO_PLACE, NO_TIME = "No place within reach, or not known", "Nobody has asked when, or at no time"
NO_GROUP = "In no group"
NO_ROOM = "No room there."


@dataclass(frozen=True)
class Share:
    """A place, a time of the week or a group, and how many of those who wait it is of."""

    name: str
    wait: Number
    nothing: int  # of these, those whom nothing fits
    code: str = ""  # of a group of the GRID


@dataclass(frozen=True)
class Tried:
    """One more series at a place and a time, with what it would change and what there is not for it."""

    place: int
    site: str
    when: TimeOfWeek
    begins: date
    change: OneMore
    lacks: str


@dataclass(frozen=True)
class Demand:
    """`places`: by the nearest to each; `times`: at which they could come, several of one person.

    `groups`: of the GRID; None: the reader may not read the placement of everybody whom they count.
    """

    wait: int
    whole: int
    places: list[Share]
    times: list[Share]
    groups: list[Share] | None
    tried: list[Tried]
    trained: int
    leaders: int


def demand_of(
    code: str, user, policy: InterventionPolicy, now, *, women_only: bool = False
) -> Demand:
    """`women_only`: whether the series that is tried is for women alone."""
    today = localtime(now).date()
    planned = open_series(now, [code])
    listed = waiting_list(code, policy, now, today, planned)
    seen = open_of(listed, user, Action.VIEW_WAITING)
    shown = [one for one in listed if one.referral.case_id in seen]
    sites = list(places_of_groups(today))
    terms = policy.terms[code]
    return Demand(
        wait=len(shown),
        whole=len(listed),
        places=_by_place(code, shown, sites, policy),
        times=_by_time(code, shown, terms, policy, today),
        groups=_by_group(code, shown) if _reads_groups(user) else None,
        tried=_tried(code, listed, planned, sites, policy, now, today, women_only),
        trained=_trained(terms.skill, today),
        leaders=terms.leaders,
    )


def _by_place(code, shown, sites, policy):
    near = {one.referral.pk: nearest(one.seeker, policy.waiting) for one in shown}
    rows = [
        _share(code, site.name, [one for one in shown if near[one.referral.pk] == site.pk])
        for site in sites
    ]
    nowhere = [one for one in shown if near[one.referral.pk] is None]
    return [row for row in (*rows, _share(code, NO_PLACE, nowhere)) if row.wait.count]


def _by_time(code, shown, terms, policy, today):
    free = {
        one.referral.pk: times_free(one.seeker, terms.dose.minutes, policy.waiting, today)
        for one in shown
    }
    rows = [
        _share(code, when.title, [one for one in shown if when in free[one.referral.pk]], time=when)
        for when in TimeOfWeek
    ]
    never = [one for one in shown if not free[one.referral.pk]]
    return [*rows, *([_share(code, NO_TIME, never)] if never else [])]


def _reads_groups(user):
    """A number of one person tells their group, so it is for those who may read it of each."""
    return reach(user.role, Action.VIEW_PLACEMENT) >= reach(user.role, Action.VIEW_WAITING)


def _by_group(code, shown):
    """In the order of the GRID; those in no group last."""
    ids = [one.referral.case_id for one in shown]
    standing = Standing.objects.filter(case__in=among(ids)).values_list("case", "group")
    group_of = dict(standing)
    those = defaultdict(list)
    for one in shown:
        those[group_of.get(one.referral.case_id, "")].append(one)
    return [
        replace(_share(code, group_name(group) if group else NO_GROUP, those[group]), code=group)
        for group in (*GROUPS, "")
        if those[group]
    ]


def _share(code, name, those: list[OnList], **filters):
    count = len(those)
    href = address(reverse("waiting-list", args=[code]), **filters) if filters and count else ""
    return Share(name, Number(count, href), sum(one.outlook is Outlook.NOTHING for one in those))


def _tried(code, listed, planned, sites, policy, now, today, women_only):
    """Every place and time at which it may run, what changes most first; nothing where nobody waits."""
    terms = policy.terms[code]
    if not listed or not terms.offered:
        return []
    waiting = [one.expected.waiting for one in listed]
    closures = Closures(extra=frozenset(clocks(today).extra_bank_holidays))
    rooms, taken = _rooms_of(sites, today)
    found = []
    for site in sites:
        if terms.sites and site.name not in terms.sites:
            continue
        for when in TimeOfWeek:
            extra = tried(code, terms, site.pk, site.name, when, closures, localtime(now), women_only=women_only)  # fmt: skip
            change = one_more(waiting, planned, extra, terms, policy.waiting, today)
            lacks = _lacks(rooms[site.pk], extra, terms, taken)
            found.append(Tried(site.pk, site.name, when, extra.sessions[0].on, change, lacks))
    found.sort(key=lambda one: (-one.change.in_time, -one.change.begin, -one.change.sooner, one.site, list(TimeOfWeek).index(one.when)))  # fmt: skip
    return found


def _lacks(rooms, extra, terms, taken):
    """Why no room there can hold it, as the largest says; blank where one can."""
    wants = Wants(extra.sessions, terms.most + terms.leaders, extra.women_only)
    if not rooms:
        return NO_ROOM
    if rooms_that_fit(rooms, wants, taken):
        return ""
    largest = max(rooms, key=lambda one: (one.holds, one.room))
    found = against_room(largest, wants, taken)
    return next(one.text for one in found if one.weight is Weight.REFUSES)


def _rooms_of(sites, today):
    """({place: [grid.rules.rooms.Room]}, when each is taken). Five statements."""
    rooms = rooms_of(sites, today)
    places = dict(Room.objects.filter(place__in=sites).values_list("pk", "place"))
    found = defaultdict(list)
    for one in rooms:
        found[places[one.room]].append(one)
    return found, booked_from([one.room for one in rooms], today)


def _trained(skill, today) -> int:
    """How many are trained to lead it today; none is counted where it asks for no skill of its own."""
    if not skill:
        return 0
    held = LeaderTraining.objects.filter(skill=skill, from_on__lte=today, user__is_active=True)
    return held.exclude(until__lt=today).values("user").distinct().count()


def changed(rows: Iterable[Tried]) -> list[Tried]:
    """Those that would change something."""
    return [one for one in rows if one.change.changes_something]
