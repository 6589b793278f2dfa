"""Every role at every page and endpoint, about its own case, an assigned one, its team's, a stranger's.

What is expected is read from the permission table; a new address is taken up by itself, and one
that needs more than a CRN fails here until `BESIDES` says how to make it.
"""

import dis
from contextlib import contextmanager
from datetime import date, timedelta
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases import access
from cases.models import (
    Case,
    HubQuestion,
    ImportRun,
    Message,
    NonAssociation,
    Notice,
    Search,
    VictimLiaison,
)
from cases.reference.harm import AnalysisPart
from cases.reference.needs import NeedArea
from cases.reference.plan_questions import PlanPart
from cases.reference.policies import Policies
from cases.reference.review_questions import ReviewPart
from grid.models import Judgement, RoomShut, SeriesSession, Timetable
from oversight.models import SavedView, SharingOut, Supervision
from staff.permissions import Action, Reach, Role, reach
from tests.factories import (
    NOW,
    AbsenceFactory,
    AgencyFactory,
    AgencyMeetingFactory,
    AgreedActionFactory,
    AppointmentFactory,
    ArrivalFactory,
    AssessmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    AvailabilityFactory,
    BeneficiaryFactory,
    BreachFactory,
    CaseFactory,
    ComplaintFactory,
    ComplianceWarningFactory,
    ContingencyFactory,
    CourseFactory,
    CourtRequestFactory,
    CustodyFactory,
    DeadlineFactory,
    DepartureFactory,
    DocumentFactory,
    DutyTurnFactory,
    EnquiryFactory,
    FailureFactory,
    FareFactory,
    FurtherOffenceFactory,
    GateMeetingFactory,
    HomeOfferFactory,
    HomeVisitFactory,
    InductionFactory,
    InstructionFactory,
    InterimPlanFactory,
    LetterFactory,
    NeedFactory,
    NeighbourFactory,
    ObjectiveFactory,
    OverrideFactory,
    PauseFactory,
    PickUpFactory,
    PlaceFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    PrisonFactory,
    ProjectFactory,
    RarActivityFactory,
    ReachableFactory,
    ReadingFactory,
    RecallFactory,
    RecommendationFactory,
    ReferralFactory,
    RegistrationFactory,
    ReplyInHandFactory,
    ResettlementPlanFactory,
    RestrictionFactory,
    ReviewFactory,
    RiskItemFactory,
    RouteDecisionFactory,
    RouteFactory,
    SeniorActionFactory,
    SentenceFactory,
    ServiceFactory,
    SharingOutFactory,
    SupervisionFactory,
    TeamFactory,
    TransferFactory,
    TravelFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
    VisitSafetyFactory,
    WalkInFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkRiskFactory,
    WorkSessionFactory,
)
from tests.grid.a_group_session import a_session as a_group_session
from tests.grid.a_group_session import join as join_group
from tests.grid.a_referral import referral_of as group_referral_of
from tests.grid.a_week import old_tie
from tests.grid.planned_series import facilitator, room_at
from tests.many_requests import asked_for, refusals_undrawn
from tests.once import undone
from tests.oversight.an_officer import contract
from tests.test_architecture import endpoints
from ttg.models import Custody, ResettlementPlan
from ttg.reference.referrals import Pathway
from unpaidwork.models import Incident, SiteWatch, WorkSession
from unpaidwork.reference.risk_questions import RiskPart
from unpaidwork.services.sheets import settle_reach

pytestmark = pytest.mark.django_db


def action_of(endpoint):
    view = getattr(endpoint.callback, "cls", endpoint.callback)
    return getattr(view, "actions", {}).get("GET") or getattr(view, "action", None)


ENDPOINTS = {
    endpoint.name: endpoint
    for endpoint in endpoints(get_resolver().url_patterns)
    if isinstance(action_of(endpoint), Action)
}
OF_A_CASE = [name for name, found in ENDPOINTS.items() if "crn" in found.pattern.converters]
OF_NO_CASE = [name for name, found in ENDPOINTS.items() if "crn" not in found.pattern.converters]


def judgement_of(case):
    today = localdate()
    return Judgement.objects.create(
        case=case,
        complex=False,
        linked_to_harm="No.",
        being_managed="Yes.",
        effect_of_contact="None.",
        state=Judgement.State.ASKED,
        made_by=UserFactory(),
        made_on=today,
        until_on=today + timedelta(days=180),
    )


