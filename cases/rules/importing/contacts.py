"""A contact, appointment or activity log document as a line of the log; interventions and circumstances.

Source: nDelius `ContactSummary`, `AppointmentDetail`, `ActivityLogEntry`, `Nsi`, `PersonalCircumstance`.
"""

from cases.rules.importing.document import LEAVE, given
from cases.rules.importing.keys import LineRejected
from cases.rules.importing.values import LONDON, NotThat, as_moment

MINUTES = 60  # in an hour
MOST_HOURS = 1_000_000


def map_contact(doc):
    """{part: row}, with the numbers of the sentence and requirement it is about. Raises LineRejected."""
    doc.drop("kind", "crn", "contactId", "appointmentId", "id")
    doc.drop("lastUpdatedDateTime", "lastUpdatedDatetime", "lastUpdatedByUser")
    ext = doc.part("ext")
    row = _type(doc) | _when(doc, ext) | _outcome(doc, ext) | _who(doc)
    row["sensitive"] = bool(doc.flag("sensitive"))
    row["notes"] = doc.text("notes")
    about = _about(doc, ext, row)
    return {"contact": given(row), **about}


def _type(doc):
    part = doc.part("type")
    code = part.text("code") or part.text("contactType") or ""
    if not code:
        raise LineRejected("no type.code")
    name = part.text("description") or ""
    doc.note_code("contact_types", code, name)
    flags = {
        "appointment": part.flag("appointment"),
        "national_standard": part.flag("nationalStandard"),
        "system_generated": part.flag("systemGenerated"),
    }
    if "appointmentStart" in doc:
        flags["appointment"] = True
    said = {name: LEAVE if flag is None else flag for name, flag in flags.items()}
    return {"type_code": code, "type_name": name} | said


def _when(doc, ext):
    """Times as sent; an activity log entry sends the day beside the document and only its hours."""
    started_at = _first(doc.moment, "contactStart", "appointmentStart")
    ended_at = _first(doc.moment, "contactEnd", "appointmentEnd")
    day = ext.day("date") if "date" in ext else None
    hours = doc.text("startTime"), doc.text("endTime")
    if not started_at and day:
        started_at = _at(day, hours[0] or "00:00:00", doc, "startTime")
        ended_at = _at(day, hours[1], doc, "endTime") if hours[1] else None
    if not started_at:
        raise LineRejected("no date: neither contactStart nor appointmentStart nor ext.date")
    return {"started_at": started_at, "ended_at": ended_at}


def _first(read, *keys):
    return next(filter(None, (read(key) for key in keys)), None)


def _at(day, hour, doc, key):
    try:
        return as_moment(f"{day}T{hour}").astimezone(LONDON).isoformat()
    except NotThat:
        doc.reject(key, "is not a time")
        return f"{day}T00:00:00"


def _outcome(doc, ext):
    part = doc.part("outcome")
    code, name = part.text("code") or "", part.text("description") or ""
    doc.note_code("contact_outcomes", code, name)
    enforcement = doc.part("enforcement").code("enforcementAction", "enforcement_actions")
    hours = part.number("hoursCredited", MOST_HOURS)
    minutes = ext.whole("minutesCredited") if "minutesCredited" in ext else None
    if not minutes and hours:
        minutes = round(float(hours) * MINUTES)
    said = {"attended": part.flag("attended"), "complied": part.flag("complied")}
    return {
        "outcome_code": code,
        "outcome_name": name,
        "enforcement_code": enforcement[0],
        "enforcement_name": enforcement[1],
        "minutes_credited": minutes,
        # what the document does not say, the list of outcomes does; without an outcome, nothing does
        **{name: LEAVE if flag is None and code else flag for name, flag in said.items()},
    }


def _who(doc):
    staff, office = doc.part("staff"), doc.part("officeLocation")
    name = f"{staff.text('forenames') or ''} {staff.text('surname') or ''}".strip()
    return {
        "staff_code": staff.text("code"),
        "staff_name": name,
        "place": office.text("description"),
    }


def _about(doc, ext, row):
    """Which sentence and requirement, by their numbers in nDelius, and whether a RAR day is meant."""
    detail = doc.part("rarActivityDetail")
    if doc.holds("rarActivity", dict):  # boolean in the summary, an object in the activity log
        older, row["rar_activity"] = doc.part("rarActivity"), True
    else:
        older, row["rar_activity"] = doc.empty(), bool(doc.flag("rarActivity"))
    numbers = [
        ext.text("requirementId"),
        detail.text("requirementId"),
        older.text("requirementId"),
        doc.part("requirement").text("requirementId"),
    ]
    return {
        "sentence": doc.text("convictionId") or ext.text("convictionId") or "",
        "requirement": next(filter(None, numbers), ""),
    }


def map_intervention(doc):
    """{part: row}, with the numbers of the sentence and requirement it is about. Raises LineRejected."""
    doc.drop("kind", "crn", "nsiId")
    ext = doc.part("ext")
    ended_on, active = doc.day("actualEndDate"), doc.flag("active")
    deleted, provider = doc.flag("softDeleted"), doc.part("intendedProvider")
    row = _what(doc) | {
        "status_at": doc.moment("statusDateTime"),
        "active": (not ended_on if active is None else active) and not deleted,
        "referred_on": doc.day("referralDate"),
        "expected_start_on": doc.day("expectedStartDate"),
        "expected_end_on": doc.day("expectedEndDate"),
        "started_on": doc.day("actualStartDate"),
        "ended_on": ended_on,
        "length": doc.whole("length"),
        "length_unit": doc.text("lengthUnit"),
        "provider_code": provider.text("code"),
        "provider_name": provider.text("description"),
        "notes": doc.text("notes"),
    }
    return {
        "intervention": given(row),
        "sentence": doc.text("convictionId") or ext.text("convictionId") or "",
        "requirement": ext.text("requirementId")
        or doc.part("requirement").text("requirementId")
        or "",
    }


def _what(doc):
    """The coded values of an intervention."""
    type_code, type_name = doc.code("nsiType", "intervention_types")
    if not type_code:
        raise LineRejected("no nsiType.code")
    subtype, subtype_name = doc.code("nsiSubType", "intervention_subtypes")
    status, status_name = doc.code("nsiStatus", "intervention_statuses")
    outcome, outcome_name = doc.code("nsiOutcome", "intervention_outcomes")
    return {
        "type_code": type_code,
        "type_name": type_name,
        "subtype_code": subtype,
        "subtype_name": subtype_name,
        "status_code": status,
        "status_name": status_name,
        "outcome_code": outcome,
        "outcome_name": outcome_name,
    }


def map_circumstance(doc):
    """{part: row}. Raises LineRejected."""
    doc.drop("kind", "crn", "personalCircumstanceId", "offenderId", "isActive")
    doc.drop("createdDatetime", "lastUpdatedDatetime", "lastUpdatedDateTime")
    type_code, type_name = doc.code("personalCircumstanceType", "circumstance_types")
    if not type_code:
        raise LineRejected("no personalCircumstanceType.code")
    subtype, subtype_name = doc.code("personalCircumstanceSubType", "circumstance_subtypes")
    row = {
        "type_code": type_code,
        "type_name": type_name,
        "subtype_code": subtype,
        "subtype_name": subtype_name,
        "started_on": doc.day("startDate"),
        "ended_on": doc.day("endDate"),
        "evidenced": bool(doc.flag("evidenced")),
        "notes": doc.text("notes"),
    }
    return {"circumstance": given(row)}
