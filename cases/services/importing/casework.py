"""The cases themselves: who is new, whose state follows from sentences, whose facts have changed.

Source: product rules, GRID: what a placement rests on; architecture, standing.
"""

import json

from cases.models import Case, Person
from cases.rules.importing.sentences import case_state
from cases.services.importing.handed_over import keep_handed_over, settle_handed_over
from cases.services.importing.staged_rows import CASE, PROVIDER, SENTENCE, TEAM, USER
from cases.services.importing.upserting import Target, insert, match, note, update

PERSON = Person._meta.db_table
ROWS = f"""
    CREATE TEMP TABLE case_rows ON COMMIT DROP AS
    SELECT l.crn, c.id AS case_id, s.n,
        coalesce(s.parts->'case', '{{}}') || jsonb_build_object('crn', l.crn)
            || coalesce(s.parts->'held', '{{}}')
            || CASE WHEN s.parts->'held' ? 'provider_code' THEN jsonb_build_object('provider_id', p.id) ELSE '{{}}' END
            || CASE WHEN s.parts->'held' ? 'team_code' THEN jsonb_build_object('team_id', t.id) ELSE '{{}}' END
            || CASE WHEN s.parts->'held' ? 'officer_code' THEN jsonb_build_object('officer_id', u.id) ELSE '{{}}' END
            AS base,
        coalesce(s.parts->'case_new', '{{}}') || jsonb_build_object('facts_changed_at', %(now)s::text) AS fresh,
        (s.parts->'person'->>'has_sentence')::boolean AS has_sentence,
        '{{}}'::jsonb AS derived
    FROM (SELECT DISTINCT crn FROM staged WHERE reason IS NULL) l
        LEFT JOIN {CASE} c ON c.crn = l.crn
        LEFT JOIN staged s ON s.crn = l.crn AND s.kind = 'offender' AND s.reason IS NULL
        LEFT JOIN {PROVIDER} p ON p.code = s.parts->'held'->>'provider_code'
        LEFT JOIN {TEAM} t ON t.code = s.parts->'held'->>'team_code'
        LEFT JOIN {USER} u ON u.staff_code = s.parts->'held'->>'officer_code'
"""
SENTENCES_AFTER = f"""
    CREATE TEMP TABLE sentences_after ON COMMIT DROP AS
    SELECT s.crn, coalesce(k.description, '') AS description, coalesce(k.active, true) AS active,
        k.terminated_on, k.allocated_on
    FROM staged s LEFT JOIN {CASE} c ON c.crn = s.crn
        LEFT JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.source_id
        CROSS JOIN LATERAL jsonb_populate_record(q, s.parts->'sentence') k
    WHERE s.reason IS NULL AND s.kind = 'conviction'
    UNION ALL
    SELECT r.crn, q.description, q.active, q.terminated_on, q.allocated_on
    FROM case_rows r JOIN {SENTENCE} q ON q.case_id = r.case_id
    WHERE NOT EXISTS (
        SELECT FROM staged s WHERE s.reason IS NULL AND s.kind = 'conviction'
        AND s.crn = r.crn AND s.source_id = q.source_id
    )
"""
SITUATIONS = f"""
    CREATE TEMP TABLE situations ON COMMIT DROP AS
    SELECT r.crn,
        coalesce((r.base->>'deleted')::boolean, c.state = 'closed', false) AS deleted,
        coalesce(r.has_sentence, p.has_sentence) AS has_sentence,
        coalesce(array_agg(DISTINCT a.description) FILTER (
            WHERE a.active AND a.terminated_on IS NULL AND a.description <> ''), '{{}}') AS current,
        coalesce(bool_or(a.active AND a.terminated_on IS NULL AND a.description = ''), false) AS awaiting,
        max(a.allocated_on) FILTER (WHERE a.active AND a.terminated_on IS NULL) AS allocated_on,
        c.arrived_on
    FROM case_rows r LEFT JOIN {CASE} c ON c.id = r.case_id LEFT JOIN {PERSON} p ON p.case_id = r.case_id
        LEFT JOIN sentences_after a ON a.crn = r.crn
    GROUP BY r.crn, r.base, r.has_sentence, c.state, c.arrived_on, p.has_sentence
"""
DERIVE = """
    UPDATE case_rows r SET derived = jsonb_build_object('state', o.state)
        || CASE WHEN r.base ? 'arrived_on' OR coalesce(s.arrived_on, s.allocated_on) IS NULL THEN '{}'
           ELSE jsonb_build_object('arrived_on', coalesce(s.arrived_on, s.allocated_on)) END
    FROM situations s JOIN outcomes o ON o.deleted = s.deleted
        AND o.has_sentence IS NOT DISTINCT FROM s.has_sentence
        AND o.current = s.current AND o.awaiting = s.awaiting
    WHERE s.crn = r.crn
"""
FACTS_MOVED = f"""
    UPDATE matched m SET row = coalesce(m.row, '{{}}') || jsonb_build_object('facts_changed_at', %(now)s::text), differs = true
    FROM {CASE} c WHERE c.id = m.id AND c.facts_changed_at <> %(now)s::timestamptz
        AND (m.facts OR m.id IN (SELECT case_id FROM touched WHERE facts))
"""
# Rows not committed count as none to whoever else analyses the table, autovacuum as well. Of none, one index with the id in
# it is held to cost what another does, and each later look at a case, the checks of its keys by the commit too, may read
# the whole of one. Our own count stands until the commit: it keeps the lock that theirs would need. It holds up no member of
# staff; a vacuum by hand or an index that is being built waits for the commit, and where one is at work already we go without.
COUNTED = f"ANALYZE (SKIP_LOCKED) {CASE} (id)"
SITUATION = ("deleted", "has_sentence", "current", "awaiting")
OUTCOMES = """
    CREATE TEMP TABLE outcomes ON COMMIT DROP AS
    SELECT * FROM jsonb_to_recordset(%s) AS o (
        deleted boolean, has_sentence boolean, current varchar[], awaiting boolean, state text
    )
"""
# As every service does first, so that staff who are writing meet us at the case and nowhere else
LOCK = f"""
    SELECT count(*) FROM (
        SELECT c.id FROM {CASE} c JOIN case_rows r ON r.case_id = c.id
        ORDER BY c.id FOR NO KEY UPDATE OF c
    ) locked
"""
FACTS = ("born_on", "sex", "state", "retained_by")


