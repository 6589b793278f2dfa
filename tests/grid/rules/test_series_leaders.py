"""Those chosen first lead it; those chosen after them stand in where one of these cannot."""

from datetime import date

import pytest

from cases.rules.cover import Days
from grid.rules.series_leaders import led_by, not_needed
from grid.rules.staffing import Asks, Leader
from tests.grid.a_series import october, planned

TWO, ONE = Asks("", women=False, leaders=2), Asks("", women=False, leaders=1)


def leader(user, *away):
    return Leader(user, f"Leader {user}", away=tuple(Days(day, day) for day in away))


def keys(led):
    return [[one.user for one in each.leaders] for each in led]


@pytest.mark.parametrize(
    ("chosen", "asks", "expected"),
    [
        ([leader(1)], ONE, [[1], [1], [1], [1]]),
        ([leader(1), leader(2)], ONE, [[1], [1], [1], [1]]),
        # 9 October is the second: whoever is away is stood in for, and leads the rest
        ([leader(1, *october(9)), leader(2, *october(2, 16))], ONE, [[1], [2], [1], [1]]),
        ([leader(2, *october(2, 16)), leader(1, *october(9))], ONE, [[1], [2], [1], [2]]),
        ([leader(1, *october(9)), leader(2), leader(3)], TWO, [[1, 2], [2, 3], [1, 2], [1, 2]]),
        ([leader(1, *october(9)), leader(2)], TWO, [[1, 2], [2], [1, 2], [1, 2]]),
        ([leader(1, *october(2, 9, 16, 23))], ONE, [[], [], [], []]),
        ([], ONE, [[], [], [], []]),
    ],
)
def test_no_more_lead_than_are_asked_for_and_those_chosen_first_go_first(chosen, asks, expected):
    sessions = planned().sessions

    assert [one.on for one in sessions] == [
        date(2018, 10, 2), date(2018, 10, 9), date(2018, 10, 16), date(2018, 10, 23)
    ]  # fmt: skip
    assert keys(led_by(chosen, sessions, asks)) == expected


def test_whoever_would_lead_none_of_it_is_told():
    chosen = [leader(1), leader(2), leader(3, *october(2))]

    led = led_by(chosen, planned().sessions, TWO)

    assert [one.user for one in not_needed(chosen, led)] == [3]
    assert not_needed(chosen[:2], led) == []
