from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS, Unit
from cases.rules.deadlines import days_late, due_on, is_overdue, rank, redated, rungs, told
from staff.permissions import Role
from tests.cases.rules.test_calendar import FIRST, OPEN

days = st.dates(FIRST, date(2030, 11, 1))
kinds = st.sampled_from(sorted(KINDS))
PROCLAIMED = frozenset([date(2026, 6, 15)])


@given(kinds, days, st.none() | st.integers(1, 20))
def test_a_due_date_agrees_with_the_calendar(kind, triggered_on, length):
    lengths = {} if length is None else {kind: length}

    due = due_on(kind, triggered_on, lengths)

    days = length or KINDS[kind].days
    if KINDS[kind].unit is Unit.DAYS:
        assert due == triggered_on + timedelta(days=days)
    else:
        assert due == [day for day in OPEN if day > triggered_on][days - 1]


@pytest.mark.parametrize(
    "kind, due",
    [
        ("name_officer", date(2018, 12, 24)),
        ("send_check", date(2018, 12, 27)),
        ("chase_check", date(2019, 1, 2)),
        ("first_ten_days", date(2019, 1, 9)),
    ],
)
def test_work_triggered_before_christmas_is_due_after_it(kind, due):
    assert due_on(kind, date(2018, 12, 21)) == due


def test_nothing_is_overdue_on_the_day_it_is_due():
    due = date(2018, 10, 3)

    assert not is_overdue(due, due)
    assert is_overdue(due, due + timedelta(days=1))


def test_lateness_is_counted_in_working_days():
    friday = date(2018, 10, 5)

    assert [days_late(friday, friday + timedelta(days=n)) for n in range(-1, 5)] == [
        0, 0, 0, 0, 1, 2
    ]  # fmt: skip


def test_the_senior_is_told_once_it_is_late_and_the_head_two_working_days_later():
    due = date(2018, 10, 4)  # a Thursday

    heard = [told("name_officer", due, due + timedelta(days=n)) for n in range(1, 6)]

    assert heard == [Role.SPO, Role.SPO, Role.SPO, Role.HEAD, Role.HEAD]


def test_a_kind_without_a_ladder_is_told_to_its_owner_however_late():
    assert told("chase_check", date(2018, 1, 2), date(2018, 12, 31)) == Role.HUB


@given(kinds, days, st.integers(1, 60))
def test_a_flag_never_comes_down_the_ladder_as_time_passes(kind, due, later):
    today = due + timedelta(days=later)

    assert rank(told(kind, due, today)) >= rank(told(kind, due, today - timedelta(days=1)))


@given(kinds, days, st.integers(1, 60))
def test_a_rung_is_reached_exactly_when_its_working_days_have_passed(kind, due, later):
    today = due + timedelta(days=later)

    by_count = [
        role for days, role in KINDS[kind].ladder if days_late(due, today) >= days
    ] or [KINDS[kind].owner]  # fmt: skip

    assert told(kind, due, today) == by_count[-1]


@given(kinds, days)
def test_rungs_rise(kind, today):
    latest = [day for _, day in rungs(kind, today)]

    assert latest == sorted(latest, reverse=True)


def test_a_new_bank_holiday_moves_what_falls_due_after_it_by_a_working_day():
    due = due_on("send_check", date(2026, 6, 12))

    moved = redated("send_check", date(2026, 6, 12), due, frozenset(), PROCLAIMED)

    assert (due, moved) == (date(2026, 6, 16), date(2026, 6, 17))
    assert redated("send_check", date(2026, 6, 12), moved, PROCLAIMED, frozenset()) == due


@given(days, st.integers(1, 20))
def test_a_new_bank_holiday_moves_nothing_due_before_it(triggered_on, length):
    due = due_on("send_check", triggered_on, {"send_check": length})

    moved = redated("send_check", triggered_on, due, frozenset(), PROCLAIMED)

    assert moved == due or triggered_on < date(2026, 6, 15) <= due
