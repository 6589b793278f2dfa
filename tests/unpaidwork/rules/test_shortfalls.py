"""Days missing and days free in the weeks ahead, worked by hand and against a plain count."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unpaidwork.rules.test_generating import DAY, PLACING, SITE
from unpaidwork.rules.generating import Place
from unpaidwork.rules.shortfalls import days_free, days_missing, minutes_missing, mondays_ahead

TUESDAY = Place(1, PLACING, SITE)  # nine to four each week
MONDAYS = mondays_ahead(DAY)
NOTHING: frozenset = frozenset()


def missing(*places, left=6000, weekly_due=420, closed=NOTHING):
    return minutes_missing(
        places, left=left, weekly_due=weekly_due, today=DAY, mondays=MONDAYS, closed=closed
    )


def test_the_weeks_ahead_are_whole_ones_from_the_next_monday():
    assert [
        date(2018, 10, 8),
        date(2018, 10, 15),
        date(2018, 10, 22),
        date(2018, 10, 29),
    ] == MONDAYS
    assert mondays_ahead(date(2018, 10, 7))[0] == date(2018, 10, 8)


def test_a_day_a_week_fills_seven_hours_and_no_place_fills_none():
    assert missing(TUESDAY) == [0, 0, 0, 0]
    assert missing() == [420, 420, 420, 420]
    assert missing(TUESDAY, left=60_000, weekly_due=1680) == [1260, 1260, 1260, 1260]


def test_a_bank_holiday_and_every_second_week_leave_a_week_unfilled():
    second = replace(TUESDAY, placing=replace(PLACING, every="fortnight"))

    assert missing(TUESDAY, closed=frozenset({date(2018, 10, 16)})) == [0, 420, 0, 0]
    assert missing(second) == [420, 0, 420, 0]


def test_nothing_is_missing_once_the_hours_are_filled():
    assert missing(left=600) == [420, 180, 0, 0]
    assert missing(TUESDAY, left=420) == [0, 0, 0, 0]  # the Tuesday of this week fills them


def test_a_part_of_a_day_is_a_day():
    assert [days_missing(minutes) for minutes in (0, 1, 420, 421)] == [0, 1, 1, 2]


def test_room_is_what_each_project_takes_less_those_who_have_the_day():
    full = [replace(TUESDAY, allocation=n) for n in range(SITE.most + 2)]

    assert days_free([SITE], [], MONDAYS[0], NOTHING) == SITE.most
    assert days_free([SITE], [TUESDAY], MONDAYS[0], NOTHING) == SITE.most - 1
    assert days_free([SITE], full, MONDAYS[0], NOTHING) == 0
    assert days_free([SITE], [], MONDAYS[0], frozenset({date(2018, 10, 9)})) == 0
    assert days_free([replace(SITE, to_on=MONDAYS[0])], [], MONDAYS[0], NOTHING) == 0


@given(
    st.integers(0, 6000), st.integers(1, 1680), st.lists(st.integers(0, 4), max_size=4, unique=True)
)
def test_no_more_is_missing_than_is_due_and_never_more_in_all_than_is_left(left, due, weekdays):
    places = [
        replace(
            TUESDAY,
            placing=replace(PLACING, weekday=day),
            site=replace(SITE, availability=(replace(SITE.availability[0], weekday=day),)),
        )
        for day in weekdays
    ]

    found = missing(*places, left=left, weekly_due=due)

    assert all(0 <= minutes <= due for minutes in found)
    assert sum(found) <= left
    if len(weekdays) * 420 >= due:
        assert found == [0, 0, 0, 0]


def test_a_place_that_ends_fills_nothing_after_its_last_day():
    ends = replace(TUESDAY, placing=replace(PLACING, to_on=MONDAYS[1] - timedelta(days=1)))

    assert missing(ends) == [0, 420, 420, 420]
    short = replace(TUESDAY, placing=replace(PLACING, to_at=time(12)))
    assert missing(short) == [240, 240, 240, 240]
