from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.reference.workload import FOR_OTHERS, REDUCTIONS, REPORTS, Effort
from oversight.rules.figures import Figure, half_up, say_number
from oversight.rules.reductions import Reduction, check_alone, check_reduction, hours_off
from oversight.rules.workload import (
    ForSomebody,
    ReportDone,
    available_of,
    available_points,
    capacity,
    excessive,
    for_others_points,
    report_points,
    total_points,
)
from staff.errors import RuleBroken
from staff.reference import Grade
from tests.oversight.rules.workload_policy import POLICY

FULL = Fraction(37)
TODAY = date(2018, 10, 1)
MONDAY = date(2018, 10, 1)
WEEK = timedelta(weeks=1)
HOURS = st.integers(0, 600).map(lambda tenths: Fraction(tenths, 10))


def available(contracted=FULL, less=Fraction(0), default=FULL):
    return available_points(contracted, less, default, 2176)


# The checks of the reference


def test_the_checks_of_the_national_service():
    assert available(FULL, Fraction("1.8")).number == 2070
    assert available(Fraction(30), Fraction("1.8")).number == 1658
    assert available(Fraction("36.5")).number == 2146  # 2,146.59: cut, not rounded


def test_the_arithmetic_is_said():
    assert available(FULL, Fraction("1.8")).working == (
        "2,176 points x (37 - 1.8) hours / 37 hours = 2,070.14, cut to 2,070.",
    )
    assert available().working == ("2,176 points x 37 hours / 37 hours = 2,176.",)


def test_a_grade_without_hours_has_no_points():
    assert available(default=Fraction(0)).number == 0
    assert "no default hours" in available(default=Fraction(0)).working[0]


def test_an_officer_s_week_is_worked_out_from_contract_reductions_and_grade():
    room = available_of(
        Grade.TRAINEE, FULL, [Reduction("trainee_2", date(2018, 1, 15))], POLICY, TODAY
    )

    assert room.number == 870
    assert room.working == (
        "Trainee (PQiP) in months 7 to 12: 22.2 hours off.",
        "2,176 points x (37 - 22.2) hours / 37 hours = 870.4, cut to 870.",
    )
    assert available_of("", FULL, [], POLICY, TODAY).number == 0
    assert {available_of(grade, FULL, [], POLICY, TODAY).number for grade in Grade} == {2176}


def test_more_off_than_the_contract_leaves_nothing_and_no_debt():
    assert available(Fraction(20), Fraction(25)).number == 0


@given(HOURS, HOURS, HOURS)
def test_more_hours_are_never_fewer_points_and_more_off_never_more(hours, off, more):
    assert available(hours, off).number <= available(hours + more, off).number
    assert available(hours, off + more).number <= available(hours, off).number


@pytest.mark.parametrize(
    ("total", "room", "percent"),
    [
        (1988, 2070, "96.0"),
        (2070, 2070, "100.0"),
        (2394, 2176, "110.0"),
        (2395, 2176, "110.1"),
        (1, 2000, "0.1"),  # 0.0005 is rounded up
        (1, 2001, "0.0"),
        (0, 2176, "0.0"),
        (500, 0, "0.0"),
    ],
)
def test_capacity_is_the_quotient_to_three_places_half_up(total, room, percent):
    assert capacity(total, room).percent == Decimal(percent)


def test_capacity_says_its_arithmetic_and_what_is_left():
    assert capacity(1988, 2070).working == (
        "1,988 / 2,070 = 0.960, which is 96.0%: 82 points left.",
    )
    assert capacity(2500, 2070).working == (
        "2,500 / 2,070 = 1.208, which is 120.8%: 430 points too many.",
    )
    assert capacity(1988, 2070).remaining == 82


def test_nothing_available_and_points_held_is_no_quiet_nought():
    assert "hold too much" in capacity(500, 0).mark
    assert capacity(0, 0).mark == capacity(0, 2000).mark == capacity(9, 2000).mark == ""


@given(st.integers(0, 9000), st.integers(1, 9000), st.integers(0, 500))
def test_more_points_are_never_a_lower_percentage(total, room, more):
    assert capacity(total, room).percent <= capacity(total + more, room).percent


# Excessive


def weeks(*percents):
    """The figures of these weeks, the last that of `MONDAY`."""
    return {
        MONDAY - WEEK * (len(percents) - 1 - place): Decimal(percent)
        for place, percent in enumerate(percents)
    }


