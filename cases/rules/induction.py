"""What an induction asks of one person, what stands before it is signed, and what of it proves that they knew the rules.

Sources: supervision reference 2.1 and 7; product rules, gates, sharing. Each requirement and condition is explained one by
one, because at breach each is a question of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.reference.arriving import Proof
from cases.reference.induction_questions import (
    BOXES,
    INDUCTION_QUESTIONS,
    SETTLES,
    InductionPart,
    InductionQuestion,
    Kind,
    Said,
)
from cases.rules.gaps import Found, Weight
from cases.rules.giveaways import Kept, why_not
from cases.rules.interim import says_nothing
from cases.rules.words import shortened
from staff.errors import RuleBroken
from staff.rules.dates import say_date

VERSION = "1"
LONGEST, LONGEST_PROOF = 2000, 500
LONGEST_RULE = 500  # letters of a condition that stand on the screen and on the proof
NOT_ASKED = "That is not a question of this induction. Look at the page again."


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement or condition that the person must keep to. `code`: "requirement-12"."""

    code: str
    words: str


WHOLE = Rule(
    "whole",
    "The order or licence itself, read out from its copy: what it requires is not on record one by one",
)


@dataclass(frozen=True, slots=True)
class InductionFacts:
    """What is answered, and what of getting in touch the record holds: asked since they began, Welsh, an interpreter."""

    rules: tuple[Rule, ...]
    answers: Mapping[str, Mapping[str, str]]
    contact_asked: bool
    welsh_offered: bool
    interpreter_asked: bool


def rule_code(rule: Rule) -> str:
    return f"{InductionPart.RULES.value}.{rule.code}"


def questions_of(rules: Iterable[Rule]) -> list[InductionQuestion]:
    """What is asked of one person: each rule of theirs, or the paper itself where none is on record; then the rest."""
    own = [
        InductionQuestion(
            rule_code(one),
            InductionPart.RULES,
            shortened(one.words, LONGEST_RULE),
            proves=True,
        )
        for one in tuple(rules) or (WHOLE,)
    ]
    return own + list(INDUCTION_QUESTIONS.values())


def clean_answer(
    code: str, given: Mapping | None, asked: Mapping[str, InductionQuestion]
) -> dict | None:
    """The answer as it is kept; None where it is blank. Refuses what is not asked, and what cannot be an answer to it."""
    question = asked.get(code)
    if question is None:
        raise RuleBroken(NOT_ASKED)
    if not given or not given.get("said"):
        return None
    if given["said"] not in {said for said, _ in question.answers}:
        raise RuleBroken(f"Choose one of the answers given for “{question.asks}”.")
    words = (given.get("words") or "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise RuleBroken(
            f"The answer to “{question.asks}” must be {LONGEST:,} characters or fewer."
        )
    said = Said(given["said"])
    return {"said": said.value, **({"words": words} if words and said in BOXES else {})}


# What stands before the signature


def to_do(facts: InductionFacts) -> list[Found]:
    """[Found], in the order of the screen."""
    return [one for rule in RULES for one in rule(facts)]


def _gate(key, sentence, rule, question=""):
    return Found(key, Weight.GATE, sentence, rule, question=question, may_override=False)


def everything_answered(facts):
    """No question is blank."""
    for one in questions_of(facts.rules):
        if one.code not in facts.answers:
            yield _gate(
                f"blank:{one.code}", f"Not answered: {one.asks}", "nothing is left blank", one.code
            )


def rules_are_understood(facts):
    """Each rule is told back, and each paper given: “explained” alone proves nothing at court."""
    for one in questions_of(facts.rules):
        answer = facts.answers.get(one.code)
        if answer and one.kind in (Kind.EXPLAINED, Kind.GIVEN) and answer["said"] not in SETTLES:
            done = "understood yet" if one.kind == Kind.EXPLAINED else "given yet"
            yield _gate(f"open:{one.code}", f"Not {done}: {one.asks}", "each is explained, and understood or given", one.code)  # fmt: skip


