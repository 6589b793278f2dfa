"""A database that is put back is as it was copied, or a journey would meet what another did."""

import psycopg2
import pytest

from tests import databases
from tests.as_made import AsMade
from tests.journeys.copies import Copies
from tests.services import database_url

NAME = f"{databases.OURS}{databases.RUN}_as_made"


@pytest.fixture(scope="module")
def database(migrated, worker_id):
    """What is written into it is put back, which is what is tested."""
    name = f"{NAME}_{worker_id}"
    databases.copy(name, migrated)
    execute(
        name,
        "INSERT INTO staff_provider (code, name, nps) VALUES "
        "('A', E'tab\\t, back \\\\ and\\nline', true), ('B', '', false), ('C', 'Third', false)",
        "INSERT INTO django_session VALUES (E'a\\tkey', 'old', now())",
        "SELECT setval('staff_team_id_seq', 7)",
    )
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def rebuilt(migrated, worker_id):
    """What is built otherwise stays so."""
    name = f"{NAME}_rebuilt_{worker_id}"
    databases.copy(name, migrated)
    yield name
    databases.drop(name)


@pytest.fixture
def made(database):
    return AsMade(database)


def execute(name, *statements):
    with databases.connection(name) as server, server.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def whole(name):
    """Every row of every table, and every number to be given next."""
    found = {}
    with databases.connection(name) as server, server.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" AS t ORDER BY 1')
            found[table] = cursor.fetchall()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        return found, cursor.fetchall()


@pytest.mark.parametrize(
    "statements",
    [
        ["INSERT INTO staff_provider (code, name, nps) VALUES ('N', 'New', true)"],
        ["UPDATE staff_provider SET name = 'Changed' WHERE code = 'A'"],
        ["UPDATE staff_provider SET id = id + 1000"],
        ["DELETE FROM staff_provider WHERE code IN ('A', 'C')"],
        ["DELETE FROM django_session", "INSERT INTO django_session VALUES ('b', 'new', now())"],
        [
            "DELETE FROM staff_provider WHERE code = 'A'",
            "INSERT INTO staff_provider (code, name, nps) VALUES ('A', 'In its place', true)",
        ],
        ["SELECT nextval('staff_team_id_seq')", "SELECT nextval('cases_case_id_seq')"],
        ["BEGIN", "UPDATE staff_provider SET name = ''", "ROLLBACK"],
    ],
)
def test_whatever_was_written_is_put_back_again_and_again(statements, database, made):
    before = whole(database)
    for _ in range(3):
        execute(database, *statements)
        assert made.put_back(database)
        assert whole(database) == before


def test_what_may_not_be_deleted_goes_too(database, made):
    before = whole(database)
    execute(
        database,
        "INSERT INTO staff_entry (at, action, crn, refused, detail) "
        "VALUES (now(), 'read_case', 'X1', false, '{}')",
    )
    with pytest.raises(psycopg2.errors.RaiseException, match="append_only"):
        execute(database, "DELETE FROM staff_entry")
    assert made.put_back(database)
    assert whole(database) == before


def test_whoever_is_in_the_middle_of_something_does_not_end_it(database, made):
    before = whole(database)
    with databases.connection(database) as server, server.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE staff_provider SET name = 'Half done'")
        assert made.put_back(database)
        with pytest.raises(psycopg2.OperationalError):
            cursor.execute("COMMIT")
    assert whole(database) == before


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE staff_provider ADD COLUMN more text",
        "ALTER TABLE staff_provider ALTER COLUMN name DROP NOT NULL",
        "CREATE TABLE another_table (id int PRIMARY KEY)",
        "DROP TABLE django_migrations",
        "TRUNCATE django_session",  # other files hold it
        "ALTER TABLE staff_entry DISABLE TRIGGER ALL",
        "CREATE INDEX another_index ON staff_provider (name)",
        "CREATE SEQUENCE another_sequence",
        "CREATE FUNCTION another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_what_was_built_otherwise_is_not_put_back(statement, rebuilt):
    made = AsMade(rebuilt)
    assert made.put_back(rebuilt)
    execute(rebuilt, statement)
    assert not made.put_back(rebuilt)


def test_nobody_comes_in_while_it_is_put_back(database):
    with databases.alone_in(database) as server, server.cursor() as cursor:
        with pytest.raises(psycopg2.OperationalError, match="not currently accepting connections"):
            psycopg2.connect(database_url(database))
        cursor.execute("SELECT 1")
    psycopg2.connect(database_url(database)).close()


def test_one_template_or_another_is_as_it_was_made_whatever_was_done_to_either(
    migrated, worker_id, monkeypatch
):
    site, others = f"{NAME}_site_{worker_id}", [f"{NAME}_{n}_{worker_id}" for n in (1, 2)]
    copies = Copies(site, migrated)
    for other in others:
        databases.copy(other, migrated)
        execute(other, f"INSERT INTO django_session VALUES ('{other}', '', now())")
    sessions, copied = {migrated: 0} | dict.fromkeys(others, 1), []
    copy = databases.copy
    monkeypatch.setattr(databases, "copy", lambda *names: (copied.append(names[1]), copy(*names)))
    one, two = others
    for template in [migrated, one, migrated, one, one, migrated, migrated, two, migrated, one]:
        copies.use(template)
        left_open = psycopg2.connect(database_url(site))  # somebody is still in
        with left_open.cursor() as cursor:
            cursor.execute("SELECT session_key FROM django_session")
            assert cursor.fetchall() == [(template,)] * sessions[template]
            cursor.execute("UPDATE django_session SET session_key = 'changed'")
            cursor.execute("INSERT INTO django_session VALUES ('more', '', now())")
            cursor.execute("COMMIT")
    # The plain one and the last of the others are kept, and no more
    assert copied == [migrated, one, two, one]
    assert len(databases.names(site)) == 2
    for database in [*databases.names(site), *others]:
        databases.drop(database)
