"""Restrictions read for many cases, orders whose terms nobody has seen, and what the strip says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import LicenceCondition
from cases.queries.header import case_header
from cases.queries.restrictions import restrictions_of, terms_not_seen
from cases.rules.geometry import Zone
from tests.factories import (
    TODAY,
    CaseFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
OUTLINE = {"rings": [[[1, 1], [9, 1], [9, 9]]]}


def condition(case, category="Freedom of movement", **given):
    given = {"text": "Not to enter.", "from_on": TODAY} | given
    return LicenceCondition.objects.create(
        sentence=SentenceFactory(case=case), category=category, **given
    )


def exclusion(case, **given):
    given = {"main_code": "X", "main_name": "Exclusion", "active": True} | given
    return RequirementFactory(sentence__case=case, **given)


def facts(case, user=None):
    header = case_header(case, user or case.officer, TODAY)
    return [f"{one.lead} {one.text}".strip() for one in header.facts]


def test_a_restriction_is_read_with_its_areas_and_whom_it_protects():
    case = CaseFactory()
    person = RelatedPersonFactory(case=case)
    area = RestrictedAreaFactory(restriction__case=case, restriction__protects=person, buffer=20)
    RestrictedAreaFactory(restriction=area.restriction, shape="polygon", outline=OUTLINE)

    (one,) = restrictions_of([case], TODAY)[case.pk]

    assert (one.id, one.case, one.kind, one.terms) == (
        area.restriction_id, case.pk, "restraining", "areas",
    )  # fmt: skip
    assert one.zones == (Zone("circle", area.outline, 20), Zone("polygon", OUTLINE, 0))
    assert one.protected == person.pk
    assert one.copy_seen == TODAY


def test_only_what_holds_on_one_of_the_days_is_read():
    case = CaseFactory()
    RestrictionFactory(case=case, to_on=TODAY)
    RestrictionFactory(case=case, from_on=TODAY + 5 * DAY)
    RestrictionFactory(case=case, ended_on=TODAY, ended_because="Discharged")

    assert len(restrictions_of([case.pk], TODAY)[case.pk]) == 2
    assert len(restrictions_of([case.pk], TODAY, TODAY)[case.pk]) == 1
    assert restrictions_of([case.pk], TODAY + DAY, TODAY + 4 * DAY) == {}


@pytest.mark.parametrize("number", [5, 60])
def test_many_cases_are_read_in_as_many_statements_as_one(number):
    cases = [CaseFactory() for _ in range(number)]
    for case in cases:
        RestrictedAreaFactory(restriction__case=case)
        RegistrationFactory(case=case, type_code="SOPS")
        exclusion(case)
        condition(case)

    with CaptureQueriesContext(
        connection,
    ) as read:
        found = restrictions_of(cases, TODAY)
    with CaptureQueriesContext(connection) as unseen:
        missing = terms_not_seen(cases, TODAY)

    assert len(found) == len(missing) == number
    assert (len(read), len(unseen)) == (2, 4)


def test_terms_are_not_seen_where_that_is_recorded():
    case = CaseFactory()
    RestrictionFactory(case=case, terms="not_seen", prohibits="")

    assert terms_not_seen([case], TODAY) == {
        case.pk: ["Restraining order: its terms have not been seen."]
    }


@pytest.mark.parametrize("code", ["RSTO", "SHPO", "SOPS", "SPO"])
def test_a_register_of_an_order_has_terms_not_seen_until_a_restriction_answers_it(code):
    case = CaseFactory()
    entry = RegistrationFactory(case=case, type_code=code)
    assert "no restriction is recorded" in terms_not_seen([case], TODAY)[case.pk][0]

    RestrictionFactory(case=case, kind="other", registration=entry)

    assert terms_not_seen([case], TODAY) == {}


def test_an_exclusion_and_a_condition_that_keeps_away_have_terms_not_seen():
    case = CaseFactory()
    exclusion(case)
    condition(case)
    condition(case, "Curfew arrangement")

    assert terms_not_seen([case], TODAY)[case.pk] == [
        "Exclusion, a requirement of the order: no restriction is recorded, so its terms have not been seen.",
        "Freedom of movement, a condition of the licence: no restriction is recorded, so its terms have not been "
        "seen.",
    ]


def test_what_has_ended_on_the_record_asks_for_nothing():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code="RSTO", active=False)
    exclusion(case, terminated_on=TODAY)
    condition(case, to_on=TODAY - DAY)
    exclusion(case, sentence__terminated_on=TODAY)

    assert terms_not_seen([case], TODAY) == {}


def test_one_that_has_run_out_answers_nothing_while_the_register_stands():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code="RSTO")
    RestrictionFactory(case=case, from_on=TODAY - 9 * DAY, to_on=TODAY - DAY)

    assert case.pk in terms_not_seen([case], TODAY)


# The strip


def test_the_strip_says_what_an_order_forbids_and_until_when():
    case = CaseFactory()
    RestrictionFactory(case=case, to_on=date(2019, 5, 3))

    assert facts(case)[0] == (
        "Must not contact a former partner in any way (restraining order, until 3 May 2019)."
    )


def test_one_to_come_ended_or_run_out_is_not_on_the_strip():
    case = CaseFactory()
    RestrictionFactory(case=case, from_on=TODAY + DAY)
    RestrictionFactory(case=case, from_on=TODAY - 9 * DAY, to_on=TODAY - DAY)
    RestrictionFactory(case=case, ended_on=TODAY, ended_because="Discharged")

    assert not any("Must not" in one for one in facts(case))


def test_the_strip_warns_of_terms_nobody_has_seen_and_keeps_the_register():
    case = CaseFactory()
    entry = RegistrationFactory(case=case, type_code="RSTO")
    RestrictionFactory(case=case, terms="not_seen", prohibits="", registration=entry)

    said = " ".join(facts(case))

    assert "Restraining order: its terms have not been seen" in said
    assert "Restraining order, 1 October 2018" in said


def test_what_the_record_says_is_not_said_twice_once_its_terms_stand():
    case = CaseFactory()
    RestrictionFactory(case=case, registration=RegistrationFactory(case=case, type_code="RSTO"))
    RestrictionFactory(case=case, kind="licence", condition=condition(case, text="Keep out."))
    RestrictionFactory(case=case, kind="exclusion", requirement=exclusion(case))

    said = " ".join(facts(case))

    assert said.count("Must not") == 3
    assert "Keep out" not in said
    assert "Exclusion until" not in said
    assert "Restraining order, 1 October 2018" not in said


def test_a_protected_name_that_came_on_the_record_later_is_kept_from_the_strip():
    case = CaseFactory()
    RestrictionFactory(case=case, prohibits="Must not contact Sam Reed.")
    RelatedPersonFactory(case=case, name="Sam Reed", protected=True)

    assert "Sam Reed" in " ".join(facts(case))
    assert "Sam" not in " ".join(facts(case, UserFactory(role="hub")))
