"""Many series at once, let in by the rules alone: whoever looks at every quarter of an hour finds nobody twice."""

import random
from collections import Counter
from datetime import date, time, timedelta

import pytest

from cases.reference.codes import Sex
from cases.rules.booking import Weight
from cases.rules.booking_facts import Hours
from cases.rules.cover import Days
from grid.rules.company import Company
from grid.rules.groups_open import OpenSeries
from grid.rules.intervention_policy import Dose
from grid.rules.joining import Joiner, Taken, joining
from grid.rules.replanning import call_off
from grid.rules.rooms import Booked, Room, Wants, against_room, rooms_that_fit
from grid.rules.series import Closures, Shut, Weekly
from grid.rules.staffing import Asks, Leader, Trained, against, shortages
from tests.grid.a_series import NOW, OPEN, ends, planned

TODAY = date(2018, 9, 3)
ASKS = Asks("thinking skills", women=False, leaders=2)
ALL_DAY = tuple(Hours(day, time(9), time(21)) for day in range(5))
QUARTER = timedelta(minutes=15)


def quarters(series):
    """Every quarter of an hour that a series takes, told without the rules."""
    for one in series.sessions:
        moment = one.starts_at
        while moment < one.starts_at + timedelta(minutes=one.minutes):
            yield one.on, moment.time()
            moment += QUARTER


def busy(held, leader):
    return tuple(
        session.stretch
        for series, _, leaders in held
        if leader in leaders
        for session in series.sessions
    )


def a_leader(held, user):
    trained = Trained(ASKS.skill, date(2017, 1, 1), TODAY + timedelta(days=50 + 10 * user))
    return Leader(user, f"Leader {user}", trained=(trained,), busy=busy(held, user))


def an_asked_series(chance):
    weekly = (Weekly(chance.randrange(5), time(chance.randint(9, 18), chance.choice([0, 15, 30]))),)
    first = TODAY + timedelta(days=chance.randrange(30))
    return planned(Dose(chance.randint(3, 10), chance.choice([90, 120, 150]), 1), first, weekly)


def timetable(chance, tries=45):
    """[(series, room, leaders)] of those that the rules let in, each with the first room and leaders that may."""
    rooms = [Room(1, "Small", 10, ALL_DAY), Room(2, "Large", 14, ALL_DAY)]
    held: list = []
    turned_away = 0
    for number in range(tries):
        series = an_asked_series(chance)
        booked = [
            Booked(room, session.stretch, pk)
            for pk, (other, room, _) in enumerate(held)
            for session in other.sessions
        ]
        wants = Wants(series.sessions, chance.choice([10, 12]), series=1000 + number)
        fit = rooms_that_fit(rooms, wants, booked)
        able = [
            one
            for one in (a_leader(held, user) for user in range(6))
            if not any(against(one, session, ASKS) for session in series.sessions)
        ]
        if not fit or shortages(able[:2], series.sessions, ASKS):
            turned_away += 1
            continue
        held.append((series, fit[0].room, {one.user for one in able[:2]}))
    return held, turned_away


@pytest.mark.parametrize("seed", range(5))
def test_no_two_series_ever_share_a_room_or_a_leader(seed):
    held, turned_away = timetable(random.Random(seed))
    rooms, leaders = Counter(), Counter()
    for series, room, led_by in held:
        assert len(led_by) == 2
        for quarter in quarters(series):
            rooms[room, quarter] += 1
            leaders.update((user, quarter) for user in led_by)
        for user in led_by:
            assert series.last_on <= TODAY + timedelta(days=50 + 10 * user)
    assert max(rooms.values()) == max(leaders.values()) == 1
    assert len(held) > 8
    assert turned_away > 8


@pytest.mark.parametrize("seed", range(5))
def test_what_is_turned_away_would_have_met_something(seed):
    """Of the rooms: refused as taken exactly where a quarter of an hour is there twice."""
    chance = random.Random(100 + seed)
    held, _ = timetable(chance, tries=30)
    answers = Counter()
    for _ in range(60):
        series = an_asked_series(chance)
        for pk, (other, room, _) in enumerate(held):
            booked = [Booked(room, session.stretch, pk) for session in other.sessions]
            found = against_room(Room(room, "Room", 20, ALL_DAY), Wants(series.sessions, 5), booked)
            taken = any(one.code == "taken" for one in found)
            assert taken == bool(set(quarters(series)) & set(quarters(other)))
            answers[taken] += 1
    assert min(answers[True], answers[False]) > 5


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_in_two_groups_at_once_nor_with_whom_they_are_kept_apart_from(seed):
    chance = random.Random(200 + seed)
    held, _ = timetable(chance, tries=30)
    apart = {frozenset(chance.sample(range(30), 2)) for _ in range(40)}
    members: dict[int, set[int]] = {pk: set() for pk in range(len(held))}
    until = {case: TODAY + timedelta(days=chance.randint(20, 140)) for case in range(30)}
    refused = 0
    for _ in range(250):
        case, pk = chance.randrange(30), chance.randrange(len(held))
        taken = tuple(
            Taken(session.stretch, series=True)
            for other, there in members.items()
            if case in there
            for session in held[other][0].sessions
        )
        kept_from = frozenset().union(*(pair for pair in apart if case in pair)) - {case}
        joiner = Joiner(case, ends(until[case]), Company(Sex.MALE, apart=kept_from), taken=taken)
        sessions, there = held[pk][0].sessions, frozenset(members[pk])
        group = OpenSeries(pk, "stepping_stones", 1, "Oxford office", sessions, 8, there)
        found = joining(joiner, group, NOW, must_finish=True)
        if any(one.weight is Weight.REFUSES for one in found):
            refused += 1
        else:
            members[pk].add(case)
    there: Counter = Counter()
    for pk, cases in members.items():
        assert len(cases) <= 8
        assert not any(pair <= cases for pair in apart)
        assert all(until[case] >= held[pk][0].last_on for case in cases)
        there.update((case, quarter) for case in cases for quarter in quarters(held[pk][0]))
    assert max(there.values()) == 1
    assert refused > 30
    assert sum(map(len, members.values())) > 20


def test_leave_without_cover_is_planned_round_and_no_session_is_then_short():
    days = Days(date(2018, 10, 8), date(2018, 10, 19))
    trained = (Trained(ASKS.skill, date(2017, 1, 1)),)
    leaders = [
        Leader(1, "Rose Hart", trained=trained, away=(days,)),
        Leader(2, "Sam Lowe", trained=trained),
    ]
    leave = Shut(days.from_on, days.to_on, "nobody can lead")

    series = planned(closures=Closures((leave,)))

    assert [one.on.day for one in series.sessions] == [2, 23, 30, 6]
    assert [str(one) for one in series.passed_over] == [
        "9 October 2018: nobody can lead",
        "16 October 2018: nobody can lead",
    ]
    assert shortages(leaders, series.sessions, ASKS) == []
    assert [one.session.on.day for one in shortages(leaders, planned().sessions, ASKS)] == [9, 16]


def test_what_is_called_off_asks_for_its_room_again():
    series = planned()
    found = call_off(series, [2], OPEN, NOW)
    after = [Booked(1, found.new[0].stretch, 7)]
    room = Room(1, "Room", 12, ALL_DAY)

    assert [
        one.code for one in against_room(room, Wants(found.series.sessions, 5, series=8), after)
    ] == ["taken"]
    assert against_room(room, Wants(series.sessions, 5, series=8), after) == []
