"""The parts of a week in which somebody can come, a site is open and a series runs: morning, afternoon or evening of a day.

Source: features 76 (day by part of day). From which hour to which each is, is `grid.rules.free_slots`. Codes are only added to.
"""

from typing import NamedTuple

from cases.reference.codes import Titled


class PartOfDay(Titled):
    """In order of time."""

    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


class When(NamedTuple):
    """A part of the week."""

    weekday: int  # 0 is Monday
    part: PartOfDay
