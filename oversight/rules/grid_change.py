"""How somebody's place in the GRID on one day differs from their place on another.

Source: HMIP Thames Valley CRC 2018, Annex 3 (the table); `cases.reference.groups` (its order). Harm and complexity go down the
table and likelihood goes across. Neither outweighs the other, so whoever moved up by one and down by the other moved across.
"""

from cases.reference.codes import Place, Titled
from cases.reference.groups import GROUPS, Band, Level


class Change(Titled):
    """Each person counted now stands under one of these."""

    HIGHER = "higher", "In a higher group than then"
    LOWER = "lower", "In a lower group than then"
    ACROSS = "across", "Higher in one way and lower in the other"
    SAME = "same", "In the same group as then"
    INTO = "into", "In a group now, and in none then"
    OUT = "out", "In no group now, and in one then"
    OUTSIDE = "outside", "In no group on either day"
    UNKNOWN = "unknown", "Not known: no placement is kept of one of the two days"


MOVED = (Change.HIGHER, Change.LOWER, Change.ACROSS, Change.INTO, Change.OUT)


def change_of(then: str | None, now: str | None) -> Change:
    """`then`, `now`: a group such as MC75; where there was a placement in no group, a `Place`; None where none is kept."""
    if then is None or now is None:
        return Change.UNKNOWN
    if then not in GROUPS or now not in GROUPS:
        return _with_no_group(then in GROUPS, now in GROUPS)
    if then == now:
        return Change.SAME
    steps = [after - before for before, after in zip(_where(then), _where(now), strict=True)]
    if min(steps) >= 0:
        return Change.HIGHER
    return Change.LOWER if max(steps) <= 0 else Change.ACROSS


def stood(place: str | None, group: str) -> str | None:
    """Where a placement puts somebody, as `change_of` takes it."""
    return group if place == Place.GROUP else place


def _with_no_group(was, is_now):
    if was == is_now:
        return Change.OUTSIDE
    return Change.INTO if is_now else Change.OUT


def _where(group):
    level, band = GROUPS[group]
    return list(Level).index(level), list(Band).index(band)
