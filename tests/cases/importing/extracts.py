"""Small extracts to import, and the whole of what they left in the database."""

import json
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import ForeignKey

from cases.models import (
    Address,
    Allocation,
    Case,
    Circumstance,
    Contact,
    Disability,
    Enquiry,
    Identifier,
    ImportedAssessment,
    Intervention,
    Issue,
    Limit,
    Named,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    Registration,
    Requirement,
    Sentence,
    Unmapped,
)
from cases.services.importing.run import import_caseload
from staff.models import LocalDeliveryUnit, Provider, Team

TODAY, NOW = date(2018, 11, 5), datetime(2018, 11, 5, 10, tzinfo=UTC)
LATER = datetime(2018, 11, 6, 10, tzinfo=UTC)
DOMAIN = [
    Provider, LocalDeliveryUnit, Team, Case, Person, OtherName, Identifier, Reachable, Address,
    Disability, Allocation, Sentence, Offence, Predictor, Requirement, Registration, Contact,
    Intervention, Circumstance, ImportedAssessment, Unmapped, Limit, Named, Issue, Enquiry,
]  # fmt: skip
TIMES = {"facts_changed_at"}


def offender(crn="X000001", **more):
    return {
        "kind": "offender",
        "crn": crn,
        "otherIds": {"crn": crn},
        "surname": "Marsh",
        "firstName": "Alex",
        "dateOfBirth": "1990-05-04",
        "gender": "Male",
        "currentDisposal": "1",
        "softDeleted": False,
    } | more


def conviction(crn="X000001", number=1, **more):
    return {
        "kind": "conviction",
        "crn": crn,
        "convictionId": number,
        "index": "1",
        "active": True,
        "convictionDate": "2018-03-01",
        "offences": [offence()],
        "sentence": {"description": "ORA Community Order", "startDate": "2018-03-01"},
        "latestCourtAppearanceOutcome": {"code": "329", "description": "ORA Community Order"},
    } | more


def offence(code="10501", main=True, **more):
    return {
        "offenceId": "M1",
        "mainOffence": main,
        "detail": {"code": code, "description": "Common assault"},
        "offenceDate": "2018-01-02T00:00:00",
        "offenceCount": 1,
    } | more


def requirement(crn="X000001", number=1, conviction=1, **more):
    return {
        "kind": "requirement",
        "crn": crn,
        "convictionId": conviction,
        "requirementId": number,
        "active": True,
        "startDate": "2018-03-01",
        "length": 20,
        "lengthUnit": "Days",
        "requirementTypeMainCategory": {"code": "F", "description": "RAR"},
    } | more


def registration(crn="X000001", number=1, code="RMRH", **more):
    return {
        "kind": "registration",
        "crn": crn,
        "registrationId": number,
        "type": {"code": code, "description": "Medium RoSH"},
        "register": {"code": "1", "description": "RoSH"},
        "startDate": "2018-03-05",
        "active": True,
    } | more


def contact(crn="X000001", number=1, **more):
    return {
        "kind": "contact",
        "crn": crn,
        "contactId": number,
        "contactStart": "2018-10-01T10:00:00+01:00",
        "type": {"code": "COAP", "description": "Planned office visit"},
    } | more


def nsi(crn="X000001", number=1, **more):
    return {
        "kind": "nsi",
        "crn": crn,
        "nsiId": number,
        "nsiType": {"code": "BRE", "description": "Breach"},
    } | more


def circumstance(crn="X000001", number=1, **more):
    return {
        "kind": "personal_circumstance",
        "crn": crn,
        "personalCircumstanceId": number,
        "personalCircumstanceType": {"code": "A", "description": "Accommodation"},
    } | more


def assessment(crn="X000001", number=1, **more):
    return {
        "kind": "assessment",
        "crn": crn,
        "assessmentId": number,
        "source": "OASys",
        "completedOn": "2018-04-01",
        "document": {"overallRiskLevel": "HIGH"},
    } | more


def manager(provider="C16", surname="Khan", forenames="Asha", **more):
    return {
        "active": True,
        "fromDate": "2018-03-02",
        "probationArea": {"code": provider, "description": "CPA Thames Valley"},
        "staff": {"code": f"{provider}A01", "surname": surname, "forenames": forenames},
        "team": {
            "code": f"{provider}T1",
            "description": "Team 1",
            "localDeliveryUnit": {"code": f"{provider}L1", "description": "Reading"},
        },
    } | more


def write(folder, *lines, name="extract.ndjson"):
    """An extract of these lines; a line that is text or bytes is written as it stands."""
    folder.mkdir(exist_ok=True)
    raw = [_raw(line) for line in lines]
    (folder / name).write_bytes(b"".join(line + b"\n" for line in raw))
    return folder


def _raw(line):
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()


def bring_in(folder, *lines, now=NOW, today=TODAY, **more):
    """Import these lines; what became of them."""
    return import_caseload(path=write(folder, *lines), by=None, today=today, now=now, **more)


def reasons(done):
    """{(field, reason)} of what did not land."""
    return {(field, reason) for _, _, field, reason, *_ in done.rejects}


def counted(done, kind):
    """(created, updated, unchanged, rejected) of one kind."""
    counts = done.counts[kind]
    return tuple(counts[what] for what in ("created", "updated", "unchanged", "rejected"))


def dump():
    """Every row we keep, in the staff's own keys: no numbers or times of ours."""
    return {model.__name__: sorted(_rows(model), key=repr) for model in DOMAIN}


def _rows(model):
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name != "id" and field.name not in TIMES
    ]
    paths = [_path(field) for field in fields]
    return [tuple(map(str, row)) for row in model.objects.values_list(*paths)]


def _path(field):
    if not isinstance(field, ForeignKey):
        return field.attname
    keys = {
        "Case": "crn",
        "Limit": "case__crn",
        "Sentence": "source_id",
        "Requirement": "source_id",
    }
    keys |= {
        "Agency": "name",
        "Provider": "code",
        "Team": "code",
        "LocalDeliveryUnit": "code",
        "User": "username",
    }
    return f"{field.name}__{keys[field.related_model.__name__]}"


def versions():
    """Where each row stands in the database's files: an update moves it, however little it changes."""
    with connection.cursor() as cursor:
        found = {}
        for model in DOMAIN:
            cursor.execute(f'SELECT ctid::text, xmin::text FROM "{model._meta.db_table}"')
            found[model.__name__] = sorted(cursor.fetchall())
    return found
