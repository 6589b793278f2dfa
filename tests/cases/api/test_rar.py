"""Rehabilitation activity by the API: the same services, reach and names as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import RarActivity
from staff.permissions import Role
from tests.cases.views.test_rar import booked, credited, ordered
from tests.factories import CaseFactory, RarActivityFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
PLANNED = {"theme": "NPS004", "what": "Alcohol awareness", "route": "group", "days": 4}


@pytest.fixture
def case():
    return CaseFactory(arrived_on=None)


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_days_of_each_requirement_are_given(case):
    requirement = ordered(case, completed=3)
    activity = RarActivityFactory(requirement=requirement, days=6)
    credited(requirement, 10, activity)
    booked(activity, 5)

    (body,) = api(case.officer).get(reverse("api-rar", args=[case.crn])).json()

    assert (body["ordered"], body["planned"], body["left"], body["recorded"]) == (10, 6, 9, "3.00")
    assert (len(body["booked"]), len(body["credited"])) == (1, 1)
    assert body["stalled_since"] is None
    assert [one["what"] for one in body["activities"]] == ["Stepping Stones to Change"]


def test_the_days_left_are_forecast_and_nothing_is_where_none_is_left(case):
    requirement = ordered(case, days=3)
    activity = RarActivityFactory(requirement=requirement, days=3)
    booked(activity, 5)
    booked(activity, 201)
    address, end = reverse("api-rar", args=[case.crn]), localdate() + timedelta(days=200)

    (body,) = api(case.officer).get(address).json()

    said = body["forecast"]
    assert (said["left_over"], said["used_up_on"], said["spare"]) == (2, None, [])
    assert said["too_late"] == [str(end + timedelta(days=1))]
    assert said["stalls"][-1] == {
        "from_on": str(end - timedelta(days=195)),
        "to_on": str(end),
        "weeks": 27,
    }
    assert "2 of the 3 days left are unused" in said["words"]
    requirement.length = 0
    requirement.save()
    case.contacts.filter(started_at__gte=now()).update(outcome_code="CO", attended=False)
    assert api(case.officer).get(address).json()[0]["forecast"] is None


def test_an_activity_is_planned_changed_and_ended(case):
    requirement, client = ordered(case), api(case.officer)

    made = client.post(
        reverse("api-rar", args=[case.crn]),
        PLANNED | {"requirement": requirement.pk},
        format="json",
    )
    activity = RarActivity.objects.get()
    changed = client.post(
        reverse("api-change-rar-activity", args=[case.crn, activity.pk]),
        PLANNED | {"days": 5},
        format="json",
    )
    ended = client.post(
        reverse("api-end-rar-activity", args=[case.crn, activity.pk]),
        {"because": "Nobody runs it."},
        format="json",
    )

    assert (made.status_code, changed.status_code, ended.status_code) == (201, 200, 200)
    assert changed.json()[0]["planned"] == 5
    assert ended.json()[0]["planned"] == 0
    assert ended.json()[0]["activities"][0]["ended_because"] == "Nobody runs it."


def test_what_the_rule_refuses_is_answered_in_words(case):
    answer = api(case.officer).post(
        reverse("api-rar", args=[case.crn]),
        PLANNED | {"requirement": ordered(case).pk, "days": 40},
        format="json",
    )

    assert answer.status_code == 422
    assert "room for 10 days" in answer.json()["detail"]


def test_a_requirement_of_another_case_is_not_taken(case):
    elsewhere = ordered(CaseFactory())

    answer = api(case.officer).post(
        reverse("api-rar", args=[case.crn]), PLANNED | {"requirement": elsewhere.pk}, format="json"
    )

    assert answer.status_code == 400
    assert not RarActivity.objects.exists()


def test_the_days_done_may_be_enough(case):
    requirement = ordered(case)

    answer = api(case.officer).post(
        reverse("api-say-rar-enough", args=[case.crn, requirement.pk]),
        {"because": "He holds his job."},
        format="json",
    )

    assert answer.json()[0]["enough"] is True


def test_protected_names_are_taken_out_for_whoever_may_not_see_them(case):
    RelatedPersonFactory(case=case, name="Jo Bloggs", protected=True)
    RarActivityFactory(requirement=ordered(case), what="Contact with Jo Bloggs")

    answer = api(UserFactory(role=Role.QUALITY)).get(reverse("api-rar", args=[case.crn]))

    assert "Jo Bloggs" not in str(answer.json())
