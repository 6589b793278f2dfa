"""Of somebody who is recalled nothing is enforced any more, from the day that is known; where none is, not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.reference.codes import CustodyStatus, Order
from cases.reference.enforcement import Regime
from cases.rules.enforcement.failures import IN_CUSTODY, RECALLED, Supervised, under
from cases.rules.enforcement.recalls import check_not_recalled
from staff.errors import RuleBroken

RELEASED = date(2018, 6, 1)
DAY = timedelta(days=1)
RECALL = date(2018, 9, 10)
ONE = Supervised(
    key=1, words="Custody, event 1", order=Order.CUSTODY, custody_status=CustodyStatus.RECALLED,
    started_on=date(2018, 1, 3), released_on=RELEASED, licence_end_on=date(2019, 6, 1),
)  # fmt: skip
OURS = replace(ONE, custody_status=CustodyStatus.ON_LICENCE, recalled_on=RECALL)


@pytest.mark.parametrize("on", [RELEASED, RECALL, date(2018, 11, 26)])
def test_with_no_day_known_nothing_is_enforced_of_somebody_recalled(on):
    assert under(ONE, on).why_not == RECALLED


@pytest.mark.parametrize("one", [OURS, replace(ONE, recalled_on=RECALL)])
def test_what_happened_until_the_day_of_the_recall_was_under_licence(one):
    assert under(one, RECALL).regime == Regime.LICENCE
    assert under(one, RECALL + DAY).why_not == RECALLED
    assert under(one, RELEASED - DAY).why_not == IN_CUSTODY


def test_released_again_they_are_on_licence_again():
    again = replace(OURS, released_on=RECALL + 28 * DAY)

    assert under(again, RECALL + 30 * DAY).regime == Regime.LICENCE


def test_recalled_again_on_a_day_that_is_not_known_nothing_is_enforced():
    again = replace(ONE, released_on=RECALL + 28 * DAY, recalled_on=RECALL)

    assert under(again, RECALL + 30 * DAY).why_not == RECALLED


def test_nobody_is_recalled_twice_over():
    check_not_recalled(False)
    with pytest.raises(RuleBroken, match="recalled already"):
        check_not_recalled(True)
