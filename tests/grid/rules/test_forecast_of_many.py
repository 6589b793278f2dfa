"""The forecast of made-up lists against a simulation that goes through the days and hands out places as series begin."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from cases.reference.codes import Rosh
from grid.rules.intervention_policy import Dose
from grid.rules.waiting import BEGIN, Prospect, Waiting, forecast
from tests.grid.a_group import MONDAY, POLICY
from tests.grid.many_seekers import (
    ONE_DAY,
    WANTED,
    Made,
    could_come,
    free_places,
    is_over,
    person,
    series,
    suited,
    theirs,
)

LISTS = 60
DOSE = Dose(sessions=8, minutes=120, a_week=1)  # seven weeks from the first session to the last
DAYS = 500


@dataclass(frozen=True)
class Somebody:
    made: Made
    waiting: Waiting


def a_list(seed):
    random = Random(seed)
    people = []
    for case in random.sample(range(1, 500), random.randint(1, 40)):
        made = person(random, case)
        waiting = Waiting(
            seeker=made.seeker,
            suited=replace(suited(random, WANTED), ordered=random.random() < 0.15),
            since=MONDAY - timedelta(days=random.randint(0, 20)),
            likelihood=Decimal(random.randint(1, 99)) if random.random() < 0.9 else None,
            harm=random.choice((Rosh.LOW, Rosh.MEDIUM, None)),
        )
        people.append(Somebody(made, waiting))
    planned = [series(random, pk, codes=(WANTED,)) for pk in range(random.randint(0, 10))]
    random.shuffle(planned)
    return people, planned


def who_goes_first(people):
    """Sorted again and again, by what weighs least first: what was before stays where the next says nothing."""

    def begin_by(one):
        until = one.waiting.suited.until
        return until and until - timedelta(days=49)

    told_by, four_weeks = MONDAY + timedelta(days=7), MONDAY + timedelta(days=28)

    def too_late(one):
        return bool(begin_by(one) and begin_by(one) < told_by)

    def presses(one):
        return bool(begin_by(one)) and not too_late(one) and begin_by(one) <= four_weeks

    def band(one):
        percent = one.waiting.likelihood or 0
        return sum(percent >= start for start in (50, 75, 90))

    found = sorted(people, key=lambda one: one.waiting.seeker.case)
    found.sort(key=lambda one: one.waiting.since)
    found.sort(key=lambda one: one.waiting.harm != Rosh.MEDIUM)
    found.sort(key=band, reverse=True)
    pressed = sorted(filter(presses, found), key=begin_by)
    found = pressed + [one for one in found if not presses(one)]
    found.sort(key=too_late)
    found.sort(key=lambda one: not one.waiting.suited.ordered)
    return found


def handed_out(queue, planned):
    """{case: series}, day by day: what anybody can begin with on that day takes whom it has room for."""
    got, inside = {}, {one.pk: {*one.members, *one.kept} for one in planned}
    day = MONDAY
    for _ in range(DAYS):
        today = [one for one in planned if theirs(one) and theirs(one)[0].on == day]
        for each in sorted(today, key=lambda one: (theirs(one)[0].from_at, one.pk)):
            for one in queue:
                who, what = one.waiting.seeker, one.waiting.suited
                is_full = len(inside[each.pk] - {who.case}) >= each.places
                if is_full or who.case in got or who.company.apart & inside[each.pk]:
                    continue
                if could_come(one.made, each) and is_over(each, what):
                    got[who.case] = each
                    inside[each.pk].add(who.case)
        day += ONE_DAY
    return got


def left_over(place, queue, planned, got):
    """What somebody who has nothing may expect, by what those ahead of them have."""
    one = queue[place]
    ahead = [each.waiting.seeker.case for each in queue[:place]]
    inside = {
        each.pk: [case for case in ahead if case in got and got[case].pk == each.pk]
        for each in planned
    }
    joined = [each for each in planned if theirs(each)]
    could = [
        each
        for each in joined
        if could_come(one.made, each)
        and not one.waiting.seeker.company.apart.intersection(inside[each.pk])
    ]
    if any(
        not is_over(each, one.waiting.suited)
        and free_places(each, one.waiting.seeker.case) > len({*inside[each.pk]} - each.kept)
        for each in could
    ):
        return Prospect.NOT_IN_TIME
    if could:
        return Prospect.NO_PLACE
    return Prospect.NONE_FITS if joined else Prospect.NONE_PLANNED


@pytest.fixture(scope="module")
def forecasts():
    found = []
    for seed in range(LISTS):
        people, planned = a_list(seed)
        waiting = [one.waiting for one in people]
        found.append((people, planned, forecast(waiting, planned, DOSE, POLICY, MONDAY)))
    return found


def test_the_list_is_in_the_order_that_sorting_again_and_again_gives(forecasts):
    for people, _, expected in forecasts:
        queue = [one.waiting for one in who_goes_first(people)]
        assert [one.waiting for one in expected] == queue
        assert [one.position for one in expected] == list(range(1, len(queue) + 1))


def test_everybody_begins_in_the_forecast_where_they_do_day_by_day(forecasts):
    for people, planned, expected in forecasts:
        queue = who_goes_first(people)
        got = handed_out(queue, planned)
        for place, one in enumerate(expected):
            mine = got.get(one.waiting.seeker.case)
            if mine is None:
                assert one.prospect is left_over(place, queue, planned, got)
                continue
            until = one.waiting.suited.until
            later = mine.rolling and theirs(mine) != list(mine.sessions)
            known = Prospect.FINISH_NOT_KNOWN if later else Prospect.IN_TIME
            assert one.prospect is (known if until else Prospect.END_NOT_KNOWN)
            assert one.series.pk == mine.pk
            assert one.starts_on == theirs(mine)[0].on
            assert one.finishes_on == (None if later else mine.sessions[-1].on)
            ahead = [each.waiting.seeker.case for each in queue[:place]]
            assert one.ahead == sum(case in got and got[case].pk == mine.pk for case in ahead)


def test_no_series_is_given_more_people_than_it_has_places_for(forecasts):
    for _, planned, expected in forecasts:
        begin = {(one.series.pk, one.waiting.seeker.case) for one in expected if one.prospect in BEGIN}  # fmt: skip
        for one in planned:
            there = one.members | one.kept
            assert len(there | {case for pk, case in begin if pk == one.pk}) <= max(one.places, len(there))  # fmt: skip


def test_the_lists_are_of_every_sort(forecasts):
    """What none of them met would be compared with nothing."""
    prospects = Counter(one.prospect for *_, expected in forecasts for one in expected)
    shared = sum(one.ahead > 0 for *_, expected in forecasts for one in expected)
    begins = sum(prospects[one] for one in BEGIN)

    assert min(prospects[one] for one in Prospect) >= 10
    assert begins >= 100
    assert shared >= 30
