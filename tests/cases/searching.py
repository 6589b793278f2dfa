"""Sequences of steps tried on a walk that a gate stands in the way of, by hypothesis."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st


def searched(walk, well, every, *, examples, longest, **how):
    """What `walk(well, whatever, counted)` counted after each step of all that were tried.

    `well`: the steps that write well, in any order; among them up to `longest` of `every` step. A fault is told as it was
    found: making it shorter takes longer than reading it.
    """
    counted: list[int] = []
    found = settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    drawn = given(
        well=st.permutations(well),
        whatever=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(every)), max_size=longest),
    )
    found(drawn(walk))(counted=counted)
    return counted
