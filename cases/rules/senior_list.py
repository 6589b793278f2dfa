"""What only a senior or a head can do, and about how long a list of it takes.

Source: product rules, how it should feel ("a senior's list takes 20 minutes and ends"). The minutes are local policy: they say
what a list comes to, and nobody is measured by them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from cases.rules.supervision_policy import SupervisionPolicy
from cases.rules.words import counted


class Effort(StrEnum):
    """What a row asks of a senior."""

    COUNTERSIGN = (
        auto()
    )  # to read a whole assessment, review or recall, and sign it or give it back
    DECIDE = auto()  # yes or no, with why
    READ = auto()  # and say that it was read
    ARRANGE = auto()  # to find and name somebody or something
    ANSWER = auto()  # in writing, to somebody outside


EFFORTS = {
    "countersign_assessment": Effort.COUNTERSIGN,
    "countersign_review": Effort.COUNTERSIGN,
    "countersign_recall": Effort.COUNTERSIGN,
    "agree_interim_plan": Effort.COUNTERSIGN,
    "decide_override": Effort.DECIDE,
    "close_override": Effort.DECIDE,
    "decide_lowering": Effort.DECIDE,
    "discuss_escalation": Effort.DECIDE,
    "decide_travel": Effort.DECIDE,
    "decide_visit_safety": Effort.DECIDE,
    "decide_contest": Effort.DECIDE,
    "decide_unmet_need": Effort.DECIDE,
    "read_override": Effort.READ,
    "read_hollow_review": Effort.READ,
    "read_withdrawn_breach": Effort.READ,
    "name_officer": Effort.ARRANGE,
    "answer_transfer": Effort.ARRANGE,
    "book_replacement": Effort.ARRANGE,
    "tell_of_death": Effort.ARRANGE,
    "notify_further_offence": Effort.ANSWER,
    "review_further_offence": Effort.ANSWER,
    "acknowledge_complaint": Effort.ANSWER,
    "answer_complaint": Effort.ANSWER,
}


def minutes_of(kinds: Iterable[str], policy: SupervisionPolicy) -> int:
    """About how many minutes these rows take together."""
    of_each = {
        Effort.COUNTERSIGN: policy.minutes_countersign,
        Effort.DECIDE: policy.minutes_decide,
        Effort.READ: policy.minutes_read,
        Effort.ARRANGE: policy.minutes_arrange,
        Effort.ANSWER: policy.minutes_answer,
    }
    # Work of another kind that was handed to a senior is a decision like any other
    return sum(of_each[EFFORTS.get(kind, Effort.DECIDE)] for kind in kinds)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a senior alone. `pressing`: late, and somebody could be hurt."""

    key: int
    kind: str
    due: bool  # today, or late
    pressing: bool


@dataclass(frozen=True, slots=True)
class TodaysList:
    """What a senior does today. `beyond`: how many of it are beyond its minutes, as they must not wait."""

    keys: tuple[int, ...]
    minutes: int
    beyond: int
    left: int
    left_due: int  # of what is left


def list_of_today(waiting: Sequence[Waiting], done: int, policy: SupervisionPolicy) -> TodaysList:
    """As much as fits into the minutes of a day less those of what was done today, in the order given.

    Nothing short jumps ahead of what comes first. What is pressing stands on it whatever the time. Where nothing was done
    yet, one thing that takes longer than the day is the whole of it.
    """
    shown: list[Waiting] = []
    used, beyond, full = done, 0, False
    for one in waiting:
        minutes = minutes_of([one.kind], policy)
        fits = used + minutes <= policy.minutes_a_day or not used
        full = full or not fits
        if full and not one.pressing:
            continue
        beyond += full
        used += minutes
        shown.append(one)
    keys = {one.key for one in shown}
    left = [one for one in waiting if one.key not in keys]
    return TodaysList(
        tuple(one.key for one in shown),
        used - done,
        beyond,
        len(left),
        sum(one.due for one in left),
    )


def say_end(found: TodaysList, did: int, done: int) -> str:
    """Where the list ends and what is left of it. `did`, `done`: what was done today, and its minutes."""
    before = f"{counted(did, 'thing')}, {say_minutes(done)}" if did else ""
    if not found.keys and not found.left:
        if not did:
            return "Nothing waits that only you can do."
        return f"Nothing more waits that only you can do. You did {counted(did, 'thing')} today, {say_minutes(done)}."
    if found.keys:
        ends = f"That is the end of it: {counted(len(found.keys), 'thing')}, {say_minutes(found.minutes)}."
    else:
        ends = f"That is today’s list done: {before}."
    return f"{ends} {_left(found)}"


def _left(found):
    if not found.left:
        return "Nothing more waits."
    more = f"{counted(found.left, 'more thing waits', 'more things wait')}"
    if not found.left_due:
        return f"{more}, not due yet."
    if found.left_due == found.left:
        return f"{more}, due or late; none of what is late could hurt somebody."
    return (
        f"{more}, {found.left_due:,} of them due or late; none of what is late could hurt somebody."
    )


def say_minutes(minutes: int) -> str:
    """To the nearest five, because nobody knows better; an hour and more in hours and minutes."""
    if not minutes:
        return ""
    about = max(5, round(minutes / 5) * 5)
    hours, rest = divmod(about, 60)
    said = [counted(hours, "hour")] if hours else []
    said += [counted(rest, "minute")] if rest else []
    return f"about {' and '.join(said)}"
