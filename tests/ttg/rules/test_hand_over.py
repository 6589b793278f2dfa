"""What a hand-over must say, and which step may follow which."""

from datetime import date

import pytest

from tests.refusals import refusal
from ttg.reference.hand_over import HandOverState
from ttg.rules.hand_over import check_accept, check_answer, check_ask, check_offer

TODAY = date(2018, 10, 1)
SAID = {
    "state": "",
    "met_on": TODAY,
    "how": "By video",
    "who_came": "The officer and the mentor",
    "minutes": "He goes to his sister’s; the script is the worry.",
    "received_on": date(2018, 9, 1),
    "today": TODAY,
}


def offered(**changed):
    return refusal(lambda: check_offer(**SAID | changed))


def test_a_hand_over_that_says_who_met_how_and_what_was_said_passes():
    assert offered() == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"minutes": "n/a"}, "Write what was said"),
        ({"who_came": "-"}, "Say who took part"),
        ({"how": ""}, "Say how you met"),
        ({"met_on": date(2018, 10, 2)}, "Enter the day you spoke"),
        ({"met_on": date(2018, 8, 31)}, "Enter the day you spoke"),
        ({"state": HandOverState.ACCEPTED}, "The officer has accepted"),
    ],
)
def test_a_hand_over_that_says_nothing_is_refused(changed, words):
    assert words in offered(**changed)


def test_what_was_offered_may_be_offered_anew_until_it_is_accepted():
    assert offered(state=HandOverState.OFFERED) == offered(state=HandOverState.QUERIED) == ""


@pytest.mark.parametrize(
    ("state", "words", "refused"),
    [
        (HandOverState.OFFERED, "Who holds the script?", ""),
        (HandOverState.OFFERED, "-", "Write what you need"),
        (HandOverState.QUERIED, "And the home?", "waits for its answer"),
        (HandOverState.ACCEPTED, "And the home?", "has accepted"),
        ("", "And the home?", "Nothing has been handed over"),
    ],
)
def test_the_officer_asks_one_thing_at_a_time_of_what_is_offered(state, words, refused):
    said = refusal(lambda: check_ask(state=state, words=words))

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (HandOverState.QUERIED, ""),
        (HandOverState.OFFERED, "has not asked"),
        (HandOverState.ACCEPTED, "has accepted"),
        ("", "Nothing has been handed over"),
    ],
)
def test_an_answer_follows_a_question_alone(state, refused):
    said = refusal(lambda: check_answer(state=state, words="The doctor does, from Monday."))

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("state", "by", "refused"),
    [
        (HandOverState.OFFERED, 2, ""),
        (HandOverState.OFFERED, 1, "Whoever takes over is somebody else"),
        (HandOverState.QUERIED, 2, "not answered yet"),
        (HandOverState.ACCEPTED, 2, "has accepted"),
        ("", 2, "Nothing has been handed over"),
    ],
)
def test_nobody_accepts_their_own_or_what_waits_for_an_answer(state, by, refused):
    said = refusal(lambda: check_accept(state=state, offered_by=1, by=by))

    assert refused in said
    assert bool(said) == bool(refused)
