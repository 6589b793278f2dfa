"""What courts are told: never of fewer than five people, nor what would let them be worked out."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpaidwork.rules.benefit import (
    FEWER,
    FEWEST,
    WITHHELD,
    Done,
    Worked,
    benefit_sheet,
    period_of,
    told,
)

TODAY = date(2018, 10, 2)
NUMBERS = range(12)  # of people: below, at and above the fewest that are told


def sheet(*dones, whole=None, courses=0):
    rows = [Worked(f"Site {n}", "A group", "x", "", "", done) for n, done in enumerate(dones)]
    return benefit_sheet(rows, whole or Done(0, 0, 0), courses, [], "Thames Valley CRC", TODAY)


def test_no_number_from_one_to_four_is_ever_told():
    for people, finished in product(NUMBERS, NUMBERS):
        done = Done(people, people * 420, finished)

        made = sheet(done, whole=done, courses=finished)

        [row] = made.rows
        of_people = {row.people, row.finished}
        of_people |= {number for number, what in made.headlines if what != "hours worked"}
        assert not {str(number) for number in range(1, FEWEST)} & of_people


def test_the_hours_of_a_few_people_are_not_told():
    for people in NUMBERS:
        [row] = sheet(Done(people, people * 420, 0)).rows

        assert (row.hours == WITHHELD) == (0 < people < FEWEST)


@given(st.integers(FEWEST, 10_000), st.integers(0, 4))
def test_one_project_left_out_cannot_be_worked_out_from_the_total(people, few):
    """The total of one more or four more reads the same, for at least one number of the others."""
    base = people // FEWEST * FEWEST

    assert told(base, rounded=FEWEST) == told(base + few, rounded=FEWEST)


def test_nobody_is_said_as_nought_and_a_few_as_fewer_than_five():
    assert (told(0), told(1), told(4), told(5)) == ("0", FEWER, FEWER, "5")


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2018, 10, 2), date(2017, 10, 1), date(2018, 9, 30)),
        (date(2018, 1, 31), date(2017, 1, 1), date(2017, 12, 31)),
        (date(2020, 3, 1), date(2019, 3, 1), date(2020, 2, 29)),
    ],
)
def test_it_is_of_twelve_whole_months(today, first, last):
    assert period_of(today) == (first, last)
