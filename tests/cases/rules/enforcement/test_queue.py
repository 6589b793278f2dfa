"""The order of the hub's queue, when it is late, what may be asked, how much one may take, and how old what waits is."""

from contextlib import nullcontext
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.forms.enforcement.hub import asked_by_default
from cases.reference.codes import Rosh
from cases.rules.enforcement.queue import (
    LATEST,
    SOONEST,
    Waiting,
    ages,
    ask_until,
    check_answer,
    check_question,
    check_return,
    how_many,
    late_through,
    place_in_queue,
    put_right_by,
    say_claimed,
    say_limit,
)
from staff.errors import RuleBroken

MONDAY, TUESDAY = date(2018, 10, 1), date(2018, 10, 2)
POST = time(16, 30)
MINUTE = timedelta(minutes=1)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute))


def test_what_is_due_first_comes_first_whoever_it_is_about():
    soon = Waiting(MONDAY, "", False, 9)
    worst = Waiting(TUESDAY, Rosh.VERY_HIGH, True, 1)

    assert place_in_queue(soon) < place_in_queue(worst)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((Rosh.VERY_HIGH, False), (Rosh.HIGH, False)),
        ((Rosh.HIGH, False), (Rosh.MEDIUM, False)),
        ((Rosh.MEDIUM, False), (Rosh.LOW, False)),
        ((Rosh.LOW, True), (Rosh.LOW, False)),
        (("", False), (Rosh.LOW, False)),  # nobody has looked, so it may be the worst
    ],
)
def test_of_one_day_the_most_harm_comes_first(first, second):
    assert place_in_queue(Waiting(MONDAY, *first, 2)) < place_in_queue(Waiting(MONDAY, *second, 1))


@given(st.lists(st.tuples(st.dates(), st.sampled_from([*Rosh, ""]), st.booleans()), max_size=9))
def test_the_order_is_whole_whatever_stands_in_it(rows):
    waiting = [Waiting(*row, key) for key, row in enumerate(rows)]

    places = [place_in_queue(one) for one in waiting]

    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("now", "through"),
    [(at(TUESDAY, 16, 29), MONDAY), (at(TUESDAY, 16, 30), TUESDAY), (at(TUESDAY, 0), MONDAY)],
)
def test_what_is_due_today_is_late_once_the_post_has_gone(now, through):
    assert late_through(now, POST) == through


@given(asked=st.integers(1, 100), held=st.integers(0, 30), at_once=st.integers(1, 20))
def test_nobody_holds_more_than_is_allowed(asked, held, at_once):
    if held >= at_once:
        with pytest.raises(RuleBroken, match=f"working on {held} already"):
            how_many(asked, held, at_once)
    else:
        assert 1 <= how_many(asked, held, at_once) <= at_once - held


@pytest.mark.parametrize(
    ("asked", "got", "held", "said"),
    [
        (1, 1, 4, "It is yours."),
        (10, 10, 0, "10 items are yours."),
        (10, 9, 1, "9 of the 10 are yours, because 10 is the most at once, and you had 1 already."),
        (20, 10, 0, "10 of the 20 are yours, because 10 is the most at once."),
        (10, 3, 1, "3 of the 10 are yours, because no more are free."),
        (10, 1, 0, "1 of the 10 is yours, because no more are free."),
    ],
)
def test_who_got_fewer_than_they_asked_for_is_told_why(asked, got, held, said):
    assert say_claimed(asked, got, held, 10) == said


@pytest.mark.parametrize(
    ("now", "due_on", "until"),
    [
        (at(MONDAY, 9), MONDAY, at(MONDAY, 16, 30)),
        (at(MONDAY, 16, 15), MONDAY, at(MONDAY, 16, 30)),
        (at(MONDAY, 16, 16), MONDAY, at(TUESDAY, 16, 30)),
        (at(MONDAY, 9), MONDAY - timedelta(days=3), at(MONDAY, 16, 30)),
        (at(MONDAY, 9), TUESDAY, at(TUESDAY, 16, 30)),
    ],
)
def test_until_when_what_was_returned_is_put_right(now, due_on, until):
    assert put_right_by(now, due_on, POST, TUESDAY) == until


