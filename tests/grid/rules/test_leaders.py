"""What is known of whoever leads groups: when a training runs out, and what is no training, week or leave."""

from datetime import date, time, timedelta

import pytest

from cases.rules.cover import Days
from grid.rules.leaders import (
    check_leave,
    check_training,
    check_until,
    check_week,
    how_trained,
)
from grid.rules.staffing import Trained
from tests.refusals import refusal

TODAY = date(2018, 9, 3)
BEGAN = date(2017, 1, 1)
RESOLVE = "Resolve"


@pytest.mark.parametrize(
    ("until", "words", "soon", "over"),
    [
        (None, "does not run out", False, False),
        (date(2018, 9, 2), "ran out on 2 September 2018", False, True),
        (TODAY, "until 3 September 2018: runs out today", True, False),
        (date(2018, 9, 4), "until 4 September 2018: runs out in 1 day", True, False),
        (date(2018, 11, 2), "until 2 November 2018: runs out in 60 days", True, False),
        (date(2018, 11, 3), "until 3 November 2018", False, False),
    ],
)
def test_a_training_that_runs_out_within_sixty_days_is_said_to(until, words, soon, over):
    (found,) = how_trained([Trained(RESOLVE, BEGAN, until)], TODAY)

    assert (found.skill, found.words, found.soon, found.over) == (RESOLVE, words, soon, over)
    assert found.from_on == BEGAN


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "from 1 October 2018, does not run out"),
        (date(2018, 10, 31), "from 1 October 2018, until 31 October 2018"),
    ],
)
def test_one_that_is_still_to_come_says_from_when(until, words):
    (found,) = how_trained([Trained(RESOLVE, date(2018, 10, 1), until)], TODAY)

    assert (found.words, found.soon, found.over) == (words, False, False)


def test_of_several_in_one_skill_the_one_that_holds_longest_is_told():
    ran_out = Trained(RESOLVE, date(2015, 1, 1), date(2017, 1, 1))
    holds = Trained(RESOLVE, date(2017, 2, 1), date(2018, 10, 1))
    again = Trained(RESOLVE, date(2018, 2, 1), date(2020, 1, 1))
    to_come = Trained(RESOLVE, date(2019, 1, 1))
    other = Trained("HEAL", BEGAN)

    def told(*trained):
        return [(one.skill, one.from_on) for one in how_trained(trained, TODAY)]

    assert told(ran_out, holds) == [(RESOLVE, holds.from_on)]
    assert told(ran_out, again, holds) == [(RESOLVE, again.from_on)]
    assert told(holds, to_come) == [(RESOLVE, holds.from_on)]
    assert told(ran_out, to_come) == [(RESOLVE, to_come.from_on)]
    assert told(holds, other) == [("HEAL", BEGAN), (RESOLVE, holds.from_on)]
    assert told() == []


@pytest.mark.parametrize(
    ("skill", "from_on", "until", "refused"),
    [
        (RESOLVE, BEGAN, None, ""),
        (RESOLVE, BEGAN, BEGAN, ""),
        (RESOLVE, BEGAN, BEGAN - timedelta(days=1), "cannot be before 1 January 2017"),
        (RESOLVE, TODAY + timedelta(days=366), None, ""),
        (RESOLVE, TODAY + timedelta(days=367), None, "more than a year ahead"),
        ("Juggling", BEGAN, None, "one of the skills"),
        ("", BEGAN, None, "one of the skills"),
    ],
)
def test_a_training_is_in_a_skill_of_the_policy_and_ends_after_it_began(
    skill, from_on, until, refused
):
    said = refusal(check_training, skill, from_on, until, ["HEAL", RESOLVE], TODAY)

    assert refused in said
    assert bool(said) == bool(refused)


def test_a_training_may_be_said_not_to_run_out():
    assert refusal(check_until, BEGAN, None) == ""


@pytest.mark.parametrize(
    ("hours", "refused"),
    [
        ([], ""),
        ([(0, time(9), time(12)), (0, time(12), time(17))], ""),
        ([(0, time(9), time(12)), (1, time(9), time(12))], ""),
        ([(0, time(12), time(17)), (0, time(9), time(12, 1))], "Two stretches of Mondays overlap"),
        ([(6, time(9), time(9))], "9am is not after 9am on Sundays"),
        ([(6, time(10), time(9))], "9am is not after 10am on Sundays"),
        ([(2, time(7), time(22))], ""),
        ([(2, time(6, 59), time(22))], "between 7am and 10pm. Look at Wednesdays"),
        ([(2, time(7), time(22, 1))], "between 7am and 10pm. Look at Wednesdays"),
    ],
)
def test_hours_to_lead_are_stretches_in_which_groups_are_held(hours, refused):
    said = refusal(check_week, hours)

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("from_on", "to_on", "refused"),
    [
        (date(2018, 9, 1), TODAY, ""),
        (date(2018, 9, 1), date(2018, 9, 2), "has been"),
        (date(2018, 9, 5), date(2018, 9, 4), "cannot be before"),
        (TODAY, TODAY + timedelta(days=366), "from 20 October 2018 to 22 October 2018 already"),
        (TODAY, TODAY + timedelta(days=367), "more than a year ahead"),
        (date(2018, 10, 1), date(2018, 10, 19), ""),
        (date(2018, 10, 1), date(2018, 10, 20), "Jo Bloggs is away"),
        (date(2018, 10, 22), date(2018, 10, 25), "Jo Bloggs is away"),
        (date(2018, 10, 23), date(2018, 10, 25), ""),
    ],
)
def test_leave_is_to_come_and_is_said_once(from_on, to_on, refused):
    known = [Days(date(2018, 10, 20), date(2018, 10, 22))]

    said = refusal(check_leave, "Jo Bloggs", Days(from_on, to_on), known, TODAY)

    assert refused in said
    assert bool(said) == bool(refused)
