"""Sharing: nothing that is not marked to be shared is found in what leaves us, and what is marked is.

Every free-text column of everything kept about a case holds a marked word of its own: where victims live,
call-outs, agency replies, protected names, SARA, patterns, what happens if. The person's copy, the letters,
e-mails and exports are then read whole.
"""

import io
import re
from datetime import datetime, time, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now
from pypdf import PdfReader
from rest_framework.test import APIClient

from cases.agencies.letters import letter
from cases.models import (
    Appointment,
    AssessmentReturn,
    Circumstance,
    Claim,
    Contact,
    Contingency,
    Delivery,
    Disability,
    DocumentContent,
    EnquiryStep,
    Fare,
    HubQuestion,
    Identifier,
    Intervention,
    Issue,
    LicenceCondition,
    Message,
    NonAssociation,
    OtherName,
    OutcomeCorrection,
    Person,
    Place,
    Reachable,
    RecallStep,
    Reengagement,
    Unmapped,
)
from cases.queries.requests import asked_of_each, request_of
from cases.reference.codes import Sharing
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.questions import QUESTIONS, of_pattern
from cases.rules.requests import as_text
from cases.services.chasing import chase_agency
from cases.services.enforcement.letters import as_paper, look_at
from cases.services.person_copy import make_copy
from cases.services.policy import request_policy
from cases.services.reminders import arrange_reminder
from cases.services.routes import take_route_away
from cases.services.travels import make_travel_letter
from staff.permissions import Role
from tests.cases.a_letter import written
from tests.cases.a_reminder import set_up
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
    BreachFactory,
    CaseFactory,
    ComplaintFactory,
    ComplianceDecisionFactory,
    ComplianceWarningFactory,
    CourtRequestFactory,
    CustodyFactory,
    DeadlineFactory,
    DeathFactory,
    DocumentFactory,
    EndingFactory,
    EnquiryFactory,
    FailureFactory,
    FareFactory,
    FlagFactory,
    FurtherOffenceFactory,
    GateMeetingFactory,
    GivingFactory,
    HandOverFactory,
    HomeOfficeFactory,
    HomeVisitFactory,
    ImportedAssessmentFactory,
    InductionFactory,
    InformationFactory,
    InHandFactory,
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
    PlanCopyFactory,
    PlanFactory,
    PotentialVictimFactory,
    PredictorFactory,
    PrisonFactory,
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
    RequirementFactory,
    ResettlementPlanFactory,
    RestrictedAreaFactory,
    ReviewedEventFactory,
    ReviewFactory,
    RiskItemFactory,
    RouteDecisionFactory,
    SeniorActionFactory,
    SentenceFactory,
    ServiceFactory,
    StandingFactory,
    SubjectFactory,
    TransferFactory,
    TravelFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
    VisitSafetyFactory,
    WalkInFactory,
    WelfareCheckFactory,
    WhereaboutsFactory,
)
from ttg.reference.questions import QUESTIONS as RESETTLEMENT
from ttg.services.gate_sheet import make_gate_sheet

pytestmark = pytest.mark.django_db
MARK = "qzx"  # begins every marked word
SHARED = (
    "Plainobjective",
    "Plaindiary",
    "Plainletter",
    "Plainevenings",
    "Plainquote",
    "Plainadjusted",
)
# Rows that are about no case, or say nothing of the person to anybody; and the words of names, which are no column that is shown
ABOUT_NOBODY = {
    "Absence", "Agency", "Assignment", "Case", "CodeToReview", "ImportRun", "JobRun", "Limit", "Message",
    "NameKey", "Named", "NameWord", "Notice", "Place", "PlanCopy", "Policy", "ReferenceCode", "Reject", "ReplyInHand", "Search",
}  # fmt: skip
# Not free text: what the code turns on, or keys by
CODES = ("crn", "kind", "group", "href", "needs", "key", "did", "relation", "level")
NOT_WORDS = (
    "code",
    "_id",
    "sha256",
    "media_type",
    "sort_name",
    "match",
    "carried",
    "about",
    "gaps",
    "sealed",
    "known",  # which the database never lets anybody write again: it is marked as it is made
)


