"""What a resettlement plan says of risk, as the officer is asked to read it one by one, and what they may make of it.

Source: report 4.2 (T5); Through the Gate reference 7 (what the prison knew was lost where nobody had to read it).
"""

from dataclasses import dataclass
from datetime import date

from cases.rules.stock import is_stock
from staff.errors import RuleBroken
from ttg.reference.custody import RiskAnswer
from ttg.reference.questions import QUESTIONS, QUIET, Source
from ttg.rules.plans import LONGEST

SAY_CHANGE = "Say what you change about it, in words that whoever meets them could act on."


@dataclass(frozen=True, slots=True)
class OfRisk:
    """One thing about risk in a plan, as the officer is asked to read it."""

    question: str
    words: str
    source: str
    on: date


def about_risk(answers):
    """[OfRisk] that the officer is to read: of questions about risk, what says something of it."""
    return [
        OfRisk(code, say_risk(question, answer), Source(answer["source"]).title, date.fromisoformat(answer["on"]))
        for code, question in QUESTIONS.items()
        if question.about_risk
        and (answer := answers.get(code))
        and (answer["said"] not in QUIET or answer.get("words") or answer.get("does"))
    ]  # fmt: skip


def say_risk(question, answer):
    """What was answered, with what is done about it."""
    done = f"What is done: {answer['does']}" if answer.get("does") else ""
    said = f"{question.say(answer['said'])}."
    return " ".join(filter(None, [said, answer.get("words", ""), done]))


def check_risk_answer(answer, amended):
    """The officer's words as they are kept. Raises RuleBroken for no answer, or for a change that says nothing."""
    if answer not in (RiskAnswer.ACCEPTED, RiskAnswer.AMENDED):
        raise RuleBroken("Accept it as it stands, or say what you change.")
    amended = amended.strip() if answer == RiskAnswer.AMENDED else ""
    if answer == RiskAnswer.AMENDED and is_stock(amended):
        raise RuleBroken(SAY_CHANGE)
    if len(amended) > LONGEST:
        raise RuleBroken(f"What you change is {LONGEST:,} characters or fewer.")
    return amended
