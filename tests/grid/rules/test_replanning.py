"""Calling off and moving: nothing is lost, the order is kept, and everybody in the series is told what it means."""

import random
from datetime import date, time, timedelta

import pytest

from cases.rules.calendar import bank_holidays
from grid.reference.interventions import Hook
from grid.rules.intervention_policy import Dose
from grid.rules.replanning import Member, call_off, move
from grid.rules.series import Closures, Shut, Weekly
from staff.errors import RuleBroken
from tests.grid.a_series import (
    NOW,
    OPEN,
    SIX,
    THURSDAYS,
    TUESDAYS,
    at,
    days,
    ends,
    october,
    planned,
    taken,
)

LAST = date(2018, 10, 23)
NEXT = date(2018, 10, 30)  # the Tuesday after the last


def without(*numbers, series=None, closures=OPEN, now=NOW, making_up=(), members=()):
    return call_off(
        series or planned(), numbers, closures, now, making_up=making_up, members=members
    )


def moved(number, on, from_at=SIX, series=None, closures=OPEN, now=NOW, members=()):
    return move(series or planned(), number, on, from_at, closures, now, members=members)


def test_what_is_called_off_is_held_at_the_end_and_the_rest_stay_where_they_are():
    found = without(2)

    assert days(found.series) == [*october(2, 16, 23), NEXT]
    assert [one.number for one in found.series.sessions] == [1, 2, 3, 4]
    assert [one.on for one in found.gone] == october(9)
    assert [one.on for one in found.new] == [NEXT]
    assert found.words == (
        "Session 2 on 9 October 2018 would not be held. New: 30 October 2018 at 6pm. The series ends on "
        "30 October 2018."
    )


def test_the_last_is_held_a_week_later():
    assert days(without(4).series) == [*october(2, 9, 16), NEXT]


def test_two_weeks_of_illness_add_two_weeks():
    found = without(3, 2, 3)

    assert days(found.series) == [*october(2, 23), NEXT, date(2018, 11, 6)]
    assert found.words.startswith(
        "Session 2 on 9 October 2018 and session 3 on 16 October 2018 would not be held."
    )


def test_what_comes_at_the_end_passes_over_what_is_shut():
    december = planned(Dose(2, 120, 1), date(2018, 12, 11))

    found = without(1, series=december)

    assert days(found.series) == [
        date(2018, 12, 18),
        date(2019, 1, 8),
    ]  # not Christmas nor New Year


def test_of_two_evenings_a_week_the_next_one_is_taken():
    twice = planned(Dose(4, 120, 2), weekly=(TUESDAYS, THURSDAYS))

    assert days(without(1, series=twice).series) == october(4, 9, 11, 16)


def test_a_week_that_has_room_for_one_more_takes_it():
    three = planned(Dose(3, 120, 2), weekly=(TUESDAYS, THURSDAYS))

    assert days(without(1, series=three).series) == october(4, 9, 11)


def test_a_day_that_makes_up_for_it_keeps_the_finish():
    found = without(2, making_up=[(date(2018, 10, 11), time(10))])

    assert days(found.series) == october(2, 11, 16, 23)
    assert found.series.sessions[1].from_at == time(10)
    assert found.new == (found.series.sessions[1],)


def test_one_made_up_for_and_one_at_the_end():
    found = without(2, 3, making_up=[(date(2018, 10, 17), SIX)])

    assert days(found.series) == [*october(2, 17, 23), NEXT]


def test_a_day_after_the_end_that_makes_up_for_it_is_in_its_order():
    """The next session then does what the one called off would have done."""
    found = without(1, making_up=[(date(2018, 11, 1), SIX)])

    assert days(found.series) == [*october(9, 16, 23), date(2018, 11, 1)]
    assert [one.number for one in found.new] == [4]


@pytest.mark.parametrize(
    ("numbers", "making_up", "words"),
    [
        ((), (), "which session is called off"),
        ((5,), (), "no session 5"),
        ((2,), [(date(2018, 10, 9), SIX)], "is called off. Choose another"),
        ((2,), [(date(2018, 10, 16), time(9))], "session on 16 October 2018 already"),
        (
            (2,),
            [(date(2018, 10, 18), SIX)],
            "week of 15 October 2018 there would be more than 1 session",
        ),
        ((2,), [(date(2018, 10, 11), time(20, 1))], "between 7am and 10pm"),
        ((2,), [(date(2018, 12, 26), SIX)], "26 December 2018: a bank holiday"),
        (
            (2,),
            [(date(2018, 10, 10), SIX), (date(2018, 11, 7), SIX)],
            "1 session called off, and 2 days",
        ),
        ((2,), [(date(2018, 1, 1), SIX)], "has been"),
    ],
)
def test_what_cannot_be_called_off_or_made_up_for_is_refused(numbers, making_up, words):
    with pytest.raises(RuleBroken, match=words):
        without(*numbers, making_up=making_up)


