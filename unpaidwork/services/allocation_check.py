"""The one check behind every way of putting somebody to work, and the evidence it leaves.

Allocating one or many, moving, reopening, resuming, changing days, stop or way, and the command: each calls
`check_may_allocate` with the project and the case held. Source: product rules, gates and evidence; report 4.1.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.among import among
from cases.rules.gaps import Found, gates, warnings
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.models import Project, Work, WorkRisk
from unpaidwork.queries.allocating import board_of
from unpaidwork.queries.gate import overrides_used, passed_by
from unpaidwork.rules.gate import VERSION

NOT_READ = "Read this first, and say that you have: "
SITE_VERSION = 1  # of `site_gate`, `group_gate` and `placing`, kept with each decision


class Refused(RuleBroken):
    """What stands in the way. `found`: each thing, in the words of the page."""

    def __init__(self, found, unread=()):
        self.found, self.unread = list(found), list(unread)
        said = " ".join(one.sentence for one in self.found or self.unread)
        super().__init__(said if self.found else f"{NOT_READ}{said}")


@dataclass(frozen=True, slots=True)
class Passed:
    """What is kept of a check that let somebody pass."""

    evidence: dict
    override: int | None


def check_may_allocate(board, ask, *, by, now, seen=()):
    """Refuse unless this person may have this place, by this user. `seen`: keys of the warnings that were read.

    The caller holds the project and the case. Returns the evidence.
    """
    today, case = localtime(now).date(), ask.work.case
    found = board.found(ask)
    left = passed_by(case, found, by, today)
    unread = [one for one in warnings(left) if one.key not in set(seen)]
    if gates(left) or unread:
        raise Refused(gates(left), unread)
    passed = [one for one in gates(found) if one not in left]
    used = overrides_used(case, passed, today) if passed else []
    evidence = _evidence(board, ask, found, used, seen=seen, by=by, now=now)
    return Passed(evidence, used[0]["override"] if used else None)


def _evidence(board, ask, found, used, *, seen, by, now):
    """Facts, versions, and who let it pass. Nobody is named, and no place of a victim."""
    case, site = ask.work.case_id, board.sites[ask.placing.project]
    worker, hours = board.workers[case], board.hours[ask.work.pk]
    risk = WorkRisk.objects.in_force().filter(case=case).values_list("pk", flat=True).first()
    return {
        "rules": {"case": VERSION, "site": SITE_VERSION, "policy": board.policy.version},
        "risk": risk,
        "restrictions": sorted(one.id for one in board.restricted.get(case, ())),
        "dangers": sorted(worker.dangers),
        "body": sorted(worker.body),
        "choice": worker.choice,
        "apart": sorted(worker.apart),
        "site": {
            "point": list(site.point),
            "checked_on": site.checked_on and site.checked_on.isoformat(),
            "near": sorted(site.near),
            "tools": sorted(site.tools),
            "stop": ask.placing.stop,
        },
        "left": hours.left,
        "minutes_away": board.minutes_away(ask),
        "found": [_kept(one) for one in found],
        "read": sorted(set(seen) & {one.key for one in found}),
        "overrides": used,
        "by": by.pk if by else None,
        "at": now.isoformat(),
    }


def _kept(found: Found):
    return {"key": found.key, "weight": str(found.weight), "sentence": found.sentence}


def held_board(works, projects, *, today):
    """The board, with the projects and then the cases held, so that what it says stays true until we have written.

    In this order everywhere: projects by their key, then cases by theirs. Returns (board, {key: Work}).
    """
    keys = sorted({getattr(one, "pk", one) for one in projects})
    list(Project.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    fresh = Work.objects.filter(pk__in=[one.pk for one in works])
    hold_cases([one.case_id for one in works])
    found = {one.pk: one for one in fresh.select_related("case", "requirement__sentence")}
    return board_of(list(found.values()), keys, today), found


def hold_cases(case_ids):
    """Hold the rows of these cases, in order; returns their keys."""
    cases = Case.objects.filter(pk__in=among(set(case_ids))).order_by("pk")
    return list(cases.select_for_update(no_key=True).values_list("pk", flat=True))


@contextmanager
def keeping_refusals(*, by, crn, act, project):
    """One transaction, of which a refusal is kept in the trail although nothing else is."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        keep_refusal(refusal, by=by, crn=crn, act=act, project=project)
        raise


def keep_refusal(refusal, *, by, crn, act, project):
    """Who was refused what, and why, by keys: the words may be about somebody."""
    keys = []
    if isinstance(refusal, Refused):
        keys = [one.key for one in (refusal.found or refusal.unread)]
    record(
        by=by,
        action="allocated_work",
        crn=crn,
        refused=True,
        act=act,
        project=project,
        keys=keys,
    )
