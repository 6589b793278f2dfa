"""What a senior may decide where nothing fits, and until when it holds."""

from datetime import date, timedelta

import pytest

from grid.reference.groups import Decision
from grid.reference.interventions import Hook
from grid.rules.order_end import OrderEnd
from grid.rules.unmet import LONGEST_WORDS, check_decision, fits_now, is_to_look_again
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)
WORDS = "They see their officer each week and do the exercises."
ENDS = OrderEnd(date(2019, 3, 1), Hook.RAR)


def refusal(decision=Decision.WAIT, words=WORDS, again=TODAY + DAY, end=ENDS):
    with pytest.raises(RuleBroken) as refused:
        check_decision(decision, words, again, end, TODAY)
    return str(refused.value)


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_is_taken_with_words_and_a_day(decision):
    assert check_decision(decision, f"  {WORDS} ", TODAY + DAY, ENDS, TODAY) == WORDS


@pytest.mark.parametrize("decision", [one for one in Decision if one is not Decision.WAIT])
def test_all_but_waiting_need_no_day(decision):
    assert check_decision(decision, WORDS, None, ENDS, TODAY) == WORDS


def test_nobody_is_left_to_wait_without_a_day():
    assert refusal(again=None).startswith("Say until when they wait")


@pytest.mark.parametrize("again", [TODAY, TODAY - DAY])
def test_the_day_is_one_to_come(again):
    assert "Look again on a day to come" in refusal(again=again)


def test_the_last_day_of_the_order_is_the_last_on_which_it_is_looked_at_again():
    assert check_decision(Decision.WAIT, WORDS, ENDS.on, ENDS, TODAY) == WORDS
    assert refusal(again=ENDS.on + DAY) == (
        "2 March 2019 is too late to look again: their order ends on 1 March 2019."
    )


def test_where_no_end_is_recorded_any_day_to_come_will_do():
    end = OrderEnd(None, Hook.RAR)

    assert check_decision(Decision.WAIT, WORDS, date(2030, 1, 1), end, TODAY) == WORDS


@pytest.mark.parametrize("words", ["", "   ", "-", "x" * (LONGEST_WORDS + 1)])
def test_words_that_say_nothing_or_too_much_are_refused(words):
    assert refusal(words=words)


def test_what_is_no_decision_is_refused():
    assert refusal(decision="perhaps") == "Choose what is done."


@pytest.mark.parametrize(
    ("again", "due"), [(None, False), (TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True)]
)
def test_it_is_owed_again_from_the_day_on(again, due):
    assert is_to_look_again(again, TODAY) is due


def test_what_fits_now_is_named_with_its_first_day():
    assert fits_now("Resolve", "Slough office", TODAY) == (
        "A series fits them now: Resolve at Slough office, from 1 October 2018."
    )
