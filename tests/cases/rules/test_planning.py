from dataclasses import replace
from datetime import date

import pytest

from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.rules import planning
from cases.rules.gaps import Weight, gates, warnings
from cases.rules.plan_answers import applies
from cases.rules.planning import to_do
from cases.rules.planning_facts import (
    ObjectiveKnown,
    Ordered,
    PlanFacts,
    StepKnown,
    Victim,
    needs_delivery,
)

DAY = date(2018, 10, 1)
STEP = StepKnown("restrictive", 12)
READY = PlanFacts(
    assessed=True,
    priorities=(NeedArea.DRUGS,),
    risks=(HarmGroup.CHILDREN,),
    victims=(Victim(12, "Robin Marsh"),),
    objectives=(ObjectiveKnown(frozenset({"need:drugs", "harm:children"}), (STEP,)),),
    contingencies=1,
    ordered=(Ordered("requirement:5", "Unpaid work", "unpaid_work", DAY),),
    answers={
        "contact.level": "weekly",
        "home_visits.answer": "yes",
        "children.answer": "yes",
        "domestic_abuse.answer": "no",
        "domestic_abuse.sources": ["police"],
    },
    contact_level="weekly",
    concern=True,
    agreed="yes",
)


def without(*codes, **given):
    answers = {code: words for code, words in READY.answers.items() if code not in codes}
    return replace(READY, answers=answers | given)


def said(**given):
    return without(**{code.replace("__", "."): words for code, words in given.items()})


NOTHING_IS_ABOUT_IT = (ObjectiveKnown(frozenset(), (STEP,)),)
NOTHING_IS_DONE = (replace(READY.objectives[0], steps=()),)
UNARRANGED = replace(READY.ordered[0], arranged_on=None)
# rule: (facts that break it and no other, the key of what it finds)
BROKEN = {
    "without_an_assessment": (replace(READY, assessed=False), "assessment"),
    "priority_without_an_objective": (
        replace(READY, risks=(), objectives=NOTHING_IS_ABOUT_IT),
        "objective:need:drugs",
    ),
    "risk_without_an_objective": (
        replace(READY, priorities=(), objectives=NOTHING_IS_ABOUT_IT),
        "objective:harm:children",
    ),
    "named_victim_unprotected": (
        replace(READY, victims=(Victim(13, "Dana Quill"),)),
        "protects:13",
    ),
    "no_contingency": (replace(READY, contingencies=0), "contingency"),
    "family_not_answered": (said(children__answer="unknown"), "family:children"),
    "no_without_a_source": (said(children__answer="no"), "source:children"),
    "no_against_the_record": (
        replace(READY, on_record=frozenset({"domestic_abuse"})),
        "record:domestic_abuse",
    ),
    "no_deliverable_route": (
        replace(READY, ordered=(replace(UNARRANGED, route="none"),)),
        "route:requirement:5",
    ),
    "home_visits_not_said": (said(home_visits__answer="no"), "home_visits"),
    "contact_below_the_group": (said(contact__level="monthly"), "contact"),
    "not_yet_arranged": (replace(READY, ordered=(UNARRANGED,)), "arranged:requirement:5"),
    "nothing_agreed": (replace(READY, agreed=""), "agreement"),
}


def keys(facts):
    return [one.key for one in to_do(facts)]


def test_a_plan_that_says_all_of_it_has_nothing_to_do():
    assert to_do(READY) == []


def test_every_rule_is_broken_by_something_here():
    assert {rule.__name__ for rule in planning.RULES} == BROKEN.keys()


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_finds_what_breaks_it_and_nothing_else_does(name):
    facts, key = BROKEN[name]

    assert keys(facts) == [key]


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_that_is_taken_away_is_missed(name, monkeypatch):
    facts, key = BROKEN[name]
    left = tuple(rule for rule in planning.RULES if rule.__name__ != name)

    monkeypatch.setattr(planning, "RULES", left)

    assert key not in keys(facts)


def test_only_contact_arrangements_agreement_and_the_record_are_warnings():
    found = [one for facts, _ in BROKEN.values() for one in to_do(facts)]

    assert {one.key for one in warnings(found)} == {
        "contact",
        "arranged:requirement:5",
        "agreement",
        "record:domestic_abuse",
    }


def test_the_protection_of_somebody_named_is_the_one_gate_that_nobody_overrides():
    found = [one for facts, _ in BROKEN.values() for one in gates(to_do(facts))]

    assert [one.key for one in found if not one.may_override] == ["protects:13"]


def test_an_objective_without_a_step_is_about_nothing():
    found = keys(replace(READY, objectives=NOTHING_IS_DONE))

    assert found == ["objective:need:drugs", "objective:harm:children", "protects:12"]


def test_a_step_that_helps_them_change_protects_nobody():
    helps = replace(READY.objectives[0], steps=(StepKnown("constructive", 12),))

    assert keys(replace(READY, objectives=(helps,))) == ["protects:12"]


@pytest.mark.parametrize(
    "given",
    [
        {"domestic_abuse__asked": "Asked on Monday, she declined, and we rang the women's worker."},
        {"domestic_abuse__enquiry": "7"},
    ],
)
def test_not_to_know_is_an_answer_when_somebody_was_asked(given):
    facts = replace(said(domestic_abuse__answer="unknown", **given), open_enquiries=frozenset({7}))

    assert to_do(facts) == []


@pytest.mark.parametrize(
    "given",
    [
        {"domestic_abuse__asked": "Not known"},
        {"domestic_abuse__asked": "n/a"},
        {"domestic_abuse__enquiry": "7"},
        {"domestic_abuse__enquiry": "x"},
    ],
)
def test_words_that_say_nothing_and_an_enquiry_that_is_closed_are_not(given):
    assert keys(said(domestic_abuse__answer="unknown", **given)) == ["family:domestic_abuse"]


def test_what_is_left_blank_about_children_is_asked_for():
    assert keys(without("children.answer")) == ["family:children"]


def test_a_replacement_by_name_stands_in_for_a_route_until_it_is_booked():
    taken = Ordered("requirement:5", "RAR", "none", replacement="Stepping Stones", taken_away=True)

    assert keys(replace(READY, ordered=(taken,))) == ["arranged:requirement:5"]
    assert keys(replace(READY, ordered=(replace(taken, booked=True),))) == []


def test_without_a_concern_a_home_visit_left_unsaid_is_a_warning():
    facts = without("home_visits.answer", "children.answer", **{
        "children.answer": "no", "children.sources": ["seen"],
    })  # fmt: skip

    (found,) = to_do(replace(facts, concern=False))

    assert (found.key, found.weight) == ("home_visits", Weight.WARNING)


def test_a_no_to_home_visits_says_why():
    assert keys(said(home_visits__answer="no", home_visits__because="He is in a hostel.")) == []


def test_more_contact_than_the_group_says_is_theirs_to_decide():
    assert keys(said(contact__level="front_loaded")) == []
    assert keys(replace(without("contact.level"), contact_level="")) == []


def test_standard_conditions_of_a_licence_need_nothing_done():
    assert not needs_delivery("Standard 8 conditions")
    assert needs_delivery("Residence at a specific place")


@pytest.mark.parametrize(
    ("answer", "asked"), [("yes", False), ("no", False), ("unknown", True), (None, False)]
)
def test_how_it_will_be_known_is_asked_only_where_it_is_not(answer, asked):
    answers = {"children.answer": answer}

    assert applies("children.asked", answers) is asked
    assert applies("children.enquiry", answers) is asked
    assert applies("children.sources", answers)
    assert applies("home_visits.because", answers)