@pytest.fixture
def case():
    return CaseFactory(forename="Alan")


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def plan(case):
    """In force, everything about its case marked, with one of each kind that may be shared."""
    plan = _kept_rows(case)
    _mark_everything()
    _shared_rows(plan)
    plan.refresh_from_db()
    plan.case.refresh_from_db()
    return plan


def _kept_rows(case):
    """A row of each kind that is about a case, none of them to be shared."""
    PersonFactory(case=case)
    AddressFactory(case=case, status_code="M", safe_to_write=True)
    StandingFactory(case=case)
    around = RelatedPersonFactory(case=case, protected=True, victim=True, address="x", postcode="x")
    victim = PotentialVictimFactory(person=around)
    sentence = SentenceFactory(case=case)
    OffenceFactory(sentence=sentence)
    requirement = RequirementFactory(sentence=sentence)
    condition = LicenceCondition.objects.create(
        sentence=sentence, category="Contact", text="x", from_on=TODAY
    )
    enquiry = EnquiryFactory(case=case, kind="children", replied=True, reply_text="x")
    SubjectFactory(enquiry=enquiry, kind="partner", protected=True)
    SubjectFactory(enquiry=enquiry, kind="address", name="x")
    EnquiryStep.objects.create(enquiry=enquiry, on=TODAY, did="replied", note="x")
    document = DocumentFactory(case=case, enquiry=enquiry)
    DocumentContent.objects.filter(document=document).update(content=MARK.encode())
    FlagFactory(deadline=DeadlineFactory(case=case, enquiry=enquiry))
    ReadingFactory(case=case, information=InformationFactory())
    InterimPlanFactory(case=case)
    RaiseFactory(case=case)
    RegistrationFactory(case=case)
    RestrictedAreaFactory(restriction__case=case, restriction__protects=around)
    PredictorFactory(case=case, sentence=sentence)
    ImportedAssessmentFactory(case=case)
    AllocationFactory(case=case)
    GivingFactory(case=case)
    assessment = AssessmentFactory(
        case=case,
        signed=True,
        answers=_answers(),
        countersigned_at=NOW,
        countersigned_by=UserFactory(),
    )
    AssessmentReturn.objects.create(
        assessment=assessment, question="sara.summary", note="x", at=NOW, by=UserFactory()
    )
    OverrideFactory(assessment=assessment)
    review = ReviewFactory(case=case, answers={"next.words": "x"}, evidence={"x": "x"})
    ReviewedEventFactory(review=review, answer="nothing", words="x", answered_at=NOW)
    RecommendationFactory(case=case)
    SeniorActionFactory(
        case=case, state="done", settled_because="x", settled_on=TODAY, settled_by=case.officer
    )
    activity = RarActivityFactory(requirement=requirement, ended_on=TODAY, ended_because="x")
    RarEnoughFactory(requirement=activity.requirement)
    booking = {"booked_for": NOW, "booked_with": "x", "booked_at": NOW, "booked_by": case.officer}
    RouteDecisionFactory(case=case, **booking)
    _visit(case)
    _appointments(case)
    for model, given in _others():
        model.objects.create(case=case, **given)
    NonAssociation.objects.create(one=case, other=CaseFactory(), why="x", from_on=TODAY)
    ArrivalFactory(case=case, note="x", read_on=TODAY, read_by=case.officer)
    InductionFactory(case=case, sentence=sentence, answers={"x": "x"})
    _what_changes(case)
    kept = {one.code: "x" for one in PLAN_QUESTIONS.values() if one.sharing != Sharing.YES}
    plan = PlanFactory(
        case=case, assessment=assessment, signed=True, agreed="yes", agreed_on=TODAY, answers=kept
    )
    PlanCopyFactory(plan=plan)
    for mark in (Sharing.NO, Sharing.ASK):
        goal = ObjectiveFactory(plan=plan, sharing=mark)
        PlanActionFactory(case=case, objective=goal, sharing=mark)
    goal = ObjectiveFactory(plan=plan, sharing=Sharing.YES, about=["harm:known_adult"])
    shown = {"case": case, "objective": goal, "sharing": Sharing.YES}
    PlanActionFactory(nature="victim_safety", **shown)
    PlanActionFactory(nature="restrictive", protects=victim, **shown)
    PlanActionFactory(dropped_on=TODAY, dropped_because="x", **shown)
    PlanActionFactory(case=case, sharing=Sharing.YES)  # of no plan
    Contingency.objects.create(
        plan=plan, what_if="x", then="x", by_whom="x", by_when="x", sharing=Sharing.YES
    )
    for slot in ({"requirement": requirement}, {"condition": condition}):
        Delivery.objects.create(plan=plan, route="group", how="x", sharing=Sharing.NO, **slot)
    return plan


