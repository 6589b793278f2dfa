"""What an extract and the night find of arrivals: who has come, the clocks that starts, what they have met by now.

Set-based: a fixed number of statements, whatever came. Source: product rules, clocks (arrival). An arrival starts its
clocks once: whoever in the team it is given to afterwards, they run from the day on which it came.
"""

from collections import defaultdict

from django.db import transaction

from cases.models import Arrival, Case, Deadline, Induction
from cases.queries.arriving import first_seen, newly_come
from cases.rules.arriving import CLOCKS, FIRSTS, NAME, clocks_started, is_settled, why_started
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.policy import clocks
from staff.audit import record_many

CHUNK = 500  # cases


def owe_arrivals_chunk(*, after, today, now, size=CHUNK):
    """Find the arrivals that were missed, and settle those under way. A step of `cases.services.jobs.run_job`."""
    came = newly_come(today, clocks(today).extra_bank_holidays, after=after)
    under_way = Arrival.objects.under_way().filter(case__gt=after).values_list("case", flat=True)
    keys = sorted({*came, *under_way})[:size]
    counts = follow_arrivals(case_ids=keys, by=None, today=today, now=now) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def follow_arrivals(*, by, today, now, case_ids=None):
    """Record who came lately among these cases, or among all of ours, and settle what is under way. Returns how many of each."""
    extra = clocks(today).extra_bank_holidays
    came = newly_come(today, extra)
    wanted = came.keys() if case_ids is None else came.keys() & set(case_ids)
    under_way = Arrival.objects.under_way()
    if case_ids is not None:
        under_way = under_way.filter(case__in=case_ids)
    held = _hold({*wanted, *under_way.values_list("case", flat=True)})
    had = newly_come(today, extra) if wanted else {}  # again, now that nobody else can record one
    made = open_arrivals(
        came={pk: had[pk] for pk in sorted(wanted & held & had.keys())}, by=by, today=today, now=now
    )
    return {"arrived": len(made), "settled": settle_arrivals(case_ids=held, by=by, today=today)}


def _hold(case_ids):
    ours = Case.objects.ours().filter(pk__in=case_ids).order_by("pk")
    return set(ours.select_for_update(no_key=True).values_list("pk", flat=True))


def open_arrivals(*, came, by, today, now):
    """Write a row for each, and start the clocks of each. `came`: {case: Came}; the caller holds the cases. Returns the rows."""
    if not came:
        return []
    made = Arrival.objects.bulk_create(
        [
            Arrival(
                case_id=case,
                sentence_id=one.sentence,
                came_from=one.came_from,
                arrived_on=one.on,
                recorded_at=now,
            )
            for case, one in came.items()
        ]
    )
    crns = Case.objects.filter(pk__in=came).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action="arrived", crns=list(crns))
    _start_clocks(came, by=by, today=today)
    return made


def _start_clocks(came, *, by, today):
    named, had, inducted = named_among(came), _started(came), _inducted(came)
    rows = defaultdict(list)
    for case, one in came.items():
        for kind in clocks_started(
            one, named=case in named, inducted=(case, one.sentence) in inducted
        ):
            if (case, kind) not in had:
                rows[kind].append(DeadlineRow(case, one.on, why_started(one)))
    for kind in CLOCKS:
        open_deadlines(kind=kind, rows=rows[kind], by=by, today=today)


def named_among(case_ids):
    """Those of these cases that an officer at work holds."""
    held = Case.objects.filter(pk__in=case_ids, officer__is_active=True)
    return set(held.values_list("pk", flat=True))


def _started(came):
    """(case, kind) of each clock that has run already from this arrival; one that came to be owed no longer has not."""
    begun = Deadline.objects.filter(case__in=came, kind__in=CLOCKS, void=False)
    rows = begun.values_list("case", "kind", "triggered_on")
    return {(case, kind) for case, kind, on in rows if on >= came[case].on}


def _inducted(came):
    """(case, sentence) of those whose induction is signed."""
    signed = Induction.objects.filter(case__in=came, signed_at__isnull=False)
    return set(signed.values_list("case", "sentence"))


@transaction.atomic
def settle_arrivals(*, case_ids, by, today):
    """Meet the clocks that are answered by now, and close the arrivals with nothing left. Returns how many.

    The caller holds the cases. Naming an officer and booking call it; the night does for whatever an extract brought.
    """
    under_way = list(Arrival.objects.under_way().filter(case__in=case_ids).order_by("pk"))
    if not under_way:
        return 0
    cases = {one.case_id for one in under_way}
    named = named_among(cases)
    meet_deadlines(kind=NAME, case_ids=named, by=by, today=today)
    owed = _owe_first(cases)
    if owed:
        _meet_first([one for one in under_way if one.case_id in owed], by=by, today=today)
        owed = _owe_first(cases)
    settled = [
        one
        for one in under_way
        if is_settled(
            named=one.case_id in named, read=one.read_on is not None, first_owed=one.case_id in owed
        )
    ]
    if not settled:
        return 0
    for one in settled:
        one.settled_on = today
    Arrival.objects.bulk_update(settled, ["settled_on"])
    crns = Case.objects.filter(pk__in=[one.case_id for one in settled]).order_by("crn")
    record_many(by=by, action="settled_arrival", crns=list(crns.values_list("crn", flat=True)))
    return len(settled)


def _owe_first(case_ids):
    owed = Deadline.objects.unmet().filter(case__in=case_ids, kind__in=FIRSTS)
    return set(owed.values_list("case", flat=True))


def _meet_first(under_way, *, by, today):
    """An appointment that is booked or was kept answers the clock: one that was kept, on the day on which it was."""
    by_day = defaultdict(list)
    for case, on in first_seen(under_way).items():
        by_day[min(on, today)].append(case)
    for on, case_ids in sorted(by_day.items()):
        for kind in FIRSTS:
            meet_deadlines(kind=kind, case_ids=case_ids, by=by, today=today, on=on)
