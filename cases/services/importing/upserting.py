"""Rows staged as JSON set against what we hold: new ones inserted, differing ones updated, no other touched.

Source: architecture, "set-based at scale": only rows that changed are written.
"""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import BigAutoField, CharField, Model, TextField
from django.db.models.fields import NOT_PROVIDED

TEMPORARY = "staged, touched, matched, scope, worded, named, case_rows, sentences_after, situations, outcomes, kept"
TOUCHED = """
    CREATE TEMP TABLE touched (
        n bigint, case_id bigint, created boolean NOT NULL, facts boolean NOT NULL
    ) ON COMMIT DROP
"""
KEPT = (
    "CREATE TEMP TABLE kept (n bigint) ON COMMIT DROP"  # lines that say otherwise of what is ours
)
# OFFSET 0: each row of JSON is put together once, however often it is read, and made a row of ours only where we hold one
MATCH = """
    CREATE TEMP TABLE matched ON COMMIT DROP AS
    SELECT t.n, t.case_id, t.key, t.nth, t.id,
        CASE WHEN t.id IS NULL OR t.otherwise THEN t.row END AS row, CASE WHEN t.id IS NULL THEN t.fresh END AS fresh,
        t.otherwise AND NOT {ours} AS differs, t.otherwise AND {ours} AS kept,
        t.otherwise AND {facts_differ} AND NOT {ours} AS facts
    FROM (
        SELECT q.*, q.id IS NOT NULL AND q.record IS DISTINCT FROM q.p AS otherwise FROM (
            SELECT pair.*, CASE WHEN pair.id IS NOT NULL THEN jsonb_populate_record(pair.record, pair.row) END AS p
            FROM ({pairs}) pair OFFSET 0
        ) q OFFSET 0
    ) t
"""
PAIRS = """
    WITH wanted AS (
        SELECT i.n, i.case_id, i.row, i.fresh, key,
            row_number() OVER (PARTITION BY key ORDER BY i.row::text, i.n) AS nth
        FROM ({incoming}) i, LATERAL (SELECT {given}) k,
            LATERAL (SELECT {wanted_key}::text AS key) AS keyed
    ), held AS (
        SELECT t.{pk} AS id, t AS record, key, row_number() OVER (PARTITION BY key ORDER BY t.{pk}) AS nth
        FROM {table} t, LATERAL (SELECT {held_key}::text AS key) AS keyed
        WHERE t.{owner} IN (SELECT owner FROM scope)
    )
    SELECT w.*, h.id, h.record FROM wanted w LEFT JOIN held h USING (key, nth)
"""
# No two rows have one key, here or there: nothing is numbered, and the index of the key finds what we hold
PAIRS_ALONE = """
    SELECT w.*, CASE WHEN h.{pk} IS NULL THEN ROW({given_key})::text END AS key, 1 AS nth, h.{pk} AS id, h AS record
    FROM (SELECT * FROM ({incoming}) i OFFSET 0) w LEFT JOIN {table} h ON {same_key}
"""
OWNERS = "SELECT DISTINCT i.case_id AS owner FROM ({incoming}) i"
SCOPE = """
    CREATE TEMP TABLE scope ON COMMIT DROP AS
    {owners}
"""
LET_GO = """
    WITH ours AS (
        UPDATE {table} t SET imported = false FROM scope
        WHERE t.{owner} = scope.owner AND t.imported AND {answered}
        AND NOT EXISTS (SELECT FROM matched m WHERE m.id = t.{pk})
        RETURNING scope.n, scope.case_id
    )
    INSERT INTO touched SELECT n, case_id, false, {any_facts} FROM ours
"""
REMOVE = """
    WITH gone AS (
        DELETE FROM {table} t USING scope
        WHERE t.{owner} = scope.owner AND {removable}
        AND NOT EXISTS (SELECT FROM matched m WHERE m.id = t.{pk})
        RETURNING scope.n, scope.case_id
    )
    INSERT INTO touched SELECT n, case_id, false, {any_facts} FROM gone
"""
UPDATE = """
    UPDATE {table} t SET ({columns}) = (SELECT {p_columns} FROM jsonb_populate_record(t, m.row) p)
    FROM matched m WHERE m.id = t.{pk} AND m.differs
"""
INSERT = """
    INSERT INTO {table} ({columns})
    SELECT {p_columns} FROM matched m,
        jsonb_populate_record(NULL::{table}, %(defaults)s::jsonb || m.fresh || m.row) p
    WHERE m.id IS NULL ORDER BY m.key, m.nth
"""
NOTE_KEPT = "INSERT INTO kept SELECT n FROM matched WHERE kept"
NOTE = """
    INSERT INTO touched
    SELECT n, case_id, id IS NULL AND {main}, facts OR (id IS NULL AND {any_facts})
    FROM matched WHERE id IS NULL OR differs
"""


