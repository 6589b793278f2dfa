"""Restrictions: on which days they hold, what they touch, which orders lack terms, what their words may not say."""

from datetime import date, timedelta

import pytest

from cases.reference.restrictions import OrderKind, Terms
from cases.rules.geometry import Zone
from cases.rules.giveaways import Kept
from cases.rules.restrictions import (
    Area,
    Ordered,
    Recorded,
    Restricted,
    check_days,
    check_gives_nothing_away,
    check_prohibition,
    gives_away,
    keeps_away,
    must_not,
    not_seen,
    orders_of,
    touched,
    touched_each,
    without_terms,
)
from staff.errors import RuleBroken
from tests.refusals import refusal

FIRST, LAST = date(2018, 10, 1), date(2018, 11, 30)
DAY = timedelta(1)
HERE, THERE = [[451_000, 206_000]], [[460_000, 206_000]]
AROUND = Zone("circle", {"centre": HERE[0], "radius": 100}, 0)


def restricted(number=1, *zones, **given):
    given = {"from_on": FIRST, "to_on": LAST} | given
    return Restricted(number, 7, "restraining", "areas", "Must not.", zones=zones, **given)


# Days


@pytest.mark.parametrize(
    ("on", "holds"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
)
def test_an_order_holds_from_its_first_day_to_the_end_of_its_last(on, holds):
    assert restricted().in_force(on) is holds


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (FIRST - 9 * DAY, FIRST - DAY, False),
        (FIRST - 9 * DAY, FIRST, True),
        (FIRST - 9 * DAY, None, True),
        (LAST, LAST + DAY, True),
        (LAST + DAY, None, False),
    ],
)
def test_between_two_days_it_holds_if_it_does_on_any_of_them(first, last, holds):
    assert restricted().in_force_between(first, last) is holds


def test_without_a_last_day_it_holds_until_a_further_order():
    assert restricted(to_on=None).in_force(LAST + 3650 * DAY)


# Places


def test_what_is_touched_is_named_with_its_restriction():
    near, far = restricted(1, AROUND), restricted(2, Zone("circle", {"centre": [1, 1], "radius": 1}))  # fmt: skip

    found = touched([near, far], {"site": HERE, "pick-up": THERE}, FIRST)

    assert found == [(near, "site")]


def test_two_areas_that_touch_one_place_name_it_once():
    both = restricted(1, AROUND, AROUND)

    assert touched([both], {"site": HERE}, FIRST, FIRST) == [(both, "site")]


def test_one_that_has_run_out_touches_nothing():
    one = restricted(1, AROUND)

    assert touched([one], {"site": HERE}, LAST + DAY) == []
    assert touched([one], {"site": HERE}, LAST) == [(one, "site")]


def test_each_of_many_is_answered_by_itself():
    one = restricted(1, AROUND)

    assert touched_each([([one], {"site": THERE}, FIRST, None), ([one], {"site": HERE}, FIRST, None), ([], {"site": HERE}, FIRST, None)]) == [[], [(one, "site")], []]  # fmt: skip


# Orders without terms

REGISTER = Ordered("registration-1", "Restraining order, on the register", orders_of("RSTO"))
AGAIN = Ordered("registration-2", "Restraining order, on the register", orders_of("RSTO"))


def recorded(kind="restraining", terms="contact", to_on=None, of=()):
    return Recorded(kind, terms, to_on, frozenset(of))


@pytest.mark.parametrize(
    "answer",
    [
        recorded(),
        recorded("non_molestation"),
        recorded("other", of=["registration-1"]),
        recorded(to_on=FIRST),
    ],
)
def test_an_entry_is_answered_by_what_names_it_or_by_one_of_its_kind(answer):
    assert without_terms([REGISTER], [answer], FIRST) == []


@pytest.mark.parametrize(
    "answer",
    [
        recorded("sexual_harm"),
        recorded(of=["registration-9"]),
        recorded(of=["condition-1"]),
        recorded(to_on=FIRST - DAY),
    ],
)
def test_it_is_not_answered_by_another_kind_nor_by_what_is_of_another_nor_by_one_run_out(answer):
    assert without_terms([REGISTER], [answer], FIRST) == [REGISTER]


def test_two_orders_need_two_restrictions():
    assert without_terms([REGISTER, AGAIN], [recorded()], FIRST) == [AGAIN]
    assert without_terms([REGISTER, AGAIN], [recorded(), recorded()], FIRST) == []
    assert without_terms([REGISTER, AGAIN], [recorded(of=["registration-2"])], FIRST) == [REGISTER]


def test_terms_not_seen_is_said_of_what_is_recorded_so_and_of_what_is_not_recorded():
    said = not_seen([REGISTER], [recorded("behaviour", "not_seen")], FIRST)

    assert said == [
        "Criminal behaviour order: its terms have not been seen.",
        "Restraining order, on the register: no restriction is recorded, so its terms have not been seen.",
    ]


@pytest.mark.parametrize(("to_on", "said"), [(FIRST, 1), (FIRST - DAY, 0), (None, 1)])
def test_terms_not_seen_matter_to_the_end_of_the_last_day(to_on, said):
    assert len(not_seen([], [recorded(terms="not_seen", to_on=to_on)], FIRST)) == said


def test_one_whose_terms_are_not_seen_answers_the_entry_and_is_said_once():
    assert len(not_seen([REGISTER], [recorded(terms="not_seen")], FIRST)) == 1
    assert not_seen([REGISTER], [recorded(terms="not_seen", to_on=FIRST - DAY)], FIRST) == [
        "Restraining order, on the register: no restriction is recorded, so its terms have not been seen."
    ]


