"""Rehabilitation activity days: a calendar day once, and stalled when nothing is credited or booked for weeks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.rar import (
    Ordered,
    Session,
    Tally,
    check_days,
    how_it_stands,
    idle_since,
    stalled_since,
    tally,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
WEEKS = 4
DAYS = timedelta(days=1)
MOMENTS = st.integers(0, 230 * 24 * 60).map(
    lambda minutes: datetime(2018, 3, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)
SESSIONS = st.lists(
    st.builds(
        Session,
        at=MOMENTS,
        attended=st.sampled_from([True, False, None]),
        complied=st.sampled_from([True, False, None]),
        outcome=st.booleans(),
        stands=st.booleans(),
        activity=st.sampled_from([None, 1, 2]),
    ),
    max_size=40,
)
ORDER = Ordered(days=10, began_on=date(2018, 5, 1), ends_on=date(2019, 4, 30))


def at(day, hour=10, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def kept(day, **columns):
    return Session(**{"at": at(day), "attended": True, "complied": True, "outcome": True} | columns)


def missed(day, **columns):
    return Session(
        **{"at": at(day), "attended": False, "complied": False, "outcome": True} | columns
    )


def to_come(day, **columns):
    return Session(at=at(day), **columns)


@given(SESSIONS)
def test_never_more_than_one_day_is_credited_a_calendar_day(sessions):
    found = tally(10, 6, sessions, TODAY)

    assert len(set(found.credited)) == len(found.credited)
    assert all(
        sum(one.day == day and one.attended is True for one in sessions) for day in found.credited
    )
    assert sorted(day for days in found.by_activity.values() for day in days) == list(
        found.credited
    )


@given(SESSIONS, st.randoms())
def test_the_order_of_sessions_is_nothing_to_the_count(sessions, random):
    shuffled = list(sessions)
    random.shuffle(shuffled)

    assert tally(10, 6, shuffled, TODAY) == tally(10, 6, sessions, TODAY)


@given(SESSIONS)
def test_a_day_is_credited_booked_unsaid_or_missed_and_never_two_of_them(sessions):
    found = tally(10, 6, sessions, TODAY)
    every = [*found.credited, *found.booked, *found.unsaid, *found.missed]

    assert len(set(every)) == len(every)
    assert all(day <= TODAY for day in (*found.credited, *found.missed))
    assert all(day >= TODAY for day in found.booked)
    assert all(day < TODAY for day in found.unsaid)


@given(SESSIONS, st.integers(0, 40))
def test_what_is_left_and_what_is_over_add_up_to_what_was_ordered(sessions, ordered):
    found = tally(ordered, 6, sessions, TODAY)

    assert ordered == len(found.credited) + found.left - found.over
    assert 0 <= found.to_book <= found.left
    assert not (found.left and found.over)


@given(SESSIONS, MOMENTS)
def test_another_session_on_a_credited_day_credits_nothing(sessions, moment):
    found = tally(10, 6, sessions, TODAY)
    again = [*sessions, *(kept(day) for day in found.credited)]

    assert tally(10, 6, again, TODAY).credited == found.credited


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2018, 6, 30, 23, 30, tzinfo=UTC), date(2018, 7, 1)),  # summer time is an hour on
        (datetime(2018, 12, 31, 23, 30, tzinfo=UTC), date(2018, 12, 31)),
        (datetime(2018, 3, 25, 0, 30, tzinfo=UTC), date(2018, 3, 25)),  # the night clocks go on
        (datetime(2018, 10, 27, 23, 30, tzinfo=UTC), date(2018, 10, 28)),  # the night they go back
        (datetime(2018, 10, 28, 0, 30, tzinfo=UTC), date(2018, 10, 28)),
        (datetime(2018, 10, 28, 23, 59, tzinfo=UTC), date(2018, 10, 28)),
    ],
)
def test_the_day_is_that_of_the_clock_on_the_wall(moment, day):
    assert Session(moment).day == day


def test_two_sessions_either_side_of_midnight_are_two_days_and_either_side_of_the_hour_one():
    night = [kept(TODAY, at=datetime(2018, 7, 1, h, 30, tzinfo=UTC)) for h in (22, 23)]
    hour = [kept(TODAY, at=datetime(2018, 7, 1, h, 30, tzinfo=UTC)) for h in (20, 21)]

    assert tally(10, 6, night, TODAY).credited == (date(2018, 7, 1), date(2018, 7, 2))
    assert tally(10, 6, hour, TODAY).credited == (date(2018, 7, 1),)


@pytest.mark.parametrize(
    ("session", "credited"),
    [
        (kept(TODAY), True),
        (kept(TODAY, complied=None), True),  # voluntary, or of an extract that does not say
        (kept(TODAY, complied=False), False),  # did not comply, or sent home for their behaviour
        (missed(TODAY), False),
        (missed(TODAY, complied=True), False),
        (to_come(TODAY), False),
        (kept(TODAY + DAYS), False),  # nothing is done tomorrow
    ],
)
def test_only_a_session_attended_and_complied_with_is_credited(session, credited):
    assert bool(tally(10, 6, [session], TODAY).credited) is credited


@pytest.mark.parametrize(
    ("session", "booked"),
    [
        (to_come(TODAY + DAYS), True),
        (to_come(TODAY), True),
        (to_come(TODAY - DAYS), False),
        (to_come(TODAY + DAYS, stands=False), False),
        (missed(TODAY + DAYS, complied=True), False),  # absent by agreement, said beforehand
    ],
)
def test_what_stands_and_is_still_to_come_is_booked(session, booked):
    assert bool(tally(10, 6, [session], TODAY).booked) is booked


def test_a_day_that_is_credited_already_is_not_booked_as_well():
    found = tally(10, 6, [kept(TODAY), to_come(TODAY)], TODAY)

    assert (found.credited, found.booked, found.to_book) == ((TODAY,), (), 9)


def test_of_two_activities_on_one_day_the_first_planned_has_it():
    found = tally(10, 6, [kept(TODAY, activity=2), kept(TODAY, activity=1)], TODAY)

    assert found.by_activity == {1: (TODAY,)}
    assert found.outside == ()


def test_days_beyond_the_order_are_said():
    found = tally(2, 0, [kept(TODAY - n * DAYS) for n in range(3)], TODAY)

    assert (found.left, found.over, found.to_book) == (0, 1, 0)
    assert "1 day more credited than the court ordered" in how_it_stands(ORDER, found, None, TODAY)


def nothing(**columns):
    return Tally(**{"ordered": 10, "planned": 0} | columns)


@pytest.mark.parametrize(
    ("order", "found", "stalled"),
    [
        (ORDER, nothing(), True),
        (replace(ORDER, began_on=TODAY - 28 * DAYS), nothing(), True),
        (replace(ORDER, began_on=TODAY - 27 * DAYS), nothing(), False),
        (ORDER, nothing(credited=(TODAY - 28 * DAYS,)), True),
        (ORDER, nothing(credited=(TODAY - 27 * DAYS,)), False),
        (ORDER, nothing(missed=(TODAY - 27 * DAYS,)), False),  # one was offered
        (ORDER, nothing(unsaid=(TODAY - 27 * DAYS,)), False),
        (ORDER, nothing(booked=(TODAY + 50 * DAYS,)), False),
        (ORDER, nothing(ordered=0), False),
        (ORDER, nothing(ordered=None), False),
        (ORDER, nothing(ordered=1, credited=(TODAY - 90 * DAYS,)), False),
        (replace(ORDER, held=True), nothing(), False),
        (replace(ORDER, enough=True), nothing(), False),
        (replace(ORDER, runs=False), nothing(), False),
        (replace(ORDER, ends_on=TODAY - DAYS), nothing(), False),
        (replace(ORDER, ends_on=TODAY), nothing(), True),
        (replace(ORDER, ends_on=None), nothing(), True),
        (replace(ORDER, began_on=None), nothing(), False),
        (replace(ORDER, began_on=TODAY + DAYS), nothing(), False),
        (replace(ORDER, released_on=TODAY - 27 * DAYS), nothing(), False),  # out since then
        (replace(ORDER, released_on=TODAY - 28 * DAYS), nothing(), True),
    ],
)
def test_a_requirement_stalls_when_nothing_is_credited_or_booked_for_four_weeks(
    order, found, stalled
):
    assert (stalled_since(order, found, TODAY, WEEKS) is not None) is stalled


@given(SESSIONS, st.integers(1, 30))
def test_whoever_stalls_has_days_left_none_booked_and_none_within_the_weeks(sessions, weeks):
    found = tally(10, 6, sessions, TODAY)
    since = stalled_since(ORDER, found, TODAY, weeks)

    if since is not None:
        assert found.left
        assert not found.booked
        assert since == idle_since(ORDER, found, TODAY)
        assert not [day for day in found.credited if TODAY - day < timedelta(weeks=weeks)]


@pytest.mark.parametrize(
    ("order", "found", "words"),
    [
        (ORDER, nothing(), "Stalled: no day credited or booked since 1 May 2018, and 10 days left. Book one."),
        (ORDER, nothing(booked=(TODAY + DAYS,)), "10 days left, 9 of them not booked."),
        (ORDER, nothing(ordered=None), "How many days the court ordered is not recorded, so nobody can say how many are left."),
        (replace(ORDER, held=True), nothing(), "In custody: nothing is booked, and 10 days left."),
        (replace(ORDER, runs=False), nothing(), "It has ended."),
        (replace(ORDER, began_on=TODAY + DAYS), nothing(), "It has not begun."),
    ],
)  # fmt: skip
def test_where_it_stands_is_said_in_words(order, found, words):
    since = stalled_since(order, found, TODAY, WEEKS)

    assert how_it_stands(order, found, since, TODAY) == words


def test_the_requirement_runs_on_when_its_days_are_used_up():
    used = nothing(ordered=1, credited=(TODAY - DAYS,))

    assert "appointments must still be kept" in how_it_stands(ORDER, used, None, TODAY)
    assert "runs to the end of the order" in how_it_stands(
        replace(ORDER, enough=True), nothing(), None, TODAY
    )


@pytest.mark.parametrize(
    ("days", "ordered", "planned", "words"),
    [
        (4, 10, 6, "there is room for 4 days"),
        (10, 10, 0, "there is room for 10 days"),
        (365, None, 60, "from 1 to 365"),
    ],
)
def test_as_many_days_may_be_planned_as_the_court_ordered_and_not_one_more(
    days, ordered, planned, words
):
    check_days(days, ordered=ordered, planned=planned)
    with pytest.raises(RuleBroken, match=words):
        check_days(days + 1, ordered=ordered, planned=planned)


@pytest.mark.parametrize(
    ("days", "ordered", "planned", "words"),
    [
        (1, 10, 12, "there is room for 0 days"),
        (0, 10, 0, "from 1 to 365"),
    ],
)
def test_no_days_are_planned_where_there_is_no_room_nor_none_at_all(days, ordered, planned, words):
    with pytest.raises(RuleBroken, match=words):
        check_days(days, ordered=ordered, planned=planned)
