"""What workload is counted in: kinds of case, points of the national tiers, reports, work for others, reductions.

Source: ministryofjustice/hmpps-workload at 1e70153 (`V1_1__SEED_REF_DATA.sql`) and wmt-worker at 78f526b, retold in risk
flags reference 3. Sure of the figures: they were read there; not sure that they are still those of the live service,
where they are edited (a snapshot of about 2020). Lists: `tier_points.csv`, `report_points.csv` (the day on which the
counting of parole reports and ARMS ended is taken as the last of 2022: January 2023 was read), `work_for_others.csv`,
`reductions.csv`.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Titled
from oversight.reference.tables import rows


class Kind(Titled):
    """What sort of case it is, as far as the work on it goes."""

    COMMUNITY = "community", "Community or suspended sentence order"
    LICENCE = "licence", "On licence"
    POST_SENTENCE = "post_sentence", "Post-sentence supervision"
    CUSTODY = "custody", "In custody"
    UNPAID_WORK = "unpaid_work", "Unpaid work alone"
    CURFEW = "curfew", "A curfew alone"


class Location(Titled):
    """Where the national points look somebody up."""

    COMMUNITY = "community", "Community"
    CUSTODY = "custody", "Custody"
    LICENCE = "licence", "Licence"


LOCATION_OF = {  # of post-sentence supervision an inference: the national service was not seen to name it
    Kind.COMMUNITY: Location.COMMUNITY,
    Kind.UNPAID_WORK: Location.COMMUNITY,
    Kind.CURFEW: Location.COMMUNITY,
    Kind.LICENCE: Location.LICENCE,
    Kind.POST_SENTENCE: Location.LICENCE,
    Kind.CUSTODY: Location.CUSTODY,
}
T2A = "t2a"  # transition to adulthood: one column for all three locations
TIER_POINTS = {
    row["tier"]: {column: int(points) for column, points in row.items() if column != "tier"}
    for row in rows("tier_points")
}


class Basis(Titled):
    """By what the points of a case are counted."""

    GRID = "grid", "The standard contact of its GRID group"
    TIER = "tier", "Its national tier"


class Inactive(Titled):
    """A case on which there is less to do than its place says."""

    OVERDUE = "overdue", "Past its end and not closed"
    WARRANT = "warrant", "A warrant is out"
    UNPAID_WORK = "unpaid_work", "Unpaid work alone"


@dataclass(frozen=True, slots=True)
class Report:
    name: str
    points: int
    counted_until: date | None


REPORTS = {
    row["code"]: Report(
        row["name"],
        int(row["points"]),
        date.fromisoformat(row["counted_until"]) if row["counted_until"] else None,
    )
    for row in rows("report_points")
}
REPORT_DAYS = 30  # for which a report counts


class Effort(Titled):
    LOW = "low", "A little"
    MEDIUM = "medium", "Some"
    HIGH = "high", "A lot"


@dataclass(frozen=True, slots=True)
class ForOthers:
    name: str
    points: dict[str, int]  # by Effort


FOR_OTHERS = {
    row["code"]: ForOthers(row["name"], {effort: int(row[effort]) for effort in Effort})
    for row in rows("work_for_others")
}


class Sets(Titled):
    """Who says how much a reduction is."""

    FIXED = "fixed", "The table says how much"
    MOST = "most", "The table says how much at most"
    HOURS = "hours", "A senior says how many hours"


@dataclass(frozen=True, slots=True)
class ReductionKind:
    name: str
    percent: int | None  # of contracted hours
    months: tuple[int, int] | None  # since it began: from, and before
    sets: Sets


REDUCTIONS = {
    row["code"]: ReductionKind(
        row["name"],
        int(row["percent"]) if row["percent"] else None,
        (int(row["from_month"]), int(row["to_month"])) if row["to_month"] else None,
        Sets(row["kind"]),
    )
    for row in rows("reductions")
}
EXCESSIVE_PERCENT, EXCESSIVE_WEEKS = (
    110,
    4,
)  # over it in each of them. Source: written answer 172934, 30 March 2021
