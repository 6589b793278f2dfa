"""Readiness: unknown never reads as there, and it is a status that refuses nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttg.reference.hand_over import HandOverState, MetState
from ttg.reference.home import Item, ItemState
from ttg.reference.readiness import BY_THE_GATE, Must, Stands, Whose
from ttg.rules.readiness import (
    LOOKED_AT,
    as_kept,
    is_in_short,
    is_ready,
    readiness,
)
from ttg.rules.readiness_facts import Help, ReleaseFacts

FRIDAY = date(2018, 12, 21)
MONDAY = date(2018, 12, 24)  # the next working day
THURSDAY = date(2018, 12, 27)  # the second: Christmas lies between
TODAY = date(2018, 10, 1)
UNKNOWN = ReleaseFacts(received_on=TODAY, release_on=FRIDAY)
READY = ReleaseFacts(
    received_on=TODAY,
    release_on=FRIDAY,
    planned=True,
    housed=True,
    drugs=Help(open=1, taken_on=True, first_on=MONDAY),
    items={
        Item.SCRIPT: ItemState.READY,
        Item.NALOXONE: ItemState.READY,
        Item.SUPPORT: ItemState.NOT_NEEDED,
        Item.GRANT: ItemState.READY,
    },
    officer_on=MONDAY,
    spoken_on=TODAY,
    hand_over=HandOverState.ACCEPTED,
)


def stands(code, facts):
    return found(code, facts).stands


def found(code, facts):
    return next(one for one in readiness(facts, TODAY) if one.code == code)


def test_somebody_for_whom_everything_is_there_is_ready():
    looked = readiness(READY, TODAY)

    assert is_ready(looked)
    assert is_in_short(looked) == Stands.THERE


def test_nothing_that_nobody_has_said_reads_as_there_or_not_needed_by_the_gate():
    looked = readiness(UNKNOWN, TODAY)

    assert {one.stands for one in looked if one.by_the_gate} == {Stands.MISSING}
    assert not is_ready(looked)


def test_every_thing_is_looked_at_once_and_says_whose_it_is_and_where():
    looked = readiness(UNKNOWN, TODAY)

    assert [one.code for one in looked] == list(Must) == list(LOOKED_AT)
    assert all(one.words and one.page and isinstance(one.whose, Whose) for one in looked)


@pytest.mark.parametrize(
    ("code", "without"),
    [
        (Must.HOME, {"housed": False}),
        (Must.ADDRESS, {"housed": False}),
        (Must.DRUGS, {"drugs": Help(open=1, unasked=1)}),
        (Must.MEDICINE, {"items": READY.items | {Item.SCRIPT: ItemState.NEEDED}}),
        (Must.MIND, {"items": READY.items | {Item.SUPPORT: ItemState.NEEDED}}),
        (Must.MONEY, {"items": READY.items | {Item.GRANT: ItemState.TURNED_DOWN}}),
        (Must.OFFICER, {"officer_on": None}),
        (Must.SPOKEN, {"spoken_on": None}),
        (Must.HAND_OVER, {"hand_over": ""}),
        (Must.GATE, {"gate_wanted": True}),
    ],
)
def test_each_thing_is_missed_when_it_alone_is_not_there(code, without):
    looked = readiness(replace(READY, **without), TODAY)

    assert found(code, replace(READY, **without)).stands == Stands.MISSING
    assert is_ready(looked) == (code not in BY_THE_GATE)


def test_a_plan_for_nowhere_to_go_stands_for_a_home_and_leaves_no_address_to_look_at():
    facts = replace(READY, housed=False, without_home=True)

    assert stands(Must.HOME, facts) == Stands.THERE
    assert stands(Must.ADDRESS, facts) == Stands.NOT_NEEDED


def test_an_offer_whose_safety_nobody_looked_at_is_no_home():
    facts = replace(READY, housed=False, offered=True)

    assert stands(Must.HOME, facts) == stands(Must.ADDRESS, facts) == Stands.AT_RISK


def test_an_offer_that_something_speaks_against_is_nowhere_to_go_and_is_said_to_be_looked_at():
    facts = replace(READY, housed=False, offered=True, against=True)

    assert stands(Must.HOME, facts) == stands(Must.ADDRESS, facts) == Stands.MISSING
    for code in (Must.HOME, Must.ADDRESS):
        assert "omething speaks against" in found(code, facts).words


def test_with_a_plan_for_nowhere_an_offer_that_something_speaks_against_is_no_address():
    facts = replace(READY, housed=False, offered=True, against=True, without_home=True)

    assert stands(Must.HOME, facts) == Stands.THERE
    assert stands(Must.ADDRESS, facts) == Stands.NOT_NEEDED


def test_a_home_that_is_free_after_they_leave_is_at_risk():
    facts = replace(READY, home_from=FRIDAY + timedelta(days=1))

    assert stands(Must.HOME, facts) == Stands.AT_RISK


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Help(open=1, taken_on=True, first_on=MONDAY), Stands.THERE),
        (Help(open=1, taken_on=True, first_on=FRIDAY), Stands.THERE),
        (Help(open=1, taken_on=True, first_on=THURSDAY), Stands.AT_RISK),
        (Help(open=1, taken_on=True, first_on=TODAY), Stands.AT_RISK),
        (Help(open=1, taken_on=True), Stands.AT_RISK),
        (Help(open=1, waiting=True), Stands.AT_RISK),
        (Help(open=2, unasked=1, taken_on=True, first_on=MONDAY), Stands.MISSING),
        (Help(open=1), Stands.MISSING),
        (Help(met=True), Stands.THERE),
        (Help(declined=True), Stands.NOT_NEEDED),
        (Help(), Stands.NOT_NEEDED),  # a plan asked, and found none
    ],
)
def test_a_drug_service_is_there_when_it_sees_them_by_the_next_working_day(known, expected):
    assert stands(Must.DRUGS, replace(READY, drugs=known)) == expected


def test_no_drug_need_is_known_where_nobody_has_asked():
    assert stands(Must.DRUGS, replace(READY, drugs=Help(), planned=False)) == Stands.MISSING


def test_a_prescription_and_naloxone_are_asked_of_everybody_with_a_drug_need():
    without = {Item.SUPPORT: ItemState.NOT_NEEDED, Item.GRANT: ItemState.READY}

    look = found(Must.MEDICINE, replace(READY, items=without))

    assert look.stands == Stands.MISSING
    assert look.words == "Not there: prescription and naloxone"


def test_medication_that_was_asked_for_is_at_risk_and_not_missing():
    items = READY.items | {Item.MEDICATION: ItemState.APPLIED}

    assert stands(Must.MEDICINE, replace(READY, items=items)) == Stands.AT_RISK


def test_medication_said_to_be_needless_is_not_needed():
    items = {Item.MEDICATION: ItemState.NOT_NEEDED}

    assert stands(Must.MEDICINE, replace(READY, drugs=Help(), items=items)) == Stands.NOT_NEEDED


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({Item.GRANT: ItemState.READY}, Stands.THERE),
        ({Item.BENEFIT: ItemState.READY, Item.BANK: ItemState.READY}, Stands.THERE),
        ({Item.BENEFIT: ItemState.READY}, Stands.AT_RISK),
        ({Item.BANK: ItemState.READY}, Stands.MISSING),
        ({Item.BENEFIT: ItemState.APPLIED}, Stands.AT_RISK),
        ({Item.BENEFIT: ItemState.NOT_NEEDED}, Stands.MISSING),
        (
            {Item.BENEFIT: ItemState.NOT_NEEDED, Item.GRANT: ItemState.DECLINED},
            Stands.NOT_NEEDED,
        ),
    ],
)
def test_money_is_what_they_can_live_on_in_the_first_days(items, expected):
    assert stands(Must.MONEY, replace(READY, items=items)) == expected


def test_an_appointment_with_the_officer_is_there_by_the_next_working_day_alone():
    assert stands(Must.OFFICER, replace(READY, officer_on=MONDAY)) == Stands.THERE
    assert stands(Must.OFFICER, replace(READY, officer_on=THURSDAY)) == Stands.AT_RISK


def test_what_counts_from_release_is_at_risk_while_its_day_is_not_known():
    facts = replace(READY, release_on=None)

    assert stands(Must.OFFICER, facts) == stands(Must.DRUGS, facts) == Stands.AT_RISK


def test_a_bank_holiday_the_library_does_not_know_makes_the_next_working_day_later():
    facts = replace(READY, officer_on=THURSDAY)

    looked = readiness(facts, TODAY, frozenset({MONDAY}))

    assert next(one for one in looked if one.code == Must.OFFICER).stands == Stands.THERE


def test_whoever_has_the_next_step_of_the_hand_over_is_said():
    offered = replace(READY, hand_over=HandOverState.OFFERED)
    queried = replace(READY, hand_over=HandOverState.QUERIED)

    assert found(Must.HAND_OVER, offered).whose == Whose.OFFICER
    assert found(Must.HAND_OVER, queried).whose == Whose.RESETTLEMENT
    assert found(Must.HAND_OVER, queried).stands == Stands.AT_RISK


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, Stands.NOT_NEEDED),
        ({"gate_wanted": True}, Stands.MISSING),
        ({"gate": MetState.PLANNED, "gate_on": FRIDAY}, Stands.THERE),
        ({"gate": MetState.PLANNED, "gate_on": MONDAY}, Stands.AT_RISK),
        ({"gate": MetState.PLANNED, "gate_on": FRIDAY, "gate_last_on": FRIDAY}, Stands.THERE),
        (
            {"gate": MetState.PLANNED, "gate_on": FRIDAY, "gate_last_on": date(2018, 12, 20)},
            Stands.AT_RISK,
        ),
        (
            {"gate": MetState.MET, "gate_on": FRIDAY, "gate_last_on": date(2018, 12, 20)},
            Stands.THERE,
        ),
        ({"gate": MetState.CALLED_OFF, "gate_on": FRIDAY, "gate_wanted": True}, Stands.MISSING),
        ({"gate": MetState.MET, "gate_on": FRIDAY}, Stands.THERE),
        ({"gate": MetState.NOT_MET, "gate_on": FRIDAY}, Stands.MISSING),
    ],
)
def test_a_meeting_at_the_gate_is_there_on_the_day_they_leave(known, expected):
    assert stands(Must.GATE, replace(READY, **known)) == expected


def test_what_is_kept_says_the_day_and_each_thing_as_it_stood():
    kept = as_kept(readiness(UNKNOWN, TODAY), TODAY)

    assert kept["on"] == "2018-10-01"
    assert [row["code"] for row in kept["must_haves"]] == [str(one) for one in Must]
    assert kept["must_haves"][0]["stands"] == "missing"


DAYS = st.none() | st.dates(date(2018, 12, 1), date(2019, 1, 31))
HELP = st.builds(
    Help,
    open=st.integers(0, 2),
    unasked=st.integers(0, 2),
    met=st.booleans(),
    declined=st.booleans(),
    taken_on=st.booleans(),
    waiting=st.booleans(),
    first_on=DAYS,
)
FACTS = st.builds(
    ReleaseFacts,
    received_on=st.just(TODAY),
    release_on=DAYS,
    released_on=DAYS,
    planned=st.booleans(),
    housed=st.booleans(),
    home_from=DAYS,
    offered=st.booleans(),
    against=st.booleans(),
    without_home=st.booleans(),
    drugs=HELP,
    mind=HELP,
    items=st.dictionaries(st.sampled_from(list(Item)), st.sampled_from(list(ItemState))),
    officer_on=DAYS,
    spoken_on=DAYS,
    hand_over=st.sampled_from(["", *HandOverState]),
    gate=st.just(""),
    gate_wanted=st.booleans(),
)


@given(FACTS)
def test_whatever_is_known_each_thing_stands_somewhere_and_nothing_is_refused(facts):
    looked = readiness(facts, TODAY)

    assert [one.code for one in looked] == list(Must)
    assert all(one.words for one in looked)
    assert is_ready(looked) == (is_in_short(looked) == Stands.THERE)


@given(FACTS)
def test_nothing_is_there_by_being_forgotten(facts):
    """Whoever has said nothing of a thing never reads better than whoever says that it is needed."""
    silent = readiness(replace(facts, items={}, drugs=Help(), mind=Help(), planned=False), TODAY)

    unsaid = {Must.DRUGS, Must.MEDICINE, Must.MIND, Must.MONEY}
    assert {one.stands for one in silent if one.code in unsaid} == {Stands.MISSING}