def test_the_same_day_at_another_hour_makes_up_for_it():
    found = without(2, making_up=[(date(2018, 10, 9), time(9))])

    assert days(found.series) == october(2, 9, 16, 23)


def test_a_session_is_called_off_until_it_begins():
    day = date(2018, 10, 9)

    assert without(2, now=at(day, 17, 59)).gone
    with pytest.raises(
        RuleBroken, match="Session 2 on 9 October 2018 has begun. Say in its register"
    ):
        without(2, now=at(day, 18))


def test_a_session_is_moved_between_its_neighbours():
    found = moved(2, date(2018, 10, 12), time(10))

    assert days(found.series) == october(2, 12, 16, 23)
    assert (found.gone[0].on, found.new[0].on) == (date(2018, 10, 9), date(2018, 10, 12))
    assert found.new[0].from_at == time(10)


def test_a_session_is_moved_to_another_hour_of_its_day():
    found = moved(2, date(2018, 10, 9), time(17))

    assert days(found.series) == days(planned())
    assert found.series.sessions[1].from_at == time(17)


@pytest.mark.parametrize(
    ("number", "on", "words"),
    [
        (1, date(2018, 10, 2), "at that hour already"),
        (2, date(2018, 9, 24), "session 2 comes after session 1 on 2 October 2018"),
        (2, date(2018, 10, 2), "There is a session on 2 October 2018 already"),
        (2, date(2018, 10, 7), "In the week of 1 October 2018 there would be more than 1 session"),
        (2, date(2018, 10, 15), "In the week of 15 October 2018"),
        (2, date(2018, 10, 29), "comes before session 3"),
        (4, date(2018, 12, 25), "a bank holiday"),
        (1, date(2018, 1, 1), "has been"),
    ],
)
def test_a_move_that_cannot_be_is_refused(number, on, words):
    with pytest.raises(RuleBroken, match=f"(?i){words}"):
        moved(number, on)


def test_the_first_may_be_moved_earlier_and_the_last_as_late_as_it_must():
    assert moved(1, date(2018, 9, 25)).series.first_on == date(2018, 9, 25)
    assert moved(4, date(2018, 12, 24)).series.last_on == date(2018, 12, 24)


def test_a_day_that_is_shut_is_no_day_to_move_to():
    closures = Closures((Shut(date(2018, 10, 11), date(2018, 10, 12), "the office is shut"),))

    with pytest.raises(
        RuleBroken, match="No session can be held on 12 October 2018: the office is shut"
    ):
        moved(2, date(2018, 10, 12), closures=closures)
    assert moved(2, date(2018, 10, 13), closures=closures).new


def test_what_follows_a_move_keeps_to_one_a_week():
    """The last was moved to a Monday: the Tuesday of that week would be a second."""
    early = moved(4, date(2018, 10, 22)).series

    found = without(1, series=early)

    assert days(found.series) == [*october(9, 16, 22), NEXT]


# Everybody in it


@pytest.mark.parametrize(
    ("end", "late", "newly"),
    [
        (date(2018, 10, 22), True, False),
        (LAST, True, True),
        (NEXT - timedelta(days=1), True, True),
        (NEXT, False, False),
        (None, False, False),
    ],
)
def test_who_would_now_finish_too_late(end, late, newly):
    (member,) = without(2, members=[Member(1, ends(end))]).members

    assert (member.late, member.newly_late) == (late, newly)
    assert (member.before, member.after) == (LAST, NEXT)


@pytest.mark.parametrize(
    ("end", "hook", "words"),
    [
        (LAST, Hook.RAR, "That is now too late: their order ends on 23 October 2018."),
        (date(2018, 10, 22), Hook.LICENCE, "That is too late, as it was before: their licence ends on 22 October 2018."),
        (NEXT, Hook.PSS, "That is in time: their post-sentence supervision ends on 30 October 2018."),
        (None, Hook.VOLUNTARY, "Nobody recorded when their supervision ends, so look whether they can finish."),
    ],
)  # fmt: skip
def test_each_is_told_in_words(end, hook, words):
    (member,) = without(2, members=[Member(1, ends(end, hook))]).members

    assert member.words == f"They finish on 30 October 2018 and not on 23 October 2018. {words}"


