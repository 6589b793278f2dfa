from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import CustodyStatus, Order, Rosh
from cases.rules.ending_days import (
    Progress,
    Running,
    early_end_due,
    end_of,
    end_of_case,
    keep_until,
    opens_on,
)

EARLY, LATE, LAST = date(2018, 11, 1), date(2019, 3, 1), date(2019, 9, 1)
NAMES = {
    Order.COMMUNITY: "ORA Community Order",
    Order.SUSPENDED: "ORA Suspended Sentence Order",
    Order.CUSTODY: "Adult Custody >= 12m",
    Order.CUSTODY_PSS: "ORA Adult Custody (inc PSS)",
    Order.DEFAULT_ORDER: "Supervision Default Order",
    Order.OTHER: "Other",
}


def running(order, key=1, **dates):
    return Running(key=key, order=order, description=NAMES[order], **dates)


TABLE = {
    "a community order": (running(Order.COMMUNITY, expected_end_on=LATE), LATE),
    "one with hours still to be worked, whatever its last day": (
        running(Order.COMMUNITY, expected_end_on=EARLY, hours_left=True),
        None,
    ),
    "one of which nobody recorded the end": (running(Order.COMMUNITY), None),
    "a suspended sentence, by its supervision and not its operational period": (
        running(Order.SUSPENDED, supervision_end_on=EARLY, operational_end_on=LAST),
        EARLY,
    ),
    "one with hours, no longer than its operational period": (
        running(
            Order.SUSPENDED, supervision_end_on=EARLY, operational_end_on=LATE, hours_left=True
        ),
        LATE,
    ),
    "one with hours, whose operational period nobody recorded": (
        running(Order.SUSPENDED, supervision_end_on=EARLY, hours_left=True),
        None,
    ),
    "a licence": (running(Order.CUSTODY, licence_end_on=LATE, expected_end_on=EARLY), LATE),
    "a licence of which only the expiry is recorded": (
        running(Order.CUSTODY, sentence_expiry_on=LATE),
        LATE,
    ),
    "post-sentence supervision, after the licence": (
        running(Order.CUSTODY_PSS, licence_end_on=EARLY, pss_end_on=LATE),
        LATE,
    ),
    "one that nobody recorded, though the licence is": (
        running(Order.CUSTODY_PSS, licence_end_on=EARLY),
        None,
    ),
    "somebody who was never released": (
        running(
            Order.CUSTODY, licence_end_on=LATE, custody_status=CustodyStatus.SENTENCED
        ),
        None,
    ),
    "somebody recalled, at the end of their sentence": (
        running(Order.CUSTODY, licence_end_on=LATE, custody_status=CustodyStatus.RECALLED),
        LATE,
    ),
    "a default order, whose hours must be worked before it ends": (
        running(Order.DEFAULT_ORDER, supervision_end_on=LATE, hours_left=True),
        LATE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(TABLE))
def test_the_last_day_of_a_sentence_follows_from_its_kind(what):
    sentence, ends_on = TABLE[what]

    found = end_of(sentence)

    assert found.on == ends_on
    assert found.why


def test_why_there_is_no_last_day_is_said():
    alive, held = (
        end_of(TABLE[what][0])
        for what in (
            "one with hours still to be worked, whatever its last day",
            "somebody who was never released",
        )
    )

    assert "keeps the order in force until it is" in alive.why
    assert "In custody" in held.why


def test_a_fine_ends_nothing_and_keeps_nothing_going():
    fine = Running(key=2, order=Order.OTHER, description="Fine", expected_end_on=LAST)

    assert end_of_case([fine]) is None
    assert end_of_case([fine, running(Order.COMMUNITY, expected_end_on=EARLY)]).on == EARLY


DAYS = st.none() | st.dates(date(2018, 1, 1), date(2020, 1, 1))
SENTENCES = st.lists(
    st.builds(
        Running,
        key=st.integers(1, 5),
        order=st.sampled_from(sorted(set(Order) - {Order.OTHER})),
        description=st.just("Community order"),
        custody_status=st.sampled_from(sorted(CustodyStatus)),
        expected_end_on=DAYS,
        supervision_end_on=DAYS,
        operational_end_on=DAYS,
        licence_end_on=DAYS,
        sentence_expiry_on=DAYS,
        pss_end_on=DAYS,
        hours_left=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(SENTENCES)
def test_a_case_ends_with_the_last_of_its_sentences_and_never_while_one_has_no_last_day(sentences):
    each = [end_of(one).on for one in sentences]

    found = end_of_case(sentences).on

    assert found == (None if None in each else max(each))


@given(SENTENCES, SENTENCES)
def test_another_sentence_never_brings_the_end_nearer(sentences, more):
    alone, together = end_of_case(sentences).on, end_of_case([*sentences, *more]).on

    assert together is None or alone is not None and together >= alone


def test_the_end_is_prepared_as_many_days_before_as_the_policy_says():
    assert opens_on(LATE, 42) == LATE - timedelta(days=42)


def test_a_record_is_kept_for_years_from_the_day_it_ended_on_a_leap_day_too():
    assert keep_until(date(2020, 2, 29), 6) == date(2026, 2, 28)


TODAY = date(2018, 10, 1)
DOING_WELL = Progress(
    sentences=(
        running(Order.COMMUNITY, started_on=date(2018, 1, 1), expected_end_on=date(2019, 1, 1)),
    ),
    requirements=2,
    left=0,
    failed_on=None,
    raised_on=None,
    in_breach=False,
    harm=Rosh.MEDIUM,
)
YOUNG = replace(DOING_WELL.sentences[0], started_on=date(2018, 9, 1))
STANDS_AGAINST = {
    "the first half": {"sentences": (YOUNG,)},
    "another sentence that is no community order": {
        "sentences": (*DOING_WELL.sentences, running(Order.CUSTODY, licence_end_on=LATE))
    },
    "a requirement that is not done": {"left": 1},
    "an order of whose requirements nothing is known": {"requirements": 0},
    "a failure in the last six months": {"failed_on": date(2018, 5, 1)},
    "a rise in risk in the last six months": {"raised_on": date(2018, 5, 1)},
    "a breach before the court": {"in_breach": True},
    "high risk": {"harm": Rosh.HIGH},
    "risk that nobody recorded": {"harm": ""},
    "nothing that runs": {"sentences": ()},
}


def test_an_early_end_is_proposed_of_somebody_who_has_done_well_for_half_of_the_order():
    assert early_end_due(DOING_WELL, TODAY, 6)
    assert early_end_due(replace(DOING_WELL, failed_on=date(2018, 4, 1)), TODAY, 6)


@pytest.mark.parametrize("what", sorted(STANDS_AGAINST))
def test_each_of_these_stands_against_an_early_end(what):
    assert not early_end_due(replace(DOING_WELL, **STANDS_AGAINST[what]), TODAY, 6)
