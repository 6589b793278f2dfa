"""Pages of the agency book: what it lists, what it takes and refuses, what stood before."""

import pytest
from django.urls import reverse

from cases.models import Agency
from cases.reference.checks import CheckKind
from staff.permissions import Role
from tests.factories import AgencyFactory, EnquiryFactory, SubjectFactory, UserFactory

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "children",
    "name": "Reading MASH",
    "areas": "RG1\nReading Borough Council",
    "channel": "email",
    "email": "mash@reading.example",
    "turnaround_days": "5",
    "note": "Ring first.",
}


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


def words(page):
    return page.content.decode()


def test_an_empty_book_says_what_would_be_there(client, hub):
    assert "would be listed here" in words(client.get(reverse("agencies")))


def test_the_book_is_listed_without_those_taken_out(client, hub):
    AgencyFactory(name="Thames Valley Police", areas=["RG1"])
    AgencyFactory(name="Gone Police", ended_on="2018-01-01")

    page = words(client.get(reverse("agencies")))

    assert "Thames Valley Police" in page
    assert "RG1" in page
    assert "Gone Police" not in page


@pytest.mark.parametrize("rows", [5, 60])
def test_the_book_takes_the_same_queries_however_long(
    client, hub, django_assert_max_num_queries, rows
):
    for n in range(rows):
        AgencyFactory(areas=[f"RG{n}"])

    with django_assert_max_num_queries(9):
        client.get(reverse("agencies"))


def test_an_agency_is_added_and_what_follows_is_said(client, hub):
    page = client.post(reverse("add-agency"), SAID, follow=True)

    agency = Agency.objects.get()
    assert agency.areas == ["RG1", "Reading Borough Council"]
    assert (agency.kind, agency.turnaround_days) == (CheckKind.CHILDREN, 5)
    assert "go to whoever answers" in str(list(page.context["messages"])[0])


def test_what_is_refused_is_said_and_what_was_typed_is_kept(client, hub):
    AgencyFactory(kind=CheckKind.CHILDREN, name="Slough MASH", areas=["rg1"])

    page = words(client.post(reverse("add-agency"), SAID))

    assert "Slough MASH answers for RG1 already" in page
    assert "mash@reading.example" in page
    assert Agency.objects.count() == 1


def test_only_how_they_are_asked_must_be_filled_in(client, hub):
    page = words(client.post(reverse("add-agency"), SAID | {"channel": "letter"}))

    assert "Enter postal address" in page
    assert "Enter telephone number" not in page


def test_a_change_keeps_what_stood_before(client, hub):
    client.post(reverse("add-agency"), SAID)
    agency = Agency.objects.get()

    client.post(reverse("change-agency", args=[agency.pk]), SAID | {"turnaround_days": "9"})
    page = words(client.get(reverse("agency", args=[agency.pk])))

    assert "9 working days" in page
    assert "5 working days" in page
    assert "mash@reading.example" in words(client.get(reverse("change-agency", args=[agency.pk])))


def test_one_taken_out_is_offered_no_more(client, hub):
    agency = AgencyFactory(name="Thames Valley Police")

    client.post(reverse("end-agency", args=[agency.pk]))

    page = words(client.get(reverse("agency", args=[agency.pk])))
    assert "Out of the book since" in page
    assert "Take it out of the book" not in page


def test_before_it_is_taken_out_the_hub_sees_what_waits_and_after_what_has_nobody_to_go_to(
    client, hub
):
    agency = AgencyFactory(name="Thames Valley Police")
    enquiry = EnquiryFactory(agency=agency)
    SubjectFactory(enquiry=enquiry)
    EnquiryFactory(agency=agency, sent=True)
    address = reverse("end-agency", args=[agency.pk])

    before = words(client.get(address))
    after = words(client.post(address, follow=True))

    assert "To be sent to it: 1 enquiry. Awaiting its answer: 1 enquiry." in before
    assert "Nobody in the book answers now for 1 enquiry of its kind" in after


def test_those_who_only_look_are_offered_no_change(client):
    client.force_login(UserFactory())
    agency = AgencyFactory()

    assert reverse("add-agency") not in words(client.get(reverse("agencies")))
    assert "Take it out" not in words(client.get(reverse("agency", args=[agency.pk])))


def test_how_much_waits_at_an_agency_is_counted_of_cases_open_to_the_reader(client, hub):
    agency = AgencyFactory()
    EnquiryFactory(sent=True, agency=agency)
    EnquiryFactory(agency=agency)

    lines = {
        one.label: one.value
        for one in client.get(reverse("agency", args=[agency.pk])).context["page"].lines
    }

    assert (lines["To be sent to them"], lines["Awaiting their answer"]) == ("1", "1")
