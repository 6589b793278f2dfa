"""A small quarter from the record: men who work and wait for Making Amends, one room at Oxford, one leader of evenings."""

from datetime import date, time

from grid.models import LeaderHours
from grid.reference.parts_of_day import PartOfDay
from grid.services.timetable_work import work_out
from grid.services.timetables import ask_for_timetable
from staff.permissions import Role
from tests.factories import UserFactory
from tests.grid.a_place import is_free, somebody
from tests.grid.planned_series import NOW, facilitator, oxford, room_at, waits

QUARTER = date(2018, 10, 1)  # a Monday
WORKDAYS = range(5)


def a_head():
    return UserFactory(role=Role.HEAD)


def man_in_work(parts=(PartOfDay.EVENING,), **known):
    """Free in these parts of a working week alone, and on the list."""
    case = somebody(asked=False, **known)
    is_free(case, parts, WORKDAYS)
    waits(case)
    return case


def leader_of_evenings(name="Fran Field"):
    user = facilitator(name)
    LeaderHours.objects.bulk_create(
        LeaderHours(user=user, weekday=day, from_at=time(12), to_at=time(21)) for day in WORKDAYS
    )
    return user


def a_quarter(people=5, *, holds=14):
    """What there is to plan with. Returns (the place, the people)."""
    place = oxford(postcode="OX1 1AA")
    room_at(place, holds=holds)
    leader_of_evenings()
    return place, [man_in_work() for _ in range(people)]


def asked(by=None, first_on=QUARTER, now=NOW):
    return ask_for_timetable(first_on=first_on, by=by or a_head(), now=now)


def worked_out(by=None, now=NOW):
    """A timetable that is proposed."""
    one = asked(by, now=now)
    work_out(one.pk, now=now, seconds=5)
    one.refresh_from_db()
    return one
