"""Booking and calling off many appointments at once, in a few statements, by the rules of one.

For what is arranged by the week and for many: nobody reads what stands beside each date, so what clashes is kept with
the booking as unread. The caller holds the rows of the cases locked. Sources: architecture, set-based at scale;
product rules, failures (each names what it enforces; those called off stay in the log).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import (
    Appointment,
    Case,
    Contact,
    Deadline,
    Message,
    Pause,
    Person,
    Place,
    RarActivity,
    Sentence,
)
from cases.queries.booking import busy_of
from cases.reference.agencies import Delivery
from cases.reference.appointments import MOVED, AskedBy, Enforces, ToldHow, Where
from cases.reference.codes import HELD
from cases.reference.reminders import NoReminder
from cases.rules.booking import clashes, lasts
from cases.rules.booking_facts import Slot
from cases.services.appointment_clocks import answer_clocks, owe_again
from cases.services.appointment_rows import as_kept
from cases.services.appointments import CALLED_OFF
from cases.services.deadlines import meet_deadline
from cases.services.policy import meeting_policy
from cases.services.reminders import arrange_reminder
from staff.audit import record_each
from staff.models import User

ROWS_A_STATEMENT = 2000
A_DAY = timedelta(days=1)
AFTER_A_MISS, A_RAR_DAY = "offer_again", "book_rar_day"  # deadlines that wait for a booking


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment to be booked, all but its case given alike. Times are local.

    With a `place` they meet at one of ours; `where` is then its name. What it enforces is said whole by the caller, who
    has looked it up: nobody chooses here.
    """

    case: int
    starts_at: datetime
    ends_at: datetime
    type_code: str
    type_name: str
    sentence: int | None
    requirement: int | None
    where: str  # in words
    enforces: Enforces = Enforces.REQUIREMENT
    condition: int | None = None
    rar_activity: RarActivity | None = None
    place: Place | None = None
    officer: User | None = None  # who sees them


def may_be_booked(case_ids):
    """Of these cases, by key, those whom anything may be booked for by the week.

    Supervised, not in custody, and not standing still: nobody is expected who cannot come.
    """
    open_ones = Case.objects.supervised().filter(pk__in=case_ids)
    held = Sentence.objects.current().filter(case__in=case_ids, custody_status__in=HELD)
    still = Pause.objects.running().filter(case__in=case_ids)
    away = {pk for rows in (held, still) for pk in rows.values_list("case", flat=True)}
    return set(open_ones.values_list("pk", flat=True)) - away


@transaction.atomic
def book_many(*, rows, by, now, told_how=ToldHow.NOT_YET):
    """Book each `Booked`; returns the appointments in the same order."""
    if not rows:
        return []
    beside = _beside(rows, now)
    contacts = Contact.objects.bulk_create([_line(one) for one in rows], ROWS_A_STATEMENT)
    reminded = _agreed_to_messages({one.case for one in rows})
    made = Appointment.objects.bulk_create(
        [
            Appointment(
                contact=contact,
                officer=row.officer,
                where=Where.OFFICE if row.place else Where.ELSEWHERE,
                place=row.place,
                enforces=row.enforces,
                condition_id=row.condition,
                rar_activity=row.rar_activity,
                told_how=told_how,
                remind=row.case in reminded,
                seen=beside[row.case, row.starts_at],
                booked_at=now,
                booked_by=by,
            )
            for row, contact in zip(rows, contacts, strict=True)
        ],
        ROWS_A_STATEMENT,
    )
    crns = _crns({one.case for one in rows})
    entries = [
        (crns[row.case], {"appointment": one.pk}) for row, one in zip(rows, made, strict=True)
    ]
    record_each(by=by, action="booked_appointment", rows=entries)
    _answer(made, by=by, now=now)
    for one in made:
        if one.remind:
            arrange_reminder(appointment=one, now=now)
    return made


@transaction.atomic
def call_off_many(*, keys, because, by, now, asked_by=AskedBy.SERVICE, begun=False):
    """Call off those of these, by key, that are still to come. Returns them. They stay in the log.

    `begun`: those as well that have begun, and of which nobody has said what came of it.
    """
    open_ones = Appointment.objects.standing().filter(contact__outcome_code="")
    wanted = open_ones if begun else Appointment.objects.to_come(now)
    ones = list(wanted.filter(pk__in=keys).select_related("contact__case"))
    keys = [one.pk for one in ones]
    if not ones:
        return []
    Appointment.objects.filter(pk__in=keys).update(
        called_off_at=now, called_off_by=by, asked_by=asked_by, called_off_because=because
    )
    Contact.objects.filter(pk__in=keys).update(
        outcome_code=MOVED[asked_by],
        outcome_name=CALLED_OFF[asked_by],
        attended=False,
        complied=True,
    )
    _drop_reminders(keys, by=by, now=now)
    entries = [(one.contact.case.crn, {"appointment": one.pk}) for one in ones]
    record_each(by=by, action="called_off_appointment", rows=entries)
    _owe_again(ones, by=by, now=now)
    return ones


