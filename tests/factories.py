"""The smallest valid row of each kind, with nothing left to chance; services build the rest."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from cases.models import (
    Absence,
    Address,
    Agency,
    AgencyMeeting,
    Allocation,
    Appointment,
    Arrival,
    Assessment,
    Assignment,
    Breach,
    Case,
    Complaint,
    ComplianceDecision,
    ComplianceWarning,
    Contact,
    Contingency,
    CourtRequest,
    Deadline,
    Death,
    Delivery,
    Departure,
    Document,
    DocumentContent,
    DutyTurn,
    Ending,
    Enquiry,
    Failure,
    Fare,
    Flag,
    FurtherOffence,
    Giving,
    HomeOffice,
    HomeVisit,
    ImportedAssessment,
    Induction,
    Information,
    InterimPlan,
    Letter,
    Limit,
    Named,
    Objective,
    Offence,
    OpeningHours,
    Override,
    Pause,
    Person,
    Plan,
    PlanAction,
    PlanCopy,
    PotentialVictim,
    Predictor,
    Raise,
    RarActivity,
    RarEnough,
    Reachable,
    Reading,
    Recall,
    Recommendation,
    Registration,
    RelatedPerson,
    ReplyInHand,
    Requirement,
    RestrictedArea,
    Restriction,
    Review,
    ReviewedEvent,
    RouteDecision,
    SeniorAction,
    Sentence,
    Standing,
    Subject,
    Transfer,
    Travel,
    VictimLiaison,
    VictimNotice,
    VisitSafety,
    WalkIn,
    WelfareCheck,
    Whereabouts,
)
from cases.models import (
    Place as Office,
)
from cases.reference.agencies import Channel, DocumentKind
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.reference.arriving import CameFrom
from cases.reference.checks import Because, CheckKind, EnquiryState, Reply, SubjectKind
from cases.reference.codes import Capacity, CaseState, Order, Part, Place, Register, Rosh, Sex
from cases.reference.courts import CourtWants
from cases.reference.duty import CameFor, FareKind
from cases.reference.holding import TransferKind, TransferState
from cases.reference.home_office import HomeOfficeInterest
from cases.reference.information import InformationKind, RaiseKind, SaidBy
from cases.reference.pauses import PauseKind
from cases.reference.victim_liaison import VictimCause
from cases.reference.worst_days import ComplaintFrom, WelfareAnswer, WelfareWhen
from oversight.models import AgreedAction, SharingMove, SharingOfficer, SharingOut, Supervision
from oversight.rules.comparing_facts import CaseFacts
from oversight.rules.comparing_facts import Officer as ComparedOfficer
from oversight.rules.sharing_facts import ToShare
from oversight.rules.sharing_kept import as_kept
from staff.models import Draft, LocalDeliveryUnit, Provider, Team, User
from staff.permissions import Role
from ttg.models import (
    Custody,
    GateMeeting,
    HandOver,
    HomeOffer,
    InHand,
    Need,
    NightStay,
    NoHomePlan,
    Prison,
    PrisonStay,
    Referral,
    ReplyLink,
    ResettlementPlan,
    RiskItem,
    Service,
)
from ttg.reference.custody import CustodyKind, PlanKind, ReleaseKind
from ttg.reference.home import HomeKind, Item, ItemState, Night, Stays
from ttg.reference.referrals import Consent, NeedSide, Pathway, ReferralState, SentHow, ServiceKind
from unpaidwork.models import (
    Attendance,
    Availability,
    Beneficiary,
    Course,
    Instruction,
    Neighbour,
    PickUp,
    Project,
    Route,
    SiteCheck,
    Stop,
    Work,
    WorkAllocation,
    WorkRisk,
    WorkSession,
)

TODAY = date(2018, 10, 1)  # a Monday
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)


def numbered(words):
    """All of one width: they sort as they were made, and none is the beginning of another."""
    return factory.Sequence(lambda n: f"{words}{n:06}")


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider
        django_get_or_create = ["code"]

    code = "C99"
    name = "Thames Valley CRC"
    nps = False


class LocalDeliveryUnitFactory(DjangoModelFactory):
    class Meta:
        model = LocalDeliveryUnit

    provider = factory.SubFactory(ProviderFactory)
    code = factory.Sequence(lambda n: f"C99LDU{n}")
    name = numbered("Unit ")


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    unit = factory.SubFactory(LocalDeliveryUnitFactory)
    code = factory.Sequence(lambda n: f"C99T{n}")
    name = numbered("Team ")


class UserFactory(DjangoModelFactory):
    """A responsible officer with a team of their own. Has no password: use `client.force_login`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = numbered("staff")
    first_name = "Sam"
    last_name = numbered("Field")
    role = Role.OFFICER
    team = factory.SubFactory(TeamFactory)
    password = factory.django.Password(None)


class DraftFactory(DjangoModelFactory):
    """A sentence begun on the account's page, which is still open."""

    class Meta:
        model = Draft

    user = factory.SubFactory(UserFactory)
    page = "/account/"
    fields = factory.LazyFunction(lambda: {"text": ["He has been seen"]})
    saved_at = NOW
    opened_at = NOW
    seen_at = factory.SelfAttribute("saved_at")


class CaseFactory(DjangoModelFactory):
    """Supervised by us, begun here."""

    class Meta:
        model = Case

    crn = factory.Sequence(lambda n: f"X{n:06}")
    surname = numbered("Marsh")
    forename = "Alex"
    sort_name = factory.LazyAttribute(lambda case: f"{case.surname} {case.forename}".lower())
    born_on = date(1990, 5, 4)
    sex = Sex.MALE
    state = CaseState.SUPERVISED
    team = factory.SubFactory(TeamFactory)
    provider = factory.LazyAttribute(lambda case: case.team.unit.provider if case.team else None)
    officer = factory.SubFactory(UserFactory, team=factory.SelfAttribute("..team"))
    officer_since = TODAY
    arrived_on = TODAY
    facts_changed_at = NOW


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = Standing

    case = factory.SubFactory(CaseFactory)
    place = Place.CANNOT
    needs = "a risk of serious harm level"
    placed_on = TODAY
    facts_as_at = factory.SelfAttribute("case.facts_changed_at")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    case = factory.SubFactory(CaseFactory)