@pytest.mark.parametrize(
    ("percents", "is_it"),
    [
        (("110.1", "110.1", "110.1", "110.1"), True),
        (("110.1", "110.1", "110.1"), False),
        (("110.0", "120", "120", "120"), False),
        (("120", "120", "110.0", "120"), False),
        (("120", "120", "120", "120", "110.0"), False),
        (("100", "111", "112", "113", "114"), True),
    ],
)
def test_excessive_is_over_110_in_each_of_four_weeks_running(percents, is_it):
    assert bool(excessive(weeks(*percents), MONDAY)) == is_it


def test_a_week_without_a_figure_ends_the_run():
    figures = weeks("120", "120", "120", "120", "120")
    del figures[MONDAY - 2 * WEEK]

    assert excessive(figures, MONDAY) is None


def test_it_says_since_when():
    found = excessive(weeks("100", "120", "120", "120", "120", "120"), MONDAY)

    assert (found.since, found.weeks) == (date(2018, 9, 3), 5)
    assert found.sentence == (
        "Over 110% in each week since 3 September 2018, 5 weeks: an excessive workload, which a senior must see to."
    )


# Reports, and work for others


@pytest.mark.parametrize(
    ("code", "points"),
    [("sdr", 138), ("fast", 65), ("parole", 120), ("arms_community", 69), ("arms_licence", 35)],
)
def test_each_report_counts_its_points(code, points):
    assert report_points([ReportDone(code, TODAY)], TODAY).number == points


def test_reports_count_for_thirty_days():
    days = [TODAY - timedelta(days=number) for number in (-1, 0, 29, 30)]
    counts = [report_points([ReportDone("sdr", day)], TODAY).number for day in days]

    assert counts == [0, 138, 138, 0]


@pytest.mark.parametrize("code", ["parole", "arms_community", "arms_licence"])
def test_some_are_no_longer_counted_once_the_national_service_stopped(code):
    last = REPORTS[code].counted_until

    assert report_points([ReportDone(code, last)], last).number > 0
    assert report_points([ReportDone(code, last + timedelta(days=1))], last + WEEK).number == 0


def test_reports_of_a_kind_are_counted_together_in_words():
    done = [ReportDone("fast", TODAY), ReportDone("sdr", TODAY), ReportDone("fast", TODAY)]

    assert report_points(done, TODAY).working == (
        "2 fast delivery reports in 30 days, 65 each: 130 points.",
        "1 standard delivery report in 30 days, 138 each: 138 points.",
    )


WORK = """
plan information visits hdc court assessments rotl: 9 13 18
referrals partnership conferences: 9 18 26
victims: 5 9 13
communication: 5 9 18
"""


@pytest.mark.parametrize("row", WORK.split("\n")[1:-1])
def test_work_for_others_is_added_to_whoever_did_it_and_taken_from_the_owner(row):
    codes, points = row.split(": ")
    for code in codes.split():
        for effort, number in zip(Effort, map(int, points.split()), strict=True):
            assert for_others_points([ForSomebody(code, effort, mine=True)]).number == number
            assert for_others_points([ForSomebody(code, effort, mine=False)]).number == -number


def test_each_kind_of_work_is_in_that_table():
    assert set(FOR_OTHERS) == {
        code for row in WORK.split("\n")[1:-1] for code in row.split(":")[0].split()
    }


def test_all_together_is_said_and_never_below_nothing():
    total = total_points(1000, Figure(138, ("A report.",)), Figure(-9, ("Work.",)))

    assert total.number == 1129
    assert total.working == (
        "A report.",
        "Work.",
        "Cases 1,000, reports 138, work for others -9: 1,129 points in all.",
    )
    assert total_points(5, Figure(0, ()), Figure(-9, ())).number == 0


# Reductions


def off(*reductions, contracted=FULL, day=TODAY):
    return hours_off(reductions, contracted, day)


