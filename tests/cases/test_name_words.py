"""The words of names stand as the names are, whoever writes them; and their keys are worked out once."""

import random
import unicodedata
from importlib import import_module

import pytest
from django.db import connection

from cases.models import Case, NameKey, NameWord, OtherName, Person
from cases.rules.near_names import keys_of
from cases.rules.search import folded
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
    written = [(f"{one.surname} {one.forename}", one.sort_name) for one in [case, *case.other_names.all()]]  # fmt: skip
    written += [(one, folded(one)) for one in Person.objects.filter(case=case).values_list("middle_names", flat=True)]  # fmt: skip
    for text, whole in written:
        names = [whole.split()]
        if "-" in text:
            names.append(folded(text.replace("-", " ")).split())
        found |= set().union(*(_words_of(name) for name in names))
    return found


def _words_of(parts):
    found = set(parts)
    found |= {one + other for one, other in zip(parts, parts[1:], strict=False) if len(one) <= 3}
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


def test_each_half_of_a_name_with_a_hyphen_is_a_word_of_its_own():
    case = CaseFactory(
        surname="Smith-Jones", forename="Zoë\u2011Ann", sort_name="smithjones zoeann"
    )

    assert words(case) == {"smithjones", "smith", "jones", "zoeann", "zoe", "ann"}


def test_a_name_that_loses_its_hyphen_loses_its_halves_though_it_sorts_as_before():
    case = CaseFactory(surname="Smith-Jones", forename="Jo", sort_name="smithjones jo")
    case.surname = "Smithjones"
    case.save()

    assert words(case) == {"smithjones", "jo"}


def test_middle_names_are_words_of_a_name_as_long_as_they_are_recorded():
    case = CaseFactory(sort_name="smith jo")
    person = Person.objects.create(case=case, middle_names="Édith Mary-Jane")
    first = words(case)
    person.middle_names = "Ann"
    person.save()
    second = words(case)
    person.delete()

    assert first == {"smith", "jo", "edith", "maryjane", "mary", "jane"}
    assert second == {"smith", "jo", "ann"}
    assert words(case) == {"smith", "jo"}


def test_what_changes_no_middle_name_writes_no_word_anew():
    case = CaseFactory(sort_name="smith jo")
    person = Person.objects.create(case=case, middle_names="Ann")
    before = set(NameWord.objects.filter(case=case).values_list("pk", flat=True))
    person.title = "Ms"
    person.save()

    assert set(NameWord.objects.filter(case=case).values_list("pk", flat=True)) == before


def test_the_database_folds_every_letter_of_latin_names_as_search_does():
    letters = [chr(n) for n in [*range(0x20, 0x250), *range(0x1E00, 0x1F00)]]
    said = [f"a{one}b" for one in letters if unicodedata.category(one)[0] == "L"]
    cases = Case.objects.bulk_create(
        Case(crn=f"Y{n:06}", surname="x", sort_name="") for n in range(len(said))
    )
    Person.objects.bulk_create(
        Person(case=case, middle_names=name) for case, name in zip(cases, said, strict=True)
    )

    found = dict(NameWord.objects.filter(case__in=cases).values_list("case", "word"))

    assert {one: found[case.pk] for one, case in zip(said, cases, strict=True)} == {
        one: folded(one) for one in said
    }


def test_no_middle_name_is_too_long_to_be_written():
    case = CaseFactory(sort_name="smith jo")
    Person.objects.create(case=case, middle_names="\ufdfa" * 200)  # each is eighteen letters

    assert len(words(case)) > 2


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
        act = rng.choice(["rename", "add", "take out", "put right", "middle names"])
        other = case.other_names.order_by("?").first()
        if act == "rename":
            surname = rng.choice(["Smith-Jones", "Li-Ann", "Jones"])
            Case.objects.filter(pk=case.pk).update(sort_name=rng.choice(NAMES), surname=surname)
            case.refresh_from_db()
        elif act == "middle names":
            middle = rng.choice(["", "Ann", "Lee Mary-Jane", "De Souza"])
            Person.objects.update_or_create(case=case, defaults={"middle_names": middle})
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
    OtherName.objects.create(case=cases[1], previous=True, surname="Lee-Old", sort_name="leeold")
    cases[2].surname = "O'Brien-Lee"
    cases[2].save()
    Person.objects.create(case=cases[3], middle_names="Édith De Souza Mary-Jane")
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
    for name in ("0032_name_words_of_before", "0034_parts_of_names_of_before"):
        migration = import_module(f"cases.migrations.{name}")
        with connection.schema_editor() as editor:
            migration.fill(None, editor)
