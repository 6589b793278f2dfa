"""What nobody should send, by what is asked for, and what came of sending it: whether it failed, and what it left behind."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from staff.models import Entry
from staff.permissions import Action
from tests.once import undone

HUGE, BEYOND_A_KEY = 10**20, 2**63
LONG = "x" * 100_000
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
KEPT_FOR_THE_WRITER = {"staff_draft", "django_session", "staff_entry"}
READINGS = {"read_group_register", "opened_timetable", *map(str, Action)}
AS_ITS_PAGE = {
    "cases_policy"
}  # what is set is on the trail under the name that opening its page is


@dataclass
class Answer:
    """`failed`: what was raised; blank: nothing. `changed`: tables that are not as they were; `done`: what the trail says was done."""

    status: int = 0
    content: str = ""
    failed: str = ""
    changed: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    response: Any = None

    @property
    def took(self):
        return bool(self.changed or self.done)


def answer_to(ask):
    """What comes of `ask()`, which is undone."""
    written, found = set(), Answer()

    def listen(execute, sql, params, many, context):
        if (to := WRITES.match(sql)) and to[1] not in KEPT_FOR_THE_WRITER:
            written.add(to[1])
        return execute(sql, params, many, context)

    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    after = {}
    with undone():
        try:
            with connection.execute_wrapper(listen), transaction.atomic():
                found.response = ask()
        except Exception as error:  # whatever it is, a page or an endpoint has failed
            found.failed = f"{type(error).__name__}: {error}"[:300]
            written.clear()
        else:
            found.status = found.response.status_code
            found.content = found.response.getvalue().decode()
            actions = Entry.objects.filter(pk__gt=last).values_list("action", flat=True)
            found.done = {str(one) for one in actions} - READINGS
            after = {table: _sum_of(table) for table in written}
    found.changed = {table for table in written if after[table] != _sum_of(table)}
    return found


def _sum_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*), sum(hashtextextended(t::text, 0)) FROM "{table}" t')
        return cursor.fetchone()
