"""What a request says: everybody it is about, nobody else, why, and what an answer covers."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind, SubjectKind
from cases.rules.requests import (
    COVERS,
    Named,
    Request,
    as_data,
    as_text,
    check_birth_dates,
    check_names,
    check_told,
    missing_from,
    read_request_policy,
    subject_line,
    subject_of_the_email,
)
from staff.errors import RuleBroken

BODY = json.loads((Path(__file__).parents[3] / "cases/policy/requests.json").read_text())["body"]
POLICY = read_request_policy(BODY, 1)
PERSON = Named(SubjectKind.PERSON, "Alex Marsh", date(1990, 5, 4), "4 Example Street, Reading")
CHILD = Named(SubjectKind.CHILD, "Robin Vale", date(2015, 5, 3))
HOME = Named(SubjectKind.ADDRESS, "4 Example Street, Reading")


def request(*subjects, kind=CheckKind.CHILDREN, **facts):
    known = {
        "reference": "EN-0001234-82",
        "on": date(2018, 10, 1),
        "agency": "Reading children's social care",
        "agency_address": "Civic Offices, Reading",
        "kind": kind,
        "asking": POLICY.kinds[kind],
        "subjects": subjects or (PERSON, CHILD, HOME),
        "reply_to": POLICY.reply_to,
    }
    return Request(**known | facts)


def test_each_is_named_with_birth_date_and_address():
    assert [subject_line(one) for one in (PERSON, CHILD, HOME)] == [
        "Person on probation: Alex Marsh, born 4 May 1990, of 4 Example Street, Reading",
        "Child: Robin Vale, born 3 May 2015",
        "Address: 4 Example Street, Reading",
    ]


def test_a_birth_date_nobody_knows_is_said_to_be_unknown():
    assert "date of birth not known" in subject_line(Named(SubjectKind.CHILD, "Robin Vale"))


def test_a_request_says_why_by_what_law_what_is_asked_and_whom_to_answer():
    text = as_text(request())

    asking = POLICY.kinds[CheckKind.CHILDREN]
    for said in (asking.purpose, *asking.legal_basis, *asking.questions, POLICY.reply_to.email):
        assert said in text
    assert "Children Act 2004, section 11" in text
    assert "EN-0001234-82" in text


def test_nothing_known_of_them_is_never_to_be_read_as_nothing_known_of_others():
    assert COVERS in as_text(request())
    assert "says nothing of anybody else" in COVERS


@pytest.mark.parametrize(
    "told, words", [(True, "has been told"), (False, "Please do not tell them"), (None, None)]
)
def test_the_agency_hears_whether_the_person_knows(told, words):
    text = as_text(request(told_person=told))

    assert (words in text) if words else ("been told" not in text)


def test_the_heading_of_the_email_names_nobody():
    assert subject_of_the_email(request()) == "EN-0001234-82: request for information"


def test_a_name_cannot_add_a_line_of_its_own():
    hostile = Named(SubjectKind.CHILD, "Robin\n2. Child: Sam Pool", date(2015, 5, 3))

    numbered = [one for one in as_text(request(PERSON, hostile)).splitlines() if "Child: " in one]

    assert numbered == ["2. Child: Robin 2. Child: Sam Pool, born 3 May 2015"]


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


@given(st.lists(names, min_size=1, max_size=12))
def test_the_letter_and_the_email_are_about_the_same_and_as_many(given_names):
    asked = request(*(Named(SubjectKind.OTHER, name) for name in given_names))

    text, data = as_text(asked), as_data(asked)

    assert f"{len(given_names)} in all" in text
    assert len(data["subjects"]) == len(given_names)
    for row in data["subjects"]:
        assert row["name"] in text


def test_what_is_missing_is_said_without_a_name():
    found = missing_from([PERSON, Named(SubjectKind.CHILD, "Robin"), Named(SubjectKind.OTHER, " ")])

    assert found == ["Child: date of birth not recorded", "Other person: name not recorded"]
    assert missing_from([PERSON, CHILD, HOME]) == []


def test_a_request_about_nobody_or_without_a_name_is_refused():
    with pytest.raises(RuleBroken, match="Nobody is named"):
        check_names([])
    with pytest.raises(RuleBroken, match="name is not recorded"):
        check_names([PERSON, Named(SubjectKind.ADDRESS, "")])
    check_names([PERSON, Named(SubjectKind.CHILD, "Robin")])


def test_a_birth_date_missing_is_refused_unless_somebody_has_thought_about_it():
    with pytest.raises(RuleBroken, match="1 date of birth"):
        check_birth_dates([PERSON, Named(SubjectKind.CHILD, "Robin")])
    check_birth_dates([PERSON, HOME])


def test_whether_the_person_was_told_is_said_and_why_not():
    with pytest.raises(RuleBroken, match="was told"):
        check_told(None, "")
    with pytest.raises(RuleBroken, match="was not told"):
        check_told(False, " ")
    check_told(True, "")
    check_told(False, "It would put a child at risk.")


@pytest.mark.parametrize("kind", CheckKind)
def test_every_kind_has_its_purpose_its_law_and_its_questions(kind):
    asking = POLICY.kinds[kind]

    assert asking.purpose
    assert any("Offender Management Act 2007" in one for one in asking.legal_basis)
    assert len(asking.questions) >= 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body["kinds"].pop("police"),
        lambda body: body["kinds"]["police"].update(purpose=" "),
        lambda body: body["kinds"]["police"].update(questions=[]),
        lambda body: body["kinds"]["police"].update(legal_basis=[""]),
        lambda body: body["reply_to"].pop("email"),
        lambda body: body["kinds"].update(horoscope=body["kinds"]["police"]),
        lambda body: body.clear(),
    ],
)
def test_a_policy_that_leaves_something_out_is_refused(spoil):
    body = deepcopy(BODY)
    spoil(body)

    with pytest.raises(RuleBroken):
        read_request_policy(body, 2)
