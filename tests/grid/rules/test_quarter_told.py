"""What a timetable comes to for those who wait, by figures worked by hand."""

from datetime import date
from fractions import Fraction

from grid.rules.quarter_facts import Answer, Group, Status
from grid.rules.quarter_told import figures_of
from tests.grid.rules.a_quarter import SERIES, quarter, waits


def test_who_starts_how_long_they_wait_and_who_finishes():
    people = (
        waits(1, since=date(2018, 9, 24)),  # a week
        waits(2, since=date(2018, 9, 17), ends_on=date(2018, 10, 7)),  # two; ends a day too soon
        waits(3, since=date(2018, 9, 10), court_ordered=True),  # three
        waits(4, since=date(2018, 10, 1)),  # the three weeks of the quarter
    )

    figures = figures_of(quarter(*people), [Group(SERIES, (1, 2, 3))])

    assert (figures.waiting, figures.series, figures.started) == (4, 1, 3)
    assert (figures.in_time, figures.court_in_time) == (2, 1)
    assert figures.weeks_waited == Fraction(1 + 2 + 3 + 3, 4)
    assert figures_of(quarter(), []).weeks_waited == 0


def test_the_gap_is_a_share_of_the_bound():
    assert Answer(Status.GOOD, (), 150, 200, (), ()).gap == Fraction(1, 4)
