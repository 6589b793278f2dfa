"""Bringing a case to its end, with the unpaid work that is left: it keeps an order in force (CJA 2003, 200).

Each is as its namesake of `cases.services.endings`, told how many hours are left as they stand inside the lock.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case
from cases.services import endings
from cases.services.checks import lock_case
from cases.services.endings_owed import owe_endings
from unpaidwork.queries.hours_left import hours_left

CHUNK = 500  # cases


def owe_endings_chunk(*, after, today, now, size=CHUNK):
    """Settle the endings of the next so many cases. A step of `cases.services.jobs.run_job`."""
    ours = Case.objects.ours().filter(pk__gt=after)
    keys = list(ours.order_by("pk").values_list("pk", flat=True)[:size])
    counts = {}
    if keys:
        left = hours_left(keys, today)
        counts = owe_endings(case_ids=keys, hours_left=left, today=today, now=now)
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def begin_ending(*, case, by, now):
    return endings.begin_ending(case=case, hours_left=_left(case, now), by=by, now=now)


@transaction.atomic
def ask_senior(*, ending, by, now):
    left = _left(ending.case, now)
    return endings.ask_senior(ending=ending, hours_left=left, by=by, now=now)


@transaction.atomic
def end_case(*, ending, by, now):
    left = _left(ending.case, now)
    return endings.end_case(ending=ending, hours_left=left, by=by, now=now)


@transaction.atomic
def decide_early_end(*, case, by, now, propose, because):
    return endings.decide_early_end(
        case=case, propose=propose, because=because, hours_left=_left(case, now), by=by, now=now
    )


def _left(case, now):
    """With the case held, so that no hours are credited meanwhile."""
    case = lock_case(case)
    return hours_left([case.pk], localtime(now).date())
