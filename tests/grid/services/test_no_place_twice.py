"""Two who act at one moment: of two who want the last place one has it, and nobody is in two series at one hour."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from grid.models import GroupAttendance, SeriesPlace
from grid.services.places import give_place
from staff.errors import RuleBroken
from tests.factories import UserFactory
from tests.grid.a_place import apart, joins, somebody
from tests.grid.planned_series import NOW, facilitator, oxford, planned, room_at, waits

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*wanted):
    """Each (referral, series) is given at the same moment, over a connection of its own. Returns what was refused."""
    together, refused, failed = Barrier(len(wanted)), [], []
    by = UserFactory()

    def give(referral, series):
        try:
            together.wait()
            give_place(referral=referral, series=series, seen=(), by=by, now=NOW)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=give, args=one) for one in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    return refused


def test_two_people_for_the_last_place():
    series = planned(leaders=[facilitator(skill="Making Amends")], places=4)
    for _ in range(3):
        joins(series)
    waiting = [waits(somebody()), waits(somebody())]

    (refused,) = at_once(*((one, series) for one in waiting))

    assert refused.startswith("It has 4 places, all of them taken.")
    assert SeriesPlace.objects.filter(series=series).count() == 4
    assert GroupAttendance.objects.filter(place__referral__in=waiting).count() == 6


def test_one_person_into_two_series_at_one_hour():
    place, case = oxford(), somebody()
    amends = planned(leaders=[facilitator(skill="Making Amends")], place=place)
    steps = planned(
        leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")],
        code="stepping_stones", place=place, room=room_at(place, "Room 2"),
    )  # fmt: skip

    (refused,) = at_once(
        (waits(case), amends), (waits(case, "stepping_stones"), steps)
    )  # fmt: skip

    assert "They are in another series at 6pm on 2 October 2018" in refused
    assert SeriesPlace.objects.count() == 1
    assert len(set(GroupAttendance.objects.values_list("starts_at"))) == GroupAttendance.objects.count()  # fmt: skip


def test_one_person_into_one_series_twice():
    series, referral = planned(leaders=[facilitator(skill="Making Amends")]), waits(somebody())

    (refused,) = at_once((referral, series), (referral, series))

    assert refused == "They are in this series already."
    assert GroupAttendance.objects.count() == 6


def test_two_who_are_to_be_kept_apart():
    one, other = somebody(), somebody()
    apart(one, other)
    series = planned(leaders=[facilitator(skill="Making Amends")])

    (refused,) = at_once((waits(one), series), (waits(other), series))

    assert refused.startswith("Somebody they are to be kept apart from")
    assert SeriesPlace.objects.count() == 1
