import pytest

from cases.rules import assessing
from tests.cases.rules import test_assessing
from tests.cases.rules.without import notices


@pytest.mark.parametrize("rule", assessing.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_of_assessing_that_is_deleted_is_missed(rule):
    assert notices(assessing, test_assessing, rule)


def test_nothing_is_missed_while_all_are_there():
    assert not notices(assessing, test_assessing, None)
