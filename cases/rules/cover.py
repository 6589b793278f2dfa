"""Whether somebody may be away from one day to another, and who may cover for them.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from dataclasses import dataclass
from datetime import date

from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

MAY_COVER = {  # whose work somebody of another role is trained and allowed to do
    Role.OFFICER: frozenset({Role.OFFICER, Role.SPO}),
    Role.SPO: frozenset({Role.SPO, Role.HEAD}),
    Role.HEAD: frozenset({Role.HEAD}),
}


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    from_on: date
    to_on: date

    def overlap(self, other):
        return self.from_on <= other.to_on and other.from_on <= self.to_on

    def __str__(self):
        if self.from_on == self.to_on:
            return f"on {say_date(self.from_on)}"
        return f"from {say_date(self.from_on)} to {say_date(self.to_on)}"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is to cover, or to be away."""

    username: str
    name: str
    role: Role
    active: bool
    away: tuple[Days, ...] = ()


def check_absence(days, user, cover, today):
    """Refuse an absence that is over, that is there already, or whose cover could not cover it.

    `cover` may be nobody: then the seniors hear. Whoever is away themselves covers for nobody, so
    no two can cover for each other.
    """
    if days.to_on < days.from_on:
        raise RuleBroken("The last day away cannot be before the first.")
    if days.to_on < today:
        raise RuleBroken(f"{say_date(days.to_on)} has been. Enter today or a later day.")
    if user.role not in MAY_COVER:
        raise RuleBroken(f"{user.name} holds no cases, so nobody need cover for them.")
    for other in user.away:
        if days.overlap(other):
            raise RuleBroken(f"{user.name} is away {other} already. Cancel that first.")
    if cover is not None:
        _check_cover(days, user, cover)


def _check_cover(days, user, cover):
    if cover.username == user.username:
        raise RuleBroken(f"{user.name} cannot cover for themselves. Choose somebody else.")
    if not cover.active:
        raise RuleBroken(f"{cover.name} has no open account. Choose somebody else.")
    if cover.role not in MAY_COVER[user.role]:
        raise RuleBroken(
            f"{cover.name} cannot cover for a {user.role.title.lower()}: their role is"
            f" {cover.role.title.lower()}. Choose somebody else."
        )
    for other in cover.away:
        if days.overlap(other):
            raise RuleBroken(f"{cover.name} is away {other}. Choose somebody who is here.")