def _what_changes(case):
    """Somebody who was wanted and was found, a death recorded by mistake, a hand-over refused, an end being prepared."""
    over = {"to_on": TODAY, "ended_at": NOW, "ended_by": case.officer, "ended_because": "x"}
    found = PauseFactory(case=case, where="x", **over)
    WhereaboutsFactory(pause=found)
    DeathFactory(case=case, family="x", undone_at=NOW, undone_by=case.officer, undone_because="x")
    TransferFactory(case=case, state="refused", answered_at=NOW, because="x", outside="x")
    EndingFactory(case=case, answers={"x": "x"})
    _agencies(case)
    _desk(case)
    _liaison(case)
    _worst_days(case)
    _failures(case)
    _breaches(case)
    _recall(case)
    _queue(case)


def _recall(case):
    """A recall that was withdrawn, and what was agreed of contact while it ran."""
    recall = RecallFactory(
        sentence=case.sentences.first(), state="REC10", answers={"what": "x"}, ended_because="x",
        countersigned_words="x", begun_by=case.officer,
    )  # fmt: skip
    RecallStep.objects.create(
        recall=recall, state="REC10", at=NOW, by=case.officer, words="x", outside="x"
    )
    Reengagement.objects.create(
        case=case, recall=recall, cannot_be_seen="x", what_kept_them="x", what_we_do="x",
        written_at=NOW, written_by=case.officer,
    )  # fmt: skip


def _queue(case):
    """A letter that the hub returned, and what the officer answered."""
    by, recall = case.officer, case.recalls.first()
    item = DeadlineFactory(case=case, kind="get_recall_answer", recall=recall)
    Claim.objects.create(
        deadline=item, by=by, at=NOW, worked_at=NOW, ended_at=NOW, ended="returned", words="x"
    )
    HubQuestion.objects.create(
        deadline=item, asks="x", returned=True, asked_at=NOW, asked_by=by, until=NOW, answer="x",
        answered_at=NOW, answered_by=by,
    )  # fmt: skip


def _worst_days(case):
    """A charge with what was known that day, notified and looked back on, and a complaint that was answered."""
    FurtherOffenceFactory(
        case=case, known={"words": f"{MARK}known"}, notified_on=TODAY, notified_whom="x", reviewed_on=TODAY,
        learnt="x",
    )  # fmt: skip
    ComplaintFactory(
        case=case, wants="x", outcome="partly", answer="x", learnt="x", answered_on=TODAY, answered_by=UserFactory(),
    )  # fmt: skip


def _liaison(case):
    """A victim liaison officer who was told, what they said when asked, and travel that was granted."""
    VictimLiaisonFactory(case=case, ended_on=TODAY, ended_because="x")
    VictimNoticeFactory(
        case=case, told_on=TODAY, told_whom="x", told_how="email", said="x", answered_at=NOW
    )
    WelfareCheckFactory(case=case, answer="plans", words="x", done="x")
    HomeOfficeFactory(case=case, reference="x", caseworker="x", conditions="x")
    TravelFactory(case=case, state="granted", decided_at=NOW, decided_by=case.officer, because="x")


def _failures(case):
    """A warning that was withdrawn with the failure it was of."""
    sentence, by, gone = case.sentences.first(), case.officer, {"withdrawn_on": TODAY, "withdrawn_because": "x"}  # fmt: skip
    warning = ComplianceWarningFactory(sentence=sentence, **gone)
    FailureFactory(
        sentence=sentence, excuse="x", answer="warn", because="x", answered_at=NOW, answered_by=by, warning=warning,
        law={"said": "x"}, **gone,
    )  # fmt: skip
    LetterFactory(
        case=case, state="cancelled", cancelled_because="x", returned_because="x", address="x", proof="x", words={"x": "x"},
    )  # fmt: skip


