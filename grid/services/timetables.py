"""Asking for a quarter's timetable, changing what is proposed, and having it published or given up.

Source: report 1.3 and 2.3; features 82 to 84 (proposed, edited, then published). Nothing of a proposal is a series or a place.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.timezone import localtime

from grid.models import Timetable, TimetableSeries
from grid.reference.groups import TimetableState
from grid.rules.quarter_facts import QUARTER
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASKING = 0x71756172746572  # keeps this lock apart from anybody else's
LATEST = timedelta(weeks=26)  # ahead of which a quarter begins at most
CHANGED = "Somebody has changed this proposal meanwhile. Look at it as it stands now."
NOT_PROPOSED = "This can be done while a timetable is proposed, and this one is: {}."


@transaction.atomic
def ask_for_timetable(*, first_on, by, now):
    """Ask for a proposal of the quarter from this Monday. It is worked out within minutes, by a task and not here. Returns it."""
    today = localtime(now).date()
    if first_on.weekday():
        raise RuleBroken("A quarter’s timetable begins on a Monday.")
    if first_on <= today or first_on > today + LATEST:
        raise RuleBroken("Choose a Monday to come, within half a year.")
    _take_turns()
    if running := _overlapping(first_on):
        raise RuleBroken(
            f"A timetable from {say_date(running.first_on)} is {_state(running)}: publish it or give it up first."
        )
    made = Timetable.objects.create(first_on=first_on, weeks=QUARTER, asked_at=now, asked_by=by)
    record(by=by, action="asked_for_timetable", timetable=made.pk, first_on=first_on.isoformat())
    return made


@transaction.atomic
def take_out_series(*, proposed, version, by):
    """Take a series out of what is proposed. Its people keep their place in the queue. Returns it."""
    return _keep(proposed, version, by, kept=False)


@transaction.atomic
def put_back_series(*, proposed, version, by):
    """Put back a series that was taken out. Returns it."""
    return _keep(proposed, version, by, kept=True)


@transaction.atomic
def publish_timetable(*, timetable, version, by, now):
    """Have what is proposed carried out, series by series, by a task. Returns it."""
    one = hold_proposed(timetable, version)
    if not one.series.filter(kept=True).exists():
        raise RuleBroken("Every series has been taken out. Put one back, or give the timetable up.")
    one.state, one.published_at, one.published_by = TimetableState.PUBLISHING, now, by
    one.version += 1
    one.save(update_fields=["state", "published_at", "published_by", "version"])
    record(by=by, action="published_timetable", timetable=one.pk)
    return one


@transaction.atomic
def drop_timetable(*, timetable, version, by, now):
    """Give it up, whether or not it has been worked out. Returns it."""
    one = lock_timetable(timetable)
    if one.state not in (TimetableState.WORKING, TimetableState.PROPOSED):
        raise RuleBroken(NOT_PROPOSED.format(_state(one)))
    _check_version(one, version)
    one.state, one.closed_at, one.closed_by = TimetableState.DROPPED, now, by
    one.version += 1
    one.save(update_fields=["state", "closed_at", "closed_by", "version"])
    record(by=by, action="dropped_timetable", timetable=one.pk)
    return one


def lock_timetable(timetable):
    """It as it stands, held."""
    return Timetable.objects.select_for_update(no_key=True).get(pk=timetable.pk)


def hold_proposed(timetable, version):
    """It, held; refused where it is not proposed any more, or was changed since it was read."""
    one = lock_timetable(timetable)
    if one.state != TimetableState.PROPOSED:
        raise RuleBroken(NOT_PROPOSED.format(_state(one)))
    _check_version(one, version)
    return one


def _take_turns():
    """Of two who ask at once the second reads what the first has written. Where nothing is asked for there is no row to hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ASKING])


def _keep(proposed, version, by, *, kept):
    one = hold_proposed(proposed.timetable, version)
    proposed = TimetableSeries.objects.get(pk=proposed.pk)
    if proposed.kept == kept:
        raise RuleBroken("It is in the timetable." if kept else "It has been taken out already.")
    proposed.kept, proposed.changed_by = kept, by
    proposed.save(update_fields=["kept", "changed_by"])
    one.version += 1
    one.save(update_fields=["version"])
    action = "put_back_proposed_series" if kept else "took_out_proposed_series"
    record(by=by, action=action, timetable=one.pk, proposed=proposed.pk, code=proposed.code)
    return proposed


def _check_version(one, version):
    if one.version != version:
        raise RuleBroken(CHANGED)


def _overlapping(first_on):
    weeks = timedelta(weeks=QUARTER)
    found = Timetable.objects.unfinished().filter(
        first_on__gt=first_on - weeks, first_on__lt=first_on + weeks
    )
    return found.order_by("pk").first()


def _state(one):
    return TimetableState(one.state).title.lower()
