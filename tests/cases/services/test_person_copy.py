import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from cases.models import Delivery, Document, EnquiryStep, Person, PlanAction, PlanCopy, Reachable
from cases.reference.agencies import DocumentKind
from cases.reference.codes import Sharing
from cases.services.person_copy import copy_and_sheet, give_copy, make_copy
from cases.services.policy import seed_policies
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    CaseFactory,
    EnquiryFactory,
    InformationFactory,
    ObjectiveFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    ReadingFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RouteDecisionFactory,
    SentenceFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db
GIVEN = {"how": "hand", "large": False, "given_on": TODAY, "today": TODAY, "now": NOW}


@pytest.fixture
def case():
    seed_policies()
    return CaseFactory(forename="Alan")


@pytest.fixture
def plan(case):
    plan = PlanFactory(case=case, signed=True, agreed="yes", agreed_on=TODAY)
    ObjectiveFactory(plan=plan, what="Drink less")
    return plan


def step(plan, what="Keep a diary", **given):
    known = {"actor": "person", "sharing": "yes", "objective": plan.objectives.first()}
    return PlanActionFactory(case=plan.case, what=what, **known | given)


def copy(plan):
    return copy_and_sheet(plan, plan.case, TODAY)[0]


def sections(plan):
    sheet = copy_and_sheet(plan, plan.case, TODAY)[1]
    return {one["heading"]: [line["text"] for line in one["lines"]] for one in sheet["sections"]}


def given(plan, **other):
    return give_copy(plan=plan, by=plan.case.officer, **GIVEN | other)


# What it is made from


def test_an_objective_that_keeps_somebody_safe_is_left_out_with_its_step(plan):
    safe = ObjectiveFactory(
        plan=plan, what="Her street is somewhere else", about=["harm:known_adult"]
    )
    step(plan, "Ring her worker", objective=safe, nature="victim_safety")

    told = str(sections(plan))

    assert "Drink less" in told
    assert "Her street" not in told


def test_it_is_made_from_this_plan_and_its_steps_that_stand(plan):
    step(plan)
    step(plan, "Given up", dropped_on=TODAY, dropped_because="Moved")
    PlanActionFactory(case=plan.case, what="Beside the plan", sharing="yes")
    step(PlanFactory(), "Of another", objective=ObjectiveFactory())

    found = sections(plan)

    assert found["What we agreed"] == ["Drink less"]
    assert found["What you will do"] == ["Keep a diary"]
    assert "Beside" not in str(found)


@pytest.mark.parametrize(
    ("booked", "says"),
    [(False, "We are changing how this happens"), (True, "The start date is 1 October")],
)
def test_a_route_taken_away_is_not_promised_in_it(plan, booked, says):
    requirement = RequirementFactory(sentence=SentenceFactory(case=plan.case))
    Delivery.objects.create(plan=plan, requirement=requirement, route="one_to_one", how="With Sam")
    whole = {
        "booked_for": NOW,
        "booked_with": "Kim",
        "booked_at": NOW,
        "booked_by": plan.case.officer,
    }
    RouteDecisionFactory(case=plan.case, requirement=requirement, **whole if booked else {})

    sheet = copy_and_sheet(plan, plan.case, TODAY)[1]

    assert says in str(sheet)
    assert "With Sam" not in str(sheet)


def test_they_are_called_as_they_like_and_reached_only_where_it_is_safe(plan):
    Person.objects.create(case=plan.case, preferred_name="Al", may_text=True)
    Reachable.objects.create(case=plan.case, kind="email", value="a@example.com", safe=False)
    AddressFactory(case=plan.case, status_code="M", safe_to_write=None)
    none = copy_and_sheet(plan, plan.case, TODAY)[1]["ways"]
    Reachable.objects.create(case=plan.case, kind="mobile", value="07700 900000", safe=True)

    sheet = copy_and_sheet(plan, plan.case, TODAY)[1]

    assert none == []
    assert sheet["called"] == "Al"
    assert sheet["ways"] == ["We may ring or text your mobile."]
    assert "07700" not in str(sheet)


@pytest.mark.parametrize(
    "person",
    [
        {"protected": True},
        {"victim": True},
        {"could_be_hurt": True},
    ],
)
def test_the_names_of_those_who_could_be_hurt_are_kept_out_of_it(plan, person):
    hurt = person.pop("could_be_hurt", False)
    someone = RelatedPersonFactory(case=plan.case, name="Dana Quill", **person)
    if hurt:
        PotentialVictimFactory(person=someone)
    step(plan, "Ring Dana on Mondays")

    assert len(copy(plan).mend) == 1


