"""A day of the week at its hours: as a form sends it, and as staff say it.

Source: unpaid work reference 3 (availability: weekday, how often, times).
"""

from calendar import day_name
from datetime import time

from staff.errors import RuleBroken
from staff.rules.dates import say_time
from unpaidwork.reference.sites import Every

NO_DAY = "Choose a day on which the project runs."


def key_of(weekly):
    """ "1-0900-1600-week": of a row of availability, or of a place."""
    return f"{weekly.weekday}-{weekly.from_at:%H%M}-{weekly.to_at:%H%M}-{weekly.every}"


def of_key(key):
    """{field of `Placing`: value} of it. Refuses what is none."""
    try:
        weekday, start, end, every = key.split("-")
        return {
            "weekday": int(weekday),
            "from_at": time(int(start[:2]), int(start[2:])),
            "to_at": time(int(end[:2]), int(end[2:])),
            "every": Every(every).value,
        }
    except ValueError as problem:
        raise RuleBroken(NO_DAY) from problem


def say_day(weekly):
    """ "Tuesdays, 9am to 4pm", "Tuesdays, 9am to 4pm, every second week"."""
    often = "" if weekly.every == Every.WEEK else f", {Every(weekly.every).title.lower()}"
    hours = f"{say_time(weekly.from_at)} to {say_time(weekly.to_at)}"
    return f"{day_name[weekly.weekday]}s, {hours}{often}"
