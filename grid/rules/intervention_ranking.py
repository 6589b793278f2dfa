"""In what order what suits somebody is proposed, and why the first is first.

Sources: HMIP Thames Valley CRC 2018, Annex 3 (a suitable programme from the outset; groups before one to one; people with
high scores reoffend within the first 60 days) and 2.3 (days unused while a group could not be had). The order is local policy:
each question below is asked in turn, and the first that tells two apart decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cases.reference.codes import Sex
from cases.rules.words import ended
from grid.reference.interventions import Family, Hook
from grid.rules.suitability import GREATEST_FIRST, Finding, Suitability, needs_met
from grid.rules.suitability_facts import Met, Person

FRONT_LOADED_FROM = (
    75  # per cent, OGRS3: the two columns of the GRID in which the first 60 days come first
)


@dataclass(frozen=True, slots=True)
class Named:
    """An intervention with the first finding that keeps it from being proposed."""

    suitability: Suitability
    first: Finding


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole of what was judged, each in one of the lists from `suits` on."""

    person: Person
    proposed: (
        Suitability | None
    )  # the one to start with: the first that suits; None: nothing is proposed
    suits: tuple[Suitability, ...]  # the best first
    unknown: tuple[Named, ...]  # the best first, each with what has to be known first
    unsuitable: tuple[Named, ...]  # by title, each with its first reason
    instead: tuple[
        Suitability, ...
    ]  # one to one, of a group that is not ruled out: where no group fits
    already: tuple[Suitability, ...]  # planned or done, or with the same content as what is


def ranked(judged: Iterable[Suitability], person: Person) -> Ranking:
    """What to propose and in what order.

    Nothing is proposed for somebody whose risk is at the NPS's threshold, or who is theirs: the GRID does not place
    them. What is planned or done is not proposed again, in any form. One to one is never proposed while its group is
    not ruled out.
    """
    already, others = _parted(judged, person)
    by_order = sorted(others, key=lambda one: order(one, person))
    ruled_out = {one.intervention.code for one in others if one.verdict is Met.NOT_MET}
    suitable = [one for one in by_order if one.verdict is Met.MET]
    instead = tuple(one for one in suitable if _has_its_group(one, ruled_out))
    suits = tuple(one for one in suitable if one not in instead)
    in_letters = sorted(others, key=_title)
    return Ranking(
        person=person,
        proposed=None if person.escalated else next(iter(suits), None),
        suits=suits,
        unknown=_named(by_order, Met.NOT_KNOWN),
        unsuitable=_named(in_letters, Met.NOT_MET),
        instead=instead,
        already=already,
    )


def _parted(judged, person):
    """(what is planned or done already by title, everything else). One to one stays open while its group alone is."""
    everything = sorted(judged, key=_title)
    group_of = {one.intervention.code: one.intervention.equal_to for one in everything}
    codes = person.planned | {group_of[code] for code in person.planned & group_of.keys()}
    already = tuple(one for one in everything if one.intervention.code in codes)
    return already, [one for one in everything if one.intervention.code not in codes]


def _has_its_group(one, ruled_out):
    return one.intervention.one_to_one and one.intervention.equal_to not in {"", *ruled_out}


def _named(those, verdict):
    return tuple(
        Named(one, next(found for found in one.findings if found.met is verdict))
        for one in those
        if one.verdict is verdict
    )


# The questions of the order. What comes first answers with less


def after_what_the_court_ordered(one: Suitability, person: Person) -> bool:
    by = one.by
    return not (by and by.hook is Hook.PROGRAMME and by.ordered == one.intervention.code)


def by_the_greatest_need(one: Suitability, person: Person) -> int:
    """A severe need before one that is not, and that before none."""
    needs = [GREATEST_FIRST.index(need) for _, need in needs_met(one.terms, person)]
    return min(needs, default=len(GREATEST_FIRST))


def by_how_many_needs(one: Suitability, person: Person) -> int:
    return -len(needs_met(one.terms, person))