def minuted(case):
    """A meeting of agencies that was held, whose minutes came as a file."""
    return AgencyMeetingFactory(
        case=case, held_at=NOW, took_part="absent", came_to="Nobody could go", answered_at=NOW, answered_by=UserFactory(),
        minutes_came_on=localdate(), document=DocumentFactory(case=case), recorded_by=UserFactory(),
    )  # fmt: skip


def kept_apart(case):
    return NonAssociation.objects.create(
        one=case, other=CaseFactory(), why="One attacked the other", from_on=localdate()
    )


def message_about(case):
    """A request that could not be sent."""
    agency = AgencyFactory()
    return Message.objects.create(
        key=f"request-{agency.pk}",
        kind="request",
        agency=agency,
        address=agency.email,
        subject=case.name,
        body=case.name,
        document=DocumentFactory(case=case, enquiry=EnquiryFactory(case=case)),
        not_before=NOW,
        delivery="failed",
        at=NOW,
    )


def override_of(case):
    """Asked for of an assessment that a later one has replaced."""
    other = UserFactory()
    signed = AssessmentFactory(
        case=case, signed=True, state="replaced", begun_by=other, signed_by=other
    )
    return OverrideFactory(assessment=signed, asked_by=other)


def offered_outside(case):
    """To the NPS, and nobody there has answered."""
    return TransferFactory(
        case=case, kind="nps", to_officer=None, outside="NPS Reading", offered_by=UserFactory()
    )


def activity_of(case):
    return RarActivityFactory(requirement__sentence__case=case, planned_by=UserFactory())


def written_on(case, code):
    """A part of the assessment being written."""
    AssessmentFactory(case=case, begun_by=UserFactory())
    return code.value


def written_on_site(case):
    """A part of the risk assessment for unpaid work that is being written."""
    WorkRiskFactory(case=case, begun_by=UserFactory())
    return RiskPart.HARM.value


def session_with(case, user):
    """Today's, with this person on it, whose supervisors are this user and nobody else."""
    if found := WorkSession.objects.filter(staff=user, attendances__case=case).first():
        return found
    session = WorkSessionFactory(on=localdate(), state="published")
    session.staff.add(user)
    AttendanceFactory(session=session, work=WorkFactory(case_of=case))
    settle_reach(sessions=[session])
    return session


def group_session_with(case, user):
    """One with this person on it that this user leads, at an hour at which neither is anywhere else."""
    if found := SeriesSession.objects.filter(led_by__user=user, attendances__case=case).first():
        return found
    session = a_group_session(
        people=0, by=user, starts_at=NOW + timedelta(days=SeriesSession.objects.count())
    )
    join_group(session, case)
    return session


def group_referral_with(case):
    return case.referrals_to_groups.first() or group_referral_of(case)


def timetable_with(case):
    """A timetable in which a place is proposed for this person."""
    if found := Timetable.objects.first():
        return found
    made = Timetable.objects.create(
        first_on=NOW.date(), weeks=13, state="proposed", asked_at=NOW, asked_by=UserFactory()
    )
    series = made.series.create(
        code="resolve", place=PlaceFactory(), times=[[1, "evening"]], first_week=0, first_on=NOW.date(), last_on=NOW.date(),
    )  # fmt: skip
    series.people.create(referral=group_referral_with(case), case=case)
    return made


def shut_days():
    """Days on which a room is shut."""
    return RoomShut.objects.create(
        room=room_at(PlaceFactory()), from_on=localdate(), to_on=localdate(), why="Paint", recorded_at=NOW,
        recorded_by=UserFactory(),
    )  # fmt: skip


def place_of(case, **columns):
    """Where somebody works by the week."""
    work = WorkFactory(case_of=case)
    return WorkAllocationFactory(work=work, made_by=UserFactory(), **columns)


def failure_of(case, **given):
    return FailureFactory(
        sentence=SentenceFactory(case=case), recorded_by=UserFactory(), **given
    )  # fmt: skip


def to_decide_again(case):
    """A warning stands that was decided on another, which was withdrawn."""
    warning = ComplianceWarningFactory(sentence=SentenceFactory(case=case))
    warned = {"answer": "warn", "warning": warning, "answered_at": NOW, "answered_by": UserFactory(), "because": "No"}  # fmt: skip
    return DeadlineFactory(case=case, kind="decide_again", failure=failure_of(case, **warned))


