"""Opening, moving and meeting what is owed on a case. Nothing else writes a deadline.

Source: architecture, deadlines; product rules, clocks.
"""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from cases.models import Case, Deadline, Flag
from cases.reference.deadlines import ABOUT, KINDS
from cases.rules.deadlines import due_on, is_overdue
from cases.services.policy import clocks
from cases.services.standing_still import keep_still
from staff.audit import record

LONGEST_WHY = 200  # characters that are kept


def due_under(policy, kind, triggered_on, lengths=None):
    """The due date by the policy on clocks; `lengths` are the working days another policy allows."""
    return due_on(
        kind, triggered_on, {**policy.lengths, **(lengths or {})}, policy.extra_bank_holidays
    )


@transaction.atomic
def open_deadline(*, case, kind, triggered_on, why, by, today, lengths=None, due_on=None, **about):
    """Start this clock, unless it is already running; returns the one that runs.

    `why` is the rule and the fact behind it, for staff; `lengths` the working days that another
    policy allows, by kind; `due_on` a day that the work names itself. `about` is what of the case
    it is owed on, where that is one thing of several: one of ABOUT.
    """
    _hold(case)
    running = _running(case, kind, about)
    if running:
        return running
    deadline = Deadline.objects.create(
        case=case,
        kind=kind,
        **about,
        owner_role=KINDS[kind].owner,
        triggered_on=triggered_on,
        due_on=due_on or due_under(clocks(today), kind, triggered_on, lengths),
        why=why[:LONGEST_WHY],
    )
    record(by=by, action="opened_deadline", crn=case.crn, kind=kind, deadline=deadline.pk)
    _, stopped = keep_still(case_ids=[case.pk], by=by, today=today)
    if stopped:
        deadline.refresh_from_db()
    return deadline


@transaction.atomic
def meet_deadline(*, case, kind, by, today, void=False, on=None, **about):
    """Stop this clock, if it is running, and close its flag at once; whether it was running.

    `void`: no longer owed, rather than done. `on`: the day it was done, when that is not today.
    """
    _hold(case)
    running = _running(case, kind, about)
    if not running:
        return False
    Deadline.objects.filter(pk=running.pk).update(met_on=on or today, void=void, paused_on=None)
    Flag.objects.raised().filter(deadline=running).update(
        closed_on=Greatest(Value(today), "raised_on")
    )
    record(by=by, action="met_deadline", crn=case.crn, kind=kind, deadline=running.pk, void=void)
    return True


@transaction.atomic
def run_from(*, case, kind, triggered_on, by, today, **about):
    """Have this clock run from another day than it does, if it is running; whether it moved.

    A flag over it closes where it is not late any more.
    """
    _hold(case)
    running = _running(case, kind, about)
    if not running or running.triggered_on == triggered_on:
        return False
    due_on = due_under(clocks(today), kind, triggered_on)
    _move(running, {"triggered_on": triggered_on, "due_on": due_on}, by=by, today=today)
    return True


@transaction.atomic
def wait_until(*, case, kind, due_on, by, today, **about):
    """Have this clock run to a later day, if it is running and would end before; whether it moved.

    A flag over it closes where it is not late any more.
    """
    _hold(case)
    running = _running(case, kind, about)
    if not running or running.due_on >= due_on:
        return False
    _move(running, {"due_on": due_on}, by=by, today=today)
    return True


def _hold(case):
    """Nobody else writes of the case meanwhile. Its row is not read, as nothing of it is asked here."""
    Case.objects.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)


def _move(running, to, *, by, today):
    Deadline.objects.filter(pk=running.pk).update(**to)
    if not is_overdue(to["due_on"], today):
        Flag.objects.raised().filter(deadline=running).update(
            closed_on=Greatest(Value(today), "raised_on")
        )
    crn = running.case.crn
    record(by=by, action="moved_deadline", crn=crn, kind=running.kind, deadline=running.pk)


def _running(case, kind, about):
    """The clock that runs: of one thing only where `about` says which, and otherwise of no one thing.

    Few of a kind run on a case. That each is of nothing else is looked at here: to word it took longer than to ask.
    """
    told = {name: thing for name, thing in about.items() if thing is not None}
    others = [f"{name}_id" for name in ABOUT if name not in told]
    running = Deadline.objects.unmet().filter(case=case, kind=kind, **told).order_by("pk")
    return next((one for one in running if not any(getattr(one, name) for name in others)), None)
