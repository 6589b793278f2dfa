"""Raising a flag over what is late, moving it up its ladder and closing it, through the whole caseload.

What should be flagged follows from the deadlines alone, so that runs may overlap, repeat or die and
the flags come out the same. Flags are evidence themselves: each keeps when it was raised, climbed
and closed. Source: product rules, checks; architecture, "set-based at scale".
"""

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from cases.models import Case, Deadline, Flag
from cases.reference.deadlines import CHECK_KINDS, KINDS
from cases.rules.checks import check_rungs
from cases.rules.deadlines import RANK, rungs
from cases.rules.flags import Owed, Question, flag_for, higher
from cases.services.policy import check_policy, clocks

CHUNK = 2000  # flags
OWED = ("kind", "triggered_on", "due_on", "case__standing__concern")
QUESTION = (
    "enquiry__kind",
    "enquiry__state",
    "enquiry__triggered_on",
    "enquiry__sent_on",
    "enquiry__replied_on",
    "enquiry__chases",
)
RAISE = """
    INSERT INTO cases_flag (deadline_id, case_id, told, why, raised_on)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::date[])
    ON CONFLICT (deadline_id) DO NOTHING
"""
CLIMB = """
    UPDATE cases_flag AS flag SET told = new.told, why = new.why, closed_on = NULL,
        climbed_on = CASE WHEN flag.told = new.told THEN flag.climbed_on ELSE %s END
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (deadline_id, told, why)
    WHERE flag.deadline_id = new.deadline_id
"""


def flag_overdue(*, after, today, size=CHUNK):
    """The next chunk of flags to raise, move or close, by the key of their deadline.

    A step of `cases.services.jobs.run_job`: returns the last key, None when there is no more, and
    how many were raised, climbed and closed. Nine statements, however many flags.
    """
    policy, extra = check_policy(today), clocks(today).extra_bank_holidays
    wanting = _wanting(today, policy, extra)
    spent = Flag.objects.spent()
    keys = wanting.filter(pk__gt=after).values_list("pk", "case").order_by()
    closing = spent.filter(deadline__gt=after).values_list("deadline", "case").order_by()
    found = list(keys.union(closing).order_by("pk")[:size])
    counts = {"raised": 0, "climbed": 0, "closed": 0}
    if not found:
        return None, counts
    deadlines = [deadline for deadline, _ in found]
    with transaction.atomic():
        _hold_cases({case for _, case in found})
        counts["closed"] = spent.filter(deadline__in=deadlines).update(
            closed_on=Greatest(Value(today), "raised_on")
        )
        raised, climbed = _raise_or_climb(wanting.filter(pk__in=deadlines), today, policy, extra)
    counts.update(raised=raised, climbed=climbed)
    return (deadlines[-1] if len(found) == size else None), counts


def _hold_cases(cases):
    """Whoever does the work holds the case while it does: so nothing is flagged that was just done."""
    held = Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk"))


def _wanting(today, policy, extra):
    """Deadlines that should have a flag and have none, or one that should stand higher."""
    seniors = check_rungs(today, policy, extra)
    unanswered = Deadline.objects.unmet().unanswered(since=seniors[0][1])
    late = Q(due_on__lt=today) | Q(pk__in=unanswered.values("pk"))
    too_low = Q()
    for role in RANK:
        high_enough = [other for other in RANK if RANK[other] >= RANK[role]]
        too_low |= ~Q(flag__told__in=high_enough) & _reached(role, today, seniors, extra)
    unflagged = Q(flag=None) | Q(flag__closed_on__isnull=False)
    return Deadline.objects.unmet().ours().filter(late).filter(unflagged | too_low)


def _reached(role, today, seniors, extra):
    """Deadlines late enough for this role to be told."""
    reached = Q(pk__in=[])
    for kind in KINDS:
        for rung, latest in rungs(kind, today, extra):
            if rung == role:
                reached |= Q(kind=kind, due_on__lte=latest)
    latest = dict(seniors)[role]
    sent = Q(enquiry__sent_on__lte=latest) | Q(enquiry__sent_on=None, due_on__lte=latest)
    return reached | (Q(kind__in=CHECK_KINDS, case__standing__concern=True) & sent)


def _raise_or_climb(deadlines, today, policy, extra):
    """How many flags were raised or put up again, and how many moved up."""
    raised, moved, again = [], [], 0
    facts = deadlines.order_by("pk").values_list(
        "pk", "case", "flag__told", "flag__closed_on", *OWED, *QUESTION
    )
    for pk, case, told, closed_on, kind, triggered_on, due_on, concern, *question in facts:
        asked = Question(*question) if question[0] else None
        owed = Owed(kind, triggered_on, due_on, bool(concern), asked)
        flag = flag_for(owed, today, policy, extra)
        if flag is None:
            continue  # the rule decides; the query only narrows
        if told is None:
            raised.append((pk, case, flag.told, flag.why, flag.raised_on))
        elif closed_on or higher(told, flag.told) != told:
            moved.append((pk, higher(told, flag.told), flag.why))
            again += closed_on is not None
    with connection.cursor() as cursor:
        cursor.execute(RAISE, _columns(raised, 5))
        new = cursor.rowcount
        cursor.execute(CLIMB, [today, *_columns(moved, 3)])
    return new + again, len(moved) - again


def _columns(rows, width):
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
