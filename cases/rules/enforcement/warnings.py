"""The law of warnings: what an officer may do, and must do, about a failure without a reasonable excuse.

Sources: Criminal Justice Act 2003 Schedule 8 paragraph 5 (community orders) and Schedule 12 paragraph 4 (suspended
sentence orders): warn or refer; after a warning given within the previous twelve months, refer. Schedule 19A paragraph 7 and
section 256AC (post-sentence supervision, supervision default orders) and licences: ladders of local policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cases.reference.enforcement import BY_STATUTE, TO_COURT, Answer, Regime, Step
from staff.errors import RuleBroken
from staff.rules.dates import say_date

TWELVE_MONTHS = relativedelta(months=12)
MUST_REFER = (
    "A warning was given on {given}, and this failure came within twelve months of it. The law asks for it to be "
    "referred: it can no longer be answered by a warning."
)
MAY = "No warning of the last twelve months stands on this order: warn them, or refer the breach at once."
FOUND_LATER = (
    "A warning was given on {given}, but this failure had happened by then. The law does not ask for it to be referred: "
    "warn them, or refer the breach."
)
NOT_GIVEN = "A warning is on its way and has not been given yet: only one that was given counts. Warn them, or refer the breach."
CAME_BACK = "The letter with the warning came back, so it was not given: only one that was given counts. Warn them, or refer the breach."
LADDER = "Warnings are local policy here, and you decide. The next step of the ladder is: {step}."
TOP = "Warnings are local policy here, and you decide. Every step of the ladder has been taken."
ANY_STEP = " Recall may be asked for at any step, when the risk can no longer be managed."


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning under the same order. `given_on` None: written or sent, and not given yet."""

    given_on: date | None
    step: Step = Step.FIRST
    withdrawn: bool = False
    came_back: bool = False  # its letter, and no other is to go


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be done about a failure, and why no more. `must`: the one answer the law leaves."""

    may: frozenset[Answer]
    because: str
    must: Answer | None = None
    step: Step | None = None  # the warning that would be given


def counts_until(given_on: date) -> date:
    """The last day of the twelve months that begin with the day on which a warning was given.

    They end with the day before the same date a year on; of 29 February, which most years lack, with 28 February.
    """
    year_on = given_on + TWELVE_MONTHS
    return year_on if year_on.day != given_on.day else year_on - timedelta(days=1)


def warning_before(failed_on: date, warnings: Iterable[Warned]) -> Warned | None:
    """The latest warning under the same order after which this failure came, within twelve months; None: there is none.

    A failure of the day on which the warning was given is not after it: nobody can say which was first.
    """
    standing = [
        (one.given_on, one)
        for one in warnings
        if one.given_on and not one.withdrawn and one.given_on < failed_on <= counts_until(one.given_on)
    ]  # fmt: skip
    return max(standing, key=lambda found: found[0])[1] if standing else None


def choices(
    *,
    regime: Regime,
    failed_on: date,
    warnings: Iterable[Warned],
    ladders: Mapping[Regime, tuple[Step, ...]],
    counts_months: int,
) -> Choices:
    """What may be done about a failure of that day. `warnings`: those under the same order, and no other.

    `ladders`, `counts_months`: local policy, read only where the law says nothing.
    """
    warnings = list(warnings)
    if regime in BY_STATUTE:
        return _by_statute(failed_on, warnings)
    step = _next_step(failed_on, warnings, ladders.get(regime, ()), counts_months)
    because = LADDER.format(step=step.title.lower()) if step else TOP
    may = {Answer.NOTHING} | ({Answer.WARN} if step else set())
    if regime in TO_COURT:
        return Choices(frozenset(may | {Answer.REFER}), because, step=step)
    return Choices(frozenset(may | {Answer.RECALL}), because + ANY_STEP, step=step)


def check_answer(answer: Answer, found: Choices) -> None:
    """Refuse an answer that the law, or the kind of sentence, does not leave."""
    if answer in found.may:
        return
    if found.must:
        raise RuleBroken(found.because)
    if answer == Answer.NOTHING:
        raise RuleBroken(
            "A failure without a reasonable excuse must be warned of or referred: the law leaves nothing else. "
            "If there was a good reason, decide that it was acceptable."
        )
    if answer == Answer.RECALL:
        raise RuleBroken(
            "Only somebody on licence can be recalled. Under this sentence a breach goes to court."
        )
    if answer == Answer.REFER:
        raise RuleBroken("A licence does not go to court. Ask for recall if it cannot go on.")
    raise RuleBroken("Every warning of the ladder has been given. Decide what else is to be done.")


def _by_statute(failed_on, warnings):
    before = warning_before(failed_on, warnings)
    if before:
        because = MUST_REFER.format(given=say_date(before.given_on))
        return Choices(frozenset({Answer.REFER}), because, must=Answer.REFER)
    may = frozenset({Answer.WARN, Answer.REFER})
    given = [one.given_on for one in warnings if one.given_on and not one.withdrawn]
    later = [on for on in given if on >= failed_on]
    if later:
        return Choices(may, FOUND_LATER.format(given=say_date(min(later))), step=Step.FIRST)
    waiting = [one for one in warnings if one.given_on is None and not one.withdrawn]
    if waiting:
        because = CAME_BACK if all(one.came_back for one in waiting) else NOT_GIVEN
        return Choices(may, because, step=Step.FIRST)
    return Choices(may, MAY, step=Step.FIRST)


def _next_step(failed_on, warnings, ladder, counts_months):
    """The lowest rung above every warning that stands and still counts. None: there is none left."""
    since = failed_on - relativedelta(months=counts_months)
    taken = {
        one.step
        for one in warnings
        if not one.withdrawn and (one.given_on is None or one.given_on > since)
    }
    reached = max((at for at, step in enumerate(ladder, start=1) if step in taken), default=0)
    return ladder[reached] if reached < len(ladder) else None
