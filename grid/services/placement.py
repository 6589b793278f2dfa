"""Placing people in the GRID, one or thousands by the same rule, and telling each case where it stands.

Source: product rules, GRID. Only what changed is written: a second run on the same facts writes nothing.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from cases.models import Case
from cases.queries.among import among
from cases.reference.codes import Place
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.standing import StandingRow, set_standings
from grid.models import Judgement, Placement
from grid.queries.facts import Gathered, gather
from grid.queries.placed import EVIDENCE, Open, written_for
from grid.rules.escalation import QUIET, is_ended_by_placing, new_harm
from grid.rules.evidence import evidence
from grid.rules.judgement import OUTSIDE
from grid.rules.placement import RULES, Outcome, place
from grid.services.escalated import follow_placing
from grid.services.policy import grid_policy
from staff.audit import record_many

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
    escalated: Open | None
    new_harm: tuple[str, ...]  # what calls for an escalation that was settled to be taken up again
    owing: bool
    run_out: bool

    @property
    def begins(self):
        """Whether an escalation is to be opened."""
        return self.outcome.place == Place.ESCALATE and self.escalated is None

    @property
    def ends(self):
        """Whether the one that is open is over."""
        if self.escalated is None or self.outcome.place == Place.ESCALATE:
            return False
        outside = self.outcome.place in OUTSIDE
        return is_ended_by_placing(
            self.escalated.state, by_staff=self.escalated.by_staff, outside=outside
        )

    @property
    def differs(self):
        return (
            self.placement_differs
            or self.standing_differs
            or self.run_out
            or self.begins
            or self.ends
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
    case_id = read.case_id
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
    escalated = written.escalated.get(case_id)
    standing = _standing(read, outcome, today if differs else current.placed_on)
    return Plan(
        read=read,
        outcome=outcome,
        columns=columns,
        standing=standing,
        placement_differs=differs,
        standing_differs=written.standings.get(case_id) != standing,
        first=current is None,
        escalated=escalated,
        new_harm=_new_harm(escalated, current, columns) if differs else (),
        owing=case_id in written.owing,
        run_out=case_id in written.run_out,
    )


def _standing(read, outcome, placed_on):
    judgement = read.facts.judgement
    return StandingRow(
        case_id=read.case_id,
        place=outcome.place,
        group=outcome.group,
        needs=outcome.needs_in_words,
        harm=outcome.harm.level if outcome.harm else "",
        contact_level=outcome.contact_level,
        holding=outcome.holding,
        concern=outcome.concern,
        expires_on=judgement and judgement.until_on,
        placed_on=placed_on,
        facts_as_at=read.as_at,
    )


def _new_harm(escalated, current, columns):
    """Of somebody whose escalation was settled: the harm that their placement did not rest on until now."""
    if escalated is None or escalated.state not in QUIET or columns["place"] != Place.ESCALATE:
        return ()
    before = dict(zip(EVIDENCE, current.evidence, strict=True))["facts"] if current else {}
    return new_harm(before, columns["facts"])


def _write(plans, *, by, today):
    replaced = [plan for plan in plans if plan.placement_differs]
    _supersede(replaced, by=by, today=today)
    standings = set_standings(rows=[plan.standing for plan in plans if plan.standing_differs])
    _end_judgements([plan for plan in plans if plan.run_out], by=by, today=today)
    follow_placing(plans, by=by, today=today)
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
