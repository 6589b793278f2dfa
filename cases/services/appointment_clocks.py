"""What a booking answers of what is owed on a case, and what it owes itself.

Sources: published CRC service levels (a first appointment, one a month face to face, another after a missed
one); product rules, failures; local policy for the interpreter.
"""

from django.utils.timezone import localtime

from cases.reference.appointments import RAR_DAY, Enforces, Interpreter
from cases.rules.calendar import working_days_before
from cases.rules.contact_figures import is_face_to_face
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import clocks
from staff.rules.dates import say_date

INTERPRETER_DAYS = 2  # working days before the appointment
OF_ONE = ("book_interpreter", "log_outcome")  # owed on one appointment, while it stands
FIRST = ("first_appointment", "first_appointment_licence")


def answer_clocks(appointment, *, by, today):
    """Meet what waited for an appointment like this one."""
    contact = appointment.contact
    case, on = contact.case, localtime(contact.started_at).date()
    face_to_face = is_face_to_face(contact.type_code, appointment.where)
    for owed in list(case.deadlines.unmet().select_related("appointment")):
        if owed.appointment_id == contact.pk:
            continue
        if (
            (owed.kind in FIRST and contact.national_standard)
            or (owed.kind == "monthly_contact" and face_to_face and on <= owed.due_on)
            or (owed.kind == "book_rar_day" and _is_rar_day(appointment))
            or (owed.kind == "offer_again" and _is_offered_for(appointment, owed.appointment))
        ):
            about = {"appointment": owed.appointment} if owed.appointment_id else {}
            meet_deadline(case=case, kind=owed.kind, by=by, today=today, **about)


def _is_rar_day(appointment):
    return appointment.contact.type_code == RAR_DAY or appointment.rar_activity_id is not None


def _is_offered_for(appointment, missed):
    """What is voluntary makes good only what was voluntary."""
    bound = appointment.enforces != Enforces.VOLUNTARY
    return bound or (missed is not None and missed.enforces == Enforces.VOLUNTARY)


def owe_interpreter(appointment, *, by, today):
    """Where one is needed and not booked: by two working days before."""
    if appointment.interpreter != Interpreter.TO_BOOK:
        return
    on = localtime(appointment.contact.started_at).date()
    by_on = working_days_before(on, INTERPRETER_DAYS, clocks(today).extra_bank_holidays)
    open_deadline(
        case=appointment.contact.case,
        kind="book_interpreter",
        triggered_on=today,
        due_on=max(by_on, today),
        why=f"An interpreter is needed for the appointment on {say_date(on)}",
        by=by,
        today=today,
        appointment=appointment,
    )


def meet_interpreter(appointment, *, by, today):
    case = appointment.contact.case
    meet_deadline(case=case, kind="book_interpreter", by=by, today=today, appointment=appointment)


def stop_clocks(appointment, *, by, today):
    """What was owed on an appointment that is not kept at its time is owed no more."""
    case = appointment.contact.case
    for kind in OF_ONE:
        meet_deadline(case=case, kind=kind, by=by, today=today, void=True, appointment=appointment)


def owe_again(case, *, by, now):
    """Where the only appointment offered after a missed one has been called off, another is owed."""
    today = localtime(now).date()
    offered = case.deadlines.filter(
        kind="offer_again", met_on__isnull=False, void=False, appointment__isnull=False
    )
    last = offered.select_related("appointment__contact").order_by("-met_on", "-pk").first()
    if last is None or case.contacts.to_come(now).exists():
        return
    missed = last.appointment
    since = case.contacts.filter(
        appointment=True, attended=True, started_at__gt=missed.contact.started_at
    )
    if not since.exists():
        open_deadline(
            case=case,
            kind="offer_again",
            triggered_on=today,
            why=f"What was offered after a missed one was called off on {say_date(today)}",
            by=by,
            today=today,
            appointment=missed,
        )
