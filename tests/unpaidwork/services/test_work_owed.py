from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import JobRun
from staff.models import Entry
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    CaseFactory,
    CourseFactory,
    UserFactory,
    WorkAllocationFactory,
)
from tests.unpaidwork.a_work import work_of, worked
from unpaidwork.models import WorkReview
from unpaidwork.services.timetable import OWED_EACH_NIGHT, run_night
from unpaidwork.services.work_owed import owe_work_chunk, settle_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def settle(*cases, today=TODAY):
    return settle_work(case_ids=[one.pk for one in cases], by=None, today=today)


def owed(case, kind):
    return case.deadlines.filter(kind=kind).order_by("pk").last()


def test_work_is_to_be_arranged_within_seven_working_days_of_arrival(case):
    work_of(case)
    settle(case)

    clock = owed(case, "arrange_work")
    assert (clock.triggered_on, clock.due_on.isoformat()) == (TODAY, "2018-10-10")
    assert clock.owner_role == "coordinator"


def test_an_allocation_meets_it(case):
    work = work_of(case)
    settle(case)
    WorkAllocationFactory(work=work)
    settle(case)

    assert (owed(case, "arrange_work").met_on, owed(case, "arrange_work").void) == (TODAY, False)


def test_an_induction_that_is_booked_meets_it_and_one_called_off_does_not(case):
    work_of(case)
    booked = AppointmentFactory(case=case, type_code="DC03")
    settle(case)
    arranged = owed(case, "arrange_work")
    booked.called_off_at, booked.asked_by, booked.called_off_because = NOW, "us", "Room"
    booked.save()
    settle(case)

    assert arranged is None
    assert owed(case, "arrange_work").met_on is None


@pytest.mark.parametrize(
    "columns", [{"state": "suspended", "state_because": "Signed off"}, {"minutes_ordered": 0}]
)
def test_nothing_is_to_be_arranged_while_it_is_suspended_or_its_hours_are_not_known(case, columns):
    work_of(case, **columns)
    settle(case)

    assert owed(case, "arrange_work") is None


def test_an_imported_case_owes_it_once_it_is_taken_up(case):
    case.imported = True
    case.save()
    work_of(case, arrived_on=TODAY - timedelta(days=90))
    settle(case)
    before = owed(case, "arrange_work")
    case.taken_up_on = TODAY
    case.save()
    settle(case)

    assert before is None
    assert owed(case, "arrange_work").triggered_on == TODAY


def test_a_course_waits_for_a_decision_from_the_day_it_was_recorded(case):
    CourseFactory(work=work_of(case), recorded_by=UserFactory())
    settle(case)

    assert owed(case, "decide_course").triggered_on == TODAY


def test_a_look_back_is_owed_at_each_point_and_met_once_it_is_recorded(case):
    work = work_of(case)
    worked(work, 3000)
    settle(case)
    clock = owed(case, "review_work")
    WorkReview.objects.create(
        work=work, point="half", held_on=TODAY, their_words="Good", strengths="Comes on time",
        by=UserFactory(), at=NOW,
    )  # fmt: skip
    settle(case)
    clock.refresh_from_db()

    assert "Half of 100 hours" in clock.why
    assert (clock.met_on, clock.void) == (TODAY, False)


def test_more_time_is_proposed_late_in_the_twelve_months_and_not_before(case):
    began = TODAY - timedelta(days=300)
    work_of(case, sentenced_on=began, arrived_on=began)
    settle(case)

    clock = owed(case, "propose_extension")
    assert "100 hours left" in clock.why
    assert clock.owner_role == "officer"
    other = CaseFactory()
    work_of(other, sentenced_on=TODAY - timedelta(days=200), arrived_on=TODAY - timedelta(days=200))
    settle(other)
    assert owed(other, "propose_extension") is None


def test_it_is_not_proposed_again_at_once_after_an_answer_and_is_after_four_weeks(case):
    began = TODAY - timedelta(days=300)
    work_of(case, sentenced_on=began, arrived_on=began)
    settle(case)
    clock = owed(case, "propose_extension")
    clock.met_on = TODAY
    clock.save()
    settle(case)
    soon = owed(case, "propose_extension").pk
    settle(case, today=TODAY + timedelta(days=29))

    assert soon == clock.pk
    assert owed(case, "propose_extension").pk != clock.pk


def test_hours_that_are_all_worked_are_completed_by_themselves(case):
    work = work_of(case)
    worked(work, 6000)
    settle(case)
    work.refresh_from_db()

    assert (work.state, work.completed_on) == ("completed", TODAY)
    assert Entry.objects.get(action="completed_work").crn == case.crn


def test_what_the_record_has_ended_as_completed_is_not_opened_by_hours_left(case):
    work = work_of(case, state="completed", completed_on=TODAY)
    work.requirement.active, work.requirement.terminated_on = False, TODAY
    work.requirement.save()
    settle(case)
    work.refresh_from_db()

    assert work.state == "completed"


def test_the_night_goes_through_everybody_once_and_says_so(case):
    work_of(case)

    first = run_night(now=NOW)
    run_night(now=NOW)

    jobs = [one.job for one in first]
    assert jobs[: len(OWED_EACH_NIGHT)] == list(OWED_EACH_NIGHT)
    assert all(one.finished_at for one in first)
    assert JobRun.objects.count() == len(jobs)
    assert owed(case, "arrange_work")


def test_a_chunk_goes_on_where_the_last_one_ended():
    for _ in range(3):
        work_of(CaseFactory())

    last, _ = owe_work_chunk(after=0, today=TODAY, size=2)
    end, counts = owe_work_chunk(after=last, today=TODAY, size=2)

    assert (end, counts["owed"]) == (None, 1)


def statements(cases):
    settle(*cases)
    with CaptureQueriesContext(connection) as taken:
        settle(*cases)
    return len(taken)


def somebody():
    case = CaseFactory()
    worked(work_of(case), 420)
    return case


def test_settling_many_takes_no_more_statements_than_settling_few():
    few, many = [somebody() for _ in range(5)], [somebody() for _ in range(60)]

    assert statements(few) == statements(many)
