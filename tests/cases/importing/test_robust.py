"""Whatever a document holds, an import reads it or says why not, and never falls over."""

import json
import random
from functools import cache

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.importing.keys import Kind, LineRejected, key_of
from cases.rules.importing.lines import read_lines
from cases.rules.importing.mapping import map_line
from cases.rules.importing.values import NotThat, as_day, as_flag, as_moment, as_number, as_whole
from staff.errors import RuleBroken
from tests.cases.importing.extracts import (
    assessment,
    bring_in,
    circumstance,
    contact,
    conviction,
    manager,
    nsi,
    offence,
    offender,
    registration,
    requirement,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8) | st.sampled_from(["", "string", "2018-05-01", "9999-12-31T23:59:59-12:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
FULL = [
    offender(
        offenderManagers=[manager()],
        offenderAliases=[{"surname": "Lee", "dateOfBirth": "1990-01-01"}],
        contactDetails={
            "allowSMS": True,
            "phoneNumbers": [{"number": "1", "type": "MOBILE"}],
            "emailAddresses": ["a@example.org"],
            "addresses": [{"from": "2017-01-01", "to": "2018-01-01", "status": {"code": "M"}}],
        },
        offenderProfile={
            "ethnicity": "White",
            "offenderLanguages": {"primaryLanguage": "Welsh", "otherLanguages": ["French"]},
            "disabilities": [{"disabilityType": {"code": "DY"}, "startDate": "2017-01-01"}],
        },
        currentRestriction=True,
        activeProbationManagedSentence=True,
        previousSurnames=["Field"],
        ext={
            "access": [{"username": "a", "type": "restriction", "from": "2018-01-01"}],
            "mergedCrns": ["X9"],
            "responsibleOfficer": {"staffCode": "A", "teamCode": "B", "from": "2018-01-01"},
        },
    ),
    conviction(
        custody={"status": {"code": "B"}, "institution": {"description": "HMP"}, "keyDates": {}},
        offences=[offence(), offence("04910", main=False)],
        ext={
            "ogrs": {"oneYear": 1, "twoYears": 2, "assessedOn": "2018-01-01"},
            "rsr": {"percent": 1, "level": "LOW", "assessedOn": "2018-01-01"},
            "previousSanctions": 2,
            "ageAtFirstSanction": 18,
        },
    ),
    requirement(rarCount=2, ext={"length": {"completed": 3}, "hoursCredited": 4}),
    registration(
        reviewPeriodMonths=6,
        registeringOfficer={"forenames": "A", "surname": "B"},
        ext={"checksMade": [{"kind": "police", "requestedOn": "2018-01-01"}], "part": "source"},
    ),
    contact(
        outcome={"code": "ATTC", "attended": True, "hoursCredited": 1.5},
        enforcement={"enforcementAction": {"code": "WLS"}},
        rarActivityDetail={"requirementId": 1},
        staff={"code": "A", "forenames": "B", "surname": "C"},
        ext={"convictionId": 1, "minutesCredited": 30},
    ),
    nsi(nsiStatus={"code": "BRE01"}, statusDateTime="2018-01-01T10:00:00Z", length=3),
    circumstance(startDate="2018-01-01", evidenced=True),
    assessment(
        document={"riskInCommunity": {"HIGH": ["Public"]}, "OGRS": {"ogrs31Year": 3}},
        ext={"predictors": {"ogrs3": {"oneYear": 3, "twoYears": 5}}, "rosh": {"overall": "HIGH"}},
    ),
]


def spots(value, path=()):
    """Every place in a document where something else might stand, the reserved keys aside."""
    if path and path[0] not in {"kind", "crn"}:
        yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, held in inner:
        yield from spots(held, (*path, key))


@cache
def spots_of(number):
    return list(spots(FULL[number]))


def changed(document, path, value):
    document = json.loads(json.dumps(document))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


@st.composite
def odd_documents(draw):
    number = draw(st.integers(0, len(FULL) - 1))
    return changed(FULL[number], draw(st.sampled_from(spots_of(number))), draw(JSON))


@given(odd_documents())
@settings(max_examples=400, deadline=None)
def test_a_document_with_anything_in_any_place_is_read_or_refused(document):
    try:
        mapped = map_line(key_of(document).kind, document)
    except LineRejected:
        return

    json.dumps([mapped.parts, mapped.left], allow_nan=False)
    assert all(path and reason for path, reason in mapped.notes.problems)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_lines_with_a_document_or_a_reason(raw):
    class Stream:
        rest = raw

        def readline(self, most):
            end = self.rest.find(b"\n") + 1 or len(self.rest)
            line, self.rest = self.rest[: min(end, most)], self.rest[min(end, most) :]
            return line

    for number, line, document, reason in read_lines(Stream()):
        assert number > 0
        assert line
        assert (document is None) != (reason is None)


@given(JSON)
@settings(max_examples=400, deadline=None)
def test_a_single_value_is_read_as_what_was_asked_for_or_refused(value):
    for read in (as_day, as_moment, as_whole, as_flag, lambda given: as_number(given, 100)):
        try:
            found = read(value)
        except NotThat:
            continue
        json.dumps(found, default=str)
        assert found is not None or value in (None, "")


def oddities(seed, many):
    """Documents of every kind, each with one thing out of place."""
    chance = random.Random(seed)
    odd = [
        None, True, 0, -1, 1.5, 2**40, "", " ", "string", "x" * 5000, "2018-05-01", "9999-12-31",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", [], [None], ["x"], {}, {"a": 1},
        {"code": "x" * 300}, [{"code": 1}], "\u2603", "1e5", "NaN", "%s {}", "'; --", '"', "\\",
    ]  # fmt: skip
    for number in range(many):
        crn = f"R{number:06}"
        for document in FULL:
            line = json.loads(json.dumps(document)) | {"crn": crn}
            for key in ("convictionId", "requirementId", "registrationId", "contactId", "nsiId",
                        "personalCircumstanceId", "assessmentId"):  # fmt: skip
                if key in line:
                    line[key] = number
            if line["kind"] == Kind.OFFENDER:
                line["otherIds"] = {"crn": crn}
            yield changed(line, chance.choice(list(spots(line))), chance.choice(odd))


@pytest.mark.django_db
def test_an_extract_of_oddities_comes_in_and_comes_in_again_unchanged(tmp_path):
    lines = list(oddities(seed=1, many=40))

    first = bring_in(tmp_path, *lines)
    again = bring_in(tmp_path, *lines)

    assert first.landed > len(lines) / 2
    assert again.landed == first.landed
    assert sum(kind["unchanged"] for kind in again.counts.values()) == again.landed


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2, 12))
def test_a_great_many_oddities_come_in(tmp_path, seed):
    done = bring_in(tmp_path, *oddities(seed, many=250))

    assert done.landed


@pytest.mark.django_db
def test_one_import_at_a_time(tmp_path):
    other = connection.copy()
    try:
        other.cursor().execute("SELECT pg_advisory_lock(hashtext('import_caseload'))")
        with pytest.raises(RuleBroken, match="Another import is under way"):
            bring_in(tmp_path, offender())
        # The server lets go of it in its own time once the connection is closed, and the next test may be there first
        other.cursor().execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
