"""Comparing decisions between groups of people without telling of anybody: small numbers are not shown, and cannot be reckoned.

Source: standards and measures reference 6 (suppress small cells, say how many are not known). A difference is a question to ask,
and no finding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.codes import Given, Sex
from cases.reference.equality import Characteristic, EthnicGroup
from cases.rules.words import age_on

FEW = 5  # decisions: fewer that are so, or fewer that are not so, are never shown
DAY = timedelta(days=1)
HALVES = 4  # half-years that may be asked for
BANDS = (
    (18, "Under 18"),
    (26, "18 to 25"),
    (36, "26 to 35"),
    (50, "36 to 49"),
    (200, "50 and over"),
)
GIVEN = {str(one): one.title for one in Given}
BY_WORD = {
    "white": EthnicGroup.WHITE,
    "mixed": EthnicGroup.MIXED,
    "asian": EthnicGroup.ASIAN,
    "black": EthnicGroup.BLACK,
    "other": EthnicGroup.OTHER,
}
BY_CODE = {
    "W": EthnicGroup.WHITE,
    "M": EthnicGroup.MIXED,
    "A": EthnicGroup.ASIAN,
    "B": EthnicGroup.BLACK,
    "O": EthnicGroup.OTHER,
}


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year that is over. Half-years do not overlap, so that nobody is found by taking one from another."""

    first: date
    last: date

    @property
    def code(self):
        return f"{self.first.year}-{1 if self.first.month == 1 else 2}"

    @property
    def title(self):
        months = "January to June" if self.first.month == 1 else "July to December"
        return f"{months} {self.first.year}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and what is known of the person on that day. `so`: the harder answer was given."""

    on: date
    so: bool
    ethnicity: str = Given.NOT_ASKED
    sex: str = Sex.UNKNOWN
    born_on: date | None = None
    disabled: bool = False  # whether any is recorded


@dataclass(frozen=True, slots=True)
class Cell:
    """How many decisions of a group, and of those how many were so."""

    counted: int = 0
    so: int = 0

    @property
    def tells_nothing(self):
        """Whether it can be shown: neither those of whom it was so nor the others are few."""
        return self.so >= FEW and self.counted - self.so >= FEW

    @property
    def share(self):
        """Per cent, to the nearest whole."""
        return round(100 * self.so / self.counted)

    def __add__(self, other):
        return Cell(self.counted + other.counted, self.so + other.so)


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `cell` None: it is not shown, because the numbers are small or would give a small one away."""

    name: str
    cell: Cell | None


def halves_before(today: date) -> list[Half]:
    """The half-years that are over, the latest first."""
    last = date(today.year, 1, 1) if today.month <= 6 else date(today.year, 7, 1)
    found = []
    for _ in range(HALVES):
        last -= DAY
        first = date(last.year, 1, 1) if last.month == 6 else date(last.year, 7, 1)
        found.append(Half(first, last))
        last = first
    return found


def compared(decisions: Iterable[Decision]) -> tuple[Cell | None, Mapping[Characteristic, list[Group]]]:  # fmt: skip
    """Everybody together, and the groups of each characteristic by name. None: not shown, and then no group is."""
    decisions = list(decisions)
    whole = _cell(decisions)
    if not whole.tells_nothing:
        return None, {}
    return whole, {one: _groups(decisions, name_of) for one, name_of in NAME_OF.items()}


def ethnic_group(given: str) -> str:
    """The group of an ethnicity as it is recorded: by nDelius's words, by its code, or why there is no answer."""
    if given in GIVEN:
        return GIVEN[given]
    word = given.split(":")[0].split("/")[0].split(" ")[0].strip().lower()
    if word in BY_WORD:
        return BY_WORD[word].title
    if given == "NS":
        return Given.NOT_STATED.title
    if len(given) == 2 and given[0] in BY_CODE and given[1].isdigit():
        return BY_CODE[given[0]].title
    return Given.UNKNOWN.title


def _groups(decisions, name_of):
    """Each group in the order of the alphabet; those that would tell of somebody are not shown.

    Whoever takes what is shown from everybody knows the others together: so the others together tell nothing either.
    """
    by_name: dict[str, list[Decision]] = {}
    for one in decisions:
        by_name.setdefault(name_of(one), []).append(one)
    cells = {name: _cell(found) for name, found in by_name.items()}
    shown = {name for name, cell in cells.items() if cell.tells_nothing}
    while shown and len(shown) < len(cells) and not _rest(cells, shown).tells_nothing:
        shown.remove(min(shown, key=lambda name: (cells[name].counted, name)))
    return [Group(name, cells[name] if name in shown else None) for name in sorted(cells)]


def _rest(cells, shown):
    return sum((cell for name, cell in cells.items() if name not in shown), Cell())


def _cell(decisions):
    return Cell(len(decisions), sum(one.so for one in decisions))


def _age(one):
    age = age_on(one.born_on, one.on)
    if age is None:
        return Given.UNKNOWN.title
    return next(name for under, name in BANDS if age < under)


def _disability(one):
    return "Recorded" if one.disabled else "None recorded"


NAME_OF: dict[Characteristic, Callable[[Decision], str]] = {
    Characteristic.ETHNICITY: lambda one: ethnic_group(one.ethnicity),
    Characteristic.SEX: lambda one: Sex(one.sex).title,
    Characteristic.AGE: _age,
    Characteristic.DISABILITY: _disability,
}
