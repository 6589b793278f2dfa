"""What an entry of the ledger may say: each refusal by itself, to the minute."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.errors import RuleBroken
from tests.factories import TODAY
from tests.refusals import refusal
from tests.unpaidwork.rules.test_hours import ORDER, POLICY
from unpaidwork.reference.work import Adjusts
from unpaidwork.rules.adjusting import ADDS, OFFERED, check_adjustment, signed
from unpaidwork.rules.hours import MOST_ORDERED, Credit, Entry, hours

STANDS = hours(replace(ORDER, attended=(Credit(420, TODAY),)), TODAY, POLICY)  # 7 of 100 hours


@pytest.mark.parametrize(
    ("reason", "minutes"),
    [
        (Adjusts.COURT_ADDED, MOST_ORDERED - 6000),
        (Adjusts.COURT_TAKEN, -5999),
        (Adjusts.ELSEWHERE, 5580),
        (Adjusts.ERROR, 5580),
        (Adjusts.ERROR, -420),
    ],
)
def test_an_entry_goes_as_far_as_it_may(reason, minutes):
    assert refusal(check_adjustment, reason, minutes, STANDS) == ""


@pytest.mark.parametrize(
    ("reason", "minutes", "words"),
    [
        (Adjusts.TRAVEL, 60, "the session that it belongs to"),
        (Adjusts.ELSEWHERE, 0, "how many"),
        (Adjusts.ELSEWHERE, -1, "This adds hours"),
        (Adjusts.COURT_ADDED, -1, "This adds hours"),
        (Adjusts.COURT_TAKEN, 1, "This takes hours away"),
        (Adjusts.COURT_ADDED, MOST_ORDERED - 5999, "300 hours at most"),
        (Adjusts.COURT_TAKEN, -6000, "leaves nothing of the requirement"),
        (Adjusts.COURT_TAKEN, -6001, "It cannot take more away"),
        (Adjusts.ELSEWHERE, 5581, "No more can be credited"),
        (Adjusts.ERROR, 5581, "No more can be credited"),
        (Adjusts.ERROR, -421, "No more can be taken back"),
    ],
)
def test_and_not_a_minute_further(reason, minutes, words):
    with pytest.raises(RuleBroken, match=words):
        check_adjustment(reason, minutes, STANDS)


def test_nothing_is_entered_while_the_length_is_not_on_record():
    unknown = hours(replace(ORDER, ordered=0), TODAY, POLICY)

    with pytest.raises(RuleBroken, match="First the length"):
        check_adjustment(Adjusts.ELSEWHERE, 60, unknown)


def test_only_a_mistake_goes_either_way():
    assert signed(Adjusts.ERROR, 60) == 60
    assert signed(Adjusts.ERROR, 60, takes=True) == -60
    assert signed(Adjusts.COURT_TAKEN, 60) == -60
    assert {signed(one, 60, takes=True) for one in ADDS} == {60}


@given(
    st.integers(2400, MOST_ORDERED),
    st.lists(st.tuples(st.sampled_from(sorted(OFFERED)), st.integers(-9000, 9000)), max_size=12),
)
def test_a_ledger_of_entries_that_were_let_in_is_never_below_nought_nor_above_the_law(
    ordered, entries
):
    facts = replace(ORDER, ordered=ordered)
    for reason, minutes in entries:
        stood = hours(facts, TODAY, POLICY)
        try:
            check_adjustment(reason, minutes, stood)
        except RuleBroken:
            continue
        facts = replace(facts, entries=(*facts.entries, Entry(reason, minutes, TODAY)))
        stands = hours(facts, TODAY, POLICY)

        assert (
            0 < stands.ordered <= MOST_ORDERED
        )  # nought would read as a length that is not recorded
        assert stands.credited == min(stands.worked + stands.courses, stands.ordered)
        if reason in (Adjusts.ELSEWHERE, Adjusts.ERROR) and stood.worked <= stood.ordered:
            assert stands.left == stood.left - minutes  # each minute of it counts, and once