def named_liaison(case):
    """Whoever is named now: one at most is."""
    return VictimLiaison.objects.filter(case=case).first() or VictimLiaisonFactory(case=case)


def granted_trip(case):
    answered = {"state": "granted", "decided_at": NOW, "decided_by": UserFactory(), "because": "It is right"}  # fmt: skip
    return TravelFactory(case=case, **answered)


def inducted(case):
    signed = {"signed_at": NOW, "held_on": NOW.date(), "proof": "paper", "answers": {}}
    by = UserFactory()
    return InductionFactory(case=case, begun_by=by, signed_by=by, **signed).pk


def answered_complaint(case):
    answered = {"answered_on": localdate(), "answered_by": UserFactory(), "outcome": "no"}
    return ComplaintFactory(case=case, answer="We rang twice.", **answered)


def travel_of(case):
    """Somebody whose travel to a session waits for a decision."""
    return AttendanceFactory(work=WorkFactory(case_of=case), travel="waiting")


def incident_of(case, user):
    return Incident.objects.create(
        session=session_with(case, user), case=case, kind="incident", words="A spade broke.",
        harm=False, at=NOW, by=user,
    )  # fmt: skip


def custody_of(case):
    """Somebody in prison now: one stay at most is."""
    held = Custody.objects.held().filter(case=case).first()
    return held or CustodyFactory(case=case, recorded_by=UserFactory())


def in_prison(case):
    """Somebody in prison now, and one thing they need at the gate."""
    custody_of(case)
    return "bank"


def gate_meeting_of(case, user):
    """One that this user is to go to."""
    return GateMeetingFactory(custody=custody_of(case), meets=user, planned_by=UserFactory())


def home_offer_of(case):
    return HomeOfferFactory(custody=custody_of(case), recorded_by=UserFactory())


def need_of(case):
    return NeedFactory(custody=custody_of(case), found_by=UserFactory())


def referral_of(case, **columns):
    return ReferralFactory(need=need_of(case), made_by=UserFactory(), **columns)


def resettlement_plan_of(case, **columns):
    return ResettlementPlanFactory(custody=custody_of(case), begun_by=UserFactory(), **columns)


def risk_item_of(case):
    """Of a plan in force, waiting to be read."""
    plan = resettlement_plan_of(case, state="signed", signed_at=NOW, signed_by=UserFactory())
    return RiskItemFactory(plan=plan, question="family.gang")


def written_in_prison(case):
    """A pathway of the plan that is being written."""
    if not ResettlementPlan.objects.drafts().filter(custody__case=case).exists():
        resettlement_plan_of(case)
    return Pathway.FAMILY.value


def watch_of(case, user):
    session = session_with(case, user)
    if found := SiteWatch.objects.filter(session=session, user=user, safe_at=None).first():
        return found
    return SiteWatch.objects.create(session=session, user=user, began_at=NOW, call_by=NOW)


def queue_item_of(case):
    """A letter that the hub is to send."""
    letter = LetterFactory(case=case, asked_by=UserFactory())
    return DeadlineFactory(case=case, kind="send_letter", letter=letter, owner_role=Role.HUB)


def question_of(case):
    """What the hub asks of it, and nobody has answered."""
    return HubQuestion.objects.create(
        deadline=queue_item_of(case), asks="Which address?", asked_at=NOW, asked_by=UserFactory(), until=NOW,
    )  # fmt: skip


def breach_of(case):
    """One breach of the case, whatever else of an address is made."""
    found = case.breaches.first()
    return found or BreachFactory(sentence=SentenceFactory(case=case), begun_by=UserFactory())


def amendment_of(case):
    """A change of its report that is owed."""
    return breach_of(case).amendments.create(
        asked_on=localdate(), asked_by="The court", what="The dates.", due_on=localdate(), recorded_by=UserFactory(),
    )  # fmt: skip


def hearing_of(case):
    return breach_of(case).hearings.create(at=NOW, court_name="Reading")


def sharing_near(user):
    """A proposal of the team of a user: one of a team is open at a time."""
    found = SharingOut.objects.unfinished().filter(team=user.team).first()
    return found or SharingOutFactory(team=user.team)


def saved_view_of(user):
    kept = {"page": "caseload", "made_at": NOW}
    return SavedView.objects.get_or_create(by=user, name="Mine", defaults=kept)[0]


