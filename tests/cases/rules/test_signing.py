import pytest

from cases.rules.gaps import Found, Weight
from cases.rules.signing import LONGEST_SAID, check_explained, digest, is_a_question, refusal
from staff.errors import RuleBroken

FIRST = Found("unscored", Weight.WARNING, "Not scored throughout: drugs.", "Rule")
SECOND = Found("carried", Weight.WARNING, "2 answers not confirmed.", "Rule")
TRUTH = "He would not speak of drugs today; it is asked again on Monday."


def test_a_refusal_says_all_that_stands_in_the_way():
    assert refusal([FIRST, SECOND]) == "Not scored throughout: drugs. 2 answers not confirmed."


def test_a_warning_is_cleared_by_a_sentence():
    assert check_explained([FIRST], {"unscored": f" {TRUTH} ", "gone": "x"}) == {"unscored": TRUTH}


@pytest.mark.parametrize(
    "said", ["", "  ", "n/a", "As above.", "no change", "No concerns identified"]
)
def test_and_not_by_words_that_say_nothing(said):
    with pytest.raises(RuleBroken, match="Not scored throughout: drugs"):
        check_explained([FIRST, SECOND], {"unscored": said, "carried": TRUTH})


def test_nor_by_a_book():
    with pytest.raises(RuleBroken, match="characters or fewer"):
        check_explained([FIRST], {"unscored": TRUTH * LONGEST_SAID})


def test_the_digest_tells_two_assessments_apart():
    assert digest({"a": "1", "b": "2"}) == digest({"b": "2", "a": "1"})
    assert digest({"a": "1"}) != digest({"a": "2"})


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("harm.because", True),
        ("pattern.violence-staff.words", True),
        ("pattern.violence-staff.covers", False),
        ("harm.nobody.who", False),
        ("", False),
    ],
)
def test_what_may_be_given_back_is_a_question(code, is_one):
    assert is_a_question(code) is is_one
