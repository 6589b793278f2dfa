"""The risk assessment for unpaid work as it is owed: each night for many cases at once; overrides settled with it.

Source: product rules, clocks and override; `unpaidwork.rules.risk_owed`. Signing one meets the clock at once.
"""

from django.db import transaction
from django.db.models import Min, Q

from cases.models import Deadline, Override
from cases.reference.overrides import Act
from cases.rules.gaps import gates
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.overrides import settle_overrides
from unpaidwork.models import Work
from unpaidwork.queries.concerned import concerned, counts_from, is_owed, owner_of
from unpaidwork.queries.gate import gate_facts
from unpaidwork.queries.site_gaps import asked_of_sites
from unpaidwork.rules.gate import case_gate
from unpaidwork.rules.risk_owed import ASSESS, RENEW, risk_owed

CHUNK = 500  # cases


def owe_work_risk_chunk(*, after, today, size=CHUNK):
    """Settle the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = concerned().filter(_of_concern(), pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    counts = owe_work_risk(case_ids=keys, by=None, today=today) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


def _of_concern():
    """Where work is to be done, or something is owed or overridden of it still."""
    running = Deadline.objects.unmet().filter(kind__in=[ASSESS, RENEW]).values("case")
    overridden = Override.objects.open().filter(act=Act.ALLOCATION).values("case")
    working = Work.objects.open().values("case")
    return Q(pk__in=working) | Q(pk__in=running) | Q(pk__in=overridden)


@transaction.atomic
def owe_work_risk(*, case_ids, by, today):
    """Start and stop the clocks on each of these cases, and close what overrides let pass and is there by now.

    An imported case of ours owes none before it is taken up. Of somebody the NPS manages it is the coordinator's, who
    gets the NPS officer's information for it. Returns how many clocks started and overrides closed.
    """
    held = concerned().filter(pk__in=case_ids).order_by("pk")
    cases = list(held.select_for_update(no_key=True))
    facts = gate_facts(cases, today)
    arrived = dict(
        Work.objects.open().filter(case__in=facts).order_by("case").values_list("case")
        .annotate(since=Min("arrived_on"))
    )  # fmt: skip
    rows: dict[str, list[DeadlineRow]] = {ASSESS: [], RENEW: []}
    for case in cases:
        if case.pk not in arrived or not is_owed(case):
            continue
        since = counts_from(case, arrived[case.pk], today)
        if one := risk_owed(facts[case.pk], since=since, today=today):
            row = DeadlineRow(case.pk, one.since, one.why, due_on=one.due_on, owner=owner_of(case))
            rows[one.kind].append(row)
    opened = 0
    for kind, owed in rows.items():
        rest = set(facts) - {row.case_id for row in owed}
        meet_deadlines(kind=kind, case_ids=rest, by=by, today=today, void=True)
        opened += open_deadlines(kind=kind, rows=owed, by=by, today=today)
    return {"owed": opened, "closed": _settle(cases, facts, by=by, today=today)}


def _settle(cases, facts, *, by, today):
    open_ones = Override.objects.open().filter(case__in=facts, act=Act.ALLOCATION)
    having = set(open_ones.values_list("case", flat=True))
    closed = 0
    for case in cases:
        if case.pk in having:
            keys = {one.key for one in gates(case_gate(facts[case.pk], today))}
            keys |= asked_of_sites(case)
            closed += len(settle_overrides(case=case, open_keys=keys, act=Act.ALLOCATION, by=by, today=today))  # fmt: skip
    return closed
