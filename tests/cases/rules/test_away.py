"""Weeks and months in which somebody could not be seen ask for no contact. Source: product rules, GRID; contract AK."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import ContactLevel, Order
from cases.rules.away import Away, wholly_away
from cases.rules.contact_figures import (
    NotCounted,
    Supervised,
    Window,
    due_days,
    figures,
    month_owed,
)
from cases.rules.curfew_only import CurfewOnly, curfew_only

MON = date(2018, 1, 1)  # a Monday, and the first of a month
DAY = timedelta(days=1)
WINDOW = Window(MON, date(2018, 3, 31))
offsets = st.integers(0, 40)


@given(st.lists(st.tuples(offsets, st.one_of(st.none(), offsets)), max_size=4), offsets, offsets)
def test_it_is_wholly_away_exactly_when_each_day_of_it_is(stays, start, length):
    away = [Away(MON + one * DAY, None if n is None else MON + (one + n) * DAY) for one, n in stays]
    days = [MON + n * DAY for n in range(start, start + length + 1)]

    by_day = all(any(one.first <= day and (one.last is None or day <= one.last) for one in away) for day in days)  # fmt: skip

    assert wholly_away(away, days[0], days[-1]) == by_day


def test_a_week_wholly_away_asks_for_none_and_one_begun_at_liberty_asks_for_its_own():
    hospital = (
        Away(MON + 9 * DAY, MON + 27 * DAY),
    )  # from the Wednesday of the second week to the fourth Sunday

    whole = due_days(ContactLevel.WEEKLY, MON, WINDOW)
    left = due_days(ContactLevel.WEEKLY, MON, WINDOW, hospital)

    assert sorted(set(whole) - set(left)) == [MON + 20 * DAY, MON + 27 * DAY]


def test_a_month_wholly_away_owes_nothing_and_the_next_does():
    away = (Away(date(2018, 1, 20), date(2018, 3, 5)),)

    due = due_days(ContactLevel.MONTHLY, MON, WINDOW, away)

    assert due == [date(2018, 1, 31), date(2018, 3, 31)]


def test_the_floor_is_not_owed_while_they_have_been_away_since_before_the_month():
    known = {"began_on": date(2017, 12, 1), "level": ContactLevel.MONTHLY}
    today = date(2018, 2, 26)

    assert month_owed(Supervised(**known), [], today, 5) == date(2018, 2, 28)
    since_january = (Away(date(2018, 1, 20)),)
    assert month_owed(Supervised(**known, away=since_january), [], today, 5) is None
    since_this_month = (Away(date(2018, 2, 2)),)
    assert month_owed(Supervised(**known, away=since_this_month), [], today, 5)


def test_figures_leave_out_what_could_not_be_asked_for():
    away = (Away(MON, date(2018, 3, 31)),)

    found = figures(
        Supervised(MON, ContactLevel.WEEKLY, ContactLevel.MONTHLY, away=away), [], WINDOW
    )

    assert (found.standard, found.planned) == (0, 0)


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        ([], CurfewOnly.NO),
        ([(Order.COMMUNITY, {"M"})], CurfewOnly.YES),
        ([(Order.SUSPENDED, {"M", "RM49"})], CurfewOnly.YES),
        ([(Order.COMMUNITY, {"M", "F"})], CurfewOnly.NO),
        ([(Order.COMMUNITY, {"W"})], CurfewOnly.NO),
        ([(Order.COMMUNITY, set())], CurfewOnly.CANNOT_TELL),
        ([(Order.COMMUNITY, {"RM49"})], CurfewOnly.CANNOT_TELL),
        ([(Order.COMMUNITY, {"M"}), (Order.COMMUNITY, set())], CurfewOnly.CANNOT_TELL),
        ([(Order.COMMUNITY, {"M"}), (Order.COMMUNITY, {"F"})], CurfewOnly.NO),
        ([(Order.CUSTODY, {"M"})], CurfewOnly.NO),
    ],
)
def test_a_curfew_alone_is_known_by_its_requirements_or_not_known(sentences, found):
    assert curfew_only((order, frozenset(codes)) for order, codes in sentences) == found


def test_of_a_curfew_alone_no_contact_is_counted():
    assert Supervised(MON, ContactLevel.WEEKLY, curfew_alone=True).not_counted == NotCounted.CURFEW
