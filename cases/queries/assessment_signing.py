"""What is shown when an assessment is signed or countersigned: what is shut, what was warned of and said.

Source: product rules, gates and override; architecture, evidence.
"""

from dataclasses import dataclass, replace

from django.urls import reverse

from cases.queries.overrides import approved_gaps
from cases.reference.harm import AnalysisPart
from cases.reference.needs import NeedArea
from cases.reference.overrides import Act
from cases.rules import gaps as weights
from cases.rules.answering import applies, questions_of
from cases.rules.overrides import lets_pass
from cases.rules.words import times
from staff.kit import Gap, Line
from staff.permissions import Action


@dataclass(frozen=True)
class Shut:
    """A gate that is shut, and where to ask to go ahead all the same; blank: never, or not by this reader."""

    gap: Gap
    ask: str


@dataclass(frozen=True)
class Gates:
    shut: list[Shut]
    passed: list[str]  # by an override in force, in words


def gates_of(desk, may, today):
    """The gates that stand before this assessment."""
    assessment = desk.assessment
    approved = approved_gaps(assessment=assessment, today=today)
    return gates_shown(desk, approved, Act.ASSESSMENT, assessment.case.crn, may)


def gates_shown(desk, approved, act, crn, may):
    """The gates before what this desk is about, those apart that an override in force lets pass."""
    both = list(zip(weights.gates(desk.found), desk.gaps, strict=True))
    asks = Action.ASK_OVERRIDE in may
    passes = [lets_pass(one, approved) for one, _ in both]
    return Gates(
        shut=[
            Shut(gap, _ask(act, crn, one.key) if asks and one.may_override else "")
            for (one, gap), passed in zip(both, passes, strict=True)
            if not passed
        ],
        passed=[gap.sentence for (_, gap), passed in zip(both, passes, strict=True) if passed],
    )


def _ask(act, crn, key):
    return reverse("ask-override", args=[crn], query={"act": act.value, "gap": key})


def evidence_lines(assessment, names):
    """What was warned of when it was signed, what was said to each, and whether it was looked at again."""
    kept = assessment.evidence
    often = kept.get("times_returned", 0)
    again = f"Returned {times(often)} before it was signed as it is now"
    passed = [
        Line(names.text(one["sentence"]), "Passed by an override") for one in kept.get("gaps", ())
    ]
    said = [
        Line(names.text(one["sentence"]), names.text(one["said"]))
        for one in kept.get("warnings", ())
    ]
    looked = [Line("Looked at again", again)] if often else []
    return [*looked, *passed, *said]


def questions_to_return(assessment, asked):
    """The questions that apply, each named so that it is known by itself."""
    return [
        replace(one, asks=_named(one))
        for part in AnalysisPart
        for one in questions_of(part, asked)
        if applies(one.code, assessment.answers)
    ]


def _named(question):
    begins = question.code.partition(".")[0]
    if begins in set(NeedArea):
        return f"{NeedArea(begins).title}: {question.asks}"
    return question.asks


def answers_before(assessment):
    """The answers of the one it follows, or None where it is the first."""
    return assessment.follows.answers if assessment.follows else None
