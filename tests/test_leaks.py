"""Limited access: every address is opened as somebody shut out, and nothing beyond the masked row is found.

The case is filled with marked words in every place that holds any. The same crawl as somebody let
in must find them, or the crawl would prove nothing.
"""

import re
from contextlib import nullcontext
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import (
    Case,
    Claim,
    Contact,
    DocumentContent,
    HubQuestion,
    Identifier,
    Issue,
    Limit,
    Message,
    Named,
    NonAssociation,
    OtherName,
    OutcomeCorrection,
    RecallStep,
    Reengagement,
)
from cases.reference.codes import Place, Register, Rosh
from cases.rules.references import reference_of
from grid.models import Escalation, FreeTime, PlaceSaid, SaidWeek
from staff.models import Team
from staff.permissions import Role, reach
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AgencyFactory,
    AgencyMeetingFactory,
    AllocationFactory,
    AppointmentFactory,
    ArrivalFactory,
    AssessmentFactory,
    AttendanceFactory,
    BreachFactory,
    CaseFactory,
    ComplaintFactory,
    ComplianceDecisionFactory,
    ComplianceWarningFactory,
    ContingencyFactory,
    CourseFactory,
    CourtRequestFactory,
    CustodyFactory,
    DeadlineFactory,
    DeathFactory,
    DeliveryFactory,
    DocumentFactory,
    DraftFactory,
    EndingFactory,
    EnquiryFactory,
    FailureFactory,
    FareFactory,
    FlagFactory,
    FurtherOffenceFactory,
    GateMeetingFactory,
    GivingFactory,
    HandOverFactory,
    HomeOfferFactory,
    HomeOfficeFactory,
    HomeVisitFactory,
    InductionFactory,
    InformationFactory,
    InHandFactory,
    InstructionFactory,
    InterimPlanFactory,
    LetterFactory,
    NeedFactory,
    NoHomePlanFactory,
    ObjectiveFactory,
    OffenceFactory,
    OverrideFactory,
    PauseFactory,
    PersonFactory,
    PlaceFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RaiseFactory,
    RarActivityFactory,
    RarEnoughFactory,
    ReachableFactory,
    ReadingFactory,
    RecallFactory,
    RecommendationFactory,
    ReferralFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    ReplyInHandFactory,
    RequirementFactory,
    ResettlementPlanFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    ReviewedEventFactory,
    ReviewFactory,
    RiskItemFactory,
    RouteDecisionFactory,
    SeniorActionFactory,
    SentenceFactory,
    SharingMoveFactory,
    SharingOutFactory,
    StandingFactory,
    SubjectFactory,
    TeamFactory,
    TransferFactory,
    TravelFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
    VisitSafetyFactory,
    WalkInFactory,
    WelfareCheckFactory,
    WhereaboutsFactory,
    WorkFactory,
    WorkRiskFactory,
)
from tests.grid.a_referral import referral_of
from tests.grid.a_week import old_tie
from tests.many_requests import asked_for, refusals_undrawn
from tests.once import undone
from tests.test_permissions import ENDPOINTS, OF_A_CASE, OF_NO_CASE, action_of, address_of
from ttg.models import GateMeeting, HomeOffer, Need, Referral, ResettlementPlan, RiskItem
from ttg.queries.owed import latest_stays
from unpaidwork.models import Adjustment, WorkReview

