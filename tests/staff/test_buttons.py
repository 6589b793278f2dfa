"""An address that only takes a button, and a short form sent from an old page: what to do is said, in the frame of every page."""

import pytest
from django.test import Client
from django.urls import reverse

from staff.views.buttons import page_above
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CLAIM = reverse("claim-from-queue")


@pytest.fixture
def hub():
    return UserFactory(role="hub")


def test_whoever_signs_in_after_a_press_finds_where_the_button_is(client, hub):
    pressed = client.post(CLAIM)
    assert pressed.url.startswith(reverse("sign-in"))
    client.force_login(hub)

    answer = client.get(CLAIM)
    page = answer.content.decode()

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1" in page
    assert "Nothing was done" in page
    assert f'href="{reverse("hub-queue")}">Go back to where the button is' in page


def test_nothing_is_said_to_strangers_to_the_api_or_to_what_is_no_opening(client, hub):
    assert client.get(CLAIM).status_code == 302
    client.force_login(hub)

    assert client.put(CLAIM).content == b""
    api = client.get(reverse("api-claim-from-queue"))
    assert (api.status_code, api["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/hub/queue/claim/", "/hub/queue/"),
        ("/cases/X1/enforcement/queue/7/claim/", "/cases/X1/enforcement/queue/7/"),
        ("/outbox/3/again/", "/outbox/"),
        ("/nothing/of/ours/", "/"),
    ],
)
def test_the_page_above_is_the_nearest_that_there_is(path, above):
    assert page_above(path) == above


def test_a_short_form_of_before_they_signed_in_anew_says_how_to_send_it(hub):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(hub)

    answer = browser.post(CLAIM, {"csrfmiddlewaretoken": "of before"})
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "Nothing was sent" in page
    assert "DEBUG" not in page
    assert f'href="{reverse("home")}"' in page
