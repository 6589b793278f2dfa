"""Words of names that are near each other: which are found from which, and which is nearer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.names_alike import ALIKE
from cases.rules.near_names import (
    NEAR,
    answering_name,
    at_one_slip,
    joined,
    keys_of,
    nearest,
    nearness,
    nearness_of_name,
)

# As they are written and as they may be typed by somebody who hears them
SAID_ALIKE = """
mohammed muhammad, mohamed mohammad, siobhan shivaun, kowalski kovalsky, mcdonald macdonald, obrien obrian, stephen steven,
philip phillip, catherine kathryn, sean shaun, geoffrey jeffrey, graham graeme, leigh lee, clarke clark, thompson thomson,
smyth smith, reid reed, browne brown, taylor tailor, hussain hussein, ahmed ahmad, khan kahn, ali aly, singh sing, nguyen nguyn,
johnson johnston, davies davis, hughes huges, jon john, matthew mathew, jonathan johnathan, nicholas nicolas, rachel rachael,
rebecca rebekah, sarah sara, ann anne, lesley leslie, tracy tracey, stuart stewart, allan alan, gareth garath, lloyd loyd,
rhys rees, owain owen, ieuan euan, llewellyn llewelyn, szymon simon, wojcik woicik, lukasz lucas, krzysztof christopher,
goncalves gonsalves, oconnor connor, dsouza desouza, vandenberg vandenburg, schmidt schmitt, meyer maier, fitzgerald fitzgerold,
pearce pierce, whyte white, wright right, knight night, phelan feelan, maguire mcguire, neill neal, deborah debra, zoe zoey,
aiden aidan, callum calum, kieran kieron, ciaran kieran, niamh neve, caoimhe keeva, aoife eefa, mustafa mustapha, yusuf yousef,
ibrahim ebrahim, abdullah abdulla, usman osman, hassan hasan, fatima fatimah, aisha ayesha, łukasz lukasz, robert bob,
william bill, elizabeth liz, margaret peggy, dafydd david
"""
PAIRS = [pair.split() for pair in SAID_ALIKE.replace("\n", " ").split(",")]
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)


@pytest.mark.parametrize(("written", "typed"), PAIRS)
def test_a_name_is_found_as_it_is_said(written, typed):
    assert keys_of(written) & keys_of(typed)
    assert nearness(typed, written) >= NEAR


@given(LETTERS, st.data())
def test_every_slip_of_one_letter_leads_back(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }

    assert all(keys_of(slip) & keys_of(word) for slip in slips)
    assert all(nearness(slip, word) >= NEAR for slip in slips)


@pytest.mark.parametrize(
    ("one", "other"), [("smith", "jones"), ("khan", "kowalski"), ("ali", "owen"), ("john", "jane")]
)
def test_names_that_nobody_takes_for_each_other_are_not_near(one, other):
    assert nearness(one, other) < NEAR


def test_the_same_word_is_the_nearest_then_the_same_name_then_the_same_sound():
    found = nearest("robert", ["rupert", "robart", "bob", "robert", "jones"], 4)

    assert found == ["robert", "bob", "robart", "rupert"]


def test_only_so_many_are_given_as_were_asked_for():
    assert nearest("robert", ["rupert", "robart", "bob", "robert"], 2) == ["robert", "bob"]


def test_words_that_stand_together_are_joined_two_at_a_time():
    assert joined(("mc", "donald", "ian")) == [
        ((), "mcdonald", ("ian",)),
        (("mc",), "donaldian", ()),
    ]
    assert joined(("smith",)) == []


def test_what_is_longer_is_at_one_slip_of_nothing_that_only_begins_as_it_does():
    assert at_one_slip("fenburymason", ["fenbury", "fenburymaso"]) == ["fenburymaso"]


def test_a_name_is_as_near_as_its_words_together():
    exact = nearness_of_name(("jon", "smith"), {"jon", "smith"})
    slipped = nearness_of_name(("jon", "smtih"), {"jon", "smith"})
    other = nearness_of_name(("jon", "smtih"), {"jane", "smith"})

    assert exact == 1
    assert exact > slipped > other


def test_no_name_stands_alone_or_with_figures_in_the_list_of_names_alike():
    assert all(name.isascii() and name.isalpha() and name == name.lower() for name in ALIKE)
    firsts = {first for found in ALIKE.values() for first in found}
    assert all(sum(first in found for found in ALIKE.values()) > 1 for first in firsts)


@pytest.mark.parametrize(
    ("asked", "which"),
    [
        ("kowal", 1),  # begins so
        ("kovalsky", 1),  # nearly so
        ("siobhan kowalski", 1),  # a word of theirs and one of another name
        ("murphy siobhan", 0),
        ("murphy kowalski", 0),  # as well as the other: the first
        ("siobhan obrien", None),
        ("shivaun", None),
        ("zebedee", None),
    ],
)
def test_the_other_name_that_answers_is_told_where_their_own_does_not(asked, which):
    others = [["murphy", "siobhan"], ["kowalski", "jo"]]

    assert answering_name(tuple(asked.split()), ["obrien", "siobhan"], others) == which
