"""In which order somebody's work is shown: by this person's harm and the item, and never by name.

Source: product rules, how it should feel ("ranked by this person's harm and the item"); the weights
are local policy. First what has come in today that somebody could be hurt by and nobody has read.
Then what only the reader can do, an agreement or a decision that waits for them, and then the rest.
In each of the two, what is due by today stands in this order:

1. what cannot wait for another day because somebody could be hurt, by its day and then its hour;
2. what is wanted by an hour, by its day and then that hour;
3. everything else.

Of one moment, and of everything else, it goes by points, added up: how bad it is to miss this kind of
work, the person's risk of serious harm, a concern, and how late it is. Of equals, the longest due.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum

from cases.reference.codes import Rosh
from cases.reference.deadlines import (
    BY_AN_HOUR,
    BY_THE_LAST_POST,
    KINDS,
    SINCE_AN_HOUR,
    Harm,
    Unit,
)
from cases.rules.calendar import latest_start
from staff.permissions import Role

FIRST_OF_ALL = "read_information_today"
OF_THE_KIND = {Harm.PERSON: 4, Harm.SENTENCE: 2, Harm.RECORD: 0}
OF_THE_PERSON = {Rosh.VERY_HIGH: 4, Rosh.HIGH: 3, Rosh.MEDIUM: 2, Rosh.LOW: 0}
NOT_ASSESSED = 1  # it may be anything, so it stands above low
CONCERN = 2  # domestic abuse, a child or a named victim
# Owed within 24 hours, on whatever day of the week, because somebody could be hurt meanwhile
COULD_HURT_TODAY = frozenset(
    code
    for code, kind in KINDS.items()
    if kind.harm == Harm.PERSON and kind.unit == Unit.DAYS and kind.days <= 1
)
WANTED_BY_AN_HOUR = frozenset({*BY_AN_HOUR, *SINCE_AN_HOUR, *BY_THE_LAST_POST})
END_OF_DAY = time.max  # the hour of what has none, and of the last post, which the policy may move
NO_DAY = date.max  # of what goes by points alone
OF_LATENESS = ((1, 1), (5, 2), (10, 3))  # from so many working days late on, so many points


class Press(IntEnum):
    """How much of the day it presses: what is smaller stands first."""

    SAFETY = 0  # somebody could be hurt today
    HOUR = 1  # wanted by an hour of the day
    NONE = 2  # by points alone: also of what is not due yet


@dataclass(frozen=True, slots=True)
class Item:
    """Something owed, as far as its place in the list depends on it. `key` settles the last tie.

    `hour`: by the clock here, on the day it is due; None: it has none.
    """

    kind: str
    owner: Role
    due_on: date
    harm: str  # a Rosh; blank while not assessed
    concern: bool
    key: int
    hour: time | None = None


Place = tuple[int, int, int, date, time, int, date, int]


def place_in_list(item: Item, reader: Role, today: date) -> Place:
    """What to sort by, the first in the list smallest. No two items have the same."""
    first = 0 if item.kind == FIRST_OF_ALL else 1
    alone = 0 if is_theirs_alone(item.owner, reader) else 1
    how = press(item.kind, item.due_on, today)
    day, hour = (
        (NO_DAY, END_OF_DAY) if how == Press.NONE else (item.due_on, item.hour or END_OF_DAY)
    )
    return first, alone, how, day, hour, -points(item, today), item.due_on, item.key


def press(kind: str, due_on: date, today: date) -> Press:
    """How much this kind of work presses today. It goes on pressing until it is done, however late."""
    if due_on > today:
        return Press.NONE
    if kind in COULD_HURT_TODAY:
        return Press.SAFETY
    return Press.HOUR if kind in WANTED_BY_AN_HOUR else Press.NONE


def points(item: Item, today: date) -> int:
    """The more, the sooner it is to be done."""
    person = OF_THE_PERSON[Rosh(item.harm)] if item.harm else NOT_ASSESSED
    concern = CONCERN if item.concern else 0
    late = max((more for latest, more in late_since(today) if item.due_on <= latest), default=0)
    return OF_THE_KIND[KINDS[item.kind].harm] + person + concern + late


def is_theirs_alone(owner: Role, reader: Role) -> bool:
    """Whether only a reader in this role can do it: a senior's own work beside what they look into."""
    return reader in (Role.SPO, Role.HEAD) and owner == reader


def late_since(today: date) -> list[tuple[date, int]]:
    """(the last due date, its points) for each step of lateness, the least late first."""
    return [(latest_start(days, today), more) for days, more in OF_LATENESS]
