"""A case with something in every part of the record, for tests of what is kept of it."""

from datetime import timedelta

from grid.models import Escalation
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    ComplianceDecisionFactory,
    ContactFactory,
    ContingencyFactory,
    DeadlineFactory,
    DeliveryFactory,
    EnquiryFactory,
    FlagFactory,
    InformationFactory,
    InstructionFactory,
    InterimPlanFactory,
    ObjectiveFactory,
    OffenceFactory,
    OverrideFactory,
    PauseFactory,
    PersonFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RaiseFactory,
    ReachableFactory,
    ReadingFactory,
    RecommendationFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    ReviewFactory,
    SeniorActionFactory,
    SentenceFactory,
    StandingFactory,
    SubjectFactory,
    TransferFactory,
    WorkFactory,
    WorkRiskFactory,
)


def fill(case, times=1):
    """Put this many of each thing on it."""
    StandingFactory(case=case)
    PersonFactory(case=case, notes="Speaks of Poole")
    plan = PlanFactory(case=case, signed=True, begun_by=case.officer)
    AssessmentFactory(
        case=case, signed=True, begun_by=case.officer, answers={"engagement.motivation": "Wants to work."}
    )  # fmt: skip
    Escalation.objects.create(
        case=case, because="Weapons", opened_on=TODAY, state="referred", meanwhile="Seen daily"
    )
    for number in range(times):
        _once(case, plan, number)


def _once(case, plan, number):
    sentence = SentenceFactory(case=case)
    OffenceFactory(sentence=sentence)
    requirement = RequirementFactory(sentence=sentence)
    RelatedPersonFactory(case=case, name=f"Robin Ash {number}")
    AddressFactory(case=case)
    ReachableFactory(case=case)
    RegistrationFactory(case=case)
    RaiseFactory(case=case)
    PotentialVictimFactory(person__case=case)
    SubjectFactory(enquiry=EnquiryFactory(case=case))
    ReadingFactory(case=case, information=InformationFactory())
    ObjectiveFactory(plan=plan)
    ContingencyFactory(plan=plan)
    DeliveryFactory(plan=plan, requirement=requirement)
    PlanActionFactory(case=case)
    ReviewFactory(case=case, begun_by=case.officer, state="dropped")
    RecommendationFactory(case=case)
    SeniorActionFactory(case=case)
    InterimPlanFactory(case=case, ended_on=TODAY, ended_as="answered")
    RestrictedAreaFactory(restriction=RestrictionFactory(case=case))
    ContactFactory(case=case, started_at=NOW - timedelta(days=30), notes="He was angry.")
    ContactFactory(case=case, started_at=NOW - timedelta(days=500))
    ComplianceDecisionFactory(case=case, appointment=AppointmentFactory(case=case))
    FlagFactory(deadline=DeadlineFactory(case=case, enquiry=EnquiryFactory(case=case)))
    OverrideFactory(case=case, assessment=None, act="allocation", asked_by=case.officer)
    PauseFactory(
        case=case, to_on=TODAY, ended_at=NOW, ended_by=case.officer, ended_because="Arrested"
    )
    TransferFactory(
        case=case, state="refused", answered_at=NOW, answered_by=case.officer,
        because="Too far", offered_by=case.officer,
    )  # fmt: skip
    AssignmentFactory(case=case)
    work = WorkFactory(case_of=case)
    AttendanceFactory(work=work)
    signed = {"signed_at": NOW, "signed_by": case.officer, "good_until": TODAY}
    WorkRiskFactory(case=case, begun_by=case.officer, state="replaced", **signed)
    InstructionFactory(registration__case=case)
