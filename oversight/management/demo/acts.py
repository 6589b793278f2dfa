"""What the acts of the demonstration share: whose case it is, who acts, on which day."""

from datetime import time

from cases.management.days import by_now
from cases.management.demo import life
from cases.models import Case
from staff.models import User
from staff.permissions import Role


class Acts:
    """`planted`: of the truth, the life of cases."""

    def __init__(self, today, planted):
        self.today, self.planted = today, planted

    def case(self, befell):
        """As it stands now, of whoever this befalls."""
        return Case.objects.select_related("officer", "team").get(
            crn=self.planted["befell"][befell]
        )

    def befell(self, crn):
        return next(name for name, one in self.planted["befell"].items() if one == crn)

    def day(self, days):
        return life.day(self.today, days)

    def at(self, on, hour=11):
        return by_now(on, time(hour))

    def user(self, username):
        return User.objects.get(username=username)

    @property
    def hub(self):
        return self.user(Role.HUB)


def senior_of(case):
    return User.objects.filter(role=Role.SPO, team=case.team).first()
