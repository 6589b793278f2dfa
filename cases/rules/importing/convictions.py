"""A conviction document as a sentence, its offences and its scores; a requirement as its own row.

Source: nDelius `Conviction` and `Requirement`; the `ext` of our extract for what they lack.
"""

from cases.reference.codes import CustodyStatus
from cases.rules.importing.document import LEAVE, given
from cases.rules.importing.keys import LineRejected
from cases.rules.importing.sentences import order_of

MOST_SANCTIONS = 999
EXT_DATES = {  # ours, our column: what the extract does not send is left as it is
    "operationalPeriodEnd": "operational_end_on",
    "supervisionPeriodEnd": "supervision_end_on",
    "actualReleaseDate": "released_on",
    "allocatedToCrcOn": "allocated_on",
    "dateOfFirstSanction": "first_sanction_on",
}
EXT_NUMBERS = {
    "previousSanctions": "previous_sanctions",
    "ageAtFirstSanction": "age_at_first_sanction",
}


def map_conviction(doc):
    """{part: row or rows}."""
    doc.drop("kind", "crn", "convictionId", "id")
    ext = doc.part("ext")
    sentence = _event(doc) | _sentence(doc) | _custody(doc) | _extra(ext)
    return {
        "sentence": given(sentence),
        "offences": _offences(doc),
        "predictors": _scores(ext),
    }


def _event(doc):
    outcome, _ = doc.code("latestCourtAppearanceOutcome", "court_outcomes")
    court = doc.part("responsibleCourt")
    appearance = doc.part("courtAppearance")
    appearance.drop("crn")
    return {
        "event": doc.text("index"),
        "active": _or(doc.flag("active"), True),
        "outcome_code": outcome,
        "convicted_on": doc.day("convictionDate"),
        "referred_on": doc.day("referralDate"),
        "court_code": court.text("code") or appearance.text("courtCode"),
        "court_name": court.text("courtName") or appearance.text("courtName"),
        "awaiting_report": _or(doc.flag("awaitingPsr"), False),
        "in_breach": _or(doc.flag("inBreach"), False),
        "breach_ended_on": doc.day("breachEnd"),
        "failures": doc.whole("failureToComplyCount"),
    }


def _or(flag, absent):
    return absent if flag is None else flag


def _sentence(doc):
    sentence = doc.part("sentence")
    family = sentence.part("sentenceType")
    description = sentence.text("description") or family.text("description") or ""
    return {
        "description": description,
        "order": order_of(description, family.text("code") or ""),
        "started_on": sentence.day("startDate"),
        "length": sentence.whole("originalLength"),
        "length_unit": sentence.text("originalLengthUnits"),
        "length_days": sentence.whole("lengthInDays"),
        "expected_end_on": sentence.day("expectedSentenceEndDate"),
        "terminated_on": sentence.day("terminationDate"),
        "termination_reason": sentence.text("terminationReason"),
        "failure_limit": sentence.whole("failureToComplyLimit"),
    }


def _custody(doc):
    custody = doc.part("custody")
    status, name = custody.code("status", "custody_statuses")
    if status not in set(CustodyStatus):
        custody.reject("status.code", f'"{status}" is not a status we know')
        status = LEAVE
    institution, keys = custody.part("institution"), custody.part("keyDates")
    return {
        "custody_status": status,
        "institution": institution.text("institutionName") or institution.text("description"),
        "expected_release_on": keys.day("expectedReleaseDate"),
        "conditional_release_on": keys.day("conditionalReleaseDate"),
        "hdc_eligible_on": keys.day("hdcEligibilityDate"),
        "licence_end_on": keys.day("licenceExpiryDate"),
        "sentence_expiry_on": keys.day("sentenceExpiryDate"),
        "pss_end_on": keys.day("postSentenceSupervisionEndDate"),
    }


