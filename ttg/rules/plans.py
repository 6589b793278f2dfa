"""The resettlement plan: which of the reports it is, what an answer may be, and what stands before its signature.

Sources: Through the Gate reference 2 (short sentences merge the stages), 3, 7; report 4.2 (T5, T7); product rules, gates.
Nothing here refuses printing or release: a plan that cannot be signed is still a draft that prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.stock import is_stock
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.custody import Agreed, PlanKind
from ttg.reference.questions import (
    ASKED_OF,
    NO_ANSWER,
    QUESTIONS,
    SKIPS,
    Acts,
    Source,
    needs_of,
)
from ttg.reference.referrals import Pathway

VERSION = 1  # of these rules, kept with each signature
LONGEST = 2000  # letters
LONGEST_REASON = 500
TO_CONFIRM = "to_confirm"  # of an answer that the plan before gave
THEIR_VIEW = "their_view"  # stands for the page of it where a gap has no question
NOT_ASKED = "That is not a question of this part of the resettlement plan."
SAY_WHY = "Say in their own words why they do not agree, or what with."


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that decides whether a plan may be signed. `answers`: by code, blanks absent."""

    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    strengths: str = ""
    own_words: str = ""
    agreed: str = Agreed.NOT_ASKED
    agreed_because: str = ""


# Which of the reports it is


def kind_for(received_on, release_on, today, policy):
    """Immediate needs, the one before release, or both in one.

    A stay no longer than release takes to prepare has one plan: its last weeks have begun at reception. Source: Through
    the Gate reference 2. `policy`: a ReleasePolicy.
    """
    if release_on is None:
        return PlanKind.IMMEDIATE
    prepared = timedelta(days=policy.prepare_days)
    if release_on - received_on <= prepared:
        return PlanKind.MERGED
    return PlanKind.RELEASE if today >= release_on - prepared else PlanKind.IMMEDIATE


# What an answer may be


def asked_of(pathway):
    """What is asked of one pathway, in order; last, whether it is asked at all."""
    return [*ASKED_OF[Pathway(pathway)], SKIPS[f"{pathway}.skipped"]]


def question_of(code):
    return QUESTIONS.get(code) or SKIPS.get(code)


def clean_answer(code, pathway, value, today):
    """The answer as it is kept, or None where it is blank. Raises RuleBroken for what it cannot be."""
    question = question_of(code)
    if question is None or question.pathway != pathway:
        raise RuleBroken(NOT_ASKED)
    if not value:
        return None
    if not isinstance(value, Mapping):
        raise RuleBroken("An answer is what is said, its words, its source and its day.")
    said = str(value.get("said") or "")
    words, does = _words(value, "words"), _words(value, "does")
    if not said:
        if words or does:
            raise RuleBroken(f"Choose an answer as well as writing one: {question.asks}")
        return None
    if said not in dict(question.choices):
        raise RuleBroken(f"Choose one of the answers given for: {question.asks}")
    source = str(value.get("source") or Source.PERSON)
    if source not in dict(Source.choices()):
        raise RuleBroken("Say who it comes from: choose one of the sources given.")
    day = _day(value.get("on") or today, today)
    kept = {"said": said, "words": words, "does": does, "source": source, "on": day}
    return {name: one for name, one in kept.items() if one}