@dataclass(frozen=True)
class Target:
    """One table that lines land in.

    `incoming` is a SELECT of n, case_id, row and fresh: the row as JSON with its foreign keys in it,
    and what only a new row is given. `key` says which columns make two rows the same; `facts` are the
    columns a placement rests on. `main` is the table that decides whether a line was created.
    `scope` is a SELECT of owner, n and case_id: with `removes`, all the rows of those owners are in
    `incoming`, and such as are missing go; but those that were `answered` for here stay, and are staff's to take
    out. `ours` says which rows were acted on here: an extract that says
    otherwise of one of them changes nothing, and is told of as kept. `alone`: a key is never blank, never that of two
    incoming rows, and unique in the database.
    """

    model: type[Model]
    kind: str  # of the lines that land here; blank: of any
    incoming: str
    key: tuple
    facts: tuple = ()
    main: bool = False
    owner: str = "case_id"
    scope: str = ""
    removes: bool = False
    removable: str = "t.imported"  # an extract takes out only what an extract brought in
    answered: str = ""
    ours: str = "false"
    key_sql: str = (
        ""  # where two rows are not the same by columns of `key` alone, of which it is made
    )
    alone: bool = False
    defaults: tuple = ()


def upsert(cursor, target):
    """Bring the table to what its incoming rows say; `touched` gains the lines that changed anything."""
    match(cursor, target)
    if target.answered:
        let_go(cursor, target)
    if target.removes:
        remove(cursor, target)
    update(cursor, target)
    insert(cursor, target)
    note(cursor, target)


def match(cursor, target):
    """Set the incoming rows beside those we hold, in the table `matched`."""
    names = _names(target)
    cursor.execute("DROP TABLE IF EXISTS matched")
    if not target.alone:
        owners = target.scope or OWNERS.format(incoming=target.incoming)
        cursor.execute("DROP TABLE IF EXISTS scope")
        cursor.execute(SCOPE.format(owners=owners))
    pairs = PAIRS_ALONE if target.alone else PAIRS
    pairs = pairs.format(incoming=target.incoming, **names)
    cursor.execute(MATCH.format(pairs=pairs, **names))
    cursor.execute("ANALYZE matched (id, differs)")


def let_go(cursor, target):
    """Before such as are missing go: no extract takes these out any more, because none brings them in."""
    cursor.execute(LET_GO.format(answered=target.answered, **_names(target)))


def remove(cursor, target):
    cursor.execute(REMOVE.format(removable=target.removable, **_names(target)))


def update(cursor, target):
    cursor.execute(UPDATE.format(**_names(target)))


def insert(cursor, target):
    """How many rows were new."""
    cursor.execute(INSERT.format(**_names(target)), {"defaults": json.dumps(_defaults(target))})
    return cursor.rowcount


def note(cursor, target):
    cursor.execute(NOTE.format(**_names(target)))
    cursor.execute(NOTE_KEPT)


def _names(target):
    meta = target.model._meta
    quoted = [f'"{f.column}"' for f in meta.concrete_fields if not isinstance(f, BigAutoField)]
    key = ", ".join(f'{{0}}."{column}"' for column in target.key)
    key = target.key_sql or f"ROW({key})"
    given = {column: _given(meta, column) for column in target.key}
    facts = [f'"{column}"' for column in target.facts]
    differ = " OR ".join(f"(t.record).{name} IS DISTINCT FROM (t.p).{name}" for name in facts)
    return {
        "table": f'"{meta.db_table}"',
        "pk": meta.pk.column,
        "columns": ", ".join(quoted),
        "p_columns": ", ".join(f"p.{name}" for name in quoted),
        "given": ", ".join(f'{one.format("i")} AS "{name}"' for name, one in given.items()),
        "given_key": ", ".join(one.format("w") for one in given.values()),
        "same_key": " AND ".join(_same(meta, name, one) for name, one in given.items()),
        "wanted_key": key.format("k"),
        "held_key": key.format("t"),
        "owner": target.owner,
        "ours": target.ours,
        "facts_differ": f"({differ})" if differ else "false",
        "any_facts": str(bool(facts)).lower(),
        "main": str(target.main).lower(),
    }


def _given(meta, column):
    """The value of a column, out of a row that is JSON."""
    field = next(one for one in meta.concrete_fields if one.column == column)
    kind = "text" if isinstance(field, CharField | TextField) else field.db_type(connection)
    return f"({{0}}.row->>'{column}')::{kind}"


def _same(meta, column, given):
    """That a row we hold has it too. An index of a number in nDelius leaves out rows without one."""
    same = f'h."{column}" = {given.format("w")}'
    return f"{same} AND h.source_id <> ''" if column == "source_id" else same


def _defaults(target):
    """What a new row holds where its line says nothing."""
    defaults = {}
    for field in target.model._meta.concrete_fields:
        if field.default is not NOT_PROVIDED:
            value = field.get_default()
            defaults[field.column] = value
        elif isinstance(field, CharField | TextField) and not field.null:
            defaults[field.column] = ""
    return defaults | dict(target.defaults)
