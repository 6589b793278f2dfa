"""Putting somebody to work by the week, and every change of it. Each asks the one check, with what it rests on held.

How each is written: `unpaidwork.services.allocation_rows`; testing again what was allocated:
`unpaidwork.services.retesting`. Source: product rules, gates, evidence and states; report 4.1; contract SL006R.
"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.rewriting import rewritten
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.models import Work, WorkAllocation
from unpaidwork.queries.allocating import Ask, placing_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.rules.placing import as_begun
from unpaidwork.services.allocation_check import (
    Refused,
    check_may_allocate,
    held_board,
    keep_refusal,
    keeping_refusals,
)
from unpaidwork.services.allocation_rows import (
    MEANWHILE,
    as_it_stands,
    become,
    check_no_other,
    create,
    held,
    leave,
    marks,
    set_columns,
    settle_allocations,
    stop,
)

SAID = frozenset({"travel_help", "travel_because", "agreed_alone"})  # written over what stands
DID = {"resume": "resumed_work", "reopen": "reopened_work_allocation"}


@dataclass(frozen=True, slots=True)
class NotGiven:
    """One of many who was not given the place, and why."""

    work: Work
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of giving many people a place: those who have it, and those who do not, with the reasons."""

    made: tuple[WorkAllocation, ...]
    exceptions: tuple[NotGiven, ...]


def allocate(*, work, placing, by, now, seen=()):
    """Give somebody a place. `seen`: keys of the warnings that were read. Returns the allocation."""
    with keeping_refusals(by=by, crn=work.case.crn, act="allocate", project=placing.project):
        board, found = held_board([work], [placing.project], today=localtime(now).date())
        return _allocate(board, Ask(found[work.pk], placing), by=by, now=now, seen=seen)


@transaction.atomic
def allocate_many(*, works, placing, by, now, seen=()):
    """Give each of these the place, in the order they are given, until it is full.

    Whoever may not have it is an exception with the reasons, and the rest are written.
    """
    board, found = held_board(works, [placing.project], today=localtime(now).date())
    asked = [Ask(found[one.pk], placing) for one in works]
    board.measure(asked)
    made, exceptions = [], []
    for ask in asked:
        try:
            made.append(_allocate(board, ask, by=by, now=now, seen=seen))
            board.take(ask)
        except RuleBroken as refusal:
            crn, project = ask.work.case.crn, placing.project
            keep_refusal(refusal, by=by, crn=crn, act="allocate_many", project=project)
            exceptions.append(NotGiven(ask.work, _sentences(refusal)))
    return Bulk(tuple(made), tuple(exceptions))


def reassign(*, allocation, placing, because, by, now, seen=()):
    """Move somebody to another place: this one ends, and the other begins, both or neither. Returns the new one."""
    crn = allocation.case.crn
    with keeping_refusals(by=by, crn=crn, act="reassign", project=placing.project):
        projects = [allocation.project_id, placing.project]
        board, found = held_board([allocation.work], projects, today=localtime(now).date())
        stood = as_it_stands(allocation)
        ask = Ask(found[stood.work_id], placing, but=stood.pk)
        become(stood, AllocationState.ENDED, because)
        passed = check_may_allocate(board, ask, by=by, now=now, seen=seen)
        stood.save(update_fields=["state", "state_because"])
        made = create(ask, passed, by=by, now=now)
        leave(stood, by=by, now=now)
        record(by=by, action="reassigned_work", crn=crn, allocation=stood.pk, to=made.pk)
        settle_allocations(stood.case, by=by, now=now)
        return made


def resume(*, allocation, by, now, seen=()):
    """Have a suspended place stand again, by the same check."""
    return _back(allocation, "resume", AllocationState.SUSPENDED, by=by, now=now, seen=seen)


def reopen(*, allocation, by, now, seen=(), from_on=None, to_on=None):
    """Have a place that had ended stand again, from that day, by the same check."""
    days = {"from_on": from_on or localtime(now).date(), "to_on": to_on}
    return _back(allocation, "reopen", AllocationState.ENDED, by=by, now=now, seen=seen, **days)


