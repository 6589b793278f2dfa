"""Each rule of the resettlement plan left out one by one: a test misses it."""

import pytest

from tests.cases.rules.without import findings, misses, notices
from tests.ttg.rules import test_plans
from ttg.rules import plans


@pytest.mark.parametrize("rule", plans.RULES, ids=[rule.__name__ for rule in plans.RULES])
def test_a_rule_that_is_deleted_is_missed(rule):
    assert notices(plans, test_plans, rule)


def test_nothing_is_missed_while_all_are_there():
    assert not notices(plans, test_plans, None)


def test_whatever_finds_or_refuses_something_is_missed_once_it_is_left_out():
    found = findings(plans)

    assert found
    assert [one for one in found if not misses(plans, [test_plans], one)] == []
