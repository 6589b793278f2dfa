"""Placing the caseload chunk by chunk: whoever is waiting to be placed again, or everybody afresh.

Source: architecture, concurrency (`JobRun`) and standing (a sweep re-places within a minute). A night
costs what has changed; once a week nobody is taken on trust. Whoever the sweep has placed is then proposed
what suits them: `grid.services.proposals`.
"""

import time

from django.db.models import Q

from cases.models import Case
from grid.models import Placement
from grid.rules.placement import RULES
from grid.services.halves import by_halves
from grid.services.placement import place_many
from grid.services.policy import policy_in_force
from grid.services.proposals import propose_apart

WAITING, AFRESH = "place_caseload", "place_afresh"  # the jobs
CHUNK = 2000  # cases
SWEPT_AT_ONCE = 500  # cases


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
    """Place again everybody who is waiting, and propose to them what suits them now. Returns how many were placed.

    Stops after so many seconds: the next sweep goes on. Cases that fail hold up no others.
    """
    until = time.monotonic() + seconds
    after = swept = 0
    while time.monotonic() < until:
        ids = _next(waiting(today), after, SWEPT_AT_ONCE)
        if not ids:
            break
        swept += len(ids) - _place(ids, today, changed=True)["failed"]
        propose_apart(ids, today)
        after = ids[-1]
    return swept


def _next(cases, after, size):
    return list(cases.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def _place(ids, today, *, changed):
    """Together; and by halves where that fails, so that one case at fault holds up no other."""
    return by_halves(
        ids, lambda those: place_many(case_ids=those, today=today, changed=changed), "placed"
    )
