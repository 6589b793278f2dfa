"""What is looked at before an absence is called a failure: how they were told, their life, whether they rang.

Source: product rules, failures.
"""

from datetime import timedelta

from cases.models import Message
from cases.queries.booking import theirs_of
from cases.queries.days import midnight
from cases.queries.enforcement.letters import served_reason_on
from cases.reference.agencies import Delivery
from cases.reference.appointments import Called, Interpreter, ToldHow
from cases.reference.contacts import FROM_THEM, STOOD_DOWN
from cases.rules.compliance import Before, reason_until

WEEKS = 26  # of the pattern that stands beside a decision


def before_deciding(appointment, decision, today, extra=frozenset()):
    """The facts of one absence, as they are recorded now. `extra`: bank holidays the library does not know."""
    case = appointment.contact.case
    theirs = theirs_of(case)
    since = midnight(decision.happened_on)
    return Before(
        told_how=ToldHow(appointment.told_how),
        reminder_failed=Message.objects.filter(
            appointment=appointment, delivery__in=[Delivery.FAILED, Delivery.UNSURE]
        ).exists(),
        needs_interpreter=theirs.needs_interpreter,
        interpreter=Interpreter(appointment.interpreter),
        language=theirs.language,
        circumstances=len(theirs.circumstances),
        in_touch=in_touch_since(case, decision).count(),
        stood_down=case.contacts.filter(
            started_at__gte=since,
            started_at__lt=since + timedelta(days=1),
            outcome_code__in=STOOD_DOWN,
        ).exists(),
        called=Called(decision.called) if decision.called else None,
        reason_until=reason_until(decision.happened_on, extra, served_reason_on(appointment)),
        today=today,
    )


def in_touch_since(case, decision):
    """Every time they were in touch with us on the day it happened or since."""
    return case.contacts.filter(
        started_at__gte=midnight(decision.happened_on), type_code__in=FROM_THEM
    )


def attendance_of(case, now):
    """The appointments of the last months of which something is said, the latest first."""
    return case.contacts.filter(
        appointment=True,
        started_at__gte=now - timedelta(weeks=WEEKS),
        started_at__lte=now,
        attended__isnull=False,
    ).order_by("-started_at", "-pk")
