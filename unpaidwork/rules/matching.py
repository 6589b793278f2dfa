"""Which work suits somebody, the best first, with why and why not in words.

Nothing here lets anybody in or keeps them out: that is what was found (`board.found`); this orders what is left.
Source: unpaid work reference 5 and 10 (a ranked list with why and why not; soft and hard limits of travel); product
rules, how it should feel (women-only first).
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from cases.rules.gaps import Found, gates, warnings
from cases.rules.words import counted
from unpaidwork.reference.dangers import Body
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.sites import ProjectKind, Takes
from unpaidwork.rules.availability import Runs
from unpaidwork.rules.policy import WorkPolicy
from unpaidwork.rules.sites import Site


class Stands(StrEnum):
    """How it stands between this person and a project, in the order of the list."""

    MAY = auto()
    ASK = auto()  # a senior may let it pass
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week of a project: what was found for it, and how many more it takes."""

    runs: Runs
    found: tuple[Found, ...]
    free: int

    @property
    def stands(self):
        shut = [one for one in gates(self.found) if not is_mended_next(one)]
        if not shut:
            return Stands.MAY
        return Stands.ASK if all(one.may_override for one in shut) else Stands.NEVER


@dataclass(frozen=True, slots=True)
class Match:
    """One project for this person, with its best days."""

    site: Site
    days: tuple[Day, ...]  # those that stand as the best does
    stands: Stands
    minutes: int | None  # each way
    why: tuple[str, ...]
    against: tuple[Found, ...]  # gates, then warnings, of the best day


@dataclass(frozen=True, slots=True)
class Wants:
    """What they hope for, as their risk assessment says it."""

    training: bool = False  # something that helps them to find work


def is_mended_next(found):
    """Whether whoever allocates mends it by what they write when they choose: nobody's approval is needed."""
    of_hers = found.key.startswith("women:") and found.key.endswith(":only")
    return of_hers or found.key == "travel:far"


def match(site, days, worker, wants, minutes, policy: WorkPolicy):
    """What one project is to this person. `days`: each `Day` it runs; at least one."""
    order = list(Stands)
    best = min(days, key=lambda day: (order.index(day.stands), len(day.found), day.runs.weekday))
    same = tuple(day for day in days if day.stands == best.stands)
    return Match(
        site=site,
        days=same,
        stands=best.stands,
        minutes=minutes,
        why=tuple(_why(site, same, worker, wants, minutes, policy)),
        against=(*gates(best.found), *warnings(best.found)),
    )


def ranked(matches, worker):
    """In order: where they may go before where they may not, and what suits before what is near."""
    return sorted(matches, key=lambda one: _rank(one, worker))


def _rank(one, worker):
    needs = max((day.free for day in one.days), default=0)
    far = one.minutes if one.minutes is not None else 45
    return (
        list(Stands).index(one.stands),
        not _for_her(one.site, worker),
        len(gates(one.against)),
        far - 10 * len(one.why) - min(needs, 6),
        one.site.name,
        one.site.project,
    )


def _for_her(site, worker):
    return worker.woman and site.takes == Takes.WOMEN


def _why(site, days, worker, wants, minutes, policy):
    if _for_her(site, worker):
        chosen = worker.choice == Choice.WOMEN_ONLY
        yield "Women only, as she chose." if chosen else "Women only."
    if minutes is not None and minutes <= policy.travel_soft_minutes:
        yield f"About {minutes} minutes each way."
    elif minutes is None:
        yield "How far it is for them is not known."
    if (
        wants.training
        and site.kind in (ProjectKind.GROUP, ProjectKind.INDIVIDUAL)
        and site.accredits
    ):
        yield f"They would like training, and this can be gained here: {site.accredits}."
    elif site.accredits:
        yield f"Can be gained here: {site.accredits}."
    if Body.DISABLED in worker.body and site.step_free:
        yield "Without steps."
    free = max(day.free for day in days)
    if free >= site.most / 2:
        yield f"Short of people: room for {counted(free, 'more', 'more')}."
