"""Each rule of allocating, and whatever refuses in these modules, left out one by one: a test misses it."""

import pytest

from oversight.rules import comparing, policy, reductions, sharing_facts, sharing_limits
from tests.cases.rules.without import findings, misses, notices
from tests.oversight.rules import test_comparing, test_policy, test_sharing_out, test_workload

BY_STATEMENT = {
    comparing: [test_comparing],
    policy: [test_policy],
    reductions: [test_workload],
    sharing_facts: [test_sharing_out],
    sharing_limits: [test_sharing_out],
}


def name_of(module):
    return module.__name__


@pytest.mark.parametrize("rule", comparing.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_that_is_deleted_is_missed(rule):
    assert notices(comparing, test_comparing, rule)


def test_nothing_is_missed_while_all_are_there():
    assert not notices(comparing, test_comparing, None)


@pytest.mark.parametrize("module", BY_STATEMENT, ids=name_of)
def test_whatever_finds_or_refuses_something_is_missed_once_it_is_left_out(module):
    found = findings(module)

    assert found
    assert [one for one in found if not misses(module, BY_STATEMENT[module], one)] == []


@pytest.mark.parametrize("module", BY_STATEMENT, ids=name_of)
def test_and_none_of_them_is_missed_while_all_are_there(module):
    assert not misses(module, BY_STATEMENT[module], None)