pytestmark = pytest.mark.django_db
MARK = "Qzxwvkjq"  # begins every marked word; long enough that no random token holds it
BORN = ("17 June 1971", "1971-06-17", "17/06/1971")
LISTS = {  # the lists, and what might be asked of them to find a kept case out
    "waiting-list": ({"expects": "nothing"}, {"women": "on"}, {"time": "evening"}),
    "waiting-list-csv": ({"expects": "nothing"},),
    "unmet-needs": ({"code": "resolve"}, {"decision": "wait"}, {"time": "evening"}),
    "caseload": (
        {"whose": "team"},
        {"whose": "all"},
        {"whose": "team", "place": "cannot"},
        {"whose": "all", "loop": "concern"},
        {"whose": "team", "loop": "not-planned"},
    ),
    "caseload-csv": ({"whose": "team"}, {"whose": "all"}),
    "team-board": ({"team": "all"},),
    "team-figures": ({"team": "all"},),
    "team-owed": ({"team": "all"}, {"team": "all", "show": "late"}, {"team": "all", "harm": "a"}),
    "team-interim-plans": ({"team": "all"}, {"team": "all", "show": "over"}),
    "team-waits": ({"team": "all"}, {"team": "all", "of": "place"}),
    "team-grid-change": ({"team": "all"}, {"team": "all", "show": "unknown"}),
    "flags": ({"team": "all"}, {"team": "all", "told": "spo"}),
    "checks-desk": ({"overdue": "1"}, {"step": "chase"}),
    "duty-today": ({"team": "all"},),
    "victim-liaison-list": ({"team": "all"}, {"team": "all", "show": "nobody"}),
    "travels": ({"team": "all"}, {"team": "all", "show": "away"}),
    "fares-given": ({"team": "all"}, {"team": "all", "when": "four-weeks"}),
    "fares-given-csv": ({"team": "all"},),
    "diary": ({"whose": "team"}, {"whose": "team", "view": "week"}),
    "checks-desk-csv": ({"team": "all"}, {"step": "analyse"}),
    "api-cases": ({"place": "cannot"},),
    "outcomes-to-log": ({"whose": "team"},),
    "hub-queue": ({"show": "asked"}, {"kind": "submit_breach"}, {"show": "late"}),
    "api-hub-queue": ({"show": "asked"}, {"show": "late"}),
    "overrides": ({"team": "all"}, {"team": "all", "state": "any"}),
    "overrides-csv": ({"team": "all", "state": "any"},),
    "agency-meetings-list": (
        {"team": "all"},
        {"team": "all", "show": "reports"},
        {"team": "all", "show": "unanswered"},
        {"team": "all", "show": "minutes"},
    ),
    "agency-meetings-csv": ({"team": "all"}, {"team": "all", "show": "minutes"}),
    "api-agency-meetings-list": ({"show": "reports"}, {"show": "minutes"}),
    "court-requests-waiting": ({"team": "all"},),
    "further-offences": ({"team": "all"}, {"team": "all", "show": "done"}),
    "complaints": ({"team": "all"}, {"team": "all", "show": "closed"}),
    "standing-still-list": ({"team": "all"}, {"team": "all", "show": "suggested"}),
    "home-visits": ({"whose": "all"}, {"whose": "all", "state": "not_done"}),
    "content": ({"team": "all"},),
    "content-people": ({"team": "all"}, {"team": "all", "code": "a-none"}),
    "content-csv": ({"team": "all"},),
    "contact-figures": ({"team": "all"},),
    "contact-people": ({"team": "all"}, {"team": "all", "code": "not-counted"}),
    "contact-csv": ({"team": "all"},),
    "reviews": (
        {"team": "all", "show": "reading"},
        {"team": "all", "show": "writing"},
        {"team": "all", "show": "owed"},
        {"team": "all", "show": "complete"},
    ),
    "recommendations": ({"team": "all"}, {"team": "all", "state": "any"}),
    "rar": ({"whose": "team"}, {"whose": "all", "code": "running"}),
    "rar-csv": ({"whose": "all", "code": "running"},),
    "releases": ({"show": "held"}, {"show": "released"}, {"not_ready": "1"}, {"drugs": "1"}),
    "releases-csv": ({"show": "held"}, {"show": "released"}),
    "release-measures": ({"team": "all"},),
    "release-measure-people": (
        {"team": "all", "code": "housed"},
        {"team": "all", "code": "handed-over", "which": "not"},
    ),
    "release-measure-people-csv": ({"team": "all", "code": "housed"},),
    "api-releases": ({"show": "held"}, {"not_ready": "1"}),
    "api-release-measure-people": ({"code": "housed"},),
    "enforcement-measures": ({"team": "all"},),
    "enforcement-measure-people": (
        {"team": "all", "code": "answered"},
        {"team": "all", "code": "letters", "which": "not"},
    ),
    "enforcement-measure-people-csv": ({"team": "all", "code": "answered"},),
    "breaches-withdrawn": ({"team": "all", "court": "Reading", "because": "late"},),
    "api-enforcement-measure-people": ({"code": "answered"},),
    "work-caseload": ({"state": "any"}, {"pace": "green"}, {"look": "instruction"}),
    "work-caseload-csv": ({"state": "any"},),
    "api-work-list": ({"state": "any"},),
    "work-sessions": ({"when": "ahead"}, {"when": "today", "show": "unready"}),
    "work-measures": ({"team": "all"},),
    "work-measures-csv": ({"team": "all"},),
    "work-measure-people": ({"team": "all", "code": "away"}, {"team": "all", "code": "arranged"}),
    "work-measure-people-csv": ({"team": "all", "code": "away"},),
    "api-work-measure-people": ({"code": "away"},),
    "escalations": ({"team": "all"}, {"team": "all", "show": "referred"}),
    "arrivals": ({"team": "all"}, {"team": "all", "stands": "unread"}),
    "arrivals-csv": ({"team": "all"},),
    "unowned": ({"team": "all"},),
    "api-arrivals": ({"stands": "unread"},),
    "escalations-csv": ({"team": "all"}, {"team": "all", "show": "referred"}),
    "standing-still-csv": ({"team": "all"},),
    "endings-csv": ({"team": "all"}, {"team": "all", "show": "ended"}),
    "api-endings-across-cases": ({"show": "ended"},),
    "endings": (
        {"team": "all"},
        {"team": "all", "show": "ended"},
        {"team": "all", "show": "unseen"},
    ),
}
NUMBERS = {  # what stands in an address of the kept case besides its CRN
    "transfer": lambda kept: kept.transfers.waiting().get().pk,
    "officer": lambda kept: UserFactory(team=kept.team).pk,
    "sharing": lambda kept: kept.sharing_moves.get().sharing_id,
    "group_referral": lambda kept: kept.referrals_to_groups.filter(state="accepted").first().pk,
    "commitment": lambda kept: kept.commitments.first().pk,
    "place": lambda kept: kept.places_said.get().place_id,
    "enquiry": lambda kept: kept.enquiries.first().pk,
    "pk": lambda kept: kept.enquiries.first().pk,
    "review": lambda kept: kept.reviews.get(state="draft").pk,
    "review_part": lambda kept: "person",
    "recommendation": lambda kept: kept.recommendations.get().pk,
    "senior_action": lambda kept: kept.senior_actions.unsettled().get().pk,
    "safety": lambda kept: kept.visit_safety.get().pk,
    "visit": lambda kept: kept.visit_safety.get().visits.get().pk,
    "reading": lambda kept: kept.readings.first().pk,
    "pair": lambda kept: NonAssociation.objects.of(kept).first().pk,
    "document": lambda kept: kept.documents.first().pk,
    "action": lambda kept: kept.plan_actions.first().pk,
    "plan": lambda kept: kept.interim_plans.first().pk,
    "override": lambda kept: kept.overrides.first().pk,
    "assessment": lambda kept: kept.assessments.get(state="draft").pk,
    "victim": lambda kept: kept.potential_victims.first().pk,
    "part": lambda kept: "harm",
    "area": lambda kept: "drugs",
    "sentence_plan": lambda kept: kept.plans.get(state="signed").pk,
    "other_plan": lambda kept: kept.plans.get(state="replaced").pk,
    "objective": lambda kept: kept.plans.get(state="draft").objectives.first().pk,
    "contingency": lambda kept: kept.plans.get(state="draft").contingencies.first().pk,
    "plan_part": lambda kept: "family",
    "route": lambda kept: kept.route_decisions.first().pk,
    "reachable": lambda kept: kept.reachable.get().pk,
    "restriction": lambda kept: kept.restrictions.standing().get().pk,
    "appointment": lambda kept: kept.decisions.get().appointment_id,
    "gate_meeting": lambda kept: GateMeeting.objects.planned().get(custody__case=kept).pk,
    "resettlement_plan": lambda kept: (
        ResettlementPlan.objects.in_force().get(custody__case=kept).pk
    ),
    "risk_item": lambda kept: RiskItem.objects.get(plan__custody__case=kept).pk,
    "pathway": lambda kept: "family",
    "home_offer": lambda kept: HomeOffer.objects.standing().get(custody__case=kept).pk,
    "need": lambda kept: Need.objects.open().get(custody__case=kept).pk,
    "referral": lambda kept: Referral.objects.get(need__custody__case=kept, state="sent").pk,
    "item": lambda kept: "bank",
    "queue_item": lambda kept: kept.deadlines.get(kind="submit_breach").pk,
    "hub_question": lambda kept: HubQuestion.objects.open().get(deadline__case=kept).pk,
    "breach": lambda kept: kept.breaches.get().pk,
    "amendment": lambda kept: kept.breaches.get().amendments.get().pk,
    "hearing": lambda kept: kept.breaches.get().hearings.get().pk,
    "risk": lambda kept: kept.work_risks.get(state="signed").pk,
    "risk_part": lambda kept: "harm",
    "flag": lambda kept: f"register-{kept.registrations.get(type_code='WEAP').pk}",
    "instruction": lambda kept: kept.work_instructions.first().pk,
    "work_requirement": lambda kept: kept.works.first().pk,
    "work_course": lambda kept: kept.works.first().courses.get().pk,
    "pause": lambda kept: kept.pauses.running().get().pk,
    "further_offence": lambda kept: kept.further_offences.get().pk,
    "complaint": lambda kept: kept.complaints.get().pk,
    "walk_in": lambda kept: kept.walk_ins.waiting().get().pk,
    "fare": lambda kept: kept.fares.standing().get().pk,
    "meeting": lambda kept: kept.agency_meetings.get(minutes_came_on__isnull=False).pk,
    "court_request": lambda kept: kept.court_requests.waiting().get().pk,
    "liaison": lambda kept: kept.victim_liaison.standing().get().pk,
    "notice": lambda kept: kept.victim_notices.owed().first().pk,
    "trip": lambda kept: kept.travels.undecided().first().pk,
    "failure": lambda kept: kept.failures.unanswered().get().pk,
    "recall": lambda kept: kept.recalls.get().pk,
    "again": lambda kept: kept.deadlines.get(kind="decide_again").pk,
    "letter": lambda kept: kept.letters.get(kind="reason").pk,
    "whom": lambda kept: "nps",
    "arrival": lambda kept: kept.arrivals.get().pk,
    "induction": lambda kept: kept.inductions.exclude(signed_at=None).get().pk,
    "rar_activity": lambda kept: kept.rar_activities.live().get().pk,
    "rar_requirement": lambda kept: kept.rar_activities.live().get().requirement_id,
}
MESSAGE, ASK = "This case is kept.", "Pat Lane"
DRAWN_OF = 8  # of the pages of refusal, about one in so many is drawn


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The keys of a team and of a case of it, made once for these tests; what each of them does to it is undone."""
    with django_db_blocker.unblock(), undone():
        team = TeamFactory()
        yield team.pk, filled(team).pk


@pytest.fixture(scope="module", autouse=True)
def each_is_asked_for_often():
    """As everybody who crawls: most of what is asked for is the kept case's, and the same again for the next of them."""
    with asked_for(addresses=2_000):
        yield


