"""What each measure counts, worked by hand; and what holds of every measure whatever is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.calendar import add_working_days
from cases.rules.contact_figures import Window
from unpaidwork.reference.measures import MEASURES, Period
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.work import Adjusts, ReviewPoint, WorkState
from unpaidwork.rules.hours import Credit, Entry, Facts
from unpaidwork.rules.measured import COUNTED, all_measured, ended_well, measured
from unpaidwork.rules.measures import (
    DAY,
    FEW,
    Day,
    Flagged,
    Known,
    Order,
    Requirement,
    Risk,
    Sum,
    Unit,
    left_before,
    lowest,
    points_reached,
    steps_of,
    summed,
    window_of,
)

MONDAY = date(2018, 10, 1)
YEAR = Window(date(2018, 1, 1), date(2018, 12, 31))
HUNDRED = Facts(ordered=6000, sentenced_on=MONDAY, arrived_on=MONDAY)
ONE = Requirement(
    key=1, case=1, arrived_on=MONDAY, sentenced_on=MONDAY, state=WorkState.OPEN, leader=1,
    weekly_minutes=420, hours=HUNDRED,
)  # fmt: skip


def at(on, hour=9):
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def day(on, came=Came.LEFT, **given):
    known = {"key": on.toordinal(), "case": 1, "leader": 1, "starts_at": at(on), "on": on, "minutes": 420}  # fmt: skip
    return Day(**(known | {"came": came} | given))


def found(code, window=YEAR, **known):
    return measured(code, Known(**known), window)


def so(code, window=YEAR, **known):
    """Whether it is so of the only one that is counted; None where none is."""
    units = found(code, window, **known)
    assert len(units) < 2
    return units[0].met if units else None


# Which days


def test_a_quarter_is_three_whole_months_and_one_that_runs_ends_yesterday():
    today = date(2018, 11, 20)

    assert window_of(Period.LAST_QUARTER, today) == Window(date(2018, 7, 1), date(2018, 9, 30))
    assert window_of(Period.QUARTER, today) == Window(date(2018, 10, 1), date(2018, 11, 19))
    assert window_of(Period.LAST_MONTH, today) == Window(date(2018, 10, 1), date(2018, 10, 31))
    assert window_of(Period.MONTH, today) == Window(date(2018, 11, 1), date(2018, 11, 19))
    assert window_of(Period.YEAR, today) == Window(date(2017, 11, 20), date(2018, 11, 19))


@given(st.dates(date(2016, 1, 1), date(2030, 12, 31)))
def test_the_last_month_ends_where_this_one_begins_and_no_period_holds_today(today):
    for before, now in ((Period.LAST_MONTH, Period.MONTH), (Period.LAST_QUARTER, Period.QUARTER)):
        last, this = window_of(before, today), window_of(now, today)
        assert last.last + DAY == this.first
        assert last.first.day == this.first.day == 1
        assert this.last == today - DAY
    for period in Period:
        assert window_of(period, today).last < today


@pytest.mark.parametrize("code", sorted(COUNTED))
def test_the_day_of_change_belongs_to_one_period_and_not_to_the_other(code):
    known = everything(MONDAY)
    unit = measured(code, known, YEAR)[0]

    before = Window(YEAR.first, unit.on - DAY)
    after = Window(unit.on, YEAR.last)

    assert unit.key not in {one.key for one in measured(code, known, before)}
    if code != "offered":  # a week belongs to whoever holds the whole of it
        assert unit.key in {one.key for one in measured(code, known, after)}
        both = [*measured(code, known, before), *measured(code, known, after)]
        assert sorted(both, key=_named) == sorted(measured(code, known, YEAR), key=_named)


def _named(unit):
    return unit.on, unit.key


def everything(on):
    """Something under each measure."""
    facts = replace(HUNDRED, attended=(Credit(2000, on), Credit(1000, on + 7 * DAY), Credit(3000, on + 14 * DAY)))  # fmt: skip
    ended = replace(
        ONE, state=WorkState.COMPLETED, completed_on=on + 40 * DAY, sentenced_on=on - timedelta(days=350),
        hours=facts, courses_count=True, first_day=at(on), arranged_on=on,
    )  # fmt: skip
    return Known(
        requirements=(ended,),
        orders=(Order(1, 1, on, "Completed"),),
        days=(day(on, travel="waiting"),),
        risks=(Risk(1, 1, at(on), on, on),),
        flags=(Flagged("register-1", 1, "Hate", None),),
    )


# Contract measures


@pytest.mark.parametrize(
    ("arranged_on", "met"), [(date(2018, 10, 10), True), (date(2018, 10, 11), False), (None, False)]
)
def test_work_is_arranged_in_time_until_the_end_of_the_seventh_working_day(arranged_on, met):
    assert so("arranged", requirements=(replace(ONE, arranged_on=arranged_on),)) is met


def test_bank_holidays_are_no_working_days_and_those_added_by_policy_are_none_either():
    christmas = replace(ONE, arrived_on=date(2018, 12, 20), arranged_on=date(2019, 1, 3))
    window = Window(date(2018, 12, 1), date(2019, 1, 31))

    (unit,) = found("arranged", window, requirements=(christmas,))
    (added,) = found("arranged", window, requirements=(christmas,), holidays=frozenset({date(2018, 12, 31)}))  # fmt: skip

    assert (unit.on, unit.met) == (date(2019, 1, 3), True)  # 25 and 26 December, 1 January
    assert added.on == date(2019, 1, 4)


def test_nobody_is_late_to_arrange_what_is_over_or_waits_for_another():
    over = replace(ONE, state=WorkState.ENDED, ended_on=date(2018, 10, 9))

    assert so("arranged", requirements=(over,)) is None
    assert so("arranged", requirements=(replace(ONE, follows=True),)) is None


@pytest.mark.parametrize(
    ("reason", "well"),
    sorted(
        {
            "Completed": True, "Not all completed": False, "Completed - early good progress": True, "Order ended: expired normally": True,
            "Expired (Normal)": True, "Not completed": False, "Incomplete": False, "Uncompleted": False,
            "Revoked": False, "Revocation, hours completed": False, "": False,
        }.items()
    ),
)  # fmt: skip
def test_an_order_ended_well_if_the_record_says_it_ran_out_or_was_completed(reason, well):
    assert ended_well(reason) is well
    assert so("orders", orders=(Order(1, 1, MONDAY, reason),)) is well


def test_unpaid_work_that_ended_is_counted_on_the_day_it_ended():
    done = replace(ONE, state=WorkState.COMPLETED, completed_on=YEAR.last)
    ended = replace(ONE, state=WorkState.ENDED, ended_on=YEAR.first)

    assert so("positive", requirements=(done,)) is True
    assert so("positive", requirements=(ended,)) is False
    assert so("positive", requirements=(replace(ended, ended_on=None),)) is None
    assert so("positive", requirements=(ONE,)) is None


@pytest.mark.parametrize(
    ("completed_on", "met"), [(date(2018, 9, 30), True), (date(2018, 10, 1), False), (None, False)]
)
def test_twelve_months_end_the_day_before_the_anniversary_of_the_sentence(completed_on, met):
    one = replace(ONE, sentenced_on=date(2017, 10, 1), completed_on=completed_on)

    (unit,) = found("year", requirements=(one,))

    assert (unit.on, unit.met) == (date(2018, 9, 30), met)


# Safe


def test_a_risk_assessment_counts_if_it_was_signed_before_the_first_day_began_and_is_still_good():
    first = replace(ONE, first_day=at(MONDAY))
    signed = Risk(1, 1, at(MONDAY, 9), MONDAY, MONDAY)

    assert so("assessed", requirements=(first,), risks=(signed,)) is True
    assert so("assessed", requirements=(first,)) is False
    late, old = replace(signed, signed_at=at(MONDAY, 10)), replace(signed, good_until=MONDAY - DAY)
    assert so("assessed", requirements=(first,), risks=(late,)) is False
    assert so("assessed", requirements=(first,), risks=(old,)) is False
    assert so("assessed", requirements=(first,), risks=(replace(signed, case=2),)) is False
    assert so("assessed", requirements=(replace(first, leader=9),), risks=(signed,)) is None


def test_every_flag_that_stood_that_day_needs_its_instruction_before_the_day_began():
    flag = Flagged("register-1", 1, "Hate", MONDAY, MONDAY, said=((at(MONDAY, 9), None),))

    assert so("told", days=(day(MONDAY),), flags=(flag,)) is True
    for changed in (
        {"said": ()}, {"said": ((at(MONDAY, 10), None),)}, {"said": ((at(MONDAY, 8), MONDAY - DAY),)},
    ):  # fmt: skip
        assert so("told", days=(day(MONDAY),), flags=(replace(flag, **changed),)) is False
    for gone in (
        {"from_on": MONDAY + DAY}, {"last": MONDAY - DAY}, {"known_at": at(MONDAY, 10)}, {"case": 2},
    ):  # fmt: skip
        assert so("told", days=(day(MONDAY),), flags=(replace(flag, **gone),)) is None
    two = (flag, Flagged("register-2", 1, "Weapons", None))
    assert so("told", days=(day(MONDAY),), flags=two) is False
    assert so("told", days=(day(MONDAY, Came.NOT_COME),), flags=two) is None
    assert so("told", days=(day(MONDAY, induction=True),), flags=two) is None


def test_an_order_that_is_recorded_takes_the_place_of_the_flag_that_says_there_is_one():
    flag = Flagged("register-1", 1, "Restraining order", None)
    order = Flagged("order-1", 1, "Restraining order", None, said=((at(MONDAY, 8), None),), rests_on=flag.key)  # fmt: skip

    assert so("told", days=(day(MONDAY),), flags=(flag, order)) is True


# Offered


WEEK_OF = date(2018, 10, 15)  # the first whole week after the seventh working day
ONE_WEEK = Window(WEEK_OF, WEEK_OF + 6 * DAY)


@pytest.mark.parametrize(
    ("days", "met"),
    [
        ((day(WEEK_OF),), True),
        ((day(WEEK_OF, minutes=419),), False),
        ((day(WEEK_OF, minutes=210), day(WEEK_OF + 6 * DAY, minutes=210)), True),
        ((day(WEEK_OF, Came.NO_WORK),), False),
        ((day(WEEK_OF, Came.EXPECTED, stood_down=True),), False),
        ((day(WEEK_OF, Came.NOT_COME),), True),
        ((day(WEEK_OF, called_off=True),), False),
        ((day(WEEK_OF, called_off=True, they_asked=True),), True),
        ((day(WEEK_OF, leader=2),), False),
        ((), False),
    ],
)
def test_a_week_is_offered_by_what_we_kept_to_and_never_by_whether_they_came(days, met):
    assert so("offered", ONE_WEEK, requirements=(ONE,), days=days) is met


def test_no_more_is_due_in_a_week_than_is_left():
    left = replace(HUNDRED, attended=(Credit(5880, WEEK_OF - DAY),))

    done = replace(left, attended=(Credit(6000, WEEK_OF - DAY),))

    short = day(WEEK_OF, minutes=120)
    assert so("offered", ONE_WEEK, requirements=(replace(ONE, hours=left),), days=(short,)) is True
    assert so("offered", ONE_WEEK, requirements=(replace(ONE, hours=done),)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"arrived_on": date(2018, 10, 4)},  # its seventh working day is in that week
        {"state": WorkState.SUSPENDED},
        {"state": WorkState.ENDED, "ended_on": WEEK_OF + 6 * DAY},
        {"follows": True},
        {"follows": True, "begins_on": WEEK_OF},
        {"leader": 2},
        {"hours": None},
    ],
)
def test_weeks_in_which_nothing_was_to_be_offered_are_not_counted(changed):
    assert so("offered", ONE_WEEK, requirements=(replace(ONE, **changed),)) is None


def test_only_whole_weeks_are_counted():
    window = Window(WEEK_OF + DAY, WEEK_OF + 19 * DAY)

    assert [one.on for one in found("offered", window, requirements=(ONE,))] == [WEEK_OF + 7 * DAY]


def test_whoever_is_stood_down_or_sent_away_by_us_is_counted_as_our_fault():
    assert so("away", days=(day(MONDAY),)) is False
    assert so("away", days=(day(MONDAY, Came.NOT_COME),)) is False
    assert so("away", days=(day(MONDAY, Came.SENT_HOME),)) is False
    assert so("away", days=(day(MONDAY, Came.NO_WORK),)) is True
    assert so("away", days=(day(MONDAY, Came.EXPECTED, stood_down=True),)) is True
    assert so("away", days=(day(MONDAY, called_off=True),)) is None


# Worth doing


def test_work_is_recorded_where_nothing_is_missing_and_only_of_days_worked_to_the_end():
    assert so("recorded", days=(day(MONDAY),)) is True
    assert so("recorded", days=(day(MONDAY, missing=("a skill",)),)) is False
    assert so("recorded", days=(day(MONDAY, induction=True),)) is None
    assert so("recorded", days=(day(MONDAY, Came.SENT_HOME),)) is None


def test_motivation_courses_and_travel_are_counted_as_they_say():
    asked = Risk(1, 1, at(MONDAY), MONDAY, MONDAY)
    ended = replace(ONE, state=WorkState.ENDED, ended_on=MONDAY, courses_count=True)

    assert so("motivation", risks=(asked,)) is True
    assert so("motivation", risks=(replace(asked, missing=("what they want",)),)) is False
    assert so("courses", requirements=(replace(ended, courses_credited=1),)) is True
    assert so("courses", requirements=(ended,)) is False
    assert so("courses", requirements=(replace(ended, courses_count=False),)) is None
    assert so("travel", days=(day(MONDAY, travel="refused"),)) is True
    assert so("travel", days=(day(MONDAY, travel="waiting"),)) is False
    assert so("travel", days=(day(MONDAY),)) is None


@pytest.mark.parametrize(
    ("held", "met"), [(date(2018, 10, 8), True), (date(2018, 10, 9), False), (None, False)]
)
def test_looking_back_at_a_third_is_due_five_working_days_after_it_was_reached(held, met):
    facts = replace(HUNDRED, attended=(Credit(1999, MONDAY - DAY), Credit(1, MONDAY)))
    looked_back = {ReviewPoint.THIRD: held} if held else {}

    (unit,) = found("third", requirements=(replace(ONE, hours=facts, looked_back=looked_back),))

    assert (unit.on, unit.met) == (date(2018, 10, 8), met)


def test_a_point_passed_on_the_way_to_a_further_one_the_same_day_is_not_owed():
    facts = replace(HUNDRED, attended=(Credit(3000, MONDAY),))

    assert points_reached(steps_of(facts)) == {ReviewPoint.HALF: MONDAY}


def test_what_another_provider_or_a_court_changed_takes_nobody_to_a_point():
    elsewhere = replace(HUNDRED, entries=(Entry(Adjusts.ELSEWHERE, 2500, MONDAY),))
    then = replace(elsewhere, attended=(Credit(500, MONDAY + DAY),))

    assert points_reached(steps_of(elsewhere)) == {}
    assert points_reached(steps_of(then)) == {ReviewPoint.HALF: MONDAY + DAY}


def test_what_was_left_on_a_day_is_what_was_left_before_it_began():
    facts = replace(HUNDRED, attended=(Credit(420, MONDAY),), entries=(Entry(Adjusts.COURT_ADDED, 60, MONDAY + DAY),))  # fmt: skip
    steps = steps_of(facts)

    assert [left_before(facts, steps, MONDAY + n * DAY) for n in range(3)] == [6000, 5580, 5640]
    assert left_before(replace(HUNDRED, ordered=0), [], MONDAY) is None


# Of every measure


def test_every_measure_is_counted_and_says_of_what_and_by_which_source():
    assert set(COUNTED) == set(MEASURES)
    assert all(one.of and one.how.endswith(".") and one.source for one in MEASURES.values())


def test_no_share_is_shown_of_fewer_than_ten():
    assert Sum(met=9, counted=FEW - 1).share is None
    assert Sum(met=9, counted=FEW).share == 90
    assert Sum().share is None


def test_the_lowest_is_of_those_where_more_is_better_and_that_can_be_compared():
    sums = {"away": Sum(0, 20), "third": Sum(2, 20), "half": Sum(0, 9), "positive": Sum(19, 20)}

    assert lowest(sums) == "third"
    assert lowest({"half": Sum(0, 9)}) is None


DAYS = st.dates(date(2018, 1, 1), date(2019, 6, 30))
MAYBE = st.none() | DAYS
CREDITS = st.lists(st.builds(Credit, st.integers(1, 900), DAYS), max_size=12).map(tuple)
ENTRIES = st.lists(
    st.builds(Entry, st.sampled_from(list(Adjusts)), st.integers(-900, 900), DAYS), max_size=4
).map(tuple)
HOURS = st.none() | st.builds(
    Facts, ordered=st.sampled_from([0, 2400, 6000]), sentenced_on=DAYS, arrived_on=DAYS,
    entries=ENTRIES, attended=CREDITS, courses=CREDITS,
)  # fmt: skip


@st.composite
def requirements(draw):
    key = draw(st.integers(1, 50))
    state = draw(st.sampled_from(list(WorkState)))
    return Requirement(
        key=key, case=draw(st.integers(1, 9)), arrived_on=draw(DAYS), sentenced_on=draw(DAYS), state=state,
        completed_on=draw(DAYS) if state == WorkState.COMPLETED else None,
        ended_on=draw(MAYBE) if state == WorkState.ENDED else None,
        arranged_on=draw(MAYBE), follows=draw(st.booleans()), begins_on=draw(MAYBE),
        leader=draw(st.sampled_from([key, 1])), weekly_minutes=draw(st.sampled_from([0, 420])),
        courses_count=draw(st.booleans()), courses_credited=draw(st.integers(0, 2)), hours=draw(HOURS),
        first_day=draw(st.none() | DAYS.map(at)), looked_back={ReviewPoint.THIRD: draw(DAYS)},
    )  # fmt: skip


ATTENDED = st.builds(
    lambda key, case, on, came, **given: day(on, came, key=key, case=case, **given),
    st.integers(1, 500), st.integers(1, 9), DAYS, st.sampled_from(list(Came)),
    stood_down=st.booleans(), called_off=st.booleans(), they_asked=st.booleans(), induction=st.booleans(),
    leader=st.integers(1, 50), missing=st.sampled_from([(), ("a skill",)]),
    travel=st.sampled_from(["", "waiting", "credited"]),
)  # fmt: skip
KNOWN = st.builds(
    Known,
    requirements=st.lists(requirements(), max_size=6, unique_by=lambda one: one.key).map(tuple),
    orders=st.lists(
        st.builds(Order, st.integers(1, 99), st.integers(1, 9), DAYS, st.sampled_from(["", "Completed", "Revoked"])),
        max_size=5, unique_by=lambda one: one.key,
    ).map(tuple),
    days=st.lists(ATTENDED, max_size=12, unique_by=lambda one: one.key).map(tuple),
    risks=st.lists(
        st.builds(lambda key, case, on: Risk(key, case, at(on), on, on), st.integers(1, 99), st.integers(1, 9), DAYS),
        max_size=5, unique_by=lambda one: one.key,
    ).map(tuple),
    flags=st.lists(
        st.builds(Flagged, st.integers(1, 9).map(str), st.integers(1, 9), st.just("Hate"), MAYBE, MAYBE), max_size=5
    ).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(KNOWN, DAYS, st.integers(0, 400))
def test_each_is_counted_once_within_the_days_and_never_more_are_so_than_are_counted(
    known, first, length
):
    window = Window(first, first + length * DAY)

    for units in all_measured(known, window).values():
        assert len({one.key for one in units}) == len(units)
        assert all(window.first <= one.on <= window.last for one in units)
        total = summed(units)
        assert 0 <= total.met <= total.counted == len(units)
        assert total.share is None or 0 <= total.share <= 100


@settings(max_examples=100, deadline=None)
@given(KNOWN, DAYS, st.integers(0, 200), st.integers(1, 200))
def test_two_spells_that_follow_each_other_count_what_both_together_count(known, first, one, two):
    middle, last = first + one * DAY, first + (one + two) * DAY

    for code in sorted(set(COUNTED) - {"offered"}):  # weeks that span both belong to neither
        parts = [
            *measured(code, known, Window(first, middle)),
            *measured(code, known, Window(middle + DAY, last)),
        ]
        assert parts == measured(code, known, Window(first, last)), code


@given(DAYS)
def test_what_is_arranged_on_its_last_day_is_in_time_and_the_day_after_is_not(arrived_on):
    due = add_working_days(arrived_on, 7)
    window = Window(due, due)

    for arranged_on, met in ((due, True), (due + DAY, False)):
        one = replace(ONE, arrived_on=arrived_on, arranged_on=arranged_on)
        assert so("arranged", window, requirements=(one,)) is met


def test_a_unit_says_no_more_than_days_numbers_and_what_is_missing():
    assert all(
        isinstance(one, Unit) and one.words
        for units in all_measured(everything(MONDAY), YEAR).values()
        for one in units
    )
