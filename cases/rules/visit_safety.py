"""How staff may visit an address: who decides, what has changed since, and what lets a visit go ahead.

Sources: report 2.3; supervision reference 3.4 (lone working); product rules, clocks ("after the police reply
or a staff-safety decision").
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from cases.reference.codes import Register
from cases.reference.visits import NEEDS_FALLBACK, VisitWay, YesNoUnsure
from cases.rules.interim import says_nothing
from cases.rules.words import within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

# Registers that a senior weighs before anybody goes
TO_STAFF = frozenset({Register.RISK_TO_STAFF, Register.WEAPONS})
NEVER_ALONE = Register.RISK_TO_STAFF  # unless a senior says so


@dataclass(frozen=True, slots=True)
class OnRecord:
    """One thing on the record that bears on a visit. `key` tells it from every other of the case."""

    key: str
    words: str
    to_staff: bool = False  # or else it bears on somebody there, or on whoever spoke to us


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """What the record shows of visiting this person at one address."""

    registers: frozenset[str] = frozenset()  # codes now in force
    concern: bool = False  # domestic abuse or a child
    police_answered: bool = False  # the reply is analysed, and none is waited for
    record: tuple[OnRecord, ...] = ()
    left_on: date | None = None  # by the record they have left this address


def why_a_senior(facts, *, endangers, way, asked):
    """Why a senior decides, each in a sentence; nothing where the officer's own decision stands."""
    found = []
    for code in sorted(TO_STAFF & facts.registers):
        found.append(f"They are on the register: {within_a_sentence(Register(code).title)}.")
    if facts.concern and not facts.police_answered:
        found.append(
            "There is a domestic abuse or child concern, and no reply of the police is analysed."
        )
    if endangers != YesNoUnsure.NO:
        found.append("The visit could endanger somebody.")
    if way in (VisitWay.PAIRED, VisitWay.POLICE):
        found.append(f"You propose: {within_a_sentence(VisitWay(way).title)}.")
    if asked:
        found.append("You ask a senior to decide.")
    return found


def check_proposal(*, endangers, endangers_whom, signal, fallback):
    """Refuse what leaves out what the sheet at the door must say."""
    if endangers not in set(YesNoUnsure):
        raise RuleBroken("Say whether the visit could endanger somebody.")
    if endangers != YesNoUnsure.NO and says_nothing(endangers_whom):
        raise RuleBroken("Say who could be endangered, and what we do about it.")
    if signal in NEEDS_FALLBACK and says_nothing(fallback):
        raise RuleBroken(
            "Say how you are reached without a signal: a landline, or where you ring from."
        )


def check_decision(*, way, because, by_senior, facts):
    """Refuse a decision without a reason, and one officer alone where staff are at risk."""
    if says_nothing(because):
        raise RuleBroken("Say why that is the way to do it.")
    if way == VisitWay.ALONE and NEVER_ALONE in facts.registers and not by_senior:
        raise RuleBroken(
            "Nobody goes alone to somebody on the register as a risk to staff, unless a senior says so."
        )
    return because.strip()


def last_day(decided_on, months):
    """Until when a decision holds; that day it has run out."""
    return decided_on + relativedelta(months=months)


def changed_since(seen, facts):
    """What the record shows now that it did not when the decision was asked for, in words."""
    return [one.words for one in facts.record if one.key not in set(seen)]


def check_seen(seen, facts):
    """Refuse to decide past what came on the record while the page was read. `seen`: keys of what it showed."""
    if new := changed_since(seen, facts):
        raise RuleBroken(
            f"This has come on the record since you opened the page: {'; '.join(new)}. Read it before you decide."
        )


# What stands in the way of a visit


@dataclass(frozen=True, slots=True)
class Decision:
    """How staff may visit this address, as it was asked for and perhaps decided."""

    way: str
    decided: bool
    by_senior: bool
    review_on: date | None
    seen: tuple[str, ...] = ()


def stands_in_the_way(decision, facts, today):
    """Why nobody may go yet, each in a sentence that says what to do; nothing where somebody may."""
    if decision is None:
        return ["Nobody has decided yet how staff may visit this address."]
    if not decision.decided:
        return ["The safety decision waits for a senior."]
    found = []
    if facts.left_on:
        found.append(
            f"By the record they left this address on {say_date(facts.left_on)}. Say how staff may visit "
            "where they live now."
        )
    if decision.review_on <= today:
        found.append(
            f"The safety decision ran out on {say_date(decision.review_on)}. Bring it up to date."
        )
    if changed := changed_since(decision.seen, facts):
        found.append(
            f"Something has changed since the safety decision: {'; '.join(changed)}. Bring it up to date."
        )
    if decision.way == VisitWay.NOT_AT_HOME:
        found.append("The safety decision says not at home. Meet somewhere else.")
    if not facts.police_answered and not decision.by_senior:
        found.append(
            "No reply of the police is analysed, and no senior has decided how to go. Ask a senior to decide."
        )
    return found


def check_may_go(decision, facts, today):
    """Refuse a visit that something stands in the way of."""
    if found := stands_in_the_way(decision, facts, today):
        raise RuleBroken(" ".join(found))
