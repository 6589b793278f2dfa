"""The line a court is answered with on the same day, composed from the record.

The court is told what was ordered and what was done of it, what is still to be decided, and what we cannot say: never
who could be hurt, where anybody lives, what agencies were asked, nor why a level of risk is what it is. Sources:
product rules, sharing and failures (an absence is a failure only once the officer says so); supervision reference 7.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cases.reference.appointments import MISSED_VOLUNTARY, NOT_OFFERED, UNACCEPTABLE, Decided
from cases.reference.courts import CourtWants
from cases.rules.words import counted, ended, within_a_sentence
from staff.rules.dates import say_date

WEEKS = 12  # of attendance
TO_WRITE = "[Write here: "  # begins what the record cannot say and somebody must
NOT_SAID = (
    "We cannot give the reasons for the level of risk, nor anything about other people or other agencies, in a reply of this "
    "kind. If the court needs it, it may ask for a report."
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A requirement or condition that runs: what it is and where it stands, both in words."""

    name: str
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """Unpaid work of a sentence, in minutes; None where it is not recorded, or is not one requirement alone."""

    left: int | None
    credited: int | None = None
    ordered: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A sentence in force."""

    title: str
    court: str = ""
    made_on: date | None = None
    ends_on: date | None = None
    ends_as: str = "It ends"  # or "The licence ends"
    requirements: tuple[Ordered, ...] = ()
    in_breach: bool = False
    work: Worked | None = None  # None: it has no unpaid work


@dataclass(frozen=True, slots=True)
class Attendance:
    """Appointments of the last weeks, by what came of them. `awaiting`: not kept, and nobody has decided yet."""

    kept: int = 0
    acceptable: int = 0
    failures: int = 0
    awaiting: int = 0
    unsaid: int = 0  # past, and nothing is recorded of it

    @property
    def offered(self):
        return self.kept + self.acceptable + self.failures + self.awaiting + self.unsaid


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment of the log whose time has been."""

    code: str  # of its outcome; blank: nothing is recorded of it
    attended: bool | None = None
    complied: bool | None = None
    decided: str = ""  # what its officer decided, where it went wrong


def attendance_of(lines: Iterable[Line]) -> Attendance:
    """Count them by what came of each. What was moved or stood down was not offered; a voluntary one missed is no absence."""
    counts = Counter(counts_as(one) for one in lines)
    return Attendance(**{name: counts[name] for name in ("kept", "acceptable", "failures", "awaiting", "unsaid")})  # fmt: skip


def counts_as(line: Line) -> str:
    """Of `Attendance`, the sum that this line is of; blank: of none."""
    if line.code in NOT_OFFERED or line.code == MISSED_VOLUNTARY:
        return ""
    if line.decided == Decided.FAILURE or (line.code == UNACCEPTABLE and not line.decided):
        return "failures"
    if line.decided == Decided.AWAITING:
        return "awaiting"
    if line.attended is None:
        return "unsaid"
    if line.attended and (line.complied is not False or line.decided == Decided.ACCEPTABLE):
        return "kept"
    if line.decided == Decided.ACCEPTABLE or (line.complied and not line.attended):
        return "acceptable"
    return "awaiting"


@dataclass(frozen=True, slots=True)
class Activity:
    """A rehabilitation activity requirement, in days."""

    ordered: int | None
    credited: int


@dataclass(frozen=True, slots=True)
class CourtFacts:
    """What is known of somebody, as far as a court is told of it."""

    today: date
    officer: str  # who holds the case, and whom the court may ring
    orders: tuple[Order, ...] = ()
    attendance: Attendance = field(default_factory=Attendance)
    activities: tuple[Activity, ...] = ()
    last_seen_on: date | None = None
    risk: str = ""  # the level of risk of serious harm, in a word
    not_here: str = ""  # why they cannot be seen as usual, or that they are not supervised here


