"""Work on many cases together that one case at fault holds up for no other.

Source: architecture, set-based at scale.
"""

import logging
from collections import Counter

from django.db import DatabaseError

FAULTS = (DatabaseError, LookupError, TypeError, ValueError)
log = logging.getLogger(__name__)


def by_halves(ids, act, said):
    """What `act(ids)` counted, and how many failed. Where it fails it is asked of each half; one case that fails is logged.

    `act` is one transaction. `said`: what was not done to the case, for the log ("placed").
    """
    try:
        return {**act(ids), "failed": 0}
    except FAULTS:
        if len(ids) == 1:
            log.exception("Case %s was not %s", ids[0], said)
            return {"failed": 1}
    halves = (ids[: len(ids) // 2], ids[len(ids) // 2 :])
    return sum((Counter(by_halves(half, act, said)) for half in halves), Counter())
