"""Orders of nothing but a curfew, which the tagging contractor watches and nobody supervises here.

A current sentence counts as one where it is a community order or suspended sentence order, its requirements are known, a
curfew is among them and nothing else but its electronic monitoring. Where the record names no requirement that runs, it
cannot tell, and nothing is changed. Source: supervision reference 1.2 (codes M, RM49); CRC contract: contact and plans
are those of supervision and rehabilitation activity requirements.
"""

from collections.abc import Iterable

from cases.reference.codes import Order, Titled

CURFEW, MONITORING = "M", "RM49"
IN_THE_COMMUNITY = frozenset({Order.COMMUNITY, Order.SUSPENDED})


class CurfewOnly(Titled):
    YES = (
        "yes",
        "A curfew and nothing else: watched by the tagging contractor, no contact or plan is owed",
    )
    NO = "no", "More than a curfew, or none"
    CANNOT_TELL = "cannot_tell", "The record names no requirement that runs, so it cannot tell whether this is a curfew alone"  # fmt: skip


def curfew_only(sentences: Iterable[tuple[str, frozenset[str]]]) -> CurfewOnly:
    """Of all current sentences of one case together. Each is (kind of order, main codes of its requirements that run)."""
    found = {_of_one(order, codes) for order, codes in sentences}
    if CurfewOnly.NO in found or not found:
        return CurfewOnly.NO
    return CurfewOnly.CANNOT_TELL if CurfewOnly.CANNOT_TELL in found else CurfewOnly.YES


def _of_one(order, codes):
    if order not in IN_THE_COMMUNITY:
        return CurfewOnly.NO
    if not codes or codes == {MONITORING}:
        return CurfewOnly.CANNOT_TELL
    return CurfewOnly.YES if CURFEW in codes and codes <= {CURFEW, MONITORING} else CurfewOnly.NO
