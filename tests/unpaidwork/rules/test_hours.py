"""Hours of unpaid work: properties that hold whatever is entered, and the tables of law and policy."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW, TODAY
from unpaidwork.reference.work import LONGEST_TRAVEL, Adjusts, ReviewPoint, Runs, WorkState
from unpaidwork.rules.hours import (
    INTENSIVE_MINUTES,
    Credit,
    Entry,
    Facts,
    Pace,
    course_credit,
    course_limits,
    creditable,
    extension_due,
    finish_by,
    hours,
    reached,
    review_owed,
    say_minutes,
    session_minutes,
    travel_credit,
)
from unpaidwork.rules.policy import read_work_policy

FIRST = json.loads((settings.BASE_DIR / "unpaidwork/policy/unpaid_work.json").read_text())
POLICY = read_work_policy(FIRST["body"], 1)
ORDER = Facts(ordered=6000, sentenced_on=TODAY, arrived_on=TODAY, weekly_minutes=420)

days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
credits = st.lists(st.builds(Credit, st.integers(0, 20_000), days), max_size=8).map(tuple)
entries = st.lists(
    st.builds(Entry, st.sampled_from(sorted(Adjusts)), st.integers(-20_000, 20_000), days),
    max_size=8,
).map(tuple)
orders = st.builds(
    Facts,
    ordered=st.integers(0, 18_000),
    sentenced_on=days,
    arrived_on=days,
    entries=entries,
    attended=credits,
    courses=credits,
    state=st.sampled_from(sorted(WorkState)),
    runs=st.sampled_from(sorted(Runs)),
    weekly_minutes=st.integers(0, 1680),
    left_before=st.integers(0, 18_000),
)
policies = st.builds(
    replace,
    st.just(POLICY),
    ete_percent=st.integers(1, 100),
    pace_weeks=st.integers(1, 52),
    amber_days=st.integers(1, 90),
    extension_month=st.integers(1, 12),
)


@given(orders, days, policies)
def test_nothing_is_ever_negative_and_what_is_credited_and_left_make_up_what_was_ordered(
    facts, today, policy
):
    found = hours(facts, today, policy)

    assert min(found.ordered, found.worked, found.credited, found.left, found.cap_left) >= 0
    assert found.credited + found.left == found.ordered
    assert found.weekly >= 0


@given(orders, days, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(facts, today, random):
    mixed = {name: list(getattr(facts, name)) for name in ("entries", "attended", "courses")}
    for one in mixed.values():
        random.shuffle(one)

    shuffled = replace(facts, **{name: tuple(one) for name, one in mixed.items()})

    assert hours(shuffled, today, POLICY) == hours(facts, today, POLICY)


@given(orders, days, st.sampled_from(sorted(set(Adjusts) - {Adjusts.TRAVEL})), st.integers(1, 9000))
def test_an_entry_and_its_undoing_leave_everything_as_it_was(facts, today, reason, minutes):
    undone = (Entry(reason, minutes, today), Entry(reason, -minutes, today))

    assert hours(replace(facts, entries=facts.entries + undone), today, POLICY) == hours(
        facts, today, POLICY
    )


@given(orders, st.integers(0, 2000), days)
def test_one_more_session_never_leaves_more_to_be_worked(facts, minutes, on):
    more = replace(facts, attended=(*facts.attended, Credit(minutes, on)))

    assert hours(more, TODAY, POLICY).left <= hours(facts, TODAY, POLICY).left


@given(orders, st.lists(st.integers(0, 2000), max_size=20))
def test_sessions_credited_with_no_more_than_is_left_never_exceed_what_was_ordered(facts, sessions):
    facts = replace(facts, entries=(), attended=(), courses=())
    for minutes in sessions:
        left = hours(facts, TODAY, POLICY).left
        facts = replace(facts, attended=(*facts.attended, Credit(creditable(minutes, left), TODAY)))

    assert sum(one.minutes for one in facts.attended) <= facts.ordered


@given(
    st.integers(1, 18_000),
    st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), max_size=20),
    st.lists(st.integers(0, 900), max_size=20),
    policies,
)
def test_courses_never_exceed_the_cap_the_overrun_or_what_is_left(ordered, courses, worked, policy):
    facts = replace(ORDER, ordered=ordered)
    for n, (taken, expected) in enumerate(courses):
        if n < len(worked):
            left = hours(facts, TODAY, policy).left
            facts = replace(
                facts, attended=(*facts.attended, Credit(creditable(worked[n], left), TODAY))
            )
        found = hours(facts, TODAY, policy)
        minutes = course_credit(
            taken,
            expected,
            overrun_percent=policy.overrun_percent,
            cap_left=found.cap_left,
            left=found.left,
        )
        assert (
            0 <= minutes <= min(taken, expected * (100 + policy.overrun_percent) // 100, found.left)
        )
        facts = replace(facts, courses=(*facts.courses, Credit(minutes, TODAY)))

    done = hours(facts, TODAY, policy)
    assert done.courses <= done.cap == ordered * policy.ete_percent // 100
    assert done.worked + done.courses <= ordered


@given(st.integers(0, 600), st.integers(0, 600), st.integers(1, 120), st.integers(0, 500))
def test_travel_is_never_more_than_an_entry_holds_what_it_took_or_what_is_left(
    there, back, beyond, left
):
    minutes = travel_credit(there, back, beyond=beyond, left=left)

    assert 0 <= minutes <= min(LONGEST_TRAVEL, left, there + back)


@pytest.mark.parametrize(
    "there, back, minutes",
    [(30, 30, 0), (45, 45, 30), (20, 50, 20), (90, 90, 120), (200, 200, 180)],
)
def test_travel_counts_beyond_half_an_hour_each_way(there, back, minutes):
    assert travel_credit(there, back, beyond=30, left=6000) == minutes


@given(st.integers(0, 900), st.integers(0, 90), st.integers(0, 900), st.booleans())
def test_a_session_never_comes_to_less_than_nought_nor_more_than_it_lasted(
    spent, rest, penalty, deduct
):
    arrived = NOW
    minutes = session_minutes(
        arrived,
        arrived + timedelta(minutes=spent),
        break_minutes=rest,
        penalty_minutes=penalty,
        deduct_break=deduct,
    )

    assert 0 <= minutes <= spent
    assert minutes == max(0, spent - penalty - (rest if deduct else 0))


# As an attacker would have it


@given(orders, st.integers(1, 2000), days)
def test_each_minute_that_is_worked_counts_for_a_minute_until_nothing_is_left(facts, minutes, on):
    """Where nothing was taken back that had never been credited: the ledger refuses that."""
    facts = replace(facts, entries=tuple(one for one in facts.entries if one.minutes > 0))
    stood = hours(facts, TODAY, POLICY)

    more = replace(facts, attended=(*facts.attended, Credit(minutes, on)))

    assert hours(more, TODAY, POLICY).left == max(0, stood.left - minutes)


@given(orders, st.integers(1, 9000))
def test_what_the_court_adds_is_to_be_worked_and_what_it_takes_is_not(facts, minutes):
    stood = hours(facts, TODAY, POLICY)

    def left_after(reason, changed):
        entries = (*facts.entries, Entry(reason, changed, TODAY))
        return hours(replace(facts, entries=entries), TODAY, POLICY).left

    assert left_after(Adjusts.COURT_ADDED, minutes) >= stood.left
    assert left_after(Adjusts.COURT_TAKEN, -minutes) <= stood.left
    assert left_after(Adjusts.ELSEWHERE, minutes) <= stood.left


@given(orders, days, policies, policies)
def test_another_share_of_courses_takes_nothing_back_and_lets_nothing_pass_its_own(
    facts, today, then, since
):
    """The share of a day: what was credited by one stays, and by a smaller one nothing is added."""
    before, after = hours(facts, today, then), hours(facts, today, since)

    assert (before.credited, before.left, before.courses) == (
        after.credited,
        after.left,
        after.courses,
    )
    assert after.cap_left == max(0, after.cap - after.courses)
    if after.courses >= after.cap:
        assert course_credit(600, 600, overrun_percent=20, cap_left=after.cap_left, left=600) == 0


@given(
    st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 100), st.integers(0, 9000),
    st.integers(0, 9000), st.integers(1, 500),
)  # fmt: skip
def test_a_course_counts_for_no_less_where_more_of_anything_is_allowed(
    taken, expected, overrun, cap_left, left, more
):
    def credit(**changed):
        given = {"overrun_percent": overrun, "cap_left": cap_left, "left": left} | changed
        return course_credit(given.pop("taken", taken), given.pop("expected", expected), **given)

    stands = credit()

    assert stands <= min(cap_left, left, taken)
    for name, value in {
        "taken": taken, "expected": expected, "overrun_percent": overrun, "cap_left": cap_left, "left": left,
    }.items():  # fmt: skip
        assert credit(**{name: value + more}) >= stands


@given(st.integers(0, 900), st.integers(0, 90), st.integers(0, 900), st.integers(0, 60))
def test_a_longer_penalty_or_break_never_credits_more_and_a_longer_day_never_less(
    spent, rest, penalty, more
):
    def minutes(spent=spent, rest=rest, penalty=penalty, deduct=True):
        left_at = NOW + timedelta(minutes=spent)
        return session_minutes(
            NOW, left_at, break_minutes=rest, penalty_minutes=penalty, deduct_break=deduct
        )

    assert minutes(penalty=penalty + more) <= minutes()
    assert minutes(rest=rest + more) <= minutes()
    assert minutes(spent=spent + more) >= minutes()
    assert minutes(deduct=False) >= minutes()


@given(st.integers(0, 600), st.integers(0, 600), st.integers(1, 120), st.integers(0, 500), st.integers(1, 60))  # fmt: skip
def test_travel_is_the_same_both_ways_about_and_never_less_for_a_longer_way(
    there, back, beyond, left, more
):
    stands = travel_credit(there, back, beyond=beyond, left=left)

    assert travel_credit(back, there, beyond=beyond, left=left) == stands
    assert travel_credit(there + more, back, beyond=beyond, left=left) >= stands
    assert travel_credit(there, back, beyond=beyond + more, left=left) <= stands
    assert travel_credit(beyond, beyond, beyond=beyond, left=left) == 0


@given(orders, days, policies)
def test_the_pace_says_what_the_forecast_says(facts, today, policy):
    found = hours(facts, today, policy)

    in_time = found.forecast is not None and found.forecast <= found.finish_by
    if found.pace in (Pace.GREEN, Pace.AMBER):
        assert in_time
        assert found.left
    if found.pace == Pace.RED:
        assert not in_time
    assert (found.pace == Pace.DONE) == (
        facts.state != WorkState.ENDED and found.ordered > 0 and not found.left
    )
    assert (found.pace == Pace.STOPPED) == (facts.state == WorkState.ENDED)


@given(orders, days, policies)
def test_what_is_needed_a_week_is_enough_by_the_last_day_and_no_minute_more_than_that(
    facts, today, policy
):
    found = hours(facts, today, policy)
    waits = found.left + found.first

    if found.needed is None:
        assert not found.left or today > found.finish_by
    else:
        assert found.needed * found.weeks_left >= waits - 1e-6
        assert (found.needed - 1) * found.weeks_left < waits


@given(orders, days, st.integers(1, 9000))
def test_more_to_be_worked_first_never_brings_the_end_nearer(facts, today, more):
    facts = replace(facts, runs=Runs.CONSECUTIVE, left_before=facts.left_before or 1)
    found = hours(facts, today, POLICY)
    later = hours(replace(facts, left_before=facts.left_before + more), today, POLICY)

    assert later.left == found.left
    assert later.forecast is None or (found.forecast and later.forecast >= found.forecast)
    assert not found.left or later.needed is None or later.needed >= found.needed


@given(
    orders, st.lists(st.tuples(st.sampled_from(["session", "course", "travel", "corrected"]), st.integers(0, 900)), max_size=15),
    policies,
)  # fmt: skip
def test_whatever_is_credited_in_whatever_order_is_never_more_than_was_ordered(facts, acts, policy):
    """Sessions, sessions put right, courses and travel, each held against what is left then."""
    facts = replace(facts, entries=(), attended=(), courses=())
    for act, minutes in acts:
        found = hours(facts, TODAY, policy)
        if act == "corrected" and facts.attended:
            *others, last = facts.attended
            counts = creditable(minutes, found.left + last.minutes)
            facts = replace(facts, attended=(*others, Credit(counts, last.on)))
        elif act == "course":
            counts = course_credit(
                minutes, minutes, overrun_percent=policy.overrun_percent, cap_left=found.cap_left, left=found.left,
            )  # fmt: skip
            facts = replace(facts, courses=(*facts.courses, Credit(counts, TODAY)))
        elif act == "travel":
            counts = travel_credit(minutes, 0, beyond=policy.travel_beyond_minutes, left=found.left)
            entry = Entry(Adjusts.TRAVEL, counts, TODAY)
            facts = replace(facts, entries=(*facts.entries, entry))
        else:
            facts = replace(
                facts, attended=(*facts.attended, Credit(creditable(minutes, found.left), TODAY))
            )

    done = hours(facts, TODAY, policy)
    assert done.worked + done.courses <= done.ordered
    assert done.courses <= done.cap


@given(orders, st.lists(st.integers(1, 900), max_size=10))
def test_an_hour_that_counts_for_two_that_run_at_once_ends_neither_before_it_is_worked(
    facts, spent
):
    """Each is credited up to what the longer needs; the shorter is done once it is worked, and no sooner."""
    facts = replace(facts, entries=(), attended=(), courses=())
    longer = replace(facts, ordered=facts.ordered + 600)
    for minutes in spent:
        left = max(hours(one, TODAY, POLICY).left for one in (facts, longer))
        shared = Credit(creditable(minutes, left), TODAY)
        facts, longer = (replace(one, attended=(*one.attended, shared)) for one in (facts, longer))

    total = sum(one.minutes for one in longer.attended)
    assert total <= longer.ordered
    for one in (facts, longer):
        assert hours(one, TODAY, POLICY).left == max(0, one.ordered - total)


def test_the_twelve_months_end_the_day_before_their_anniversary():
    assert finish_by(replace(ORDER, sentenced_on=date(2018, 10, 1))) == date(2019, 9, 30)
    assert finish_by(replace(ORDER, sentenced_on=date(2016, 2, 29))) == date(2017, 2, 27)


def test_the_court_extends_and_a_supervision_default_order_ends_with_supervision():
    extended = replace(ORDER, extended_to=date(2020, 3, 1))

    assert finish_by(extended) == date(2020, 3, 1)
    assert finish_by(replace(extended, supervision_ends=date(2019, 2, 1))) == date(2019, 2, 1)


def test_the_court_adds_to_what_was_ordered_and_takes_from_it_and_the_rest_is_credited():
    facts = replace(
        ORDER,
        entries=(
            Entry(Adjusts.COURT_ADDED, 1200, TODAY),
            Entry(Adjusts.COURT_TAKEN, -600, TODAY),
            Entry(Adjusts.ELSEWHERE, 300, TODAY),
            Entry(Adjusts.TRAVEL, 60, TODAY),
        ),
    )

    found = hours(facts, TODAY, POLICY)

    assert (found.ordered, found.worked, found.left) == (6600, 360, 6240)


def test_hours_that_are_not_recorded_are_not_taken_for_worked():
    found = hours(replace(ORDER, ordered=0, attended=(Credit(420, TODAY),)), TODAY, POLICY)

    assert not found.known
    assert found.pace == Pace.UNKNOWN
    assert reached(found) == []


def worked_weekly(minutes, weeks=30, **changed):
    on = TODAY + timedelta(weeks=weeks)
    sessions = tuple(Credit(minutes, TODAY + timedelta(weeks=n)) for n in range(1, weeks + 1))
    return hours(replace(ORDER, attended=sessions, **changed), on, POLICY), on


def test_pace_is_what_was_worked_a_week_of_late_against_what_is_needed():
    found, on = worked_weekly(150)

    assert (found.weekly, found.measured) == (150, True)
    assert found.left == 6000 - 30 * 150
    assert found.forecast == on + timedelta(days=70)
    assert found.pace == Pace.GREEN
    assert found.needed == -(-1500 // found.weeks_left)


@pytest.mark.parametrize(
    "minutes, pace", [(118, Pace.AMBER), (100, Pace.RED), (0, Pace.RED), (200, Pace.DONE)]
)
def test_pace_is_close_or_late_by_the_forecast_and_never_is_late(minutes, pace):
    found, _ = worked_weekly(minutes)

    assert found.pace == pace
    assert (found.forecast is None) == (minutes == 0)


def test_in_the_first_weeks_what_is_offered_is_taken_for_what_is_worked():
    found = hours(ORDER, TODAY + timedelta(days=27), POLICY)

    assert (found.weekly, found.measured) == (420, False)
    assert hours(ORDER, TODAY + timedelta(days=28), POLICY).measured
    assert hours(replace(ORDER, intensive=True), TODAY, POLICY).weekly == INTENSIVE_MINUTES


def test_hours_brought_in_with_the_case_say_nothing_of_pace():
    facts = replace(ORDER, entries=(Entry(Adjusts.ELSEWHERE, 3000, TODAY + timedelta(days=29)),))

    assert hours(facts, TODAY + timedelta(days=30), POLICY).weekly == 0


def test_what_is_to_be_worked_first_counts_towards_the_pace_of_what_follows():
    follows = replace(ORDER, runs=Runs.CONSECUTIVE, left_before=3000)

    found = hours(follows, TODAY, POLICY)

    assert found.first == 3000
    assert found.needed > hours(ORDER, TODAY, POLICY).needed
    assert found.forecast > hours(ORDER, TODAY, POLICY).forecast


def test_an_extension_is_proposed_from_the_ninth_month_where_it_will_not_be_done():
    late = replace(ORDER, sentenced_on=date(2018, 1, 2), arrived_on=date(2018, 1, 2))
    before, since = date(2018, 9, 30), date(2018, 10, 1)

    assert not extension_due(WorkState.OPEN, hours(late, before, POLICY), before, POLICY)
    assert extension_due(WorkState.OPEN, hours(late, since, POLICY), since, POLICY)
    assert extension_due(WorkState.SUSPENDED, hours(late, since, POLICY), since, POLICY)
    assert not extension_due(WorkState.ENDED, hours(late, since, POLICY), since, POLICY)


def test_no_extension_is_proposed_where_they_are_in_time_or_the_court_has_given_more():
    on_time, on = worked_weekly(150, weeks=39)
    extended = replace(ORDER, extended_to=date(2020, 9, 30))

    assert not extension_due(WorkState.OPEN, on_time, on, POLICY)
    assert not extension_due(WorkState.OPEN, hours(extended, on, POLICY), on, POLICY)


def test_points_to_look_back_at_are_reached_in_order_and_the_furthest_is_owed():
    def after(minutes):
        return hours(replace(ORDER, attended=(Credit(minutes, TODAY),)), TODAY, POLICY)

    assert reached(after(1999)) == []
    assert reached(after(2000)) == [ReviewPoint.THIRD]
    assert review_owed(after(3000), {ReviewPoint.THIRD}) == ReviewPoint.HALF
    assert review_owed(after(3000), {ReviewPoint.HALF}) is None
    assert review_owed(after(6000), set()) == ReviewPoint.END


def test_what_limits_a_course_is_said_with_each_limit():
    limits = course_limits(120, overrun_percent=20, cap_left=1800, left=6000)

    assert [minutes for minutes, _ in limits] == [144, 1800, 6000]


@pytest.mark.parametrize(
    "minutes, words",
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (6000, "100 hours"),
        (-120, "minus 2 hours"),
    ],
)
def test_minutes_are_said_in_hours_and_minutes(minutes, words):
    assert say_minutes(minutes) == words
