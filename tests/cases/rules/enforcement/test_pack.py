"""What lets a breach pack go: each gate alone, and what is only said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.breach_pack import REPORT, Evidence
from cases.reference.enforcement import TO_COURT, Regime
from cases.rules.enforcement.pack import (
    MAY_NOT_EXIST,
    FailureInPack,
    Pack,
    mark_of,
    said_in_it,
    says_enough,
    to_do,
)
from cases.rules.enforcement.warnings import Warned
from cases.rules.gaps import gates, warnings

FAILED = FailureInPack(
    key="1",
    happened_on=date(2018, 9, 3),
    what="Did not come to the office at 10am and did not ring.",
    requirement="Rehabilitation activity requirement, 20 days",
    told="Told in person on 27 August 2018 by A Officer",
    decided_by="A Officer",
    because="They gave no reason, and were rung twice.",
)
WHOLE = Pack(
    regime=Regime.COMMUNITY,
    today=date(2018, 9, 10),
    order_made_on=date(2018, 4, 2),
    court="Reading Magistrates' Court",
    failures=(FAILED,),
    warnings=(Warned(date(2018, 6, 1)),),
    must_have_warning=True,
    found=dict.fromkeys(MAY_NOT_EXIST, "On record"),
    said={one.code: "They came to eleven of fourteen appointments." for one in REPORT},
    last_safe_day=date(2019, 3, 1),
)


def keys(found):
    return [one.key for one in found]


def test_a_whole_pack_may_go():
    assert to_do(WHOLE) == []


@pytest.mark.parametrize(
    ("missing", "key"),
    [
        ({"regime": Regime.LICENCE}, "order"),
        ({"order_made_on": None}, "order"),
        ({"court": ""}, "order"),
        ({"court": "n/a"}, "order"),
        ({"failures": ()}, "failures"),
        ({"failures": (replace(FAILED, what="n/a"),)}, "failures.1"),
        ({"failures": (replace(FAILED, requirement=""),)}, "requirement.1"),
        ({"failures": (replace(FAILED, told=""),)}, "instruction.1"),
        ({"failures": (replace(FAILED, told="as above"),)}, "instruction.1"),
        ({"failures": (replace(FAILED, requirement="tbc"),)}, "requirement.1"),
        ({"failures": (replace(FAILED, decided_by=""),)}, "decided.1"),
        ({"failures": (replace(FAILED, because="as above"),)}, "decided.1"),
        ({"warnings": ()}, "warning"),
        ({"warnings": (Warned(None),)}, "warning"),
        ({"warnings": (Warned(date(2018, 6, 1), withdrawn=True),)}, "warning"),
        ({"warnings": (Warned(date(2018, 9, 3)),)}, "warning"),
        ({"warnings": (Warned(date(2017, 6, 1)),)}, "warning"),
    ],
)
def test_without_what_a_court_needs_it_may_not_go(missing, key):
    found = gates(to_do(replace(WHOLE, **missing)))

    assert key in keys(found)
    assert not any(one.may_override for one in found)


def test_one_failure_of_several_that_is_not_proved_is_named():
    second = replace(FAILED, key="2", happened_on=date(2018, 9, 5), told="")
    pack = replace(WHOLE, failures=(FAILED, second))

    (found,) = to_do(pack)

    assert found.key == "instruction.2"
    assert "5 September 2018" in found.sentence


def test_a_first_failure_that_was_referred_at_once_needs_no_warning():
    assert to_do(replace(WHOLE, must_have_warning=False, warnings=())) == []


@pytest.mark.parametrize("regime", sorted(TO_COURT - {Regime.COMMUNITY, Regime.SUSPENDED}))
def test_where_warnings_are_local_policy_none_is_needed(regime):
    assert to_do(replace(WHOLE, regime=regime, warnings=())) == []


@pytest.mark.parametrize("evidence", MAY_NOT_EXIST)
def test_other_evidence_that_is_missing_is_said_and_never_stops_it(evidence):
    without = replace(WHOLE, found={one: "On record" for one in MAY_NOT_EXIST if one != evidence})

    assert keys(warnings(to_do(without))) == [evidence]
    assert gates(to_do(without)) == []
    stated = replace(
        without, statements={evidence: "It does not exist: nobody made one in the first month."}
    )
    assert to_do(stated) == []


@pytest.mark.parametrize("question", REPORT, ids=lambda one: one.code)
def test_a_report_that_does_not_say_is_warned_of(question):
    pack = replace(WHOLE, said=WHOLE.said | {question.code: "see previous assessment"})

    assert keys(warnings(to_do(pack))) == [f"{Evidence.REPORT}.{question.code}"]


def test_a_pack_that_goes_after_the_last_safe_day_is_warned_of():
    assert keys(to_do(replace(WHOLE, today=date(2019, 3, 2)))) == ["late"]
    assert to_do(replace(WHOLE, today=date(2019, 3, 1))) == []


@given(st.sampled_from(sorted(Regime)), st.booleans(), st.integers(0, 3), st.booleans())
def test_a_pack_without_a_gate_has_an_order_a_court_and_each_failure_proved(
    regime, ordered, failures, told
):
    one = FAILED if told else replace(FAILED, told="")
    pack = replace(
        WHOLE, regime=regime, order_made_on=WHOLE.order_made_on if ordered else None,
        failures=tuple(replace(one, key=str(at)) for at in range(failures)),
    )  # fmt: skip

    if not gates(to_do(pack)):
        assert regime in TO_COURT
        assert pack.order_made_on
        assert pack.failures
        assert all(one.told for one in pack.failures)


def test_one_that_goes_again_as_it_was_is_asked_about():
    (found,) = to_do(replace(WHOLE, unchanged_since=date(2018, 9, 8)))

    assert (found.key, "8 September 2018" in found.sentence) == ("unchanged", True)


def test_what_a_box_answers_is_said_in_the_pack_and_the_rest_as_it_goes():
    bare = replace(
        WHOLE, said={}, found={}, today=date(2019, 3, 2), unchanged_since=date(2018, 9, 8)
    )

    in_it = keys(said_in_it(to_do(bare)))

    assert len(in_it) == len(REPORT) + len(MAY_NOT_EXIST)
    assert {*keys(to_do(bare))} - {*in_it} == {"late", "unchanged"}


@pytest.mark.parametrize(
    "change",
    [
        {"court": "Slough"},
        {"said": WHOLE.said | {"risk": "It is another now."}},
        {"statements": {Evidence.PLAN: "There is none yet."}},
        {"failures": (replace(FAILED, told="By letter as well"),)},
        {"found": WHOLE.found | {Evidence.PLAN: "Signed 1 September 2018."}},
    ],
)
def test_whatever_is_put_right_in_a_pack_changes_its_mark(change):
    assert mark_of(replace(WHOLE, **change)) != mark_of(WHOLE)


def test_a_day_more_changes_nothing_in_a_pack():
    later = replace(
        WHOLE, today=date(2018, 9, 20), found=WHOLE.found | {Evidence.ATTENDANCE: "13 of 15"}
    )

    assert mark_of(later) == mark_of(WHOLE)


@pytest.mark.parametrize(
    ("words", "enough"),
    [("", True), ("  ", True), ("n/a", False), ("as above", False), ("Signed on 3 May.", True)],
)
def test_a_box_is_blank_or_says_something(words, enough):
    assert says_enough(words) is enough
