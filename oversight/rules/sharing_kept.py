"""The question of sharing out as it is kept beside its answer, so that its figures follow from what stood then.

Source: product rules, GRID (a decision is kept with its facts and the version of its policy).
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from oversight.reference.allocation import Training
from oversight.reference.sharing import Demand
from oversight.rules.comparing_facts import CaseFacts, Held, Officer
from oversight.rules.sharing_facts import ToShare
from oversight.rules.workload import Excess
from staff.reference import StatedSex


def as_kept(asked: ToShare) -> dict[str, Any]:
    """As JSON takes it. What is settled is kept with each case, and not here."""
    return {
        "today": asked.today.isoformat(),
        "demands": sorted(asked.demands),
        "apart": sorted(map(list, asked.apart)),
        "cases": [_plain(asdict(one)) for one in asked.cases],
        "officers": [_plain(asdict(one)) for one in asked.officers],
    }


def read_kept(body: Mapping[str, Any]) -> ToShare:
    return ToShare(
        cases=tuple(_case(one) for one in body["cases"]),
        officers=tuple(_officer(one) for one in body["officers"]),
        today=date.fromisoformat(body["today"]),
        demands=frozenset(map(Demand, body["demands"])),
        apart=frozenset((one, other) for one, other in body["apart"]),
    )


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return value


def _case(kept):
    return CaseFacts(
        **kept
        | {
            "asks_for": frozenset(map(Training, kept["asks_for"])),
            "not_by": frozenset(map(StatedSex, kept["not_by"])),
            "before": tuple(
                Held(one["officer"], date.fromisoformat(one["until"]), one["complained"])
                for one in kept["before"]
            ),
            "shut_out": frozenset(kept["shut_out"]),
            "let_in": None if kept["let_in"] is None else frozenset(kept["let_in"]),
            "kept_from": frozenset(kept["kept_from"]),
            "barred": frozenset(kept["barred"]),
            "apart": frozenset(kept["apart"]),
        }
    )


def _officer(kept):
    excess = kept["excess"]
    return Officer(
        **kept
        | {
            "trained": frozenset(map(Training, kept["trained"])),
            "offices": frozenset(kept["offices"]),
            "minutes": {int(case): minutes for case, minutes in kept["minutes"].items()},
            "induction_to": _day(kept["induction_to"]),
            "away": tuple((_day(first), _day(last)) for first, last in kept["away"]),
            "last_on": _day(kept["last_on"]),
            "excess": excess and Excess(_day(excess["since"]), excess["weeks"]),
            "given_on": tuple(map(_day, kept["given_on"])),
        }
    )


def _day(text):
    return date.fromisoformat(text) if text else None
