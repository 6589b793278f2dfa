"""One series as its page shows it: its sessions, who is in it as far as the reader may see, what is short and who could stand in.

Source: product rules, groups (leave and cover) and limited access.
"""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.among import among
from cases.rules.words import counted, listed
from grid.models import SeriesSession
from grid.queries.group_register import sessions_open_to
from grid.queries.leaders import leaders_for
from grid.queries.series import as_open, as_session, standing_sessions, weekly_of
from grid.queries.series_changes import LEADERS, asks_of_series
from grid.queries.series_had import to_make_up
from grid.queries.series_list import say_places
from grid.queries.series_members import ends_of, places_in
from grid.reference.groups import PlaceState, SeriesState, SessionState
from grid.rules.groups_open import say_parts, say_times
from grid.rules.staffing import against, cover
from staff.kit import Line, Masked, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_time

MEMBERS = Action.VIEW_WAITING  # who is on it a register says to whoever keeps that
TOO_FEW = "It had too few leaders"


@dataclass(frozen=True)
class SessionRow:
    """`register`: where it is kept, once it has begun; blank before. `to_come`: it can be moved or called off."""

    key: int
    number: int
    day: str
    hours: str
    room: str
    leaders: str
    tag: Tag
    because: str
    register: str
    to_come: bool


@dataclass(frozen=True)
class MemberRow:
    name: str
    crn: str
    href: str
    tag: Tag
    begins: str
    ends: str  # when their order or licence ends, and that it is too early where it is


@dataclass(frozen=True)
class Members:
    """`unseen`: how many more there are, of cases out of this reader's reach."""

    rows: list[MemberRow]
    masked: list[Masked]
    unseen: int


@dataclass(frozen=True)
class CoverRow:
    """A session that is short. `out`: key of whoever cannot lead it; None: too few were named. `stand_ins`: (key, name, why)."""

    session: int  # key
    words: str
    why: str  # what is kept as the reason
    out: int | None
    stand_ins: list[tuple[int, str, str]]
    said: str


def lines_of(series, now):
    """What it is, when and for how many."""
    opened = as_open([series], now)
    sessions = opened[0].sessions if opened else ()
    first_last = f"{on(sessions[0].on)} to {on(sessions[-1].on)}" if sessions else ""
    hours = say_times(sessions) if sessions else listed(map(str, weekly_of(series)))
    begins = listed([str(number) for number in series.entries])
    lines = [
        Line("Where", series.place.name),
        Line("When", hours, detail=first_last),
        Line("Places", say_places(opened[0]) if opened else f"{series.places}"),
        Line("For", "Women only" if series.women_only else "Men and women"),
        Line("Leaders", _say_leaders(series)),
        Line("One may begin with session", begins),
        Line("Policy on interventions", f"Version {series.policy_version}"),
        Line("Planned by", series.planned_by.name, detail=on(localtime(series.planned_at).date())),
    ]
    return lines + ([Line("Note", series.note)] if series.note else [])


def _say_leaders(series):
    women = ", women only" if series.led_by_women else ""
    skill = f", trained for {series.skill}" if series.skill else ""
    return f"{series.leaders} at each session{women}{skill}"


def sessions_of(series, now):
    """[SessionRow] of every session, those called off among them, in order of time. Two statements."""
    rows = SeriesSession.objects.filter(series=series).select_related("room").order_by("starts_at", "pk")  # fmt: skip
    rows = rows.prefetch_related(Prefetch("led_by", LEADERS, to_attr="leads"))
    return [_session(one, series, now) for one in rows]


def registers_open_to(series, user):
    """Keys of the sessions of this series whose register this member of staff may open. One statement."""
    found = sessions_open_to(user).filter(series=series)
    return set(found.values_list("pk", flat=True))


