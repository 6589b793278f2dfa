"""Who holds a case after a hand-over made here: an extract that does not know of it yet does not undo it.

nDelius names its own manager and since when. One who came before ours is what nDelius has not heard about; from the day
of our hand-over on, nDelius says who holds it. Source: docs/decisions.md (what was recorded here stands against a later
extract); product rules, GRID ("until then the CRC officer owns it").
"""

from cases.models import Allocation

ALLOCATION = Allocation._meta.db_table
HOLDER = ["provider_id", "team_id", "officer_id", "officer_since", "retained_by"]
# Since when the manager has had it whom the line names; null where it does not say
SINCE = """
    greatest(
        (s.parts->'held'->>'officer_since')::date,
        (
            SELECT max((e.row->>'from_on')::date) FROM jsonb_array_elements(s.parts->'allocations') AS e(row)
            WHERE (e.row->>'active')::boolean
        )
    )
"""
OURS = f"""
    FROM staged s, {ALLOCATION} a
    WHERE s.n = r.n AND a.case_id = r.case_id AND a.active AND NOT a.imported
"""
KEEP = f"""
    UPDATE case_rows r SET base = r.base - %s::text[] {OURS}
        AND coalesce({SINCE}, '-infinity') < a.from_on
"""
CAUGHT_UP = f"""
    UPDATE {ALLOCATION} a SET active = false, to_on = {SINCE}
    FROM case_rows r JOIN staged s ON s.n = r.n
    WHERE a.case_id = r.case_id AND a.active AND NOT a.imported AND {SINCE} >= a.from_on
"""


def keep_handed_over(cursor):
    """Take out of what the extract would write who holds the cases that were handed over here since."""
    cursor.execute(KEEP, [HOLDER])


def settle_handed_over(cursor):
    """End what our own history says of cases of which nDelius knows by now."""
    cursor.execute(CAUGHT_UP)
