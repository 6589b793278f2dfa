"""Placing the whole caseload chunk by chunk, and sweeping up those whose facts have changed.

Source: architecture, concurrency (`JobRun`) and standing (a sweep re-places within a minute).
"""

import logging
import time

from django.db import DatabaseError

from cases.models import Case
from grid.services.placement import place_many
from staff.errors import RuleBroken

JOB = "place_caseload"
CHUNK = 2000  # cases
SWEPT_AT_ONCE = 500  # cases
log = logging.getLogger(__name__)


def place_chunk(*, after, today, size=CHUNK):
    """Place the next cases by key, as a step of `cases.services.jobs.run_job`."""
    ids = Case.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size]
    ids = list(ids)
    if not ids:
        return None, {}
    counts = place_many(case_ids=ids, today=today)
    return (ids[-1] if len(ids) == size else None), counts


def place_changed(*, today, seconds):
    """Place again everybody whose facts changed or whose judgement ran out. Returns how many.

    Stops after so many seconds: the next sweep goes on. Cases that fail hold up no others.
    """
    until = time.monotonic() + seconds
    waiting = Case.objects.facts_changed() | Case.objects.standing_run_out(today)
    after = swept = 0
    while time.monotonic() < until:
        found = waiting.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        ids = list(found[:SWEPT_AT_ONCE])
        if not ids:
            break
        swept += _place_each(ids, today)
        after = ids[-1]
    return swept


def _place_each(ids, today):
    """Together; and one by one where that fails, so that only those at fault are left."""
    try:
        place_many(case_ids=ids, today=today)
        return len(ids)
    except (DatabaseError, LookupError, TypeError, ValueError, RuleBroken):
        if len(ids) == 1:
            log.exception("Case %s was not placed", ids[0])
            return 0
    return sum(_place_each([case_id], today) for case_id in ids)
