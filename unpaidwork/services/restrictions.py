"""Recording, changing and ending a restriction, with what it touches tested again in the same transaction, and the
clock of what supervisors must be told of it.

Source: unpaid work reference 10 (U2: a later order re-tests live allocations and suspends them at once).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.services import restrictions
from unpaidwork.services.instructions import owe_instructions
from unpaidwork.services.retesting import retest


@transaction.atomic
def record_restriction(*, case, by, now, **said):
    """As `cases.services.restrictions.record_restriction`, and whoever works where it does not let them is stopped."""
    made = restrictions.record_restriction(case=case, by=by, now=now, **said)
    _settle(made.case_id, by, now)
    return made


@transaction.atomic
def change_restriction(*, restriction, by, now, **said):
    """As `cases.services.restrictions.change_restriction`, likewise."""
    made = restrictions.change_restriction(restriction=restriction, by=by, now=now, **said)
    _settle(made.case_id, by, now)
    return made


@transaction.atomic
def end_restriction(*, restriction, by, now, **said):
    """As `cases.services.restrictions.end_restriction`. What was suspended stays so until somebody resumes it."""
    ended = restrictions.end_restriction(restriction=restriction, by=by, now=now, **said)
    _settle(ended.case_id, by, now)
    return ended


def _settle(case_id, by, now):
    retest([case_id], by, now)
    owe_instructions(case_ids=[case_id], today=localtime(now).date(), by=by)
