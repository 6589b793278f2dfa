"""Migrations must run while ten million rows are in use: what each would do, and what a filled database keeps.

Sources: PostgreSQL's documentation of the locks of ALTER TABLE and CREATE INDEX; docs/operating.md.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests import databases

APART = "migrations_apart"
FIRST = ("cases", "0001_initial")
OURS = ("staff", "cases", "grid", "unpaidwork")
DAY = date(2018, 10, 1)

# What may not be done to a table that is in use, and why
UNSAFE = {
    r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "an index is built with the table locked",
    r"DROP INDEX (?!CONCURRENTLY)": "an index is dropped with the table locked",
    r"ALTER TABLE .* ADD CONSTRAINT (?!.* NOT VALID)": "every row is read with the table locked",
    r"ALTER TABLE .* ADD COLUMN (?=.* NOT NULL)(?!.* DEFAULT )": "old rows have no value",
    r"ALTER TABLE .* ADD COLUMN (?=.* DEFAULT )(?=.* REFERENCES )": "every row is looked up",
    r"ALTER TABLE .* ADD COLUMN (?=.* UNIQUE)": "an index is built with the table locked",
    r"ALTER TABLE .* ADD COLUMN (?=.* DEFAULT [^'\d tf(])(?!.* DEFAULT (true|false|NULL))": "rows are rewritten",
    r"ALTER TABLE .* ALTER COLUMN .* DROP DEFAULT": "what runs until then cannot write new rows",
    r"ALTER TABLE .* ALTER COLUMN .* (TYPE|SET NOT NULL)": "every row is read or rewritten",
    r"ALTER TABLE .* (DROP COLUMN|RENAME)": "what runs until then still asks for it",
    r"DROP TABLE": "what runs until then still asks for it",
    r"(UPDATE|DELETE FROM|LOCK|TRUNCATE)": "rows are changed or locked all at once",
}  # fmt: skip
NAMES_A_TABLE = re.compile(
    r"^(?:ALTER TABLE|DROP TABLE|UPDATE|DELETE FROM|LOCK|TRUNCATE|CREATE .*?INDEX .*? ON)"
    r'(?: IF EXISTS| ONLY| TABLE)* "?(\w+)"?',
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def apart(django_db_setup, django_db_blocker, worker_id):
    """A database of its own, empty, so that migrations there disturb nothing. Each worker has one: these tests
    may be shared out among them, and whoever came second would drop what the first was using."""
    with django_db_blocker.unblock():
        name = f"{databases.OURS}{databases.RUN}_{APART}_{worker_id}"
        databases.copy(name, "template0")
        connections.databases[APART] = connections.databases["default"] | {"NAME": name}
        yield connections[APART]
        connections[APART].close()
        del connections[APART], connections.databases[APART]
        databases.drop(name)


def problems(statements, tables):
    """What is wrong with these statements, given the tables that are in use."""
    found = []
    for each in statements:
        statement = " ".join(each.split())
        named = NAMES_A_TABLE.search(statement)
        in_use = named is None or named[1] in tables
        reasons = [why for what, why in UNSAFE.items() if re.match(what, statement, re.IGNORECASE)]
        found += [f"{reason}: {statement}" for reason in reasons if in_use]
    return found


def in_use_before(loader, key):
    """The tables that are there when this migration begins. Their names are read off: to make the models takes long."""
    models = loader.project_state(key, at_end=False).models
    return {
        model.options.get("db_table") or f"{app}_{name}"
        for (app, name), model in models.items()
        if not model.options.get("proxy") and not model.options.get("swappable")
    }


def test_every_migration_after_the_first_may_run_while_its_tables_are_in_use(apart):
    loader = MigrationLoader(apart)
    later = [key for key in loader.disk_migrations if key[0] in OURS and key[1] > "0002"]

    found = {}
    for key in later:
        migration = loader.get_migration(*key)
        tables = in_use_before(loader, key)
        statements = loader.collect_sql([(loader.graph.nodes[key], False)])
        found[key] = problems(statements, tables)
        locks = any(
            re.match(r"ALTER TABLE", one) and NAMES_A_TABLE.search(one)[1] in tables
            for one in statements
        )
        if locks and migration.atomic and "SET LOCAL lock_timeout" not in " ".join(statements):
            found[key].append("it waits for a lock as long as it takes")

    assert later
    assert not {key: wrong for key, wrong in found.items() if wrong}


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX "enquiry_by_day" ON "cases_enquiry" ("due_on")',
        'CREATE UNIQUE INDEX "once" ON "cases_enquiry" ("case_id") WHERE "due_on" IS NULL',
        'DROP INDEX IF EXISTS "once"',
        'ALTER TABLE "cases_enquiry" ADD CONSTRAINT "whole" CHECK ("kind" <> \'\')',
        'ALTER TABLE "cases_enquiry" ADD COLUMN "note" varchar(20) NOT NULL',
        'ALTER TABLE "cases_enquiry" ADD COLUMN "key" uuid DEFAULT gen_random_uuid() NOT NULL',
        'ALTER TABLE "cases_enquiry" ALTER COLUMN "note" DROP DEFAULT',
        'ALTER TABLE "cases_enquiry" ALTER COLUMN "note" TYPE text',
        'ALTER TABLE "cases_enquiry" ALTER COLUMN "note" SET NOT NULL',
        'ALTER TABLE "cases_enquiry" DROP COLUMN "note" CASCADE',
        'UPDATE "cases_enquiry" SET "note" = \'\'',
        'DROP TABLE "cases_enquiry" CASCADE',
    ],
)
def test_what_would_lock_or_rewrite_a_table_in_use_is_found(statement):
    assert problems([statement], {"cases_enquiry"})


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX CONCURRENTLY "enquiry_by_day" ON "cases_enquiry" ("due_on")',
        'CREATE INDEX "message_waiting" ON "cases_message" ("not_before")',
        'ALTER TABLE "cases_message" ADD CONSTRAINT "whole" CHECK ("kind" <> \'\')',
        'ALTER TABLE "cases_enquiry" ADD CONSTRAINT "whole" CHECK ("kind" <> \'\') NOT VALID',
        'ALTER TABLE "cases_enquiry" VALIDATE CONSTRAINT "whole"',
        "ALTER TABLE \"cases_enquiry\" ADD COLUMN \"note\" varchar(20) DEFAULT '' NOT NULL",
        'ALTER TABLE "cases_enquiry" ADD COLUMN "provisional" boolean DEFAULT false NOT NULL',
        'ALTER TABLE "cases_enquiry" ADD COLUMN "agency_id" bigint NULL REFERENCES "cases_agency"("id")',
        'ALTER INDEX "next" RENAME TO "once"',
    ],
)  # fmt: skip
def test_what_is_done_beside_its_use_passes(statement):
    assert not problems([statement], {"cases_enquiry"})


def test_a_filled_database_goes_forward_and_back_and_loses_nothing(apart):
    _migrate(apart, FIRST)
    models = MigrationLoader(apart).project_state(FIRST).apps
    _fill(models)
    before = _rows(models)

    _migrate(apart, *MigrationLoader(apart).graph.leaf_nodes("cases"))
    forward = _rows(models)
    _is_as_the_models_say(apart)
    _migrate(apart, FIRST)

    assert forward == before
    assert _rows(models) == before


def _migrate(database, *targets):
    MigrationExecutor(database).migrate(list(targets))


def _fill(models):
    """Rows of the tables that later migrations change."""

    def made(model, **values):
        return models.get_model("cases", model).objects.using(APART).create(**values)

    case = made("Case", crn="X100001", surname="Brady", sort_name="brady")
    made("Person", case=case)
    made("Address", case=case, status_code="M", lines="1 Larkspur Green", town="Oxford")
    made("Registration", case=case, source_id="1", type_code="ADVP", active=True)
    made("RelatedPerson", case=case, kind="child", name="Ann Brady", relationship="Child")
    for number in range(50):
        enquiry = made(
            "Enquiry", case=case, kind="police", because="start", triggered_on=DAY, due_on=DAY
        )
        made("Subject", enquiry=enquiry, kind="person", name=f"Brady {number}")
        made("EnquiryStep", enquiry=enquiry, on=DAY, did="due")
        made(
            "Deadline", case=case, kind="send_check", enquiry=enquiry, owner_role="officer",
            triggered_on=DAY, due_on=DAY, why="Start of supervision",
        )  # fmt: skip


def _rows(models):
    """Every row of every table of the first migration, by the columns that it had then."""
    found = {}
    with connections[APART].cursor() as cursor:
        for model in models.get_app_config("cases").get_models():
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY 1')
            found[model._meta.db_table] = cursor.fetchall()
    return {table: rows for table, rows in found.items() if rows}


def _is_as_the_models_say(database):
    """Indexes are whole, history is kept by the new triggers, and one clock of a kind runs."""
    Case, Address, Deadline = (apps.get_model("cases", n) for n in ("Case", "Address", "Deadline"))
    case = Case.objects.using(APART).get()
    with database.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        assert not cursor.fetchall()
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        assert not cursor.fetchall()
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'deadline_one_unmet'")
        (definition,) = cursor.fetchone()
    about = "enquiry_id, reading_id, action_id, override_id, route_id, appointment_id, review_id, recommendation_id, failure_id, letter_id, breach_id, recall_id, senior_action_id"
    assert f"(case_id, kind, {about}) NULLS NOT DISTINCT" in definition

    Address.objects.using(APART).update(notes="Seen")
    event = apps.get_model("cases", "AddressEvent").objects.using(APART).get()
    assert (event.notes, event.authority) == ("", "")
    event.delete()
    Address.objects.using(APART).update(notes="")
    apps.get_model("cases", "AddressEvent").objects.using(APART).all().delete()

    twice = {"case": case, "kind": "send_check", "owner_role": "officer", "why": "Again"}
    one = Deadline.objects.using(APART).first()
    with pytest.raises(IntegrityError):
        Deadline.objects.using(APART).create(
            **twice, enquiry_id=one.enquiry_id, triggered_on=DAY, due_on=DAY
        )
