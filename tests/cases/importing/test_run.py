"""An import as a whole: the same again writes nothing, order does not matter, history is kept."""

import random
import tracemalloc
from contextlib import closing
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction

from cases.models import Case, Contact, ImportRun, Issue, Registration, Reject, Sentence
from cases.services.importing import run
from cases.services.importing.run import import_caseload
from staff.errors import RuleBroken
from staff.models import Entry
from tests.cases.importing.extracts import (
    LATER,
    NOW,
    assessment,
    bring_in,
    circumstance,
    contact,
    conviction,
    counted,
    dump,
    manager,
    nsi,
    offender,
    reasons,
    registration,
    requirement,
    versions,
    write,
)

pytestmark = pytest.mark.django_db

EVERYTHING = [
    offender(
        currentRestriction=True,
        offenderManagers=[manager(), manager("N07", active=False)],
        offenderAliases=[{"surname": "Lee"}, {"surname": "Lee"}],
        contactDetails={
            "phoneNumbers": [{"number": "0118 496 0000", "type": "TELEPHONE"}],
            "addresses": [{"streetName": "A"}, {"streetName": "A", "noFixedAbode": True}],
        },
        offenderProfile={"disabilities": [{"disabilityType": {"code": "DY"}}], "religion": "Jedi"},
        shoeSize=9,
    ),
    offender("X000002", dateOfBirth=None, softDeleted=True),
    conviction(ext={"ogrs": {"oneYear": 20, "twoYears": 31, "assessedOn": "2018-03-04"}}),
    conviction(number=2, sentence=None, orderManagers=[{"name": "A"}]),
    requirement(),
    registration(ext={"checksMade": [{"kind": "police", "requestedOn": "2018-03-06"}]}),
    registration(number=2, code="ADVP"),
    contact(),
    contact(number=2, rarActivity=True),
    nsi(),
    circumstance(),
    assessment(),
]


def test_the_same_extract_again_writes_no_row_and_says_so(tmp_path):
    bring_in(tmp_path, *EVERYTHING)
    before = versions()

    again = bring_in(tmp_path, *EVERYTHING, now=LATER)

    assert versions() == before
    assert {name: counts["unchanged"] for name, counts in again.counts.items()} == {
        "offender": 2, "conviction": 2, "requirement": 1, "registration": 2, "contact": 2,
        "nsi": 1, "personal_circumstance": 1, "assessment": 1,
    }  # fmt: skip


OF_ITSELF = {"cases_importrun", "cases_reject", "staff_entry"}  # what an import says of itself


def test_the_same_extract_again_writes_no_row_of_any_table(tmp_path):
    bring_in(tmp_path, *EVERYTHING, "{")
    before = _rows_of_every_table()

    bring_in(tmp_path, *EVERYTHING, "{", now=LATER)

    assert _rows_of_every_table() == before


