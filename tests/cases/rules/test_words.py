from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.addresses import address, number
from cases.rules.words import (
    age_on,
    counted,
    days_ago,
    ended,
    listed,
    sentence,
    shortened,
    times,
    unquoted,
    within_a_sentence,
)


@pytest.mark.parametrize(
    ("today", "age"), [(date(2018, 5, 3), 27), (date(2018, 5, 4), 28), (date(2018, 5, 5), 28)]
)
def test_somebody_is_a_year_older_on_their_birthday(today, age):
    assert age_on(date(1990, 5, 4), today) == age


def test_an_age_is_not_guessed():
    assert age_on(None, date(2018, 5, 4)) is None


@given(st.text(), st.integers(10, 80))
def test_a_shortened_text_is_no_longer_than_asked(text, longest):
    assert len(shortened(text, longest)) <= longest


def test_a_text_is_cut_between_words_and_marked():
    assert shortened("He rang, then came in.", 12) == "He rang ..."
    assert shortened("He  rang.\n", 12) == "He rang"


def test_things_are_listed_once_each():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "a", "c"]) == "a, b and c"


def test_counts_agree_with_their_nouns():
    assert (counted(1, "day"), counted(2, "day"), counted(1200, "day")) == (
        "1 day",
        "2 days",
        "1,200 days",
    )
    assert counted(2, "enquiry", "enquiries") == "2 enquiries"
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [days_ago(n) for n in (0, 1, 2)] == ["today", "yesterday", "2 days ago"]


def test_a_capital_is_put_on_and_taken_off():
    assert sentence("police") == "Police"
    assert within_a_sentence("Police") == "police"
    assert within_a_sentence("A register or flag") == "a register or flag"
    assert within_a_sentence("MAPPA") == "MAPPA"
    assert within_a_sentence("Building Better Relationships") == "Building Better Relationships"
    assert within_a_sentence("") == ""


def test_a_stop_is_put_where_another_sentence_follows():
    assert [ended(text) for text in ("", "Seen on Friday", "Seen. ", "Who?")] == ["", "Seen on Friday.", "Seen.", "Who?"]  # fmt: skip


def test_marks_around_the_whole_of_a_saying_are_taken_off():
    assert [unquoted(text) for text in ("'A flat.'", "“A flat.”", '"A flat."')] == ["A flat."] * 3
    assert unquoted("'Work' comes first") == "'Work' comes first"
    assert unquoted("") == ""


def test_an_address_carries_only_what_was_asked_for():
    assert address("/x/") == "/x/"
    assert address("/x/", kind="COAP", system=True, outcome="") == "/x/?kind=COAP&system=1"


@pytest.mark.parametrize(
    ("text", "key"), [("7", 7), ("", None), ("0", None), ("-1", None), ("x", None), ("٣", None)]
)
def test_the_key_of_a_row_is_a_number_above_nought(text, key):
    assert number(text) == key


def test_a_number_beyond_any_row_is_no_key():
    assert number("9" * 19) is None
    assert number("9" * 400) is None
