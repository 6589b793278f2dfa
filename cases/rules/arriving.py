"""When a case has come to us, which clocks that starts, what must be looked for and read, and when all of it is done.

Sources: product rules, clocks (arrival); published CRC service levels SL001 and SL002; report 2.1 (cases came without
the checks and nobody had looked). What is not known to have come is asked for, and never taken to be nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.arriving import Brought, BroughtState, CameFrom
from cases.rules.calendar import working_days_before, working_days_between
from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.stock import is_stock
from cases.rules.words import within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LATELY = 10  # working days: who came longer ago is of the caseload, and has not just arrived
NEAR = timedelta(
    days=14
)  # two dates of one arrival, as the court and nDelius have it, lie no further apart
LONGEST_WORDS, LONGEST_NOTE = 300, 4000
NAME, TEN_DAYS, INDUCTION = "name_officer", "first_ten_days", "hold_induction"
FIRST, FIRST_AFTER_RELEASE = "first_appointment", "first_appointment_licence"
FIRSTS = (FIRST, FIRST_AFTER_RELEASE)
CLOCKS = (NAME, *FIRSTS, TEN_DAYS, INDUCTION)
STANDS_FOR = {  # state: what its words and its day must say
    BroughtState.CAME: "Say on which day it came: {title}.",
    BroughtState.ASKED: "Say on which day it was asked for: {title}.",
    BroughtState.NONE: "Say who told us that there is none, or why it is not asked for: {title}.",
}
SAYS_NO_RISK = (
    "The note says nothing that is of this person. Say what the record shows they did and to whom, who could be hurt "
    "now, what is not known yet, and what is done about it until it is."
)


@dataclass(frozen=True, slots=True)
class Began:
    """A sentence that runs, as far as it says when somebody came. `held`: they are in prison on it."""

    key: int
    held: bool
    allocated_on: date | None = None
    started_on: date | None = None
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """That somebody came: from where, on which day, on which sentence."""

    came_from: CameFrom
    on: date
    sentence: int | None = None
    held: bool = False  # still in prison: an officer is named, and the rest waits for the release


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that should come with a case, as far as anybody knows."""

    what: Brought
    state: BroughtState
    on: date | None = None
    words: str = ""
    from_record: bool = False  # nobody typed it: the record itself shows it

    @property
    def here(self):
        return self.state in (BroughtState.CAME, BroughtState.NONE)


@dataclass(frozen=True, slots=True)
class Check:
    """An agency that must be asked. `sent`: it has been, since the sentence; `enquiry`: one that waits to be sent."""

    title: str
    what: Brought | None  # what stands for it among the things that come
    sent: bool
    enquiry: int | None = None


def lately_from(today: date, extra: frozenset[date] = frozenset()) -> date:
    """The first day on which whoever came is taken to have just arrived."""
    return working_days_before(today, LATELY, extra)


def came_lately(
    arrived_on: date | None, sentences: Iterable[Began], since: date, today: date
) -> Came | None:
    """How somebody came between these days, the latest of it; None where they did not."""
    sentences = list(sentences)
    found = [come for one in sentences if (come := _by_sentence(one))]
    if arrived_on and sentences:
        latest = max(sentences, key=lambda one: (one.started_on or date.min, one.key))
        found.append(Came(CameFrom.COURT, arrived_on, latest.key, latest.held))
    lately = [one for one in found if since <= one.on <= today]
    return max(lately, key=lambda one: (one.on, one.came_from == CameFrom.PRISON), default=None)


def _by_sentence(one):
    if one.released_on and not one.held:
        return Came(CameFrom.PRISON, one.released_on, one.key)
    on = one.allocated_on or one.started_on
    return Came(CameFrom.COURT, on, one.key, one.held) if on else None


def is_known(came: Came, before: Iterable[Came]) -> bool:
    """Whether one of the arrivals before was this one: another date for it, or another name, starts no clock again."""
    return any(_is_same(came, one) for one in before)


def _is_same(came, one):
    near = abs(came.on - one.on) <= NEAR
    if came.on == one.on:
        return True
    if CameFrom.PRISON in (came.came_from, one.came_from):
        return near and came.came_from == one.came_from
    if came.sentence and one.sentence:
        if came.sentence != one.sentence:
            return False
        if came.came_from == one.came_from == CameFrom.COURT:
            return True
    return near


def clocks_started(came: Came, *, named: bool, inducted: bool) -> tuple[str, ...]:
    """The kinds of deadline that run from an arrival. `named`: an officer at work holds it; `inducted`: on this sentence."""
    kinds = [] if named else [NAME]
    if came.held:
        return tuple(kinds)
    kinds += [FIRST_AFTER_RELEASE if came.came_from == CameFrom.PRISON else FIRST, TEN_DAYS]
    return (*kinds, *(() if inducted else (INDUCTION,)))


