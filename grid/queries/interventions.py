"""The catalogue of interventions as it is read: what there is, on the terms of the policy in force.

Source: grid/reference/interventions.csv and the provider's policy on interventions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import slugify

from grid.reference.interventions import INTERVENTIONS, Family, Intervention
from grid.rules.intervention_policy import InterventionPolicy, Terms
from grid.rules.intervention_words import (
    say_any_hook,
    say_criteria,
    say_dose,
    say_for_whom,
    say_hooks_in_short,
    say_price,
    say_where,
)
from staff.kit import Line, Link, on


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as codes; blank: anything."""

    need: str = ""
    sex: str = ""  # M: what a man may come to, F: a woman
    hook: str = ""
    place: str = ""


@dataclass(frozen=True)
class Listed:
    """One intervention on the terms of the policy in force."""

    intervention: Intervention
    terms: Terms
    version: int
    from_on: date


@dataclass(frozen=True)
class Row:
    title: str
    href: str
    what: str
    offered: bool
    for_whom: str
    hooks: str
    dose: str
    where: str
    skill: str
    price: str


def places_of(policy: InterventionPolicy) -> dict[str, str]:
    """{code for an address: name} of every place that the policy names, by name."""
    names = {site for terms in policy.terms.values() for site in terms.sites}
    return {slugify(name): name for name in sorted(names)}


def listed(policy: InterventionPolicy, from_on: date, wanted: Wanted) -> Iterator[Listed]:
    """What was asked for, family by family. `from_on`: since when the policy is in force."""
    order = list(Family)
    for one in sorted(INTERVENTIONS.values(), key=lambda one: order.index(one.family)):
        if _answers(policy.terms[one.code], wanted):
            yield one_of(one.code, policy, from_on)


def one_of(code: str, policy: InterventionPolicy, from_on: date) -> Listed:
    """One that is in the catalogue."""
    return Listed(INTERVENTIONS[code], policy.terms[code], policy.version, from_on)


def rows_of(found: Iterable[Listed]) -> dict[str, list[Row]]:
    """{title of a family: its rows}. A family of which none was found is not there."""
    families: dict[str, list[Row]] = {}
    for one in found:
        families.setdefault(one.intervention.family.title, []).append(_row(one))
    return families


def lines_of(one: Listed) -> list[Line]:
    """What it is and how it runs."""
    days = "Each session is a day of a RAR" if one.terms.days_counted else "No days of a RAR"
    return [
        Line("Kind", one.intervention.family.title),
        Line("By what hook", say_any_hook(one.terms.hooks)),
        Line("How much of it", say_dose(one.terms.dose)),
        Line("Sessions a week", f"{one.terms.dose.a_week} at most"),
        Line("Days counted", days),
        Line("Where", say_where(one.terms)),
        Line("Skill of whoever leads it", one.terms.skill or "Nothing of its own"),
        Line("Price of a place", say_price(one.terms)),
    ]


def criteria_of(one: Listed) -> list[Line]:
    return [Line(criterion.title, words) for criterion, words in say_criteria(one.terms)]


def equals_of(code: str) -> list[Link]:
    """The interventions one to one that have its content; of one of those, the group it has the content of."""
    wanted = INTERVENTIONS[code]
    return [
        Link(one.title, reverse("intervention", args=[one.code]))
        for one in INTERVENTIONS.values()
        if one.equal_to == code or one.code == wanted.equal_to
    ]


def sources_of(one: Listed, source: str) -> list[Line]:
    """Where its words and its figures come from. `source`: of the policy."""
    return [
        Line("Its name and what it is", one.intervention.source),
        Line("Its figures", one.terms.notes or source),
        Line("Policy on interventions", f"Version {one.version}, in force from {on(one.from_on)}"),
    ]


def _answers(terms, wanted):
    return (
        (not wanted.need or wanted.need in terms.needs)
        and (not wanted.sex or terms.sex in (None, wanted.sex))
        and (not wanted.hook or wanted.hook in terms.hooks)
        and (
            not wanted.place
            or not terms.sites
            or wanted.place in {slugify(site) for site in terms.sites}
        )
    )


def _row(one):
    return Row(
        title=one.intervention.title,
        href=reverse("intervention", args=[one.intervention.code]),
        what=one.intervention.what,
        offered=one.terms.offered,
        for_whom=say_for_whom(one.terms),
        hooks=say_hooks_in_short(one.terms.hooks),
        dose=say_dose(one.terms.dose),
        where=say_where(one.terms),
        skill=one.terms.skill,
        price=say_price(one.terms),
    )
