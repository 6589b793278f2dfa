"""A session ends an hour after the last page, and whoever only reads writes nothing of it but once a minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

START = datetime(2018, 10, 1, 9, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def browser():
    """Somebody who signed in at the start."""
    with time_machine.travel(START, tick=False):
        signed_in = Client()
        signed_in.force_login(UserFactory())
    return signed_in


def open_page(browser, after):
    """What the page answers so long after the start, and the tables it wrote to."""
    with time_machine.travel(START + after, tick=False), CaptureQueriesContext(connection) as found:
        answer = browser.get(reverse("account"))
    written = [query["sql"].split('"')[1] for query in found if query["sql"].startswith(("UPDATE", "INSERT"))]  # fmt: skip
    return answer.status_code, written


@pytest.mark.parametrize(
    "after, written",
    [(SECOND, []), (MINUTE - SECOND, []), (MINUTE, ["django_session"]), (HOUR, ["django_session"])],
)
def test_a_page_prolongs_the_session_once_in_a_minute(browser, after, written):
    assert open_page(browser, after) == (200, written)


LASTS = pytest.mark.parametrize("last", [SECOND, MINUTE, MINUTE + SECOND, 30 * MINUTE, HOUR])


@LASTS
def test_it_is_open_an_hour_after_the_last_page(browser, last):
    open_page(browser, last)

    assert open_page(browser, last + HOUR)[0] == 200


@LASTS
def test_it_is_shut_an_hour_and_a_minute_after_the_last_page(browser, last):
    open_page(browser, last)

    assert open_page(browser, last + HOUR + MINUTE)[0] == 302


def test_staying_signed_in_renews_it_and_leaves_the_page_as_it_is(browser):
    with time_machine.travel(START + 55 * MINUTE, tick=False):
        answer = browser.post(reverse("stay-signed-in"))

    assert (answer.status_code, answer.content) == (204, b"")
    assert open_page(browser, 55 * MINUTE + HOUR)[0] == 200


def test_what_one_page_keeps_is_not_written_over_by_a_page_that_began_before(browser):
    with time_machine.travel(START, tick=False):
        slow, quick = browser.session, browser.session
        assert slow.get("list") is None  # which reads it
        quick["list"] = {"text": "Back", "href": reverse("caseload")}
        quick.save()

        assert not slow.modified
        assert browser.session["list"] == {"text": "Back", "href": reverse("caseload")}
