"""When many can come, in the same few statements."""

from datetime import date, datetime, time, timedelta

import pytest

from grid.models import GroupAttendance, SaidWeek
from grid.queries.weeks import ANOTHER_GROUP, asked_of, weeks_of
from grid.rules.free_slots import Commitment, Week, WeekHours
from grid.rules.sessions import LONDON
from tests.factories import AppointmentFactory, CaseFactory
from tests.grid.a_week import (
    AFTERNOON,
    CALLED_OFF,
    ELEVEN,
    EVENING,
    MONDAY,
    MORNING,
    NINE,
    NOW,
    SATURDAY,
    TODAY,
    TUESDAY,
    old_tie,
    say,
    tie,
)
from tests.grid.planned_series import member, planned, sessions_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def week_of(case, today=TODAY):
    return weeks_of([case.pk], today)[case.pk]


def expected_at(session, place, **columns):
    """Somebody with a place is expected at a session."""
    booked = AppointmentFactory(case=place.case, at=session.starts_at, **columns)
    return GroupAttendance.objects.create(
        session=session, place=place, case=place.case, appointment=booked,
        starts_at=session.starts_at, ends_at=session.ends_at,
    )  # fmt: skip


def test_nobody_has_asked_is_not_the_same_as_no_time():
    case = CaseFactory()
    tie(case)

    assert week_of(case) is None


def test_the_parts_and_the_hours_they_said():
    case = CaseFactory()
    say(case, {TUESDAY: [EVENING, MORNING], SATURDAY: [AFTERNOON]}, [(MONDAY, NINE, ELEVEN)])

    assert set(week_of(case).said) == {
        WeekHours(TUESDAY, 8 * 60, 12 * 60),
        WeekHours(TUESDAY, 17 * 60, 22 * 60),
        WeekHours(SATURDAY, 12 * 60, 17 * 60),
        WeekHours(MONDAY, 9 * 60, 11 * 60),
    }


def test_only_what_they_said_last_counts():
    case = CaseFactory()
    say(case, by_way_of="foot")
    say(case, {MONDAY: [MORNING]}, by_way_of="car", now=NOW + DAY)

    assert week_of(case) == Week((WeekHours(MONDAY, 8 * 60, 12 * 60),))
    assert asked_of([case.pk], TODAY)[case.pk].by_way_of == "car"
    assert SaidWeek.objects.count() == 2


def test_what_they_are_tied_to_stands_until_it_is_over_or_taken_back():
    case = CaseFactory()
    say(case)
    tie(case, "work")
    old_tie(case, words="a course", last_on=TODAY - DAY)
    old_tie(case, words="school", taken_back_at=NOW, taken_back_by=case.officer)
    tie(case, "court", MONDAY, NINE, ELEVEN, first_on=TODAY, last_on=TODAY)

    assert week_of(case).commitments == (
        Commitment("court", WeekHours(MONDAY, 540, 660), TODAY, TODAY),
        Commitment("work", WeekHours(TUESDAY, 540, 1080)),
    )


def test_a_night_shift_ends_on_the_next_day():
    case = CaseFactory()
    say(case)
    tie(case, "the night shift", SATURDAY, time(22), time(6))

    assert week_of(case).commitments == (
        Commitment("the night shift", WeekHours(SATURDAY, 1320, 1440)),
        Commitment("the night shift", WeekHours(6, 0, 360)),
    )


def test_sessions_of_a_group_to_come_stand_among_them_once_each():
    case = CaseFactory()
    say(case)
    series = planned()
    place, [first, second, third, *_] = member(series, case), sessions_of(series)
    expected_at(first, place)
    gone = expected_at(second, place)
    gone.stands = False
    gone.save()
    expected_at(third, place, **CALLED_OFF)

    tuesday = date(2018, 10, 2)
    assert week_of(case).commitments == (
        Commitment(ANOTHER_GROUP, WeekHours(TUESDAY, 18 * 60, 20 * 60), tuesday, tuesday),
    )
    assert week_of(case, tuesday).commitments  # today's is still to come
    assert week_of(case, tuesday + DAY).commitments == ()


def test_the_hours_of_a_session_are_those_of_the_clock_in_london():
    """The clocks go back on 28 October 2018: the Tuesday after it is still at six."""
    case = CaseFactory()
    say(case)
    series = planned()
    place = member(series, case)
    expected_at(sessions_of(series)[4], place)

    [one] = week_of(case).commitments
    assert (one.first, one.stretch) == (date(2018, 10, 30), WeekHours(TUESDAY, 1080, 1200))


def test_an_appointment_that_can_be_moved_is_none():
    case = CaseFactory()
    say(case)
    AppointmentFactory(case=case, at=datetime(2018, 10, 2, 18, tzinfo=LONDON))

    assert week_of(case).commitments == ()


@pytest.mark.parametrize("number", [1, 40])
def test_the_same_four_statements_however_many_they_are(django_assert_num_queries, number):
    cases = [CaseFactory() for _ in range(number)]
    for case in cases:
        say(case)
        tie(case)
    CaseFactory()

    with django_assert_num_queries(4):
        found = weeks_of([one.pk for one in cases], TODAY)

    assert all(len(found[one.pk].commitments) == 1 for one in cases)
