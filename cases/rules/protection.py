"""Whether each concern about a case is looked after: by a question that is open, an answer somebody has
analysed, or an interim plan in force.

Source: product rules, checks (interim protection meanwhile); report 2.1 (checks "not completed
throughout the order"). The same rule refuses what would leave a concern with none of the three, and
opens an enquiry where time alone has.
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from cases.reference.checks import OPEN_STATES, CheckKind, EnquiryState, Reply
from cases.rules.checks import NOT_AN_ANSWER
from cases.rules.enquiries import ASKED_ABOUT, Concern

IN_WORDS = {
    Concern.DOMESTIC_ABUSE: "domestic abuse",
    Concern.CHILD: "a child",
    Concern.ADULT: "an adult at risk",
}


@dataclass(frozen=True, slots=True)
class Question:
    """An enquiry on the case, and what came of it."""

    kind: CheckKind
    state: EnquiryState
    triggered_on: date
    replied_on: date | None = None
    reply: Reply | str = ""

    @property
    def speaks_on(self):
        """The day up to which it speaks for the case."""
        return max(filter(None, (self.triggered_on, self.replied_on)))


@dataclass(frozen=True, slots=True)
class Watched:
    """What stands between the concerns about a case and nobody looking."""

    concerns: dict[Concern, date]  # with the day from which an answer counts
    questions: tuple[Question, ...] = ()
    plan_until: date | None = None  # the last day of a plan in force


def counts_from(since, began_on, sentenced_on):
    """From when an answer counts for a concern: its start, or the sentence for one that came with it."""
    return since if since and since > began_on else sentenced_on


def unprotected(watched, policy, today):
    """The concerns that nothing looks after, in order."""
    if watched.plan_until and watched.plan_until >= today:
        return []
    return [
        concern
        for concern, since in sorted(watched.concerns.items())
        if not any(_looks_after(one, concern, since, policy, today) for one in watched.questions)
    ]


def asks_about(concern):
    """The agency that is asked where nothing looks after a concern."""
    return ASKED_ABOUT[concern][0]


def in_words(concerns):
    return " and ".join(IN_WORDS[one] for one in concerns)


def _looks_after(question, concern, since, policy, today):
    if question.kind not in ASKED_ABOUT[concern]:
        return False
    if question.state in OPEN_STATES:
        return True
    fresh_until = question.speaks_on + relativedelta(months=policy.refresh_months)
    answered = question.state == EnquiryState.ANALYSED and question.reply not in NOT_AN_ANSWER
    return answered and since <= question.speaks_on and today <= fresh_until
