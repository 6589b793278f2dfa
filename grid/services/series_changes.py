"""Calling off or moving sessions of a series: the rest is planned again, and everybody in it with it.

Source: product rules, groups (a cancellation re-plans everyone, and their officers are told). Appointments of members follow in
the same transaction.
"""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.recipients import owner_and_cover
from cases.rules.words import listed, sentence, shortened
from cases.services.telling import tell
from grid.models import Series, SeriesSession, SessionLeader
from grid.queries.series import as_session
from grid.queries.series_changes import (
    changed_since,
    if_called_off,
    if_moved,
    standing_rows,
)
from grid.queries.series_members import places_in
from grid.reference.groups import SeriesState, SessionState
from grid.reference.interventions import INTERVENTIONS
from grid.services.attendances import settle_attendances
from grid.services.series import add_sessions, hold
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LONGEST_BECAUSE = 200  # letters; kept with what it was called off, or moved, for
LONGEST_NOTICE = 700
ASIDE = 1000  # numbers out of the way of any, while sessions are numbered again


@transaction.atomic
def call_off_sessions(
    *, series, numbers, making_up=(), because, version, by, now, users=None
):  # fmt: skip
    """Call off sessions that have not begun; what they would have done comes next, and as many more are held.

    `making_up`: [(day, hour)] that make up for it; what these do not is held after the last. `users`: who leads what is
    new; None: whoever led what it takes the place of. Returns what was done, `grid.rules.replanning.Replanned`.
    """
    series, because = hold_series(series, version), checked_because(because)
    hold_what_is_wanted(series, users)
    change = if_called_off(series, numbers, now, making_up=making_up, users=users)
    carry_out(series, change, because, by=by, now=now)
    done = change.replanned
    record(
        by=by,
        action="called_off_sessions",
        series=series.pk,
        numbers=[one.number for one in done.gone],
        version=series.version,
    )
    settle_and_tell(series, done, because, by=by, now=now)
    return done


@transaction.atomic
def move_session(
    *, session, on, from_at, because, version, by, now, room=None, users=None
):  # fmt: skip
    """Hold a session on another day, or at another hour, between the one before it and the one after.

    The row of the session is called off, and another stands for it. `room`, `users`: None leaves those that it has.
    Returns what was done, `grid.rules.replanning.Replanned`.
    """
    series, because = hold_series(session.series, version), checked_because(because)
    hold_what_is_wanted(series, users, room)
    session.refresh_from_db()
    if session.state != SessionState.STANDS:
        raise RuleBroken("This session has been called off. Look at the series again.")
    change = if_moved(series, session.number, on, from_at, now, room=room, users=users)
    moved = f"Moved to {say_time(from_at)} on {say_date(on)}: {because}"
    carry_out(series, change, moved, by=by, now=now)
    record(
        by=by,
        action="moved_session",
        series=series.pk,
        session=session.pk,
        number=session.number,
        to=change.replanned.new[0].starts_at.isoformat(),
        version=series.version,
    )
    settle_and_tell(series, change.replanned, because, by=by, now=now)
    return change.replanned


@transaction.atomic
def call_off_series(*, series, because, version, by, now):
    """Call off everything of a series that has not begun. Whoever had a place in it is back on the list. Returns it."""
    series, because = hold_series(series, version), checked_because(because)
    rows = standing_rows(series).values()
    gone = [one for one in rows if one.starts_at > now]
    if not gone:
        raise RuleBroken("Every session of this series has begun, so there is none to call off.")
    places = places_in(series, now)
    _take_away(gone, because)
    series.state, series.state_because = SeriesState.CALLED_OFF, because
    series.version += 1
    series.save(update_fields=["state", "state_because", "version"])
    record(
        by=by,
        action="called_off_series",
        series=series.pk,
        sessions=len(gone),
        version=series.version,
    )
    settle_attendances(series, because=f"The series was called off: {because}", by=by, now=now)
    said = f"It is called off from {say_date(as_session(gone[0]).on)} on, and they are back on the list."
    for place in places:
        _tell_officer(place, said, by=by, now=now)
    return series


