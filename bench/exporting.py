"""The caseload as a file, of everybody in probation, against COPY of the same people's columns in the same order.

Goals of the whole system (P15): at most 2.5 times that; the first byte within 200 ms; memory that grows by no more than 50 MB
however many people there are; as long for each person of the nation as for each of fewer. The least asks nobody's reach, knows of no
role, puts nothing in words and writes no audit, but it leaves the same people out. It is the file of an administrator, so one
in a hundred people, whose access is limited, is withheld from it.
"""

import csv
import logging
from io import StringIO
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from bench import database
from bench.importing import memory, say
from bench.measure import Benchmark, compare
from bench.team import NATION, Caseload
from cases.reference.checks import OPEN_STATES
from cases.reference.deadlines import KEPT_TO, OF_COMPLAINTS
from staff.models import Entry, User
from staff.permissions import Action, Role

FEW = NATION // 4
LEAST, LINEAR, FIRST, GROWN = 2.5, 1.2, 200, 50  # times; times; ms; MB
ROUNDS = 5
LIMITED = """
    INSERT INTO cases_limit (case_id, restricted, message, ask, safety, listed)
    SELECT id, true, 'Limited', 'the senior', '', true FROM cases_case WHERE id % 100 = 7
"""
COPY = """
    COPY (
        SELECT c.crn, c.surname || ', ' || c.forename, o.first_name || ' ' || o.last_name, t.name, s."group", s.contact_level,
            d.kind, d.due_on, coalesce(e.overdue, 0)
        FROM cases_case AS c
            LEFT JOIN cases_standing AS s ON s.case_id = c.id
            LEFT JOIN staff_user AS o ON o.id = c.officer_id
            LEFT JOIN staff_team AS t ON t.id = c.team_id
            LEFT JOIN (
                SELECT DISTINCT ON (case_id) case_id, kind, due_on FROM cases_deadline
                WHERE met_on IS NULL AND paused_on IS NULL AND kind <> ALL(%(kept)s)
                ORDER BY case_id, due_on, id
            ) AS d ON d.case_id = c.id
            LEFT JOIN (
                SELECT case_id, count(*) AS overdue FROM cases_enquiry WHERE state = ANY(%(open)s) AND due_on < %(today)s GROUP BY 1
            ) AS e ON e.case_id = c.id
        WHERE c.state = 'supervised' AND c.left_as = '' AND NOT EXISTS (SELECT FROM cases_limit AS l WHERE l.case_id = c.id)
        ORDER BY c.sort_name, c.id
    ) TO STDOUT (FORMAT csv)
"""
SAME = (0, 1, 2, 3, 8)  # columns that both say in the same words
WRITTEN = slice(1, None)  # all but the head


class Drain:
    """Somebody who takes a file and keeps none of it."""

    def write(self, text):
        return len(text)


class Exported:
    """So many people, and an administrator who takes their list away."""

    def __init__(self, people):
        self.of = Caseload(people)
        with self.of.here():
            hub = User.objects.create_user("hub", role=Role.HUB)
            with connection.cursor() as cursor:
                cursor.execute(LIMITED)
                cursor.execute("VACUUM ANALYZE")
            self.browser = Client()
            self.browser.force_login(hub)

    def least(self, into=None):
        given = {
            "kept": [*KEPT_TO, *OF_COMPLAINTS],
            "open": sorted(OPEN_STATES),
            "today": localdate(),
        }
        with self.of.here(), connection.cursor() as cursor:
            cursor.copy_expert(cursor.mogrify(COPY, given).decode(), into or Drain())

    def file(self):
        """Part by part, as it comes."""
        address = reverse("caseload-csv")
        with self.of.here():
            answer = self.browser.get(
                address, HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https"
            )
            if answer.status_code != 200:
                raise AssertionError(f"The list answered {answer.status_code}.")
            yield from answer

    def whole(self):
        return sum(len(line) for line in self.file())

    def started(self):
        """After how many milliseconds its first byte comes, and the lines of the first people."""
        began, lines = perf_counter(), self.file()
        found = []
        for _ in range(2):
            next(lines)
            found.append((perf_counter() - began) * 1000)
        lines.close()
        return found

    def check_agreement(self):
        """The same people in the same order, and one entry in the audit trail."""
        text = StringIO()
        self.least(text)
        least = list(csv.reader(StringIO(text.getvalue())))
        with self.of.here():
            told = Entry.objects.filter(action=Action.EXPORT_CASES, detail__has_key="filters")
            before = told.count()
            ours = list(csv.reader(StringIO(b"".join(self.file()).decode())))[WRITTEN]
            if told.count() != before + 1:
                raise AssertionError("The file was not told of in the audit trail.")
        if not least or _of_both(ours) != _of_both(least):
            raise AssertionError("The file and the least do not hold the same.")
        return len(least)


def show_all(few=FEW, many=NATION):
    """How many goals are missed."""
    logging.disable(logging.INFO)  # four lines of each request
    database.start()
    fewer, nation = Exported(few), Exported(many)
    fewer.check_agreement()
    print(f"the caseload of {many:,} as a file, of whom {nation.check_agreement():,} are in it")
    missed = _show_start(nation) + _show_memory(nation)
    missed += _show(f"of {few:,}, beside COPY", fewer.least, fewer.whole, LEAST)
    missed += _show(f"of {many:,}, beside COPY", nation.least, nation.whole, LEAST)
    return missed + _show(f"a person of {many:,}, beside one of {few:,}", fewer.whole, nation.whole, LINEAR, many / few)  # fmt: skip


def _show_start(nation):
    """The lines of the first people are told beside the head and have no goal: all must be put in order before them."""
    first, person = (median(took) for took in zip(*(nation.started() for _ in range(ROUNDS)), strict=True))  # fmt: skip
    print(f"  the lines of the first people: after {person:.0f} ms")
    return say("the first byte", f"{first:.0f} ms", first <= FIRST, f"{FIRST} ms")


def _show_memory(nation):
    before = memory()
    nation.whole()
    grown = memory("VmHWM") - before
    return say("memory grows by", f"{grown:.0f} MB", grown <= GROWN, f"{GROWN} MB")


def _show(what, reference, ours, goal, times=1):
    """`times`: how many times the work of the reference ours is."""
    found = compare(Benchmark(what, reference, ours, goal * times, rounds=ROUNDS))
    return say(f"{what}: {found.ours:.2f} s beside {found.reference:.2f} s", f"{found.ratio / times:.2f}", found.met, goal)  # fmt: skip


def _of_both(rows):
    return [[row[at] for at in SAME] for row in rows]
