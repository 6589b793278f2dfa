"""Reads the lists that stand beside these modules as CSV. The source of each is named where it is read."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(name):
    """Each row of that list, as a mapping from its column to what stands there."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
