"""Whoever waits for one row holds nothing that another needs first: of two who act at once neither stands in the other's way.

The order is: series, rooms, leaders, sessions, cases by their keys.
"""

from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from cases.models import Case
from grid.models import Room, SeriesSession, Timetable
from grid.reference.group_marks import Mark
from grid.services.group_register import rest_came, say_of
from grid.services.rooms import add_room, change_room
from grid.services.session_ended import end_session
from grid.services.timetable_publish import publish_waiting
from grid.services.timetables import ask_for_timetable, publish_timetable
from staff.errors import RuleBroken
from tests.clock import frozen
from tests.factories import CaseFactory, UserFactory
from tests.grid.a_group_session import (
    AFTER,
    a_session,
    everybody,
    fresh,
    join,
    leader_of,
    logged,
    said,
    the_only,
)
from tests.grid.a_timetable import QUARTER, a_head, a_quarter, worked_out
from tests.grid.planned_series import NOW, oxford, room_at

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds
WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
    )
"""


def somebody_waits():
    """For what this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


@contextmanager
def beside(act, *, refused=()):
    """While `act` waits, on a connection of its own, for what the caller holds. What it raised is raised after it."""
    errors = []

    def run():
        try:
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        yield lambda: _until_it_waits(thread)
    thread.join()
    assert [type(one) for one in errors] == list(refused), errors


def _until_it_waits(thread):
    thread.start()
    until = monotonic() + PATIENCE
    while thread.is_alive() and not somebody_waits():
        assert monotonic() < until
        sleep(0.02)


def held(model, pk):
    """This row, locked now; fails at once where another holds it."""
    return model.objects.select_for_update(no_key=True, nowait=True).get(pk=pk)


def test_whoever_writes_on_a_register_takes_the_session_before_the_case():
    with frozen(AFTER):
        one = the_only(a_session())
        by = leader_of(one.session)

        def say():
            said_of_them = said(one, Mark.TOOK_PART)
            say_of(attendance=one, version=one.version, said=said_of_them, by=by, now=AFTER)

        with beside(say) as waits:
            held(SeriesSession, one.session_id)  # as whoever stands in, or calls it off, does first
            waits()
            held(Case, one.case_id)
    one.refresh_from_db()
    assert one.mark == Mark.TOOK_PART


def test_the_rest_of_a_register_takes_its_cases_by_their_keys():
    with frozen(AFTER):
        session = a_session(people=0)
        first, last = CaseFactory(sort_name="zz"), CaseFactory(sort_name="aa")
        for case in (first, last):
            join(session, case)
        versions = {one.pk: one.version for one in everybody(session)}
        by = leader_of(session)

        def rest():
            rest_came(session=session, versions=versions, by=by, now=AFTER)

        with beside(rest) as waits:
            held(Case, first.pk)
            waits()
            held(Case, last.pk)
    assert {one.mark for one in everybody(session)} == {Mark.TOOK_PART}


def test_whoever_ends_a_session_while_somebody_is_marked_leaves_that_as_it_is():
    with frozen(AFTER):
        session = a_session(people=2)
        one, other = everybody(session)
        by = leader_of(session)

        with beside(lambda: end_session(session=session, because="A flood.", by=by, now=AFTER)) as waits:  # fmt: skip
            held(SeriesSession, session.pk)
            waits()
            say_of(attendance=one, version=1, said=said(one), by=by, now=AFTER)

    assert (logged(one).attended, fresh(one).appointment.called_off_at) == (True, None)
    assert fresh(other).appointment.called_off_at == AFTER


def test_whoever_is_marked_while_the_session_is_ended_is_not_and_is_called_off():
    with frozen(AFTER):
        session = a_session(people=1)
        one, by = the_only(session), leader_of(session)

        def say():
            missed = said(one, Mark.NOT_COME)
            say_of(attendance=one, version=1, said=missed, by=by, now=AFTER)

        with beside(say, refused=[RuleBroken]) as waits:
            end_session(session=session, because="A flood.", by=by, now=AFTER)
            waits()

    assert (fresh(one).mark, fresh(one).appointment.called_off_at) == ("", AFTER)


def test_whoever_ends_a_session_takes_those_after_it_before_the_cases():
    with frozen(AFTER):
        session = a_session(people=1)
        one, by = the_only(session), leader_of(session)
        later = a_session(people=0, series=session.series, by=by, number=2, starts_at=AFTER + timedelta(days=7))  # fmt: skip

        with beside(lambda: end_session(session=session, because="A flood.", by=by, now=AFTER)) as waits:  # fmt: skip
            held(SeriesSession, later.pk)  # as whoever agrees an absence from it does first
            waits()
            held(Case, one.case_id)

    assert fresh(one).appointment.called_off_at == AFTER
    assert fresh(later).number == 1


def test_publishing_takes_the_cases_of_a_series_by_their_keys():
    _, people = a_quarter()
    one, by = worked_out(), a_head()
    last = max(case.pk for case in people)
    # The last by key is the first on the list
    referral = Case.objects.get(pk=last).referrals_to_groups.get()
    referral.waiting_since -= timedelta(days=30)
    referral.save()
    publish_timetable(timetable=one, version=one.version, by=by, now=NOW)

    with beside(lambda: publish_waiting(now=NOW)) as waits:
        held(Case, min(case.pk for case in people))
        waits()
        held(Case, last)
    assert one.series.get().made.members.count() == 5


@pytest.mark.parametrize("later", [0, 7])
def test_of_two_who_ask_for_one_quarter_at_once_the_second_is_told(later):
    by = a_head()

    def ask():
        ask_for_timetable(first_on=QUARTER + timedelta(days=later), by=by, now=NOW)

    with beside(ask, refused=[RuleBroken]) as waits:
        ask_for_timetable(first_on=QUARTER, by=by, now=NOW)
        waits()
    assert Timetable.objects.count() == 1


@pytest.mark.parametrize("second", ["Room 1", "room 1"])
@pytest.mark.parametrize("renamed", [False, True])
def test_of_two_who_name_a_room_of_one_place_alike_at_once_the_second_is_told(second, renamed):
    place, by, today = oxford(), UserFactory(), NOW.date()
    there = room_at(place, "Room 2")

    def name():
        if renamed:
            change_room(room=there, name=second, holds=8, closed_on=None, by=by, now=NOW)
        else:
            add_room(place=place, name=second, holds=8, by=by, today=today)

    with beside(name, refused=[RuleBroken]) as waits:
        add_room(place=place, name="Room 1", holds=12, by=by, today=today)
        waits()
    assert sorted(Room.objects.values_list("name", flat=True)) == ["Room 1", "Room 2"]
