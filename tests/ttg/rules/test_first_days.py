"""The first days after release: no clash and no impossible way is missed, whatever order things come in."""

from datetime import UTC, datetime, timedelta
from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from ttg.rules.first_days import Problem, Stop, closed, first_open, problems, timetable, too_far

OUT = datetime(2018, 12, 21, 9, tzinfo=UTC)  # a Friday
MINUTE = timedelta(minutes=1)
LIMITS = {"minutes_a_km": 3, "least_minutes": 15}
points = st.none() | st.tuples(st.integers(400_000, 430_000), st.integers(200_000, 230_000))


@st.composite
def some_stops(draw):
    made = []
    for n in range(draw(st.integers(0, 7))):
        starts = OUT + draw(st.integers(0, 600)) * MINUTE
        ends = starts + draw(st.integers(0, 120)) * MINUTE
        made.append(Stop(f"s{n}", f"Stop {n}", "", starts, ends, draw(points), draw(st.booleans())))
    return made


def stop(key, at, lasts=60, point=None, **known):
    starts = OUT + at * MINUTE
    return Stop(key, key, "", starts, starts + lasts * MINUTE, point, **known)


def pairs(found, problem):
    return {frozenset(one.stops) for one in found if one.problem == problem}


@given(some_stops())
def test_every_pair_at_the_same_time_is_found_and_no_other(stops):
    at_once = set()
    for first in stops:
        for then in stops:
            still_there = first.starts == then.starts or first.starts < then.starts < first.ends
            if first is not then and still_there:
                at_once.add(frozenset((first.key, then.key)))

    assert pairs(problems(stops, **LIMITS), Problem.CLASH) == at_once


@given(some_stops())
def test_every_way_that_takes_longer_than_there_is_time_is_found_and_no_other(stops):
    clashes = pairs(problems(stops, **LIMITS), Problem.CLASH)
    late = set()
    for one in stops:
        for other in stops:
            apart = frozenset((one.key, other.key))
            if len(apart) < 2 or one.remote or other.remote or not (one.point and other.point):
                continue
            metres = sqrt(
                (one.point[0] - other.point[0]) ** 2 + (one.point[1] - other.point[1]) ** 2
            )
            needs = max(15 * 60, -(-metres * 3 // 1000) * 60) if metres else 0
            if apart not in clashes and one.ends <= other.starts < one.ends + timedelta(
                seconds=needs
            ):
                late.add(apart)

    assert pairs(problems(stops, **LIMITS), Problem.TOO_FAR) == late


@given(some_stops(), st.randoms())
def test_the_order_in_which_they_come_changes_nothing(stops, random):
    shuffled = list(stops)
    random.shuffle(shuffled)

    assert problems(shuffled, **LIMITS) == problems(stops, **LIMITS)
    assert timetable(shuffled, OUT, 72) == timetable(stops, OUT, 72)


@given(some_stops())
def test_a_way_is_too_far_whichever_end_is_named_first(stops):
    for one in stops:
        for other in stops:
            assert too_far(one, other, 3, 15) == too_far(other, one, 3, 15) or one == other


def test_a_place_nobody_can_find_is_not_known_and_never_near():
    found = problems([stop("a", 0, 30, (450_000, 200_000)), stop("b", 31)], **LIMITS)

    assert [one.problem for one in found] == [Problem.NOT_KNOWN]
    assert "Not known how far" in found[0].words


def test_a_telephone_call_asks_nobody_to_travel():
    far = stop("call", 31, 15, None, remote=True)

    assert problems([stop("a", 0, 30, (450_000, 200_000)), far], **LIMITS) == []


def test_twenty_kilometres_in_half_an_hour_cannot_be_travelled():
    found = problems(
        [stop("office", 0, 60, (450_000, 200_000)), stop("clinic", 90, 60, (470_000, 200_000))],
        **LIMITS,
    )

    assert "there are 30 minutes; it takes about 60" in found[0].words


def test_a_pharmacy_open_on_mondays_is_closed_to_whoever_leaves_on_a_friday():
    said = closed(stop("Pharmacy", 120, weekdays=(0,)))

    assert "closed on Fridays" in said
    assert "Monday 24 December 2018" in said


def test_nothing_opens_on_a_bank_holiday():
    christmas = datetime(2018, 12, 25, tzinfo=UTC).date()

    assert first_open(christmas, (1, 2)) == datetime(2019, 1, 2, tzinfo=UTC).date()


def test_the_timetable_is_of_the_hours_asked_for():
    stops = [
        stop("before", -10, 5),
        stop("first", 0),
        stop("last", 72 * 60 - 1),
        stop("after", 72 * 60),
    ]

    assert [one.key for one in timetable(stops, OUT, 72)] == ["first", "last"]
