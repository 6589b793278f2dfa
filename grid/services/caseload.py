"""Placing the caseload chunk by chunk: whoever is waiting to be placed again, or everybody afresh.

Source: architecture, concurrency (`JobRun`) and standing (a sweep re-places within a minute). A night
costs what has changed; once a week nobody is taken on trust.
"""

import logging
import time
from collections import Counter

from django.db import DatabaseError
from django.db.models import Q

from cases.models import Case
from grid.models import Placement
from grid.rules.placement import RULES
from grid.services.placement import place_many
from grid.services.policy import policy_in_force

WAITING, AFRESH = "place_caseload", "place_afresh"  # the jobs
CHUNK = 2000  # cases
SWEPT_AT_ONCE = 500  # cases
log = logging.getLogger(__name__)


def waiting(today):
    """Whose facts changed, whose judgement ran out, who was placed by another rule or policy."""
    version = policy_in_force(today).version
    outdated = Placement.objects.current().filter(~Q(rules=RULES) | ~Q(policy_version=version))
    moved = Case.objects.facts_changed() | Case.objects.standing_run_out(today)
    return moved | Case.objects.filter(pk__in=outdated.values("case"))


def place_chunk(*, after, today, afresh=False, size=CHUNK):
    """Place the next cases by key, as a step of `cases.services.jobs.run_job`."""
    cases = Case.objects.all() if afresh else waiting(today)
    ids = _next(cases, after, size)
    if not ids:
        return None, {}
    return (ids[-1] if len(ids) == size else None), _place(ids, today, changed=not afresh)


def place_changed(*, today, seconds):
    """Place again everybody who is waiting. Returns how many were.

    Stops after so many seconds: the next sweep goes on. Cases that fail hold up no others.
    """
    until = time.monotonic() + seconds
    after = swept = 0
    while time.monotonic() < until:
        ids = _next(waiting(today), after, SWEPT_AT_ONCE)
        if not ids:
            break
        swept += len(ids) - _place(ids, today, changed=True)["failed"]
        after = ids[-1]
    return swept


def _next(cases, after, size):
    return list(cases.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def _place(ids, today, *, changed):
    """Together; and by halves where that fails, so that one case at fault holds up no other."""
    try:
        return place_many(case_ids=ids, today=today, changed=changed) | {"failed": 0}
    except (DatabaseError, LookupError, TypeError, ValueError):
        if len(ids) == 1:
            log.exception("Case %s was not placed", ids[0])
            return {"failed": 1}
    halves = (ids[: len(ids) // 2], ids[len(ids) // 2 :])
    return sum((Counter(_place(half, today, changed=changed)) for half in halves), Counter())