ASSESSMENT_STEPS = ("to-do", "answers", "sign", "countersign", "return")
PLAN_STEPS = ("to-do", "sign", "drop", "agreement", "answers", "deliveries", "objectives", "contingencies")  # fmt: skip
# What stands in an address besides a CRN, and how to make one that is there
BESIDES = {
    "check": lambda case, user: EnquiryFactory(case=case).pk,
    "judgement": lambda case, user: judgement_of(case).pk,
    "import": lambda case, user: ImportRun.objects.create(source="x", counts={}, seconds=1).pk,
    "search": lambda case, user: Search.objects.create(by=user, text="Nobody").key,
    "notice": lambda case, user: (
        Notice.objects.create(user=user, case=case, text="Told.", at=NOW).pk
    ),
    "reading": lambda case, user: ReadingFactory(case=case).pk,
    "pair": lambda case, user: kept_apart(case).pk,
    "plan": lambda case, user: InterimPlanFactory(case=case).pk,
    "absence": lambda case, user: AbsenceFactory(user=user).pk,
    "document": lambda case, user: DocumentFactory(case=case).pk,
    "action": lambda case, user: PlanActionFactory(case=case).pk,
    "gate_meeting": lambda case, user: gate_meeting_of(case, user).pk,
    "in_hand": lambda case, user: ReplyInHandFactory(by=user).key,
    "agency": lambda case, user: AgencyFactory().pk,
    "message": lambda case, user: message_about(case).pk,
    "policy": lambda case, user: Policies.CHECKS.value,
    "override": lambda case, user: override_of(case).pk,
    "assessment": lambda case, user: AssessmentFactory(case=case, begun_by=UserFactory()).pk,
    "victim": lambda case, user: PotentialVictimFactory(person__case=case).pk,
    "part": lambda case, user: written_on(case, AnalysisPart.HARM),
    "area": lambda case, user: written_on(case, NeedArea.DRUGS),
    "former_plan": lambda case, user: (
        PlanFactory(case=case, signed=True, state="replaced", begun_by=user, signed_by=user).pk
    ),
    "objective": lambda case, user: ObjectiveFactory(plan__case=case, plan__begun_by=user).pk,
    "contingency": lambda case, user: ContingencyFactory(plan__case=case, plan__begun_by=user).pk,
    "plan_part": lambda case, user: PlanPart.CONTACT.value,
    "sentence_plan": lambda case, user: PlanFactory(case=case, begun_by=UserFactory()).pk,
    "route": lambda case, user: RouteDecisionFactory(case=case, owner=UserFactory()).pk,
    "appointment": lambda case, user: AppointmentFactory(case=case).pk,
    "place": lambda case, user: PlaceFactory().pk,
    "safety": lambda case, user: (
        VisitSafetyFactory(case=case, asked_by=UserFactory(), replaced_on=NOW.date()).pk
    ),
    "visit": lambda case, user: (
        HomeVisitFactory(case=case, buddy=user, safety__replaced_on=NOW.date()).pk
    ),
    "rar_activity": lambda case, user: activity_of(case).pk,
    "rar_requirement": lambda case, user: activity_of(case).requirement_id,
    "review": lambda case, user: ReviewFactory(case=case, begun_by=UserFactory()).pk,
    "review_part": lambda case, user: ReviewPart.PROGRESS.value,
    "recommendation": lambda case, user: RecommendationFactory(case=case).pk,
    "supervision": lambda case, user: supervision_near(user).pk,
    "agreed": lambda case, user: (
        AgreedActionFactory(supervision=supervision_near(user, held=True)).pk
    ),
    "senior_action": lambda case, user: SeniorActionFactory(case=case, owner=UserFactory()).pk,
    "reachable": lambda case, user: ReachableFactory(case=case).pk,
    "restriction": lambda case, user: RestrictionFactory(case=case, recorded_by=UserFactory()).pk,
    "work_requirement": lambda case, user: WorkFactory(case_of=case).pk,
    "work_course": lambda case, user: (
        CourseFactory(work=WorkFactory(case_of=case), recorded_by=UserFactory()).pk
    ),
    "session": lambda case, user: session_with(case, user).pk,
    "attendance": lambda case, user: session_with(case, user).attendances.get().pk,
    "commitment": lambda case, user: old_tie(case, recorded_by=UserFactory()).pk,
    "group_referral": lambda case, user: group_referral_with(case).pk,
    "group_session": lambda case, user: group_session_with(case, user).pk,
    "group_attendance": lambda case, user: group_session_with(case, user).attendances.get().pk,
    # Led by somebody else, for whoever leads reaches them by that
    "series_place": lambda case, user: (
        group_session_with(case, UserFactory(role=Role.FACILITATOR)).attendances.get().place_id
    ),
    "room": lambda case, user: room_at(PlaceFactory()).pk,
    "shut": lambda case, user: shut_days().pk,
    "leader": lambda case, user: facilitator().pk,
    "leader_training": lambda case, user: facilitator().trained_to_lead.get().pk,
    "series": lambda case, user: group_session_with(case, user).series_id,
    "quarter": lambda case, user: timetable_with(case).pk,
    "proposed_series": lambda case, user: timetable_with(case).series.get().pk,
    "series_session": lambda case, user: group_session_with(case, user).pk,
    "travel": lambda case, user: travel_of(case).pk,
    "sync": lambda case, user: UUID(int=1),
    "incident": lambda case, user: incident_of(case, user).pk,
    "watch": lambda case, user: watch_of(case, user).pk,
    "flag": lambda case, user: f"register-{RegistrationFactory(case=case).pk}",
    "instruction": lambda case, user: InstructionFactory(registration__case=case).pk,
    "project": lambda case, user: ProjectFactory().pk,
    "arrival": lambda case, user: ArrivalFactory(case=case).pk,
    "induction": lambda case, user: inducted(case),
    "pause": lambda case, user: PauseFactory(case=case).pk,
    "further_offence": lambda case, user: FurtherOffenceFactory(case=case).pk,
    "complaint": lambda case, user: ComplaintFactory(case=case).pk,
    "answered_complaint": lambda case, user: answered_complaint(case).pk,
    "meeting": lambda case, user: minuted(case).pk,
    "court_request": lambda case, user: (
        CourtRequestFactory(case=case, recorded_by=UserFactory()).pk
    ),
    "walk_in": lambda case, user: WalkInFactory(case=case, recorded_by=UserFactory()).pk,
    "fare": lambda case, user: FareFactory(case=case, given_by=UserFactory()).pk,
    "turn": lambda case, user: DutyTurnFactory(team=user.team or TeamFactory()).pk,
    "transfer": lambda case, user: TransferFactory(case=case, offered_by=UserFactory()).pk,
    "transfer_out": lambda case, user: offered_outside(case).pk,
    "departure": lambda case, user: DepartureFactory(user__team=user.team).pk,
    "officer": lambda case, user: officer_near(user).pk,
    "known": lambda case, user: "contract",
    "intervention": lambda case, user: "resolve",
    "known_row": lambda case, user: contract(UserFactory(team=user.team)).pk,
    "whom": lambda case, user: "nps",
    "letter": lambda case, user: LetterFactory(case=case, asked_by=UserFactory()).pk,
    "liaison": lambda case, user: named_liaison(case).pk,
    "notice_to_tell": lambda case, user: VictimNoticeFactory(case=case).pk,
    "trip": lambda case, user: TravelFactory(case=case, asked_by=UserFactory()).pk,
    "granted_trip": lambda case, user: granted_trip(case).pk,
    "failure": lambda case, user: failure_of(case).pk,
    "recall": lambda case, user: (
        RecallFactory(sentence=SentenceFactory(case=case), begun_by=UserFactory()).pk
    ),
    "again": lambda case, user: to_decide_again(case).pk,
    "breach": lambda case, user: breach_of(case).pk,
    "amendment": lambda case, user: amendment_of(case).pk,
    "hearing": lambda case, user: hearing_of(case).pk,
    "allocation": lambda case, user: place_of(case).pk,
    "ended_place": lambda case, user: place_of(case, state="ended", state_because="Moved").pk,
    "beneficiary": lambda case, user: BeneficiaryFactory().pk,
    "days": lambda case, user: AvailabilityFactory().pk,
    "neighbour": lambda case, user: NeighbourFactory().pk,
    "pick_up": lambda case, user: PickUpFactory().pk,
    "way": lambda case, user: RouteFactory().pk,
    "risk": lambda case, user: WorkRiskFactory(case=case, begun_by=UserFactory()).pk,
    "risk_part": lambda case, user: written_on_site(case),
    "home_offer": lambda case, user: home_offer_of(case).pk,
    "need": lambda case, user: need_of(case).pk,
    "referral": lambda case, user: referral_of(case).pk,
    "drafted_referral": lambda case, user: referral_of(case, state="drafted").pk,
    "booked_referral": lambda case, user: (
        referral_of(case, state="booked", received_by="Jo Field", first_at=NOW).pk
    ),
    "service": lambda case, user: ServiceFactory().pk,
    "item": lambda case, user: in_prison(case),
    "prison": lambda case, user: PrisonFactory().pk,
    "resettlement_plan": lambda case, user: resettlement_plan_of(case).pk,
    "risk_item": lambda case, user: risk_item_of(case).pk,
    "pathway": lambda case, user: written_in_prison(case),
    "queue_item": lambda case, user: queue_item_of(case).pk,
    "hub_question": lambda case, user: question_of(case).pk,
    "saved_view": lambda case, user: saved_view_of(user).pk,
    "sharing": lambda case, user: sharing_near(user).pk,
    "work_override": lambda case, user: (
        OverrideFactory(case=case, assessment=None, act="allocation", asked_by=UserFactory()).pk
    ),
}
BY_ITSELF = {
    "quarter",
    "proposed_series",
    "group_referral",
    "commitment",
    "series",
    "series_session",
    "room",
    "shut",
    "leader",
    "leader_training",
    "group_session",
    "group_attendance",
    "series_place",
    "intervention",
    "saved_view",
    "sharing",
    "failure",
    "again",
    "breach",
    "amendment",
    "hearing",
    "recall",
    "queue_item",
    "hub_question",
    "letter",
    "home_offer",
    "pathway",
    "resettlement_plan",
    "risk_item",
    "item",
    "prison",
    "gate_meeting",
    "need",
    "referral",
    "service",
    "liaison",
    "trip",
    "transfer",
    "departure",
    "officer",
    "known",
    "known_row",
    "induction",
    "pause",
    "meeting",
    "court_request",
    "further_offence",
    "complaint",
    "walk_in",
    "fare",
    "turn",
    "whom",
    "arrival",
    "allocation",
    "work_requirement",
    "work_course",
    "risk",
    "risk_part",
    "project",
    "beneficiary",
    "days",
    "neighbour",
    "pick_up",
    "way",
    "place",
    "reachable",
    "appointment",
    "safety",
    "visit",
    "rar_activity",
    "rar_requirement",
    "review",
    "review_part",
    "recommendation",
    "senior_action",
    "supervision",
    "agreed",
    "restriction",
    "session",
    "attendance",
    "sync",
    "incident",
    "watch",
    "flag",
    "instruction",
}  # whose name says what it is
BESIDES_OF = {  # which of them a name with a number in it needs
    "reopen-place": "ended_place",
    "change-referral": "drafted_referral",
    "send-referral": "drafted_referral",
    "say-person-told": "booked_referral",
    "say-service-attended": "booked_referral",
    "book-first-appointment": "booked_referral",
    "record-offer-answer": "transfer_out",
    "complaint-letter": "answered_complaint",
    "see-plan": "former_plan",
    "compare-plans": "former_plan",
    **{f"api-plan-{name}": "former_plan" for name in PLAN_STEPS},
    "change-objective": "objective",
    "remove-objective": "objective",
    "give-up-objective": "objective",
    "api-change-objective": "objective",
    "api-give-up-objective": "objective",
    "change-contingency": "contingency",
    "remove-contingency": "contingency",
    "api-change-contingency": "contingency",
    "plan-part": "plan_part",
    "see-assessment": "assessment",
    "assessment-pdf": "assessment",
    **{f"api-assessment-{name}": "assessment" for name in ASSESSMENT_STEPS},
    "end-victim": "victim",
    "assess-part": "part",
    "assess-area": "area",
    "override": "override",
    "decide-override": "override",
    "decide-travel": "travel",
    "tell-victim-liaison": "notice_to_tell",
    "need-not-tell-victim-liaison": "notice_to_tell",
    "api-tell-victim-liaison": "notice_to_tell",
    "api-need-not-tell": "notice_to_tell",
    "travel-letter": "granted_trip",
    "decide-work-override": "work_override",
    "api-decide-work-override": "work_override",
    "close-work-override": "work_override",
    "api-close-work-override": "work_override",
    "close-override": "override",
    "read-override": "override",
    "api-decide-override": "override",
    "api-close-override": "override",
    "api-read-override": "override",
    "search-results": "search",
    "walk-ins-found": "search",
    "policy": "policy",
    "set-policy": "policy",
    "see-notice": "notice",
    "import": "import",
    "decide-lowering": "judgement",
    "see-information": "reading",
    "read-information": "reading",
    "api-read-information": "reading",
    "end-non-association": "pair",
    "interim-plan": "plan",
    "api-answer-interim-plan": "plan",
    "cancel-absence": "absence",
    "cancel-leader-leave": "absence",
    "api-cancel-leader-leave": "absence",
    "document": "document",
    "finish-action": "action",
    "api-finish-action": "action",
    "reply-in-hand": "in_hand",
    "set-reply-aside": "in_hand",
    "agency": "agency",
    "change-agency": "agency",
    "end-agency": "agency",
    "chase-agency": "agency",
    "send-message-again": "message",
    "say-message-went": "message",
    "cancel-message": "message",
    "see-route": "route",
    "book-replacement": "route",
    "api-book-replacement": "route",
    "plan-copy": "sentence_plan",
    "plan-copy-pdf": "sentence_plan",
    "give-plan-copy": "sentence_plan",
    "api-plan-copy": "sentence_plan",
}


