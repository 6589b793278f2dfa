"""What may be said of a thing somebody needs at the gate, and what is worth asking for. Source: `ttg.rules.in_hand`."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.errors import RuleBroken
from tests.refusals import refusal
from ttg.reference.home import Item, ItemState
from ttg.reference.referrals import Pathway
from ttg.rules.in_hand import (
    EVERYBODY,
    LONGEST,
    NO_NUMBERS,
    check_given,
    check_item,
    check_no_numbers,
    suggested_items,
)

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)


def said(state, **change):
    known = {"words": "", "applied_on": None, "expected_on": None, "ready_on": None, "today": TODAY}
    return check_item(state=state, **known | change)


def refused(state, **change):
    with pytest.raises(RuleBroken) as found:
        said(state, **change)
    return str(found.value)


@pytest.mark.parametrize(
    "words",
    [
        "Barclays, 20-45-67 and 12345678",
        "Account 1234 5678",
        "Card 4929-1234-5678-9012",
        "12.34.56.78",
        "QQ 12 34 56 C",
        "qq123456c",
        "Sort code 20-45-67",
        "Passport 123456789",
        "Opened on 3/5/2018, 87654321",
    ],
)
def test_the_number_of_an_account_a_card_or_a_document_is_refused(words):
    assert refusal(check_no_numbers, words) == NO_NUMBERS


@pytest.mark.parametrize(
    "words",
    ["", "Barclays, asked on 12-03-2018", "Sent back 2018-10-01: no proof of address", "2 forms of 3", "Wing B, cell 24"],
)  # fmt: skip
def test_a_bank_and_a_date_are_no_number(words):
    assert refusal(check_no_numbers, words) == ""


@given(st.integers(10_000_000, 10**16), st.sampled_from(["", " ", "-", "."]))
def test_eight_figures_or_more_are_refused_however_they_are_parted(number, between):
    words = between.join(str(number))

    assert refusal(check_no_numbers, f"It is {words}, he says") == NO_NUMBERS


@pytest.mark.parametrize("state", [ItemState.DECLINED, ItemState.TURNED_DOWN, ItemState.RETURNED])
def test_what_is_not_there_says_why(state):
    assert refused(state, words=" - ").startswith("Say")
    assert said(state, words="No proof of address")["words"] == "No proof of address"


def test_applied_for_and_there_are_on_a_day_that_has_come():
    assert "which day it was applied" in refused(ItemState.APPLIED)
    assert "which day it was there" in refused(ItemState.READY)
    assert "still to come" in refused(ItemState.APPLIED, applied_on=TODAY + DAY)
    assert "still to come" in refused(ItemState.READY, ready_on=TODAY + DAY)


def test_nothing_comes_before_it_was_applied_for():
    assert "expected before" in refused(ItemState.APPLIED, applied_on=TODAY, expected_on=TODAY - DAY)  # fmt: skip
    assert "there before" in refused(ItemState.READY, applied_on=TODAY, ready_on=TODAY - DAY)


def test_words_are_of_a_length_that_is_kept():
    assert said(ItemState.NEEDED, words="a" * LONGEST)["words"] == "a" * LONGEST
    assert str(LONGEST) in refused(ItemState.NEEDED, words="a" * (LONGEST + 1))


@given(
    st.sampled_from(list(ItemState)), *[st.none() | st.dates(TODAY - 99 * DAY, TODAY + 99 * DAY)] * 3
)  # fmt: skip
def test_days_that_mean_nothing_for_the_state_are_not_kept(
    state, applied_on, expected_on, ready_on
):
    try:
        kept = said(state, words="Because", applied_on=applied_on, expected_on=expected_on, ready_on=ready_on)  # fmt: skip
    except RuleBroken:
        return

    assert (kept["ready_on"] is not None) == (state == ItemState.READY)
    if state in (ItemState.READY, ItemState.TURNED_DOWN, ItemState.DECLINED, ItemState.NOT_NEEDED):
        assert kept["expected_on"] is None


def test_everybody_is_asked_the_same_and_a_need_asks_for_more():
    assert [item for item, _ in suggested_items([])] == [one for one in Item if one in EVERYBODY]
    drugs = dict(suggested_items([(Pathway.SUBSTANCES, "")]))
    assert "Drugs and alcohol".lower() in drugs[Item.NALOXONE]
    assert "names it" in dict(suggested_items([(Pathway.HEALTH, "health.mental")]))[Item.SUPPORT]


@given(st.lists(st.tuples(st.sampled_from(list(Pathway)), st.sampled_from(["", "substances.script"]))), st.sets(st.sampled_from(list(Item))))  # fmt: skip
def test_nothing_is_suggested_that_something_is_said_of_and_nothing_twice(needs, stands):
    found = [item for item, _ in suggested_items(needs, stands)]

    assert not stands & set(found)
    assert len(set(found)) == len(found)
    assert set(EVERYBODY) - stands <= set(found)


def test_only_what_is_there_is_given():
    assert "what they were given" in refusal(check_given, {})
    assert "Naloxone" in refusal(check_given, {Item.BANK: ItemState.READY, Item.NALOXONE: None})
    assert refusal(check_given, {Item.BANK: ItemState.READY}) == ""
