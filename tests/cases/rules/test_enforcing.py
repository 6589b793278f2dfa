"""What an appointment enforces unless somebody says otherwise, and what may be named. Source: product rules, failures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.appointments import TYPES, Enforces
from cases.reference.codes import CustodyStatus, Order
from cases.rules.enforcing import (
    Part,
    Running,
    choices,
    chosen,
    default,
    default_after_release,
    key_of,
    unusual,
)
from staff.errors import RuleBroken

RAR = Part(7, "Rehabilitation Activity Requirement", "F")
WORK = Part(8, "Unpaid Work", "W")
TOUCH = Part(3, "Standard 7 conditions", "", "Keep in touch with your supervising officer.")
ZONE = Part(4, "Freedom of movement", "", "Not to enter Reading.")
COMMUNITY = Running(1, "ORA Community Order, event 1", "community", "", (WORK, RAR))
LICENCE = Running(2, "ORA Adult Custody, event 2", "custody_pss", "B", (), (ZONE, TOUCH))
HELD = Running(5, "ORA Adult Custody, event 3", "custody", "D", (), (TOUCH,))


@pytest.mark.parametrize(
    "kind, sentences, key",
    [
        ("COAP", [COMMUNITY], "order-1"),
        ("RARP", [COMMUNITY], "requirement-7"),
        ("COAP", [LICENCE], "condition-3"),
        ("COAP", [Running(2, "x", "custody_pss", "B", (), (ZONE,))], "order-2"),
        ("COAP", [Running(2, "x", "custody", "P", (), (TOUCH,))], "condition-3"),
        ("COAP", [COMMUNITY, LICENCE], "condition-3"),  # a licence before the rest
        ("COAP", [HELD, COMMUNITY], "order-1"),
        ("CPVS", [HELD], "voluntary"),  # nobody who is held must come to us
        ("COAP", [], "voluntary"),
        ("RARP", [LICENCE], "condition-3"),
    ],
)
def test_the_default_follows_the_sentence_and_the_type(kind, sentences, key):
    assert default(kind, sentences) == key


@pytest.mark.parametrize(
    "sentences, key",
    [
        (
            [COMMUNITY, HELD],
            "condition-3",
        ),  # the licence that begins, not the order that runs beside it
        ([Running(5, "x", "custody", "D", (), (ZONE,))], "order-5"),
        ([LICENCE], "condition-3"),  # they are out already
        ([Running(6, "x", "community", "D")], "voluntary"),
        ([], "voluntary"),
    ],
)
def test_the_first_appointment_after_release_is_of_the_licence_though_they_are_held_yet(
    sentences, key
):
    assert default_after_release(sentences) == key


def test_an_activity_names_its_own_requirement():
    assert default("RARP", [COMMUNITY], requirement=8) == "requirement-8"


def test_voluntary_is_always_there_and_comes_last():
    assert [one.key for one in choices([])] == ["voluntary"]
    assert choices([COMMUNITY, LICENCE])[-1].enforces == Enforces.VOLUNTARY


def test_of_several_sentences_each_choice_says_which():
    words = [one.words for one in choices([COMMUNITY, LICENCE])[:-1]]

    assert all("event 1" in one or "event 2" in one for one in words)
    assert all("event" not in one.words for one in choices([COMMUNITY]))


def test_what_is_of_nobody_here_is_refused():
    with pytest.raises(RuleBroken, match="not a requirement or condition"):
        chosen("requirement-3", [COMMUNITY])


def test_a_day_of_activity_under_anything_else_is_odd():
    assert "Rehabilitation Activity" in unusual("RARP", "order-1", [COMMUNITY])
    assert unusual("RARP", "requirement-7", [COMMUNITY]) == ""
    assert unusual("COAP", "voluntary", [COMMUNITY]) == ""
    assert unusual("RARP", "voluntary", [LICENCE]) == ""


parts = st.lists(
    st.builds(Part, st.integers(1, 50), st.just("x"), st.sampled_from(["F", "W", "7"]), st.sampled_from(["", "Keep in touch"])),
    max_size=4, unique_by=lambda one: one.key,
).map(tuple)  # fmt: skip
runnings = st.lists(
    st.builds(Running, st.integers(1, 50), st.just("x"), st.sampled_from(list(Order)), st.sampled_from(list(CustodyStatus)), parts, parts),
    max_size=3, unique_by=lambda one: one.key,
)  # fmt: skip


@given(runnings)
def test_what_is_chosen_after_release_is_among_the_choices(sentences):
    key = default_after_release(sentences)

    assert chosen(key, sentences).key == key


@given(st.sampled_from(sorted(TYPES)), runnings)
def test_the_default_is_never_blank_and_always_among_the_choices(kind, sentences):
    found = chosen(default(kind, sentences), sentences)

    assert (
        key_of(
            found.enforces,
            sentence=found.sentence,
            requirement=found.requirement,
            condition=found.condition,
        )
        == found.key
    )
