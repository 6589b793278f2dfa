import pytest

from cases.rules.stock import PHRASES, hardly_touched, is_stock, likeness

LONG = "He drinks at the weekend with his brother, and it was then that the fights began in 2012."


@pytest.mark.parametrize("words", PHRASES)
def test_a_stock_phrase_is_one_however_it_is_written(words):
    assert is_stock(words)
    assert is_stock(f"  {words.upper()}.")


@pytest.mark.parametrize(
    "words",
    ["", "-", "N/A", "as above", "ok", "Noted.", "Risk not linked to the current index offence.", "No risks identified!"],
)  # fmt: skip
def test_so_is_a_blank_and_one_with_a_word_changed(words):
    assert is_stock(words)


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        "Asked, declined, and we asked the police and the partner's support worker.",
        "None known to us: asked him, the police and his mother on 3 May.",
        "Low since he stopped drinking in 2012, and no call-outs since.",
        "A neighbour.",
    ],
)
def test_what_is_said_of_somebody_is_not(words):
    assert not is_stock(words)


def test_text_that_stood_before_is_known_by_a_word_here_or_there():
    assert hardly_touched(LONG.replace("2012", "2013"), LONG, 95)
    assert not hardly_touched(LONG + " He has not drunk since, says his mother.", LONG, 95)


def test_a_line_may_well_be_the_same():
    assert not hardly_touched("Lives alone.", "Lives alone.", 95)


def test_the_percentage_is_the_providers():
    now = LONG.replace("in 2012", "in the spring of 2012")

    assert hardly_touched(now, LONG, int(likeness(now, LONG)))
    assert not hardly_touched(now, LONG, int(likeness(now, LONG)) + 1)