class ReachableFactory(DjangoModelFactory):
    """A mobile that they said is safe."""

    class Meta:
        model = Reachable

    case = factory.SubFactory(CaseFactory)
    kind = "mobile"
    value = "07700 900123"
    safe = True


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    case = factory.SubFactory(CaseFactory)
    status_code = "M"
    lines = "4 Example Street"
    town = "Reading"
    postcode = "RG1 1AA"
    from_on = TODAY


class RelatedPersonFactory(DjangoModelFactory):
    class Meta:
        model = RelatedPerson

    case = factory.SubFactory(CaseFactory)
    kind = SubjectKind.CHILD
    name = "Robin Marsh"
    relationship = "Child"


class SentenceFactory(DjangoModelFactory):
    class Meta:
        model = Sentence

    case = factory.SubFactory(CaseFactory)
    source_id = factory.Sequence(lambda n: f"{n}")
    event = "1"
    active = True
    order = Order.COMMUNITY
    description = "ORA Community Order"
    convicted_on = TODAY
    started_on = TODAY


class OffenceFactory(DjangoModelFactory):
    class Meta:
        model = Offence

    sentence = factory.SubFactory(SentenceFactory)
    code = "10501"
    description = "Common assault"
    main = True


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = Requirement

    sentence = factory.SubFactory(SentenceFactory)
    source_id = factory.Sequence(lambda n: f"{n}")
    main_code = "F"
    main_name = "Rehabilitation activity requirement"
    active = True


class RegistrationFactory(DjangoModelFactory):
    """On the register as the source of harm, now."""

    class Meta:
        model = Registration

    case = factory.SubFactory(CaseFactory)
    source_id = factory.Sequence(lambda n: f"{n}")
    type_code = Register.DOMESTIC_ABUSE_PERPETRATOR
    part = Part.SOURCE
    active = True
    started_on = TODAY


class AllocationFactory(DjangoModelFactory):
    class Meta:
        model = Allocation

    case = factory.SubFactory(CaseFactory)
    officer = factory.SelfAttribute("case.officer")
    active = True
    from_on = TODAY


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)
    capacity = Capacity.COVER
    from_on = TODAY


class EnquiryFactory(DjangoModelFactory):
    """A bare row to be sent; `open_enquiry` makes one with its subjects, step and deadline.

    Traits put it further on: EnquiryFactory(sent=True), (replied=True), (analysed=True).
    """

    class Meta:
        model = Enquiry

    class Params:
        sent = factory.Trait(
            state=EnquiryState.SENT,
            asked_of="Thames Valley Police",
            sent_on=TODAY,
        )
        replied = factory.Trait(
            sent=True, state=EnquiryState.REPLIED, replied_on=TODAY, reply=Reply.NO_TRACE
        )
        analysed = factory.Trait(
            replied=True,
            state=EnquiryState.ANALYSED,
            due_on=None,
            analysed_on=TODAY,
            changes="nothing",
            analysis="Nothing is known, and the plan already assumes the worst.",
        )

    case = factory.SubFactory(CaseFactory)
    kind = CheckKind.POLICE
    because = Because.START
    triggered_on = TODAY
    due_on = date(2018, 10, 3)


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    enquiry = factory.SubFactory(EnquiryFactory)
    kind = SubjectKind.PERSON
    name = "Alex Marsh"


class DeadlineFactory(DjangoModelFactory):
    class Meta:
        model = Deadline

    case = factory.SubFactory(CaseFactory)
    kind = "first_ten_days"
    owner_role = Role.OFFICER
    triggered_on = TODAY
    due_on = date(2018, 10, 15)
    why = "10 working days after arrival on 1 October 2018"


class FlagFactory(DjangoModelFactory):
    class Meta:
        model = Flag

    deadline = factory.SubFactory(DeadlineFactory)
    case = factory.SelfAttribute("deadline.case")
    why = "The initial risk note is late"
    told = Role.OFFICER
    raised_on = date(2018, 10, 16)


class PredictorFactory(DjangoModelFactory):
    """An OGRS3 of 62% within two years that somebody else computed, of no sentence in particular."""

    class Meta:
        model = Predictor

    case = factory.SubFactory(CaseFactory)
    kind = Predictor.Kind.OGRS3
    two_year = Decimal("62.00")
    assessed_on = TODAY
    source = "OASys"


class ImportedAssessmentFactory(DjangoModelFactory):
    class Meta:
        model = ImportedAssessment

    case = factory.SubFactory(CaseFactory)
    source = "OASys"
    source_id = factory.Sequence(lambda n: f"{n}")
    completed_on = TODAY
    harm = Rosh.MEDIUM
    document = factory.LazyFunction(dict)


class AgencyFactory(DjangoModelFactory):
    """The police, asked everywhere by secure e-mail."""

    class Meta:
        model = Agency

    kind = CheckKind.POLICE
    name = numbered("Police ")
    areas = factory.LazyFunction(list)
    channel = Channel.EMAIL
    email = "da.unit@police.example"


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    from_on = TODAY
    to_on = date(2018, 10, 12)


