"""What being placed does to escalations: the GRID opens one, takes up again one that was settled, or ends it.

Source: product rules, GRID (risk first). One that staff opened for reasons of their own is theirs to settle, while the
case is ours. The caller holds the cases.
"""

from collections import defaultdict

from cases.reference.codes import Place
from cases.rules.words import listed
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from grid.models import Escalation, EscalationStep
from grid.reference.escalation import EscalationState
from grid.rules.escalation import CLOCKS, OWED
from staff.audit import record_many

ENDINGS = {  # what is said of an escalation when the person is no longer escalated
    Place.GROUP: "The risk no longer calls for escalation",
    Place.CANNOT: "The risk no longer calls for escalation",
    Place.RETAINED: "The NPS manages this person",
    Place.NO_SENTENCE: "There is no active sentence",
}
ROWS_A_STATEMENT = 2000


def follow_placing(plans, *, by, today):
    """Open, take up again and end the escalations of these people, as they are now placed."""
    _open([one for one in plans if one.begins], by=by, today=today)
    _take_up_again([one for one in plans if one.new_harm], by=by, today=today)
    _end([one for one in plans if one.ends], by=by, today=today)


def _open(plans, *, by, today):
    opened = Escalation.objects.bulk_create(
        [
            Escalation(case_id=one.read.case_id, because=one.outcome.because, opened_on=today)
            for one in plans
        ],
        batch_size=ROWS_A_STATEMENT,
    )
    steps = zip(opened, plans, strict=True)
    _note([_step(found, one.outcome.because, one.read.as_at) for found, one in steps])
    _begin([(one.read.case_id, one.outcome.because) for one in plans], by=by, today=today)


def _take_up_again(plans, *, by, today):
    """A new fact of harm: what was decided before it was known is discussed again."""
    if not plans:
        return
    said = {one.read.case_id: f"New since then: {listed(one.new_harm)}" for one in plans}
    settled = list(Escalation.objects.unsettled().filter(case__in=said).order_by("pk"))
    Escalation.objects.filter(pk__in=[one.pk for one in settled]).update(
        state=EscalationState.OPENED
    )
    at = {one.read.case_id: one.read.as_at for one in plans}
    _note([_step(one, said[one.case_id], at[one.case_id]) for one in settled])
    _begin(list(said.items()), by=by, today=today)
    crns = sorted(one.read.crn for one in plans)
    record_many(by=by, action="reopened_escalation", crns=crns)


def _end(plans, *, by, today):
    """With the clocks of every step, which nobody owes any more; those of a case that the NPS has are done."""
    by_place = defaultdict(list)
    for one in plans:
        by_place[one.outcome.place].append(one.read.case_id)
    for outcome, ids in sorted(by_place.items()):
        unsettled = Escalation.objects.filter(case__in=ids).unsettled()
        unsettled.update(closed_on=today, outcome=ENDINGS[outcome])
        settled = outcome == Place.RETAINED
        for kind in CLOCKS:
            meet_deadlines(kind=kind, case_ids=ids, by=by, today=today, void=not settled)


def _step(escalation, words, at):
    """By nobody: the GRID says so, as at the moment at which it read the facts."""
    return EscalationStep(
        escalation=escalation, state=EscalationState.OPENED, words=words, at=at, by=None
    )


def _note(steps):
    EscalationStep.objects.bulk_create(steps, batch_size=ROWS_A_STATEMENT)


def _begin(rows, *, by, today):
    """The clocks of an escalation that is opened. `rows`: (case, why)."""
    deadlines = [DeadlineRow(case, today, why) for case, why in rows]
    for kind in sorted(OWED[EscalationState.OPENED]):
        open_deadlines(kind=kind, rows=deadlines, by=by, today=today)
