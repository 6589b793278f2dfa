"""What is refused of an officer's hours, training and induction, and when a training has run out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from oversight.rules.known_of_officers import (
    LONGEST_INDUCTION,
    check_contract,
    check_induction,
    check_training,
    check_why,
    expiry,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 8)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: check_contract(Decimal(0), TODAY, None, TODAY), "more than none"),
        (lambda: check_contract(Decimal("60.01"), TODAY, None, TODAY), "at most 60"),
        (lambda: check_contract(Decimal(37), TODAY, TODAY - DAY, TODAY), "before the first"),
        (lambda: check_contract(Decimal(37), date(2108, 1, 1), None, TODAY), "Look at the year"),
        (lambda: check_contract(Decimal(37), date(208, 1, 1), None, TODAY), "fifty years ago"),
        (lambda: check_training("child", date(218, 1, 1), None, TODAY), "fifty years ago"),
        (lambda: check_training("cooking", TODAY, None, TODAY), "Choose what"),
        (lambda: check_training("child", TODAY + DAY, None, TODAY), "once it is done"),
        (lambda: check_training("child", TODAY, TODAY, TODAY), "expires after"),
        (lambda: check_training("child", TODAY, date(2108, 1, 1), TODAY), "ten years"),
        (lambda: check_induction(TODAY, TODAY - DAY, TODAY, themselves=False), "before the first"),
        (lambda: check_induction(TODAY, TODAY + LONGEST_INDUCTION + DAY, TODAY, themselves=False), "a year at most"),
        (lambda: check_induction(TODAY, TODAY, TODAY, themselves=True), "supports themselves"),
        (lambda: check_why("  "), "Say why"),
        (lambda: check_why("x" * 501), "500"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(act, words):
    with pytest.raises(RuleBroken, match=words):
        act()


def test_what_can_be_is_not():
    check_contract(Decimal(60), TODAY, TODAY, TODAY)
    check_training("motivation", TODAY, TODAY + DAY, TODAY)
    check_induction(TODAY, TODAY + LONGEST_INDUCTION, TODAY, themselves=False)

    assert check_why(" Months 7 to 12 of the course. ") == "Months 7 to 12 of the course."


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        (None, "stays"),
        (TODAY, "expired"),
        (TODAY + DAY, "soon"),
        (TODAY + 56 * DAY, "soon"),
        (TODAY + 57 * DAY, "counts"),
    ],
)
def test_an_expiry_is_said_eight_weeks_before(expires, found):
    assert expiry(expires, TODAY) == found
