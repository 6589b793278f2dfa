"""Decisions compared between groups: no small number is shown, and none can be reckoned from what is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import Given, Sex
from cases.reference.equality import Characteristic
from cases.rules.enforcement.equality import (
    FEW,
    Cell,
    Decision,
    compared,
    ethnic_group,
    halves_before,
)

ON = date(2018, 9, 3)
ETHNICITIES = ["White: Irish", "Asian/Asian British: Indian", "B1", Given.NOT_ASKED, "M2"]
DECISIONS = st.builds(
    Decision,
    on=st.just(ON),
    so=st.booleans(),
    ethnicity=st.sampled_from(ETHNICITIES),
    sex=st.sampled_from(Sex),
    born_on=st.sampled_from([None, date(1999, 1, 1), date(1980, 1, 1), date(1950, 1, 1)]),
    disabled=st.booleans(),
)


def some(so, other, **known):
    return [Decision(ON, True, **known)] * so + [Decision(ON, False, **known)] * other


def shown(decisions, characteristic):
    return {one.name: one.cell for one in compared(decisions)[1][characteristic]}


@given(st.lists(DECISIONS, max_size=200))
def test_nothing_small_is_shown_nor_left_over_when_what_is_shown_is_taken_from_everybody(decisions):
    whole, groups = compared(decisions)

    if whole is None:
        assert groups == {}
        assert min(_so(decisions), len(decisions) - _so(decisions)) < FEW
        return
    for found in groups.values():
        cells = [one.cell for one in found if one.cell]
        assert all(cell.so >= FEW and cell.counted - cell.so >= FEW for cell in cells)
        rest = Cell(
            whole.counted - sum(c.counted for c in cells), whole.so - sum(c.so for c in cells)
        )
        hidden = len(found) - len(cells)
        assert rest == Cell() if not hidden else rest.so >= FEW and rest.counted - rest.so >= FEW


def test_groups_that_are_large_are_shown_as_they_are():
    decisions = some(6, 14, sex=Sex.MALE) + some(5, 5, sex=Sex.FEMALE)

    assert shown(decisions, Characteristic.SEX) == {"Male": Cell(20, 6), "Female": Cell(10, 5)}
    assert Cell(20, 6).share == 30


def test_one_small_group_takes_the_next_smallest_with_it():
    decisions = (
        some(30, 30, ethnicity="W1") + some(5, 6, ethnicity="A1") + some(1, 2, ethnicity="B1")
    )

    found = shown(decisions, Characteristic.ETHNICITY)

    assert found == {
        "White": Cell(60, 30), "Asian or Asian British": None, "Black or Black British": None,
    }  # fmt: skip


def test_a_group_all_of_whom_were_answered_alike_is_not_shown():
    decisions = (
        some(30, 30, sex=Sex.MALE) + some(20, 0, sex=Sex.FEMALE) + some(9, 9, sex=Sex.UNKNOWN)
    )

    assert shown(decisions, Characteristic.SEX)["Female"] is None


def test_where_too_few_decisions_were_made_nothing_is_shown_at_all():
    assert compared(some(4, 100)) == (None, {})
    assert compared([]) == (None, {})


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("White: British/English/Welsh/Scottish/Northern Irish", "White"),
        ("W5", "White"),
        ("Mixed: White and Asian", "Mixed"),
        ("Asian/Asian British: Pakistani", "Asian or Asian British"),
        ("Black/Black British: Caribbean", "Black or Black British"),
        ("O2", "Another ethnic group"),
        ("NS", "Prefers not to say"),
        (Given.NOT_ASKED, "Not asked"),
        (Given.NOT_STATED, "Prefers not to say"),
        ("ETH03", "Not known"),
        ("UN", "Not known"),
    ],
)
def test_an_ethnicity_is_grouped_by_its_words_or_its_code_and_why_there_is_none_stays_apart(
    said, group
):
    assert ethnic_group(said) == group


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31)))
def test_half_years_are_over_follow_one_another_and_never_overlap(today):
    found = halves_before(today)

    assert found[0].last < today
    for later, earlier in zip(found, found[1:], strict=False):
        assert (later.first - earlier.last).days == 1
    assert len({one.code for one in found}) == len(found)


def test_the_half_years_before_a_day_in_october():
    assert [one.title for one in halves_before(date(2018, 10, 1))][:2] == [
        "January to June 2018",
        "July to December 2017",
    ]


def _so(decisions):
    return sum(one.so for one in decisions)
