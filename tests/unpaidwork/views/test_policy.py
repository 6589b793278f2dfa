from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.services.policy import newest_policy, seed_policies
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import UserFactory
from unpaidwork.forms.policy import WorkPolicyForm
from unpaidwork.rules.policy import MOST, read_work_policy
from unpaidwork.services.policy import work_policy

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "The contract allows courses half as much."}


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def written(**changes):
    """What the form sends when nothing else is changed."""
    body = WorkPolicyForm.as_written(newest_policy("unpaid_work").body)
    return body | {"deduct_break": "no"} | WHY | changes


def test_everybody_reads_the_policy_from_the_list_of_policies(client):
    client.force_login(UserFactory(role=Role.SUPERVISOR))

    listed = client.get(reverse("policies")).content.decode()
    text = client.get(reverse("work-policy")).content.decode()

    assert reverse("work-policy") in listed
    assert "Version 1, in force from 1 February 2015" in text
    assert "Is an unpaid break taken off what is credited?" in text
    assert reverse("set-work-policy") not in text


def test_every_number_of_the_policy_stands_on_its_page_and_in_its_form(head):
    asked = set(WorkPolicyForm(initial=written()).fields) - {"changing", "from_on", "reason"}

    assert asked == set(newest_policy("unpaid_work").body)


def test_a_head_of_service_sets_a_new_version_from_a_day(client, head):
    later = localdate() + timedelta(days=30)
    said = written(ete_percent=15, deduct_break="yes", from_on=later.isoformat())

    answer = client.post(reverse("set-work-policy"), said, follow=True)

    assert "Version 2 is set" in answer.content.decode()
    assert work_policy(localdate()).ete_percent == 30
    assert work_policy(later).ete_percent == 15
    assert work_policy(later).deduct_break
    assert Policy.objects.get(name="unpaid_work", version=2).set_by == head


def test_limits_of_travel_the_wrong_way_round_are_refused_on_the_form(client, head):
    answer = client.post(reverse("set-work-policy"), written(travel_soft_minutes=120))

    assert "comes before what nobody is sent to" in answer.content.decode()
    assert Policy.objects.filter(name="unpaid_work").count() == 1


@pytest.mark.parametrize("name", sorted(MOST))
def test_a_number_beyond_what_makes_sense_is_refused(head, name):
    body = newest_policy("unpaid_work").body | {name: MOST[name] + 1}

    with pytest.raises(RuleBroken, match="at most"):
        read_work_policy(body, 1)


@pytest.mark.parametrize("value", ["none", 0, -3, None])
def test_what_is_no_number_above_nought_is_refused(head, value):
    with pytest.raises(RuleBroken):
        read_work_policy(newest_policy("unpaid_work").body | {"pace_weeks": value}, 1)


def test_a_break_is_taken_off_or_not_and_nothing_between(head):
    with pytest.raises(RuleBroken, match="yes or no"):
        read_work_policy(newest_policy("unpaid_work").body | {"deduct_break": "perhaps"}, 1)


def test_a_target_is_set_and_taken_away_from_a_day_and_is_no_law(client, head):
    client.post(reverse("set-work-policy"), written(target_positive=92, target_year=""))

    found = work_policy(localdate()).targets
    text = client.get(reverse("work-policy")).content.decode()

    assert (found["positive"], found["orders"]) == (92, 75)
    assert "year" not in found
    assert "92%" in text
    assert "None set" in text


def test_a_policy_set_before_there_were_targets_sets_none(head):
    body = {k: v for k, v in newest_policy("unpaid_work").body.items() if "target" not in k}

    assert read_work_policy(body, 1).targets == {}


@pytest.mark.parametrize("value", [0, 101])
def test_a_target_is_a_share_of_a_hundred(head, value):
    with pytest.raises(RuleBroken, match="1 to 100"):
        read_work_policy(newest_policy("unpaid_work").body | {"target_told": value}, 1)
