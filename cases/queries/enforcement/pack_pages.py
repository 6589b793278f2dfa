"""The page on which a breach pack is put together: what is written, what the record fills in, and what is still to do.

Source: product rules, gates (the list is the refusal's own); docs/screens.md.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.enforcement.pack import failures_in
from cases.reference.breach_pack import REPORT, Evidence
from cases.rules.enforcement.pack import MAY_NOT_EXIST, said_in_it
from cases.rules.gaps import gates, warnings
from cases.rules.words import counted
from staff.kit import Gap, Line
from staff.rules.dates import say_date

NOTHING = "Nothing on record"
COURT = "court_name"


def gaps_of(found, names, href):
    """(gates, warnings) as the page lists them. `href`: where what mends one is, by its key and question."""
    return (
        [Gap(names.text(one.sentence), href(one), one.rule_and_source) for one in gates(found)],
        [Gap(names.text(one.sentence), href(one), one.rule_and_source, warning=True) for one in warnings(found)],
    )  # fmt: skip


@dataclass(frozen=True)
class Still:
    """What is still to do before a pack goes, as its pages list it. `said`: the heading, where only sentences are missing."""

    gaps: list[Gap]
    warnings: list[Gap]
    said: str = ""


def still_of(found, names, href):
    """Gates first. Without one, what the boxes of the pack lack is to be said there, once; the rest as it goes."""
    shut, warned = gaps_of(found, names, href)
    if shut:
        return Still(shut, warned)
    in_it = {one.key for one in said_in_it(found)}
    boxed = [gap for one, gap in zip(warnings(found), warned, strict=True) if one.key in in_it]
    rest = [gap for one, gap in zip(warnings(found), warned, strict=True) if one.key not in in_it]
    return Still(boxed, rest, f"{counted(len(boxed), 'thing')} to say first" if boxed else "")


def mended_at(breach, fields):
    """Where what is missing is put right: a box of the page where it has one, else the failure it is of."""
    crn = breach.case.crn
    boxes = {
        Evidence.ORDER: COURT,
        **{str(one): f"statements.{one}" for one in MAY_NOT_EXIST},
    }

    def href(one):
        of, _, key = one.key.partition(".")
        name = {
            Evidence.INSTRUCTION: f"told.{key}",
            Evidence.REQUIREMENT: f"part.{key}",
            Evidence.REPORT: f"report.{key}",
        }.get(of, boxes.get(of, ""))
        if name in fields:
            return f"#id_{fields[name]}"
        if of in {Evidence.FAILURES, Evidence.DECIDED} and key:
            return reverse("failure", args=[crn, key])
        return ""

    return href


def asked_of(breach, pack):
    """[(name, what it asks, hint, rows)] of every box of the page, in the order in which the pack is bound."""
    yield COURT, "The court responsible for the order", "Blank: the court of the record.", 1
    for one in failures_in(breach):
        day = say_date(one.happened_on)
        if one.decision is None:
            yield (
                f"told.{one.pk}",
                f"How were they told of what they failed on {day}?",
                "How, when, and by whom.",
                3,
            )
            if not (one.requirement_id or one.condition_id):
                yield (
                    f"part.{one.pk}",
                    f"What of the order was failed on {day}?",
                    "The requirement, as the order has it.",
                    2,
                )
        elif not told_by_record(one):
            yield (
                f"told.{one.pk}",
                f"How were they told of the appointment of {day}?",
                "How, when, and by whom.",
                3,
            )
    for question in REPORT:
        yield f"report.{question.code}", question.asks, question.hint, 6
    for evidence in MAY_NOT_EXIST:
        if not pack.has(evidence):
            hint = "Nothing is on record. State that it does not exist and why, or have it put on the record."
            yield f"statements.{evidence}", evidence.title, hint, 3


def told_by_record(failure):
    return failure.decision is not None and failure.decision.appointment.told_how != "not_yet"


def filled_in(pack, names):
    """What the record fills in by itself, each with where it comes from."""
    lines = [
        Line(
            "Order made on",
            say_date(pack.order_made_on) if pack.order_made_on else NOTHING,
            detail="Sentence",
        ),
        Line("By", names.text(pack.court) or NOTHING, detail="Sentence, or as written here"),
    ]
    for one in pack.failures:
        told = names.text(one.told) or NOTHING
        lines.append(
            Line(f"Failure of {say_date(one.happened_on)}", names.text(one.what), detail="Failures")
        )
        lines.append(Line("What of the order it failed", names.text(one.requirement) or NOTHING))
        lines.append(Line("How they were told", told, detail="Appointments, or as written here"))
        lines.append(Line("Decided by", one.decided_by or NOTHING, detail=names.text(one.because)))
    for evidence in MAY_NOT_EXIST:
        found = names.text((pack.found or {}).get(evidence, ""))
        lines.append(Line(evidence.title, found or NOTHING))
    given = [one for one in pack.warnings if one.given_on and not one.withdrawn]
    said = ", ".join(say_date(one.given_on) for one in given) if given else "None was given"
    return [*lines, Line("Warnings given", said, detail="Warnings of this order")]
