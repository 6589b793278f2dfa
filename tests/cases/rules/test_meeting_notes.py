import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.meeting_notes import (
    HEADINGS,
    agreed_for_next_time,
    with_headings,
    without_empty_headings,
)

LINES = st.lists(
    st.one_of(
        st.sampled_from([*HEADINGS, *(f"{one}:" for one in HEADINGS), "", "  "]),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20),
    ),
    max_size=12,
)


def words_of(notes):
    """Every line that is neither blank nor a heading with nothing beside it, in order."""
    bare = {*HEADINGS, *(f"{one}:" for one in HEADINGS)}
    lines = [line.strip() for line in notes.split("\n")]
    return [line for line in lines if line and line not in bare]


@given(LINES)
def test_no_word_that_somebody_wrote_is_lost_with_the_headings(lines):
    notes = "\n".join(lines)

    assert words_of(without_empty_headings(notes)) == words_of(notes)


@given(LINES)
def test_no_heading_is_left_with_nothing_under_it(lines):
    kept = without_empty_headings("\n".join(lines))

    assert without_empty_headings(kept) == kept


@given(LINES)
def test_putting_headings_in_adds_what_is_missing_and_changes_no_word(lines):
    notes = "\n".join(lines)

    whole = with_headings(notes)

    assert words_of(whole) == words_of(notes)
    assert with_headings(whole) == whole.rstrip()


def test_headings_put_in_an_empty_box_are_all_there_in_order_and_vanish_when_saved_empty():
    put_in = with_headings("")

    assert [line for line in put_in.split("\n") if line] == [f"{one}:" for one in HEADINGS]
    assert without_empty_headings(put_in) == ""


@pytest.mark.parametrize(
    ("notes", "agreed"),
    [
        ("Check-in:\nWell.\nSet tasks:\nRing the GP\nBring ID", "Ring the GP\nBring ID"),
        ("Set tasks: Ring the GP", "Ring the GP"),
        ("Set tasks:\nRing the GP\nReview:\nDone", "Ring the GP"),
        (
            "What we did\nBudget.\n\nWhat was agreed\nFive pounds a week\n\nMood was low.",
            "Five pounds a week",
        ),
        ("Next:\nMove to mornings.", "Move to mornings."),
        ("We set tasks for next week", ""),
        ("", ""),
    ],
)
def test_what_was_agreed_is_what_stands_under_the_heading_of_tasks(notes, agreed):
    assert agreed_for_next_time(notes) == agreed
