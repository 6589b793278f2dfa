"""A register that is not closed is owed by coordinators, on whomever it says nothing of; and by no officer."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from cases.models import Deadline
from cases.services.outcomes_owed import owe_outcomes_chunk
from staff.permissions import Role
from tests.factories import TODAY
from tests.unpaidwork.a_session import AFTER, NINE, a_session, left, supervisor_of
from unpaidwork.services.register import (
    close_register,
    record_arrival,
    record_leaving,
    record_not_come,
    stand_down,
)
from unpaidwork.services.registers_owed import owe_registers_chunk

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def night(today=TOMORROW):
    return owe_registers_chunk(after=0, today=today)[1]["owed"]


def owed():
    return Deadline.objects.unmet().filter(kind="close_register")


def write_up(session):
    by = supervisor_of(session)
    for one in session.attendances.order_by("pk"):
        if one.came == "expected":
            one = record_arrival(attendance=one, version=one.version, arrived_at=NINE, by=by, now=AFTER)  # fmt: skip
            record_leaving(attendance=one, version=one.version, said=left(), by=by, now=AFTER)


def test_the_night_after_it_is_owed_on_everybody_of_whom_nothing_is_said():
    session = a_session(people=3)
    first = session.attendances.order_by("pk").first()
    record_not_come(attendance=first, version=1, by=supervisor_of(session), now=AFTER)

    assert night(TODAY) == 0
    assert night() == 2
    assert night() == 0  # once

    assert set(owed().values_list("owner_role", flat=True)) == {Role.COORDINATOR}
    assert first.case_id not in owed().values_list("case", flat=True)
    assert owed().first().due_on == TOMORROW


def test_where_everybody_is_said_of_but_it_is_open_it_is_owed_once():
    session = a_session(people=3)
    write_up(session)

    assert night() == 1


def test_closing_it_or_standing_it_down_ends_what_was_owed():
    closed, stood_down = a_session(people=2), a_session(people=2)
    assert night() == 4

    write_up(closed)
    close_register(session=closed, by=supervisor_of(closed), now=AFTER)
    assert owed().count() == 2
    stand_down(
        session=stood_down, because="The van broke down.", by=supervisor_of(stood_down), now=AFTER
    )

    assert not owed().exists()


def test_whose_place_was_called_off_owes_nothing():
    session = a_session()
    appointment = session.attendances.get().appointment
    appointment.called_off_at, appointment.asked_by = NINE, "service"
    appointment.called_off_because = "Suspended."
    appointment.save()

    assert night() == 0


def test_the_officer_is_not_asked_for_what_the_register_says():
    a_session(people=2)

    _, counts = owe_outcomes_chunk(after=0, today=localtime(AFTER).date() + timedelta(days=1))

    assert counts["owed"] == 0
