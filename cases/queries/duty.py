"""Who has the duty of a team: today with whoever covers, and over the four weeks of the rota.

Source: product rules, roles (duty officer).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Absence, Case, DutyTurn
from cases.queries.cover import teams_of
from cases.queries.holding import last_days
from cases.rules.rota import Officer
from staff.kit import on
from staff.models import Team, User
from staff.permissions import Action, Reach, Role, reach

NOBODY = "Nobody has the duty"


@dataclass(frozen=True)
class TurnShown:
    """Somebody on duty on a day. `against`: why they will not be there, in words; blank where they will."""

    key: int
    who: str
    username: str
    against: str


@dataclass(frozen=True)
class DayShown:
    day: date
    title: str  # "Monday 8 October 2018"
    turns: list[TurnShown]
    warning: str  # nobody is on, or none of those who are will be there


@dataclass(frozen=True)
class OnDuty:
    """Of one team, who has the duty today. `who`: blank where nobody has; `warning`: nobody of them is there."""

    team: str
    code: str
    who: str
    warning: bool


def teams_to_see(user):
    """The teams whose day this member of staff sees, and those whose rota they may set, by name."""
    theirs = Case.objects.open_to(user, Action.VIEW_DUTY).values("team")
    return Team.objects.filter(
        Q(pk__in=theirs) | Q(pk__in=teams_to_set(user).values("pk"))
    ).order_by("name")


def teams_to_set(user):
    """The teams whose rota this member of staff may set, by name."""
    teams = Team.objects.order_by("name")
    match reach(user.role, Action.SET_ROTA):
        case Reach.PROVIDER:
            return teams.filter(members__role=Role.OFFICER, members__is_active=True).distinct()
        case Reach.TEAM:
            return teams.filter(pk__in=teams_of(user))
    return teams.none()


def officers_of(team, first, last):
    """[Officer] of the team who work here and have not left by the first day, by name. Three statements."""
    found = User.objects.filter(is_active=True, role=Role.OFFICER, team=team)
    return known_of(found.order_by("last_name", "first_name", "pk"), first, last)


def known_of(users, first, last):
    """[Officer] of these members of staff, but for those who had left before the first day. Two statements more."""
    users = list(users)
    keys = [one.pk for one in users]
    last_on, away = last_days(keys), defaultdict(list)
    absences = Absence.objects.filter(
        user__in=keys, cancelled_on=None, from_on__lte=last, to_on__gte=first
    )
    for user, from_on, to_on in absences.order_by("from_on").values_list(
        "user", "from_on", "to_on"
    ):
        away[user].append((from_on, to_on))
    known = [Officer(one.pk, one.name, tuple(away[one.pk]), last_on.get(one.pk)) for one in users]
    return [one for one in known if one.last_on is None or one.last_on >= first]


def rota_of(team, days):
    """[DayShown] of these days. In a fixed number of statements."""
    turns = DutyTurn.objects.standing().filter(team=team, on__in=days).select_related("user")
    turns = list(turns.order_by("on", "user__last_name", "user__first_name", "pk"))
    known = _known_of_turns(turns, days)
    by_day = defaultdict(list)
    for one in turns:
        by_day[one.on].append(
            TurnShown(one.pk, one.user.name, one.user.username, known[one.user_id].beside(one.on))
        )
    return [_day(day, by_day[day]) for day in days]


def on_duty_today(teams, today):
    """[OnDuty] of each of these teams, as given. In a fixed number of statements."""
    teams = list(teams)
    turns = DutyTurn.objects.on(today).filter(team__in=teams).select_related("user")
    turns = list(turns.order_by("user__last_name", "user__first_name", "pk"))
    away = Absence.objects.on(today).filter(user__in=[one.user_id for one in turns])
    away = {one.user_id: one for one in away.select_related("cover")}
    last = last_days([one.user_id for one in turns])
    by_team = defaultdict(list)
    for one in turns:
        by_team[one.team_id].append(one)
    return [_on_duty(team, by_team[team.pk], away, last, today) for team in teams]


def duty_of(case, today):
    """Keys of those who have the duty of the team of a case today."""
    turns = DutyTurn.objects.on(today).filter(team__isnull=False, team=case.team_id)
    return list(turns.values_list("user", flat=True))


def _known_of_turns(turns, days):
    users = {one.user_id: one.user for one in turns}
    return {one.key: one for one in known_of(users.values(), date.min, max(days, default=date.min))}


def _day(day, turns):
    there = [one for one in turns if not one.against]
    warning = "" if there else (NOBODY if not turns else "Nobody of those on duty is there")
    return DayShown(day, f"{day:%A} {on(day)}", turns, warning)


def _on_duty(team, turns, away, last, today):
    said, there = [], 0
    for one in turns:
        absence, last_on = away.get(one.user_id), last.get(one.user_id)
        if last_on and last_on < today:
            said.append(f"{one.user.name}, who has left")
        elif absence:
            cover = f"{absence.cover.name} covers" if absence.cover else "nobody covers"
            there += bool(absence.cover)
            said.append(f"{one.user.name}, away until {on(absence.to_on)}: {cover}")
        else:
            there += 1
            said.append(one.user.name)
    return OnDuty(team.name, team.code, "; ".join(said), warning=not there)
