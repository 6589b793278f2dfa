"""The page of how we get in touch: what is asked, what it leads to, and two people on it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from cases.models import Message, Person
from cases.reference.agencies import Delivery
from cases.services.contact_details import set_contact_details
from cases.services.reminders import arrange_reminder
from staff.permissions import Role
from tests.cases.a_reminder import booked, set_up, somebody
from tests.factories import AddressFactory, ReachableFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    set_up(settings, tmp_path)


@pytest.fixture
def case():
    return somebody()


@pytest.fixture
def officer(client, case):
    client.force_login(case.officer)
    return case.officer


def page_of(case):
    return reverse("contact-details", args=[case.crn])


def words(page):
    return page.content.decode()


def drawn(client, case):
    """What the form holds when it is opened, as a browser sends it back."""
    form = client.get(page_of(case)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items()}


def test_each_number_and_address_is_asked_about_and_nothing_is_chosen_for_them(
    client, officer, case
):
    number = ReachableFactory(case=case, kind="email", value="alex@post.example", safe=None)
    home = AddressFactory(case=case)

    page = client.get(page_of(case))

    assert "Is it safe to ring or text 07700 900123?" in words(page)
    assert "Is it safe to e-mail alex@post.example?" in words(page)
    assert "Is it safe to write to 4 Example Street, Reading, RG1 1AA?" in words(page)
    form = page.context["form"]
    assert form[f"safe_{number.pk}"].value() == "not_asked"
    assert form[f"write_{home.pk}"].value() == "not_asked"
    assert form["may_email"].value() == "not_asked"
    assert "Nobody has recorded asking them here yet" in words(page)


def test_the_questions_about_a_long_address_leave_it_to_their_heading(client, officer, case):
    long = f"{'long.' * 12}name@post.example"
    ReachableFactory(case=case, kind="email", value=long)

    page = words(client.get(page_of(case)))

    assert f"Email: {long}</h2>" in page
    assert "Is it safe to e-mail this address?" in page


def test_saving_says_how_they_are_reminded_from_now_on(client, officer, case):
    arrange_reminder(appointment=booked(case, at=now() + timedelta(days=5)), now=now())

    page = client.post(page_of(case), drawn(client, case) | {"may_text": "no"}, follow=True)

    assert "Recorded as asked today, with your name." in words(page)
    assert "No reminder of an appointment goes to them. They said that we may not" in words(page)
    assert f"by {officer.name}" in words(page)
    assert Message.objects.get().delivery == Delivery.CANCELLED


def test_what_a_colleague_changed_meanwhile_is_shown_and_stands(client, officer, case):
    name = f"safe_{case.reachable.get().pk}"
    sent = drawn(client, case)
    set_contact_details(
        case=case, given={name: "no"}, by=UserFactory(), today=now().date(), now=now()
    )

    page = client.post(page_of(case), sent | {name: "not_asked"}, follow=True)

    assert "Changed by somebody else while you were writing" in words(page)
    assert case.reachable.get().safe is False


def test_a_number_is_added_as_not_asked_until_they_say_so(client, officer, case):
    address = reverse("add-contact", args=[case.crn])
    given = {"kind": "mobile", "value": "07700 900456", "safe": "not_asked"}

    page = client.post(address, given, follow=True)

    assert "It is on record. Reminders of appointments go by text" in words(page)
    assert case.reachable.get(value="07700 900456").safe is None


def test_a_number_that_is_wrong_is_said_on_the_form(client, officer, case):
    address = reverse("add-contact", args=[case.crn])
    given = {"kind": "mobile", "value": "0118", "safe": "yes"}

    page = client.post(address, given)

    assert "Enter a mobile number that can be texted" in words(page)


def test_only_what_was_added_here_is_taken_out_here(client, officer, case):
    sent = ReachableFactory(case=case, value="07700 900456", imported=True)
    ours = case.reachable.get(imported=False)

    shown = words(client.get(page_of(case)))
    client.post(reverse("remove-contact", args=[case.crn, ours.pk]))
    client.post(reverse("remove-contact", args=[case.crn, sent.pk]))

    assert "Take 07700 900123 out" in shown
    assert "Take 07700 900456 out" not in shown
    assert list(case.reachable.all()) == [sent]


def test_who_shares_a_telephone_is_not_named_to_who_may_not_know_and_not_lost(client, case):
    RelatedPersonFactory(case=case, name="Jo Reed", protected=True)
    case.reachable.update(shared_with="Jo Reed")
    client.force_login(UserFactory(role=Role.HUB))

    sent = drawn(client, case)
    shown = words(client.get(page_of(case)))
    client.post(page_of(case), sent | {"may_email": "yes"})

    assert "Jo Reed" not in shown
    assert case.reachable.get().shared_with == "Jo Reed"
    assert Person.objects.get(case=case).may_email is True


def test_the_tab_of_personal_details_leads_here_for_those_who_may(client, case):
    page = reverse("case-person", args=[case.crn])
    seen = {}
    for role in (Role.SPO, Role.AUDITOR):
        client.force_login(UserFactory(role=role))
        seen[role] = page_of(case) in words(client.get(page))

    assert seen == {Role.SPO: True, Role.AUDITOR: False}


@pytest.mark.parametrize("rows", [1, 60])
def test_the_page_asks_the_database_as_often_for_one_number_as_for_sixty(
    client, officer, case, rows, django_assert_max_num_queries
):
    for n in range(rows):
        ReachableFactory(case=case, value=f"07700 9{n:05}")
        AddressFactory(case=case)
    client.get(page_of(case))

    with django_assert_max_num_queries(35):
        client.get(page_of(case))


def test_the_sheet_says_what_is_not_to_be_rung(client, officer, case):
    case.reachable.update(safe=False)

    page = words(client.get(reverse("case-summary", args=[case.crn])))

    assert "Do not ring" in page
    assert "The number that ends in 123: it is not safe" in page


def test_the_outbox_shows_a_reminder_without_saying_whom_it_is_for(client, case):
    message = arrange_reminder(appointment=booked(case, at=now() + timedelta(days=5)), now=now())
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.FAILED, problem="HTTP 400")
    client.force_login(UserFactory(role=Role.HUB))

    page = words(client.get(reverse("outbox")))

    assert "A person on probation, by text message" in page
    assert case.crn in page
    assert case.name not in page
    assert "HTTP 400" in page


def test_one_that_waits_for_its_day_is_no_work_for_the_hub(client, case):
    arrange_reminder(appointment=booked(case, at=now() + timedelta(days=5)), now=now())
    client.force_login(UserFactory(role=Role.HUB))

    assert client.get(reverse("outbox")).context["outbox"].waiting == 0


def test_one_that_could_not_be_sent_is_on_the_hubs_list_of_work_without_a_name(client, case):
    message = arrange_reminder(appointment=booked(case, at=now() + timedelta(days=5)), now=now())
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.UNSURE)
    client.force_login(UserFactory(role=Role.HUB))

    page = words(client.get(reverse("my-work")))

    assert "To a person on probation, by text message" in page
    assert case.name not in page
