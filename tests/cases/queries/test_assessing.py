from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Assessment, PotentialVictim
from cases.queries.assessing import assessing_facts
from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import Part, Register, Rosh
from cases.rules.assessing import Required
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    ImportedAssessmentFactory,
    InformationFactory,
    InterimPlanFactory,
    OffenceFactory,
    PotentialVictimFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def case():
    return CaseFactory()


def facts(case):
    assessment = case.assessments.unfinished().first() or AssessmentFactory(case=case)
    return assessing_facts([assessment], TODAY)[assessment.pk]


def required(case):
    return [(one.kind, one.state) for one in facts(case).required]


# Checks


def test_the_police_are_always_asked(case):
    assert facts(case).required == (Required(CheckKind.POLICE),)


def test_social_care_where_there_are_children_or_an_adult_at_risk(case):
    RelatedPersonFactory(case=case)
    RegistrationFactory(case=case, type_code=Register.RISK_TO_ADULT_AT_RISK)

    assert [kind for kind, _ in required(case)] == [
        CheckKind.POLICE,
        CheckKind.CHILDREN,
        CheckKind.ADULTS,
    ]


def test_an_answer_from_before_the_sentence_does_not_count(case):
    EnquiryFactory(case=case, analysed=True, triggered_on=TODAY - YEAR, sent_on=TODAY - YEAR, replied_on=TODAY - YEAR)  # fmt: skip
    SentenceFactory(case=case)

    assert required(case) == [(CheckKind.POLICE, None)]


def test_one_that_is_open_counts_beside_one_that_was_answered(case):
    EnquiryFactory(case=case, analysed=True)
    EnquiryFactory(case=case, sent=True)

    assert required(case) == [(CheckKind.POLICE, EnquiryState.SENT)]


def test_an_open_one_counts_though_no_rule_calls_for_it(case):
    EnquiryFactory(case=case, analysed=True)
    EnquiryFactory(case=case, kind=CheckKind.ADULTS)

    assert required(case) == [
        (CheckKind.POLICE, EnquiryState.ANALYSED),
        (CheckKind.ADULTS, EnquiryState.DUE),
    ]


def test_one_said_not_to_be_needed_counts_for_less_than_an_answer(case):
    given = {"case": case, "kind": CheckKind.CHILDREN, "due_on": None}
    RelatedPersonFactory(case=case)
    EnquiryFactory(case=case, analysed=True)
    EnquiryFactory(**given, state=EnquiryState.NOT_NEEDED, not_needed_because="Grown up.")
    assert required(case)[1] == (CheckKind.CHILDREN, EnquiryState.NOT_NEEDED)

    EnquiryFactory(**given, analysed=True)

    assert required(case)[1] == (CheckKind.CHILDREN, EnquiryState.ANALYSED)


def test_the_interim_plan_counts_while_it_is_live(case):
    enquiry, plan = EnquiryFactory(case=case, sent=True), InterimPlanFactory(case=case)
    plan.enquiries.add(enquiry)
    assert (facts(case).plan_until, facts(case).plan_covers) == (plan.expires_on, {enquiry.pk})

    plan.expires_on = TODAY - timedelta(days=1)
    plan.save()

    assert (facts(case).plan_until, facts(case).plan_covers) == (None, frozenset())


# Levels and concerns


def test_a_raised_level_is_told_apart_from_the_one_in_force(case):
    RegistrationFactory(case=case, type_code=Rosh.LOW)
    RegistrationFactory(case=case, type_code=Rosh.HIGH, provisional=True)

    assert (facts(case).raised, facts(case).in_force) == (Rosh.HIGH, Rosh.LOW)


def test_the_latest_level_is_in_force_whoever_found_it(case):
    RegistrationFactory(case=case, type_code=Rosh.LOW, started_on=TODAY - YEAR)
    ImportedAssessmentFactory(case=case, harm=Rosh.HIGH, completed_on=TODAY - YEAR / 2)
    assert facts(case).in_force == Rosh.HIGH

    AssessmentFactory(case=case, signed=True, harm=Rosh.MEDIUM)

    assert facts(case).in_force == Rosh.MEDIUM