def test_so_are_protected_names_of_enquiries_and_addresses_of_others(plan):
    enquiry = EnquiryFactory(case=plan.case)
    SubjectFactory(enquiry=enquiry, kind="partner", name="Jo Ashe", protected=True)
    SubjectFactory(enquiry=enquiry, kind="address", name="8 Other Road, Reading")
    RelatedPersonFactory(
        case=plan.case, name="Kim Lee", address="4 Example Street", postcode="RG2 7BB"
    )
    for words in (
        "With Jo",
        "At 8 Other Rd",
        "Near RG27BB",
        "On Example Street, number 4 Example Street",
    ):
        step(plan, words)

    assert len(copy(plan).mend) == 4


def test_what_agencies_and_others_said_is_not_repeated_in_it(plan):
    EnquiryFactory(
        case=plan.case,
        replied=True,
        reply_text="Officers attended and found her with a cut to the lip",
    )
    told = InformationFactory(text="She says that he waits outside the school every single day")
    ReadingFactory(case=plan.case, information=told)
    step(plan, "Officers attended and found her with a cut to the lip, so no drinking")
    step(plan, "He waits outside the school every single day: stop")

    assert len(copy(plan).mend) == 2


def test_nor_is_what_an_agency_said_that_was_put_right_or_taken_off_since(plan):
    """Also of another enquiry of the same case, and beside what stands."""
    for n, did in enumerate(("replied", "put_right", "reopened", "what_stood")):
        enquiry = EnquiryFactory(case=plan.case, replied=True, reply_text="Nothing held.")
        words = f"Seen by neighbours on number {n} waiting behind the school with a dog"
        EnquiryStep.objects.create(enquiry=enquiry, on=TODAY, did=did, note=words)
        step(plan, words)

    assert len(copy(plan).mend) == 4


# Making and giving it


def test_each_making_is_in_the_audit_trail(plan):
    plan.case.refresh_from_db()

    content = make_copy(plan=plan, large=True, by=plan.case.officer, today=TODAY)

    assert content.startswith(b"%PDF")
    entry = Entry.objects.get(action="made_plan_copy")
    assert (entry.crn, entry.detail) == (plan.case.crn, {"plan": plan.pk, "large": True})


def test_it_is_not_made_while_something_in_it_gives_somebody_away(plan):
    RelatedPersonFactory(case=plan.case, name="Dana Quill", protected=True)
    step(plan, "Ring Dana")

    with pytest.raises(RuleBroken, match="cannot be made yet"):
        make_copy(plan=plan, large=False, by=plan.case.officer, today=TODAY)
    with pytest.raises(RuleBroken, match="cannot be made yet"):
        given(plan)

    assert not Document.objects.exists()
    assert not Entry.objects.filter(action="made_plan_copy").exists()


def test_what_they_were_given_is_kept_as_it_was(plan):
    made = given(plan, large=True, given_on=TODAY - timedelta(days=1))
    PlanAction.objects.all().delete()

    document = made.document
    assert (document.kind, document.sharing) == (DocumentKind.PLAN_COPY, Sharing.YES)
    text = PdfReader(io.BytesIO(bytes(document.content.content))).pages[0].extract_text()
    assert "Drink less" in text
    assert (made.given_on, made.large, made.draft) == (TODAY - timedelta(days=1), True, False)
    entry = Entry.objects.get(action="gave_plan_copy")
    assert entry.detail == {"plan": plan.pk, "large": True, "how": "hand"}


def test_before_it_is_agreed_what_they_get_is_a_draft(case):
    assert given(PlanFactory(case=case)).draft


def test_it_is_posted_only_to_where_it_is_safe_to_write(plan):
    AddressFactory(case=plan.case, status_code="M", safe_to_write=False)

    with pytest.raises(RuleBroken, match="not recorded as safe to write"):
        given(plan, how="post")

    plan.case.addresses.update(safe_to_write=True)
    assert given(plan, how="post").how == "post"


def test_a_plan_that_is_no_longer_in_use_is_given_to_nobody(case):
    plan = PlanFactory(case=case, state="dropped")

    with pytest.raises(RuleBroken, match="the one that stands"):
        given(plan)

    assert not PlanCopy.objects.exists()
