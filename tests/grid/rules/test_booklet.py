"""What sentencers are told: what is offered and may be ordered, each where it belongs, and nothing for staff alone."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from grid.reference.interventions import INTERVENTIONS, Family, Hook
from grid.rules.booklet import as_data, booklet_of
from grid.rules.intervention_policy import read_intervention_policy

SEED = json.loads((Path(__file__).parents[3] / "grid/policy/interventions.json").read_text())
FROM_ON, TODAY = date(2015, 2, 1), date(2018, 10, 2)
PROGRAMMES, ACTIVITIES, WOMEN, ONE_TO_ONE, CHOICE = range(5)


def booklet(organisation="Thames Valley CRC", **changed):
    """By the seeded policy. `changed`: terms by code of intervention."""
    body = deepcopy(SEED["body"])
    for code, terms in changed.items():
        body["terms"][code] |= terms
    return booklet_of(read_intervention_policy(body, version=4), FROM_ON, organisation, TODAY)


def titles(told, part):
    return [entry.title for entry in told.parts[part].entries]


def lines(told, part, title):
    return dict(next(one for one in told.parts[part].entries if one.title == title).lines)


def of_family(family):
    return [one.title for one in INTERVENTIONS.values() if one.family is family]


def test_each_stands_where_a_court_looks_for_it():
    told = booklet()

    assert [part.heading for part in told.parts] == [
        "Accredited programmes",
        "Rehabilitation activity",
        "For women",
        "One to one, where no group fits",
        "By their own choice",
    ]
    assert titles(told, PROGRAMMES) == of_family(Family.ACCREDITED)
    assert titles(told, ACTIVITIES) == [
        "Stepping Stones to Change",
        "Making Amends",
        "Restorative Justice",
        "Mentoring",
        "Education, training and employment",
    ]
    assert titles(told, WOMEN) == of_family(Family.WOMEN)
    assert titles(told, ONE_TO_ONE) == of_family(Family.ONE_TO_ONE)
    assert titles(told, CHOICE) == ["Positive Relationships"]


def test_an_entry_says_for_whom_how_long_how_many_days_and_where():
    told = booklet()

    assert lines(told, ACTIVITIES, "Stepping Stones to Change") == {
        "For": "Men and women",
        "How long": "12 sessions of 2 hours, at least 6 weeks",
        "Days used": "12 at most",
        "Where": "Wherever there is a room",
    }
    assert lines(told, PROGRAMMES, "Resolve") == {
        "For": "Men, after a violent offence, though not after violence to a partner",
        "How long": "24 sessions of 2 hours, at least 12 weeks",
        "Where": "Oxford office, Milton Keynes office and Reading office",
    }


def test_what_is_for_women_alone_says_how_they_come_to_it():
    how = lines(booklet(), WOMEN, "HEAL")["How"]

    assert how == "Rehabilitation activity requirement or by their own choice"


def test_what_is_not_offered_is_not_told_of():
    told = booklet(resolve={"offered": False}, mentoring={"offered": False})

    assert "Resolve" not in titles(told, PROGRAMMES)
    assert "Mentoring" not in str(told)


def test_a_part_of_which_none_is_offered_has_no_entries():
    told = booklet(positive_relationships={"offered": False})

    assert told.parts[CHOICE].entries == ()


@pytest.mark.parametrize("hooks", [["licence"], ["pss"], ["licence", "pss"]])
def test_what_only_a_licence_can_ask_is_nothing_a_court_orders(hooks):
    only = {"hooks": hooks, "days_counted": False}

    told = booklet(resolve=only, stepping_stones=only, heal=only, thinking_one_to_one=only)

    found = [title for part in range(5) for title in titles(told, part)]
    assert not {
        "Resolve", "Stepping Stones to Change", "HEAL", "Thinking skills, one to one",
    } & set(found)  # fmt: skip
    assert len(found) == len(INTERVENTIONS) - 4


def test_what_may_be_ordered_and_asked_for_besides_is_named():
    told = booklet()
    both = [
        one.title
        for code, one in INTERVENTIONS.items()
        if {"rar", "voluntary"} <= set(SEED["body"]["terms"][code]["hooks"])
        and one.family is not Family.ONE_TO_ONE
    ]

    assert len(both) > 1
    assert told.parts[CHOICE].foot.endswith(f"ask for: {'; '.join(both)}.")


def test_nothing_may_be_asked_for_where_nothing_voluntary_is_offered():
    without = {
        code: {"hooks": [hook for hook in terms["hooks"] if hook != Hook.VOLUNTARY] or ["licence"]}
        for code, terms in SEED["body"]["terms"].items()
    }

    told = booklet(**without)

    assert (told.parts[CHOICE].entries, told.parts[CHOICE].foot) == ((), "")


def test_neither_skills_prices_scores_nor_sources_are_told():
    kept = {
        code: {
            "skill": "Qzxskill",
            "price_pence": 987_600,
            "notes": "Qzxnotes",
            "from_percent": 37,
            "to_percent": 93,
        }
        for code in INTERVENTIONS
    }

    said = json.dumps(as_data(booklet(**kept)))

    for word in ("Qzx", "9,876", "£", "37", "93", "OGRS", "HMIP", "policy/"):
        assert word not in said


def test_it_says_by_whom_when_and_under_which_policy_and_that_this_is_theirs():
    told = booklet()

    assert told.made == "Thames Valley CRC, 2 October 2018, policy version 4"
    assert "Thames Valley CRC" in told.lead
    assert "version 4, in force from 1 February 2015" in told.notes[0]
    assert "none of it is an official criterion" in told.notes[0]


def test_without_a_name_of_the_provider_it_still_reads():
    told = booklet(organisation="")

    assert told.made == "2 October 2018, policy version 4"
    assert told.lead.endswith("of this provider.")
