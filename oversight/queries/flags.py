"""The flags that are up: what is late, who has been told, and since when.

Source: product rules, checks: a flag is raised once, climbs its ladder and closes itself.
"""

from dataclasses import dataclass, replace

from django.db.models import BooleanField, F, Value
from django.db.models.functions import Coalesce

from cases.models import Flag
from cases.queries.beginning import on_cases
from cases.queries.due import ABOUT, anchored, listed_row, shown_to
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.queries.undecided import undecided
from oversight.queries.team import cases_of
from staff.kit import on
from staff.models import Team
from staff.permissions import Role

FACTS = ("case__officer", "deadline", *(f"deadline__{about}" for about in ABOUT))


@dataclass(frozen=True)
class Wanted:
    """What the reader of the flags asked for, as codes."""

    team: Team | None = None  # None: every team
    told: str = ""  # a Role
    kind: str = ""  # of deadline


def matching(user, wanted):
    """Flags that are up on cases open to this user, and answer to what was asked for."""
    cases = on_cases(cases_of(user, wanted.team), few=wanted.team is not None)
    found = Flag.objects.raised().beside_complaints().filter(cases)
    found = shown_to(user, found, kind="deadline__kind")
    if wanted.told:
        found = found.filter(told=wanted.told)
    if wanted.kind:
        found = found.filter(deadline__kind=wanted.kind)
    return found


def page_of_flags(user, wanted, *, after, size):
    """One page of them: concern first, then the longest up."""
    concern = Coalesce(F("case__standing__concern"), Value(False), output_field=BooleanField())
    found = matching(user, wanted).select_related(*FACTS)
    found = found.annotate(concern=concern, undecided=undecided("deadline__"))
    keys = ("-concern", "raised_on", "id")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def flag_rows(flags, user, today):
    """Each as a due row that says whom it was raised with, and since when."""
    cases = {one.case_id: one.case for one in flags}.values()
    may = actions_on_each(cases, user)
    names = names_for_each(cases, may)
    found = []
    for one in flags:
        deadline = one.deadline
        deadline.case, deadline.undecided = one.case, one.undecided
        row = listed_row(deadline, names[one.case_id], may[one.case_id], today)
        told = Role(one.told).title.lower()
        up = f"{names[one.case_id].text(one.why)}. Raised {on(one.raised_on)}, now with the {told}"
        since = f" since {on(one.climbed_on)}" if one.climbed_on else ""
        found.append(replace(row, rule=f"{up}{since}."))
    return anchored(found)
