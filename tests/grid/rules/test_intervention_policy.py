"""The seeded policy on interventions says what the report says of each; a policy that cannot be is refused in words."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from cases.management.demo.offices import SITES
from cases.models import Policy
from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from grid.reference.interventions import INTERVENTIONS, Family, Hook
from grid.rules.intervention_policy import Dose, GroupsPolicy, read_intervention_policy
from grid.rules.policy_since import PARTS, TERMS, completed
from grid.rules.waiting_policy import WaitingPolicy
from staff.errors import RuleBroken

SEED = json.loads((Path(__file__).parents[3] / "grid/policy/interventions.json").read_text())
POLICY = read_intervention_policy(SEED["body"], version=1)
RESOLVE = "resolve"


def with_terms(code=RESOLVE, **changed):
    """The seeded body, with these terms of one intervention instead of its own."""
    body = deepcopy(SEED["body"])
    body["terms"][code] |= changed
    return body


def without(name):
    body = deepcopy(SEED["body"])
    del body["terms"][RESOLVE][name]
    return body


def test_the_seed_has_terms_for_the_whole_catalogue():
    assert list(POLICY.terms) == list(INTERVENTIONS)
    assert (POLICY.version, POLICY.answer_working_days) == (1, 5)
    assert all(terms.offered for terms in POLICY.terms.values())


@pytest.mark.parametrize(
    ("code", "sex", "from_percent", "partner_violence", "violence", "hooks", "dose"),
    [
        ("building_better_relationships", Sex.MALE, 0, True, None, (Hook.PROGRAMME, Hook.LICENCE), Dose(24, 120, 2)),
        ("thinking_skills_programme", None, 50, None, None, (Hook.PROGRAMME, Hook.LICENCE), Dose(19, 120, 2)),
        ("resolve", Sex.MALE, 50, False, True, (Hook.PROGRAMME, Hook.LICENCE), Dose(24, 120, 2)),
        ("stepping_stones", None, 25, None, None, (Hook.RAR, Hook.LICENCE, Hook.PSS), Dose(12, 120, 2)),
        ("positive_relationships", Sex.MALE, 0, True, None, (Hook.VOLUNTARY,), Dose(8, 120, 1)),
        ("restorative_justice", None, 0, False, None, (Hook.RAR, Hook.VOLUNTARY), Dose(4, 90, 1)),
    ],
)  # fmt: skip
def test_the_seed_asks_what_is_published_or_said_to_be_local(
    code, sex, from_percent, partner_violence, violence, hooks, dose
):
    terms = POLICY.terms[code]

    assert (terms.sex, terms.from_percent) == (sex, from_percent)
    assert (terms.partner_violence, terms.violence) == (partner_violence, violence)
    assert (terms.hooks, terms.dose) == (hooks, dose)


def test_nobody_above_medium_comes_and_every_figure_says_where_it_is_from():
    """The CRC holds low and medium."""
    for terms in POLICY.terms.values():
        assert terms.harm_up_to is Rosh.MEDIUM
        assert "ublished" in terms.notes


def test_what_is_for_women_is_for_women_alone_one_to_one_too():
    for_women = {code for code, terms in POLICY.terms.items() if terms.sex is Sex.FEMALE}

    assert for_women == {
        *(code for code, one in INTERVENTIONS.items() if one.family is Family.WOMEN),
        "heal_one_to_one",
        "thinking_ahead_one_to_one",
    }


@pytest.mark.parametrize("one", [one for one in INTERVENTIONS.values() if one.equal_to])
def test_one_to_one_asks_what_the_group_asks(one):
    alone, group = POLICY.terms[one.code], POLICY.terms[one.equal_to]

    assert (alone.sex, alone.needs, alone.from_percent) == (
        group.sex,
        group.needs,
        group.from_percent,
    )
    assert alone.skill == group.skill


def test_sessions_count_as_days_where_a_rar_may_bring_somebody():
    counted = {code for code, terms in POLICY.terms.items() if terms.days_counted}

    assert counted == {code for code, terms in POLICY.terms.items() if Hook.RAR in terms.hooks}


def test_sites_are_offices_as_the_demonstration_calls_them():
    offices = {f"{site.name} office" for site in SITES}
    named = {site for terms in POLICY.terms.values() for site in terms.sites}

    assert named
    assert named <= offices


def test_the_seed_fits_where_it_is_kept():
    assert len(SEED["source"]) <= Policy._meta.get_field("source").max_length


def test_the_seed_says_how_long_anybody_travels_waits_and_is_waited_for():
    assert POLICY.waiting == WaitingPolicy(
        version=1, most_minutes=90, notice_days=3, soon_weeks=4, pressing_weeks=4
    )
    assert POLICY.groups == GroupsPolicy(most_late_minutes=15, keep_place_days=5, recent_weeks=26)


@pytest.mark.parametrize(
    ("code", "least", "most", "leaders", "must_finish", "entries", "rolling"),
    [
        ("building_better_relationships", 4, 10, 2, True, (1,), False),
        ("thinking_skills_programme", 4, 10, 2, True, (1,), False),
        ("resolve", 4, 10, 2, True, (1,), False),
        ("stepping_stones", 4, 12, 1, False, (1, 5, 9), True),
        ("making_amends", 4, 12, 1, False, (1,), False),
        ("ete", 4, 12, 1, False, (1, 2, 3, 4, 5, 6, 7, 8), True),
        ("womens_workshop", 4, 12, 1, False, (1, 2, 3, 4, 5, 6), True),
        ("mentoring", 1, 1, 1, False, (1,), False),
        ("restorative_justice", 1, 1, 1, False, (1,), False),
        ("heal_one_to_one", 1, 1, 1, False, (1,), False),
    ],
)  # fmt: skip
def test_the_seed_says_how_many_sit_together_who_leads_and_when_somebody_may_begin(
    code, least, most, leaders, must_finish, entries, rolling
):
    terms = POLICY.terms[code]

    assert (terms.least, terms.most, terms.leaders) == (least, most, leaders)
    assert (terms.must_finish, terms.entries, terms.rolling) == (must_finish, entries, rolling)


def test_what_is_for_women_is_led_by_women_with_women_alone():
    for terms in POLICY.terms.values():
        assert terms.led_by_women is terms.women_only is (terms.sex is Sex.FEMALE)


def test_one_to_one_is_with_one_person_and_one_leader():
    alone = [POLICY.terms[code] for code, one in INTERVENTIONS.items() if one.one_to_one]

    assert len(alone) == 7
    assert {(terms.least, terms.most, terms.leaders) for terms in alone} == {(1, 1, 1)}


def from_before_groups():
    """The seeded body as it was when nothing was booked into a group yet."""
    body = deepcopy(SEED["body"])
    del body["waiting"], body["groups"]
    for said in body["terms"].values():
        for name in TERMS:
            del said[name]
    return body


def test_a_version_from_before_there_were_groups_is_read_as_the_first_figures_have_them():
    body = from_before_groups()
    body["answer_working_days"], body["terms"][RESOLVE]["price_pence"] = 3, 1

    policy = read_intervention_policy(body, version=7)

    assert (policy.answer_working_days, policy.terms[RESOLVE].price_pence) == (3, 1)
    assert policy.waiting == replace(POLICY.waiting, version=7)
    assert policy.groups == POLICY.groups
    assert {code: replace(terms, price_pence=0) for code, terms in policy.terms.items()} == {
        code: replace(terms, price_pence=0) for code, terms in POLICY.terms.items()
    }


def test_nothing_is_taken_for_said_but_what_did_not_exist():
    body = from_before_groups()

    assert set(completed(body)) - set(body) == set(PARTS) == {"waiting", "groups"}
    for code, said in completed(body)["terms"].items():
        assert set(said) - set(body["terms"][code]) == set(TERMS)
    del body["terms"][RESOLVE]["skill"]
    with pytest.raises(RuleBroken, match="^Resolve: nothing is said of skill"):
        read_intervention_policy(body, version=2)


def test_what_an_older_version_says_itself_is_left_as_it_is():
    assert completed(SEED["body"]) == SEED["body"]
    body = from_before_groups()
    body["terms"]["ete"]["entries"] = [1, 3]
    body["waiting"] = SEED["body"]["waiting"] | {"notice_days": 10}

    policy = read_intervention_policy(body, version=2)

    assert policy.terms["ete"].entries == (1, 3)
    assert policy.waiting.notice_days == 10


def test_an_older_version_with_other_sessions_is_joined_at_its_first():
    """The numbers of the first figures are of twelve sessions: among eight, session 9 is none."""
    body = from_before_groups()
    body["terms"]["stepping_stones"]["dose"]["sessions"] = 8

    assert read_intervention_policy(body, version=2).terms["stepping_stones"].entries == (1,)


def test_codes_are_read_once_each_and_in_their_order():
    body = with_terms(
        hooks=["licence", "programme", "licence"],
        needs=["attitudes", "ete", "attitudes"],
        sites=[" Reading office", "Oxford office", "Reading office"],
    )
    terms = read_intervention_policy(body, version=2).terms[RESOLVE]

    assert terms.hooks == (Hook.PROGRAMME, Hook.LICENCE)
    assert terms.needs == (NeedArea.ETE, NeedArea.ATTITUDES)
    assert terms.sites == ("Reading office", "Oxford office")


@pytest.mark.parametrize(("sessions", "a_week", "weeks"), [(1, 1, 1), (19, 2, 10), (24, 2, 12)])
def test_a_dose_takes_whole_weeks(sessions, a_week, weeks):
    assert Dose(sessions, 120, a_week).weeks == weeks


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, "says nothing about any of them"),
        (SEED["body"] | {"terms": {"resolve": None}}, "says nothing about: Building"),
        (SEED["body"] | {"waiting": {"most_minutes": 90}}, "part on waiting must say most minutes, notice days, soon weeks and pressing weeks, and nothing else"),
        (SEED["body"] | {"groups": 5}, "part on groups must say"),
        (SEED["body"] | {"groups": SEED["body"]["groups"] | {"biscuits": 1}}, "part on groups must say .* nothing else"),
        (SEED["body"] | {"groups": SEED["body"]["groups"] | {"recent_weeks": 0}}, "recent weeks must be a whole number from 1 to 104, not 0"),
        ({"answer_working_days": 5, "terms": []}, "says nothing about any of them"),
        (SEED["body"] | {"answer_working_days": 0}, "working days to answer must be a whole number from 1 to 20, not 0"),
        (SEED["body"] | {"answer_working_days": "5"}, "working days to answer"),
        ({"terms": SEED["body"]["terms"]}, "working days to answer .* not None"),
        (SEED["body"] | {"terms": SEED["body"]["terms"] | {"juggling": {}}}, "no intervention called juggling"),
    ],
)  # fmt: skip
def test_a_policy_that_is_not_of_the_catalogue_is_refused(body, refusal):
    with pytest.raises(RuleBroken, match=refusal):
        read_intervention_policy(body, version=2)


def test_what_is_left_out_is_named_as_staff_know_it():
    body = deepcopy(SEED["body"])
    del body["terms"]["heal"], body["terms"]["womens_workshop"]

    with pytest.raises(RuleBroken, match="The policy says nothing about: HEAL; Women's Workshop."):
        read_intervention_policy(body, version=2)


@pytest.mark.parametrize("name", sorted(set(SEED["body"]["terms"][RESOLVE]) - set(TERMS)))
def test_each_of_the_terms_must_be_there(name):
    said = name.replace("_", " ")

    with pytest.raises(RuleBroken, match=f"^Resolve: nothing is said of {said}"):
        read_intervention_policy(without(name), version=2)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"offered": "yes"}, "offered must be yes or no"),
        ({"hooks": ["by_force"]}, "hooks cannot be 'by_force'"),
        ({"hooks": "rar"}, "hooks must be a list"),
        ({"hooks": []}, "say by what somebody may be required, or asked, to come"),
        ({"sex": "X"}, "sex cannot be 'X'"),
        ({"sex": "N"}, "sex is men, women or anybody"),
        ({"needs": ["money"]}, "needs cannot be 'money'"),
        ({"needs": [["thinking"]]}, "needs cannot be"),
        ({"from_percent": -1}, "from percent must be a whole number from 0 to 99"),
        ({"from_percent": 50.5}, "from percent must be a whole number"),
        ({"to_percent": 101}, "to percent must be a whole number from 1 to 100"),
        ({"from_percent": 50, "to_percent": 50}, "must be higher than the one it starts from"),
        ({"harm_up_to": "high"}, "harm up to cannot be 'high'"),
        ({"partner_violence": "no"}, "partner violence must be yes or no"),
        ({"violence": 1}, "violence must be yes or no"),
        ({"days_counted": None}, "days counted must be yes or no"),
        ({"days_counted": True}, "only where a RAR may bring somebody"),
        ({"dose": 24}, "its dose cannot be read"),
        ({"dose": {"sessions": 24, "minutes": 120}}, "nothing is said of a week"),
        ({"dose": {"sessions": 0, "minutes": 120, "a_week": 2}}, "sessions must be a whole number from 1 to 120"),
        ({"dose": {"sessions": True, "minutes": 120, "a_week": 2}}, "sessions must be a whole number"),
        ({"dose": {"sessions": 24, "minutes": 14, "a_week": 2}}, "minutes must be a whole number from 15 to 480"),
        ({"dose": {"sessions": 24, "minutes": 481, "a_week": 2}}, "minutes must be"),
        ({"dose": {"sessions": 24, "minutes": 120, "a_week": 8}}, "sessions a week must be a whole number from 1 to 7"),
        ({"sites": ["Oxford office", "  "]}, "sites must have a name each"),
        ({"sites": "Oxford office"}, "sites must be a list"),
        ({"skill": None}, "skill must be words"),
        ({"notes": "x" * 301}, "notes must be words, of 300 letters at most"),
        ({"price_pence": -1}, "price in pence must be a whole number from 0"),
        ({"least": 0}, "least must be a whole number from 1 to 30"),
        ({"most": 31}, "most must be a whole number from 1 to 30"),
        ({"least": 11}, "least people with whom it begins must not be more than it holds"),
        ({"leaders": 5}, "leaders must be a whole number from 1 to 4"),
        ({"led_by_women": None}, "led by women must be yes or no"),
        ({"women_only": True}, "a series for women alone is of what is for women"),
        ({"entries": []}, "may always begin with session 1"),
        ({"entries": [2, 3]}, "may always begin with session 1"),
        ({"entries": 1}, "entries must be a list"),
        ({"entries": [1, "5"]}, "entries must be a whole number"),
        ({"entries": [1, 25]}, "nobody can begin with session 25, for it has 24"),
        ({"rolling": 1}, "rolling must be yes or no"),
        ({"must_finish": "no"}, "must finish must be yes or no"),
        ({"colour": "blue"}, "its terms cannot say anything of colour"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused_in_words_that_begin_with_whose_they_are(changed, refusal):
    with pytest.raises(RuleBroken, match=f"^Resolve: .*{refusal}"):
        read_intervention_policy(with_terms(**changed), version=2)


def test_what_is_not_offered_needs_no_way_to_come():
    policy = read_intervention_policy(with_terms(offered=False, hooks=[]), version=2)

    assert not policy.terms[RESOLVE].offered


@pytest.mark.parametrize("code", ["heal", "heal_one_to_one"])
@pytest.mark.parametrize("changed", [{"sex": None}, {"sex": "M"}, {"women_only": False}])
def test_what_is_for_women_cannot_be_opened_to_men(code, changed):
    with pytest.raises(RuleBroken, match="the catalogue has it for women alone"):
        read_intervention_policy(with_terms(code, **changed), version=2)


def test_one_to_one_cannot_be_with_two():
    with pytest.raises(RuleBroken, match="one to one is with one person"):
        read_intervention_policy(with_terms("work_one_to_one", most=2), version=2)


def test_entries_are_read_once_each_and_the_smallest_first():
    body = with_terms(entries=[13, 1, 7, 13])

    assert read_intervention_policy(body, version=2).terms[RESOLVE].entries == (1, 7, 13)


@pytest.mark.parametrize("code", [code for code, one in INTERVENTIONS.items() if one.family is not Family.ACCREDITED])  # fmt: skip
def test_a_programme_requirement_brings_nobody_to_what_is_not_accredited(code):
    hooks = [*SEED["body"]["terms"][code]["hooks"], "programme"]

    with pytest.raises(RuleBroken, match="to accredited programmes alone"):
        read_intervention_policy(with_terms(code, hooks=hooks), version=2)