def supervision_near(user, **known):
    """Of an officer whose supervision a user may read: their own where they are one, and then the one they have open."""
    officer = officer_near(user)
    open_one = Supervision.objects.unfinished().filter(officer=officer).first()
    return open_one or SupervisionFactory(
        officer=officer, senior=UserFactory(role=Role.SPO), **known
    )


def officer_near(user):
    """Whose workload a user may read: their own where they are one, else that of somebody of their team."""
    return user if user.role == Role.OFFICER else UserFactory(team=user.team)


def besides(name):
    """What stands in the address of this name besides a CRN, and how each is made."""
    parts = [part for part in ENDPOINTS[name].pattern.converters if part != "crn"]
    return {
        part: BESIDES[BESIDES_OF.get(name, part if part in BY_ITSELF else "check")]
        for part in parts
    }


def address_of(name, case, user):
    kwargs = {"crn": case.crn} if "crn" in ENDPOINTS[name].pattern.converters else {}
    return reverse(
        name, kwargs=kwargs | {part: make(case, user) for part, make in besides(name).items()}
    )


def is_each_users_own(name):
    """Whether what stands in the address is made otherwise for another user: whether making it reads `user`."""
    return any(
        step.opname.startswith("LOAD_") and step.argval == "user"
        for make in besides(name).values()
        for step in dis.get_instructions(make)
    )


