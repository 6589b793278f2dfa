"""The two rows of an appointment, its line of the log and its booking, and what is checked before either is written.

Source: product rules, failures. The verbs are in `cases.services.appointments`, which hold the case.
"""

from dataclasses import dataclass, replace

from django.utils.timezone import localtime

from cases.models import Appointment, Case, Contact, NonAssociation, Place, RarActivity
from cases.queries.booking import facts_for, running_of
from cases.queries.holding import gone_of
from cases.reference.appointments import TYPES, Interpreter, ToldHow, Where
from cases.rules.booking import beside, check_time, lasts, refusals, warnings
from cases.rules.booking_facts import Slot
from cases.rules.enforcing import chosen, key_of, ruling
from cases.rules.interim import says_nothing
from cases.rules.leaving import check_still_here
from cases.services.appointment_clocks import answer_clocks, owe_interpreter
from cases.services.policy import clocks, meeting_policy
from cases.services.reminders import arrange_reminder, drop_reminders
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Action

BESIDES = ("officer", "place", "rar_activity", "visit__with_whom")  # what a booking is read with
AT_A_PLACE = frozenset({Where.OFFICE, Where.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the appointments of one booking have in common: everything but when."""

    type_code: str
    type_name: str
    national_standard: bool
    minutes: int
    where: str
    officer: User
    place: Place | None
    at_words: str
    enforces: str
    sentence: int | None
    requirement: int | None
    condition: int | None
    rar_activity: RarActivity | None
    interpreter: str
    interpreter_note: str
    told_how: str
    remind: bool
    prepared: str
    second: User | None  # who goes with the officer on a visit; kept with the visit


def plan_of(
    case, *, enforces, sentence, requirement, condition, rar_activity, place, at_words, interpreter_note, prepared,
    today, **agreed,
):  # fmt: skip
    """What was agreed, checked. Refuses a case that is not open, and a kind that is none of ours."""
    check_still_here(case.left_as)
    if not case.is_ours:
        raise RuleBroken("This case is not open to us, so nothing is booked on it.")
    kind = TYPES.get(agreed["type_code"])
    if kind is None or agreed["where"] not in set(Where):
        raise RuleBroken("That is no kind of appointment, or no way to meet. Choose again.")
    if rar_activity:
        if rar_activity.case_id != case.pk or rar_activity.ended_on:
            raise RuleBroken("That activity is of another case, or has ended. Choose again.")
        requirement = rar_activity.requirement
    named = _what_it_enforces(case, enforces, sentence, requirement, condition, today)
    _check_officer(case, agreed["officer"], today)
    return Agreed(
        **agreed,
        type_name=kind.title,
        national_standard=kind.national_standard,
        place=place if agreed["where"] in AT_A_PLACE else None,
        at_words=at_words.strip(),
        rar_activity=rar_activity,
        interpreter_note=interpreter_note.strip(),
        prepared=prepared.strip(),
        enforces=named.enforces,
        sentence=named.sentence,
        requirement=named.requirement,
        condition=named.condition,
    )


def _what_it_enforces(case, enforces, sentence, requirement, condition, today):
    """The choice that was made, of this person's current sentences. The order itself may go unsaid."""
    running = running_of(case, today)
    rules = ruling(running)
    key = key_of(
        enforces,
        sentence=sentence.pk if sentence else rules and rules.key,
        requirement=requirement and requirement.pk,
        condition=condition and condition.pk,
    )
    return chosen(key, running)


def as_agreed(one, minutes=None):
    """What was agreed of this appointment, for another time: it is to be told, and interpreted, anew."""
    contact, booked = one.contact, one.interpreter == Interpreter.BOOKED
    visit = getattr(one, "visit", None)
    return Agreed(
        type_code=contact.type_code,
        type_name=contact.type_name,
        national_standard=contact.national_standard,
        minutes=minutes or lasts(contact.started_at, contact.ended_at),
        where=one.where,
        officer=one.officer,
        place=one.place,
        at_words="" if one.place_id else contact.place,
        enforces=one.enforces,
        sentence=contact.sentence_id,
        requirement=contact.requirement_id,
        condition=one.condition_id,
        rar_activity=one.rar_activity,
        interpreter=Interpreter.TO_BOOK if booked else one.interpreter,
        interpreter_note=one.interpreter_note,
        told_how=ToldHow.NOT_YET,
        remind=one.remind,
        prepared=one.prepared,
        second=visit and visit.with_whom,
    )


def facts_of(case, agreed, times, *, now, but=()):
    """What stands beside these times, with the diaries held that decide it."""
    today = localtime(now).date()
    held = [one.pk for one in (agreed.officer, agreed.second) if one]
    list(User.objects.filter(pk__in=held).order_by("pk").select_for_update(no_key=True))
    pairs = NonAssociation.objects.of(case).in_force(today).order_by("pk")
    list(pairs.select_for_update(no_key=True).values_list("pk"))
    return facts_for(
        case,
        agreed.officer,
        agreed.place,
        from_at=min(times),
        to_at=max(times),
        policy=meeting_policy(today),
        extra=clocks(today).extra_bank_holidays,
        but=but,
        second=agreed.second,
    )


def make(case, agreed, at, facts, *, by, now, series=None, seen=()):
    """Write one appointment, answer the clocks that waited for it, and arrange its reminder."""
    check_still_here(case.left_as)
    check_time(starts_at=at, minutes=agreed.minutes, now=now)
    slot = Slot(at, agreed.minutes, agreed.type_code, interpreter=agreed.interpreter)
    found = beside(slot, facts)
    if refused := refusals(found):
        raise RuleBroken(refused[0].text)
    appointment = Appointment.objects.create(
        contact=_line(case, agreed, slot),
        officer=agreed.officer,
        where=agreed.where,
        place=agreed.place,
        enforces=agreed.enforces,
        condition_id=agreed.condition,
        rar_activity=agreed.rar_activity,
        series=series,
        interpreter=agreed.interpreter,
        interpreter_note=agreed.interpreter_note,
        told_how=agreed.told_how,
        remind=agreed.remind,
        prepared=agreed.prepared,
        seen=as_kept(found, seen),
        booked_at=now,
        booked_by=by,
    )
    today = localtime(now).date()
    record(by=by, action="booked_appointment", crn=case.crn, appointment=appointment.pk)
    answer_clocks(appointment, by=by, today=today)
    owe_interpreter(appointment, by=by, today=today)
    arrange_reminder(appointment=appointment, now=now)
    return appointment


def as_kept(found, seen):
    """What stood beside a date as the booking keeps it. `seen`: codes of what had been read."""
    return [
        {"code": one.code, "text": one.text, "read": one.code in seen} for one in warnings(found)
    ]


def look_for_second(appointment, second, *, seen, now):
    """Keep with one that is booked already what stands beside its date once somebody goes along."""
    contact, plan = appointment.contact, replace(as_agreed(appointment), second=second)
    at = localtime(contact.started_at)
    facts = facts_of(contact.case, plan, [at], now=now, but=[appointment.pk])
    slot = Slot(at, plan.minutes, plan.type_code, interpreter=plan.interpreter)
    known = {one["code"] for one in appointment.seen}
    found = as_kept(beside(slot, facts), seen)
    appointment.seen = [*appointment.seen, *(one for one in found if one["code"] not in known)]
    appointment.save(update_fields=["seen"])


def _line(case, agreed, slot):
    """Its line of the log."""
    officer = agreed.officer
    return Contact.objects.create(
        case=case,
        sentence_id=agreed.sentence,
        requirement_id=agreed.requirement,
        source_id="",
        type_code=agreed.type_code,
        type_name=agreed.type_name,
        started_at=slot.starts_at,
        ended_at=slot.ends_at,
        appointment=True,
        national_standard=agreed.national_standard,
        staff_code=(officer.staff_code or "") if officer else "",
        staff_name=officer.name if officer else "",
        place=agreed.place.name if agreed.place else agreed.at_words,
    )


def take_out(one, asked_by, because, code, name, *, by, now, to=None):
    """Write that it is not kept at its time, in the booking and in the log; its reminders go."""
    one.called_off_at, one.called_off_by = now, by
    one.asked_by, one.called_off_because, one.moved_to = asked_by, because, to
    one.save()
    Contact.objects.filter(pk=one.pk).update(
        outcome_code=code, outcome_name=name, attended=False, complied=True
    )
    one.contact.outcome_code, one.contact.outcome_name = code, name
    drop_reminders(appointment=one, now=now)


def following(one):
    """The later ones of its series that still stand, in order."""
    if one.series is None:
        return []
    later = Appointment.objects.standing().filter(
        series=one.series, contact__started_at__gt=one.contact.started_at, contact__outcome_code=""
    )
    found = list(later.select_related("contact", *BESIDES).order_by("contact__started_at", "pk"))
    for other in found:
        other.contact.case = one.contact.case
    return found


def _check_officer(case, officer, today):
    """Somebody who cannot open the case sees nobody on it, nor whoever has left."""
    theirs = officer and Case.objects.open_to(officer, Action.VIEW_CASE).filter(pk=case.pk)
    if not officer or not officer.is_active or not theirs.exists():
        who = officer.name if officer else "Nobody"
        raise RuleBroken(f"{who} cannot open this case. Choose somebody who holds or works on it.")
    if gone_of([officer.pk], today):
        raise RuleBroken(
            f"{officer.name} has left: their last day has passed. Choose somebody else."
        )


def check_to_come(one, now):
    """What has been is logged, never taken out: a missed appointment is not made one called off."""
    if one.called_off_at:
        raise RuleBroken("This appointment has been moved or called off already.")
    if one.contact.outcome_code:
        raise RuleBroken("What came of this appointment has been recorded.")
    if one.contact.started_at <= now:
        raise RuleBroken("Its time has come. Say what came of it instead.")


def check_reason(because):
    if says_nothing(because):
        raise RuleBroken("Say why, in a few words, so that the log can be understood later.")
    return because.strip()
