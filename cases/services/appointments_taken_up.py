"""An appointment that was brought in, given its booking once somebody acts on it.

Source: `cases.models.appointments` (one brought in has none until then); product rules, failures (what it
enforces is its requirement or sentence as nDelius says, and never guessed beyond that).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Appointment, Case, Contact
from cases.queries.booking import running_of
from cases.reference.appointments import TYPES, Where
from cases.rules.enforcing import choices, chosen, default
from cases.services.appointment_rows import BESIDES
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User


@transaction.atomic
def take_up(*, contact, by, now):
    """Give an appointment that was brought in its booking, so that it can be acted on. Returns it."""
    case = Case.objects.select_for_update(no_key=True).get(contacts=contact.pk)
    contact = Contact.objects.get(pk=contact.pk)
    contact.case = case
    if found := Appointment.objects.filter(pk=contact.pk).select_related(*BESIDES).first():
        found.contact = contact
        return found
    if not contact.appointment:
        raise RuleBroken("This line of the log is not an appointment.")
    named = _brought_to_enforce(contact, localtime(now).date())
    known = TYPES.get(contact.type_code)
    made = Appointment.objects.create(
        contact=contact,
        officer=_by_code(contact.staff_code) or case.officer,
        where=known.where if known else Where.OFFICE,
        enforces=named.enforces,
        condition_id=named.condition,
        booked_at=now,
    )
    record(by=by, action="took_up_appointment", crn=case.crn, appointment=made.pk)
    return made


@transaction.atomic
def lock_appointment(appointment, *, by, now):
    """As it stands now, its case locked first, so that two people cannot act on it at once.

    Of one that was brought in, its line of the log will do: it is taken up.
    """
    return take_up(contact=Contact(pk=appointment.pk), by=by, now=now)


def _brought_to_enforce(contact, today):
    """Its requirement where that runs, or its sentence; what nDelius does not say is not enforced."""
    running = running_of(contact.case, today)
    key = f"requirement-{contact.requirement_id}"
    if key in {one.key for one in choices(running)}:
        return chosen(key, running)
    theirs = [one for one in running if one.key == contact.sentence_id]
    return chosen(default(contact.type_code, theirs), running)


def _by_code(code):
    return User.objects.filter(staff_code=code, is_active=True).first() if code else None
