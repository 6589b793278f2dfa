"""What the components of the screens are given: prepared values, and the vocabulary of tags.

Source: docs/screens.md, which shows each component with an example.
"""

from dataclasses import dataclass, field
from itertools import zip_longest

from staff.rules.dates import say_date
from staff.rules.strip import Icon


@dataclass(frozen=True)
class Tag:
    """One status in one colour. A GOV.UK tag; always words, so colour carries nothing alone."""

    text: str
    colour: str


# The same word in the same colour on every screen. By what it asks of the reader:
# red = late or refused; orange = ours to do now; yellow = due soon or waiting on somebody;
# blue = under way; green = done; grey = closed or not known; purple = access is limited.
TAGS = {
    "overdue": Tag("Overdue", "red"),
    "breach": Tag("Breach", "red"),
    "recall": Tag("Recall", "red"),
    "refused": Tag("Refused", "red"),
    "rejected": Tag("Rejected", "red"),
    "missed": Tag("Missed", "red"),
    "failure": Tag("Failure to comply", "red"),
    "cannot-place": Tag("Cannot place", "orange"),
    "escalate": Tag("Risk escalation", "red"),
    "to-analyse": Tag("Replied, to be analysed", "orange"),
    "awaiting-decision": Tag("Awaiting decision", "orange"),
    "review-overdue": Tag("Review overdue", "orange"),
    "still-to-do": Tag("Still to do", "orange"),
    "to-read": Tag("To be read", "orange"),
    "provisional": Tag("Provisional", "orange"),
    "to-be-logged": Tag("To be logged", "orange"),
    "interpreter": Tag("Interpreter to book", "orange"),
    "clash": Tag("Clash", "yellow"),
    "due": Tag("Due", "yellow"),
    "due-soon": Tag("Due soon", "yellow"),
    "awaiting-reply": Tag("Awaiting reply", "yellow"),
    "returned": Tag("Returned", "yellow"),
    "awaiting-answer": Tag("Waits for an answer", "yellow"),
    "sent": Tag("Sent", "blue"),
    "chased": Tag("Chased", "blue"),
    "open": Tag("Open", "blue"),
    "draft": Tag("Draft", "blue"),
    "under-way": Tag("Under way", "blue"),
    "updating": Tag("Being brought up to date", "blue"),
    "met": Tag("Done", "green"),
    "read": Tag("Read", "green"),
    "analysed": Tag("Analysed", "green"),
    "attended": Tag("Attended", "green"),
    "signed": Tag("Signed", "green"),
    "placed": Tag("Placed", "green"),
    "accepted": Tag("Accepted", "green"),
    "no-trace": Tag("No trace", "grey"),
    "not-needed": Tag("Not needed", "grey"),
    "superseded": Tag("Superseded", "grey"),
    "closed": Tag("Closed", "grey"),
    "withdrawn": Tag("Withdrawn", "grey"),
    "moved": Tag("Moved", "grey"),
    "called-off": Tag("Called off", "grey"),
    "did-not-come": Tag("Did not come, accepted", "grey"),
    "not-told": Tag("Not told yet", "grey"),
    "not-recorded": Tag("Not recorded", "grey"),
    "not-placed": Tag("Not placed", "grey"),
    "nps": Tag("Managed by the NPS", "grey"),
    "cannot-be-seen": Tag("Cannot be seen", "grey"),
    "has-died": Tag("Has died", "grey"),
    "limited": Tag("Limited access", "purple"),
}


def tag(code):
    """The tag for a status. An unknown code is a mistake in the code, so it raises KeyError."""
    return TAGS[code]


@dataclass(frozen=True)
class Fact:
    """One fact of the safety strip. `lead` is bold and comes first; `text` follows it."""

    icon: Icon
    lead: str
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Link:
    """Somewhere to go: a chip, a tab, a next action. `post` makes the action a button that decides."""

    text: str
    href: str
    current: bool = False
    count: int | None = None
    post: bool = False
    hidden: str = ""  # words for those who hear the page, so that ten "Record reply" links differ


@dataclass(frozen=True)
class DueRow:
    """What is owed, why, by whom, when, and the one next action."""

    what: str
    due: str
    by: str = ""
    late: str = ""  # "3 working days late", blank when it is not
    rule: str = ""
    source: str = ""
    person: str = ""  # surname first
    crn: str = ""
    href: str = ""
    next: Link | None = None
    tag: Tag | None = None
    anchor: str = ""  # the CRN on the first row of each person, where the way back leads


@dataclass(frozen=True)
class Gap:
    """One thing between here and sign-off: the words of the refusal, and where to put it right."""

    sentence: str
    href: str = ""  # "#id_<field>" on this page, or the address of another
    rule: str = ""
    warning: bool = False  # seen and explained, where a gate refuses


@dataclass(frozen=True)
class Cell:
    """One group of the GRID: how many, where the list of them is, whether this person is here."""

    group: str
    count: int = 0
    href: str = ""
    here: bool = False
    shade: int = 0  # 0 none, 1 palest to 4 darkest


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[Cell]
    total: int = 0
    href: str = ""  # of the list that the total counts


@dataclass(frozen=True)
class Matrix:
    """The GRID as a table. For a team give totals and what stands beside; for a case, neither."""

    caption: str
    columns: list[str]
    rows: list[MatrixRow]
    totals: list[int] = field(default_factory=list)
    total: int = 0
    beside: list[Link] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)  # of the lists that the totals count
    href: str = ""

    @property
    def feet(self):
        """(column, total, address of its list, or blank) of each column."""
        return list(zip_longest(self.columns, self.totals, self.hrefs, fillvalue=""))


@dataclass(frozen=True)
class Input:
    """One thing a computed value rests on. `when` and `source` are words, ready to read."""

    label: str
    value: str
    when: str = ""
    source: str = ""


@dataclass(frozen=True)
class Working:
    """How a computed thing came about, in the same four parts everywhere."""

    title: str
    inputs: list[Input]
    rule: str
    source: str
    version: str
    answer: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a summary list. `change` is where to mend it."""

    label: str
    value: str
    change: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Happening:
    """An entry of a timeline."""

    title: str
    when: str
    by: str = ""
    text: str = ""
    href: str = ""
    tag: Tag | None = None
    on: str = ""  # the date as 2018-05-03, for machines


@dataclass(frozen=True)
class Column:
    """A column head. `href` sorts by it; `order` is "ascending" or "descending" when it does now."""

    text: str
    href: str = ""
    order: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Masked:
    """All that may be shown of a case whose access is limited."""

    crn: str
    message: str
    ask: str


@dataclass(frozen=True)
class Clash:
    """One answer that somebody else changed while the reader was writing. Theirs is in the box at `href`."""

    question: str
    stands: str  # what the other wrote, which is in force; blank where it was cleared
    href: str
    who: str = ""
    when: str = ""


def shaded(count, most):
    """How dark a group is drawn: 0 for nobody, else its quarter of the fullest group."""
    return 0 if not count else min(4, -(-4 * count // most))


def on(day):
    """A date in words, or "not recorded"."""
    return say_date(day) if day else "not recorded"