def _session(row, series, now):
    session, stands = as_session(row), row.state == SessionState.STANDS
    begun = session.has_begun(now)
    return SessionRow(
        key=row.pk,
        number=row.number,
        day=f"{session.on:%A} {on(session.on)}",
        hours=f"{say_time(session.from_at)} to {say_time(session.to_at)}",
        room=row.room.name if row.room else "None of its own",
        leaders=listed([one.user.name for one in row.leads]) or ("Nobody" if stands else ""),
        tag=_tag(row, now),
        because=row.state_because,
        register=reverse("group-register", args=[row.pk]) if stands and begun else "",
        to_come=stands and not begun and series.state == SeriesState.OPEN,
    )


def _tag(row, now):
    if row.state == SessionState.CALLED_OFF:
        return tag("called-off")
    if row.sent_at:
        return Tag("Register sent", "green")
    return Tag("Register not sent", "orange") if row.ends_at <= now else Tag("To come", "blue")


def members_seen(series, user, now):
    """Who has a place in it, as far as this reader may see. The same statements however many there are."""
    places = places_in(series, now)
    keys = {one.case_id for one in places}
    opened = Case.objects.open_to(user, MEMBERS).filter(pk__in=among(keys))
    seen = set(opened.values_list("pk", flat=True))
    reached = Case.objects.within_reach(user, MEMBERS).filter(pk__in=among(keys))
    masked = [Masked(*row) for row in reached.masked_to(user)]
    ends = ends_of([one for one in places if one.case_id in seen], localtime(now).date())
    sessions = standing_sessions([series.pk])[series.pk]
    last = sessions[-1].on if sessions else None
    later = to_make_up(series, places)
    rows = [
        _member(one, ends[one.pk], last, later.get(one.pk)) for one in places if one.case_id in seen
    ]
    return Members(
        sorted(rows, key=lambda one: (one.name, one.crn)),
        masked,
        len(keys) - len(seen) - len(masked),
    )


def _member(place, end, last, later):
    kept = place.state == PlaceState.KEPT
    too_early = last is not None and end.is_before(last)
    ends = str(end) if end.on else f"Nobody recorded {end}"
    return MemberRow(
        name=place.case.list_name,
        crn=place.case.crn,
        href=reverse("case-offers", args=[place.case.crn]),
        tag=Tag(f"Kept until {on(localtime(place.kept_until).date())}", "yellow") if kept else Tag("In it", "green"),
        begins=_begins(place, later),
        ends=f"{ends[:1].upper()}{ends[1:]}" + (": before it is over" if too_early else ""),
    )  # fmt: skip


def _begins(place, later):
    """With which session; of a rolling series also what they will still lack after it."""
    goes_on = f": {say_parts(later)} in the next series" if later else ""
    return f"Session {place.begins_with}{goes_on}"


def covers_of(series, now):
    """[CoverRow] of every session to come that is short of leaders who can lead it, in order.

    What keeps somebody away is said to whoever runs groups: leave, training, and hours that are taken.
    """
    rows = SeriesSession.objects.standing().filter(series=series, ends_at__gt=now).order_by("starts_at")  # fmt: skip
    rows = list(rows.prefetch_related(Prefetch("led_by", LEADERS, to_attr="leads")))
    sessions = {one.pk: as_session(one) for one in rows}
    everybody = leaders_for(sessions.values(), series=series, today=localtime(now).date())
    by_key = {one.user: one for one in everybody}
    found = []
    for row in rows:
        chosen = [by_key[one.user_id] for one in row.leads if one.user_id in by_key]
        for one in cover(chosen, everybody, [sessions[row.pk]], asks_of_series(series)):
            found.append(_cover(row, series, chosen, one))
    return found


def _cover(row, series, chosen, found):
    asks = asks_of_series(series)
    stands = [(one.user, each.text) for one in chosen for each in against(one, found.session, asks)]
    out, why = stands[0] if stands else (None, TOO_FEW)
    said = f"{counted(found.missing, 'leader')} missing. {' '.join(text for _, text in stands)}"
    return CoverRow(
        session=row.pk,
        words=f"{found.session}"[:1].upper() + f"{found.session}"[1:],
        why=why,
        out=out,
        stand_ins=[
            (one.leader.user, one.leader.name, " ".join(one.why)) for one in found.stand_ins
        ],
        said=f"{said.strip()} {found.words}",
    )
