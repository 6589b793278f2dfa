"""What kind of document a line holds, whose it is and by what number it is known.

Source: the import contract: reserved keys, natural keys, what rejects a line.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.rules.importing.values import NotThat, as_moment


class Kind(StrEnum):
    """The kinds of line, in the order they are written: what is referred to comes first."""

    OFFENDER = "offender"
    CONVICTION = "conviction"
    REQUIREMENT = "requirement"
    REGISTRATION = "registration"
    CONTACT = "contact"
    NSI = "nsi"
    PERSONAL_CIRCUMSTANCE = "personal_circumstance"
    ASSESSMENT = "assessment"


HEADER, TRAILER, UNREADABLE = "header", "trailer", "unknown"
ID_FIELDS = {
    Kind.OFFENDER: ("crn",),
    Kind.CONVICTION: ("convictionId",),
    Kind.REQUIREMENT: ("requirementId",),
    Kind.REGISTRATION: ("registrationId",),
    Kind.CONTACT: ("contactId", "appointmentId"),
    Kind.NSI: ("nsiId",),
    Kind.PERSONAL_CIRCUMSTANCE: ("personalCircumstanceId",),
    Kind.ASSESSMENT: ("assessmentId",),
}
UPDATED = ("lastUpdatedDateTime", "lastUpdatedDatetime")  # both spellings are published
CRN = re.compile(r"[A-Z0-9]{1,10}")  # loosely: test systems write more than a letter and six digits
LONGEST_ID = 60  # characters


class LineRejected(Exception):
    """The line cannot be used at all. The message is the reason, for whoever made the extract."""


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a line the same as another, and which of the two is the later."""

    kind: Kind
    crn: str
    source_id: str
    parent_id: str = ""  # of the conviction a requirement belongs to
    updated_at: datetime | None = None  # a line that does not say ranks lowest


def kind_of(document):
    """The kind of a line; header and trailer too. Raises LineRejected."""
    kind = document.get("kind")
    if kind in {HEADER, TRAILER}:
        return kind
    try:
        return Kind(kind)
    except ValueError:
        said = f'kind "{kind}" is not one we know' if isinstance(kind, str) and kind else "no kind"
        raise LineRejected(said[:300]) from None


def key_of(document):
    """The key of a line. Raises LineRejected."""
    kind = kind_of(document)
    crn = _crn(document)
    if kind is Kind.OFFENDER:
        _check_same_crn(document, crn)
        source_id = crn
    else:
        source_id = _id(document, *ID_FIELDS[kind])
    if kind is Kind.ASSESSMENT:
        source_id = f"{_source(document)}|{source_id}"
    parent_id = _id(document, "convictionId") if kind is Kind.REQUIREMENT else ""
    return Key(kind, crn, source_id, parent_id, _updated(document))


def same_crn(given):
    """A CRN as we hold it: trimmed, in capitals."""
    return given.strip().upper() if isinstance(given, str) else ""


def _crn(document):
    crn = same_crn(document.get("crn"))
    if not crn:
        raise LineRejected("no key: crn is missing")
    if not CRN.fullmatch(crn):
        raise LineRejected("no key: crn must be at most ten letters and digits")
    return crn


def _check_same_crn(document, crn):
    ids = document.get("otherIds")
    inside = same_crn(ids.get("crn")) if isinstance(ids, dict) else ""
    if inside and inside != crn:
        raise LineRejected(f"no key: crn is {crn} but otherIds.crn is another")


def _id(document, *fields):
    for field in fields:
        given = document.get(field)
        if isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if isinstance(given, str) and given.strip():
            if len(given.strip()) > LONGEST_ID:
                raise LineRejected(f"no key: {field} is longer than {LONGEST_ID} characters")
            return given.strip()
    raise LineRejected(f"no key: {' or '.join(fields)} is missing")


def _source(document):
    source = document.get("source")
    if not isinstance(source, str) or not source.strip():
        raise LineRejected("no key: source is missing")
    return source.strip().replace("|", " ")[:40]  # the bar parts it from the number


def _updated(document):
    for field in UPDATED:
        try:
            if moment := as_moment(document.get(field)):
                return moment
        except NotThat:
            continue
    return None
