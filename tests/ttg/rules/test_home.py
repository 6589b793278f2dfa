"""What is not known of a place never reads as safe. Source: `ttg.rules.home`."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.geometry import Zone
from cases.rules.restrictions import Restricted
from tests.refusals import refusal
from ttg.reference.home import Night, OfferState, Stays
from ttg.rules.home import (
    REQUIRED,
    Look,
    Safe,
    Whereabouts,
    areas_found,
    is_answered_for,
    is_safe,
    safety_of,
)
from ttg.rules.home_said import (
    check_agreed,
    check_confirmed,
    check_looked,
    check_night,
    check_no_home,
    check_offer,
    check_settled,
    nights_past,
)

TODAY = date(2018, 10, 1)
HERE = (451_000, 206_000)
CLEAR = {one.value: {"said": "clear", "words": "Asked her on Monday: yes"} for one in REQUIRED}


def order(**columns):
    zone = Zone("circle", {"centre": [451_000, 206_000], "radius": 100})
    known = {"id": 1, "case": 1, "kind": "restraining", "terms": "areas", "prohibits": "x", "from_on": TODAY, "zones": (zone,)}  # fmt: skip
    return Restricted(**known | columns)


def where(**columns):
    return Whereabouts(**{"postcode": "RG11AA", "point": HERE} | columns)


def away(metres):
    return (HERE[0] + metres, HERE[1])


def test_a_place_of_which_everything_is_clear_is_safe():
    assert is_safe(safety_of(CLEAR, where()))


def next_door(said, words="The Moss family, three doors on; she knows and agrees"):
    return CLEAR | {Look.NEXT_DOOR.value: {"said": said, "words": words}}


def test_a_postcode_is_not_an_address_and_the_worker_answers_for_it():
    beside = where(kept_safe_at=frozenset({"RG11AA"}))

    found = safety_of(next_door("clear"), beside)
    assert is_safe(found)
    assert is_answered_for(found)
    assert any("three doors on" in one.words and one.about_kept for one in found)
    assert not is_safe(safety_of(next_door("against"), beside))
    assert not is_safe(safety_of(next_door("not_known", ""), beside))


def test_no_word_of_the_workers_opens_the_postcode_of_a_victim_or_of_whom_an_order_protects():
    banned = where(banned_at=frozenset({"RG11AA"}), kept_safe_at=frozenset({"RG11AA"}))

    found = safety_of(next_door("clear"), banned)

    assert not is_safe(found)
    assert not is_answered_for(found)


def test_what_is_said_of_next_door_counts_for_nothing_where_nobody_is_there():
    assert is_safe(safety_of(next_door("against"), where(kept_safe_at=frozenset({"RG99ZZ"}))))
    assert not is_answered_for(safety_of(next_door("clear"), where()))


@pytest.mark.parametrize("look", list(REQUIRED))
def test_a_place_is_not_safe_while_one_question_is_unanswered(look):
    asked = {code: said for code, said in CLEAR.items() if code != look.value}

    assert not is_safe(safety_of(asked, where()))


def test_what_is_compared_with_the_record_is_not_said_to_have_been_asked():
    found = {one.code: one.stands for one in safety_of(CLEAR, where())}

    assert found["open"] == found["areas"] == found["record"] == "Nothing speaks against it"
    assert found["abuse"] == "Asked, and nothing speaks against it"


@given(st.dictionaries(st.sampled_from(list(REQUIRED)), st.sampled_from(list(Safe))))
def test_it_is_safe_only_where_each_question_is_answered_and_clear(said):
    looked = {one.value: {"said": state.value, "words": "Asked"} for one, state in said.items()}

    assert is_safe(safety_of(looked, where())) == all(said.get(one) == Safe.CLEAR for one in REQUIRED)  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        {"postcode": "", "point": None}, {"point": None}, {"unseen": ("The terms of an order are not seen.",)},
        {"restrictions": (order(terms="not_seen", zones=()),)}, {"waiting": ("Thames Valley Police",)},
        {"banned_at": frozenset({"RG11AA"})}, {"kept_safe_at": frozenset({"RG11AA"})}, {"restrictions": (order(),)},
    ],
)  # fmt: skip
def test_what_nobody_knows_or_what_speaks_against_it_is_not_safe(columns):
    assert not is_safe(safety_of(CLEAR, where(**columns)))


@pytest.mark.parametrize(
    ("metres", "state"),
    [(0, Safe.AGAINST), (100, Safe.AGAINST), (180, Safe.NOT_KNOWN), (500, Safe.CLEAR)],
)
def test_close_to_an_area_is_looked_at_on_the_map(metres, state):
    assert areas_found(where(point=away(metres), restrictions=(order(),))).state == state


def test_the_map_settles_what_is_close_and_never_what_is_inside():
    looked = {Look.MAP.value: {"said": "clear", "words": "The house lies beyond the river"}}

    assert areas_found(where(point=away(180), restrictions=(order(),)), looked).state == Safe.CLEAR
    assert areas_found(where(restrictions=(order(),)), looked).state == Safe.AGAINST
    against = {Look.MAP.value: {"said": "against", "words": "The garden is inside"}}
    assert areas_found(where(point=away(180), restrictions=(order(),)), against).state == Safe.AGAINST  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"dogs": {"said": "clear", "words": "Asked"}}, "Nothing is asked"),
        ({"abuse": {"said": "maybe", "words": "Asked"}}, "say whether it is clear"),
        ({"abuse": {"said": "clear", "words": "n/a"}}, "who was asked"),
        ({"abuse": {"said": "against", "words": ""}}, "who was asked"),
        ({"abuse": {"said": "clear", "words": "He said yes. " * 50}}, "in 500 letters"),
    ],
)
def test_what_is_said_of_safety_says_who_was_asked(given, words):
    assert words in refusal(check_looked, given)


def test_nothing_need_be_said_of_what_is_not_known():
    assert check_looked({"abuse": {"said": "not_known"}, "victim": {}}) == {"abuse": {"said": "not_known", "words": ""}}  # fmt: skip


OFFER = {"lines": "3 Lantern House", "town": " Reading ", "offered_by": "Lantern Housing", "offered_on": TODAY, "from_on": None, "today": TODAY}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lines": "-"}, "Give the address"), ({"offered_by": " "}, "who offers it"),
        ({"offered_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"from_on": TODAY - timedelta(days=1)}, "free from before"),
    ],
)  # fmt: skip
def test_an_offer_says_where_by_whom_and_since_when(change, words):
    assert words in refusal(lambda: check_offer(**OFFER | change))
    assert check_offer(**OFFER)["town"] == "Reading"


@pytest.mark.parametrize(
    ("state", "another", "words"),
    [
        (OfferState.CONFIRMED, False, "confirmed already"), (OfferState.LOST, False, "is over"),
        (OfferState.OFFERED, True, "Another home"), (OfferState.OFFERED, False, ""),
    ],
)  # fmt: skip
def test_only_what_stands_alone_is_confirmed(state, another, words):
    said = refusal(lambda: check_confirmed(state, safety_of(CLEAR, where()), another=another))
    assert words in said
    assert bool(words) == bool(said)


def test_a_home_is_not_confirmed_while_something_is_open_and_what_is_said():
    found = safety_of(CLEAR, where(point=None))

    assert "We cannot place this postcode" in refusal(lambda: check_confirmed(OfferState.OFFERED, found, another=False))  # fmt: skip


def test_what_became_of_an_offer_is_said_once_and_why():
    asked = refusal(check_settled, OfferState.OFFERED, OfferState.CONFIRMED, "Because of it")
    assert "unsafe, was declined" in asked
    assert "said already" in refusal(check_settled, OfferState.LOST, OfferState.UNSAFE, "Too near")
    assert "Say why" in refusal(check_settled, OfferState.OFFERED, OfferState.UNSAFE, "n/a")
    assert check_settled(OfferState.CONFIRMED, OfferState.LOST, " Let to others ") == "Let to others"  # fmt: skip
    assert "with whom" in refusal(check_agreed, "ok")


PLAN = {"tonight": "The shelter, by 9pm", "looked_for": "Two hostels: full", "rings": "Jo at 7pm", "housed": False}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tonight": ""}, "where they go tonight"), ({"looked_for": "-"}, "what was tried"),
        ({"rings": "tbc"}, "who rings them"), ({"housed": True}, "A home is confirmed"),
    ],
)  # fmt: skip
def test_a_plan_for_nowhere_to_go_says_everything(change, words):
    assert words in refusal(lambda: check_no_home(**PLAN | change))
    assert not refusal(lambda: check_no_home(**PLAN))


def night(**change):
    known = {"released_on": TODAY, "night": Night.FIRST, "stays": Stays.SETTLED, "words": "", "today": TODAY + timedelta(days=1)}  # fmt: skip
    return check_night(**known | change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"night": "2"}, "which night"), ({"stays": "hotel"}, "where they were"), ({"released_on": None}, "not been released"),
        ({"today": TODAY}, "That night is not over"), ({"night": Night.MONTH}, "from 29 October 2018 on"),
        ({"stays": Stays.NOWHERE}, "what was done"), ({"stays": Stays.UNKNOWN}, "how you tried"),
    ],
)  # fmt: skip
def test_a_night_is_said_when_it_is_over_and_what_was_done_where_they_had_nowhere(change, words):
    assert words in refusal(lambda: night(**change))
    assert night(words=" With his sister ") == "With his sister"


@given(st.integers(-10, 200))
def test_the_nights_that_are_over_grow_by_one_at_each_and_none_in_prison(days):
    past = nights_past(TODAY, TODAY + timedelta(days=days))

    assert past == [one for one in Night if int(one) <= days]
    assert nights_past(None, TODAY) == []
