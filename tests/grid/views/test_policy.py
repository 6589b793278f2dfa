from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.reference.codes import Place
from cases.reference.groups import GROUPS
from cases.services.policy import seed_policies
from grid.services.placement import place_person
from grid.services.policy import grid_policy
from staff.permissions import Role
from tests.factories import UserFactory, placeable

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "Officers asked for fewer appointments."}


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def levels(**changes):
    """What the form of contact levels sends when nothing else is changed."""
    policy = grid_policy(localdate())
    kept = {code: policy.groups[code].contact_level.value for code in GROUPS}
    outside = {"holding_level": "weekly", "escalation_level": "weekly", "judgement_months": 6}
    return kept | outside | WHY | changes


def test_everybody_may_read_the_policy_with_its_version_date_and_source(client):
    seed_policies()
    client.force_login(UserFactory(role=Role.OFFICER))

    text = client.get(reverse("grid-policy")).content.decode()

    assert "Version 1, in force from 1 February 2015" in text
    assert "Local policy: no contact level" in text
    assert "Medium complex, 90 and over" in text
    assert "First intervention booked" in text
    assert reverse("set-grid-policy") not in text


def test_the_policy_can_be_read_before_any_version_is_kept(client):
    client.force_login(UserFactory(role=Role.OFFICER))

    assert (
        "The first version, as the service came with it"
        in client.get(reverse("grid-policy")).content.decode()
    )


def test_a_head_of_service_sets_a_new_version_of_the_contact_levels(client, head):
    answer = client.post(
        reverse("set-grid-policy"), levels(M50="monthly", judgement_months=3), follow=True
    )

    policy = grid_policy(localdate())
    assert "Version 2 is set" in answer.content.decode()
    assert "Officers asked for fewer appointments." in answer.content.decode()
    assert (policy.version, policy.judgement_months) == (2, 3)
    assert policy.groups["M50"].contact_level == "monthly"
    assert policy.groups["M50"].targets
    assert Policy.objects.get(name="grid", version=2).set_by == head


def test_a_new_version_places_everybody_afresh_under_it(client, head):
    case = placeable()
    first = place_person(case=case, by=None, today=localdate())
    client.post(reverse("set-grid-policy"), levels(M50="monthly"))

    second = place_person(case=case, by=None, today=localdate())

    assert (first.policy_version, second.policy_version) == (1, 2)
    assert second.place == Place.GROUP
    case.refresh_from_db()
    assert case.standing.contact_level == "monthly"


def test_a_head_of_service_changes_what_is_asked_of_one_group(client, head):
    page = reverse("set-grid-policy") + "?group=MC90"
    shown = client.get(page).content.decode()

    answer = client.post(
        page,
        WHY
        | {
            "contact_level": "weekly",
            "home_visit": "Within 10 working days",
            "targets": "A mentor\n\n A RAR programme ",
            "first_60_days": "20 Seen at home\n5 Seen",
        },
        follow=True,
    )

    group = grid_policy(localdate()).groups["MC90"]
    assert "10 First intervention booked" in shown
    assert "Version 2 is set" in answer.content.decode()
    assert group.targets == ("A mentor", "A RAR programme")
    assert [(step.by_day, step.do) for step in group.first_60_days] == [
        (5, "Seen"),
        (20, "Seen at home"),
    ]
    assert grid_policy(localdate()).groups["MC75"].first_60_days


@pytest.mark.parametrize("line", ["Seen", "0 Seen", "61 Seen", "14"])
def test_a_step_that_cannot_be_read_is_asked_again(client, head, line):
    answer = client.post(
        reverse("set-grid-policy") + "?group=L0",
        WHY | {"contact_level": "weekly", "home_visit": "x", "targets": "x", "first_60_days": line},
    )

    assert "Begin with a day from 1 to 60" in answer.content.decode()
    assert grid_policy(localdate()).version == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "Answer “Why does the policy change?”"),
        ({"from_on": "1 May 2018"}, "has been"),
        ({"L0": "hourly"}, "Choose one of the answers given"),
        ({"judgement_months": "0"}, "must be 1 or more"),
    ],
)
def test_a_version_without_a_reason_or_for_a_past_day_is_asked_again(client, head, changes, said):
    answer = client.post(reverse("set-grid-policy"), levels(**changes))

    assert said in answer.content.decode()
    assert grid_policy(localdate()).version == 1


def test_there_is_no_page_for_a_group_that_is_not_one(client, head):
    assert client.get(reverse("set-grid-policy") + "?group=XX").status_code == 404


def test_two_who_change_the_policy_at_once_lose_nothing(client, head):
    client.post(reverse("set-grid-policy"), levels(M50="monthly"))

    answer = client.post(reverse("set-grid-policy"), levels(M75="monthly"))

    assert "Version 2 has been set meanwhile" in answer.content.decode()
    assert grid_policy(localdate()).groups["M50"].contact_level == "monthly"


def test_a_version_starts_from_the_one_set_last_though_its_day_has_not_come(client, head):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    later = (localdate() + timedelta(days=2)).isoformat()
    client.post(reverse("set-grid-policy"), levels(M50="monthly", from_on=tomorrow))

    shown = client.get(reverse("set-grid-policy")).context["form"]
    early = client.post(reverse("set-grid-policy"), levels(changing="2"))
    client.post(
        reverse("set-grid-policy"), levels(changing="2", M50="monthly", L0="weekly", from_on=later)
    )

    assert shown["M50"].value() == "monthly"
    assert "A later version cannot start before it" in early.content.decode()
    after = grid_policy(localdate() + timedelta(days=2)).groups
    assert (after["M50"].contact_level, after["L0"].contact_level) == ("monthly", "weekly")
