"""Whether one person can come to one series: each reason alone, its bound, and which of two is said."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from cases.reference.codes import Sex
from grid.reference.interventions import Hook
from grid.rules.coming import Reason, Suited, against, earliest_day
from grid.rules.company import Company
from grid.rules.free_slots import Week, tied, tied_once
from tests.grid.a_group import (
    ALL_DAY,
    ALWAYS,
    MONDAY,
    OXFORD,
    POLICY,
    READING,
    STEPPING,
    THE_MAN,
    group,
)
from tests.grid.a_series import ends

GROUP = group()  # Tuesday evenings from 16 October to 1 January
HE, SHE = Company(Sex.MALE), Company(Sex.FEMALE)
HIM, HER = (replace(THE_MAN, company=who) for who in (HE, SHE))
LAST = date(2019, 1, 1)


def reason(seeker=THE_MAN, series=GROUP, suited=STEPPING, policy=POLICY, today=MONDAY):
    found = against(seeker, suited, series, policy, today)
    return found and found.reason


def words(seeker=THE_MAN, series=GROUP, suited=STEPPING):
    return against(seeker, suited, series, POLICY, MONDAY).words


def test_the_man_in_work_can_come_to_an_evening_group_in_reach():
    assert reason() is None


def test_they_are_told_so_many_days_before():
    assert earliest_day(POLICY, MONDAY) == date(2018, 10, 8)


@pytest.mark.parametrize(
    ("today", "why"),
    [(date(2018, 10, 9), None), (date(2018, 10, 10), Reason.JOIN)],
)
def test_a_week_before_the_first_session_is_time_enough_and_a_day_later_is_not(today, why):
    assert reason(today=today) is why


def test_who_joins_late_needs_only_what_is_left_to_fit():
    first_evening = tied_once("a hearing", date(2018, 10, 16), time(17), time(22))
    tied_up = replace(THE_MAN, week=Week(ALL_DAY, first_evening))

    assert reason(tied_up) is Reason.HOURS
    assert reason(tied_up, replace(GROUP, entries=frozenset({1, 2}))) is Reason.HOURS
    assert (
        reason(tied_up, replace(GROUP, entries=frozenset({1, 2})), today=date(2018, 10, 10)) is None
    )


@pytest.mark.parametrize(
    ("seeker", "women_only", "why"),
    [
        (HIM, False, None),
        (HIM, True, Reason.WOMEN),
        (THE_MAN, True, None),  # nobody recorded their sex: they are asked, as when they join
        (replace(HIM, company=Company(Sex.MALE, "Female")), True, None),
        (HER, False, None),
        (HER, True, None),
        (replace(HER, company=replace(SHE, women_only=True)), False, Reason.WOMEN),
        (replace(HER, company=replace(SHE, women_only=True)), True, None),
    ],
)
def test_who_may_be_in_what_company(seeker, women_only, why):
    assert reason(seeker, replace(GROUP, women_only=women_only)) is why


def test_nobody_is_in_a_group_with_whom_they_are_kept_apart_from_and_no_name_is_told():
    apart = replace(THE_MAN, company=Company(apart=frozenset({90, 91})))

    assert reason(apart, replace(GROUP, members=frozenset({89}))) is None
    assert reason(apart, replace(GROUP, members=frozenset({89, 91}))) is Reason.APART
    assert words(apart, replace(GROUP, members=frozenset({91}))) == (
        "Somebody from whom they must be kept apart is connected with it."
    )


@pytest.mark.parametrize(
    ("place", "day", "why"),
    [
        (OXFORD, date(2018, 10, 30), Reason.APART),
        (READING, date(2018, 10, 30), None),
        (OXFORD, date(2018, 10, 31), None),
    ],
)
def test_they_do_not_meet_at_the_door_either(place, day, why):
    """As it is refused when they join."""
    assert reason(replace(THE_MAN, apart_days={place: frozenset({day})})) is why


def test_a_place_to_which_they_cannot_go():
    assert reason(replace(THE_MAN, barred=frozenset({READING}))) is None
    barred = replace(THE_MAN, barred=frozenset({OXFORD}))
    assert reason(barred) is Reason.BARRED
    assert words(barred) == "They must not or cannot go to Oxford office."


@pytest.mark.parametrize(("minutes", "why"), [(60, None), (61, Reason.FAR)])
def test_how_far_is_too_far_to_the_minute(minutes, why):
    assert reason(replace(THE_MAN, week=ALWAYS, minutes={OXFORD: minutes})) is why


@pytest.mark.parametrize(("minutes", "why"), [(30, None), (31, Reason.HOURS)])
def test_the_way_is_in_their_free_time_to_the_minute(minutes, why):
    """They leave work at half past five, and the group begins at six."""
    at_work = Week(ALL_DAY, tied("work", 1, time(8), time(17, 30)))

    assert reason(replace(THE_MAN, week=at_work, minutes={OXFORD: minutes})) is why


def test_what_stands_in_the_way_is_named_with_the_day_and_the_way():
    far_off = replace(THE_MAN, week=Week(ALL_DAY, tied("work", 1, time(8), time(17, 30))), minutes={OXFORD: 45})  # fmt: skip

    assert words(far_off) == (
        "Tuesday 16 October 2018, 6pm to 8pm, with about 45 minutes each way, clashes with work."
    )


def test_nothing_is_guessed():
    assert reason(replace(THE_MAN, week=None)) is Reason.NOT_ASKED
    assert reason(replace(THE_MAN, minutes={READING: 10})) is Reason.NO_WAY
    assert reason(replace(THE_MAN, week=Week(()))) is Reason.HOURS
    assert words(replace(THE_MAN, week=Week(()))).endswith("is at a time at which they cannot come.")  # fmt: skip


@pytest.mark.parametrize("left", [None, 13, 12, 11, 0])
def test_sessions_beyond_the_days_that_are_left_stand_in_nobodys_way(left):
    """Suitability says that some are required and the rest by choice: so it is offered."""
    assert reason(suited=replace(STEPPING, days_left=left)) is None


@pytest.mark.parametrize(("left", "required"), [(None, 12), (13, 12), (12, 12), (11, 11), (0, 0)])
def test_no_more_days_are_required_than_are_left(left, required):
    assert replace(STEPPING, days_left=left).required(12) == required


def test_nobody_who_comes_by_their_own_choice_is_required_to():
    by_choice = Suited("stepping_stones", ends(None, Hook.VOLUNTARY))

    assert by_choice.required(12) == 0
    assert reason(suited=by_choice) is None


@pytest.mark.parametrize(
    ("until", "why"),
    [(None, None), (LAST, None), (LAST - timedelta(days=1), Reason.ENDS)],
)
def test_the_last_session_may_be_on_the_last_day_and_not_after_it(until, why):
    assert reason(suited=Suited("stepping_stones", ends(until))) is why


def test_an_end_that_comes_too_soon_is_said():
    assert words(suited=Suited("stepping_stones", ends(date(2018, 12, 25), Hook.LICENCE))) == (
        "Its last session is on 1 January 2019, and their licence ends on 25 December 2018."
    )


@pytest.mark.parametrize(("left", "why"), [(1, None), (0, Reason.FULL), (-1, Reason.FULL)])
def test_the_last_place_is_a_place(left, why):
    assert reason(series=replace(GROUP, places=left)) is why


def test_the_reasons_are_looked_for_in_their_order():
    """Everything is against them; each thing mended shows the next."""
    series = replace(GROUP, places=1, women_only=True, members=frozenset({1, 91}))
    seeker = replace(THE_MAN, company=Company(Sex.MALE, apart=frozenset({91})), barred=frozenset({OXFORD}), week=None, minutes={})  # fmt: skip
    short = Suited("stepping_stones", ends(date(2018, 12, 1)), days_left=5)
    today = date(2018, 10, 10)
    said = []

    def look():
        said.append(reason(seeker, series, short, today=today))

    look()
    series = replace(series, members=frozenset({91}))
    look()
    today = MONDAY
    look()
    series = replace(series, women_only=False)
    look()
    seeker = replace(seeker, barred=frozenset())
    look()
    seeker = replace(seeker, company=HE)
    look()
    seeker = replace(seeker, week=Week(()))
    look()
    seeker = replace(seeker, minutes={OXFORD: 61})
    look()
    seeker = replace(seeker, minutes={OXFORD: 25})
    look()
    seeker = replace(seeker, week=ALWAYS)
    look()
    short = replace(short, end=ends(None))
    look()
    series = replace(series, places=2)
    look()

    assert said == [*Reason, None]
