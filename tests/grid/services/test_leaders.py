"""Training, hours and leave of whoever leads groups are recorded, each with its entry; and what is none is refused."""

from datetime import date, time, timedelta

import pytest

from cases.models import Absence
from grid.models import LeaderHours, LeaderTraining
from grid.services.leaders import end_training, record_leave, record_training, set_hours
from staff.models import Entry
from staff.permissions import Role
from tests.factories import UserFactory
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, facilitator, planned
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)
NINE, FIVE = time(9), time(17)


@pytest.fixture
def by():
    return UserFactory(role=Role.SPO)


def train(user, by, skill="Resolve", from_on=TODAY, until=None):
    return record_training(user=user, skill=skill, from_on=from_on, until=until, by=by, now=NOW)


def leave(user, by, from_on=FIRST, to_on=FIRST + 7 * DAY):
    return record_leave(user=user, from_on=from_on, to_on=to_on, by=by, now=NOW)


def refused(call, *asked, **known):
    return refusal(lambda: call(*asked, **known))


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OFFICER, Role.MENTOR])
def test_anybody_may_be_trained_to_lead_and_the_trail_says_so(by, role):
    user = UserFactory(role=role)

    made = train(user, by, until=TODAY + 365 * DAY)

    assert (made.skill, made.until, made.recorded_by) == ("Resolve", TODAY + 365 * DAY, by)
    entry = Entry.objects.get(action="recorded_leader_training")
    assert (entry.by, entry.detail) == (by, {"account": user.username, "training": made.pk})


def test_no_training_is_recorded_twice_of_oneself_of_a_closed_account_or_outside_the_policy(by):
    user = UserFactory(role=Role.FACILITATOR)
    train(user, by)

    assert "recorded already" in refused(train, user, by)
    assert "one of the skills" in refused(train, user, by, skill="Juggling")
    assert "cannot be before" in refused(train, user, by, until=TODAY - DAY)
    assert "Somebody else records" in refused(train, by, by)
    assert "no open account" in refused(train, UserFactory(is_active=False), by)
    assert LeaderTraining.objects.count() == 1
    assert train(user, by, from_on=TODAY + DAY)


def test_a_training_is_given_its_last_day_or_none_and_what_stood_is_kept(by):
    training = train(UserFactory(role=Role.FACILITATOR), UserFactory())

    ended = end_training(training=training, until=TODAY, by=by, now=NOW)

    assert (ended.until, ended.recorded_by) == (TODAY, by)
    entry = Entry.objects.get(action="ended_leader_training")
    assert entry.detail == {"account": training.user.username, "training": training.pk}
    assert "cannot be before" in refused(
        end_training, training=training, until=TODAY - DAY, by=by, now=NOW
    )
    assert end_training(training=training, until=None, by=by, now=NOW).until is None
    assert training.events.count() == 2


def test_hours_are_set_anew_and_only_what_differs_is_written(by):
    user = facilitator()
    set_hours(user=user, hours={(0, NINE, FIVE), (1, NINE, FIVE)}, by=by)
    kept = LeaderHours.objects.get(weekday=1)

    set_hours(user=user, hours={(1, NINE, FIVE), (1, time(18), time(20))}, by=by)

    rows = LeaderHours.objects.order_by("weekday", "from_at")
    assert [(one.weekday, one.from_at) for one in rows] == [(1, NINE), (1, time(18))]
    assert rows[0].pk == kept.pk
    assert Entry.objects.filter(action="set_leader_hours").count() == 2
    set_hours(user=user, hours=set(), by=by)
    assert not LeaderHours.objects.exists()


def test_hours_that_overlap_or_of_somebody_who_leads_nothing_are_refused(by):
    user = facilitator()

    assert "overlap" in refused(
        set_hours, user=user, hours={(0, NINE, FIVE), (0, time(16), time(18))}, by=by
    )
    assert "leads no groups" in refused(set_hours, user=UserFactory(), hours=set(), by=by)
    assert not LeaderHours.objects.exists()


def test_leave_is_recorded_with_how_many_sessions_need_cover(by):
    """Six Tuesdays from 2 October: two of them lie in eight days."""
    user = facilitator()
    planned(leaders=[user])

    absence, left = leave(user, by)

    assert left == 2
    assert (absence.from_on, absence.to_on, absence.cover) == (FIRST, FIRST + 7 * DAY, None)
    entry = Entry.objects.get(action="recorded_leader_leave")
    assert entry.detail == {"account": user.username, "absence": absence.pk}
    assert leave(user, by, TUESDAYS[2], TUESDAYS[5])[1] == 4


def test_leave_that_is_known_or_over_or_of_somebody_else_is_refused(by):
    user = facilitator()
    leave(user, by)

    assert "is away from 2 October 2018 to 9 October 2018 already" in refused(leave, user, by)
    assert "has been" in refused(leave, user, by, TODAY - 2 * DAY, TODAY - DAY)
    assert "leads no groups" in refused(leave, UserFactory(), by)
    officer = facilitator("Olu Ade")
    officer.role = Role.OFFICER
    officer.save()
    assert "Away and cover" in refused(leave, officer, by)
    assert Absence.objects.count() == 1


def test_days_that_were_cancelled_may_be_recorded_again(by):
    user = facilitator()
    absence, _ = leave(user, by)
    absence.cancelled_on = date(2018, 9, 3)
    absence.save()

    assert leave(user, by)[1] == 0