@pytest.fixture
def team(made):
    return Team.objects.get(pk=made[0])


@pytest.fixture
def kept(made):
    return Case.objects.get(pk=made[1])


def filled(team):
    """A case filled with marked words, restricted to nobody."""
    case = CaseFactory(
        team=team,
        surname=f"{MARK}surname",
        forename=f"{MARK}forename",
        sort_name=f"{MARK.lower()}surname {MARK.lower()}forename",
        born_on=date(1971, 6, 17),
    )
    PersonFactory(case=case, preferred_name=f"{MARK}preferred", notes=f"{MARK}notes")
    AddressFactory(case=case, lines=f"{MARK}street", postcode="QZXWVKJQ")
    marked_contact(case)
    marked_escalation(case)
    marked_need(case)
    RelatedPersonFactory(case=case, name=f"{MARK}child")
    OtherName.objects.create(
        case=case, previous=False, surname=f"{MARK}alias", sort_name=f"{MARK.lower()}alias"
    )
    Identifier.objects.create(case=case, kind="pnc", value=f"{MARK}1", match="1971/0000001A")
    marked_sharing(case)
    sentence = SentenceFactory(case=case, court_name=f"{MARK}court")
    OffenceFactory(sentence=sentence, description=f"{MARK}offence")
    RequirementFactory(sentence=sentence, notes=f"{MARK}requirement")
    marked_activity(sentence)
    RegistrationFactory(case=case, type_code=Register.MARAC, notes=f"{MARK}register")
    RegistrationFactory(case=case, type_code=Rosh.MEDIUM)
    Contact.objects.create(
        case=case, source_id="1", type_code="COAP", started_at=NOW, notes=f"{MARK}contact"
    )
    marked_absence(case)
    Contact.objects.create(
        case=case, source_id="2", type_code="COAP", type_name=f"{MARK}visit", started_at=now(),
        appointment=True,
    )  # fmt: skip
    enquiry = EnquiryFactory(case=case, sent=True, asked_of=f"{MARK}agency")
    SubjectFactory(enquiry=enquiry, name=f"{MARK}subject")
    unsent = EnquiryFactory(case=case, because_note=f"{MARK}because", agency=AgencyFactory())
    SubjectFactory(enquiry=unsent, kind="partner", name=f"{MARK}partner", born_on=case.born_on)
    Message.objects.create(
        key="request-kept",
        kind="request",
        agency=unsent.agency,
        address=unsent.agency.email,
        subject=f"{MARK}heading",
        body=f"{MARK}body",
        document=DocumentFactory(case=case, enquiry=enquiry),
        not_before=NOW,
        delivery="failed",
        at=NOW,
    )
    answered = EnquiryFactory(
        case=case, kind="children", replied=True, reply_text=f"{MARK}reply", asked_of=f"{MARK}asked"
    )
    SubjectFactory(enquiry=answered, kind="child", name=f"{MARK}answered", reply="no_trace")
    DocumentContent.objects.filter(document=DocumentFactory(case=case, enquiry=answered)).update(
        content=f"{MARK}bytes".encode()
    )
    PlanActionFactory(case=case, what=f"{MARK}what", by_whom=f"{MARK}whom", enquiry=answered)
    ReplyInHandFactory(text=f"{MARK}pasted {reference_of(answered.pk)}")
    owed = DeadlineFactory(case=case, kind="send_check", enquiry=enquiry, why=f"{MARK}why")
    FlagFactory(deadline=owed, told=Role.SPO, why=f"{MARK}flag")
    InterimPlanFactory(
        case=case, worst_case=f"{MARK}worst", who_is_protected=f"{MARK}protected",
        what_we_do=f"{MARK}do", answer=f"{MARK}answer",
    )  # fmt: skip
    RaiseFactory(case=case, because=f"{MARK}raised")
    OverrideFactory(
        assessment=AssessmentFactory(case=case, signed=True, state="replaced"),
        sentences=[f"{MARK}gap"], unknown=f"{MARK}unknown", read_and_asked=f"{MARK}read",
        why_safer=f"{MARK}safer", who_is_protected=f"{MARK}shielded", who_was_told=f"{MARK}told",
        what_closes_it=f"{MARK}closes", decision_note=f"{MARK}decision", read_note=f"{MARK}noted",
        closed_how=f"{MARK}closed",
    )  # fmt: skip
    AssessmentFactory(
        case=case, answers={"harm.because": f"{MARK}reasons", "self.words": f"{MARK}themselves"},
        evidence={
            "gaps": [{"key": "raised", "sentence": f"{MARK}passed"}],
            "warnings": [{"key": "stock:x", "sentence": f"{MARK}warned", "said": f"{MARK}explained"}],
        },
    )  # fmt: skip
    PotentialVictimFactory(
        person__case=case, person__name=f"{MARK}victim", how=f"{MARK}how",
        ended_because=f"{MARK}ended",
    )  # fmt: skip
    for state in ("draft", "signed", "replaced"):
        marked_plan(case, sentence, state)
    marked_reviews(case)
    RouteDecisionFactory(
        case=case, removed=f"{MARK}removed", because=f"{MARK}because",
        replacement=f"{MARK}replacement",
    )  # fmt: skip
    StandingFactory(case=case, place=Place.CANNOT, needs=f"{MARK}needs")
    came_in = InformationFactory(text=f"{MARK}said", who=f"{MARK}caller")
    ReadingFactory(
        information=came_in, case=case, state="read", read_as="nothing",
        because=f"{MARK}because", read_on=date(2018, 10, 1), read_by=case.officer,
    )  # fmt: skip
    NonAssociation.objects.create(
        one=case, other=CaseFactory(), why=f"{MARK}attacked", from_on=date(2018, 10, 1)
    )
    Issue.objects.create(case=case, kind="test", what=f"{MARK}issue", raised_on=date(2018, 10, 1))
    marked_visit(case)
    marked_restrictions(case)
    marked_work(case)
    marked_hours(case.works.first())
    marked_instruction(case)
    marked_endings(case)
    marked_standing_still(case)
    marked_worst_days(case)
    marked_desk(case)
    marked_liaison(case)
    marked_failures(sentence)
    marked_recall(sentence)
    marked_letters(case)
    marked_coming(case)
    marked_hand_overs(case)
    marked_meetings(case)
    marked_courts(case)
    marked_release(case)
    marked_referral(case)
    marked_home(case)
    marked_custody(case)
    marked_resettlement(case)
    marked_queue(case, sentence)
    marked_breach(case)
    marked_week(case)
    marked_group_referrals(case)
    return case


def marked_group_referrals(case):
    """What is proposed to them, what they wait for and what was declined, in marked words."""
    referral_of(case, "ete", because=f"{MARK}wanted", proposed_by=UserFactory())
    referral_of(case, "heal", state="declined", words=f"{MARK}no")
    referral_of(case, "mentoring", state="proposed", because=f"{MARK}suits")


