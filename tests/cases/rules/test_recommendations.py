from datetime import date

import pytest

from cases.reference.reviews import RECOMMENDATION_MAY_BECOME, RecommendationState
from cases.rules.recommendations import (
    FEW,
    Shown,
    check_becomes,
    check_change,
    check_decides,
    share,
)
from staff.errors import RuleBroken

MADE = date(2018, 5, 3)


@pytest.mark.parametrize("state", sorted(RecommendationState))
@pytest.mark.parametrize("to", sorted(RecommendationState))
def test_a_recommendation_goes_only_where_the_table_lets_it(state, to):
    if to in RECOMMENDATION_MAY_BECOME[state]:
        check_becomes(state, to)
        return
    with pytest.raises(RuleBroken):
        check_becomes(state, to)


def test_nothing_leads_to_done_but_having_accepted_it_and_nothing_out_of_an_end():
    to_done = {
        one for one, may in RECOMMENDATION_MAY_BECOME.items() if RecommendationState.DONE in may
    }

    assert to_done == {RecommendationState.ACCEPTED}
    assert RECOMMENDATION_MAY_BECOME[RecommendationState.DONE] == set()
    assert RECOMMENDATION_MAY_BECOME[RecommendationState.WITHDRAWN] == set()


@pytest.mark.parametrize(
    "shown",
    [
        [],
        [Shown(1, None, True)],
        [Shown(1, date(2018, 5, 2), True)],
        [Shown(1, date(2018, 5, 3), False)],
        [Shown(2, date(2018, 5, 3), True)],
        [Shown(1, date(2018, 5, 3), True), Shown(1, date(2018, 5, 2), True)],
    ],
)
def test_a_change_of_substance_since_on_its_own_case_closes_it_and_nothing_else_does(shown):
    check_change([Shown(1, MADE, True)], case=1, made_on=MADE)
    with pytest.raises(RuleBroken):
        check_change(shown, case=1, made_on=MADE)


@pytest.mark.parametrize("by", [1, 2])
def test_whoever_had_a_part_in_it_does_not_decide_and_another_does(by):
    check_decides(by=3, made_by=1, contested_by=2)
    with pytest.raises(RuleBroken, match="somebody else decides"):
        check_decides(by=by, made_by=1, contested_by=2)


def test_a_share_of_few_is_no_share():
    assert share(3, FEW - 1) is None
    assert share(3, FEW) == 30
