"""Two tablets, repeats, another order, wrong clocks: written once, nothing lost, nothing written over unseen."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import OutcomeCorrection
from staff.errors import RuleBroken
from tests.once import undone
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import (
    AFTER,
    NINE,
    a_session,
    clock,
    left,
    logged,
    supervisor_of,
    the_only,
)
from unpaidwork.models import Acknowledgement, Attendance, Sync
from unpaidwork.services.register import close_register, record_arrival, record_leaving
from unpaidwork.services.sync import apply_sync, settle_sync

pytestmark = pytest.mark.django_db
ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def by(session):
    return supervisor_of(session)


@pytest.fixture
def one(session):
    return the_only(session)


def fresh(one):
    return Attendance.objects.get(pk=one.pk)


def here(one, at=NINE, **given):
    return {"attendance": one.pk, "seen": 1, "came": "here", "arrived_at": at.isoformat()} | given


def gone(one, at=None, **given):
    usual = {
        "attendance": one.pk, "seen": 1, "came": "left", "arrived_at": NINE.isoformat(),
        "left_at": (at or clock(16)).isoformat(), "quality": "GD", "behaviour": "GD",
        "task": "Clearing paths", "hi_vis": True,
    }  # fmt: skip
    return usual | given


def send(session, by, sent, *, key=None, device=ONE, said_at=NINE, now=AFTER):
    return apply_sync(
        session=session, key=key or uuid4(), device=device, said_at=said_at, sent=sent, by=by,
        now=now,
    )  # fmt: skip


def test_a_day_without_a_network_is_written_when_it_comes(session, by, one):
    states = [
        send(session, by, here(one)).state,
        send(session, by, gone(one), said_at=clock(16)).state,
    ]

    assert states == ["written", "written"]
    assert (fresh(one).came, fresh(one).credited_minutes) == ("left", 420)
    assert logged(one).outcome_code == "ATTC"


def test_that_somebody_left_without_leave_comes_with_the_tablet_and_twice_is_once(session, by, one):
    send(session, by, here(one))
    left_at = gone(one) | {
        "left_at": clock(11).isoformat(),
        "outcome": "AFTC",
        "note": "Walked off.",
    }

    states = [send(session, by, left_at, said_at=clock(11)).state for _ in range(2)]

    assert states == ["written", "already"]
    assert (logged(one).outcome_code, fresh(one).credited_minutes) == ("AFTC", 120)


def test_the_same_sent_again_is_not_written_again(session, by, one):
    key = uuid4()
    first = send(session, by, here(one), key=key)
    version = fresh(one).version

    again = [send(session, by, here(one), key=key) for _ in range(3)]

    assert first.state == "written"
    assert {one.state for one in again} == {"already"}
    assert fresh(one).version == version
    assert Sync.objects.count() == 1


def test_what_left_the_tablet_in_another_order_comes_to_the_same(session, by, one):
    states = [
        send(session, by, gone(one), said_at=clock(16)).state,
        send(session, by, here(one), said_at=NINE).state,
    ]

    assert states == ["written", "already"]
    assert fresh(one).came == "left"
    assert not Sync.objects.waiting().exists()


def test_two_tablets_that_say_the_same_agree(session, by, one):
    sent = gone(one)
    states = [
        send(session, by, sent, device=device, said_at=clock(16)).state for device in (ONE, OTHER)
    ]

    assert states == ["written", "already"]


def test_two_tablets_that_do_not_agree_are_shown_beside_each_other_and_neither_is_lost(
    session, by, one
):
    send(session, by, gone(one), said_at=clock(16))

    second = send(session, by, {"attendance": one.pk, "seen": 1, "came": "not_come"}, device=OTHER)

    assert second.state == "conflict"
    assert f"{by.name}, " in second.because
    assert "9am to 4pm, 7 hours credited" in second.because
    assert fresh(one).came == "left"
    assert second.sync.sent["came"] == "not_come"


def test_what_is_in_conflict_stays_so_when_it_is_sent_again(session, by, one):
    send(session, by, gone(one), said_at=clock(16))
    key, sent = uuid4(), gone(one, at=clock(15))
    first = send(session, by, sent, key=key, device=OTHER)
    again = send(session, by, sent, key=key, device=OTHER)

    assert first.state == again.state == "conflict"
    assert Sync.objects.waiting().count() == 1


def test_what_somebody_wrote_on_the_page_meanwhile_is_not_written_over(session, by, one):
    record_arrival(attendance=one, version=1, arrived_at=NINE, by=by, now=NINE)
    held = fresh(one)
    record_leaving(attendance=held, version=2, said=left(left_at=clock(14)), by=by, now=AFTER)

    assert send(session, by, gone(one)).state == "conflict"
    assert fresh(one).credited_minutes == 300


def test_the_same_tablet_may_put_right_what_it_said_itself(session, by, one):
    send(session, by, gone(one, at=clock(15)), said_at=clock(15))

    later = send(session, by, gone(one, at=clock(16)), said_at=clock(16))

    assert later.state == "written"
    assert fresh(one).credited_minutes == 420
    assert "tablet" in OutcomeCorrection.objects.get().because


def test_a_tablet_whose_clock_is_wrong_writes_nothing_unseen_and_loses_nothing(session, by, one):
    sent = here(one, sent_at=(AFTER - timedelta(hours=3)).isoformat())
    slow = send(session, by, sent)
    ahead = send(session, by, here(one), said_at=AFTER + timedelta(hours=1))

    assert (slow.state, ahead.state) == ("conflict", "conflict")
    assert "3 h 0 min slow" in slow.because
    assert "still to come" in ahead.because
    assert fresh(one).came == "expected"


def test_what_no_register_can_say_is_kept_with_why(session, by, one):
    found = send(session, by, gone(one, quality=""))

    assert found.state == "conflict"
    assert found.because == "Say how they worked."
    assert fresh(one).version == 1


def test_what_comes_after_the_register_was_closed_waits_for_a_coordinator(session, by, one):
    send(session, by, gone(one), said_at=clock(16))
    close_register(session=session, by=by, now=AFTER)

    late = send(session, by, gone(one, at=clock(15)), said_at=clock(16, 30), now=clock(18))
    held = fresh(one)

    assert (late.state, late.because[:15]) == ("conflict", "Register closed")
    with pytest.raises(RuleBroken):
        settle_sync(sync=late.sync, take=True, version=held.version, by=by, now=clock(18))
    who = coordinator()
    settle_sync(sync=late.sync, take=True, version=held.version, by=who, now=clock(18))
    assert fresh(one).credited_minutes == 360


def test_whoever_chooses_takes_what_was_sent_or_leaves_what_stands(session, by, one):
    send(session, by, gone(one), said_at=clock(16))
    taken = send(session, by, gone(one, at=clock(15)), device=OTHER)
    settle_sync(sync=taken.sync, take=True, version=fresh(one).version, by=by, now=AFTER)
    assert fresh(one).credited_minutes == 360

    left_be = send(session, by, gone(one, at=clock(14)), device=OTHER)
    settle_sync(sync=left_be.sync, take=False, version=fresh(one).version, by=by, now=AFTER)
    assert fresh(one).credited_minutes == 360

    assert not Sync.objects.waiting().exists()
    with pytest.raises(RuleBroken, match="chosen already"):
        settle_sync(sync=left_be.sync, take=True, version=fresh(one).version, by=by, now=AFTER)


def test_nobody_chooses_without_having_seen_what_stands(session, by, one):
    send(session, by, gone(one), said_at=clock(16))
    waiting = send(session, by, gone(one, at=clock(15)), device=OTHER)

    with pytest.raises(RuleBroken, match="wrote meanwhile"):
        settle_sync(sync=waiting.sync, take=True, version=1, by=by, now=AFTER)


def test_a_register_is_not_closed_over_something_a_tablet_sent(session, by, one):
    send(session, by, gone(one), said_at=clock(16))
    send(session, by, gone(one, at=clock(15)), device=OTHER)

    with pytest.raises(RuleBroken, match="Choose what stands first"):
        close_register(session=session, by=by, now=AFTER)


def test_what_was_said_before_the_sheet_changed_is_written_and_of_a_sheet_never_read_is_not(
    session, by, one
):
    Acknowledgement.objects.update(digest="x" * 64)
    assert send(session, by, here(one)).state == "written"

    Acknowledgement.objects.all().delete()
    with pytest.raises(RuleBroken, match="Read the day sheet"):
        send(session, by, gone(one), said_at=clock(16))


def test_a_supervisor_does_not_excuse_anybody_from_a_tablet_either(session, by, one):
    sent = {"attendance": one.pk, "seen": 1, "came": "not_come", "outcome": "AAME"}

    found = send(session, by, sent)

    assert "Only a coordinator" in found.because
    assert logged(one).outcome_code == ""


def test_only_people_of_the_session_and_only_what_can_be_read_are_taken(session, by, one):
    other = the_only(a_session())

    for sent in (here(other), {"came": "here"}, here(one, came="gone"), here(one, sent_at="soon")):
        with pytest.raises(RuleBroken):
            send(session, by, sent)
    assert not Sync.objects.exists()


def test_a_supervisor_of_another_session_sends_nothing_here(session, one):
    with pytest.raises(RuleBroken):
        send(session, supervisor_of(a_session()), here(one))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    order=st.permutations(range(3)),
    repeats=st.lists(st.integers(0, 2), max_size=4),
)
def test_in_whatever_order_and_however_often_one_tablets_words_come_the_last_of_them_stands(
    session, by, one, order, repeats
):
    words = [
        (uuid4(), NINE, here(one)),
        (uuid4(), clock(15), gone(one, at=clock(15))),
        (uuid4(), clock(15, 30), gone(one, at=clock(15, 30))),
    ]

    with undone():
        for place in (*order, *repeats):
            key, said_at, sent = words[place]
            assert send(session, by, sent, key=key, said_at=said_at).state in ("written", "already")

        assert fresh(one).credited_minutes == 390
        assert Sync.objects.count() == 3
        assert logged(one).outcome_code == "ATTC"
