"""Who waits for work, for giving several people the same place. Begins at the one door; masked rows are counted.

Source: product rules, limited access; unpaid work reference 9 (bulk).
"""

from dataclasses import dataclass

from cases.models import Case
from staff.kit import on
from staff.permissions import Action
from unpaidwork.models import Work, WorkAllocation
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.hours import say_minutes

SIZE = 200  # people on the page, those who have waited longest first


@dataclass(frozen=True)
class Waiting:
    """Those who may be chosen, and of how many more the page tells no more than that."""

    works: list[Work]
    words: dict[int, str]
    limited: int
    more: int


def without_a_place(today):
    """Works with hours left and no place that stands."""
    placed = WorkAllocation.objects.live(today).filter(state=AllocationState.ACTIVE)
    return Work.objects.filter(state=WorkState.OPEN).exclude(pk__in=placed.values("work"))


def waiting_for_work(user, today):
    """Everybody who is without one, as far as this reader may allocate them."""
    works = without_a_place(today)
    near = Case.objects.within_reach(user, Action.ALLOCATE_WORK)
    open_ones = Case.objects.open_to(user, Action.ALLOCATE_WORK)
    theirs = works.filter(case__in=open_ones).select_related("case", "requirement__sentence")
    number = theirs.count()
    found = list(theirs.order_by("arrived_on", "case__sort_name", "pk")[:SIZE])
    hours = hours_of(found, today)
    return Waiting(
        works=found,
        words={one.pk: _words(one, hours[one.pk]) for one in found},
        limited=works.filter(case__in=near).count() - number,
        more=max(0, number - SIZE),
    )


def works_to_allocate(user, keys):
    """Of these works, by key, those this user may allocate, in the order they are given."""
    open_ones = Case.objects.open_to(user, Action.ALLOCATE_WORK)
    rows = Work.objects.filter(pk__in=keys, case__in=open_ones).select_related("case")
    found = {one.pk: one for one in rows}
    return [found[key] for key in keys if key in found]


def _words(work, hours):
    left = say_minutes(hours.left) if hours.known else "length not recorded"
    return (
        f"{work.case.list_name}, {work.case.crn}: {left} left, with us since {on(work.arrived_on)}"
    )
