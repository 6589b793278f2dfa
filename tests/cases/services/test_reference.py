"""The code lists: brought in once, changed where the file changed, and nothing ever taken out."""

import csv

import pytest
from django.core.management import call_command

from cases.models import Policy, ReferenceCode
from cases.services.reference import CODE_LISTS, load_code_lists
from staff.models import Provider

FILES = sorted(CODE_LISTS.glob("*.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_list_has_each_code_once_and_a_name_for_it(path):
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) > 0
    assert all(row["code"] and row["name"] for row in rows)
    assert codes == sorted(codes)


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    first = load_code_lists()
    second = load_code_lists()

    assert set(first) == {path.stem for path in FILES}
    assert all(counts["created"] == counts["updated"] == 0 for counts in second.values())
    assert ReferenceCode.objects.count() == sum(counts["created"] for counts in first.values())


@pytest.mark.django_db
def test_what_the_file_changes_is_changed_and_what_it_drops_is_kept(tmp_path):
    path = tmp_path / "things.csv"
    path.write_text("code,name,ended_on,wet,review_months\nA,Apple,,true,3\nB,Bean,2018-01-01,,\n")
    load_code_lists(folder=tmp_path)

    path.write_text("code,name,ended_on,wet,review_months\nA,Apples,,false,3\n")
    counts = load_code_lists(folder=tmp_path)

    assert counts == {"things": {"created": 0, "updated": 1, "unchanged": 0}}
    rows = ReferenceCode.objects.filter(list_name="things").order_by("code")
    assert [(row.name, row.facts) for row in rows] == [
        ("Apples", {"wet": False, "review_months": 3}),
        ("Bean", {}),
    ]


@pytest.mark.django_db
def test_an_ended_code_may_no_longer_be_picked():
    load_code_lists()
    types = ReferenceCode.objects.filter(list_name="registration_types")
    ended = types.exclude(ended_on=None).first()

    current = ReferenceCode.objects.current("registration_types", ended.ended_on)

    assert ended not in current
    assert types.get(code="ADVP") in current


@pytest.mark.django_db
def test_the_command_brings_in_lists_providers_and_the_first_policies():
    call_command("load_reference", verbosity=0)

    thames_valley = Provider.objects.get(code="C16")
    assert (thames_valley.name, thames_valley.nps) == ("CPA Thames Valley", False)
    assert Provider.objects.get(code="N07").nps
    assert Policy.objects.filter(name="grid", version=1).exists()
