"""A session that cannot be held after it has begun, ended on its page and over the API in one press with a reason."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from grid.queries.session_ended import LEADERS_ALONE
from grid.reference.groups import SessionState
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.grid.a_group_session import (
    AFTER,
    MORNING,
    a_session,
    everybody,
    fresh,
    leader,
    leader_of,
    logged,
)

pytestmark = pytest.mark.django_db
WHY = "The room is flooded"


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session(people=2)


def here(session, name="end-group-session"):
    return reverse(name, args=[session.pk])


def words(answer):
    return " ".join(answer.content.decode().split())


def end(client, session, because=WHY):
    return words(client.post(here(session), {"because": because}, follow=True))


def test_it_is_ended_in_one_press_with_a_reason(client, session):
    client.force_login(leader_of(session))
    register = words(client.get(here(session, "group-register")))
    assert here(session) in register

    page = words(client.get(here(session)))
    assert "For 2 people of whom nothing is said yet the hour is called off by us" in page
    page = end(client, session)

    assert "It is called off, and nobody who was not marked fails by it. New: 9 October 2018 at 6pm." in page  # fmt: skip
    assert "nobody is at fault, and nobody fails by it" in page
    assert f"Why: {WHY}" in page
    assert fresh(session).state == SessionState.CALLED_OFF
    assert [logged(one).attended for one in everybody(session)] == [False, False]
    assert here(session) not in words(client.get(here(session, "group-register")))


def test_what_was_marked_before_is_said_to_stand(client, session):
    client.force_login(leader_of(session))
    one, _ = everybody(session)
    card = {f"person-{one.pk}-version": "1", f"person-{one.pk}-mark": "took_part"}
    client.post(here(session, "group-register"), card | {"version": "1", "do": "save"})

    assert "What is said of 1 person stands." in words(client.get(here(session)))
    page = end(client, session)

    assert "What was said of somebody before that stands, and is put right in their case." in page
    assert logged(one).attended is True


def test_a_second_press_says_that_it_was_called_off_already_and_changes_nothing(client, session):
    client.force_login(leader_of(session))
    end(client, session)

    page = end(client, session, "The leader is ill")

    assert f"This session was called off already: {WHY}." in page
    assert fresh(session).state_because == WHY
    assert Entry.objects.filter(action="ended_session").count() == 1


def test_without_a_reason_nothing_is_done_and_it_is_asked_for(client, session):
    client.force_login(leader_of(session))

    page = end(client, session, " ")

    assert 'class="govuk-error-message"' in page
    assert fresh(session).state == SessionState.STANDS


def test_before_it_begins_the_page_leads_back_and_says_where_it_is_called_off(client, session):
    client.force_login(leader_of(session))
    with frozen(MORNING):
        assert here(session) not in words(client.get(here(session, "group-register")))
        page = words(client.get(here(session), follow=True))

    assert "Until then a session is called off on the page of its series." in page


def test_a_senior_of_somebody_on_it_keeps_the_register_and_does_not_end_it(client, session):
    case = everybody(session)[0].case
    client.force_login(UserFactory(role=Role.SPO, team=case.team))

    assert here(session) not in words(client.get(here(session, "group-register")))
    assert LEADERS_ALONE in end(client, session)
    assert fresh(session).state == SessionState.STANDS


def test_nobody_else_finds_the_page(client, session):
    for role in (Role.FACILITATOR, Role.OFFICER, Role.HEAD):
        client.force_login(UserFactory(role=role))
        status = client.get(here(session)).status_code
        assert status in {403, 404}
        assert client.post(here(session), {"because": WHY}).status_code == status
    assert fresh(session).state == SessionState.STANDS


def test_nobody_is_named_and_who_is_kept_from_the_reader_is_called_off_as_well(client, session):
    one, _ = everybody(session)
    limit(one.case)
    client.force_login(leader_of(session))

    page = words(client.get(here(session)))
    assert all(each.case.name not in page for each in everybody(session))
    end(client, session)

    assert fresh(one).appointment.called_off_at == AFTER


def test_over_the_api_the_register_is_given_as_it_stands_then():
    session = a_session(people=2, by=leader("Olu Grant", role=Role.OFFICER))
    api = APIClient()
    api.force_login(leader_of(session))
    address = here(session, "api-group-register-end")

    done = api.post(address, {"because": WHY}, format="json")
    again = api.post(address, {"because": WHY}, format="json")
    bare = api.post(address, {}, format="json")

    assert done.status_code == 200
    found = done.json()
    assert (found["called_off"], found["open"]) == (WHY, False)
    assert [card["stands"] for card in found["cards"]] == ["Called off by us"] * 2
    assert (again.status_code, bare.status_code) == (422, 400)
    assert "called off already" in again.content.decode()
