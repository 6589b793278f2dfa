"""A view holds codes of the filters of its list, and its name holds no CRN."""

import pytest

from cases.rules.counting import Sum
from oversight.rules.saved_views import checked_name, filters_of
from oversight.rules.shares import said_share
from staff.errors import RuleBroken

ALLOWED = {"team", "show"}


def test_filters_are_kept_by_name_without_blanks_or_the_page_of_a_long_list():
    assert filters_of("team=C16AB1&show=&after=X123456", ALLOWED) == {"team": "C16AB1"}
    assert filters_of("", ALLOWED) == {}


@pytest.mark.parametrize(
    "query",
    [
        "name=Smith",
        "team=a&team=b",
        "team=Smith+Alan",
        "team=%3Cscript%3E",
        "team=//elsewhere.example",
        "show=" + "a" * 61,
    ],
)
def test_what_is_no_code_of_a_filter_is_refused(query):
    with pytest.raises(RuleBroken):
        filters_of(query, ALLOWED)


def test_a_name_is_kept_in_one_line():
    assert checked_name("  Late \n this week ") == "Late this week"


@pytest.mark.parametrize("name", ["", "   ", "X123456", "Visits of x12345, late"])
def test_a_name_that_says_nothing_or_names_a_case_is_refused(name):
    with pytest.raises(RuleBroken):
        checked_name(name)


@pytest.mark.parametrize(
    ("met", "counted", "few", "said"),
    [
        (0, 0, 5, "None"), (4, 4, 5, "Too few"), (1, 5, 5, "20%"), (2, 3, 1, "Too few"), (9, 9, 10, "Too few"),
        (4, 6, 5, "67%"), (1, 400, 5, "1%"), (399, 400, 5, "99%"), (0, 400, 5, "0%"), (400, 400, 5, "100%"),
    ],
)  # fmt: skip
def test_a_share_of_too_few_is_not_said(met, counted, few, said):
    assert said_share(Sum(met, counted), few) == said
