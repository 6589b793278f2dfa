"""The agency book: what it refuses, and how what is not yet sent follows it."""

import pytest

from cases.models import Agency, Enquiry
from cases.reference.agencies import Channel
from cases.reference.checks import Because, CheckKind, SubjectKind
from cases.rules.enquiries import About
from cases.services.agencies import add_agency, change_agency, end_agency
from cases.services.checks import ask_agencies
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AddressFactory,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Reading MASH",
    "areas": ["RG1", " rg1", "Reading  Borough Council"],
    "channel": Channel.EMAIL,
    "email": "mash@reading.example",
    "address": "",
    "telephone": "",
    "portal": "",
    "turnaround_days": 5,
    "note": "",
}


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def add(by, kind=CheckKind.CHILDREN, **said):
    return add_agency(kind=kind, by=by, today=TODAY, **SAID | said)


def asked_about_a_child_elsewhere():
    """The person in Reading and a child in Slough, asked about while the book is as it is."""
    case = CaseFactory()
    AddressFactory(case=case)
    child = RelatedPersonFactory(case=case, postcode="SL1 4XX")
    ask_agencies(
        case=case,
        kind=CheckKind.CHILDREN,
        because=Because.START,
        subjects=[
            About(SubjectKind.PERSON, case.name),
            About(SubjectKind.CHILD, child.name, related_person_id=child.pk),
        ],
        triggered_on=TODAY,
        by=case.officer,
        today=TODAY,
    )
    return case


def asked_of(case):
    return {
        one.agency and one.agency.name: sorted(one.subjects.values_list("kind", flat=True))
        for one in case.enquiries.order_by("pk")
    }


def test_an_agency_is_kept_with_each_area_once(hub):
    agency = add(hub)

    assert agency.areas == ["RG1", "Reading Borough Council"]
    assert Entry.objects.get(action="added_agency", by=hub).detail == {"agency": agency.pk}


@pytest.mark.parametrize(
    "said, words",
    [
        ({"name": " "}, "name of the agency"),
        ({"email": ""}, "e-mail address"),
        ({"name": "Other", "areas": ["rg1"]}, "answers for rg1 already"),
        ({"areas": ["SL1"]}, "in the book already"),
    ],
)
def test_what_cannot_be_asked_or_is_there_already_is_refused(hub, said, words):
    add(hub)

    with pytest.raises(RuleBroken, match=words):
        add(hub, **said)

    assert Agency.objects.count() == 1


def test_an_area_may_be_of_agencies_of_two_kinds(hub):
    add(hub)

    assert add(hub, kind=CheckKind.ADULTS).areas


def test_an_area_is_free_again_once_its_agency_has_ended(hub):
    end_agency(agency=add(hub), by=hub, today=TODAY)

    assert add(hub)


def test_one_that_has_ended_is_neither_changed_nor_ended_again(hub):
    agency = end_agency(agency=add(hub), by=hub, today=TODAY)

    with pytest.raises(RuleBroken, match="taken out of the book"):
        change_agency(agency=agency, by=hub, today=TODAY, **SAID)
    with pytest.raises(RuleBroken, match="taken out of the book"):
        end_agency(agency=agency, by=hub, today=TODAY)


def test_what_stood_before_a_change_is_kept(hub):
    agency = change_agency(agency=add(hub), by=hub, today=TODAY, **SAID | {"turnaround_days": 9})

    assert [event.turnaround_days for event in agency.events.all()] == [5]


def test_what_nobody_answered_for_goes_to_whoever_is_put_in_the_book(hub):
    case = asked_about_a_child_elsewhere()
    assert asked_of(case) == {None: ["child", "person"]}

    add(hub)
    add(hub, name="Slough MASH", areas=["SL1"])

    assert asked_of(case) == {
        "Reading MASH": ["person"],
        "Slough MASH": ["child", "person"],
    }
    assert case.deadlines.unmet().filter(kind="send_check").count() == 2


def test_what_is_not_yet_sent_to_one_that_ends_is_for_nobody_until_another_is_there(hub):
    reading, slough = add(hub), add(hub, name="Slough MASH", areas=["SL1"])
    case = asked_about_a_child_elsewhere()

    end_agency(agency=slough, by=hub, today=TODAY)

    assert asked_of(case) == {"Reading MASH": ["person"], None: ["child", "person"]}
    assert reading.enquiries.count() == 1


def test_where_the_other_agency_waits_to_be_asked_too_the_two_become_one(hub):
    slough = add(hub, name="Slough MASH", areas=["SL1"])
    case = asked_about_a_child_elsewhere()
    add(hub, areas=["RG1"])

    end_agency(agency=slough, by=hub, today=TODAY)
    change_agency(
        agency=Agency.objects.get(areas=["RG1"]), by=hub, today=TODAY, **SAID | {"areas": []}
    )

    unsent = case.enquiries.unfinished()
    assert [one.agency.name for one in unsent] == ["Reading MASH"]
    assert sorted(unsent.get().subjects.values_list("kind", flat=True)) == ["child", "person"]
    assert case.deadlines.unmet().filter(kind="send_check").count() == 1


def test_what_has_been_sent_stays_with_whom_it_was_sent_to(hub):
    agency = AgencyFactory(kind=CheckKind.CHILDREN)
    sent = EnquiryFactory(sent=True, kind=CheckKind.CHILDREN, agency=agency)

    end_agency(agency=agency, by=hub, today=TODAY)

    assert Enquiry.objects.get(pk=sent.pk).agency == agency
