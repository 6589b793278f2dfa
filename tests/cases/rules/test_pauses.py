"""What a pause must say, and what follows when it is over. Source: product rules, GRID and clocks."""

from datetime import timedelta

import pytest

from cases.reference.pauses import PauseKind
from cases.rules.pauses import check_asked, check_end, check_pause, may_be_seen_again
from staff.errors import RuleBroken
from tests.factories import TODAY

DAY = timedelta(days=1)
BEGUN = {
    "kind": PauseKind.WARRANT,
    "from_on": TODAY,
    "where": "",
    "source": "The court’s list",
    "last_seen_on": None,
    "today": TODAY,
}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"from_on": TODAY + DAY}, "cannot begin in the future"),
        ({"kind": PauseKind.CUSTODY}, "Say which prison"),
        ({"kind": PauseKind.HOSPITAL, "where": "n/a"}, "Say which hospital"),
        ({"kind": PauseKind.DEPORTED}, "to which country"),
        ({"source": "-"}, "who told us"),
        ({"last_seen_on": TODAY + DAY}, "last seen cannot be in the future"),
    ],
)
def test_one_nobody_could_act_on_is_refused(given, words):
    with pytest.raises(RuleBroken, match=words):
        check_pause(**BEGUN | given)


def test_of_somebody_who_is_looked_for_no_place_is_kept():
    assert check_pause(**BEGUN | {"where": "His sister’s"})["where"] == ""
    said = check_pause(**BEGUN | {"kind": PauseKind.CUSTODY, "where": " HMP Bullingdon "})
    assert said["where"] == "HMP Bullingdon"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to_on": TODAY + DAY}, "cannot end in the future"),
        ({"to_on": TODAY - DAY}, "cannot end before that"),
        ({"because": "x"}, "who told us"),
        ({"now_as": PauseKind.WARRANT}, "go on as the same"),
    ],
)
def test_an_end_that_says_nothing_is_refused(given, words):
    known = {
        "kind": PauseKind.WARRANT,
        "from_on": TODAY,
        "to_on": TODAY,
        "because": "Arrested, and released by the court",
        "now_as": "",
        "today": TODAY,
    }
    with pytest.raises(RuleBroken, match=words):
        check_end(**known | given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": PauseKind.HOSPITAL}, "nobody need be asked"),
        ({"on": TODAY + DAY}, "cannot be in the future"),
        ({"on": TODAY - DAY}, "being looked for since"),
        ({"asked": ""}, "whom you asked"),
        ({"said": "..."}, "what they answered"),
    ],
)
def test_an_answer_nobody_could_have_had_is_refused(given, words):
    known = {
        "kind": PauseKind.AT_LARGE,
        "from_on": TODAY,
        "on": TODAY,
        "asked": "Thames Valley Police",
        "said": "Not seen",
        "today": TODAY,
    }
    with pytest.raises(RuleBroken, match=words):
        check_asked(**known | given)


def test_seeing_them_is_owed_once_nothing_stands_in_the_way():
    assert may_be_seen_again(PauseKind.CUSTODY, frozenset())
    assert not may_be_seen_again(PauseKind.WARRANT, frozenset({PauseKind.CUSTODY}))
    assert not may_be_seen_again(PauseKind.DEPORTED, frozenset())
