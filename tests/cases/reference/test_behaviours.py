import csv
from pathlib import Path

import pytest

from cases.reference.behaviours import SIGNS
from cases.reference.harm import Behaviour, VictimKind

LIST = Path(__file__).parents[3] / "cases" / "codelists" / "offences.csv"
CODES = {row["code"]: row for row in csv.DictReader(LIST.open(encoding="utf-8", newline=""))}
V, S, W, C, D = (
    Behaviour.VIOLENCE,
    Behaviour.SEXUAL,
    Behaviour.WEAPON,
    Behaviour.CHILD,
    Behaviour.DOMESTIC_ABUSE,
)
CHILD, ADULT, STAFF, NOT_SAID = (
    VictimKind.CHILD,
    VictimKind.KNOWN_ADULT,
    VictimKind.STAFF,
    VictimKind.NOT_RECORDED,
)
# What a probation officer would say of each. Classes that have any sign at all, with one offence of each
AS_SAID = {
    "00100": (V, NOT_SAID),
    "00102": (C, CHILD),
    "00200": (V, NOT_SAID),
    "00301": (V, NOT_SAID),  # threats to kill
    "00401": (V, NOT_SAID),
    "00402": (C, CHILD),  # infanticide
    "00407": (C, CHILD),
    "00501": (V, NOT_SAID),
    "00514": (W, NOT_SAID),
    "00602": (V, NOT_SAID),
    "00801": (V, NOT_SAID),  # wounding
    "00806": (V, NOT_SAID),  # actual bodily harm
    "00807": (V, STAFF),
    "00811": (W, NOT_SAID),
    "00826": (W, NOT_SAID),  # a blade
    "00830": (V, ADULT),
    "00831": (V, ADULT),  # restraining order
    "00865": (V, ADULT),  # stalking
    "00867": (D, ADULT),  # coercive control
    "00873": (V, STAFF),  # emergency worker
    "00877": (V, NOT_SAID),
    "01103": (C, CHILD),  # child cruelty
    "01200": (C, CHILD),
    "01302": (C, CHILD),
    "01500": (C, CHILD),
    "01602": (S, NOT_SAID),
    "01625": (S, CHILD),
    "01712": (S, NOT_SAID),
    "01711": (S, CHILD),
    "01811": (S, CHILD),
    "01908": (S, NOT_SAID),  # rape
    "01916": (S, CHILD),
    "02005": (S, NOT_SAID),  # sexual assault
    "02006": (S, CHILD),
    "02110": (S, CHILD),
    "02202": (S, NOT_SAID),
    "02206": (S, CHILD),
    "02304": (S, CHILD),
    "02312": (S, ADULT),
    "02404": (S, CHILD),
    "02418": (S, NOT_SAID),
    "02502": (V, NOT_SAID),
    "02900": (V, NOT_SAID),  # aggravated burglary
    "03100": (V, NOT_SAID),
    "03401": (V, NOT_SAID),  # robbery
    "03402": (V, NOT_SAID),
    "03500": (V, NOT_SAID),
    "03601": (V, NOT_SAID),  # kidnapping
    "05601": (V, NOT_SAID),  # arson
    "05700": (V, NOT_SAID),  # damage endangering life
    "05803": (V, NOT_SAID),
    "05912": (W, NOT_SAID),
    "06401": (V, NOT_SAID),
    "06500": (V, NOT_SAID),
    "06601": (V, NOT_SAID),  # affray
    "06639": (D, ADULT),  # non-molestation order
    "06804": (C, CHILD),
    "06906": (W, NOT_SAID),
    "07002": (S, ADULT),
    "07117": (S, CHILD),
    "07201": (S, NOT_SAID),
    "07307": (S, CHILD),
    "07402": (S, CHILD),
    "07904": (V, NOT_SAID),
    "08135": (W, NOT_SAID),  # a firearm
    "08610": (S, CHILD),
    "08809": (S, NOT_SAID),
    "09925": (V, NOT_SAID),
    "10300": (V, NOT_SAID),
    "10423": (V, STAFF),  # a constable
    "10501": (V, NOT_SAID),  # common assault
    "10504": (V, STAFF),
    "10903": (C, CHILD),
    "11532": (W, NOT_SAID),
    "12511": (V, NOT_SAID),
    "13900": (S, NOT_SAID),
    "19442": (V, STAFF),
    "19512": (V, ADULT),  # stalking
    "19594": (V, ADULT),  # harassment
    "19669": (W, NOT_SAID),
    "19721": (W, NOT_SAID),
    "99701": (D, ADULT),
    "99957": (V, NOT_SAID),
}
NO_SIGN = {
    "00404": "death by dangerous driving",
    "00808": None,
    "02801": "burglary",
    "04600": "shoplifting",
    "05800": "criminal damage",
    "08003": "absconding",
    "09210": "drugs",
    "10433": "resisting a constable",
    "10800": "animals",
    "12512": "harassment, alarm or distress",
    "80300": "drink driving",
    "80701": "disqualified",
}


@pytest.mark.parametrize("code", sorted(AS_SAID))
def test_an_offence_shows_what_an_officer_would_say_it_shows(code):
    sign = SIGNS[code]

    assert (sign.behaviour, sign.victim) == AS_SAID[code]


@pytest.mark.parametrize("code", sorted(code for code, words in NO_SIGN.items() if words))
def test_what_is_not_violent_sexual_armed_abusive_or_about_a_child_shows_nothing(code):
    assert code not in SIGNS


def test_every_class_that_shows_something_is_tried_above():
    assert {code[:3] for code in SIGNS} == {code[:3] for code in AS_SAID}


def test_every_offence_that_shows_something_has_a_rank_and_a_name_within_a_sentence():
    for sign in SIGNS.values():
        assert 1 <= sign.rank <= 9
        assert sign.name == sign.name.strip().lower()


def test_no_row_is_for_a_class_that_the_list_does_not_have():
    assert {code[:3] for code in SIGNS} <= {code[:3] for code in CODES}


@pytest.mark.parametrize("word", ["child under 1", "Rape of", "wounding or GBH", "bodily harm"])
def test_no_offence_that_says_so_itself_is_left_out(word):
    named = {code for code, row in CODES.items() if word in row["name"]}

    assert named
    assert named <= set(SIGNS) | {"00804"}  # harm by furious driving: a matter of driving


def test_a_child_in_the_name_of_a_sexual_offence_is_a_child_who_was_harmed():
    for code, sign in SIGNS.items():
        if sign.behaviour == S and "child" in CODES.get(code, {"name": ""})["name"].lower():
            assert sign.victim == CHILD, code


def test_a_graver_injury_ranks_above_a_lesser_one():
    gravest_first = ["00100", "00501", "00801", "00806", "10501"]

    ranks = [SIGNS[code].rank for code in gravest_first]

    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