def _words(value, name):
    words = str(value.get(name) or "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise RuleBroken(f"An answer is {LONGEST:,} characters or fewer.")
    return words


def _day(given, today):
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError as problem:
        raise RuleBroken("The day of an answer is a date, such as 2018-05-03.") from problem
    if day > today:
        raise RuleBroken(f"{say_date(day)} is still to come. An answer has a day that has been.")
    return day.isoformat()


def carried_over(answers):
    """{code: answer} of the plan before that is still asked, each to be confirmed. Why a part was skipped is said anew."""
    return {
        code: dict(answer) | {TO_CONFIRM: True}
        for code, answer in answers.items()
        if code in QUESTIONS and answer["said"] != NO_ANSWER
    }


def confirmed(answer):
    """The same answer, looked at and right."""
    return {name: one for name, one in answer.items() if name != TO_CONFIRM}


def check_view(*, agreed, agreed_because):
    """The answer about agreeing, refused where it is none of those given or is a bare no."""
    if agreed not in {one.value for one in Agreed}:
        raise RuleBroken("Say whether they agree: choose one of the answers given.")
    if len(agreed_because) > LONGEST_REASON:
        raise RuleBroken(f"Why they do not agree is {LONGEST_REASON} characters or fewer.")


# What a signed one must have


def to_do(facts):
    """[Found] that stands before the signature, gates and warnings, in the order of the questions."""
    place = {code: number for number, code in enumerate([*QUESTIONS, *SKIPS])}
    found = [one for rule in RULES for one in rule(facts)]
    return sorted(found, key=lambda one: place.get(one.question, len(place)))


def _answered(facts):
    """(question, its answer) of each that has one."""
    for code, question in QUESTIONS.items():
        if answer := facts.answers.get(code):
            yield question, answer


def _skipped(facts, pathway):
    """Whether somebody said why it is not asked here."""
    said = facts.answers.get(f"{pathway}.skipped", {}).get("said", NO_ANSWER)
    return said != NO_ANSWER


def _found(weight, key, sentence, rule, question=THEIR_VIEW):
    return Found(key, weight, sentence, rule, question=question, may_override=False)


def nothing_left_to_confirm(facts):
    """What came from the plan before is looked at by somebody. Source: Through the Gate reference 7 (copy forward with confirmation)."""
    for question, answer in _answered(facts):
        if answer.get(TO_CONFIRM):
            words = f"Taken from the plan before, and not confirmed: {question.asks}"
            yield _found(Weight.GATE, f"confirm:{question.code}", words, "what is filled in is confirmed", question.code)  # fmt: skip


def self_harm_has_an_action(facts):
    """A yes to self-harm says what is done, or why nothing is. Source: Through the Gate reference 7 (safeguarding)."""
    yield from _without_action(facts, Acts.SELF_HARM)


def others_are_kept_safe(facts):
    """A yes about abuse, a child or a victim says what is done, or why nothing is. Source: Through the Gate reference 7."""
    yield from _without_action(facts, Acts.OTHERS)


def _without_action(facts, acts):
    for question, answer in _answered(facts):
        if question.acts == acts and answer["said"] == "yes" and is_stock(answer.get("does", "")):
            words = f"Say what is done about it and by whom, or why nothing is: {question.asks}"
            yield _found(Weight.GATE, f"act:{question.code}", words, "a yes has an action or a reason", question.code)  # fmt: skip


def they_were_asked(facts):
    """Nobody signs a plan that the person was not asked about. Source: report 4.2 (prisoner involved)."""
    if facts.agreed == Agreed.NOT_ASKED:
        words = "They have not been asked whether they agree with the plan."
        yield _found(Weight.GATE, "agreed", words, "the person is asked")


def not_agreeing_has_a_reason(facts):
    """Not agreeing is an answer, and is kept with why. Source: Through the Gate reference 7 (refusal recorded with reason)."""
    if facts.agreed in (Agreed.PARTLY, Agreed.REFUSED) and is_stock(facts.agreed_because):
        yield _found(Weight.GATE, "agreed_because", SAY_WHY, "a refusal is kept with its reason")


def strengths_are_named(facts):
    """Source: Through the Gate reference 7 (strengths first)."""
    if says_nothing(facts.strengths):
        words = "No strengths are named: what goes well, what they can do, who is on their side."
        yield _found(Weight.WARNING, "strengths", words, "strengths first")


def own_words_are_there(facts):
    """Source: Through the Gate reference 7 (own goals, own words)."""
    if says_nothing(facts.own_words):
        words = "It does not say in their own words what they want."
        yield _found(Weight.WARNING, "own_words", words, "their own words")


def something_was_answered(facts):
    """“No answer given” to everything is nobody's plan. One by one it carries no shame."""
    said = [answer["said"] for _, answer in _answered(facts)]
    if said and all(one == NO_ANSWER for one in said):
        words = "Every answer is “No answer given”. Say what was tried, and when it is asked again."
        yield _found(Weight.WARNING, "no_answer", words, "somebody answered something")


def no_pathway_is_blank(facts):
    """A part nobody asked about is asked, or it says why not. Source: Through the Gate reference 3 (skip reasons)."""
    asked = {question.pathway for question, _ in _answered(facts)}
    for pathway in Pathway:
        if pathway not in asked and not _skipped(facts, pathway):
            first = ASKED_OF[pathway][0].code
            words = f"{pathway.title}: nothing is asked, and it does not say why."
            yield _found(Weight.WARNING, f"blank:{pathway}", words, "each part is asked", first)


RULES = (
    nothing_left_to_confirm,
    self_harm_has_an_action,
    others_are_kept_safe,
    they_were_asked,
    not_agreeing_has_a_reason,
    strengths_are_named,
    own_words_are_there,
    something_was_answered,
    no_pathway_is_blank,
)


# What comes of a signature


def newly_needed(answers, former, known, still_open):
    """[NeedKind] to be written down at a signature. `former`: the answers of the plan before.

    `known`: codes of needs of this stay, whatever became of them; `still_open`: those to be met. What was met or declined is
    not asked for again because the answer still stands; it is where the answer is a new one.
    """
    before = {one.code for one in needs_of(former)}
    return [
        one
        for one in needs_of(answers)
        if one.code not in still_open and (one.code not in known or one.code not in before)
    ]


def differences(before, after):
    """[(code, answer before, answer after)] of what was answered otherwise, None for no answer."""
    said = [(code, _bare(before.get(code)), _bare(after.get(code))) for code in [*QUESTIONS, *SKIPS]]  # fmt: skip
    return [(code, one, other) for code, one, other in said if one != other]


def _bare(answer):
    """What it says, whoever says so and when."""
    if not answer:
        return None
    return {name: answer[name] for name in ("said", "words", "does") if answer.get(name)}
