"""Whom somebody would meet on a day of work: to the minute and to the day, and against a second way of counting."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.gaps import gates, warnings
from tests.unpaidwork.rules.test_site_gate import DAY, MAN, PARK, VAN, WOMAN, beside, keys, seat
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.sites import Every, ProjectKind, SiteSignal, Takes
from unpaidwork.rules.group_gate import Seat, group_gate

KEPT = replace(MAN, apart=frozenset({11}))
ONE_DAY = timedelta(days=1)
UNTIL = DAY + timedelta(days=30)
MINE = seat(1, pick_up=4, way=9, at=time(8, 30))
AT_THE_STOP = {"project": 8, "pick_up": 4, "way": 10, "at": time(8, 30)}


# Days and hours that meet


@pytest.mark.parametrize(
    ("theirs", "meet"),
    [
        ({"first": DAY - timedelta(days=9), "last": DAY}, True),
        ({"first": DAY - timedelta(days=9), "last": DAY - ONE_DAY}, False),
        ({"first": UNTIL, "last": None}, True),
        ({"first": UNTIL + ONE_DAY, "last": None}, False),
        ({"first": UNTIL, "last": UNTIL + ONE_DAY}, True),
        ({"first": DAY - timedelta(days=9), "last": None}, True),
        ({"first": DAY, "last": UNTIL}, True),
    ],
)
def test_they_meet_on_any_day_that_both_are_there_the_first_and_the_last_included(theirs, meet):
    mine = seat(1, last=UNTIL)

    assert bool(beside(KEPT, [seat(11, **theirs)], mine)) is meet


@pytest.mark.parametrize(
    ("hours", "meet"),
    [
        ((time(8), time(9)), False),
        ((time(8), time(9, 1)), True),
        ((time(16), time(18)), False),
        ((time(15, 59), time(18)), True),
        ((time(10), time(11)), True),
        ((time(8), time(18)), True),
    ],
)
def test_a_site_is_as_full_as_those_who_are_there_at_the_same_hours_make_it(hours, meet):
    one = replace(PARK, most=1)
    other = seat(11, from_at=hours[0], to_at=hours[1])

    assert bool(beside(MAN, [other], site=one)) is meet


def test_those_at_another_site_and_their_own_other_places_take_nobodys_room():
    one = replace(PARK, most=1)

    assert not beside(MAN, [seat(11, project=8)], site=one)
    assert not beside(MAN, [seat(1)], site=one)


def test_nobody_is_kept_apart_from_themselves_by_their_own_other_place():
    assert not beside(replace(MAN, apart=frozenset({1})), [seat(1)])


# At a stop


@pytest.mark.parametrize("at", [time(7, 30), time(8, 30), time(9, 30)])
def test_they_meet_at_a_stop_within_an_hour(at):
    found = beside(KEPT, [seat(11, **AT_THE_STOP | {"at": at})], MINE)

    assert [one.key for one in found] == ["apart:stop:4:1"]


@pytest.mark.parametrize(
    "other",
    [
        {"at": time(7, 29)},
        {"at": time(9, 31)},
        {"pick_up": 5},
        {"pick_up": None, "at": None},
        {"at": None},
    ],
)
def test_they_do_not_meet_at_another_stop_nor_later_nor_where_it_is_not_known_when(other):
    assert not beside(KEPT, [seat(11, **AT_THE_STOP | other)], MINE)


def test_whoever_makes_their_own_way_meets_nobody_at_a_stop():
    assert not beside(KEPT, [seat(11, **AT_THE_STOP)], seat(1))
    assert not beside(KEPT, [seat(11, project=8)], seat(1))
    assert not beside(KEPT, [seat(11, **AT_THE_STOP)], replace(MINE, at=None))


def test_no_sentence_says_who_it_is():
    there = beside(KEPT, [seat(11)])
    at_the_stop = beside(KEPT, [seat(11, **AT_THE_STOP)], MINE)

    for one in (*there, *at_the_stop):
        assert "11" not in one.sentence
        assert not one.may_override


# The only woman


@pytest.mark.parametrize(
    "changes",
    [
        {"takes": Takes.WOMEN},
        {"kind": ProjectKind.INDIVIDUAL},
        {"kind": ProjectKind.HOME},
    ],
)
def test_she_is_never_the_only_one_among_men_where_no_man_is(changes):
    assert not beside(WOMAN, [], site=replace(PARK, **changes))


@pytest.mark.parametrize(
    "other", [{"weekday": 2}, {"project": 8}, {"from_at": time(16), "to_at": time(18)}]
)
def test_a_woman_who_is_not_there_with_her_is_no_company(other):
    assert keys(beside(WOMAN, [seat(13, woman=True, **other)])) == {"only"}


@pytest.mark.parametrize(
    ("company", "alone"),
    [
        ([{"last": UNTIL}], "on 6 November 2018"),
        ([{"first": DAY + timedelta(weeks=1)}], "on 2 October 2018"),
        ([{"every": Every.FORTNIGHT}], "on 9 October 2018"),
        ([{"every": Every.ONCE}], "on 9 October 2018"),
        ([{"last": UNTIL}, {"first": UNTIL + timedelta(weeks=2)}], "on 6 November 2018"),
    ],
)
def test_a_woman_who_is_there_on_some_of_her_days_is_no_company_on_the_others(company, alone):
    there = [seat(20 + n, woman=True, **one) for n, one in enumerate(company)]
    chose = replace(WOMAN, choice=Choice.NOT_ALONE)

    for worker in (WOMAN, chose):
        (gap,) = beside(worker, there)
        assert f"the only woman at {PARK.name} {alone}" in gap.sentence
    assert not beside(WOMAN, there, agreed_alone="Asked on 1 October: fine with the group")


def test_women_who_take_turns_are_company_between_them():
    in_turn = [
        seat(21, woman=True, every=Every.FORTNIGHT),
        seat(22, woman=True, every=Every.FORTNIGHT, first=DAY + timedelta(weeks=1)),
    ]
    after = [seat(21, woman=True, last=UNTIL), seat(22, woman=True, first=UNTIL)]

    for women in (in_turn, after):
        assert not beside(WOMAN, women, seat(WOMAN.case, first=DAY + timedelta(weeks=1)))
    assert not beside(WOMAN, in_turn[:1], seat(WOMAN.case, every=Every.FORTNIGHT))


def test_another_place_of_her_own_is_no_company():
    assert keys(beside(WOMAN, [seat(WOMAN.case, woman=True)])) == {"only"}


def test_words_that_are_none_are_no_agreement():
    assert keys(beside(WOMAN, [], agreed_alone="  ")) == {"only"}


# Room


@pytest.mark.parametrize(
    ("people", "said"), [(1, False), (4, False), (5, True), (6, False), (8, False), (9, True)]
)
def test_whoever_makes_it_one_supervisor_more_is_said(people, said):
    site = replace(PARK, most=40, ratio=4)
    others = [seat(10 + n) for n in range(people - 1)]

    assert bool(warnings(beside(MAN, others, site=site))) is said


def test_where_two_staff_are_there_in_any_case_the_second_is_not_asked_for_again():
    alone = replace(PARK, most=40, ratio=4, signal=SiteSignal.NONE)
    others = [seat(10 + n) for n in range(7)]

    assert not beside(MAN, others, site=alone)
    assert warnings(beside(MAN, [*others, seat(90)], site=alone))


@pytest.mark.parametrize(
    "other",
    [
        {"way": None, "pick_up": None, "at": None},
        {"way": 10},
        {"from_at": time(16), "to_at": time(18)},
        {"weekday": 2},
    ],
)
def test_a_seat_is_taken_by_whoever_rides_at_the_same_hours_and_nobody_else(other):
    by_van = replace(PARK, ways=(VAN,))
    rider = {"pick_up": 4, "way": 9, "at": time(8, 30)}
    two = [seat(11, **rider), seat(12, **rider)]

    assert gates(beside(MAN, two, MINE, by_van))
    assert not gates(beside(MAN, [two[0], seat(12, **rider | other)], MINE, by_van))


def test_two_places_of_one_person_take_one_place_and_one_seat():
    by_van = replace(PARK, most=2, ways=(replace(VAN, seats=2),))
    rider = {"pick_up": 4, "way": 9, "at": time(8, 30)}
    twice = [seat(11, **rider), seat(11, from_at=time(10), **rider)]

    assert not beside(MAN, twice, MINE, by_van)


# Against another way of counting: minute by minute and day by day

minutes = st.integers(0, 23 * 4).map(lambda n: time(n // 4, n % 4 * 15))
ways = st.sampled_from([(None, None, None), (9, 4, time(8, 30)), (9, 5, time(8)), (10, 4, time(9))])


@st.composite
def seats(draw, case):
    first = draw(st.integers(0, 3))
    last = draw(st.none() | st.integers(first, 4))
    hours = sorted(draw(st.lists(minutes, min_size=2, max_size=2, unique=True)))
    way, pick_up, at = draw(ways)
    return Seat(
        case=case, project=draw(st.sampled_from([7, 8])), weekday=draw(st.integers(0, 1)),
        first=DAY + timedelta(weeks=first), last=None if last is None else DAY + timedelta(weeks=last, days=6),
        from_at=hours[0], to_at=hours[1], woman=draw(st.booleans()), way=way, pick_up=pick_up, at=at,
    )  # fmt: skip


groups = st.lists(st.integers(11, 15).flatmap(seats), max_size=9)


def dates(one):
    """Its days of the weeks that are looked at, one by one."""
    every = (DAY + timedelta(days=n) for n in range(70))
    return {
        day for day in every if one.first <= day <= (one.last or date.max) and day.weekday() == one.weekday
    }  # fmt: skip


def quarters(one):
    """Its quarters of an hour: the shortest that any two can share here."""
    steps = [datetime.combine(DAY, time(0)) + timedelta(minutes=15 * n) for n in range(97)]
    return {
        start.time()
        for start, end in pairwise(steps)
        if one.from_at <= start.time() and (end.time() <= one.to_at or end.date() > DAY)
        and start.time() < one.to_at
    }  # fmt: skip


def shares(one, other):
    return bool(dates(one) & dates(other)) and bool(quarters(one) & quarters(other))


@given(seats(1), groups, st.sets(st.integers(11, 15)), st.integers(1, 6), st.integers(1, 3))
def test_each_is_found_as_by_counting_the_hours_of_every_day(mine, others, apart, most, free):
    site = replace(
        PARK, project=mine.project, most=most, ratio=99, ways=(replace(VAN, seats=free),)
    )
    worker = replace(MAN, apart=frozenset(apart))

    found = {one.key.split(":")[0] for one in group_gate(worker, mine, site, others)}

    there = [one for one in others if one.project == mine.project and shares(one, mine)]
    same_day = [one for one in others if one.case in apart and dates(one) & dates(mine)]
    kept = any(
        one.project == mine.project
        or (mine.pick_up and one.pick_up == mine.pick_up)  # no two stops here are an hour apart
        for one in same_day
    )
    riding = {one.case for one in there if mine.way and one.way == mine.way}
    assert ("apart" in found) == bool(kept)
    assert ("room" in found) == (len({one.case for one in there}) + 1 > most)
    assert ("seats" in found) == (mine.way == VAN.pk and len(riding) + 1 > free)


often = st.sampled_from(sorted(Every))
in_turns = st.builds(lambda one, every: replace(one, every=every), seats(2), often)
groups_in_turns = st.lists(
    st.builds(
        lambda one, every: replace(one, every=every), st.integers(11, 15).flatmap(seats), often
    ),
    max_size=9,
)


def turns(one):
    """Those of its days that are its turn."""
    days = sorted(dates(one))
    return {Every.WEEK: days, Every.FORTNIGHT: days[::2], Every.ONCE: days[:1]}[one.every]


@given(in_turns, groups_in_turns)
def test_a_woman_has_company_exactly_where_another_is_there_on_each_of_her_days(mine, others):
    site = replace(PARK, project=mine.project)

    found = keys(group_gate(WOMAN, mine, site, others))

    women = [one for one in others if one.woman and one.project == mine.project]
    beside_her = [set(turns(one)) for one in women if quarters(one) & quarters(mine)]
    company = all(any(day in one for one in beside_her) for day in turns(mine))
    assert ("only" in found) == (not company)
