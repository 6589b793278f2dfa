"""The words of names stand as the names are, whoever writes them; and their keys are worked out once."""

import random
from importlib import import_module

import pytest
from django.db import connection

from cases.models import Case, NameKey, NameWord, OtherName
from cases.rules.near_names import keys_of
from cases.services.names import key_names
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
NAMES = [
    "smith jo",
    "de souza maria",
    "obrienlee siobhan",
    "khan",
    "van der berg lee",
    "smith smith",
    "li",
]


def words(case):
    return set(NameWord.objects.filter(case=case).values_list("word", flat=True))


def expected(case):
    """Worked out from every name that is on record."""
    found = set()
    for name in [case.sort_name, *case.other_names.values_list("sort_name", flat=True)]:
        parts = name.split()
        found |= set(parts)
        found |= {
            one + other for one, other in zip(parts, parts[1:], strict=False) if len(one) <= 3
        }
    return found


def test_the_words_of_a_new_name_are_there_at_once():
    assert words(CaseFactory(sort_name="obrienlee siobhan")) == {"obrienlee", "siobhan"}


def test_a_short_word_is_kept_with_the_next_one_as_well():
    found = words(CaseFactory(sort_name="de souza van der berg"))

    assert found == {"de", "desouza", "souza", "van", "vander", "der", "derberg", "berg"}


def test_a_name_put_right_leaves_nothing_of_the_other():
    case = CaseFactory(sort_name="smyth jo")
    case.sort_name = "smith jo"
    case.save()

    assert words(case) == {"smith", "jo"}


def test_what_changes_no_name_writes_no_word_anew():
    case = CaseFactory(sort_name="smith jo")
    before = set(NameWord.objects.filter(case=case).values_list("pk", flat=True))
    case.forename = "J"
    case.save()

    assert set(NameWord.objects.filter(case=case).values_list("pk", flat=True)) == before


def test_many_written_at_once_are_there_too():
    case = CaseFactory()
    OtherName.objects.bulk_create(
        OtherName(case=case, previous=False, surname="x", sort_name=name) for name in NAMES
    )

    assert words(case) == expected(case)


def test_names_written_in_any_order_are_as_the_record_says():
    rng = random.Random(2018)
    cases = [CaseFactory(sort_name=rng.choice(NAMES)) for _ in range(3)]
    for _ in range(60):
        case = rng.choice(cases)
        act = rng.choice(["rename", "add", "take out", "put right"])
        other = case.other_names.order_by("?").first()
        if act == "rename":
            Case.objects.filter(pk=case.pk).update(sort_name=rng.choice(NAMES))
            case.refresh_from_db()
        elif act == "add" or other is None:
            OtherName.objects.create(
                case=case, previous=False, surname="x", sort_name=rng.choice(NAMES)
            )
        elif act == "take out":
            other.delete()
        else:
            OtherName.objects.filter(pk=other.pk).update(sort_name=rng.choice(NAMES))

        assert words(case) == expected(case), act


def test_each_word_has_its_keys_once_whoever_bears_it():
    CaseFactory(sort_name="smith jo")
    CaseFactory(sort_name="smith mary")

    assert key_names() == 3
    assert set(NameKey.objects.filter(word="smith").values_list("key", flat=True)) == keys_of(
        "smith"
    )
    assert key_names() == 0


def test_words_of_names_from_before_are_put_in_by_the_migration():
    cases = [CaseFactory(sort_name=name) for name in NAMES]
    OtherName.objects.create(case=cases[0], previous=True, surname="x", sort_name="de jones ann")
    kept = {case.pk: words(case) for case in cases}
    NameWord.objects.filter(case__in=cases[:4]).delete()

    _fill()
    _fill()  # which changes nothing more

    assert (
        {case.pk: words(case) for case in cases}
        == kept
        == {case.pk: expected(case) for case in cases}
    )


def _fill():
    migration = import_module("cases.migrations.0032_name_words_of_before")
    with connection.schema_editor() as editor:
        migration.fill(None, editor)