def _extra(ext):
    dates = {column: ext.day(key) for key, column in EXT_DATES.items() if key in ext}
    numbers = {column: ext.whole(key) for key, column in EXT_NUMBERS.items() if key in ext}
    for key, column in EXT_NUMBERS.items():
        number = numbers.get(column)
        if number and not 0 <= number <= MOST_SANCTIONS:
            ext.reject(key, f"is not between 0 and {MOST_SANCTIONS}")
            numbers[column] = LEAVE
    return dates | numbers


def _offences(doc):
    rows = [_offence(part) for part in doc.parts("offences")]
    mains = [row for row in rows if row["main"]]
    for row in mains[1:]:
        row["main"] = False
    if len(mains) > 1:
        doc.reject("offences", "more than one is the main offence; the first is taken")
    return rows


def _offence(part):
    detail = part.part("detail")
    part.drop("offenderId", "createdDatetime", "lastUpdatedDatetime")
    code = detail.text("code") or ""
    return {
        "source_id": part.text("offenceId") or "",
        "code": code,
        "description": detail.text("description") or detail.text("subCategoryDescription") or "",
        "main": bool(part.flag("mainOffence")),
        "committed_on": part.day("offenceDate") or None,
        "count": part.whole("offenceCount") or None,
    }


def _scores(ext):
    """OGRS3 and RSR that the extract sends with a conviction. A score without its date is refused."""
    rows = []
    if "ogrs" in ext:
        part = ext.part("ogrs")
        source = part.text("source") or "nDelius"
        row = {
            "kind": "ogrs3",
            "one_year": part.number("oneYear", 100) or None,
            "two_year": part.number("twoYears", 100) or None,
            "level": "",
            "assessed_on": part.day("assessedOn") or None,
            "source": source,
        }
        rows += _dated(part, row)
    if "rsr" in ext:
        part = ext.part("rsr")
        row = {
            "kind": "rsr",
            "one_year": None,
            "two_year": part.number("percent", 100) or None,
            "level": part.text("level") or "",
            "assessed_on": part.day("assessedOn") or None,
            "source": part.text("source") or "nDelius",
        }
        rows += _dated(part, row)
    return rows


def _dated(part, row):
    if row["one_year"] is None and row["two_year"] is None:
        return []
    if row["assessed_on"] is None:
        part.reject("assessedOn", "is missing: a score without its date is not kept")
        return []
    return [row]


def map_requirement(doc):
    """{part: row}. Raises LineRejected."""
    doc.drop("kind", "crn", "requirementId", "convictionId", "createdDatetime")
    main, main_name = doc.code("requirementTypeMainCategory", "requirement_types")
    older, older_name = doc.code("adRequirementTypeMainCategory", "requirement_types")
    if not (main or older):
        raise LineRejected("no main category")
    sub, sub_name = doc.code("requirementTypeSubCategory", "requirement_subtypes")
    reason = doc.part("terminationReason")
    ended_on, deleted = doc.day("terminationDate"), doc.flag("softDeleted")
    active = _or(doc.flag("active"), not ended_on)
    row = {
        "main_code": main or older,
        "main_name": main_name or older_name,
        "sub_code": sub,
        "sub_name": sub_name,
        "length": doc.whole("length"),
        "length_unit": doc.text("lengthUnit"),
        "active": active and not deleted,
        "restrictive": bool(doc.flag("restrictive")),
        "imposed_on": doc.day("startDate"),
        "expected_start_on": doc.day("expectedStartDate"),
        "expected_end_on": doc.day("expectedEndDate"),
        "commenced_on": doc.day("commencementDate"),
        "terminated_on": ended_on,
        "termination_reason": reason.text("description") or reason.text("code"),
        "completed": _completed(doc),
        "notes": doc.text("requirementNotes") or doc.text("notes"),
    }
    return {"requirement": given(row)}


def _completed(doc):
    """Days of a RAR, or hours of unpaid work; None when nobody says."""
    ext = doc.part("ext")
    said = [
        doc.number("rarCount", 99_999),
        ext.part("length").number("completed", 99_999),
        ext.number("hoursCredited", 99_999),
    ]
    return next((number for number in said if number is not None), None)
