"""Bringing the code lists into the database: what is new is added, what differs is changed.

Source: the files of cases/codelists, whose README names where each list's facts come from.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from cases.models import ReferenceCode
from staff.models import Provider

CODE_LISTS = Path(__file__).resolve().parent.parent / "codelists"
PROVIDERS = "providers"
NUMBERS = {"review_months", "response_days"}
WRITTEN_AT_ONCE = 2000  # rows


@transaction.atomic
def load_code_lists(*, folder=CODE_LISTS):
    """Upsert every list of the folder by its code. Returns {list: {created, updated, unchanged}}."""
    return {path.stem: _load(path) for path in sorted(folder.glob("*.csv"))}


def _load(path):
    wanted = dict(_rows(path))
    held = {row.code: row for row in ReferenceCode.objects.filter(list_name=path.stem)}
    new = [row for code, row in wanted.items() if code not in held]
    changed = [_take(held[code], row) for code, row in wanted.items() if code in held]
    changed = [row for row in changed if row]
    ReferenceCode.objects.bulk_create(new, WRITTEN_AT_ONCE)
    ReferenceCode.objects.bulk_update(changed, ["name", "ended_on", "facts"], WRITTEN_AT_ONCE)
    if path.stem == PROVIDERS:
        _load_providers(wanted.values())
    same = len(wanted) - len(new) - len(changed)
    return {"created": len(new), "updated": len(changed), "unchanged": same}


def _rows(path):
    with path.open(newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            code, name, ended_on = line.pop("code"), line.pop("name"), line.pop("ended_on")
            yield (
                code,
                ReferenceCode(
                    list_name=path.stem,
                    code=code,
                    name=name,
                    ended_on=date.fromisoformat(ended_on) if ended_on else None,
                    facts={column: _fact(column, text) for column, text in line.items() if text},
                ),
            )


def _fact(column, text):
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if column in NUMBERS else text


def _take(held, row):
    """The row we hold with what the file says, or None when it says the same."""
    said = (row.name, row.ended_on, row.facts)
    if (held.name, held.ended_on, held.facts) == said:
        return None
    held.name, held.ended_on, held.facts = said
    return held


def _load_providers(rows):
    """Providers are staff's to see as well: cases and teams belong to them."""
    held = set(Provider.objects.values_list("code", flat=True))
    Provider.objects.bulk_create(
        Provider(code=row.code, name=row.name, nps=row.facts["nps"])
        for row in rows
        if row.code not in held
    )
