"""Each officer of a team beside a case, as the list from which a senior chooses: who may have it, what is warned of, how full they are.

Source: features 120 (name, grade, workload, cases in seven days, skills, last allocation, previous officer). Nobody is
ranked: a list that puts somebody first chooses for whoever reads it, and says of the last that they are the worst.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cases.rules.gaps import Found, gates
from oversight.rules.comparing import findings
from oversight.rules.comparing_facts import Asked, CaseFacts, Officer
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.workload import capacity

COUNTED_DAYS = 7  # within which somebody's latest allocations are counted


@dataclass(frozen=True, slots=True)
class Compared:
    """How one officer compares for a case, as a row of the list. `percent`: before and after."""

    officer: Officer
    found: tuple[Found, ...]
    percent: tuple[Decimal, Decimal]
    weighs: int  # points of the case
    given: int  # cases given to them within seven days
    last_given_on: date | None
    held_until: date | None  # they held this case before
    minutes: int | None

    @property
    def refused(self) -> bool:
        return bool(gates(self.found))


def compare(
    case: CaseFacts, officers: Iterable[Officer], policy: WorkloadPolicy, today: date
) -> list[Compared]:
    """Each officer for this case, in the order given: that of their names."""
    team = {one.key: one for one in officers}
    return [_row(Asked(case, officer, team, policy, today)) for officer in team.values()]


def _row(asked):
    case, officer = asked.case, asked.officer
    first = asked.today - timedelta(days=COUNTED_DAYS)
    before = [one.until for one in case.before if one.officer == officer.key]
    return Compared(
        officer=officer,
        found=findings(asked),
        percent=(capacity(officer.points, officer.available).percent, asked.full.percent),
        weighs=case.points,
        given=sum(first < day <= asked.today for day in officer.given_on),
        last_given_on=max(officer.given_on, default=None),
        held_until=max(before, default=None),
        minutes=officer.minutes.get(case.key),
    )
