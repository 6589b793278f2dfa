"""The Ministry's own documents come in, each reject with its reason, and nothing is made up."""

import io
import json
import random
from collections import Counter, defaultdict

import pytest
from django.core.management import call_command
from django.db import transaction

from cases.models import (
    Case,
    Circumstance,
    Contact,
    Enquiry,
    Identifier,
    ImportedAssessment,
    Intervention,
    Issue,
    Limit,
    Predictor,
    Registration,
    Requirement,
    Sentence,
    Standing,
)
from cases.reference.codes import CaseState, Place
from cases.services.importing.run import import_caseload
from cases.services.reference import load_code_lists
from grid.models import Escalation, Placement
from tests.cases.importing.extracts import LATER, NOW, TODAY, dump, versions
from tests.shared_documents.conftest import SHARED

pytestmark = pytest.mark.django_db

DOCUMENTS = SHARED / "data" / "ndelius"
NO_CRN = "no key: crn is missing"
NO_CONVICTION = "no key: convictionId is missing"
NO_DATE = "no date: neither contactStart nor appointmentStart nor ext.date"
TWO_CRNS = "the same id is under another CRN"
AGAIN = "same key again; a later or greater line won"
EXPECTED = {  # kind: (read, created), and why the rest did not land
    "offender": ((125, 74), {AGAIN: 51}),
    "conviction": ((75, 37), {NO_CRN: 12, TWO_CRNS: 2, AGAIN: 24}),
    "requirement": ((30, 9), {NO_CRN: 15, NO_CONVICTION: 3, AGAIN: 3}),
    "registration": ((321, 301), {NO_CRN: 15, AGAIN: 5}),
    "contact": ((86, 14), {NO_CRN: 42, NO_DATE: 14, AGAIN: 16}),
    "nsi": ((9, 8), {NO_CRN: 1}),
    "personal_circumstance": ((28, 14), {NO_CRN: 14}),
    "assessment": ((0, 0), {}),
}
ESCALATED = {"B123435", "X009923", "X084078"}  # very high harm, or MAPPA at a level


def bring_in(path=DOCUMENTS, now=NOW):
    return import_caseload(path=path, by=None, today=TODAY, now=now)


def lines():
    for path in sorted(DOCUMENTS.glob("*.ndjson")):
        yield from path.read_text(encoding="utf-8").splitlines()


def test_every_line_lands_or_has_its_reason():
    done = bring_in()

    why = defaultdict(Counter)
    for _, _, field, reason, kind, _ in done.rejects:
        assert not field, f"{field} {reason}"
        why[kind][reason] += 1
    found = {
        kind: ((counts["read"], counts["created"]), dict(why[kind]))
        for kind, counts in done.counts.items()
    }
    assert found == EXPECTED


def test_importing_the_documents_again_writes_nothing():
    load_code_lists()
    bring_in()
    before = versions()

    again = bring_in(now=LATER)

    assert versions() == before
    assert {kind: counts["unchanged"] for kind, counts in again.counts.items()} == {
        kind: created for kind, ((_, created), _) in EXPECTED.items()
    }


def test_the_documents_in_any_order_leave_the_same_database(tmp_path):
    load_code_lists()
    mixed, left = list(lines()), []
    for seed in (None, 1, 2):
        if seed:
            random.Random(seed).shuffle(mixed)
        path = tmp_path / f"{seed}.ndjson"
        path.write_text("\n".join(mixed), encoding="utf-8")
        with transaction.atomic():
            bring_in(path)
            left.append(dump())
            transaction.set_rollback(True)

    assert left[0] == left[1] == left[2]


def test_nothing_is_made_up():
    bring_in()

    said, numbers = "\n".join(lines()), defaultdict(set)
    for line in map(json.loads, said.splitlines()):
        for key in ("convictionId", "requirementId", "registrationId", "nsiId", "contactId",
                    "appointmentId", "personalCircumstanceId"):  # fmt: skip
            numbers[key].add(str(line.get(key)))
    assert set(Case.objects.values_list("crn", flat=True)) == {
        json.loads(line)["crn"].upper() for line in lines() if '"kind": "offender"' in line
    }
    assert set(Sentence.objects.values_list("source_id", flat=True)) <= numbers["convictionId"]
    assert set(Requirement.objects.values_list("source_id", flat=True)) <= numbers["requirementId"]
    assert (
        set(Registration.objects.values_list("source_id", flat=True)) <= numbers["registrationId"]
    )
    assert set(Intervention.objects.values_list("source_id", flat=True)) <= numbers["nsiId"]
    assert (
        set(Circumstance.objects.values_list("source_id", flat=True))
        <= numbers["personalCircumstanceId"]
    )
    assert (
        set(Contact.objects.values_list("source_id", flat=True))
        <= numbers["contactId"] | numbers["appointmentId"]
    )
    assert all(value in said for value in Identifier.objects.values_list("value", flat=True))
    for model in (Predictor, ImportedAssessment, Enquiry):
        assert not model.objects.exists()
    for fact in ("previous_sanctions", "age_at_first_sanction", "first_sanction_on", "released_on"):
        assert not Sentence.objects.exclude(**{fact: None}).exists()


def test_the_awkward_people_come_in_as_they_are():
    bring_in()

    cases = {case.crn: case for case in Case.objects.select_related("provider", "team")}
    assert cases["X087946"].sentences.count() == 20
    assert cases["X009923"].registrations.count() == 281
    assert (cases["X108153"].provider.code, cases["X108153"].retained_by) == ("C01", "")
    assert cases["X320741"].retained_by == "Temperance Brennan"
    assert cases["X069596"].provider.code == "C16"
    closed = {crn for crn, case in cases.items() if case.state == CaseState.CLOSED}
    assert closed == {"X00066", "12345C", "DEF5678", "U328968", "STRING"}
    limited = {"X369285", "X181002", "X142620", "X00001", "X356927"}
    assert limited <= set(Limit.objects.filter(restricted=True).values_list("case__crn", flat=True))
    told = Issue.objects.filter(kind="limited_without_list")
    assert limited <= set(told.values_list("case__crn", flat=True))


def test_nobody_is_placed_in_a_group_and_three_are_escalated():
    load_code_lists()
    bring_in()

    out = io.StringIO()
    call_command("place_caseload", "--as-of", TODAY.isoformat(), "--json", stdout=out)

    places = dict(Standing.objects.values_list("case__crn", "place"))
    assert len(places) == Case.objects.count() == 74
    assert Place.GROUP not in places.values()
    assert {crn for crn, place in places.items() if place == Place.ESCALATE} == ESCALATED
    assert set(Escalation.objects.unsettled().values_list("case__crn", flat=True)) == ESCALATED
    assert Counter(places.values()) == {
        Place.NO_SENTENCE: 49,
        Place.CANNOT: 19,
        Place.RETAINED: 3,
        Place.ESCALATE: 3,
    }
    cannot = Standing.objects.filter(place=Place.CANNOT)
    assert all("previous sanctions" in needs for needs in cannot.values_list("needs", flat=True))
    assert Placement.objects.current().count() == 74
