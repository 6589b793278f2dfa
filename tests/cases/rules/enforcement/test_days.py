from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.enforcement import SentBy
from cases.rules.calendar import is_working_day, working_days_between
from cases.rules.enforcement.days import last_safe_day, laying, served_on

AFTER = {SentBy.HAND: 0, SentBy.EMAIL: 1, SentBy.POST: 2}


@pytest.mark.parametrize(
    ("sent_on", "how", "served"),
    [
        (date(2018, 5, 3), SentBy.HAND, date(2018, 5, 3)),
        (date(2018, 5, 6), SentBy.HAND, date(2018, 5, 6)),  # a Sunday
        (date(2018, 5, 3), SentBy.EMAIL, date(2018, 5, 4)),
        (date(2018, 5, 3), SentBy.POST, date(2018, 5, 8)),  # over the weekend and the May bank holiday
        (date(2018, 12, 24), SentBy.POST, date(2018, 12, 28)),
    ],
)  # fmt: skip
def test_when_a_letter_counts_as_served(sent_on, how, served):
    assert served_on(sent_on, how, AFTER) == served


@given(st.dates(date(2015, 2, 1), date(2024, 12, 1)))
def test_nothing_sent_is_served_before_it_went_and_post_is_never_the_fastest(sent_on):
    by = {how: served_on(sent_on, how, AFTER) for how in SentBy}

    assert sent_on == by[SentBy.HAND] < by[SentBy.EMAIL] < by[SentBy.POST]
    assert is_working_day(by[SentBy.POST])


@given(st.dates(date(2015, 2, 1), date(2024, 12, 1)))
def test_the_last_safe_day_leaves_ten_working_days(ends_on):
    last = last_safe_day(ends_on, 10)

    assert is_working_day(last)
    assert working_days_between(last, ends_on) == (10 if is_working_day(ends_on) else 9)


END = date(2018, 11, 30)
LAST = date(2018, 11, 16)


@pytest.mark.parametrize(
    ("today", "red", "words"),
    [
        (date(2018, 10, 30), False, ""),
        (date(2018, 10, 31), True, "is 16 November 2018. The order ends on 30 November 2018"),
        (LAST, True, "is 16 November 2018"),
        (date(2018, 11, 17), True, "was 16 November 2018. Ring the NPS today"),
    ],
)
def test_laying_is_red_from_thirty_days_before_the_end_and_says_when_it_is_past(today, red, words):
    found = laying(order_ends_on=END, today=today, lay_days=10, red_days=30)

    assert (found.last_on, found.red) == (LAST, red)
    assert words in found.sentence


def test_an_order_without_an_end_is_never_quietly_safe():
    found = laying(order_ends_on=None, today=END, lay_days=10, red_days=30)

    assert found.red
    assert "No end of the order is recorded" in found.sentence
