"""What placing wrote last time: the placement, standing, escalation and deadline of each case.

Read beside the facts, so that a run knows what changed and writes nothing else.
"""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from cases.models import Deadline, Standing
from cases.queries.among import among
from cases.services.standing import COLUMNS, StandingRow
from grid.models import Escalation, EscalationStep, Judgement, Placement
from grid.reference.escalation import EscalationState

EVIDENCE = (  # what is missing is in the reason word by word, so it is not compared twice
    "place",
    "level",
    "band",
    "because",
    "facts",
    "rules",
    "policy_version",
    "judgement_id",
)

LAST_OPENED = EscalationStep.objects.filter(  # the step by which it was opened, or opened again
    escalation=OuterRef("pk"), state=EscalationState.OPENED
).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Placed:
    """The current placement: what it says, and since when."""

    evidence: tuple
    placed_on: object


@dataclass(frozen=True, slots=True)
class Open:
    """An escalation that is open: where it stands, and whether staff opened it rather than the GRID."""

    state: str
    by_staff: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the tables for some cases, by case."""

    placements: dict[int, Placed]
    standings: dict[int, StandingRow]
    escalated: dict[int, Open]  # with an open escalation
    owing: set[int]  # with an unmet deadline to be placed
    run_out: set[int] = field(default_factory=set)  # with a judgement whose day has passed


def written_for(case_ids, today):
    """The same five statements for one case and for thousands."""
    placements = Placement.objects.filter(case__in=among(case_ids)).current()
    standings = Standing.objects.filter(case__in=among(case_ids))
    escalations = Escalation.objects.filter(case__in=among(case_ids)).unsettled()
    escalations = escalations.annotate(opened_by=Subquery(LAST_OPENED.values("by")[:1]))
    deadlines = Deadline.objects.filter(case__in=among(case_ids), kind="place_person").unmet()
    judgements = Judgement.objects.filter(case__in=among(case_ids)).run_out(today)
    return Written(
        placements={
            case_id: Placed(tuple(evidence), placed_on)
            for case_id, placed_on, *evidence in placements.values_list(
                "case_id", "placed_on", *EVIDENCE
            )
        },
        standings={row[0]: StandingRow(*row) for row in standings.values_list(*COLUMNS)},
        escalated={
            case_id: Open(state, opened_by is not None)
            for case_id, state, opened_by in escalations.values_list(
                "case_id", "state", "opened_by"
            )
        },
        owing=set(deadlines.values_list("case_id", flat=True)),
        run_out=set(judgements.values_list("case_id", flat=True)),
    )
