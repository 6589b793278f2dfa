"""Cases that nobody who takes part may have, left out of a proposal by themselves so that they do not stop it.

Source: features 123; product rules, gates. Nothing that is demanded is let go of: such a case stays where it is, with why.
"""

from collections.abc import Collection
from dataclasses import replace

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import ToShare, pairs_of
from oversight.rules.sharing_limits import why_not
from oversight.rules.sharing_model import may_have


def without_nobodys(asked: ToShare, policy: WorkloadPolicy) -> tuple[ToShare, dict[int, str]]:
    """The same question without them, and {case: why nobody may have it}. What a senior has settled is never left out."""
    pairs = pairs_of(asked, policy)
    out: dict[int, str] = {}
    for case in asked.cases:
        those = [pairs[case.key, one.key] for one in asked.officers]
        if case.key in asked.locked or any(may_have(pair, asked) for pair in those):
            continue
        whys = dict.fromkeys(why_not(pair, asked) for pair in those)
        out[case.key] = f"Nobody who takes part may have it. {' '.join(whys)}"
    return without(asked, out), out


def without(asked: ToShare, out: Collection[int]) -> ToShare:
    """Without these cases, by their keys. Each stays with whoever holds it, and weighs there."""
    stays: dict[int | None, int] = {}
    for case in asked.cases:
        if case.key in out:
            stays[case.holder] = stays.get(case.holder, 0) + case.points
    return replace(
        asked,
        cases=tuple(one for one in asked.cases if one.key not in out),
        officers=tuple(replace(one, points=one.points + stays.get(one.key, 0)) for one in asked.officers),
        apart=frozenset(pair for pair in asked.apart if not set(pair) & set(out)),
    )  # fmt: skip
