"""Bringing in an extract of 260,000 lines against COPY of the very same lines and sets of SQL (`bench.least_import`).

Goals of the whole system (P14): at most 1.5 times that; the same extract again at most 0.6 times the first import, and not a
version of any row; memory that grows by no more than 150 MB however long the file is. What keeping the words of names adds is
told beside them and has no goal.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from django.db import connection, transaction

from bench import database, extracts, least_import
from bench.measure import Benchmark, Result, compare
from cases.models import Case, Contact
from cases.services.importing.run import import_caseload
from cases.services.policy import seed_policies
from cases.services.reference import load_code_lists
from staff.models import User
from staff.permissions import Role

PEOPLE, ROUNDS = 26_000, 3  # ten lines each
TODAY, NOW = date(2018, 10, 1), datetime(2018, 10, 1, 9, tzinfo=UTC)
LEAST, AGAIN, GROWN = 1.5, 0.6, 150  # times; times the first; MB
OF_ITSELF = ("cases_importrun", "cases_reject", "staff_entry")  # what an import says of itself
WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables
    WHERE schemaname = 'public' AND relname <> ALL(%s)
"""
EMPTY = "TRUNCATE cases_case, cases_nameword, cases_namekey, cases_codetoreview, cases_importrun CASCADE"
WORDS = """
    SELECT format('ALTER TABLE %%s {} TRIGGER %%I', tgrelid::regclass, tgname) FROM pg_trigger
    WHERE tgname LIKE 'pgtrigger\\_name\\_words\\_%%'
"""
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")  # of Linux
PEAK = "5"  # forgets how much memory the process ever had


class Extracts:
    """An extract, and the same a day later, in a folder that goes with it."""

    def __init__(self, people):
        self._folder = tempfile.TemporaryDirectory()
        self.first, self.later = (Path(self._folder.name) / name for name in ("1.ndjson", "2.ndjson"))  # fmt: skip
        extracts.write(self.first, people)
        extracts.write(self.later, people, changed=True)

    def in_turn(self, bring: Callable[[Path], object]) -> Callable[[], object]:
        """Each time the other one than the last time."""
        turns = cycle((self.later, self.first))
        return lambda: bring(next(turns))


def ours(path):
    return import_caseload(path=path, by=None, today=TODAY, now=NOW)


def ours_without_words(path):
    _words("DISABLE")
    try:
        return ours(path)
    finally:
        _words("ENABLE")


def _words(turn):
    with connection.cursor() as cursor:
        cursor.execute(WORDS.format(turn), [])
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def least(path):
    with transaction.atomic():
        least_import.bring_in(path)


def empty():
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    least_import.empty()
    tidy()


def tidy():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def show_all(people=PEOPLE):
    """How many goals are missed."""
    database.start()
    load_code_lists()
    seed_policies()
    User.objects.bulk_create(
        User(username=f"officer{n}", role=Role.OFFICER, staff_code=extracts.officer_code(n))
        for n in range(extracts.OFFICERS)
    )
    User.objects.create_user("head", role=Role.HEAD)
    least_import.prepare()
    given = Extracts(people)
    missed = _show_what_it_takes(given)
    first = _show(f"{people * extracts.LINES_OF_ONE:,} lines, the first time", partial(least, given.first), partial(ours, given.first), before=empty)  # fmt: skip
    same = _show("the same again", partial(least, given.first), partial(ours, given.first))
    missed += say("the same again, beside our first", f"{same.ours / first.ours:.2f}", same.ours <= AGAIN * first.ours, AGAIN)  # fmt: skip
    later = _show("one in a hundred changed", given.in_turn(least), given.in_turn(ours), before=tidy)  # fmt: skip
    words = compare(Benchmark("", partial(ours_without_words, given.first), partial(ours, given.first), LEAST, rounds=ROUNDS, before=empty))  # fmt: skip
    print(f"  the words of names and their keys, beside an import without: {words.ratio:.2f}")
    return missed + sum(not each.met for each in (first, same, later))


def _show_what_it_takes(given):
    """Memory, what is written by the same again, and that both ways land the same."""
    empty()
    before = memory()
    done = ours(given.first)
    grown = memory("VmHWM") - before
    least(given.first)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM least.cases_case), (SELECT count(*) FROM least.cases_contact), (SELECT count(*) FROM least.reject)")  # fmt: skip
        if cursor.fetchone() != (Case.objects.count(), Contact.objects.count(), len(done.rejects)):
            raise AssertionError("The two ways do not land the same.")
    held = _written()
    ours(given.first)
    again = {table: rows - held[table] for table, rows in _written().items() if rows != held[table]}
    missed = say("memory grows by", f"{grown:.0f} MB", grown <= GROWN, f"{GROWN} MB")
    return missed + say("row versions of the same again", str(sum(again.values())), not again, "0 ")  # fmt: skip


def memory(which="VmRSS"):
    """MB that the process has; or the most since this was asked."""
    found = next(line for line in STATUS.read_text().splitlines() if line.startswith(which))
    RESET.write_text(PEAK)
    return int(found.split()[1]) / 1024


def _written():
    """{table: rows put in, changed and taken out so far}, but for what an import says of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(WRITTEN, [list(OF_ITSELF)])
        return dict(cursor.fetchall())


def _show(what, reference, mine, **more) -> Result:
    found = compare(Benchmark(what, reference, mine, LEAST, rounds=ROUNDS, **more))
    say(f"{what}: {found.ours:.1f} s beside {found.reference:.1f} s", f"{found.ratio:.2f}", found.met, LEAST)  # fmt: skip
    return found


def say(what, figure, met, goal):
    print(f"  {what:<64}{figure:>10}   goal {goal}{'' if met else '  MISSED'}", flush=True)
    return not met
