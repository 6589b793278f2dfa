from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.harm import Behaviour, VictimKind
from cases.rules.patterns import Episode, asked_of, in_words, new_since, patterns_of, summary

DAY = date(2004, 3, 1)


def episode(key, *, what="wounding", on=DAY, rank=7, behaviour=Behaviour.VIOLENCE, victim=VictimKind.NOT_RECORDED):  # fmt: skip
    return Episode(key, behaviour, victim, what, on, rank, "Conviction")


def forty():
    """Forty convictions for one kind of violence, a year apart in part."""
    return [
        episode(f"o{number}", what="common assault", on=date(1980 + number, 1, 1), rank=4)
        for number in range(40)
    ]


def test_episodes_of_one_behaviour_and_one_kind_of_victim_are_one_pattern():
    child = episode("c", victim=VictimKind.CHILD)
    police = episode("p", behaviour=Behaviour.DOMESTIC_ABUSE)

    found = patterns_of([episode("a"), child, episode("b"), police])

    assert sorted(len(one.episodes) for one in found) == [1, 1, 2]
    assert len({one.key for one in found}) == 3


def test_forty_convictions_of_one_kind_are_three_things_to_answer():
    asked = asked_of(patterns_of(forty()))

    assert [len(one.covers) for one in asked] == [40, 1]
    worst = [episode("worst", on=date(1985, 1, 1)), *forty()]
    assert [len(one.covers) for one in asked_of(patterns_of(worst))] == [41, 1, 1]


def test_they_are_named_once_with_how_often_and_when():
    [asked, *_] = asked_of(patterns_of([episode("worst", on=date(1985, 1, 1)), *forty()]))

    assert asked.summary == "wounding (1985), common assault (40 times, 1980 to 2019)"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([DAY], "wounding (2004)"),
        ([DAY, DAY], "wounding (twice, 2004)"),
        ([DAY, None], "wounding (twice, 2004)"),
        ([None], "wounding (date not recorded)"),
        ([None, None], "wounding (twice, date not recorded)"),
    ],
)
def test_a_day_that_is_not_recorded_is_said_to_be_so(days, says):
    assert summary([episode(str(number), on=on) for number, on in enumerate(days)]) == says


def test_the_gravest_and_the_latest_are_asked_about_by_themselves():
    old, late = episode("old"), episode("late", what="common assault", on=date(2017, 1, 1), rank=4)

    asked = asked_of(patterns_of([old, late]))

    assert [one.title for one in asked[1:]] == [
        "The most serious: wounding (2004)",
        "The most recent: common assault (2017)",
    ]


def test_where_they_are_one_it_is_asked_about_once():
    asked = asked_of(patterns_of([episode("a"), episode("b", on=DAY + timedelta(days=1))]))

    assert [one.title for one in asked[1:]] == ["The most serious and most recent: wounding (2004)"]


def test_one_that_is_a_pattern_of_its_own_is_answered_with_it():
    lone = episode("lone", behaviour=Behaviour.SEXUAL, rank=9, on=date(2018, 1, 1))
    others = [episode("a", rank=4), episode("b", rank=4)]

    assert len(asked_of(patterns_of([lone, *others]))) == 2


def test_nothing_known_asks_nothing():
    assert asked_of(patterns_of([])) == ()


def test_who_was_harmed_is_said_where_the_record_says_it():
    titles = [
        one.title
        for one in patterns_of(
            [
                episode("a", victim=VictimKind.STAFF),
                episode("b"),
                episode("c", behaviour=Behaviour.CHILD, victim=VictimKind.CHILD),
            ]
        )
    ]

    assert sorted(titles) == [
        "Harm or concern about a child",
        "Violence",
        "Violence: staff or police",
    ]


def test_what_is_new_is_what_the_answer_was_not_about():
    [asked, *_] = asked_of(patterns_of([episode("a"), episode("b", what="robbery")]))

    assert new_since(asked, ["a"]) == "robbery (2004)"
    assert new_since(asked, ["a", "b"]) == ""


def test_patterns_are_named_within_a_sentence():
    found = patterns_of([episode("a"), episode("b", behaviour=Behaviour.CHILD, rank=1)])

    assert in_words(found) == "violence and harm or concern about a child"


episodes = st.lists(
    st.builds(
        Episode,
        key=st.integers(0, 10**6).map(str),
        behaviour=st.sampled_from(list(Behaviour)),
        victim=st.sampled_from(list(VictimKind)),
        what=st.sampled_from(["wounding", "robbery"]),
        on=st.none() | st.dates(date(1980, 1, 1), date(2018, 1, 1)),
        seriousness=st.integers(1, 9),
        source=st.just("Conviction"),
    ),
    unique_by=lambda one: one.key,
)


@given(episodes, st.randoms())
def test_nothing_is_left_out_nor_asked_twice_whatever_the_order(told, random):
    shuffled = random.sample(told, len(told))
    patterns = patterns_of(told)
    asked = asked_of(patterns)

    assert patterns == patterns_of(shuffled)
    assert sorted(one.key for held in patterns for one in held.episodes) == sorted(one.key for one in told)  # fmt: skip
    assert len({one.key for one in asked}) == len(asked) <= len(patterns) + 2
    if told:
        covered = {one.covers[0] for one in asked if len(one.covers) == 1}
        for one in (max(told, key=lambda e: e.how_serious), max(told, key=lambda e: e.how_recent)):
            assert one.key in covered
