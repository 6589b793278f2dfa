"""What is offered to one person, in which order and why; and the honest no with what is missing."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from cases.reference.codes import Sex
from grid.reference.interventions import Hook
from grid.reference.parts_of_day import PartOfDay
from grid.rules.coming import Reason, Suited
from grid.rules.company import Company
from grid.rules.fitting import Kind, Nothing, Offers, fitting, is_soon, kind_of
from grid.rules.free_slots import Week, of_parts
from tests.grid.a_group import (
    ALWAYS,
    AT_WORK,
    MONDAY,
    OXFORD,
    POLICY,
    READING,
    SLOUGH,
    STEPPING,
    THE_MAN,
    group,
    session,
    weekly,
)
from tests.grid.a_series import ends

UNTIL = STEPPING.end
ONE_TO_ONE, ETE, AMENDS = (
    Suited(code, UNTIL) for code in ("thinking_one_to_one", "ete", "making_amends")
)
OTHERS = (ETE, ONE_TO_ONE, AMENDS)  # as they suit him, the best first
FREE = replace(THE_MAN, week=ALWAYS)
SOON, LATER = date(2018, 10, 16), date(2018, 12, 4)  # six weeks from today are 12 November
DAYTIME = {"from_at": time(10), "to_at": time(12)}
SATURDAY_MORNING = Week(of_parts({5: [PartOfDay.MORNING]}))


def offered(*planned, seeker=THE_MAN, wanted=STEPPING, others=OTHERS):
    found = fitting(seeker, wanted, others, planned, POLICY, MONDAY)
    assert isinstance(found, Offers)
    return found


def refused(*planned, seeker=THE_MAN, wanted=STEPPING, others=OTHERS):
    found = fitting(seeker, wanted, others, planned, POLICY, MONDAY)
    assert isinstance(found, Nothing)
    return found


def order(*planned, **who):
    return [one.series.pk for one in offered(*planned, **who).offers]


# The man of the report: in work, he needs an evening or weekend group


def test_an_evening_group_in_reach_that_ends_before_his_order_does_is_offered():
    found = offered(group(pk=1, **DAYTIME), group(pk=2))

    (offer,) = found.offers
    assert (offer.series.pk, offer.kind, offer.minutes) == (2, Kind.WANTED, 25)
    assert (offer.starts_on, offer.finishes_on) == (date(2018, 10, 16), date(2019, 1, 1))
    assert offer.in_time is True
    assert not offer.keeps_place
    assert offer.why == (
        "It begins on 16 October 2018, within 6 weeks.",
        "What they wait for.",
        "About 25 minutes each way.",
        "It is over on 1 January 2019, 180 days before their order ends.",
    )
    (no,) = found.refused
    assert (no.series.pk, no.kind, no.reason) == (1, Kind.WANTED, Reason.HOURS)
    assert no.words == (
        "Tuesday 16 October 2018, 10am to midday, with about 25 minutes each way, clashes with work."
    )


def test_a_weekend_group_does_as_well():
    saturdays = group(first=date(2018, 10, 20), **DAYTIME)

    assert order(saturdays) == [1]


def test_without_an_evening_or_weekend_group_he_is_told_so_and_what_is_missing():
    found = refused(
        group(pk=1, **DAYTIME),
        group(pk=2, code="thinking_one_to_one", place=READING, from_at=time(14), to_at=time(15)),
    )

    assert [(one.series.pk, one.reason) for one in found.refused] == [(1, Reason.HOURS), (2, Reason.HOURS)]  # fmt: skip
    assert found.missing == (
        "No evening or weekend series is planned that they could join, and they can come at no other time.",
        "2 series at times at which they cannot come.",
    )


def test_an_evening_group_that_ends_after_his_order_is_no_offer():
    found = refused(group(), wanted=replace(STEPPING, end=ends(date(2018, 12, 31))), others=())

    assert found.missing == ("1 series that would end later than their order or licence.",)


def test_one_to_one_of_the_same_content_in_the_evening_keeps_his_place_in_the_queue():
    found = offered(group(pk=1, **DAYTIME), group(pk=2, code="thinking_one_to_one"))

    (offer,) = found.offers
    assert (offer.series.pk, offer.kind, offer.keeps_place) == (2, Kind.EQUAL, False)
    assert offer.why[1] == "The same content, one to one."


# What is missing


def test_where_nothing_is_planned_that_is_said():
    none = (
        "No series is planned of Stepping Stones to Change, or of anything that could take its place.",
    )
    assert refused().missing == none
    assert refused(group(code="resolve")).missing == none  # does not suit him
    assert refused(group(code="resolve")).refused == ()


def test_where_nobody_asked_when_they_can_come_that_is_the_next_thing_to_do():
    assert refused(group(), seeker=replace(THE_MAN, week=None)).missing == (
        "Nobody has recorded when they can come: ask them, and look again.",
        "1 series at times at which nobody has asked whether they are free.",
    )


def test_reasons_are_counted_in_their_order():
    found = refused(
        group(pk=1, places=0),
        group(pk=2, places=0),
        group(pk=3, place=SLOUGH),
        group(pk=4, first=MONDAY),
    )

    assert found.missing == (
        "1 series that nobody can join in time.",
        "1 series at a place of which nobody knows how far it is for them.",
        "2 series without a place left, which would fit otherwise.",
    )


def test_no_time_is_missed_at_which_a_series_runs_that_is_theirs_to_join():
    full = group(pk=2, places=0)

    assert refused(group(pk=1, **DAYTIME), full).missing[0].startswith("1 series at times")
    over = replace(full, sessions=weekly(12, MONDAY))  # nobody can join it
    assert refused(group(pk=1, **DAYTIME), over).missing[0].startswith("No evening or weekend series")  # fmt: skip
    hers, man = replace(full, women_only=True), replace(THE_MAN, company=Company(Sex.MALE))
    assert refused(group(pk=1, **DAYTIME), hers, seeker=man).missing[0].startswith("No evening or weekend series")  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({5: [PartOfDay.MORNING]}, "No weekend series"),
        ({2: [PartOfDay.EVENING]}, "No evening series"),
        ({2: [PartOfDay.EVENING], 6: [PartOfDay.EVENING]}, "No evening or weekend series"),
        ({2: [PartOfDay.EVENING, PartOfDay.MORNING]}, "1 series at times"),  # in the day, on another
        ({}, "1 series at times"),  # they can come at no time at all
    ],
)  # fmt: skip
def test_only_times_at_which_they_can_come_are_missing(parts, said):
    seeker = replace(THE_MAN, week=Week(of_parts(parts)))

    assert refused(group(**DAYTIME), seeker=seeker).missing[0].startswith(said)


@pytest.mark.parametrize(
    ("minutes", "barred", "missing"),
    [
        ({OXFORD: 60, READING: 60}, set(), True),
        ({OXFORD: 61, READING: 60}, set(), True),  # only one is in reach
        ({OXFORD: 61}, set(), False),  # none is
        ({OXFORD: 60, READING: 60}, {OXFORD}, True),
        ({OXFORD: 60, READING: 61}, {OXFORD}, False),
    ],
)
def test_a_time_is_missing_where_a_place_in_reach_could_have_it(minutes, barred, missing):
    seeker = replace(THE_MAN, week=SATURDAY_MORNING, minutes=minutes, barred=frozenset(barred))

    found = refused(group(**DAYTIME), seeker=seeker).missing

    assert any(one.startswith("No weekend series") for one in found) is missing


@pytest.mark.parametrize(("to_at", "missing"), [(time(12), True), (time(12, 1), False)])
def test_a_time_is_missing_where_it_is_long_enough_for_a_session_with_the_way(to_at, missing):
    """From eight to midday with an hour each way: two hours are left."""
    seeker = replace(THE_MAN, week=SATURDAY_MORNING, minutes={OXFORD: 60})

    found = refused(group(from_at=time(10), to_at=to_at), seeker=seeker).missing

    assert any(one.startswith("No weekend series") for one in found) is missing


# The order


def test_what_begins_soon_comes_first_then_what_they_wait_for_its_equal_and_the_rest():
    planned = [
        group(pk=1, code="making_amends", number=6, first=LATER),
        group(pk=2, code="ete", number=8, first=LATER),
        group(pk=3, code="thinking_one_to_one", first=LATER),
        group(pk=4, first=LATER),
        group(pk=5, code="making_amends", number=6, first=SOON),
        group(pk=6, code="ete", number=8, first=SOON),
        group(pk=7, code="thinking_one_to_one", first=SOON),
        group(pk=8, first=SOON),
    ]

    assert order(*planned) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert order(*reversed(planned)) == [8, 7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(("starts_on", "soon"), [(date(2018, 11, 12), True), (date(2018, 11, 13), False)])  # fmt: skip
def test_six_weeks_are_soon_to_the_day(starts_on, soon):
    assert is_soon(starts_on, POLICY, MONDAY) is soon
    (offer,) = offered(group(first=starts_on), seeker=FREE).offers
    assert offer.why[0].endswith(", within 6 weeks." if soon else ", not within 6 weeks.")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"place": READING}, {"first": SOON + timedelta(days=1)}),  # sooner, though further
        ({"pk": 9}, {"place": READING}),  # nearer
        ({"number": 11, "pk": 9}, {}),  # over sooner
        ({}, {"pk": 9}),
    ],
)
def test_of_two_of_a_kind_the_sooner_the_nearer_and_the_shorter_comes_first(first, second):
    one, other = (group(**{"pk": place} | changes) for place, changes in ((1, first), (2, second)))

    assert order(other, one, seeker=FREE) == [one.pk, other.pk]


def test_where_they_prefer_to_go_comes_before_what_is_sooner_and_nearer():
    seeker = replace(FREE, prefers=frozenset({READING}))
    near, preferred = group(pk=1), group(pk=2, place=READING, first=SOON + timedelta(days=7))

    found = offered(near, preferred, seeker=seeker)

    assert [one.series.pk for one in found.offers] == [2, 1]
    assert "They prefer Reading office." in found.offers[0].why
    assert "They prefer Reading office." not in found.offers[1].why


def test_for_her_women_only_comes_before_where_she_prefers_to_go():
    her = replace(FREE, company=Company(Sex.FEMALE), prefers=frozenset({OXFORD}))
    mixed, hers = group(pk=1), group(pk=2, place=READING, women_only=True)

    found = offered(mixed, hers, seeker=her)

    assert [one.series.pk for one in found.offers] == [2, 1]
    assert "For women only." in found.offers[0].why
    assert "For women only." not in found.offers[1].why


def test_she_who_chose_women_only_is_offered_nothing_else():
    her = replace(FREE, company=Company(Sex.FEMALE, women_only=True))
    hers = group(pk=2, code="ete", women_only=True, first=LATER, number=8)

    assert order(group(pk=1), hers, seeker=her) == [2]


@pytest.mark.parametrize(
    ("until", "in_time", "words"),
    [
        (date(2019, 1, 1), True, "It is over on 1 January 2019, on the day on which their order ends."),
        (date(2019, 1, 2), True, "It is over on 1 January 2019, 1 day before their order ends."),
        (None, None, "It is over on 1 January 2019. Nobody recorded when their order ends."),
    ],
)  # fmt: skip
def test_the_last_day_is_said_and_where_none_is_known_that_is(until, in_time, words):
    (offer,) = offered(group(), wanted=replace(STEPPING, end=ends(until))).offers

    assert (offer.in_time, offer.why[-1]) == (in_time, words)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, ()),
        (12, ()),
        (11, ("11 of its 12 days are required; the rest are by their own choice.",)),
        (1, ("1 of its 12 days is required; the rest are by their own choice.",)),
        (0, ("None of its 12 days is required: they would come by their own choice.",)),
    ],
)
def test_what_they_could_be_required_to_come_to_is_said(left, said):
    (offer,) = offered(group(), wanted=replace(STEPPING, days_left=left)).offers

    assert offer.why[3:-1] == said


def test_what_they_would_come_to_by_choice_alone_is_said():
    by_choice = Suited("stepping_stones", ends(None, Hook.VOLUNTARY))
    (offer,) = offered(group(), wanted=by_choice).offers

    assert offer.why[3:] == (
        "None of its 12 days is required: they would come by their own choice.",
        "It is over on 1 January 2019. Nobody recorded when their supervision ends.",
    )


def test_two_sessions_of_one_day_are_one_day():
    twice = tuple(
        replace(half, number=2 * each.number - later)
        for each in weekly(12, SOON)
        for later, half in (
            (1, session(each.on, time(18), time(19))),
            (0, session(each.on, time(19), time(20))),
        )
    )

    (offer,) = offered(group(sessions=twice), wanted=replace(STEPPING, days_left=11)).offers

    assert "11 of its 12 days are required; the rest are by their own choice." in offer.why


@pytest.mark.parametrize(
    ("rolling", "finishes_on", "in_time"), [(False, date(2018, 12, 18), True), (True, None, None)]
)
def test_who_begins_late_in_what_is_rolling_is_told_that_nobody_knows_when_they_finish(
    rolling, finishes_on, in_time
):
    """Twelve Tuesdays from 2 October: they begin with the fifth, on 30 October."""
    late = group(first=date(2018, 10, 2), rolling=rolling, entries=frozenset({1, 5, 9}))

    (offer,) = offered(late).offers

    assert (offer.starts_on, offer.last_on) == (date(2018, 10, 30), date(2018, 12, 18))
    assert (offer.finishes_on, offer.in_time) == (finishes_on, in_time)
    words = (
        "They make up for 4 sessions in the series after it, so nobody knows yet when they finish."
    )
    assert (offer.why[-1] == words) is rolling


@pytest.mark.parametrize(
    ("company", "women_only", "women", "said"),
    [
        (Company(), True, set(), "This series is for women alone. Ask whether it is the right one for them."),
        (Company(Sex.FEMALE), False, set(), "She would be the only woman in this series. Ask her before she joins."),
        (Company(Sex.FEMALE), False, {7}, None),
        (Company(Sex.MALE), False, set(), None),
    ],
)  # fmt: skip
def test_what_would_be_said_when_they_join_is_said_with_the_offer(company, women_only, women, said):
    series = group(women_only=women_only, members=frozenset({7}), women=frozenset(women))

    (offer,) = offered(series, seeker=replace(FREE, company=company)).offers

    told = [one for one in offer.why if "women alone" in one or "only woman" in one]
    assert told == ([said] if said else [])


def test_what_requires_one_thing_does_not_bound_another():
    """The licence ends before the requirement does."""
    short = Suited("ete", ends(date(2018, 11, 1)))

    found = offered(group(pk=1), group(pk=2, code="ete"), others=(short,))

    assert [one.series.pk for one in found.offers] == [1]
    assert [one.reason for one in found.refused] == [Reason.ENDS]


def test_what_they_wait_for_is_not_bounded_by_how_it_stands_among_the_rest():
    twice = (Suited("stepping_stones", ends(date(2018, 11, 1))), *OTHERS)

    assert order(group(), others=twice) == [1]


def test_one_to_one_stands_in_for_its_own_group_alone():
    assert kind_of("stepping_stones", "stepping_stones") is Kind.WANTED
    assert kind_of("thinking_one_to_one", "stepping_stones") is Kind.EQUAL
    assert kind_of("thinking_one_to_one", "thinking_skills_programme") is Kind.OTHER
    assert kind_of("relationships_one_to_one", "building_better_relationships") is Kind.OTHER
    assert kind_of("anger_one_to_one", "resolve") is Kind.OTHER
    assert kind_of("stepping_stones", "thinking_one_to_one") is Kind.OTHER


def test_every_offer_to_the_man_in_work_is_outside_his_hours():
    assert AT_WORK.commitments
    planned = [group(pk=hour, from_at=time(hour), to_at=time(hour + 1)) for hour in range(7, 22)]

    assert order(*planned) == [18, 19, 20]  # 17.30 and 25 minutes; home by ten
