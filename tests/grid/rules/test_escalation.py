"""From where to where a risk put to the NPS may go, and which clock runs meanwhile. Source: product rules, GRID."""

import pytest

from cases.reference.deadlines import KINDS
from grid.reference.escalation import EscalationState as State
from grid.rules import escalation as rules
from staff.errors import RuleBroken
from staff.permissions import Role


def register(code="ADVP", part="source", level=""):
    return {"code": code, "name": code, "part": part, "level": level}


def evidence(*registers, harm="RHRH"):
    return {"registers": list(registers), "harm": [{"level": harm, "counts": True}]}


def test_every_state_says_where_it_may_go_and_may_be_reached():
    reached = set().union(*rules.MAY_BECOME.values())

    assert set(rules.MAY_BECOME) == set(State) == reached
    assert set(rules.MAY) == set(State)


def test_nothing_reaches_the_nps_before_a_senior_has_written_what_was_decided():
    """Without the discussion, only it can be come to."""
    without = {state: steps - rules.DECIDED for state, steps in rules.MAY_BECOME.items()}
    seen, ahead = set(), {State.OPENED}
    while ahead:
        seen |= ahead
        ahead = set().union(*(without[one] for one in ahead)) - seen

    assert seen == {State.OPENED}


def test_every_clock_is_of_a_kind_and_some_step_answers_it():
    assert set(rules.CLOCKS) == set(rules.ANSWERED_BY) <= set(KINDS)
    for state, owed in rules.OWED.items():
        for kind in sorted(owed):
            ahead, seen = {state}, set()
            while ahead:
                seen |= ahead
                ahead = set().union(*(rules.MAY_BECOME[one] for one in ahead)) - seen
            assert rules.ANSWERED_BY[kind] & seen, (state, kind)


@pytest.mark.parametrize(
    ("before", "to", "moved"),
    [
        ("", State.OPENED, ([], [], ["discuss_escalation", "escalate_risk"])),
        (State.OPENED, State.NOT_REFERRED, (["discuss_escalation"], ["escalate_risk"], [])),
        (State.ASKED, State.REFERRED, (["send_what_was_asked"], [], [])),
        (State.ASKED, State.REJECTED, (["answer_escalation"], ["send_what_was_asked"], ["answer_rejection"])),
        (State.ACCEPTED, State.WITHDRAWN, ([], ["hand_over_to_nps"], [])),
    ],
)  # fmt: skip
def test_a_step_meets_what_it_answers_and_voids_the_rest(before, to, moved):
    assert rules.clocks_moved(before, to) == moved


def test_what_a_senior_decides_is_not_for_whoever_holds_the_case_nor_for_an_officer():
    for to in sorted(rules.DECIDED | {State.WITHDRAWN}):
        rules.check_may(to, Role.SPO, holds=False)
        rules.check_may(to, Role.HEAD, holds=False)
        with pytest.raises(RuleBroken, match="You hold this case"):
            rules.check_may(to, Role.SPO, holds=True)
        with pytest.raises(RuleBroken, match="Somebody else takes this step"):
            rules.check_may(to, Role.OFFICER, holds=False)


def test_the_hub_records_what_the_nps_said_and_nothing_else():
    may = {to for to in State if _may(to, Role.HUB)}

    assert may == rules.FROM_THE_NPS | {State.HANDED_OVER}


def _may(to, role):
    try:
        rules.check_may(to, role, holds=False)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (evidence(), evidence(), ()),
        (evidence(), evidence(register()), ("ADVP",)),
        (evidence(register(part="at_risk")), evidence(register()), ("ADVP",)),
        (evidence(), evidence(register(part="at_risk")), ()),
        (evidence(register("MAPP", level="M1")), evidence(register("MAPP", level="M2")), ("MAPP",)),
        (evidence(register("MAPP", level="M2")), evidence(register("MAPP", level="M1")), ()),
        (evidence(), evidence(harm="RVHR"), ("Very high risk of serious harm",)),
        (evidence(harm="RVHR"), evidence(), ()),
        ({}, evidence(), ("High risk of serious harm",)),
    ],
)
def test_a_new_fact_of_harm_is_one_that_was_not_known_before(before, after, found):
    assert rules.new_harm(before, after) == found


def test_words_that_say_nothing_are_refused():
    for box in sorted(rules.SAY):
        with pytest.raises(RuleBroken):
            rules.check_says(**{box: "n/a"})