def marked_week(case):
    """When they can come, what they are tied to and a place they cannot go to, in marked words."""
    said = {"by_way_of": "bus", "said_at": NOW, "recorded_by": UserFactory()}
    SaidWeek.objects.create(case=case, note=f"{MARK}formerly", superseded_at=NOW, **said)
    week = SaidWeek.objects.create(case=case, note=f"{MARK}shifts", **said)
    FreeTime.objects.create(week=week, weekday=1, part="evening")
    old_tie(case, words=f"{MARK}job", recorded_by=UserFactory())
    PlaceSaid.objects.create(
        case=case, place=PlaceFactory(), can_go="cannot", because=f"{MARK}feud", said_at=NOW,
        recorded_by=UserFactory(),
    )  # fmt: skip


def marked_breach(case):
    """Its pack with us, a change that is asked for, a day in court and a step, in marked words."""
    breach, by = case.breaches.get(), UserFactory()
    breach.answers = {
        "report": {"risk": f"{MARK}packrisk"},
        "statements": {"plan": f"{MARK}noplan"},
    }
    breach.court_name = f"{MARK}bench"
    breach.save()
    FailureFactory(
        sentence=breach.sentence, what=f"{MARK}breached", answer="refer", because=f"{MARK}whyso", answered_at=NOW,
        answered_by=by, recorded_by=by, breach=breach,
    )  # fmt: skip
    breach.steps.create(state="preparing", on=TODAY, at=NOW, by=by, words=f"{MARK}began", outside=f"{MARK}outside")  # fmt: skip
    breach.hearings.create(at=NOW, court_name=f"{MARK}sat", result=f"{MARK}adjourned")
    breach.amendments.create(
        asked_on=TODAY, asked_by=f"{MARK}asker", what=f"{MARK}amend", due_on=TODAY, recorded_by=by
    )


def marked_queue(case, sentence):
    """A breach pack that waits for the officer, one whose question was answered, and one that was returned and put right."""
    by = UserFactory(role=Role.HUB)
    breach = BreachFactory(sentence=sentence, begun_by=by)
    pack = DeadlineFactory(case=case, kind="submit_breach", breach=breach, owner_role=Role.HUB, why=f"{MARK}packed")  # fmt: skip
    asked = {"deadline": pack, "asked_at": NOW, "asked_by": by, "until": NOW}
    HubQuestion.objects.create(
        asks=f"{MARK}askedwhy", answer=f"{MARK}answeredso", answered_at=NOW, answered_by=by, **asked
    )
    HubQuestion.objects.create(asks=f"{MARK}putright", returned=True, **asked)
    Claim.objects.create(
        deadline=pack, by=by, at=NOW, worked_at=NOW, ended_at=NOW, ended="returned", words=f"{MARK}putright"
    )  # fmt: skip


def marked_release(case):
    """In prison now, handed over and to be met at the gate; released once before; all in marked words."""
    today, by = localdate(), UserFactory()
    stay = CustodyFactory(
        case=case, prison_officer=f"{MARK}wing", source=f"{MARK}reception",
        received_on=today - timedelta(days=5), release_on=today + timedelta(days=3),
    )  # fmt: skip
    HandOverFactory(
        custody=stay, how=f"{MARK}video", who_came=f"{MARK}mentor", minutes=f"{MARK}minuted",
        watch_for=f"{MARK}watched", state="queried", asked=f"{MARK}queried", asked_at=NOW, answer=f"{MARK}replied",
        offered_by=by, accepted_note=f"{MARK}noted",
    )  # fmt: skip
    GateMeetingFactory(custody=stay, where=f"{MARK}lodge", meets=by)
    InHandFactory(custody=stay, words=f"{MARK}whichbank", said_by=by)
    before = CustodyFactory(
        case=case, received_on=today - timedelta(days=60), release_on=today - timedelta(days=9),
        released_on=today - timedelta(days=9), source=f"{MARK}extract",
    )  # fmt: skip
    GateMeetingFactory(
        custody=before, meets=by, state="not_met", words=f"{MARK}missedhim", said_at=NOW, said_by=by
    )  # fmt: skip


def marked_resettlement(case):
    """A plan in force with a risk to be read, and one being written, in marked words."""
    stay, by = latest_stays([case.pk])[case.pk], UserFactory()
    said = {
        "said": "yes",
        "words": f"{MARK}gang",
        "does": f"{MARK}apart",
        "source": "person",
        "on": "2018-10-01",
    }
    words = {
        "answers": {"family.gang": said}, "strengths": f"{MARK}strong", "own_words": f"{MARK}wants",
        "agreed_because": f"{MARK}unsure", "begun_by": by,
    }  # fmt: skip
    signed = ResettlementPlanFactory(
        custody=stay, state="signed", signed_at=NOW, signed_by=by, agreed="partly",
        evidence={"warnings": [{"key": "x", "sentence": f"{MARK}warned", "said": f"{MARK}explained"}]}, **words,
    )  # fmt: skip
    RiskItemFactory(
        plan=signed, question="family.gang", words=f"{MARK}risk", source=f"{MARK}security"
    )
    ResettlementPlanFactory(custody=stay, **words)


def marked_custody(case):
    """Screened, moved and with a day that changed, and a stay recorded by mistake, in marked words."""
    stay, by = latest_stays([case.pk])[case.pk], UserFactory()
    type(stay).objects.filter(pk=stay.pk).update(screened_on=TODAY, screened_by=f"{MARK}screener")
    stay.stays.create(prison=stay.prison, from_on=stay.received_on, because=f"{MARK}moved")
    stay.changes.create(release_on=TODAY, kind="other", because=f"{MARK}changed", at=NOW, by=by)
    CustodyFactory(case=case, ended_on=TODAY, ended_because=f"{MARK}mistaken", recorded_by=by)


def marked_home(case):
    """A place that is offered and what was said of it, and a plan for nowhere to go, in marked words."""
    stay, by = latest_stays([case.pk])[case.pk], UserFactory()
    HomeOfferFactory(
        custody=stay, lines=f"{MARK}lines", who=f"{MARK}lodger", offered_by=f"{MARK}landlord", recorded_by=by,
        looked={"household": {"said": "clear", "words": f"{MARK}household"}},
    )  # fmt: skip
    NoHomePlanFactory(
        custody=stay, tonight=f"{MARK}tonight", looked_for=f"{MARK}tried", rings=f"{MARK}rings", signed_by=by
    )  # fmt: skip


def marked_referral(case):
    """A need and a service that was asked to meet it, and one that turned them down, in marked words."""
    stay, by = latest_stays([case.pk])[case.pk], UserFactory()
    need = NeedFactory(custody=stay, words=f"{MARK}needed", found_by=by)
    referral = ReferralFactory(
        need=need, tells=f"{MARK}tells", chosen_because=f"{MARK}chosen", under_duty=True, made_by=by,
    )  # fmt: skip
    referral.steps.create(state="sent", at=NOW, by=by, by_whom=f"{MARK}taker", words=f"{MARK}step")
    on_the_day = datetime.combine(stay.release_on, time(11), get_current_timezone())
    ReferralFactory(
        need=need, tells=f"{MARK}first", state="booked", received_by=f"{MARK}booker", made_by=by, first_at=on_the_day,
        first_where=f"{MARK}firstwhere",
    )  # fmt: skip
    ReferralFactory(
        need=need, tells=f"{MARK}told", state="rejected", because=f"{MARK}full", received_by=f"{MARK}name", made_by=by,
    )  # fmt: skip


