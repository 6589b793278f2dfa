"""Registers that were not closed: each night, of sessions whose day has passed, the coordinators owe their closing.

Owed on each person of whom the register says nothing, for that is whom it fails; where it says something of everybody,
on the first. Source: product rules, failures (letters and decisions wait for what the register says); local policy
(within one working day).
"""

from collections import defaultdict

from django.db import transaction

from cases.models import Case
from cases.services.deadline_sets import DeadlineRow, open_on_appointments
from staff.rules.dates import say_date
from unpaidwork.models import Attendance, WorkSession
from unpaidwork.queries.register import CLOSE
from unpaidwork.rules.register import GONE

CHUNK = 200  # sessions


@transaction.atomic
def owe_registers_chunk(*, after, today, size=CHUNK):
    """Start the clock on the next so many sessions. A step of `run_job`."""
    sessions = WorkSession.objects.open().filter(on__lt=today, pk__gt=after).order_by("pk")
    keys = list(sessions.values_list("pk", flat=True)[:size])
    rows = _rows(keys)
    cases = sorted({row.case_id for _, row in rows})
    list(Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True))
    owed = open_on_appointments(kind=CLOSE, rows=rows, by=None, today=today) if rows else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


def _rows(keys):
    """[(key of the appointment, its row)]"""
    found = defaultdict(list)
    standing = Attendance.objects.filter(session__in=keys, appointment__called_off_at=None)
    for one in standing.select_related("session__project").order_by("session", "pk"):
        found[one.session_id].append(one)
    rows = []
    for people in found.values():
        open_ones = [one for one in people if one.came not in GONE] or people[:1]
        rows += [(one.appointment_id, _row(one)) for one in open_ones]
    return rows


def _row(one):
    session = one.session
    why = f"The register of {session.project.name} on {say_date(session.on)} is not closed"
    return DeadlineRow(one.case_id, session.on, why)
