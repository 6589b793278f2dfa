"""Who may lead, whether there are enough, and who could stand in: each bound at it and just beyond it."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.cover import Days
from grid.rules.sessions import Stretch
from grid.rules.staffing import (
    Asks,
    Leader,
    Trained,
    against,
    asks_of,
    check_led,
    cover,
    shortages,
)
from tests.grid.a_series import at, planned, taken
from tests.grid.suitable import STRICT
from tests.refusals import refusal

SESSIONS = planned().sessions
SECOND = SESSIONS[1]
DAY = SECOND.on
SKILL = "thinking skills"
ASKS = Asks(SKILL, women=False, leaders=1)
PAIR = replace(ASKS, leaders=2)
FOR_WOMEN = replace(ASKS, women=True)
TRAINED = (Trained(SKILL, date(2017, 1, 1)),)
ROSE = Leader(1, "Rose Hart", woman=True, trained=TRAINED)
SAM = Leader(2, "Sam Lowe", woman=False, trained=TRAINED)
KIM = Leader(3, "Kim Bell", trained=TRAINED)


def codes(leader, asks=ASKS, session=SECOND):
    return [one.code for one in against(leader, session, asks)]


def until(day):
    return replace(ROSE, trained=(Trained(SKILL, date(2017, 1, 1), day),))


def away(first, last):
    return replace(ROSE, away=(Days(date(2018, 10, first), date(2018, 10, last)),))


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, Asks("", women=False, leaders=1)),
        ({"leaders": 3, "skill": SKILL}, Asks(SKILL, women=False, leaders=3)),
        ({"led_by_women": True}, Asks("", women=True, leaders=1)),
        ({"women_only": True}, Asks("", women=False, leaders=1)),  # who leads is said by itself
    ],
)
def test_how_many_lead_what_they_are_trained_for_and_whether_women_is_policy(changes, asked):
    assert asks_of(replace(STRICT, **changes)) == asked


@pytest.mark.parametrize(
    ("leader", "expected"),
    [
        (ROSE, []),
        (replace(ROSE, active=False), ["closed"]),
        (replace(ROSE, trained=()), ["untrained"]),
        (replace(ROSE, trained=(Trained("anger", date(2017, 1, 1)),)), ["untrained"]),
        (replace(ROSE, trained=(Trained(SKILL, date(2018, 10, 9)),)), []),
        (replace(ROSE, trained=(Trained(SKILL, date(2018, 10, 10)),)), ["untrained"]),
        (until(date(2018, 10, 9)), []),
        (until(date(2018, 10, 8)), ["untrained"]),
        (away(1, 8), []),
        (away(1, 9), ["away"]),
        (away(9, 9), ["away"]),
        (away(10, 30), []),
        (replace(ROSE, busy=(taken(DAY, 16, 18),)), []),
        (replace(ROSE, busy=(Stretch(at(DAY, 16), at(DAY, 18, 1)),)), ["busy"]),
        (replace(ROSE, busy=(Stretch(at(DAY, 19, 59), at(DAY, 21)),)), ["busy"]),
        (replace(ROSE, busy=(taken(DAY, 20, 22),)), []),
        (replace(ROSE, busy=(taken(date(2018, 10, 8), 18, 20),)), []),
        (replace(SAM, trained=(), busy=(taken(DAY, 18, 20),)), ["untrained", "busy"]),
    ],
)
def test_who_may_lead(leader, expected):
    assert codes(leader) == expected


def test_a_second_training_counts_where_the_first_ran_out():
    again = Trained(SKILL, date(2018, 10, 9))

    assert codes(replace(ROSE, trained=(*until(date(2018, 3, 1)).trained, again))) == []


def test_a_series_that_asks_for_no_skill_may_be_led_without_one():
    assert codes(replace(ROSE, trained=()), replace(ASKS, skill="")) == []


@pytest.mark.parametrize(
    ("leader", "expected"), [(ROSE, []), (SAM, ["not_a_woman"]), (KIM, ["not_stated"])]
)
def test_women_lead_women_and_nobody_guesses_who_is_one(leader, expected):
    assert codes(leader, FOR_WOMEN) == expected
    assert codes(leader, ASKS) == []


def test_each_reason_is_said_in_a_sentence():
    leader = replace(
        until(date(2018, 10, 8)),
        away=(Days(DAY, DAY),),
        busy=(taken(DAY, 17, 19, "Resolve at Slough"),),
    )

    assert [one.text for one in against(leader, SECOND, ASKS)] == [
        "Rose Hart's training for it runs out on 8 October 2018.",
        "Rose Hart is away on 9 October 2018.",
        "Rose Hart is taken at 6pm on 9 October 2018: Resolve at Slough.",
    ]


def test_a_series_is_short_on_the_days_on_which_one_of_two_is_away():
    (short,) = shortages([away(9, 15), SAM], SESSIONS, PAIR)

    assert (short.session, short.missing, short.able) == (SECOND, 1, (SAM,))
    assert short.words == (
        "Session 2 on 9 October 2018 has 1 of 2 leaders. Rose Hart is away from 9 October 2018 to 15 October 2018."
    )


def test_one_who_is_named_twice_is_still_one():
    assert len(shortages([ROSE, ROSE], SESSIONS, PAIR)) == 4
    assert refusal(check_led, [ROSE, ROSE], SESSIONS, PAIR) == "Choose each leader once."


@pytest.mark.parametrize(
    ("chosen", "asks", "words"),
    [
        ([ROSE], ASKS, ""),
        ([ROSE, SAM], PAIR, ""),
        ([away(9, 9), SAM], ASKS, ""),
        ([], ASKS, "has 0 of 1 leader. 3 more sessions would be short too."),
        ([ROSE], PAIR, "has 1 of 2 leaders. 3 more sessions"),
        ([away(9, 9)], ASKS, "Session 2 on 9 October 2018 has 0 of 1 leader. Rose Hart is away on 9 October 2018. Choose other leaders"),
        ([ROSE, replace(SAM, trained=())], ASKS, "Sam Lowe can lead none of these sessions"),
    ],
)  # fmt: skip
def test_leaders_are_refused_where_a_session_could_not_be_held(chosen, asks, words):
    said = refusal(check_led, chosen, SESSIONS, asks)

    assert words in said
    assert bool(words) == bool(said)


def test_who_knows_the_group_stands_in_first_then_who_is_near_has_done_it_or_has_time():
    busy = replace(SAM, busy=(taken(date(2018, 10, 8), 9, 12), taken(date(2018, 10, 15), 9, 17)))
    known = replace(busy, user=10, name="Known", led_of_series=1)
    here = replace(busy, user=11, name="Here", here=True)
    practised = replace(busy, user=12, name="Practised", led=30)
    idle = replace(SAM, user=13, name="Idle")
    away_too = replace(away(9, 9), user=14, name="Away")

    (found,) = cover([away(9, 9)], [idle, busy, away_too, practised, here, known], SESSIONS, ASKS)

    assert [one.leader.name for one in found.stand_ins] == ["Known", "Here", "Practised", "Idle", "Sam Lowe"]  # fmt: skip
    assert found.enough
    assert found.words == "5 people could stand in at session 2 on 9 October 2018."
    assert found.stand_ins[0].why == ("Has led 1 session of this series.", "180 minutes taken that week.")  # fmt: skip
    assert found.stand_ins[3].why == ("Nothing else that week.",)


def test_one_stand_in_for_one_who_is_missing_is_enough():
    (found,) = cover([away(9, 9)], [SAM], SESSIONS, ASKS)

    assert found.enough
    assert found.words == "1 person could stand in at session 2 on 9 October 2018."


def test_that_nobody_can_stand_in_is_said_with_why():
    others = [
        replace(SAM, trained=()),
        replace(SAM, user=5, trained=()),
        replace(SAM, user=6, away=(Days(DAY, DAY),)),
        replace(SAM, user=7, busy=(taken(DAY, 19, 21),)),
    ]

    (found,) = cover([away(9, 9)], others, SESSIONS, ASKS)

    assert not found.stand_ins
    assert not found.enough
    assert found.words == (
        "Nobody could stand in at session 2 on 9 October 2018: 2 not trained for it, 1 away and 1 taken at that "
        "hour. Move it or call it off."
    )


def test_where_there_is_nobody_else_that_is_said():
    (found,) = cover([away(9, 9)], [away(9, 9)], SESSIONS, ASKS)

    assert "there is nobody else who leads groups" in found.words


def test_one_stand_in_of_two_that_are_missing_is_not_enough():
    found = cover([], [SAM, replace(KIM, away=(Days(DAY, DAY),))], SESSIONS, PAIR)

    assert [one.enough for one in found] == [True, False, True, True]
    assert found[1].words == (
        "Only 1 of 2 that are missing could stand in at session 2 on 9 October 2018: 1 away. Move it or call it off."
    )


def test_no_cover_is_looked_for_where_enough_lead():
    assert cover([ROSE], [SAM], SESSIONS, ASKS) == []