def marked_escalation(case):
    """Put to the NPS, with words in every place that holds any."""
    one = Escalation.objects.create(
        case=case, because=f"{MARK}escalated", opened_on=NOW.date(), state="referred",
        meanwhile=f"{MARK}meanwhile",
    )  # fmt: skip
    one.steps.create(state="referred", words=f"{MARK}referral", outside=f"{MARK}office", at=NOW)


def marked_contact(case):
    """An e-mail address, and a reminder to it that could not be sent, in marked words."""
    ReachableFactory(
        case=case, kind="email", value=f"{MARK}@post.example", note=f"{MARK}careful",
        shared_with=f"{MARK}sister",
    )  # fmt: skip
    Message.objects.create(
        key="reminder-kept", kind="reminder", appointment=AppointmentFactory(case=case),
        address=f"{MARK}@post.example", subject=f"{MARK}day", body=f"{MARK}greeting",
        not_before=NOW, delivery="failed", at=NOW,
    )  # fmt: skip


def marked_activity(sentence):
    """Rehabilitation activity, planned, ended and enough, all in marked words."""
    requirement = RequirementFactory(sentence=sentence, main_code="F", length=10)
    RarActivityFactory(requirement=requirement, what=f"{MARK}activity")
    RarActivityFactory(
        requirement=requirement, ended_on=date(2018, 10, 1), ended_because=f"{MARK}finished"
    )
    RarEnoughFactory(requirement=requirement, because=f"{MARK}enough")


def marked_absence(case):
    """An appointment nobody came to, which was put right once, rung about and decided, all in marked words."""
    missed = AppointmentFactory(case=case, at=now() - timedelta(days=3), prepared=f"{MARK}prepared")
    ComplianceDecisionFactory(
        appointment=missed, call_note=f"{MARK}called", because=f"{MARK}decided", state="failure",
        decided_at=now(), decided_by=case.officer, answers={"not_waiting": f"{MARK}waiting"},
    )  # fmt: skip
    Contact.objects.filter(pk=missed.pk).update(
        outcome_code="UAAB", attended=False, complied=False, notes=f"{MARK}missed"
    )
    OutcomeCorrection.objects.create(
        appointment=missed, was_code="ATTC", was_name="Attended", was_notes=f"{MARK}before",
        was_rar_activity=False, because=f"{MARK}corrected", at=now(), by=case.officer,
    )  # fmt: skip
    AppointmentFactory(case=case, at=now() - timedelta(days=2), officer=case.officer)
    AppointmentFactory(
        case=case, at=now() + timedelta(days=2), called_off_at=now(), asked_by="person",
        called_off_because=f"{MARK}calledoff", interpreter="booked", interpreter_note=f"{MARK}note",
    )  # fmt: skip


def marked_reviews(case):
    """One that is complete and unread, and one being written, with a marked word in each of their free texts."""
    words = {
        "answers": {"next.words": f"{MARK}next"}, "person_view": "said",
        "person_words": f"{MARK}quoted", "harm_because": f"{MARK}moved",
        "countersign_because": f"{MARK}counter", "returned_because": f"{MARK}returned",
        "hollow_because": f"{MARK}hollow", "read_note": f"{MARK}senior",
    }  # fmt: skip
    warned = {"key": "x", "sentence": f"{MARK}warning", "said": f"{MARK}cleared"}
    signed = {"complete": True, "hollow": True, "countersigned_by": UserFactory()}
    for known in (signed, {"state": "draft"}):
        review = ReviewFactory(case=case, **words | known, evidence={"warnings": [warned]})
        ReviewedEventFactory(
            review=review,
            what=f"{MARK}happened",
            answer="nothing",
            words=f"{MARK}answered",
            answered_at=NOW,
        )
    RecommendationFactory(
        case=case, what=f"{MARK}recommended", why=f"{MARK}wherefore", contested_because=f"{MARK}contested",
        decision_because=f"{MARK}deciding", settled_because=f"{MARK}settled",
    )  # fmt: skip
    done = {
        "state": "done",
        "settled_because": f"{MARK}did",
        "settled_on": NOW.date(),
        "settled_by": case.officer,
    }
    AllocationFactory(case=case, officer=case.officer, from_on=TODAY)
    GivingFactory(
        case=case, because=f"{MARK}named", warned=[{"key": "x", "sentence": f"{MARK}warned", "said": f"{MARK}said"}]
    )  # fmt: skip
    for known in ({}, done):
        SeniorActionFactory(case=case, what=f"{MARK}asked", why=f"{MARK}matters", **known)


def marked_plan(case, sentence, state):
    """A plan with a marked word in each of its free texts."""
    plan = PlanFactory(
        case=case, signed=True, state=state, agreed="no", agreed_because=f"{MARK}disagrees",
        agreed_on=date(2018, 10, 1),
        answers={"person.words": f"{MARK}own", "children.details": f"{MARK}children"},
    )  # fmt: skip
    objective = ObjectiveFactory(plan=plan, what=f"{MARK}objective", about=["harm:public"])
    PlanActionFactory(
        case=case, objective=objective, in_draft=state == "draft", what=f"{MARK}step",
        by_whom=f"{MARK}doer", dropped_because=f"{MARK}dropped", done_note=f"{MARK}done",
    )  # fmt: skip
    ContingencyFactory(
        plan=plan,
        what_if=f"{MARK}if",
        then=f"{MARK}then",
        by_whom=f"{MARK}who",
        by_when=f"{MARK}soon",
    )
    DeliveryFactory(
        plan=plan, how=f"{MARK}how", requirement=sentence.requirements.order_by("pk").first()
    )


def marked_coming(case):
    """An arrival that is read, and an induction that is signed and one that is written, in marked words."""
    ArrivalFactory(
        case=case, note=f"{MARK}firstnote", read_on=date(2018, 10, 2), read_by=case.officer,
        brought={"report": {"state": "none", "words": f"{MARK}notcome"}},
    )  # fmt: skip
    said = {"said": "yes", "words": f"{MARK}caring", "asks": f"{MARK}asks"}
    InductionFactory(
        case=case, answers={"needs.caring": said}, held_on=date(2018, 10, 2), proof="refused",
        proof_words=f"{MARK}proof", signed_at=NOW, signed_by=case.officer,
    )  # fmt: skip
    InductionFactory(case=case, answers={"needs.caring": said})


def marked_meetings(case):
    """To come, held and minuted, held and not, and called off, in marked words."""
    told = {"where": f"{MARK}room", "chair": f"{MARK}chair", "case": case}
    said = {
        "took_part": "absent", "came_to": f"{MARK}decision", "answered_at": NOW, "answered_by": case.officer,
        "held_at": NOW, "report_sent_on": TODAY, "report_words": f"{MARK}report",
    }  # fmt: skip
    AgencyMeetingFactory(**told, held_at=now() + timedelta(hours=1), report_by_on=TODAY)
    AgencyMeetingFactory(**told, held_at=now() - timedelta(hours=1))
    AgencyMeetingFactory(**told | said)
    minuted = AgencyMeetingFactory(**told | said, minutes=f"{MARK}minutes", minutes_came_on=TODAY)
    AgencyMeetingFactory(**told, called_off_on=TODAY, called_off_because=f"{MARK}calledoff")
    PlanActionFactory(case=case, meeting=minuted, what=f"{MARK}ours", by_whom=f"{MARK}ofus")