def stand(case, whose, user):
    """The case, which nobody near the user holds, stands at this distance from them from now on, and no nearer: to be
    called for the distances `IN_TURN`, of which the last is not taken back."""
    if whose == Reach.PROVIDER:  # as it was made
        return
    officer = user if whose == Reach.OWN else case.officer
    team = user.team if whose == Reach.TEAM else case.team
    Case.objects.filter(pk=case.pk).update(officer=officer, team=team)
    if whose == Reach.ASSIGNED:
        AssignmentFactory(case=case, user=user, from_on=date(2018, 1, 1))


class Reached(BaseException):
    """The one door let them through. Nothing catches it on its way to the test, so that no page is drawn."""


REACHED = "reached"
OPEN = (REACHED, 200, 302, 405)
DISTANCES = (Reach.OWN, Reach.ASSIGNED, Reach.TEAM, Reach.PROVIDER)
IN_TURN = (Reach.PROVIDER, Reach.TEAM, Reach.OWN, Reach.ASSIGNED)


@pytest.fixture(scope="module")
def signed_in(django_db_setup, django_db_blocker):
    """A user of each role, and the cookies of the browser where they signed in, for every test of this module."""
    browser, found = Client(), {}
    with django_db_blocker.unblock(), undone():
        for role in Role:
            user = UserFactory(role=role)
            browser.force_login(user)
            found[role] = user, browser.cookies
            browser.cookies = SimpleCookie()
        # On a busy machine the module may outlast its hour, and no page that is opened prolongs it
        Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
        yield found


