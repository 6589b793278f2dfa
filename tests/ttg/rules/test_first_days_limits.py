"""A curfew and the length of a day: what breaks them is found, and nothing else is said to. Source: `ttg.rules.first_days_limits`."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttg.rules.first_days import Errand, Problem, Stop, early, shut, ways, ways_home
from ttg.rules.first_days_limits import (
    ERRAND_MINUTES,
    Curfew,
    against_curfew,
    curfew_in,
    say_minutes,
    too_much,
)

OUT = datetime(2018, 12, 21, 9, tzinfo=UTC)  # a Friday
FRIDAY = OUT.date()
TRAVEL = {"minutes_a_km": 3, "least_minutes": 15}
HERE, NEAR, FAR = (450_000, 200_000), (460_000, 200_000), (520_000, 200_000)  # 30 and 210 minutes
NIGHTS = Curfew(time(19), time(7))
MINUTE = timedelta(minutes=1)


def stop(key, hour, minutes=60, point=HERE, day=21, **known):
    starts = datetime(2018, 12, day, int(hour), int(hour % 1 * 60), tzinfo=UTC)
    return Stop(key, key, "", starts, starts + minutes * MINUTE, point, **known)


def broken(*stops, curfew=NIGHTS, home=HERE):
    found = against_curfew(stops, curfew, OUT, home, **TRAVEL)
    return [one.stops[0] for one in found if one.problem == Problem.CURFEW]


def test_what_is_at_night_does_not_go_with_a_curfew_and_what_is_by_day_does():
    assert broken(stop("day", 12), stop("evening", 18.5), stop("dawn", 6, day=22)) == [
        "evening",
        "dawn",
    ]


def test_the_way_home_is_of_the_curfew_too():
    assert broken(stop("near", 17, point=NEAR)) == []
    assert broken(stop("near", 17.75, point=NEAR)) == ["near"]
    assert broken(stop("far", 15, point=FAR)) == ["far"]
    assert broken(stop("early", 7.25, 30, point=NEAR, day=22)) == ["early"]


def test_at_home_and_by_telephone_nobody_breaks_a_curfew():
    assert broken(stop("visit", 20, at_home=True), stop("call", 20, remote=True)) == []


def test_where_home_is_not_known_that_is_said_of_the_last_of_each_day():
    found = against_curfew([stop("a", 10), stop("b", 12), stop("c", 12, day=22)], NIGHTS, OUT, None, **TRAVEL)  # fmt: skip

    assert [(one.problem, one.stops) for one in found] == [
        (Problem.NOT_KNOWN, ("b",)),
        (Problem.NOT_KNOWN, ("c",)),
    ]


def test_no_curfew_and_one_whose_hours_nobody_recorded_break_nothing():
    assert broken(stop("night", 23), curfew=None) == []
    assert broken(stop("night", 23), curfew=Curfew()) == []


@given(st.integers(0, 23 * 60), st.integers(0, 120), st.integers(0, 3))
def test_a_curfew_is_broken_exactly_where_a_minute_of_it_is_spent_away(begins, lasts, day):
    starts = datetime(2018, 12, 21 + day, tzinfo=UTC) + begins * MINUTE
    one = Stop("x", "x", "", starts, starts + lasts * MINUTE, HERE)
    if starts < OUT:
        return
    minutes = [starts + n * MINUTE for n in range(max(lasts, 1))]
    away = any(at.hour >= 19 or at.hour < 7 for at in minutes)
    if lasts:
        assert broken(one) == (["x"] if away else [])


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Confine yourself to the approved address between 19:00 and 07:00 daily.", NIGHTS),
        ("At home from 7pm to 7am", NIGHTS),
        ("from 7.30 pm until 6.15 am", Curfew(time(19, 30), time(6, 15))),
        ("as the electronic monitoring contractor says", Curfew()),
        ("between 19:00 and 07:00, and from 12:00 to 13:00 on Sundays", Curfew()),
        ("for 12 hours each day, 7 days a week", Curfew()),
        ("between 25:00 and 07:00", Curfew()),
        ("", Curfew()),
    ],
)
def test_hours_are_read_from_a_condition_where_it_gives_two_and_never_guessed(text, hours):
    assert curfew_in(text) == hours


@given(st.text(max_size=80))
def test_no_words_of_a_condition_keep_the_page_from_being_shown(text):
    assert isinstance(curfew_in(text), Curfew)


def full(stops, errands=(), curfew=None):
    return [one.words for one in too_much(stops, errands, curfew, OUT, **TRAVEL)]


def test_a_day_that_asks_for_more_than_it_holds_says_how_much_of_both():
    leaves = stop("leaves", 9, 0)

    [said] = full([leaves, stop("a", 10, 180, FAR), stop("b", 13, 180, HERE), stop("c", 16, 120, FAR)])  # fmt: skip

    assert said == (
        "Friday 21 December 2018 asks for about 18 hours and 30 minutes with the ways, and there are 12 hours."
    )


def test_a_day_that_holds_what_it_asks_for_is_not_said_to_be_too_much():
    assert full([stop("leaves", 9, 0), stop("a", 10, 60, NEAR), stop("b", 13, 60, HERE)]) == []


def test_errands_are_done_before_doors_close():
    leaves, office = stop("leaves", 9, 0), stop("office", 13, 240)
    errands = [Errand(str(n), "Jobcentre", "", FRIDAY) for n in range(9)]

    assert full([leaves, office], errands[:8]) == []
    assert "there are 8 hours" in full([leaves, office], errands)[0]
    assert 9 * ERRAND_MINUTES + 240 > 8 * 60


def test_a_curfew_shortens_the_day():
    stops = [stop("leaves", 9, 0), stop("a", 9, 11 * 60)]

    assert full(stops) == []
    assert "there are 10 hours" in full(stops, curfew=NIGHTS)[0]


def test_a_way_that_is_not_known_is_not_counted_against_a_day():
    assert full([stop("leaves", 9, 0, None), stop("a", 10, 11 * 60, FAR)]) == []


def test_what_is_before_they_are_out_is_found_by_itself():
    [found] = early([stop("a", 8.5), stop("b", 9)], OUT)

    assert (found.problem, found.stops) == (Problem.EARLY, ("a",))


def test_an_errand_on_a_day_on_which_it_is_closed_is_said_with_when_it_opens():
    mondays = Errand("p", "Mill Street Pharmacy", "", FRIDAY, (0,))

    [found] = shut([mondays, Errand("q", "Another", "", FRIDAY, (4,)), Errand("r", "Nobody knows", "", FRIDAY)])  # fmt: skip

    assert found.problem == Problem.CLOSED
    assert "closed on Fridays. It opens again on Monday 24 December 2018" in found.words


def test_each_way_is_from_the_place_before_and_the_first_of_a_later_day_from_home():
    stops = [
        stop("leaves", 9, 0), stop("a", 11, point=NEAR), stop("call", 13, remote=True), stop("b", 15, point=None),
        stop("c", 10, point=FAR, day=22),
    ]  # fmt: skip

    assert ways(stops, home=NEAR, **TRAVEL) == {"a": 30, "b": None, "c": 180}
    assert ways(stops, **TRAVEL) == {"a": 30, "b": None}


def test_the_way_home_is_from_where_they_are_last():
    stops = [
        stop("a", 11, point=NEAR),
        stop("call", 13, remote=True),
        stop("b", 9, point=None, day=22),
    ]

    assert ways_home(stops, HERE, **TRAVEL) == {FRIDAY: 30, date(2018, 12, 22): None}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (60, "1 hour"),
        (61, "1 hour and 1 minute"),
        (150, "2 hours and 30 minutes"),
    ],
)
def test_minutes_are_said_in_hours(minutes, said):
    assert say_minutes(minutes) == said