def marked_courts(case):
    """What a court asks, answered, withdrawn and waiting, in marked words."""
    told = {
        "case": case,
        "court": f"{MARK}bench",
        "asked_by": f"{MARK}usher",
        "words": f"{MARK}query",
    }
    CourtRequestFactory(**told, needed_by=now() + timedelta(hours=1))
    CourtRequestFactory(
        **told, reply=f"{MARK}replied", replied_at=NOW, replied_by=case.officer, sent_by="email"
    )
    CourtRequestFactory(
        **told, withdrawn_at=NOW, withdrawn_by=case.officer, withdrawn_because=f"{MARK}adjourned"
    )


def marked_hand_overs(case):
    """Offered and not answered, and refused before, in marked words."""
    TransferFactory(case=case, note=f"{MARK}handover", offered_by=case.officer)
    TransferFactory(
        case=case, kind="nps", to_officer=None, outside=f"{MARK}office", outside_officer=f"{MARK}officer",
        note=f"{MARK}earlier", state="refused", because=f"{MARK}refusal", answered_at=now(),
        answered_by=case.officer, offered_by=case.officer,
    )  # fmt: skip


def marked_worst_days(case):
    """A charge with what was known, and a complaint, in marked words."""
    known = {"sections": [{"code": "contact", "title": "Contact", "entries": [
        {"id": "contact-0", "title": "Office visit", "lines": [["Notes", f"{MARK}then"]]},
    ]}]}  # fmt: skip
    FurtherOffenceFactory(
        case=case, offence=f"{MARK}wounding", told_by=f"{MARK}police", known=known, learnt=f"{MARK}lesson",
        reviewed_on=TODAY, reviewed_by=case.officer, notified_on=TODAY, notified_whom=f"{MARK}ministry",
        notified_by=case.officer,
    )  # fmt: skip
    ComplaintFactory(
        case=case, who=f"{MARK}complainant", words=f"{MARK}complained", wants=f"{MARK}wanted",
        answer=f"{MARK}answered", learnt=f"{MARK}learnt", outcome="yes", answered_on=TODAY,
        answered_by=case.officer,
    )  # fmt: skip


def marked_need(case):
    """Somebody who waits, and what a senior decided where nothing fits, in marked words."""
    by = UserFactory()
    referral = case.referrals_to_groups.create(
        code="resolve", hook="rar", state="accepted", proposed_on=TODAY, because=f"{MARK}suits", policy_version=1,
        answered_at=NOW, answered_by=by, waiting_since=TODAY,
    )  # fmt: skip
    case.unmet_needs.create(
        referral=referral, missing=[f"{MARK}evening"], opened_on=TODAY, decision="wait", words=f"{MARK}until",
        look_again_on=date(2030, 1, 1), decided_at=NOW, decided_by=by,
    )  # fmt: skip


def marked_standing_still(case):
    pause = PauseFactory(case=case, source=f"{MARK}told")
    WhereaboutsFactory(pause=pause, asked=f"{MARK}force", said=f"{MARK}seen")
    PauseFactory(
        case=case, kind="hospital", where=f"{MARK}ward", to_on=TODAY, ended_at=NOW,
        ended_by=case.officer, ended_because=f"{MARK}home",
    )  # fmt: skip
    said = {"on": "2018-10-01", "by": case.officer_id, "words": f"{MARK}heard"}
    DeathFactory(case=case, told_by=f"{MARK}sister", family=f"{MARK}family", told={"nps": said})


def marked_liaison(case):
    """Victim liaison, what they said when asked, the Home Office and travel, in marked words."""
    by = UserFactory()
    RegistrationFactory(case=case, type_code=Register.VICTIM_CONTACT)
    VictimLiaisonFactory(
        case=case,
        officer=f"{MARK}liaison",
        unit=f"{MARK}unit",
        reach=f"{MARK}reach",
        recorded_by=by,
    )
    VictimNoticeFactory(case=case, words=f"{MARK}moved")
    VictimNoticeFactory(
        case=case, words=f"{MARK}out", told_on=TODAY, told_whom=f"{MARK}whom", told_how="email", said=f"{MARK}said",
        answered_at=NOW, answered_by=by,
    )  # fmt: skip
    WelfareCheckFactory(
        case=case, answer="plans", words=f"{MARK}easier", done=f"{MARK}crisis", recorded_by=by
    )
    HomeOfficeFactory(
        case=case, interest="bail", answered_on=TODAY, conditions=f"{MARK}reports", reference=f"{MARK}file",
        caseworker=f"{MARK}moss", set_by=by,
    )  # fmt: skip
    TravelFactory(case=case, where=f"{MARK}there", why=f"{MARK}funeral", asked_by=by)
    TravelFactory(
        case=case, where=f"{MARK}gone", why=f"{MARK}wedding", asked_by=by, from_on=TODAY, to_on=TODAY, state="granted",
        decided_at=NOW, decided_by=by, because=f"{MARK}kept",
    )  # fmt: skip


def marked_desk(case):
    """Somebody who waits and who was seen before, and fares, one of them taken back, in marked words."""
    by = UserFactory()
    WalkInFactory(case=case, words=f"{MARK}bed", recorded_by=by)
    WalkInFactory(
        case=case, words=f"{MARK}keys", state="left", ended_at=NOW, ended_by=by, came_to=f"{MARK}gone", recorded_by=by,
    )  # fmt: skip
    FareFactory(
        case=case, journey=f"{MARK}way", voucher=f"{MARK}number", given_at=now(), given_by=by
    )
    FareFactory(
        case=case, journey=f"{MARK}way", given_at=now(), given_by=by, taken_back_at=now(), taken_back_by=by,
        taken_back_because=f"{MARK}unused",
    )  # fmt: skip


def marked_failures(sentence):
    """One that nobody has answered, and one answered by a warning that is to be decided again, in marked words."""
    known = {"sentence": sentence, "what": f"{MARK}failed", "excuse": f"{MARK}excuse"}
    FailureFactory(**known)
    by = UserFactory()
    warned = FailureFactory(
        **known, answer="warn", answered_at=NOW, answered_by=by, because=f"{MARK}answering",
        warning=ComplianceWarningFactory(sentence=sentence),
        law={"again": [{"on": "2018-10-01", "by": by.name, "because": f"{MARK}anew"}]},
    )  # fmt: skip
    FailureFactory(
        **known, withdrawn_on=TODAY, withdrawn_by=by, withdrawn_because=f"{MARK}hospital"
    )  # fmt: skip
    DeadlineFactory(
        case=sentence.case, kind="decide_again", failure=warned, why=f"{MARK}fell"
    )  # fmt: skip


def marked_recall(sentence):
    """One of which Part A is being written, sent back before, and what is agreed of contact meanwhile, in marked words."""
    answers = {"what": f"{MARK}left", "curfew": f"{MARK}curfew"}
    recall = RecallFactory(sentence=sentence, answers=answers)
    RecallStep.objects.create(
        recall=recall, state="REC01", at=NOW, by=recall.begun_by, words=f"{MARK}sentback", outside=f"{MARK}manager"
    )  # fmt: skip
    Reengagement.objects.create(
        case=recall.case, recall=recall, cannot_be_seen=f"{MARK}atlarge", what_kept_them=f"{MARK}nights",
        what_we_do=f"{MARK}library", written_at=NOW, written_by=recall.begun_by,
    )  # fmt: skip


