"""What somebody on a waiting list may expect, in words; by what they come; and when they could."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from grid.reference.interventions import Hook
from grid.reference.parts_of_day import PartOfDay
from grid.rules.coming import Suited
from grid.rules.free_slots import Week, of_parts
from grid.rules.groups_open import TimeOfWeek
from grid.rules.intervention_policy import Dose
from grid.rules.order_end import OrderEnd
from grid.rules.outlook import (
    Outlook,
    outlook,
    say_expected,
    say_waited,
    suited_by,
)
from grid.rules.suitability_facts import Attached
from grid.rules.waiting import Waiting, forecast, why_there
from grid.rules.when_where import nearest, times_free, within_reach
from tests.grid.a_group import (
    ALWAYS,
    MONDAY,
    OXFORD,
    POLICY,
    READING,
    SLOUGH,
    STEPPING,
    THE_MAN,
    group,
)

TWELVE = Dose(sessions=12, minutes=120, a_week=1)
LAST = date(2019, 1, 1)
WAITS = Waiting(THE_MAN, STEPPING, since=date(2018, 8, 1))
CODE = "stepping_stones"


def expected(*planned, waits=WAITS):
    [found] = forecast([waits], planned, TWELVE, POLICY, MONDAY)
    return found


def until(day, hook=Hook.RAR):
    return replace(WAITS, suited=replace(STEPPING, end=OrderEnd(day, hook)))


# What they may expect


def test_a_place_in_time_says_from_when_where_and_until_when():
    found = expected(group())

    assert say_expected(found) == (
        "Expects to begin on 16 October 2018 at Oxford office, and to finish on 1 January 2019."
    )
    assert outlook(found) is Outlook.PLACE


def test_an_end_that_nobody_recorded_is_said_with_the_place():
    found = expected(group(), waits=until(None))

    assert say_expected(found).endswith("Nobody recorded when their order ends.")
    assert outlook(found) is Outlook.PLACE


def test_a_series_that_ends_later_than_the_order_says_both_days():
    found = expected(group(), waits=until(date(2018, 12, 31)))

    assert say_expected(found) == (
        "Will not finish in time: their order ends on 31 December 2018, and the first with a place, at Oxford office, "
        "ends on 1 January 2019."
    )
    assert outlook(found) is Outlook.LATE


def test_what_ends_is_named_as_it_is():
    found = expected(group(), waits=until(date(2018, 12, 31), Hook.LICENCE))

    assert "their licence ends on 31 December 2018" in say_expected(found)


@pytest.mark.parametrize(
    ("planned", "words", "counted"),
    [
        ([], "No series planned.", Outlook.NOTHING),
        ([group(members=frozenset({7, 8, 9}))], "Every planned place goes to somebody ahead of them.", Outlook.LATE),
        ([group(from_at=time(10), to_at=time(12))], "No planned series fits them.", Outlook.NOTHING),
    ],
)  # fmt: skip
def test_why_there_is_no_place_is_said_and_counted(planned, words, counted):
    found = expected(*planned)

    assert (say_expected(found), outlook(found)) == (words, counted)


def test_that_nobody_asked_when_they_can_come_is_not_said_to_be_a_no():
    found = expected(group(), waits=replace(WAITS, seeker=replace(THE_MAN, week=None)))

    assert say_expected(found) == (
        "Nobody has recorded when they can come, so no series is known to fit them."
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (6, "6 days"), (7, "1 week"), (13, "1 week"), (14, "2 weeks")],
)
def test_how_long_they_have_waited(days, words):
    assert say_waited(MONDAY - timedelta(days=days), MONDAY) == words


def test_what_the_grid_weighs_is_said_only_to_those_who_may_see_it():
    one = replace(WAITS, likelihood=62, harm=None)

    seen = " ".join(why_there(one, TWELVE, POLICY, MONDAY))
    unseen = " ".join(why_there(one, TWELVE, POLICY, MONDAY, scored=False))

    assert "62%" in seen
    assert "62" not in unseen
    assert "What the GRID weighs counts too." in unseen


# By what they come


def rar(ends_on, to_book):
    return Attached(Hook.RAR, "A requirement", ends_on, days_left=20, to_book=to_book)


def by(*attached, hook=Hook.RAR, ordered=False, days_counted=True):
    return suited_by(CODE, hook, attached, ordered=ordered, days_counted=days_counted)


SPRING, SUMMER = date(2019, 3, 1), date(2019, 6, 1)


def test_of_two_requirements_the_one_that_lasts_longest_counts():
    assert by(rar(SPRING, 5), rar(SUMMER, 4)) == Suited(CODE, OrderEnd(SUMMER, Hook.RAR), 4)


def test_one_with_days_to_book_comes_before_a_longer_one_without():
    assert by(rar(SPRING, 5), rar(SUMMER, 0)).days_left == 5


def test_days_are_not_counted_of_what_is_none_of_them():
    found = by(rar(SPRING, 5), rar(SUMMER, 0), days_counted=False)

    assert found == Suited(CODE, OrderEnd(SUMMER, Hook.RAR), None)


def test_an_end_that_is_not_known_is_later_than_any():
    assert by(rar(SPRING, 5), rar(None, 5)).end.on is None


def test_of_programmes_the_one_that_names_it_counts():
    other = Attached(Hook.PROGRAMME, "Another", SUMMER, ordered="resolve")
    this = Attached(Hook.PROGRAMME, "This", SPRING, ordered=CODE)

    found = by(other, this, hook=Hook.PROGRAMME, ordered=True)

    assert (found.end, found.ordered) == (OrderEnd(SPRING, Hook.PROGRAMME), True)


def test_what_brought_them_to_it_and_runs_no_more_leaves_their_own_choice():
    choice = Attached(Hook.VOLUNTARY, "Their choice", SPRING)

    found = by(choice, hook=Hook.PROGRAMME, ordered=True)

    assert (found.end, found.ordered) == (OrderEnd(SPRING, Hook.VOLUNTARY), False)


def test_where_nothing_runs_no_end_is_made_up():
    assert by() == Suited(CODE, OrderEnd(None, Hook.RAR))


# When and where they could come


def test_a_man_at_work_could_come_in_the_evening_or_at_the_weekend():
    found = times_free(THE_MAN, 120, POLICY, MONDAY)

    assert found == {TimeOfWeek.EVENING, TimeOfWeek.WEEKEND}


def test_a_session_longer_than_what_is_free_is_at_no_time():
    mornings = replace(THE_MAN, week=Week(of_parts({0: [PartOfDay.MORNING]})))

    assert times_free(mornings, 120, POLICY, MONDAY) == {TimeOfWeek.DAYTIME}
    assert times_free(mornings, 191, POLICY, MONDAY) == set()  # four hours less 25 minutes twice


def test_whoever_was_not_asked_or_lives_too_far_away_could_come_at_no_time():
    away = replace(THE_MAN, week=ALWAYS, minutes={OXFORD: POLICY.most_minutes + 1})

    assert times_free(replace(THE_MAN, week=None), 60, POLICY, MONDAY) == set()
    assert times_free(away, 60, POLICY, MONDAY) == set()


def test_the_nearest_place_is_one_to_which_they_can_go():
    assert nearest(THE_MAN, POLICY) == OXFORD
    assert nearest(replace(THE_MAN, barred=frozenset({OXFORD})), POLICY) == READING
    far = replace(THE_MAN, minutes={SLOUGH: POLICY.most_minutes + 1, READING: POLICY.most_minutes})
    assert within_reach(far, POLICY) == {READING}
    assert nearest(replace(THE_MAN, minutes={}), POLICY) is None
