"""The person's own copy of their resettlement plan: built from what may be shared with them, and nothing else.

Sources: product rules, sharing; Through the Gate reference 7 (agreed copy). What they said themselves goes in; what is about
risk, is kept to those who work on the case, or was said by others, does not. A copy is always made: an answer that would give
somebody away is left out whole, so that no gap in a sentence tells of them, and staff are told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.rules.giveaways import why_not
from cases.rules.person_copy import Copy, Line, Section
from cases.rules.plain_words import plain
from staff.rules.dates import say_date
from ttg.reference.custody import Agreed
from ttg.reference.questions import NO_ANSWER, QUESTIONS, Source, needs_of
from ttg.reference.referrals import Pathway

BY_OTHERS = "Somebody else said it, and was not asked whether we may repeat it."
YOURS = {"they": "you", "them": "you", "their": "your", "themselves": "yourself"}
AGREEMENT = {
    Agreed.AGREED: "You told us that you agree with this plan.",
    Agreed.PARTLY: "You told us that you agree with part of this plan. You can ask us to change it.",
    Agreed.REFUSED: "You told us that you do not agree with this plan. You can ask us to change it.",
}
NOT_ASKED = "You have not yet told us whether you agree. Please tell us what you think of it."
OWN_WORDS, STRENGTHS = "What they want, in their own words", "Their strengths"


@dataclass(frozen=True, slots=True)
class Told:
    """What the copy is made from. `kept`: of `cases.rules.giveaways`."""

    forename: str
    surname: str
    called: str
    kept: Any
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    strengths: str = ""
    own_words: str = ""
    agreed: str = Agreed.NOT_ASKED
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that is left out, for staff. It is never about risk: that is left out without a word."""

    what: str
    why: str


def copy_of(told):
    """(the copy, [Left]). It is a draft until it is signed and they agree."""
    left: list[Left] = []
    safe = _shareable(told, left)
    sections = [
        _own(told, "What you want", told.own_words, OWN_WORDS, left, quoted=True),
        _own(told, "What goes well", told.strengths, STRENGTHS, left),
        *(_answers(told, pathway, safe) for pathway in Pathway),
        _to_do(safe),
    ]
    when = f" It was signed on {say_date(told.signed_on)}." if told.signed_on else ""
    copy = Copy(
        called=told.called or told.forename,
        draft=told.signed_on is None or told.agreed != Agreed.AGREED,
        agreement=f"{AGREEMENT.get(Agreed(told.agreed), NOT_ASKED)}{when}",
        sections=tuple(one for one in sections if one),
    )
    return copy, left


def _shareable(told, left):
    """{code: answer} of what goes in."""
    safe = {}
    for code, question in QUESTIONS.items():
        answer = told.answers.get(code)
        if not answer or answer["said"] == NO_ANSWER or question.about_risk or question.restricted:
            continue
        if answer["source"] != Source.PERSON:
            left.append(Left(question.asks, BY_OTHERS))
        elif why := why_not(answer.get("words", ""), told.kept):
            left.append(Left(question.asks, why))
        else:
            safe[code] = answer
    return safe


def _own(told, heading, words, what, left, *, quoted=False):
    """What they say of themselves, as a section; nothing where there is nothing or it gives somebody away."""
    if not words:
        return None
    if why := why_not(words, told.kept):
        left.append(Left(what, why))
        return None
    if quoted:
        return Section(heading, quote=words)
    return Section(heading, (Line(plain(words, told.forename, told.surname)),))


def _answers(told, pathway, safe):
    lines = [
        Line(f"{to_you(question.asks)} {to_you(question.say(safe[code]['said']))}.", plain(safe[code].get("words", ""), told.forename, told.surname))
        for code, question in QUESTIONS.items()
        if question.pathway == pathway and code in safe
    ]  # fmt: skip
    return Section(pathway.title, tuple(lines)) if lines else None


def _to_do(safe):
    """What is looked for with them: only what their own answers raise."""
    found = needs_of(safe)
    return Section("What we work on with you", tuple(Line(to_you(one.words)) for one in found)) if found else None  # fmt: skip


def to_you(words):
    """Our own questions and answers, said to the person. They speak of the person as “they” and of nobody else so."""
    pattern = rf"\b({'|'.join(YOURS)})\b"
    return re.sub(pattern, lambda found: _as_begun(found[0]), words, flags=re.IGNORECASE)


def _as_begun(word):
    said = YOURS[word.lower()]
    return said.capitalize() if word[0].isupper() else said
