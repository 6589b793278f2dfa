"""When the reason of an absence is asked for by letter, and from when the letter after it is owed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.enforcement.reasons import (
    Asking,
    check_asked,
    letter_owed_from,
    why_not_asked,
)
from staff.errors import RuleBroken

DAY = timedelta(days=1)
UNTIL = date(2018, 10, 10)
OPEN = Asking(
    decided=False, voluntary=False, asked=False, heard=False, until=UNTIL, today=UNTIL - DAY
)
AWARE, DECIDED = date(2018, 10, 2), date(2018, 10, 11)
days = st.dates(date(2018, 1, 1), date(2018, 3, 1))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, ""),
        ({"today": UNTIL}, ""),  # the last day for a reason is a day for it
        ({"today": UNTIL + DAY}, "could give a reason until 10 October 2018"),
        ({"decided": True}, "is decided"),
        ({"voluntary": True}, "was voluntary"),
        ({"asked": True}, "asked for already"),
        ({"heard": True}, "were in touch"),
        ({"decided": True, "heard": True, "today": UNTIL + DAY}, "is decided"),
    ],
)
def test_when_a_letter_may_ask_for_the_reason(known, words):
    asking = replace(OPEN, **known)

    assert words in why_not_asked(asking)
    assert bool(why_not_asked(asking)) == bool(words)
    if words:
        with pytest.raises(RuleBroken, match=words):
            check_asked(asking)
    else:
        check_asked(asking)


@pytest.mark.parametrize(
    ("decided_on", "asked_on", "owed_from"),
    [
        (DECIDED, None, AWARE),  # nothing was waited for
        (None, None, AWARE),  # recorded by hand
        (None, AWARE, AWARE),
        (DECIDED, AWARE, DECIDED),
        (DECIDED, DECIDED, DECIDED),
        (DECIDED, DECIDED + DAY, AWARE),  # it went only after the decision
    ],
)
def test_the_letter_after_a_failure_is_owed_from_the_decision_where_the_reason_was_asked_for(
    decided_on, asked_on, owed_from
):
    found = letter_owed_from(aware_on=AWARE, decided_on=decided_on, asked_on=asked_on)

    assert found == owed_from


@given(days, st.none() | days, st.none() | days)
def test_a_clock_never_runs_from_before_we_knew_and_never_from_later_than_the_decision(
    aware, decided, asked
):
    found = letter_owed_from(aware_on=aware, decided_on=decided, asked_on=asked)

    assert found >= aware
    assert found in {aware, decided}
    if asked is None or decided is None:
        assert found == aware


@given(days, days, days, days)
def test_a_letter_that_went_sooner_never_makes_the_next_one_due_sooner(aware, decided, one, other):
    sooner, later = sorted([one, other])

    def of(asked):
        return letter_owed_from(aware_on=aware, decided_on=decided, asked_on=asked)

    assert of(sooner) >= of(later)
