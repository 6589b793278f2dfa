"""One small office in which something waits at every page of interventions and groups: what bad input is thrown at.

It is the morning of Monday 3 September 2018. A session of this morning is over, a series begins in October.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.models import Assignment
from cases.services.policy import seed_policies
from grid.models import (
    Referral,
    Room,
    RoomShut,
    Series,
    SeriesPlace,
    SeriesSession,
    Timetable,
    TimetableSeries,
    UnmetNeed,
)
from grid.reference.groups import PlaceState, ReferralState
from grid.services.group_register import say_of
from grid.services.unmet import put_to_senior
from grid.services.weeks import add_commitment
from staff.models import User
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, TeamFactory, UserFactory
from tests.grid.a_group_session import a_session, everybody, leader, said
from tests.grid.a_man_at_work import MORNINGS, at_work
from tests.grid.a_place import joins, somebody
from tests.grid.a_referral import a_man, referral_of
from tests.grid.a_timetable import leader_of_evenings, man_in_work, worked_out
from tests.grid.a_week import NINE, SIX, site
from tests.grid.planned_series import (
    NOW,
    facilitator,
    member,
    oxford,
    planned,
    room_at,
    sessions_of,
    waits,
)
from tests.once import undone

TODAY = NOW.date()
HOUR = timedelta(hours=1)
MONDAY = date(2018, 10, 1)


@dataclass
class Office:
    """Who works there, and what waits for them. Each of the people is on a page of their own."""

    officer: User
    senior: User
    head: User
    runner: User
    leads: User
    trained: User
    stands_in: User
    proposed: Referral
    waits: Referral
    new: Any  # to be referred by hand
    asked: Any  # said when they can come
    offered: Referral  # of whom the series can be offered
    taken: SeriesPlace
    kept: SeriesPlace
    not_met: Referral  # in work: nothing fits, and nobody has said so
    need: UnmetNeed
    series: Series
    to_come: SeriesSession
    this_morning: SeriesSession
    room: Room
    other_room: Room
    shut: RoomShut
    absence: Any
    timetable: Timetable
    proposed_series: TimetableSeries


def an_office():
    seed_policies()
    team = TeamFactory()
    officer = UserFactory(team=team)
    senior, head = UserFactory(role=Role.SPO, team=team), UserFactory(role=Role.HEAD)
    runner = UserFactory(role=Role.FACILITATOR)
    theirs = {"officer": officer, "team": team}
    place = oxford(postcode="OX1 1AA")
    room, trained = room_at(place), facilitator()
    series = planned(place=place, room=room, leaders=[trained], weekly=[MORNINGS], by=runner)
    asked = somebody(**theirs)
    add_commitment(
        case=asked, words="work", weekday=0, from_at=NINE, to_at=SIX, by=officer, now=NOW
    )
    kept = member(series, somebody(**theirs), PlaceState.KEPT, kept_until=NOW + timedelta(days=3))
    not_met, in_need = at_work(**theirs)[1], at_work(**theirs)[1]
    need = put_to_senior(referral=in_need, by=officer, now=NOW)
    session = a_session(people=2, by=leader("Lea Holt"), starts_at=NOW - 2 * HOUR)
    leads = session.led_by.get().user
    Assignment.objects.filter(user=leads).update(from_on=TODAY)
    first, _ = everybody(session)
    say_of(attendance=first, version=1, said=said(first), sensitive=False, by=leads, now=NOW)
    other = site("OX2 2BB", room=False, name="Banbury office")
    closes = room_at(other, "Room 9")
    leader_of_evenings()
    for _ in range(5):
        man_in_work(**theirs)
    timetable = worked_out(head)
    taken = joins(series, somebody(**theirs), by=officer)
    series.refresh_from_db()
    return Office(
        officer=officer, senior=senior, head=head, runner=runner, trained=trained, leads=leads,
        stands_in=facilitator("Stan Dean"),
        proposed=referral_of(a_man(TODAY, **theirs), state=ReferralState.PROPOSED, on=TODAY),
        waits=referral_of(a_man(TODAY, **theirs), on=TODAY), new=a_man(TODAY, **theirs), asked=asked,
        offered=waits(somebody(**theirs)), taken=taken, kept=kept,
        not_met=not_met, need=need, series=series, to_come=sessions_of(series)[2], this_morning=session,
        room=room, other_room=closes,
        shut=RoomShut.objects.create(room=closes, from_on=TODAY, to_on=TODAY + timedelta(days=9), why="Floor", recorded_at=NOW, recorded_by=runner),
        absence=AbsenceFactory(user=trained, from_on=MONDAY + timedelta(days=90), to_on=MONDAY + timedelta(days=95)),
        timetable=timetable, proposed_series=timetable.series.first(),
    )  # fmt: skip


@contextmanager
def open_office(blocker):
    """The office, on its morning, for as many tests as there are; undone at the end. `blocker`: of the database, as pytest-django has it."""
    with blocker.unblock(), frozen(NOW), undone():
        yield an_office()


def signed_in(office, kind):
    """{key: a client of this kind} of whoever works there."""
    made = {}
    for user in (one for one in vars(office).values() if isinstance(one, User)):
        made[user.pk] = kind()
        made[user.pk].force_login(user)
    return made
