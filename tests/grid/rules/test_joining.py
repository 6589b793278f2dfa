"""Whether somebody may join a series: each thing that stands in the way, at its bound and just beyond it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.reference.codes import Sex
from cases.rules.booking import Weight
from grid.reference.interventions import Hook
from grid.rules.company import Company
from grid.rules.groups_open import OpenSeries
from grid.rules.joining import Joiner, Taken, check_joining, joining
from grid.rules.sessions import Stretch
from tests.grid.a_series import FIRST, NOW, at, ends, planned, taken
from tests.refusals import refusal

SERIES = planned()
LAST = date(2018, 10, 23)
GROUP = OpenSeries(
    pk=1,
    code="stepping_stones",
    place=1,
    site="Oxford office",
    sessions=SERIES.sessions,
    places=3,
    members=frozenset({1}),
    women=frozenset({1}),
)
HE, SHE = Company(Sex.MALE), Company(Sex.FEMALE)
ALEX = Joiner(9, ends(LAST), HE)
ANNE = replace(ALEX, company=SHE)
DAY = date(2018, 10, 16)


def found(joiner=ALEX, group=GROUP, now=NOW, must_finish=True):
    return joining(joiner, group, now, must_finish=must_finish)


def codes(*args, **kwargs):
    return [one.code for one in found(*args, **kwargs)]


def group(**columns):
    return replace(GROUP, **{name: frozenset(v) if isinstance(v, set) else v for name, v in columns.items()})  # fmt: skip


def test_somebody_whom_nothing_keeps_out_joins():
    assert found() == []
    assert check_joining(ALEX, GROUP, NOW, must_finish=True) == []


@pytest.mark.parametrize(
    ("members", "kept", "left"),
    [
        ({1, 2}, set(), 1),
        ({1}, {2}, 1),
        ({1, 2, 3}, set(), 0),
        ({1, 2}, {3}, 0),
        ({1, 2}, {2}, 1),  # kept for somebody who is in it: one place
        ({1, 2}, {9}, 1),  # kept for whoever asks
        ({1, 2, 3}, {9}, 0),
        ({1, 2, 3, 4}, set(), -1),
    ],
)
def test_places_are_taken_by_members_and_by_those_for_whom_one_is_kept(members, kept, left):
    asked = group(members=members, kept=kept)

    assert asked.places_left(9) == left
    assert codes(group=asked) == ([] if left > 0 else ["full"])


def test_how_many_of_the_places_are_kept_is_said():
    (full,) = found(group=group(members={1, 2}, kept={3}))

    assert full.text == (
        "It has 3 places, all of them taken, 1 of them kept. They keep their place in the queue."
    )


def test_nobody_joins_twice_nor_what_is_over():
    assert codes(group=group(members={9})) == ["member"]
    assert codes(now=at(LAST, 17, 59), group=group(entries={1, 4})) == ["to_make_up"]
    assert codes(now=at(LAST, 18), group=group(entries={1, 4})) == ["over"]


@pytest.mark.parametrize(
    ("entries", "hour", "minute", "expected"),
    [
        ({1}, 17, 59, []),
        ({1}, 18, 0, ["too_late_to_join"]),
        ({1, 2}, 18, 0, ["to_make_up"]),
    ],
)
def test_a_series_is_joined_until_the_last_session_to_begin_with_begins(
    entries, hour, minute, expected
):
    assert codes(group=group(entries=entries), now=at(FIRST, hour, minute)) == expected


def test_between_two_modules_they_wait_for_the_next_and_make_up_for_those_before():
    """Session 2 is next, and nobody begins with it: they begin with session 3 and are busy only then."""
    modules = group(entries={1, 3})
    busy = tuple(Taken(taken(date(2018, 10, day), 18, 20)) for day in (9, 16))
    (told, elsewhere) = sorted(found(replace(ALEX, taken=busy), modules, at(FIRST, 18)), key=lambda one: one.code, reverse=True)  # fmt: skip

    assert told.text == (
        "They would begin with session 3 on 16 October 2018, and make up for 2 sessions one to one."
    )
    assert elsewhere.text == "They are expected elsewhere at 6pm on 16 October 2018."
    assert codes(group=modules, now=at(DAY, 18)) == ["too_late_to_join"]
    assert found(group=modules, now=at(DAY, 18))[0].text == (
        "Nobody begins this series later than with session 3, and the next is session 4 on 23 October 2018. Choose another series."
    )


@pytest.mark.parametrize(("rolling", "how"), [(True, "in the next series"), (False, "one to one")])
def test_what_was_missed_is_said_with_how_it_is_made_up_for(rolling, how):
    late = group(entries={1, 2, 3}, rolling=rolling)
    told = next(one for one in found(group=late, now=at(date(2018, 10, 9), 18)) if one.code == "to_make_up")  # fmt: skip

    assert (
        told.text
        == f"They would begin with session 3 on 16 October 2018, and make up for 2 sessions {how}."
    )
    assert told.weight is Weight.TELLS
    assert codes(group=late, now=at(DAY, 18))[0] == "too_late_to_join"


@pytest.mark.parametrize("must_finish", [True, False])
@pytest.mark.parametrize(
    ("rolling", "now", "end", "expected"),
    [
        (True, at(FIRST, 18), LAST, ["finish_unknown", "to_make_up"]),
        (True, at(FIRST, 18), None, ["end_unknown", "to_make_up"]),
        (True, at(FIRST, 18), LAST - timedelta(days=1), ["finish", "to_make_up"]),
        (True, NOW, LAST, []),  # from its first session on
        (False, at(FIRST, 18), LAST, ["to_make_up"]),
    ],
)
def test_whoever_finishes_in_the_next_series_is_not_said_to_finish_in_time(
    rolling, now, end, expected, must_finish
):
    late = group(entries={1, 2}, rolling=rolling)
    said = found(replace(ALEX, end=ends(end)), late, now, must_finish)

    assert sorted(one.code for one in said) == expected
    assert any(one.weight is Weight.REFUSES for one in said) is (
        "finish" in expected and must_finish
    )
    if expected[:1] == ["finish_unknown"]:
        assert said[0].text == (
            "It ends on 23 October 2018, and they finish only in the series after it. Look whether they can: their order ends on 23 October 2018."
        )


@pytest.mark.parametrize(
    ("sex", "identity", "expected"),
    [
        (Sex.FEMALE, "", []),
        (Sex.MALE, "", ["women_only"]),
        (Sex.MALE, "Female", ["women_only_unsure"]),
        (Sex.UNKNOWN, "", ["women_only_unsure"]),
    ],
)
def test_a_series_for_women_is_for_women_and_whom_nobody_can_tell_is_asked(sex, identity, expected):
    person = replace(ALEX, company=Company(sex, identity))

    assert codes(person, group(women_only=True)) == expected


def test_she_is_asked_before_she_is_the_only_woman():
    assert codes(ANNE) == []
    assert codes(ANNE, group(women=set())) == ["only_woman"]
    assert codes(ANNE, group(women={9}, kept={9})) == ["only_woman"]
    assert codes(ANNE, group(women=set(), women_only=True)) == []
    assert codes(ALEX, group(women=set())) == []


def test_who_chose_groups_of_women_is_in_no_other():
    chose = replace(ANNE, company=replace(SHE, women_only=True))

    assert codes(chose) == ["chose_women_only"]
    assert codes(chose, group(women_only=True)) == []


@pytest.mark.parametrize(
    ("members", "kept", "apart", "expected"),
    [
        ({1, 44}, set(), {44}, ["apart"]),
        ({1}, {44}, {44}, ["apart"]),
        ({1, 44}, set(), {45}, []),
        ({1, 44}, set(), set(), []),
    ],
)
def test_who_must_be_kept_apart_is_never_in_one_series(members, kept, apart, expected):
    person = replace(ALEX, company=replace(HE, apart=frozenset(apart)))

    assert codes(person, group(members=members, kept=kept)) == expected


@pytest.mark.parametrize("through", ["members", "kept"])
def test_whoever_is_kept_apart_is_not_given_away(through):
    """The words are the same whether the other is in it or waits for it, and whoever they are."""
    said = {
        found(
            replace(ALEX, company=replace(HE, apart=frozenset({other}))),
            group(**{through: {1, other}}),
        )[0].text
        for other in (44, 45)
    }

    assert said == {
        "Somebody they are to be kept apart from is connected with this series. Choose another."
    }


@pytest.mark.parametrize(
    ("day", "now", "expected"),
    [
        (DAY, NOW, ["apart_same_place"]),
        (DAY + timedelta(days=1), NOW, []),
        (FIRST, at(FIRST, 18), ["to_make_up"]),  # that day is over for them
    ],
)
def test_they_do_not_meet_at_the_door_either(day, now, expected):
    person = replace(ALEX, apart_days=frozenset({day}))

    assert codes(person, group(entries={1, 2}), now) == expected


@pytest.mark.parametrize(
    ("from_at", "to_at", "meets"),
    [
        (at(DAY, 16), at(DAY, 18), False),
        (at(DAY, 16), at(DAY, 18, 1), True),
        (at(DAY, 19, 59), at(DAY, 21), True),
        (at(DAY, 20), at(DAY, 21), False),
    ],
)
@pytest.mark.parametrize(
    ("series", "code"), [(True, "other_series"), (False, "expected_elsewhere")]
)
def test_nobody_is_in_two_series_at_one_hour_and_another_appointment_is_told(
    from_at, to_at, meets, series, code
):
    person = replace(ALEX, taken=(Taken(Stretch(from_at, to_at, "Resolve"), series),))

    assert codes(person) == ([code] if meets else [])
    assert bool(refusal(lambda: check_joining(person, GROUP, NOW, must_finish=True))) is (
        meets and series
    )


def test_what_is_over_before_they_would_begin_does_not_clash():
    person = replace(ALEX, taken=(Taken(taken(FIRST, 18, 20), series=True),))

    assert codes(person) == ["other_series"]
    assert codes(person, group(entries={1, 2}), at(FIRST, 18)) == ["to_make_up"]


@pytest.mark.parametrize("must_finish", [True, False])
@pytest.mark.parametrize(
    ("end", "expected"),
    [(LAST, []), (LAST - timedelta(days=1), ["finish"]), (None, ["end_unknown"])],
)
def test_it_is_finished_by_the_last_day_of_the_order(end, expected, must_finish):
    person = replace(ALEX, end=ends(end, Hook.LICENCE))
    said = found(person, must_finish=must_finish)

    assert [one.code for one in said] == expected
    refused = refusal(lambda: check_joining(person, GROUP, NOW, must_finish=must_finish))
    assert bool(refused) is (expected == ["finish"] and must_finish)
    if refused:
        assert refused == (
            "They could not finish: it ends on 23 October 2018, and their licence ends on 22 October 2018."
        )


@pytest.mark.parametrize(
    ("free_on", "expected"),
    [
        (None, ["custody"]),
        (FIRST, ["custody"]),
        (FIRST - timedelta(days=1), ["custody_until"]),
    ],
)
def test_who_is_in_custody_joins_what_begins_after_they_are_out(free_on, expected):
    assert codes(replace(ALEX, held=True, free_on=free_on)) == expected
    assert codes(replace(ALEX, held=False, free_on=free_on)) == []


def test_everything_that_refuses_is_said_at_once_and_first():
    person = replace(
        ALEX,
        company=replace(HE, apart=frozenset({1})),
        held=True,
        taken=(Taken(taken(DAY, 18, 20)),),
        end=ends(FIRST),
    )
    said = found(person, group(places=1))

    assert [one.code for one in said] == [
        "full",
        "apart",
        "finish",
        "custody",
        "expected_elsewhere",
    ]
    words = refusal(lambda: check_joining(person, group(places=1), NOW, must_finish=True))
    assert words == " ".join(one.text for one in said[:4])
