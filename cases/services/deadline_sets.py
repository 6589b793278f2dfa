"""Opening and meeting the same kind of deadline on many cases at once, in a few statements.

Source: architecture, set-based at scale. The caller holds the rows of the cases locked; what one
case's deadline means and when it falls due is as in `cases.services.deadlines`.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from cases.models import Case, Deadline, Flag
from cases.reference.deadlines import ABOUT, KINDS
from cases.rules.deadlines import is_overdue
from cases.services.deadlines import LONGEST_WHY, due_under
from cases.services.policy import clocks
from cases.services.standing_still import keep_still
from staff.audit import record_many
from staff.permissions import Role

ROWS_A_STATEMENT = 2000
OF_NO_ONE_THING = dict.fromkeys(ABOUT)  # owed on the case as a whole


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline to be opened. `why` is the rule and the fact behind it, for staff.

    `days`: working days that another policy allows it. `due_on`: a day that the work names itself. `owner`: whose it
    is on this case, where that is not as the kind says.
    """

    case_id: int
    triggered_on: date
    why: str
    days: int | None = None
    due_on: date | None = None
    owner: Role | None = None


@transaction.atomic
def open_deadlines(*, kind, rows, by, today):
    """Start this clock on each of these cases where it is not running. Returns how many started.

    One that runs is handed over where it has become somebody else's.
    """
    if not rows:
        return 0
    running = Deadline.objects.unmet().filter(
        kind=kind, case__in=[row.case_id for row in rows], **OF_NO_ONE_THING
    )
    running = dict(running.values_list("case_id", "owner_role"))
    _hand_over(kind, [row for row in rows if row.case_id in running], running, by=by)
    wanted: list[tuple[DeadlineRow, dict]] = [
        (row, {}) for row in rows if row.case_id not in running
    ]
    return _open(kind, wanted, by=by, today=today)


@transaction.atomic
def open_on_appointments(*, kind, rows, by, today):
    """Start this clock on each of these appointments, by (its key, its row), where it never ran before.

    Returns how many started.
    """
    keys = [key for key, _ in rows]
    owed = Deadline.objects.filter(kind=kind, appointment__in=keys)
    had = set(owed.values_list("appointment_id", flat=True))
    wanted = [(row, {"appointment_id": key}) for key, row in rows if key not in had]
    return _open(kind, wanted, by=by, today=today)


def _hand_over(kind, rows, running, *, by):
    """Those that run to whose they are by now. `running`: {case: whose it is}"""
    moved: dict[Role, list[int]] = {}
    for row in rows:
        owner = row.owner or KINDS[kind].owner
        if running[row.case_id] != owner:
            moved.setdefault(owner, []).append(row.case_id)
    for owner, cases in moved.items():
        theirs = Deadline.objects.unmet().filter(kind=kind, case__in=cases, **OF_NO_ONE_THING)
        theirs.update(owner_role=owner)
        _audit("handed_over_deadline", kind, cases, by=by, to=str(owner))


def _open(kind, wanted, *, by, today):
    """`wanted`: (its row, what of the case it is about)."""
    policy = clocks(today)
    opened = Deadline.objects.bulk_create(
        [
            Deadline(
                case_id=row.case_id,
                kind=kind,
                **about,
                owner_role=row.owner or KINDS[kind].owner,
                triggered_on=row.triggered_on,
                due_on=row.due_on
                or due_under(policy, kind, row.triggered_on, row.days and {kind: row.days}),
                why=row.why[:LONGEST_WHY],
            )
            for row, about in wanted
        ],
        batch_size=ROWS_A_STATEMENT,
    )
    crns, _ = keep_still(case_ids=[row.case_id for row in opened], by=by, today=today)
    record_many(by=by, action="opened_deadline", crns=crns, kind=kind)
    return len(opened)


@transaction.atomic
def move_deadlines(*, kind, rows, by, today):
    """Have what runs on these cases be due on the day that the work names by now. Returns how many moved.

    It runs from the earlier of both days: what is due sooner than it began was owed before. A flag over one closes
    where it is not late any more.
    """
    named = {row.case_id: row for row in rows if row.due_on}
    running = Deadline.objects.unmet().filter(kind=kind, case__in=named, **OF_NO_ONE_THING)
    moved = [one for one in running if one.due_on != named[one.case_id].due_on]
    for one in moved:
        row = named[one.case_id]
        one.due_on, one.why = row.due_on, row.why[:LONGEST_WHY]
        one.triggered_on = min(one.triggered_on, row.triggered_on)
    columns = ["triggered_on", "due_on", "why"]
    Deadline.objects.bulk_update(moved, columns, batch_size=ROWS_A_STATEMENT)
    on_time = [one.pk for one in moved if not is_overdue(one.due_on, today)]
    Flag.objects.raised().filter(deadline__in=on_time).update(
        closed_on=Greatest(Value(today), "raised_on")
    )
    if moved:
        _audit("moved_deadline", kind, [one.case_id for one in moved], by=by)
    return len(moved)


@transaction.atomic
def meet_deadlines(*, kind, case_ids, by, today, void=False, on=None):
    """Stop this clock on each of these cases where it runs, and close its flags. Returns how many.

    `void`: no longer owed, rather than done. `on`: the day it was done, when that is not today.
    """
    running = Deadline.objects.unmet().filter(kind=kind, case__in=case_ids, **OF_NO_ONE_THING)
    met = dict(running.values_list("pk", "case_id"))
    if not met:
        return 0
    Deadline.objects.filter(pk__in=met).update(met_on=on or today, void=void, paused_on=None)
    Flag.objects.raised().filter(deadline__in=met).update(
        closed_on=Greatest(Value(today), "raised_on")
    )
    _audit("met_deadline", kind, list(met.values()), by=by, void=void)
    return len(met)


def _audit(action, kind, case_ids, *, by, **detail):
    crns = Case.objects.filter(pk__in=case_ids).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action=action, crns=list(crns), kind=kind, **detail)
