"""How cases are shared out, and where a hand-over may go from each state."""

import pytest

from cases.reference.holding import LeftAs, TransferKind, TransferState
from cases.rules.holding import shared_out
from cases.rules.transfers import MAY_BECOME, Standing, check_becomes, check_may_offer
from staff.errors import RuleBroken

EVERYBODY = {1, 2, 3}


def test_each_case_goes_to_whoever_has_the_fewest_by_then():
    cases = [(case, EVERYBODY) for case in range(6)]

    found = shared_out(cases, {1: 30, 2: 28, 3: 29})

    assert found == {0: 2, 1: 2, 2: 3, 3: 1, 4: 2, 5: 3}


def test_nobody_gets_a_case_they_may_not_have_and_one_that_nobody_may_is_left_out():
    found = shared_out([("one", {1}), ("other", set()), ("third", {1, 2})], {1: 0, 2: 1})

    assert found == {"one": 1, "third": 1}


def test_every_state_is_in_the_table_and_only_an_offer_can_be_answered():
    assert set(MAY_BECOME) == set(TransferState)
    for state in sorted(TransferState):
        for to in sorted(TransferState):
            if state == TransferState.OFFERED and to != TransferState.OFFERED:
                check_becomes(state, to)
            else:
                with pytest.raises(RuleBroken):
                    check_becomes(state, to)


def standing(**known):
    return Standing(
        **{"supervised": True, "retained": False, "left_as": "", "offered": False} | known
    )


@pytest.mark.parametrize("kind", sorted(TransferKind))
def test_what_is_ours_goes_out_and_what_is_not_comes_in(kind):
    into = kind in (TransferKind.FROM_NPS, TransferKind.FROM_PROVIDER)
    ours, theirs = standing(), standing(left_as=LeftAs.ELSEWHERE)
    may, may_not = (theirs, ours) if into else (ours, theirs)

    check_may_offer(kind, may)

    for refused in (may_not, standing(supervised=False), standing(left_as=LeftAs.DIED), standing(offered=True)):  # fmt: skip
        with pytest.raises(RuleBroken):
            check_may_offer(kind, refused)
