"""The officers of the demonstration: hours by contract, what is taken off, training, induction, and how full they were each Monday.

Whose is which goes by their place in the team and among all officers, so that one team shows everything and the others some
of it. Nothing of it is reckoned by the rules that it is there to test.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.timezone import get_current_timezone

from oversight.models import (
    ContractHours,
    HoursOff,
    OfficerInduction,
    TrainingDone,
    WorkloadWeek,
)
from staff.models import User
from staff.permissions import Role
from staff.reference import Grade

FULL_HOURS, FULL_POINTS = 37, 2176
THREE_DAYS = Decimal("22.2")
BUSY, BROKEN, JUST, DROPPED = (0, 2), (0, 1), (2, 0), (2, 1)  # team, place in it
# Per cent on the last five Mondays, the oldest first; None: nothing was kept of that week. Over the limit it is as much at least:
# whoever holds more was fuller. Of everybody else what they hold today is taken, give or take a little
LIMIT = 110
PLANTED = {
    BUSY: (118, 121, 117, 124, 119),  # excessive for five weeks
    BROKEN: (119, 116, None, 122, 118),  # over the limit whenever it was kept, and its run was broken
    JUST: (104, 113, 116, 112, 115),  # excessive for exactly four
    DROPPED: (113, 110, 114, 116, 112),  # once at the limit and not over it
}  # fmt: skip
GIVE_OR_TAKE = 3  # per cent
TRAINED_FOR = timedelta(days=1096)
INDUCTED = {1, 4, 7}  # teams, the last officer of each
UNSUPPORTED = 4


@dataclass
class Member:
    """An officer with what the demonstration says of them. `place`: team, and place in it; `number`: among all."""

    user: User
    senior: User
    place: tuple[int, int]
    number: int
    last: bool  # of the team
    crns: list[str] = field(default_factory=list)  # that they hold
    points: int = 0  # of them, as planted


def members_of(planted):
    """Officers of every team in the order in which they were hired, whoever has left not among them."""
    seniors = {one.team_id: one for one in User.objects.filter(role=Role.SPO)}
    here = User.objects.filter(role=Role.OFFICER, is_active=True).select_related("team")
    officers = list(here.exclude(username=planted["life"]["gone"]).order_by("pk"))
    teams = list(dict.fromkeys(one.team_id for one in officers))
    held: dict[str, list[str]] = {}
    for one in planted["people"]:
        held.setdefault(one["officer"], []).append(one["crn"])
    points = planted["workload"]["points"]
    found, places = [], dict.fromkeys(teams, 0)
    sizes = {team: sum(one.team_id == team for one in officers) for team in teams}
    for number, one in enumerate(officers):
        place, team = places[one.team_id], one.team_id
        places[team] += 1
        crns = [crn for crn in held.get(one.username, []) if crn in points]
        found.append(
            Member(
                user=one,
                senior=seniors[team],
                place=(teams.index(team), place),
                number=number,
                last=place == sizes[team] - 1,
                crns=crns,
                points=sum(points[crn] for crn in crns),
            )
        )
    return found


class Known:
    """What is recorded of the officers: rows, and what they come to."""

    def __init__(self, seed, today):
        self.seed, self.today = seed, today
        self.rows: dict[Any, list[Any]] = {model: [] for model in (ContractHours, HoursOff, TrainingDone, OfficerInduction, WorkloadWeek)}  # fmt: skip
        self.truth = {}

    def write(self, members):
        first = {one.place[0]: one.user for one in members if one.place[1] == 0}
        for one in members:
            contract, off = self._contract(one), self._off(one)
            room = int(Fraction(FULL_POINTS) * (Fraction(contract or FULL_HOURS) - Fraction(off)) / FULL_HOURS)  # fmt: skip
            self.truth[one.user.username] = {
                "contract": None if contract is None else str(contract),
                "off": str(off),
                "room": room,
                "points": one.points,
                "cases": len(one.crns),
                "lacks": self._training(one),
                "induction": self._induction(one, first),
                **self._weeks(one, room),
            }
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)

    def _contract(self, one):
        """Hours a week today; None where nobody has recorded them."""
        if one.number % 11 == 5 and one.place not in PLANTED:
            return None
        part_time = one.number % 7 == 3 or one.place == BUSY
        changed_on = self._ago(200)
        last_full = changed_on - timedelta(days=1) if part_time else None
        self._say(one, ContractHours, from_on=self._ago(400), to_on=last_full, hours=Decimal(FULL_HOURS))  # fmt: skip
        if part_time:
            self._say(one, ContractHours, from_on=changed_on, hours=THREE_DAYS)
        return THREE_DAYS if part_time else Decimal(FULL_HOURS)

    def _off(self, one):
        """Hours a week that are taken off today."""
        off = Decimal(0)
        if one.number % 9 == 4:
            off += self._take(one, "union", 120, None, "7.4", "Representative of the branch, a day a week")  # fmt: skip
        if one.number % 10 == 7:
            off += self._take(one, "phased", 30, 40, "10", "Coming back step by step, as agreed with occupational health")  # fmt: skip
        if one.number % 13 == 6:
            self._take(one, "court_duty", 150, -20, "7.5", "Stood in at court until the post was filled")  # fmt: skip
        if (
            one.user.grade == Grade.TRAINEE
        ):  # in the thirteenth month, so that two fifths are for learning
            hours = Decimal(FULL_HOURS) if one.number % 11 == 5 else self._hours_of(one)
            self._say(
                one, HoursOff, code="trainee_3", from_on=self._ago(400), why="Working for the qualification"
            )  # fmt: skip
            off += hours * 40 / 100
        return off

    def _hours_of(self, one):
        return THREE_DAYS if one.number % 7 == 3 else Decimal(FULL_HOURS)

    def _take(self, one, code, since, left, hours, why):
        to_on = None if left is None else self.today + timedelta(days=left)
        self._say(one, HoursOff, code=code, from_on=self._ago(since), to_on=to_on, hours=Decimal(hours), why=why)  # fmt: skip
        return Decimal(hours)

    def _training(self, one):
        """What they are not trained in, or not any more."""
        lacks = []
        for kind, missing, expired, soon in (
            ("domestic_abuse", one.number % 8 == 7, one.number % 6 == 2, one.number % 6 == 5),
            ("child", one.number % 7 == 6, one.number % 5 == 1, one.number % 5 == 4),
        ):
            if missing:
                lacks.append(kind)
                continue
            left = -55 if expired else 30 if soon else 400 + one.number
            expires_on = self.today + timedelta(days=left)
            self._say(one, TrainingDone, kind=kind, done_on=expires_on - TRAINED_FOR, expires_on=expires_on)  # fmt: skip
            if expired:
                lacks.append(kind)
        for kind, every, since in (("risk_of_harm", 2, 500), ("motivation", 3, 260), ("pro_social", 4, 90)):  # fmt: skip
            if one.number % every == 0:
                self._say(one, TrainingDone, kind=kind, done_on=self._ago(since + one.number))
        return lacks

    def _induction(self, one, first):
        """Whoever supports them, "" for nobody; None: they are in no induction."""
        team, place = one.place
        if team not in INDUCTED or not one.last or place == 0:
            return None
        supporter = None if team == UNSUPPORTED else first[team]
        self._say(one, OfficerInduction, from_on=self._ago(30), to_on=self.today + timedelta(days=54), supporter=supporter)  # fmt: skip
        return supporter.username if supporter else ""

    def _weeks(self, one, room):
        """{weeks: {Monday: per cent}, excess: the Monday since which it is excessive, or None}."""
        monday = self.today - timedelta(days=self.today.weekday())
        mondays = [monday - timedelta(weeks=back) for back in (4, 3, 2, 1, 0)]
        rng = Random(f"weeks {self.seed} {one.user.username}")
        today = one.points * 100 / room if room else 0
        usual = [max(today + rng.uniform(-GIVE_OR_TAKE, GIVE_OR_TAKE), 0) for _ in mondays]
        planted = PLANTED.get(one.place) or usual
        wanted = [
            max(least, as_now) if least and least > LIMIT else least
            for least, as_now in zip(planted, usual, strict=True)
        ]
        kept = {
            week: self._keep(one, week, room, percent)
            for week, percent in zip(mondays, wanted, strict=True)
            if percent is not None
        }
        return {
            "weeks": {week.isoformat(): str(percent) for week, percent in kept.items()},
            "excess": _excess(kept, monday),
        }

    def _keep(self, one, week, room, percent):
        points = round(room * percent / 100)
        shown = _percent(points, room)
        self.rows[WorkloadWeek].append(
            WorkloadWeek(
                user=one.user, week=week, points=points, available=room, percent=shown, cases=len(one.crns),
                policy_version=1, kept_at=self._at(week, 1),
            )
        )  # fmt: skip
        return shown

    def _say(self, one, model, **said):
        on = said.get("from_on") or said["done_on"]
        self.rows[model].append(
            model(user=one.user, recorded_by=one.senior, recorded_at=self._at(on, 10), **said)
        )

    def _ago(self, days):
        return self.today - timedelta(days=days)

    def _at(self, on: date, hour):
        return datetime.combine(on, time(hour), get_current_timezone())


def _percent(points, room):
    """As it is published: the quotient to three places, half up; none of nothing."""
    if not points or not room:
        return Decimal("0.0")
    return (Decimal(points) / Decimal(room)).quantize(Decimal("0.001"), ROUND_HALF_UP) * 100


def _excess(kept, monday):
    """Since when each week was over 110%, where those are four and more up to this one."""
    weeks = 0
    while kept.get(monday - timedelta(weeks=weeks), 0) > LIMIT:
        weeks += 1
    return (monday - timedelta(weeks=weeks - 1)).isoformat() if weeks >= 4 else None