@pytest.fixture(scope="module")
def crn(signed_in, django_db_blocker):
    """Of a case that stays as it is made, for every test of this module: nobody near a user holds it."""
    with django_db_blocker.unblock(), undone():
        yield CaseFactory().crn


@pytest.fixture
def case(crn):
    return Case.objects.get(crn=crn)


@pytest.fixture(scope="module")
def browser():
    """Its middleware is made once, as that of a server is. A test begins with no cookies."""
    return Client()


@pytest.fixture
def client(browser):
    browser.cookies = SimpleCookie()
    return browser


@pytest.fixture(scope="module", autouse=True)
def each_is_asked_for_often():
    """Every role asks for the same address four times, in a session that is read once: what a page keeps in it is undone."""
    read, found = SessionStore._get_session_from_db, {}

    def read_once(self):
        if self.session_key not in found:
            found[self.session_key] = read(self)
        return found[self.session_key]

    with asked_for(addresses=64), pytest.MonkeyPatch.context() as patch:
        patch.setattr(SessionStore, "_get_session_from_db", read_once)
        yield


@pytest.fixture
def somebody(client, signed_in):
    """`with somebody(role) as user:` signs one in; what they do is taken back at the end."""

    @contextmanager
    def of_role(role):
        user, cookies = signed_in[role]
        client.cookies = SimpleCookie({name: kept.value for name, kept in cookies.items()})
        with undone():
            yield user

    return of_role


