from dataclasses import astuple, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.reference.ogrs3 import Category, Profile, Sex
from grid.reference.ogrs3_offences import OFFENCES
from grid.rules.ogrs3 import SCALES, Inputs, score
from grid.rules.ogrs3_requests import (
    CannotScore,
    Derived,
    Request,
    prepare,
    prepare_derived,
    score_quickly,
)

HENRY = Request(
    sex=Sex.MALE,
    born_on=date(1988, 3, 14),
    convicted_on=date(2018, 3, 13),
    followup_on=date(2018, 3, 14),
    sanctions_total=7,
    age_first_sanction=16,
    offence_code="04600",
)
WORKED_OUT = Derived(Sex.FEMALE, 7, 29, 16, 30, "theft_non_motor")
REQUEST_NAMES = (
    "gender",
    "dateOfBirth",
    "dateOfCurrentConviction",
    "dateAtStartOfFollowupCalculated",
    "totalNumberOfSanctionsForAllOffences",
    "ageAtFirstSanction",
    "currentOffenceCode",
)


def problems_of(facts):
    with pytest.raises(CannotScore) as refusal:
        (prepare if isinstance(facts, Request) else prepare_derived)(facts)
    return refusal.value.problems


def types_of(facts):
    return [problem.type for problem in problems_of(facts)]


def test_each_age_is_taken_on_its_own_date():
    assert prepare(HENRY) == Inputs(Sex.MALE, 7, 29, 16, 30, Category.THEFT_NON_MOTOR)


def test_facts_already_worked_out_are_taken_as_they_are():
    assert prepare_derived(WORKED_OUT) == Inputs(Sex.FEMALE, 7, 29, 16, 30, Category.THEFT_NON_MOTOR)  # fmt: skip


def test_everything_missing_is_one_problem_in_the_order_of_the_form():
    (problem,) = problems_of(Request(None, None, None, None, None, None, None))

    assert problem.type == "MISSING_MANDATORY_INPUT"
    assert problem.message == "Mandatory input field(s) missing"
    assert problem.fields == REQUEST_NAMES
    assert problem.sentence == (
        "Needs: sex, date of birth, date of the current conviction, date the community sentence or release starts, "
        "number of sanctions, age at first sanction, current offence code."
    )


@pytest.mark.parametrize(
    ("attribute", "name"),
    list(zip([field.name for field in fields(Request)], REQUEST_NAMES, strict=True)),
)
def test_one_missing_fact_is_named(attribute, name):
    (problem,) = problems_of(replace(HENRY, **{attribute: None}))

    assert problem.fields == (name,)


def test_the_first_stage_reports_all_it_finds_and_hides_the_second():
    facts = replace(
        HENRY, sex=None, sanctions_total=0, offence_code="999", convicted_on=date(1980, 1, 1)
    )

    assert types_of(facts) == [
        "MISSING_MANDATORY_INPUT",
        "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE",
        "OFFENCE_CODE_INCORRECT_FORMAT",
    ]


def test_the_second_stage_reports_ages_and_offence_together():
    facts = replace(HENRY, convicted_on=date(1997, 3, 14), offence_code="00499")

    young, first, offence = problems_of(facts)
    assert young.type == "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN"
    assert young.message == "Age at current conviction must be 10 or greater"
    assert young.fields == ("dateOfBirth", "dateOfCurrentConviction")
    assert first.type == "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"
    assert first.message == "Age at first sanction must be before age at current conviction"
    assert first.fields == ("dateOfBirth", "dateOfCurrentConviction", "ageAtFirstSanction")
    assert offence.type == "OFFENCE_CODE_MAPPING_NOT_FOUND"
    assert offence.fields == ("currentOffenceCode",)


def test_the_age_at_first_sanction_may_equal_the_age_at_conviction():
    assert prepare(replace(HENRY, age_first_sanction=29)).age_first_sanction == 29


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"convicted_on": date(1988, 3, 14)}, "dateOfCurrentConviction"),
        ({"convicted_on": date(1988, 3, 13)}, "dateOfCurrentConviction"),
        ({"followup_on": date(1988, 3, 14)}, "dateAtStartOfFollowupCalculated"),
    ],
)
def test_a_date_on_or_before_the_birthday_stops_the_calculation(changes, name):
    (problem,) = problems_of(replace(HENRY, **changes))

    assert problem.type == "UNEXPECTED_ERROR"
    assert problem.message == (
        "Unexpected error thrown during calculation, see logs for further details: "
        f"{name} cannot be on or before date of birth."
    )
    assert problem.fields == ()
    assert problem.sentence.endswith("is not after the date of birth. Check both.")


