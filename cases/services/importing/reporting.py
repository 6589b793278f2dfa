"""What became of each line: counts, rejects, codes that somebody must look at, what was not used.

Source: the import contract: everything that did not land is told, with its file, line and reason.
"""

from cases.models import CodeToReview, ReferenceCode, Reject
from cases.rules.importing.keys import UNREADABLE, Kind
from cases.rules.importing.values import PLACEHOLDERS

REJECT, REVIEW, CODE = (model._meta.db_table for model in (Reject, CodeToReview, ReferenceCode))
COUNTS = ("read", "created", "updated", "unchanged", "rejected")
COUNT = """
    SELECT s.kind, count(*), count(*) FILTER (WHERE s.reason IS NULL AND t.created),
        count(*) FILTER (WHERE s.reason IS NULL AND NOT t.created),
        count(*) FILTER (WHERE s.reason IS NULL AND t.n IS NULL),
        count(*) FILTER (WHERE s.reason IS NOT NULL)
    FROM staged s LEFT JOIN (
        SELECT n, bool_or(created) AS created FROM touched GROUP BY n
    ) t USING (n) GROUP BY s.kind
"""
REJECTS = f"""
    INSERT INTO {REJECT} (run_id, file, line, field, reason, kind, crn)
    SELECT %(run)s, left(file, 200), line, '', left(reason, 300), kind, left(coalesce(crn, ''), 10)
    FROM staged WHERE reason IS NOT NULL
    UNION ALL
    SELECT %(run)s, left(file, 200), line, left(p->>0, 200), left(p->>1, 300), kind, left(crn, 10)
    FROM staged CROSS JOIN jsonb_array_elements(problems) p WHERE reason IS NULL
    ORDER BY 2, 3, 4
"""
CODES = f"""
    INSERT INTO {REVIEW} (list_name, code, name, times, first_seen_id)
    SELECT list, left(code, 80), left(max(name), 300), count(*), %(run)s FROM (
        SELECT s.n, e->>0 AS list, e->>1 AS code, e->>2 AS name
        FROM staged s CROSS JOIN jsonb_array_elements(s.codes) e WHERE s.reason IS NULL
        UNION ALL
        SELECT s.n, w.list, s.parts->'person'->>w.field, s.parts->'person'->>w.field
        FROM staged s CROSS JOIN worded w
        WHERE s.reason IS NULL AND s.parts->'person' ? w.field
            AND NOT s.parts->'person'->>w.field = ANY(%(given)s)
    ) used
    WHERE n IN (SELECT n FROM touched)
        AND NOT EXISTS (SELECT FROM {CODE} r WHERE r.list_name = list AND r.code = used.code)
    GROUP BY list, left(code, 80)
    ON CONFLICT (list_name, code) DO UPDATE SET times = {REVIEW}.times + excluded.times
"""
REMARKS = {
    "unmapped": """
        SELECT s.kind || '.' || regexp_replace(k, '\\[\\d+\\]$', '[]'), count(*)
        FROM staged s CROSS JOIN jsonb_object_keys(s.leftover) k
        WHERE s.reason IS NULL GROUP BY 1 ORDER BY 1
    """,
    "placeholders": """
        SELECT s.kind || '.' || regexp_replace(p, '\\[\\d+\\]', '[]', 'g'), count(*)
        FROM staged s CROSS JOIN jsonb_array_elements_text(s.placeholders) p
        WHERE s.reason IS NULL GROUP BY 1 ORDER BY 1
    """,
    "kept": "SELECT s.kind, count(*) FROM staged s JOIN kept USING (n) GROUP BY 1 ORDER BY 1",
}


def count(cursor):
    """{kind: {read, created, updated, unchanged, rejected}}, every kind of the contract in its order."""
    cursor.execute(COUNT)
    found = {kind: dict(zip(COUNTS, numbers, strict=True)) for kind, *numbers in cursor.fetchall()}
    nothing = dict.fromkeys(COUNTS, 0)
    counts = {str(kind): found.get(kind, nothing) for kind in Kind}
    return counts | ({UNREADABLE: found[UNREADABLE]} if UNREADABLE in found else {})


def keep(cursor, run, extract, given_words):
    """Keep what did not land, and what somebody must look at, with the run."""
    Reject.objects.bulk_create(
        Reject(run=run, file=file[:200], line=line, field=field, reason=reason)
        for file, line, field, reason in extract.complaints
    )
    cursor.execute(REJECTS, {"run": run.pk})
    words = sorted({*PLACEHOLDERS, *given_words})
    cursor.execute(CODES, {"run": run.pk, "given": words})
    remarks = {}
    for name, statement in REMARKS.items():
        cursor.execute(statement)
        remarks[name] = dict(cursor.fetchall())
    return remarks


def landed(counts):
    """How many lines landed, changed or not."""
    return sum(kind["read"] - kind["rejected"] for kind in counts.values())


def rejects_of(run):
    return Reject.objects.filter(run=run).order_by("file", "line", "field", "pk")