def marked_letters(case):
    """One that is being written, one that is not to go, and one that came back, in marked words."""
    words = {"on_0": "2018-10-01", "what_0": f"{MARK}happened", "no_appointment": f"{MARK}booked"}
    LetterFactory(case=case, kind="reason", words=words)
    LetterFactory(case=case, state="cancelled", cancelled_because=f"{MARK}cancelled")
    LetterFactory(
        case=case, state="returned", document=DocumentFactory(case=case), sent_at=NOW, sent_by=UserFactory(),
        sent_how="post", address=f"{MARK}envelope", proof=f"{MARK}certificate", served_on=TODAY, returned_on=TODAY,
        returned_because=f"{MARK}unknown", words={"made": {"crn": case.crn}},
    )  # fmt: skip


def marked_instruction(case):
    """Expected today and on days to come: what supervisors are told, in marked words."""
    for days in range(3):
        on = localdate() + timedelta(days=days)
        AttendanceFactory(work=case.works.first(), case=case, session__on=on)
    RegistrationFactory(case=case, type_code=Register.SEX_OFFENDER, notes=f"{MARK}sexual")
    InstructionFactory(
        registration=RegistrationFactory(case=case, type_code=Register.WEAPONS),
        must_not=f"{MARK}mustnot", watch_for=f"{MARK}watch", do=f"{MARK}act", ring=f"{MARK}ring",
    )  # fmt: skip


def marked_endings(case):
    """One that was opened again and one being prepared, in marked words."""
    said = {"help": f"{MARK}help", "person": "said", "person_words": f"{MARK}farewell"}
    register = case.registrations.first().pk
    known = {
        "case": case, "ends_on": localdate() + timedelta(days=10),
        "flags": {str(register): {"keep": False, "because": f"{MARK}flagged"}},
        "told": {"police": {"because": f"{MARK}untold"}},
    }  # fmt: skip
    early = {"propose": True, "because": f"{MARK}progress", "on": "2018-10-01", "by": "x"}
    EndingFactory(**known, answers=said | {"early": early})
    EndingFactory(
        **known, answers=said, ended_at=NOW, ended_by_way="other", keep_until=date(2024, 10, 1),
        reopened_at=NOW, reopened_because=f"{MARK}reopened",
    )  # fmt: skip


def marked_visit(case):
    """A visit that was not done, by a safety decision, in marked words."""
    safety = VisitSafetyFactory(
        case=case, where=f"{MARK}where", endangers_whom=f"{MARK}endangered",
        staff_risk=f"{MARK}dog", fallback=f"{MARK}landline", because=f"{MARK}how",
    )  # fmt: skip
    visit = HomeVisitFactory(
        case=case, safety=safety, seen={"said": f"{MARK}said"}, not_done="unsafe",
        not_done_because=f"{MARK}undone",
    )  # fmt: skip
    Contact.objects.filter(pk=visit.pk).update(started_at=now())


def marked_work(case):
    """Unpaid work whose risk is assessed, and is being assessed anew, in marked words."""
    WorkFactory(case_of=case)
    said = {"said": "yes", "words": f"{MARK}fought", "source": f"{MARK}source", "on": "2018-05-03"}
    for state in ("draft", "signed"):
        WorkRiskFactory(
            case=case, state=state, answers={"harm.violence": said}, evidence={"facts": {"x": f"{MARK}fact"}},
            signed_at=NOW, signed_by=UserFactory(), good_until=date(2018, 10, 1),
        )  # fmt: skip


def marked_hours(work):
    """An entry of the ledger, a course and a look back, in marked words."""
    by = UserFactory()
    work.ete_because, work.intensive_because = f"{MARK}courses", f"{MARK}intensive"
    work.save()
    Adjustment.objects.create(
        work=work, reason="elsewhere", minutes=60, on=date(2018, 10, 1), note=f"{MARK}ledger", at=NOW, by=by
    )  # fmt: skip
    CourseFactory(work=work, title=f"{MARK}course", provider=f"{MARK}campus", recorded_by=by)
    past = localdate() - timedelta(days=30)  # counted by the measures
    AttendanceFactory(work=work, case=work.case, session__on=past)
    WorkReview.objects.create(
        work=work, point="third", held_on=date(2018, 10, 1), their_words=f"{MARK}theirs",
        strengths=f"{MARK}grown", next=f"{MARK}next", at=NOW, by=by,
    )  # fmt: skip


def marked_sharing(case):
    """Proposed for an officer, with a word of whoever settled it."""
    sharing = SharingOutFactory(
        team=case.team, in_the_way=[f"Nobody may have {case.crn}. {MARK}way"]
    )
    SharingMoveFactory(
        sharing=sharing, case=case, because=f"{MARK}settled", why=[f"{MARK}speaks"],
        warned=[{"key": "wish", "sentence": f"{MARK}warned", "rule": "A woman who asks for a woman has one"}],
    )  # fmt: skip


def marked_restrictions(case):
    """An order that bans an area, and one that is ended, in marked words."""
    words = {
        "prohibits": f"{MARK}mustnot", "made_by": f"{MARK}magistrates", "source": f"{MARK}orderfrom",
    }  # fmt: skip
    one = RestrictionFactory(case=case, terms="areas", **words)
    RestrictedAreaFactory(restriction=one, label=f"{MARK}label")
    RestrictionFactory(case=case, ended_on=date(2018, 10, 1), ended_because=f"{MARK}over", **words)


@pytest.fixture
def limit(kept):
    return Limit.objects.create(case=kept, restricted=True, message=MESSAGE, ask=ASK)


