"""The top of every page of a case: what it asks, and that what it leaves unasked is nowhere missed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from cases.access import find_case
from cases.models import LicenceCondition, NonAssociation
from cases.queries.coverage import answers_of, around
from cases.queries.header import case_header
from cases.reference.checks import CheckKind, SubjectKind
from cases.rules.coverage import COUNTED, gaps
from staff.permissions import Action, Role
from staff.rules.dates import say_date
from tests.factories import (
    TODAY,
    AbsenceFactory,
    AddressFactory,
    AssessmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    ImportedAssessmentFactory,
    InformationFactory,
    InterimPlanFactory,
    PauseFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RestrictionFactory,
    SentenceFactory,
    SubjectFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
OF_A_BARE_CASE, OF_A_FULL_ONE = (
    12,
    16,
)  # statements of the top of the page, to whoever holds the case


def full_case():
    """Of which something is known of every kind that the top of a page says."""
    case, today = CaseFactory(), localdate()
    sentence = SentenceFactory(case=case)
    RequirementFactory(sentence=sentence)
    LicenceCondition.objects.create(
        sentence=sentence, category="Curfew", text="At home by nine.", from_on=TODAY
    )
    RegistrationFactory(case=case)
    RestrictionFactory(case=case)
    RelatedPersonFactory(case=case, victim=True, protected=True)
    AddressFactory(case=case)
    enquiry = EnquiryFactory(case=case, sent=True)
    SubjectFactory(enquiry=enquiry)
    InterimPlanFactory(case=case).enquiries.add(enquiry)
    ImportedAssessmentFactory(case=case)
    AssessmentFactory(case=case, signed=True)
    PauseFactory(case=case)
    DeadlineFactory(case=case, kind="escalate_risk")
    ReadingFactory(case=case, information=InformationFactory(harm=True))
    other = CaseFactory(team=case.team)
    NonAssociation.objects.create(one=case, other=other, why="One attacked", from_on=today)
    AbsenceFactory(user=case.officer, cover=UserFactory(), from_on=today, to_on=today)
    return case


def opened(case, user=None):
    return find_case(user or case.officer, Action.VIEW_CASE, case.crn)


def said(case, user=None):
    header = case_header(case, user or case.officer, localdate())
    return [f"{one.lead} {one.text}" for one in header.facts]


@pytest.mark.parametrize("make, number", [(CaseFactory, OF_A_BARE_CASE), (full_case, OF_A_FULL_ONE)])  # fmt: skip
def test_the_top_of_a_page_asks_no_more_than_it_did(make, number, django_assert_num_queries):
    case = opened(make())

    with django_assert_num_queries(number):
        case_header(case, case.officer, localdate())


def test_a_full_case_has_something_of_every_kind_to_be_asked_about():
    case = full_case()
    header = case_header(opened(case), case.officer, localdate())

    words = " ".join(said(case))
    assert header.at_present.label == "Cannot be seen"
    assert header.with_the_nps is not None
    assert "away until" in header.officer
    for one in ("Must not contact", "Licence: At home by nine", "Keep apart from", "Victims on record", "not yet read"):  # fmt: skip
        assert one in words


def test_the_door_asks_once_and_writes_it_down(django_assert_num_queries):
    case = full_case()

    with django_assert_num_queries(2):
        opened(case)


def test_what_staff_are_to_do_is_read_with_the_case_and_without_it():
    case = CaseFactory()
    made = limit(case)
    made.safety = "See in pairs."
    made.save()

    assert any("See in pairs" in one for one in said(opened(case)))
    assert any("See in pairs" in one for one in said(type(case).objects.get(pk=case.pk)))
    assert not any("See in pairs" in one for one in said(opened(CaseFactory())))


# Whom agencies have not spoken of


def test_only_people_around_the_person_are_counted():
    assert {whom for whom, _, _ in COUNTED.values()} == {SubjectKind.CHILD, SubjectKind.PARTNER}


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize("asked", [False, True])
def test_the_strip_counts_those_not_asked_about_as_if_it_had_read_where_they_live(kind, asked):
    case = CaseFactory()
    AddressFactory(case=case)
    around_them = kind not in (SubjectKind.PERSON, SubjectKind.ADDRESS)
    person = RelatedPersonFactory(case=case, kind=kind) if around_them else None
    for one in (CheckKind.POLICE, CheckKind.CHILDREN):
        enquiry = EnquiryFactory(case=case, kind=one, analysed=True)
        SubjectFactory(enquiry=enquiry, kind=SubjectKind.PERSON)
        if asked:
            SubjectFactory(enquiry=enquiry, kind=kind, name="Robin Marsh", related_person=person)

    whole = gaps(around(case), answers_of(case.enquiries.all()))

    assert bool(whole) == (kind in (SubjectKind.CHILD, SubjectKind.PARTNER) and not asked)
    assert all(one in " ".join(said(case)) for one in whole)
    assert ("not asked about" in " ".join(said(case))) == bool(whole)


# The level of harm, from an assessment brought in or one signed here


@pytest.mark.parametrize("brought, signed, level", [
    (("RLRH", 5), ("RHRH", 3), "High"),
    (("RHRH", 3), ("RLRH", 5), "High"),
    (("RMRH", 4), ("RMRH", 4), "Medium"),
    (None, ("RHRH", 3), "High"),
    (("RHRH", 3), None, "High"),
])  # fmt: skip
def test_the_latest_assessment_says_the_level_wherever_it_was_made(brought, signed, level):
    """Days are days ago: the smaller, the later. An earlier one brought in counts for nothing."""
    case, today = CaseFactory(), localdate()
    if brought:
        harm, ago = brought
        for days, found in ((ago, harm), (ago + 9, "RVHR")):
            on = today - timedelta(days=days)
            ImportedAssessmentFactory(case=case, harm=found, completed_on=on)
    if signed:
        harm, ago = signed
        AssessmentFactory(case=case, signed=True, harm=harm, completed_on=today - timedelta(days=ago))  # fmt: skip

    assert any(f"{level} risk of serious harm" in one for one in said(case))


def test_a_condition_that_has_ended_is_not_said_to_forbid_anything():
    case, today = CaseFactory(), localdate()
    for text, to_on in (
        ("Not to enter Elm Row", today - timedelta(days=1)),
        ("Not to enter Oak Row", today),
        ("Not to enter Ash Row", None),
    ):
        LicenceCondition.objects.create(
            sentence=SentenceFactory(case=case), category="Freedom of movement",
            text=text, from_on=today - timedelta(days=90), to_on=to_on,
        )  # fmt: skip

    strip = " ".join(said(case))
    assert "Oak Row" in strip
    assert "Ash Row" in strip
    assert "Elm Row" not in strip


def test_a_reader_who_may_not_see_names_sees_none_of_the_strip():
    case, hub = full_case(), UserFactory(role=Role.HUB)

    assert any("Robin" in one for one in said(opened(case)))
    assert not any("Robin" in one for one in said(opened(case, hub), hub))


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Curfew until {}"), (-1, "Curfew, which was to end on {}")]
)
def test_a_requirement_whose_last_day_has_passed_is_not_said_to_run_until_then(days, words):
    case, day = CaseFactory(), localdate() + timedelta(days=days)
    RequirementFactory(
        sentence=SentenceFactory(case=case), main_code="M", main_name="Curfew", expected_end_on=day
    )

    header = case_header(case, case.officer, localdate())

    assert words.format(say_date(day)) in str(header)
