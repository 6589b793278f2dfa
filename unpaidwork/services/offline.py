"""Letting the day sheet of a session go along on a tablet. Source: unpaid work reference 6 and 9."""

from django.db import transaction
from django.utils.timezone import localtime

from unpaidwork.queries.offline import offline_pack
from unpaidwork.rules.offline import check_may_take
from unpaidwork.services.sheets import record_reading

TAKEN = (
    "took_sheet_along"  # in the trail, once for each person on it and each time the tablet asked
)


@transaction.atomic
def take_along(*, session, by, now):
    """That day's minimum for this reader, and in the trail that they have it. Refused on any other day."""
    check_may_take(session.on, session.state, localtime(now))
    pack = offline_pack(session, by, now)
    record_reading(session=session, sheet=pack.sheet, by=by, action=TAKEN)
    return pack