def answers_say_something(facts):
    """A yes says what, and their own words are there."""
    for one in questions_of(facts.rules):
        answer = facts.answers.get(one.code)
        if (
            answer
            and answer["said"] in (Said.YES, Said.WORDS)
            and says_nothing(answer.get("words", ""))
        ):
            yield _gate(
                f"words:{one.code}", f"It does not say what: {one.asks}", "no bare yes", one.code
            )


def contact_is_asked(facts):
    """How to get in touch is asked of the person themselves, and typed in one place."""
    if not facts.contact_asked:
        yield _gate(
            "contact:asked",
            "They have not been asked, since this induction began, how we may get in touch safely.",
            "safe contact is asked, not assumed",
        )


def language_is_asked(facts):
    """Welsh is offered to everybody, and an interpreter asked about."""
    if not facts.welsh_offered:
        yield _gate(
            "language:welsh",
            "It is not recorded when they were offered Welsh.",
            "Welsh is offered to everybody",
        )
    if not facts.interpreter_asked:
        yield _gate("language:interpreter", "They have not been asked whether they need an interpreter.", "nothing is explained in words somebody does not follow")  # fmt: skip


RULES = (
    everything_answered,
    rules_are_understood,
    answers_say_something,
    contact_is_asked,
    language_is_asked,
)


def check_proof(
    proof: str, words: str, held_on: date, *, began_on: date | None, today: date
) -> str:
    """Refuse a day that cannot be, and a refusal to sign of which nobody says how it went. Gives the words trimmed."""
    words = " ".join(words.split())
    if held_on > today:
        raise RuleBroken("The day on which the induction was held cannot be in the future.")
    if began_on and held_on < began_on:
        raise RuleBroken(
            f"The sentence began on {say_date(began_on)}. Give the day on which this induction was held."
        )
    if len(words) > LONGEST_PROOF:
        raise RuleBroken(f"Say it in {LONGEST_PROOF} characters or fewer.")
    if Proof(proof) == Proof.REFUSED and says_nothing(words):
        raise RuleBroken("Say what they said when they would not sign, and who was there.")
    if Proof(proof) == Proof.SCREEN and says_nothing(words):
        raise RuleBroken("Say who was present when it was read back and agreed.")
    return words


def as_signed(facts: InductionFacts) -> dict:
    """The answers with what was asked, so that no later change of the order or of our questions changes what they knew."""
    asked = {one.code: one for one in questions_of(facts.rules)}
    return {code: {**facts.answers[code], "asks": one.asks} for code, one in asked.items()}


# What may be shown at breach


HOW = {Said.UNDERSTOOD: "Explained, and told back", Said.GIVEN: "Given"}  # as the sheet says it


def in_order(answers: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    """[(code, answer)] in the order in which they were asked, which what is stored does not keep."""
    places = {code: place for place, code in enumerate(INDUCTION_QUESTIONS)}

    def place(code):
        if code in places:
            return (1, places[code], "", 0)
        kind, _, key = code.partition(".")[2].partition("-")
        return (0, kind != "requirement", kind, int(key) if key.isdecimal() else 0)

    return sorted(answers.items(), key=lambda one: place(one[0]))


@dataclass(frozen=True, slots=True)
class Proven:
    """What the sheet says: (what was explained or given, how), and why a line of it is not printed."""

    lines: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def proven(answers: Mapping[str, Mapping[str, str]], kept: Kept) -> Proven:
    """What was said of rules and rights, and nothing that they told us. `kept`: what no paper that leaves us names.

    A rule whose words give somebody away is counted, and its words stay in the order or licence.
    """
    shown, left_out = [], []
    for code, answer in in_order(answers):
        if not _proves(code):
            continue
        if why := why_not(answer["asks"], kept):
            left_out.append(why)
        else:
            shown.append((answer["asks"], HOW[Said(answer["said"])]))
    return Proven(tuple(shown), tuple(left_out))


def _proves(code):
    if code.startswith(f"{InductionPart.RULES.value}."):
        return True
    question = INDUCTION_QUESTIONS.get(code)
    return bool(question and question.proves)
