"""When somebody can come, to the minute: what they said, less what they are tied to, with the way."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.reference.parts_of_day import PartOfDay
from grid.rules.free_slots import (
    OUTSIDE,
    Commitment,
    Week,
    WeekHours,
    fits,
    free_on,
    free_parts,
    in_the_way,
    of_hours,
    of_parts,
    part_of,
    tied,
    tied_once,
)
from staff.errors import RuleBroken
from tests.grid.a_group import ALL_DAY, AT_WORK

MONDAY, TUESDAY, SATURDAY = date(2018, 10, 1), date(2018, 10, 2), date(2018, 10, 6)
AM, PM, EVE = PartOfDay


def clock(hour, minute=0):
    return hour * 60 + minute


@pytest.mark.parametrize(
    ("minute", "part"),
    [(0, AM), (clock(11, 59), AM), (clock(12), PM), (clock(16, 59), PM), (clock(17), EVE), (clock(23), EVE)],
)  # fmt: skip
def test_a_part_of_the_day_begins_to_the_minute(minute, part):
    assert part_of(minute) is part


def test_parts_that_were_ticked_are_hours_of_that_day_of_the_week():
    assert of_parts({1: [EVE], 0: [AM, PM]}) == (
        WeekHours(0, clock(8), clock(12)),
        WeekHours(0, clock(12), clock(17)),
        WeekHours(1, clock(17), clock(22)),
    )


def test_hours_past_midnight_are_of_two_days():
    assert of_hours(6, time(22), time(6)) == (
        WeekHours(6, clock(22), clock(24)),
        WeekHours(0, 0, clock(6)),
    )
    assert of_hours(2, time(18), time(0)) == (WeekHours(2, clock(18), clock(24)),)


def test_hours_that_are_none_are_refused():
    with pytest.raises(RuleBroken, match="From 9am to 9am is no time at all"):
        of_hours(0, time(9), time(9))


def test_parts_that_touch_are_one_stretch_and_a_commitment_is_cut_out_of_it():
    week = Week(of_parts({0: [AM, PM, EVE]}), tied("the school run", 0, time(15), time(15, 45)))

    assert free_on(Week(week.said), MONDAY) == [(clock(8), clock(22))]
    assert free_on(week, MONDAY) == [(clock(8), clock(15)), (clock(15, 45), clock(22))]
    assert free_on(week, TUESDAY) == []


@pytest.mark.parametrize(
    ("from_at", "to_at", "free"),
    [
        ((7, 0), (8, 0), [(8, 12)]),  # over as they become free
        ((7, 0), (9, 0), [(9, 12)]),
        ((8, 0), (12, 0), []),
        ((7, 0), (13, 0), []),
        ((11, 0), (13, 0), [(8, 11)]),
        ((12, 0), (13, 0), [(8, 12)]),
        ((9, 0), (10, 0), [(8, 9), (10, 12)]),
    ],
)
def test_what_is_cut_out_of_a_morning(from_at, to_at, free):
    week = Week(of_parts({0: [AM]}), tied("work", 0, time(*from_at), time(*to_at)))

    assert free_on(week, MONDAY) == [(clock(start), clock(end)) for start, end in free]


def test_a_commitment_holds_from_its_first_day_to_its_last():
    course = tied("a course", 0, time(8), time(12), first=MONDAY, last=date(2018, 10, 15))
    week = Week(of_parts({0: [AM]}), course)

    for weeks, free in ((-1, True), (0, False), (1, False), (2, False), (3, True)):
        assert bool(free_on(week, MONDAY + timedelta(weeks=weeks))) is free


def test_the_night_after_the_last_day_is_still_taken():
    shift = tied("night work", 0, time(22), time(9), first=MONDAY, last=MONDAY)

    assert shift == (
        Commitment("night work", WeekHours(0, clock(22), clock(24)), MONDAY, MONDAY),
        Commitment("night work", WeekHours(1, 0, clock(9)), TUESDAY, TUESDAY),
    )
    assert free_on(Week(of_parts({1: [AM]}), shift), TUESDAY) == [(clock(9), clock(12))]


def test_what_comes_once_is_in_the_way_on_that_day_alone():
    week = Week(of_parts({1: [AM]}), tied_once("a hospital appointment", TUESDAY, time(9), time(12)))  # fmt: skip

    assert free_on(week, TUESDAY) == [(clock(8), clock(9))]
    assert free_on(week, TUESDAY + timedelta(weeks=1)) == [(clock(8), clock(12))]


@pytest.mark.parametrize(
    ("start", "end", "way", "met"),
    [
        ((18, 0), (20, 0), 30, ""),  # home from work at half past five, and out again at once
        ((18, 0), (20, 0), 31, "work"),
        ((19, 30), (21, 30), 30, ""),  # home by ten
        ((19, 30), (21, 30), 31, OUTSIDE),
        ((17, 29), (18, 0), 0, "work"),
        ((17, 30), (18, 0), 0, ""),
        ((14, 0), (16, 0), 0, "work"),
        ((6, 0), (7, 0), 60, OUTSIDE),
        ((6, 0), (7, 0), 61, "work"),
    ],
)
def test_a_session_fits_with_the_way_to_the_minute(start, end, way, met):
    asked = (AT_WORK, TUESDAY, clock(*start), clock(*end), way)

    assert in_the_way(*asked) == met
    assert fits(*asked) is (met == "")


def test_of_two_things_in_the_way_the_earlier_is_named():
    week = Week(
        ALL_DAY, tied("the school run", 1, time(15), time(16)) + tied("work", 1, time(9), time(14))
    )

    assert in_the_way(week, TUESDAY, clock(13), clock(15, 30), 0) == "work"
    assert in_the_way(week, TUESDAY, clock(14), clock(15, 30), 0) == "the school run"


def test_nobody_is_on_the_way_on_the_day_before():
    night_owl = Week(of_hours(0, time(0), time(3)) + of_hours(6, time(20), time(0)))

    assert fits(night_owl, MONDAY, 30, 60, 30)
    assert not fits(night_owl, MONDAY, 30, 60, 31)


def test_the_parts_of_the_week_in_which_the_man_in_work_could_begin():
    evenings = {(weekday, EVE) for weekday in range(5)}
    weekend = {(weekday, part) for weekday in (5, 6) for part in PartOfDay}

    assert free_parts(AT_WORK, MONDAY, 120, 30) == evenings | weekend
    # From half past five to ten are 270 minutes
    assert free_parts(AT_WORK, MONDAY, 210, 30) == evenings | weekend
    assert free_parts(AT_WORK, MONDAY, 211, 30) == weekend


def test_where_the_way_ends_after_a_part_does_it_is_no_part_to_begin_in():
    week = Week(of_hours(0, time(11, 30), time(22)))

    assert free_parts(week, MONDAY, 60, 29) == {(0, AM), (0, PM), (0, EVE)}
    assert free_parts(week, MONDAY, 60, 30) == {(0, PM), (0, EVE)}


def test_a_usual_week_leaves_out_what_comes_once_and_what_is_over():
    once = tied_once("a hearing", SATURDAY, time(8), time(22))
    over = tied("a course", 5, time(8), time(22), last=SATURDAY - timedelta(weeks=1))
    week = Week(of_parts({5: [AM]}), once + over)

    assert free_parts(week, MONDAY, 120, 30) == {(5, AM)}
    running = Week(week.said, tied("a course", 5, time(8), time(22), first=SATURDAY))
    assert free_parts(running, MONDAY, 120, 30) == set()


quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
hours = st.tuples(st.integers(0, 6), quarters, quarters).filter(lambda one: one[1] != one[2])


@given(st.lists(hours, max_size=5), st.lists(hours, max_size=5), st.integers(0, 6))
def test_what_is_free_is_what_was_said_and_no_commitment_holds_quarter_by_quarter(said, busy, weekday):  # fmt: skip
    def covered(those, quarter):
        """Whether one of these, which may go on past midnight, holds that quarter of an hour of the day."""
        at = weekday * 1440 + quarter * 15
        for day, from_at, to_at in those:
            begins = day * 1440 + from_at.hour * 60 + from_at.minute
            lasts = (to_at.hour * 60 + to_at.minute - from_at.hour * 60 - from_at.minute) % 1440
            if (at - begins) % 10080 < lasts:
                return True
        return False

    week = Week(
        tuple(stretch for one in said for stretch in of_hours(*one)),
        tuple(commitment for one in busy for commitment in tied("work", *one)),
    )
    free = free_on(week, MONDAY + timedelta(days=weekday))

    assert free == sorted(free)
    assert all(end < start for (_, end), (start, _) in zip(free, free[1:], strict=False))
    for quarter in range(96):
        inside = any(start <= quarter * 15 < end for start, end in free)
        assert inside is (covered(said, quarter) and not covered(busy, quarter))
