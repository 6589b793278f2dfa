"""What the policy on interventions came to hold later than its first version, and what an older version is taken to say of it.

A version is kept as it was set. One from before there were groups says nothing of them, and is taken to say what the policy said
first of what did not exist yet, and of nothing else: whatever existed when it was set must be in it.
"""

from collections.abc import Mapping
from typing import Any

from grid.reference.intervention_seed import BODY

PARTS = {  # parts of the policy: why an older version says nothing of them
    "waiting": "How far and how soon was asked of nobody before groups were booked.",
    "groups": "There were no registers, kept places or referrals that a policy could say anything of.",
}
TERMS = {  # of an intervention, likewise
    "least": "No series was begun here, so nobody said with how many people one begins.",
    "most": "Nor how many it holds.",
    "leaders": "Nor by how many it is led.",
    "led_by_women": "Nor whether only by women.",
    "women_only": "Whether men come was asked of whom it is for, not yet of who sits together.",
    "entries": "Nobody joined a series that had begun.",
    "rolling": "So nobody had anything to make up for.",
    "must_finish": "And nobody was refused a place for the end of their order.",
}


def completed(body: Mapping[str, Any]) -> dict[str, Any]:
    """The same with what did not exist when it was set. What cannot be read stays as it is, for the reader to refuse."""
    parts = {name: BODY[name] for name in PARTS if name not in body}
    terms = body.get("terms")
    if isinstance(terms, Mapping):
        parts["terms"] = {code: _completed(code, said) for code, said in terms.items()}
    return {**body, **parts}


def _completed(code, said):
    first = BODY["terms"].get(code)
    if first is None or not isinstance(said, Mapping):
        return said
    missing = {name: first[name] for name in TERMS if name not in said}
    if "entries" in missing and said.get("dose") != first["dose"]:
        missing["entries"] = [1]  # the numbers are of other sessions than those it has now
    return {**said, **missing}
