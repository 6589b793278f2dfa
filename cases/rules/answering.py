"""What an answer of an assessment may be, which part a question stands in, and whether it applies.

Source: supervision reference 4.1 and 4.2; product rules (unscored is never nought: a blank answer is absent).
"""

import re

from cases.reference.codes import Rosh
from cases.reference.harm import AnalysisPart, HarmGroup, Indicator
from cases.reference.questions import (
    QUESTIONS,
    RELEVANCES,
    Answered,
    Question,
    of_group,
    of_pattern,
)
from staff.errors import RuleBroken

LONGEST = 10_000  # letters of one answer
NOT_ASKED = "That is not a question of this part of the assessment."
GROUP_WORDS = ("who", "nature", "when")  # asked of a group at medium or above
NEEDS_ANSWER: dict[
    str, tuple[str, set[str]]
] = {  # {code: (another question, the answers to it that this one is asked under)}
    **{
        of_group(group, what): (
            of_group(group, "level"),
            {level.value for level in Rosh} - {Rosh.LOW.value},
        )
        for group in HarmGroup
        for what in GROUP_WORDS
    },
    "sara.because": ("sara.done", {"not_done"}),
    "sara.partner": ("sara.done", {"done"}),
    "sara.others": ("sara.done", {"done"}),
}


def field_name(code):
    """What a question is called in a form, so that `#id_...` leads to it."""
    return re.sub(r"\W", "-", code)


def question_of(code, asked=()):
    """The question that a code stands for, or None. `asked`: the items of past behaviour there are."""
    if code in QUESTIONS:
        return QUESTIONS[code]
    for item in asked:
        if code == of_pattern(item.key, "relevance"):
            return Question(
                code,
                AnalysisPart.PATTERNS,
                f"{item.title}: does it bear on the risk now?",
                Answered.ONE,
                choices=RELEVANCES,
            )
        if code == of_pattern(item.key, "words"):
            return Question(
                code,
                AnalysisPart.PATTERNS,
                f"{item.title}: how does it bear on the risk, to whom, and what would make it happen again?",
                Answered.WORDS,
            )
    return None


def questions_of(part, asked=(), area=None):
    """The questions of one part, or of one area of need, in their order."""
    if part == AnalysisPart.PATTERNS:
        codes = [of_pattern(one.key, what) for one in asked for what in ("relevance", "words")]
        return [question_of(code, asked) for code in codes]
    begins = f"{area}." if area else ""
    return [one for one in QUESTIONS.values() if one.part == part and one.code.startswith(begins)]


def applies(code, answers):
    """Whether the question is asked at all, given what else was answered.

    What was answered before it stopped applying is kept, so that a level lowered by mistake costs no words.
    """
    if code not in NEEDS_ANSWER:
        return True
    other, wanted = NEEDS_ANSWER[code]
    return answers.get(other) in wanted


def clean_answer(question, value):
    """The answer as it is kept; None where it is blank. Raises RuleBroken for what cannot be an answer."""
    if value is None or value in ("", [], ()):
        return None
    clean = {Answered.WORDS: _words, Answered.ANY: _any}.get(question.how, _one)
    return clean(question, value)


def _words(question, value):
    if not isinstance(value, str):
        raise RuleBroken(f"The answer to “{question.asks}” is words.")
    words = value.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise RuleBroken(
            f"The answer to “{question.asks}” must be {LONGEST:,} characters or fewer."
        )
    return words or None


def _one(question, value):
    allowed = (
        ("yes", "no") if question.how == Answered.YES_NO else [code for code, _ in question.choices]
    )
    if value not in allowed:
        raise RuleBroken(f"Choose one of the answers given for “{question.asks}”.")
    return str(value)


def _any(question, value):
    allowed = {code for code, _ in question.choices}
    if not isinstance(value, list | tuple | set) or not set(value) <= allowed:
        raise RuleBroken(f"Choose from the answers given for “{question.asks}”.")
    if Indicator.NONE in value and question.code == "screening.indicators" and len(value) > 1:
        raise RuleBroken(
            "You chose “None of these” and others besides. Choose what is there, or none."
        )
    return sorted(map(str, value))
