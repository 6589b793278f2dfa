"""The policy on workload: read by everybody, set by a head of service, and what cannot be refused."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.services.policy import newest_policy, seed_policies
from oversight.forms.policy import WorkloadPolicyForm
from oversight.queries.policy import workload_policy
from oversight.rules.policy import NAME
from staff.permissions import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "The new contract."}


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def written(**changes):
    """What the form sends when nothing else is changed."""
    return WorkloadPolicyForm.as_written(newest_policy(NAME).body) | WHY | changes


def test_everybody_reads_the_policy_from_the_list_of_policies(client):
    client.force_login(UserFactory(role=Role.MENTOR))

    listed = client.get(reverse("policies")).content.decode()
    text = client.get(reverse("workload-policy")).content.decode()

    assert reverse("workload-policy") in listed
    assert "Version 1, in force from 1 February 2015" in text
    assert "2,176" in text
    assert reverse("set-workload-policy") not in text


def test_all_of_the_policy_stands_in_its_form(head):
    asked = set(WorkloadPolicyForm(initial=written()).fields) - {"changing", "from_on", "reason"}

    assert asked == set(newest_policy(NAME).body)


def test_a_head_of_service_sets_a_new_version_from_a_day(client, head):
    later = localdate() + timedelta(days=30)

    answer = client.post(
        reverse("set-workload-policy"),
        written(contact_minutes=50, grade_pso=["L"], from_on=later.isoformat()),
        follow=True,
    )

    assert "Version 2 is set" in answer.content.decode()
    assert workload_policy(localdate()).contact_minutes == 45
    assert workload_policy(later).contact_minutes == 50
    assert Policy.objects.get(name=NAME, version=2).set_by == head
    unchanged = newest_policy(NAME).body | {"contact_minutes": 45, "grade_pso": ["L", "LC", "M"]}
    assert unchanged == Policy.objects.get(name=NAME, version=1).body


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"full_points": "0"}, "1 or more"),
        ({"keeps_overdue": "101"}, "100 or less"),
        ({"ceiling_percent": "99"}, "may not stop at less"),
        ({"basis": "dice"}, "There is a problem"),
        ({"grade_po": ["XX"]}, "There is a problem"),
        ({"reason": ""}, "There is a problem"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_its_box(client, head, changes, word):
    answer = client.post(reverse("set-workload-policy"), written(**changes))

    assert word in html.unescape(answer.content.decode())
    assert not Policy.objects.filter(name=NAME, version=2).exists()


def test_every_first_policy_can_be_kept(db):
    seed_policies()

    assert Policy.objects.filter(name=NAME, version=1).exists()
