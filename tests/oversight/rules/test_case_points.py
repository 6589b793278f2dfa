from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import CONTACT_ORDER, ContactLevel
from cases.reference.groups import GROUPS
from oversight.reference.workload import TIER_POINTS, Basis, Inactive, Kind
from oversight.rules.case_points import (
    ToWeigh,
    contacts_a_month,
    group_points,
    keeps,
    minutes_a_point,
    points_of,
    tier_points,
)
from tests.oversight.rules.workload_policy import GRID, POLICY

BY_TIER = replace(POLICY, basis=Basis.TIER)
# Of each group: in the first weeks, and once the second contact and the weekly start are over
COMMUNITY = {
    "L0": (32, 32), "L50": (32, 32), "L75": (48, 48), "L90": (77, 48),
    "LC0": (66, 66), "LC50": (66, 66), "LC75": (95, 66), "LC90": (95, 95),
    "M0": (52, 52), "M50": (52, 52), "M75": (81, 81), "M90": (81, 81),
    "MC0": (100, 70), "MC50": (100, 100), "MC75": (100, 100), "MC90": (158, 100),
}  # fmt: skip


def points(code, kind=Kind.COMMUNITY, day=0):
    return group_points(ToWeigh(kind, code, GRID[code]["contact_level"], day), POLICY).number


@pytest.mark.parametrize("code", GROUPS)
def test_what_each_group_weighs_by_the_seeded_policies(code):
    assert (points(code), points(code, day=84)) == COMMUNITY[code]


def test_low_groups_come_near_national_level_d_and_medium_ones_near_c():
    assert abs(points("L0") - TIER_POINTS["D1"]["community"]) <= 3
    assert abs(points("M0") - TIER_POINTS["C1"]["community"]) <= 3
    assert abs(points("M90") - TIER_POINTS["C3"]["community"]) <= 3
    assert points("L0", Kind.CUSTODY) == TIER_POINTS["C1"]["custody"]
    assert abs(points("L0", Kind.UNPAID_WORK) - TIER_POINTS["D0"]["community"]) <= 3


@pytest.mark.parametrize(
    ("kind", "weighs"),
    [
        (Kind.COMMUNITY, 100),
        (Kind.POST_SENTENCE, 100),
        (Kind.LICENCE, 103),
        (Kind.CUSTODY, 23),
        (Kind.UNPAID_WORK, 27),
        (Kind.CURFEW, 9),
    ],
)
def test_what_the_same_group_weighs_by_kind_of_case(kind, weighs):
    assert points("MC50", kind) == weighs


def test_the_diary_behind_the_points_is_shown():
    case = ToWeigh(Kind.LICENCE, "MC90", ContactLevel.WEEKLY_FRONT_LOADED, 20)

    assert group_points(case, POLICY).working == (
        "Weekly, with a second contact in the first 60 days (day 20): 8.67 a month of 45 minutes, 390 minutes.",
        "Letters, plan, reviews and record: 60 minutes.",
        "Medium risk of serious harm: 15 minutes.",
        "Complex: agencies, meetings and home visits: 60 minutes.",
        "On licence: 10 minutes.",
        "535 minutes a month, at 3.32 minutes a point: 161 points.",
    )


def test_other_kinds_say_their_own_diary():
    custody = group_points(ToWeigh(Kind.CUSTODY, "M0", ContactLevel.FORTNIGHTLY), POLICY)
    work = group_points(ToWeigh(Kind.UNPAID_WORK), POLICY)
    none = group_points(ToWeigh(Kind.COMMUNITY), POLICY)
    unknown = group_points(ToWeigh(Kind.COMMUNITY, "MC0", ContactLevel.WEEKLY_THEN_FORTNIGHTLY), POLICY)  # fmt: skip

    assert (
        custody.working[0]
        == "4 contacts a year in custody: 0.33 a month of 45 minutes, 15 minutes."
    )
    assert work.working[0] == "Unpaid work alone: 90 minutes a month."
    assert none.working[0].startswith("No contact level: 0 a month")
    assert "over a year, as its start is not known" in unknown.working[0]


def test_a_point_is_a_share_of_a_month_of_case_work():
    assert minutes_a_point(POLICY) == Fraction(7215, 2176)
    assert minutes_a_point(replace(POLICY, case_work_percent=100)) == Fraction(9620, 2176)


