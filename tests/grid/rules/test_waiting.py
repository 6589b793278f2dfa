"""Who goes before whom on a waiting list, why, and what each may expect."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.reference.codes import Rosh
from grid.rules.coming import Seeker, Suited
from grid.rules.company import Company
from grid.rules.free_slots import Week
from grid.rules.intervention_policy import Dose
from grid.rules.waiting import (
    Prospect,
    Waiting,
    can_finish,
    forecast,
    in_order,
    is_pressing,
    last_start,
    needs_another_way,
    why_there,
)
from tests.grid.a_group import ALWAYS, MONDAY, OXFORD, POLICY, group
from tests.grid.a_series import ends

# Twelve sessions, two a week: six weeks, so that the last week begins five weeks after the first day
DOSE = Dose(sessions=12, minutes=120, a_week=2)
FAR_OFF = date(2019, 9, 30)
SINCE = date(2018, 9, 1)
EARLIEST = date(2018, 10, 8)


def somebody(
    case, until=FAR_OFF, since=SINCE, ordered=False, likelihood=None, harm=None, **changes
):
    using = changes.pop("using", "")
    who = Seeker(**{"case": case, "week": ALWAYS, "minutes": {OXFORD: 20}} | changes)
    what = Suited("stepping_stones", ends(until), ordered=ordered)
    percent = None if likelihood is None else Decimal(likelihood)
    return Waiting(who, what, since, percent, harm, using)


def order(*waiting):
    found = in_order(waiting, DOSE, POLICY, MONDAY)
    assert found == in_order(reversed(waiting), DOSE, POLICY, MONDAY)
    return [one.seeker.case for one in found]


def expect(*waiting, planned):
    return forecast(waiting, planned, DOSE, POLICY, MONDAY)


def weeks(number, days=0):
    """The day so many weeks after today."""
    return MONDAY + timedelta(weeks=number, days=days)


# Time left


@pytest.mark.parametrize(
    ("sessions", "a_week", "later"),
    [(12, 2, 5), (11, 2, 5), (10, 2, 4), (6, 1, 5), (1, 1, 0), (2, 2, 0)],
)
def test_the_last_day_on_which_it_can_begin_is_by_its_dose(sessions, a_week, later):
    dose = Dose(sessions, 120, a_week)

    assert last_start(somebody(1, until=weeks(20)), dose) == weeks(20 - later)
    assert last_start(somebody(1, until=None), dose) is None


@pytest.mark.parametrize(
    ("until", "can", "pressing"),
    [
        (None, True, False),
        (EARLIEST + timedelta(weeks=5, days=-1), False, False),  # begins no sooner than in a week
        (EARLIEST + timedelta(weeks=5), True, True),
        (weeks(4 + 5), True, True),  # must begin in four weeks
        (weeks(4 + 5, days=1), True, False),
    ],
)
def test_time_presses_to_the_day(until, can, pressing):
    one = somebody(1, until=until)

    assert can_finish(one, DOSE, POLICY, MONDAY) is can
    assert is_pressing(one, DOSE, POLICY, MONDAY) is pressing


# The order


def test_the_list_is_in_the_order_of_the_policy():
    assert order(
        somebody(10, until=weeks(2)),  # cannot finish
        somebody(9),  # OGRS3 not known
        somebody(8, likelihood=49, since=SINCE + timedelta(days=1)),
        somebody(7, likelihood=50),
        somebody(6, likelihood=74, harm=Rosh.MEDIUM),
        somebody(5, likelihood=75),
        somebody(4, likelihood=90),
        somebody(3, until=weeks(9)),  # pressing
        somebody(2, until=weeks(8)),  # pressing more
        somebody(1, until=weeks(2), ordered=True),  # cannot finish, and a court ordered it
        somebody(0, ordered=True),
    ) == [0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"ordered": True}, {"until": weeks(8), "likelihood": 99}),
        ({}, {"until": weeks(5), "likelihood": 99}),  # the second cannot finish
        ({"until": weeks(9)}, {"until": weeks(9, days=1), "likelihood": 99}),  # presses to the day
        ({"until": weeks(8, days=6)}, {"until": weeks(9), "likelihood": 99}),
        ({"until": weeks(30), "likelihood": 50}, {"until": weeks(12), "likelihood": 49}),
        ({"until": None, "likelihood": 75}, {"likelihood": 74}),
        ({"likelihood": 90}, {"likelihood": 89, "harm": Rosh.MEDIUM}),
        ({"likelihood": 50, "harm": Rosh.MEDIUM}, {"likelihood": 74, "harm": Rosh.LOW}),
        ({"harm": Rosh.MEDIUM}, {"since": SINCE - timedelta(days=300)}),
        ({"since": SINCE - timedelta(days=1)}, {"likelihood": 49, "harm": Rosh.LOW}),
        ({}, {}),  # the same in everything: by the number of the case, so that it stays
    ],
)
def test_what_comes_first_outweighs_all_that_comes_after(first, second):
    """The second has by far waited longer where nothing else is said."""
    waited = {"since": date(2017, 1, 1)} if "since" not in first and second else {}

    assert order(somebody(1, **first), somebody(2, **waited | second)) == [1, 2]


def test_using_something_else_meanwhile_moves_nobody():
    list_of = [somebody(case, since=SINCE + timedelta(days=case)) for case in range(5)]
    using = [replace(one, using="Work and learning, one to one") if one.seeker.case == 2 else one for one in list_of]  # fmt: skip

    assert order(*using) == order(*list_of) == [0, 1, 2, 3, 4]
    places = [(one.position, one.series.pk) for one in expect(*using, planned=[group(places=5)])]
    assert places == [(place, 1) for place in range(1, 6)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("OGRS3 is not known, so they stand among the lowest.",)),
        ({"ordered": True, "likelihood": 62}, ("A court ordered it.", "OGRS3 is 62%.")),
        (
            {"until": weeks(8), "likelihood": 62, "harm": Rosh.MEDIUM},
            (
                "They must begin by 22 October 2018 to finish in time.",
                "OGRS3 is 62%.",
                "Medium risk of serious harm.",
            ),
        ),
        (
            {"until": weeks(5), "likelihood": 5},
            ("To finish in time they would have had to begin by 1 October 2018.", "OGRS3 is 5%."),
        ),
    ],
)
def test_why_they_stand_where_they_do_is_said(changes, said):
    waited = "They have waited since 1 September 2018."

    assert why_there(somebody(1, **changes), DOSE, POLICY, MONDAY) == (*said, waited)


def test_a_place_that_is_kept_is_said():
    said = why_there(somebody(1, using="one to one on Thursdays"), DOSE, POLICY, MONDAY)

    assert said[-1] == "Meanwhile: one to one on Thursdays. Their place is kept."


# The forecast


def test_the_first_series_goes_to_who_is_first_and_the_next_to_the_rest():
    """Two places on 16 October and two on 6 November, among five."""
    found = expect(
        *(somebody(case, since=SINCE + timedelta(days=case)) for case in range(1, 6)),
        planned=[group(pk=2, first=date(2018, 11, 6), places=2), group(pk=1, places=2)],
    )

    assert [(one.waiting.seeker.case, one.position, one.ahead) for one in found] == [
        (1, 1, 0),
        (2, 2, 1),
        (3, 3, 0),
        (4, 4, 1),
        (5, 5, 0),
    ]
    assert [one.series and one.series.pk for one in found] == [1, 1, 2, 2, None]
    assert [one.starts_on for one in found] == [date(2018, 10, 16)] * 2 + [date(2018, 11, 6)] * 2 + [None]  # fmt: skip
    assert found[0].finishes_on == date(2019, 1, 1)
    assert [one.prospect for one in found] == [Prospect.IN_TIME] * 4 + [Prospect.NO_PLACE]
    assert found[4].ends_on == FAR_OFF


def test_who_cannot_come_then_leaves_the_place_to_the_next():
    busy = somebody(1, week=Week(()))

    first, second = expect(busy, somebody(2), planned=[group(places=1)])

    assert (first.prospect, first.series) == (Prospect.NONE_FITS, None)
    assert (second.prospect, second.series.pk, second.ahead) == (Prospect.IN_TIME, 1, 0)


@pytest.mark.parametrize(
    ("until", "prospect"),
    [
        (date(2019, 1, 1), Prospect.IN_TIME),
        (date(2018, 12, 31), Prospect.NOT_IN_TIME),
        (None, Prospect.END_NOT_KNOWN),
    ],
)
def test_the_finish_is_held_against_the_last_day(until, prospect):
    (found,) = expect(somebody(1, until=until), planned=[group()])

    assert (found.prospect, found.starts_on, found.finishes_on) == (
        prospect,
        date(2018, 10, 16),
        date(2019, 1, 1),
    )


def test_nobody_takes_a_place_in_what_they_could_not_finish():
    late, other = expect(
        somebody(1, until=date(2018, 12, 31), ordered=True), somebody(2), planned=[group(places=1)]
    )

    assert (late.waiting.seeker.case, late.prospect) == (1, Prospect.NOT_IN_TIME)
    assert (other.prospect, other.ahead) == (Prospect.IN_TIME, 0)


def test_a_place_that_would_come_too_late_and_is_gone_besides_is_no_place():
    late = somebody(2, until=date(2018, 12, 31))

    _, found = expect(somebody(1, ordered=True), late, planned=[group(places=1)])

    assert (found.prospect, found.series) == (Prospect.NO_PLACE, None)


def test_a_series_that_goes_on_too_long_is_said_though_one_in_time_is_full():
    short = group(pk=1, number=3, places=0)
    until = date(2018, 12, 31)

    assert expect(somebody(1, until=until), planned=[short])[0].prospect is Prospect.NO_PLACE
    (found,) = expect(somebody(1, until=until), planned=[short, group(pk=2)])
    assert (found.prospect, found.series.pk) == (Prospect.NOT_IN_TIME, 2)


@pytest.mark.parametrize("first", [EARLIEST - timedelta(days=1), None])
def test_a_series_that_nobody_can_join_any_more_is_none_planned(first):
    planned = [group(first=first)] if first else []

    (found,) = expect(somebody(1), planned=planned)

    assert (found.prospect, found.series, found.starts_on) == (Prospect.NONE_PLANNED, None, None)


def test_a_series_that_runs_already_begins_for_them_with_the_next_session():
    running = group(pk=1, first=weeks(-2), entries=frozenset({1, 2, 3, 4, 5}))
    later = group(pk=2, first=date(2018, 10, 9))

    (found,) = expect(somebody(1), planned=[later, running])

    assert (found.series.pk, found.starts_on) == (1, date(2018, 10, 8))


@pytest.mark.parametrize(
    ("rolling", "until", "prospect", "finishes_on"),
    [
        (False, FAR_OFF, Prospect.IN_TIME, date(2018, 12, 3)),
        (True, FAR_OFF, Prospect.FINISH_NOT_KNOWN, None),
        (True, None, Prospect.END_NOT_KNOWN, None),
        (True, date(2018, 12, 2), Prospect.NOT_IN_TIME, None),  # not even its own last session
    ],
)
def test_who_begins_late_in_what_is_rolling_is_not_said_to_finish_in_time(
    rolling, until, prospect, finishes_on
):
    """Twelve Mondays from 17 September: they begin with the fourth, on 8 October."""
    running = group(first=weeks(-2), rolling=rolling, entries=frozenset({1, 4}))

    (found,) = expect(somebody(1, until=until), planned=[running])

    assert (found.prospect, found.starts_on, found.finishes_on) == (
        prospect,
        date(2018, 10, 8),
        finishes_on,
    )


def test_a_place_that_begins_late_is_a_place_and_goes_to_nobody_else():
    running = group(first=weeks(-2), rolling=True, entries=frozenset({1, 4}), places=1)

    first, second = expect(
        somebody(1), somebody(2, since=SINCE + timedelta(days=1)), planned=[running]
    )

    assert first.prospect is Prospect.FINISH_NOT_KNOWN
    assert second.prospect is Prospect.NO_PLACE
    assert not needs_another_way(first, POLICY, MONDAY)


def test_who_begins_a_rolling_series_with_its_first_session_finishes_with_its_last():
    (found,) = expect(somebody(1), planned=[group(rolling=True, entries=frozenset({1, 4}))])

    assert (found.prospect, found.finishes_on) == (Prospect.IN_TIME, date(2019, 1, 1))


def test_two_who_are_kept_apart_are_not_expected_in_one_series():
    first = somebody(1, company=Company(apart=frozenset({2})))
    second = somebody(2, company=Company(apart=frozenset({1})), since=SINCE + timedelta(days=1))
    planned = [group(pk=1), group(pk=2, first=date(2018, 11, 6))]

    assert [one.series.pk for one in expect(first, second, planned=planned)] == [1, 2]
    assert expect(first, second, planned=planned[:1])[1].prospect is Prospect.NONE_FITS


# Who is offered something else


@pytest.mark.parametrize(
    ("changes", "first", "needs"),
    [
        ({}, date(2018, 11, 12), False),  # six weeks from today
        ({}, date(2018, 11, 13), True),
        ({"until": None}, date(2018, 11, 12), False),
        ({"until": date(2018, 12, 31)}, date(2018, 10, 16), True),
        ({"week": None}, date(2018, 10, 16), True),
    ],
)
def test_something_else_is_offered_where_no_place_comes_soon(changes, first, needs):
    (found,) = expect(somebody(1, **changes), planned=[group(first=first)])

    assert needs_another_way(found, POLICY, MONDAY) is needs


def test_something_else_is_offered_where_nothing_is_planned_or_every_place_goes():
    assert needs_another_way(expect(somebody(1), planned=[])[0], POLICY, MONDAY)
    assert needs_another_way(expect(somebody(1), planned=[group(places=0)])[0], POLICY, MONDAY)
