import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.reference.ogrs3 import Category, Profile
from grid.rules.ogrs3 import score
from grid.rules.ogrs3_documents import answer, read
from grid.rules.ogrs3_requests import CannotScore

DATED = {
    "gender": "FEMALE",
    "dateOfBirth": "1988-03-14",
    "dateOfCurrentConviction": "2018-03-13",
    "dateAtStartOfFollowupCalculated": "2018-03-14",
    "totalNumberOfSanctionsForAllOffences": 7,
    "ageAtFirstSanction": 16,
    "currentOffenceCode": "04600",
}
WORKED_OUT = {
    "sex": "F",
    "sanctions_total": 7,
    "age_conviction": 29,
    "age_first_sanction": 16,
    "age_followup": 30,
    "category": "theft_non_motor",
}


def errors_of(document):
    with pytest.raises(CannotScore) as refusal:
        answer(document)
    return [problem.as_json() for problem in refusal.value.problems]


def test_an_answer_has_both_percentages_the_band_and_both_chances():
    result = score(read(DATED)[0])

    assert answer(DATED) == {
        "one_year": result.one_year,
        "two_year": result.two_year,
        "band": result.band,
        "p1": result.p1,
        "p2": result.p2,
    }


def test_the_two_forms_of_the_same_facts_have_the_same_answer():
    assert answer(DATED) == answer(WORKED_OUT)


@pytest.mark.parametrize("document", [DATED, WORKED_OUT])
def test_the_profile_is_operational_unless_another_is_named(document):
    assert answer(document) == answer(document | {"profile": "operational"})
    assert answer(document)["p2"] != answer(document | {"profile": "published"})["p2"]
    assert read(document | {"profile": "published"})[1] == Profile.PUBLISHED


@pytest.mark.parametrize("category", [8, "8", "theft_non_motor", "Theft (Non-motor)", "THEFT_NON_MOTOR"])  # fmt: skip
def test_a_category_is_a_number_a_name_or_a_label(category):
    assert read(WORKED_OUT | {"category": category})[0].category == Category.THEFT_NON_MOTOR


@pytest.mark.parametrize("category", [-1, 20, "arson", "", True, [], {"a": 1}])
def test_a_category_that_is_none_of_these_is_not_found(category):
    (error,) = errors_of(WORKED_OUT | {"category": category})

    assert error["type"] == "OFFENCE_CODE_MAPPING_NOT_FOUND"
    assert error["fields"] == ["category"]


@pytest.mark.parametrize("gender", ["UNKNOWN", "", "N", 1, [], None])
def test_any_other_gender_counts_as_missing(gender):
    (error,) = errors_of(DATED | {"gender": gender})

    assert error == {
        "type": "MISSING_MANDATORY_INPUT",
        "message": "Mandatory input field(s) missing",
        "fields": ["gender"],
    }


def test_an_empty_request_lacks_every_field_of_the_dated_form():
    (error,) = errors_of({})

    assert error["fields"] == list(DATED)


def test_fields_nobody_asked_for_are_passed_over():
    assert answer(DATED | {"crn": "X123456"}) == answer(DATED)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("dateOfBirth", "1988-02-30", "must be a date written YYYY-MM-DD"),
        ("dateOfBirth", "19880314", "must be a date written YYYY-MM-DD"),
        ("dateOfBirth", "1988-W11-1", "must be a date written YYYY-MM-DD"),
        ("dateOfBirth", 19880314, "must be a date written YYYY-MM-DD"),
        ("totalNumberOfSanctionsForAllOffences", "7", "must be a whole number"),
        ("totalNumberOfSanctionsForAllOffences", 7.5, "must be a whole number"),
        ("totalNumberOfSanctionsForAllOffences", True, "must be a whole number"),
        ("totalNumberOfSanctionsForAllOffences", 10**400, "must be a whole number"),
        ("ageAtFirstSanction", -1, "cannot be less than 0"),
        ("profile", "oasys", "must be one of: operational, published"),
        ("profile", [], "must be one of: operational, published"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_name(name, value, reason):
    (error,) = errors_of(DATED | {name: value})

    assert error == {"type": "INVALID_VALUE", "message": f"{name} {reason}", "fields": [name]}


def test_every_value_that_cannot_be_read_is_named_before_anything_else():
    errors = errors_of({"age_conviction": "x", "age_followup": 3.5, "sanctions_total": 0})

    assert [error["fields"] for error in errors] == [["age_conviction"], ["age_followup"]]


@pytest.mark.parametrize("weight", ["0.5", True, float("nan"), float("inf"), 11, 10**400])
def test_a_weight_is_a_number_of_sensible_size(weight):
    (error,) = errors_of(WORKED_OUT | {"offence_weight": weight})

    assert error["fields"] == ["offence_weight"]


@pytest.mark.parametrize("document", [[], "text", 1, None])
def test_a_request_is_an_object(document):
    (error,) = errors_of(document)

    assert error["type"] == "UNREADABLE_REQUEST"


def outcome_of(document):
    try:
        return answer(document)["two_year"]
    except CannotScore as refusal:
        return str(refusal)


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("0918-MFé ", max_size=11)
    | st.dates().map(str)
    | st.sampled_from(["MALE", "published", "other"])
)


@given(
    st.sampled_from([DATED, WORKED_OUT]),
    st.dictionaries(
        st.sampled_from([*DATED, *WORKED_OUT, "profile", "offence_weight"]),
        st.lists(values, max_size=2) | values,
    ),
)
def test_whatever_is_asked_there_is_a_score_or_a_reason(document, changes):
    outcome = outcome_of(document | changes)

    assert outcome in range(1, 100) if isinstance(outcome, int) else outcome.endswith(".")
