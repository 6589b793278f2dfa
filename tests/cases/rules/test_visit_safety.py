"""Who decides how staff may visit, and what stands in the way of a visit."""

from dataclasses import replace
from datetime import date

import pytest

from cases.reference.codes import Register
from cases.reference.visits import Signal, VisitWay, YesNoUnsure
from cases.rules.visit_safety import (
    Decision,
    OnRecord,
    SafetyFacts,
    changed_since,
    check_decision,
    check_may_go,
    check_proposal,
    last_day,
    stands_in_the_way,
    why_a_senior,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
ANSWERED = SafetyFacts(police_answered=True)
STANDS = Decision(VisitWay.ALONE, decided=True, by_senior=False, review_on=date(2019, 4, 1))


def senior(facts=ANSWERED, *, endangers=YesNoUnsure.NO, way=VisitWay.ALONE, asked=False):
    return why_a_senior(facts, endangers=endangers, way=way, asked=asked)


def test_where_nothing_calls_for_a_senior_the_officers_own_decision_stands():
    assert senior() == []


@pytest.mark.parametrize(
    "given",
    [
        {"facts": replace(ANSWERED, registers=frozenset({Register.RISK_TO_STAFF}))},
        {"facts": replace(ANSWERED, registers=frozenset({Register.WEAPONS}))},
        {"facts": SafetyFacts(concern=True)},
        {"endangers": YesNoUnsure.YES},
        {"endangers": YesNoUnsure.UNSURE},
        {"way": VisitWay.PAIRED},
        {"way": VisitWay.POLICE},
        {"asked": True},
    ],
)
def test_a_senior_decides_where_one_thing_calls_for_it(given):
    assert len(senior(**given)) == 1


def test_a_concern_that_the_police_have_answered_needs_no_senior():
    assert senior(replace(ANSWERED, concern=True)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"endangers": ""}, "could endanger"),
        ({"endangers": "yes"}, "Say who"),
        ({"endangers": "unsure", "endangers_whom": "n/a"}, "Say who"),
        ({"signal": Signal.NONE}, "without a signal"),
        ({"signal": Signal.PATCHY, "fallback": "-"}, "without a signal"),
    ],
)
def test_a_proposal_says_what_the_sheet_at_the_door_must(given, words):
    whole = {"endangers": "no", "endangers_whom": "", "signal": Signal.GOOD, "fallback": ""}

    check_proposal(**whole)
    with pytest.raises(RuleBroken, match=words):
        check_proposal(**whole | given)


def test_nobody_goes_alone_to_a_registered_risk_to_staff_unless_a_senior_says_so():
    at_risk = SafetyFacts(registers=frozenset({Register.RISK_TO_STAFF}))
    known = {"way": VisitWay.ALONE, "because": "He is in a cast and his mother is there."}

    assert check_decision(by_senior=True, facts=at_risk, **known)
    with pytest.raises(RuleBroken, match="Nobody goes alone"):
        check_decision(by_senior=False, facts=at_risk, **known)
    with pytest.raises(RuleBroken, match="Say why"):
        check_decision(by_senior=True, facts=at_risk, way=VisitWay.ALONE, because="n/a")


def test_a_decision_holds_for_the_months_of_the_policy():
    assert last_day(date(2018, 8, 31), 6) == date(2019, 2, 28)


def test_what_is_new_since_the_decision_is_named_and_what_was_known_is_not():
    record = (OnRecord("register:WEAP:source", "Weapons"), OnRecord("person:1", "A child"))
    facts = replace(ANSWERED, record=record)

    assert changed_since(["person:1"], facts) == ["Weapons"]
    assert changed_since([one.key for one in record], facts) == []


@pytest.mark.parametrize(
    ("decision", "facts", "words"),
    [
        (None, ANSWERED, "Nobody has decided"),
        (replace(STANDS, decided=False, review_on=None), ANSWERED, "waits for a senior"),
        (replace(STANDS, review_on=TODAY), ANSWERED, "ran out on 1 October 2018"),
        (replace(STANDS, way=VisitWay.NOT_AT_HOME), ANSWERED, "not at home"),
        (STANDS, SafetyFacts(), "no senior has decided"),
        (STANDS, replace(ANSWERED, left_on=date(2018, 9, 28)), "left this address on 28 September"),
        (STANDS, replace(ANSWERED, record=(OnRecord("a", "A dog"),)), "changed since"),
    ],
)
def test_one_thing_in_the_way_stops_a_visit_and_says_what_to_do(decision, facts, words):
    found = stands_in_the_way(decision, facts, TODAY)

    assert stands_in_the_way(STANDS, ANSWERED, TODAY) == []
    assert len(found) == 1
    assert words in found[0]
    with pytest.raises(RuleBroken, match=words):
        check_may_go(decision, facts, TODAY)


def test_the_polices_reply_or_a_seniors_decision_lets_a_visit_go_ahead():
    unanswered = SafetyFacts(concern=True)

    check_may_go(STANDS, ANSWERED, TODAY)
    check_may_go(replace(STANDS, by_senior=True), unanswered, TODAY)
    with pytest.raises(RuleBroken, match="no senior has decided"):
        check_may_go(STANDS, unanswered, TODAY)
