"""When a plan is owed. Source: contract SL003 (15 working days after the first attended appointment)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seen:
    """Since when somebody is supervised in the community, and what came of it."""

    began_on: date
    attended_on: tuple[date, ...] = ()
    signed_on: date | None = None  # the plan in force


def plan_owed_since(seen, *, taken_up_on=None):
    """(the day the clock counts from, the appointment behind it), or None while no plan is owed.

    It counts from the first appointment they attended since the sentence began, or since we took the
    case over; of an imported case, from the day it was taken up if that came later. Source: contract SL003.
    """
    first = min((on for on in seen.attended_on if on >= seen.began_on), default=None)
    if first is None or (seen.signed_on and seen.signed_on >= seen.began_on):
        return None
    return max(filter(None, (first, taken_up_on))), first
