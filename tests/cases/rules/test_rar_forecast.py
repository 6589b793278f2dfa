"""When the days of a RAR are used up: worked by hand, and by chance against a walk through the calendar."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.rules.calendar import is_working_day
from cases.rules.rar import Ordered, Tally
from cases.rules.rar_forecast import MOST_EVERY, Stall, forecast
from tests.refusals import refusal

TODAY = date(2018, 10, 1)


def october(*numbers):
    return [date(2018, 10, number) for number in numbers]


ORDER = Ordered(days=4, began_on=date(2018, 9, 24), ends_on=date(2018, 12, 31))
TUESDAYS = october(2, 9, 16, 23)
WEEKS = 4


def found(sessions=(), order=ORDER, tally=None, every=None, today=TODAY, extra=frozenset()):
    return forecast(
        order,
        tally or Tally(order.days, planned=0),
        sessions,
        every_days=every,
        today=today,
        stalled_weeks=WEEKS,
        extra=extra,
    )


def test_a_series_uses_them_up_on_its_last_day():
    said = found(TUESDAYS)

    assert said.used_up_on == date(2018, 10, 23)
    assert (said.left_over, said.paced, said.stalls) == (0, 0, ())
    assert said.words == (
        "If every day is kept, the 4 days left are used up on 23 October 2018 (4 booked). The "
        "order ends on 31 December 2018."
    )


def test_what_no_series_uses_is_left_at_the_end_of_the_order_and_the_stall_is_named():
    said = found(TUESDAYS[:3])

    assert (said.used_up_on, said.left_over) == (None, 1)
    assert said.words == (
        "Even if every day is kept, 1 of the 4 days left is unused when the order ends on 31 December 2018 (3 "
        "booked)."
    )
    assert said.stalls == (Stall(date(2018, 10, 16), date(2018, 12, 31)),)
    assert str(said.stalls[0]) == "Nothing between 16 October 2018 and 31 December 2018: 10 weeks."


def test_the_planned_pace_goes_on_after_the_last_that_is_booked():
    said = found(TUESDAYS[:2], every=7)

    assert said.days == tuple(TUESDAYS)
    assert (said.paced, said.used_up_on) == (2, date(2018, 10, 23))


def test_with_nothing_booked_the_pace_counts_from_today_or_from_when_the_order_begins():
    later = replace(ORDER, began_on=date(2018, 11, 5))

    assert found(every=7).days[0] == date(2018, 10, 8)
    assert found(every=7, order=later).days[0] == date(2018, 11, 12)


def test_what_falls_on_christmas_or_a_weekend_is_on_the_next_working_day():
    """Every seventh day from Tuesday 4 December: 11, 18, 25 (Christmas, and 26 is Boxing Day), then 1 January."""
    order = replace(ORDER, days=5, ends_on=date(2019, 2, 1))

    said = found([date(2018, 12, 4)], order, every=7)

    assert said.days == (
        date(2018, 12, 4),
        date(2018, 12, 11),
        date(2018, 12, 18),
        date(2018, 12, 27),
        date(2019, 1, 2),
    )


def test_a_bank_holiday_that_was_proclaimed_since_is_passed_over():
    said = found(TUESDAYS[:3], every=7, extra=frozenset({date(2018, 10, 23)}))

    assert said.used_up_on == date(2018, 10, 24)


def test_a_day_each_day_is_a_day_each_working_day():
    """From Monday: Tuesday to Friday, and the weekend comes to Monday once."""
    said = found(order=replace(ORDER, days=6), every=1)

    assert said.days == tuple(october(2, 3, 4, 5, 8, 9))


@pytest.mark.parametrize(
    ("ends_on", "left_over"), [(date(2018, 10, 23), 0), (date(2018, 10, 22), 1)]
)
def test_the_last_day_of_the_order_counts_and_the_one_after_it_does_not(ends_on, left_over):
    order = replace(ORDER, ends_on=ends_on)

    booked, paced = found(TUESDAYS, order), found(TUESDAYS[:1], order, every=7)

    assert booked.left_over == paced.left_over == left_over
    assert booked.too_late == ((date(2018, 10, 23),) if left_over else ())
    assert paced.too_late == ()


def test_a_pace_that_reaches_the_end_on_a_bank_holiday_stops_before_it():
    order = replace(ORDER, ends_on=date(2018, 12, 26))

    said = found([date(2018, 12, 18)], order, every=7)

    assert said.days == (date(2018, 12, 18),)
    assert said.left_over == 3


def test_a_day_counts_once_whoever_booked_it_and_not_again_where_it_is_credited():
    tally = Tally(4, 0, booked=tuple(TUESDAYS[:2]), credited=(TODAY,))

    said = found([TODAY, *TUESDAYS[:2], *TUESDAYS[:2]], tally=tally)

    assert said.days == tuple(TUESDAYS[:2])
    assert said.left_over == 1


def test_what_has_been_is_not_to_come_and_today_still_is():
    said = found([TODAY - timedelta(days=1), TODAY])

    assert said.days == (TODAY,)


def test_days_booked_beyond_what_the_court_ordered_are_named():
    said = found([*TUESDAYS, date(2018, 10, 30)])

    assert said.used_up_on == date(2018, 10, 23)
    assert said.spare == (date(2018, 10, 30),)


@pytest.mark.parametrize(("gap", "stalls"), [(27, 0), (28, 1)])
def test_so_many_weeks_without_a_day_are_a_stall(gap, stalls):
    first = TODAY + timedelta(days=1)
    order = replace(ORDER, days=2)

    said = found([first, first + timedelta(days=gap)], order)

    assert said.stalls == (Stall(first, first + timedelta(days=gap)),) * stalls


@pytest.mark.parametrize(("credited", "stalls"), [(date(2018, 9, 5), 0), (date(2018, 9, 4), 1)])
def test_a_stall_that_has_begun_is_counted_from_the_last_day_of_work(credited, stalls):
    order = replace(ORDER, began_on=date(2018, 8, 1), days=5)

    said = found([*TUESDAYS[:1], *TUESDAYS], order, Tally(5, 0, credited=(credited,)), today=date(2018, 10, 1))  # fmt: skip

    assert said.stalls == (Stall(credited, TUESDAYS[0]),) * stalls


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"days": None}, "How many days the court ordered is not recorded"),
        ({"held": True}, "In custody"),
        ({"enough": True}, "the days done are enough"),
        ({"runs": False}, "It has ended."),
        ({"ends_on": date(2018, 9, 30)}, "It has ended."),
    ],
)
def test_what_does_not_run_has_no_forecast(changed, words):
    said = found(TUESDAYS, replace(ORDER, **changed), every=7)

    assert words in said.words
    assert (said.days, said.used_up_on, said.left_over, said.stalls) == ((), None, None, ())


def test_an_order_whose_last_day_is_today_still_runs():
    assert found([TODAY], replace(ORDER, ends_on=TODAY)).days == (TODAY,)


def test_with_every_day_credited_none_is_left_over():
    said = found(TUESDAYS, tally=Tally(4, 0, credited=tuple(october(1)) + tuple(TUESDAYS[:3])))

    assert said.left_over == 0
    assert "Every day ordered is credited" in said.words


def test_days_booked_once_every_day_is_credited_are_beyond_what_was_ordered():
    tally = Tally(4, 0, credited=tuple(date(2018, 9, day) for day in (25, 26, 27, 28)))
    order = replace(ORDER, ends_on=TUESDAYS[1])

    said = found(TUESDAYS[:3], order, tally=tally, every=7)

    assert said.spare == tuple(TUESDAYS[:2])
    assert said.too_late == (TUESDAYS[2],)
    assert (said.days, said.used_up_on, said.left_over, said.stalls) == ((), None, 0, ())


def test_with_nothing_booked_it_says_so_and_a_plan_says_what_of_it_is_booked():
    assert found().words == (
        "Nothing is booked in time: the 4 days left are unused when the order ends on 31 December 2018."
    )
    assert "(2 booked and 2 planned)" in found(TUESDAYS[:2], every=7).words


def test_where_nobody_recorded_the_end_that_is_said():
    order = replace(ORDER, ends_on=None)

    assert found(TUESDAYS, order).words.endswith("When the order ends is not recorded.")
    said = found(TUESDAYS[:3], order)
    assert said.words == (
        "Of 4 days left, 1 has no day yet (3 booked). When the order ends is not recorded."
    )
    assert said.stalls == ()


def test_one_day_left_is_said_as_one():
    assert "the 1 day left is used up" in found(TUESDAYS[:1], replace(ORDER, days=1)).words


@pytest.mark.parametrize(("every", "refused"), [(0, True), (1, False), (92, False), (93, True)])
def test_a_pace_is_a_day_every_so_many(every, refused):
    assert MOST_EVERY == 92
    assert bool(refusal(lambda: found(every=every))) is refused


def test_any_forecast_is_what_a_walk_through_the_calendar_finds():
    chance = random.Random(8)
    used_up = left = 0
    for _ in range(400):
        ordered = chance.randint(1, 20)
        ends_on = TODAY + timedelta(days=chance.randint(0, 200))
        order = replace(ORDER, days=ordered, ends_on=ends_on)
        done = {TODAY - timedelta(days=n) for n in chance.sample(range(40), chance.randint(0, 5))}
        booked = {
            TODAY + timedelta(days=chance.randrange(-5, 230)) for _ in range(chance.randint(0, 12))
        }
        every = chance.choice([None, 1, 2, 7, 14, 30])

        said = found(sorted(booked), order, Tally(ordered, 0, credited=tuple(sorted(done))), every)

        remaining = max(0, ordered - len(done))
        walked: list[date] = []
        day = TODAY
        while day <= ends_on and len(walked) < remaining:
            if day in booked and day not in done:
                walked.append(day)
            day += timedelta(days=1)
        if every is not None and remaining:
            start = max([TODAY, *walked])
            due = {start + timedelta(days=every * n) for n in range(1, 300)}
            owed, day = False, start
            while day < ends_on and len(walked) < remaining:
                day += timedelta(days=1)
                owed = owed or day in due
                if owed and is_working_day(day):
                    walked.append(day)
                    owed = False
        assert list(said.days) == walked
        assert said.left_over == remaining - len(walked)
        if remaining:
            assert said.used_up_on == (walked[-1] if len(walked) == remaining else None)
            assert set(said.days).isdisjoint(done)
        used_up += said.used_up_on is not None
        left += bool(said.left_over)
    assert min(used_up, left) > 80
