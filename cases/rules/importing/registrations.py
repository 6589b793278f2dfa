"""A registration document as an entry on a register, with the part the person plays in it.

Source: nDelius `Registration`; product rules, GRID: which registers say themselves who is the source.
"""

from cases.reference.checks import CheckKind, Reply
from cases.reference.codes import Part, Register
from cases.rules.importing.document import LEAVE, given
from cases.rules.importing.keys import LineRejected
from cases.rules.search import folded

SOURCE = {
    Register.DOMESTIC_ABUSE_PERPETRATOR,
    Register.RISK_TO_CHILDREN,
    Register.RISK_TO_ADULT_AT_RISK,
    Register.STREET_GANGS,
    Register.ORGANISED_CRIME,
    Register.WEAPONS,
    "CSEP",  # child sexual exploitation: perpetrator
    "MSP",  # modern slavery: perpetrator
}
AT_RISK = {
    Register.DOMESTIC_ABUSE_VICTIM,
    Register.ADULT_AT_RISK,
    "CUCK",  # cuckooing: potential victim
    "MSV",  # modern slavery: victim
}
CHECKS = {
    "police": CheckKind.POLICE,
    "dv": CheckKind.POLICE,
    "children": CheckKind.CHILDREN,
}


def part_in(type_code):
    """The person's part where the register itself says it; otherwise it is still to be recorded."""
    if type_code in SOURCE:
        return Part.SOURCE
    return Part.AT_RISK if type_code in AT_RISK else Part.NOT_RECORDED


def map_registration(doc):
    """{part: row or rows}. Raises LineRejected."""
    doc.drop("kind", "crn", "registrationId", "offenderId")
    ext = doc.part("ext")
    ext.drop("linkedConvictionId")
    type_code, type_name = doc.code("type", "registration_types")
    if not type_code:
        raise LineRejected("no type.code")
    level, _ = doc.code("registerLevel", "registration_levels")
    category, _ = doc.code("registerCategory", "registration_categories")
    ended_on, active = doc.day("endDate"), doc.flag("active")
    row = {
        "type_code": type_code,
        "type_name": type_name,
        "register_name": doc.part("register").text("description"),
        "level_code": level,
        "category_code": category,
        # Present or absent, `active` is trusted above the end date
        "active": not ended_on if active is None else active,
        "started_on": doc.day("startDate"),
        "ended_on": ended_on,
        "review_on": doc.day("nextReviewDate"),
        "review_months": doc.whole("reviewPeriodMonths"),
        "colour": doc.text("riskColour"),
        "warn_staff": bool(doc.flag("warnUser")),
        "evidence": _evidence(doc),
        "notes": doc.text("notes"),
    }
    return {
        "registration": given(row | _part(ext, type_code)),
        "part_new": {"part": part_in(type_code)},
        "checks": [check for part in ext.parts("checksMade") if (check := _check(part))],
    }


def _part(ext, type_code):
    """What the extract says outright. What it does not say, staff may have recorded since."""
    said = ext.text("part") if "part" in ext else LEAVE
    if said is not LEAVE and said not in set(Part):
        ext.reject("part", "is not source, at_risk or parent")
        said = LEAVE
    firearm = ext.flag("firearm") if "firearm" in ext else LEAVE
    return {"part": said, "firearm": firearm}


def _evidence(doc):
    officer = doc.part("registeringOfficer")
    name = f"{officer.text('forenames') or ''} {officer.text('surname') or ''}".strip()
    return f"Registered by {name}"[:200] if name else ""


def _check(part):
    """A check made before: what was asked, when, and what came back."""
    kind = CHECKS.get(part.text("kind") or "")
    asked_on, answered_on = part.day("requestedOn"), part.day("answeredOn")
    if not kind or not asked_on:
        part.reject("kind" if not kind else "requestedOn", "is missing or not one we know")
        return None
    answer = part.text("answer") or ""
    return {
        "kind": kind,
        "asked_on": asked_on,
        "answered_on": answered_on or None,
        "reply": _reply(answer) if answered_on else "",
        "answer": answer,
    }


def _reply(answer):
    """What kind of reply the words are. Words that are not plainly "no trace" are information."""
    return Reply.NO_TRACE if folded(answer) in {"no trace", "nothing known"} else Reply.INFORMATION