def _breaches(case):
    """A breach that was withdrawn, with a step, a day in court and a change that was sent."""
    by = case.officer
    breach = BreachFactory(
        sentence=case.sentences.first(), begun_by=by, state="withdrawn", withdrawn_because="proof", withdrawn_words="x",
        withdrawn_authority="x", answers={"report": {"risk": "x"}}, court_name="x", nps_officer="x", outcome_words="x",
    )  # fmt: skip
    breach.steps.create(state="withdrawn", on=TODAY, at=NOW, by=by, words="x", outside="x")
    breach.hearings.create(at=NOW, court_name="x", result="x", said_at=NOW)
    breach.amendments.create(
        asked_on=TODAY, asked_by="x", what="x", due_on=TODAY, recorded_by=by, sent_at=NOW, changed="x",
        refused_because="x",
    )  # fmt: skip


def _desk(case):
    """Somebody who walked in and left, and fares of today, one of them taken back."""
    WalkInFactory(case=case, state="left", ended_at=NOW, ended_by=case.officer, came_to="x")
    FareFactory(case=case, voucher="x", given_at=now())
    FareFactory(
        case=case, given_at=now(), taken_back_at=now(), taken_back_by=case.officer, taken_back_because="x",
    )  # fmt: skip


def _agencies(case):
    """A MARAC that was held and gave us something to do, minutes and all; and a court that was answered."""
    marac = AgencyMeetingFactory(
        case=case, kind="marac", took_part="absent", answered_at=NOW, answered_by=case.officer, came_to="x",
        report_words="x", chair="x", minutes="x", minutes_came_on=TODAY,
    )  # fmt: skip
    PlanActionFactory(case=case, meeting=marac)
    CourtRequestFactory(case=case, words="x", reply="x", replied_at=NOW, sent_by="email")


def _appointments(case):
    """One that was missed, put right, rung about and decided; and one that was called off."""
    missed = AppointmentFactory(case=case, prepared="x")
    ComplianceDecisionFactory(
        appointment=missed, call_note="x", because="x", answers={"not_waiting": "x"}
    )
    OutcomeCorrection.objects.create(
        appointment=missed, was_code="x", was_name="x", was_notes="x", was_rar_activity=False,
        because="x", at=NOW, by=case.officer,
    )  # fmt: skip
    Appointment.objects.update(called_off_at=NOW, asked_by="service", called_off_because="x")


def _visit(case):
    """A visit that was not done, and what was seen all the same."""
    safety = VisitSafetyFactory(case=case, endangers_whom="x", staff_risk="x", fallback="x")
    HomeVisitFactory(
        case=case, safety=safety, seen={"said": "x"}, not_done="other", not_done_because="x"
    )


def _others():
    """Those without a factory, and how the smallest of each is made."""
    return (
        (OtherName, {"previous": False, "surname": "x", "sort_name": "x"}),
        (Identifier, {"kind": "pnc", "value": "x", "match": "1"}),
        (Reachable, {"kind": "mobile", "value": "x", "safe": True}),
        (Disability, {"name": "x"}),
        (Circumstance, {"type_code": "1"}),
        (Contact, {"source_id": "1", "type_code": "COAP", "started_at": NOW}),
        (Intervention, {"source_id": "1", "type_code": "1", "active": True}),
        (Unmapped, {"kind": "x", "source_id": "1", "document": {"x": "x"}}),
        (Issue, {"kind": "test", "what": "x", "raised_on": TODAY}),
    )


def _answers():
    patterns = {of_pattern("violence", what): "x" for what in ("words", "relevance", "covers")}
    return {one.code: "x" for one in QUESTIONS.values() if not one.choices} | patterns


def _models():
    return [
        model
        for model in apps.get_app_config("cases").get_models()
        if not model.__name__.endswith("Event")
    ]


def _words_of(model):
    """Its columns of free text."""
    kinds = ("CharField", "TextField", "JSONField")
    return [
        field
        for field in model._meta.concrete_fields
        if field.get_internal_type() in kinds
        and not (field.choices or field.primary_key or field.name.endswith(NOT_WORDS))
        and not (field.unique or field.name in CODES)
    ]


