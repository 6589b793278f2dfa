"""Calling off or moving sessions: the rest is planned again, rooms and leaders are asked again, officers are told."""

from datetime import date, time, timedelta

import pytest

from cases.models import Notice
from grid.models import SessionLeader
from grid.queries.rooms import booked
from grid.reference.groups import PlaceState, SessionState
from grid.rules.series import Weekly
from grid.services.attendances import settle_attendances
from grid.services.series_changes import (
    call_off_series,
    call_off_sessions,
    move_session,
)
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import AbsenceFactory, UserFactory
from tests.grid.planned_series import (
    FIRST,
    NOW,
    SIX,
    TUESDAYS,
    at,
    days_of,
    facilitator,
    member,
    on_an_order,
    planned,
    room_at,
    sessions_of,
)

pytestmark = pytest.mark.django_db
ILL = "The facilitator is ill"
THIRD, LAST = TUESDAYS[2], TUESDAYS[-1]
ONE_MORE = LAST + timedelta(weeks=1)  # 13 November


def call_off(series, *numbers, now=NOW, **known):
    asked = {"because": ILL, "version": series.version, "by": series.planned_by, "now": now}
    return call_off_sessions(series=series, numbers=numbers, **asked | known)


def move(series, number, on, from_at=SIX, now=NOW, **known):
    session = series.sessions.standing().get(number=number)
    asked = {"because": ILL, "version": series.version, "by": series.planned_by, "now": now}
    return move_session(session=session, on=on, from_at=from_at, **asked | known)


def called_off(series):
    rows = series.sessions.filter(state=SessionState.CALLED_OFF).order_by("starts_at")
    return [(one.number, one.starts_at.date(), one.state_because) for one in rows]


def leaders_of(series):
    return {
        one.number: [each.user.name for each in one.led_by.standing()]
        for one in sessions_of(series)
    }


def test_what_is_called_off_is_done_the_week_after_and_one_more_is_held_at_the_end():
    series = planned()

    done = call_off(series, 3)

    assert days_of(series) == [*TUESDAYS[:2], *TUESDAYS[3:], ONE_MORE]
    assert [one.number for one in sessions_of(series)] == [1, 2, 3, 4, 5, 6]
    assert called_off(series) == [(3, THIRD, ILL)]
    assert (done.series.last_on, [one.on for one in done.new]) == (ONE_MORE, [ONE_MORE])
    assert leaders_of(series) == dict.fromkeys(range(1, 7), ["Fran Field"])
    assert {one.room.name for one in sessions_of(series)} == {"Room 1"}
    series.refresh_from_db()
    assert series.version == 2
    entry = Entry.objects.get(action="called_off_sessions")
    assert entry.detail == {"series": series.pk, "numbers": [3], "version": 2}


def test_the_room_and_the_leader_of_what_is_called_off_are_free():
    series = planned()
    room = sessions_of(series)[0].room

    call_off(series, 3)

    assert booked([room.pk], THIRD, THIRD) == []
    gone = SessionLeader.objects.get(session__state=SessionState.CALLED_OFF)
    assert (gone.stands, gone.because) == (False, ILL)


def test_a_day_that_makes_up_for_it_comes_in_its_order():
    series = planned()
    thursday = THIRD + timedelta(days=2)

    call_off(series, 3, making_up=[(thursday, time(17))])

    assert days_of(series) == [*TUESDAYS[:2], thursday, *TUESDAYS[3:]]
    assert sessions_of(series)[2].starts_at == at(thursday, 17)


def test_several_are_called_off_together():
    series = planned()

    call_off(series, 2, 6)

    more = [LAST + timedelta(weeks=week) for week in (1, 2)]
    assert days_of(series) == [FIRST, *TUESDAYS[2:5], *more]
    assert called_off(series) == [(2, TUESDAYS[1], ILL), (6, LAST, ILL)]


def test_a_session_is_moved_between_the_one_before_it_and_the_one_after():
    series = planned()
    friday = THIRD + timedelta(days=3)

    move(series, 3, friday, time(10))

    assert days_of(series) == [*TUESDAYS[:2], friday, *TUESDAYS[3:]]
    assert called_off(series) == [(3, THIRD, f"Moved to 10am on 19 October 2018: {ILL}")]
    assert leaders_of(series)[3] == ["Fran Field"]
    assert Entry.objects.get(action="moved_session").detail["to"] == at(friday, 10).isoformat()


def test_a_session_is_moved_to_another_room_an_hour_later():
    """It overlaps itself: what it takes the place of takes neither its room nor its leader."""
    series = planned()
    room = room_at(series.place, "Room 2")

    move(series, 3, THIRD, time(19), room=room)

    moved = sessions_of(series)[2]
    assert (moved.starts_at, moved.room) == (at(THIRD, 19), room)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda series: move(series, 3, ONE_MORE), "Session 3 comes before session 4"),
        (lambda series: move(series, 3, date(2018, 12, 25)), "No session can be held on 25 December 2018: a bank holiday"),
        (lambda series: call_off(series, 9), "This series has no session 9."),
        (lambda series: call_off(series), "Say which session is called off."),
        (lambda series: call_off(series, 1, now=at(FIRST, 18)), "Session 1 on 2 October 2018 has begun."),
        (lambda series: call_off(series, 3, because=" "), "Say why"),
        (lambda series: call_off(series, 3, because="x" * 201), "Say why in 200 letters at most."),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_refused_and_all_stays_as_it_was(act, words):
    series = planned()
    with pytest.raises(RuleBroken) as refusal:
        act(series)

    assert words in str(refusal.value)
    assert days_of(series) == TUESDAYS
    series.refresh_from_db()
    assert series.version == 1


