"""The headline figure: whether the question about each concern was put, answered, read and acted on.

Of the people with a domestic abuse or child concern, the share with a reply under six months old,
analysed, and cited by an action of the plan. Source: product rules, the headline figure; HMIP's
rules for judging a case (enquiry made, reply received, content analysed). The figures of others to
compare with are HMIP's of 2022 to 2023.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from cases.reference.checks import CheckKind, EnquiryState, Reply
from cases.reference.codes import Titled
from cases.rules.checks import NOT_AN_ANSWER
from cases.rules.enquiries import Concern
from cases.rules.protection import asks_about

MEASURED = (Concern.DOMESTIC_ABUSE, Concern.CHILD)
COUNTS_FOR = relativedelta(months=6)  # how long a reply stands for what is so now
VERSION = "1"


class Step(Titled):
    """How far the loop has come on a case. Each step holds the one before it."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered within six months"
    ANALYSED = "analysed", "Answered and analysed"
    CITED = "cited", "Answered, analysed and acted on"


# What inspectors found elsewhere, beside the step it can be compared with
FOUND_ELSEWHERE = {
    Step.ASKED: "Domestic abuse enquiries made in 49% of cases and child safeguarding in 55% (HMIP, annual report 2022 to 2023)",
    Step.ANALYSED: "Domestic abuse analysed well enough in 28% of cases (HMIP, domestic abuse inspection 2023)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """An enquiry on a case, and what came of it. `cited`: an action of the plan rests on its reply."""

    kind: CheckKind
    state: EnquiryState
    sent_on: date | None = None
    replied_on: date | None = None
    reply: Reply | str = ""
    cited: bool = False


def steps_taken(concerns, asked, today):
    """The steps taken for every concern of a case: for each its own agency, by one and the same enquiry."""
    furthest = [_furthest(asks_about(concern), asked, today) for concern in concerns]
    return frozenset(list(Step)[: min(furthest, default=0)])


def tally(cases):
    """{step: how many}, and under None how many in all, of the steps taken on each of several cases."""
    counted: Counter[Step | None] = Counter()
    for steps in cases:
        counted.update([None, *steps])
    return counted


def share(part, whole):
    """The share in per cent, to the nearest whole; None of nobody."""
    return round(100 * part / whole) if whole else None


def _furthest(kind, asked, today):
    """How many of the steps the enquiry of this kind that came furthest has taken."""
    return max((_steps(one, today) for one in asked if one.kind == kind), default=0)


def _steps(one, today):
    if one.sent_on is None or one.state in (EnquiryState.NOT_NEEDED, EnquiryState.SUPERSEDED):
        return 0
    answered = one.replied_on and one.reply and one.reply not in NOT_AN_ANSWER
    if not answered or one.replied_on + COUNTS_FOR <= today:
        return 1
    if one.state != EnquiryState.ANALYSED:
        return 2
    return 4 if one.cited else 3