def why_started(came: Came) -> str:
    return f"{came.came_from.title} on {say_date(came.on)}"


def is_settled(*, named: bool, read: bool, first_owed: bool) -> bool:
    """An officer holds it, the record is read with a note, and the first appointment is arranged."""
    return named and read and not first_owed


def has_waited(
    arrived_on: date, days: int, today: date, extra: frozenset[date] = frozenset()
) -> bool:
    """Whether nobody has been named although as many working days have passed as are allowed."""
    return working_days_between(arrived_on, today, extra) >= days


# What came with it


def items_of(brought: Mapping, known: Mapping[str, tuple[date | None, str]]) -> list[Item]:
    """Each thing that should come. What somebody has said of it stands before what the record shows."""
    return [_item(what, brought.get(what.value), known.get(what.value)) for what in Brought]


def _item(what, said, shown):
    if said:
        on = date.fromisoformat(said["on"]) if said.get("on") else None
        state = BroughtState(said["state"])
        if state != BroughtState.ASKED or not shown:
            return Item(what, state, on, said.get("words", ""))
    if shown:
        on, words = shown
        return Item(what, BroughtState.CAME, on, words, from_record=True)
    return Item(what, BroughtState.NOT_LOOKED)


def missing(items: Iterable[Item]) -> list[Item]:
    return [one for one in items if not one.here]


def in_short(what: Brought) -> str:
    """The thing alone, as a list of several names it."""
    return within_a_sentence(what.title.partition(",")[0].partition(" (")[0])


def clean_brought(code: str, given: Mapping | None, today: date) -> dict | None:
    """What is said of one thing as it is kept; None where nothing is. Refuses what says nothing."""
    if code not in set(Brought):
        raise RuleBroken("That is not one of the things that should come with a case.")
    if not given or not given.get("state"):
        return None
    state, on = BroughtState(given["state"]), given.get("on")
    words = " ".join((given.get("words") or "").split())
    asks = STANDS_FOR[state].format(title=within_a_sentence(Brought(code).title))
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(f"Say it in {LONGEST_WORDS} characters or fewer.")
    if state == BroughtState.NONE and says_nothing(words):
        raise RuleBroken(asks)
    if state != BroughtState.NONE and not on:
        raise RuleBroken(asks)
    if on and on > today:
        raise RuleBroken("That day is still to come.")
    kept = {"state": state.value, "on": on.isoformat() if on else "", "words": words}
    return {name: one for name, one in kept.items() if one}


# Reading it


def to_read(items: Iterable[Item], checks: Iterable[Check]) -> list[Found]:
    """What stands before saying that the record is read: each thing looked for, each enquiry sent or explained."""
    items = list(items)
    said = {one.what: one for one in items}
    found = [_not_looked(one) for one in items if one.state == BroughtState.NOT_LOOKED]
    return found + [_not_sent(one) for one in checks if not _is_seen_to(one, said)]


def _not_looked(one):
    sentence = f"Not looked for yet: {within_a_sentence(one.what.title)}."
    return Found(f"came:{one.what}", Weight.GATE, sentence, "everything that should come is looked for", question=one.what.value)  # fmt: skip


def _is_seen_to(check, said):
    return check.sent or bool(check.what and said[check.what].here)


def _not_sent(check):
    instead = ", or say why none is" if check.what else ""
    sentence = f"No {within_a_sentence(check.title)} enquiry has been sent since the sentence. Send it{instead}."
    return Found(
        f"sent:{check.title}",
        Weight.GATE,
        sentence,
        "each enquiry is sent or explained",
        question=check.what.value if check.what else "",
        check=check.enquiry,
        source="product rules",
    )


def check_note(note: str) -> str:
    """The initial risk note, trimmed. Refuses what could stand on any case."""
    words = note.replace("\r\n", "\n").strip()
    if is_stock(words) or len(words.split()) < 4:
        raise RuleBroken(SAYS_NO_RISK)
    if len(words) > LONGEST_NOTE:
        raise RuleBroken(f"The note must be {LONGEST_NOTE:,} characters or fewer.")
    return words


def check_arrival(came: Came, before: Iterable[Came], today: date) -> None:
    """Refuse an arrival on a day to come, or one that is recorded already."""
    if came.on > today:
        raise RuleBroken("The day on which they came cannot be in the future.")
    if is_known(came, before):
        raise RuleBroken("This arrival is recorded already. Go on with that one.")
