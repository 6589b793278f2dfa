"""What each measure of release counts: of whom, on which day, and whether it is so.

Sources: Through the Gate reference 2 (SL13, SL002R) and 6, lesson of 1: the hand-over is measured, and not that a plan
exists. A unit is counted by the day on which it could first be said; what nobody recorded is not so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cases.rules.calendar import add_working_days
from cases.rules.counting import Unit, Window, by_day
from cases.rules.words import counted, listed
from staff.rules.dates import say_date
from ttg.reference.home import Item, Stays
from ttg.reference.measures import MEASURES

NONE: frozenset[date] = frozenset()
PLAN_DAYS = 5  # working days after the basic custody screening (contract SL13)
FIRST_DAYS = 1  # working day after release (contract SL002R)
HOUSED = (Stays.SETTLED, Stays.FOR_NOW)


@dataclass(frozen=True, slots=True)
class Service:
    """One referral to a community service, as the measures need it."""

    taken_on: bool  # by the day of release
    first_on: date | None = None
    attended: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """One stay in prison as it is counted. None: nobody recorded it."""

    case: int
    key: int
    received_on: date
    screened_on: date | None = None
    released_on: date | None = None
    planned_on: date | None = None  # the first plan signed
    spoken_on: date | None = None
    first_with_officer: date | None = (
        None  # the first day after release they were to see the officer
    )
    handed_over_on: date | None = None
    night: str = ""  # where they were on the first night; blank: nobody said
    services: tuple[Service, ...] = ()
    in_community: bool = False  # a need in the community was found
    needed: frozenset[str] = frozenset()  # items that were needed at the gate
    ready: frozenset[str] = field(default_factory=frozenset)  # of those, there by then


Count = Callable[[Left, frozenset[date]], Unit | None]


def units(code: str, stays: list[Left], window: Window, extra: frozenset[date] = NONE) -> list[Unit]:  # fmt: skip
    """What this measure counts in these days, the earliest first."""
    return by_day(_within(COUNTED[code], stays, window, extra))


def all_units(stays, window, extra=NONE):
    """{code: units} of every measure."""
    return {code: units(code, stays, window, extra) for code in MEASURES}


def _within(count: Count, stays, window, extra) -> Iterator[Unit]:
    for stay in stays:
        found = count(stay, extra)
        if found is not None and window.holds(found.on):
            yield found


def _plan(stay, extra):
    if stay.screened_on is None:
        return None
    due = add_working_days(stay.screened_on, PLAN_DAYS, extra)
    met = stay.planned_on is not None and stay.planned_on <= due
    said = f"Signed {say_date(stay.planned_on)}" if stay.planned_on else "No plan signed"
    return Unit(stay.case, stay.key, due, met, f"{said}; due by {say_date(due)}")


def _first(stay, extra):
    if stay.released_on is None:
        return None
    due = add_working_days(stay.released_on, FIRST_DAYS, extra)
    on = stay.first_with_officer
    said = f"Arranged for {say_date(on)}" if on else "Nothing arranged"
    met = on is not None and on <= due
    return Unit(stay.case, stay.key, stay.released_on, met, f"{said}; due by {say_date(due)}")


def _spoken(stay, extra):
    on = stay.spoken_on
    said = f"First on {say_date(on)}" if on else "Not before release"
    return _released(stay, on is not None and on <= stay.released_on, said)


def _handed_over(stay, extra):
    on = stay.handed_over_on
    said = f"Accepted {say_date(on)}" if on else "Not accepted"
    return _released(stay, on is not None and on <= stay.released_on, said)


def _accepted(stay, extra):
    if not stay.in_community and not stay.services:
        return None
    taken = sum(one.taken_on for one in stay.services)
    asked = counted(len(stay.services), "service") if stay.services else "No service"
    return _released(stay, taken > 0, f"{asked} asked, {taken} took them on before release")


def _attended(stay, extra):
    days = [one.first_on for one in stay.services if one.first_on]
    if not days:
        return None
    went = any(one.attended for one in stay.services)
    return _released(stay, went, "They went" if went else "Not recorded that they went")


def _housed(stay, extra):
    said = Stays(stay.night).title if stay.night else "Nobody has said where they were"
    return _released(stay, stay.night in HOUSED, said)


def _in_hand(stay, extra):
    if not stay.needed:
        return None
    lacking = sorted(stay.needed - stay.ready)
    words = listed(Item(one).title.lower() for one in lacking)
    return _released(stay, not lacking, f"Not there: {words}" if lacking else "All there")


def _released(stay, met, words):
    return Unit(stay.case, stay.key, stay.released_on, met, words)


def _of_released(count: Count) -> Count:
    """Asked of those who have left alone."""

    def counted_of(stay, extra):
        return count(stay, extra) if stay.released_on else None

    return counted_of


COUNTED: dict[str, Count] = {
    "plan": _plan,
    "first": _first,
    "handed-over": _of_released(_handed_over),
    "spoken": _of_released(_spoken),
    "accepted": _of_released(_accepted),
    "attended": _of_released(_attended),
    "housed": _of_released(_housed),
    "in-hand": _of_released(_in_hand),
}
