"""What of an officer's training counts until when, and what is to be arranged for them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.reference.allocation import TRAINING, Development, Training
from oversight.rules.development import (
    Done,
    Held,
    runs_out,
    stand_of,
    stands,
    to_arrange,
    trained_in,
)

TODAY = date(2018, 10, 17)
ABUSE, CHILD = Training.DOMESTIC_ABUSE, Training.CHILD
DAYS = st.integers(-800, 800).map(lambda days: TODAY + timedelta(days=days))


def done(kind=ABUSE, days=None, done_days=-400):
    """`days`: from today until it expires; None: it does not."""
    return Done(
        kind,
        TODAY + timedelta(days=done_days),
        None if days is None else TODAY + timedelta(days=days),
    )


@pytest.mark.parametrize(
    ("rows", "held", "words"),
    [
        ([], Held.NEVER, "None recorded"),
        ([done()], Held.COUNTS, "Does not expire"),
        ([done(days=57)], Held.COUNTS, "Until 13 December 2018"),
        ([done(days=56)], Held.SOON, "Expires on 12 December 2018"),
        ([done(days=1)], Held.SOON, "Expires on 18 October 2018"),
        ([done(days=0)], Held.EXPIRED, "Expired on 17 October 2018"),
        ([done(days=-9), done(days=400)], Held.COUNTS, "Until 21 November 2019"),
        ([done(days=-9), done()], Held.COUNTS, "Does not expire"),
        ([done(days=-9), done(done_days=1)], Held.EXPIRED, "Expired on 8 October 2018"),
        ([done(CHILD)], Held.NEVER, "None recorded"),
    ],
)
def test_how_a_training_stands(rows, held, words):
    found = stand_of(ABUSE, rows, TODAY)

    assert (found.held, found.words) == (held, words)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([done()], "Does not expire"),
        ([done(days=57)], "Until 13 December 2018"),
        ([done(days=56)], "12 December 2018"),
        ([done(days=0)], "17 October 2018"),
    ],
)
def test_beside_its_tag_nothing_is_said_twice(rows, said):
    assert stand_of(ABUSE, rows, TODAY).beside_a_tag == said


def test_what_cases_ask_for_is_always_listed_and_development_where_it_was_done():
    rows = [done(Development.MOTIVATION, days=-1), done(CHILD)]

    assert [(one.kind, one.held) for one in stands(rows, TODAY)] == [
        (ABUSE, Held.NEVER),
        (CHILD, Held.COUNTS),
        (Development.MOTIVATION, Held.EXPIRED),
    ]


def test_what_is_to_be_arranged_is_said_of_each():
    rows = [done(days=-1), done(CHILD, days=20), done(Development.COGNITIVE)]

    assert to_arrange(rows, TODAY + timedelta(days=30), False, TODAY) == (
        "Training in domestic abuse expired on 16 October 2018.",
        "Training in child safeguarding expires on 6 November 2018.",
        "In induction until 16 November 2018, and nobody is named to support them.",
    )
    assert to_arrange([done(), done(CHILD)], TODAY + timedelta(days=30), True, TODAY) == ()
    assert to_arrange([done()], None, False, TODAY) == (
        "No training in child safeguarding is recorded.",
    )


@pytest.mark.parametrize(("days", "is_said"), [(0, True), (14, True), (15, False)])
def test_that_an_induction_ends_is_said_a_fortnight_before_it_does(days, is_said):
    ends_on = TODAY + timedelta(days=days)

    found = to_arrange([done(), done(CHILD)], ends_on, True, TODAY)

    assert bool(found) == is_said
    assert all(one.startswith("Induction ends on") for one in found)


def test_what_was_never_done_does_not_run_out():
    assert runs_out([], TODAY) == ()
    assert [one.kind for one in runs_out([done(days=-1), done(CHILD, days=100)], TODAY)] == [ABUSE]


@given(st.lists(st.builds(Done, st.sampled_from(sorted(TRAINING)), DAYS, st.none() | DAYS)))
def test_trained_is_whoever_has_one_that_was_done_and_has_not_expired(rows):
    plain = {
        one.kind
        for one in rows
        if one.done_on <= TODAY and (one.expires_on is None or one.expires_on > TODAY)
    }

    assert trained_in(rows, TODAY) == plain
