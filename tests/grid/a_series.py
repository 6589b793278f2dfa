"""A series as tests plan it: Thinking Skills on Tuesday evenings of 2018, and moments of that year in London."""

from datetime import date, datetime, time

from grid.reference.interventions import Hook
from grid.rules.intervention_policy import Dose
from grid.rules.order_end import OrderEnd
from grid.rules.series import Closures, Weekly, plan
from grid.rules.sessions import LONDON, Stretch

SIX, EIGHT = time(18), time(20)
TUESDAYS, THURSDAYS = Weekly(1, SIX), Weekly(3, SIX)
OPEN = Closures()
NOW = datetime(2018, 1, 2, 9, tzinfo=LONDON)
FIRST = date(2018, 10, 2)  # a Tuesday
FOUR = Dose(sessions=4, minutes=120, a_week=1)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def taken(day, from_hour, to_hour, what=""):
    return Stretch(at(day, from_hour), at(day, to_hour), what)


def planned(dose=FOUR, first_on=FIRST, weekly=(TUESDAYS,), closures=OPEN, now=NOW):
    return plan(dose, first_on, weekly, closures, now)


def days(series):
    return [one.on for one in series.sessions]


def ends(day, hook=Hook.RAR):
    return OrderEnd(day, hook)


def october(*numbers):
    return [date(2018, 10, number) for number in numbers]
