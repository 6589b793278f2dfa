"""What is proposed to people by itself: written when they are placed, and taken back when it is no longer what would be.

Source: HMIP Thames Valley CRC 2018, Annex 3 (referral from the outset); features 71 and 72. Only what changed is written.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from cases.models import Case
from cases.queries.among import among
from cases.reference.codes import Place
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from grid.models import Referral
from grid.queries.referrals import Beside, beside, to_look_at
from grid.reference.groups import ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.rules import proposals as rules
from grid.rules.suitability import Suitability
from grid.services.halves import by_halves
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.audit import record_each

PROPOSING = "propose_interventions"  # the job
CHUNK = 1000  # cases
OWES = "answer_intervention"
ROWS_A_STATEMENT = 2000


@dataclass(frozen=True, slots=True)
class Change:
    """What of one case is to be written: what lapses and why, and what is proposed."""

    case_id: int
    beside: Beside
    lapses: rules.Earlier | None
    lapsed_because: str
    proposed: Suitability | None


@transaction.atomic
def propose_for(*, case_ids, today):
    """Propose to these people what suits them first, and take back what no longer does, in a fixed number of statements.

    Only to those who are placed in a group of the GRID and whose sentence began lately. Nothing is locked where nothing
    changes, and what would change is decided again under its lock. Gives how many were proposed and how many lapsed.
    """
    policies = grid_policy(today), intervention_policy(today)
    moved = [one.case_id for one in _changes(case_ids, policies, today)]
    if not moved:
        return Counter(proposed=0, lapsed=0)
    held = Case.objects.filter(pk__in=among(moved)).order_by("pk")
    locked = list(held.select_for_update(no_key=True).values_list("pk", flat=True))
    changes = _changes(locked, policies, today)
    _lapse([one for one in changes if one.lapses], today)
    _propose([one for one in changes if one.proposed], policies[1], today)
    return Counter(
        proposed=sum(one.proposed is not None for one in changes),
        lapsed=sum(one.lapses is not None for one in changes),
    )


def propose_chunk(*, after, today, size=CHUNK):
    """Propose to the next cases by key, as a step of `cases.services.jobs.run_job`."""
    cases = to_look_at(intervention_policy(today), today).filter(pk__gt=after)
    ids = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    if not ids:
        return None, {}
    return (ids[-1] if len(ids) == size else None), propose_apart(ids, today)


def propose_apart(ids, today):
    """To these together; where that fails by halves, so that one case at fault holds up no other. Gives what was counted."""
    return by_halves(ids, lambda those: propose_for(case_ids=those, today=today), "proposed to")


def _changes(case_ids, policies, today):
    """Of the cases for which something is to be written, what it is."""
    wanted = to_look_at(policies[1], today).filter(pk__in=among(case_ids))
    ids = list(wanted.order_by("pk").values_list("pk", flat=True))
    found = beside(ids, today, *policies) if ids else {}
    weeks = policies[1].groups.recent_weeks
    changes = (_change(pk, one, weeks, today) for pk, one in found.items())
    return [one for one in changes if one.lapses or one.proposed]


def _change(pk, found, weeks, today):
    waits = next((one for one in found.earlier if one.state is ReferralState.PROPOSED), None)
    ours = found.outcome.place == Place.GROUP and not found.out
    now = rules.proposable(found.ranking, found.earlier, today) if ours else None
    if waits is None:
        lately = rules.is_recent(found.sentence, today, weeks)
        return Change(pk, found, None, "", now if lately else None)
    if rules.stands(waits, now):
        return Change(pk, found, None, "", None)
    why = rules.why_lapsed(waits, now, found.ranking, found.judged) if ours else _why_not(found)
    return Change(pk, found, waits, why, now)


def _why_not(found):
    """Of somebody to whom nothing is proposed."""
    out = found.out or "what places them in the GRID is not known any more"
    return f"Not proposed any more: {out}."


def _lapse(changes, today):
    """With the clocks of their answers, which nobody owes any more."""
    if not changes:
        return
    why = {one.lapses.key: one.lapsed_because for one in changes}
    rows = list(Referral.objects.filter(pk__in=why))
    for one in rows:
        one.state, one.closed_on = ReferralState.LAPSED, today
        one.closed_because = why[one.pk]
    columns = ["state", "closed_on", "closed_because"]
    Referral.objects.bulk_update(rows, columns, batch_size=ROWS_A_STATEMENT)
    ids = [one.case_id for one in changes]
    meet_deadlines(kind=OWES, case_ids=ids, by=None, today=today, void=True)
    told = [(one.beside.crn, {"intervention": one.lapses.code}) for one in changes]
    record_each(by=None, action="lapsed_referral", rows=told)


def _propose(changes, policy, today):
    if not changes:
        return
    Referral.objects.bulk_create(
        [_referral(one, policy, today) for one in changes], batch_size=ROWS_A_STATEMENT
    )
    days = policy.answer_working_days
    rows = [DeadlineRow(one.case_id, today, _owed(one), days=days) for one in changes]
    open_deadlines(kind=OWES, rows=rows, by=None, today=today)
    told = [(one.beside.crn, {"intervention": one.proposed.intervention.code}) for one in changes]
    record_each(by=None, action="proposed_intervention", rows=told)


def _referral(one, policy, today):
    return Referral(
        case_id=one.case_id,
        code=one.proposed.intervention.code,
        hook=one.proposed.by.hook,
        ordered=rules.is_ordered(one.proposed),
        proposed_on=today,
        because=rules.because(one.beside.ranking),
        evidence=rules.evidence_of(one.proposed),
        policy_version=policy.version,
    )


def _owed(one):
    title = INTERVENTIONS[one.proposed.intervention.code].title
    if rules.is_front_loaded(one.beside.person):
        return f"{title} is proposed. The first 60 days come first"
    return f"{title} is proposed"
