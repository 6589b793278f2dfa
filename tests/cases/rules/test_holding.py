"""Where a hand-over may go from each state."""

import pytest

from cases.reference.holding import LeftAs, TransferKind, TransferState
from cases.rules.transfers import MAY_BECOME, Standing, check_becomes, check_may_offer
from staff.errors import RuleBroken


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
