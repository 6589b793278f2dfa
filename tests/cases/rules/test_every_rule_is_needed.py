import pytest

from cases.rules import assessing, endings, events, hollow, planning, reviewing
from cases.rules.enforcement import pack
from tests.cases.rules import (
    test_assessing,
    test_endings,
    test_events,
    test_hollow,
    test_planning,
    test_reviewing,
)
from tests.cases.rules.enforcement import test_pack
from tests.cases.rules.without import notices

TESTED_BY = {
    assessing: test_assessing,
    endings: test_endings,
    events: test_events,
    hollow: test_hollow,
    pack: test_pack,
    planning: test_planning,
    reviewing: test_reviewing,
}
RULES = [(module, rule) for module in TESTED_BY for rule in module.RULES]


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.__name__ for _, rule in RULES])
def test_a_rule_that_is_deleted_is_missed(module, rule):
    assert notices(module, TESTED_BY[module], rule)


@pytest.mark.parametrize("module", TESTED_BY, ids=lambda module: module.__name__)
def test_nothing_is_missed_while_all_are_there(module):
    assert not notices(module, TESTED_BY[module], None)