def body_of(answer):
    """What was answered as text; a PDF is mostly none."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode(errors="replace")


def ask(client, user, name, address, codes=None):
    """What comes of it. Refusals are read by the words they come with, and of some by the page that is drawn around those,
    the same at every address."""
    with nullcontext() if len(name) % DRAWN_OF == 0 else refusals_undrawn():
        answer = client.get(address, codes)
    if not reach(user.role, action_of(ENDPOINTS[name])):
        assert answer.status_code in (403, 405), name
    return answer


def crawl(client, user, kept):
    """The body of every address as this user, and of searches for the marked words."""
    client.force_login(user)
    for writer in (
        user,
        kept.officer,
    ):  # what was begun there while it was still open to the reader
        page = reverse("write-interim-plan", args=[kept.crn])
        DraftFactory(user=writer, page=page, fields={"worst_case": [f"{MARK}typed"]})
    bodies, number = {}, cache(lambda part: NUMBERS[part](kept))
    for name in OF_A_CASE:
        parts = ENDPOINTS[name].pattern.converters.keys() - {"crn"}
        if parts - NUMBERS.keys():
            continue
        numbers = {part: number(part) for part in parts}
        bodies[name] = ask(client, user, name, reverse(name, kwargs={"crn": kept.crn} | numbers))
    for name in OF_NO_CASE:
        address = address_of(name, kept, user)
        bodies[name] = ask(client, user, name, address)
        for codes in LISTS.get(name, ()):
            bodies[f"{name} {codes}"] = ask(client, user, name, address, codes)
    for text in (kept.surname, f"{MARK}alias", "17/06/1971", "1971/0000001A", kept.crn):
        found = client.post(reverse("search"), {"q": text}, follow=True)
        bodies[f"search {text}"] = found
    return {name: body_of(answer) for name, answer in bodies.items()}


def leaks(bodies):
    return {
        name
        for name, body in bodies.items()
        # what the reader typed is theirs: it is shown back to them
        if MARK.lower() in body.lower().replace(name.removeprefix("search ").lower(), "")
        or (any(born in body for born in BORN) and not name.startswith("search 17"))
    }


@pytest.mark.parametrize("role", Role)
def test_those_shut_out_learn_nothing_beyond_the_masked_row(client, team, kept, limit, role):
    bodies = crawl(client, UserFactory(role=role, team=team), kept)

    assert leaks(bodies) == set()


def test_those_excluded_by_name_learn_nothing_either(client, team, kept):
    user = UserFactory(role=Role.SPO, team=team)
    exclusion = Limit.objects.create(case=kept, restricted=False, message=MESSAGE, ask=ASK)
    Named.objects.create(limit=exclusion, user=user, let_in=False)

    assert leaks(crawl(client, user, kept)) == set()


def test_the_same_crawl_finds_the_words_for_somebody_let_in(client, team, kept, limit):
    user = UserFactory(role=Role.SPO, team=team)
    Named.objects.create(limit=limit, user=user, let_in=True)

    found = leaks(crawl(client, user, kept))

    assert {
        "hub-queue",
        "hub-item",
        "hub-asked",
        "answer-hub",
        "api-hub-queue",
        "api-hub-item",
        "api-hub-asked",
        "breach",
        "breach-pack",
        "api-breaches",
        "api-breach-pack",
        "case",
        "caseload",
        "checks-desk",
        "case-checks",
        "case-information",
        "see-information",
        "plan",
        "see-plan",
        "compare-plans",
        "write-plan",
        "sign-plan",
        "change-objective",
        "change-contingency",
        "api-plans",
        "assess-part",
        "see-assessment",
        "sign-assessment",
        "victims",
        "end-victim",
        "api-assessments",
        "send-batch",
        "api-case",
        "case-offers",
        "decide-unmet-need",
        "unmet-needs",
        "waiting-list",
        "api-case-unmet-needs",
        "api-unmet-needs",
        "api-waiting-list",
        "case-visits",
        "visit-sheet",
        "visit-safety",
        "home-visits {'whose': 'all', 'state': 'not_done'}",
        "api-home-visits",
        "api-visit-safety",
        "case-contacts",
        "contact-details",
        "api-contact-details",
        "appointment",
        "decide-absence",
        "api-contacts",
        "case-release",
        "first-days",
        "api-first-days",
        "gate-sheet",
        "custody",
        "api-custody",
        "release-in-hand",
        "set-in-hand",
        "api-release-in-hand",
        "release-home",
        "look-at-home",
        "confirm-home",
        "settle-home",
        "withdraw-no-home-plan",
        "api-release-home",
        "release-needs",
        "settle-need",
        "draft-referral",
        "referral",
        "record-referral-answer",
        "withdraw-referral",
        "referrals-unanswered",
        "api-release-needs",
        "api-referrals",
        "hand-over",
        "api-hand-over",
        "resettlement-plan",
        "give-up-resettlement-plan",
        "write-resettlement-plan",
        "their-view",
        "sign-resettlement-plan",
        "see-resettlement-plan",
        "resettlement-plan-copy",
        "risk-items",
        "answer-risk-item",
        "api-resettlement-plans",
        "api-risk-items",
        "releases",
        "release-measure-people {'team': 'all', 'code': 'housed'}",
        "api-releases",
        "case-unpaid-work",
        "work-hours",
        "work-caseload",
        "work-measure-people {'team': 'all', 'code': 'away'}",
        "api-work-list",
        "work-instructions",
        "write-instruction",
        "end-instruction",
        "api-work-instructions",
        "missing-instructions",
        "case-rar",
        "change-rar-activity",
        "api-rar",
        "rar {'whose': 'all', 'code': 'running'}",
        "contact-people {'team': 'all', 'code': 'not-counted'}",
        "case-reviews",
        "review",
        "write-review",
        "sign-review",
        "review-part",
        "api-reviews",
        "recommendation",
        "api-recommendations",
        "recommendations",
        "senior-actions",
        "senior-action",
        "do-senior-action",
        "api-senior-actions",
        "see-work-risk",
        "sign-work-risk",
        "work-risk-part",
        "api-work-risks",
        "reviews {'team': 'all', 'show': 'complete'}",
        "case-ending",
        "prepare-ending",
        "end-case",
        "api-ending",
        "endings {'team': 'all'}",
        "case-walk-ins",
        "see-walk-in",
        "walk-in-left",
        "case-fares",
        "duty-today",
        "fares-given",
        "api-walk-ins",
        "api-waiting",
        "api-fares",
        "api-fares-given",
        "agency-meetings",
        "minutes",
        "api-agency-meetings",
        "api-minutes",
        "agency-meetings-list {'team': 'all', 'show': 'reports'}",
        "court-requests",
        "answer-court",
        "api-court-requests",
        "court-requests-waiting",
        "standing-still",
        "record-whereabouts",
        "api-pauses",
        "death",
        "correct-death",
        "say-heard",
        "victim-liaison",
        "api-victim-liaison",
        "victim-liaison-list {'team': 'all'}",
        "welfare",
        "api-welfare",
        "home-office",
        "api-home-office",
        "travels {'team': 'all', 'show': 'away'}",
        "case-letters",
        "letter",
        "write-letter",
        "cancel-letter",
        "api-letters",
        "api-letter",
        "case-enforcement",
        "failure",
        "answer-failure",
        "withdraw-failure",
        "decide-again",
        "recall",
        "write-part-a",
        "withdraw-recall",
        "win-back",
        "api-recalls",
        "api-recall",
        "api-failures",
        "api-failure",
        "api-deaths",
        "standing-still-list",
        "further-offence",
        "known-then",
        "api-further-offences",
        "api-known-then",
        "case-complaints",
        "complaint",
        "complaint-letter",
        "api-complaints",
        "further-offences {'team': 'all', 'show': 'done'}",
        "complaints {'team': 'all', 'show': 'closed'}",
        "case-holder",
        "hand-over-sheet",
        "answer-offer",
        "take-offer-back",
        "hand-overs",
        "api-transfers",
        "case-restrictions",
        "change-restriction",
        "end-restriction",
        "api-restrictions",
        "escalation",
        "case-interventions",
        "answer-intervention",
        "api-group-referrals",
        "case-week",
        "say-week",
        "say-of-place",
        "api-case-week",
        "referral-sheet",
        "record-nps-answer",
        "escalation-meanwhile",
        "api-escalations",
        "escalations",
    } <= found
    assert {"my-work", "flags", "api-work"} <= found


@pytest.mark.parametrize("name", ["case", "case-checks", "placement"])
def test_the_address_of_a_kept_case_answers_with_the_same_words(client, team, kept, limit, name):
    client.force_login(UserFactory(role=Role.SPO, team=team))

    answer = client.get(reverse(name, args=[kept.crn]))

    assert answer.status_code == 403
    assert MESSAGE in answer.content.decode()
    assert ASK in answer.content.decode()


def test_a_case_that_is_not_there_and_one_out_of_reach_answer_alike(client):
    client.force_login(UserFactory())

    not_there = client.get(reverse("case", args=["X999999"]))
    not_theirs = client.get(reverse("case", args=[CaseFactory().crn]))

    assert not_there.status_code == not_theirs.status_code == 404
    assert without_tokens(not_there) == without_tokens(not_theirs)


def without_tokens(answer):
    """The page without the random token of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