def by_what_can_be_required(one: Suitability, person: Person) -> int:
    """All of it, then a part of it, then what is by their own choice alone."""
    if one.required == one.terms.dose.sessions:
        return 0
    return 1 if one.required else 2


def by_weeks_where_front_loaded(one: Suitability, person: Person) -> int:
    """For 75% and more, the one that can finish soonest; for others not asked."""
    percent = person.likelihood.value
    return one.terms.dose.weeks if percent is not None and percent >= FRONT_LOADED_FROM else 0


def after_what_is_for_women(one: Suitability, person: Person) -> bool:
    """For a woman."""
    return person.sex == Sex.FEMALE and one.terms.sex is not Sex.FEMALE


def by_kind(one: Suitability, person: Person) -> int:
    """Accredited, then other groups, then one to one."""
    family = one.intervention.family
    return {Family.ACCREDITED: 0, Family.ONE_TO_ONE: 2}.get(family, 1)


def by_price(one: Suitability, person: Person) -> int:
    return one.terms.price_pence


def by_title(one: Suitability, person: Person) -> str:
    return one.intervention.title


QUESTIONS: dict[
    Callable[[Suitability, Person], Any], str
] = {  # with what is said where one decides
    after_what_the_court_ordered: "the court ordered it",
    by_the_greatest_need: "it meets a greater need",
    by_how_many_needs: "it meets more of their needs",
    by_what_can_be_required: "they can be required to come to more of it",
    by_weeks_where_front_loaded: f"it takes fewer weeks, which counts for a score of {FRONT_LOADED_FROM}% or more",
    after_what_is_for_women: "it is for women",
    by_kind: "accredited programmes come first, then groups, then one to one",
    by_price: "it costs less",
    by_title: "they are alike in all else, and it is first by name",
}


def order(one: Suitability, person: Person) -> tuple[Any, ...]:
    """The answers to every question, in turn. No two interventions have the same: titles differ."""
    return tuple(question(one, person) for question in QUESTIONS)


def why(ranking: Ranking) -> list[str]:
    """Why this one is proposed, or nothing is, and what the court ordered that cannot be; in whole sentences."""
    return [*_why_first(ranking), *_of_the_court(ranking)]


def _why_first(ranking):
    if ranking.person.escalated:
        yield "Nothing is proposed: their risk is at the NPS's threshold, or the NPS manages them."
    elif ranking.proposed is None:
        yield from _why_none(ranking)
    elif len(ranking.suits) == 1:
        yield f"{_title(ranking.proposed)} is the only one that suits."
    else:
        first, second, *_ = ranking.suits
        reason = apart(first, second, ranking.person)
        yield f"{_title(first)} comes before {_title(second)}: {reason}."


def apart(first: Suitability, second: Suitability, person: Person) -> str:
    """What is said of the first question that tells them apart."""
    return next(
        words
        for question, words in QUESTIONS.items()
        if question(first, person) != question(second, person)
    )


def _why_none(ranking):
    if ranking.unknown:
        first = ranking.unknown[0]
        said = "Nothing suits by what is known."
        yield said if _ordered(first, ranking.person) else f"{said} {_begun(first)}"
    elif ranking.already:
        yield "Nothing else suits beside what is planned or done already."
    else:
        yield "Nothing suits."


def _of_the_court(ranking):
    """A programme that the court ordered is owed until the court says otherwise, whatever is proposed instead."""
    for named in (*ranking.unsuitable, *ranking.unknown):
        if _ordered(named, ranking.person):
            title = _title(named.suitability)
            yield f"The court ordered {title}, and only a court can take that back. {_begun(named)}"


def _ordered(named, person):
    """Whether a court ordered it, whether or not they could come by that."""
    code = named.suitability.intervention.code
    return any(one.hook is Hook.PROGRAMME and one.ordered == code for one in person.attached)


def _begun(named):
    does = "does not suit" if named.first.met is Met.NOT_MET else "is not known to suit"
    return f"{_title(named.suitability)} {does}. {ended(named.first.words)}"


def _title(one):
    return one.intervention.title