def _rows_of_every_table():
    """Where each row stands in the files of the database, words of names, deadlines and history too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {table for (table,) in cursor.fetchall()} - OF_ITSELF
        found = {}
        for table in tables:
            cursor.execute(f'SELECT ctid::text, xmin::text FROM "{table}"')
            found[table] = sorted(cursor.fetchall())
    return found


def test_what_is_written_arrives_letter_for_letter(tmp_path):
    notes = 'A tab\there, a line\nbelow, a \\N, a \\. and a "quote", café\u00a0— \\t'

    bring_in(tmp_path, offender(), contact(notes=notes), registration(notes="\\N"))

    assert Contact.objects.get().notes == notes
    assert Registration.objects.get().notes == "\\N"


def test_lines_in_any_order_leave_the_same_database(tmp_path):
    rivals = [
        offender(title=title, lastUpdatedDateTime=moment)
        for title, moment in [
            ("Mr", None),
            ("Ms", "2018-05-01T10:00:00"),
            ("Dr", "2018-05-01T10:00:00+01:00"),
        ]
    ]
    lines = EVERYTHING + rivals + [registration(notes="Again"), contact(notes="Again")]
    left = []
    for seed in range(3):
        random.Random(seed).shuffle(lines)
        with transaction.atomic():
            bring_in(tmp_path, *lines)
            left.append(dump())
            transaction.set_rollback(True)  # so that the next begins as this one did

    assert left[0] == left[1] == left[2]
    assert len(left[0]["Case"]) == 2


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_lines_with_one_key_the_later_wins(tmp_path, turn):
    rivals = [
        offender(title="Old", lastUpdatedDateTime="2018-05-01T10:00:00+01:00"),
        offender(title="New", lastUpdatedDateTime="2018-05-01T10:00:00Z"),
        offender(title="Undated"),
    ]

    done = bring_in(tmp_path, *rivals[::turn])

    assert Case.objects.get().person.title == "New"
    assert counted(done, "offender") == (1, 0, 0, 2)
    assert reasons(done) == {("", "same key again; a later or greater line won")}


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_lines_of_one_time_the_greater_hash_wins(tmp_path, turn):
    rivals = [offender(title="Mr"), offender(title="Ms"), offender(title="Dr")]

    bring_in(tmp_path, *rivals[::turn])

    assert Case.objects.get().person.title == "Ms"


def test_two_lines_exactly_alike_are_one_line_and_one_reject(tmp_path):
    done = bring_in(tmp_path, offender(), offender())

    assert counted(done, "offender") == (1, 0, 0, 1)


def test_a_change_keeps_what_stood_before_and_which_import_changed_it(tmp_path):
    bring_in(tmp_path, offender(), conviction(), registration())

    done = bring_in(
        tmp_path, offender(surname="Field"), conviction(inBreach=True), registration(active=False)
    )

    history = {
        name: apps.get_model("cases", f"{name}Event")
        for name in ("Case", "Sentence", "Registration")
    }
    assert history["Case"].objects.get().surname == "Marsh"
    assert not history["Sentence"].objects.get().in_breach
    assert history["Registration"].objects.get().active
    for model in history.values():
        assert model.objects.get().pgh_context.metadata["import_run"] == done.run.pk
    assert [counted(done, kind) for kind in ("offender", "conviction", "registration")] == [
        (0, 1, 0, 0)
    ] * 3


def test_what_goes_from_a_document_goes_and_its_history_stays(tmp_path):
    address = {"streetName": "Example Street", "from": "2017-01-01"}
    bring_in(tmp_path, offender(contactDetails={"addresses": [address]}))

    done = bring_in(tmp_path, offender(contactDetails={"addresses": []}))

    assert not Case.objects.get().addresses.exists()
    assert apps.get_model("cases", "AddressEvent").objects.get().lines == "Example Street"
    assert counted(done, "offender") == (0, 1, 0, 0)


def test_what_staff_wrote_is_not_taken_out_by_an_extract(tmp_path):
    bring_in(tmp_path, offender(contactDetails={"addresses": []}))
    Case.objects.get().addresses.create(lines="2 New Road", safe_to_write=False)

    bring_in(tmp_path, offender(contactDetails={"addresses": [{"streetName": "Old Road"}]}))

    assert set(Case.objects.get().addresses.values_list("lines", "imported")) == {
        ("2 New Road", False),
        ("Old Road", True),
    }


@pytest.mark.parametrize(
    ("lines", "moved"),
    [
        ([offender(title="Dr")], False),
        ([offender(offenderManagers=[manager()])], False),
        ([registration(notes="Reviewed")], False),
        ([conviction(inBreach=True)], False),
        ([contact()], False),
        ([circumstance(), nsi()], False),
        ([offender(dateOfBirth="1991-01-01")], True),
        ([offender(gender="Female")], True),
        ([offender(offenderManagers=[manager("N07")])], True),
        ([offender(softDeleted=True)], True),
        ([registration(code="RHRH")], True),
        ([registration(number=2, code="ADVP")], True),
        ([conviction(ext={"previousSanctions": 3})], True),
        ([conviction(offences=[])], True),
        ([conviction(convictionDate="2018-03-02")], True),
        ([assessment()], True),
    ],
)
def test_the_time_of_the_facts_moves_only_when_what_a_placement_rests_on_changed(
    tmp_path, lines, moved
):
    bring_in(tmp_path, offender(), conviction(), registration())
    assert Case.objects.get().facts_changed_at == NOW

    bring_in(tmp_path, *lines, now=LATER)

    assert Case.objects.get().facts_changed_at == (LATER if moved else NOW)


def test_a_fact_of_one_person_moves_nobody_elses(tmp_path):
    bring_in(tmp_path, offender(), offender("X000002"))

    bring_in(tmp_path, registration("X000002"), now=LATER)

    times = dict(Case.objects.values_list("crn", "facts_changed_at"))
    assert times == {"X000001": NOW, "X000002": LATER}


def test_an_offender_is_not_counted_as_changed_for_what_follows_from_their_sentences(tmp_path):
    bring_in(tmp_path, offender(currentDisposal="0"))

    done = bring_in(tmp_path, offender(currentDisposal="0"), conviction())

    assert counted(done, "offender") == (0, 0, 1, 0)
    assert counted(done, "conviction") == (1, 0, 0, 0)


def test_a_dry_run_tells_all_and_keeps_nothing(tmp_path):
    before = versions()

    done = bring_in(tmp_path, *EVERYTHING, "{", dry_run=True)

    assert counted(done, "offender") == (2, 0, 0, 0)
    assert reasons(done) == {("", "not JSON")}
    assert versions() == before
    assert not ImportRun.objects.exists()
    assert not Entry.objects.exists()


def test_a_run_keeps_what_the_extract_says_of_itself_and_what_did_not_land(tmp_path):
    header = {
        "kind": "header",
        "format": "ndelius-extract",
        "version": 1,
        "provider": "C16",
        "extractedAt": "2018-11-04T22:00:00Z",
    }
    done = bring_in(tmp_path / "november", header, offender(), "{", {"kind": "trailer", "lines": 2})

    run = ImportRun.objects.get()
    assert (run.source, run.provider_code) == ("november", "C16")
    assert run.extracted_at.isoformat() == "2018-11-04T22:00:00+00:00"
    assert run.counts == done.counts
    assert list(Reject.objects.values_list("line", "reason", "kind")) == [
        (3, "not JSON", "unknown")
    ]
    assert Entry.objects.get(action="imported_caseload").detail["run"] == run.pk


def test_a_trailer_that_counts_more_lines_than_there_are_is_told(tmp_path):
    done = bring_in(tmp_path, offender(), {"kind": "trailer", "lines": 9, "ext": {"sha256": "0"}})

    assert reasons(done) == {
        ("lines", "the trailer counts 9 lines; there are 1"),
        ("sha256", "is not that of the lines before it"),
    }


def test_an_extract_of_another_format_is_not_begun(tmp_path):
    header = {"kind": "header", "format": "ndelius-extract", "version": 2}

    with pytest.raises(RuleBroken, match="version 2; we read ndelius-extract version 1"):
        bring_in(tmp_path, header, offender())


def test_several_files_are_read_as_one_extract(tmp_path):
    write(tmp_path, conviction(), name="a.ndjson")
    write(tmp_path, "not this", name="notes.txt")

    done = bring_in(tmp_path, offender())

    assert counted(done, "conviction") == (1, 0, 0, 0)
    assert Sentence.objects.get().case.crn == "X000001"


def test_whoever_analyses_the_cases_while_they_come_in_does_not_count_them_as_none(
    tmp_path, monkeypatch
):
    write(tmp_path, *(offender(f"X{n:06}") for n in range(200)))
    monkeypatch.setattr(run, "add_checks", lambda *_, **__: analyse_from_elsewhere("cases_case"))

    import_caseload(path=tmp_path, by=None, today=NOW.date(), now=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'cases_case'::regclass")
        assert cursor.fetchone() == (200,)


def analyse_from_elsewhere(table):
    """As autovacuum does, which passes over a table whose lock it cannot have."""
    with closing(connection.copy()) as elsewhere, elsewhere.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")


def test_memory_does_not_grow_with_the_extract(tmp_path):
    def most(lines):
        path = tmp_path / str(lines)
        notes = "x" * 2000
        write(path, offender(), *(contact(number=n, notes=notes) for n in range(lines)))
        tracemalloc.start()
        import_caseload(path=path, by=None, today=NOW.date(), now=NOW)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few, many = most(3_000), most(9_000)

    assert many < few * 1.5


def test_an_issue_of_one_case_is_not_settled_by_an_extract_about_another(tmp_path):
    bring_in(tmp_path, offender(dateOfBirth=None))

    bring_in(tmp_path, offender("X000002"), today=NOW.date() + timedelta(days=1))

    assert Issue.objects.unsettled().get().kind == "no_birth_date"


def test_a_registration_of_a_case_made_here_lands_on_it(tmp_path):
    bring_in(tmp_path, offender())

    done = bring_in(tmp_path, registration(" x000001 "))

    assert counted(done, "registration") == (1, 0, 0, 0)
    assert Registration.objects.get().case.crn == "X000001"
