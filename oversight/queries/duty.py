"""Who is expected today, for whoever is on duty: by the hour, with what must be known at the door.

Source: product rules, how it should feel, and limited access (a safety instruction travels to
reception without opening the case).
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Absence, Case, NonAssociation, Reading
from cases.queries.at_the_door import expected_on, warnings_of, with_instructions
from cases.queries.fares import fares_among, sums_of
from cases.queries.paging import page_of
from cases.queries.walk_ins import waiting_among, waiting_rows
from cases.rules.words import counted
from oversight.queries.rows import officer_of
from staff.kit import Tag, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SIZE = 50
MOST_KEPT = 100  # masked rows shown


@dataclass(frozen=True)
class Expected:
    """One appointment of today."""

    when: str
    name: str
    crn: str
    href: str  # the case on one sheet
    what: str
    officer: str
    came: str
    tag: Tag | None
    warning: str  # to staff, and about ringing
    recorded: str  # what was recorded about them today


def cases_on_duty(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_DUTY)
    return cases.filter(team=team) if team else cases


def page_of_expected(user, team, *, after, now):
    """A page of those with an appointment today, by the hour, as (rows, what comes next)."""
    found = page_of(
        _appointments(cases_on_duty(user, team), now).select_related(
            "case", "case__officer", "case__team", "booking__officer"
        ),
        keys=("started_at", "pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    cases = {one.case_id for one in found.rows}
    today = localtime(now).date()
    away = _away({_seen_by(one) for one in found.rows}, today)
    warned, recorded = warnings_of(cases), _recorded(cases, today)
    rows = [_row(one, away, warned, recorded, now) for one in found.rows]
    return rows, found.next_after


def not_to_meet(user, team, now):
    """Pairs who must be kept apart and are both expected today or here now, in words."""
    cases = cases_on_duty(user, team)
    here = Q(pk__in=_appointments(cases, now).values("case")) | Q(
        pk__in=waiting_among(cases).values("case")
    )
    about = Case.objects.filter(here).values("pk")
    pairs = NonAssociation.objects.in_force(localtime(now).date()).filter(
        one__in=about, other__in=about
    )
    return [
        f"{pair.one.name} ({pair.one.crn}) and {pair.other.name} ({pair.other.crn})"
        for pair in pairs.select_related("one", "other").order_by("pk")
    ]


def waiting_on_duty(user, team, now):
    """Those who walked in and wait, whoever came first before the others."""
    return waiting_rows(cases_on_duty(user, team), user, now)


def fares_on_duty(user, team, now):
    """What was given today."""
    today = localtime(now).date()
    return sums_of(fares_among(cases_on_duty(user, team), today, today))


def reached_on_duty(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_DUTY)
    return reached.filter(team=team) if team else reached


def kept_on_duty(user, team):
    """Masked rows of the scope, whoever is expected, each with its safety instruction."""
    return with_instructions(list(reached_on_duty(user, team).masked_to(user)[:MOST_KEPT]))


def _appointments(cases, now):
    return expected_on(localtime(now).date()).filter(case__in=cases)


def _away(officers, today):
    absences = Absence.objects.on(today).filter(user__in=officers).select_related("cover")
    return {one.user_id: one for one in absences}


def _recorded(cases, today):
    readings = Reading.objects.filter(case__in=cases, information__at__date=today)
    return dict(readings.values_list("case").annotate(n=Count("pk")).order_by())


def _row(one, away, warned, recorded, now):
    case = one.case
    came, mark = _came(one, now)
    return Expected(
        when=say_time(localtime(one.started_at).time()),
        name=case.list_name,
        crn=case.crn,
        href=reverse("case-summary", args=[case.crn]),
        what=one.type_name or one.type_code,
        officer=_officer(one, away),
        came=came,
        tag=mark,
        warning=warned.get(case.pk, ""),
        recorded=f"{counted(recorded[case.pk], 'thing')} recorded today"
        if case.pk in recorded
        else "",
    )


def _booked_with(one):
    """Whoever was booked to see them, where we know."""
    booking = getattr(one, "booking", None)
    return booking.officer if booking else None


def _seen_by(one):
    booked = _booked_with(one)
    return booked.pk if booked else one.case.officer_id


def _officer(one, away):
    booked, absence = _booked_with(one), away.get(_seen_by(one))
    who = booked.name if booked else officer_of(one.case)
    if absence is None:
        return who
    cover = f"cover: {absence.cover.name}" if absence.cover else "no cover"
    return f"{who}, away until {say_date(absence.to_on)}, {cover}"


def _came(one, now):
    """Whether they are here, as far as the log says."""
    if one.attended is None:
        return ("Not yet known" if one.started_at <= now else "Still to come"), None
    if one.attended:
        return "", tag("attended")
    return ("", tag("missed")) if not one.complied else ("Did not come, accepted", None)
