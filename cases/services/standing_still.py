"""Stopping the clocks that must not run on a case, and running them again. It follows from the pauses and from why somebody left.

It is asked again of every clock that is opened, so that none runs where it must not. Source: product rules, clocks.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import FilteredRelation, Q, Value
from django.db.models.functions import Greatest

from cases.models import Case, Deadline, Flag
from cases.rules.pausing import due_again_on, still_kinds
from cases.services.policy import clocks
from staff.audit import record_many


@transaction.atomic
def settle_clocks(*, case_ids, by, today):
    """Stop what must stand still on these cases and run what may run again. The caller holds their rows.

    Returns (how many stopped, how many run again).
    """
    _, still = _standing(case_ids)
    stopped = _stop(still, by=by, today=today)
    return stopped, _run(case_ids, still, by=by, today=today)


def keep_still(*, case_ids, by, today):
    """Stop, of what the caller has just opened on these cases, what must stand still: in its transaction.

    Returns (the CRNs of the cases, how many stopped), so that whoever opens on many need not ask for the CRNs again.
    """
    crns, still = _standing(case_ids)
    return crns, _stop(still, by=by, today=today)


def _standing(case_ids):
    """The CRNs of these cases in order, and {case: the kinds that stand still on it} of those on which any does."""
    running = FilteredRelation("pauses", condition=Q(pauses__ended_at=None))
    found = Case.objects.filter(pk__in=case_ids).annotate(running=running).order_by("crn")
    crns, pauses, left = {}, defaultdict(set), set()
    for case, crn, left_as, kind in found.values_list("pk", "crn", "left_as", "running__kind"):
        crns[case] = crn
        if left_as:
            left.add(case)
        if kind:
            pauses[case].add(kind)
    still = {case: still_kinds(pauses[case], case in left) for case in pauses.keys() | left}
    return list(crns.values()), still


def _stop(still, *, by, today):
    if not still:
        return 0
    runs = Deadline.objects.unmet().filter(case__in=still, paused_on=None)
    stopped = {
        key: case
        for key, case, kind in runs.values_list("pk", "case", "kind")
        if kind in still[case]
    }
    Deadline.objects.filter(pk__in=stopped).update(paused_on=today)
    Flag.objects.raised().filter(deadline__in=stopped).update(
        closed_on=Greatest(Value(today), "raised_on")
    )
    _audit("stopped_clocks", stopped.values(), by=by)
    return len(stopped)


def _run(case_ids, still, *, by, today):
    extra = clocks(today).extra_bank_holidays
    paused = Deadline.objects.unmet().filter(case__in=case_ids, paused_on__isnull=False)
    again = [one for one in paused.order_by("pk") if one.kind not in still.get(one.case_id, ())]
    for one in again:
        one.due_on = due_again_on(one.kind, one.due_on, one.paused_on, today, extra)
        one.due_on = max(one.due_on, one.triggered_on)
        one.paused_on = None
    Deadline.objects.bulk_update(again, ["due_on", "paused_on"])
    _audit("ran_clocks_again", [one.case_id for one in again], by=by)
    return len(again)


def _audit(action, cases, *, by):
    crns = Case.objects.filter(pk__in=set(cases)).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action=action, crns=list(crns))