def _target(row):
    incoming = f"SELECT n, case_id, {row} AS row, fresh FROM case_rows"
    return Target(Case, "", incoming, ("crn",), facts=FACTS, main=True, alone=True)


WITHOUT_DERIVED, WHOLE = _target("base"), _target("base || derived")


def gather(cursor, now):
    """Every case that a landing line speaks of, with its row as the extract would have it."""
    cursor.execute(ROWS, {"now": now.isoformat()})
    cursor.execute("CREATE INDEX ON case_rows (crn)")
    cursor.execute(LOCK)
    keep_handed_over(cursor)
    cursor.execute(SENTENCES_AFTER)
    cursor.execute("CREATE INDEX ON sentences_after (crn)")
    cursor.execute("ANALYZE case_rows")
    cursor.execute("ANALYZE sentences_after")
    cursor.execute(SITUATIONS)
    _decide(cursor)
    cursor.execute(DERIVE)


def _decide(cursor):
    """One decision for each situation there is, however many people are in it."""
    cursor.execute("SELECT DISTINCT deleted, has_sentence, current, awaiting FROM situations")
    found = [dict(zip(SITUATION, row, strict=True)) for row in cursor.fetchall()]
    outcomes = [situation | {"state": case_state(**situation)} for situation in found]
    cursor.execute(OUTCOMES, [json.dumps(outcomes)])


def open_new(cursor):
    """Insert the cases that are new, whole, so that their history begins with what is true."""
    match(cursor, WHOLE)
    if insert(cursor, WHOLE):
        cursor.execute(COUNTED)
    note(cursor, WHOLE)
    cursor.execute("DELETE FROM touched WHERE NOT created")
    cursor.execute(
        f"UPDATE case_rows r SET case_id = c.id FROM {CASE} c WHERE c.crn = r.crn AND r.case_id IS NULL"
    )


def bring_up_to_date(cursor, now):
    """Update the cases held before, each once, and move the time of the facts where any changed."""
    match(cursor, WITHOUT_DERIVED)  # what the person's own line changed, to count it so
    note(cursor, WITHOUT_DERIVED)
    match(cursor, WHOLE)
    cursor.execute(FACTS_MOVED, {"now": now.isoformat()})
    update(cursor, WHOLE)
    settle_handed_over(cursor)
