"""The registers a person is on, with the part they play, where that came from and its review.

Source: product rules, GRID: a register whose part is not recorded counts as source of harm until
somebody records it; one past its review date counts and says so.
"""

from dataclasses import dataclass

from django.db.models import F

from cases.models import Registration
from cases.models.worded_once import worded_once
from cases.reference.codes import MappaLevel, Part, Register, Rosh
from staff.kit import Tag, on, tag

NAMES = {one.value: one.title for one in Register} | {
    one.value: f"{one.title} risk of serious harm" for one in Rosh
}
LEVELS = {one.value: one.title for one in MappaLevel}
HARMLESS = frozenset(Rosh)  # a level has no part in it to play


@dataclass(frozen=True)
class OnRegister:
    """One entry, as the page shows it."""

    name: str
    level: str
    part: str
    since: str
    source: str
    review: str
    tag: Tag | None
    notes: str
    firearm: str
    ended: str


def register_name(one):
    """As staff know it: our name for the code, so that one register reads alike everywhere."""
    return NAMES.get(one.type_code) or one.type_name or one.type_code


def registers_of(case, names, today):
    """(current, ended) entries; the current ones oldest review first."""
    found = _of_case(case.pk)
    current = [_entry(one, names, today) for one in found if one.active]
    ended = [_entry(one, names, today) for one in found if not one.active]
    return current, ended


@worded_once
def _of_case(case):
    entries = Registration.objects.filter(case=case)
    return entries.order_by(F("review_on").asc(nulls_last=True), "started_on", "pk")


def _entry(one, names, today):
    late = one.active and one.review_on is not None and one.review_on < today
    overdue = tag("review-overdue") if late else None
    return OnRegister(
        name=register_name(one),
        level=LEVELS.get(one.level_code, one.level_code),
        part=_part(one),
        since=on(one.started_on),
        source=names.text(one.evidence) or "Source not recorded",
        review=f"Review by {on(one.review_on)}" if one.review_on else "No review date",
        tag=tag("provisional") if one.provisional else overdue,
        notes=names.text(one.notes),
        firearm=_firearm(one),
        ended=on(one.ended_on) if not one.active else "",
    )


def _part(one):
    if one.type_code in HARMLESS:
        return ""
    if one.part == Part.NOT_RECORDED:
        return "Part not recorded: counts as source of harm until it is"
    return Part(one.part).title


def _firearm(one):
    if one.type_code != Register.WEAPONS:
        return ""
    return {True: "Firearm", False: "Not a firearm", None: "Not recorded whether a firearm"}[
        one.firearm
    ]
