"""Whether an intervention suits somebody: each criterion met, not met or not known, and why.

Source: the provider's policy on interventions; supervision reference 2.4 (days of a rehabilitation activity requirement).
"""

from dataclasses import dataclass

from cases.reference.codes import ROSH_ORDER, Rosh, Sex, Titled
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from cases.rules.words import within_a_sentence
from grid.reference.interventions import INTERVENTIONS, Intervention
from grid.rules.intervention_policy import InterventionPolicy, Terms
from grid.rules.likelihood import plain
from grid.rules.suitability_facts import Attached, Evidence, Known, Met, Person
from grid.rules.suitability_ways import best_way, say_time, say_way, sessions_required, ways
from staff.rules.dates import say_date

WHATEVER = (0, 100)  # a likelihood from and to which ask nothing
FOR = {Sex.MALE: "men", Sex.FEMALE: "women"}
AS = {Sex.MALE: "a man", Sex.FEMALE: "a woman"}
GREATEST_FIRST = [Need.SEVERE, Need.STANDARD]
PARTNER_VIOLENCE = "people who have been violent or controlling to a partner"
VIOLENCE = "people who have been convicted of a violent offence"


class Criterion(Titled):
    """In the order in which they are shown."""

    OFFERED = "offered", "It runs here"
    SEX = "sex", "For women, or for men"
    HOOK = "hook", "By what they would come"
    TIME = "time", "Time before the order ends"
    LIKELIHOOD = "likelihood", "Likelihood of reoffending"
    HARM = "harm", "Risk of serious harm"
    NEED = "need", "A need that it meets"
    PARTNER_VIOLENCE = "partner_violence", "Violence to a partner"
    VIOLENCE = "violence", "Violent offence"


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion, looked at."""

    criterion: Criterion
    met: Met
    words: str  # what is asked, and what was found: one plain sentence
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Suitability:
    """One intervention beside one person."""

    intervention: Intervention
    terms: Terms
    findings: tuple[Finding, ...]
    by: Attached | None  # the hook that would be used, once what is not known is; None: none fits

    @property
    def verdict(self) -> Met:
        """Not met by one that is not met; otherwise not known by one that is not known."""
        met = {one.met for one in self.findings}
        if Met.NOT_MET in met:
            return Met.NOT_MET
        return Met.NOT_KNOWN if Met.NOT_KNOWN in met else Met.MET

    @property
    def required(self) -> int:
        """How many of its sessions they can be required to come to; the rest is by their own choice."""
        return sessions_required(self.terms, self.by) if self.by else 0


def judge_all(person: Person, policy: InterventionPolicy) -> tuple[Suitability, ...]:
    """The whole catalogue beside one person, in its order."""
    return tuple(judge(one, policy.terms[code], person) for code, one in INTERVENTIONS.items())


def judge(intervention: Intervention, terms: Terms, person: Person) -> Suitability:
    """What the terms ask beside what is known of this person, in the order of Criterion.

    A criterion of which the terms ask nothing is left out: it is not met, it is not there.
    """
    way = best_way(intervention.code, terms, person)
    by = None if way is None or way.met is Met.NOT_MET else way.attached
    found = [_offered(terms), _sex(terms, person), _hook(intervention, way, terms, person)]
    if way and by:
        words = say_time(way, terms.dose, person)
        found.append(Finding(Criterion.TIME, way.in_time, words, Evidence(by.words)))
    found += [_likelihood(terms, person), _harm(terms, person), _need(terms, person)]
    found += [
        _history(Criterion.PARTNER_VIOLENCE, terms.partner_violence, PARTNER_VIOLENCE, person.partner_violence),
        _history(Criterion.VIOLENCE, terms.violence, VIOLENCE, person.violence),
    ]  # fmt: skip
    return Suitability(intervention, terms, tuple(one for one in found if one), by)


def _offered(terms):
    words = "It runs here" if terms.offered else "It does not run here at present"
    return Finding(Criterion.OFFERED, _met(terms.offered), words)


def _sex(terms, person):
    if terms.sex is None:
        return None
    if person.sex not in FOR:
        words = f"For {FOR[terms.sex]}: their sex is not recorded"
        nobody = Evidence("Nobody has recorded their sex")
        return Finding(Criterion.SEX, Met.NOT_KNOWN, words, nobody)
    words = f"For {FOR[terms.sex]}: they are recorded as {AS[person.sex]}"
    return Finding(Criterion.SEX, _met(person.sex == terms.sex), words, Evidence("Their details"))


def _hook(intervention, way, terms, person):
    met = way.met if way else Met.NOT_MET
    words = say_way(way, ways(intervention.code, terms, person), terms)
    evidence = Evidence(way.attached.words if way else "Their sentences")
    return Finding(Criterion.HOOK, met, words, evidence if terms.hooks else None)


def _likelihood(terms, person):
    if (terms.from_percent, terms.to_percent) == WHATEVER:
        return None
    asked = f"For an OGRS3 from {terms.from_percent}% to {terms.to_percent}%"
    if terms.to_percent == WHATEVER[1]:
        asked = f"For an OGRS3 of {terms.from_percent}% or more"
    elif terms.from_percent == WHATEVER[0]:
        asked = f"For an OGRS3 of {terms.to_percent}% at most"
    known = person.likelihood
    if known.value is None:
        return _not_known(Criterion.LIKELIHOOD, f"{asked}: there is no score", known)
    met = _met(terms.from_percent <= known.value <= terms.to_percent)
    words = f"{asked}: theirs is {plain(known.value)}%{_on(known)}"
    return Finding(Criterion.LIKELIHOOD, met, words, known.evidence)


def _harm(terms, person):
    if terms.harm_up_to is Rosh.VERY_HIGH:
        return None
    asked = f"For a risk of serious harm no higher than {terms.harm_up_to.title.lower()}"
    known = person.harm
    if known.value is None:
        return _not_known(Criterion.HARM, f"{asked}: no level is recorded", known)
    met = _met(ROSH_ORDER[known.value] <= ROSH_ORDER[terms.harm_up_to])
    words = f"{asked}: theirs is {known.value.title.lower()}{_on(known)}"
    return Finding(Criterion.HARM, met, words, known.evidence)


def needs_met(terms: Terms, person: Person) -> list[tuple[NeedArea, Need]]:
    """The needs of theirs that it meets, severe ones first, then in the order of OASys."""
    found = [
        (area, known.value)
        for area in NeedArea
        if area in terms.needs and (known := person.needs.get(area)) and known.value in GREATEST_FIRST
    ]  # fmt: skip
    return sorted(found, key=lambda one: GREATEST_FIRST.index(one[1]))


def _need(terms, person):
    if not terms.needs:
        return None
    several = "one of: " if len(terms.needs) > 1 else ""
    asked = f"For a need in {several}{_areas(terms.needs)}"
    if found := needs_met(terms, person):
        said = "; ".join(f"{_area(area)} ({_how_great(need)})" for area, need in found)
        evidence = person.needs[found[0][0]].evidence
        return Finding(Criterion.NEED, Met.MET, f"{asked}. They have one in {said}", evidence)
    unscored = [area for area in terms.needs if not _told(person.needs.get(area))]
    if unscored:
        known = person.needs.get(unscored[0])
        words = f"{asked}. Still to be assessed: {_areas(unscored)}"
        return Finding(Criterion.NEED, Met.NOT_KNOWN, words, known.evidence if known else None)
    words = f"{asked}. They are assessed as having none"
    return Finding(Criterion.NEED, Met.NOT_MET, words, person.needs[terms.needs[0]].evidence)


def _told(known):
    return known is not None and known.value is not None


def _how_great(need):
    return "severe" if need is Need.SEVERE else "not severe"


def _areas(areas):
    """Some have a comma of their own."""
    return "; ".join(_area(area) for area in areas)


def _area(area):
    return within_a_sentence(area.title)


def _history(criterion, asked: bool | None, people, known: Known[bool]):
    """What somebody must have done, or must not, of which the record may say nothing."""
    if asked is None:
        return None
    whom = f"For {people}" if asked else f"Not for {people}"
    if known.value is None:
        return _not_known(criterion, f"{whom}: whether they have is not known", known)
    has = "they have" if known.value else "they have not, as far as is recorded"
    return Finding(criterion, _met(known.value is asked), f"{whom}: {has}", known.evidence)


def _not_known(criterion, words, known):
    return Finding(criterion, Met.NOT_KNOWN, words, known.evidence)


def _met(so: bool) -> Met:
    return Met.MET if so else Met.NOT_MET


def _on(known):
    return f", on {say_date(known.evidence.on)}" if known.evidence.on else ""
