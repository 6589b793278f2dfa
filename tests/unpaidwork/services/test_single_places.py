"""Who comes to a session by an appointment of its own is as safe as who has a place by the week."""

from datetime import timedelta

import pytest

from cases.models import Appointment, Deadline, NonAssociation, Notice
from cases.reference.appointments import AskedBy
from cases.rules.restrictions import Area
from staff.models import Entry
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    InstructionFactory,
    PauseFactory,
    RegistrationFactory,
    WorkFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import cleared
from tests.unpaidwork.a_session import a_session, clock, join, read_sheet
from tests.unpaidwork.a_sheet import DAY, MORNING, planned, publish, supervisor_of
from tests.unpaidwork.a_worker import a_project
from unpaidwork.models import Attendance
from unpaidwork.queries.sheet import acknowledged, sheet_of
from unpaidwork.queries.stopped import said_of_stopped
from unpaidwork.rules.sheet import CALLED_OFF, CHANGED, STOP
from unpaidwork.services.projects import end_project
from unpaidwork.services.register import record_arrival
from unpaidwork.services.restrictions import record_restriction
from unpaidwork.services.retesting import retest, retest_changed, retest_chunk
from unpaidwork.services.sessions import book_induction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday():
    with frozen(NOW):
        yield


@pytest.fixture
def office():
    return a_project(kind="induction", weekdays=[1], name="The office")


@pytest.fixture
def booked(office):
    """An induction tomorrow, of somebody whose gate is shut."""
    return book_induction(work=WorkFactory(), project=office, on=DAY, by=coordinator(), now=NOW)


def bans(case, project, now=NOW, **given):
    said = {
        "kind": "restraining", "terms": "areas", "prohibits": "Must not go into the area of the order.",
        "areas": [Area("Around it", "circle", {"centre": [project.easting, project.northing], "radius": 300}, 0)],
        "from_on": TODAY, "copy_seen_on": TODAY, "source": "The order, from the court",
    }  # fmt: skip
    return record_restriction(case=case, by=case.officer, now=now, **said | given)


def appointment_of(one):
    return Appointment.objects.select_related("contact").get(pk=one.appointment_id)


def test_an_order_calls_off_the_induction_it_bans_and_says_so_to_whoever_must_hear(booked, office):
    bans(booked.case, office)

    off = appointment_of(booked)
    assert (off.called_off_at, off.asked_by) == (NOW, AskedBy.SERVICE)
    assert "keeps them out of" in off.called_off_because
    (told,) = Notice.objects.filter(user=booked.case.officer, text__contains="is not to be at")
    assert told.text.startswith(
        f"{booked.case.crn} is not to be at {office.code} on 2 October 2018."
    )
    assert Entry.objects.get(action="stopped_single_place").crn == booked.case.crn
    assert Deadline.objects.unmet().filter(case=booked.case, kind="arrange_work").exists()


def test_an_order_elsewhere_and_a_shut_gate_call_nothing_off(booked, office):
    bans(booked.case, a_project(easting=100_000, northing=100_000))
    bans(booked.case, office, terms="not_seen", areas=[], copy_seen_on=None)
    RegistrationFactory(case=booked.case, type_code="WEAP")

    assert appointment_of(booked).called_off_at is None
    assert not Entry.objects.filter(action="stopped_single_place").exists()


def harms_children(one):
    one.session.project.neighbours.create(near="school")
    RegistrationFactory(case=one.case, type_code="RCPR")


def is_away(one):
    PauseFactory(case=one.case)


def is_kept_apart(one):
    other = book_induction(
        work=WorkFactory(), project=one.session.project, on=DAY, by=coordinator(), now=NOW
    )
    one, other = sorted((one.case, other.case), key=lambda each: each.pk)
    NonAssociation.objects.create(one=one, other=other, why="One attacked", from_on=TODAY)


@pytest.mark.parametrize("change", [harms_children, is_away])
def test_what_comes_on_the_record_calls_it_off_the_next_night(booked, change):
    change(booked)

    assert retest_chunk(after=0, today=TODAY, now=NOW)[1]["tested"] == 1

    assert appointment_of(booked).called_off_at == NOW


def test_of_two_who_are_to_be_kept_apart_the_later_gives_way(booked):
    is_kept_apart(booked)

    retest_changed(now=NOW)

    first, second = Attendance.objects.order_by("pk")
    assert appointment_of(first).called_off_at is None
    assert "kept apart" in appointment_of(second).called_off_because


def test_a_site_that_ends_before_it_calls_it_off(booked, office):
    end_project(project=office, to_on=TODAY, by=coordinator(), now=NOW)

    assert appointment_of(booked).called_off_at == NOW


def test_a_single_day_of_work_is_tested_like_a_place_by_the_week():
    session = planned(cleared())
    one = session.attendances.get()
    bans(one.case, session.project, terms="not_seen", areas=[], copy_seen_on=None)

    assert appointment_of(one).called_off_at == NOW


# Once the sheet is out


def people(session):
    return sheet_of(session, supervisor_of(session), MORNING).people


def test_whoever_is_called_off_once_the_sheet_is_out_stays_on_it_and_does_not_start():
    session = publish(planned(WorkFactory().case, project__kind="induction"))
    one = session.attendances.get()
    with frozen(MORNING):
        bans(one.case, session.project, now=MORNING + timedelta(minutes=5))

        (shown,) = people(session)
        assert not acknowledged(session, supervisor_of(session))

    assert shown.held == CALLED_OFF
    assert (shown.told, shown.health, shown.apart) == ((), (), ())


def test_whoever_is_there_already_is_told_to_stop_and_spoken_of_once():
    at = clock(10)
    with frozen(at):
        session = a_session(people=0, project__kind="induction")
        one = join(session, work=WorkFactory())
        read_sheet(session, supervisor_of(session), at)
        record_arrival(attendance=one, version=one.version, arrived_at=clock(9), by=supervisor_of(session), now=at)  # fmt: skip
        order = bans(one.case, session.project, now=at)
        InstructionFactory(registration=None, restriction=order, case=one.case)
        retest([one.case_id], None, at)
        retest_changed(now=at)

        (shown,) = sheet_of(session, supervisor_of(session), at).people
        said = said_of_stopped(one.case, TODAY)

    assert shown.held == CHANGED
    assert shown.says_held.startswith(STOP)
    assert Entry.objects.filter(action="stopped_single_place").count() == 1
    told = Notice.objects.filter(user=one.case.officer, text__contains="is not to be at")
    assert [one.text.endswith("They are there now: ring the supervisor now.") for one in told] == [
        True
    ]
    assert f"They may not be at {session.project.name} today. They are there now" in said
    assert "Ring the supervisor on site" in said
