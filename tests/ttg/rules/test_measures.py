"""What each measure of release counts: of whom, when, and whether it is so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.rules.counting import FEW, Sum, Unit, Window, summed, window_of
from ttg.reference.home import Item, Stays
from ttg.reference.measures import MEASURES
from ttg.rules.measures import COUNTED, Left, Service, all_units, units

FRIDAY = date(2018, 9, 28)
MONDAY = date(2018, 10, 1)
WINDOW = Window(date(2018, 9, 1), date(2018, 10, 31))
GOOD = Left(
    case=1,
    key=1,
    received_on=date(2018, 8, 1),
    screened_on=date(2018, 9, 3),
    released_on=FRIDAY,
    planned_on=date(2018, 9, 10),
    spoken_on=date(2018, 9, 20),
    first_with_officer=MONDAY,
    handed_over_on=FRIDAY,
    night=Stays.FOR_NOW,
    services=(Service(taken_on=True, first_on=MONDAY, attended=True),),
    in_community=True,
    needed=frozenset({Item.BANK}),
    ready=frozenset({Item.BANK}),
)


def counted(code, stay):
    return units(code, [stay], WINDOW)


def test_there_is_a_count_for_every_measure_and_none_besides():
    assert list(COUNTED) == list(MEASURES)


@pytest.mark.parametrize("code", MEASURES)
def test_somebody_well_prepared_counts_as_met_under_each_measure(code):
    (unit,) = counted(code, GOOD)

    assert unit.met
    assert unit.words


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("plan", {"planned_on": date(2018, 9, 11)}),
        ("plan", {"planned_on": None}),
        ("first", {"first_with_officer": date(2018, 10, 2)}),
        ("first", {"first_with_officer": None}),
        ("handed-over", {"handed_over_on": MONDAY}),
        ("handed-over", {"handed_over_on": None}),
        ("spoken", {"spoken_on": None}),
        ("accepted", {"services": (Service(taken_on=False),)}),
        ("accepted", {"services": ()}),
        ("attended", {"services": (Service(taken_on=True, first_on=MONDAY),)}),
        ("housed", {"night": Stays.NOWHERE}),
        ("housed", {"night": Stays.UNKNOWN}),
        ("housed", {"night": ""}),
        ("in-hand", {"ready": frozenset()}),
    ],
)
def test_what_was_late_or_nobody_recorded_counts_as_not_met(code, changed):
    (unit,) = counted(code, replace(GOOD, **changed))

    assert not unit.met


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("plan", {"screened_on": None}),
        ("first", {"released_on": None}),
        ("housed", {"released_on": None}),
        ("accepted", {"services": (), "in_community": False}),
        ("attended", {"services": (Service(taken_on=True),)}),
        ("in-hand", {"needed": frozenset()}),
    ],
)
def test_what_there_was_nothing_to_do_about_is_not_counted(code, changed):
    assert counted(code, replace(GOOD, **changed)) == []


def test_what_falls_outside_the_days_is_not_counted():
    before = Window(date(2018, 7, 1), FRIDAY - timedelta(days=1))

    assert units("housed", [GOOD], before) == []
    assert len(units("housed", [GOOD], Window(FRIDAY, FRIDAY))) == 1


def test_a_plan_counts_on_the_fifth_working_day_after_the_screening():
    (unit,) = counted("plan", GOOD)

    assert unit.on == date(2018, 9, 10)


def test_every_sum_is_of_the_units_its_list_shows():
    found = all_units([GOOD, replace(GOOD, key=2, night="")], WINDOW)

    assert summed(found["housed"]) == Sum(met=1, counted=2)
    assert found["housed"] == units("housed", [GOOD, replace(GOOD, key=2, night="")], WINDOW)


def test_a_share_of_too_few_is_not_said_and_is_rounded_to_the_nearest():
    assert summed([Unit(1, 1, FRIDAY, True, "x")] * (FEW - 1)).share is None
    assert Sum(met=5, counted=6).share == 83
    assert Sum(met=5, counted=9).share == 56
    assert Sum(met=6, counted=7).share == 86
    assert Sum(met=1, counted=8).share == 13


def test_only_all_are_a_hundred_per_cent_and_only_none_are_nought():
    shares = [Sum(met=met, counted=300).share for met in (0, 1, 299, 300)]

    assert shares == [0, 1, 99, 100]


def test_what_is_rounded_up_to_its_target_is_still_below_it():
    almost = Sum(met=77, counted=80)  # 96.25

    assert (almost.share, almost.is_below(97), almost.is_below(96)) == (96, True, False)
    assert (Sum(29, 30).share, Sum(29, 30).is_below(97)) == (97, True)
    assert not Sum(met=0, counted=FEW - 1).is_below(97)


def test_the_days_end_yesterday():
    assert window_of(28, MONDAY) == Window(date(2018, 9, 3), date(2018, 9, 30))
