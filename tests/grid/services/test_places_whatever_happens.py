"""Whatever is joined, left, moved and called off, in whatever order: whoever is in a series has exactly the appointments that
stand, nobody is in two places, no series has more people than places, and nobody meets whom they are kept apart from.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from cases.models import Appointment
from cases.services.appointments import call_off
from grid.models import GroupAttendance, Referral, Series, SeriesPlace, SeriesSession
from grid.reference.groups import PlaceState, ReferralState, SessionState
from grid.services.attendances import TWICE, settle_attendances
from grid.services.group_sweep import sweep_places
from grid.services.places import keep_place
from grid.services.series_changes import call_off_series, call_off_sessions, move_session
from staff.errors import RuleBroken
from tests.factories import UserFactory
from tests.grid.a_place import apart, joins, leaves, somebody
from tests.grid.planned_series import (
    FIRST,
    NOW,
    Weekly,
    at,
    facilitator,
    oxford,
    planned,
    room_at,
    waits,
)

pytestmark = pytest.mark.django_db
STEPS = 50
CODES = ["making_amends", "stepping_stones", "making_amends"]
SKILLS = {"making_amends": "Making Amends", "stepping_stones": "Stepping Stones to Change"}


class Walk:
    """Three series at one place, two of them at one hour; eight people, two of whom are kept apart."""

    def __init__(self, seed):
        self.random, self.now, self.done = Random(seed), NOW, Counter()
        self.by = UserFactory()
        place = oxford()
        self.series = [
            planned(
                code=code, place=place, room=room_at(place, f"Room {number}"), places=4,
                leaders=[facilitator(f"Lee Hill{number}", skill=SKILLS[code])],
                weekly=[Weekly(1, at(FIRST, 18).time())] if number < 2 else [Weekly(2, at(FIRST, 18).time())],
                first_on=FIRST if number < 2 else FIRST + timedelta(days=1),
            )
            for number, code in enumerate(CODES)
        ]  # fmt: skip
        Series.objects.update(entries=[1])
        self.people = [somebody(days=self.random.choice([2, 6, 20])) for _ in range(6)]
        self.referrals = [waits(one, code) for one in self.people for code in sorted(SKILLS)]
        self.apart = self.people[:2]
        apart(*self.apart)
        self.off = set()  # appointments that somebody called off in the case
        self.refused = set()  # why nobody joined

    def go(self):
        steps = [
            self.join, self.join, self.join, self.join, self.join, self.leave, self.keep, self.move, self.call_off,
            self.call_off_one, self.join_where_it_was_called_off, self.end, self.time_passes, self.settle, self.sweep,
        ]  # fmt: skip
        for _ in range(STEPS):
            step = self.random.choice(steps)
            with suppress(RuleBroken):
                step()
                self.done[step.__name__] += 1
            self.check()

    def one_series(self):
        return Series.objects.get(pk=self.random.choice(self.series).pk)

    def join(self):
        self.give(Referral.objects.get(pk=self.random.choice(self.referrals).pk))

    def give(self, referral):
        series = self.one_series()
        instead = referral.code != series.code
        try:
            joins(series, referral=referral, instead=instead, now=self.now, by=self.by)
        except RuleBroken as refusal:
            self.refused.add(str(refusal))
            raise

    def join_where_it_was_called_off(self):
        """All that is to come of somebody in a group is called off in their case, and they are given another place."""
        taken = list(SeriesPlace.objects.filter(state=PlaceState.TAKEN).order_by("pk"))
        if not taken:
            raise RuleBroken("Nobody is in any.")
        case = self.random.choice(taken).case
        for one in Appointment.objects.to_come(self.now).filter(contact__case=case).order_by("pk"):
            call_off(appointment=one, asked_by="person", because="Ill.", by=self.by, now=self.now)
            self.off.add(one.pk)
        theirs = [one for one in self.referrals if one.case_id == case.pk]
        self.give(Referral.objects.get(pk=self.random.choice(theirs).pk))

    def keep(self):
        referral = Referral.objects.get(pk=self.random.choice(self.referrals).pk)
        series = self.one_series()
        instead = referral.code != series.code
        keep_place(referral=referral, series=series, by=self.by, now=self.now, instead=instead)

    def leave(self):
        taken = list(SeriesPlace.objects.filter(state=PlaceState.TAKEN).order_by("pk"))
        if taken:
            leaves(self.random.choice(taken), now=self.now, by=self.by)

    def a_session(self):
        coming = SeriesSession.objects.standing().filter(starts_at__gt=self.now).order_by("pk")
        return self.random.choice(list(coming.select_related("series")))

    def move(self):
        session = self.a_session()
        to = session.starts_at + timedelta(days=self.random.choice([-2, -1, 1, 2]))
        move_session(
            session=session, on=to.date(), from_at=at(FIRST, self.random.choice([17, 18, 19])).time(),
            because="The room.", version=session.series.version, by=self.by, now=self.now,
        )  # fmt: skip

    def call_off(self):
        session = self.a_session()
        call_off_sessions(
            series=session.series, numbers=[session.number], because="Snow.",
            version=session.series.version, by=self.by, now=self.now,
        )  # fmt: skip

    def end(self):
        if self.random.random() > 0.1:
            raise RuleBroken("Seldom.")
        series = self.one_series()
        call_off_series(
            series=series, because="No leader.", version=series.version, by=self.by, now=self.now
        )  # fmt: skip

    def call_off_one(self):
        coming = Appointment.objects.to_come(self.now).order_by("pk")
        one = self.random.choice(list(coming) or [None])
        if one:
            call_off(appointment=one, asked_by="person", because="Ill.", by=self.by, now=self.now)
            self.off.add(one.pk)

    def time_passes(self):
        self.now += timedelta(days=self.random.randrange(2, 11))

    def settle(self):
        series = self.one_series()
        assert settle_attendances(series, because="Looked at.", by=self.by, now=self.now) == (0, 0)

    def sweep(self):
        sweep_places(now=self.now)

    # What always holds

    def check(self):
        self.check_appointments()
        self.check_nobody_twice()
        self.check_room()
        self.check_apart()
        self.check_the_list()
        assert TWICE not in self.refused  # what is in the way is said of whoever would join

    def check_appointments(self):
        """Of what is to come: each place has each session that stands, and every attendance is of such a one."""
        coming = GroupAttendance.objects.expected().filter(starts_at__gt=self.now)
        rows = coming.select_related("session", "place", "appointment__contact")
        found = {}
        for one in rows:
            contact, session = one.appointment.contact, one.session
            assert session.state == SessionState.STANDS
            assert one.place.state == PlaceState.TAKEN
            assert one.case_id == one.place.case_id == contact.case_id
            times = (session.starts_at, session.ends_at)
            assert (one.starts_at, one.ends_at) == times
            assert (contact.started_at, contact.ended_at) == times
            assert (one.appointment.called_off_at is not None) == (one.appointment_id in self.off)
            assert (one.place_id, one.session_id) not in found
            found[one.place_id, one.session_id] = one
        assert set(found) == set(self.wanted()) - self.given_up()
        standing = Appointment.objects.to_come(self.now).values_list("pk", flat=True)
        kept = {one.appointment_id for one in found.values()} - self.off
        assert set(standing) == kept

    def wanted(self):
        """Everybody begins with the first session here, so that whoever is in has all that is to come."""
        sessions = SeriesSession.objects.standing().filter(starts_at__gt=self.now)
        for place in SeriesPlace.objects.filter(state=PlaceState.TAKEN):
            for session in sessions.filter(series=place.series_id):
                yield place.pk, session.pk

    def given_up(self):
        """What was called off for one person alone, and left its hour to another group that stands there."""
        rows = GroupAttendance.objects.filter(stands=False, appointment__in=self.off)
        for one in rows.filter(session__state=SessionState.STANDS, place__state=PlaceState.TAKEN):
            there = GroupAttendance.objects.filter(
                case=one.case_id, starts_at__lt=one.ends_at, ends_at__gt=one.starts_at
            )
            assert there.exclude(place__series=one.place.series_id).exists()
        return set(rows.values_list("place", "session"))

    def check_nobody_twice(self):
        theirs = {}
        for one in GroupAttendance.objects.expected().order_by("starts_at"):
            before = theirs.get(one.case_id)
            assert before is None or before.ends_at <= one.starts_at
            theirs[one.case_id] = one

    def check_room(self):
        for series in Series.objects.all():
            assert SeriesPlace.objects.live(self.now).filter(series=series).count() <= series.places

    def check_apart(self):
        live = SeriesPlace.objects.live(self.now)
        for series in self.series:
            there = live.filter(series=series.pk, case__in=self.apart)
            assert there.count() <= 1

    def check_the_list(self):
        """On it is exactly whoever was accepted and has no place in what they wait for."""
        has = SeriesPlace.objects.filter(state=PlaceState.TAKEN, instead=False)
        accepted = Referral.objects.filter(state=ReferralState.ACCEPTED)
        wanted = set(accepted.values_list("pk", flat=True)) - set(
            has.values_list("referral", flat=True)
        )
        assert set(Referral.objects.waiting().values_list("pk", flat=True)) == wanted


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 8))]
)
def test_a_walk_of_joining_leaving_moving_and_calling_off(seed):
    walk = Walk(seed)

    walk.go()

    joined = walk.done["join"] + walk.done["join_where_it_was_called_off"]
    assert joined >= 3  # of a walk in which everything is refused nothing is learnt
    assert walk.done["move"] + walk.done["call_off"] >= 3
