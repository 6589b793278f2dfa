"""Five hundred made-up people, each with made-up series: what is offered against an exhaustive search written apart."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from grid.reference.interventions import INTERVENTIONS
from grid.rules.coming import Reason
from grid.rules.fitting import Kind, Nothing, fitting
from tests.grid.a_group import MONDAY, POLICY
from tests.grid.many_seekers import (
    OTHERS,
    PASSED_OVER,
    WANTED,
    could_come,
    free_places,
    is_over,
    person,
    series,
    suited,
    theirs,
)

NUMBER = 500


def ask(seed):
    """One person, what suits them by code in the order of suiting, and what is planned."""
    random = Random(seed)
    made = person(random, case=seed)
    wanted = suited(random, WANTED)
    others = [suited(random, code) for code in random.sample(OTHERS, random.randint(0, 4))]
    planned = [series(random, pk) for pk in range(random.randint(1, 30))]
    random.shuffle(planned)
    return made, wanted, others, planned


@pytest.fixture(scope="module")
def answers():
    found = []
    for seed in range(NUMBER):
        made, wanted, others, planned = ask(seed)
        answer = fitting(made.seeker, wanted, others, planned, POLICY, MONDAY)
        found.append((made, wanted, others, planned, answer))
    return found


def fit_for(made, wanted, others, planned):
    """The series that fit, each looked at on its own."""
    what = {one.code: one for one in [wanted, *others]}
    return [
        one
        for one in planned
        if one.code in what
        and free_places(one, made.seeker.case) >= 1
        and is_over(one, what[one.code])
        and could_come(made, one)
    ]


def best_of(made, others, those):
    """The one that is left when, point by point, all that are not the best in it are struck out."""

    def keep(wished):
        kept = [one for one in those if wished(one)]
        return kept or those

    def least(measured):
        return [one for one in those if measured(one) == min(map(measured, those))]

    in_six_weeks = MONDAY + timedelta(days=42)
    those = keep(lambda one: theirs(one)[0].on <= in_six_weeks)
    those = keep(lambda one: one.code == WANTED)
    those = keep(lambda one: one.code == WANTED or INTERVENTIONS[one.code].equal_to == WANTED)
    for other in others:
        those = keep(lambda one, code=other.code: one.code in (code, WANTED))
    if made.seeker.company.woman:
        those = keep(lambda one: one.women_only)
    those = keep(lambda one: one.place in made.seeker.prefers)
    those = least(lambda one: theirs(one)[0].on)
    those = least(lambda one: made.seeker.minutes[one.place])
    those = least(lambda one: one.sessions[-1].on)
    (best,) = least(lambda one: one.pk)
    return best


def test_what_is_offered_is_what_an_exhaustive_search_finds_in_the_same_order(answers):
    for made, wanted, others, planned, answer in answers:
        fit = fit_for(made, wanted, others, planned)
        offers = [] if isinstance(answer, Nothing) else [one.series for one in answer.offers]
        assert {one.pk for one in offers} == {one.pk for one in fit}
        for offer in offers:  # the top one, and of the rest again
            assert offer.pk == best_of(made, others, fit).pk
            fit.remove(offer)


def test_every_offer_is_as_it_says(answers):
    for made, wanted, _, _, answer in answers:
        if isinstance(answer, Nothing):
            continue
        for offer in answer.offers:
            sessions = theirs(offer.series)
            days = len({one.on for one in sessions})
            assert could_come(made, offer.series)
            assert (offer.starts_on, offer.last_on) == (sessions[0].on, sessions[-1].on)
            known = not offer.series.rolling or len(sessions) == len(offer.series.sessions)
            assert offer.finishes_on == (sessions[-1].on if known else None)
            assert offer.minutes == made.seeker.minutes[offer.series.place] <= POLICY.most_minutes
            assert offer.keeps_place is (offer.kind is Kind.OTHER)
            if offer.kind is Kind.WANTED:
                assert offer.in_time is (True if wanted.end.on and known else None)
                assert wanted.end.on is None or offer.last_on <= wanted.end.on
                required = min(days, wanted.days_left or 0)
                some = wanted.days_left is not None and 0 < required < days
                assert (
                    any(one.startswith(f"{required} of its {days} day") for one in offer.why)
                    is some
                )


def test_each_series_is_offered_or_refused_unless_it_does_not_suit(answers):
    for _, wanted, others, planned, answer in answers:
        codes = {one.code for one in (wanted, *others)}
        offers = () if isinstance(answer, Nothing) else answer.offers
        looked_at = [one.series.pk for one in (*offers, *answer.refused)]
        assert sorted(looked_at) == sorted(one.pk for one in planned if one.code in codes)
        assert all(one.words for one in answer.refused)


def test_a_place_is_missing_only_where_everything_else_fits(answers):
    for made, wanted, others, _, answer in answers:
        what = {one.code: one for one in (*others, wanted)}
        for one in answer.refused:
            due = what[one.series.code]
            rest = could_come(made, one.series)
            late = rest and not is_over(one.series, due)
            full = rest and is_over(one.series, due)
            assert (one.reason is Reason.ENDS) is late
            assert (one.reason is Reason.FULL) is full


def test_the_five_hundred_are_of_every_sort(answers):
    """What nobody of them met would be compared with nothing."""
    reasons = Counter(one.reason for *_, answer in answers for one in answer.refused)
    tops = Counter(
        "nothing" if isinstance(answer, Nothing) else answer.offers[0].kind
        for *_, answer in answers
    )
    several = sum(
        not isinstance(answer, Nothing) and len(answer.offers) > 1 for *_, answer in answers
    )

    assert len(answers) == NUMBER
    assert min(reasons[reason] for reason in Reason) >= 5
    assert min(tops[kind] for kind in ("nothing", *Kind)) >= 20
    assert several >= 100
    assert any(one.code == PASSED_OVER for _, _, _, planned, _ in answers for one in planned)
