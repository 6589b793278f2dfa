"""Which clocks run for somebody in prison and just after, by when, and when one that stopped was done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS
from cases.services.policy import _first_versions
from staff.permissions import Role
from ttg.rules.owed import DONE, StayFacts, prepared_from, release_owed
from ttg.rules.policy import NAME, read_release_policy

POLICY = read_release_policy(_first_versions()[NAME].body, 1)
TODAY = date(2018, 10, 1)
RELEASE = TODAY + timedelta(days=30)
# Received long ago, everything there
READY = StayFacts(
    received_on=date(2018, 3, 1),
    screened_on=date(2018, 3, 3),
    release_on=RELEASE,
    planned=True,
    planned_release=True,
    spoken_on=date(2018, 9, 1),
    housed=True,
    handed_over=True,
)


def kinds(facts, today=TODAY):
    return [owed.kind for owed in release_owed(facts, today, POLICY)]


def due(facts, kind, today=TODAY):
    (found,) = [owed for owed in release_owed(facts, today, POLICY) if owed.kind == kind]
    return found.due_on


def test_nothing_is_owed_where_everything_is_there():
    assert kinds(READY) == []


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        ({"screened_on": None}, "screen_in_custody"),
        ({"planned": False}, "resettlement_plan"),
        ({"planned_release": False}, "plan_for_release"),
        ({"spoken_on": None}, "contact_before_release"),
        ({"housed": False, "referred_home": True}, "find_home"),
        ({"housed": False, "without_home": True}, "refer_for_home"),
        ({"substances_since": TODAY}, "refer_substances"),
        ({"unanswered_since": TODAY}, "get_accepted"),
        ({"handed_over": False}, "hand_over_release"),
        ({"risk_unread_since": TODAY}, "answer_risk_items"),
        ({"offered_since": TODAY}, "accept_release"),
        ({"asked_since": TODAY}, "answer_hand_over_query"),
        ({"gate_on": TODAY}, "say_if_met"),
    ],
)
def test_each_thing_that_is_missing_is_owed_by_itself_and_was_done_once_it_is_there(missing, kind):
    facts = replace(READY, **missing)

    assert kinds(facts) == [kind]
    assert not DONE[kind](facts)
    assert DONE[kind](READY)


def test_every_clock_is_a_kind_with_an_owner_and_says_when_it_was_done():
    assert {KINDS[kind].owner for kind in DONE} == {Role.RESETTLEMENT, Role.OFFICER}


@pytest.mark.parametrize(
    ("kind", "missing", "days"),
    [
        ("plan_for_release", {"planned_release": False}, 28),
        ("contact_before_release", {"spoken_on": None}, 28),
        ("find_home", {"housed": False}, 28),
        ("refer_for_home", {"housed": False}, 56),
        ("refer_substances", {"substances_since": TODAY}, 14),
        ("get_accepted", {"unanswered_since": TODAY}, 14),
        ("hand_over_release", {"handed_over": False}, 10),
    ],
)
def test_what_is_counted_back_from_release_moves_with_it(kind, missing, days):
    facts = replace(READY, **missing)

    assert due(facts, kind) == RELEASE - timedelta(days=days)
    later = replace(facts, release_on=RELEASE + timedelta(days=7))
    assert due(later, kind) == RELEASE + timedelta(days=7 - days)


def test_release_is_prepared_from_twelve_weeks_before_it_and_not_sooner():
    facts = replace(READY, planned_release=False, release_on=TODAY + timedelta(days=85))

    assert kinds(facts) == []
    assert kinds(facts, TODAY + timedelta(days=1)) == ["plan_for_release"]


def test_a_stay_of_four_weeks_prepares_release_from_reception_and_nothing_is_due_before_it():
    received = TODAY - timedelta(days=1)
    facts = StayFacts(received_on=received, release_on=received + timedelta(days=28))

    assert prepared_from(received, facts.release_on, POLICY) == received
    found = release_owed(facts, TODAY, POLICY)
    assert {"find_home", "refer_for_home", "plan_for_release", "hand_over_release"} <= {
        owed.kind for owed in found
    }
    by = {owed.kind: owed.due_on for owed in found if owed.due_on}
    assert by["refer_for_home"] == by["find_home"] == received + timedelta(days=7)
    assert by["hand_over_release"] == received + timedelta(days=18)


def test_whoever_leaves_within_a_week_of_coming_has_everything_due_by_the_day_they_leave():
    facts = StayFacts(received_on=TODAY, release_on=TODAY + timedelta(days=3))

    assert {owed.due_on for owed in release_owed(facts, TODAY, POLICY) if owed.due_on} == {
        facts.release_on
    }


def test_somebody_on_remand_with_no_day_of_release_is_screened_and_planned_for_and_no_more():
    facts = StayFacts(received_on=TODAY)

    assert kinds(facts) == ["screen_in_custody"]
    assert kinds(replace(facts, screened_on=TODAY)) == ["resettlement_plan"]


def test_a_day_of_release_from_before_a_recall_is_not_of_this_stay():
    recalled = replace(READY, received_on=TODAY, planned_release=False, housed=False)

    assert kinds(replace(recalled, release_on=TODAY)) == [
        "plan_for_release",
        "find_home",
        "refer_for_home",
    ]
    assert kinds(replace(recalled, release_on=TODAY - timedelta(days=1))) == []


def test_once_released_nothing_of_before_is_owed_and_each_night_is_asked_about_in_turn():
    facts = replace(READY, housed=False, planned_release=False, released_on=TODAY)
    said = replace(facts, nights=frozenset({"1"}))
    both = replace(facts, nights=frozenset({"1", "28"}))

    assert kinds(facts) == ["say_first_night"]
    assert not DONE["find_home"](facts)
    assert kinds(said, TODAY + timedelta(days=27)) == []
    assert kinds(said, TODAY + timedelta(days=28)) == ["say_later_night"]
    assert kinds(both, TODAY + timedelta(days=90)) == []
    assert kinds(both, TODAY + timedelta(days=91)) == ["say_later_night"]
    assert kinds(facts, TODAY + timedelta(days=121)) == []


def test_a_first_appointment_at_a_service_is_asked_about_from_its_day_on():
    facts = replace(READY, released_on=TODAY, nights=frozenset({"1"}), service_on=TODAY)

    assert kinds(facts, TODAY) == ["say_first_service"]
    assert kinds(replace(facts, service_on=TODAY + timedelta(days=1)), TODAY) == []


days = st.dates(date(2018, 1, 1), date(2019, 12, 31))
maybe = st.none() | days
STAYS = st.builds(
    StayFacts,
    received_on=days,
    screened_on=maybe,
    release_on=maybe,
    released_on=maybe,
    planned=st.booleans(),
    planned_release=st.booleans(),
    risk_unread_since=maybe,
    spoken_on=maybe,
    housed=st.booleans(),
    without_home=st.booleans(),
    referred_home=st.booleans(),
    substances_since=maybe,
    unanswered_since=maybe,
    handed_over=st.booleans(),
    offered_since=maybe,
    asked_since=maybe,
    gate_on=maybe,
    nights=st.frozensets(st.sampled_from(["1", "28", "91"])),
    service_on=maybe,
)


@given(STAYS, days)
def test_nothing_is_owed_twice_nor_while_it_is_done_and_each_says_why(facts, today):
    found = release_owed(facts, today, POLICY)

    assert len({owed.kind for owed in found}) == len(found)
    assert all(owed.why and owed.kind in DONE for owed in found)
    assert [owed for owed in found if owed.due_on and owed.due_on < owed.since] == []
    at_once = [owed for owed in found if owed.kind != "say_later_night"]
    assert not [owed.kind for owed in at_once if DONE[owed.kind](facts)]
