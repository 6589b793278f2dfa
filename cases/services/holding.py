"""Naming the officer of a case that nobody holds, and putting a case into somebody's hands.

One holder at every instant: the case says who holds it now, `Allocation` who held it before. Source: product rules,
clocks (officer named), limited access (those let in follow the officer).
"""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Allocation, Appointment, Contact, Departure, Giving
from cases.queries.candidates import candidate
from cases.queries.holding import active_holder
from cases.rules.holding import check_because, check_may_hold, check_nobody_holds
from cases.rules.words import shortened
from cases.services.arrivals_owed import settle_arrivals
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.limited_access import follow_officers
from cases.services.telling import tell
from staff.audit import record
from staff.models import User

OWES = "name_officer"
LONGEST_KEPT = 500  # letters of why, with who held it; the log has all of it
ALLOCATED = "C070"  # as nDelius names it in the log
TO_AN_OFFICER, TO_THE_NPS = "RO", "ANPS"  # reasons of an allocation, as nDelius names them


@transaction.atomic
def name_officer(*, case, officer, because, by, now, considered=None):
    """Name the officer of a case that nobody holds, or whose officer's account is closed. Returns the case.

    `considered`: what stood beside them, where officers were compared (`cases.rules.holding.Considered`).
    """
    case, today = lock_case(case), localtime(now).date()
    holder = active_holder(case)
    check_nobody_holds(
        holder=holder.name if holder else "",
        officer_active=bool(holder),
        ours=case.is_ours,
        offered=case.transfers.waiting().exists(),
    )
    officer = lock_officers([officer.pk])[officer.pk]
    check_may_hold(candidate(officer, case, today), today)
    because = check_because(because)
    put_in_hands(case, officer=officer, by=by, now=now)
    _log_why(case, because, by=by, now=now)
    known = {"case": case, "officer": officer, "by": by, "now": now}
    warned = keep_why(because=because, considered=considered, **known)
    record(by=by, action="named_officer", crn=case.crn, officer=officer.username, warned=warned)
    tell(
        case=case,
        users=[officer] if officer != by else [],
        text=f"{by.name} named you the officer of {case.crn}. Read it, and see them by the date that is set.",
        href=page_of(case),
        now=now,
    )
    return case


def keep_why(*, case, officer, because, considered, by, now):
    """With who held the case, as it stood. Gives the keys of what was warned of: the audit trail holds no words."""
    short = because if len(because) <= LONGEST_KEPT else shortened(because, LONGEST_KEPT)
    stood = asdict(considered) if considered else {}
    Giving.objects.create(
        case=case, officer=officer, because=short, given_at=now, given_by=by, **stood
    )
    return [one["key"] for one in stood.get("warned", ())]


def _log_why(case, because, *, by, now):
    """The reason is a line of the log, where whoever asks later finds it; it is not for the person."""
    Contact.objects.create(
        case=case,
        type_code=ALLOCATED,
        type_name="Case allocated",
        started_at=now,
        sensitive=True,
        notes=f"{case.officer.name} named as the officer. {because}",
        staff_code=by.staff_code or by.username,
        staff_name=by.name,
    )


def page_of(case):
    return reverse("case-holder", args=[case.crn])


def lock_officers(keys):
    """{key: member of staff}, held in one order, so that none leaves at the moment they are given a case."""
    held = User.objects.filter(pk__in=keys).order_by("pk")
    return {one.pk: one for one in held.select_for_update(no_key=True)}


def put_in_hands(case, *, officer, by, now):
    """Our officer holds it from now on: their team's, and what they are to come to is in their diary. The case is held."""
    today = localtime(now).date()
    team = officer.team or case.team
    was = case.officer_id
    case.officer, case.officer_since, case.team, case.retained_by = officer, today, team, ""
    fields = ["officer", "officer_since", "team", "retained_by"]
    if team:
        case.provider = team.unit.provider
        fields.append("provider")
    case.save(update_fields=fields)
    close_history(case, was=was, today=today)
    Allocation.objects.create(
        case=case,
        officer=officer,
        officer_code=officer.staff_code or "",
        officer_name=officer.name,
        provider=case.provider,
        team=team,
        reason_code=TO_AN_OFFICER,
        active=True,
        from_on=today,
    )
    _take_over_diary(case, was=was, now=now)
    meet_deadline(case=case, kind=OWES, by=by, today=today)
    settle_arrivals(case_ids=[case.pk], by=by, today=today)
    follow_officers(case_ids=[case.pk], by=by)


def close_history(case, *, was, today):
    """End what the history says of whoever holds it until now. `was`: their key, of whom nothing need be said yet."""
    ended = Allocation.objects.filter(case=case, active=True).update(active=False, to_on=today)
    if was and not ended:
        Allocation.objects.create(
            case=case,
            officer_id=was,
            provider=case.provider,
            team=case.team,
            active=False,
            from_on=case.officer_since,
            to_on=today,
        )


def _take_over_diary(case, *, was, now):
    """Appointments to come go along, of whoever had the case and of those who are not here any more."""
    gone = Departure.objects.filter(cancelled_on=None, last_on__lt=localtime(now).date())
    theirs = Q(officer=was) | Q(officer__is_active=False) | Q(officer__in=gone.values("user"))
    coming = Appointment.objects.to_come(now).filter(theirs, contact__case=case)
    coming.update(officer=case.officer)
