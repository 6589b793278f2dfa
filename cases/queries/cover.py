"""Who is away and who covers for them: on the case, on the team board, and where it is arranged.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from cases.models import Absence, Case, Limit, Notice
from cases.models.worded_once import worded_once
from cases.queries.people import officer_of
from cases.rules.cover import MAY_COVER
from staff.kit import on
from staff.models import User
from staff.permissions import Action, Reach, Role, reach

COMPLAINTS = "/complaints/"  # what stands in the address of each


@dataclass(frozen=True)
class Away:
    """One absence, in words."""

    who: str
    days: str
    cover: str
    now: bool
    cancel: str  # the address that cancels it; blank for those who may not


def officer_now(case, today):
    """Who holds the case, and while they are away until when and who covers."""
    if case.retained_by or not case.officer_id:
        return officer_of(case)
    absence = next(iter(_away_with_cover(case.officer_id, today)), None)
    if absence is None:
        return officer_of(case)
    cover = f"cover: {absence.cover.name}" if absence.cover else "no cover: ask the team's senior"
    return f"{officer_of(case)} (away until {on(absence.to_on)}, {cover})"


@worded_once
def _away_with_cover(officer, today):
    away = Absence.objects.on(today).filter(user=officer).select_related("cover")
    return away.order_by("pk")[:1]


def staff_to_arrange_for(user):
    """Those whose absence this member of staff may arrange: their own, their team's, or everybody's."""
    holders = User.objects.filter(is_active=True, role__in=MAY_COVER)
    match reach(user.role, Action.ARRANGE_COVER):
        case Reach.PROVIDER:
            return holders
        case Reach.TEAM:
            return holders.filter(Q(pk=user.pk) | Q(team__in=teams_of(user), role=Role.OFFICER))
        case Reach.OWN | Reach.ASSIGNED:
            return holders.filter(pk=user.pk)
    return holders.none()


def teams_of(user):
    """The keys of a senior's own team and of those of seniors for whom they cover now."""
    covered = Absence.objects.covered_by(user).teams().values_list("user__team", flat=True)
    return [*([user.team_id] if user.team_id else []), *covered]


def cover_to_choose(users):
    """Those who may cover for any of these: their own teams first, by name. Nobody covers for themselves."""
    roles = {role for one in users for role in MAY_COVER[Role(one.role)]}
    teams = {one.team_id for one in users}
    found = User.objects.filter(is_active=True, role__in=roles).select_related("team")
    if len(users) == 1:
        found = found.exclude(pk=users[0].pk)
    ordered = found.order_by("last_name", "first_name", "pk")
    return sorted(ordered, key=lambda one: one.team_id not in teams)


def absences_of(users, today):
    """Absences of these members of staff that are not over nor cancelled."""
    return Absence.objects.filter(user__in=users, cancelled_on=None, to_on__gte=today)


def away_from(team, today):
    """Those of this team who are away today, or of every team where it is None."""
    return _in_words(_away_of_a_team(team.pk, today) if team else _away_of_every_team(today), today)


@worded_once
def _away_of_a_team(team, today):
    return _in_order(Absence.objects.on(today).filter(user__team=team))


@worded_once
def _away_of_every_team(today):
    return _in_order(Absence.objects.on(today))


def away_rows(absences, today, *, may_cancel=False):
    return _in_words(_in_order(absences), today, may_cancel=may_cancel)


def _in_order(absences):
    return absences.select_related("user", "cover").order_by("from_on", "pk")


def _in_words(absences, today, *, may_cancel=False):
    return [
        Away(
            who=one.user.name,
            days=f"{on(one.from_on)} to {on(one.to_on)}",
            cover=one.cover.name if one.cover else "Nobody named: the senior probation officer",
            now=one.from_on <= today,
            cancel=reverse("cancel-absence", args=[one.pk]) if may_cancel else "",
        )
        for one in absences
    ]


def covers_for(user):
    """Those for whom this member of staff covers today."""
    return [one.user for one in Absence.objects.covered_by(user).select_related("user")]


@worded_once
def covered_by(user):
    """The keys of those for whom this member of staff covers today."""
    return Absence.objects.covered_by(user).values_list("user", flat=True)


def notices_to(user, covered=None):
    """Notices to this member of staff, and to those for whom they cover about cases open to them.

    Never about a case from which they have been shut out since; and of a complaint, which may be about whoever
    covers, those who were told themselves. `covered`: of `covered_by`, where that is known.
    """
    covered = covered_by(user) if covered is None else covered
    own = Notice.objects.to(user)
    if covered:
        open_to_them = Case.objects.open_to(user, Action.VIEW_CASE)
        theirs = Q(user__in=covered, case__in=open_to_them) & ~Q(href__contains=COMPLAINTS)
        own = Notice.objects.filter(Q(user=user) | theirs, seen_at=None).order_by("-at", "-pk")
    return own.exclude(case__in=Limit.objects.against(user).values("case"))
