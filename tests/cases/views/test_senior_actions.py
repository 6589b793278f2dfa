from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.models import SeniorAction
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import CaseFactory, DeadlineFactory, SeniorActionFactory, UserFactory

pytestmark = pytest.mark.django_db
WHAT, WHY = "Ring his mother.", "Nobody has spoken to her since the call-out."


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def spo(case):
    return UserFactory(role=Role.SPO, team=case.team)


def owed(case, **known):
    """Asked for and not done, with its clock."""
    one = SeniorActionFactory(case=case, **known)
    DeadlineFactory(case=case, kind="do_senior_action", senior_action=one, due_on=one.due_on)
    return one


def send(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def test_what_is_asked_for_says_who_does_it_by_when_and_stands_in_their_work(client, case, spo):
    due_on = localdate() + timedelta(days=9)
    sent = {"what": WHAT, "why": WHY, "due_on": f"{due_on:%d/%m/%Y}"}

    page = words(send(client, spo, "ask-for-action", case, **sent))

    assert f"{case.officer.name} has been told" in page
    assert SeniorAction.objects.get().asked_by == spo
    assert "Do what your senior asks for: Ring his mother" in words(
        see(client, case.officer, "case", case)
    )


def test_what_says_nothing_is_refused_at_its_box_and_the_rest_is_kept(client, case, spo):
    page = words(send(client, spo, "ask-for-action", case, what="n/a", why=WHY))

    assert "Say what is to be done" in page
    assert WHY in page
    assert not SeniorAction.objects.exists()


def test_an_officer_says_that_it_is_done_and_the_page_says_so(client, case):
    one = owed(case)

    page = words(
        send(
            client, case.officer, "do-senior-action", case, one.pk, because="I rang her on Monday."
        )
    )

    assert f"{one.asked_by.name} has been told" in page
    assert "I rang her on Monday." in page


def test_what_is_settled_takes_nothing_more(client, case, spo):
    done = {
        "state": "done",
        "settled_because": "Rung.",
        "settled_on": localdate(),
        "settled_by": spo,
    }
    one = SeniorActionFactory(case=case, **done)

    page = words(send(client, spo, "withdraw-senior-action", case, one.pk, because="She moved."))

    assert "nothing more to do about this" in page
    one.refresh_from_db()
    assert one.state == "done"


@pytest.mark.parametrize("role", [Role.HUB, Role.QUALITY, Role.AUDITOR])
def test_whoever_may_not_read_of_it_sees_nothing_of_it_on_the_case(client, case, role):
    owed(case)

    page = words(see(client, UserFactory(role=role), "case", case))

    assert "senior asks" not in page
    assert "mother" not in page


def test_a_colleague_of_the_team_sees_nothing_of_it_either(client, case):
    owed(case)

    assert "mother" not in words(see(client, UserFactory(team=case.team), "case", case))


def test_the_list_takes_as_many_statements_for_thirty_as_for_three(client, case):
    taken = []
    for count in (3, 27):
        for _ in range(count):
            owed(case)
        client.force_login(case.officer)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("senior-actions", args=[case.crn]))
        taken.append(len(found))

    assert taken[0] == taken[1]


def test_an_empty_list_says_what_would_be_there(client, case):
    assert "would be listed here" in words(see(client, case.officer, "senior-actions", case))


def test_the_api_asks_says_and_settles_as_the_pages_do(case, spo):
    api, here = APIClient(), reverse("api-senior-actions", args=[case.crn])
    api.force_login(spo)
    due_on = localdate() + timedelta(days=3)

    made = api.post(here, {"what": WHAT, "why": WHY, "due_on": due_on.isoformat()}, format="json")
    refused = api.post(
        here, {"what": "n/a", "why": WHY, "due_on": due_on.isoformat()}, format="json"
    )
    api.force_login(case.officer)
    done = api.post(
        reverse("api-do-senior-action", args=[case.crn, made.data["id"]]),
        {"because": "I rang her."},
        format="json",
    )

    assert (made.status_code, made.data["asked_of"]) == (201, case.officer.username)
    assert refused.status_code == 422
    assert done.data["state"] == "done"
    assert [one["says"]["settled_because"] for one in api.get(here).data] == ["I rang her."]
