import random
from datetime import date, time, timedelta
from itertools import pairwise, product

import pytest

from cases.reference.codes import Rosh
from cases.reference.deadlines import KINDS
from cases.rules.ranking import (
    COULD_HURT_TODAY,
    WANTED_BY_AN_HOUR,
    Item,
    Press,
    place_in_list,
    points,
    press,
)
from staff.permissions import Role

TODAY = date(2018, 10, 15)  # a Monday
OFFICER, SPO = Role.OFFICER, Role.SPO


THREE, NINE, TEN = time(15), time(9, 30), time(10, 5)


def item(kind="first_ten_days", *, owner=OFFICER, late=0, harm="", concern=False, key=1, hour=None):
    return Item(kind, owner, TODAY - timedelta(days=late), harm, concern, key, hour)


def first_of(*items, reader=OFFICER):
    return min(items, key=lambda one: place_in_list(one, reader, TODAY))


def test_unread_harm_of_today_comes_before_the_worst_of_everything_else():
    unread = item("read_information_today", harm=Rosh.LOW)
    worst = item(harm=Rosh.VERY_HIGH, concern=True, late=60)

    assert first_of(worst, unread) == unread


def test_the_persons_harm_orders_the_same_work_and_not_assessed_stands_above_low():
    levels = [Rosh.VERY_HIGH, Rosh.HIGH, Rosh.MEDIUM, "", Rosh.LOW]

    of_each = [points(item(harm=level), TODAY) for level in levels]

    assert of_each == sorted(of_each, reverse=True)
    assert len(set(of_each)) == len(levels)


@pytest.mark.parametrize(
    "sooner, later",
    [
        (item(concern=True), item()),
        (item("first_ten_days"), item("place_person")),
        (item("place_person"), item("decide_lowering")),
        (item(late=1), item(late=0)),
        (item(late=14), item(late=7)),
        (item(late=7), item(late=3)),
        (item("place_person", harm=Rosh.VERY_HIGH), item("first_ten_days", harm=Rosh.LOW)),
    ],
    ids=["concern", "a person before the order", "the order before the record", "late", "two weeks",
         "a week", "a very high risk before the kind of work"],
)  # fmt: skip
def test_what_is_worse_to_miss_comes_sooner(sooner, later):
    assert points(sooner, TODAY) > points(later, TODAY)


def test_what_only_the_senior_can_do_comes_before_what_they_look_into():
    agreement = item("agree_interim_plan", owner=SPO, concern=True)
    looked_into = item("interim_plan", owner=OFFICER, concern=True, late=60)

    assert first_of(looked_into, agreement, reader=SPO) == agreement
    assert first_of(looked_into, agreement) == looked_into, "by points, for anybody else"
    lightest = item("decide_lowering", owner=SPO, harm=Rosh.LOW)
    assert first_of(looked_into, lightest, reader=SPO) == lightest


def test_of_equals_the_longest_due_comes_first_and_no_two_share_a_place():
    day = timedelta(days=1)
    items = [
        Item(kind, OFFICER, TODAY - late * day, harm, concern, key)
        for key, (kind, late, harm, concern) in enumerate(
            product(KINDS, (0, 1, 2, 30), ["", *Rosh], (False, True))
        )
    ]

    places = [place_in_list(one, OFFICER, TODAY) for one in items]

    assert len(set(places)) == len(items)
    assert first_of(item(late=31), item(late=30)) == item(late=31)


# Worked by hand: what an officer does first this Monday, to what can wait longest
BY_HAND = [
    ("information that nobody has read", item("read_information_today", harm=Rosh.LOW)),
    ("a call that was owed on Friday", item("call_same_day", late=3, harm=Rosh.LOW)),
    ("Part A of Sunday’s recall", item("write_part_a", late=1)),
    ("somebody at the desk since 9.30", item("see_walk_in", hour=NINE, harm=Rosh.LOW)),
    ("somebody at the desk since 10.05", item("see_walk_in", hour=TEN, harm=Rosh.VERY_HIGH)),
    ("a call, of very high risk", item("call_same_day", harm=Rosh.VERY_HIGH)),
    ("a call, of low risk", item("call_same_day", harm=Rosh.LOW)),
    ("a court that waits since Friday", item("answer_court", late=3, hour=THREE, harm=Rosh.LOW)),
    ("the hub, until 9.30", item("answer_hub", hour=NINE, harm=Rosh.LOW)),
    ("a court, until 3", item("answer_court", hour=THREE, harm=Rosh.LOW)),
    ("a letter for the last post", item("mend_letter", harm=Rosh.LOW)),
    ("a note long late, of very high risk", item(late=60, harm=Rosh.VERY_HIGH, concern=True)),
    ("a placement, of very high risk", item("place_person", harm=Rosh.VERY_HIGH)),
    ("a note of today, of low risk", item(harm=Rosh.LOW)),
    ("a placement, of low risk", item("place_person", harm=Rosh.LOW)),
    ("a recommendation", item("answer_recommendation", harm=Rosh.LOW)),
]


