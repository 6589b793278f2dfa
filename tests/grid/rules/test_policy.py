from copy import deepcopy

import pytest

from cases.reference.codes import ContactLevel
from cases.reference.groups import GROUPS
from grid.rules.policy import read_policy
from staff.errors import RuleBroken
from tests.grid.facts import POLICY, SEED


def test_the_seed_says_what_each_of_the_sixteen_groups_carries():
    assert set(POLICY.groups) == set(GROUPS)
    assert all(group.targets and group.home_visit for group in POLICY.groups.values())
    assert (POLICY.holding_level, POLICY.judgement_months) == (ContactLevel.WEEKLY, 6)


def test_the_first_sixty_days_are_planned_from_75_per_cent_up():
    planned = {code for code, group in POLICY.groups.items() if group.first_60_days}

    assert planned == {f"{level}{band}" for level in ("L", "LC", "M", "MC") for band in (75, 90)}
    for code in planned:
        days = {step.do: step.by_day for step in POLICY.groups[code].first_60_days}
        assert days["First intervention booked"] == 10
        assert min(day for do, day in days.items() if do.startswith("Meaningful contact")) == 14
        assert max(days.values()) == 60


def test_a_policy_that_leaves_a_group_out_is_refused_by_its_name():
    body = deepcopy(SEED["body"])
    del body["groups"]["MC90"]

    with pytest.raises(RuleBroken, match="Medium complex, 90 and over"):
        read_policy(body, version=2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holding_level", "now and then"),
        ("holding_level", "monthly"),
        ("escalation_level", "eased"),
        ("judgement_months", 0),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused(name, value):
    body = deepcopy(SEED["body"]) | {name: value}

    with pytest.raises(RuleBroken, match="cannot be read"):
        read_policy(body, version=2)
