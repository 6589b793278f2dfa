"""The days of a series, worked by hand beside calendars, and by chance against the days counted one by one."""

import random
from datetime import date, time, timedelta

import pytest

from cases.rules.calendar import bank_holidays
from grid.rules.intervention_policy import Dose
from grid.rules.series import LONGEST, Closures, PassedOver, Shut, Weekly
from grid.rules.sessions import next_session
from staff.errors import RuleBroken
from tests.grid.a_series import (
    FIRST,
    SIX,
    THURSDAYS,
    TUESDAYS,
    at,
    days,
    october,
    planned,
)


def shut(first, last, why="the office is shut"):
    return Closures((Shut(first, last, why),))


def test_four_tuesdays():
    series = planned()

    assert days(series) == october(2, 9, 16, 23)
    assert [one.number for one in series.sessions] == [1, 2, 3, 4]
    assert (series.first_on, series.last_on, series.weeks) == (FIRST, date(2018, 10, 23), 4)
    assert series.passed_over == ()


def test_a_first_day_between_begins_on_the_next_of_its_days():
    assert days(planned(first_on=date(2018, 10, 3)))[0] == date(2018, 10, 9)


def test_two_evenings_a_week_begin_with_whichever_comes_first():
    series = planned(Dose(5, 120, 2), date(2018, 10, 3), (TUESDAYS, THURSDAYS))

    assert days(series) == october(4, 9, 11, 16, 18)
    assert series.weeks == 3


def test_easter_is_passed_over_and_said():
    fridays_and_mondays = Weekly(4, SIX), Weekly(0, SIX)

    series = planned(Dose(4, 120, 2), date(2018, 3, 23), fridays_and_mondays)

    assert days(series) == [
        date(2018, 3, 23),
        date(2018, 3, 26),
        date(2018, 4, 6),
        date(2018, 4, 9),
    ]
    assert series.passed_over == (
        PassedOver(date(2018, 3, 30), "a bank holiday"),
        PassedOver(date(2018, 4, 2), "a bank holiday"),
    )


def test_christmas_and_new_year_and_the_days_between_on_which_the_office_is_shut():
    between = shut(date(2018, 12, 24), date(2018, 12, 31))

    series = planned(Dose(4, 120, 2), date(2018, 12, 18), (TUESDAYS, THURSDAYS), between)

    assert days(series) == [
        date(2018, 12, 18),
        date(2018, 12, 20),
        date(2019, 1, 3),
        date(2019, 1, 8),
    ]
    assert [str(one) for one in series.passed_over] == [
        "25 December 2018: a bank holiday",
        "27 December 2018: the office is shut",
        "1 January 2019: a bank holiday",
    ]


def test_a_bank_holiday_that_was_proclaimed_since_is_passed_over():
    proclaimed = Closures(extra=frozenset({date(2018, 10, 9)}))

    assert days(planned(closures=proclaimed)) == [*october(2, 16, 23, 30)]


@pytest.mark.parametrize(
    ("first", "last", "second"),
    [(3, 8, 9), (3, 9, 16), (9, 9, 16), (10, 15, 9)],
)
def test_what_is_shut_is_shut_from_its_first_day_to_its_last(first, last, second):
    closures = shut(date(2018, 10, first), date(2018, 10, last))

    assert days(planned(closures=closures))[1] == date(2018, 10, second)


def test_it_stays_at_its_hour_when_the_clocks_change():
    series = planned(Dose(3, 120, 1), date(2018, 10, 23))

    assert [one.starts_at.hour for one in series.sessions] == [18, 18, 18]
    assert [one.starts_at.utcoffset() for one in series.sessions] == [
        timedelta(hours=1),
        timedelta(0),
        timedelta(0),
    ]


@pytest.mark.parametrize("weekly", [(TUESDAYS,), (TUESDAYS, THURSDAYS)])
def test_as_many_days_as_the_dose_has_sessions_a_week(weekly):
    assert len(planned(Dose(6, 120, len(weekly)), weekly=weekly).sessions) == 6
    if len(weekly) > 1:
        with pytest.raises(RuleBroken, match="There is at most 1 session a week, and 2 days"):
            planned(Dose(6, 120, 1), weekly=weekly)


