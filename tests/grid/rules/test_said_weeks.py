"""What may be said of a week, and what is asked again."""

from datetime import date, time

import pytest

from grid.reference.parts_of_day import PartOfDay
from grid.rules.free_slots import HOURS, of_hours, of_parts
from grid.rules.said_weeks import check_commitment, check_times
from staff.errors import RuleBroken

MORNING, AFTERNOON, EVENING = PartOfDay
TODAY = date(2018, 10, 1)  # a Monday


def at(hour, minute=0):
    return time(hour, minute)


def refusal(check, *asked):
    """What it says against this; blank where it lets it be."""
    try:
        check(*asked)
    except RuleBroken as said:
        return str(said)
    return ""


@pytest.mark.parametrize(
    ("parts", "hours"),
    [
        ({0: [MORNING]}, []),
        ({}, [(0, at(9), at(11))]),
        ({}, [(0, at(9), at(11)), (0, at(11), at(12))]),  # touch, and do not overlap
        ({}, [(0, at(9), at(11)), (1, at(10), at(12))]),  # another day
        ({0: [EVENING]}, [(0, at(16), at(18))]),  # begins before the part
        ({0: [EVENING]}, [(0, at(18), at(23))]),  # ends after it
        ({0: [EVENING]}, [(1, at(18), at(20))]),  # of another day
        ({0: [MORNING, EVENING]}, [(0, at(11), at(18))]),  # the afternoon between is not ticked
    ],
)
def test_what_can_be_meant_is_taken(parts, hours):
    assert refusal(check_times, parts, hours) == ""


@pytest.mark.parametrize(
    ("parts", "hours", "said"),
    [
        ({}, [], "at least one time of the week"),
        ({0: [], 3: []}, [], "at least one time of the week"),
        ({}, [(0, at(9), at(9))], "Monday: 9am is not after 9am"),
        ({}, [(4, at(22), at(2))], "Friday: 2am is not after 10pm"),
        ({}, [(2, at(10), at(12)), (2, at(9), at(11))], "Wednesday: 9am to 11am and 10am to midday overlap"),
        ({}, [(2, at(9), at(11)), (2, at(9), at(11))], "Wednesday: 9am to 11am and 9am to 11am overlap"),
        ({0: [MORNING]}, [(0, at(8), at(12))], "Monday: 8am to midday is ticked already"),
        ({0: [AFTERNOON, MORNING]}, [(0, at(11), at(13))], "Monday: 11am to 1pm is ticked already"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_asked_again(parts, hours, said):
    with pytest.raises(RuleBroken, match=said):
        check_times(parts, hours)


def test_hours_are_ticked_already_where_each_minute_of_them_is():
    """Every stretch of half hours of a day beside every choice of its parts, minute by minute."""
    halves = [time(half // 2, 30 * (half % 2)) for half in range(12, 48)]
    for chosen in range(8):
        parts = {0: [part for bit, part in enumerate(PartOfDay) if chosen >> bit & 1]}
        free = {m for one in of_parts(parts) for m in range(one.start, one.end)}
        for start, end in ((a, b) for a in halves for b in halves if a < b):
            [stretch] = of_hours(0, start, end)
            whole = set(range(stretch.start, stretch.end)) <= free
            try:
                check_times(parts, [(0, start, end)])
            except RuleBroken:
                assert whole, (parts, start, end)
            else:
                assert not whole, (parts, start, end)
    assert {minute for hours in HOURS.values() for minute in hours} == {480, 720, 1020, 1320}


@pytest.mark.parametrize(
    ("days", "weekday"),
    [
        ((None, None), 0),
        ((date(2018, 10, 1), None), 3),
        ((None, date(2018, 10, 1)), 0),  # its last day is today
        ((date(2018, 10, 4), date(2018, 10, 4)), 3),  # a Thursday alone
        ((date(2018, 10, 2), date(2018, 10, 8)), 0),  # the Monday is its last day
    ],
)
def test_something_they_are_tied_to_is_taken_where_it_comes(days, weekday):
    assert refusal(check_commitment, "work", weekday, at(9), at(17), *days, TODAY) == ""


def test_it_may_go_on_past_midnight():
    assert refusal(check_commitment, "the night shift", 0, at(22), at(6), None, None, TODAY) == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": ""}, "Say what they are tied to"),
        ({"to_at": at(9)}, "9am to 9am is no time at all"),
        ({"first_on": date(2018, 10, 5), "last_on": date(2018, 10, 4)}, "Its last day, 4 October 2018, is before its first"),
        ({"last_on": date(2018, 9, 30)}, "It was over on 30 September 2018"),
        ({"first_on": date(2018, 10, 2), "last_on": date(2018, 10, 2)}, "There is no Monday in it: 2 October 2018"),
        ({"first_on": date(2018, 10, 2), "last_on": date(2018, 10, 7)}, "There is no Monday in it: from 2 October 2018 to 7 October 2018"),
    ],
)  # fmt: skip
def test_what_never_comes_or_is_over_is_asked_again(changed, said):
    known = {
        "words": "work", "weekday": 0, "from_at": at(9), "to_at": at(17), "first_on": None, "last_on": None,
        "today": TODAY,
    }  # fmt: skip

    with pytest.raises(RuleBroken, match=said):
        check_commitment(**known | changed)
