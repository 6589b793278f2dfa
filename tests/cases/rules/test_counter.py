import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.counter import Counter, at_the_counter

KHAN = "A. Khan"


def said(**known):
    return " ".join(at_the_counter(Counter(holder=KHAN, **known)))


@pytest.mark.parametrize(
    "known, words",
    [
        ({"instruction": "Two staff, ring X first"}, "Two staff, ring X first."),
        ({"risk_to_staff": True}, "second member of staff"),
        ({"apart_from": ("X000001", "X000002")}, "they must not meet X000001, X000002"),
        ({"warrant": True}, "Ring A. Khan before they leave"),
        ({"unread": ("Arrest or charge",)}, "nobody has yet"),
        ({"self_harm": True}, "Ask how they are today"),
        ({"concern": True}, "living and with whom"),
        ({"waiting": True}, "living and with whom"),
        ({"expected": True}, "tell A. Khan that they are here"),
        ({"expected": False}, "not expected today: ring A. Khan"),
        ({"retained": True}, "The NPS manages this case: ring A. Khan"),
    ],
)
def test_each_fact_says_what_to_do(known, words):
    assert words in said(**known)


def test_with_nothing_on_record_there_is_still_somebody_to_ring_and_something_to_ask():
    assert len(at_the_counter(Counter(holder=KHAN))) == 2


@given(st.builds(Counter, holder=st.just(KHAN)))
def test_what_protects_staff_comes_first_and_recording_last(known):
    lines = at_the_counter(known)

    if known.risk_to_staff:
        assert "second member of staff" in lines[1 if known.instruction else 0]
    assert lines[-1].startswith("Record what they tell you")
