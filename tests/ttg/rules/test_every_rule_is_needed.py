"""Each rule of the resettlement plan, and of a safe home, left out one by one: a test misses it."""

import pytest

from tests.cases.rules.without import findings, misses, notices
from tests.ttg.rules import test_home, test_plans
from ttg.rules import home, home_said, plans

TESTED_BY = {plans: test_plans, home: test_home}
FINDS_BY = TESTED_BY | {home_said: test_home}
RULES = [(module, rule) for module in TESTED_BY for rule in module.RULES]


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.__name__ for _, rule in RULES])
def test_a_rule_that_is_deleted_is_missed(module, rule):
    assert notices(module, TESTED_BY[module], rule)


@pytest.mark.parametrize("module", TESTED_BY, ids=lambda module: module.__name__)
def test_nothing_is_missed_while_all_are_there(module):
    assert not notices(module, TESTED_BY[module], None)


@pytest.mark.parametrize("module", FINDS_BY, ids=lambda module: module.__name__)
def test_whatever_finds_or_refuses_something_is_missed_once_it_is_left_out(module):
    found = findings(module)

    assert found
    assert [one for one in found if not misses(module, [FINDS_BY[module]], one)] == []