@given(now=st.datetimes(at(MONDAY, 0), at(MONDAY + timedelta(days=300), 0)), days=st.integers(-9, 9))  # fmt: skip
def test_it_is_never_to_be_put_right_sooner_than_somebody_can_answer(now, days):
    following = now.date() + timedelta(days=1)
    until = put_right_by(now, now.date() + timedelta(days=days), POST, following)

    assert until >= now + SOONEST


def test_a_question_is_asked_in_words_and_for_an_hour_somebody_can_keep():
    now, latest = at(MONDAY, 12), at(MONDAY + timedelta(days=LATEST), 12)
    check_question("Which address?", now + SOONEST, now)
    check_question("Which address?", latest, now)
    for asks, until in (("", now + SOONEST), (" .?", now + SOONEST), ("Which?", now + SOONEST - MINUTE), ("Which address?", latest + MINUTE)):  # fmt: skip
        with pytest.raises(RuleBroken):
            check_question(asks, until, now)


FRIDAY = date(2018, 10, 5)
OF_A_WEEKEND = {  # asked on Friday at noon
    "in the evening": (at(FRIDAY, 18), ""),
    "on Saturday": (at(FRIDAY + timedelta(days=1), 10), "Saturday 6 October 2018 is no working day"),
    "on Sunday": (at(FRIDAY + timedelta(days=2), 11), "Sunday 7 October 2018 is no working day"),
    "on Monday": (at(FRIDAY + timedelta(days=3), 10), ""),
    "on Tuesday at noon": (at(FRIDAY + timedelta(days=4), 12), ""),
    "on Tuesday later": (at(FRIDAY + timedelta(days=4), 12, 1), "by midday on Tuesday 9 October 2018"),
}  # fmt: skip


@pytest.mark.parametrize(("until", "said"), OF_A_WEEKEND.values(), ids=OF_A_WEEKEND)
def test_an_answer_is_wanted_within_two_working_days_and_on_one(until, said):
    with pytest.raises(RuleBroken, match=said) if said else nullcontext():
        check_question("Which address?", until, at(FRIDAY, 12))


def test_a_bank_holiday_is_no_working_day_also_one_proclaimed_since():
    monday = FRIDAY + timedelta(days=3)
    extra = frozenset({monday})

    assert ask_until(at(FRIDAY, 15, 30), extra) == at(FRIDAY + timedelta(days=5), 15, 30)
    assert say_limit(ask_until(at(FRIDAY, 15, 30), extra)) == "two working days: by 3:30pm on Wednesday 10 October 2018"  # fmt: skip
    with pytest.raises(RuleBroken, match="no working day"):
        check_question("Which address?", at(monday, 10), at(FRIDAY, 12), extra)


def test_who_works_on_a_saturday_may_ask_whoever_works_beside_them():
    saturday, noon = FRIDAY + timedelta(days=1), at(FRIDAY + timedelta(days=1), 12)

    assert check_question("Which address?", at(saturday, 13), noon) is None
    with pytest.raises(RuleBroken, match="Sunday 7 October 2018 is no working day"):
        check_question("Which address?", at(saturday + timedelta(days=1), 11), noon)


@given(now=st.datetimes(at(MONDAY, 8), at(MONDAY + timedelta(days=400), 8)))
def test_what_is_filled_in_is_never_refused(now):
    said = asked_by_default(now, frozenset())
    until = datetime.combine(said["until_on"], said["until_time"])

    assert now + SOONEST <= until <= ask_until(now)
    assert check_question("Which address?", until, now) is None


@pytest.mark.parametrize("check", [check_return, check_answer])
def test_a_return_and_an_answer_say_something(check):
    check("The dates are wrong.")
    for words in ("", "  ", "-", "..."):
        with pytest.raises(RuleBroken):
            check(words)


def test_ages_are_whole_days_and_of_nothing_none():
    assert ages([], MONDAY) == (0, 0)
    assert ages([MONDAY], MONDAY) == (0, 0)
    days = [MONDAY - timedelta(days=n) for n in (9, 1, 4, 2)]
    assert ages(days, MONDAY) == (2, 9)
