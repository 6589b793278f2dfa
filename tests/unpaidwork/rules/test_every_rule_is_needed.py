"""Each rule of the gates, of sites, of restrictions and of the ledger, left out one by one: a test misses it."""

import pytest

from cases.rules import geometry, giveaways, restrictions
from tests.cases.rules import test_geometry, test_giveaways, test_restrictions
from tests.cases.rules.without import findings, misses, notices
from tests.unpaidwork.rules import (
    test_adjusting,
    test_gate,
    test_generating,
    test_group_gate,
    test_instructions,
    test_register,
    test_risk,
    test_site_gate,
    test_sites,
    test_sync,
)
from unpaidwork.rules import (
    adjusting,
    gate,
    group_gate,
    instructions,
    placing,
    register,
    risk,
    site_fit,
    site_gate,
    sites,
    sync,
)

TESTED_BY = {gate: test_gate, risk: test_risk}
RULES = [(module, rule) for module in TESTED_BY for rule in module.RULES]
BY_STATEMENT = {
    adjusting: [test_adjusting],
    gate: [test_gate],
    geometry: [test_geometry],
    giveaways: [test_giveaways, test_restrictions],
    group_gate: [test_group_gate, test_site_gate],
    instructions: [test_instructions],
    placing: [test_generating],
    register: [test_register],
    restrictions: [test_restrictions],
    risk: [test_risk],
    site_fit: [test_site_gate],
    site_gate: [test_site_gate],
    sites: [test_sites],
    sync: [test_sync],
}


def name_of(module):
    return module.__name__


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.__name__ for _, rule in RULES])
def test_a_rule_that_is_deleted_is_missed(module, rule):
    assert notices(module, TESTED_BY[module], rule)


@pytest.mark.parametrize("module", TESTED_BY, ids=name_of)
def test_nothing_is_missed_while_all_are_there(module):
    assert not notices(module, TESTED_BY[module], None)


@pytest.mark.parametrize("module", BY_STATEMENT, ids=name_of)
def test_whatever_finds_or_refuses_something_is_missed_once_it_is_left_out(module):
    found = findings(module)

    assert found
    assert [one for one in found if not misses(module, BY_STATEMENT[module], one)] == []


@pytest.mark.parametrize("module", BY_STATEMENT, ids=name_of)
def test_and_none_of_them_is_missed_while_all_are_there(module):
    assert not misses(module, BY_STATEMENT[module], None)