class DocumentFactory(DjangoModelFactory):
    """A text of two words, kept with its bytes."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory)
    kind = DocumentKind.REPLY
    name = "reply.txt"
    media_type = "text/plain"
    size = 9
    sha256 = "9" * 64
    at = NOW
    content = factory.RelatedFactory(
        "tests.factories.DocumentContentFactory", factory_related_name="document"
    )


class DocumentContentFactory(DjangoModelFactory):
    class Meta:
        model = DocumentContent

    content = b"No trace."


class ReplyInHandFactory(DjangoModelFactory):
    class Meta:
        model = ReplyInHand

    text = "No trace."
    at = NOW
    by = factory.SubFactory(UserFactory, role=Role.HUB)


class InformationFactory(DjangoModelFactory):
    """A call-out that nobody was hurt in. Needs a `Reading` for each case it is about."""

    class Meta:
        model = Information

    kind = InformationKind.CALL_OUT
    said_by = SaidBy.POLICE
    who = "Police desk"
    happened_on = TODAY
    text = "Called to an argument."
    harm = False
    at = NOW


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = Reading

    information = factory.SubFactory(InformationFactory)
    case = factory.SubFactory(CaseFactory)
    main = True


class InterimPlanFactory(DjangoModelFactory):
    """Standing, of no enquiry in particular; `write_interim_plan` makes one whole."""

    class Meta:
        model = InterimPlan

    case = factory.SubFactory(CaseFactory)
    worst_case = "There have been call-outs."
    who_is_protected = "A partner."
    what_we_do = "Seen weekly."
    made_on = TODAY
    expires_on = date(2018, 10, 29)
    made_by = factory.SelfAttribute("case.officer")
    concern = False


class PlanActionFactory(DjangoModelFactory):
    class Meta:
        model = PlanAction

    case = factory.SubFactory(CaseFactory)
    what = "Visit at home."
    by_whom = "The officer"
    by_on = date(2018, 10, 15)
    made_on = TODAY


class RaiseFactory(DjangoModelFactory):
    """Contact raised to weekly; a risk or flag raised has a registration besides."""

    class Meta:
        model = Raise

    case = factory.SubFactory(CaseFactory)
    kind = RaiseKind.CONTACT
    contact_level = "weekly"
    because = "A call-out at the weekend."
    at = NOW
    by = factory.SelfAttribute("case.officer")


class AssessmentFactory(DjangoModelFactory):
    """Being written, with nothing answered yet."""

    class Meta:
        model = Assessment

    case = factory.SubFactory(CaseFactory)
    begun_on = TODAY
    begun_by = factory.SelfAttribute("case.officer")

    class Params:
        signed = factory.Trait(
            state="signed",
            harm=Rosh.MEDIUM,
            signed_at=NOW,
            signed_by=factory.SelfAttribute("case.officer"),
            completed_on=TODAY,
        )


class PotentialVictimFactory(DjangoModelFactory):
    class Meta:
        model = PotentialVictim

    case = factory.SelfAttribute("person.case")
    person = factory.SubFactory(RelatedPersonFactory, protected=True, victim=True)
    group = "known_adult"
    how = "Threatened when they parted."
    since_on = TODAY


class PlanFactory(DjangoModelFactory):
    """Being written, with nothing in it yet."""

    class Meta:
        model = Plan

    case = factory.SubFactory(CaseFactory)
    begun_on = TODAY
    begun_by = factory.SelfAttribute("case.officer")

    class Params:
        signed = factory.Trait(
            state="signed", signed_at=NOW, signed_by=factory.SelfAttribute("case.officer")
        )


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    plan = factory.SubFactory(PlanFactory)
    area = "alcohol"
    what = "Drink less, and not at home."
    place = factory.Sequence(lambda n: n)


class PlanCopyFactory(DjangoModelFactory):
    """Handed over, as agreed and signed."""

    class Meta:
        model = PlanCopy

    plan = factory.SubFactory(PlanFactory, signed=True)
    document = factory.SubFactory(
        DocumentFactory, case=factory.SelfAttribute("..plan.case"), enquiry=None, kind="plan_copy"
    )
    how = "hand"
    large = False
    draft = False
    given_on = TODAY
    at = NOW
    by = factory.SelfAttribute("plan.case.officer")


class ContingencyFactory(DjangoModelFactory):
    class Meta:
        model = Contingency

    plan = factory.SubFactory(PlanFactory)
    what_if = "If he goes back to the house"
    then = "Ring the police and her support worker"
    by_whom = "Whoever hears of it"
    by_when = "At once"


class DeliveryFactory(DjangoModelFactory):
    """Of a requirement, one to one, begun."""

    class Meta:
        model = Delivery

    plan = factory.SubFactory(PlanFactory)
    requirement = factory.SubFactory(RequirementFactory)
    route = "one_to_one"
    how = "Six sessions on thinking before acting"
    arranged_on = TODAY


class OverrideFactory(DjangoModelFactory):
    """Asked for, of the assessment being written."""

    class Meta:
        model = Override

    case = factory.SelfAttribute("assessment.case")
    assessment = factory.SubFactory(AssessmentFactory)
    act = "assessment"
    gaps = ("enquiry:1",)
    sentences = factory.LazyAttribute(lambda one: ["It is not done."] * len(one.gaps))
    unknown = "Whether there were call-outs."
    read_and_asked = "The record, and the officer before me."
    why_safer = "The order ends on Friday."
    who_is_protected = "A partner, by a visit today."
    who_was_told = "The partner's support worker."
    what_closes_it = "The police reply."
    expires_on = date(2018, 10, 8)
    asked_at = NOW
    asked_by = factory.SelfAttribute("case.officer")


class RouteDecisionFactory(DjangoModelFactory):
    class Meta:
        model = RouteDecision

    case = factory.SubFactory(CaseFactory)
    removed = "One-to-one work"
    because = "The programme is the route for this requirement."
    route = "group"
    replacement = "Stepping Stones to Change, evenings"
    owner = factory.SelfAttribute("case.officer")
    by_on = date(2018, 10, 22)
    decided_on = TODAY
    decided_by = factory.SubFactory(UserFactory, role=Role.SPO)


class PlaceFactory(DjangoModelFactory):
    """One of our offices, open on weekdays by `OpeningHoursFactory`."""

    class Meta:
        model = Office

    name = numbered("Office ")
    address = "1 Canal Street, Reading"
    postcode = "RG1 1AA"


class OpeningHoursFactory(DjangoModelFactory):
    class Meta:
        model = OpeningHours

    place = factory.SubFactory(PlaceFactory)
    weekday = 0
    from_at = time(9)
    to_at = time(17)


class ContactFactory(DjangoModelFactory):
    """A line of the log: an office visit that was kept, brought in."""

    class Meta:
        model = Contact

    case = factory.SubFactory(CaseFactory)
    source_id = factory.Sequence(str)
    type_code = "COAP"
    type_name = "Office visit"
    started_at = NOW
    appointment = True
    national_standard = True
    outcome_code = "ATTC"
    outcome_name = "Attended and complied"
    attended = True
    complied = True


class AppointmentFactory(DjangoModelFactory):
    """An office visit to come, made here: the day after TODAY at 10."""

    class Meta:
        model = Appointment

    class Params:
        case = factory.SubFactory(CaseFactory)
        at = datetime(2018, 10, 2, 9, tzinfo=UTC)
        type_code = "COAP"

    contact = factory.SubFactory(
        ContactFactory,
        case=factory.SelfAttribute("..case"),
        source_id="",
        type_code=factory.SelfAttribute("..type_code"),
        started_at=factory.SelfAttribute("..at"),
        ended_at=factory.LazyAttribute(lambda one: one.started_at + timedelta(minutes=30)),
        outcome_code="",
        outcome_name="",
        attended=None,
        complied=None,
    )
    officer = factory.SelfAttribute("case.officer")
    where = "office"
    enforces = "order"
    booked_at = NOW
    booked_by = factory.SelfAttribute("case.officer")


class ComplianceDecisionFactory(DjangoModelFactory):
    """Did not come yesterday; nobody has decided."""

    class Meta:
        model = ComplianceDecision

    appointment = factory.SubFactory(AppointmentFactory)
    case = factory.SelfAttribute("appointment.contact.case")
    happened_on = date(2018, 9, 28)
    became_aware_on = date(2018, 9, 28)


class RarActivityFactory(DjangoModelFactory):
    class Meta:
        model = RarActivity

    requirement = factory.SubFactory(RequirementFactory, main_code="F", length=10)
    case = factory.SelfAttribute("requirement.sentence.case")
    theme = "NPS002"
    what = "Stepping Stones to Change"
    days = 6
    route = "group"
    planned_on = TODAY
    planned_by = factory.SelfAttribute("case.officer")


class RarEnoughFactory(DjangoModelFactory):
    class Meta:
        model = RarEnough

    requirement = factory.SubFactory(RequirementFactory, main_code="F", length=10)
    because = "Thinking skills are in place, and he holds his job."
    said_on = TODAY
    said_by = factory.SelfAttribute("requirement.sentence.case.officer")


class VisitSafetyFactory(DjangoModelFactory):
    """One officer may go, with a buddy; decided by the officer."""

    class Meta:
        model = VisitSafety

    case = factory.SubFactory(CaseFactory)
    where = "4 Mill Lane, Reading"
    endangers = "no"
    signal = "good"
    way = "alone"
    asked_on = TODAY
    asked_by = factory.SelfAttribute("case.officer")
    needs_senior = False
    decided_at = NOW
    decided_by = factory.SelfAttribute("case.officer")
    because = "Known to us for years, nobody else lives there."
    review_on = date(2019, 4, 1)


class HomeVisitFactory(DjangoModelFactory):
    """Booked for the day after TODAY at 10."""

    class Meta:
        model = HomeVisit

    class Params:
        case = factory.SubFactory(CaseFactory)

    appointment = factory.SubFactory(
        AppointmentFactory, case=factory.SelfAttribute("..case"), type_code="CHVS", where="home"
    )
    safety = factory.SubFactory(VisitSafetyFactory, case=factory.SelfAttribute("..case"))


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    case = factory.SubFactory(CaseFactory)
    what = "Review the risk to his partner."
    why = "The plan has not changed since the call-out in August."
    made_on = TODAY
    made_by = factory.SubFactory(UserFactory, role=Role.QUALITY)


class SeniorActionFactory(DjangoModelFactory):
    class Meta:
        model = SeniorAction

    case = factory.SubFactory(CaseFactory)
    what = "Ring his mother and ask how he has been."
    why = "Nobody has spoken to her since the call-out in August."
    owner = factory.SelfAttribute("case.officer")
    due_on = date(2018, 10, 15)
    asked_on = TODAY
    asked_by = factory.SubFactory(UserFactory, role=Role.SPO)


class ReviewFactory(DjangoModelFactory):
    """Being written, because of its date."""

    class Meta:
        model = Review

    case = factory.SubFactory(CaseFactory)
    because = "interval"
    since_on = date(2018, 4, 2)
    begun_on = TODAY
    begun_by = factory.SelfAttribute("case.officer")

    class Params:
        complete = factory.Trait(
            state="complete",
            person_view="said",
            person_words="I am doing all right.",
            signed_at=NOW,
            signed_by=factory.SelfAttribute("case.officer"),
            completed_on=TODAY,
        )


class ReviewedEventFactory(DjangoModelFactory):
    class Meta:
        model = ReviewedEvent

    review = factory.SubFactory(ReviewFactory)
    key = numbered("information-")
    kind = "call_out"
    what = "Police call-out"
    on = date(2018, 8, 14)
    significant = True


class RestrictionFactory(DjangoModelFactory):
    """A restraining order that bans contact only, seen, until a further order."""

    class Meta:
        model = Restriction

    case = factory.SubFactory(CaseFactory)
    kind = "restraining"
    terms = "contact"
    prohibits = "Must not contact a former partner in any way."
    from_on = TODAY
    copy_seen_on = TODAY
    copy_seen_by = factory.SelfAttribute("case.officer")
    source = "Copy of the order, from the court"
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class RestrictedAreaFactory(DjangoModelFactory):
    """A circle of 100 metres. Its restriction bans areas."""

    class Meta:
        model = RestrictedArea

    restriction = factory.SubFactory(RestrictionFactory, terms="areas")
    label = "Around her home"
    shape = "circle"
    outline = factory.LazyFunction(lambda: {"centre": [451000, 206000], "radius": 100})
    buffer = 0


class WorkFactory(DjangoModelFactory):
    """100 hours of a community order, of a case that has come to us today."""

    class Meta:
        model = Work

    class Params:
        case_of = factory.SubFactory(CaseFactory)

    requirement = factory.SubFactory(
        RequirementFactory,
        sentence=factory.SubFactory(
            SentenceFactory, case=factory.SelfAttribute("...case_of"), started_on=TODAY
        ),
        main_code="W",
        main_name="Unpaid Work",
        length=100,
        length_unit="Hours",
    )
    case = factory.SelfAttribute("case_of")
    minutes_ordered = 6000
    sentenced_on = TODAY
    arrived_on = TODAY


class WorkRiskFactory(DjangoModelFactory):
    """Being written."""

    class Meta:
        model = WorkRisk

    case = factory.SubFactory(CaseFactory)
    begun_on = TODAY
    begun_by = factory.SelfAttribute("case.officer")


class InstructionFactory(DjangoModelFactory):
    class Meta:
        model = Instruction

    registration = factory.SubFactory(RegistrationFactory)
    case = factory.SelfAttribute("registration.case")
    must_not = "Do not let them leave the site alone."
    do = "Keep them in sight of a supervisor."
    ring = "The duty officer, 01865 000000"
    owner = factory.SelfAttribute("case.officer")
    review_on = TODAY + timedelta(days=90)
    written_at = NOW
    written_by = factory.SelfAttribute("case.officer")


class BeneficiaryFactory(DjangoModelFactory):
    class Meta:
        model = Beneficiary

    name = numbered("Friends of the Park ")


class ProjectFactory(DjangoModelFactory):
    """A group of eight in a park, in one grid square with nothing near it."""

    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"P{n:04}")
    name = numbered("Park ")
    kind = "group"
    beneficiary = factory.SubFactory(BeneficiaryFactory)
    easting = 455000
    northing = 205000
    from_on = TODAY - timedelta(days=100)
    most = 8
    ratio = 8
    signal = "good"
    what_is_done = "Clearing paths and painting fences."
    tasks = factory.LazyFunction(lambda: ["Clearing paths", "Painting fences"])


class AvailabilityFactory(DjangoModelFactory):
    """Every Tuesday, from nine to four."""

    class Meta:
        model = Availability

    project = factory.SubFactory(ProjectFactory)
    weekday = 1
    from_on = TODAY - timedelta(days=100)
    from_at = time(9)
    to_at = time(16)


class SiteCheckFactory(DjangoModelFactory):
    class Meta:
        model = SiteCheck

    project = factory.SubFactory(ProjectFactory)
    checked_on = TODAY - timedelta(days=10)
    checked_by = factory.SubFactory(UserFactory, role=Role.COORDINATOR)
    hazards = factory.LazyFunction(
        lambda: [{"hazard": "Uneven ground", "control": "Boots, and a briefing each morning"}]
    )
    first_aid = "Kit in the van; nearest hospital ten minutes away"
    review_on = TODAY + timedelta(days=180)


class NeighbourFactory(DjangoModelFactory):
    """A school 200 metres east of the park."""

    class Meta:
        model = Neighbour

    project = factory.SubFactory(ProjectFactory)
    near = "school"
    what = "Park School"
    easting = 455200
    northing = 205000


class PickUpFactory(DjangoModelFactory):
    class Meta:
        model = PickUp

    code = factory.Sequence(lambda n: f"PU{n:03}")
    where = numbered("Bus station, bay ")
    easting = 453000
    northing = 205000


class RouteFactory(DjangoModelFactory):
    class Meta:
        model = Route

    project = factory.SubFactory(ProjectFactory)
    name = "From the bus station"
    line = factory.LazyFunction(lambda: [[453000, 205000], [455000, 205000]])
    seats = 8


class StopFactory(DjangoModelFactory):
    class Meta:
        model = Stop

    route = factory.SubFactory(RouteFactory)
    pick_up = factory.SubFactory(PickUpFactory)
    at = time(8, 30)


class WorkAllocationFactory(DjangoModelFactory):
    """Tuesdays from nine to four. Made here without its gate: only `allocate` may do so in the product."""

    class Meta:
        model = WorkAllocation

    work = factory.SubFactory(WorkFactory)
    case = factory.SelfAttribute("work.case")
    project = factory.SubFactory(ProjectFactory)
    weekday = 1
    from_on = TODAY
    from_at = time(9)
    to_at = time(16)
    made_at = NOW
    made_by = factory.SelfAttribute("case.officer")


class WorkSessionFactory(DjangoModelFactory):
    """The Tuesday after TODAY, planned."""

    class Meta:
        model = WorkSession

    project = factory.SubFactory(ProjectFactory)
    on = TODAY + timedelta(days=1)
    from_at = time(9)
    to_at = time(16)


class AttendanceFactory(DjangoModelFactory):
    """Expected on a session."""

    class Meta:
        model = Attendance

    session = factory.SubFactory(WorkSessionFactory)
    work = factory.SubFactory(WorkFactory)
    case = factory.SelfAttribute("work.case")
    appointment = factory.SubFactory(
        AppointmentFactory,
        case=factory.SelfAttribute("..case"),
        type_code="UPWA",
        where="elsewhere",
        enforces="requirement",
        contact__requirement=factory.SelfAttribute("...work.requirement"),
        contact__sentence=factory.SelfAttribute("...work.requirement.sentence"),
    )


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    work = factory.SubFactory(WorkFactory)
    provider = "Campus"
    title = "Health and safety at work"
    expected_minutes = 120
    taken_minutes = 120
    finished_on = TODAY
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("work.case.officer")


def placeable(*, harm=Rosh.MEDIUM, **columns):
    """A case with just the facts it takes to be placed in a group: Medium, 50 to 74."""
    case = CaseFactory(**columns)
    sentence = SentenceFactory(case=case)
    OffenceFactory(sentence=sentence)
    RegistrationFactory(case=case, type_code=harm, type_name=harm.title)
    PredictorFactory(case=case, sentence=sentence)
    return case


def limit(case, *, restricted=False, let_in=(), kept_out=()):
    """Limited access to a case, with those let in or kept out."""
    made = Limit.objects.create(
        case=case, restricted=restricted, message="This case is limited.", ask="the head of service"
    )
    for user in let_in:
        Named.objects.create(limit=made, user=user, let_in=True)
    for user in kept_out:
        Named.objects.create(limit=made, user=user, let_in=False)
    return made


class ArrivalFactory(DjangoModelFactory):
    """Sentenced at court, and nothing has been looked for yet."""

    class Meta:
        model = Arrival

    case = factory.SubFactory(CaseFactory)
    came_from = CameFrom.COURT
    arrived_on = TODAY
    recorded_at = NOW


class InductionFactory(DjangoModelFactory):
    class Meta:
        model = Induction

    case = factory.SubFactory(CaseFactory)
    begun_at = NOW
    begun_by = factory.SelfAttribute("case.officer")


class DepartureFactory(DjangoModelFactory):
    class Meta:
        model = Departure

    user = factory.SubFactory(UserFactory)
    last_on = TODAY + timedelta(days=28)
    begun_at = NOW
    begun_by = factory.SubFactory(UserFactory, role=Role.SPO)


class TransferFactory(DjangoModelFactory):
    """Offered by whoever holds the case to another officer, and not answered."""

    class Meta:
        model = Transfer

    case = factory.SubFactory(CaseFactory)
    kind = TransferKind.OFFICER
    state = TransferState.OFFERED
    from_officer = factory.SelfAttribute("case.officer")
    from_team = factory.SelfAttribute("case.team")
    to_officer = factory.SubFactory(UserFactory)
    note = "Sees her children on Saturdays; the police were asked on 3 September and have not answered."
    offered_at = NOW
    offered_by = factory.SelfAttribute("case.officer")


class GivingFactory(DjangoModelFactory):
    """Whoever holds the case was named for it, and one thing was warned of."""

    class Meta:
        model = Giving

    case = factory.SubFactory(CaseFactory)
    officer = factory.SelfAttribute("case.officer")
    because = "She saw him at court, and he knows her."
    warned = factory.LazyFunction(
        lambda: [{"key": "capacity", "sentence": "With it she would be at 108.0%.", "said": "The Tuesday group goes."}]
    )  # fmt: skip
    points = 52
    percent_before = 104
    percent_after = 108
    compared = 5
    left_out = 1
    rules_version = 1
    policy_version = 1
    given_at = NOW
    given_by = factory.SubFactory(UserFactory, role=Role.SPO)


class PauseFactory(DjangoModelFactory):
    class Meta:
        model = Pause

    case = factory.SubFactory(CaseFactory)
    kind = PauseKind.WARRANT
    from_on = TODAY
    source = "The court’s list"
    begun_at = NOW
    begun_by = factory.SelfAttribute("case.officer")


class WhereaboutsFactory(DjangoModelFactory):
    class Meta:
        model = Whereabouts

    pause = factory.SubFactory(PauseFactory)
    on = TODAY
    asked = "Thames Valley Police"
    said = "Not arrested, and not seen at the address."
    at = NOW
    by = factory.SelfAttribute("pause.begun_by")


class DeathFactory(DjangoModelFactory):
    class Meta:
        model = Death

    case = factory.SubFactory(CaseFactory)
    told_by = "Her sister, by telephone"
    learnt_at = NOW
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class EndingFactory(DjangoModelFactory):
    class Meta:
        model = Ending

    case = factory.SubFactory(CaseFactory)
    ends_on = TODAY + timedelta(days=42)
    opened_at = NOW


class DutyTurnFactory(DjangoModelFactory):
    class Meta:
        model = DutyTurn

    team = factory.SubFactory(TeamFactory)
    on = TODAY
    user = factory.SubFactory(UserFactory, team=factory.SelfAttribute("..team"))
    set_at = NOW
    set_by = factory.SelfAttribute("user")


class WalkInFactory(DjangoModelFactory):
    class Meta:
        model = WalkIn

    case = factory.SubFactory(CaseFactory)
    came_at = NOW
    came_for = CameFor.HELP
    words = "Nowhere to sleep tonight"
    recorded_by = factory.SelfAttribute("case.officer")


class FareFactory(DjangoModelFactory):
    class Meta:
        model = Fare

    case = factory.SubFactory(CaseFactory)
    kind = FareKind.CASH
    pence = 480
    journey = "Slough to Reading and back"
    given_at = NOW
    given_by = factory.SelfAttribute("case.officer")
    signed_for = True


class AgencyMeetingFactory(DjangoModelFactory):
    class Meta:
        model = AgencyMeeting

    case = factory.SubFactory(CaseFactory)
    kind = AgencyMeetingKind.CORE_GROUP
    held_at = NOW + timedelta(days=14)
    where = "Children’s services, Slough"
    invited_on = TODAY
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class CourtRequestFactory(DjangoModelFactory):
    class Meta:
        model = CourtRequest

    case = factory.SubFactory(CaseFactory)
    court = "Reading Magistrates’ Court"
    asked_by = "The court officer, 0118 496 0000"
    wants = CourtWants.PROGRESS
    asked_at = NOW
    needed_by = NOW + timedelta(hours=3)
    recorded_by = factory.SelfAttribute("case.officer")


class VictimLiaisonFactory(DjangoModelFactory):
    class Meta:
        model = VictimLiaison

    case = factory.SubFactory(CaseFactory)
    officer = "The liaison officer on the register"
    unit = "Victim liaison unit, South East"
    reach = "01632 960 301"
    since_on = TODAY
    recorded_by = factory.SelfAttribute("case.officer")


class VictimNoticeFactory(DjangoModelFactory):
    class Meta:
        model = VictimNotice

    case = factory.SubFactory(CaseFactory)
    cause = VictimCause.ADDRESS
    key = factory.Sequence(str)
    happened_on = TODAY
    words = "Moved to another address"
    raised_at = NOW


class FurtherOffenceFactory(DjangoModelFactory):
    """Recorded on the day; what was known is a stand-in with its own seal."""

    class Meta:
        model = FurtherOffence

    case = factory.SubFactory(CaseFactory)
    charged_on = TODAY
    offence = "Wounding with intent"
    told_by = "The police, by telephone"
    learnt_at = NOW
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")
    known = factory.LazyFunction(dict)
    sealed = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


class ComplaintFactory(DjangoModelFactory):
    class Meta:
        model = Complaint

    case = factory.SubFactory(CaseFactory)
    made_by = ComplaintFrom.PERSON
    who = "The person themselves"
    words = "Three appointments were moved on the day and nobody rang."
    received_on = TODAY
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class WelfareCheckFactory(DjangoModelFactory):
    class Meta:
        model = WelfareCheck

    case = factory.SubFactory(CaseFactory)
    moment = WelfareWhen.CONCERN
    asked_at = NOW
    answer = WelfareAnswer.NO
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class HomeOfficeFactory(DjangoModelFactory):
    class Meta:
        model = HomeOffice

    case = factory.SubFactory(CaseFactory)
    interest = HomeOfficeInterest.ASKED
    asked_on = TODAY
    set_at = NOW
    set_by = factory.SelfAttribute("case.officer")


class TravelFactory(DjangoModelFactory):
    class Meta:
        model = Travel

    case = factory.SubFactory(CaseFactory)
    where = "Gdańsk"
    why = "Her grandmother’s funeral"
    from_on = TODAY + timedelta(days=7)
    to_on = TODAY + timedelta(days=10)
    asked_at = NOW
    asked_by = factory.SelfAttribute("case.officer")


class PrisonFactory(DjangoModelFactory):
    class Meta:
        model = Prison
        django_get_or_create = ["name"]

    name = "HMP Bullingdon"
    postcode = "OX25 1PZ"
    telephone = "01869 353100"
    resettles = True


class CustodyFactory(DjangoModelFactory):
    """Serving a sentence, to be released in twelve weeks."""

    class Meta:
        model = Custody

    case = factory.SubFactory(CaseFactory)
    kind = CustodyKind.SENTENCED
    prison = factory.SubFactory(PrisonFactory)
    received_on = TODAY - timedelta(days=14)
    source = "Reception, by telephone"
    release_on = TODAY + timedelta(days=84)
    release_kind = ReleaseKind.HALF_WAY
    recorded_at = NOW
    recorded_by = factory.SelfAttribute("case.officer")


class PrisonStayFactory(DjangoModelFactory):
    class Meta:
        model = PrisonStay

    custody = factory.SubFactory(CustodyFactory)
    prison = factory.SelfAttribute("custody.prison")
    from_on = factory.SelfAttribute("custody.received_on")


class ResettlementPlanFactory(DjangoModelFactory):
    """Being written."""

    class Meta:
        model = ResettlementPlan

    custody = factory.SubFactory(CustodyFactory)
    kind = PlanKind.IMMEDIATE
    begun_on = TODAY
    begun_by = factory.SelfAttribute("custody.case.officer")


class RiskItemFactory(DjangoModelFactory):
    class Meta:
        model = RiskItem

    plan = factory.SubFactory(ResettlementPlanFactory)
    question = "harm_to_partner"
    words = "His former partner lives in Didcot, and he writes to her."
    source = "Prison security"
    on = TODAY


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    name = numbered("Turning Tide ")
    kind = ServiceKind.DRUGS_ALCOHOL
    email = "referrals@turning-tide.example"
    telephone = "01632 960400"
    address = "14 Mill Street, Reading"
    postcode = "RG1 1AA"
    weekdays = [0, 1, 2, 3, 4]


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = Need

    custody = factory.SubFactory(CustodyFactory)
    pathway = Pathway.SUBSTANCES
    words = "Help with heroin in the community"
    side = NeedSide.COMMUNITY
    found_on = TODAY
    found_by = factory.SelfAttribute("custody.case.officer")


class ReferralFactory(DjangoModelFactory):
    """Sent, and not answered."""

    class Meta:
        model = Referral

    need = factory.SubFactory(NeedFactory)
    service = factory.SubFactory(ServiceFactory)
    state = ReferralState.SENT
    consent = Consent.AGREED
    consent_on = TODAY
    tells = "Leaves prison on 24 December 2018 and asks for help with heroin."
    sent_at = NOW
    sent_how = SentHow.EMAIL
    made_at = NOW
    made_by = factory.SelfAttribute("need.custody.case.officer")


class ReplyLinkFactory(DjangoModelFactory):
    class Meta:
        model = ReplyLink

    referral = factory.SubFactory(ReferralFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    made_at = NOW
    made_by = factory.SelfAttribute("referral.made_by")
    expires_at = NOW + timedelta(days=14)


class HomeOfferFactory(DjangoModelFactory):
    class Meta:
        model = HomeOffer

    custody = factory.SubFactory(CustodyFactory)
    kind = HomeKind.SUPPORTED
    lines = "3 Lantern House"
    town = "Reading"
    postcode = "RG1 1AA"
    offered_by = "Lantern Housing"
    offered_on = TODAY
    recorded_by = factory.SelfAttribute("custody.case.officer")


class NoHomePlanFactory(DjangoModelFactory):
    class Meta:
        model = NoHomePlan

    custody = factory.SubFactory(CustodyFactory)
    tonight = "A bed is kept at the night shelter until 9pm."
    looked_for = "Two hostels and the housing authority."
    rings = "The duty officer, at 7pm"
    signed_at = NOW
    signed_by = factory.SelfAttribute("custody.case.officer")


class NightStayFactory(DjangoModelFactory):
    class Meta:
        model = NightStay

    custody = factory.SubFactory(CustodyFactory)
    night = Night.FIRST
    stays = Stays.SETTLED
    said_on = TODAY
    said_by = factory.SelfAttribute("custody.case.officer")


class InHandFactory(DjangoModelFactory):
    class Meta:
        model = InHand

    custody = factory.SubFactory(CustodyFactory)
    item = Item.BANK
    state = ItemState.NEEDED
    said_on = TODAY
    said_by = factory.SelfAttribute("custody.case.officer")


class HandOverFactory(DjangoModelFactory):
    """Waits for the officer."""

    class Meta:
        model = HandOver

    custody = factory.SubFactory(CustodyFactory)
    met_on = TODAY
    how = "By video"
    who_came = "The officer, the mentor and Turning Tide"
    minutes = "He wants to go to his sister’s. The script is the worry."
    offered_at = NOW
    offered_by = factory.SelfAttribute("custody.case.officer")


class GateMeetingFactory(DjangoModelFactory):
    class Meta:
        model = GateMeeting

    custody = factory.SubFactory(CustodyFactory)
    meets = factory.SelfAttribute("custody.case.officer")
    at = NOW + timedelta(days=84)
    where = "At the visitors’ centre"
    planned_at = NOW
    planned_by = factory.SelfAttribute("custody.case.officer")


class ComplianceWarningFactory(DjangoModelFactory):
    class Meta:
        model = ComplianceWarning

    sentence = factory.SubFactory(SentenceFactory)
    case = factory.SelfAttribute("sentence.case")
    step = "EA02"
    decided_on = date(2018, 10, 1)
    decided_by = factory.SubFactory(UserFactory)


class FailureFactory(DjangoModelFactory):
    class Meta:
        model = Failure

    sentence = factory.SubFactory(SentenceFactory)
    case = factory.SelfAttribute("sentence.case")
    regime = "community"
    happened_on = became_aware_on = date(2018, 10, 1)
    learnt = "staff"
    what = "Did not come to the office at 10am."
    recorded_at = NOW
    recorded_by = factory.SubFactory(UserFactory)


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    case = factory.SubFactory(CaseFactory)
    kind = "warning"
    asked_at = NOW
    asked_by = factory.SubFactory(UserFactory)


class BreachFactory(DjangoModelFactory):
    class Meta:
        model = Breach

    sentence = factory.SubFactory(SentenceFactory)
    case = factory.SelfAttribute("sentence.case")
    became_aware_on = date(2018, 10, 1)
    begun_at = NOW
    begun_by = factory.SubFactory(UserFactory)


class RecallFactory(DjangoModelFactory):
    class Meta:
        model = Recall

    sentence = factory.SubFactory(SentenceFactory)
    case = factory.SelfAttribute("sentence.case")
    begun_at = NOW
    begun_by = factory.SubFactory(UserFactory)


class SupervisionFactory(DjangoModelFactory):
    """Planned."""

    class Meta:
        model = Supervision

    class Params:
        held = factory.Trait(state="held", held_on=TODAY)
        signed = factory.Trait(
            state="signed", held_on=TODAY, discussed="How it goes.", signed_at=NOW
        )

    officer = factory.SubFactory(UserFactory)
    senior = factory.SubFactory(
        UserFactory, role=Role.SPO, team=factory.SelfAttribute("..officer.team")
    )
    planned_on = TODAY


class AgreedActionFactory(DjangoModelFactory):
    """On no case, and to be done."""

    class Meta:
        model = AgreedAction

    supervision = factory.SubFactory(SupervisionFactory, held=True)
    what = "Do the course on coercive control."
    why = "It comes up in four of your cases."
    due_on = date(2018, 10, 15)


class SharingOutFactory(DjangoModelFactory):
    """Proposed: of the cases that nobody holds."""

    class Meta:
        model = SharingOut

    class Params:
        waiting = factory.Trait(state="working", outcome="", worked_out_at=None, counts=None, at_least=None, facts={})  # fmt: skip

    team = factory.SubFactory(TeamFactory)
    which = "unowned"
    state = "proposed"
    asked_at = NOW
    asked_by = factory.SubFactory(UserFactory, role=Role.SPO, team=factory.SelfAttribute("..team"))
    worked_out_at = NOW
    outcome = "best"
    policy_version = 1
    facts = factory.LazyFunction(
        lambda: {
            "today": TODAY.isoformat(),
            "demands": [],
            "apart": [],
            "cases": [],
            "officers": [],
        }
    )
    counts = 0
    at_least = 0


class SharingMoveFactory(DjangoModelFactory):
    """A case that nobody holds, proposed for an officer: kept in the facts of its proposal as well."""

    class Meta:
        model = SharingMove

    sharing = factory.SubFactory(SharingOutFactory)
    case = factory.SubFactory(CaseFactory)
    to_officer = factory.SubFactory(UserFactory, team=factory.SelfAttribute("..sharing.team"))
    points = 50

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = super()._create(model_class, *args, **kwargs)
        one, case, officer = made.sharing, made.case, made.to_officer
        SharingOfficer.objects.get_or_create(sharing=one, officer=officer)
        kept = as_kept(
            ToShare(
                (CaseFacts(case.pk, made.points, crn=case.crn),),
                (
                    ComparedOfficer(
                        officer.pk, officer.name, officer.grade, points=0, available=2000
                    ),
                ),
                TODAY,
            )
        )
        one.facts["cases"] += kept["cases"]
        one.facts["officers"] = [
            each for each in one.facts["officers"] if each["key"] != officer.pk
        ] + kept["officers"]
        one.save()
        return made
