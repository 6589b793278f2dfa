"""The whole permission table against who may do what as people set it down: `who_may.txt` beside this.

The tests of pages read what they expect from the table, so that a row that is wrong would be wrong in both. Source:
product rules, roles and reach; what is by us is said there.
"""

from pathlib import Path

import pytest

from staff.permissions import Action, Reach, Role, reach

SET_DOWN = Path(__file__).with_name("who_may.txt")
FAR = {
    "-": Reach.NONE,
    "own": Reach.OWN,
    "given": Reach.ASSIGNED,
    "team": Reach.TEAM,
    "all": Reach.PROVIDER,
}
COLUMNS = {
    "RO": Role.OFFICER,
    "SPO": Role.SPO,
    "HUB": Role.HUB,
    "UPC": Role.COORDINATOR,
    "UPS": Role.SUPERVISOR,
    "FAC": Role.FACILITATOR,
    "TTG": Role.RESETTLEMENT,
    "MENTOR": Role.MENTOR,
    "QM": Role.QUALITY,
    "HEAD": Role.HEAD,
    "AUDIT": Role.AUDITOR,
    "SYS": Role.SYSTEM,
}
# Files that begin at what may be taken away alone, each of what its page shows by this
IN_FILES = [
    Action.LIST_CASES,
    Action.VIEW_PLACEMENT,
    Action.VIEW_RELEASE,
    Action.VIEW_UNPAID_WORK,
]


def rows():
    """[(action, the words of its row)], the head of the columns left out."""
    lines = [line.split() for line in SET_DOWN.read_text().splitlines()]
    return [(line[0], line[1:]) for line in lines if line and line[0] not in ("#", "action")]


def heads():
    return next(
        line.split()[1:] for line in SET_DOWN.read_text().splitlines() if line[:6] == "action"
    )


def test_every_action_is_set_down_once_for_every_role():
    assert sorted(action for action, _ in rows()) == sorted(Action)
    assert sorted(COLUMNS[head] for head in heads()) == sorted(Role)
    assert {len(words) for _, words in rows()} == {len(Role)}


@pytest.mark.parametrize("action, words", [pytest.param(*row, id=row[0]) for row in rows()])
def test_the_table_says_what_is_set_down(action, words):
    set_down = {COLUMNS[head]: FAR[word] for head, word in zip(heads(), words, strict=True)}

    assert {role: reach(role, Action(action)) for role in Role} == set_down


@pytest.mark.parametrize("shown_by", IN_FILES)
def test_nobody_takes_a_list_away_of_more_than_they_may_read(shown_by):
    for role in Role:
        assert reach(role, Action.EXPORT_CASES) <= reach(role, shown_by), role
