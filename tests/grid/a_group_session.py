"""One evening of a series as rows, without the services that plan it: Making Amends at Oxford, Tuesday 2 October 2018, 6pm.

Led by one facilitator, who reaches everybody on it. Each of them comes under a RAR, of which it is a day.
"""

from datetime import date, datetime, time, timedelta

from cases.models import Appointment, Contact, Requirement
from cases.reference.appointments import PROGRAMME_SESSION, Enforces
from cases.reference.codes import Capacity
from grid.models import (
    GroupAttendance,
    Referral,
    Room,
    Series,
    SeriesPlace,
    SeriesSession,
    SessionLeader,
)
from grid.reference.group_marks import Mark
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import Hook
from grid.rules.group_register import Said
from grid.rules.sessions import LONDON
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    PlaceFactory,
    RequirementFactory,
    UserFactory,
)

TUESDAY = date(2018, 10, 2)
CODE = "making_amends"


def at(hour, minute=0, on=TUESDAY):
    return datetime.combine(on, time(hour, minute), LONDON)


PLANNED = at(9, on=date(2018, 9, 3))
MORNING, SIX, EIGHT, AFTER = at(9), at(18), at(20), at(20, 5)
NEXT_DAY = at(9, on=TUESDAY + timedelta(days=1))


def leader(name="Fran Field", role=Role.FACILITATOR, **known):
    first, last = name.split(" ", 1)
    return UserFactory(role=role, first_name=first, last_name=last, **known)


def a_series(*, code=CODE, room=True, **columns):
    """Twelve places, planned a month before. Its sessions: `a_session`."""
    by = leader("Pat Moss")
    place = columns.pop("place", None) or PlaceFactory(name=f"Oxford office {by.pk}")
    if room:
        Room.objects.create(place=place, name="Room 1", holds=14)
    known = {
        "places": 12, "leaders": 1, "dose": {"sessions": 6, "minutes": 120, "a_week": 1},
        "weekly": [[1, "18:00"]], "entries": [1], "policy_version": 1, "planned_at": PLANNED, "planned_by": by,
    }  # fmt: skip
    return Series.objects.create(code=code, place=place, **known | columns)


def a_session(*, people=1, series=None, by=None, number=1, starts_at=SIX, **columns):
    """Two hours of an evening, led by one facilitator, with so many people on it."""
    series = series or a_series()
    ends_at = starts_at + timedelta(hours=2)
    session = SeriesSession.objects.create(
        series=series, number=number, starts_at=starts_at, ends_at=ends_at,
        room=series.place.rooms.first(), **columns,
    )  # fmt: skip
    lead(session, by or leader())
    for _ in range(people):
        join(session)
    return session


def lead(session, user):
    """They lead it too, and reach everybody who is on it."""
    SessionLeader.objects.create(
        session=session, user=user, starts_at=session.starts_at, ends_at=session.ends_at,
        named_at=PLANNED, named_by=session.series.planned_by,
    )  # fmt: skip
    for one in session.attendances.all():
        reach(one.case, user)
    return user


def leader_of(session):
    return session.led_by.order_by("pk").first().user


def reach(case, user):
    return AssignmentFactory(case=case, user=user, capacity=Capacity.GROUP, from_on=TODAY)


def a_place(series, case, *, hook=Hook.RAR):
    """Theirs in the series, and what they were referred by."""
    found = SeriesPlace.objects.filter(series=series, case=case).first()
    if found:
        return found
    waits = Referral.objects.waiting().filter(case=case, code=series.code).first()
    referral = waits or Referral.objects.create(
        case=case, code=series.code, hook=hook, state=ReferralState.ACCEPTED, proposed_on=TODAY,
        because="It suits them.", policy_version=1, answered_at=PLANNED, answered_by=series.planned_by,
        waiting_since=TODAY,
    )  # fmt: skip
    return SeriesPlace.objects.create(
        series=series, referral=referral, case=case, begins_with=1, state=PlaceState.TAKEN,
        given_at=PLANNED, given_by=series.planned_by,
    )  # fmt: skip


def join(session, case=None, *, hook=Hook.RAR):
    """One more person on it, under a RAR of theirs; or with another `hook` as whoever comes by it is booked."""
    case = case or CaseFactory()
    place = a_place(session.series, case, hook=hook)
    known = Requirement.objects.filter(sentence__case=case, main_code="F").order_by("pk").first()
    requirement = known or RequirementFactory(sentence__case=case, length=20, length_unit="Days")
    binds = Enforces.VOLUNTARY if hook is Hook.VOLUNTARY else Enforces.REQUIREMENT
    under = None if hook is Hook.VOLUNTARY else requirement
    appointment = AppointmentFactory(
        case=case, at=session.starts_at, type_code=PROGRAMME_SESSION, where="office", enforces=binds,
        contact__requirement=under, contact__sentence=requirement.sentence, contact__type_name="Making Amends",
        contact__ended_at=session.ends_at,
    )  # fmt: skip
    one = GroupAttendance.objects.create(
        session=session, place=place, case=case, appointment=appointment,
        starts_at=session.starts_at, ends_at=session.ends_at,
    )  # fmt: skip
    for each in session.led_by.standing():
        reach(case, each.user)
    return one


def the_only(session):
    return session.attendances.select_related("case", "session__series").get()


def everybody(session):
    rows = session.attendances.select_related("case", "session__series")
    return list(rows.order_by("case__sort_name", "pk"))


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def said(one, mark=Mark.TOOK_PART, **more):
    return Said(one.case_id, mark, **more)


def logged(one):
    """The line of the log as it stands."""
    return Contact.objects.get(pk=one.appointment_id)


def called_off_singly(one, because="They are in hospital"):
    """The appointment alone, as its officer calls one off in the case."""
    Appointment.objects.filter(pk=one.appointment_id).update(
        called_off_at=MORNING, asked_by="person", called_off_because=because
    )
    Contact.objects.filter(pk=one.appointment_id).update(
        outcome_code="RSOF", outcome_name="Called off, they asked", attended=False, complied=True
    )