def unwritten(**entry):
    """The audit trail of what is not drawn: of what is drawn it is written."""


@pytest.fixture
def status_of(client, monkeypatch):
    """What comes of an address; with `draw` False, no page is drawn: neither that of a case whose door is passed nor
    that of the refusal, which is not written down either."""
    find = access._find

    def find_and_stop(*asked):
        find(*asked)
        raise Reached

    def asked(address, *, draw):
        if draw:
            return client.get(address).status_code
        with monkeypatch.context() as patch, refusals_undrawn():
            patch.setattr(access, "_find", find_and_stop)
            patch.setattr(access, "record", unwritten)
            try:
                return client.get(address).status_code
            except Reached:
                return REACHED

    return asked


def said(status):
    return "open" if status in OPEN else status


def allowed(far, whose):
    if not far:
        return 403
    return 404 if far < whose else "open"


def one_of(roles, name):
    """One of them, where there is any: for another name another, so that each is taken for some."""
    return roles[len(name) % len(roles)] if roles else None


@pytest.mark.parametrize("name", OF_A_CASE)
def test_each_role_reaches_exactly_the_cases_the_table_allows(case, somebody, status_of, name):
    """The page itself is drawn of the farthest case that a role reaches. That of a refusal, of the nearest case it does not,
    is drawn for one role that may never do this and for one that may, of another case: it is the same at each address."""
    action, found = action_of(ENDPOINTS[name]), {}
    shared = None if is_each_users_own(name) else address_of(name, case, None)
    never = one_of([role for role in Role if not reach(role, action)], name)
    elsewhere = one_of([role for role in Role if 0 < reach(role, action) < Reach.PROVIDER], name)
    for role in Role:
        far = reach(role, action)
        drawn = {far}
        if role in (never, elsewhere):
            drawn.add(next(whose for whose in DISTANCES if far < whose))
        with somebody(role) as user:
            address = shared or address_of(name, case, user)
            for whose in IN_TURN:
                stand(case, whose, user)
                found[role, whose] = said(status_of(address, draw=whose in drawn))

    assert found == {
        (role, whose): allowed(reach(role, action), whose) for role in Role for whose in DISTANCES
    }


@pytest.mark.parametrize("name", OF_NO_CASE)
def test_each_role_opens_exactly_the_pages_the_table_allows(case, somebody, status_of, name):
    """The page itself is drawn for every role that opens it, and that of the refusal, which is the same, for one."""
    action, found = action_of(ENDPOINTS[name]), {}
    refused = one_of([role for role in Role if not reach(role, action)], name)
    shared = None if is_each_users_own(name) else address_of(name, case, None)
    for role in Role:
        with somebody(role) as user:
            address = shared or address_of(name, case, user)
            drawn = reach(role, action) or role == refused
            found[role] = said(status_of(address, draw=drawn))

    assert found == {role: "open" if reach(role, action) else 403 for role in Role}


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_nobody_gets_in_without_signing_in(case, client, signed_in, name):
    address = address_of(name, case, signed_in[Role.OFFICER][0])

    answer = client.get(address)

    if address.startswith("/api/"):
        assert answer.status_code in (401, 403)
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))
