"""Every series that is to come or of which a register is not sent, as a list: where, when, places, leaders, what is short.

In order of the next session, and of nothing else: no series is ranked. Source: product rules, groups; report 2.3 (evening
and weekend groups). The same few statements however many there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.among import among
from cases.rules.words import listed
from grid.models import Series, SeriesSession, SessionLeader
from grid.queries.leaders import away_of
from grid.queries.rooms import title_of
from grid.queries.series import as_open
from grid.reference.groups import SeriesState
from grid.rules.groups_open import OpenSeries, TimeOfWeek, say_times, times_of_week
from grid.rules.sessions import next_session
from staff.kit import Tag, on
from staff.rules.dates import say_time

SIZE = 50  # rows of a page
SHORT = Tag("Short of a leader", "orange")
NOT_SENT = Tag("Register not sent", "orange")
FULL = Tag("Full", "grey")
WOMEN = Tag("Women only", "blue")


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as codes; blank: anything."""

    code: str = ""
    place: str = ""  # key
    women_only: str = ""  # yes, no
    when: str = ""  # TimeOfWeek
    left: str = ""  # yes: with a place left
    over: str = ""  # yes: over or called off, which `series_over` lists


@dataclass(frozen=True)
class SeriesRow:
    key: int
    title: str
    href: str
    where: str
    when: str
    next: str
    places: str  # "3 of 8 taken"
    leaders: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class Found:
    """A page of the list. `count`: how many there are in all."""

    rows: list[SeriesRow]
    count: int
    next_after: str


@dataclass(frozen=True)
class Staffed:
    """What of one series is short. `short`: numbers of sessions to come with too few who can lead; `not_sent`: over."""

    leaders: tuple[str, ...]  # of the next session
    short: tuple[int, ...]
    not_sent: tuple[int, ...]


def page_of_series(wanted, now, *, after=None, size=SIZE):
    """What was asked for, from after the series of that key on. Nine statements at most."""
    found = series_wanted(wanted, now)
    start = next((place + 1 for place, one in enumerate(found) if one.pk == after), 0)
    shown = found[start : start + size]
    staffed = staffed_of([one.pk for one in shown], now)
    more = len(found) > start + size
    return Found(
        [_row(one, staffed[one.pk], now) for one in shown],
        len(found),
        str(shown[-1].pk) if more else "",
    )


def series_wanted(wanted, now) -> list[OpenSeries]:
    """In order of the next session; what is over, and waits for its register, comes last."""
    rows = narrowed(Series.objects.filter(runs(now)).select_related("place"), wanted)
    found = [one for one in as_open(rows, now) if _fits(one, wanted)]
    return sorted(found, key=lambda one: (_next_at(one, now), one.pk))


def runs(now):
    """What a series is that is not called off, and has a session to come or a register that is not sent."""
    standing = SeriesSession.objects.standing().filter(series=OuterRef("pk"))
    live = Q(Exists(standing.filter(ends_at__gt=now))) | Q(Exists(standing.filter(sent_at=None)))
    return Q(state=SeriesState.OPEN) & live


def narrowed(rows, wanted):
    """Those of these rows of what was asked for, at the place, for the people."""
    if wanted.code:
        rows = rows.filter(code=wanted.code)
    if wanted.place:
        rows = rows.filter(place=wanted.place)
    if wanted.women_only:
        rows = rows.filter(women_only=wanted.women_only == "yes")
    return rows


def staffed_of(keys, now):
    """{series: Staffed}, for these series. Three statements."""
    sessions = SeriesSession.objects.standing().filter(series__in=among(keys))
    rows = list(sessions.order_by("starts_at").select_related("series"))
    led = SessionLeader.objects.standing().filter(session__in=among([one.pk for one in rows]))
    leaders = defaultdict(list)
    for one in led.select_related("user").order_by("user__last_name", "user__first_name", "user"):
        leaders[one.session_id].append(one.user)
    able = _able(rows, leaders, now)
    short, not_sent = defaultdict(list), defaultdict(list)
    names: dict[int, tuple[str, ...]] = {}
    for one in rows:
        key = one.series_id
        if one.ends_at > now:
            names.setdefault(key, tuple(user.name for user in leaders[one.pk]))
            if able[one.pk] < one.series.leaders:
                short[key].append(one.number)
        elif one.sent_at is None:
            not_sent[key].append(one.number)
    return {
        key: Staffed(names.get(key, ()), tuple(short[key]), tuple(not_sent[key])) for key in keys
    }


def _able(rows, leaders, now):
    """{session: how many of those named for it have an open account and are not away on its day}"""
    users = {user.pk for named in leaders.values() for user in named}
    days = [localtime(one.starts_at).date() for one in rows] or [localtime(now).date()]
    away = away_of(users, min(days), max(days))
    found: Counter[int] = Counter()
    for one in rows:
        day = localtime(one.starts_at).date()
        for user in leaders[one.pk]:
            gone = any(each.from_on <= day <= each.to_on for each in away[user.pk])
            found[one.pk] += user.is_active and not gone
    return found


def _fits(one, wanted):
    if wanted.when and TimeOfWeek(wanted.when) not in times_of_week(one.sessions):
        return False
    return not wanted.left or one.places > len(one.there)


def _next_at(one, now):
    following = next_session(one.sessions, now)
    return following.starts_at if following else datetime.max.replace(tzinfo=now.tzinfo)


def _row(one, staffed, now):
    following = next_session(one.sessions, now)
    return SeriesRow(
        key=one.pk,
        title=title_of(one.code),
        href=reverse("series", args=[one.pk]),
        where=one.site,
        when=say_times(one.sessions),
        next=_say_next(one, following),
        places=say_places(one),
        leaders=listed(staffed.leaders) or "Nobody",
        tags=tags_of(one, staffed),
    )


def _say_next(one, following):
    if following is None:
        return f"Over since {on(one.last_on)}"
    return f"{on(following.on)} at {say_time(following.from_at)}, {following.number} of {len(one.sessions)}"


def say_places(one):
    """ "3 of 8 taken, 1 of them kept"."""
    kept = len(one.kept)
    return f"{len(one.there)} of {one.places} taken" + (f", {kept} of them kept" if kept else "")


def tags_of(one, staffed):
    said = (
        (WOMEN, one.women_only),
        (FULL, len(one.there) >= one.places),
        (SHORT, staffed.short),
        (NOT_SENT, staffed.not_sent),
    )
    return tuple(each for each, stands in said if stands)


def places_with_series(rows):
    """[(key, name)] of the places at which there is one of these, by name. One statement."""
    found = rows.order_by("place__name")
    return [(str(pk), name) for pk, name in found.values_list("place", "place__name").distinct()]


def codes_with_series(rows):
    """[(code, title)] of the interventions of which there is one of these, by title. One statement."""
    codes = set(rows.values_list("code", flat=True))
    return sorted(((code, title_of(code)) for code in codes), key=lambda one: one[1])
