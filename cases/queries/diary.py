"""The diary of a member of staff or of a team: whom they see, on one day or through a week.

Source: product rules, failures; limited access (a case kept from the reader is its masked row and no more, and
the time it takes is said to be taken without saying by whom).
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Absence, Case, Contact, Limit, Registration
from cases.queries.appointments import (
    BESIDE,
    NOT_BOOKED_HERE,
    what_it_enforces,
    where_of,
    who_of,
)
from cases.queries.booking import kept_in_diary
from cases.queries.days import midnight
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.reference.appointments import Interpreter, ToldHow
from cases.reference.codes import Register
from cases.rules.booking import USUAL, overlaps
from cases.rules.booking_facts import Busy
from staff.kit import Masked, Tag, on, tag
from staff.models import Team, User
from staff.permissions import Action, Reach, Role, reach
from staff.rules.dates import say_date, say_time

MOST = 400  # appointments of one look
MOST_KEPT = 100  # masked rows shown
WEEK = 7
HAS_A_DIARY = (Role.OFFICER, Role.SPO, Role.RESETTLEMENT)


@dataclass(frozen=True)
class Seen:
    """One appointment, or time that is taken by somebody the reader may not open."""

    when: str
    on: str  # for machines
    name: str = ""  # surname first; blank: taken, and not said by whom
    crn: str = ""
    href: str = ""  # the appointment
    case: str = ""  # the case
    what: str = ""
    where: str = ""
    who: str = ""  # who sees them
    enforces: str = ""
    warning: str = ""  # to staff
    chips: list[Tag] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """One day of a diary."""

    title: str
    rows: list[Seen]
    away: list[str]  # who is away that day
    is_today: bool


@dataclass(frozen=True)
class Diary:
    days: list[Day]
    masked: list[Masked]
    more: bool  # not everything fits on one look


def who_to_choose(user):
    """Staff whose diary this reader may see: their own, their team's, or everybody's; themselves first."""
    active = User.objects.filter(is_active=True, role__in=HAS_A_DIARY)
    match reach(user.role, Action.VIEW_DIARY):
        case Reach.PROVIDER:
            found = active
        case Reach.TEAM:
            found = active.filter(Q(team__isnull=False, team=user.team_id) | Q(pk=user.pk))
        case _:
            found = active.filter(pk=user.pk)
    ordered = found.select_related("team").order_by("last_name", "first_name", "pk")
    return sorted(ordered, key=lambda one: one.pk != user.pk)


def teams_to_choose(user):
    """Teams whose diary this reader may see whole: their own, or every one that holds a case."""
    match reach(user.role, Action.VIEW_DIARY):
        case Reach.PROVIDER:
            held = Case.objects.exclude(team=None).order_by().values("team").distinct()
            return list(Team.objects.filter(pk__in=held).order_by("name"))
        case Reach.TEAM:
            return [user.team] if user.team else []
    return []


def diary_of(user, *, staff, team, first, days, now):
    """What the reader may see of these days. `staff` or `team`: whose."""
    start, end = midnight(first), midnight(first + timedelta(days=days))
    found = list(_expected(staff, team, start, end)[: MOST + 1])
    more, found = len(found) > MOST, found[:MOST]
    opened = _opened(user, found)
    away = _away(staff, team, first, first + timedelta(days=days))
    rows = _rows(found, opened, user, now, of_one=staff is not None)
    by_day: dict[date, list[Seen]] = {first + timedelta(days=n): [] for n in range(days)}
    for contact, row in rows:
        by_day[localtime(contact.started_at).date()].append(row)
    return Diary(
        days=[
            Day(
                title=f"{day:%A} {say_date(day)}",
                rows=seen,
                away=[_say_away(one) for one in away if one.from_on <= day <= one.to_on],
                is_today=day == localtime(now).date(),
            )
            for day, seen in by_day.items()
        ],
        masked=_masked(user, staff, team),
        more=more,
    )


def within_diary(user, staff, start, end):
    """The same for a machine: times, with the case and the kind where the reader may open it."""
    found = list(_expected(staff, None, start, end)[:MOST])
    opened = _opened(user, found)
    return [
        {
            "started_at": one.started_at,
            "ended_at": one.ended_at,
            "crn": opened[one.case_id].crn if one.case_id in opened else "",
            "appointment": one.pk if one.case_id in opened else None,
            "type_code": one.type_code if one.case_id in opened else "",
            "outcome_code": one.outcome_code if one.case_id in opened else "",
        }
        for one in found
    ]


def _expected(staff, team, start, end):
    """Appointments of those days, whoever may see them. Moved and called off ones are on the case's page."""
    kept = kept_in_diary(start=start, end=end, officer=staff, team=team)
    found = Contact.objects.filter(pk__in=kept).select_related("case__officer", *BESIDE)
    return found.order_by("started_at", "pk")


