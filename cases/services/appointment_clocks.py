"""What a booking answers of what is owed on a case, and what it owes itself.

Sources: published CRC service levels (a first appointment, one a month face to face, another after a missed
one); product rules, failures; local policy for the interpreter.
"""

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Appointment
from cases.reference.appointments import RAR_DAY, Enforces, Interpreter
from cases.reference.contacts import UNARRANGED
from cases.rules.arriving import FIRSTS
from cases.rules.calendar import working_days_before
from cases.rules.contact_figures import is_face_to_face
from cases.rules.outcomes import makes_good
from cases.services.arrivals_owed import settle_arrivals
from cases.services.deadlines import due_under, meet_deadline, open_deadline
from cases.services.policy import clocks
from staff.rules.dates import say_date

INTERPRETER_DAYS = 2  # working days before the appointment
OF_ONE = ("book_interpreter", "log_outcome")  # owed on one appointment, while it stands
CAME_BY = [code for code, one in UNARRANGED.items() if one.face_to_face]


def answer_clocks(appointment, *, by, today):
    """Meet what waited for an appointment like this one."""
    contact = appointment.contact
    case, on = contact.case, localtime(contact.started_at).date()
    face_to_face = is_face_to_face(contact.type_code, appointment.where)
    for owed in list(case.deadlines.unmet().select_related("appointment__contact")):
        if owed.appointment_id == contact.pk:
            continue
        if (
            (owed.kind in FIRSTS and contact.national_standard)
            or (owed.kind == "monthly_contact" and face_to_face and on <= owed.due_on)
            or (owed.kind == "book_rar_day" and _is_rar_day(appointment))
            or (owed.kind == "offer_again" and _answers(appointment, owed.appointment, today))
        ):
            about = {"appointment": owed.appointment} if owed.appointment_id else {}
            meet_deadline(case=case, kind=owed.kind, by=by, today=today, **about)
            if owed.kind in FIRSTS:
                settle_arrivals(case_ids=[case.pk], by=by, today=today)


def _is_rar_day(appointment):
    return appointment.contact.type_code == RAR_DAY or appointment.rar_activity_id is not None


def _answers(appointment, missed, today):
    """Of one that was not said to be of any appointment, whatever must be kept."""
    if missed is None:
        return appointment.enforces != Enforces.VOLUNTARY
    return _makes_good(appointment.contact, missed, _until(missed, today))


def _makes_good(contact, missed, until):
    """`contact`: an appointment, with its booking where it has one; `missed`: a booking.

    One that was brought in was booked before it came, whenever somebody here took it up.
    """
    booking = getattr(contact, "booking", None)
    return makes_good(
        missed_at=localtime(missed.contact.started_at),
        until=until,
        must_bind=missed.enforces != Enforces.VOLUNTARY,
        binds=booking is None or booking.enforces != Enforces.VOLUNTARY,
        booked_at=booking.booked_at if booking and not contact.source_id else None,
        starts_at=localtime(contact.started_at),
    )


def is_followed_up(missed, now):
    """Whether they were seen since they missed this one, arranged or not, or another is booked that makes it good."""
    case, missed_at = missed.contact.case, missed.contact.started_at
    arranged = Q(appointment=True, attended=True)
    came_by = Q(appointment=False, type_code__in=CAME_BY)
    seen = case.contacts.filter(arranged | came_by, started_at__gt=missed_at, started_at__lte=now)
    until = _until(missed, localtime(now).date())
    coming = case.contacts.to_come(now).select_related("booking")
    return seen.exists() or any(_makes_good(one, missed, until) for one in coming)


def _until(missed, today):
    return due_under(clocks(today), "offer_again", localtime(missed.contact.started_at).date())


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
    """Where nothing follows up the latest miss any more, since what was to come will not be, another is owed.

    It is asked of the miss and not of its clock: of one that another was booked beyond already, none was opened.
    """
    today = localtime(now).date()
    missed = Appointment.objects.missed().filter(contact__case=case).select_related("contact__case")
    last = missed.order_by("-contact__started_at", "-pk").first()
    if last is None or is_followed_up(last, now):
        return
    open_deadline(
        case=case,
        kind="offer_again",
        triggered_on=today,
        why=f"What was to come after a missed one was called off, or excused, on {say_date(today)}",
        by=by,
        today=today,
        appointment=last,
    )