def hold_series(series, version):
    """As it stands now, locked; refused once it is called off, and where it is not as whoever asks saw it."""
    found = Series.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    series = found.get(pk=series.pk)
    if series.state != SeriesState.OPEN:
        raise RuleBroken(f"This series was called off: {series.state_because}.")
    if series.version != version:
        raise RuleBroken(changed_since(series, version))
    return series


def checked_because(because):
    """Without blanks around it; refused where nothing is said, or more than is kept."""
    because = because.strip()
    if not because:
        raise RuleBroken("Say why: everybody who comes to it may ask.")
    if len(because) > LONGEST_BECAUSE:
        raise RuleBroken(f"Say why in {LONGEST_BECAUSE} letters at most.")
    return because


def hold_what_is_wanted(series, users, room=None):
    """Every room and leader of what is to come, and those named now."""
    rows = standing_rows(series).values()
    hold(
        rooms=[room, *(one.room for one in rows)],
        users=[*(users or ()), *(user for one in rows for user in one.users)],
    )


def carry_out(series, change, because, *, by, now):
    """Write the sessions as they would be. The series is held; refused where anything stands against it."""
    if change.refused:
        raise RuleBroken(" ".join(change.refused))
    rows = standing_rows(series)
    gone = [rows.pop(one.number) for one in change.replanned.gone]
    _take_away(gone, because)
    _number_again(rows.values(), change.replanned.series.sessions)
    add_sessions(
        series,
        [(one.session, one.room, one.users) for one in change.placed],
        by=by,
        now=now,
    )
    series.version += 1
    series.save(update_fields=["version"])


def _take_away(rows, because):
    """Called off: each keeps its number, its room is free, and nobody leads it."""
    keys = [one.pk for one in rows]
    SeriesSession.objects.filter(pk__in=keys).update(
        state=SessionState.CALLED_OFF, state_because=because
    )
    SessionLeader.objects.standing().filter(session__in=keys).update(stands=False, because=because)


def _number_again(rows, sessions):
    """By their days. Two steps, for at no moment do two that stand have one number."""
    numbers = {(one.on, one.from_at): one.number for one in sessions}
    wanted = {one.pk: numbers[_when(one)] for one in rows if numbers[_when(one)] != one.number}
    ones = SeriesSession.objects.filter(pk__in=wanted)
    ones.update(number=F("number") + ASIDE)
    again = list(ones)
    for one in again:
        one.number = wanted[one.pk]
    SeriesSession.objects.bulk_update(again, ["number"])


def _when(row):
    one = as_session(row)
    return one.on, one.from_at


def settle_and_tell(series, done, because, *, by, now, also=None, clashing=False):
    """Book and call off for everybody in it, and tell their officers. `also`: {case: a sentence that comes before the rest}.

    `clashing`: whoever is in another group at a new hour is not booked for it; else it is refused.
    """
    made = frozenset() if clashing else frozenset(one.starts_at for one in done.new)
    settle_attendances(series, because=because, by=by, now=now, new=made)
    gone = listed([str(one) for one in done.gone])
    new = listed([f"{say_date(one.on)} at {say_time(one.from_at)}" for one in done.new])
    said = f"{sentence(gone)} {'is' if len(done.gone) == 1 else 'are'} not held. Instead: {new}."
    words = {one.member.case: one.words for one in done.members}
    for place in places_in(series, now):
        first = (also or {}).get(place.case_id, "")
        text = " ".join(filter(None, [said, first, words[place.case_id]]))
        _tell_officer(place, text, by=by, now=now)


def _tell_officer(place, said, *, by, now):
    """Whoever holds the case, and cover; not whoever does it. Nobody is named, nor why: that may name somebody."""
    case, series = place.case, place.series
    title = INTERVENTIONS[series.code].title
    text = f"{case.crn}, {title}: {said}"
    users = [one for one in owner_and_cover(case, localtime(now).date()) if one.pk != by.pk]
    tell(
        case=case,
        users=users,
        text=text if len(text) <= LONGEST_NOTICE else shortened(text, LONGEST_NOTICE),
        href=reverse("case-interventions", args=[case.crn]),
        now=now,
    )
