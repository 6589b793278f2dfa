from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Policy
from cases.reference.checks import CheckKind
from cases.reference.enforcement import Regime, SentBy, Step
from cases.reference.policies import Policies
from cases.services.policy import (
    assessing_policy,
    check_policy,
    clocks,
    enforcement_policy,
    request_policy,
    seed_policies,
)
from staff.models import Entry
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHY = {"changing": "1", "from_on": "today", "reason": "Agreed with the police."}


@pytest.fixture
def head(client):
    seed_policies()
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def sent(client, name, query=""):
    """What the form of this policy sends when nothing is changed."""
    form = client.get(reverse("set-policy", args=[name]) + query).context["form"]
    return {field.name: field.value() for field in form} | WHY


def change(client, name, query="", **changes):
    said = sent(client, name, query) | changes
    return client.post(reverse("set-policy", args=[name]) + query, said, follow=True)


@pytest.mark.parametrize("name", Policies)
def test_everybody_may_read_a_policy_with_its_version_and_source(client, name):
    seed_policies()
    client.force_login(UserFactory(role=Role.OFFICER))

    text = client.get(reverse("policy", args=[name])).content.decode()

    assert "Version 1, in force from 1 February 2015" in text
    assert "ocal policy" in text
    assert reverse("set-policy", args=[name]) not in text


def test_the_list_leads_to_each_policy_that_of_the_grid_too(client, head):
    text = client.get(reverse("policies")).content.decode()

    assert reverse("grid-policy") in text
    assert all(reverse("policy", args=[name]) in text for name in Policies)


def test_a_head_of_service_changes_how_long_a_check_may_take(client, head):
    answer = change(client, Policies.CHECKS, chase_days="8")

    policy = check_policy(localdate())
    assert "Version 2 is set" in answer.content.decode()
    assert "Agreed with the police." in answer.content.decode()
    assert (policy.version, policy.chase_days, policy.send_days) == (2, 8, 2)
    assert Policy.objects.get(name="checks", version=2).set_by == head
    assert Entry.objects.filter(by=head, action="set_policy").exists()


def test_a_head_of_service_changes_how_many_overrides_one_senior_may_approve(client, head):
    answer = change(client, Policies.ASSESSING, override_most_a_month="2")

    policy = assessing_policy(localdate())
    assert "Version 2 is set" in answer.content.decode()
    assert (policy.override_most_a_month, policy.alike_percent) == (2, 95)


def test_a_head_of_service_changes_the_ladder_of_a_licence_and_the_last_post(client, head):
    before = enforcement_policy(localdate())

    change(
        client,
        Policies.ENFORCEMENT,
        ladder_licence=["LCL", "SMGW"],
        last_post="5pm",
        served_post="3",
    )

    after = enforcement_policy(localdate())
    assert after.ladders[Regime.LICENCE] == (Step.COMPLIANCE, Step.SENIOR)
    assert after.ladders[Regime.POST_SENTENCE] == before.ladders[Regime.POST_SENTENCE]
    assert (after.last_post, after.served_after[SentBy.POST]) == (time(17), 3)


def test_a_bank_holiday_proclaimed_is_kept_beside_those_there_were(client, head):
    day = localdate() + timedelta(days=30)

    change(client, Policies.CLOCKS, extra_bank_holidays=say_date(day), name_officer="3")

    found = clocks(localdate())
    assert found.extra_bank_holidays == frozenset({day})
    assert found.lengths["name_officer"] == 3


def test_what_one_kind_of_agency_is_asked_changes_alone(client, head):
    before = request_policy(localdate())

    change(client, Policies.REQUESTS, "?kind=police", questions="Any call-outs?\nAny orders?")

    after = request_policy(localdate())
    assert after.kinds[CheckKind.POLICE].questions == ("Any call-outs?", "Any orders?")
    assert after.kinds[CheckKind.CHILDREN] == before.kinds[CheckKind.CHILDREN]
    assert after.reply_to == before.reply_to


@pytest.mark.parametrize(
    "name, changes, why",
    [
        (Policies.CHECKS, {"head_days": "5"}, "cannot be told before"),
        (Policies.CHECKS, {"send_days": "0"}, "must be 1 or more"),
        (Policies.ASSESSING, {"alike_percent": "120"}, "a percentage no more than 100"),
        (Policies.CLOCKS, {"extra_bank_holidays": "the Jubilee"}, "the Jubilee"),
        (Policies.REQUESTS, {"email": ""}, "Enter address for e-mail"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(client, head, name, changes, why):
    answer = change(client, name, **changes)

    assert why in answer.content.decode()
    assert not Policy.objects.filter(name=name, version=2).exists()
    ((field, typed),) = changes.items()
    assert answer.context["form"][field].value() == typed


def test_a_change_begun_from_an_older_version_is_refused(client, head):
    change(client, Policies.CHECKS, chase_days="8")

    answer = change(client, Policies.CHECKS, chase_days="9", changing="1")

    assert "Version 2 has been set meanwhile" in answer.content.decode()


@pytest.mark.parametrize("address", ["grid", "nothing"])
def test_a_policy_that_is_not_there_is_not_found(client, head, address):
    assert client.get(reverse("policy", args=[address])).status_code == 404
