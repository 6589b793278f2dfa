"""What behaviour a Home Office offence is a sign of, and whom it harmed where the offence itself tells.

Source: the offence list of nDelius (cases/codelists/offences.csv, first three digits the class, last two
the sub-class), retold in `behaviours.csv`: a row without sub-codes is for its whole class, and a later row
stands in place of an earlier one. The rank orders offences by the harm they do, 9 the gravest (local policy).
What is not there is no violent, sexual, weapon, domestic abuse or child offence.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from cases.reference.harm import Behaviour, VictimKind

WHOLE_CLASS = "00-99"


@dataclass(frozen=True, slots=True)
class Sign:
    """What an offence shows. `name` is what staff call it, within a sentence."""

    behaviour: Behaviour
    victim: VictimKind
    rank: int
    name: str


def _numbers(ranges):
    """The sub-codes that a list such as "00-02 05" stands for."""
    for part in ranges.split():
        first, _, last = part.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{number:02}"


def _read(path):
    signs: dict[str, Sign] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            victim = VictimKind(row["victim"] or VictimKind.NOT_RECORDED)
            sign = Sign(Behaviour(row["behaviour"]), victim, int(row["rank"]), row["name"])
            numbers = _numbers(row["sub_codes"] or WHOLE_CLASS)
            signs |= {row["class"] + number: sign for number in numbers}
    return signs


SIGNS = _read(Path(__file__).with_suffix(".csv"))
