"""The referral of a risk to the NPS on one sheet: all of the record that it rests on, for whoever sends it.

Source: product rules, GRID (the referral is sent within one working day) and sharing. What the reader may not see is
left out and said so: protected names, and the assessment.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.assessment_tab import Named, victims_of
from cases.queries.checks import CheckSummary, enquiries_of, summary_of
from cases.queries.compliance import WEEKS, attendance_of
from cases.queries.interim import standing_plan
from cases.queries.registers import OnRegister, registers_of
from cases.queries.sentences import SentenceView, sentences_of
from cases.reference.codes import Rosh
from cases.reference.harm import HarmGroup
from cases.reference.questions import of_group
from cases.rules.words import counted
from staff.kit import Line, on
from staff.permissions import Action

NOT_SHOWN = "Left out: you may not see the assessment. Ask the officer to send this part."


@dataclass(frozen=True)
class Referral:
    """What the sheet says, for one reader."""

    lines: list[Line]  # who, and why
    meanwhile: str
    sentences: list[SentenceView]
    registers: list[OnRegister]
    harm: list[Line]  # by group, from the assessment in force
    harm_said: str  # where there is none, or it is not for this reader
    victims: list[Named]
    checks: CheckSummary
    plan: list[Line]  # what holds until agencies answer
    kept: list[Line]  # appointments
    weeks: str


def referral_of(one, case, header, at):
    names, may, today = header.names, header.may, localtime(at).date()
    harm, said = _harm(case, names, may)
    current, _ = registers_of(case, names, today)
    return Referral(
        lines=[
            Line("Why", names.text(one.because)),
            Line("Date of birth", on(case.born_on)),
            Line("Officer", header.officer, detail=case.team.name if case.team else ""),
            Line("Opened", on(one.opened_on)),
        ],
        meanwhile=names.text(one.meanwhile),
        sentences=sentences_of(case, names, today, current=True),
        registers=current,
        harm=harm,
        harm_said=said,
        victims=victims_of(case, names, may) if Action.VIEW_ASSESSMENT in may else [],
        checks=summary_of(case, enquiries_of(case), names, may, today),
        plan=_plan(case, names),
        kept=_kept(case, at),
        weeks=counted(WEEKS, "week"),
    )


def _harm(case, names, may):
    """Each group a level is said of, with who, what and when, as the assessment in force says; and what else is said."""
    if Action.VIEW_ASSESSMENT not in may:
        return [], NOT_SHOWN
    held = case.assessments.in_force().first()
    if held is None:
        return (
            [],
            "No assessment has been signed here, so nobody has said whom this person could hurt.",
        )
    found = []
    for group in HarmGroup:
        said = [
            held.answers.get(of_group(group, what), "")
            for what in ("level", "who", "nature", "when")
        ]
        level, *words = said
        if level:
            detail = " ".join(names.text(one) for one in words if one)
            found.append(Line(group.title, Rosh(level).title, detail=detail))
    return found, f"As assessed here, {on(held.completed_on)}."


def _plan(case, names):
    plan = standing_plan(case)
    if plan is None:
        return []
    return [
        Line("We assume", names.text(plan.worst_case)),
        Line("Who is protected", names.text(plan.who_is_protected)),
        Line("What we do", names.text(plan.what_we_do)),
        Line("Holds until", on(plan.expires_on)),
    ]


def _kept(case, at):
    """How appointments were kept. An absence nobody has decided on is neither accepted nor a failure."""
    said = list(attendance_of(case, at).values_list("attended", "complied"))
    return [
        Line("Kept", f"{sum(attended for attended, _ in said):,}"),
        Line("Missed and accepted", f"{said.count((False, True)):,}"),
        Line("Failures to comply", f"{sum(complied is False for _, complied in said):,}"),
        Line("Missed, not yet decided", f"{said.count((False, None)):,}"),
    ]
