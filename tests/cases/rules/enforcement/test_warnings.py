"""The law of warnings, as a table and as properties.

Source: Criminal Justice Act 2003 Schedule 8 paragraph 5, Schedule 12 paragraph 4, Schedule 19A paragraph 7.
"""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.enforcement import BY_STATUTE, Answer, Regime, Step
from cases.rules.enforcement.warnings import (
    Warned,
    check_answer,
    choices,
    counts_until,
    warning_before,
)
from staff.errors import RuleBroken

WARN, REFER, RECALL, NOTHING = Answer.WARN, Answer.REFER, Answer.RECALL, Answer.NOTHING
LADDERS = {
    Regime.LICENCE: (Step.COMPLIANCE, Step.MANAGER, Step.SENIOR),
    Regime.POST_SENTENCE: (Step.FIRST, Step.FINAL),
    Regime.DEFAULT_ORDER: (Step.FIRST, Step.FINAL),
}
GIVEN = date(2018, 5, 3)
BY_LAW = pytest.mark.parametrize("regime", sorted(BY_STATUTE))


def may(regime, failed_on, *warnings):
    return choices(
        regime=regime, failed_on=failed_on, warnings=warnings, ladders=LADDERS, counts_months=12
    )


TABLE = [  # (what it is, the failure, the warnings, what may be done)
    ("no warning at all", date(2018, 6, 1), [], {WARN, REFER}),
    ("the day after it was given", date(2018, 5, 4), [Warned(GIVEN)], {REFER}),
    ("the day on which it was given: nobody knows which was first", GIVEN, [Warned(GIVEN)], {WARN, REFER}),
    ("the day before it was given: found later", date(2018, 5, 2), [Warned(GIVEN)], {WARN, REFER}),
    ("the last day of the twelve months", date(2019, 5, 2), [Warned(GIVEN)], {REFER}),
    ("the same date a year on", date(2019, 5, 3), [Warned(GIVEN)], {WARN, REFER}),
    ("sent, and not given yet", date(2018, 6, 1), [Warned(None)], {WARN, REFER}),
    ("given, and withdrawn", date(2018, 6, 1), [Warned(GIVEN, withdrawn=True)], {WARN, REFER}),
    ("one withdrawn, another stands", date(2018, 6, 1), [Warned(GIVEN, withdrawn=True), Warned(date(2018, 5, 10))], {REFER}),
    ("an old one and one since", date(2019, 6, 1), [Warned(GIVEN), Warned(date(2019, 1, 4))], {REFER}),
    ("an old one, and one given after this failure", date(2019, 6, 1), [Warned(GIVEN), Warned(date(2019, 6, 20))], {WARN, REFER}),
    ("given on 29 February: 28 February is the last day", date(2017, 2, 28), [Warned(date(2016, 2, 29))], {REFER}),
    ("given on 29 February: 1 March is past it", date(2017, 3, 1), [Warned(date(2016, 2, 29))], {WARN, REFER}),
    ("a failure on 29 February", date(2016, 2, 29), [Warned(date(2015, 3, 1))], {REFER}),
    ("given on 28 February before a leap year", date(2016, 2, 28), [Warned(date(2015, 2, 28))], {WARN, REFER}),
]  # fmt: skip


@BY_LAW
@pytest.mark.parametrize(("failed_on", "warnings", "left"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])  # fmt: skip
def test_what_the_law_leaves(regime, failed_on, warnings, left):
    found = may(regime, failed_on, *warnings)

    assert found.may == left
    assert found.must == (REFER if left == {REFER} else None)


@BY_LAW
def test_a_failure_without_excuse_is_never_left_without_an_answer(regime):
    with pytest.raises(RuleBroken, match="warned of or referred"):
        check_answer(NOTHING, may(regime, date(2018, 6, 1)))


@BY_LAW
def test_after_a_warning_another_is_refused_in_the_words_of_the_law(regime):
    found = may(regime, date(2018, 6, 1), Warned(GIVEN))

    with pytest.raises(RuleBroken, match="given on 3 May 2018.*The law asks for it to be referred"):
        check_answer(WARN, found)


@BY_LAW
def test_a_first_failure_may_be_referred_at_once(regime):
    found = may(regime, date(2018, 6, 1))

    assert found.may == {WARN, REFER}
    assert check_answer(REFER, found) is None


def test_only_somebody_on_licence_can_be_recalled():
    for regime in set(Regime) - {Regime.LICENCE}:
        with pytest.raises(RuleBroken, match="Only somebody on licence"):
            check_answer(RECALL, may(regime, date(2018, 6, 1)))

    check_answer(RECALL, may(Regime.LICENCE, date(2018, 6, 1)))


