"""What stands between one person and those who would be there with them: who is kept apart, only women, room.

Source: unpaid work reference 5 (never the same session or van; never a sole woman unless she agrees, recorded) and
10; report 2.4 (attacked by somebody they were to be kept apart from).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.rules.gaps import Found, Weight
from cases.rules.words import counted
from staff.rules.dates import say_date
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.sites import Every, ProjectKind, Takes
from unpaidwork.rules.availability import ONE_DAY, days_of, first_day, runs_on
from unpaidwork.rules.sites import staff_needed

SOURCE = "unpaid work reference 5"
TOGETHER_AT_A_STOP = timedelta(minutes=60)
FOUR_WEEKS = timedelta(weeks=4)  # hold two days of whoever comes every second week
ON_THEIR_OWN = frozenset({ProjectKind.INDIVIDUAL, ProjectKind.HOME})


@dataclass(frozen=True, slots=True)
class Seat:
    """One place: on which day of the week at which project, from when to when, picked up where.

    Who is kept apart and how full a site is go by the day of the week: every second week counts as each of them.
    """

    case: int
    project: int
    weekday: int
    first: date
    last: date | None
    from_at: time
    to_at: time
    woman: bool = False
    way: int | None = None  # the route of their van
    pick_up: int | None = None
    at: time | None = None  # when they are picked up
    every: str = Every.WEEK

    @property
    def from_on(self):  # with it and the next a `Weekly` of `rules.availability`
        return self.first

    @property
    def to_on(self):
        return self.last


def group_gate(worker, seat, site, others, *, agreed_alone=""):
    """What stands against this person in this place. `others`: the places of everybody else that could meet it.

    `agreed_alone`: her own words that she may be the only woman.
    """
    met = _met(worker, seat, others)
    there = [one for one in met if one.project == seat.project and _same_hours(one, seat)]
    return [
        *apart_gate(worker, seat, site, others),
        *_only_woman(worker, seat, site, there, agreed_alone),
        *_room(seat, site, there),
    ]


def _same_days(one, other):
    if one.weekday != other.weekday:
        return False
    ends_before = one.last is not None and one.last < other.first
    begins_after = other.last is not None and one.first > other.last
    return not (ends_before or begins_after)


def _same_hours(one, other):
    return one.from_at < other.to_at and other.from_at < one.to_at


def apart_gate(worker, seat, site, others):
    """Who they are kept apart from: any hour of the same day at one site counts, as they would meet at the gate."""
    met = [one for one in _met(worker, seat, others) if one.case in worker.apart]
    if any(one.project == seat.project for one in met):
        yield _never(
            f"apart:{site.project}:{seat.weekday}",
            f"Somebody they are to be kept apart from works at {site.name} on that day of the week.",
            "Those who are kept apart are never in the same session or van",
        )
    elif any(_meets_at_a_stop(one, seat) for one in met):
        yield _never(
            f"apart:stop:{seat.pick_up}:{seat.weekday}",
            "Somebody they are to be kept apart from is picked up at the same place at about the same time.",
            "Those who are kept apart are never in the same session or van",
        )


def _met(worker, seat, others):
    return [one for one in others if one.case != worker.case and _same_days(one, seat)]


def _meets_at_a_stop(one, seat):
    if seat.pick_up is None or one.pick_up != seat.pick_up or not (one.at and seat.at):
        return False
    day = date(2000, 1, 1)
    return abs(datetime.combine(day, one.at) - datetime.combine(day, seat.at)) <= TOGETHER_AT_A_STOP


def _only_woman(worker, seat, site, there, agreed_alone):
    if not worker.woman or site.takes == Takes.WOMEN or site.kind in ON_THEIR_OWN:
        return
    women = [one for one in there if one.woman]
    alone = _first_day_alone(seat, women)
    if alone is None:
        return
    when = f"on {say_date(alone)}" if women else "on that day"
    if worker.choice == Choice.NOT_ALONE:
        yield _never(
            f"women:{site.project}:not-alone",
            f"She would be the only woman at {site.name} {when}, and she chose not to be.",
            "A woman's choice not to be the only one",
        )
    elif not agreed_alone.strip():
        yield _never(
            f"women:{site.project}:only",
            f"She would be the only woman at {site.name} {when}. Ask her, and write down what she agreed to and when.",
            "Never the only woman unless she agrees, and it is recorded",
        )


def _first_day_alone(seat, women):
    """The first of her days on which none of these is there; None where one always is.

    Who is there changes only once one of them has stopped, and repeats every two weeks: so her first two days and
    the two after each stop tell of all.
    """
    stops = [first_day(one) if one.every == Every.ONCE else one.last for one in women]
    begins = [seat.first, *(day + ONE_DAY for day in stops if day)]
    days = {one.on for begun in begins for one in days_of([seat], begun, begun + FOUR_WEEKS)[:2]}
    return min((day for day in days if not any(runs_on(one, day) for one in women)), default=None)


def _room(seat, site, there):
    people = len({one.case for one in there}) + 1
    if people > site.most:
        yield _never(
            f"room:{site.project}:{seat.weekday}",
            f"{site.name} holds {counted(site.most, 'person', 'people')} at once, and is full on that day of the week.",
            "No more people than a site holds",
        )
    elif staff_needed(site, people) > staff_needed(site, people - 1):
        yield Found(
            f"ratio:{site.project}:{seat.weekday}",
            Weight.WARNING,
            f"With them there are {people} people at {site.name} on that day: one more supervisor is needed.",
            "People to a supervisor, at most",
            source=SOURCE,
        )
    way = next((way for way in site.ways if way.pk == seat.way), None)
    riding = {one.case for one in there if seat.way is not None and one.way == seat.way}
    if way and len(riding) + 1 > way.seats:
        yield _never(
            f"seats:{way.pk}:{seat.weekday}",
            f"The van on the way “{way.name}” has {counted(way.seats, 'seat')}, all of them taken on that day.",
            "No more people than a van has seats",
        )


def _never(key, words, rule):
    return Found(key, Weight.GATE, words, rule, may_override=False, source=SOURCE)