def test_how_many_would_finish_too_late_is_said():
    members = [Member(case, ends(LAST + timedelta(days=case))) for case in (0, 6, 7, 30)]

    assert without(2, members=members).words.endswith("2 people would now finish too late.")


def test_a_session_made_up_for_in_time_changes_no_finish():
    (member,) = without(
        2, making_up=[(date(2018, 10, 11), SIX)], members=[Member(1, ends(LAST))]
    ).members

    assert not member.late
    assert (
        member.words
        == "They finish on 23 October 2018. That is in time: their order ends on 23 October 2018."
    )


@pytest.mark.parametrize(("from_hour", "clash"), [(16, False), (17, True), (19, True), (20, False)])
def test_who_is_expected_elsewhere_at_the_new_hour_is_told(from_hour, clash):
    to_hour = from_hour + 2
    member = Member(1, ends(NEXT), (taken(NEXT, from_hour, to_hour),))

    (found,) = without(2, members=[member]).members

    assert bool(found.clashes) is clash
    assert ("expected elsewhere on 30 October 2018 at 6pm" in found.words) is clash


def test_an_old_clash_is_not_told_again():
    member = Member(1, ends(NEXT), (taken(date(2018, 10, 16), 17, 19),))

    assert not without(2, members=[member]).members[0].clashes


# By chance


def a_series(chance):
    weekdays = chance.sample(range(7), chance.randint(1, 3))
    weekly = tuple(Weekly(day, time(chance.randint(7, 19))) for day in weekdays)
    dose = Dose(chance.randint(2, 24), 120, len(weekdays))
    return planned(dose, date(2018, 2, 1) + timedelta(days=chance.randrange(330)), weekly)


def test_however_it_is_changed_nothing_is_lost_and_everything_is_in_order():
    """Judged from the outside: by days and numbers alone, with what stood before beside it."""
    chance = random.Random(80)
    called_off = moves = refused = 0
    for _ in range(200):
        series = a_series(chance)
        now = at(series.first_on + timedelta(days=chance.randrange(20)), 12)
        begin = series.first_on + timedelta(days=chance.randrange(60))
        closures = Closures((Shut(begin, begin + timedelta(days=9), "shut"),))
        for _ in range(4):
            before = {(one.on, one.from_at) for one in series.sessions}
            held = [one for one in series.sessions if one.starts_at <= now]
            try:
                if chance.random() < 0.5:
                    numbers = chance.sample(
                        range(1, series.dose.sessions + 1), chance.randint(1, 2)
                    )
                    found = call_off(series, numbers, closures, now)
                    called_off += 1
                else:
                    number = chance.randint(1, series.dose.sessions)
                    there = series.numbered(number).on
                    on = there + timedelta(days=chance.randint(-6, 6))
                    found = move(series, number, on, time(chance.randint(7, 19)), closures, now)
                    moves += 1
            except RuleBroken:
                refused += 1
                continue
            series = found.series
            after = {(one.on, one.from_at) for one in series.sessions}
            gone = {(one.on, one.from_at) for one in found.gone}
            new = {(one.on, one.from_at) for one in found.new}
            on = days(series)

            assert [one.number for one in series.sessions] == list(
                range(1, series.dose.sessions + 1)
            )
            assert on == sorted(set(on))
            assert len(on) == series.dose.sessions
            assert after == before - gone | new
            assert list(series.sessions[: len(held)]) == held
            assert all(one.starts_at > now for one in found.new)
            assert not any(
                one.on in bank_holidays(one.on.year) or begin <= one.on <= begin + timedelta(days=9)
                for one in found.new
            )
            weeks = [day.isocalendar()[:2] for day in on]
            assert max(weeks.count(week) for week in weeks) <= series.dose.a_week
    assert min(called_off, moves, refused) > 50


@pytest.mark.parametrize(
    ("known", "begins", "last"),
    [
        ({}, "They finish on 30 October 2018 and not on", "That is in time: their order ends on"),
        ({"later": True}, "It ends for them on 30 October 2018 and not on", "They finish only in the series after it."),
        ({"still": True}, "They finish on 30 October 2018", "nothing new is booked for them until they are back."),
    ],
)  # fmt: skip
def test_what_it_means_for_whoever_finishes_later_or_cannot_be_seen_now(known, begins, last):
    one = Member(1, ends(date(2019, 6, 30)), **known)

    (found,) = without(2, members=[one]).members

    assert found.words.startswith(begins)
    assert last in found.words
    assert ("They finish only" in found.words) == known.get("later", False)
    assert ("stands still" in found.words) == known.get("still", False)
