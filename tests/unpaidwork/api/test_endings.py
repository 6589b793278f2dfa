"""The end of a case by the API: begun, said, ended and opened again, as on the pages."""

from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import RelatedPerson
from cases.reference.holding import LeftAs
from staff.permissions import Role
from tests.cases.an_ending import WORDS, all_said, at_its_end, ended, senior_of
from tests.factories import DeadlineFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return datetime.combine(localdate(), time(9), get_current_timezone())


@pytest.fixture
def case(at):
    return at_its_end(ends_on=localdate(), now=at)


def post(client, user, name, case, **data):
    client.force_login(user)
    address = reverse(name, args=[case.crn])
    return client.post(address, data, content_type="application/json")


def read(client, user, case):
    client.force_login(user)
    return client.get(reverse("api-ending", args=[case.crn])).json()


def test_it_is_begun_said_and_ended(client, case):
    begun = post(client, case.officer, "api-ending", case)
    assert (begun.status_code, begun.json()["ends_on"]) == (201, str(localdate()))
    too_soon = post(client, case.officer, "api-ending-end", case)
    assert too_soon.status_code == 422
    assert "Say where they go for help" in too_soon.json()["detail"]

    said = post(client, case.officer, "api-ending-said", case, given=all_said(case))
    assert "help" in said.json()["written"]
    stands = read(client, case.officer, case)
    assert (stands["to_do"], stands["may_end"]) == ([], True)
    done = post(client, case.officer, "api-ending-end", case)

    case.refresh_from_db()
    assert (done.status_code, case.left_as) == (200, LeftAs.ENDED)
    assert done.json()["keep_until"] == str(localdate().replace(year=localdate().year + 6))


def test_what_somebody_else_said_meanwhile_is_not_written_over(client, case):
    seen = post(client, case.officer, "api-ending", case).json()["seen"]
    post(client, case.officer, "api-ending-said", case, given={"help": "The chapel."}, seen=seen)

    answer = post(
        client, senior_of(case), "api-ending-said", case, given={"help": "The library."}, seen=seen
    )

    assert answer.status_code == 409
    assert answer.json()["stands"] == {"help": "The chapel."}
    refused = post(client, case.officer, "api-ending-said", case, given={"elsewhere": "x"})
    assert refused.status_code == 422


def test_nothing_more_is_written_by_it_until_a_senior_opens_it_again(client, case, at):
    ended(case, now=at)
    refused = post(client, case.officer, "api-ending-said", case, given={"help": "x"})
    assert refused.status_code == 422
    plan = post(client, case.officer, "api-plans", case)
    assert (plan.status_code, plan.json()["title"]) == (422, "A rule of practice refuses this")
    assert post(client, case.officer, "api-ending-reopen", case, because="Why").status_code == 403

    opened = post(
        client, senior_of(case), "api-ending-reopen", case, because="The court decided so"
    )

    case.refresh_from_db()
    assert (opened.status_code, case.left_as) == (200, "")
    assert (
        read(client, case.officer, case)["endings"][0]["reopened_because"] == "The court decided so"
    )


def test_an_early_end_is_decided_once(client, case):
    DeadlineFactory(case=case, kind="propose_early_end", due_on=localdate())

    known = {"propose": False, "because": "There is a session to come."}
    assert post(client, case.officer, "api-ending-early", case, **known).status_code == 200
    assert post(client, case.officer, "api-ending-early", case, **known).status_code == 422


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Qzara Vell", protected=True)
    assert RelatedPerson.objects.get().protected
    post(client, case.officer, "api-ending", case)
    given = {"help": f"{WORDS['help']} Qzara Vell rings her."}
    post(client, case.officer, "api-ending-said", case, given=given)

    assert "Qzara Vell" in str(read(client, case.officer, case))
    assert "Qzara Vell" not in str(read(client, UserFactory(role=Role.HUB), case))
