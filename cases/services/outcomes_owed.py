"""Whether somebody owes a word about an appointment: each night, of those booked here whose day has passed.

One that was brought in has no booking and stands in the list of outcomes to log without a clock: an extract may
bring thousands that are years old. One that a register of unpaid work says is owed by whoever closes that. Source:
features row 70; local policy (within one working day).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Appointment, Case
from cases.queries.days import midnight
from cases.reference.appointments import BY_REGISTER
from cases.services.deadline_sets import DeadlineRow, open_on_appointments
from cases.services.outcomes import LOG
from staff.rules.dates import say_date

CHUNK = 500  # cases


@transaction.atomic
def owe_outcomes_chunk(*, after, today, size=CHUNK):
    """Start the clock on the next so many cases that have such appointments. A step of `run_job`."""
    unlogged = Appointment.objects.unlogged(midnight(today)).exclude(deadlines__kind=LOG)
    waiting = unlogged.exclude(contact__type_code__in=BY_REGISTER)
    cases = waiting.filter(contact__case__gt=after).order_by("contact__case")
    keys = list(cases.values_list("contact__case", flat=True).distinct()[:size])
    list(Case.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    rows = [
        (pk, _row(case, localtime(at).date()))
        for pk, case, at in waiting.filter(contact__case__in=keys)
        .order_by("pk")
        .values_list("pk", "contact__case", "contact__started_at")
    ]
    owed = open_on_appointments(kind=LOG, rows=rows, by=None, today=today) if rows else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


def _row(case, day):
    return DeadlineRow(case, day, f"The appointment of {say_date(day)} has no outcome")
