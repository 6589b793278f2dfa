from datetime import date, timedelta
from itertools import product

import pytest

from cases.reference.codes import Rosh
from cases.reference.deadlines import KINDS
from cases.rules.ranking import Item, place_in_list, points
from staff.permissions import Role

TODAY = date(2018, 10, 15)  # a Monday
OFFICER, SPO = Role.OFFICER, Role.SPO


def item(kind="first_ten_days", *, owner=OFFICER, late=0, harm="", concern=False, key=1):
    return Item(kind, owner, TODAY - timedelta(days=late), harm, concern, key)


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
