"""What stands against somebody at an induction: the orders that hold, and who else is there. Nothing of the gate.

Source: product rules, clocks (an induction counts as arranged, and may be booked while the gate is shut); unpaid work
reference 5 (nobody is sent where an order bans them from, whatever for).
"""

from cases.queries.restrictions import restrictions_of
from unpaidwork.models import Attendance
from unpaidwork.queries.workers import workers_of
from unpaidwork.rules.site_gate import never_there
from unpaidwork.rules.site_words import never


def stands_against_induction(case, site, day, today):
    """[Found] that nobody may let pass."""
    worker = workers_of([case.pk], today)[case.pk]
    restricted = [
        one for one in restrictions_of([case.pk], day.on, day.on).get(case.pk, ()) if one.seen
    ]
    found = never_there(worker, restricted, site, day.on)
    return [*found, *_apart(worker, site, day)]


def _apart(worker, site, day):
    there = Attendance.objects.filter(
        session__project=site.project,
        session__on=day.on,
        case__in=worker.apart,
        appointment__called_off_at=None,
    )
    if worker.apart and there.exists():
        yield never(
            f"apart:{site.project}:{day.on.isoformat()}",
            "Somebody they are to be kept apart from is expected there on that day.",
            "Those who are kept apart are never in the same session or van",
        )