@pytest.mark.parametrize(
    ("level", "day", "contacts"),
    [
        (ContactLevel.MONTHLY, 0, 1),
        (ContactLevel.FORTNIGHTLY, 0, Fraction(26, 12)),
        (ContactLevel.WEEKLY, 0, Fraction(52, 12)),
        (ContactLevel.WEEKLY_THEN_FORTNIGHTLY, 83, Fraction(52, 12)),
        (ContactLevel.WEEKLY_THEN_FORTNIGHTLY, 84, Fraction(26, 12)),
        (ContactLevel.WEEKLY_THEN_FORTNIGHTLY, None, Fraction(32, 12)),
        (ContactLevel.WEEKLY_FRONT_LOADED, 55, Fraction(104, 12)),
        (ContactLevel.WEEKLY_FRONT_LOADED, 56, Fraction(52, 12)),
        (ContactLevel.WEEKLY_FRONT_LOADED, None, Fraction(60, 12)),
        ("", None, 0),
    ],
)
def test_contacts_are_those_that_the_standard_counts(level, day, contacts):
    assert contacts_a_month(level, day) == contacts


@given(st.sampled_from(list(GROUPS)), st.integers(0, 400) | st.none(), st.sampled_from(list(Kind)))
def test_contact_more_often_never_weighs_less(code, day, kind):
    levels = sorted(ContactLevel, key=CONTACT_ORDER.get)
    # weekly throughout is more than weekly for twelve weeks and then fortnightly, on each day
    weights = [group_points(ToWeigh(kind, code, level, day), POLICY).number for level in levels]

    assert weights == sorted(weights)


@given(st.sampled_from(list(ContactLevel)), st.sampled_from(["0", "50", "75", "90"]))
def test_more_harm_or_complexity_never_weighs_less(level, band):
    low, low_complex, medium, medium_complex = (
        group_points(ToWeigh(Kind.COMMUNITY, f"{row}{band}", level, 0), POLICY).number
        for row in ("L", "LC", "M", "MC")
    )

    assert low <= low_complex <= medium_complex
    assert low <= medium <= medium_complex


# National points

TABLE = """
A3 206 75 219 75
A2 158 60 175 60
A1 146 59 163 59
A0 110 0 0 0
B3 146 59 161 59
B2 115 48 132 48
B1 102 47 119 47
B0 72 0 0 0
C3 79 30 77 30
C2 63 24 65 24
C1 50 23 52 23
C0 35 0 0 0
D3 51 17 51 17
D2 41 14 43 14
D1 29 13 31 13
D0 29 0 0 0
"""


@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1])
def test_each_row_of_the_national_points(row):
    tier, *columns = row.split()
    community, custody, licence, t2a = map(int, columns)
    expected = {Kind.COMMUNITY: community, Kind.CUSTODY: custody, Kind.LICENCE: licence}

    for kind, number in expected.items():
        assert tier_points(ToWeigh(kind, tier=tier)).number == number
        assert tier_points(ToWeigh(kind, tier=tier, t2a=True)).number == t2a
        assert tier_points(ToWeigh(kind, tier=f"{tier}S")).number == 0


def test_there_are_sixteen_rows_and_without_a_tier_nothing():
    assert len(TIER_POINTS) == 16
    assert tier_points(ToWeigh(Kind.COMMUNITY)).number == 0
    assert tier_points(ToWeigh(Kind.LICENCE, tier="B2")).working == (
        "Tier B2, licence: 132 points.",
    )
    assert tier_points(ToWeigh(Kind.LICENCE, tier="B2", t2a=True)).working == (
        "Tier B2, in transition to adulthood: 48 points.",
    )


# Inactive cases


@pytest.mark.parametrize(
    ("inactive", "kept"),
    [
        (set(), 63),
        ({Inactive.OVERDUE}, 0),
        ({Inactive.WARRANT}, 0),
        ({Inactive.UNPAID_WORK}, 63),
        ({Inactive.UNPAID_WORK, Inactive.WARRANT}, 0),
        ({Inactive.OVERDUE, Inactive.WARRANT}, 0),
    ],
)
def test_what_an_inactive_case_keeps(inactive, kept):
    case = ToWeigh(Kind.COMMUNITY, tier="C2", inactive=frozenset(inactive))

    assert points_of(case, BY_TIER).number == kept


def test_a_share_is_rounded_half_up_and_said():
    policy = replace(POLICY, keeps={**POLICY.keeps, Inactive.WARRANT: 50})

    assert keeps(63, {Inactive.WARRANT}, policy).number == 32
    assert keeps(63, {Inactive.WARRANT}, policy).working == (
        "A warrant is out: keeps 50% of its points, 32 points.",
    )


@given(
    st.integers(0, 300),
    st.sets(st.sampled_from(list(Inactive))),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_nobody_keeps_less_than_nothing_or_more_than_all(number, inactive, one, other):
    policy = replace(POLICY, keeps={Inactive.OVERDUE: one, Inactive.WARRANT: other, Inactive.UNPAID_WORK: 100})  # fmt: skip

    assert 0 <= keeps(number, inactive, policy).number <= number


def test_the_policy_says_by_what_a_case_is_weighed():
    case = ToWeigh(Kind.COMMUNITY, "M0", ContactLevel.FORTNIGHTLY, 10, tier="C2")

    assert points_of(case, POLICY).number == 52
    assert points_of(case, BY_TIER).number == 63
