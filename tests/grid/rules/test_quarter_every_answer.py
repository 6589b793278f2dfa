"""Tiny quarters against every timetable and every placing there is, worked out without what proposes one."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from grid.rules import quarter_better
from grid.rules.quarter import chosen_of, groups_of, propose
from grid.rules.quarter_bound import bound_at, prices_of
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Group, Leader, Series, Site, Status, Wanted, counts_of
from grid.rules.quarter_first import first_answer
from grid.rules.quarter_left import FINE, Prices, counts_of_chosen, free_of_charge
from grid.rules.quarter_series import board_of
from tests.grid.rules.a_quarter import AMENDS, FIRST, MON, QUARTER, THINKING, TUE

DAY = timedelta(days=1)
SECONDS = 20
FREE = [frozenset({MON}), frozenset({TUE}), frozenset({MON, TUE})]
ASKS = st.tuples(
    st.builds(
        replace,
        st.just(THINKING),
        sessions=st.sampled_from([1, 2]),
        least=st.sampled_from([1, 2]),
        most=st.sampled_from([2, 3]),
        leaders=st.sampled_from([1, 1, 2]),
        runs_on=st.booleans(),
    ),
    st.builds(
        replace,
        st.just(AMENDS),
        skill=st.sampled_from(["", "trained"]),
        most=st.sampled_from([2, 3]),
        women_only=st.booleans(),
    ),
)
LEADERS = st.builds(
    Leader,
    st.just(0),
    st.just(""),
    st.sampled_from([frozenset(), frozenset({"trained"})]),
    st.sampled_from([{MON: 120}, {TUE: 120}, {MON: 120, TUE: 120}, {MON: 90, TUE: 120}]),
    st.sampled_from([1, 2]),
    st.sampled_from([frozenset(), frozenset(), frozenset({1})]),
)
PEOPLE = st.builds(
    Wanted,
    st.just(0),
    st.sampled_from([("thinking",), ("amends",), ("amends", "thinking"), ("thinking", "amends")]),
    st.just((1,)),
    st.sampled_from(FREE),
    st.sampled_from([FIRST - 100 * DAY, FIRST - DAY]),
    st.sampled_from([None, FIRST, FIRST + 6 * DAY, FIRST + 7 * DAY]),
    st.booleans(),
    st.booleans(),
)


def keyed(those):
    return tuple(replace(one, key=key) for key, one in enumerate(those, 1))


QUESTIONS = st.builds(
    lambda asks, leaders, people, rooms, shut, taken, apart: replace(
        QUARTER,
        asks=asks,
        leaders=keyed(leaders),
        wanted=keyed(people),
        sites=(Site(1, "North Street", rooms),),
        starts=(0, 1),
        weeks=2,
        run_on=1,
        shut=shut,
        taken=taken,
        apart=apart,
    ),
    ASKS,
    st.lists(LEADERS, min_size=1, max_size=2),
    st.lists(PEOPLE, min_size=1, max_size=5),
    st.sampled_from([1, 2]),
    st.sampled_from([frozenset(), frozenset({FIRST + 7 * DAY})]),
    st.sampled_from([(), (Series("amends", 1, (MON,), 0, (1,)),)]),
    st.sampled_from([frozenset(), frozenset({(1, 2)})]),
)


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
            and one.minutes.get(when, 0) >= ask.minutes
            and not any((day - FIRST).days // 7 in one.leave for day in on)
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
            if (
                one.code in person.codes
                and one.times[0] in person.free
                and (person.woman or not asks[one.code].women_only)
                and (person.ends_on is None or on[-1] <= person.ends_on)
            ):
                spared = max(0, question.weeks - (on[0] - FIRST).days // 7)
                before = 2 if (FIRST - person.since).days >= 91 else 1
                worth = 100 + 900 * person.court_ordered + spared * before
                may.append((number, worth - 5 * person.codes.index(one.code)))
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


def small(question):
    """So few that no more than three series are ever worth it."""
    return replace(question, wanted=question.wanted[:3] if any(one.least == 1 for one in question.asks) else question.wanted)  # fmt: skip


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
    assert all(isinstance(one, Group) for one in answer.groups)
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
