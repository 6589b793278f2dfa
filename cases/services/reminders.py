"""Reminders of appointments: written into the outbox when one is booked, dropped when it no longer stands,
and asked about again at the moment of sending.

Source: product rules, safe contact; architecture, the outbox. What is decided is `cases.rules.reminders`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Appointment, Case, Message
from cases.queries.reminders import about_person, key_of, known_of, with_facts
from cases.reference.agencies import Delivery, Means, MessageKind
from cases.reference.reminders import NoReminder
from cases.rules.reminders import (
    decide,
    is_night,
    next_morning,
    still_goes,
    usable_ways,
    why_none_is_owed,
)
from cases.services.checks import lock_case
from cases.services.policy import meeting_policy
from staff.audit import record
from staff.errors import RuleBroken


@transaction.atomic
def arrange_reminder(*, appointment, now):
    """Have the outbox say what the facts of now call for: one reminder of this appointment, or none.

    May be asked any number of times: one that has gone, may have gone, or that somebody stopped by hand
    is never written again. Returns the message, or None where there is none.
    """
    return _arrange(appointment, about_person(lock_case(appointment.contact.case)), now)


@transaction.atomic
def arrange_reminders_of(*, case, now):
    """The same for every appointment of the case that is to come: what they may be sent has changed."""
    about = about_person(lock_case(case))
    for one in Appointment.objects.filter(contact__case=case).to_come(now).order_by("pk"):
        _arrange(one, about, now)


@transaction.atomic
def drop_reminders(*, appointment, now):
    """Stop whatever reminder of this appointment has not gone. Returns how many were stopped."""
    about = about_person(lock_case(appointment.contact.case))
    appointment = with_facts(appointment.pk)
    because = why_none_is_owed(known_of(appointment, about), localtime(now))
    waiting = _waiting(appointment)
    for message in waiting:
        _drop(message, because or NoReminder.CALLED_OFF, about.case, now)
    return len(waiting)


def still_to_go(*, message, now):
    """Whether this reminder, which is about to be sent and is locked, goes as things are at this moment.

    One that does not is dropped with its reason, or put off to the morning. While somebody is at work on
    the case it is left as it is, for the next sweep: what they are doing may be what stops it.
    """
    free = Case.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    case = free.filter(contacts__booking=message.appointment_id).first()
    if case is None:
        return False
    local = localtime(now)
    appointment = with_facts(message.appointment_id)
    because = still_goes(
        known_of(appointment, about_person(case)),
        same_time=message.key == key_of(appointment),
        means=Means(message.means),
        to=message.address,
        now=local,
    )
    if because:
        _drop(message, because, case, now)
    elif is_night(local):
        message.not_before = next_morning(local)
        message.save()
    return message.delivery == Delivery.WAITING and message.not_before <= now


def address_now(*, message, now):
    """Where a reminder goes if somebody has it sent once more. Refuses where none may go by these means."""
    appointment = with_facts(message.appointment_id)
    known = known_of(appointment, about_person(lock_case(appointment.contact.case)))
    same = [one.value for one in usable_ways(known, known.ready) if one.means == message.means]
    to = message.address if message.address in same else next(iter(same), "")
    because = still_goes(
        known,
        same_time=message.key == key_of(appointment),
        means=Means(message.means),
        to=to,
        now=localtime(now),
    )
    if because:
        raise RuleBroken(f"It is not to be sent again. {because.title}.")
    return to


def _arrange(appointment, about, now):
    appointment = with_facts(appointment.pk)
    known, local, key = known_of(appointment, about), localtime(now), key_of(appointment)
    for other in _waiting(appointment):
        if other.key != key:
            _drop(other, NoReminder.OTHER_TIME, about.case, now)
    message = Message.objects.select_for_update().filter(key=key).first()
    decided = decide(known, meeting_policy(local.date()), local)
    if decided.because:
        _drop_unless_too_late(message, decided.because, known, about.case, now)
        return message
    if message is None or _may_be_written_again(message):
        return _write(message, appointment, decided, about.case, now)
    if message.delivery == Delivery.WAITING:
        _rewrite(message, decided)
    return message


def _write(message, appointment, decided, case, now):
    """A new message; or the one that was dropped before it went, written anew because it is called for again."""
    message = message or Message(key=key_of(appointment), appointment=appointment)
    message.kind, message.at = MessageKind.REMINDER, now
    message.delivery, message.attempts, message.problem = Delivery.WAITING, 0, ""
    message.settled_at = None
    _fill(message, decided)
    message.not_before = decided.goes_at
    message.save()
    _record("arranged_reminder", message, case)
    return message


def _rewrite(message, decided):
    """Bring what waits up to date. One that has been tried keeps its turn."""
    before = (message.means, message.address, message.subject, message.body, message.not_before)
    _fill(message, decided)
    if not message.attempts:
        message.not_before = max(message.not_before, decided.goes_at)
    if before != (
        message.means,
        message.address,
        message.subject,
        message.body,
        message.not_before,
    ):
        message.save()


def _fill(message, decided):
    message.means, message.address = decided.means, decided.to
    message.subject, message.body = decided.subject, decided.words


def _may_be_written_again(message):
    """Dropped by ourselves before it went; never one that a person stopped."""
    return message.delivery == Delivery.CANCELLED and message.problem in set(NoReminder)


def _drop_unless_too_late(message, because, known, case, now):
    """Too late to write one is not too late to send the one that waits: that is asked when it is sent."""
    if message is None or message.delivery != Delivery.WAITING:
        return
    if because == NoReminder.TOO_LATE:
        because = still_goes(
            known,
            same_time=True,
            means=Means(message.means),
            to=message.address,
            now=localtime(now),
        )
    if because:
        _drop(message, because, case, now)


def _waiting(appointment):
    """What waits to go about it, held until the end of the transaction."""
    waiting = Message.objects.filter(appointment=appointment, delivery=Delivery.WAITING)
    return list(waiting.select_for_update(of=("self",)).order_by("pk"))


def _drop(message, because, case, now):
    message.delivery, message.settled_at = Delivery.CANCELLED, now
    message.problem = because
    message.save()
    _record("dropped_reminder", message, case, because=because)


def _record(action, message, case, **detail):
    about = {"appointment": message.appointment_id, "message": message.pk, "means": message.means}
    record(by=None, action=action, crn=case.crn, **about, **detail)