@pytest.mark.parametrize("seed", range(10))
def test_a_monday_stands_in_the_order_that_was_worked_by_hand(seed):
    mixed = list(BY_HAND)
    random.Random(seed).shuffle(mixed)

    mixed.sort(key=lambda one: place_in_list(one[1], OFFICER, TODAY))

    assert [name for name, _ in mixed] == [name for name, _ in BY_HAND]


def everything():
    """One of each kind, day, hour, risk and concern."""
    days, hours = (-1, 0, 1, 3, 30), (None, NINE, THREE)
    each = product(KINDS, days, hours, ("", Rosh.LOW, Rosh.VERY_HIGH), (False, True))
    return [
        item(kind, owner=KINDS[kind].owner, late=late, hour=hour, harm=harm, concern=concern, key=key)
        for key, (kind, late, hour, harm, concern) in enumerate(each)
    ]  # fmt: skip


@pytest.mark.parametrize("reader", [OFFICER, SPO])
def test_however_it_is_shuffled_the_order_is_the_same(reader):
    def order(items):
        return [one.key for one in sorted(items, key=lambda one: place_in_list(one, reader, TODAY))]

    found = everything()
    first = order(found)
    random.Random(2018).shuffle(found)

    assert order(found) == first
    assert len(set(first)) == len(found)


def test_of_two_that_differ_in_one_thing_the_more_pressing_comes_first():
    """Its day, then its hour where it presses, then the person: nothing else turns them round."""
    found = everything()
    place = {
        (one.kind, one.due_on, one.hour, one.harm, one.concern): place_in_list(one, OFFICER, TODAY)
        for one in found
    }
    days = sorted({one.due_on for one in found})
    pressed = 0
    for kind, due_on, hour, harm, concern in place:
        later = [day for day in days if day > due_on]
        for day in later:
            assert place[kind, due_on, hour, harm, concern] < place[kind, day, hour, harm, concern]
        if hour == NINE and press(kind, due_on, TODAY) != Press.NONE:
            pressed += 1
            for other, worse in product((THREE, None), (Rosh.LOW, Rosh.VERY_HIGH)):
                assert place[kind, due_on, hour, harm, concern] < place[kind, due_on, other, worse, True]  # fmt: skip
        if harm == Rosh.VERY_HIGH and not concern:
            mild = place[kind, due_on, hour, Rosh.LOW, False]
            assert place[kind, due_on, hour, harm, concern] < mild
    assert pressed


def test_safety_of_today_stands_before_what_is_wanted_by_an_hour_and_that_before_the_rest():
    found = [one for one in everything() if one.kind != "read_information_today"]
    found.sort(key=lambda one: place_in_list(one, OFFICER, TODAY))

    said = [press(one.kind, one.due_on, TODAY) for one in found]

    assert said == sorted(said)
    assert set(said) == set(Press)


def test_what_is_not_due_yet_does_not_press_whatever_it_is():
    tomorrow = TODAY + timedelta(days=1)

    assert {press(kind, tomorrow, TODAY) for kind in KINDS} == {Press.NONE}


def test_a_seniors_decisions_of_today_come_first_among_those_that_are_theirs_alone():
    order = [
        item("discuss_escalation", owner=SPO, harm=Rosh.LOW),
        item("countersign_assessment", owner=SPO, harm=Rosh.VERY_HIGH, late=30),
        item("call_same_day", late=3, harm=Rosh.VERY_HIGH),
        item("answer_court", late=3, hour=THREE),
        item("interim_plan", late=30, harm=Rosh.VERY_HIGH),
    ]

    places = [place_in_list(one, SPO, TODAY) for one in order]

    assert all(before < after for before, after in pairwise(places))


def test_which_kinds_press_is_what_the_policy_reads_like():
    assert {
        "read_information_today", "call_same_day", "see_walk_in", "say_if_met", "discuss_escalation",
        "write_part_a", "countersign_recall", "send_recall",
    } == COULD_HURT_TODAY  # fmt: skip
    assert {"answer_court", "answer_hub", "see_walk_in", "mend_letter"} == WANTED_BY_AN_HOUR