def test_a_licence_does_not_go_to_court():
    with pytest.raises(RuleBroken, match="does not go to court"):
        check_answer(REFER, may(Regime.LICENCE, date(2018, 6, 1)))


@pytest.mark.parametrize(
    ("regime", "taken", "step"),
    [
        (Regime.LICENCE, [], Step.COMPLIANCE),
        (Regime.LICENCE, [Step.COMPLIANCE], Step.MANAGER),
        (Regime.LICENCE, [Step.COMPLIANCE, Step.MANAGER], Step.SENIOR),
        (Regime.LICENCE, [Step.MANAGER], Step.SENIOR),
        (Regime.LICENCE, [Step.COMPLIANCE, Step.MANAGER, Step.SENIOR], None),
        (Regime.POST_SENTENCE, [], Step.FIRST),
        (Regime.POST_SENTENCE, [Step.FIRST], Step.FINAL),
        (Regime.DEFAULT_ORDER, [Step.FIRST, Step.FINAL], None),
    ],
)
def test_a_local_ladder_is_climbed_and_ends(regime, taken, step):
    found = may(regime, date(2018, 6, 1), *(Warned(GIVEN, step=one) for one in taken))

    assert found.step == step
    assert (WARN in found.may) == (step is not None)
    assert NOTHING in found.may
    assert found.must is None


def test_a_step_of_a_ladder_that_was_withdrawn_or_is_long_ago_is_taken_again():
    for warned in (
        Warned(GIVEN, step=Step.COMPLIANCE, withdrawn=True),
        Warned(date(2017, 6, 1), step=Step.COMPLIANCE),
    ):
        assert may(Regime.LICENCE, date(2018, 6, 1), warned).step == Step.COMPLIANCE


def test_a_step_that_is_on_its_way_is_not_given_twice():
    on_its_way = Warned(None, step=Step.COMPLIANCE)

    assert may(Regime.LICENCE, date(2018, 6, 1), on_its_way).step == Step.MANAGER


DAYS = st.dates(date(2015, 2, 1), date(2024, 12, 31))
WARNINGS = st.lists(
    st.builds(Warned, given_on=st.none() | DAYS, withdrawn=st.booleans()), max_size=4
)


@given(DAYS)
def test_the_twelve_months_are_a_year_less_a_day_and_never_more_than_a_year(given_on):
    last = counts_until(given_on)

    assert (last - given_on).days in (364, 365)
    assert last < given_on + timedelta(days=366)
    assert last + timedelta(days=1) >= given_on + relativedelta(years=1)


@given(DAYS, WARNINGS)
def test_referring_is_a_duty_exactly_when_a_warning_that_stands_was_given_before_and_still_counts(
    failed_on, warnings
):
    owed = any(
        one.given_on and not one.withdrawn and (failed_on - one.given_on).days > 0
        and failed_on <= counts_until(one.given_on)
        for one in warnings
    )  # fmt: skip

    for regime in BY_STATUTE:
        assert (may(regime, failed_on, *warnings).must == REFER) == owed


@given(DAYS, WARNINGS, st.booleans())
def test_a_warning_that_was_not_given_or_was_withdrawn_changes_nothing(
    failed_on, warnings, withdrawn
):
    more = Warned(failed_on - timedelta(days=30) if withdrawn else None, withdrawn=withdrawn)

    for regime in BY_STATUTE:
        with_it, without = (
            may(regime, failed_on, *warnings, more),
            may(regime, failed_on, *warnings),
        )
        assert (with_it.may, with_it.must) == (without.may, without.must)


@given(DAYS, WARNINGS)
def test_withdrawing_every_warning_never_leaves_a_duty_to_refer(failed_on, warnings):
    withdrawn = [Warned(one.given_on, one.step, withdrawn=True) for one in warnings]

    assert warning_before(failed_on, withdrawn) is None


@given(DAYS, WARNINGS, st.sampled_from(sorted(Regime)))
def test_there_is_always_something_that_may_be_done_and_it_is_never_refused(
    failed_on, warnings, regime
):
    found = may(regime, failed_on, *warnings)

    assert found.may
    for answer in found.may:
        check_answer(answer, found)


@given(DAYS, WARNINGS, st.sampled_from(sorted(Regime)), st.sampled_from(sorted(Answer)))
def test_whatever_may_not_be_done_is_refused_with_why(failed_on, warnings, regime, answer):
    found = may(regime, failed_on, *warnings)

    if answer not in found.may:
        with pytest.raises(RuleBroken):
            check_answer(answer, found)