def reply_line(wants: str, facts: CourtFacts) -> str:
    """What the court is told, a paragraph a subject; what the record cannot say is left to be written, and marked."""
    attendance = _attendance(facts.attendance)
    work, seen = _work(facts), _last_seen(facts)
    ordered = [*_orders(facts), facts.not_here]
    match CourtWants(wants):
        case CourtWants.PROGRESS:
            said = [*ordered, attendance, *work, seen]
        case CourtWants.BREACH:
            said = [*ordered, attendance, *work, _failures(facts), seen]
        case CourtWants.NEW_OFFENCE:
            said = [*ordered, attendance, *work, seen, _risk(facts)]
        case CourtWants.APPLICATION:
            said = [
                *ordered,
                attendance,
                *work,
                f"{TO_WRITE}our view of the application, and why.]",
            ]
        case CourtWants.OTHER:
            said = [*ordered, seen, f"{TO_WRITE}the answer to the question.]"]
    return "\n\n".join(filter(None, [*said, _undecided(facts.attendance), NOT_SAID, _whom_to_ring(facts)]))  # fmt: skip


def _orders(facts):
    if not facts.orders:
        return ["We have no order in force on our record."]
    return [_order(one, facts.today) for one in facts.orders]


def _order(one, today):
    made = f", made on {say_date(one.made_on)}" if one.made_on else ", the day it was made not recorded"  # fmt: skip
    court = f" by {one.court}" if one.court and one.made_on else ""
    parts = [f"{one.title}{made}{court}."]
    if one.ends_on:
        past = one.ends_on < today
        parts.append(f"{_past(one.ends_as) if past else one.ends_as} on {say_date(one.ends_on)}.")
    else:
        parts.append("The day it ends is not recorded.")
    if one.requirements:
        parts.append(f"Requirements: {'; '.join(_requirement(r) for r in one.requirements)}.")
    return " ".join(parts)


def _past(words):
    return words.replace(" ends", " ended")


def _requirement(one):
    return f"{one.name} ({within_a_sentence(one.stands)})" if one.stands else one.name


def _attendance(one):
    if not one.offered:
        return f"No appointment was offered in the last {WEEKS} weeks that is on our record."
    parts = [
        f"kept {one.kept}",
        f"absent with an acceptable reason {one.acceptable}",
        f"decided to be a failure to comply {one.failures}",
        *([f"not kept and not yet decided {one.awaiting}"] if one.awaiting else []),
        *([f"not yet recorded {one.unsaid}"] if one.unsaid else []),
    ]
    offered = counted(one.offered, "appointment")
    return f"Of {offered} in the last {WEEKS} weeks: {', '.join(parts)}."


def _work(facts):
    """Hours of unpaid work and days of rehabilitation activity."""
    for one in facts.orders:
        if one.work:
            yield f"Unpaid work: {_hours(one.work)}."
    for one in facts.activities:
        of = f"of {one.ordered} " if one.ordered is not None else ""
        days = "" if one.ordered is not None else "; how many the court ordered is not recorded"
        yield f"Rehabilitation activity: {one.credited} {of}days done{days}."


def _hours(one):
    if one.left is None:
        return "how many hours were ordered is not recorded"
    if one.left == 0:
        return "every hour is worked"
    left = f"{_minutes(one.left)} left to be worked"
    if one.credited is None or not one.ordered:
        return left
    return f"{_minutes(one.credited)} of {_minutes(one.ordered)} worked, {left}"


def _minutes(minutes):
    hours, over = divmod(minutes, 60)
    also = f" {counted(over, 'minute')}" if over else ""
    return f"{counted(hours, 'hour')}{also}"


def _last_seen(facts):
    if facts.last_seen_on is None:
        return "Our record does not say when we last saw them."
    return f"Last seen by us on {say_date(facts.last_seen_on)}."


def _failures(facts):
    if any(one.in_breach for one in facts.orders):
        return "The order is recorded as in breach."
    return "Our record does not show the order as in breach."


def _risk(facts):
    if not facts.risk:
        return "No level of risk of serious harm is recorded."
    return f"Risk of serious harm is recorded as {within_a_sentence(facts.risk)}."


def _undecided(one):
    """An absence nobody has decided is no failure, and the court is told so."""
    if not one.awaiting:
        return ""
    if one.awaiting == 1:
        return (
            "1 appointment that was not kept awaits the officer’s decision. It is not a failure to comply unless the "
            "officer decides so."
        )
    return (
        f"{one.awaiting:,} appointments that were not kept await the officer’s decision. They are not failures to "
        "comply unless the officer decides so."
    )


def _whom_to_ring(facts):
    return ended(f"Composed from our record on {say_date(facts.today)}. {facts.officer}")