def change_allocation(*, allocation, by, now, seen=(), **changes):
    """Change its days, hours, stop or what was agreed: asked of the same check, as it would stand.

    `changes`: fields of `rules.placing.Placing` but the project. Returns it.
    """
    crn, project = allocation.case.crn, allocation.project_id
    with keeping_refusals(by=by, crn=crn, act="change", project=project):
        board, found = held_board([allocation.work], [project], today=localtime(now).date())
        stood = as_it_stands(allocation)
        if stood.state == AllocationState.ENDED:
            raise RuleBroken(MEANWHILE)
        before = placing_of(stood)
        placing = replace(before, **_with_names(changes, before, case=stood.case, by=by))
        ask = Ask(found[stood.work_id], as_begun(placing, before, board.today), but=stood.pk)
        if stood.state == AllocationState.ACTIVE:
            passed = check_may_allocate(board, ask, by=by, now=now, seen=seen)
            stood.evidence, stood.override_id = passed.evidence, passed.override
        check_no_other(stood.work_id, project, placing.weekday, but=stood.pk)
        set_columns(stood, placing)
        stood.save()
        leave(stood, by=by, now=now, only_outside=True)
        record(by=by, action="changed_work_allocation", crn=crn, **marks(stood))
        settle_allocations(stood.case, by=by, now=now)
        return stood


def _with_names(changes, before, *, case, by):
    """The changes, with the names in their words that whoever changes them may not read."""
    return {
        name: rewritten(value, getattr(before, name), case=case, by=by) if name in SAID else value
        for name, value in changes.items()
    }


@transaction.atomic
def suspend(*, allocation, because, by, now):
    """Stop it for a time: what is to come is called off, and other work is to be found."""
    stood = held(allocation)
    become(stood, AllocationState.SUSPENDED, because)
    return stop(stood, "suspended_work", by=by, now=now)


@transaction.atomic
def end_allocation(*, allocation, because, by, now):
    """End it: what is to come is called off, and where hours are left other work is to be found."""
    stood = held(allocation)
    become(stood, AllocationState.ENDED, because)
    return stop(stood, "ended_work_allocation", by=by, now=now)


def _allocate(board, ask, *, by, now, seen):
    passed = check_may_allocate(board, ask, by=by, now=now, seen=seen)
    made = create(ask, passed, by=by, now=now)
    record(by=by, action="allocated_work", crn=ask.work.case.crn, **marks(made))
    settle_allocations(ask.work.case, by=by, now=now)
    return made


def _back(allocation, act, was, *, by, now, seen, **days):
    """Active again, where the check lets it, from today at the earliest."""
    crn, project = allocation.case.crn, allocation.project_id
    with keeping_refusals(by=by, crn=crn, act=act, project=project):
        board, found = held_board([allocation.work], [project], today=localtime(now).date())
        stood = as_it_stands(allocation)
        if stood.state != was:
            raise RuleBroken(MEANWHILE)
        before = placing_of(stood)
        placing = replace(before, **days) if days else before
        ask = Ask(found[stood.work_id], as_begun(placing, before, board.today), but=stood.pk)
        passed = check_may_allocate(board, ask, by=by, now=now, seen=seen)
        check_no_other(stood.work_id, project, placing.weekday, but=stood.pk)
        set_columns(stood, placing)
        stood.state, stood.state_because = AllocationState.ACTIVE, ""
        stood.evidence, stood.override_id = passed.evidence, passed.override
        stood.save()
        record(by=by, action=DID[act], crn=crn, **marks(stood))
        settle_allocations(stood.case, by=by, now=now)
        return stood


def _sentences(refusal):
    if isinstance(refusal, Refused):
        return tuple(one.sentence for one in (refusal.found or refusal.unread))
    return (str(refusal),)
