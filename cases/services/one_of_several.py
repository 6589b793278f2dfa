"""The one clock of a kind on a case, of which several things may be open: it runs to the first that is owed.

Source: architecture, deadlines (one of a kind runs on a case). The caller holds the row of the case.
"""

from django.db.models import Value
from django.db.models.functions import Greatest

from cases.models import Deadline, Flag
from cases.rules.deadlines import is_overdue
from cases.services.deadlines import LONGEST_WHY, meet_deadline, open_deadline
from staff.audit import record


def settle_first_owed(*, case, kind, owed, by, today, done=False):
    """Have this clock run to what is owed first (`since`, `due_on`, `why`), or stop it where `owed` is None.

    `done`: what it ran for may just have been done, so it is met and another opened; otherwise it is moved, or is
    void where nothing is owed any more. One that runs for the same is left alone, and keeps what a pause made of it.
    """
    running = Deadline.objects.unmet().filter(case=case, kind=kind).first()
    if owed is None:
        meet_deadline(case=case, kind=kind, by=by, today=today, void=not done)
        return
    why = owed.why[:LONGEST_WHY]
    if running and running.why == why:
        return
    if running and not (done and owed.due_on >= running.due_on):
        _move(running, case, owed, why, by=by, today=today)
        return
    meet_deadline(case=case, kind=kind, by=by, today=today)
    open_deadline(
        case=case,
        kind=kind,
        triggered_on=owed.since,
        due_on=max(owed.due_on, owed.since),
        why=why,
        by=by,
        today=today,
    )


def _move(running, case, owed, why, *, by, today):
    due_on = max(owed.due_on, owed.since)
    Deadline.objects.filter(pk=running.pk).update(triggered_on=owed.since, due_on=due_on, why=why)
    if not is_overdue(due_on, today):
        Flag.objects.raised().filter(deadline=running).update(
            closed_on=Greatest(Value(today), "raised_on")
        )
    record(by=by, action="moved_deadline", crn=case.crn, kind=running.kind, deadline=running.pk)
