"""In which order somebody's work is shown: by this person's harm and the item, and never by name.

Source: product rules, how it should feel ("ranked by this person's harm and the item"); the weights
are local policy. First what has come in today that somebody could be hurt by and nobody has read.
Then what only the reader can do, an agreement or a decision that waits for them, and then the rest:
each by points, added up: how bad it is to miss this kind of work, the person's risk of serious harm,
a concern, and how late it is. Of equals, the longest due.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Rosh
from cases.reference.deadlines import KINDS, Harm
from cases.rules.calendar import latest_start
from staff.permissions import Role

FIRST_OF_ALL = "read_information_today"
OF_THE_KIND = {Harm.PERSON: 4, Harm.SENTENCE: 2, Harm.RECORD: 0}
OF_THE_PERSON = {Rosh.VERY_HIGH: 4, Rosh.HIGH: 3, Rosh.MEDIUM: 2, Rosh.LOW: 0}
NOT_ASSESSED = 1  # it may be anything, so it stands above low
CONCERN = 2  # domestic abuse, a child or a named victim
OF_LATENESS = ((1, 1), (5, 2), (10, 3))  # from so many working days late on, so many points


@dataclass(frozen=True, slots=True)
class Item:
    """Something owed, as far as its place in the list depends on it. `key` settles the last tie."""

    kind: str
    owner: Role
    due_on: date
    harm: str  # a Rosh; blank while not assessed
    concern: bool
    key: int


def place_in_list(item: Item, reader: Role, today: date) -> tuple[int, int, int, date, int]:
    """What to sort by, the first in the list smallest. No two items have the same."""
    first = 0 if item.kind == FIRST_OF_ALL else 1
    alone = 0 if is_theirs_alone(item.owner, reader) else 1
    return first, alone, -points(item, today), item.due_on, item.key


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
