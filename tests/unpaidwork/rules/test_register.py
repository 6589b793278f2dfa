"""What a register may say, step by step, and what it comes to: outcome and minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.appointments import ACCEPTABLE_ABSENCES, OUTCOMES
from staff.errors import RuleBroken
from tests.refusals import refusal
from tests.unpaidwork.a_session import FOUR, NINE, clock, later, left
from unpaidwork.reference.sessions import ATTENDED, WITHOUT_LEAVE, Came
from unpaidwork.rules.register import (
    EXCUSED,
    GONE,
    LATE,
    MAY_FOLLOW,
    Day,
    Said,
    check_correction,
    check_mark,
    check_may_close,
    check_said,
    check_step,
    minutes_credited,
    minutes_worked,
    outcome_for,
    title_of,
)

DAY = Day(NINE, FOUR, ("Clearing paths",))
AFTER = clock(17)
WORKED = left(arrived_at=NINE)


def refused(said, day=DAY, now=AFTER):
    """Why, or blank where it may be said."""
    return refusal(check_said, said, day, now)


@pytest.mark.parametrize("stood", sorted(Came))
@pytest.mark.parametrize("came", sorted(Came))
def test_a_step_follows_only_what_it_may(stood, came):
    said = refusal(check_step, stood, came)

    assert said == "" if came in MAY_FOLLOW[stood] else "put it right" in said


def test_whoever_is_gone_is_only_put_right_but_may_still_come_late():
    assert all(not MAY_FOLLOW[came] for came in ATTENDED)
    assert MAY_FOLLOW[Came.NOT_COME] == {Came.HERE}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"arrived_at": None}, "when they arrived"),
        ({"arrived_at": clock(5)}, "from 9am to 4pm"),
        ({"arrived_at": FOUR}, "from 9am to 4pm"),
        ({"left_at": None}, "when they left"),
        ({"left_at": NINE}, "after they arrived"),
        ({"left_at": clock(8)}, "after they arrived"),
        ({"left_at": clock(18)}, "still to come"),
        ({"penalty_minutes": 421}, "more than the whole session"),
        ({"break_minutes": 421}, "longer than they were there"),
        ({"behaviour": ""}, "how they behaved"),
        ({"quality": ""}, "how they worked"),
        ({"quality": "ZZ"}, "grades that are offered"),
        ({"task": " "}, "what they did"),
        ({"skills": ("juggling",)}, "skills that are offered"),
        ({"task": "x" * 101}, "100 letters"),
        ({"note": "x" * 4000}, "3,999 letters"),
        ({"break_minutes": -1}, "nought or more"),
        ({"came": Came.SENT_HOME, "note": ""}, "for the officer who decides"),
    ],
)
def test_what_cannot_be_or_tells_nobody_anything_is_refused(changed, words):
    assert refused(WORKED) == ""

    assert words in refused(replace(WORKED, **changed))


def test_nobody_stays_long_after_the_session_has_ended():
    evening = clock(23)
    assert refused(replace(WORKED, left_at=FOUR + LATE), now=evening) == ""

    assert "ended at 4pm" in refused(replace(WORKED, left_at=later(FOUR + LATE, minutes=1)), now=evening)  # fmt: skip


def test_a_penalty_of_the_whole_session_is_the_most_there_is():
    assert refused(replace(WORKED, penalty_minutes=420)) == ""


def test_whoever_is_sent_away_at_the_gate_may_leave_the_minute_they_came():
    assert refused(Said(Came.NO_WORK, arrived_at=NINE, left_at=NINE)) == ""


@pytest.mark.parametrize("changed", [{"quality": "GD"}, {"behaviour": "GD"}, {"skills": ("time",)}, {"task": "x"}, {"arrived_at": NINE}])  # fmt: skip
def test_work_and_behaviour_are_said_of_nobody_who_did_not_come(changed):
    assert refused(Said(Came.NOT_COME)) == ""

    assert refused(replace(Said(Came.NOT_COME), **changed))


def test_work_and_behaviour_are_not_said_of_somebody_who_is_still_here():
    assert "somebody who came" in refused(Said(Came.HERE, arrived_at=NINE, quality="GD"))


def test_a_session_to_come_takes_acceptable_absences_and_nothing_else():
    before = NINE - timedelta(days=1)

    assert [refused(Said(Came.NOT_COME, outcome=code), now=before) for code in EXCUSED] == [
        ""
    ] * len(EXCUSED)
    assert "still to come" in refused(Said(Came.NOT_COME), now=before)
    assert "still to come" in refused(Said(Came.HERE, arrived_at=NINE), now=before)
    assert "still to come" in refused(WORKED, now=before)


def test_that_we_stood_them_down_is_never_a_reason_somebody_picks():
    assert set(EXCUSED) == set(ACCEPTABLE_ABSENCES) - {"AASD"}
    assert "reason that is offered" in refused(Said(Came.NOT_COME, outcome="AASD"))


def test_a_register_closes_once_something_is_said_of_everybody():
    check_may_close([Came.LEFT, Came.NOT_COME, Came.SENT_HOME, Came.NO_WORK])

    with pytest.raises(RuleBroken, match="1 person still here and 2 people still expected"):
        check_may_close([Came.HERE, Came.EXPECTED, Came.LEFT, Came.EXPECTED])


def test_a_sensitive_mark_is_set_and_never_taken_back():
    for stood, said in ((False, False), (False, True), (True, True)):
        check_mark(stood, said)
    with pytest.raises(RuleBroken, match="not taken back"):
        check_mark(stood=True, said=False)


def test_only_what_was_said_is_put_right_and_only_into_how_it_came_out():
    check_correction(Came.LEFT, Said(Came.NOT_COME), logged=True)
    check_correction(Came.HERE, Said(Came.NOT_COME), logged=True)
    with pytest.raises(RuleBroken, match="Record it"):
        check_correction(Came.HERE, Said(Came.NOT_COME), logged=False)
    with pytest.raises(RuleBroken, match="how it came out"):
        check_correction(Came.LEFT, Said(Came.HERE), logged=True)


def test_what_it_comes_to_in_the_log():
    assert {came: outcome_for(Said(came)) for came in Came} == {
        Came.EXPECTED: "",
        Came.HERE: "",
        Came.LEFT: "ATTC",
        Came.SENT_HOME: "ATSH",
        Came.NO_WORK: "ATSS",
        Came.NOT_COME: "AFTA",
    }
    assert outcome_for(Said(Came.NOT_COME, outcome="AAME")) == "AAME"


LEFT_UNSENT = replace(WORKED, left_at=clock(11), outcome=WITHOUT_LEAVE, note="Walked off.")


def test_whoever_left_before_the_end_without_leave_did_not_comply_and_keeps_what_they_worked():
    assert refused(LEFT_UNSENT) == ""
    assert outcome_for(LEFT_UNSENT) == "AFTC"
    assert OUTCOMES["AFTC"].awaits
    assert minutes_credited(LEFT_UNSENT, deduct_break=False, left=None) == 120


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"left_at": FOUR}, "when before the end they left"),
        ({"left_at": clock(16, 5)}, "when before the end they left"),
        ({"note": " "}, "how they left"),
    ],
)
def test_without_leave_is_said_with_when_and_how(changed, words):
    assert words in refused(replace(LEFT_UNSENT, **changed))


@pytest.mark.parametrize("came", sorted(set(Came) - {Came.LEFT}))
def test_nobody_but_who_left_left_without_leave(came):
    said = Said(came, outcome=WITHOUT_LEAVE)

    assert not said.without_leave
    assert title_of(said, DAY) == came.title


def test_whoever_was_not_wanted_before_it_began_was_stood_down_by_us():
    assert outcome_for(Said(Came.NO_WORK), ahead=True) == "AASD"


TIMES = st.integers(0, 7 * 60)


@given(came=st.sampled_from(sorted(Came)), arrived=TIMES, stayed=TIMES, penalty=TIMES, pause=TIMES, left_over=st.one_of(st.none(), st.integers(0, 20_000)), deduct=st.booleans())  # fmt: skip
def test_minutes_are_as_the_register_says_them(
    came, arrived, stayed, penalty, pause, left_over, deduct
):
    arrived_at = NINE + timedelta(minutes=arrived)
    said = Said(
        came,
        arrived_at=arrived_at,
        left_at=arrived_at + timedelta(minutes=stayed),
        penalty_minutes=penalty,
        break_minutes=pause,
    )

    worked = minutes_worked(said, deduct_break=deduct)
    credited = minutes_credited(said, deduct_break=deduct, left=left_over)

    if came not in ATTENDED:
        assert worked == credited == 0
    else:
        assert worked == max(0, stayed - penalty - (pause if deduct else 0))
        assert credited == (worked if left_over is None else min(worked, left_over))
    assert 0 <= credited <= stayed


@given(stayed=TIMES, more=st.integers(0, 60), penalty=TIMES)
def test_longer_never_counts_for_less_and_a_penalty_never_for_more(stayed, more, penalty):
    def minutes(stay, off):
        said = replace(WORKED, left_at=NINE + timedelta(minutes=stay), penalty_minutes=off)
        return minutes_credited(said, deduct_break=False, left=None)

    assert minutes(stayed + more, penalty) >= minutes(stayed, penalty)
    assert minutes(stayed, penalty + more) <= minutes(stayed, penalty)


def test_gone_is_whatever_has_an_outcome():
    assert {came for came in Came if outcome_for(Said(came))} == GONE