def _mark_everything():
    for model in _models():
        if model.__name__ in ABOUT_NOBODY:
            continue
        for row in model.objects.all():
            marked = {field.name: _marked(field, row) for field in _words_of(model)}
            model.objects.filter(pk=row.pk).update(**marked)


def _marked(field, row):
    word = f"{MARK}{field.model.__name__}{field.name}".lower()
    stands = getattr(row, field.name)
    if field.get_internal_type() != "JSONField":
        return word[: field.max_length]
    return dict.fromkeys(stands, word) if isinstance(stands, dict) else [word]


def _shared_rows(plan):
    goal = ObjectiveFactory(plan=plan, what="Plainobjective")
    step = {"case": plan.case, "objective": goal, "sharing": Sharing.YES}
    PlanActionFactory(what="Plaindiary", actor="person", **step)
    PlanActionFactory(what="Plainletter", actor="officer", **step)
    requirement = RequirementFactory(sentence=plan.case.sentences.first())
    Delivery.objects.create(
        plan=plan, requirement=requirement, route="group", how="Plainevenings", sharing=Sharing.YES
    )
    plan.answers |= {
        "contact.level": "weekly",
        "home_visits.answer": "yes",
        "person.words": "Plainquote",
        "person.adjustments": "Plainadjusted",
    }
    plan.save()
    # Their own address is theirs, and goes to whoever is asked about it
    plan.case.addresses.update(lines="1 Plain Road", town="Reading", county="", postcode="RG1 1AA")
    plan.case.person.preferred_name = "Al"
    plan.case.person.save()


def read(pdf):
    return "".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def leaks(text):
    return MARK in text.lower()


def leaked(text):
    """The marked words in it."""
    return sorted(set(re.findall(rf"{MARK}\w*", text.lower())))


def the_copy(client, plan, by):
    """{outlet: everything it says}: the file in both sizes, its page and the API."""
    client.force_login(by)
    page = client.get(reverse("plan-copy", args=[plan.case.crn, plan.pk])).content.decode()
    # The token of its form is drawn at random, and now and then holds the letters of a mark
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    api = APIClient()
    api.force_authenticate(by)
    made = {"plan": plan, "by": by, "today": localdate()}
    return {
        "ordinary print": read(make_copy(large=False, **made)),
        "large print": read(make_copy(large=True, **made)),
        "page": page.split('aria-labelledby="copy"')[1].split("</main>")[
            0
        ],  # without the safety strip
        "api": api.get(reverse("api-plan-copy", args=[plan.case.crn, plan.pk])).content.decode(),
    }


def test_nothing_that_is_kept_comes_out_in_the_persons_copy(client, plan):
    outlets = the_copy(client, plan, plan.case.officer)

    assert {name: leaked(text) for name, text in outlets.items() if leaks(text)} == {}


def test_nobody_learns_from_their_copy_or_a_reminder_that_a_marac_is_held(client, plan):
    assert plan.case.agency_meetings.get().kind == "marac"

    outlets = the_copy(client, plan, plan.case.officer)

    assert {name for name, text in outlets.items() if "marac" in text.lower()} == set()
    assert not Message.objects.filter(body__icontains="marac").exists()


def test_what_may_be_shared_comes_out_in_each_of_them(client, plan):
    outlets = the_copy(client, plan, plan.case.officer)

    for name, text in outlets.items():
        assert [word for word in SHARED if word not in text] == [], name
        assert "Al" in text


def test_the_same_words_are_found_where_staff_read_them(client, plan):
    """Or the marks would prove nothing."""
    client.force_login(plan.case.officer)

    for page in ("case", "case-checks", "case-information", "case-sentence", "case-person"):
        assert leaks(client.get(reverse(page, args=[plan.case.crn])).content.decode()), page


def test_a_table_that_holds_words_about_a_case_is_marked_here(plan):
    unmarked = {
        model.__name__
        for model in _models()
        if _words_of(model) and model.__name__ not in ABOUT_NOBODY and not model.objects.exists()
    }

    assert unmarked == set()


