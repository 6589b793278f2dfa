import json
from dataclasses import replace

from hypothesis import given

from cases.reference.codes import Part, Rosh
from grid.rules.evidence import evidence
from grid.rules.facts import Registered
from grid.rules.placement import place
from tests.grid.facts import ALEX, POLICY, harmful, people, scored


def kept(facts):
    return evidence(facts, place(facts, POLICY))


def test_each_fact_is_kept_with_its_date_and_source():
    facts = kept(replace(ALEX, ogrs3=scored("62.00")))

    assert facts["harm"] == [
        {"level": "RLRH", "on": "2018-05-08", "source": "nDelius register", "counts": True}
    ]
    assert facts["ogrs3"] == {
        "percent": 62,
        "on": "2018-05-03",
        "source": "OASys",
        "profile": "",
        "inputs": None,
    }


def test_a_score_of_ours_keeps_its_inputs():
    assert kept(ALEX)["ogrs3"]["inputs"] == {
        "sex": "M",
        "sanctions_total": 4,
        "age_conviction": 28,
        "age_first_sanction": 19,
        "age_followup": 28,
        "category": "violence",
    }


def test_which_facts_counted_is_kept_beside_those_that_did_not():
    abuse = Registered("ADVP", part=Part.SOURCE)
    victim = Registered("ADVV", part=Part.AT_RISK)
    older = harmful(Rosh.MEDIUM, on=None)
    facts = kept(replace(ALEX, registers=(victim, abuse), harms=ALEX.harms + older))

    assert [(each["code"], each["counts"]) for each in facts["registers"]] == [
        ("ADVP", True),
        ("ADVV", False),
    ]
    assert [(each["level"], each["counts"]) for each in facts["harm"]] == [
        ("RMRH", True),
        ("RLRH", False),
    ]


@given(people)
def test_the_evidence_of_anybody_comes_back_from_json_as_it_went(person):
    facts = kept(person)

    assert json.loads(json.dumps(facts)) == facts
