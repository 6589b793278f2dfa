"""Of whom it is asked whether they think of harming themselves, and how an answer is repeated."""

from datetime import date

from cases.reference.worst_days import WelfareAnswer
from cases.rules.welfare import NOBODY_ASKED, SAID, Asked, is_asked_of, said_of

DAY = date(2018, 5, 3)


def test_it_is_asked_of_whoever_is_on_the_register_or_last_spoke_of_it():
    assert is_asked_of(registered=True, last=WelfareAnswer.NO)
    assert is_asked_of(registered=False, last=WelfareAnswer.THOUGHTS)
    assert is_asked_of(registered=False, last=WelfareAnswer.PLANS)
    assert not is_asked_of(registered=False, last=WelfareAnswer.NO)
    assert not is_asked_of(registered=False, last=None)


def test_an_answer_is_what_they_said_on_a_day_and_nothing_is_said_to_be_safe():
    assert set(SAID) == set(WelfareAnswer)
    no = said_of(Asked(WelfareAnswer.NO, DAY))
    assert no == "They said on 3 May 2018 that they have no such thoughts."
    for words in (*SAID.values(), NOBODY_ASKED):
        assert "no risk" not in words.lower()
        assert "safe" not in words.lower()
