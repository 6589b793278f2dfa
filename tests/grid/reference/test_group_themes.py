"""Every intervention has a theme of rehabilitation activity. Source: nDelius NSI types NPS001 to NPS011."""

from grid.reference.group_themes import THEMES
from grid.reference.interventions import INTERVENTIONS, Family


def test_every_intervention_of_the_catalogue_has_one():
    assert THEMES.keys() == INTERVENTIONS.keys()


def test_what_is_done_one_to_one_is_about_the_same_as_the_group():
    pairs = [(code, one.equal_to) for code, one in INTERVENTIONS.items() if one.equal_to]

    assert len(pairs) >= 5
    assert all(THEMES[code] is THEMES[group] for code, group in pairs)


def test_what_is_for_women_is_said_to_be():
    women = {code for code, one in INTERVENTIONS.items() if one.family is Family.WOMEN}

    assert {THEMES[code].title for code in women} == {"Women"}
