"""What is turned away: whole lines, and single fields of lines that are kept."""

import json
from datetime import date

import pytest

from cases.models import Case, CodeToReview, Contact, Person, Registration, Sentence, Unmapped
from cases.rules.importing.lines import MOST_BYTES
from tests.cases.importing.extracts import (
    assessment,
    bring_in,
    contact,
    conviction,
    counted,
    nsi,
    offence,
    offender,
    reasons,
    registration,
    requirement,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"kind": "offender", "crn": "X1"', "not JSON"),
        ('{"kind": "offender", "crn": NaN}', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["offender"]', "not a JSON object"),
        ('{"kind": "offender", "surname": "Ström"}'.encode("latin-1"), "not in UTF-8"),
        (json.dumps(offender("X1", surname="x" * MOST_BYTES)), "longer than 1 MB"),
        (offender("X1", surname="half \ud800"), "holds a character that cannot be stored"),
        (offender("X1", surname="nothing \0"), "holds a character that cannot be stored"),
        ({"crn": "X1"}, "no kind"),
        ({"kind": "holiday", "crn": "X1"}, 'kind "holiday" is not one we know'),
        (offender(None), "no key: crn is missing"),
        (offender("X-1"), "no key: crn must be at most ten letters and digits"),
        (offender("X1", otherIds={"crn": "X2"}), "no key: crn is X1 but otherIds.crn is another"),
        (offender("X1", surname=" "), "no surname"),
        (conviction("X000001", None), "no key: convictionId is missing"),
        (conviction("X000001", True), "no key: convictionId is missing"),
        (conviction("X000001", "9" * 61), "no key: convictionId is longer than 60 characters"),
        (requirement("X000001", 1, None), "no key: convictionId is missing"),
        (requirement("X000001", requirementTypeMainCategory=None), "no main category"),
        (contact("X000001", None), "no key: contactId or appointmentId is missing"),
        (contact("X000001", type={}), "no type.code"),
        (registration("X000001", type=None), "no type.code"),
        (nsi("X000001", nsiType=None), "no nsiType.code"),
        (assessment("X000001", source=""), "no key: source is missing"),
        (
            contact("X000001", contactStart=None),
            "no date: neither contactStart nor appointmentStart nor ext.date",
        ),
        (assessment(completedOn="soon"), "no date: completedOn is missing or not a date"),
        (
            assessment(document={"assessmentStatus": "LOCKED_INCOMPLETE"}),
            "not complete: only completed assessments count",
        ),
        (conviction("X999999"), "its CRN is not of any offender, here or held"),
        (
            requirement("X000001", 1, 77),
            "its convictionId is not of any conviction of this CRN, here or held",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_turned_away_and_the_next_one_lands(tmp_path, line, reason):
    done = bring_in(tmp_path, line, offender("X000001"))

    (reject,) = done.rejects
    assert reject[:4] == ("extract.ndjson", 1, "", reason)
    assert list(Case.objects.values_list("crn", flat=True)) == ["X000001"]
    assert sum(kind["rejected"] for kind in done.counts.values()) == 1


def test_a_line_of_just_one_megabyte_lands(tmp_path):
    room = MOST_BYTES - len(json.dumps(offender(note="")))

    done = bring_in(tmp_path, json.dumps(offender(note="x" * room)))

    assert done.rejects == []
    assert Person.objects.get().unmapped["note"] == "x" * room


def test_blank_lines_carriage_returns_and_a_mark_of_byte_order_do_no_harm(tmp_path):
    text = json.dumps(offender()).encode()

    done = bring_in(tmp_path, b"\xef\xbb\xbf" + text + b"\r", b"", b"  ")

    assert counted(done, "offender") == (1, 0, 0, 0)


@pytest.mark.parametrize("make", [conviction, registration, contact, nsi, assessment])
def test_a_number_under_two_crns_rejects_both(tmp_path, make):
    done = bring_in(
        tmp_path, offender("X000001"), offender("X000002"), make("X000001", 5), make("X000002", "5")
    )

    assert {(row[1], row[3]) for row in done.rejects} == {
        (3, "the same id is under another CRN"),
        (4, "the same id is under another CRN"),
    }


@pytest.mark.parametrize("make", [conviction, registration, contact, nsi, assessment])
def test_a_number_held_under_another_crn_is_rejected_in_a_later_extract(tmp_path, make):
    bring_in(tmp_path, offender("X000001"), make("X000001", 5))

    done = bring_in(tmp_path, offender("X000002"), make("X000002", 5))

    assert reasons(done) == {("", "the same id is under another CRN")}


def test_a_requirement_under_another_crn_is_rejected(tmp_path):
    bring_in(tmp_path, offender(), conviction(), requirement())

    done = bring_in(
        tmp_path, offender("X000002"), conviction("X000002", 2), requirement("X000002", 1, 2)
    )

    assert reasons(done) == {("", "the same id is under another CRN")}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"dateOfBirth": "1990-02-30"}, ("dateOfBirth", "is not a date")),
        ({"dateOfBirth": 19900504}, ("dateOfBirth", "is not a date")),
        ({"softDeleted": "no"}, ("softDeleted", "is not true or false")),
        ({"title": ["Mr"]}, ("title", "is not text")),
        ({"contactDetails": "none"}, ("contactDetails", "is not an object")),
        ({"middleNames": "Jo"}, ("middleNames", "is not a list")),
        ({"middleNames": ["Jo", 5]}, ("middleNames[1]", "is not text")),
        ({"currentDisposal": "something"}, ("currentDisposal", "is neither 1 nor 0")),
        (
            {"contactDetails": {"addresses": [{"from": "2018-02-01", "to": "2018-01-01"}]}},
            ("contactDetails.addresses[0].to", "is before the day they moved in"),
        ),
        (
            {"surname": "x" * 101},
            ("case.surname", "is longer than 100 characters, so was cut"),
        ),
    ],
)
def test_a_field_of_the_wrong_kind_is_rejected_and_its_line_kept(tmp_path, given, problem):
    done = bring_in(tmp_path, offender(**given))

    assert reasons(done) == {problem}
    assert counted(done, "offender") == (1, 0, 0, 0)