@pytest.mark.parametrize("part", ["what", "by_whom"])
@pytest.mark.parametrize("kept", ["name", "address"])
def test_a_word_that_is_kept_is_refused_where_somebody_put_it_in_what_is_shared(
    client, plan, part, kept
):
    around = plan.case.related_people.get()
    around.address = "4 Qzxexample Street, Reading"
    around.save()
    words = {"name": around.name, "address": "Near Qzxexample St"}[kept]
    step = plan.case.plan_actions.get(what="Plaindiary")
    setattr(step, part, words)
    step.save()

    client.force_login(plan.case.officer)
    page = client.get(reverse("plan-copy", args=[plan.case.crn, plan.pk])).content.decode()
    file = client.get(reverse("plan-copy-pdf", args=[plan.case.crn, plan.pk]), follow=True)

    assert leaked(page.split('aria-labelledby="copy"')[1].split("</main>")[0]) == []
    assert "1 thing still to do before you can make the copy" in page
    assert file["Content-Type"].startswith("text/html")


# What goes to others


def test_a_request_says_whom_it_asks_about_and_nothing_else_that_is_kept(plan):
    today, policy = localdate(), request_policy(localdate())
    enquiry = EnquiryFactory(case=plan.case, agency=AgencyFactory())
    SubjectFactory(enquiry=enquiry, name=plan.case.name)

    request = request_of(enquiry, asked_of_each([enquiry])[enquiry.pk], policy, today, True)

    assert not leaks(as_text(request))
    assert not leaks(read(letter(request)))
    assert plan.case.surname in as_text(request)


def test_what_is_mailed_about_a_case_holds_nothing_that_is_kept(plan, senior):
    agency = AgencyFactory()
    EnquiryFactory(case=plan.case, kind="police", sent=True, agency=agency, due_on=TODAY)
    plan.case.officer.email = "sam@example.gov.uk"
    plan.case.officer.save()
    Message.objects.all().delete()

    chase_agency(agency=agency, by=senior, today=TODAY, now=NOW)
    take_route_away(
        case=plan.case, requirement=None, removed=f"{MARK} one-to-one", because=f"{MARK} because",
        route="group", replacement=f"{MARK} group", owner=plan.case.officer, by_on=TODAY, by=senior,
        today=TODAY, now=NOW,
    )  # fmt: skip

    sent = list(Message.objects.all())
    assert {one.kind for one in sent} == {"chase", "alert"}
    assert not any(leaks(f"{one.subject} {one.body} {one.address}") for one in sent)


@pytest.mark.parametrize("answers", [{"may_text": True}, {"may_email": True}])
def test_a_reminder_says_their_name_and_what_was_written_to_be_said_and_nothing_else(
    plan, settings, tmp_path, answers
):
    set_up(settings, tmp_path)
    case, place = plan.case, PlaceFactory(how_to_find="Plain Street")
    Place.objects.filter(pk=place.pk).update(name=f"{MARK} name", address=f"{MARK} address")
    Person.objects.filter(case=case).update(**answers)
    ReachableFactory(case=case, value="07700 900123", note=MARK, shared_with=MARK)
    ReachableFactory(case=case, kind="email", value="al@post.example")
    booked = AppointmentFactory(case=case, place=place, remind=True, prepared=f"{MARK} prepared")
    Contact.objects.filter(pk=booked.pk).update(place=MARK, notes=MARK, type_name=MARK)

    reminder = arrange_reminder(appointment=booked, now=NOW)

    assert reminder.body.startswith("Hello Al. You have an appointment on Tuesday 2 October")
    assert "Where: Plain Street." in reminder.body
    assert not leaks(f"{reminder.subject} {reminder.body} {reminder.address} {reminder.key}")


def test_the_proof_of_an_induction_says_what_was_explained_and_nothing_that_is_kept(client, plan):
    case, around = plan.case, plan.case.related_people.first()
    case.sentences.update(description="Plain order", court_name="Plain court")
    told = {"said": "yes", "words": f"{MARK} told us", "asks": "Do they look after anybody?"}
    rule = {"said": "understood", "words": f"{MARK} answer"}
    signed = {"held_on": TODAY, "proof": "paper", "proof_words": MARK, "signed_at": NOW}
    induction = InductionFactory(
        case=case,
        sentence=case.sentences.first(),
        answers={
            "rules.requirement-1": rule | {"asks": "Plainrule"},
            "rules.condition-1": rule | {"asks": f"Not to see {around.name} at {around.address}"},
            "needs.caring": told,
            "theirs.start": told | {"said": "words"},
        },
        signed_by=case.officer,
        **signed,
    )
    client.force_login(case.officer)

    page = client.get(reverse("induction-proof", args=[case.crn, induction.pk])).content.decode()

    assert "Plainrule" in page
    assert leaked(page) == []


