"""Which days somebody is given, what no place of theirs fills, and whether a place suits."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.gaps import gates
from staff.errors import RuleBroken
from tests.unpaidwork.rules.test_site_gate import PARK
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.availability import Runs, days_of
from unpaidwork.rules.day_keys import key_of, of_key, say_day
from unpaidwork.rules.generating import Place, filled, shortfall
from unpaidwork.rules.group_gate import Seat
from unpaidwork.rules.placing import Placing, Theirs, placing_gaps
from unpaidwork.rules.policy import WorkPolicy

DAY = date(2018, 10, 1)  # a Monday
LAST = DAY + timedelta(weeks=4)
TUESDAYS = Runs(1, 1, "week", DAY, None, time(9), time(16))
SITE = replace(PARK, availability=(TUESDAYS,))
PLACING = Placing(7, 1, DAY, time(9), time(16))
POLICY = WorkPolicy(
    **{name: 1 for name in WorkPolicy.__slots__ if name not in ("deduct_break", "travel_soft_minutes", "travel_hard_minutes")},
    deduct_break=False,
    travel_soft_minutes=60,
    travel_hard_minutes=90,
)  # fmt: skip
NOTHING: frozenset = frozenset()


def fill(*places, left=None, offered=0, closed=NOTHING, have=NOTHING):
    return filled(
        places, left=left, offered=offered, first=DAY, last=LAST, closed=closed, have=have
    )


def on(given):
    return [one.session.on for one in given]


@given(left=st.integers(0, 6000), offered=st.integers(0, 3000))
def test_no_day_is_given_beyond_what_is_left_and_none_is_kept_back_while_something_is(
    left, offered
):
    days = fill(Place(1, PLACING, SITE), left=left, offered=offered)

    before_the_last = sum(one.minutes for one in days[:-1])
    assert not days or offered + before_the_last < left
    assert len(days) == 4 or offered + sum(one.minutes for one in days) >= left


def test_the_days_of_two_places_are_given_in_their_order():
    wednesdays = replace(SITE, project=8, availability=(replace(TUESDAYS, weekday=2),))
    places = Place(1, PLACING, SITE), Place(2, replace(PLACING, project=8, weekday=2), wednesdays)

    days = fill(*places, left=3 * 420)

    assert on(days) == [DAY + timedelta(days=n) for n in (1, 2, 8)]


def test_closed_days_and_days_given_before_are_passed_over():
    second, third = DAY + timedelta(days=8), DAY + timedelta(days=15)

    days = fill(
        Place(1, PLACING, SITE),
        closed=frozenset({second}),
        have=frozenset({(7, third, time(9))}),
    )

    assert on(days) == [DAY + timedelta(days=1), DAY + timedelta(days=22)]


def test_a_shortfall_is_what_no_place_fills_by_the_last_day():
    stands = shortfall(
        [Place(1, PLACING, SITE)], left=6000, weekly_due=420, first=DAY, last=LAST, closed=NOTHING
    )

    assert (stands.offered, stands.short, stands.weekly_short) == (4 * 420, 6000 - 4 * 420, 0)


# Whether a place can be given


def gaps(placing=PLACING, site=SITE, today=DAY, **theirs):
    said = {"left": 600, "ordered": 6000} | theirs
    return {one.key for one in placing_gaps(placing, site, Theirs(**said), POLICY, today)}


def test_a_place_on_a_day_the_project_runs_with_hours_left_stands():
    assert gaps() == set()


@pytest.mark.parametrize(
    ("theirs", "key"),
    [
        ({"supervised": False}, "work:case"),
        ({"held": True}, "work:custody"),
        ({"not_here": "A warrant has been out since 3 September."}, "work:not-here"),
        ({"state": WorkState.SUSPENDED}, "work:state"),
        ({"state": WorkState.ENDED}, "work:state"),
        ({"left": 0}, "work:hours"),
        ({"first": 60}, "work:after"),
        ({"minutes_away": 91}, "travel:too-far"),
        ({"minutes_away": 61}, "travel:far"),
    ],
)
def test_what_is_theirs_stands_in_the_way(theirs, key):
    assert gaps(**theirs) == {key}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"from_on": DAY - timedelta(days=1)}, "days:past"),
        ({"to_on": DAY - timedelta(days=1)}, "days:order"),
        ({"to_at": time(9)}, "days:hours"),
        ({"weekday": 3}, "days:closed"),
        ({"to_at": time(17)}, "days:closed"),
    ],
)
def test_days_on_which_nobody_works_there_stand_in_the_way(changes, key):
    assert key in gaps(replace(PLACING, **changes))


def test_a_long_way_goes_with_a_reason_and_a_length_that_is_not_recorded_with_any_hours():
    assert (
        gaps(replace(PLACING, travel_because="It is the only women’s group"), minutes_away=61)
        == set()
    )
    assert gaps(ordered=0, left=0) == set()


@pytest.mark.parametrize(
    ("away", "key"), [(60, set()), (61, {"travel:far"}), (90, {"travel:far"}), (91, {"travel:too-far"})]
)  # fmt: skip
def test_how_far_is_too_far_is_told_to_the_minute(away, key):
    assert gaps(minutes_away=away) == key


def test_no_reason_takes_them_further_than_anybody_is_sent_and_a_near_place_needs_none():
    why = replace(PLACING, travel_because="It is the only women’s group")

    assert gaps(why, minutes_away=91) == {"travel:too-far"}
    assert gaps(replace(PLACING, travel_because="-"), minutes_away=61) == {"travel:far"}
    assert gaps(site=replace(SITE, kind=ProjectKind.HOME), minutes_away=200) == set()


def test_one_day_is_enough_and_its_hours_are_within_those_of_the_project():
    tuesday = DAY + timedelta(days=1)

    assert gaps(replace(PLACING, from_on=tuesday, to_on=tuesday)) == set()
    assert gaps(replace(PLACING, from_at=time(10), to_at=time(12))) == set()
    assert gaps(replace(PLACING, from_at=time(8))) == {"days:closed"}


@pytest.mark.parametrize(("kind", "words"), [(ProjectKind.INDUCTION, "An induction"), (ProjectKind.ETE, "A course")])  # fmt: skip
def test_what_is_booked_day_by_day_is_no_place_by_the_week(kind, words):
    said = Theirs(left=600, ordered=6000)

    found = placing_gaps(PLACING, replace(SITE, kind=kind), said, POLICY, DAY)

    assert [one.key for one in found] == ["days:kind"]
    assert found[0].sentence.startswith(words)


@pytest.mark.parametrize(
    ("taken", "meets"),
    [
        ({"from_at": time(7), "to_at": time(9)}, False),
        ({"from_at": time(7), "to_at": time(9, 1)}, True),
        ({"from_at": time(15, 59)}, True),
        ({"first": DAY - timedelta(days=20), "last": DAY}, True),
        ({"first": DAY - timedelta(days=20), "last": DAY - timedelta(days=1)}, False),
        ({"first": DAY + timedelta(days=20)}, True),
        ({"first": DAY + timedelta(days=21)}, False),
    ],
)
def test_two_places_meet_to_the_minute_and_to_the_day(taken, meets):
    placing = replace(PLACING, to_on=DAY + timedelta(days=20))
    other = replace(Seat(1, 9, 1, DAY, None, time(12), time(18)), **taken)

    assert gaps(placing, taken=(other,)) == ({"days:taken"} if meets else set())


def test_nobody_is_at_two_places_at_once():
    taken = Seat(1, 9, 1, DAY, None, time(12), time(18))

    assert gaps(taken=(taken,)) == {"days:taken"}
    assert gaps(taken=(replace(taken, weekday=2),)) == set()
    assert gaps(taken=(replace(taken, from_at=time(16)),)) == set()


def test_an_induction_is_no_place_by_the_week():
    assert gaps(site=replace(SITE, kind=ProjectKind.INDUCTION)) == {"days:kind"}


def test_no_gap_of_a_place_is_a_seniors_to_let_pass():
    found = placing_gaps(PLACING, SITE, Theirs(held=True), POLICY, DAY)

    assert gates(found)
    assert not any(one.may_override for one in found)


# A day as a form sends it


def test_a_day_is_read_as_it_was_said():
    said = of_key(key_of(TUESDAYS))

    assert said == {"weekday": 1, "from_at": time(9), "to_at": time(16), "every": "week"}
    assert say_day(TUESDAYS) == "Tuesdays, 9am to 4pm"
    assert days_of([PLACING], DAY, LAST)
    for wrong in ("", "1-0900-1600", "1-9-16-week", "x-0900-1600-week", "1-0900-1600-daily"):
        with pytest.raises(RuleBroken):
            of_key(wrong)
