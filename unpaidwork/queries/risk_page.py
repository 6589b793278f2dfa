"""The page of the risk of unpaid work: what stands before an allocation, where each is mended, and the assessment whole.

Source: product rules, gates; ui, still to do (from the first minute); unpaid work reference 5.
"""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from cases.rules import gaps as weights
from cases.rules.answering import field_name
from cases.rules.words import counted
from staff.kit import Gap, Line, Link, Tag, on, tag
from staff.permissions import Action
from unpaidwork.queries.gate import is_woman
from unpaidwork.reference.risk_questions import RISK_QUESTIONS, Said
from unpaidwork.rules.risk import TO_CONFIRM, asked_of, parts_of

INDUCTION = (
    "An induction may be booked and held while any of this is still to do. Work on a site may not: nobody is "
    "allocated before the gate is open, or a senior probation officer has let one go ahead for a time."
)


@dataclass(frozen=True)
class Task:
    """One part of the assessment being written."""

    text: str
    href: str
    tag: Tag
    hint: str


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Known:
    """What the record says on one question, beside it."""

    words: str
    source: str


@dataclass(frozen=True)
class Stands:
    """Where the assessment in force stands, in words."""

    tag: Tag
    words: str
    links: list[Link] = field(default_factory=list)


# What stands before an allocation


def gap_of(case, one, header):
    """As a `Gap` that leads to where it is mended, for the reader of this header."""
    warning = one.weight == weights.Weight.WARNING
    return Gap(header.names.text(one.sentence), where_mended(case, one, header.may), one.rule_and_source, warning)  # fmt: skip


def where_mended(case, one, may):
    """Where the reader mends it; blank where they may not go there."""
    if one.key.startswith("check:") and one.question not in RISK_QUESTIONS:
        if one.check and Action.VIEW_CHECKS in may:
            return reverse("check", args=[case.crn, one.check])
        return reverse("open-check", args=[case.crn]) if Action.RECORD_CHECK in may else ""
    pages = {
        "assessment": ("assessment", Action.VIEW_ASSESSMENT),
        "restrictions": ("case-restrictions", Action.VIEW_RESTRICTIONS),
        "instructions": ("work-instructions", Action.VIEW_UNPAID_WORK),
        "registers": ("case", Action.VIEW_CASE),
    }
    page, action = pages.get(one.question, ("work-risk", Action.VIEW_UNPAID_WORK))
    return reverse(page, args=[case.crn]) if action in may else ""


# The assessment being written


def draft_gaps(case, found, names):
    """What is still to do before it can be signed, each leading to its question."""
    return [
        Gap(names.text(one.sentence), where(case, one.question), one.rule_and_source)
        for one in found
    ]


def where(case, code):
    part = RISK_QUESTIONS[code].part
    page = reverse("work-risk-part", args=[case.crn, part.value])
    return f"{page}#id_{field_name(code)}"


def tasks_of(case, found):
    """[Task], one for each part that has a question for this person."""
    for part in parts_of(**_of_them(case)):
        left = [one for one in found if RISK_QUESTIONS[one.question].part == part]
        codes = {one.question for one in left}
        yield Task(
            text=part.title,
            href=reverse("work-risk-part", args=[case.crn, part.value]),
            tag=tag("still-to-do") if left else tag("met"),
            hint=f"{counted(len(codes), 'question')} still to do" if left else "Everything is said",
        )


def _of_them(case):
    return {"woman": is_woman(case), "retained": bool(case.retained_by)}


def known_of(record, names):
    """{code: [Known]} of what the record says on each question."""
    found: dict[str, list[Known]] = {}
    for one in record:
        said = f"{one.source}, {on(one.on)}" if one.on else one.source
        found.setdefault(one.question, []).append(Known(names.text(one.words), said))
    return found


# The assessment whole


def chapters_of(case, answers, names):
    """[Chapter] of everything that is asked and what is answered, in order."""
    parts: dict = {}
    for question in asked_of(**_of_them(case)):
        line = _line(question, answers.get(question.code), names)
        parts.setdefault(question.part, []).append(line)
    return [Chapter(part.title, lines) for part, lines in parts.items()]


def say_answer(code, answer):
    """What was answered, as it is read."""
    if not answer:
        return "Not answered"
    said = dict(RISK_QUESTIONS[code].answers)[answer["said"]]
    words = answer.get("words", "")
    if answer["said"] == Said.WORDS:
        return f"“{words}”" if words else said
    return f"{said}. {words}" if words else said


def _line(question, answer, names):
    detail = []
    if answer:
        if source := answer.get("source"):
            detail.append(names.text(source))
        if day := answer.get("on"):
            detail.append(on(date.fromisoformat(day)))
        if answer.get(TO_CONFIRM):
            detail.append("filled in, to be confirmed")
    return Line(question.asks, names.text(say_answer(question.code, answer)), detail=", ".join(detail))  # fmt: skip


def stands_of(case, in_force, today):
    """Where the assessment in force stands."""
    if in_force is None:
        return Stands(tag("not-recorded"), "None is signed.")
    signed = f"Signed by {in_force.signed_by.name} on {on(localdate(in_force.signed_at))}"
    see = [Link("See it whole", reverse("see-work-risk", args=[case.crn, in_force.pk]))]
    if in_force.good_until < today:
        return Stands(tag("overdue"), f"{signed}. It was good until {on(in_force.good_until)}.", see)  # fmt: skip
    return Stands(tag("signed"), f"{signed}, good until {on(in_force.good_until)}.", see)
