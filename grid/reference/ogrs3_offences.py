"""Which category of OGRS3 a Home Office offence code belongs to.

Source: the actuarial offence mapping that HMPPS publishes with its risk service (it comes from OASys), 3,028 codes in
217 classes, retold in `ogrs3_offences.csv`: a row for each class of three digits with the category of most of its
sub-codes, the sub-codes that exist, and those that go elsewhere.
"""

import csv
from enum import StrEnum
from pathlib import Path

from grid.reference.ogrs3 import Category


class NoCategory(StrEnum):
    """Why a code that exists has no weight."""

    NEED_DETAILS = "NEED_DETAILS"  # the class takes different categories: the exact offence decides
    NO_WEIGHTING = "NO_WEIGHTING"  # the scale was never given a weight for it


MEANINGS = {str(meaning): meaning for meaning in (*Category, *NoCategory)}


def numbers(ranges):
    """The sub-codes that a list such as "00-02 05" stands for."""
    for part in ranges.split():
        first, _, last = part.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{number:02}"


def read_offences(path):
    offences: dict[str, Category | NoCategory] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            most = MEANINGS[row["category"]]
            offences |= {row["class"] + number: most for number in numbers(row["sub_codes"])}
            for exception in filter(None, row["exceptions"].split("; ")):
                name, _, ranges = exception.partition(" ")
                elsewhere = MEANINGS[name]
                offences |= {row["class"] + number: elsewhere for number in numbers(ranges)}
    return offences


OFFENCES = read_offences(Path(__file__).with_suffix(".csv"))