def test_a_letter_of_enforcement_says_what_happened_and_nothing_that_is_kept(plan):
    letter = written(plan.case.officer, now(), plan.case, wants_welsh=True)
    looked, said, _ = look_at(letter=letter, now=now())

    text = read(as_paper(said))

    assert leaked(text) == []
    assert "Didnotcometotheofficeat10am." in text
    assert not any(gap.field.startswith("what") and not gap.field.endswith("_cy") for gap in looked)


def test_a_letter_of_leave_to_travel_says_where_and_when_and_nothing_else_that_is_kept(plan):
    travel = plan.case.travels.get()

    text = read(make_travel_letter(travel=travel, by=plan.case.officer, today=TODAY))

    assert {one for one in leaked(text) if not one.startswith(f"{MARK}travelwhere")} == set()
    assert f"{MARK}travelwhere" in text.lower()


def test_the_sheet_for_the_gate_says_where_to_be_and_nothing_else_that_is_kept(client, plan):
    case, today, by = plan.case, localdate(), plan.case.officer
    stay = CustodyFactory(
        case=case, received_on=today - timedelta(days=30), release_on=today + timedelta(days=3),
        prison=PrisonFactory(name="Plainprison"), prison_officer=MARK, source=MARK,
    )  # fmt: skip
    need = NeedFactory(custody=stay, words=MARK, found_by=by)
    first = datetime.combine(stay.release_on, time(11), get_current_timezone())
    ReferralFactory(
        need=need, service=ServiceFactory(name="Plainservice", note=MARK), tells=MARK, chosen_because=MARK, state="booked",
        received_by=MARK, first_at=first, first_where="Plainplace", made_by=by,
    )  # fmt: skip
    NoHomePlanFactory(custody=stay, tonight="Plainbed", looked_for=MARK, rings=MARK, signed_by=by)
    InHandFactory(custody=stay, words=MARK, said_by=by)
    HandOverFactory(
        custody=stay, how=MARK, who_came=MARK, minutes=MARK, watch_for=MARK, offered_by=by
    )
    GateMeetingFactory(custody=stay, where="Plaingate", meets=by, at=first - timedelta(hours=2))
    client.force_login(by)

    page = client.get(reverse("gate-sheet", args=[case.crn])).content.decode()
    paper = read(make_gate_sheet(case=case, by=by, today=today))

    said = page.split('aria-labelledby="sheet"')[1].split("</section>")[0]
    for text in (said, paper):
        assert "Plainplace" in text
        assert "Plainbed" in text
        assert "Plaingate" in text
        assert leaked(text) == []


TOLD = {
    "strengths",
    "own_words",
    "agreed_because",
}  # said by the person; only the last is kept from their copy


def resettlement_plan(case):
    """One in force, in which whatever is not for the person to be given holds a marked word."""
    today = localdate()
    stay = CustodyFactory(
        case=case, received_on=today - timedelta(days=30), release_on=today + timedelta(days=30), source=MARK, screened_by=MARK,
    )  # fmt: skip
    answers = {}
    for code, one in RESETTLEMENT.items():
        said, marked = one.choices[0][0], f"{MARK}answer{code.replace('.', '')}"
        kept = one.about_risk or one.restricted or one.pathway == "work"
        answers[code] = {
            "said": said, "source": "person" if one.pathway != "work" else "family", "on": today.isoformat(),
            "words": marked if kept else f"Plain{code}", "does": marked,
        }  # fmt: skip
    made = ResettlementPlanFactory(
        custody=stay, state="signed", signed_at=now(), signed_by=case.officer, answers=answers,
        strengths="Plainstrengths", own_words="Plainwish", agreed="partly", agreed_because=MARK,
    )  # fmt: skip
    marked = {one.name: _marked(one, made) for one in _words_of(type(made)) if one.name not in {"answers"} | TOLD}  # fmt: skip
    type(made).objects.filter(pk=made.pk).update(**marked)
    RiskItemFactory(
        plan=made, question="health.self_harm", words=MARK, source=MARK, answer="amended", amended=MARK, answered_at=now(),
        answered_by=case.officer,
    )  # fmt: skip
    return made


