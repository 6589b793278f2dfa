from datetime import date, timedelta

import pytest

from cases.reference.overrides import OverrideState
from cases.rules.assessing_policy import AssessingPolicy
from cases.rules.gaps import Found, Weight
from cases.rules.overrides import (
    SAY,
    Approved,
    by_others,
    check_approver,
    check_becomes,
    check_chosen,
    check_not_theirs,
    check_runs_until,
    check_says,
    is_read_after,
    is_settled,
    lets_pass,
)
from staff.errors import RuleBroken
from staff.permissions import Role

POLICY = AssessingPolicy(
    version=1,
    alike_percent=95,
    override_longest_days=14,
    override_most_a_month=4,
    override_sample_one_in=5,
)
TODAY = date(2018, 10, 1)


def gate(key, **more):
    return Found(key, Weight.GATE, f"{key} is missing.", "Gate", **more)


@pytest.mark.parametrize("box", sorted(SAY))
@pytest.mark.parametrize("words", sorted({"", "n/a", "None known", "as above", "-"}))
def test_a_box_that_says_nothing_is_refused_with_what_to_write(box, words):
    with pytest.raises(RuleBroken) as refusal:
        check_says(**{box: words})

    assert str(refusal.value) == SAY[box]


def test_what_says_something_is_kept_trimmed():
    assert check_says(unknown=" Who lives there. ") == {"unknown": "Who lives there."}


def test_what_is_chosen_comes_in_the_order_it_stands_in():
    shut = [gate("enquiry:1"), gate("pattern:a"), gate("contingency")]

    chosen = check_chosen(["contingency", "enquiry:1"], shut)

    assert [one.key for one in chosen] == ["enquiry:1", "contingency"]


def test_nothing_chosen_is_refused():
    with pytest.raises(RuleBroken, match="Choose at least one"):
        check_chosen([], [gate("enquiry:1")])


def test_a_gate_that_is_no_longer_shut_is_refused():
    with pytest.raises(RuleBroken, match="no longer stands in the way"):
        check_chosen(["enquiry:1", "enquiry:2"], [gate("enquiry:1")])


def test_a_gate_of_law_or_of_a_victim_is_never_passed():
    shut = [gate("enquiry:1"), gate("victim:3", may_override=False)]

    with pytest.raises(RuleBroken, match="Nobody may go ahead without this.*victim:3 is missing"):
        check_chosen(["enquiry:1", "victim:3"], shut)


@pytest.mark.parametrize(
    ("days", "past_it", "words"),
    [(0, -1, "has passed"), (14, 15, "14 days at most, to 15 Oct")],
)
def test_an_override_runs_from_today_to_the_longest_and_not_past_either(days, past_it, words):
    check_runs_until(TODAY + timedelta(days=days), POLICY, TODAY)
    with pytest.raises(RuleBroken, match=words):
        check_runs_until(TODAY + timedelta(days=past_it), POLICY, TODAY)


def test_a_senior_approves_so_many_a_month_and_no_more():
    check_approver(role=Role.SPO, approved=3, policy=POLICY)

    with pytest.raises(RuleBroken, match="Another senior probation officer or the head of service"):
        check_approver(role=Role.SPO, approved=4, policy=POLICY)


def test_the_cap_leads_to_the_head_of_service_who_has_none():
    with pytest.raises(RuleBroken, match="the head of service decides this one"):
        check_approver(role=Role.SPO, approved=40, policy=POLICY)

    check_approver(role=Role.HEAD, approved=40, policy=POLICY)


def test_nobody_decides_their_own():
    with pytest.raises(
        RuleBroken, match="You asked for this override, so somebody else decides it"
    ):
        check_not_theirs("Jo", "Jo", "decides it")


def test_one_in_so_many_of_a_senior_s_is_read_after_and_none_of_a_head_s():
    read = [key for key in range(1, 21) if is_read_after(key, Role.SPO, POLICY)]

    assert read == [5, 10, 15, 20]
    assert not is_read_after(5, Role.HEAD, POLICY)


def test_an_override_is_settled_once_none_of_its_gates_is_shut():
    assert is_settled(["enquiry:1", "enquiry:2"], {"enquiry:3"})
    assert not is_settled(["enquiry:1", "enquiry:2"], {"enquiry:2"})


@pytest.mark.parametrize("state", sorted(set(OverrideState) - {OverrideState.ASKED}))
def test_only_what_waits_is_decided(state):
    with pytest.raises(RuleBroken, match="not open to it"):
        check_becomes(state, OverrideState.REFUSED)


def test_it_opens_the_gate_that_it_was_approved_for_and_no_other():
    approved = [Approved("enquiry:1", "Police: no reply yet.", by=7)]
    reply = Found("enquiry:1", Weight.GATE, "Police: the reply has not been read.", "Gate", as_it_says=True)  # fmt: skip

    assert lets_pass(gate("enquiry:1"), approved)
    assert not lets_pass(gate("enquiry:2"), approved)
    assert not lets_pass(gate("enquiry:1", may_override=False), approved)
    assert not lets_pass(reply, approved)


def test_what_somebody_approved_does_not_let_themselves_pass():
    approved = [Approved("enquiry:1", "Police: no reply yet.", by=7)]

    assert by_others(approved, 7) == []
    assert by_others(approved, 8) == approved
