"""Letting whoever leads a group reach the cases of those in it, and nobody else's, for as long as they need it.

Source: product rules, roles; `grid.rules.reaching`.
"""

from datetime import timedelta

from django.db import transaction

from cases.models import Assignment
from cases.reference.codes import Capacity
from grid.queries.reaching import concerned, reach_held, reach_wanted
from staff.audit import record

ONE_DAY = timedelta(days=1)


@transaction.atomic
def settle_group_reach(*, case_ids, today, by=None):
    """Open, lengthen and close what leaders reach of these cases. Returns how many it opened, and how many it closed.

    To be called whenever somebody joins or leaves, a session is moved, called off or led by somebody else, or a register
    is sent; each minute it is done of all. May be asked any number of times.
    """
    wanted = reach_wanted(case_ids, today)
    held, gone = {}, []
    for one in reach_held(case_ids, today).select_for_update(of=("self",), no_key=True):
        key = (one.case_id, one.user_id)
        if key in wanted and key not in held:
            held[key] = one
        else:  # not wanted, or opened twice by two who settled at the same moment
            gone.append(one)
    _until(held, wanted)
    _close(gone, today)
    new = sorted(wanted.keys() - held.keys())
    Assignment.objects.bulk_create(
        Assignment(
            case_id=case,
            user_id=user,
            capacity=Capacity.GROUP,
            from_on=today,
            to_on=wanted[case, user],
        )
        for case, user in new
    )
    if gone or new:
        record(by=by, action="settled_reach_of_groups", opened=len(new), closed=len(gone))
    return len(new), len(gone)


def settle_every_reach(*, today):
    """The same of everybody whom it may concern. Each minute: it writes only where something has changed."""
    return settle_group_reach(case_ids=concerned(today), today=today)


def _until(held, wanted):
    moved = [one for key, one in held.items() if one.to_on != wanted[key]]
    for one in moved:
        one.to_on = wanted[one.case_id, one.user_id]
    Assignment.objects.bulk_update(moved, ["to_on"])


def _close(gone, today):
    """They end yesterday; one that was opened today was never needed."""
    Assignment.objects.filter(pk__in=[one.pk for one in gone], from_on__gte=today).delete()
    Assignment.objects.filter(pk__in=[one.pk for one in gone]).update(to_on=today - ONE_DAY)
