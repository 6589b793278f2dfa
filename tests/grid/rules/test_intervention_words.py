"""What the policy says of an intervention, in plain words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from grid.reference.interventions import Hook
from grid.rules.intervention_policy import Dose, read_intervention_policy
from grid.rules.intervention_words import (
    SHORT,
    say_any_hook,
    say_criteria,
    say_dose,
    say_entries,
    say_for_whom,
    say_hooks,
    say_hooks_in_short,
    say_leaders,
    say_made_up_for,
    say_people,
    say_price,
    say_size,
    say_where,
)
from grid.rules.suitability import Criterion
from tests.grid.suitable import STRICT

SEED = json.loads((Path(__file__).parents[3] / "grid/policy/interventions.json").read_text())
TERMS = read_intervention_policy(SEED["body"], version=1).terms
ASKS_NOTHING = replace(
    TERMS["making_amends"],
    sex=None,
    needs=(),
    from_percent=0,
    to_percent=100,
    harm_up_to=Rosh.VERY_HIGH,
    partner_violence=None,
    violence=None,
    sites=(),
    skill="",
    price_pence=0,
)


def asked(criterion, **changes):
    return dict(say_criteria(replace(ASKS_NOTHING, **changes)))[criterion]


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(12, 120, 2), "12 sessions of 2 hours, at least 6 weeks"),
        (Dose(19, 120, 2), "19 sessions of 2 hours, at least 10 weeks"),
        (Dose(4, 90, 1), "4 sessions of 1 hour 30 minutes, at least 4 weeks"),
        (Dose(1, 45, 7), "1 session of 45 minutes, at least 1 week"),
        (Dose(3, 60, 3), "3 sessions of 1 hour, at least 1 week"),
    ],
)
def test_how_much_of_it_there_is(dose, words):
    assert say_dose(dose) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("thinking_skills_programme", "Men and women"),
        ("building_better_relationships", "Men, after violence to a partner"),
        ("resolve", "Men, after a violent offence, though not after violence to a partner"),
        ("restorative_justice", "Men and women, though not after violence to a partner"),
        ("heal", "Women"),
    ],
)
def test_for_whom_it_is(code, words):
    assert say_for_whom(TERMS[code]) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (True, "Men and women, after a violent offence and violence to a partner"),
        (False, "Men and women, though not after a violent offence or violence to a partner"),
    ],
)
def test_two_kinds_of_history_are_said_in_one_breath(asked, words):
    assert say_for_whom(replace(ASKS_NOTHING, violence=asked, partner_violence=asked)) == words


@pytest.mark.parametrize(
    ("sex", "words"), [(None, "Men and women"), (Sex.MALE, "Men"), (Sex.FEMALE, "Women")]
)
def test_men_women_or_both(sex, words):
    assert say_people(replace(ASKS_NOTHING, sex=sex)) == words


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "No charge"), (48_000, "£480"), (2_250, "£22.50"), (120_000, "£1,200"), (5, "£0.05")],
)
def test_the_price_is_in_pounds(pence, words):
    assert say_price(replace(ASKS_NOTHING, price_pence=pence)) == words


def test_without_sites_it_may_be_anywhere():
    assert say_where(ASKS_NOTHING) == "Wherever there is a room"
    assert say_where(replace(ASKS_NOTHING, sites=("Oxford", "Slough"))) == "Oxford and Slough"


def test_hooks_are_told_one_by_one():
    hooks = (Hook.RAR, Hook.VOLUNTARY)

    said = say_hooks(replace(ASKS_NOTHING, hooks=hooks))

    assert said == ("Rehabilitation activity requirement", "By their own choice")


@pytest.mark.parametrize(
    ("hooks", "words", "short"),
    [
        ((), "None", "None"),
        ((Hook.RAR,), "Rehabilitation activity requirement", "RAR"),
        (
            (Hook.PROGRAMME, Hook.LICENCE),
            "Programme requirement of the order or licence condition",
            "Programme or licence",
        ),
        (
            (Hook.LICENCE, Hook.PSS, Hook.VOLUNTARY),
            "Licence condition, post-sentence supervision requirement or by their own choice",
            "Licence, PSS or own choice",
        ),
    ],
)
def test_any_hook_is_enough(hooks, words, short):
    assert (say_any_hook(hooks), say_hooks_in_short(hooks)) == (words, short)


def test_every_hook_has_a_short_name():
    assert set(SHORT) == set(Hook)


def test_what_asks_nothing_says_so_of_each_criterion():
    assert dict(say_criteria(ASKS_NOTHING)) == {
        Criterion.SEX: "Men and women",
        Criterion.LIKELIHOOD: "Whatever the score",
        Criterion.HARM: "Whatever the level",
        Criterion.NEED: "Whatever the needs",
        Criterion.PARTNER_VIOLENCE: "Whether or not there was any",
        Criterion.VIOLENCE: "Whether or not there was any",
    }


@pytest.mark.parametrize(
    ("from_percent", "to_percent", "words"),
    [
        (50, 100, "OGRS3 over two years of 50% or more"),
        (0, 74, "OGRS3 over two years of 74% at most"),
        (25, 74, "OGRS3 over two years from 25% to 74%"),
    ],
)
def test_the_likelihood_that_is_asked(from_percent, to_percent, words):
    said = asked(Criterion.LIKELIHOOD, from_percent=from_percent, to_percent=to_percent)

    assert said == words


@pytest.mark.parametrize(
    ("level", "words"),
    [(Rosh.LOW, "Low at most"), (Rosh.MEDIUM, "Medium at most"), (Rosh.HIGH, "High at most")],
)
def test_the_harm_up_to_which_somebody_may_come(level, words):
    assert asked(Criterion.HARM, harm_up_to=level) == words


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ((NeedArea.THINKING,), "Thinking and behaviour"),
        (
            (NeedArea.ETE, NeedArea.FINANCE),
            "One of: education, training and employment; finance",
        ),
    ],
)
def test_one_of_its_needs_is_enough(needs, words):
    assert asked(Criterion.NEED, needs=needs) == words


@pytest.mark.parametrize(
    ("name", "criterion", "what"),
    [
        ("partner_violence", Criterion.PARTNER_VIOLENCE, "violence to a partner"),
        ("violence", Criterion.VIOLENCE, "a violent offence"),
    ],
)
def test_violence_that_must_or_must_not_have_been(name, criterion, what):
    assert asked(criterion, **{name: True}) == f"Only after {what}"
    assert asked(criterion, **{name: False}) == f"Not after {what}"


@pytest.mark.parametrize(
    ("changes", "size", "leaders", "entries", "missed"),
    [
        ({}, "4 to 12", "1 person", "Session 1 only", "Nobody begins later"),
        ({"least": 12, "leaders": 2}, "12", "2 people", "Session 1 only", "Nobody begins later"),
        (
            {"led_by_women": True, "entries": (1, 5)},
            "4 to 12",
            "1 person, women only",
            "Session 1 or 5",
            "Made up for one to one",
        ),
        (
            {"entries": (1, 5, 9), "rolling": True},
            "4 to 12",
            "1 person",
            "Session 1, 5 or 9",
            "Made up for in the next series",
        ),
        (
            {"entries": tuple(range(1, 13))},
            "4 to 12",
            "1 person",
            "Any session",
            "Made up for one to one",
        ),
        (
            {"dose": Dose(1, 120, 1)},
            "4 to 12",
            "1 person",
            "Session 1 only",
            "Nobody begins later",
        ),
    ],
)
def test_a_series_is_said_in_words(changes, size, leaders, entries, missed):
    terms = replace(STRICT, **changes)

    assert (say_size(terms), say_leaders(terms)) == (size, leaders)
    assert (say_entries(terms), say_made_up_for(terms)) == (entries, missed)
