"""A database as it was when it was copied, put right again instead of copied anew.

A copy of one is three thousand files, however little was done to it. Whatever was written since bears a later transaction:
those rows go, and the rows that are missing then come back from memory. Where what holds the rows was itself changed, it is
not put back, and whoever asks copies it. What comes of it is the same: `tests/test_as_made.py`.
"""

from io import StringIO

from psycopg2.sql import SQL, Identifier, Literal

from tests import databases

# Of each table the columns of its key, and where they stand among those that it has (some were dropped)
TABLES = """
SELECT relname, array_agg(attname::text ORDER BY attnum), array_agg(place ORDER BY attnum)
FROM pg_class JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
JOIN (
    SELECT attrelid, attname, attnum, row_number() OVER (PARTITION BY attrelid ORDER BY attnum) - 1 AS place
    FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
) AS columns ON attrelid = pg_class.oid AND attnum = ANY (indkey)
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY 1
"""
# What says which tables there are and what is done to whatever is written into them
CATALOGUES = (
    *("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_namespace"),
    *("pg_proc", "pg_rewrite", "pg_trigger", "pg_type"),
)
COUNT = SQL("SELECT {name}, count(*), count(*) FILTER (WHERE {later}) FROM {table}")
LATER = SQL("age(xmin) <= age({since}::xid)")
NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint % 4294967296"
NUMBERS = "SELECT schemaname, sequencename, start_value, last_value FROM pg_sequences"


class AsMade:
    """To be made as soon as the database is there, before anybody writes into it: under a name that nobody else knows."""

    def __init__(self, database: str) -> None:
        with databases.connection(database) as server, server.cursor() as cursor:
            cursor.execute(TABLES)
            self._keys = {name: (columns, places) for name, columns, places in cursor.fetchall()}
            self._rows = {name: self._read(cursor, name) for name in self._keys}
            self._numbers = _numbers(cursor)
            self._since = _next(cursor)
            self._shape = self._counted(cursor, CATALOGUES)

    def put_back(self, database: str) -> bool:
        """Whether this database, which may bear another name by now, is as it was; whoever was at work in it is not any more."""
        with databases.alone_in(database) as server, server.cursor() as cursor:
            if not _may_switch_triggers_off(cursor) or self._shape_has_changed(cursor):
                return False
            cursor.execute("BEGIN")
            # Nobody is asked what may not be deleted, and no history is written of it
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, (there, later) in self._counted(cursor, self._keys).items():
                if later or there != len(self._rows[name]):
                    self._put_back_rows(cursor, name)
            self._put_back_numbers(cursor)
            cursor.execute("COMMIT")
            self._since = _next(cursor)
        return True

    def _shape_has_changed(self, cursor) -> bool:
        return self._counted(cursor, CATALOGUES) != self._shape

    def _counted(self, cursor, names) -> dict[str, tuple[int, int]]:
        """Of each table how many rows it has, and how many of them are later."""
        later = LATER.format(since=Literal(str(self._since)))
        counts = [COUNT.format(name=Literal(n), later=later, table=Identifier(n)) for n in names]
        cursor.execute(SQL(" UNION ALL ").join(counts))
        return {name: (there, later) for name, there, later in cursor.fetchall()}

    def _read(self, cursor, name: str) -> dict[tuple, str]:
        _, places = self._keys[name]
        lines = _copied(cursor, SQL("COPY {} TO STDOUT").format(Identifier(name)))
        split = ((line, line.split("\t")) for line in lines)
        return {tuple(values[place] for place in places): line for line, values in split}

    def _put_back_rows(self, cursor, name: str) -> None:
        table, (columns, _) = Identifier(name), self._keys[name]
        later = LATER.format(since=Literal(str(self._since)))
        cursor.execute(SQL("DELETE FROM {} WHERE {}").format(table, later))
        keys = SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
            SQL(", ").join(map(Identifier, columns)), table
        )
        there = {tuple(line.split("\t")) for line in _copied(cursor, keys)}
        missing = [f"{line}\n" for key, line in self._rows[name].items() if key not in there]
        taken = SQL("COPY {} FROM STDIN").format(table)
        cursor.copy_expert(taken, StringIO("".join(missing)))

    def _put_back_numbers(self, cursor) -> None:
        now = _numbers(cursor)
        for name, (start, last) in self._numbers.items():
            if now[name] != (start, last):
                called = last is not None
                cursor.execute(
                    "SELECT setval(format('%%I.%%I', %s, %s)::regclass, %s, %s)",
                    [*name, last if called else start, called],
                )


def _next(cursor) -> int:
    """The first transaction that is yet to come."""
    cursor.execute(NEXT)
    return cursor.fetchone()[0]


def _numbers(cursor) -> dict[tuple[str, str], tuple[int, int | None]]:
    cursor.execute(NUMBERS)
    return {(schema, name): (start, last) for schema, name, start, last in cursor.fetchall()}


def _copied(cursor, statement) -> list[str]:
    """A line for each row, in which a tab or a new line of its own is written otherwise."""
    out = StringIO()
    cursor.copy_expert(statement, out)
    return out.getvalue().split("\n")[:-1]


def _may_switch_triggers_off(cursor) -> bool:
    cursor.execute("SHOW is_superuser")
    return cursor.fetchone() == ("on",)
