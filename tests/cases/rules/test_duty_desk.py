"""The rules of the desk: fares exact to the penny, duty shared out evenly, and how a walk-in may end."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.duty import CameFor, WalkInState
from cases.rules.calendar import is_working_day
from cases.rules.fares import check_fare, pence_of, say_pence
from cases.rules.rota import Officer, days_of_rota, share_out
from cases.rules.walk_ins import MAY_BECOME, check_may_become, say_waited, worries
from staff.errors import RuleBroken

MONDAY = date(2018, 10, 1)
OFFICERS = [
    Officer(key, name) for key, name in enumerate(("Ash", "Birch", "Cole", "Dunn"), start=1)
]


@given(st.integers(min_value=1, max_value=99_999_99))
def test_an_amount_is_read_as_it_is_said_to_the_penny(pence):
    assert pence_of(say_pence(pence)) == pence


@pytest.mark.parametrize(
    ("typed", "pence"), [("4.80", 480), ("£4.8", 480), (" 4 ", 400), ("£ 1,204.05", 120_405), ("0.01", 1)]
)  # fmt: skip
def test_an_amount_is_understood_as_staff_write_it(typed, pence):
    assert pence_of(typed) == pence


@pytest.mark.parametrize("typed", ["", "four", "4.805", "-3", "1e9", "4,80.0.0", "NaN", "٤", "4p"])
def test_an_amount_that_is_not_of_whole_pence_is_refused(typed):
    with pytest.raises(RuleBroken, match="pounds and pence"):
        pence_of(typed)


def test_a_fare_is_signed_for_has_a_way_and_a_voucher_has_its_number():
    whole = {"kind": "voucher", "pence": 480, "journey": "Slough to Reading", "voucher": " V 12 ", "signed_for": True}  # fmt: skip
    assert check_fare(**whole)["voucher"] == "V 12"
    assert check_fare(**whole | {"kind": "cash"})["voucher"] == ""
    for name, wrong in (("voucher", " "), ("journey", "n/a"), ("pence", 0), ("signed_for", False)):
        with pytest.raises(RuleBroken):
            check_fare(**whole | {name: wrong})


def test_the_rota_is_of_the_working_days_from_today_to_the_end_of_the_fourth_week():
    days = days_of_rota(MONDAY + timedelta(days=2))

    assert (days[0], days[-1], len(days)) == (date(2018, 10, 3), date(2018, 10, 26), 18)
    assert days_of_rota(date(2018, 12, 24))[:2] == [date(2018, 12, 24), date(2018, 12, 27)]


away = st.tuples(st.integers(0, 27), st.integers(0, 10)).map(
    lambda one: (MONDAY + timedelta(days=one[0]), MONDAY + timedelta(days=sum(one)))
)
officers = st.lists(
    st.tuples(st.lists(away, max_size=3), st.none() | st.integers(0, 30)), min_size=1, max_size=6
).map(
    lambda rows: [
        Officer(key, f"{key}", tuple(gone), None if last is None else MONDAY + timedelta(days=last))
        for key, (gone, last) in enumerate(rows)
    ]
)


@given(officers)
def test_a_day_is_left_open_only_where_nobody_is_there_and_nobody_has_it_who_is_not(staff):
    days, known = days_of_rota(MONDAY), {one.key: one for one in staff}

    shared = share_out(days, staff, {})

    assert all(known[key].here(day) and is_working_day(day) for day, key in shared.items())
    assert set(days) - set(shared) == {
        day for day in days if not any(one.here(day) for one in staff)
    }


def test_of_those_who_are_always_there_nobody_has_two_more_than_another_nor_two_days_running():
    days = days_of_rota(MONDAY)

    shared = share_out(days, OFFICERS, {})

    turns = Counter(shared.values())
    assert max(turns.values()) - min(turns.values()) <= 1
    assert all(shared[one] != shared[other] for one, other in zip(days, days[1:], strict=False))


def test_whoever_comes_back_is_not_put_on_day_after_day_to_catch_up():
    days = days_of_rota(MONDAY)
    back = [*OFFICERS[:2], Officer(9, "Elm", away=((days[0], days[9]),))]

    shared = share_out(days, back, {})

    assert 9 in shared.values()
    assert all(shared[one] != shared[other] for one, other in zip(days, days[1:], strict=False))


def test_whoever_is_on_already_stays_and_counts():
    days = days_of_rota(MONDAY)[:4]

    shared = share_out(days, OFFICERS, {days[0]: [1], days[1]: [1]})

    assert set(shared) == set(days[2:])
    assert 1 not in shared.values()


def test_a_walk_in_ends_once():
    assert MAY_BECOME[WalkInState.WAITING] == {WalkInState.SEEN, WalkInState.LEFT}
    for ended in (WalkInState.SEEN, WalkInState.LEFT):
        for to in WalkInState:
            with pytest.raises(RuleBroken, match="already"):
                check_may_become(ended, to)


def test_who_is_upset_or_not_safe_worries_and_who_was_not_asked_does_not_by_that_alone():
    assert worries(CameFor.UPSET, None)
    assert worries(CameFor.PAPERS, False)
    assert not worries(CameFor.PAPERS, None)


def test_waiting_is_said_in_hours_and_minutes():
    assert [say_waited(n) for n in (0, 1, 59, 60, 125)] == [
        "less than a minute",
        "1 minute",
        "59 minutes",
        "1 hour",
        "2 hours 5 minutes",
    ]
