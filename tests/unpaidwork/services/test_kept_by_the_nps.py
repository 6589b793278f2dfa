"""People the NPS manages who work in our unpaid work: what is owed of them is the coordinator's, and is seen by them."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline, Flag
from cases.queries.work import owed_by
from cases.services.flags import flag_overdue
from staff.errors import RuleBroken
from staff.permissions import Action, Role
from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    CaseFactory,
    InstructionFactory,
    RegistrationFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_risk import answers_for, cleared, signed_risk
from unpaidwork.models import Work
from unpaidwork.queries.caseload import Wanted, matching
from unpaidwork.queries.instructions import may_own
from unpaidwork.reference.risk import RiskState
from unpaidwork.reference.risk_questions import RiskPart
from unpaidwork.services.instructions import owe_instructions
from unpaidwork.services.registers_owed import owe_registers_chunk
from unpaidwork.services.risk import answer_risk, begin_risk, drop_risk, sign_risk
from unpaidwork.services.risk_owed import owe_work_risk
from unpaidwork.services.take_up import take_up_work
from unpaidwork.services.work_owed import settle_work

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def case():
    """Taken up while they were ours; the NPS manages them since."""
    return WorkFactory(case_of=CaseFactory(retained_by="B. Jones", officer=None, team=None)).case


@pytest.fixture
def coordinator():
    return UserFactory(role=Role.COORDINATOR)


def owe(case, today=TODAY):
    owe_work_risk(case_ids=[case.pk], by=None, today=today)


def owed(case, kind):
    return Deadline.objects.unmet().get(case=case, kind=kind)


def test_the_risk_assessment_is_owed_by_the_coordinator_who_sees_it_in_their_work(
    case, coordinator
):
    owe(case)

    one = owed(case, "assess_work_risk")
    assert one.owner_role == Role.COORDINATOR
    assert one in owed_by(coordinator, TODAY)


def test_what_the_nps_officer_knows_is_owed_from_the_day_they_are_the_nps(coordinator):
    case = cleared()
    owe(case)
    assert not Deadline.objects.unmet().filter(case=case, kind="renew_work_risk").exists()

    case.retained_by = "B. Jones"
    case.save()
    owe(case)

    one = owed(case, "renew_work_risk")
    assert one.owner_role == Role.COORDINATOR
    assert "their NPS officer told us is not here" in one.why


def test_once_the_nps_has_told_us_all_of_it_nothing_more_is_owed(case):
    said = {code: one | {"said": "yes"} if code.startswith("nps.") else one for code, one in answers_for(case).items()}  # fmt: skip
    officer = UserFactory()
    signed_risk(case, answers=said, begun_by=officer, signed_by=officer)

    owe(case)

    assert not Deadline.objects.unmet().filter(case=case).exists()


def test_an_instruction_is_owed_by_the_coordinator_and_may_be_looked_after_by_one(
    case, coordinator
):
    flag = RegistrationFactory(case=case, type_code="ARSO")

    owe_instructions(case_ids=[case.pk], today=TODAY)

    assert owed(case, "write_instruction").owner_role == Role.COORDINATOR
    assert list(may_own(case)) == [coordinator]
    InstructionFactory(registration=flag, case=case, owner=coordinator, written_by=coordinator)
    owe_instructions(case_ids=[case.pk], today=TODAY)
    assert not Deadline.objects.unmet().filter(case=case, kind="write_instruction").exists()


def test_work_to_arrange_more_time_and_a_register_to_close_are_theirs_too(coordinator):
    began = TODAY - timedelta(days=300)
    case = CaseFactory(retained_by="B. Jones", officer=None, team=None, arrived_on=began)
    work = WorkFactory(case_of=case, sentenced_on=began, arrived_on=began)
    AttendanceFactory(work=work, case=case, session__on=TODAY - timedelta(days=1))

    settle_work(case_ids=[case.pk], by=None, today=TODAY)
    owe_registers_chunk(after=0, today=TODAY)

    mine = owed_by(coordinator, TODAY).filter(case=case)
    assert {"propose_extension", "close_register"} <= set(mine.values_list("kind", flat=True))
    assert set(mine.values_list("owner_role", flat=True)) == {Role.COORDINATOR}


def test_what_an_officer_owed_is_handed_over_and_comes_back_with_the_case(coordinator):
    case = WorkFactory().case
    owe(case)
    assert owed(case, "assess_work_risk").owner_role == Role.OFFICER

    case.retained_by = "B. Jones"
    case.save()
    assert not owed_by(coordinator, TODAY).filter(case=case).exists()
    owe(case)
    assert owed(case, "assess_work_risk").owner_role == Role.COORDINATOR

    case.retained_by = ""
    case.save()
    owe(case)
    assert owed(case, "assess_work_risk").owner_role == Role.OFFICER


def test_what_is_late_is_flagged_and_what_is_not_of_unpaid_work_stays_quiet(case):
    owe(case)
    Deadline.objects.create(
        case=case, kind="review_case", owner_role=Role.OFFICER, triggered_on=TODAY, due_on=TODAY, why="Six months"
    )  # fmt: skip

    flag_overdue(today=LATER)(0)

    assert [one.deadline.kind for one in Flag.objects.raised()] == ["assess_work_risk"]


def test_what_the_record_says_later_is_followed_and_they_are_on_the_coordinators_list(
    case, coordinator
):
    work = Work.objects.get()
    work.requirement.active, work.requirement.terminated_on = False, TODAY
    assert list(matching(coordinator, Action.VIEW_UNPAID_WORK, Wanted(), TODAY)) == [work]
    work.requirement.save()

    take_up_work(case_ids=[case.pk], by=None, today=TODAY)

    work.refresh_from_db()
    assert work.state == "ended"


def test_of_an_imported_case_that_nobody_took_up_nothing_is_late_on_the_first_day():
    case = CaseFactory(
        retained_by="B. Jones", officer=None, team=None, imported=True, taken_up_on=None
    )
    WorkFactory(case_of=case, arrived_on=TODAY - timedelta(days=200))

    owe(case)

    assert owed(case, "assess_work_risk").triggered_on == TODAY
    assert owed(case, "assess_work_risk").due_on == date(2018, 10, 8)  # five working days


def test_a_coordinator_writes_and_signs_the_risk_assessment_of_somebody_the_nps_manages(
    case, coordinator
):
    risk = begin_risk(case=case, by=coordinator, today=TODAY)
    risk.answers = answers_for(case)
    risk.save()

    signed = sign_risk(risk=risk, by=coordinator, now=NOW)

    assert (signed.state, signed.signed_by) == (RiskState.SIGNED, coordinator)


def test_a_coordinator_does_not_clear_the_way_to_work_of_anybody_an_officer_of_ours_holds(
    coordinator,
):
    case = WorkFactory().case
    draft = begin_risk(case=case, by=case.officer, today=TODAY)

    for act in (
        lambda: begin_risk(case=case, by=coordinator, today=TODAY),
        lambda: answer_risk(
            risk=draft, part=RiskPart.HARM, given={}, seen={}, by=coordinator, today=TODAY
        ),
        lambda: sign_risk(risk=draft, by=coordinator, now=NOW),
        lambda: drop_risk(risk=draft, by=coordinator, today=TODAY),
    ):
        with pytest.raises(RuleBroken, match="responsible officer assesses"):
            act()
    draft.refresh_from_db()
    assert draft.state == RiskState.DRAFT
