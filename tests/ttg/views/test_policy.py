import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.services.policy import newest_policy, seed_policies
from staff.permissions import Role
from tests.factories import UserFactory
from ttg.forms.policy import ReleasePolicyForm
from ttg.rules.policy import NAME
from ttg.services.policy import release_policy

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "The prisons tell us sooner."}


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def written(**changes):
    """What the form sends when nothing else is changed."""
    return ReleasePolicyForm.as_written(newest_policy(NAME).body) | WHY | changes


def test_everybody_reads_the_policy_from_the_list_of_policies(client):
    client.force_login(UserFactory(role=Role.MENTOR))

    listed = client.get(reverse("policies")).content.decode()
    text = client.get(reverse("release-policy")).content.decode()

    assert reverse("release-policy") in listed
    assert "Version 1, in force from 1 February 2015" in text
    assert reverse("set-release-policy") not in text


def test_every_number_of_the_policy_stands_in_its_form(head):
    asked = set(ReleasePolicyForm(initial=written()).fields) - {"changing", "from_on", "reason"}

    assert asked == set(newest_policy(NAME).body)


def test_a_head_of_service_sets_a_new_version_from_a_day(client, head):
    later = localdate() + timedelta(days=30)

    answer = client.post(
        reverse("set-release-policy"), written(home_days=42, from_on=later.isoformat()), follow=True
    )

    assert "Version 2 is set" in answer.content.decode()
    assert release_policy(localdate()).home_days == 28
    assert release_policy(later).home_days == 42
    assert Policy.objects.get(name=NAME, version=2).set_by == head


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"home_days": "0"}, "1 or more"),
        ({"link_days": "29"}, "28 or less"),
        ({"target_plan": "101"}, "100 or less"),
        ({"hand_over_days": "1"}, "before the last look"),
        ({"prepare_days": "56"}, "before a home is asked for"),
        ({"reason": ""}, "There is a problem"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_its_box(client, head, changes, word):
    answer = client.post(reverse("set-release-policy"), written(**changes))

    assert word in html.unescape(answer.content.decode())
    assert not Policy.objects.filter(name=NAME, version=2).exists()


def test_a_version_that_somebody_set_meanwhile_is_not_written_over(client, head):
    client.post(reverse("set-release-policy"), written(home_days=42))

    answer = client.post(reverse("set-release-policy"), written(home_days=21))

    assert "There is a problem" in answer.content.decode()
    assert release_policy(localdate()).home_days == 42
