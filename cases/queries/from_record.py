"""What the record already knows of each area of need, so that nobody types it twice.

Source: product rules, how it should feel (type once); circumstance types of nDelius.
"""

from collections import defaultdict

from django.db.models import F

from cases.queries.registers import register_name
from cases.reference.codes import Register
from cases.reference.needs import NeedArea
from staff.kit import Line, on

CIRCUMSTANCES = {  # types of nDelius
    "A": NeedArea.ACCOMMODATION,
    "B": NeedArea.ETE,
    "ED": NeedArea.ETE,
    "G": NeedArea.ETE,
    "CT04": NeedArea.ETE,
    "C": NeedArea.FINANCE,
    "H": NeedArea.RELATIONSHIPS,
    "I": NeedArea.RELATIONSHIPS,
    "CC": NeedArea.RELATIONSHIPS,
    "OCA": NeedArea.RELATIONSHIPS,
    "CT02": NeedArea.ALCOHOL,
    "D": NeedArea.HEALTH,
    "IPH": NeedArea.HEALTH,
    "OCS": NeedArea.HEALTH,
    "PM": NeedArea.HEALTH,
}
REGISTERS = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: NeedArea.RELATIONSHIPS,
    Register.DOMESTIC_ABUSE_VICTIM: NeedArea.RELATIONSHIPS,
    Register.DOMESTIC_ABUSE_HISTORY: NeedArea.RELATIONSHIPS,
    Register.MARAC: NeedArea.RELATIONSHIPS,
    Register.CHILD_CONCERNS: NeedArea.RELATIONSHIPS,
    Register.CHILD_PROTECTION: NeedArea.RELATIONSHIPS,
    Register.RISK_TO_CHILDREN: NeedArea.RELATIONSHIPS,
    Register.WEAPONS: NeedArea.LIFESTYLE,
    Register.STREET_GANGS: NeedArea.LIFESTYLE,
    Register.ORGANISED_CRIME: NeedArea.LIFESTYLE,
    Register.SELF_HARM: NeedArea.EMOTIONAL,
}


def from_record(case, names):
    """{area: [Line]} of what is recorded now, in five statements."""
    found = defaultdict(list)
    for one in case.addresses.filter(to_on=None).order_by("pk"):
        written = ", ".join(filter(None, [one.lines, one.town, one.postcode]))
        value = "No fixed abode" if one.no_fixed_abode else names.text(written)
        found[NeedArea.ACCOMMODATION].append(
            Line("Address", value, detail=_since(one.from_on, one.type_name))
        )
    for one in case.related_people.filter(to_on=None).order_by("kind", "pk"):
        said = names.text(one.relationship) or one.get_kind_display()
        lives = ["lives with them"] if one.lives_with else []
        found[NeedArea.RELATIONSHIPS].append(Line(said, names.of(one), detail=", ".join(lives)))
    for one in case.circumstances.filter(ended_on=None).order_by("type_name", "pk"):
        area = CIRCUMSTANCES.get(one.type_code)
        if area:
            value = one.subtype_name or one.subtype_code or "Recorded"
            found[area].append(
                Line(one.type_name or one.type_code, value, detail=_since(one.started_on))
            )
    for one in case.disabilities.filter(to_on=None).order_by("pk"):
        found[NeedArea.HEALTH].append(Line("Disability", one.name, detail=_since(one.from_on)))
    registers = case.registrations.current().order_by(F("started_on").asc(nulls_last=True), "pk")
    for one in registers:
        area = REGISTERS.get(one.type_code)
        if area:
            found[area].append(Line("Register", register_name(one), detail=_since(one.started_on)))
    return found


def _since(day, *more):
    return ". ".join(filter(None, [*more, f"Since {on(day)}" if day else ""]))
