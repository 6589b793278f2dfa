"""What arranging a visit offers and shows: who may go and watch, what it may enforce, what stands beside the date.

Source: product rules, failures; report 2.3.
"""

from django.utils.timezone import localtime

from cases.models import Appointment
from cases.queries.booking import facts_for, running_of
from cases.reference.appointments import HOME_VISIT
from cases.rules.booking import reading_of
from cases.rules.booking_facts import Slot
from cases.rules.enforcing import choices, default


def enforced_by(case, today):
    """(what a visit may enforce, the key of what is chosen unless somebody says otherwise)"""
    running = running_of(case, today)
    return choices(running), default(HOME_VISIT, running)


def beside_the_date(case, officer, second, starts_at, minutes, *, policy, extra, but=()):
    """What stands beside this time, to be read by whoever arranges. `but`: contacts to leave out."""
    slot = Slot(localtime(starts_at), minutes, HOME_VISIT)
    facts = facts_for(
        case, officer, None, second=second, from_at=slot.starts_at, to_at=slot.ends_at, policy=policy,
        extra=extra, but=but,
    )  # fmt: skip
    return reading_of([slot], facts)


def booked_without_company(case, pk):
    """A visit of this case that is booked and of which nobody has said who goes: moved, or brought in."""
    found = Appointment.objects.standing().filter(
        pk=pk,
        contact__case=case,
        contact__type_code=HOME_VISIT,
        contact__outcome_code="",
        visit=None,
    )
    return found.select_related("contact", "officer").first()
