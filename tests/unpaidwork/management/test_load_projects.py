"""Projects from a file: whole lines or none of them, nothing lost, and the same a second time."""

import csv
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from staff.models import Entry
from staff.permissions import Role
from tests.factories import AvailabilityFactory, ProjectFactory, TeamFactory, UserFactory
from unpaidwork.models import Availability, Beneficiary, Project
from unpaidwork.rules.project_lines import COLUMNS

pytestmark = pytest.mark.django_db
LINE = {
    "code": "P900",
    "name": "Canal path",
    "kind": "group",
    "beneficiary": "Canal Trust",
    "easting": "471600",
    "northing": "173500",
    "from_on": "2018-05-01",
    "most": "10",
    "ratio": "5",
    "what_is_done": "Clearing the path.",
    "tasks": "Clearing; Painting",
    "days": "weekly Tue 09:00-16:00 from 2018-05-01; fortnightly Thu 09:00-13:00 from 2018-05-03 to 2018-12-20",
}


@pytest.fixture
def load(tmp_path, capsys):
    rejects = tmp_path / "rejects.csv"

    def loaded(*lines, head=COLUMNS, **options):
        path = tmp_path / "projects.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for line in lines:
                writer.writerow(
                    line if isinstance(line, list) else [line.get(name, "") for name in head]
                )
        status = 0
        try:
            call_command("load_projects", str(path), rejects=rejects, **options)
        except SystemExit as stop:
            status = stop.code
        return status, capsys.readouterr().out

    loaded.rejects = rejects
    return loaded


def test_a_line_becomes_a_project_with_its_days_and_for_whom_it_is_done(load):
    status, said = load(LINE)

    project = Project.objects.get()
    assert (status, said.splitlines()[0]) == (
        0,
        "1 read, 1 added, 0 changed, 0 unchanged, 0 rejected",
    )
    assert (project.easting, project.tasks, project.signal) == (
        471600,
        ["Clearing", "Painting"],
        "unknown",
    )
    assert project.beneficiary.name == "Canal Trust"
    assert list(
        Availability.objects.values_list("weekday", "every", "to_on").order_by("weekday")
    ) == [
        (1, "week", None),
        (3, "fortnight", date(2018, 12, 20)),
    ]


def test_a_second_run_changes_nothing(load):
    load(LINE)
    before = Entry.objects.exclude(action="loaded_projects").count()

    _, said = load(LINE)

    assert "1 unchanged" in said
    assert Entry.objects.exclude(action="loaded_projects").count() == before
    assert (Project.objects.count(), Availability.objects.count()) == (1, 2)


def test_a_line_that_says_something_else_changes_the_project(load):
    load(LINE)

    _, said = load(LINE | {"most": "12"})

    assert "1 changed" in said
    assert Project.objects.get().most == 12


REJECTED = {
    "name: is blank": {"name": ""},
    "kind: is none of group": {"kind": "party"},
    "most: is not a whole number": {"most": "ten"},
    "easting: is not a whole number": {"easting": "-5"},
    "ratio: is not a whole number": {"ratio": "9" * 5000},
    "from_on: is not a day such as": {"from_on": "03/05/2018"},
    "step_free: is neither": {"step_free": "maybe"},
    "team: there is none": {"team": "N07ZZZ"},
    "days: cannot be read": {"days": "every Tuesday"},
    "name: is longer": {"name": "x" * 201},
    "how whoever is there can be reached": {"signal": "none"},
    "Enter its first Tuesday": {"days": "weekly Tue 09:00-16:00 from 2018-05-02"},
    "told to nobody on site": {"name": "Elm Road refuge"},
}


@pytest.mark.parametrize("why", sorted(REJECTED))
def test_a_line_that_cannot_land_is_rejected_whole_with_why_and_as_it_was(load, why):
    bad = LINE | {"code": "P901", "beneficiary": "Nobody yet"} | REJECTED[why]

    status, said = load(LINE, bad)

    with load.rejects.open(newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (status, row["line"]) == (1, "3")
    assert why in row["why"]
    assert {name: row[name] for name in COLUMNS} == {name: bad.get(name, "") for name in COLUMNS}
    assert "2 read, 1 added, 0 changed, 0 unchanged, 1 rejected" in said
    assert Project.objects.count() == 1
    assert not Beneficiary.objects.filter(name="Nobody yet").exists()


def test_a_line_with_a_cell_too_many_or_too_few_loses_none_of_them(load):
    status, _ = load(["P1", "x"], [*(LINE.get(name, "") for name in COLUMNS), "more"])

    text = load.rejects.read_text()
    assert status == 1
    assert "fewer cells" in text
    assert text.rstrip().endswith(",more")


def test_a_code_twice_in_one_file_is_loaded_once(load):
    status, said = load(LINE, LINE | {"code": "p900", "most": "99"})

    assert (status, Project.objects.get().most) == (1, 10)
    assert "1 rejected" in said


def test_a_file_whose_columns_are_not_known_is_not_loaded(load):
    for head, words in (
        (COLUMNS[1:], "no column code"),
        ([*COLUMNS, "colour"], "not known: colour"),
        ([*COLUMNS, "code"], "twice"),
    ):
        with pytest.raises(CommandError, match=words):
            load(LINE, head=head)
    assert not Project.objects.exists()


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_projects", str(broken))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_projects", str(tmp_path / "absent.csv"))


def test_a_dry_run_keeps_nothing(load):
    _, said = load(LINE, dry_run=True)

    assert "1 added" in said
    assert "nothing was kept" in said
    assert not Project.objects.exists()
    assert not Entry.objects.exists()


def test_what_is_read_out_is_read_in_again_unchanged(load, client, tmp_path):
    project = ProjectFactory(team=TeamFactory(code="N07A"), step_free=False)
    AvailabilityFactory(project=project, from_on=date(2018, 9, 4))
    client.force_login(UserFactory(role=Role.COORDINATOR))
    body = b"".join(client.get(reverse("projects-csv")).streaming_content).decode()
    head, line = csv.reader(body.splitlines())

    _, said = load(line, head=head)

    assert "1 unchanged" in said