def test_their_copy_of_the_resettlement_plan_says_what_they_said_and_nothing_that_is_kept(
    client, plan
):
    case = plan.case
    resettlement_plan(case)
    client.force_login(case.officer)
    page, pdf = (
        reverse(name, args=[case.crn])
        for name in ("resettlement-plan-copy", "resettlement-plan-copy-pdf")
    )

    outlets = {
        "page": client.get(page).content.decode().split('aria-labelledby="copy"')[1].split("</section>")[0],
        "ordinary print": read(client.get(pdf).content),
        "large print": read(client.get(pdf, {"print": "large"}).content),
        "api": client.get(reverse("api-resettlement-copy", args=[case.crn])).json(),
    }  # fmt: skip

    for name, text in outlets.items():
        assert leaked(str(text)) == [], name
        for word in ("Plainstrengths", "Plainwish", "Plainmoney.bank", "Plainsubstances.script"):
            assert word in str(text), (name, word)


def test_the_same_words_of_the_resettlement_plan_are_found_where_staff_read_them(client, plan):
    """Or the marks would prove nothing."""
    made = resettlement_plan(plan.case)
    client.force_login(plan.case.officer)

    whole = client.get(reverse("see-resettlement-plan", args=[plan.case.crn, made.pk]))

    for code, one in RESETTLEMENT.items():
        if one.about_risk or one.restricted:
            assert f"{MARK}answer{code.replace('.', '')}" in whole.content.decode(), code


def test_a_receipt_says_what_was_given_and_nothing_that_is_kept(client, plan):
    case, fare = plan.case, plan.case.fares.standing().get()
    Fare.objects.filter(pk=fare.pk).update(voucher="Plainvoucher")
    client.force_login(case.officer)

    page = client.get(reverse("fare-receipt", args=[case.crn, fare.pk])).content.decode()

    main = page[page.index("<main") :]
    assert "Plainvoucher" in main
    assert leaked(page) == []
    assert case.crn not in main
    assert case.surname not in main


@pytest.mark.parametrize(
    "name",
    [
        "arrivals-csv",
        "caseload-csv",
        "checks-desk-csv",
        "content-csv",
        "endings-csv",
        "escalations-csv",
        "enforcement-measure-people-csv",
        "fares-given-csv",
        "hand-overs-csv",
        "overrides-csv",
        "referrals-unanswered-csv",
        "release-measure-people-csv",
        "releases-csv",
        "standing-still-csv",
    ],
)
@pytest.mark.parametrize("role", [Role.SPO, Role.HEAD, Role.QUALITY])
def test_a_list_taken_away_holds_nothing_that_is_kept(client, plan, name, role):
    client.force_login(UserFactory(role=role, team=plan.case.team))

    answer = client.get(reverse(name), {"team": "all", "whose": "all", "state": "any"})

    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert plan.case.crn in body.decode() or name not in ("caseload-csv", "overrides-csv")
    assert set(leaked(body.decode())) <= {
        "qzxenquiryasked_of"
    }  # which agency, on the desk's own list


# The marks


def test_what_is_recorded_is_not_shared_until_somebody_says_so():
    defaults = {
        model.__name__: model._meta.get_field("sharing").default
        for model in _models()
        if any(field.name == "sharing" for field in model._meta.concrete_fields)
    }
    shared = {name for name, default in defaults.items() if default != Sharing.NO}

    assert shared == {"Objective", "Delivery"}  # written with the person, in the plan they agree
    assert {
        "Contingency", "Document", "Enquiry", "Information", "InterimPlan", "PlanAction",
        "PotentialVictim", "RelatedPerson",
    } == set(defaults) - shared  # fmt: skip


def test_only_what_is_said_to_the_person_is_shared_of_the_questions_of_a_plan():
    shared = {one.code for one in PLAN_QUESTIONS.values() if one.sharing == Sharing.YES}

    assert shared == {
        "contact.level", "home_visits.answer", "person.words", "person.adjustments",
    }  # fmt: skip
