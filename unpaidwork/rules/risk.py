"""The risk assessment for unpaid work: what an answer may be, and what a signed one must have.

Sources: unpaid work reference 5; report 4.1; product rules, gates (no bare "not known", no blank, a "no" has its
source; stock phrases) and how it should feel (what is known already is filled in, and confirmed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.stock import is_stock
from cases.rules.words import listed, within_a_sentence
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.risk_questions import (
    RISK_QUESTIONS,
    WOMEN_CHOICE,
    Asked,
    Kind,
    RiskPart,
    Said,
)

VERSION = 1  # of these rules, kept with each signature
LONGEST, LONGEST_SOURCE = 2000, 300  # letters
NOT_ASKED = "That is not a question of this part of the risk assessment."
OFFICERS_ASSESS = (
    "The responsible officer assesses the risk of this person: whoever finds the work does not also clear the way to it. "
    "Ask the officer."
)
TO_CONFIRM = "to_confirm"  # of an answer that the record, or the assessment before, gave
SAYS_WHAT = {  # what is asked for instead of nothing, or of what could stand in any assessment
    Said.YES: "say what, in words of your own that a supervisor could act on",
    Said.UNKNOWN: "it is not known: say whom you asked, when, and what we do until we know",
    Said.WORDS: "write down what they said, as they said it",
    Said.DECLINED: "they would not or could not say: say how you asked, and what we do about it",
}


def may_assess(role, *, retained):
    """Whether this role writes and signs the assessment: officers and seniors; coordinators only where nobody of ours
    manages the person, with what the NPS officer tells them. Source: unpaid work reference 5 (NPS-retained persons)."""
    return retained or role != Role.COORDINATOR


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record already says on one question. `said`: what that answers; blank: for staff to judge.

    `counts`: an assessment signed without it is out of date.
    """

    key: str  # the same however often the record is brought in; names nobody
    question: str
    words: str
    source: str
    on: date | None = None
    said: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """All that decides whether the risk assessment may be signed. `answers`: by code, blanks absent."""

    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    record: tuple[Recorded, ...] = ()
    woman: bool = False  # or sex not known
    retained: bool = False  # managed by the NPS


# What is asked, and what an answer may be


def asked_of(*, woman, retained):
    """The questions that are asked of this person, in order."""
    asked = {Asked.EVERYBODY: True, Asked.WOMEN: woman, Asked.RETAINED: retained}
    return [one for one in RISK_QUESTIONS.values() if asked[one.asked_of]]


def parts_of(*, woman, retained):
    """The parts that have a question for this person, in order."""
    parts = {one.part for one in asked_of(woman=woman, retained=retained)}
    return [part for part in RiskPart if part in parts]


def clean_answer(code, part, value, today):
    """The answer as it is kept, or None where it is blank. Raises RuleBroken for what it cannot be."""
    question = RISK_QUESTIONS.get(code)
    if question is None or question.part != part:
        raise RuleBroken(NOT_ASKED)
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise RuleBroken("An answer is what is said, its words, its source and its day.")
    said = str(value.get("said") or "")
    words, source = _words(value, "words", LONGEST), _words(value, "source", LONGEST_SOURCE)
    day = _day(value.get("on"), today)
    if not said:
        if words:
            raise RuleBroken(f"Choose an answer as well as writing one: {question.asks}")
        return None
    if said not in dict(question.answers):
        raise RuleBroken(f"Choose one of the answers given for: {question.asks}")
    kept = {"said": said, "words": words, "source": source, "on": day}
    return {name: one for name, one in kept.items() if one}


def _words(value, name, longest):
    words = " ".join(str(value.get(name) or "").split(" ")).strip()
    if len(words) > longest:
        raise RuleBroken(f"An answer is {longest:,} characters or fewer.")
    return words


def _day(given, today):
    if not given:
        return ""
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError as problem:
        raise RuleBroken("The day of an answer is a date, such as 2018-05-03.") from problem
    if day > today:
        raise RuleBroken(f"{say_date(day)} is still to come. An answer has a day that has been.")
    return day.isoformat()


