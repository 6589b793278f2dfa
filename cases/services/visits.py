"""A visit at home from arranging it to safe return: who goes, who watches the clock, and when it stops.

Nobody goes before it is decided how, and that is asked again at the door. What is owed when the clock runs out
is `cases.services.visit_watch`. Source: report 2.3; supervision reference 3.4; product rules, clocks.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import HomeVisit
from cases.queries.visit_pages import names_of, said_at
from cases.queries.visit_safety import decision_of, safety_facts
from cases.queries.visit_staff import may_open, may_watch, still_here
from cases.reference.appointments import HOME_VISIT, ToldHow, Where
from cases.rules.leaving import check_still_here
from cases.rules.visit_safety import check_may_go
from cases.rules.visits import check_call_by, check_company
from cases.services.appointment_rows import look_for_second
from cases.services.appointments import book_appointment
from cases.services.checks import lock_case
from cases.services.visit_safety import ask_before_first_visit
from cases.services.visit_telling import said_time, tell_about_visit, told_of
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

NOT_YOURS = "Only those who go, or whoever watches the clock, can say this."
CHOOSE = "Choose somebody else; where the visit is arranged already, move it to do so."


@transaction.atomic
def arrange_visit(
    *, case, safety, starts_at, minutes, officer, buddy, enforces, by, now, second=None, sentence=None,
    requirement=None, condition=None, told_how=ToldHow.NOT_YET, prepared="", seen=(),
):  # fmt: skip
    """Book a visit to the address that a safety decision is about, with whoever goes and whoever watches.

    What a first visit waits on is asked of the agencies. Returns the `HomeVisit`.
    """
    case = lock_case(case)
    today = localtime(now).date()
    safety = _standing(case, safety)
    _check_may_go(case, safety, today)
    _check_company(case, safety, officer, second, buddy, today)
    appointment = book_appointment(
        case=case,
        type_code=HOME_VISIT,
        starts_at=starts_at,
        minutes=minutes,
        where=Where.HOME,
        officer=officer,
        enforces=enforces,
        sentence=sentence,
        requirement=requirement,
        condition=condition,
        told_how=told_how,
        prepared=prepared,
        seen=seen,
        second=second,
        by=by,
        now=now,
    )
    visit = _company(appointment, safety, second, buddy, by=by, now=now)
    ask_before_first_visit(case=case, by=by, today=today)
    return visit


@transaction.atomic
def arrange_company(*, appointment, safety, buddy, by, now, second=None, seen=()):
    """Say who goes and who watches, of a visit that is booked already: one that was moved or brought in.

    `seen`: codes of what stands beside its date and was read.
    """
    case = lock_case(appointment.contact.case)
    check_still_here(case.left_as)
    today = localtime(now).date()
    safety = _standing(case, safety)
    if appointment.called_off_at or appointment.contact.outcome_code:
        raise RuleBroken("This visit has been called off, moved or recorded already.")
    if HomeVisit.objects.filter(pk=appointment.pk).exists():
        raise RuleBroken("Who goes is arranged already.")
    _check_may_go(case, safety, today)
    _check_company(case, safety, appointment.officer, second, buddy, today)
    if second:
        look_for_second(appointment, second, seen=seen, now=now)
    return _company(appointment, safety, second, buddy, by=by, now=now)


@transaction.atomic
def set_out(*, visit, call_by, by, now):
    """Somebody sets out, and says by when their buddy will have heard. The buddy is told."""
    visit = lock_visit(visit)
    case, appointment = visit.appointment.contact.case, visit.appointment
    today = localtime(now).date()
    check_still_here(case.left_as)
    _check_goes(visit, by)
    if visit.set_out_at:
        raise RuleBroken(
            "You have set out already. Say when you will be out, or that you are safe."
        )
    if appointment.called_off_at or appointment.contact.outcome_code or visit.not_done:
        raise RuleBroken("This visit has been called off, moved or recorded already.")
    if localtime(appointment.contact.started_at).date() != today:
        on = say_date(localtime(appointment.contact.started_at).date())
        raise RuleBroken(f"This visit is booked for {on}. Move it before you set out.")
    _check_may_go(case, visit.safety, today)
    _check_company(case, visit.safety, appointment.officer, visit.with_whom, visit.buddy, today)
    check_call_by(call_by, now)
    visit.set_out_at, visit.call_by, visit.alerted = now, call_by, 0
    visit.save(update_fields=["set_out_at", "call_by", "alerted"])
    record(by=by, action="set_out_on_visit", crn=case.crn, visit=visit.pk)
    text = f"{by.name} has set out on a visit and calls in by {said_time(call_by)}"
    _tell(visit, visit.buddy, text, now)
    return visit


@transaction.atomic
def extend(*, visit, call_by, by, now):
    """Whoever is there, or their buddy who has spoken to them, says that it takes longer. The clock starts anew.

    The buddy hears, and whoever had been alerted: they need not ring.
    """
    visit = lock_visit(visit)
    _check_under_way(visit)
    _check_may_say(visit, by)
    check_call_by(call_by, now)
    visit.call_by, visit.alerted = call_by, 0
    visit.save(update_fields=["call_by", "alerted"])
    crn = visit.appointment.contact.case.crn
    record(by=by, action="extended_visit", crn=crn, visit=visit.pk)
    users = {one.pk: one for one in (visit.buddy, *told_of(visit)) if one.pk != by.pk}
    who = visit.appointment.officer.name
    text = f"{who} stays longer and calls in by {said_time(call_by)}, says {by.name}"
    if by.pk == visit.appointment.officer_id:
        text = f"{who} stays longer and calls in by {said_time(call_by)}"
    key = f"longer-{now:%Y%m%d%H%M%S}"
    tell_about_visit(visit=visit, users=list(users.values()), text=text, key=key, now=now)
    return visit


@transaction.atomic
def check_in(*, visit, by, now):
    """Everybody who went is out and safe: said by one of them, or by whoever watched and has spoken to them.

    Their buddy, and whoever was alarmed, hears that it is over.
    """
    visit = lock_visit(visit)
    _check_under_way(visit)
    _check_may_say(visit, by)
    users = [one for one in told_of(visit) if one.pk != by.pk]
    visit.back_at, visit.back_said_by = now, by
    visit.save(update_fields=["back_at", "back_said_by"])
    crn = visit.appointment.contact.case.crn
    record(by=by, action="came_back_from_visit", crn=crn, visit=visit.pk, alerted=visit.alerted)
    text = f"{visit.appointment.officer.name} is out and safe, says {by.name}. Nobody need ring"
    tell_about_visit(visit=visit, users=users, text=text, key="over", now=now)
    return visit


def lock_visit(visit):
    """As it stands now, its case locked first, so that nobody checks in twice or past an alert."""
    case = lock_case(visit.appointment.contact.case)
    visit = (
        HomeVisit.objects.select_for_update(of=("self",))
        .select_related(
            "appointment__contact", "appointment__officer", "safety__address", "with_whom", "buddy"
        )
        .get(pk=visit.pk)
    )
    visit.appointment.contact.case = case
    return visit


def _standing(case, safety):
    """The safety decision as it stands; refused once another took its place."""
    found = (
        case.visit_safety.filter(pk=safety.pk, replaced_on=None).select_related("address").first()
    )
    if found is None:
        raise RuleBroken(
            "Another safety decision has taken the place of this one. Look at it first."
        )
    return found


def _check_may_go(case, safety, today):
    if safety.replaced_on:
        raise RuleBroken(
            "Another safety decision has taken the place of the one it was arranged by."
        )
    check_may_go(decision_of(safety), safety_facts(case, today, safety.address), today)


def _check_company(case, safety, officer, second, buddy, today):
    check_company(
        way=safety.way,
        officer=officer.pk if officer else None,
        second=second.pk if second else None,
        buddy=buddy.pk if buddy else None,
    )
    company = list(filter(None, (officer, second, buddy)))
    here = still_here(company, today)
    for one in company:
        if one not in here:
            raise RuleBroken(f"{one.name} does not work here any more. {CHOOSE}")
    for one in filter(None, (officer, second)):
        if not (one.is_active and may_open(one, case)):
            raise RuleBroken(f"{one.name} cannot open this case, so they cannot visit.")
    if buddy not in may_watch(case):
        raise RuleBroken(f"{buddy.name} cannot be the buddy on this visit. Choose somebody else.")


def _company(appointment, safety, second, buddy, *, by, now):
    visit = HomeVisit.objects.create(
        appointment=appointment, safety=safety, with_whom=second, buddy=buddy
    )
    record(by=by, action="arranged_visit", crn=safety.case.crn, visit=visit.pk)
    who, when = names_of(visit.going), said_at(appointment.contact.started_at)
    _tell(visit, buddy, f"You are the buddy of {who} on a visit on {when}", now)
    if second and second != by:
        _tell(visit, second, f"You go with {appointment.officer.name} on a visit on {when}", now)
    return visit


def _check_goes(visit, by):
    if by.pk not in (visit.appointment.officer_id, visit.with_whom_id):
        raise RuleBroken("Only those who go can set out.")


def _check_under_way(visit):
    if not visit.set_out_at:
        raise RuleBroken("Nobody has set out on this visit yet.")
    if visit.back_at:
        at = localtime(visit.back_at)
        raise RuleBroken(f"They are out and safe: said {visit.back_said_by.name}, {say_time(at)}.")


def _check_may_say(visit, by):
    """Those who go, whoever watches, and whoever was told that nobody had checked in."""
    theirs = {visit.appointment.officer_id, visit.with_whom_id, visit.buddy_id}
    if by.pk not in theirs | {one.pk for one in told_of(visit)}:
        raise RuleBroken(NOT_YOURS)


def _tell(visit, user, text, now):
    tell_about_visit(
        visit=visit, users=[user], text=text, key=f"company-{now:%Y%m%d%H%M%S}", now=now
    )
