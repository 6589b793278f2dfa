"""Needs that nothing planned meets, across cases: this is the demand for series that do not exist.

Source: report 2.3 ("he requires an evening or weekend group which is currently unavailable"). Rows and numbers are of cases that are
open to the reader, and each number leads to its people.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Case
from cases.queries.people import officer_of
from cases.rules.addresses import address
from grid.models import UnmetNeed
from grid.queries.seekers import seekers_of
from grid.queries.waiting_pages import Number
from grid.reference.groups import Decision
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import TimeOfWeek
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.when_where import nearest, times_free
from staff.kit import Tag, on
from staff.permissions import Action

UNDECIDED = "undecided"
TO_DECIDE = Tag("Awaiting decision", "orange")
NOWHERE = "No place near enough"
NEVER = "At no time"


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as codes."""

    code: str = ""  # of the intervention
    site: str = ""  # key of the place nearest to them
    time: str = ""  # a TimeOfWeek
    decision: str = ""  # a Decision, or UNDECIDED
    team: str = ""


@dataclass(frozen=True)
class Unmet:
    """One need, with where and when its person could come."""

    need: UnmetNeed
    site: int | None  # the place nearest to them; None: none is near enough
    times: frozenset[TimeOfWeek]

    @property
    def code(self) -> str:
        return self.need.referral.code


@dataclass(frozen=True)
class UnmetRow:
    anchor: str
    name: str
    crn: str
    href: str
    officer: str
    team: str
    title: str
    since: str
    missing: list[str]
    site: str
    times: str
    decided: Tag
    again: str


@dataclass(frozen=True)
class NumberRow:
    words: str
    number: Number


def unmet_found(user, wanted: Wanted, policy: InterventionPolicy, today: date) -> list[Unmet]:
    """Those that answer, the longest unmet first, in a fixed number of statements."""
    needs = UnmetNeed.objects.unmet().filter(case__in=Case.objects.open_to(user, Action.VIEW_WAITING))  # fmt: skip
    if wanted.code:
        needs = needs.filter(referral__code=wanted.code)
    if wanted.team:
        needs = needs.filter(case__team__code=wanted.team)
    if wanted.decision:
        needs = needs.filter(decision="" if wanted.decision == UNDECIDED else wanted.decision)
    rows = list(
        needs.select_related("referral", "case__officer", "case__team").order_by("opened_on", "pk")
    )
    seekers = seekers_of([one.case_id for one in rows], today)
    found = (_unmet(one, seekers[one.case_id], policy, today) for one in rows)
    return [one for one in found if _answers(one, wanted)]


def _unmet(need, seeker, policy, today):
    minutes = policy.terms[need.referral.code].dose.minutes
    times = times_free(seeker, minutes, policy.waiting, today)
    return Unmet(need, nearest(seeker, policy.waiting), times)


def _answers(one, wanted):
    if wanted.site and str(one.site) != wanted.site:
        return False
    return not wanted.time or wanted.time in one.times


def page_found(found: list[Unmet], *, after: str, size: int) -> tuple[list[Unmet], str]:
    """(so many after the one of this CRN, the CRN that the next page starts after; blank on the last)."""
    crns = [one.need.case.crn for one in found]
    start = crns.index(after) + 1 if after in crns else 0
    rows = found[start : start + size]
    more = len(found) > start + size
    return rows, (rows[-1].need.case.crn if more else "")


def rows_of(found: list[Unmet], sites: dict[int, str]) -> list[UnmetRow]:
    return [_row(one, sites) for one in found]


def _row(one, sites):
    need, case = one.need, one.need.case
    decided = Tag(Decision(need.decision).title, "blue") if need.decision else TO_DECIDE
    return UnmetRow(
        anchor=case.crn,
        name=case.list_name,
        crn=case.crn,
        href=reverse("case-offers", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        title=INTERVENTIONS[one.code].title,
        since=on(need.opened_on),
        missing=need.missing,
        site=_site(one.site, sites),
        times=say_times(one.times),
        decided=decided,
        again=on(need.look_again_on) if need.look_again_on else "",
    )


def _site(site, sites):
    return NOWHERE if site is None else sites.get(site, NOWHERE)


def say_times(times) -> str:
    """ "Evening, Weekend"."""
    return ", ".join(one.title for one in TimeOfWeek if one in times) or NEVER


def by_intervention(found: list[Unmet], codes) -> list[NumberRow]:
    counts = Counter(one.code for one in found)
    titles = sorted(counts, key=lambda code: INTERVENTIONS[code].title)
    return [_number(INTERVENTIONS[code].title, counts[code], codes, code=code) for code in titles]


def by_site(found: list[Unmet], sites: dict[int, str], codes) -> list[NumberRow]:
    """By the place nearest to them."""
    counts = Counter(one.site for one in found)
    rows = [
        _number(name, counts[pk], codes, site=str(pk)) for pk, name in sites.items() if counts[pk]
    ]
    nowhere = sum(count for site, count in counts.items() if site not in sites)
    return [*rows, NumberRow(NOWHERE, Number(nowhere, ""))] if nowhere else rows


def by_time(found: list[Unmet], codes) -> list[NumberRow]:
    """By when they could come. Somebody who could come at several times is counted at each."""
    rows = [
        _number(one.title, sum(one in each.times for each in found), codes, time=one.value)
        for one in TimeOfWeek
    ]
    never = sum(not each.times for each in found)
    return [*rows, NumberRow(NEVER, Number(never, ""))] if never else rows


def _number(words, count, codes, **narrowed):
    here = address(reverse("unmet-needs"), **codes | narrowed)
    return NumberRow(words, Number(count, here if count else ""))
