"""`./manage.py import_caseload`: its answer, its exit status and the file of what did not land."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.models import Case, ImportRun
from tests.cases.importing.extracts import contact, offender, write

pytestmark = pytest.mark.django_db


def run(path, *options):
    """(exit status, what was printed)."""
    out = io.StringIO()
    try:
        call_command("import_caseload", str(path), *options, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_all_landed_is_status_0_and_json_is_the_whole_of_the_answer(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "extract", offender(), contact())

    status, printed = run(folder, "--json")

    counts = json.loads(printed)
    nothing = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    assert status == 0
    assert counts["offender"] == counts["contact"] == nothing | {"read": 1, "created": 1}
    assert counts["nsi"] == nothing


def test_some_rejected_is_status_1_and_a_file_says_which_and_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "extract", offender(), "{", offender("X2", dateOfBirth="soon"))

    status, printed = run(folder)

    with open("rejects.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert status == 1
    assert "Rejected: lines 1, fields 1. See rejects.csv." in printed
    assert [(row["file"], row["line"], row["field"], row["reason"]) for row in rows] == [
        ("extract.ndjson", "2", "", "not JSON"),
        ("extract.ndjson", "3", "dateOfBirth", "is not a date"),
    ]


def test_the_file_of_rejects_goes_where_it_is_told(tmp_path):
    folder = write(tmp_path / "extract", offender(), "{")

    run(folder, "--rejects", str(tmp_path / "away.csv"))

    assert (tmp_path / "away.csv").read_text().splitlines()[
        1
    ] == "extract.ndjson,2,,not JSON,unknown,"


def test_nothing_imported_is_status_2_and_the_run_is_kept_to_show_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "extract", "{", contact())

    status, printed = run(folder)

    assert status == 2
    assert "Nothing was imported." in printed
    assert ImportRun.objects.get().rejects.count() == 2


@pytest.mark.parametrize("path", ["absent", "."])
def test_a_path_that_holds_no_extract_is_a_clear_error_of_status_2(tmp_path, path):
    with pytest.raises(CommandError, match=r"There is no") as refusal:
        run(tmp_path / path)

    assert refusal.value.returncode == 2
    assert not ImportRun.objects.exists()


def test_one_file_may_be_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "extract", offender(), name="people.json")

    status, printed = run(folder / "people.json")

    assert status == 0
    assert printed == "offender: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected\n"


def test_a_dry_run_leaves_no_file_and_no_row(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "extract", offender(), "{")

    status, printed = run(folder, "--dry-run")

    assert status == 1
    assert "This was a dry run: nothing was kept." in printed
    assert not (tmp_path / "rejects.csv").exists()
    assert not Case.objects.exists()
