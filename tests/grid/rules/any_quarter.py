"""Tiny quarters by chance: so small that every timetable there is can be gone through."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from grid.rules.coming import Suited
from grid.rules.quarter_facts import Leader, Series, Site, Wanted
from tests.grid.a_series import ends
from tests.grid.rules.a_quarter import AMENDS, FIRST, MON, QUARTER, THINKING, TUE

DAY = timedelta(days=1)
FREE = [frozenset({MON, TUE}), frozenset({MON, TUE}), frozenset({MON}), frozenset({TUE})]
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
        women_only=st.sampled_from([False, False, True]),
    ),
)
LEADERS = st.builds(
    Leader,
    st.just(0),
    st.just(""),
    st.sampled_from([frozenset({"trained"}), frozenset({"trained"}), frozenset()]),
    st.sampled_from([{MON: 120, TUE: 120}, {MON: 120, TUE: 120}, {MON: 120}, {MON: 90, TUE: 120}]),
    st.sampled_from([1, 2]),
    st.sampled_from(
        [frozenset(), frozenset(), frozenset(), frozenset({(1, 0)}), frozenset({(1, 1), (2, 0)})]
    ),
    st.booleans(),
)
HOW = st.builds(
    Suited,
    st.just(""),
    st.sampled_from([None, None, None, FIRST, FIRST + 6 * DAY, FIRST + 7 * DAY]).map(ends),
    st.sampled_from([None, None, None, 1, 2]),
    st.booleans(),
)
PEOPLE = st.builds(
    Wanted,
    st.just(0),
    st.tuples(
        st.sampled_from(
            [("thinking",), ("amends",), ("amends", "thinking"), ("thinking", "amends")]
        ),
        *[HOW] * 2,
    ).map(
        lambda one: tuple(
            replace(how, code=code) for code, how in zip(one[0], one[1:], strict=False)
        )
    ),
    st.sampled_from(FREE).map(lambda times: {1: times}),
    st.sampled_from([FIRST - 100 * DAY, FIRST - DAY]),
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
    st.tuples(LEADERS, LEADERS) | st.tuples(LEADERS),
    st.tuples(*[PEOPLE] * 5) | st.lists(PEOPLE, min_size=1, max_size=4),
    st.sampled_from([1, 2]),
    st.sampled_from([frozenset(), frozenset({FIRST + 7 * DAY})]),
    st.sampled_from([(), (Series("amends", 1, (MON,), 0, (1,)),)]),
    st.sampled_from([frozenset(), frozenset({(1, 2)})]),
)


def small(question):
    """So few that no more than three series are ever worth it."""
    return replace(question, wanted=question.wanted[:3] if any(one.least == 1 for one in question.asks) else question.wanted)  # fmt: skip