@pytest.mark.parametrize(
    ("code", "percent", "first", "after"),
    [
        ("trainee_1", 80, 0, 6),
        ("trainee_2", 60, 6, 12),
        ("trainee_3", 40, 12, 18),
        ("newly_qualified", 20, 0, 9),
        ("pso_learning", 20, 0, 6),
        ("vq3", 5, 0, 6),
        ("access", 10, 0, 6),
        ("maternity", 100, 0, 6),
        ("adoption", 100, 0, 6),
    ],
)
def test_what_is_taken_off_and_for_which_months(code, percent, first, after):
    began = date(2017, 1, 15)

    def hours(months, days=0):
        month = began.month - 1 + months
        day = date(began.year + month // 12, month % 12 + 1, began.day) + timedelta(days=days)
        return off(Reduction(code, began), day=day).hours

    assert hours(first) == hours(after, -1) == FULL * percent / 100
    assert hours(first, -1) == hours(after) == 0


@pytest.mark.parametrize("code", ["sick", "special", "paid", "unpaid"])
def test_long_leave_takes_all_off_while_it_lasts(code):
    leave = Reduction(code, TODAY, TODAY + WEEK)

    assert off(leave).hours == off(leave, day=TODAY + WEEK).hours == FULL
    assert off(leave, day=TODAY - timedelta(days=1)).hours == 0
    assert off(leave, day=TODAY + WEEK + timedelta(days=1)).hours == 0


def test_hours_that_a_senior_says_are_taken_as_they_are_and_added_up():
    one, other = Reduction("groups", TODAY, hours=Fraction("1.8")), Reduction("vq3", TODAY)

    assert off(one, other).hours == Fraction("3.65")
    assert off(one, other).working == (
        "Delivering groups: 1.8 hours off.",
        "Working for VQ3: 1.9 hours off.",
    )
    assert off(Reduction("vq3", TODAY, TODAY)).working == (
        "Working for VQ3, until 1 October 2018: 1.9 hours off.",
    )


def test_never_more_than_the_contract_is_off():
    found = off(Reduction("sick", TODAY), Reduction("vq3", TODAY))

    assert found.hours == FULL
    assert found.working[-1] == "Together more than the contract: all 37 hours are off."


@pytest.mark.parametrize(
    ("reduction", "words"),
    [
        (Reduction("holiday", TODAY), "Choose what"),
        (Reduction("sick", TODAY, TODAY - WEEK), "before the first"),
        (Reduction("vq3", TODAY, hours=Fraction(2)), "Leave the hours empty"),
        (Reduction("groups", TODAY), "Say how many hours"),
        (Reduction("groups", TODAY, hours=Fraction(0)), "Say how many hours"),
        (Reduction("groups", TODAY, hours=Fraction(38)), "no more than that"),
        (Reduction("union", TODAY, hours=Fraction("18.6")), "50% at most, which is 18.5 hours"),
        (Reduction("single_point", TODAY, hours=Fraction(2)), "5% at most"),
    ],
)
def test_a_reduction_that_the_table_does_not_allow_is_refused(reduction, words):
    with pytest.raises(RuleBroken, match=words):
        check_reduction(reduction, FULL)


@pytest.mark.parametrize(
    "reduction",
    [
        Reduction("sick", TODAY),
        Reduction("union", TODAY, hours=Fraction("18.5")),
        Reduction("groups", TODAY, TODAY, hours=FULL),
    ],
)
def test_any_other_is_let_be(reduction):
    assert check_reduction(reduction, FULL) is None
    with pytest.raises(RuleBroken):
        check_reduction(replace(reduction, hours=FULL + 1), FULL)


SICK = Reduction("sick", date(2018, 5, 1), date(2018, 5, 31))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Reduction("sick", date(2018, 5, 31)), "from 31 May 2018 with no last day already"),
        (Reduction("sick", date(2018, 4, 1), date(2018, 5, 1)), "until 1 May 2018 already"),
        (Reduction("sick", date(2018, 6, 1)), ""),
        (Reduction("sick", date(2018, 4, 1), date(2018, 4, 30)), ""),
        (Reduction("special", date(2018, 5, 1)), ""),
    ],
)
def test_what_the_table_gives_a_share_for_is_not_taken_off_twice_on_one_day(other, words):
    if not words:
        check_alone(SICK, [other])
        return
    with pytest.raises(RuleBroken, match=words):
        check_alone(SICK, [other])


def test_what_a_senior_says_the_hours_of_may_be_there_twice_and_months_end_by_themselves():
    group = Reduction("groups", date(2018, 5, 1), hours=Fraction(2))
    check_alone(group, [group])
    learning = Reduction("pso_learning", date(2018, 1, 1))
    check_alone(Reduction("pso_learning", date(2018, 7, 1)), [learning])
    with pytest.raises(RuleBroken, match="until 30 June 2018 already"):
        check_alone(Reduction("pso_learning", date(2018, 6, 30)), [learning])


@given(
    st.lists(
        st.builds(
            Reduction, st.sampled_from(list(REDUCTIONS)), st.just(TODAY), hours=st.none() | HOURS
        )
    )
)
def test_what_is_off_is_between_nothing_and_the_contract(reductions):
    assert 0 <= off(*reductions).hours <= FULL


# Numbers


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [
        (Fraction(37), 1, "37"),
        (Fraction("1.85"), 1, "1.9"),
        (Fraction("2070.135"), 2, "2,070.14"),
        (Fraction(100), 1, "100"),
        (Fraction(0), 2, "0"),
    ],
)
def test_numbers_are_said_half_up_without_what_says_nothing(number, places, said):
    assert say_number(number, places) == said


def test_half_a_point_is_one():
    assert [half_up(Fraction(number, 2)) for number in (0, 1, 2, 3)] == [0, 1, 1, 2]
