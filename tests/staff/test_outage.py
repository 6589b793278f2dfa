"""What pages and the API answer while the database does not: that it does not, and what to do; never that nothing was saved."""

import pytest
from django.db import InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.urls import reverse

from staff.permissions import Role
from tests.factories import UserFactory
from tests.staff.markup import Page, sound

PAGE, CALL = "cases.views.enforcement.hub.queries.counts_of", "cases.api.hub.queries.counts_of"


def gone(problem):
    def fail(*args, **known):
        raise problem

    return fail


@pytest.fixture
def hub(client, db):
    client.raise_request_exception = False
    client.force_login(UserFactory(role=Role.HUB))
    return client


@pytest.mark.parametrize(
    "problem", [OperationalError("server closed"), InterfaceError("already closed")]
)
def test_a_page_says_that_the_records_cannot_be_reached(hub, monkeypatch, problem):
    monkeypatch.setattr(PAGE, gone(problem))

    answer = hub.get(reverse("hub-queue"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    page = sound(Page(answer.content.decode()))
    assert page.one("h1").text == "The records cannot be reached just now"
    assert "part of it may have been saved" in page.text


def test_a_fault_of_ours_is_still_called_one(hub, monkeypatch):
    monkeypatch.setattr(PAGE, gone(ValueError("a bug")))

    answer = hub.get(reverse("hub-queue"))

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_the_api_says_so_as_problem_details(hub, monkeypatch):
    monkeypatch.setattr(CALL, gone(OperationalError("server closed")))

    answer = hub.get(reverse("api-hub-queue"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "The records cannot be reached just now"


def test_the_page_stands_alone():
    page = sound(Page(render_to_string("503.html")))

    assert not page.all("script")
    assert "ring your senior probation officer" in page.text
