"""A need is met by somebody or something that is there, never by a leaflet. Source: `ttg.rules.needs`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refusal
from ttg.reference.questions import NEEDS, offered_needs
from ttg.reference.referrals import NeedState, Pathway
from ttg.rules.needs import AROUND, LEAFLET, check_need, check_settled, is_only_a_leaflet

MET = {"state": NeedState.MET, "taken_on": False, "waits": False}


def refused(**known):
    return refusal(lambda: check_settled(**known))


@pytest.mark.parametrize(
    "words",
    [
        "Signposted", "Leaflet given.", "Gave number", "Gave him the telephone number", "Given information",
        "signposted to Turning Tide", "Was handed a leaflet about housing", "Advised to contact services",
    ],
)  # fmt: skip
def test_being_pointed_somewhere_meets_nothing(words):
    assert is_only_a_leaflet(words)
    assert "leaflet or a number alone" in refused(because=words, **MET)


@pytest.mark.parametrize(
    "words",
    [
        "Bank account opened with Barclays and the card is in his property",
        "Registered with Dr Moss at Mill Street",
        "Tenancy kept: arrears of rent are being paid by the council",
        "Birth certificate came on Monday",
    ],
)
def test_something_done_that_is_there_meets_it(words):
    assert check_settled(because=f" {words} ", **MET) == words


@given(st.lists(st.sampled_from(sorted(LEAFLET | AROUND)), min_size=1, max_size=8))
def test_no_order_of_words_that_only_point_somewhere_meets_a_need(words):
    assert is_only_a_leaflet(" ".join(words))


def test_a_service_that_takes_them_on_meets_it_however_little_is_said():
    assert not refused(because="Signposted", **MET | {"taken_on": True})


@pytest.mark.parametrize("state", [one for one in NeedState if one != NeedState.OPEN])
def test_nothing_is_settled_while_a_referral_for_it_runs_nor_without_words(state):
    known = {"state": state, "because": "He has a bed at his sister’s now", "taken_on": False}

    assert "still running" in refused(**known, waits=True)
    assert not refused(**known, waits=False)
    assert refused(**known | {"because": "n/a"}, waits=False)


def test_they_may_decline_in_any_words_of_their_own():
    declined = {"state": NeedState.DECLINED, "taken_on": False, "waits": False}

    assert not refused(because="I want no leaflet", **declined)
    assert "own words" in refused(because="none", **declined)


def test_open_is_no_way_to_settle():
    assert "what became" in refused(**MET | {"state": NeedState.OPEN}, because="A long sentence")


def test_a_need_says_what_it_is():
    assert check_need(" A script for methadone ") == "A script for methadone"
    assert refusal(check_need, "n/a")


def test_a_need_of_the_catalogue_says_itself_and_words_of_ones_own_say_it_more_exactly():
    of = {"code": "substances.script", "pathway": Pathway.SUBSTANCES}

    assert check_need(" ", **of) == NEEDS["substances.script"].words
    assert check_need(" Methadone, Reading ", **of) == "Methadone, Reading"


@pytest.mark.parametrize("code", ["substances.script", "no.such"])
def test_a_need_that_the_pathway_does_not_have_is_refused(code):
    said = refusal(lambda: check_need("A script", code=code, pathway=Pathway.HOME))

    assert "not in the list" in said


def test_without_a_choice_something_must_be_said():
    assert "so that somebody else could arrange it" in refusal(lambda: check_need(" - "))


def test_each_pathway_offers_its_own_needs_and_none_that_only_a_kept_answer_raises():
    offered = {one: [need.code for need in offered_needs(one)] for one in Pathway}

    assert all(offered.values())
    assert all(NEEDS[code].pathway == one for one, codes in offered.items() for code in codes)
    assert {code for codes in offered.values() for code in codes} == set(NEEDS) - {"family.special"}
