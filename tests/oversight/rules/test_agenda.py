import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.reference.supervision import COULD_HURT, RED, STRENGTHS, Side, Topic
from oversight.rules.agenda import (
    EACH,
    MOST,
    MOST_CASES,
    Agenda,
    Found,
    agenda_of,
    as_kept,
    named,
    read_kept,
)

CRNS = st.lists(st.from_regex(r"\A[XD][0-9]{6}\Z"), max_size=30).map(tuple)
FOUND = st.lists(
    st.builds(Found, st.sampled_from(list(Topic)), st.integers(0, 400), CRNS, CRNS),
    unique_by=lambda one: one.topic,
)


def some(*topics):
    return [Found(topic, 1, ("X100001",)) for topic in topics]


def topics(items):
    return [one.topic for one in items]


def test_every_topic_is_a_strength_or_a_red_item_and_has_words():
    assert set(STRENGTHS) | set(RED) == set(Topic)
    assert not set(STRENGTHS) & set(RED)
    assert set(RED) >= COULD_HURT
    assert all(one.title for one in Topic)


def test_what_could_hurt_somebody_comes_first_of_the_red_items():
    assert set(RED[: len(COULD_HURT)]) == COULD_HURT


@pytest.mark.parametrize(
    "good, bad, strengths, red, left_off",
    [
        (0, 0, 0, 0, 0),
        (5, 0, 5, 0, 0),
        (0, 8, 0, 5, 3),
        (5, 8, 5, 5, 3),
        (5, 4, 4, 4, 1),
        (4, 4, 4, 4, 0),
        (2, 8, 2, 3, 5),  # the three that could hurt somebody stand
        (3, 3, 3, 3, 0),
        (1, 1, 1, 1, 0),
    ],
)
def test_as_many_of_each_side_and_five_at_most(good, bad, strengths, red, left_off):
    made = agenda_of(some(*RED[:bad], *STRENGTHS[:good]))

    assert (len(made.strengths), len(made.red), made.left_off) == (strengths, red, left_off)


def test_strengths_stand_in_their_order_and_red_items_in_theirs_however_they_were_found():
    made = agenda_of(some(*reversed(list(Topic))))

    assert topics(made.strengths) == list(STRENGTHS[:EACH])
    assert topics(made.red) == list(RED[:EACH])


def test_what_there_is_none_of_is_no_item():
    assert agenda_of([Found(Topic.HOLLOW, 0), Found(Topic.CHANGED, 0)]) == Agenda()


def test_a_case_is_named_once_and_the_rest_are_counted():
    crns = tuple(f"X{n:06}" for n in (1, 1, *range(40)))

    (item,) = agenda_of([Found(Topic.LATE_PERSON, 42, crns)]).red

    assert item.count == 42
    assert named(item.crns) == tuple(dict.fromkeys(crns))[:MOST_CASES]


def test_what_is_on_a_case_that_is_kept_from_the_reader_is_not_counted():
    crns = ("X100001", "X100002", "X100001", "X100003")
    item = Found(Topic.LATE_PERSON, 4, crns, before=("X100001", "X100003"))

    left = Found(Topic.LATE_PERSON, 2, ("X100002", "X100003"), before=("X100003",))
    assert item.without({"X100001"}) == left
    assert item.without(set()) == item
    assert Found(Topic.WORKLOAD, 4).without({"X100001"}).count == 4


@given(FOUND)
def test_an_agenda_ends_balances_and_leaves_off_nothing_that_could_hurt(found):
    made = agenda_of(found)
    there = [one for one in found if one.count]
    good = sum(one.side == Side.STRENGTH for one in there)
    pressing = {one.topic for one in there if one.topic in COULD_HURT}

    assert len(made.strengths) + len(made.red) <= MOST
    assert pressing <= set(topics(made.red))
    assert len(made.strengths) + len(made.red) + made.left_off == len(there)
    if good and len(there) > good:
        assert len(made.strengths) <= len(made.red)
        assert len(made.red) == len(made.strengths) or len(made.red) == len(pressing)


@given(FOUND)
def test_it_is_kept_as_references_and_read_as_it_stood(found):
    made = agenda_of(found)

    kept = json.loads(json.dumps(as_kept(made)))

    assert read_kept(kept) == made
    assert {key for one in kept["items"] for key in one} <= {"topic", "count", "crns", "before"}


def test_a_session_that_kept_nothing_has_an_empty_agenda():
    assert read_kept({}) == Agenda()
