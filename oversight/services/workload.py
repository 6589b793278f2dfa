"""Each Monday how full every officer is, is kept, so that an excessive workload is judged by weeks.

Source: written answer 172934 (over 110% in each of four weeks running); architecture, "the database is the queue".
Kept once: what a week was counted as is not changed by what is recorded afterwards.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import night_due
from cases.services.jobs import run_job
from oversight.models import WorkloadWeek
from oversight.queries.policy import workload_policy
from oversight.queries.workload import loads_of, monday_of
from staff.models import User
from staff.permissions import Role

KEEP = "keep_workload"
AT_ONCE = 25  # officers of a chunk


def keep_week(*, now):
    """The run of this week, begun, resumed or already done. It begins in the night of Monday, or as soon as it can after."""
    night = night_due(localtime(now))
    week = monday_of(night)
    step = partial(keep_week_chunk, week=week, today=night, now=now)
    return run_job(job=KEEP, slot=week.isoformat(), today=week, now=now, step=step)


def keep_week_chunk(after, *, week, today, now):
    """The next officers by key: whoever holds an open account, with cases or without."""
    officers = User.objects.filter(is_active=True, role=Role.OFFICER, pk__gt=after).order_by("pk")
    keys = list(officers.values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return None, {}
    policy = workload_policy(today)
    rows = [
        WorkloadWeek(
            user=load.user,
            week=week,
            points=load.full.total,
            available=load.full.available,
            percent=load.full.percent,
            cases=len(load.cases),
            policy_version=policy.version,
            kept_at=now,
        )
        for load in loads_of(User.objects.filter(pk__in=keys).order_by("pk"), today, policy)
    ]
    before = WorkloadWeek.objects.filter(week=week, user__in=keys).count()
    WorkloadWeek.objects.bulk_create(rows, ignore_conflicts=True)
    return keys[-1], {"kept": len(rows) - before}
