"""Where a case stands, as the GRID tells it: one narrow row that banners and lists read.

Source: architecture, standing. Only rows that changed are written, so a night that moves nobody
writes nothing.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter

from django.db import connection, transaction

from cases.reference.codes import ContactLevel, Place, Rosh


@dataclass(frozen=True, slots=True)
class StandingRow:
    """All that a `Standing` holds. The order of the fields is that of the columns written."""

    case_id: int
    place: Place
    group: str
    needs: str
    harm: Rosh | str
    contact_level: ContactLevel | str
    holding: bool
    concern: bool
    expires_on: date | None
    placed_on: date
    facts_as_at: datetime


SQL_TYPES = {  # of the columns that are not text
    "case_id": "bigint",
    "holding": "boolean",
    "concern": "boolean",
    "expires_on": "date",
    "placed_on": "date",
    "facts_as_at": "timestamptz",
}
COLUMNS = [field.name for field in fields(StandingRow)]
columns_of = attrgetter(*COLUMNS)
ARRAYS = ", ".join(f"%s::{SQL_TYPES.get(name, 'text')}[]" for name in COLUMNS)
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
CHANGES = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in COLUMNS[1:])
OLD = ", ".join(f'standing."{name}"' for name in COLUMNS[1:])
NEW = ", ".join(f'EXCLUDED."{name}"' for name in COLUMNS[1:])
WRITE = f"""
    INSERT INTO cases_standing AS standing ({NAMES}) SELECT * FROM unnest({ARRAYS})
    ON CONFLICT (case_id) DO UPDATE SET {CHANGES}
    WHERE ({OLD}) IS DISTINCT FROM ({NEW})
"""


@transaction.atomic
def set_standings(*, rows):
    """Write, in one statement, the rows that differ from what is there; returns how many did."""
    if not rows:
        return 0
    by_key = sorted(rows, key=lambda row: row.case_id)  # no two runs wait for each other in a ring
    arrays = [list(column) for column in zip(*map(columns_of, by_key), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, arrays)
        return cursor.rowcount
