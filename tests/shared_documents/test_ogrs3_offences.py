"""Our table of offence codes against the Ministry's own map, code by code."""

import csv
import json

import pytest

from grid.reference.ogrs3 import CATEGORY_LABELS, COEFFICIENTS, Category, Profile
from grid.reference.ogrs3_offences import OFFENCES
from grid.rules.ogrs3_documents import answer, read
from grid.rules.ogrs3_requests import CannotScore
from tests.shared_documents.conftest import SHARED

MAP = json.loads((SHARED / "data" / "ogrs3_offence_map.json").read_text(encoding="utf-8"))
THEIRS = {code: category for category, codes in MAP["categories"].items() for code in codes}
EVERY_CODE = [f"{number:05}" for number in range(100_000)]
REQUEST = {
    "gender": "MALE",
    "dateOfBirth": "1984-02-29",
    "dateOfCurrentConviction": "2018-03-01",
    "dateAtStartOfFollowupCalculated": "2018-03-01",
    "totalNumberOfSanctionsForAllOffences": 4,
    "ageAtFirstSanction": 17,
}
REFUSALS = {
    "NEED_DETAILS": "NEED_DETAILS_OF_EXACT_OFFENCE",
    "NO_WEIGHTING": "OFFENCE_CODE_MAPPING_NOT_FOUND",
}


def rows(name):
    with (SHARED / "data" / "refdata" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome_of(code):
    """The category that a request with this code is scored in, or the type of the refusal."""
    try:
        return read(REQUEST | {"currentOffenceCode": code})[0].category
    except CannotScore as refusal:
        (problem,) = refusal.problems
        return problem.type


def test_every_code_of_theirs_is_in_its_category_and_there_is_no_other():
    assert len(THEIRS) == MAP["count"] == 3_028
    assert THEIRS == OFFENCES


def test_every_code_is_scored_in_its_category_or_refused_for_its_reason():
    wrong = [
        code
        for code, category in THEIRS.items()
        if outcome_of(code) != REFUSALS.get(category, category)
    ]
    assert wrong == []


def test_every_other_code_is_not_found():
    others = [code for code in EVERY_CODE if code not in THEIRS]

    assert len(others) == 100_000 - len(THEIRS)
    assert {outcome_of(code) for code in others} == {"OFFENCE_CODE_MAPPING_NOT_FOUND"}


def test_the_code_is_named_when_it_is_not_found():
    with pytest.raises(CannotScore) as refusal:
        answer(REQUEST | {"currentOffenceCode": "00810"})

    assert refusal.value.problems[0].message == "No offence code to actuarial weighting mapping found for 00810"  # fmt: skip


@pytest.mark.parametrize("profile", Profile)
def test_every_category_has_their_weight(profile):
    ours = dict(zip(Category, COEFFICIENTS[profile].offence, strict=True))

    assert ours == MAP[f"weights_{profile}"]


def test_the_offences_of_ndelius_agree_wherever_both_know_the_code():
    known = {
        row["code"]: row["ogrs3_category"] for row in rows("offences.csv") if row["ogrs3_category"]
    }

    assert {code: OFFENCES.get(code) for code in known} == known
    assert len(known) == 3_028  # fmt: skip


def test_categories_are_labelled_as_in_ndelius():
    assert {row["code"]: row["description"] for row in rows("ogrs_offence_categories.csv")} == CATEGORY_LABELS  # fmt: skip
