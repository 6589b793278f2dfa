"""Inductions of one case as pages show them: still to do, what was answered, and the proof that may leave us.

Source: supervision reference 2.1; product rules, sharing; docs/screens.md.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Person
from cases.queries.contact_details import how_reminded, when_asked
from cases.queries.kept import kept_of
from cases.reference.arriving import Proof
from cases.reference.induction_questions import InductionPart, Said
from cases.rules.answering import field_name
from cases.rules.induction import as_signed, in_order, proven
from staff.kit import Gap, Line, Tag, on, tag
from staff.permissions import Action

NO_ANSWER = {True: "Yes", False: "No", None: "Not asked"}


@dataclass(frozen=True)
class InductionLine:
    """One of several."""

    title: str
    href: str
    proof: str  # where its sheet is; blank while it is being written
    tag: Tag


@dataclass(frozen=True)
class SignedInduction:
    """One that is signed, as staff read it."""

    title: str
    lines: list[Line]
    parts: list[tuple[str, list[Line]]]


@dataclass(frozen=True)
class ProofSheet:
    """What may be handed over and shown at court."""

    name: str
    crn: str
    lines: list[Line]
    rules: tuple[tuple[str, str], ...]
    left_out: int
    signs: bool  # there is room for their signature
    signed: bool  # by the officer, so that nothing of it changes


def inductions_of(case, draft, signed, may):
    """What is being written first, then those that are signed, the latest before the others."""
    found = []
    if draft:
        href = reverse("induction", args=[case.crn]) if Action.HOLD_INDUCTION in may else ""
        title = f"{_of(draft)}: begun on {on(localdate(draft.begun_at))} by {draft.begun_by.name}"
        found.append(InductionLine(title, href, "", tag("draft")))
    for one in signed:
        key = [case.crn, one.pk]
        proof = reverse("induction-proof", args=key) if Action.VIEW_PLAN in may else ""
        title = f"{_of(one)}: held on {on(one.held_on)}"
        found.append(InductionLine(title, reverse("see-induction", args=key), proof, tag("signed")))
    return found


def _of(one):
    return one.sentence.description if one.sentence and one.sentence.description else "Induction"


def induction_gaps(case, found, names):
    """Each thing still to do, leading to where it is put right."""
    here, contact = (
        reverse("induction", args=[case.crn]),
        reverse("contact-details", args=[case.crn]),
    )
    return [
        Gap(
            names.text(one.sentence),
            f"{here}#id_{field_name(one.question)}" if one.question else contact,
            one.rule_and_source,
        )
        for one in found
    ]


def in_touch(case):
    """What the record holds of getting in touch and of language, typed on its own page."""
    person = Person.objects.filter(case=case).first() or Person()
    return [
        Line("Getting in touch", when_asked(case) or "Not asked yet", detail=how_reminded(case)),
        Line("Welsh offered", on(person.welsh_offered_on), detail=f"They want it: {NO_ANSWER[person.wants_welsh].lower()}"),
        Line("Interpreter", NO_ANSWER[person.needs_interpreter], detail=person.first_language),
    ]  # fmt: skip


def signed_page(one, names):
    """What was asked in the words it was asked in, and what was answered."""
    parts: dict[str, list[Line]] = {part.value: [] for part in InductionPart}
    for code, answer in in_order(one.answers):
        parts[code.partition(".")[0]].append(
            Line(
                names.text(answer["asks"]),
                Said(answer["said"]).title,
                detail=names.text(answer.get("words", "")),
            )
        )
    return SignedInduction(
        title=f"Induction held on {on(one.held_on)}",
        lines=[
            *_held(one),
            Line("Signed", f"{on(localdate(one.signed_at))}, {one.signed_by.name}", detail=names.text(one.proof_words)),
        ],
        parts=[(part.title, parts[part.value]) for part in InductionPart],
    )  # fmt: skip


def proof_sheet(one, case):
    """Built from what was explained and given, and from nothing that they told us or that is kept."""
    lines = [
        *_held(one),
        Line("Explained by", one.signed_by.name),
        Line("Recorded on", on(localdate(one.signed_at))),
    ]
    return _sheet(case, one.answers, lines, signs=one.proof != Proof.REFUSED, signed=True)


def sheet_to_sign(draft, facts, case, user):
    """The same before it is signed here, for the person to sign on paper. Nothing of it may be left to do."""
    lines = [Line("Sentence", _of(draft)), Line("Explained by", user.name)]
    return _sheet(case, as_signed(facts), lines, signs=True, signed=False)


def _sheet(case, answers, lines, **stands):
    shown = proven(answers, kept_of(case))
    return ProofSheet(
        name=case.name,
        crn=case.crn,
        lines=lines,
        rules=shown.lines,
        left_out=len(shown.left_out),
        **stands,
    )


def _held(one):
    sentence = one.sentence
    return [
        Line("Sentence", _of(one), detail=sentence.court_name if sentence else ""),
        Line("Held on", on(one.held_on)),
        Line("How they showed that they understood", Proof(one.proof).title),
    ]
