from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cases.reference.codes import CaseState, ContactLevel, Part, Place, Rosh
from grid.rules.facts import Judged, Raised, Registered
from grid.rules.moves import moves
from grid.rules.placement import place
from tests.grid.facts import ALEX, POLICY, harmful, people, scored

ABUSE = Registered("ADVP", "Domestic abuse perpetrator", Part.SOURCE)
MEDIUM = replace(ALEX, harms=harmful(Rosh.MEDIUM), ogrs3=scored(62))


def test_what_would_move_somebody_is_said_fact_by_fact():
    assert moves(MEDIUM, POLICY) == [
        "A registration for domestic abuse, risk to a child or an adult at risk, or guns or gangs "
        "as source of harm would move this person to medium complex",
        "An officer's judgement that the case is complex would move this person to medium complex",
        "A low risk of serious harm level would move this person to low",
        "A high risk of serious harm level would mean risk escalation to the NPS",
        "An OGRS3 of 75% or more (it is 62%) would move this person to medium, 75 to 89",
        "An OGRS3 below 50% (it is 62%) would move this person to medium, 0 to 49",
        "A MAPPA registration at level 1, 2 or 3 would mean risk escalation to the NPS",
    ]


def test_the_one_register_that_makes_a_case_complex_is_named():
    said = moves(replace(MEDIUM, registers=(ABUSE,)), POLICY)

    assert (
        "The end of the registration for Domestic abuse perpetrator "
        "would move this person to medium" in said
    )


def test_two_registers_must_both_end_to_lower_a_case():
    gangs = Registered("STRG", "Street gangs", Part.SOURCE)

    said = moves(replace(MEDIUM, registers=(ABUSE, gangs)), POLICY)

    assert said[0] == (
        "The end of the registration for all of Domestic abuse perpetrator, Street gangs "
        "would move this person to medium"
    )


def test_the_end_of_a_judgement_is_named_only_where_it_would_move_somebody():
    judged = Judged(7, complex=True, made_on=date(2018, 6, 1), until_on=date(2018, 12, 1))
    ending = "The end of the judgement that the case is complex would move this person to medium"

    assert ending in moves(replace(MEDIUM, judgement=judged), POLICY)
    assert ending not in moves(replace(MEDIUM, judgement=judged, registers=(ABUSE,)), POLICY)


def test_somebody_escalated_is_told_what_would_bring_them_back():
    said = moves(replace(MEDIUM, harms=harmful(Rosh.HIGH)), POLICY)

    assert "A low risk of serious harm level would move this person to low, 50 to 74" in said
    assert not any("MAPPA" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            replace(MEDIUM, harms=()),
            "A low or medium risk of serious harm level would place this person in a group, "
            "and a high or very high one would mean risk escalation",
        ),
        (
            replace(ALEX, born_on=None, sentence=replace(ALEX.sentence, previous_sanctions=None)),
            "Each of the facts that are missing is needed before this person can be placed",
        ),
        (replace(ALEX, born_on=None), "The date of birth would place this person in a group"),
        (
            replace(ALEX, retained_by="Ann Officer"),
            "A transfer to this provider would bring this person into the GRID",
        ),
        (
            replace(ALEX, state=CaseState.NO_SENTENCE),
            "A new sentence would bring this person into the GRID",
        ),
    ],
)
def test_somebody_outside_the_grid_is_told_what_would_bring_them_in(facts, said):
    assert moves(facts, POLICY) == [said]


def test_nothing_moves_a_closed_case():
    assert moves(replace(ALEX, state=CaseState.CLOSED), POLICY) == []


@given(people)
def test_what_is_said_of_anybody_would_move_them(person):
    now = place(person, POLICY)

    said = moves(person, POLICY)

    assert len(said) == len(set(said))
    if now.place == Place.GROUP:
        assert said
        assert not any(
            sentence.endswith(f"to {now.level.title.lower()}, {now.band.title}")
            for sentence in said
        )


def test_a_contact_level_that_was_raised_says_what_ends_it():
    raised = Raised(ContactLevel.WEEKLY, date(2018, 10, 1))

    assert moves(replace(MEDIUM, raised=raised), POLICY)[-1] == (
        "A signed assessment would end the contact level that was raised; the group's is fortnightly"
    )
