from datetime import timedelta

import pytest

from cases.models import Assessment
from cases.reference.checks import Because, CheckKind
from cases.reference.codes import Register
from cases.reference.harm import AssessmentState
from cases.services.assessments import begin_assessment, drop_assessment
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    RegistrationFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = CaseFactory()
    SentenceFactory(case=case)
    return case


def begun(case):
    return begin_assessment(case=case, by=case.officer, today=TODAY, now=NOW)


def test_the_first_is_of_the_current_sentence_and_has_nothing_in_it(case):
    assessment = begun(case)

    assert (assessment.state, assessment.answers, assessment.carried) == ("draft", {}, [])
    assert assessment.sentence == case.sentences.get()
    assert Entry.objects.filter(action="began_assessment", crn=case.crn, by=case.officer).exists()


def test_the_next_begins_with_what_the_last_said_marked_as_not_confirmed(case):
    last = AssessmentFactory(
        case=case,
        signed=True,
        answers={
            "drugs.notes": "Uses none.",
            "screening.indicators": ["none"],
            "pattern.violence-staff.words": "Once.",
            "pattern.violence-staff.covers": ["offence-1"],
        },
    )

    assessment = begun(case)

    assert assessment.follows == last
    assert assessment.carried == ["drugs.notes", "pattern.violence-staff.words"]
    assert assessment.answers["pattern.violence-staff.covers"] == ["offence-1"]
    assert "screening.indicators" not in assessment.answers


def test_the_agencies_that_must_be_asked_and_never_were_are_asked_at_once(case):
    RegistrationFactory(case=case, type_code=Register.ADULT_AT_RISK)
    RegistrationFactory(case=case)

    begun(case)

    asked = case.enquiries.values_list("kind", "because").order_by("kind")
    assert list(asked) == [
        (CheckKind.ADULTS, Because.ASSESSMENT),
        (CheckKind.CHILDREN, Because.ASSESSMENT),
        (CheckKind.POLICE, Because.ASSESSMENT),
    ]


def test_but_not_again_where_they_were(case):
    EnquiryFactory(case=case, analysed=True)

    begun(case)

    assert case.enquiries.count() == 1


def test_nor_where_one_asked_before_the_sentence_is_still_to_answer(case):
    before = case.sentences.get().convicted_on - timedelta(days=7)
    EnquiryFactory(case=case, sent=True, triggered_on=before, sent_on=before)

    begun(case)

    assert case.enquiries.count() == 1


@pytest.mark.parametrize("state", ["draft", "waiting"])
def test_one_is_written_at_a_time(case, state):
    AssessmentFactory(case=case, state=state)

    with pytest.raises(RuleBroken, match="Go on with that one"):
        begun(case)

    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("columns", [{"retained_by": "Ann Lee, NPS"}, {"state": "closed"}])
def test_none_is_begun_of_a_case_that_is_not_ours(columns):
    with pytest.raises(RuleBroken, match="not supervised by us"):
        begun(CaseFactory(**columns))


def test_one_given_up_keeps_its_words_and_makes_way_for_another(case):
    assessment = begun(case)
    assessment.answers = {"drugs.notes": "Uses none."}
    assessment.save()

    drop_assessment(assessment=assessment, by=case.officer, today=TODAY)

    assessment.refresh_from_db()
    assert (assessment.state, assessment.answers) == (AssessmentState.DROPPED, {"drugs.notes": "Uses none."})  # fmt: skip
    begun(case)


def test_what_was_asked_to_go_ahead_with_it_is_withdrawn(case):
    override = OverrideFactory(assessment=begun(case))

    drop_assessment(assessment=override.assessment, by=case.officer, today=TODAY)

    override.refresh_from_db()
    assert override.state == "withdrawn"


@pytest.mark.parametrize("state", ["waiting", "dropped"])
def test_only_one_being_written_is_given_up(case, state):
    assessment = AssessmentFactory(case=case, state=state)

    with pytest.raises(RuleBroken, match="This assessment is at"):
        drop_assessment(assessment=assessment, by=case.officer, today=TODAY)
