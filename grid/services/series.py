"""Planning a series of groups: its sessions, its room and who leads it, all at once or not at all.

Source: product rules, groups. Rooms and leaders are locked while it is decided, and the database refuses whatever would still
be in two places.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from grid.models import Room, Series, SeriesSession, SessionLeader
from grid.queries.series_look import Asked, look
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User

LONGEST_NOTE = 300
TWICE = {  # what the database refuses, in words for whoever came second
    "room_never_twice": "The room has been taken meanwhile for one of these hours. Look at the sessions again.",
    "leader_never_twice": "Somebody who would lead has been named for another group at one of these hours meanwhile. Look at the sessions again.",
}


@transaction.atomic
def plan_series(
    *, code, place, room, first_on, weekly, places, leaders, women_only, note, by, now
):  # fmt: skip
    """Plan a series on the terms of the policy in force. Returns it.

    `weekly`: [grid.rules.series.Weekly]; `leaders`: users; `room`: None only where it is done one to one. Refused, with
    everything that stands in the way, where the terms, the room or the leaders do not allow it.
    """
    hold(rooms=[room], users=leaders)
    asked = Asked(code, place, room, first_on, tuple(weekly), places, tuple(leaders), women_only)
    found = look(asked, now)
    if found.refused:
        raise RuleBroken(" ".join(found.refused))
    if len(note.strip()) > LONGEST_NOTE:
        raise RuleBroken(f"A note has {LONGEST_NOTE} letters at most.")
    series = _made(asked, found, note.strip(), by=by, now=now)
    users = {one.pk: one for one in leaders}
    add_sessions(
        series,
        [(one.session, room, [users[each.user] for each in one.leaders]) for one in found.led],
        by=by,
        now=now,
    )
    record(
        by=by,
        action="planned_series",
        series=series.pk,
        code=code,
        sessions=len(found.planned.sessions),
        first_on=found.planned.first_on.isoformat(),
        last_on=found.planned.last_on.isoformat(),
        version=series.version,
    )
    return series


def _made(asked, found, note, *, by, now):
    """The row, on the terms of the policy by which it was looked at."""
    terms, planned = found.policy.terms[asked.code], found.planned
    return Series.objects.create(
        code=asked.code,
        place=asked.place,
        places=asked.places,
        leaders=terms.leaders,
        women_only=asked.women_only,
        led_by_women=found.asks.women,
        rolling=terms.rolling,
        entries=list(terms.entries),
        must_finish=terms.must_finish,
        skill=terms.skill,
        dose={
            "sessions": planned.dose.sessions,
            "minutes": planned.dose.minutes,
            "a_week": planned.dose.a_week,
        },
        weekly=[[one.weekday, f"{one.from_at:%H:%M}"] for one in planned.weekly],
        policy_version=found.policy.version,
        note=note,
        planned_at=now,
        planned_by=by,
    )


def hold(*, rooms, users):
    """Lock these rooms, then these users, each in order, so that two who want them decide one after the other."""
    for kind, rows in ((Room, rooms), (User, users)):
        keys = {one.pk for one in rows if one is not None}
        list(kind.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def add_sessions(series, wanted, *, by, now):
    """Rows of sessions with whoever leads them. `wanted`: [(grid.rules.sessions.Session, room or None, users)].

    Returns the rows of sessions. Refused where the database finds a room or a leader in two places.
    """
    with never_twice():
        made = SeriesSession.objects.bulk_create(
            SeriesSession(
                series=series,
                number=one.number,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                room=room,
            )
            for one, room, _ in wanted
        )
        SessionLeader.objects.bulk_create(
            leads(row, user, by=by, now=now)
            for row, (_, _, users) in zip(made, wanted, strict=True)
            for user in users
        )
    return made


def leads(session, user, *, by, now, because=""):
    """A row, not saved: they lead it."""
    return SessionLeader(
        session=session,
        user=user,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        because=because,
        named_at=now,
        named_by=by,
    )


@contextmanager
def never_twice():
    """Say in plain words what the database refuses: a room or a leader in two places."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        for name, words in TWICE.items():
            if name in str(refusal):
                raise RuleBroken(words) from refusal
        raise