def _opened(user, found):
    """Those of the cases that the reader may open, by key."""
    cases = Case.objects.open_to(user, Action.VIEW_DIARY)
    cases = cases.filter(pk__in={one.case_id for one in found})
    return {one.pk: one for one in cases.select_related("officer")}


def _rows(found, opened, user, now, *, of_one):
    cases = list(opened.values())
    may = actions_on_each(cases, user)
    names, warned = names_for_each(cases, may), _warned(opened)
    clashing = _clashing(found) if of_one else set()
    for one in found:
        case = opened.get(one.case_id)
        if case is None:
            yield one, Seen(when=_times(one), on=_machine(one), what="Taken")
            continue
        one.case = case
        yield one, _seen(one, case, names[case.pk], case.pk in warned, one.pk in clashing, now)


def _seen(one, case, names, warned, clashes, now):
    booking = getattr(one, "booking", None)
    enforces = what_it_enforces(one, booking, names)
    return Seen(
        when=_times(one),
        on=_machine(one),
        name=case.list_name,
        crn=case.crn,
        href=reverse("appointment", args=[case.crn, one.pk]),
        case=reverse("case", args=[case.crn]),
        what=one.type_name or one.type_code,
        where=where_of(one, booking, names),
        who=who_of(one, booking) or (case.officer.name if case.officer else ""),
        enforces="" if enforces == NOT_BOOKED_HERE else enforces,
        warning="Risk or warning to staff" if warned else "",
        chips=list(_chips(one, booking, clashes, now)),
    )


def _chips(one, booking, clashes, now):
    """What there is to know or to do about it, each in a word or two."""
    if one.outcome_code:
        if one.attended:
            yield tag("attended")
        elif one.attended is False and not one.complied:
            yield tag("missed")
        else:
            yield tag("did-not-come")
        return
    if one.started_at <= now:
        yield tag("to-be-logged")
        return
    if clashes:
        yield tag("clash")
    if booking and booking.interpreter == Interpreter.TO_BOOK:
        yield tag("interpreter")
    if booking and booking.told_how == ToldHow.NOT_YET:
        yield tag("not-told")


def _clashing(found):
    """Those whose time another of the same diary takes too."""
    timed = [(one.pk, _taken(one)) for one in found if not one.outcome_code and _is_timed(one)]
    return {
        pk
        for pk, taken in timed
        for other, theirs in timed
        if pk != other and overlaps(theirs, taken.starts_at, taken.ends_at)
    }


def _taken(one):
    return Busy(one.started_at, one.ended_at or one.started_at + timedelta(minutes=USUAL))


def _is_timed(one):
    return one.ended_at is not None or localtime(one.started_at).time() != time()


def _times(one):
    if not _is_timed(one):
        return "Time not recorded"
    until = f" to {say_time(localtime(one.ended_at))}" if one.ended_at else ""
    return f"{say_time(localtime(one.started_at))}{until}"


def _machine(one):
    return localtime(one.started_at).isoformat(timespec="minutes")


def _warned(cases):
    current = Registration.objects.current().filter(case__in=cases)
    warned = current.filter(Q(type_code=Register.RISK_TO_STAFF) | Q(warn_staff=True))
    return set(warned.values_list("case", flat=True))


def _away(staff, team, first, end):
    absences = Absence.objects.filter(cancelled_on=None, from_on__lt=end, to_on__gte=first)
    theirs = absences.filter(user=staff) if staff else absences.filter(user__team=team)
    return list(theirs.select_related("user", "cover").order_by("from_on", "pk"))


def _say_away(one):
    cover = f"cover: {one.cover.name}" if one.cover else "no cover named"
    return f"{one.user.name} is away until {on(one.to_on)}, {cover}."


def _masked(user, staff, team):
    """Cases of this diary's owner that are kept from the reader, whoever is expected."""
    reached = Case.objects.within_reach(user, Action.VIEW_DIARY)
    reached = reached.filter(officer=staff) if staff else reached.filter(team=team)
    masked = list(reached.masked_to(user)[:MOST_KEPT])
    limits = Limit.objects.filter(case__crn__in=[row.crn for row in masked]).exclude(safety="")
    safety = {
        crn: f"{words.strip(' .')}. " for crn, words in limits.values_list("case__crn", "safety")
    }
    return [Masked(one.crn, f"{safety.get(one.crn, '')}{one.message}", one.ask) for one in masked]
