"""What it takes to say whether an appointment is owed this calendar month, of many cases at once.

Source: `cases.rules.contact_figures`, the floor. An appointment is offered whether it is to come, was kept or was
missed; one that was called off, moved or stood down by us was not. Somebody seen without one was seen.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from cases.models import Contact, Deadline
from cases.queries.contact_figures import supervised_of
from cases.queries.days import midnight
from cases.reference.appointments import FACE_TO_FACE_CODES, NOT_OFFERED
from cases.rules.contact_figures import Line, Supervised, is_face_to_face


@dataclass(frozen=True, slots=True)
class Months:
    supervised: dict[int, Supervised]
    opened_on: dict[int, date]  # since when one is owed and not yet offered


def months_of(case_ids):
    """Since when each is supervised, and which owe an appointment already. Five statements."""
    return Months({pk: one for pk, (one, _) in supervised_of(case_ids).items()}, _running(case_ids))


def offers_of(case_ids, today):
    """{case: days} on which somebody is, or was, offered a face-to-face appointment, or was seen.

    From the beginning of this month, or of the earliest month that still waits. One or two statements.
    """
    earliest = min([today, *_running(case_ids).values()]).replace(day=1)
    stood = Q(appointment=True, booking__called_off_at=None) & ~Q(outcome_code__in=NOT_OFFERED)
    rows = Contact.objects.filter(
        stood | Q(attended=True),
        case__in=case_ids,
        type_code__in=FACE_TO_FACE_CODES,
        started_at__gte=midnight(earliest),
    )
    found = defaultdict(set)
    for case, at, code, where in rows.values_list(
        "case", "started_at", "type_code", "booking__where"
    ):
        if is_face_to_face(code, where):
            found[case].add(Line(at).day)
    return found


def _running(case_ids):
    running = Deadline.objects.unmet().filter(kind="monthly_contact", case__in=case_ids)
    return dict(running.values("case").annotate(on=Min("triggered_on")).values_list("case", "on"))
