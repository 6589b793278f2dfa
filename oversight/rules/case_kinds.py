"""What sort of case it is as far as the work on it goes, and in which ways there is less to do, from the record.

Source: `oversight.reference.workload`; risk flags reference 3 (inactive cases).
"""

from collections.abc import Collection
from datetime import date

from cases.reference.codes import CustodyStatus
from cases.reference.pauses import WANTED, PauseKind
from cases.rules.contact_figures import Supervised
from oversight.reference.workload import Inactive, Kind
from oversight.rules.case_points import ToWeigh


def kind_of(known: Supervised, statuses: Collection[str], pauses: Collection[str]) -> Kind:
    """`statuses`: of custody, of each current sentence. `pauses`: kinds of those that run.

    Whoever is in prison on anything is in custody; else the licence or supervision that asks for more work counts.
    """
    statuses = set(statuses)
    if known.held or PauseKind.CUSTODY in pauses:
        return Kind.CUSTODY
    if known.unpaid_work_alone:
        return Kind.UNPAID_WORK
    if known.curfew_alone:
        return Kind.CURFEW
    if CustodyStatus.ON_LICENCE in statuses:
        return Kind.LICENCE
    return Kind.POST_SENTENCE if CustodyStatus.POST_SENTENCE in statuses else Kind.COMMUNITY


def inactive_of(
    known: Supervised, pauses: Collection[str], today: date, kind: Kind
) -> frozenset[Inactive]:
    found: set[Inactive] = set()
    if known.ends_on is not None and known.ends_on < today:
        found.add(Inactive.OVERDUE)
    if WANTED & set(pauses):
        found.add(Inactive.WARRANT)
    if kind == Kind.UNPAID_WORK:
        found.add(Inactive.UNPAID_WORK)
    return frozenset(found)


def to_weigh(
    known: Supervised,
    statuses: Collection[str],
    pauses: Collection[str],
    group: str,
    today: date,
    *,
    tier: str = "",
) -> ToWeigh:
    """What the points of a case follow from. `tier`: blank where nobody asked for it."""
    kind = kind_of(known, statuses, pauses)
    began = known.began_on
    return ToWeigh(
        kind=kind,
        group=group,
        contact_level=known.level,
        day=(today - began).days if began is not None and began <= today else None,
        tier=tier,
        inactive=inactive_of(known, pauses, today, kind),
    )
