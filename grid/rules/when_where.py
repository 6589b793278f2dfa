"""Where somebody can be sent, and at which times of the week they could come, whatever is planned.

Source: report 2.3 ("he requires an evening or weekend group which is currently unavailable"; hours and reach).
"""

from datetime import date

from grid.rules.coming import Seeker, earliest_day
from grid.rules.free_slots import free_parts
from grid.rules.groups_open import TimeOfWeek, time_of_week
from grid.rules.waiting_policy import WaitingPolicy


def times_free(
    seeker: Seeker, minutes: int, policy: WaitingPolicy, today: date
) -> frozenset[TimeOfWeek]:
    """The times of the week at which they could come to a session of so many minutes, at the place nearest to them.

    None where nobody has asked when they can come, or no place is near enough.
    """
    way = nearest(seeker, policy)
    if seeker.week is None or way is None:
        return frozenset()
    parts = free_parts(seeker.week, earliest_day(policy, today), minutes, seeker.minutes[way])
    return frozenset(time_of_week(weekday, part) for weekday, part in parts)


def nearest(seeker: Seeker, policy: WaitingPolicy) -> int | None:
    """The place that takes them least time of those to which they can be sent; None: there is none."""
    return min(
        within_reach(seeker, policy), key=lambda one: (seeker.minutes[one], one), default=None
    )


def within_reach(seeker: Seeker, policy: WaitingPolicy) -> frozenset[int]:
    """The places to which they can be sent."""
    return frozenset(
        place
        for place, minutes in seeker.minutes.items()
        if minutes <= policy.most_minutes and place not in seeker.barred
    )
