"""Sessions generated from the places people have, and inductions."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from cases.models import Appointment, Contact, Deadline
from cases.services.outcomes_owed import owe_outcomes_chunk
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    NOW,
    TODAY,
    AvailabilityFactory,
    ContactFactory,
    PersonFactory,
    RegistrationFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    RouteFactory,
    SentenceFactory,
    StopFactory,
    WorkFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays
from unpaidwork.models import Attendance, WorkSession
from unpaidwork.services.allocations import allocate, change_allocation, resume, suspend
from unpaidwork.services.sessions import book_induction, generate_chunk, generate_sessions

pytestmark = pytest.mark.django_db
TUESDAYS = [date(2018, 10, day) for day in (2, 9, 16, 23)]


def given(work=None, project=None, **changes):
    """Somebody with a place on Tuesdays, and their days of the next four weeks."""
    work, project = work or a_worker(), project or a_project()
    made = allocate(work=work, placing=on_tuesdays(project, **changes), by=coordinator(), now=NOW)
    generate_sessions(case_ids=[work.case_id], by=None, now=NOW)
    return made


def days_of(work):
    rows = Attendance.objects.filter(work=work, appointment__called_off_at=None)
    return list(rows.order_by("session__on").values_list("session__on", flat=True))


def test_each_day_of_the_weeks_ahead_is_a_session_an_attendance_and_an_appointment():
    made = given()

    attendance = Attendance.objects.filter(allocation=made).order_by("session__on").first()
    contact = attendance.appointment.contact
    assert days_of(made.work) == TUESDAYS
    assert (contact.type_code, contact.requirement_id) == ("UPWA", made.work.requirement_id)
    assert localtime(contact.started_at).hour == 9
    assert attendance.appointment.enforces == "requirement"
    assert Entry.objects.filter(action="booked_appointment").count() == 4


def test_asked_again_it_gives_nothing_twice():
    made = given()

    again = generate_sessions(case_ids=[made.case_id], by=None, now=NOW)

    assert again == 0
    assert WorkSession.objects.count() == 4


def test_two_people_of_one_project_share_its_sessions():
    project = a_project()
    one, other = given(project=project), given(project=project)

    assert days_of(one.work) == days_of(other.work)
    assert WorkSession.objects.count() == 4


def test_no_more_is_given_than_the_hours_that_are_left():
    work = a_worker()
    work.minutes_ordered = 15 * 60
    work.save()

    given(work=work)

    assert days_of(work) == TUESDAYS[:3]


def test_a_bank_holiday_is_no_working_day():
    project = a_project()
    work = a_worker()
    christmas = localtime(NOW) + timedelta(weeks=11)
    allocate(work=work, placing=on_tuesdays(project), by=coordinator(), now=NOW)

    generate_sessions(case_ids=[work.case_id], by=None, now=christmas)

    assert date(2018, 12, 25) not in days_of(work)
    assert date(2018, 12, 18) in days_of(work)


def test_every_second_week_is_every_second_week():
    made = given(every="fortnight")

    assert days_of(made.work) == [TUESDAYS[0], TUESDAYS[2]]


def test_nobody_is_given_a_day_after_their_last_or_the_projects():
    project = a_project(to_on=date(2018, 10, 16))
    made = given(project=project, to_on=date(2018, 10, 31))

    assert days_of(made.work) == TUESDAYS[:3]


def test_somebody_in_custody_is_given_nothing():
    work = a_worker()
    allocate(work=work, placing=on_tuesdays(a_project()), by=coordinator(), now=NOW)
    SentenceFactory(case=work.case, custody_status="D", order="custody")

    made = generate_sessions(case_ids=[work.case_id], by=None, now=NOW)

    assert made == 0


def test_what_clashes_is_kept_with_the_booking_as_unread():
    work = a_worker()
    ContactFactory(
        case=work.case,
        appointment=True,
        outcome_code="",
        started_at=localtime(NOW) + timedelta(days=1, hours=2),
        ended_at=localtime(NOW) + timedelta(days=1, hours=3),
    )

    given(work=work)

    first = Attendance.objects.filter(work=work).order_by("session__on").first()
    assert first.appointment.seen[0]["code"] == "person_clash"


def test_a_day_that_was_suspended_is_given_again_once_the_place_stands_again():
    made = given()
    suspend(allocation=made, because="The van is broken", by=coordinator(), now=NOW)
    assert days_of(made.work) == []

    resume(allocation=made, by=coordinator(), now=NOW)
    generate_sessions(case_ids=[made.case_id], by=None, now=NOW)

    assert days_of(made.work) == TUESDAYS
    assert Attendance.objects.filter(work=made.work).count() == 4
    assert Appointment.objects.filter(called_off_at__isnull=False).count() == 4


def test_the_session_goes_by_the_way_of_the_van():
    project = a_project()
    stop = StopFactory(route=RouteFactory(project=project))

    given(project=project, stop=stop.pk)

    assert WorkSession.objects.filter(route=stop.route).count() == 4


def test_an_attendance_owes_nobody_an_outcome_and_is_reminded_by_their_own_word():
    work = a_worker()
    PersonFactory(case=work.case, may_text=True)
    made = given(work=work)
    later = TODAY + timedelta(days=3)

    owe_outcomes_chunk(after=0, today=later)

    assert not Deadline.objects.filter(kind="log_outcome").exists()
    assert Attendance.objects.filter(allocation=made, appointment__remind=True).count() == 4


def test_the_night_generates_for_everybody_with_a_place():
    project = a_project()
    for _ in range(3):
        allocate(work=a_worker(), placing=on_tuesdays(project), by=coordinator(), now=NOW)

    last, counts = generate_chunk(after=0, today=TODAY, now=NOW, size=2)

    assert counts["attendances"] == 8
    assert last is not None


def test_the_statements_do_not_grow_with_the_people(django_assert_max_num_queries):
    project = a_project(most=60, ratio=60)
    works = [a_worker() for _ in range(20)]
    for work in works:
        allocate(
            work=work,
            placing=on_tuesdays(project),
            by=coordinator(),
            now=NOW,
            seen=[f"ratio:{project.pk}:1"],
        )

    with django_assert_max_num_queries(60):
        generate_sessions(case_ids=[one.case_id for one in works], by=None, now=NOW)


# Inductions


def an_induction(**columns):
    return a_project(kind="induction", **columns)


def test_an_induction_is_booked_while_the_gate_is_shut_and_counts_as_arranged():
    work = WorkFactory()

    made = book_induction(
        work=work, project=an_induction(), on=TUESDAYS[0], by=coordinator(), now=NOW
    )

    assert made.appointment.contact.type_code == "DC03"
    assert made.allocation is None
    owed = Deadline.objects.filter(kind="arrange_work", met_on=None)
    assert not owed.exists()
    assert Contact.objects.filter(case=work.case, appointment=True).count() == 1


def test_nobody_is_inducted_where_an_order_bans_them_from():
    work = WorkFactory()
    restriction = RestrictionFactory(case=work.case, terms="areas")
    RestrictedAreaFactory(
        restriction=restriction, outline={"centre": [455000, 205000], "radius": 50}
    )

    with pytest.raises(RuleBroken, match="keeps them out of"):
        book_induction(work=work, project=an_induction(), on=TUESDAYS[0], by=coordinator(), now=NOW)


def test_nobody_is_inducted_twice_on_a_day_nor_on_a_day_without_one():
    work, project, by = WorkFactory(), an_induction(), coordinator()
    book_induction(work=work, project=project, on=TUESDAYS[0], by=by, now=NOW)

    with pytest.raises(RuleBroken, match="down for it already"):
        book_induction(work=work, project=project, on=TUESDAYS[0], by=by, now=NOW)
    with pytest.raises(RuleBroken, match="no induction"):
        book_induction(work=work, project=project, on=date(2018, 10, 3), by=by, now=NOW)


def test_a_sex_offender_is_not_inducted_among_children():
    work = WorkFactory()
    RegistrationFactory(case=work.case, type_code="ARSO")
    project = an_induction()
    project.neighbours.create(near="children")

    with pytest.raises(RuleBroken, match="children"):
        book_induction(work=work, project=project, on=TUESDAYS[0], by=coordinator(), now=NOW)


def test_days_that_a_changed_place_names_no_more_are_called_off_also_of_every_second_week():
    made, by = given(), coordinator()

    change_allocation(allocation=made, every="fortnight", by=by, now=NOW)

    assert days_of(made.work) == TUESDAYS[::2]
    assert generate_sessions(case_ids=[made.case_id], by=None, now=NOW) == 0


def test_a_place_whose_hours_a_session_does_not_hold_is_not_on_it_any_more():
    project = a_project()
    AvailabilityFactory(project=project, weekday=1, from_at=time(16), to_at=time(20))
    made = given(project=project)

    change_allocation(allocation=made, from_at=time(16), to_at=time(20), by=coordinator(), now=NOW)

    assert days_of(made.work) == []
    generate_sessions(case_ids=[made.case_id], by=None, now=NOW)
    sessions = Attendance.objects.filter(allocation=made).values_list("session__from_at", flat=True)
    assert set(sessions) == {time(16)}
