"""What only a senior or a head can do, and about how long a list of it takes.

Source: product rules, how it should feel ("a senior's list takes 20 minutes and ends"). The minutes are local policy: they say
what a list comes to, and nobody is measured by them.
"""

from collections.abc import Iterable
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
    "decide_travel": Effort.DECIDE,
    "decide_visit_safety": Effort.DECIDE,
    "decide_contest": Effort.DECIDE,
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


def say_minutes(minutes: int) -> str:
    """To the nearest five, because nobody knows better; an hour and more in hours and minutes."""
    if not minutes:
        return ""
    about = max(5, round(minutes / 5) * 5)
    hours, rest = divmod(about, 60)
    said = [counted(hours, "hour")] if hours else []
    said += [counted(rest, "minute")] if rest else []
    return f"about {' and '.join(said)}"