def test_a_rejected_field_leaves_what_was_held(tmp_path):
    bring_in(tmp_path, offender())

    bring_in(tmp_path, offender(dateOfBirth="4 May", firstName="Alexis"))

    case = Case.objects.get()
    assert (case.born_on, case.forename) == (date(1990, 5, 4), "Alexis")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"convictionDate": "yesterday"}, ("convictionDate", "is not a date")),
        ({"active": "yes"}, ("active", "is not true or false")),
        ({"failureToComplyCount": "x"}, ("failureToComplyCount", "is not a whole number")),
        ({"failureToComplyCount": 2**40}, ("failureToComplyCount", "is too large a number")),
        (
            {"offences": [offence(), offence("00100")]},
            ("offences", "more than one is the main offence; the first is taken"),
        ),
        (
            {"ext": {"previousSanctions": -1}},
            ("ext.previousSanctions", "is not between 0 and 999"),
        ),
        (
            {"ext": {"ogrs": {"oneYear": 20, "twoYears": 31}}},
            ("ext.ogrs.assessedOn", "is missing: a score without its date is not kept"),
        ),
        (
            {"ext": {"rsr": {"percent": 101, "assessedOn": "2018-03-01"}}},
            ("ext.rsr.percent", "is not between 0 and 100"),
        ),
        (
            {"custody": {"status": {"code": "Q", "description": "Questioned"}}},
            ("custody.status.code", '"Q" is not a status we know'),
        ),
    ],
)
def test_a_bad_field_of_a_conviction_is_rejected_and_the_conviction_kept(tmp_path, given, problem):
    done = bring_in(tmp_path, offender(), conviction(**given))

    assert reasons(done) == {problem}
    assert Sentence.objects.get().active


def test_an_unknown_code_is_kept_and_queued_once_however_often_it_is_sent(tmp_path):
    lines = [
        offender(),
        registration(number=1, code="UNK1", type={"code": "UNK1", "description": "Odd"}),
        registration(number=2, code="UNK1", type={"code": "UNK1", "description": "Odd"}),
    ]

    done = bring_in(tmp_path, *lines)
    bring_in(tmp_path, *lines)

    assert done.rejects == []
    assert set(Registration.objects.values_list("type_code", flat=True)) == {"UNK1"}
    queued = CodeToReview.objects.get(list_name="registration_types")
    assert (queued.code, queued.name, queued.times, queued.first_seen) == (
        "UNK1",
        "Odd",
        2,
        done.run,
    )


def test_what_no_column_holds_is_kept_and_counted(tmp_path):
    done = bring_in(
        tmp_path,
        offender(shoeSize=9, offenderProfile={"riskColour": "red"}),
        conviction(orderManagers=[{"staffCode": "C16A01"}]),
    )

    assert Person.objects.get().unmapped == {
        "shoeSize": 9,
        "offenderProfile": {"riskColour": "red"},
    }
    assert Unmapped.objects.get().document == {"orderManagers": [{"staffCode": "C16A01"}]}
    assert done.run.remarks["unmapped"] == {
        "conviction.orderManagers": 1,
        "offender.offenderProfile": 1,
        "offender.shoeSize": 1,
    }


def test_placeholders_are_kept_as_given_and_counted(tmp_path):
    done = bring_in(
        tmp_path, offender(title="string", otherIds={"crn": "X000001", "pncNumber": "string"})
    )

    assert done.rejects == []
    assert Person.objects.get().title == "string"
    assert done.run.remarks["placeholders"] == {
        "offender.otherIds.pncNumber": 1,
        "offender.title": 1,
    }


def test_the_insurance_number_is_not_kept(tmp_path):
    bring_in(tmp_path, offender(otherIds={"crn": "X000001", "niNumber": "QQ123456C"}))

    assert "QQ123456C" not in json.dumps(Person.objects.get().unmapped)


def test_an_activity_log_entry_takes_its_day_from_the_extract(tmp_path):
    entry = contact(contactStart=None, startTime="10:30:00", endTime="11:00:00")

    bring_in(tmp_path, offender(), entry | {"ext": {"date": "2018-07-02"}})

    row = Contact.objects.get()
    assert row.started_at.isoformat() == "2018-07-02T09:30:00+00:00"
    assert row.ended_at.isoformat() == "2018-07-02T10:00:00+00:00"
