"""The outbox as the hub sees it: what waits, and what it decides of the rest."""

import pytest
from django.urls import reverse

from cases.models import Message
from cases.reference.agencies import Delivery
from staff.permissions import Role
from tests.factories import (
    NOW,
    AgencyFactory,
    CaseFactory,
    DocumentFactory,
    EnquiryFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("outbox")


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


def message(case=None, delivery=Delivery.FAILED, kind="request"):
    case = case or CaseFactory()
    agency = AgencyFactory()
    return Message.objects.create(
        key=f"{kind}-{agency.pk}",
        kind=kind,
        agency=agency,
        address=agency.email,
        subject=f"About {case.name}",
        body=f"About {case.name}",
        document=DocumentFactory(case=case, enquiry=EnquiryFactory(case=case, sent=True)),
        not_before=NOW,
        delivery=delivery,
        at=NOW,
    )


def words(page):
    return page.content.decode()


def test_an_empty_outbox_says_that_nothing_is_owed(client, hub):
    assert "Nothing is owed" in words(client.get(PAGE))


def test_what_may_not_have_gone_and_what_could_not_are_listed_and_not_what_they_say(client, hub):
    failed, unsure = message(), message(delivery=Delivery.UNSURE)
    message(delivery=Delivery.SENT)

    page = client.get(PAGE)

    assert [row.to for row in page.context["rows"]] == [failed.agency.name, unsure.agency.name]
    assert "About" not in "".join(row.to + row.kind for row in page.context["rows"])
    assert failed.document.enquiry.case.name not in words(page)


def test_the_case_is_named_only_to_those_it_is_open_to(client, hub):
    case = message().document.enquiry.case
    before = words(client.get(PAGE))
    limit(case, restricted=True)

    after = words(client.get(PAGE))

    assert case.crn in before
    assert case.crn not in after


@pytest.mark.parametrize(
    "name, delivery",
    [
        ("send-message-again", Delivery.WAITING),
        ("say-message-went", Delivery.SENT),
    ],
)
def test_the_hub_decides_and_hears_what_follows(client, hub, name, delivery):
    one = message()

    page = client.post(reverse(name, args=[one.pk]), follow=True)

    one.refresh_from_db()
    assert one.delivery == delivery
    assert list(page.context["messages"])


def test_a_request_is_never_left_unsent_and_the_page_says_why(client, hub):
    one = message()

    page = client.post(reverse("cancel-message", args=[one.pk]), follow=True)

    one.refresh_from_db()
    assert one.delivery == Delivery.FAILED
    assert "nobody was asked" in words(page)
    assert "Leave it unsent" not in words(page)


def test_the_desk_says_how_many_wait_for_a_mail_server(client, hub, settings):
    settings.EMAIL_READY = False
    message(delivery=Delivery.WAITING)

    desk = words(client.get(reverse("checks-desk")))

    assert "1 e-mail waits: there is no mail server yet" in desk


def test_the_desk_says_what_must_be_decided_to_those_who_run_it_alone(client, hub):
    message(delivery=Delivery.UNSURE)
    desk = words(client.get(reverse("checks-desk")))
    client.force_login(UserFactory(role=Role.SPO))

    assert "1 may not have gone" in desk
    assert "may not have gone" not in words(client.get(reverse("checks-desk")))


@pytest.mark.parametrize("rows", [5, 60])
def test_the_outbox_takes_the_same_queries_however_long(
    client, hub, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        message()

    with django_assert_max_num_queries(11):
        client.get(PAGE)
