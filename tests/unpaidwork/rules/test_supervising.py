"""Who may not supervise whom, by what staff state of themselves; what is not stated is asked about and decides nothing."""

import pytest

from unpaidwork.reference.dangers import Supervised
from unpaidwork.rules.supervising import not_stated, unfit

ANN, BOB, SAM = ("Ann Green", "woman"), ("Bob Hill", "man"), ("Sam Reed", "not_said")
NOBODY_ASKED = ("Lee Shah", "")


@pytest.mark.parametrize(
    ("supervised", "staff", "said"),
    [
        (Supervised.NOT_WOMAN, [ANN], "by a woman, and Ann Green is down"),
        (Supervised.NOT_WOMAN, [ANN, BOB], "by a woman, and Ann Green is down"),
        (Supervised.NOT_MAN, [ANN, BOB], "by a man, and Bob Hill is down"),
        (Supervised.NOT_MAN, [BOB, ("Al Fox", "man")], "and Al Fox and Bob Hill are down"),
    ],
)
def test_one_who_may_not_supervise_them_is_enough(supervised, staff, said):
    (sentence,) = unfit({supervised}, staff)

    assert said in sentence


@pytest.mark.parametrize("supervised", [Supervised.NOT_WOMAN, Supervised.NOT_MAN])
def test_what_is_not_stated_refuses_nobody_and_is_to_be_seen_to(supervised):
    staff = [SAM, NOBODY_ASKED]

    assert list(unfit({supervised}, staff)) == []
    (sentence,) = not_stated({supervised}, staff)
    assert "Lee Shah and Sam Reed have not stated" in sentence


def test_those_who_fit_and_those_of_whom_nothing_is_said_stand_in_nobodys_way():
    assert list(unfit({Supervised.NOT_WOMAN}, [BOB])) == []
    assert list(not_stated({Supervised.NOT_WOMAN}, [BOB])) == []
    assert list(unfit(frozenset(), [ANN, BOB, SAM])) == []
    assert list(not_stated(frozenset(), [SAM])) == []


def test_somebody_who_must_be_supervised_by_neither_fits_nobody():
    both = {Supervised.NOT_WOMAN, Supervised.NOT_MAN}

    assert len(list(unfit(both, [ANN, BOB]))) == 2
