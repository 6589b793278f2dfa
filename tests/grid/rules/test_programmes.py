import pytest

from grid.reference.interventions import INTERVENTIONS
from grid.reference.programmes import NAMES
from grid.rules.programmes import intervention_planned, programme_named


def test_every_name_of_a_programme_stands_for_one_that_is_accredited():
    assert {INTERVENTIONS[code].family for code in NAMES.values()} == {"accredited"}


@pytest.mark.parametrize(
    "text, code",
    [
        ("Building Better Relationships", "building_better_relationships"),
        ("Building Better Relationships (BBR)", "building_better_relationships"),
        ("Accredited programme: TSP", "thinking_skills_programme"),
        ("RESOLVE", "resolve"),
        ("Resolved elsewhere", ""),
        ("TSP, then BBR", ""),  # which of them is not said
        ("", ""),
    ],
)
def test_a_programme_is_known_by_its_name_or_its_initials(text, code):
    assert programme_named(text) == code


@pytest.mark.parametrize(
    "text, code",
    [
        ("Stepping Stones to Change", "stepping_stones"),
        ("making amends: six sessions", "making_amends"),
        ("Thinking Ahead for Women, one to one", "thinking_ahead_one_to_one"),
        ("Resolve, Tuesday evenings", "resolve"),
        ("Mentoring \N{EN DASH} Tuesday evenings", "mentoring"),
        ("Resolve debts with the advice centre", ""),
        ("Money and debt", ""),
        ("", ""),
    ],
)
def test_an_activity_is_of_the_catalogue_where_it_begins_with_a_title_that_stands_alone(text, code):
    assert intervention_planned(text) == code
