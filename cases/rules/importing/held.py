"""Who holds a case and held it, and from whom access to it is kept, as an offender document says.

Source: nDelius `OffenderDetail`: managers, restriction and exclusion; our extract's own additions.
"""

from cases.rules.importing import managers
from cases.rules.importing.document import LEAVE, given


def map_held(doc, ext):
    """Allocations, and of the present one what the case itself says."""
    held, allocations = {}, {}
    if "offenderManagers" in doc:
        rows = [row for part in doc.parts("offenderManagers") if (row := _manager(part))]
        held, allocations = _now(managers.current(rows)), {"allocations": rows}
    if "responsibleOfficer" in ext:
        officer = ext.part("responsibleOfficer")
        held["officer_code"] = officer.text("staffCode") or ""
        held["team_code"] = officer.text("teamCode") or held.get("team_code", "")
        held["officer_since"] = officer.day("from") or None
    if "allocatedOn" in ext:
        held["arrived_on"] = ext.day("allocatedOn")
    return allocations | ({"held": given(held)} if held else {})


def _now(manager):
    """What the case says of its present manager; blank where there is none, or nobody is named."""
    if not manager:
        return {"provider_code": "", "team_code": "", "officer_code": "", "retained_by": ""}
    named = not manager["unallocated"]
    return {
        "provider_code": manager["provider_code"],
        "team_code": manager["team_code"],
        "officer_code": manager["officer_code"] if named else "",
        "officer_since": manager["from_on"] if named else None,
        "retained_by": managers.retained_by(manager),
    }


def _manager(part):
    """One allocation; None when nDelius has deleted it."""
    if part.flag("softDeleted"):
        return None
    provider, staff, team = part.part("probationArea"), part.part("staff"), part.part("team")
    older = part.part("trustOfficer")
    surname = staff.text("surname") or older.text("surname") or ""
    forenames = staff.text("forenames") or older.text("forenames") or ""
    unit_code, unit_name = _unit(team)
    code, provider_code = staff.text("code") or "", provider.text("code") or ""
    team_name = team.text("description") or ""
    reason, _ = part.code("allocationReason", "allocation_reasons")
    from_on = part.day("fromDate") or None
    flag = staff.flag("unallocated")
    return {
        "provider_code": provider_code,
        "provider_name": provider.text("description") or "",
        "nps": managers.is_nps(provider_code, provider.flag("nps")),
        "officer_code": code,
        "officer_name": f"{forenames} {surname}".strip(),
        "team_code": team.text("code") or "",
        "team_name": team_name,
        "unit_code": unit_code,
        "unit_name": unit_name,
        "reason_code": reason,
        "active": bool(part.flag("active")),
        "unallocated": managers.is_unallocated(
            flag=None if flag is LEAVE else flag,
            surname=surname,
            forenames=forenames,
            team_name=team_name,
            code=code,
        ),
        "from_on": None if from_on == managers.NEVER else from_on,
        "to_on": part.day("toDate") or None,
    }


def _unit(team):
    """The local delivery unit of a team, by whichever of its names the document gives."""
    for key in ("localDeliveryUnit", "borough", "district"):
        part = team.part(key)
        if code := part.text("code"):
            return code, part.text("description") or code
    return "", ""


def map_limit(doc, ext):
    """Limits on access, when the document says anything of them."""
    restricted, excluded = doc.flag("currentRestriction"), doc.flag("currentExclusion")
    if restricted in (None, LEAVE) and excluded in (None, LEAVE):
        return {}
    restriction, exclusion = doc.text("restrictionMessage"), doc.text("exclusionMessage")
    return {
        "limit": {
            "restricted": bool(restricted),
            "excluded": bool(excluded),
            "message": (restriction if restricted else exclusion) or "",
            "access": [_access(part) for part in ext.parts("access")],
        }
    }


def _access(part):
    return {
        "username": part.text("username") or "",
        "type": part.text("type") or "",
        "from_on": part.day("from") or None,
        "to_on": part.day("to") or None,
    }
