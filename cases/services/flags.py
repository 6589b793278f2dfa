"""Raising a flag over what is late, moving it up its ladder and closing it, through the whole caseload.

What should be flagged follows from the deadlines alone, so that runs may overlap, repeat or die and
the flags come out the same. Flags are evidence themselves: each keeps when it was raised, climbed
and closed. Source: product rules, checks; architecture, "set-based at scale".
"""

from bisect import bisect_right
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from cases.models import Case, Deadline, Flag
from cases.reference.deadlines import CHECK_KINDS, KINDS
from cases.rules.checks import check_rungs
from cases.rules.deadlines import RANK, rank, rungs
from cases.rules.flags import Owed, Question, flag_for, higher
from cases.services.policy import check_policy, clocks
from staff.permissions import Role

CHUNK = 5000  # flags
OWED = ("kind", "triggered_on", "due_on", "case__standing__concern")
QUESTION = (
    "enquiry__kind",
    "enquiry__state",
    "enquiry__triggered_on",
    "enquiry__sent_on",
    "enquiry__replied_on",
    "enquiry__chases",
)
# Who may be told of a flag before this role is
BELOW = {role: [other for other in Role if rank(other) < rank(role)] for role in RANK}
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


def flag_overdue(*, today, size=CHUNK):
    """A step of `cases.services.jobs.run_job`: flags to raise, move or close, by key of deadline.

    Where to look is asked once, as the run begins or resumes; each chunk then decides again while it
    holds the cases. It counts how many flags were raised, climbed and closed.
    """
    rules, places = None, []

    def step(after):
        nonlocal rules, places
        if rules is None:
            rules = (today, check_policy(today), clocks(today).extra_bank_holidays)
            places = _where_to_look(after, *rules)
        begin = bisect_right(places, after, key=itemgetter(0))
        chunk = places[begin : begin + size]
        counts = _flag(chunk, *rules) if chunk else {}
        return (chunk[-1][0] if begin + size < len(places) else None), counts

    return step


@transaction.atomic
def _flag(chunk, today, policy, extra):
    deadlines = [deadline for deadline, _ in chunk]
    _hold_cases({case for _, case in chunk})
    closed = Flag.objects.spent().filter(deadline__in=deadlines)
    closed = closed.update(closed_on=Greatest(Value(today), "raised_on"))
    raised, climbed = _raise_or_climb(deadlines, today, policy, extra)
    return {"raised": raised, "climbed": climbed, "closed": closed}


def _hold_cases(cases):
    """Whoever does the work holds the case while it does: so nothing is flagged that was just done."""
    held = Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk"))


def _where_to_look(after, today, policy, extra):
    """Keys of deadlines and their cases: late and unflagged, flagged too low, flagged needlessly."""
    seniors = check_rungs(today, policy, extra)
    owed = Deadline.objects.unmet().ours().filter(pk__gt=after)
    late = owed.overdue(today)
    silent = owed.filter(due_on__gte=today).unanswered(since=seniors[0][1])
    raised = owed.filter(flag__closed_on=None)
    too_low = [
        raised.filter(flag__told__in=BELOW[role]).filter(_reached(role, today, seniors, extra))
        for role in RANK
    ]
    looks = [
        late.filter(flag=None),
        late.filter(flag__closed_on__isnull=False),
        silent.filter(flag=None),
        silent.filter(flag__closed_on__isnull=False),
        *too_low,
        Deadline.objects.filter(pk__gt=after, flag__in=Flag.objects.spent()),
    ]
    first, *others = (look.order_by().values_list("pk", "case") for look in looks)
    return list(first.union(*others).order_by("pk"))


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
    owed = Deadline.objects.unmet().ours().filter(pk__in=deadlines)
    facts = owed.order_by("pk").values_list(
        "pk", "case", "flag__told", "flag__closed_on", *OWED, *QUESTION
    )
    for pk, case, told, closed_on, kind, triggered_on, due_on, concern, *question in facts:
        asked = Question(*question) if question[0] else None
        known = Owed(kind, triggered_on, due_on, bool(concern), asked)
        flag = flag_for(known, today, policy, extra)
        if flag is None:
            continue  # the rule decides; the query only says where to look
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
