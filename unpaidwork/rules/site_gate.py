"""What stands between one person and one site: their orders, whom they could harm there, and what does not suit.

Whether the case itself is ready is `unpaidwork.rules.gate`; whether the site is fit for anybody, `rules.sites`; who
else is there, `rules.group_gate`. No sentence names or places a victim, nor tells where a refuge stands.
Source: unpaid work reference 5 and 10; product rules, gates (never overridden: law, or a victim's exclusion);
report 4.1 (barred areas, and a sex offender placed without a code).
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.restrictions import OrderKind
from cases.rules.restrictions import Restricted, touched_each
from cases.rules.words import within_a_sentence
from staff.rules.dates import say_date
from unpaidwork.reference.dangers import (
    Danger,
)
from unpaidwork.reference.sites import (
    ADULT_FACING,
    CHILD_FACING,
    KEPT_TO_COORDINATORS,
    Near,
    ProjectKind,
)
from unpaidwork.rules.site_fit import fit
from unpaidwork.rules.site_words import key_of, named, never, refuse
from unpaidwork.rules.sites import Site
from unpaidwork.rules.workers import Worker

UNSAFE_WITH_CHILDREN = (Danger.SEXUAL, Danger.CHILD)
UNSAFE_WITH_ADULTS = (Danger.SEXUAL, Danger.ADULT)
UNSAFE_ALONE_WITH = (Danger.SEXUAL, Danger.STAFF, Danger.VIOLENCE, Danger.WEAPON)
WITH_NOBODY_OF_OURS = frozenset({ProjectKind.INDIVIDUAL})
NOWHERE = frozenset({ProjectKind.HOME})  # nobody goes to a site
BESIDE = "beside-"
LIES = {  # by the part of the site, how the sentence begins
    "site": "{site} lies in",
    "pick-up": "The place where the van would pick them up for {site} lies in",
    "route": "The way of the van to {site} passes through",
    BESIDE: "What is beside {site} and used with it lies in",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One person at one site, as they reach it (`Site.by_stop`), from one day to another (None: without end)."""

    worker: Worker
    restricted: tuple[Restricted, ...]
    site: Site
    first: date
    last: date | None = None


def site_gate(worker, restricted, site, first, last=None):
    """What stands against this person at this site on any day from the first to the last."""
    return site_gates([Asked(worker, tuple(restricted), site, first, last)])[0]


def site_gates(asked):
    """The same of many at once, each an `Asked`: every place is measured against every area in one go."""
    places = {id(one.site): places_of(one.site) for one in asked}
    touched = touched_each(
        [(one.restricted, places[id(one.site)], one.first, one.last) for one in asked]
    )
    return [_found(one, these) for one, these in zip(asked, touched, strict=True)]


def never_there(worker, restricted, site, on):
    """What keeps somebody from a site on one day whatever for: an area that an order bans, or whom they could harm."""
    return [one for one in site_gate(worker, restricted, site, on, on) if is_never_there(one)]


def is_never_there(found):
    return found.key.startswith("restricted:") or found.key.endswith(
        (":children", ":adults", ":kept")
    )


def places_of(site):
    """{what it is: its points} of everywhere that somebody is taken who works there."""
    if site.kind in NOWHERE:
        return {}
    beside = {f"{BESIDE}{one.pk}": [one.point] for one in site.neighbours if one.point}
    way = {"pick-up": [site.pick_up]} if site.pick_up else {}
    route = {"route": list(site.line)} if site.line else {}
    return {"site": [site.point], **way, **route, **beside}


def _found(asked, touched):
    worker, site = asked.worker, asked.site
    return [
        *_by_terms(asked),
        *_by_areas(touched, site),
        *_by_whom_they_could_harm(worker, site),
        *fit(worker, site),
    ]


def _by_terms(asked):
    for one in asked.restricted:
        if not one.seen and one.in_force_between(asked.first, asked.last):
            yield never(
                f"restricted:{one.id}:terms",
                f"Nobody has seen what their {_order(one)} forbids, so nobody can tell whether this site is "
                "allowed. Get a copy from the court.",
                "The terms of an order are seen before anybody works on a site",
            )


def _by_areas(touched, site):
    said = set()
    for one, name in touched:
        what = BESIDE if name.startswith(BESIDE) else name
        if (one.id, what) in said:
            continue
        said.add((one.id, what))
        yield never(
            f"restricted:{one.id}:{site.project}:{what}",
            f"{LIES[what].format(site=site.name)} an area that their {_order(one)} keeps them out of"
            f"{_until(one.to_on)}.",
            "Nobody is sent into an area that an order bans, nor driven through one",
        )


def _order(restricted):
    return within_a_sentence(OrderKind(restricted.kind).title)


def _until(day):
    return f", until {say_date(day)}" if day else ""


def _by_whom_they_could_harm(worker, site):
    near, d = site.near, worker.dangers
    if near & CHILD_FACING and (has := named(d, UNSAFE_WITH_CHILDREN)):
        yield never(
            key_of(site, "children"),
            f"There are children at or beside {site.name}, and their record says: {has}.",
            "Nobody with a sexual or child registration, offence or answer works where children are",
        )
    if near & ADULT_FACING and (has := named(d, UNSAFE_WITH_ADULTS)):
        yield never(
            key_of(site, "adults"),
            f"There are adults at risk at or beside {site.name}, and their record says: {has}.",
            "Nobody who could harm adults at risk works where they are",
        )
    if near & KEPT_TO_COORDINATORS and (has := named(d, (Danger.DOMESTIC, Danger.SEXUAL))):
        yield never(
            key_of(site, "kept"),
            f"{site.name} takes nobody whose record says: {has}.",
            "What is kept to coordinators is said to nobody else",
        )
    if Near.STAFF_ALONE in near and (has := named(d, UNSAFE_ALONE_WITH)):
        yield refuse(
            key_of(site, "alone"),
            f"Somebody of the beneficiary works alone at {site.name}, and their record says: {has}.",
            "Nobody of a beneficiary is left alone with somebody who could harm them",
        )
    if site.kind in WITH_NOBODY_OF_OURS and (has := named(d, UNSAFE_WITH_CHILDREN)):
        yield refuse(
            key_of(site, "single"),
            f"{site.name} takes one person by themselves, and their record says: {has}. A senior probation "
            "officer approves that first.",
            "No single placement for a sexual or child registration without approval",
        )
