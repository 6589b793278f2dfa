from datetime import date, timedelta

import pytest

from cases.models import Policy
from cases.services.policy import (
    check_policy,
    clocks,
    newest_policy,
    policy,
    seed_policies,
    set_policy,
)
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import TODAY, UserFactory

pytestmark = pytest.mark.django_db


def changed(name="checks", from_on=TODAY, reason="Police ask for longer", today=TODAY, **lengths):
    return set_policy(
        name=name,
        body=policy(name, today).body | lengths,
        changing=newest_policy(name).version,
        from_on=from_on,
        reason=reason,
        by=UserFactory(),
        today=today,
    )


def test_the_first_versions_are_put_in_once():
    assert seed_policies() == Policy.objects.count() >= 3
    assert seed_policies() == 0
    assert {"checks", "clocks", "grid"} <= set(Policy.objects.values_list("name", flat=True))


def test_every_policy_names_its_source():
    seed_policies()

    assert all("ocal policy" in one.source for one in Policy.objects.all())


def test_a_database_without_policies_reads_the_first_versions():
    found = policy("checks", TODAY)

    assert (found.version, found.body["send_days"]) == (1, 2)
    assert check_policy(TODAY).chase_days == 5
    assert clocks(TODAY).lengths["first_ten_days"] == 10


def test_a_new_version_holds_from_its_day_and_the_old_one_until_then():
    seed_policies()
    start = TODAY + timedelta(days=7)

    new = changed(from_on=start, chase_days=7)

    assert new.version == 2
    assert check_policy(start - timedelta(days=1)).chase_days == 5
    assert check_policy(start).chase_days == 7
    assert Policy.objects.get(name="checks", version=1).body["chase_days"] == 5


def test_of_two_versions_from_one_day_the_later_holds():
    seed_policies()
    changed(chase_days=7)

    changed(chase_days=8)

    assert (check_policy(TODAY).chase_days, policy("checks", TODAY).version) == (8, 3)


def test_who_set_it_and_why_is_kept():
    row = changed(chase_days=7)

    assert (row.reason, row.set_by.username) == ("Police ask for longer", row.set_by.username)
    entry = Entry.objects.get(action="set_policy")
    assert (entry.by, entry.detail) == (row.set_by, {"name": "checks", "version": 2})


@pytest.mark.parametrize(
    "wrong, why",
    [
        ({"from_on": TODAY - timedelta(days=1)}, "has passed"),
        ({"reason": " "}, "Say why"),
        ({"chase_days": 0}, "cannot be read"),
        ({"name": "clocks", "lengths": {"first_appointment": 9}}, "not the provider's to set"),
        ({"name": "clocks", "lengths": {"tea": 9}}, "no clock called tea"),
        ({"name": "clocks", "lengths": {"place_person": 0}}, "at least one day"),
        ({"name": "clocks", "extra_bank_holidays": ["soon"]}, "cannot be read"),
        (
            {
                "name": "clocks",
                "extra_bank_holidays": ["2018-10-05"],
                "from_on": date(2018, 11, 1),
            },
            "in force from today",
        ),
    ],
)
def test_a_policy_that_cannot_hold_is_refused_and_nothing_changes(wrong, why):
    with pytest.raises(RuleBroken, match=why):
        changed(**wrong)

    assert not Policy.objects.exists()


def test_a_policy_that_does_not_exist_cannot_be_set():
    with pytest.raises(RuleBroken, match="no policy called tea"):
        set_policy(
            name="tea",
            body={},
            changing=1,
            from_on=TODAY,
            reason="Milk first",
            by=UserFactory(),
            today=TODAY,
        )
