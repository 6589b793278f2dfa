"""Tiny quarters against every timetable and every placing there is, worked out without what proposes one."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from grid.rules import quarter_better
from grid.rules.quarter import chosen_of, groups_of, propose
from grid.rules.quarter_better import bettered
from grid.rules.quarter_bound import bound_at, prices_of
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Series, Status, counts_of
from grid.rules.quarter_first import first_answer
from grid.rules.quarter_left import FINE, Prices, counts_of_chosen, free_of_charge
from grid.rules.quarter_model import Search
from grid.rules.quarter_series import board_of
from tests.grid.rules.a_quarter import FIRST, MON, TUE
from tests.grid.rules.any_quarter import DAY, QUESTIONS, small

SECONDS = 20


def days(question, ask, weekday, week):
    """Counted from the calendar; none where the series does not come to its end."""
    over = FIRST + 7 * (question.weeks + (question.run_on if ask.runs_on else 0)) * DAY
    found, day = [], FIRST + (7 * week + weekday) * DAY
    while day < over and len(found) < ask.sessions:
        if day not in question.shut:
            found.append(day)
        day += 7 * DAY
    return found if len(found) == ask.sessions else []


def every_series(question):
    """(series, its days) of all that could be run by itself."""
    for ask, when, week in product(question.asks, (MON, TUE), question.starts):
        on = days(question, ask, when.weekday, week)
        able = [
            one.key
            for one in question.leaders
            if (not ask.skill or ask.skill in one.skills)
            and not (ask.women_only and not one.woman)
            and one.minutes.get(when, 0) >= ask.minutes
            and not any(((day - FIRST).days // 7, day.weekday()) in one.leave for day in on)
        ]
        for leaders in combinations(able, ask.leaders):
            if on:
                yield Series(ask.code, 1, (when,), week, leaders), on


def fits(question, series):
    """Whether all of them can be run beside each other and what is taken."""
    asks = {one.code: one for one in question.asks}
    taken = [
        (one, days(question, asks[one.code], one.times[0].weekday, one.first_week))
        for one in question.taken
    ]
    rooms, times, weeks = Counter(), Counter(), Counter()
    for one, on in (*series, *taken):
        for day in on:
            rooms[day] += 1
            for leader in one.leaders:
                times[leader, day] += 1
                weeks[leader, (day - FIRST).days // 7] += 1
    most = {one.key: one.a_week for one in question.leaders}
    new = {key for one, _ in series for key in one.leaders}
    return (
        all(number <= question.sites[0].rooms for number in rooms.values())
        and all(number <= 1 for (key, _), number in times.items() if key in new)
        and all(number <= most[key] for (key, _), number in weeks.items() if key in new)
    )


def each_placing(question, series):
    """What each placing among these series counts, of all there are."""
    asks = {one.code: one for one in question.asks}
    options = []
    for person in question.wanted:
        may = [(None, 0)]
        for number, (one, on) in enumerate(series):
            wish = [each.code for each in person.suited]
            how = person.suited[wish.index(one.code)] if one.code in wish else None
            if (
                how
                and one.times[0] in person.free[1]
                and (person.woman or not asks[one.code].women_only)
                and (how.end.on is None or on[-1] <= how.end.on)
            ):
                spared = max(0, question.weeks - (on[0] - FIRST).days // 7)
                before = 2 if (FIRST - person.since).days >= 91 else 1
                worth = 100 + 900 * how.ordered + spared * before
                may.append((number, worth - 5 * wish.index(one.code)))
        options.append(may)
    for placing in product(*options):
        sizes = Counter(number for number, _ in placing if number is not None)
        if any(
            not asks[one.code].least <= sizes[number] <= asks[one.code].most
            for number, (one, _) in enumerate(series)
        ):
            continue
        if any(
            other <= len(placing)
            and placing[one - 1][0] is not None
            and placing[one - 1][0] == placing[other - 1][0]
            for one, other in question.apart
        ):
            continue
        yield sum(worth for _, worth in placing)


def best_of_all(question):
    """Nobody is in two series, so that more series than people are never run."""
    every, best = list(every_series(question)), 0
    for number in range(1, min(3, len(question.wanted)) + 1):
        for series in combinations(range(len(every)), number):
            those = [every[one] for one in series]
            if fits(question, those):
                best = max(best, *each_placing(question, those), 0)
    return best


@settings(max_examples=120, deadline=None)
@given(QUESTIONS)
def test_the_answer_counts_what_the_best_of_all_timetables_counts(question):
    question = small(question)
    best = best_of_all(question)

    answer = propose(question, seconds=SECONDS)

    check(question, answer.groups)
    assert answer.status == Status.BEST
    assert answer.counts == answer.at_most == best == counts_of(question, answer.groups)
    placed = {key for one in answer.groups for key in one.people}
    assert {one.person for one in answer.explained} - {None} == {one.key for one in question.wanted} - placed  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_the_solver_finds_it_without_a_first_answer_or_prices(question):
    """The first answer is mostly the best already where so few wait: what the solver is asked is held to the same."""
    question = small(question)
    board, best = board_of(question), best_of_all(question)

    found = bettered(board, [], bound_at(board, free_of_charge(board)), Search(SECONDS, SECONDS, seed=1))  # fmt: skip

    groups = groups_of(board, found.chosen)
    check(question, groups)
    assert counts_of(question, groups) == found.at_most == best


@settings(max_examples=60, deadline=None)
@given(QUESTIONS, st.randoms(use_true_random=False))
def test_whatever_the_prices_the_bound_is_never_below_the_best_and_leaves_no_better_out(
    question, random
):
    question = small(question)
    best = propose(question, seconds=SECONDS)
    assert best.status == Status.BEST
    board = board_of(question)

    def by_chance(number):
        return tuple(random.choice([0, 3, 90, 1100]) * FINE for _ in range(number))

    chance = Prices(by_chance(len(board.kinds)), by_chance(len(board.lines)))
    for prices in (chance, free_of_charge(board), prices_of(board)):
        bound = bound_at(board, prices)

        assert bound.at_most >= best_of_all(question)
        looked_at = bound.worth_a_look(best.counts - 1)
        assert {one.place for one in chosen_of(board, best.groups)} <= looked_at


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_the_first_answer_can_be_held_and_is_told_for_what_it_is(question):
    board = board_of(question)

    chosen = first_answer(board, prices_of(board))

    groups = groups_of(board, chosen)
    check(question, groups)
    assert counts_of(question, groups) == counts_of_chosen(board, chosen)
    assert groups_of(board, chosen_of(board, groups)) == groups


@settings(max_examples=40, deadline=None)
@given(QUESTIONS)
def test_part_by_part_it_is_never_beyond_the_best_nor_below_the_first(question):
    question = small(question)
    board = board_of(question)
    prices = prices_of(board)
    first = first_answer(board, prices)
    was, quarter_better.SMALL = quarter_better.SMALL, -1
    try:
        answer = propose(question, seconds=1)
    finally:
        quarter_better.SMALL = was

    check(question, answer.groups)
    assert counts_of_chosen(board, first) <= answer.counts <= best_of_all(question)
    assert answer.at_most >= best_of_all(question)


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_people_of_one_kind_count_alike_in_every_series(question):
    board = board_of(question)
    people = {one.key: one for one in question.wanted}

    assert sorted(key for kind in board.kinds for key in kind.people) == sorted(people)
    for kind in board.kinds:
        alike = [
            board_of(replace(question, wanted=(people[key],), apart=frozenset(), asks=tuple(replace(one, least=1) for one in question.asks)))
            for key in kind.people
        ]  # fmt: skip
        worths = [
            [(one.way.ask.code, one.way.times, one.way.first_week, one.worth) for one in each.possible]
            for each in alike
        ]  # fmt: skip
        assert all(one == worths[0] for one in worths)