def test_three_days_are_one_too_many_for_two_sessions_a_week():
    with pytest.raises(RuleBroken, match="There are at most 2 sessions a week, and 3 days"):
        planned(Dose(6, 120, 2), weekly=(TUESDAYS, THURSDAYS, Weekly(4, SIX)))


@pytest.mark.parametrize(
    ("weekly", "words"),
    [
        ((), "at least one day"),
        ((TUESDAYS, Weekly(1, time(9))), "each day of the week once"),
        ((Weekly(1, time(20, 1)),), "between 7am and 10pm"),
    ],
)
def test_what_is_no_pattern_is_refused(weekly, words):
    with pytest.raises(RuleBroken, match=words):
        planned(Dose(4, 120, 2), weekly=weekly)


def test_a_first_session_that_has_begun_is_refused_and_one_a_minute_later_is_not():
    assert days(planned(now=at(FIRST, 17, 59)))[0] == FIRST
    with pytest.raises(RuleBroken, match="2 October 2018 at 6pm, which has been"):
        planned(now=at(FIRST, 18))


def test_a_series_is_done_within_two_years_or_refused():
    """104 weeks from a Tuesday is a Tuesday: the hundred and fifth of them, which is the last it may be held on."""
    quiet = Weekly(2, SIX)  # Wednesdays, of which few are bank holidays
    first = date(2018, 10, 3)
    holidays = {date(2018, 12, 26), date(2019, 12, 25), date(2020, 1, 1), date(2019, 1, 1)}
    wednesdays = [first + timedelta(weeks=n) for n in range(105)]
    held = [day for day in wednesdays if day not in holidays]

    assert wednesdays[-1] == first + LONGEST
    assert days(planned(Dose(len(held), 120, 1), first, (quiet,))) == held
    with pytest.raises(RuleBroken, match=f"only {len(held)} of {len(held) + 1} sessions"):
        planned(Dose(len(held) + 1, 120, 1), first, (quiet,))


def test_one_that_can_never_be_held_is_refused():
    with pytest.raises(RuleBroken, match="only 0 of 4 sessions"):
        planned(closures=shut(FIRST, date(2030, 1, 1), "nobody can lead"))


def test_a_session_by_its_number():
    series = planned()

    assert series.numbered(4).on == date(2018, 10, 23)
    for number in (0, 5):
        with pytest.raises(RuleBroken, match=f"no session {number}"):
            series.numbered(number)


def test_the_next_session_is_the_first_that_has_not_begun():
    sessions = planned().sessions

    assert next_session(sessions, at(FIRST, 17, 59)).number == 1
    assert next_session(sessions, at(FIRST, 18)).number == 2
    assert next_session(sessions, at(date(2018, 10, 23), 18)) is None


def test_any_series_has_the_first_days_that_one_by_one_can_be_found_for_it():
    chance = random.Random(79)
    for _ in range(150):
        weekdays = chance.sample(range(7), chance.randint(1, 3))
        weekly = tuple(Weekly(day, time(chance.randint(7, 19), 30)) for day in weekdays)
        dose = Dose(chance.randint(1, 30), chance.choice([60, 90, 120, 150]), len(weekdays))
        first_on = date(2018, 2, 1) + timedelta(days=chance.randrange(400))
        begins = [first_on + timedelta(days=chance.randrange(90)) for _ in range(2)]
        closures = Closures(
            tuple(Shut(day, day + timedelta(days=chance.randrange(12)), "shut") for day in begins)
        )

        series = planned(dose, first_on, weekly, closures)

        expected, day = [], first_on
        while len(expected) < dose.sessions:
            is_shut = any(one.from_on <= day <= one.to_on for one in closures.shut)
            if day.weekday() in weekdays and day not in bank_holidays(day.year) and not is_shut:
                expected.append(day)
            day += timedelta(days=1)
        hours = {one.weekday: one.from_at for one in weekly}
        assert days(series) == expected
        assert all(one.from_at == hours[one.on.weekday()] for one in series.sessions)
        between = {one.on for one in series.passed_over}
        assert between == {
            first_on + timedelta(days=n)
            for n in range((series.last_on - first_on).days)
            if (first_on + timedelta(days=n)).weekday() in weekdays
        } - set(expected)
