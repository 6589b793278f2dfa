"""Appointments as they stand to be recorded: those nobody has logged, and what a page may offer on one.

Source: features row 70 (outcomes to log, oldest first, logged in place).
"""

from django.db.models import Q

from cases.models import Case, Contact
from cases.queries.booking import running_of
from cases.reference.appointments import BY_REGISTER, RAR, RAR_DAY, TYPES, Enforces, Where
from cases.rules.enforcing import VOLUNTARY, choices, default
from staff.permissions import Action


def find_appointment(case, key):
    """The line of the log that is this appointment, with its booking where it has one; None: there is none."""
    found = case.contacts.filter(appointment=True, pk=key)
    return found.select_related("requirement", "sentence", *BOOKING).first()


BOOKING = (
    "booking__officer",
    "booking__logged_by",
    "booking__place",
    "booking__condition",
    "booking__rar_activity",
)


def booking_of(contact):
    """What stands beside it; None for one that was brought in and nobody has acted on."""
    return getattr(contact, "booking", None)


def is_home_visit(booking):
    """Whether it was arranged as a visit at home, which has a sheet and a record of its own."""
    return getattr(booking, "visit", None) is not None


def is_ahead(contact, now):
    """Whether it is still to come. A visit that somebody has set out for is not, however early they got there."""
    visit = getattr(booking_of(contact), "visit", None)
    return contact.started_at > now and (visit is None or visit.set_out_at is None)


def is_voluntary(contact, today):
    """Whether nobody has to keep it. One without a booking is judged as it would be taken up."""
    booking = booking_of(contact)
    if booking:
        return booking.enforces == Enforces.VOLUNTARY
    running = running_of(contact.case, today)
    if f"requirement-{contact.requirement_id}" in {one.key for one in choices(running)}:
        return False
    theirs = [one for one in running if one.key == contact.sentence_id]
    return default(contact.type_code, theirs) == VOLUNTARY


def is_missed_here(contact, booking):
    """Whether it was recorded here that they did not come, without our knowing why: they are rung."""
    missed = contact.attended is False and contact.complied is False
    return missed and booking is not None and booking.logged_at is not None


def where_of(contact):
    """How they meet, of one without a booking too."""
    booking = booking_of(contact)
    if booking:
        return Where(booking.where)
    known = TYPES.get(contact.type_code)
    return known.where if known else Where.OFFICE


def may_credit_rar(contact, booking=None):
    """Whether a day may be credited for it: it is booked as rehabilitation activity, or under that requirement."""
    named = contact.requirement is not None and contact.requirement.main_code == RAR
    planned = booking is not None and booking.rar_activity_id is not None
    return named or planned or contact.type_code == RAR_DAY


def usually_sensitive(contact, user):
    """What this member of staff chose last for this kind of contact on this case; None: nothing yet."""
    same = _recorded_by(user, contact.case).filter(type_code=contact.type_code)
    latest = same.exclude(pk=contact.pk).order_by("-started_at", "-pk")
    return latest.values_list("sensitive", flat=True).first()


def remembered_of(case, user):
    """The same for each kind of contact that nobody had arranged: {type: whether it was kept from the person}."""
    theirs = _recorded_by(user, case).filter(appointment=False)
    latest = theirs.order_by("type_code", "-started_at", "-pk").distinct("type_code")
    return dict(latest.values_list("type_code", "sensitive"))


def _recorded_by(user, case):
    ours = Q(appointment=False, source_id="", staff_code=user.staff_code or user.username)
    return case.contacts.filter(Q(booking__logged_by=user) | ours)


def unlogged(user, now, *, team=False):
    """Past appointments that nobody has said anything of: this reader's own, or with `team` all of their team.

    One that was brought in is its officer's; none that was called off or moved, or that a register of ours says.
    """
    cases = Case.objects.open_to(user, Action.RECORD_OUTCOME)
    past = Contact.objects.filter(
        appointment=True,
        outcome_code="",
        outcome_name="",
        attended=None,
        system_generated=False,
        started_at__lte=now,
        booking__called_off_at=None,
    ).exclude(type_code__in=BY_REGISTER, booking__isnull=False)
    if team:
        return past.filter(case__in=cases.filter(team=user.team_id))
    mine = Q(booking__officer=user) | Q(booking=None, case__officer=user)
    return past.filter(mine, case__in=cases)
