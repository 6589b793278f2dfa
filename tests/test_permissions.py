"""Every role at every page and endpoint, about its own case, an assigned one, its team's, a stranger's.

What is expected is read from the permission table; a new address is taken up by itself, and one
that needs more than a CRN fails here until `BESIDES` says how to make it.
"""

from datetime import date, timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils.timezone import localdate

from cases.models import ImportRun, Message, NonAssociation, Notice, Search
from cases.reference.harm import AnalysisPart
from cases.reference.needs import NeedArea
from cases.reference.plan_questions import PlanPart
from cases.reference.policies import Policies
from cases.reference.review_questions import ReviewPart
from grid.models import Judgement
from staff.permissions import Action, Reach, Role, reach
from tests.factories import (
    NOW,
    AbsenceFactory,
    AgencyFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    CaseFactory,
    ContingencyFactory,
    DocumentFactory,
    EnquiryFactory,
    HomeVisitFactory,
    InterimPlanFactory,
    ObjectiveFactory,
    OverrideFactory,
    PlaceFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RarActivityFactory,
    ReachableFactory,
    ReadingFactory,
    RecommendationFactory,
    ReplyInHandFactory,
    ReviewFactory,
    RouteDecisionFactory,
    TeamFactory,
    UserFactory,
    VisitSafetyFactory,
)
from tests.test_architecture import endpoints

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


def activity_of(case):
    return RarActivityFactory(requirement__sentence__case=case, planned_by=UserFactory())


def written_on(case, code):
    """A part of the assessment being written."""
    AssessmentFactory(case=case, begun_by=UserFactory())
    return code.value


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
    "reachable": lambda case, user: ReachableFactory(case=case).pk,
}
BY_ITSELF = {
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
}  # whose name says what it is
BESIDES_OF = {  # which of them a name with a number in it needs
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
    "close-override": "override",
    "read-override": "override",
    "api-decide-override": "override",
    "api-close-override": "override",
    "api-read-override": "override",
    "search-results": "search",
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


def address_of(name, case, user):
    wanted = ENDPOINTS[name].pattern.converters
    extra = [part for part in wanted if part != "crn"]
    kwargs = {"crn": case.crn} if "crn" in wanted else {}
    for part in extra:
        by_itself = part if part in BY_ITSELF else "check"
        kwargs[part] = BESIDES[BESIDES_OF.get(name, by_itself)](case, user)
    return reverse(name, kwargs=kwargs)


def case_at(whose, user):
    """A case at this distance from the user, and no nearer."""
    if whose == Reach.OWN:
        return CaseFactory(officer=user, team=TeamFactory())
    if whose == Reach.ASSIGNED:
        case = CaseFactory()
        AssignmentFactory(case=case, user=user, from_on=date(2018, 1, 1))
        return case
    if whose == Reach.TEAM:
        return CaseFactory(team=user.team)
    return CaseFactory()


@pytest.mark.parametrize("name", OF_A_CASE)
@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_exactly_the_cases_the_table_allows(client, role, name):
    action = action_of(ENDPOINTS[name])
    far = reach(role, action)
    user = UserFactory(role=role)
    client.force_login(user)
    for whose in (Reach.OWN, Reach.ASSIGNED, Reach.TEAM, Reach.PROVIDER):
        case = case_at(whose, user)

        status = client.get(address_of(name, case, user)).status_code

        if not far:
            assert status == 403, whose
        elif far < whose:
            assert status == 404, whose
        else:
            assert status in (200, 302, 405), whose


@pytest.mark.parametrize("name", OF_NO_CASE)
@pytest.mark.parametrize("role", Role)
def test_each_role_opens_exactly_the_pages_the_table_allows(client, role, name):
    user = UserFactory(role=role)
    client.force_login(user)

    status = client.get(address_of(name, CaseFactory(), user)).status_code

    if reach(role, action_of(ENDPOINTS[name])):
        assert status in (200, 302, 405)
    else:
        assert status == 403


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_nobody_gets_in_without_signing_in(client, name):
    address = address_of(name, CaseFactory(), UserFactory())

    answer = client.get(address)

    if address.startswith("/api/"):
        assert answer.status_code in (401, 403)
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))
