"""Overrides: what a request must say, who may decide it and how often, how long it runs, who reads it after.

Source: product rules, override (never for law or victim exclusion; nobody approves their own; cap and
sampling so that it stays thinking; it expires to its approver). Numbers are local policy ("assessing").
"""

from dataclasses import dataclass
from datetime import timedelta

from cases.reference.overrides import OVERRIDE_MAY_BECOME, OverrideState
from cases.rules.interim import is_sampled, says_nothing
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

SAY = {  # what is asked for instead of nothing, or of words that say nothing
    "unknown": "Say what is unknown: which fact is missing, and about whom.",
    "read_and_asked": "Say what you read and whom you asked, with the days. “Rang the MASH on 3 May, no answer "
    "yet” will do.",
    "why_safer": "Say why going ahead is safer than waiting, and for whom.",
    "who_is_protected": "Say who is protected meanwhile and how: who does what, and when.",
    "who_was_told": "Say who has been told, by name or role, and when.",
    "what_closes_it": "Say what closes it: what comes, from whom.",
    "decision_note": "Say in a sentence why you decide as you do, so that whoever reads it later can follow.",
    "closed_how": "Say how it was closed: what came, or what was decided instead.",
    "read_note": "Say in a sentence what you found, so that the approver can learn from it.",
}
SIX = tuple(SAY)[:6]  # what a request itself must say
BY_ITSELF = "What was missing is there"
GIVEN_UP = "What it was asked for was given up before it was signed"
RENEWED = "Followed by a later override of the same"


@dataclass(frozen=True, slots=True)
class Approved:
    """One gap that an override in force lets somebody pass: its key, what it said then, who approved it."""

    key: str
    sentence: str
    by: int


def lets_pass(found, approved):
    """Whether what was approved lets somebody pass this gate: it is the one that was asked about."""
    return found.may_override and any(
        one.key == found.key and (not found.as_it_says or one.sentence == found.sentence)
        for one in approved
    )


def by_others(approved, user):
    """What was approved by anybody but this user (their key): nobody goes ahead by their own approval."""
    return [one for one in approved if one.by != user]


def check_says(**boxes):
    """Refuse a box that is blank, or holds what is typed to get past it. Gives them trimmed."""
    for name, words in boxes.items():
        if says_nothing(words):
            raise RuleBroken(SAY[name])
    return {name: words.strip() for name, words in boxes.items()}


def check_chosen(keys, open_gates):
    """The gates that are asked about, in the order they stand in; each open now, and none of law or victims."""
    if not keys:
        raise RuleBroken("Choose at least one thing that stands in the way.")
    by_key = {one.key: one for one in open_gates}
    if not set(keys) <= by_key.keys():
        raise RuleBroken(
            "Something you chose no longer stands in the way. Look again at what is still to do."
        )
    chosen = [one for one in open_gates if one.key in set(keys)]
    for one in chosen:
        if not one.may_override:
            raise RuleBroken(
                "Nobody may go ahead without this: the law or a victim's safety stands behind it, or only you "
                f"can say it. {one.sentence}"
            )
    return chosen


def check_runs_until(expires_on, policy, today):
    if expires_on < today:
        raise RuleBroken("An override cannot end on a day that has passed.")
    last = last_day(policy, today)
    if expires_on > last:
        raise RuleBroken(
            f"An override runs for {counted(policy.override_longest_days, 'day')} at most, to {say_date(last)}. "
            "Choose an earlier day: it can be asked for again."
        )


def last_day(policy, today):
    return today + timedelta(days=policy.override_longest_days)


def check_becomes(state, to):
    if to not in OVERRIDE_MAY_BECOME[OverrideState(state)]:
        raise RuleBroken(
            f"This override is at “{OverrideState(state).title}”, so that is not open to it."
        )


def check_approver(*, role, approved, policy):
    """Whether somebody of this role, having approved so many this month, may approve one more.

    The cap is a senior's; a head of service has none, because the cap leads to them.
    """
    most = policy.override_most_a_month
    if is_capped(role) and approved >= most:
        raise RuleBroken(
            f"You have approved {approved:,} this month, and one senior may approve {most:,}. Another senior "
            "probation officer or the head of service decides this one; you may still refuse it."
        )


def is_capped(role):
    return role != Role.HEAD


def check_not_theirs(asked_by, by, what):
    if asked_by == by:
        raise RuleBroken(
            f"You asked for this override, so somebody else {what}: another senior probation officer or the "
            "head of service."
        )


def is_read_after(key, role, policy):
    """Whether a head of service reads it once approved: one in so many, by its key, of those of seniors."""
    return is_capped(role) and is_sampled(key, policy.override_sample_one_in)


def is_settled(gaps, open_keys):
    """Whether nothing that the override was asked for stands in the way any more."""
    return not set(gaps) & set(open_keys)


def has_run_out(expires_on, today):
    """Once its last day has passed."""
    return expires_on < today
