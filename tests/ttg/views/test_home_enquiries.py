"""The page that asks the agencies about a home on release, what the page of homes then shows, and the API."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Enquiry
from tests.factories import CaseFactory, CustodyFactory, HomeOfferFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def offer(officer):
    today = localdate()
    custody = CustodyFactory(
        case=CaseFactory(officer=officer), received_on=today - timedelta(days=30), release_on=today + timedelta(days=20)
    )  # fmt: skip
    return HomeOfferFactory(custody=custody, lines="3 Lantern Row", postcode="MK9 1AA")


def words(answer):
    return " ".join(answer.content.decode().split())


def page_of(client, offer):
    return words(client.get(reverse("release-home", args=[offer.custody.case.crn])))


def address(offer, name="ask-about-home"):
    return reverse(name, args=[offer.custody.case.crn, offer.pk])


def test_the_agencies_are_asked_from_the_page_and_it_shows_what_it_came_to(client, offer):
    assert address(offer) in page_of(client, offer)
    assert "3 Lantern Row" in words(client.get(address(offer)))

    text = words(client.post(address(offer), follow=True))

    assert "wait to be sent under Checks" in text
    assert "What agencies were asked" in text
    assert "To be sent" in text
    enquiry = Enquiry.objects.first()
    assert reverse("check", args=[offer.custody.case.crn, enquiry.pk]) in text
    assert address(offer) not in text


def test_a_place_without_a_postcode_is_said_to_need_one(client, offer):
    offer.postcode = ""
    offer.save()

    text = words(client.post(address(offer)))

    assert "with its postcode" in text
    assert not Enquiry.objects.exists()


def test_the_home_of_another_case_is_not_there(client, offer):
    other = HomeOfferFactory(custody=CustodyFactory())

    there = reverse("ask-about-home", args=[offer.custody.case.crn, other.pk])

    assert client.get(there).status_code == 404
    assert client.post(there).status_code == 404


def test_the_pages_statements_do_not_grow_with_the_homes(client, offer):
    page_of(client, offer)
    with CaptureQueriesContext(connection) as few:
        page_of(client, offer)
    for number in range(20):
        HomeOfferFactory(custody=offer.custody, lines=f"{number} Mill Lane", postcode="MK9 1AA")
    with CaptureQueriesContext(connection) as many:
        page_of(client, offer)

    assert len(many) == len(few)


def test_the_api_asks_and_tells_what_it_came_to(client, offer):
    made = client.post(address(offer, "api-ask-about-home"))
    again = client.post(address(offer, "api-ask-about-home"))
    told = client.get(address(offer, "api-ask-about-home"))

    assert (made.status_code, again.status_code) == (201, 422)
    assert json.loads(told.content) == json.loads(made.content)
    assert {one["state"] for one in told.json()} == {"due"}
