"""Who supervises a session, said by the API: by whom, of whom, and in which words it is refused."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory
from tests.unpaidwork.a_sheet import MORNING, planned, published, supervisor_of

pytestmark = pytest.mark.django_db
LOWER_GLEN = {"project__name": "Lower Glen", "from_at": time(9, 30), "to_at": time(16, 30)}


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def address_of(session):
    return reverse("api-staff-session", args=[session.pk])


def say(client, session, *usernames):
    sent = {"staff": usernames}
    return client.post(address_of(session), sent, content_type="application/json")


def test_those_who_may_supervise_are_given_with_who_is_down_and_where_else_they_are(client, by):
    session = planned(from_at=time(9), to_at=time(16))
    here, elsewhere = supervisor_of(session), supervisor_of(planned(**LOWER_GLEN))

    rows = client.get(address_of(session)).json()

    found = {row["username"]: (row["down"], row["elsewhere"]) for row in rows}
    assert found[here.username] == (True, [])
    assert found[elsewhere.username] == (False, ["Lower Glen, 9:30am to 4:30pm"])


def test_who_supervises_is_changed_and_the_one_before_reaches_its_people_no_more(client, by):
    session = published()
    before, new = supervisor_of(session), UserFactory(role=Role.SUPERVISOR)

    rows = say(client, session, new.username).json()

    assert [row["username"] for row in rows if row["down"]] == [new.username]
    assert list(session.staff.all()) == [new]
    assert Entry.objects.filter(action="staffed_session", by=by).count() == 1
    client.force_login(before)
    assert client.get(reverse("api-day-sheet", args=[session.pk])).status_code == 404


def test_somebody_at_another_site_then_is_refused_in_the_words_of_the_page(client, by):
    session = planned(from_at=time(9), to_at=time(16))
    before, user = supervisor_of(session), supervisor_of(planned(**LOWER_GLEN))

    refused = say(client, session, user.username)

    assert refused.status_code == 422
    assert "Jo Bell is down for Lower Glen, 9:30am to 4:30pm" in str(refused.json())
    assert list(session.staff.all()) == [before]


def test_a_name_that_is_nobody_who_supervises_changes_nothing(client, by):
    session, officer = planned(), UserFactory(role=Role.OFFICER)
    before = supervisor_of(session)

    refused = [say(client, session, name) for name in (officer.username, "nobody")]

    assert [answer.status_code for answer in refused] == [400, 400]
    assert list(session.staff.all()) == [before]


def test_a_supervisor_neither_asks_nor_says_who_supervises(client):
    session = planned()
    user = supervisor_of(session)
    client.force_login(user)

    assert client.get(address_of(session)).status_code == 403
    assert say(client, session, user.username).status_code == 403


def test_who_may_supervise_is_given_in_a_fixed_number_of_statements(client, by):
    session = planned()

    def statements():
        with CaptureQueriesContext(connection) as captured:
            client.get(address_of(session))
        return len(captured)

    few = statements()
    for _ in range(5):
        planned(**LOWER_GLEN)

    assert statements() == few
