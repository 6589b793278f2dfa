from collections import Counter

import pytest

from grid.reference.ogrs3 import Category
from grid.reference.ogrs3_offences import OFFENCES, NoCategory, read_offences

HEADER = "class,category,sub_codes,exceptions\n"


def test_a_class_gives_its_category_to_every_sub_code_but_the_exceptions(tmp_path):
    table = tmp_path / "offences.csv"
    table.write_text(HEADER + "004,violence,00-02 05-06,drink_driving 06; other 00-01\n")

    assert read_offences(table) == {
        "00400": Category.OTHER,
        "00401": Category.OTHER,
        "00402": Category.VIOLENCE,
        "00405": Category.VIOLENCE,
        "00406": Category.DRINK_DRIVING,
    }


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("00100", Category.VIOLENCE),
        ("00406", Category.DRINK_DRIVING),
        ("02801", Category.BURGLARY_DOMESTIC),
        ("02900", Category.VIOLENCE),  # aggravated burglary
        ("04510", Category.THEFT_FROM_VEHICLE),
        ("09230", Category.DRUG_IMPORT_EXPORT_PRODUCTION),
        ("11618", Category.OTHER),
    ],
)
def test_offences_of_every_day_are_in_their_category(code, category):
    assert OFFENCES[code] == category


def test_every_code_is_a_class_of_three_digits_and_a_sub_code_of_two():
    assert all(len(code) == 5 and code.isdecimal() for code in OFFENCES)


def test_every_category_has_codes_and_the_table_has_all_of_them():
    counts = Counter(OFFENCES.values())

    assert set(counts) == {*Category, *NoCategory}
    assert (counts[NoCategory.NEED_DETAILS], counts[NoCategory.NO_WEIGHTING]) == (3, 15)
    assert sum(counts.values()) == 3_028
