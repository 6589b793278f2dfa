"""Loading where postcodes lie from the files of Code-Point Open."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import PostcodePoint
from cases.queries.postcodes import point_of
from cases.services import postcodes
from cases.services.postcodes import load_postcodes
from staff.errors import RuleBroken
from staff.models import Entry

pytestmark = pytest.mark.django_db
REST = '"E92000001","E19000002","E18000010","E10000025","E07000178","E05009733"'
LINES = f'"OX1 1AA",10,451234,206789,{REST}\n"OX11AB",10,451300,206800,{REST}\n"OX1 1ZZ",90,0,0,{REST}\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ox.csv").write_text(LINES)
    (tmp_path / "Doc").mkdir()
    (tmp_path / "Doc" / "licence.txt").write_text("Contains OS data")
    return tmp_path


def test_each_postcode_is_placed_and_one_without_a_position_is_not(folder):
    placed = load_postcodes(path=folder)

    assert placed == 2
    assert point_of("OX11AA") == (451234, 206789)
    assert point_of("OX11AB") == (451300, 206800)
    assert point_of("OX11ZZ") is None


def test_loaded_again_what_moved_is_moved_and_nothing_stands_twice(folder, monkeypatch):
    monkeypatch.setattr(postcodes, "BATCH", 1)
    load_postcodes(path=folder)
    (folder / "ox.csv").write_text(LINES.replace("451234", "451235"))

    load_postcodes(path=folder / "ox.csv")

    assert point_of("OX11AA") == (451235, 206789)
    assert PostcodePoint.objects.count() == 2
    assert Entry.objects.filter(action="loaded_postcodes").count() == 2


def test_one_that_stands_twice_in_the_files_is_placed_once(folder):
    (folder / "ox2.csv").write_text(LINES)

    load_postcodes(path=folder)

    assert PostcodePoint.objects.count() == 2


@pytest.mark.parametrize(
    "line",
    [
        "Postcode,Quality,Eastings,Northings",
        "OX1 1AC,10,451234",
        "OX1 1AC,10,x,206789",
        "NOWHERE,10,451234,206789",
        "OX1 1AC,10,951234,206789",
    ],
)
def test_a_line_of_something_else_is_refused_by_its_number_and_nothing_is_loaded(folder, line):
    (folder / "ox.csv").write_text(LINES + line + "\n")

    with pytest.raises(RuleBroken, match=r"ox\.csv, line 4"):
        load_postcodes(path=folder)

    assert not PostcodePoint.objects.exists()


def test_a_folder_without_a_file_is_refused(tmp_path):
    with pytest.raises(RuleBroken, match=r"no \.csv file"):
        load_postcodes(path=tmp_path)


def test_the_command_says_how_many(folder):
    said = StringIO()

    call_command("load_postcodes", str(folder), stdout=said)

    assert said.getvalue() == "2 postcodes placed.\n"


@pytest.mark.parametrize("path", ["/nowhere/at/all", ""])
def test_the_command_refuses_what_it_cannot_read(tmp_path, path):
    with pytest.raises(CommandError):
        call_command("load_postcodes", path or str(tmp_path))