@pytest.mark.parametrize(
    ("code", "part", "subjects"),
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, {"domestic_abuse"}),
        (Register.MARAC, Part.SOURCE, {"domestic_abuse"}),
        (Register.MARAC, Part.AT_RISK, set()),  # somebody else did it to them
        (Register.DOMESTIC_ABUSE_VICTIM, Part.AT_RISK, set()),
        (Register.CHILD_CONCERNS, Part.AT_RISK, {"children"}),
        (Register.WEAPONS, Part.SOURCE, set()),
    ],
)
def test_what_a_register_in_force_is_about_is_told_and_one_that_has_ended_is_not(case, code, part, subjects):  # fmt: skip
    ended = RegistrationFactory(case=case, type_code=code, part=part)

    assert facts(case).on_register == subjects

    ended.active = False
    ended.save()
    assert facts(case).on_register == set()


@pytest.mark.parametrize(
    ("code", "part", "abusive", "concern"),
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, True, True),
        (Register.MARAC, Part.NOT_RECORDED, True, True),
        (Register.MARAC, Part.AT_RISK, False, True),
        (Register.DOMESTIC_ABUSE_VICTIM, Part.AT_RISK, False, True),
        (Register.CHILD_CONCERNS, Part.PARENT, False, True),
        (Register.WEAPONS, Part.SOURCE, False, False),
    ],
)
def test_who_is_the_source_of_abuse_and_where_there_is_a_concern(
    case, code, part, abusive, concern
):
    RegistrationFactory(case=case, type_code=code, part=part)

    assert (facts(case).abusive, facts(case).concern) == (abusive, concern)


# What stood before the offence


def test_it_is_the_last_that_was_signed_before_the_sentence(case):
    for years, words in ((3, "Oldest."), (2, "Before."), (0, "Since.")):
        AssessmentFactory(
            case=case,
            signed=True,
            state="replaced",
            completed_on=TODAY - years * YEAR,
            answers={"drugs.notes": words},
        )
    SentenceFactory(case=case, convicted_on=TODAY - YEAR, started_on=TODAY - YEAR)

    assert facts(case).before == {"drugs.notes": "Before."}


def test_without_a_sentence_nothing_stood_before_it(case):
    AssessmentFactory(case=case, signed=True, completed_on=TODAY - YEAR)

    assert facts(case).before == {}


# Many


def test_it_takes_as_many_statements_for_sixty_as_for_five():
    def cost(number):
        for _ in range(number):
            case = CaseFactory()
            OffenceFactory(sentence=SentenceFactory(case=case))
            EnquiryFactory(case=case, sent=True)
            InterimPlanFactory(case=case).enquiries.add(case.enquiries.get())
            RegistrationFactory(case=case)
            ReadingFactory(case=case, information=InformationFactory(at=NOW))
            AssessmentFactory(case=case, signed=True, completed_on=TODAY - YEAR)
            AssessmentFactory(case=case)
        with CaptureQueriesContext(connection) as statements:
            found = assessing_facts(Assessment.objects.unfinished(), TODAY)
        assert len(found) >= number
        return len(statements)

    assert cost(5) == cost(55)


def test_a_victim_on_record_counts_until_somebody_has_named_them(case):
    RelatedPersonFactory(case=case, victim=False)
    RelatedPersonFactory(case=case, victim=True, to_on=TODAY)
    unnamed = RelatedPersonFactory(case=case, victim=True)
    PotentialVictimFactory(person=RelatedPersonFactory(case=case, victim=True))
    ended = PotentialVictimFactory(person=RelatedPersonFactory(case=case, victim=True))
    PotentialVictim.objects.filter(pk=ended.pk).update(ended_on=TODAY, ended_because="Moved away.")

    assert facts(case).victims_not_named == 1
    PotentialVictimFactory(person=unnamed)
    assert facts(case).victims_not_named == 0
