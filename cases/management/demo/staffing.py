"""Writes the workforce: provider, units, teams and users; and keeps their keys for the cases."""

from datetime import datetime, time

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from cases.management.demo import places, signins
from cases.management.demo.workforce import MAIL
from staff.models import LocalDeliveryUnit, Provider, Team, User
from staff.permissions import Role

NOBODY_MAY_SIGN_IN = UNUSABLE_PASSWORD_PREFIX + "of somebody invented"
HEADQUARTERS = ("C16HQ", "Thames Valley, all sites")
ELSEWHERE = (
    places.HUB_TEAM,
    places.UNPAID_WORK_TEAM,
    places.PROGRAMMES_TEAM,
    places.RESETTLEMENT_TEAM,
    places.HEAD_OFFICE,
)


class StaffRows:
    """The rows of the workforce once written. `now` is the first moment of the caseload's today."""

    def __init__(self, workforce, today):
        self.now = timezone.make_aware(datetime.combine(today, time()))
        self.provider = self._provider(*places.PROVIDER, nps=False)
        self.nps = self._provider(*places.NPS, nps=True)
        self.teams = {}
        self._write_teams(workforce)
        self._write_users(workforce)

    def team_id(self, code):
        return self.teams[code].pk

    def provider_of(self, plan):
        return self.provider.pk if plan.team else self.nps.pk

    def _provider(self, code, name, *, nps):
        provider, _ = Provider.objects.update_or_create(
            code=code, defaults={"name": name, "nps": nps}
        )
        return provider

    def _write_teams(self, workforce):
        units = {
            team.unit: LocalDeliveryUnit(
                provider=self.provider, code=team.unit, name=_unit_name(team)
            )
            for team in workforce.teams
        }
        code, name = HEADQUARTERS
        units[code] = LocalDeliveryUnit(provider=self.provider, code=code, name=name)
        LocalDeliveryUnit.objects.bulk_create(units.values())
        teams = [
            Team(unit=units[team.unit], code=team.code, name=team.name) for team in workforce.teams
        ]
        teams += [Team(unit=units[code], code=team, name=words) for team, words in ELSEWHERE]
        self.teams = {team.code: team for team in Team.objects.bulk_create(teams)}

    def _write_users(self, workforce):
        password = signins.hashed()
        users = [
            User(
                username=one.username,
                first_name=one.forename,
                last_name=one.surname,
                email=f"{one.username}@{MAIL}",
                role=one.role,
                grade=one.grade,
                team=self.teams[one.team],
                staff_code=one.code,
                password=password if one.username in set(Role) else NOBODY_MAY_SIGN_IN,
                date_joined=self.now,
            )
            for one in workforce.staff
        ]
        for one, user in zip(workforce.staff, User.objects.bulk_create(users), strict=True):
            one.user_id = user.pk


def _unit_name(team):
    return team.site.name + (f" ({team.unit.rpartition('-')[2]})" if "-" in team.unit else "")
