"""Limited access: every address is opened as somebody shut out, and nothing beyond the masked row is found.

The case is filled with marked words in every place that holds any. The same crawl as somebody let
in must find them, or the crawl would prove nothing.
"""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from cases.models import (
    Contact,
    DocumentContent,
    Identifier,
    Issue,
    Limit,
    Message,
    Named,
    NonAssociation,
    OtherName,
    OutcomeCorrection,
)
from cases.reference.codes import Place, Register, Rosh
from cases.rules.references import reference_of
from staff.permissions import Role
from tests.factories import (
    NOW,
    AddressFactory,
    AgencyFactory,
    AppointmentFactory,
    AssessmentFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    ContingencyFactory,
    DeadlineFactory,
    DeliveryFactory,
    DocumentFactory,
    DraftFactory,
    EnquiryFactory,
    FlagFactory,
    HomeVisitFactory,
    InformationFactory,
    InterimPlanFactory,
    ObjectiveFactory,
    OffenceFactory,
    OverrideFactory,
    PersonFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RaiseFactory,
    RarActivityFactory,
    RarEnoughFactory,
    ReachableFactory,
    ReadingFactory,
    RecommendationFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    ReplyInHandFactory,
    RequirementFactory,
    ReviewedEventFactory,
    ReviewFactory,
    RouteDecisionFactory,
    SentenceFactory,
    StandingFactory,
    SubjectFactory,
    TeamFactory,
    UserFactory,
    VisitSafetyFactory,
)
from tests.test_permissions import ENDPOINTS, OF_A_CASE, OF_NO_CASE, address_of

pytestmark = pytest.mark.django_db
MARK = "Qzxwvkjq"  # begins every marked word; long enough that no random token holds it
BORN = ("17 June 1971", "1971-06-17", "17/06/1971")
LISTS = {  # the lists, and what might be asked of them to find a kept case out
    "caseload": (
        {"whose": "team"},
        {"whose": "all"},
        {"whose": "team", "place": "cannot"},
        {"whose": "all", "loop": "concern"},
        {"whose": "team", "loop": "not-planned"},
    ),
    "caseload-csv": ({"whose": "team"}, {"whose": "all"}),
    "team-board": ({"team": "all"},),
    "flags": ({"team": "all"}, {"team": "all", "told": "spo"}),
    "checks-desk": ({"overdue": "1"}, {"step": "chase"}),
    "duty-today": ({"team": "all"},),
    "diary": ({"whose": "team"}, {"whose": "team", "view": "week"}),
    "checks-desk-csv": ({"team": "all"}, {"step": "analyse"}),
    "api-cases": ({"place": "cannot"},),
    "outcomes-to-log": ({"whose": "team"},),
    "overrides": ({"team": "all"}, {"team": "all", "state": "any"}),
    "overrides-csv": ({"team": "all", "state": "any"},),
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
}
NUMBERS = {  # what stands in an address of the kept case besides its CRN
    "enquiry": lambda kept: kept.enquiries.first().pk,
    "pk": lambda kept: kept.enquiries.first().pk,
    "review": lambda kept: kept.reviews.get(state="draft").pk,
    "review_part": lambda kept: "person",
    "recommendation": lambda kept: kept.recommendations.get().pk,
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
    "appointment": lambda kept: kept.decisions.get().appointment_id,
    "rar_activity": lambda kept: kept.rar_activities.live().get().pk,
    "rar_requirement": lambda kept: kept.rar_activities.live().get().requirement_id,
}
MESSAGE, ASK = "This case is kept.", "Pat Lane"


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def kept(team):
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
    RelatedPersonFactory(case=case, name=f"{MARK}child")
    OtherName.objects.create(
        case=case, previous=False, surname=f"{MARK}alias", sort_name=f"{MARK.lower()}alias"
    )
    Identifier.objects.create(case=case, kind="pnc", value=f"{MARK}1", match="1971/0000001A")
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
    return case


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


@pytest.fixture
def limit(kept):
    return Limit.objects.create(case=kept, restricted=True, message=MESSAGE, ask=ASK)


def body_of(answer):
    """What was answered as text; a PDF is mostly none."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode(errors="replace")


def crawl(client, user, kept):
    """The body of every address as this user, and of searches for the marked words."""
    client.force_login(user)
    for writer in (
        user,
        kept.officer,
    ):  # what was begun there while it was still open to the reader
        page = reverse("write-interim-plan", args=[kept.crn])
        DraftFactory(user=writer, page=page, fields={"worst_case": [f"{MARK}typed"]})
    bodies = {}
    for name in OF_A_CASE:
        parts = ENDPOINTS[name].pattern.converters.keys() - {"crn"}
        if parts - NUMBERS.keys():
            continue
        numbers = {part: NUMBERS[part](kept) for part in parts}
        bodies[name] = client.get(reverse(name, kwargs={"crn": kept.crn} | numbers))
    for name in OF_NO_CASE:
        bodies[name] = client.get(address_of(name, kept, user))
        for codes in LISTS.get(name, ()):
            bodies[f"{name} {codes}"] = client.get(address_of(name, kept, user), codes)
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
        "reviews {'team': 'all', 'show': 'complete'}",
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
