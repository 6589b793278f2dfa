"""Contact delivered, planned and standard, held against a simulation that walks from day to day."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reference.codes import CONTACT_ORDER, ContactLevel
from cases.rules.contact_figures import (
    COUNTS,
    PEOPLE,
    Line,
    NotCounted,
    Supervised,
    Window,
    among,
    due_days,
    figures,
    month_met,
    month_owed,
    summed,
    window_of,
)

TODAY = date(2018, 10, 1)
WINDOW = window_of(TODAY, 12)
DAY = timedelta(days=1)
DATES = st.dates(date(2018, 1, 1), date(2020, 12, 31))  # 2020 has a leap day
MOMENTS = st.integers(0, 105 * 24 * 60).map(
    lambda minutes: datetime(2018, 6, 25, tzinfo=UTC) + timedelta(minutes=minutes)
)
LINES = st.lists(
    st.builds(
        Line,
        at=MOMENTS,
        attended=st.sampled_from([True, True, False, None]),
        appointment=st.booleans(),
        stands=st.booleans(),
        face_to_face=st.booleans(),
        telephone=st.booleans(),
        home_visit=st.booleans(),
    ),
    max_size=50,
)
LEVELS = st.sampled_from(list(ContactLevel))
PEOPLE_SEEN = st.builds(
    Supervised,
    began_on=st.dates(date(2017, 10, 1), date(2018, 10, 10)),
    level=LEVELS,
    planned=st.one_of(st.just(""), LEVELS),
)


# The simulation: whoever reads it should find no arithmetic of dates that the rule shares


def walked(level, began_on, first, last):
    """How many contacts fall due from the first day to the last, by walking every day since the beginning."""
    due, in_period, lived, month_whole = 0, 0, 0, began_on.day == 1
    day = began_on
    while day <= last:
        lived += 1
        in_period += 1
        tomorrow = day + DAY
        owed = 0
        if level == "monthly":
            if tomorrow.month != day.month:
                owed = 1 if month_whole else 0
                month_whole = True
        else:
            fortnights = level == "fortnightly" or (level == "eased" and lived > 84)
            if in_period == (14 if fortnights else 7):
                in_period = 0
                owed = 2 if level == "front_loaded" and lived <= 60 else 1
        if day >= first:
            due += owed
        day = tomorrow
    return due


def day_by_day(who, lines, window):
    """Every figure by looking at one day after another."""
    found = dict.fromkeys(COUNTS, 0)
    found["standard"] = walked(who.level, who.began_on, window.first, window.last)
    found["planned"] = (
        walked(who.planned, who.began_on, window.first, window.last) if who.planned else None
    )
    day = window.first
    while day <= window.last:
        # British summer time held throughout these weeks: an hour ahead of UTC
        todays = [one for one in lines if (one.at + timedelta(hours=1)).date() == day]
        if day >= who.began_on:
            look_at(todays, found)
        day += DAY
    return found


def look_at(todays, found):
    seen = any(one.face_to_face and one.attended for one in todays)
    offered = [one for one in todays if one.face_to_face and one.appointment and one.stands]
    came = any(one.attended for one in offered)
    if seen:
        found["delivered"] += 1
        found["kept" if came else "unplanned"] += 1
    if offered:
        found["offered"] += 1
        if not came:
            silent = any(one.attended is None for one in offered)
            found["unsaid" if silent else "missed"] += 1
    if any(one.telephone and one.attended for one in todays):
        found["telephone"] += 1
    if any(one.home_visit and one.attended for one in todays):
        found["home_visits"] += 1


@settings(max_examples=600)
@given(PEOPLE_SEEN, LINES)
def test_every_figure_is_what_a_walk_from_day_to_day_finds(who, lines):
    found = figures(who, lines, WINDOW)

    assert {name: getattr(found, name) for name in COUNTS} == day_by_day(who, lines, WINDOW)


@settings(max_examples=400)
@given(LEVELS, DATES, DATES, st.integers(1, 30))
def test_what_a_level_asks_for_is_what_a_walk_finds_in_any_window(level, began_on, today, weeks):
    window = window_of(today, weeks)

    due = due_days(level, began_on, window)

    assert len(due) == walked(str(level), began_on, window.first, window.last)
    assert due == sorted(due)
    assert all(window.first <= on <= window.last and on >= began_on for on in due)


@given(LEVELS, DATES, st.integers(0, 40), st.integers(1, 40))
def test_windows_side_by_side_ask_for_as_much_as_one_over_both(level, began_on, one, two):
    whole = Window(began_on, began_on + (one + two) * DAY)
    left = Window(whole.first, whole.first + one * DAY)
    right = Window(left.last + DAY, whole.last)

    assert due_days(level, began_on, left) + due_days(level, began_on, right) == due_days(
        level, began_on, whole
    )


@given(LEVELS, LEVELS, DATES, DATES)
def test_a_higher_level_never_asks_for_less(one, other, began_on, today):
    low, high = sorted((one, other), key=CONTACT_ORDER.get)
    window = window_of(today, 12)

    assert len(due_days(low, began_on, window)) <= len(due_days(high, began_on, window))


@given(LEVELS, DATES, DATES)
def test_no_level_asks_for_less_than_one_a_calendar_month_that_was_supervised_whole(
    level, began_on, month
):
    first = month.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if began_on <= first:
        assert due_days(level, began_on, Window(first, last))


@given(PEOPLE_SEEN, LINES)
def test_offered_is_kept_missed_or_unsaid_and_delivered_is_kept_or_unplanned(who, lines):
    found = figures(who, lines, WINDOW)

    assert found.offered == found.kept + found.missed + found.unsaid
    assert found.delivered == found.kept + found.unplanned


@given(PEOPLE_SEEN, LINES, st.randoms())
def test_the_order_of_the_log_is_nothing_to_the_figures(who, lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert figures(who, shuffled, WINDOW) == figures(who, lines, WINDOW)


@pytest.mark.parametrize(
    ("level", "asks"),
    [("monthly", 3), ("fortnightly", 6), ("eased", 6), ("weekly", 12), ("front_loaded", 12)],
)
def test_over_twelve_weeks_of_a_long_order_each_level_asks_for_so_many(level, asks):
    who = Supervised(began_on=date(2018, 1, 1), level=level)

    assert figures(who, [], WINDOW).standard == asks


@pytest.mark.parametrize(
    ("level", "days", "asks"),
    [
        ("weekly", 6, 0),  # a part of a week asks for nothing
        ("weekly", 7, 1),
        ("fortnightly", 13, 0),
        ("fortnightly", 14, 1),
        ("front_loaded", 7, 2),
        ("front_loaded", 56, 16),
        ("front_loaded", 63, 17),  # the ninth week ends after the first 60 days
        ("eased", 84, 12),
        ("monthly", 30, 1),  # September, from its first day
        ("monthly", 29, 0),
    ],
)
def test_contact_is_asked_for_from_the_day_supervision_began(level, days, asks):
    who = Supervised(began_on=TODAY - days * DAY, level=level)

    assert figures(who, [], WINDOW).standard == asks


def test_weekly_for_twelve_weeks_then_fortnightly_eases_on_its_own_day():
    began = date(2018, 1, 1)

    due = due_days(ContactLevel.WEEKLY_THEN_FORTNIGHTLY, began, Window(began, date(2018, 5, 6)))

    assert len(due) == 12 + 3
    assert due[11:] == [began + n * DAY for n in (83, 97, 111, 125)]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"held": True}, NotCounted.CUSTODY),
        ({"unpaid_work_alone": True}, NotCounted.UNPAID_WORK),
        ({"level": ""}, NotCounted.NO_LEVEL),
        ({"began_on": None}, NotCounted.NO_START),
        ({}, None),
    ],
)
def test_whoever_is_not_counted_has_no_figures_and_a_reason(facts, why):
    who = replace(Supervised(began_on=date(2018, 1, 1), level="weekly"), **facts)

    assert who.not_counted == why
    assert (figures(who, [], WINDOW) is None) is (why is not None)


def seen(day, **columns):
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Line(**{"at": moment, "attended": True} | columns)


def test_yesterday_counts_and_today_does_not_yet():
    who = Supervised(began_on=date(2018, 1, 1), level="weekly")

    found = figures(who, [seen(TODAY - DAY), seen(TODAY), seen(WINDOW.first - DAY)], WINDOW)

    assert found.delivered == 1


def test_offered_but_not_kept_is_told_apart_from_not_offered():
    who = Supervised(began_on=date(2018, 1, 1), level="weekly")
    missed = figures(who, [seen(TODAY - DAY, attended=False)], WINDOW)
    called_off = figures(who, [seen(TODAY - DAY, attended=None, stands=False)], WINDOW)

    assert (missed.offered, missed.missed, missed.delivered) == (1, 1, 0)
    assert (called_off.offered, called_off.missed) == (0, 0)
    assert among(who, missed) == {"no_plan", "short"}
    assert among(who, called_off) == {"no_plan", "short", "not_offered"}


@pytest.mark.parametrize(
    ("level", "planned", "below"),
    [("weekly", "monthly", True), ("weekly", "weekly", False), ("monthly", "weekly", False), ("weekly", "", False)],
)  # fmt: skip
def test_a_plan_is_below_the_standard_when_it_has_them_seen_less_often(level, planned, below):
    assert Supervised(date(2018, 1, 1), level=level, planned=planned).below is below


@given(st.lists(st.tuples(PEOPLE_SEEN, LINES), max_size=6))
def test_sums_are_of_those_who_are_counted(people):
    known = [(who, figures(who, lines, WINDOW)) for who, lines in people]
    left_out = (Supervised(date(2018, 1, 1), held=True), None)

    found = summed([*known, left_out])

    assert found.people == len(people)
    for name in COUNTS:
        assert getattr(found, name) == sum(getattr(one, name) or 0 for _, one in known)
    assert found.standard_with_plan == sum(one.standard for who, one in known if who.planned)
    for name in PEOPLE:
        assert getattr(found, name) == sum(name in among(who, one) for who, one in known)


# The floor of a calendar month


MONTHS = [(2018, 2, 28), (2020, 2, 29), (2018, 4, 30), (2018, 12, 31)]


def who_began(day, **facts):
    return Supervised(began_on=day, level="monthly", **facts)


@pytest.mark.parametrize(("year", "month", "last"), MONTHS)
def test_an_appointment_is_owed_from_ten_days_before_the_month_ends_by_its_last_day(
    year, month, last
):
    who, end = who_began(date(2017, 1, 1)), date(year, month, last)

    assert month_owed(who, [], end - 11 * DAY, 10) is None
    assert month_owed(who, [], end - 10 * DAY, 10) == end
    assert month_owed(who, [], end, 10) == end
    assert month_owed(who, [], end + DAY, 10) is None


@pytest.mark.parametrize(
    ("facts", "offered", "owed"),
    [
        ({}, [], True),
        ({}, [date(2018, 10, 1)], False),
        ({}, [date(2018, 10, 31)], False),  # booked and still to come
        ({}, [date(2018, 9, 30), date(2018, 11, 1)], True),
        ({"began_on": date(2018, 10, 1)}, [], True),
        ({"began_on": date(2018, 10, 2)}, [], False),  # not supervised for all of it
        ({"began_on": None}, [], False),
        ({"held": True}, [], False),
        ({"unpaid_work_alone": True}, [], False),
        ({"ends_on": date(2018, 10, 31)}, [], True),
        ({"ends_on": date(2018, 10, 30)}, [], False),
    ],
)
def test_a_month_owes_an_appointment_to_whoever_is_supervised_for_all_of_it(facts, offered, owed):
    who = replace(who_began(date(2018, 1, 1)), **facts)

    assert (month_owed(who, offered, date(2018, 10, 25), 10) is not None) is owed


@given(DATES, DATES)
def test_what_is_owed_of_a_month_falls_due_on_its_last_day_and_no_sooner_than_today(
    began_on, today
):
    owed = month_owed(who_began(began_on), [], today, 10)

    if owed is not None:
        assert owed >= today
        assert (owed + DAY).day == 1
        assert began_on <= owed.replace(day=1)


@pytest.mark.parametrize(
    ("offered", "met"),
    [
        ([date(2018, 10, 1)], True),
        ([date(2018, 11, 20)], True),  # late
        ([date(2018, 9, 30)], False),
        ([], False),
    ],
)
def test_what_was_owed_is_done_by_an_offer_in_its_month_or_late(offered, met):
    assert month_met(date(2018, 10, 21), offered) is met
