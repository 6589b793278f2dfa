"""What an extract calls for at once, and what it leaves alone."""

from datetime import date

import pytest

from cases.models import Deadline, Enquiry, Raise, Registration
from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import ContactLevel, Register, Rosh
from cases.reference.information import PlanEnd, RaiseKind
from cases.services.raising import raise_now
from tests.cases.importing.extracts import (
    LATER,
    NOW,
    assessment,
    bring_in,
    conviction,
    manager,
    offender,
    registration,
)
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    InterimPlanFactory,
    SentenceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
CRN = "X000001"
TOMORROW = date(2018, 11, 6)


@pytest.fixture
def case():
    case = CaseFactory(crn=CRN)
    StandingFactory(case=case, contact_level=ContactLevel.MONTHLY)
    SentenceFactory(case=case)
    return case


def raised(case, kind, value):
    return raise_now(
        case=case, kind=kind, value=value, because="She said so.", by=case.officer, now=NOW
    )


def test_a_new_concern_on_a_case_of_ours_is_asked_about_at_once(case, tmp_path):
    bring_in(tmp_path, registration(code=Register.MARAC, startDate="2018-11-01"))

    assert set(case.enquiries.values_list("kind", flat=True)) == {"police", "children"}
    assert Deadline.objects.unmet().filter(case=case, kind="interim_plan").exists()


def test_an_imported_case_that_nobody_has_taken_up_owes_nothing(tmp_path):
    bring_in(
        tmp_path,
        offender(),
        conviction(),
        registration(code=Register.MARAC, startDate="2018-11-01"),
    )

    assert not Enquiry.objects.exists()
    assert not Deadline.objects.filter(kind="interim_plan").exists()


def test_an_extract_neither_ends_nor_overwrites_what_was_raised(case, tmp_path):
    made = raised(case, RaiseKind.FLAG, Register.MARAC)
    before = Registration.objects.values().get(pk=made.registration_id)

    bring_in(
        tmp_path,
        offender(crn=CRN, offenderManagers=[manager()]),
        conviction(),
        registration(number=1, code=Rosh.LOW, startDate="2018-11-05"),
        registration(number=2, code=Register.MARAC, startDate="2018-11-05", active=False),
    )

    assert Registration.objects.values().get(pk=made.registration_id) == before
    assert Raise.objects.standing().get() == made
    assert case.registrations.count() == 3


def test_an_assessment_that_comes_in_ends_what_was_raised(case, tmp_path):
    made = raised(case, RaiseKind.RISK, Rosh.HIGH)

    bring_in(
        tmp_path,
        assessment(completedOn="2018-11-06", document={"overallRiskLevel": "MEDIUM"}),
        now=LATER,
        today=TOMORROW,
    )

    made.refresh_from_db()
    assert made.assessed_on == TOMORROW
    assert not case.registrations.current().exists()
    assert Deadline.objects.get(kind="assess_after_raise").met_on == TOMORROW


def test_a_plan_ends_when_an_extract_says_the_case_is_kept_by_the_nps(case, tmp_path):
    EnquiryFactory(case=case, sent=True)
    plan = InterimPlanFactory(case=case)

    bring_in(
        tmp_path,
        offender(offenderManagers=[manager(provider="N07", surname="Lee", forenames="Ann")]),
        conviction(),
    )

    plan.refresh_from_db()
    case.refresh_from_db()
    assert case.retained_by
    assert plan.ended_as == PlanEnd.NOT_OURS


def test_a_first_extract_and_the_same_again_ask_nothing_twice(case, tmp_path):
    lines = registration(code=Register.MARAC, startDate="2018-11-01")
    bring_in(tmp_path, lines)
    bring_in(tmp_path, lines)

    assert case.enquiries.filter(kind=CheckKind.POLICE, state=EnquiryState.DUE).count() == 1
