"""Interim plans: whether one is owed while agencies have not answered, since when, what it must say,
who agrees it and when it has run out.

Source: product rules, checks ("while open": the worst that is assumed, who is protected, what we do
until the reply, expiry; the senior probation officer agrees it for flagged concerns and samples the
rest). Lengths are local policy ("checks").
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.calendar import add_working_days
from staff.errors import RuleBroken
from staff.rules.dates import say_date

SAY = {  # what is asked for instead of nothing, or of words that say nothing
    "worst_case": "Say what you assume until they answer.",
    "who_is_protected": "Say who is protected, and from what.",
    "what_we_do": "Say what we do until they answer, who does it and when.",
}
# What is typed to get past a box
SAYS_NOTHING = (
    "n/a", "none", "none known", "nil", "no", "yes", "nothing", "unknown", "not known", "don't know",
    "not applicable", "tbc", "tba", "tbd", "as above", "see above", "as before", "as usual", "as normal",
    "as standard", "standard", "normal", "as per plan", "see plan", "see nDelius", "see OASys",
    "see contact log", "monitor", "to monitor", "continue to monitor", "usual monitoring", "no concerns",
    "no change", "await reply", "awaiting reply", "wait for reply", "pending", "ongoing",
    "ok", "okay", "all ok", "all okay", "fine", "all fine", "good", "all good", "noted", "agreed", "same",
    "as discussed", "see notes", "see file", "see record", "see attached", "see assessment", "see report",
    "asdf", "asdfg", "asdfgh", "asdf asdf", "qwerty", "test", "testing", "blah", "blah blah", "abc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """An enquiry that is open. `what` is the agency in a word or two: "Police"."""

    id: int
    what: str
    triggered_on: date  # or the day on which it was opened again, its reply being put right


@dataclass(frozen=True, slots=True)
class Held:
    """The plan that stands. `returned_on`: the day a senior gave it back to its author."""

    id: int
    covers: frozenset[int]  # keys of enquiries
    expires_on: date
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class InterimFacts:
    """What decides whether a plan is owed on a case, and whether the one that stands goes on."""

    ours: bool  # and checked by rule: begun here, or imported and taken up
    concern: bool  # domestic abuse, a child or a named victim
    taken_up_on: date | None = None
    waiting: tuple[Waiting, ...] = ()
    plan: Held | None = None
    running_due_on: date | None = None  # of the clock on writing one, where it runs
    needed: bool = False  # a concern has no other protection than the plan


@dataclass(frozen=True, slots=True)
class Owed:
    """A plan that is owed: since when, within how many working days, and why, for staff."""

    since: date
    days: int
    why: str


def plan_owed(facts, policy):
    """The plan that is owed on a case; None where none is.

    One is, while an enquiry is open that the plan which stands does not cover, or that plan was
    returned. The clock starts on the day the earliest of them fell due, or the case was taken up.
    """
    plan, waiting = facts.plan, uncovered(facts)
    if not facts.ours:
        return None
    if plan and plan.returned_on and not has_done_its_work(facts):
        why = f"Returned by the senior probation officer, {say_date(plan.returned_on)}"
        return Owed(plan.returned_on, policy.interim_concern_days, why)
    if not waiting:
        return None
    first = min(waiting, key=lambda one: (_counts_from(one, facts), one.id))
    since = _counts_from(first, facts)
    days = policy.interim_concern_days if facts.concern else policy.interim_days
    why = f"{first.what} enquiry open since {say_date(since)}, not covered by an interim plan"
    return Owed(since, days, why)


def uncovered(facts):
    """The open enquiries that the plan which stands does not cover."""
    covered = facts.plan.covers if facts.plan else frozenset()
    return [one for one in facts.waiting if one.id not in covered]


def is_brought_forward(facts, policy, today, extra=frozenset()):
    """Whether the clock that runs is cut short, a concern having come since it was started."""
    if not facts.concern or facts.running_due_on is None:
        return False
    return add_working_days(today, policy.interim_concern_days, extra) < facts.running_due_on


def has_done_its_work(facts):
    """Whether the plan that stands ends: nothing it covers is open, and nothing else rests on it."""
    covers = facts.plan.covers & {one.id for one in facts.waiting}
    return not covers and not facts.needed


def _counts_from(waiting, facts):
    """An imported case owes nothing before it was taken up."""
    return max(filter(None, (waiting.triggered_on, facts.taken_up_on)))


# Writing and agreeing one


def check_words(**boxes):
    """Refuse a box that is blank, or holds what is typed to get past it. Gives them trimmed."""
    for name, words in boxes.items():
        if says_nothing(words):
            raise RuleBroken(SAY[name])
    return {name: words.strip() for name, words in boxes.items()}


def says_nothing(words):
    """Whether nobody could act on these words: "n/a", "as above", "monitor", a dash."""
    letters = _letters(words)
    return len(set(letters)) < 2 or letters in _NOTHING


def _letters(words):
    return "".join(letter for letter in words.casefold() if letter.isalpha())


_NOTHING = {_letters(one) for one in SAYS_NOTHING}


def check_expiry(expires_on, policy, today):
    if expires_on < today:
        raise RuleBroken("An interim plan cannot end on a day that has passed.")
    last = last_expiry(policy, today)
    if expires_on > last:
        raise RuleBroken(
            f"An interim plan runs for {policy.interim_longest_days} days at most, to {say_date(last)}. "
            "Choose an earlier day: it can be renewed."
        )


def last_expiry(policy, today):
    return today + timedelta(days=policy.interim_longest_days)


def is_sampled(key, one_in):
    """Whether a plan without a concern is read by a senior all the same: one in so many, by its key."""
    return key % one_in == 0


def has_run_out(expires_on, today):
    """Once its last day has passed."""
    return expires_on < today


# Words


def how_it_stands(plan, today):
    """As the safety strip says it, within a sentence: "interim plan until 3 March 2018"."""
    if plan is None:
        return "no interim plan"
    if plan.returned_on:
        return f"interim plan returned {say_date(plan.returned_on)}"
    if has_run_out(plan.expires_on, today):
        return f"interim plan ran out {say_date(plan.expires_on)}"
    return f"interim plan until {say_date(plan.expires_on)}"
