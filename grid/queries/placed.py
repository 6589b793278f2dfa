"""What placing wrote last time: the placement, standing, escalation and deadline of each case.

Read beside the facts, so that a run knows what changed and writes nothing else.
"""

from dataclasses import dataclass, field

from cases.models import Deadline, Standing
from cases.services.standing import COLUMNS, StandingRow
from grid.models import Escalation, Judgement, Placement
from grid.queries.among import among

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


@dataclass(frozen=True, slots=True)
class Placed:
    """The current placement: what it says, and since when."""

    evidence: tuple
    placed_on: object


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the tables for some cases, by case."""

    placements: dict[int, Placed]
    standings: dict[int, StandingRow]
    escalated: set[int]  # with an open escalation
    owing: set[int]  # with an unmet deadline to be placed
    run_out: set[int] = field(default_factory=set)  # with a judgement whose day has passed


def written_for(case_ids, today):
    """The same five statements for one case and for thousands."""
    placements = Placement.objects.filter(case__in=among(case_ids)).current()
    standings = Standing.objects.filter(case__in=among(case_ids))
    escalations = Escalation.objects.filter(case__in=among(case_ids)).unsettled()
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
        escalated=set(escalations.values_list("case_id", flat=True)),
        owing=set(deadlines.values_list("case_id", flat=True)),
        run_out=set(judgements.values_list("case_id", flat=True)),
    )
