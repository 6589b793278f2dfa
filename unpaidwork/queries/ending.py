"""Where the end of one case stands, for whoever looks at it.

Source: `cases.rules.endings`; unpaid work keeps an order in force (CJA 2003, 200), so its hours are read here too.
"""

from dataclasses import dataclass, field
from datetime import date

from cases.models import Deadline, Ending
from cases.queries.ending_days import ends_of
from cases.queries.last_look import facts_of, last_looks, senior_of
from cases.reference.holding import LeftAs
from cases.rules.ending_calls import may_end
from cases.rules.endings import LastLook, to_do
from cases.rules.gaps import Found
from cases.services.endings_owed import EARLY
from cases.services.policy import ending_policy, meeting_policy
from staff.kit import on
from unpaidwork.queries.hours_left import hours_left


@dataclass(frozen=True)
class Stands:
    """Where it stands. `ending`: being prepared; `ended`: the one it ended by; `why`: its last day, in words."""

    why: str
    opens: int  # days before the last day, from which it is prepared by itself
    ending: Ending | None = None
    ended: Ending | None = None
    look: LastLook | None = None
    found: list[Found] = field(default_factory=list)
    senior: str = ""  # why a senior ends it; blank: its officer may
    may_end: bool = False  # this reader, once nothing is left to do
    asked: str = ""  # when a senior was asked
    early_due: bool = False  # whether somebody is to decide on an early end

    @property
    def shown(self):
        return self.ending or self.ended

    @property
    def reviewed_on(self):
        return self.look.reviewed_on if self.look else None


def stands_of(case, user, today):
    left, policy = hours_left([case.pk], today), ending_policy(today)
    end = ends_of([case.pk], left)[case.pk]
    why = end.why if end else "No sentence that anybody supervises runs on the record"
    if case.left_as:
        ended = case.endings.standing().select_related("sentence").order_by("-ended_at").first()
        is_ended = case.left_as == LeftAs.ENDED
        return Stands("" if is_ended else why, policy.opens_days, ended=ended if is_ended else None)
    early = Deadline.objects.unmet().filter(case=case, kind=EARLY).exists()
    ending = case.endings.being_prepared().first()
    if ending is None:
        return Stands(why, policy.opens_days, early_due=early)
    ending.case, facts = case, facts_of([case.pk])
    days = meeting_policy(today).review_ending_days
    look = last_looks([ending], left, today, days=days, facts=facts)[ending.pk]
    senior = senior_of(facts, case.pk)
    return Stands(
        why=why,
        opens=policy.opens_days,
        ending=ending,
        look=look,
        found=to_do(look),
        senior=senior,
        may_end=may_end(user.role, holds=user.pk == case.officer_id, why=senior),
        asked=_asked(ending),
        early_due=early,
    )


def _asked(ending):
    day = ending.answers.get("asked", {}).get("on")
    return on(date.fromisoformat(day)) if day else ""
