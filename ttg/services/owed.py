"""What is owed of release: each night for many cases at once, and at once for the case of an act.

Source: `ttg.rules.owed`; product rules, clocks.
"""

from django.db import transaction
from django.db.models import Q

from cases.models import Case, Deadline
from cases.services.deadline_sets import (
    DeadlineRow,
    meet_deadlines,
    move_deadlines,
    open_deadlines,
)
from staff.permissions import Role
from ttg.queries.owed import concerned, is_owed, latest_stays, stay_facts
from ttg.queries.policy import release_policy
from ttg.rules.owed import DONE, release_owed

CHUNK = 500  # cases


def owe_release_chunk(*, after, today, size=CHUNK):
    """Settle the next so many cases. A step of `cases.services.jobs.run_job`."""
    running = Deadline.objects.unmet().filter(kind__in=DONE).values("case")
    cases = Case.objects.filter(Q(pk__in=concerned(today).values("pk")) | Q(pk__in=running))
    keys = list(cases.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])
    counts = owe_release(case_ids=keys, by=None, today=today) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def owe_release(*, case_ids, by, today):
    """Start, move and stop the clocks of release on each of these cases, so that they say what is owed now.

    Whatever changes a stay in prison, a plan, a need, a referral, a home or a hand-over calls it. Of somebody the NPS
    manages what an officer of ours would owe is Through the Gate's. Returns how many clocks started and moved.
    """
    locked = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(no_key=True)
    cases = {case.pk: case for case in locked}
    counted = set(concerned(today).filter(pk__in=cases).values_list("pk", flat=True))
    stays = latest_stays([pk for pk in counted if is_owed(cases[pk])])
    facts, policy = stay_facts(list(stays.values())), release_policy(today)
    rows: dict[str, list[DeadlineRow]] = {kind: [] for kind in DONE}
    for pk, stay in sorted(stays.items()):
        owner = Role.RESETTLEMENT if cases[pk].retained_by else None
        for owed in release_owed(facts[stay.pk], today, policy):
            row = DeadlineRow(pk, owed.since, owed.why, due_on=owed.due_on, owner=owner)
            rows[owed.kind].append(row)
    found = {pk: facts[stay.pk] for pk, stay in stays.items()}
    return _settle(rows, set(cases), found, by=by, today=today)


def _settle(rows, cases, facts, *, by, today):
    """`facts`: of the cases that are still looked at. What is not owed any more was done, or is owed no longer."""
    opened = moved = 0
    for kind, owed in rows.items():
        rest = cases - {row.case_id for row in owed}
        done = {pk for pk in rest if pk in facts and DONE[kind](facts[pk])}
        meet_deadlines(kind=kind, case_ids=done, by=by, today=today)
        meet_deadlines(kind=kind, case_ids=rest - done, void=True, by=by, today=today)
        moved += move_deadlines(kind=kind, rows=owed, by=by, today=today)
        opened += open_deadlines(kind=kind, rows=owed, by=by, today=today)
    return {"owed": opened, "moved": moved}
