"""A quarter of three weeks with one of everything, from which each test changes the one thing it is about."""

from dataclasses import replace
from datetime import date

from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.coming import Suited
from grid.rules.quarter_facts import Ask, Leader, Series, Site, ToPlan, Wanted
from tests.grid.a_series import ends

FIRST = date(2018, 10, 1)  # a Monday
MON, TUE, WED = (When(day, PartOfDay.MORNING) for day in (0, 1, 2))
EVE = When(1, PartOfDay.EVENING)
NORTH, SOUTH = Site(1, "North Street", rooms=1), Site(2, "South Street", rooms=1)
THINKING = Ask("thinking", "Thinking", sessions=2, a_week=1, minutes=120, least=2, most=3)
AMENDS = replace(THINKING, code="amends", title="Amends", sessions=1)
TIMES = dict.fromkeys((MON, TUE, WED, EVE), 120)
ANN = Leader(1, "Ann Lee", frozenset({"trained"}), TIMES, a_week=5, woman=True)
BOB = replace(ANN, key=2, name="Bob Ray", woman=False)


def waits(
    key, codes=("thinking",), *, ends_on=None, days_left=None, court_ordered=False,
    sites=(1,), free=frozenset({MON}), **facts,
):  # fmt: skip
    """`ends_on`, `days_left` and `court_ordered`: of each of the codes alike; `free`: at each of the sites."""
    suited = tuple(Suited(code, ends(ends_on), days_left, court_ordered) for code in codes)
    plain = Wanted(key, suited, dict.fromkeys(sites, free), since=date(2018, 9, 3))
    return replace(plain, **facts)


PEOPLE = tuple(waits(key) for key in (1, 2, 3))
QUARTER = ToPlan((THINKING, AMENDS), (NORTH,), (ANN,), PEOPLE, FIRST, starts=(0, 1), weeks=3)
SERIES = Series("thinking", 1, (MON,), 0, (1,))


def quarter(*people, **facts):
    return replace(QUARTER, wanted=people, **facts)