def _line(row):
    """Its line of the log."""
    return Contact(
        case_id=row.case,
        sentence_id=row.sentence,
        requirement_id=row.requirement,
        type_code=row.type_code,
        type_name=row.type_name,
        started_at=row.starts_at,
        ended_at=row.ends_at,
        appointment=True,
        staff_code=(row.officer.staff_code or "") if row.officer else "",
        staff_name=row.officer.name if row.officer else "",
        place=row.where,
    )


def _beside(rows, now):
    """{(case, when it starts): what else they are expected at}, as a booking keeps it."""
    margin = meeting_policy(localtime(now).date()).clash_minutes
    first, last = min(one.starts_at for one in rows), max(one.ends_at for one in rows)
    theirs = Contact.objects.to_come(now).filter(
        case__in={one.case for one in rows},
        started_at__gt=first - A_DAY,
        started_at__lt=last + A_DAY,
    )
    named = theirs.only("case", "started_at", "ended_at", "type_name", "type_code")
    busy: dict[int, list] = {}
    for one in named.order_by("started_at", "pk"):
        busy.setdefault(one.case_id, []).append(busy_of(one, told=True))
    found = {}
    for row in rows:
        slot = Slot(row.starts_at, lasts(row.starts_at, row.ends_at), row.type_code)
        met = clashes(slot, busy.get(row.case, ()), margin)
        found[row.case, row.starts_at] = as_kept(met, seen=())
    return found


def _agreed_to_messages(case_ids):
    """Those who said that they may be texted or e-mailed: whether it is safe is asked when one is written."""
    people = Person.objects.filter(case__in=case_ids)
    agreed = people.filter(may_text=True) | people.filter(may_email=True)
    return set(agreed.values_list("case", flat=True))


def _answer(made, *, by, now):
    """Meet what waited for such an appointment: the next after a miss, and a day of rehabilitation activity."""
    today = localtime(now).date()
    waiting = Deadline.objects.unmet().filter(
        kind__in=[AFTER_A_MISS, A_RAR_DAY], case__in={one.contact.case_id for one in made}
    )
    kinds = set(waiting.values_list("case", "kind"))
    cases = Case.objects.in_bulk({case for case, _ in kinds})
    for one in made:
        case = one.contact.case_id
        is_day = one.rar_activity_id is not None
        if (case, AFTER_A_MISS) in kinds or (is_day and (case, A_RAR_DAY) in kinds):
            one.contact.case = cases[case]
            answer_clocks(one, by=by, today=today)


def _drop_reminders(keys, *, by, now):
    waiting = Message.objects.filter(appointment__in=keys, delivery=Delivery.WAITING)
    dropped = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    Message.objects.filter(pk__in=[one.pk for one in dropped]).update(
        delivery=Delivery.CANCELLED, settled_at=now, problem=NoReminder.CALLED_OFF
    )
    cases = Contact.objects.filter(pk__in=[one.appointment_id for one in dropped])
    crns: dict[int | None, str] = dict(cases.values_list("pk", "case__crn"))
    entries = [
        (
            crns[one.appointment_id],
            {
                "appointment": one.appointment_id,
                "message": one.pk,
                "means": one.means,
                "because": NoReminder.CALLED_OFF,
            },
        )
        for one in dropped
    ]
    record_each(by=by, action="dropped_reminder", rows=entries)


def _owe_again(ones, *, by, now):
    """Stop what was owed on these, and owe another where nothing follows a miss any more."""
    keys = [one.pk for one in ones]
    cases = {one.contact.case_id: one.contact.case for one in ones}
    today = localtime(now).date()
    for one in Deadline.objects.unmet().filter(appointment__in=keys).select_related("appointment"):
        meet_deadline(
            case=cases[one.case_id],
            kind=one.kind,
            by=by,
            today=today,
            void=True,
            appointment=one.appointment,
        )
    missed = Appointment.objects.missed().filter(contact__case__in=cases)
    for pk in sorted(set(missed.values_list("contact__case", flat=True))):
        owe_again(cases[pk], by=by, now=now)


def _crns(case_ids):
    return dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "crn"))
