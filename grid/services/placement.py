"""Placing people in the GRID, one or thousands by the same rule, and telling each case where it stands.

Source: product rules, GRID. Only what changed is written: a second run on the same facts writes nothing.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from cases.models import Case
from cases.reference.codes import Place
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.standing import StandingRow, set_standings
from grid.models import Escalation, Judgement, Placement
from grid.queries.among import among
from grid.queries.facts import Gathered, gather
from grid.queries.placed import EVIDENCE, written_for
from grid.rules.evidence import evidence
from grid.rules.placement import RULES, Outcome, place
from grid.services.policy import grid_policy
from staff.audit import record_many

ENDINGS = {  # what is said of an escalation when the person is no longer escalated
    Place.GROUP: "The risk no longer calls for escalation",
    Place.CANNOT: "The risk no longer calls for escalation",
    Place.RETAINED: "The NPS manages this person",
    Place.NO_SENTENCE: "There is no active sentence",
}
DECIDED = frozenset({Place.GROUP, Place.ESCALATE})  # placed, as against no longer to be placed
ROWS_A_STATEMENT = 2000


@dataclass(frozen=True, slots=True)
class Plan:
    """What placing one case comes to, and which of its rows that would change."""

    read: Gathered
    outcome: Outcome
    columns: dict
    standing: StandingRow
    placement_differs: bool
    standing_differs: bool
    first: bool  # never placed before
    escalated: bool
    owing: bool
    run_out: bool

    @property
    def differs(self):
        return (
            self.placement_differs
            or self.standing_differs
            or self.run_out
            or self.escalated != (self.outcome.place == Place.ESCALATE)
            or self.owing != (self.outcome.place == Place.CANNOT)
        )


@transaction.atomic
def place_person(*, case, by, today):
    """Place one person on the facts as they stand; gives the placement that then holds."""
    place_many(case_ids=[case.pk], by=by, today=today, changed=True)
    return Placement.objects.current().get(case=case)


@transaction.atomic
def place_many(*, case_ids, today, by=None, changed=False):
    """Place these people with a fixed number of statements, writing only what changed.

    Gives how many came out at each place, and how many placements and standings were written.
    Nothing is locked where nothing changed, and what would change is decided again under its lock;
    `changed` says that all of these have, so that they are locked at once and decided once.
    """
    policy = grid_policy(today)
    plans = {} if changed else _plan(case_ids, policy, today)
    moved = case_ids if changed else [pk for pk, plan in plans.items() if plan.differs]
    written: Counter[str] = Counter()
    if moved:
        held = Case.objects.filter(pk__in=among(moved)).order_by("pk")
        locked = held.select_for_update(no_key=True).values_list("pk", flat=True)
        decided = _plan(list(locked), policy, today)
        written = _write([plan for plan in decided.values() if plan.differs], by=by, today=today)
        plans |= decided
    outcomes = Counter(plan.outcome.place for plan in plans.values())
    return {str(each): outcomes[each] for each in Place} | {
        "placements_written": written["placements"],
        "standings_written": written["standings"],
    }


def _plan(case_ids, policy, today):
    written = written_for(case_ids, today)
    return {
        case_id: _plan_one(read, place(read.facts, policy), policy, written, today)
        for case_id, read in gather(case_ids, today).items()
    }


def _plan_one(read, outcome, policy, written, today):
    case_id, judgement = read.case_id, read.facts.judgement
    columns = {
        "place": outcome.place,
        "level": outcome.level,
        "band": outcome.band,
        "needs": list(outcome.needs),
        "because": outcome.because,
        "facts": evidence(read.facts, outcome),
        "rules": RULES,
        "policy_version": policy.version,
        "judgement_id": outcome.judged and outcome.judged.id,
    }
    current = written.placements.get(case_id)
    differs = current is None or current.evidence != tuple(columns[name] for name in EVIDENCE)
    standing = StandingRow(
        case_id=case_id,
        place=outcome.place,
        group=outcome.group,
        needs=outcome.needs_in_words,
        harm=outcome.harm.level if outcome.harm else "",
        contact_level=outcome.contact_level,
        holding=outcome.holding,
        concern=outcome.concern,
        expires_on=judgement and judgement.until_on,
        placed_on=today if differs else current.placed_on,
        facts_as_at=read.as_at,
    )
    return Plan(
        read=read,
        outcome=outcome,
        columns=columns,
        standing=standing,
        placement_differs=differs,
        standing_differs=written.standings.get(case_id) != standing,
        first=current is None,
        escalated=case_id in written.escalated,
        owing=case_id in written.owing,
        run_out=case_id in written.run_out,
    )


def _write(plans, *, by, today):
    replaced = [plan for plan in plans if plan.placement_differs]
    _supersede(replaced, by=by, today=today)
    standings = set_standings(rows=[plan.standing for plan in plans if plan.standing_differs])
    _end_judgements([plan for plan in plans if plan.run_out], by=by, today=today)
    _escalate(plans, by=by, today=today)
    _owe_a_place(plans, by=by, today=today)
    return Counter(placements=len(replaced), standings=standings)


def _supersede(plans, *, by, today):
    ids = [plan.read.case_id for plan in plans]
    last_day = Greatest("placed_on", Value(today, DateField()))  # a run may be as at an earlier day
    Placement.objects.filter(case__in=among(ids)).current().update(superseded_on=last_day)
    Placement.objects.bulk_create(
        [
            Placement(case_id=plan.read.case_id, placed_by=by, placed_on=today, **plan.columns)
            for plan in plans
        ],
        batch_size=ROWS_A_STATEMENT,
    )
    crns = defaultdict(list)
    for plan in plans:
        crns[plan.outcome.place].append(plan.read.crn)
    for outcome, those in sorted(crns.items()):
        record_many(by=by, action="placed_in_grid", crns=those, place=str(outcome))


def _end_judgements(plans, *, by, today):
    """Those whose day has passed, with any request to lower what they raised."""
    ids = [plan.read.case_id for plan in plans]
    judgements = Judgement.objects.filter(case__in=ids)
    judgements.run_out(today).update(state=Judgement.State.ENDED)
    judgements.awaiting().update(state=Judgement.State.ENDED)
    meet_deadlines(kind="decide_lowering", case_ids=ids, by=by, today=today, void=True)


def _escalate(plans, *, by, today):
    opened = [p for p in plans if p.outcome.place == Place.ESCALATE and not p.escalated]
    Escalation.objects.bulk_create(
        [
            Escalation(case_id=plan.read.case_id, because=plan.outcome.because, opened_on=today)
            for plan in opened
        ],
        batch_size=ROWS_A_STATEMENT,
    )
    rows = [DeadlineRow(plan.read.case_id, today, plan.outcome.because) for plan in opened]
    open_deadlines(kind="escalate_risk", rows=rows, by=by, today=today)
    closed = [p for p in plans if p.outcome.place != Place.ESCALATE and p.escalated]
    for outcome, ids in _by_place(closed):
        unsettled = Escalation.objects.filter(case__in=ids).unsettled()
        unsettled.update(closed_on=today, outcome=ENDINGS[outcome])
        settled = outcome == Place.RETAINED
        meet_deadlines(kind="escalate_risk", case_ids=ids, by=by, today=today, void=not settled)


def _owe_a_place(plans, *, by, today):
    unplaced = [p for p in plans if p.outcome.place == Place.CANNOT and not p.owing]
    rows = [DeadlineRow(plan.read.case_id, *_since(plan, today)) for plan in unplaced]
    open_deadlines(kind="place_person", rows=rows, by=by, today=today)
    no_longer = [p for p in plans if p.outcome.place != Place.CANNOT and p.owing]
    for outcome, ids in _by_place(no_longer):
        void = outcome not in DECIDED
        meet_deadlines(kind="place_person", case_ids=ids, by=by, today=today, void=void)


def _since(plan, today):
    """From arrival for somebody never placed before, otherwise from the day it stopped being possible."""
    arrived_on = plan.read.arrived_on
    if plan.first and arrived_on and arrived_on <= today:
        return arrived_on, f"Arrived and not placed: {plan.outcome.because}"
    return today, plan.outcome.because


def _by_place(plans):
    ids = defaultdict(list)
    for plan in plans:
        ids[plan.outcome.place].append(plan.read.case_id)
    return sorted(ids.items())