def test_a_room_that_is_taken_at_the_new_hour_is_refused():
    series = planned()
    friday = THIRD + timedelta(days=3)
    planned(
        place=series.place,
        room=sessions_of(series)[0].room,
        leaders=[facilitator("Gil Hart")],
        first_on=FIRST + timedelta(days=3),
        weekly=[Weekly(4, time(11))],
    )

    with pytest.raises(RuleBroken, match="Room 1, Oxford office is taken by Making Amends, from 11am"):  # fmt: skip
        move(series, 3, friday, time(10))

    assert days_of(series) == TUESDAYS


def test_a_leader_who_cannot_then_is_refused_with_who_could_stand_in():
    series = planned()
    fran = sessions_of(series)[0].led_by.get().user
    AbsenceFactory(user=fran, cover=None, from_on=ONE_MORE, to_on=ONE_MORE)
    gil = facilitator("Gil Hart")

    with pytest.raises(RuleBroken) as refusal:
        call_off(series, 3)

    assert "Fran Field is away" in str(refusal.value)
    assert "1 person could stand in at session 6 on 13 November 2018. Gil Hart." in str(refusal.value)  # fmt: skip
    call_off(series, 3, users=[gil])
    assert leaders_of(series)[6] == ["Gil Hart"]


def test_whoever_comes_second_is_told_what_the_first_did():
    series = planned()
    call_off(series, 3, by=UserFactory(first_name="Pat", last_name="Rowe"))

    with pytest.raises(RuleBroken) as refusal:
        move(series, 4, TUESDAYS[4] + timedelta(days=1), version=1)

    assert "This series has changed since you opened it: Pat Rowe called off a session at" in str(
        refusal.value
    )
    assert days_of(series) == [*TUESDAYS[:2], *TUESDAYS[3:], ONE_MORE]


def test_every_officer_is_told_in_the_words_of_what_it_means_for_theirs():
    series = planned()
    late, early = on_an_order(LAST), on_an_order(date(2019, 6, 30))
    for case in (late, early):
        member(series, case)

    call_off(series, 3)

    told = {one.user: one.text for one in Notice.objects.all()}
    assert set(told) == {late.officer, early.officer}
    for case, in_time in (
        (late, "That is now too late: their order ends on 6 November 2018."),
        (early, "That is in time: their order ends on 30 June 2019."),
    ):
        words = told[case.officer]
        assert words.startswith(
            f"{case.crn}, Making Amends: Session 3 on 16 October 2018 is not held. "
            "Instead: 13 November 2018 at 6pm. They finish on 13 November 2018 and not on 6 November 2018."
        )
        assert in_time in words
        assert ILL not in words  # what was typed may name somebody
        assert case.surname not in words


def test_a_series_is_called_off_and_everybody_is_back_on_the_list():
    series = planned()
    case, asked = on_an_order(date(2019, 6, 30)), on_an_order(date(2019, 6, 30))
    place = member(series, case)
    kept = member(series, asked, PlaceState.KEPT, kept_until=NOW + timedelta(days=5))
    done = at(FIRST, 21)

    call_off_series(
        series=series, because="Nobody to lead it", version=1, by=series.planned_by, now=done
    )

    series.refresh_from_db()
    assert (series.state, series.state_because) == ("called_off", "Nobody to lead it")
    assert series.version > 1
    assert days_of(series) == [FIRST]  # what was held stays
    assert leaders_of(series) == {1: ["Fran Field"]}
    for one, state in ((place, PlaceState.LEFT), (kept, PlaceState.LET_GO)):
        one.refresh_from_db()
        assert one.state == state
    place.referral.refresh_from_db()
    assert place.referral.state == "accepted"
    words = Notice.objects.get(user=case.officer).text
    assert "It is called off from 9 October 2018 on, and they are back on the list." in words
    with pytest.raises(RuleBroken, match="This series was called off: Nobody to lead it"):
        call_off(series, 3)


def test_a_series_of_which_all_has_begun_is_not_called_off():
    series = planned()

    with pytest.raises(RuleBroken, match="Every session of this series has begun"):
        call_off_series(
            series=series, because="Snow", version=1, by=series.planned_by, now=at(LAST, 19)
        )


def test_members_follow_the_sessions_that_stand():
    """Each has one appointment for each session that stands, and none for what was called off."""
    series = planned()
    case = on_an_order(date(2019, 6, 30))
    place = member(series, case)
    settle_attendances(series, because="Joined", by=series.planned_by, now=NOW)

    call_off(series, 3)

    stands = place.attendances.expected().order_by("starts_at")
    assert [one.starts_at for one in stands] == [one.starts_at for one in sessions_of(series)]
    assert all(one.appointment.called_off_at is None for one in stands)
    gone = place.attendances.get(stands=False)
    assert (gone.starts_at, gone.appointment.called_off_because) == (at(THIRD, 18), ILL)
