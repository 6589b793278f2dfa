"""Bringing in where postcodes lie, from the files of Ordnance Survey's Code-Point Open.

Each line gives a postcode, how good its position is, its easting and its northing; the rest is not used. Source:
Code-Point Open, "user guide and technical specification" (position 90: none is known).
"""

import csv
from itertools import chain, islice
from pathlib import Path

from django.db import transaction

from cases.models import PostcodePoint
from cases.reference.restrictions import EASTINGS, NORTHINGS
from cases.rules.giveaways import POSTCODE
from staff.audit import record
from staff.errors import RuleBroken

BATCH = 5000  # rows
NOWHERE = "90"
COLUMNS = 4  # that are used, of the ten


@transaction.atomic
def load_postcodes(*, path, by=None):
    """Upsert every postcode of a folder of .csv files, or of one file, all or none. Returns how many are placed."""
    files = sorted(path.rglob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise RuleBroken(f"There is no .csv file in {path}.")
    placed = 0
    lines = chain.from_iterable(map(_rows, files))
    while rows := list(islice(lines, BATCH)):
        found = {one.postcode: one for one in rows}
        PostcodePoint.objects.bulk_create(
            found.values(),
            update_conflicts=True,
            unique_fields=["postcode"],
            update_fields=["easting", "northing"],
        )
        placed += len(found)
    record(by=by, action="loaded_postcodes", files=len(files), placed=placed)
    return placed


def _rows(path: Path):
    with path.open(newline="", encoding="utf-8") as lines:
        for at, row in enumerate(csv.reader(lines), start=1):
            if not row or row[1:2] == [NOWHERE]:
                continue
            point = _point(row)
            if point is None:
                raise RuleBroken(
                    f"{path.name}, line {at}, is not a line of Code-Point Open. Nothing was loaded."
                )
            yield point


def _point(row):
    code = POSTCODE.fullmatch(row[0].strip()) if len(row) >= COLUMNS else None
    if not code or not (row[2].isdecimal() and row[3].isdecimal()):
        return None
    east, north = int(row[2]), int(row[3])
    if not (EASTINGS[0] <= east <= EASTINGS[1] and NORTHINGS[0] <= north <= NORTHINGS[1]):
        return None
    return PostcodePoint(postcode="".join(code.groups()).upper(), easting=east, northing=north)
