"""Rows staged as JSON set against what we hold: new ones inserted, differing ones updated, no other touched.

Source: architecture, "set-based at scale": only rows that changed are written.
"""

import json
from dataclasses import dataclass

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
MATCH = """
    CREATE TEMP TABLE matched ON COMMIT DROP AS
    WITH wanted AS (
        SELECT i.n, i.case_id, i.row, i.fresh, key,
            row_number() OVER (PARTITION BY key ORDER BY i.row::text, i.n) AS nth
        FROM ({incoming}) i, jsonb_populate_record(NULL::{table}, i.row) k,
            LATERAL (SELECT {wanted_key}::text AS key) AS keyed
    ), held AS (
        SELECT t.{pk} AS id, t AS record, {ours} AS ours, key, row_number() OVER (PARTITION BY key ORDER BY t.{pk}) AS nth
        FROM {table} t, LATERAL (SELECT {held_key}::text AS key) AS keyed
        WHERE t.{owner} IN (SELECT owner FROM scope)
    )
    SELECT w.n, w.case_id, w.row, w.fresh, w.key, h.id,
        h.id IS NOT NULL AND h.record IS DISTINCT FROM p AND NOT h.ours AS differs,
        h.id IS NOT NULL AND h.record IS DISTINCT FROM p AND h.ours AS kept,
        h.id IS NOT NULL AND {facts_differ} AND NOT h.ours AS facts
    FROM wanted w LEFT JOIN held h USING (key, nth),
        LATERAL jsonb_populate_record(h.record, w.row) p
"""
OWNERS = """
    SELECT DISTINCT k.{owner} AS owner
    FROM ({incoming}) i, jsonb_populate_record(NULL::{table}, i.row) k
"""
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
    WHERE m.id IS NULL ORDER BY m.key, m.row::text
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
    otherwise of one of them changes nothing, and is told of as kept.
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
    key_sql: str = ""  # in place of `key` where it is not columns of the row alone
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
    owners = target.scope or OWNERS.format(incoming=target.incoming, **names)
    cursor.execute("DROP TABLE IF EXISTS matched")
    cursor.execute("DROP TABLE IF EXISTS scope")
    cursor.execute(SCOPE.format(owners=owners))
    cursor.execute(MATCH.format(incoming=target.incoming, **names))
    cursor.execute("CREATE INDEX ON matched (id)")
    cursor.execute("ANALYZE matched")


def let_go(cursor, target):
    """Before such as are missing go: no extract takes these out any more, because none brings them in."""
    cursor.execute(LET_GO.format(answered=target.answered, **_names(target)))


def remove(cursor, target):
    cursor.execute(REMOVE.format(removable=target.removable, **_names(target)))


def update(cursor, target):
    cursor.execute(UPDATE.format(**_names(target)))


def insert(cursor, target):
    cursor.execute(INSERT.format(**_names(target)), {"defaults": json.dumps(_defaults(target))})


def note(cursor, target):
    cursor.execute(NOTE.format(**_names(target)))
    cursor.execute(NOTE_KEPT)


def _names(target):
    meta = target.model._meta
    quoted = [f'"{f.column}"' for f in meta.concrete_fields if not isinstance(f, BigAutoField)]
    key = ", ".join(f'{{0}}."{column}"' for column in target.key)
    key = target.key_sql or f"ROW({key})"
    facts = [f'"{column}"' for column in target.facts]
    differ = " OR ".join(f"(h.record).{name} IS DISTINCT FROM p.{name}" for name in facts)
    return {
        "table": f'"{meta.db_table}"',
        "pk": meta.pk.column,
        "columns": ", ".join(quoted),
        "p_columns": ", ".join(f"p.{name}" for name in quoted),
        "wanted_key": key.format("k"),
        "held_key": key.format("t"),
        "owner": target.owner,
        "ours": target.ours,
        "facts_differ": f"({differ})" if differ else "false",
        "any_facts": str(bool(facts)).lower(),
        "main": str(target.main).lower(),
    }


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
