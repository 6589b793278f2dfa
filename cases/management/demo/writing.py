"""Writes whole tables by COPY, so that a national caseload is minutes and not hours."""

import json
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO

from django.db import connection
from django.db.models import NOT_PROVIDED, JSONField

NULL = r"\N"
BLOCK = 60_000  # rows held in memory before any table is flushed
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _escaped(value):
    return value.translate(ESCAPES)


TEXT: dict[type, Callable[..., str]] = {
    str: _escaped,
    int: str,
    float: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: rf"\\x{value.hex()}",
    type(None): lambda value: NULL,
    dict: lambda value: _escaped(json.dumps(value)),
    list: lambda value: _escaped(json.dumps(value)),
}


def _text(value):
    write = TEXT.get(type(value))
    if write is not None:
        return write(value)
    return _escaped(str(value))  # an enum of ours or a decimal


class Sheet:
    """The rows of one table that wait to be written. Knows each column's default, as the model does."""

    def __init__(self, model):
        fields = model._meta.concrete_fields
        self.table = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.blank = [_default(field) for field in fields]
        self.place = {field.attname: number for number, field in enumerate(fields)}
        self.key = model._meta.pk.column if model._meta.auto_field else None
        self.next_id = self._first_free() if self.key else 0
        self.waiting = []
        self.written = 0

    def add(self, **values):
        """One row, named as the model's fields are with `_id` for keys. Returns its id, if it has its own."""
        row = self.blank.copy()
        for name, value in values.items():
            row[self.place[name]] = _text(value)
        if self.key:
            row[0] = str(self.next_id)
            self.next_id += 1
        self.waiting.append("\t".join(row))
        return self.next_id - 1

    def flush(self):
        if not self.waiting:
            return
        columns = ", ".join(f'"{column}"' for column in self.columns)
        data = StringIO("\n".join(self.waiting) + "\n")
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY "{self.table}" ({columns}) FROM STDIN', data)
        self.written += len(self.waiting)
        self.waiting.clear()

    def close(self):
        """Hand numbering back to the database."""
        self.flush()
        if self.key and self.written:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [self.table, self.key, self.next_id - 1],
                )

    def _first_free(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [self.table, self.key])
            return cursor.fetchone()[0]


def _default(field):
    if field.default is not NOT_PROVIDED:
        return _text(field.get_default()) if not isinstance(field, JSONField) else "{}"
    if field.empty_strings_allowed and not field.null:
        return ""
    return NULL


class Book:
    """A sheet for each table, in the order in which the tables may be written: what is pointed at first."""

    def __init__(self, models):
        self.sheets = {model.__name__: Sheet(model) for model in models}
        with connection.cursor() as cursor:  # each COPY checks its own keys; none wait in memory
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def __getattr__(self, name):
        try:
            return self.sheets[name]
        except KeyError:
            raise AttributeError(name) from None

    def flush_when_full(self):
        if sum(len(sheet.waiting) for sheet in self.sheets.values()) >= BLOCK:
            self.flush()

    def flush(self):
        for sheet in self.sheets.values():
            sheet.flush()

    def close(self):
        """Write what is left, and tell the planner how much there now is."""
        for sheet in self.sheets.values():
            sheet.close()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for sheet in self.sheets.values():
                cursor.execute(f'ANALYZE "{sheet.table}"')

    def rows(self):
        return {name: sheet.written for name, sheet in self.sheets.items()}
