"""The provider's policy on clocks: how long each kind of work may take, and which days do not count.

Source: local policy, seeded from cases/policy/clocks.json.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.reference.deadlines import KINDS
from staff.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Clocks:
    version: int
    lengths: Mapping[str, int]  # by kind of deadline, for the kinds that are the provider's to set
    extra_bank_holidays: frozenset[date]  # proclaimed since


def read_clocks(body, version):
    """Raises RuleBroken for a kind that the provider cannot set, or what is no number or date."""
    try:
        lengths = {kind: int(days) for kind, days in body["lengths"].items()}
        extra = frozenset(map(date.fromisoformat, body["extra_bank_holidays"]))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RuleBroken(f"The policy on clocks cannot be read: {problem}.") from problem
    for kind, days in lengths.items():
        if kind not in KINDS:
            raise RuleBroken(f"There is no clock called {kind}.")
        if KINDS[kind].source != "default":
            raise RuleBroken(f"“{KINDS[kind].title}” is not the provider's to set.")
        if days < 1:
            raise RuleBroken(f"“{KINDS[kind].title}” needs at least one day.")
    return Clocks(version=version, lengths=lengths, extra_bank_holidays=extra)