@pytest.mark.parametrize(
    ("category", "away"),
    [
        ("Contact with a person", True),
        ("Freedom of movement", True),
        ("Residence at a specific place", False),
        ("Curfew arrangement", False),
        ("Drug testing", False),
    ],
)
def test_a_condition_keeps_away_from_people_and_places(category, away):
    assert keeps_away(category) is away


def test_only_registers_of_orders_stand_for_orders():
    assert orders_of("RSTO") == {OrderKind.RESTRAINING, OrderKind.NON_MOLESTATION}
    assert orders_of("SOPS") == {OrderKind.SEXUAL_HARM, OrderKind.SEXUAL_RISK}
    assert orders_of("SHPO") == orders_of("SOPS")
    assert orders_of("SPO")
    assert orders_of("ARSO") == frozenset()


# A line


@pytest.mark.parametrize(
    ("prohibits", "to_on", "line"),
    [
        ("Must not enter Reading.", None, "Must not enter Reading (restraining order)"),
        ("enter Reading", LAST, "Must not: enter Reading (restraining order, until 30 November 2018)"),
    ],
)  # fmt: skip
def test_an_order_is_said_in_a_line(prohibits, to_on, line):
    assert must_not(OrderKind.RESTRAINING, prohibits, to_on) == line


# What is refused

AREA = Area("x", "circle", {"centre": [1, 1], "radius": 1})


@pytest.mark.parametrize(
    ("terms", "prohibits", "areas", "says"),
    [
        ("", "Must not.", [], "Say what is known"),
        (Terms.CONTACT, "", [], "plain words"),
        (Terms.CONTACT, "n/a", [], "plain words"),
        (Terms.AREAS, "", [AREA], "plain words"),
        (Terms.AREAS, "Must not go there.", [], "Give the areas"),
        (Terms.CONTACT, "Must not go there.", [AREA], "It bans areas"),
        (Terms.NOT_SEEN, "", [AREA], "once the terms have been seen"),
    ],
)
def test_what_could_not_be_checked_is_refused(terms, prohibits, areas, says):
    with pytest.raises(RuleBroken, match=says):
        check_prohibition(terms, prohibits, areas)


@pytest.mark.parametrize(
    ("terms", "prohibits", "areas"),
    [
        (Terms.CONTACT, "Must not contact a former partner.", []),
        (Terms.AREAS, "Must not go into the area.", [AREA]),
        (Terms.NOT_SEEN, "", []),
    ],
)
def test_what_can_be_checked_stands(terms, prohibits, areas):
    assert refusal(check_prohibition, terms, prohibits, areas) == ""


@pytest.mark.parametrize(
    ("from_on", "to_on", "copy_seen_on", "says"),
    [
        (LAST, FIRST, None, "before its first"),
        (FIRST - 9 * DAY, FIRST - DAY, None, "run out"),
        (FIRST, None, FIRST + DAY, "still to come"),
    ],
)
def test_days_that_cannot_be_are_refused(from_on, to_on, copy_seen_on, says):
    with pytest.raises(RuleBroken, match=says):
        check_days(from_on, to_on, copy_seen_on, FIRST)


def test_an_order_may_end_today_or_begin_later():
    assert refusal(check_days, FIRST, FIRST, FIRST, FIRST) == ""
    assert refusal(check_days, LAST, None, None, FIRST) == ""


KEPT = Kept(own="Alan Smith", home="3 Station Road, Reading, RG1 1AA", names=("Sam Reed", "Robin Cole"), addresses=("14 Acacia Gardens, Reading, RG2 7BB", "Rose Cottage, Mill Lane"))  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Must not contact Sam Reed.",
        "Must not contact SAM.",
        "Must not contact Ms Reed or her son",
        "Must not go near Robin.",
    ],
)
def test_a_name_of_somebody_around_them_is_refused(words):
    assert "It names somebody" in gives_away(words, KEPT)


@pytest.mark.parametrize(
    "words",
    [
        "Must not enter RG2 7BB.",
        "Must not enter rg27bb",
        "Must not go to OX1 1AA.",
        "Must not go to Acacia Gardens.",
        "Must not go within 100 metres of 14 Acacia Gdns",
        "Must not go to 22a High Street.",
        "Must not attend 7, Old Mill Road, Reading",
        "Must not go near Rose Cottage, Mill Lane",
        "Must not go to Mill Lane",
    ],
)
def test_a_postcode_a_house_and_where_somebody_lives_are_refused(words):
    assert "It gives an address" in gives_away(words, KEPT)


@pytest.mark.parametrize(
    "words",
    [
        "Must not contact a former partner in any way.",
        "Must not go into the area the order bans, nor within 200 metres of it.",
        "Must not enter Cornmarket Street between 8am and 6pm.",
        "Must not go within 2 miles of St Mary's church.",
        "From 1 May must not be in the square after dark.",
        "Must not enter any place where children gather, such as a park.",
        "Alan Smith must not contact two former colleagues.",
    ],
)
def test_plain_words_stand(words):
    assert gives_away(words, KEPT) == ""


def test_what_is_refused_says_in_which_words_it_stands():
    with pytest.raises(RuleBroken, match="^Where we have it from: It names somebody"):
        check_gives_nothing_away(KEPT, what="Must not.", where_we_have_it_from="Sam told us")
