"""How staff may visit each address of one case, as its pages show it. Source: report 2.3; supervision reference 3.4."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.visit_safety import facts_of_each, safety_of
from cases.reference.visits import Signal, VisitWay, YesNoUnsure
from cases.rules.visit_safety import SafetyFacts, changed_since
from staff.kit import Line, Link, Tag, on, tag
from staff.permissions import Action


@dataclass(frozen=True)
class SafetyRow:
    """How staff may visit one address, for the reader whose page this is."""

    key: int
    where: str
    tag: Tag
    stands: str
    changed: list[str]
    lines: list[Line]
    actions: list[Link]


def safety_rows(case, names, may, today):
    """Every decision that stands or waits, each with what has changed since."""
    found = list(safety_of(case))
    facts = facts_of_each(case, found, today)
    return [safety_row(one, facts[one.pk], case, names, may, today) for one in found]


def safety_row(one, facts, case, names, may, today):
    """`facts`: what the record shows now of its address."""
    changed = changed_since(one.seen, facts)
    return SafetyRow(
        key=one.pk,
        where=names.text(one.where),
        tag=_mark(one, facts, changed, today),
        stands=_stands(one, facts),
        changed=[names.text(words) for words in changed],
        lines=list(_safety_lines(one, names)),
        actions=list(_safety_actions(one, case, may)),
    )


def record_lines(facts: SafetyFacts, names):
    """(what bears on staff, what bears on somebody there) of the record, in words."""
    to_staff = [names.text(one.words) for one in facts.record if one.to_staff]
    to_others = [names.text(one.words) for one in facts.record if not one.to_staff]
    return to_staff, to_others


def _mark(one, facts, changed, today):
    if facts.left_on:
        return tag("closed")
    if not one.decided_at:
        return tag("awaiting-decision")
    if one.review_on <= today:
        return tag("overdue")
    return tag("still-to-do") if changed else tag("met")


def _stands(one, facts):
    if facts.left_on:
        return f"By the record they left this address on {on(facts.left_on)}. Nobody visits there."
    if not one.decided_at:
        return f"Asked by {one.asked_by.name} on {on(one.asked_on)}. A senior decides."
    day = on(localtime(one.decided_at).date())
    return f"Decided by {one.decided_by.name} on {day}. Holds until {on(one.review_on)}."


def _safety_lines(one, names):
    label = "How staff may visit" if one.decided_at else "Proposed"
    yield Line(label, VisitWay(one.way).title, detail=names.text(one.because))
    danger = YesNoUnsure(one.endangers).title
    yield Line("Could a visit endanger somebody?", danger, detail=names.text(one.endangers_whom))
    yield Line("Risk to staff", names.text(one.staff_risk) or "Nothing was said")
    yield Line("Signal at the address", Signal(one.signal).title, detail=names.text(one.fallback))


def _safety_actions(one, case, may):
    if not one.decided_at and Action.DECIDE_VISIT_SAFETY in may:
        yield Link("Decide", reverse("decide-visit-safety", args=[case.crn]))
    if Action.VISIT_HOME in may:
        address = reverse("visit-safety", args=[case.crn])
        yield Link("Bring it up to date", f"{address}?of={one.pk}")