def filled_in(record, *, woman, retained):
    """{code: answer} that the record gives, each to be confirmed. Nothing said there answers “no”."""
    found: dict[str, dict[str, Any]] = {}
    for question in asked_of(woman=woman, retained=retained):
        known = [one for one in record if one.question == question.code]
        if question.kind != Kind.FACT or not any(one.said == Said.YES for one in known):
            continue
        days = [one.on for one in known if one.on]
        found[question.code] = {
            "said": Said.YES.value,
            "words": "; ".join(dict.fromkeys(one.words for one in known))[:LONGEST],
            "source": listed(one.source for one in known)[:LONGEST_SOURCE],
            **({"on": max(days).isoformat()} if days else {}),
            TO_CONFIRM: True,
        }
    return found


def carried_over(answers, *, woman, retained):
    """{code: answer} of the assessment before that is still asked, each to be confirmed. Their own words are asked anew."""
    asked = {one.code: one for one in asked_of(woman=woman, retained=retained)}
    return {
        code: dict(answer) | {TO_CONFIRM: True}
        for code, answer in answers.items()
        if code in asked and asked[code].kind != Kind.THEIRS
    }


def chosen_by_her(answers):
    """What a woman chose about whom she works with."""
    return Choice(answers.get(WOMEN_CHOICE, {}).get("said") or Choice.NOT_ASKED)


# What a signed one must have


def to_do(facts):
    """[Found] that stands before the signature, in the order of the questions."""
    place = {code: number for number, code in enumerate(RISK_QUESTIONS)}
    found = [one for rule in RULES for one in rule(facts)]
    return sorted(found, key=lambda one: place[one.question])


def _asked(facts):
    return asked_of(woman=facts.woman, retained=facts.retained)


def _answered(facts):
    """(question, its answer) of each that has one."""
    for question in _asked(facts):
        if answer := facts.answers.get(question.code):
            yield question, answer


def _gate(question, what, sentence, rule):
    return Found(f"{what}:{question.code}", Weight.GATE, sentence, rule, question=question.code, may_override=False)  # fmt: skip


def everything_answered(facts):
    """No question is blank."""
    for question in _asked(facts):
        if question.code not in facts.answers:
            yield _gate(question, "blank", f"Not answered: {question.asks}", "no blank")


def nothing_left_to_confirm(facts):
    """What the record filled in, or the assessment before, is looked at by somebody."""
    for question, answer in _answered(facts):
        if answer.get(TO_CONFIRM):
            words = f"Filled in for you, and not confirmed: {question.asks}"
            yield _gate(question, "confirm", words, "what is filled in is confirmed")


def answers_say_something(facts):
    """A yes says what; “not known” says what we did; their own words are theirs. Nothing could stand in any assessment."""
    for question, answer in _answered(facts):
        asks = SAYS_WHAT.get(answer["said"])
        if asks and is_stock(answer.get("words", "")):
            words = f"{question.asks} You answered “{Said(answer['said']).title}”: {asks}."
            yield _gate(question, "words", words, "no bare “not known” and no stock phrase")


def answers_have_a_source(facts):
    """Who says so, and when: a “no” no less than a “yes”."""
    for question, answer in _answered(facts):
        missing = []
        if says_nothing(answer.get("source", "")):
            missing.append("who says so")
        if not answer.get("on"):
            missing.append("when")
        if missing:
            words = f"It does not say {listed(missing)}: {question.asks}"
            yield _gate(question, "source", words, "a source and a date with each answer")


def no_does_not_pass_over_the_record(facts):
    """A “no” where the record says otherwise is explained: a register was ignored at the inspection."""
    for question, answer in _answered(facts):
        known = [one for one in facts.record if one.question == question.code and one.said]
        if answer["said"] == Said.NO and known and is_stock(answer.get("words", "")):
            shows = listed(within_a_sentence(one.words) for one in known)
            words = f"The record shows {shows}, and you answered “No”. Say why: {question.asks}"
            yield _gate(question, "record", words, "what the record shows is answered")


RULES = (
    everything_answered,
    nothing_left_to_confirm,
    answers_say_something,
    answers_have_a_source,
    no_does_not_pass_over_the_record,
)
