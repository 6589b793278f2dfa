import pytest

from cases.reference.needs import NeedArea
from cases.rules.self_view import differs, own_view

DRUGS = NeedArea.DRUGS


def said(own, **more):
    return {f"self.{DRUGS}": own} | more


@pytest.mark.parametrize(
    ("own", "need", "differ"),
    [
        ("no", "severe", True),
        ("no", "standard", True),
        ("no", "none", False),
        ("sometimes", "severe", True),
        ("sometimes", "standard", False),
        ("sometimes", "none", False),
        ("yes", "none", True),
        ("yes", "standard", False),
    ],
)
def test_the_person_and_the_officer_differ_where_one_sees_a_need_and_the_other_none(
    own, need, differ
):
    assert differs(DRUGS, need, said(own)) is differ


def test_nothing_differs_until_both_have_answered():
    assert not differs(DRUGS, None, said("no"))
    assert not differs(DRUGS, "severe", {})


@pytest.mark.parametrize(("linked", "differ"), [("yes", True), ("no", False)])
def test_what_is_not_scored_is_judged_by_what_it_is_linked_to(linked, differ):
    answers = {"self.finance": "no", "finance.offending": linked}

    assert differs(NeedArea.FINANCE, None, answers) is differ


def test_what_they_said_is_put_in_words():
    assert own_view(DRUGS, said("sometimes")) == "Sometimes a problem"
    assert own_view(DRUGS, {}) == ""