def test_follow_up_under_ten_stops_the_calculation():
    (problem,) = problems_of(replace(HENRY, followup_on=date(1998, 3, 13)))

    assert problem.type == "UNEXPECTED_ERROR"
    assert problem.message.endswith(": Unhandled age: 9")


def test_follow_up_may_begin_before_the_conviction():
    assert prepare(replace(HENRY, followup_on=date(2017, 1, 1))).age_followup == 28


@pytest.mark.parametrize("code", ["08800", "11100", "14100"])
def test_three_codes_need_the_exact_offence(code):
    (problem,) = problems_of(replace(HENRY, offence_code=code))

    assert problem.type == "NEED_DETAILS_OF_EXACT_OFFENCE"
    assert problem.message.startswith("For this group of offences, the OGRS 3 offence category takes different values")  # fmt: skip
    assert problem.sentence.endswith("Record the code of the exact offence.")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("00810", "is not in the offence table"),
        ("ABCDE", "is not in the offence table"),
        ("95003", "has no weight in OGRS3"),
        ("99955", "has no weight in OGRS3"),
    ],
)
def test_a_code_without_a_weight_says_which_and_why(code, why):
    (problem,) = problems_of(replace(HENRY, offence_code=code))

    assert problem.type == "OFFENCE_CODE_MAPPING_NOT_FOUND"
    assert problem.message == f"No offence code to actuarial weighting mapping found for {code}"
    assert why in problem.sentence


@pytest.mark.parametrize("code", ["", "0460", "046000"])
def test_only_the_length_of_a_code_is_its_format(code):
    (problem,) = problems_of(replace(HENRY, offence_code=code))

    assert problem.type == "OFFENCE_CODE_INCORRECT_FORMAT"
    assert problem.message == "Offence code must be a string of 5 digits"


def test_worked_out_facts_are_checked_in_the_same_two_stages():
    assert types_of(Derived(None, 0, 9, 12, 9, "arson")) == [
        "MISSING_MANDATORY_INPUT",
        "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE",
    ]
    assert types_of(Derived(Sex.MALE, 1, 9, 12, 9, "arson")) == [
        "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN",
        "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION",
        "OFFENCE_CODE_MAPPING_NOT_FOUND",
    ]
    assert types_of(replace(WORKED_OUT, age_followup=9)) == ["UNEXPECTED_ERROR"]


def test_a_category_is_needed_unless_a_weight_is_given():
    (problem,) = problems_of(replace(WORKED_OUT, category=None))

    assert problem.fields == ("category",)
    assert prepare_derived(replace(WORKED_OUT, category=None, offence_weight=0.5)).offence_weight == 0.5  # fmt: skip


def test_the_refusal_reads_as_sentences_for_staff():
    with pytest.raises(CannotScore, match="^Needs: date of birth. The number of sanctions counts"):
        prepare(replace(HENRY, born_on=None, sanctions_total=0))


def slowly(facts, profile):
    try:
        result = score(prepare(facts), profile)
    except CannotScore:
        return None
    return result.one_year, result.two_year, result.p1, result.p2


sometimes_missing = {
    "sex": st.sampled_from([*Sex, None]),
    "born_on": st.dates(date(1940, 1, 1), date(2010, 1, 1)) | st.none(),
    "convicted_on": st.dates(date(2005, 1, 1), date(2020, 1, 1)) | st.none(),
    "followup_on": st.dates(date(2005, 1, 1), date(2020, 1, 1)) | st.none(),
    "sanctions_total": st.integers(0, 80) | st.none(),
    "age_first_sanction": st.integers(8, 60) | st.none(),
    "offence_code": st.sampled_from([*OFFENCES, "00810", "046", None]),
}
always_known = {
    name: values.filter(lambda value: value is not None)
    for name, values in sometimes_missing.items()
}


@given(
    st.builds(Request, **sometimes_missing) | st.builds(Request, **always_known),
    st.sampled_from(Profile),
)
def test_a_caseload_is_scored_as_each_person_is_or_not_at_all(facts, profile):
    assert score_quickly(SCALES[profile], *astuple(facts)) == slowly(facts, profile)


@pytest.mark.parametrize(
    ("changes", "scored"),
    [
        ({}, True),
        ({"followup_on": date(1998, 3, 13)}, False),
        ({"convicted_on": date(1998, 3, 13), "age_first_sanction": 9}, False),
        ({"sanctions_total": 0}, False),
        ({"offence_code": "08800"}, False),
        ({"offence_code": "95003"}, False),
        ({"offence_code": None}, False),
        ({"born_on": None}, False),
    ],
)
def test_what_cannot_be_scored_has_no_quick_score(changes, scored):
    quick = score_quickly(SCALES[Profile.OPERATIONAL], *astuple(replace(HENRY, **changes)))

    assert (quick is not None) == scored
