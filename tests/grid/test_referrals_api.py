"""Referrals of a case over the API: as on the pages, with every refusal in words."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from grid.models import Referral
from staff.permissions import Role
from tests.factories import AssignmentFactory, RegistrationFactory, UserFactory
from tests.grid.a_referral import MAKING_AMENDS, STEPPING_STONES, a_man, proposed_to, referral_of

pytestmark = pytest.mark.django_db
WHY = "They asked for it themselves."


@pytest.fixture
def case(client):
    found = a_man(localdate())
    client.force_login(found.officer)
    return found


@pytest.fixture
def proposed(case):
    return proposed_to(case, localdate())


def listed(client, case):
    answer = client.get(reverse("api-group-referrals", args=[case.crn]))
    assert answer.status_code == 200
    return answer.json()


def take(client, case, step, referral, **said):
    address = reverse(f"api-group-referral-{step}", args=[case.crn, referral.pk])
    return client.post(address, said, content_type="application/json")


def test_what_is_proposed_is_given_with_why_and_what_it_rests_on(client, case, proposed):
    (found,) = listed(client, case)

    assert (found["intervention"], found["state"], found["hook"]) == (MAKING_AMENDS, "proposed", "rar")  # fmt: skip
    assert (found["proposed_by"], found["answered_by"], found["no_longer_suits"]) == (None, None, "")  # fmt: skip
    assert "comes before" in found["because"]
    assert {one["met"] for one in found["criteria"]} == {"met"}


def test_the_latest_comes_first_with_what_suits_no_more(client, case):
    first = referral_of(case, "ete", state="lapsed")
    waits = referral_of(case)
    RegistrationFactory(case=case, type_code="RHRH", started_on=localdate())

    found = listed(client, case)

    assert [one["id"] for one in found] == [waits.pk, first.pk]
    assert [one["no_longer_suits"] for one in found] == [
        "No longer suits: their risk goes to the NPS first.", ""
    ]  # fmt: skip


def test_it_is_accepted_once(client, case, proposed):
    first = take(client, case, "accept", proposed)
    again = take(client, case, "accept", proposed)

    assert first.json()["state"] == "accepted"
    assert first.json()["waiting_since"] == localdate().isoformat()
    assert again.status_code == 422
    assert "answered already" in again.content.decode()


def test_it_is_declined_with_a_reason_and_words(client, case, proposed):
    empty = take(client, case, "decline", proposed, because="not_right", words="-")
    unnamed = take(client, case, "decline", proposed, because="luck", words=WHY)
    done = take(client, case, "decline", proposed, because="not_right", words=WHY)

    assert "Say why in a few words" in empty.content.decode()
    assert set(unnamed.json()["errors"]) == {"because"}
    assert (done.json()["state"], done.json()["words"]) == ("declined", WHY)


def test_somebody_is_referred_and_taken_off_again(client, case):
    address = reverse("api-group-referrals", args=[case.crn])
    said = {"intervention": STEPPING_STONES, "because": WHY}

    made = client.post(address, said, content_type="application/json")
    twice = client.post(address, said, content_type="application/json")
    referral = Referral.objects.get()
    ended = take(client, case, "withdraw", referral, because="They have moved to Kent.")

    assert made.status_code == 201
    assert made.json()["proposed_by"] == case.officer.username
    assert "on the waiting list of it already" in twice.content.decode()
    assert ended.json()["state"] == "withdrawn"


def test_whoever_may_see_no_assessment_sees_none_of_it(client, case, proposed):
    leader = UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=leader)
    client.force_login(leader)

    answers = [
        client.get(reverse("api-group-referrals", args=[case.crn])),
        take(client, case, "accept", proposed),
    ]

    assert [one.status_code for one in answers] == [403, 403]
    assert Referral.objects.get().state == "proposed"


def test_a_referral_of_another_case_is_not_found(client, case):
    other = referral_of(a_man(localdate()))

    assert take(client, case, "accept", other).status_code == 404
