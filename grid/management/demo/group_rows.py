"""Writes rooms, whoever leads groups, and the series with their sessions: as the services would have left them, in few statements.

By rows and not by the services, for no service plans a series that has begun.
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.management.days import by_now
from cases.models import Absence, OpeningHours, Place, PostcodePoint
from grid.management.demo import group_plans as plans
from grid.models import (
    LeaderHours,
    LeaderTraining,
    Room,
    RoomShut,
    Series,
    SeriesSession,
    SessionLeader,
)
from staff.models import User
from staff.permissions import Role
from staff.reference import StatedSex

MEN = {
    "Amit", "Charles", "Damian", "Duncan", "Fergus", "Gordon", "Ivan", "Jasper", "Julian", "Karim", "Leo", "Miles",
    "Neville", "Noel", "Ravi", "Roger", "Rowan", "Sunil", "Theo", "Vincent",
}  # fmt: skip
WEEK = range(5)
BY_DAY, BY_NIGHT = (time(8, 30), time(17, 30)), (time(13), time(21))
HALL_EASTING, HALL_NORTHING = 496800, 179600
TRAINED_FOR = timedelta(days=700)
PLANNED_BEFORE = timedelta(weeks=4)
SENT_AFTER = timedelta(minutes=20)


class Groups:
    """The rows once written: `series` are beside the plans of their order in `plans.SERIES`."""

    def __init__(self, today, *, by, policy_version):
        self.today, self.by, self.version = today, by, policy_version
        self.now = by_now(today, time(8))
        self._write_hall()
        self.places = {one.name: one for one in Place.objects.all()}
        self.rooms = self._write_rooms()
        self.leaders = self._write_leaders()
        self.series = self._write_series()

    def at_site(self, site):
        """The series that is held there, of sites with one."""
        return next(
            row for row, one in zip(self.series, plans.SERIES, strict=True) if one.site == site
        )

    def _write_hall(self):
        hall = Place.objects.create(
            name=plans.HALL,
            address=plans.HALL_ADDRESS,
            postcode=plans.HALL_POSTCODE,
            how_to_find="The door is round the back, by the bus stop.",
            step_free=True,
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(place=hall, weekday=weekday, from_at=hours[0], to_at=hours[1])
            for weekday, hours in plans.HALL_HOURS.items()
        )
        point = {"easting": HALL_EASTING, "northing": HALL_NORTHING}
        postcode = plans.HALL_POSTCODE.replace(" ", "")
        PostcodePoint.objects.get_or_create(postcode=postcode, defaults=point)

    def _write_rooms(self):
        made = Room.objects.bulk_create(
            Room(place=self.places[place], name=name, holds=holds)
            for place, name, holds in plans.ROOMS
        )
        found = {(one.place.name, one.name): one for one in made}
        from_on = self.today + timedelta(days=plans.SHUT_FROM)
        RoomShut.objects.create(
            room=found[plans.SHUT_AT, plans.GROUP_ROOM],
            from_on=from_on,
            to_on=from_on + timedelta(days=plans.SHUT_DAYS - 1),
            why=plans.SHUT_WHY,
            recorded_at=self.now,
            recorded_by=self.by,
        )
        return found

    def _write_leaders(self):
        """{number, or WOMAN: user}, the demonstration's own sign-in first, with training, hours and one on leave."""
        theirs = User.objects.filter(role=Role.FACILITATOR, is_active=True)
        own = theirs.get(username=Role.FACILITATOR)
        users = [own, *theirs.exclude(pk=own.pk).order_by("pk")]
        for one in users:
            one.sex = StatedSex.MAN if one.first_name in MEN else StatedSex.WOMAN
        woman = next((one for one in users[1:] if one.sex == StatedSex.WOMAN), users[-1])
        woman.sex = StatedSex.WOMAN
        User.objects.bulk_update(users, ["sex"])
        found = dict(enumerate(one for one in users if one is not woman))
        found[plans.WOMAN] = woman
        self._write_training(found)
        self._write_hours(found)
        self._write_leave(found[plans.ON_LEAVE])
        return found

    def _write_training(self, leaders):
        wanted = {(number, one.skill) for one in plans.SERIES for number in one.leaders}
        LeaderTraining.objects.bulk_create(
            LeaderTraining(
                user=leaders[number],
                skill=skill,
                from_on=self.today - TRAINED_FOR,
                until=runs_out_on(self.today) if number == plans.RUNS_OUT else None,
                recorded_at=self.now,
                recorded_by=self.by,
            )
            for number, skill in sorted(wanted)
        )

    def _write_hours(self, leaders):
        at_night = {
            (number, weekday)
            for one in plans.SERIES
            if one.code in plans.IN_THE_EVENING and one.site == plans.HALL
            for number in one.leaders
            for weekday in one.weekdays
        }
        LeaderHours.objects.bulk_create(
            LeaderHours(user=user, weekday=weekday, from_at=hours[0], to_at=hours[1])
            for number, user in leaders.items()
            for weekday in WEEK
            for hours in [BY_NIGHT if (number, weekday) in at_night else BY_DAY]
        )

    def _write_leave(self, user):
        from_on, to_on = leave_of(self.today)
        Absence.objects.create(user=user, from_on=from_on, to_on=to_on, by=self.by)

    def _write_series(self):
        series = Series.objects.bulk_create(self._series(one) for one in plans.SERIES)
        dated = list(zip(series, plans.SERIES, strict=True))
        sessions = SeriesSession.objects.bulk_create(
            session for row, one in dated for session in self._sessions(row, one)
        )
        led = {row.pk: one.leaders for row, one in dated}
        SessionLeader.objects.bulk_create(
            SessionLeader(
                session=session,
                user=self.leaders[number],
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                named_at=self.now - PLANNED_BEFORE,
                named_by=self.by,
            )
            for session in sessions
            for number in led[session.series_id]
        )
        return series

    def _series(self, one):
        return Series(
            code=one.code,
            place=self.places[one.site],
            places=one.places,
            leaders=len(one.leaders),
            women_only=one.women,
            led_by_women=one.women,
            rolling=one.rolling,
            entries=list(one.entries),
            must_finish=one.must_finish,
            skill=one.skill,
            dose={"sessions": one.sessions, "minutes": one.minutes, "a_week": one.a_week},
            weekly=[[weekday, f"{one.from_at:%H:%M}"] for weekday in one.weekdays],
            policy_version=self.version,
            planned_at=at(one.days(self.today)[0], time(10)) - PLANNED_BEFORE - timedelta(weeks=4),
            planned_by=self.by,
        )

    def _sessions(self, row, one):
        days, unsent = one.days(self.today), unsent_of(one, self.today)
        for number, day in enumerate(days, start=1):
            starts_at = at(day, one.from_at)
            ends_at = starts_at + timedelta(minutes=one.minutes)
            sent = day < self.today and number not in unsent and not one.members
            yield SeriesSession(
                series=row,
                number=number,
                starts_at=starts_at,
                ends_at=ends_at,
                room=self.rooms[one.site, one.room],
                sent_at=ends_at + SENT_AFTER if sent else None,
                sent_by=self.leaders[one.leaders[0]] if sent else None,
            )


def unsent_of(one, today):
    """Numbers of the sessions before today whose register was not sent: the last, where that is planned."""
    been = sum(day < today for day in one.days(today))
    return [been] if one.unsent and been else []


def leave_of(today):
    """The first and the last day of the leave that nobody covers."""
    from_on = plans.monday_of(today) + timedelta(weeks=plans.LEAVE_WEEK)
    return from_on, from_on + timedelta(days=4)


def runs_out_on(today):
    """The last day of the training that runs out."""
    return plans.monday_of(today) + timedelta(weeks=plans.RUNS_OUT_WEEK, days=4)


def at(day, moment):
    return datetime.combine(day, moment, get_current_timezone())
