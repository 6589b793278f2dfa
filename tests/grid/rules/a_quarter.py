"""A quarter of three weeks with one of everything, from which each test changes the one thing it is about."""

from dataclasses import replace
from datetime import date

from grid.rules.quarter_facts import Ask, Leader, Part, Series, Site, ToPlan, Wanted, When

FIRST = date(2018, 10, 1)  # a Monday
MON, TUE, WED = (When(day, Part.MORNING) for day in (0, 1, 2))
EVE = When(1, Part.EVENING)
NORTH, SOUTH = Site(1, "North Street", rooms=1), Site(2, "South Street", rooms=1)
THINKING = Ask("thinking", "Thinking", sessions=2, a_week=1, minutes=120, least=2, most=3)
AMENDS = replace(THINKING, code="amends", title="Amends", sessions=1)
TIMES = dict.fromkeys((MON, TUE, WED, EVE), 120)
ANN = Leader(1, "Ann Lee", frozenset({"trained"}), TIMES, a_week=5)
BOB = replace(ANN, key=2, name="Bob Ray")


def waits(key, **facts):
    plain = Wanted(key, ("thinking",), (1,), frozenset({MON}), since=date(2018, 9, 3))
    return replace(plain, **facts)


PEOPLE = tuple(waits(key) for key in (1, 2, 3))
QUARTER = ToPlan((THINKING, AMENDS), (NORTH,), (ANN,), PEOPLE, FIRST, starts=(0, 1), weeks=3)
SERIES = Series("thinking", 1, (MON,), 0, (1,))


def quarter(*people, **facts):
    return replace(QUARTER, wanted=people, **facts)
