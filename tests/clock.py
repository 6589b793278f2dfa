"""One clock for a test: Python's and the database's own, frozen at the same moment."""

import contextlib

import time_machine
from django.db import connection

# `Now()` of Django is STATEMENT_TIMESTAMP(): one of our own is found before PostgreSQL's
OURS_FIRST = "SELECT set_config('test_clock.now', %s, false); SET search_path = test_clock, pg_catalog, public"
IS_MADE = "SELECT to_regprocedure('test_clock.statement_timestamp()') IS NOT NULL"
MAKE = """
    CREATE SCHEMA IF NOT EXISTS test_clock;
    CREATE OR REPLACE FUNCTION test_clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT current_setting('test_clock.now')::timestamptz $$;
"""


@contextlib.contextmanager
def frozen(moment):
    """Everything asked of a clock answers `moment`, an aware datetime, until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute(IS_MADE)
        if cursor.fetchone() != (True,):  # what made it may have been taken back since
            cursor.execute(MAKE)
        cursor.execute(OURS_FIRST, [moment.isoformat()])
    try:
        with time_machine.travel(moment, tick=False):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET search_path")
