"""What the record says of the facts that an intervention turns on, in words that staff know, and what it leaves unsaid.

Sources: cut-offs of OASys (`cases.rules.needs`); what behaviour an offence is a sign of (`cases.reference.behaviours`); which
registers and parts make somebody the source of harm (product rules, GRID). What nobody recorded is neither yes nor no.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.reference.behaviours import SIGNS, Sign
from cases.reference.codes import Part, Register, Rosh
from cases.reference.harm import Behaviour, Indicator
from cases.reference.needs import ITEMS, NeedArea, Score
from cases.reference.questions import of_area
from cases.rules.needs import Need, need_at, score_of
from cases.rules.words import within_a_sentence
from grid.rules.facts import Harm, Registered
from grid.rules.likelihood import Likelihood, NotScored
from grid.rules.placement import PROVISIONAL
from grid.rules.suitability_facts import Evidence, Known
from staff.rules.dates import say_date

SCORED = frozenset({Score.NONE, Score.SOME, Score.SERIOUS})
SCREENING = "screening.indicators"
HERE = "the assessment signed here"
YES, NO = "yes", "no"
WHOLE_CODE = re.compile("[0-9]{5}")  # a class alone may hold violent offences and others
# By the name of the register alone they harmed a partner; in the others they may be the one who was harmed
BY_NAME = frozenset({Register.DOMESTIC_ABUSE_PERPETRATOR})
BY_PART = frozenset({Register.MARAC, Register.DOMESTIC_ABUSE_HISTORY})


@dataclass(frozen=True, slots=True)
class Assessed:
    """A completed assessment: the answers of one that was signed here, the sums of the sections of one from OASys."""

    on: date
    source: str  # within a sentence: "the assessment signed here"
    answers: Mapping[str, Any] = field(default_factory=dict)
    sums: Mapping[NeedArea, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deregistered:
    """An entry on a register that has ended, with the part that they played in it."""

    code: str
    part: Part
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Convicted:
    """One offence of a sentence that was passed, at any time."""

    code: str
    on: date | None


def likelihood_known(found: Likelihood | NotScored) -> Known[Decimal]:
    if isinstance(found, NotScored):
        lacks = ", ".join(need.title for need in found.needs)
        return Known(None, Evidence(f"OGRS3 cannot be worked out here. It needs: {lacks}"))
    words = "OGRS3 worked out here" if found.inputs else f"OGRS3 from {found.source}"
    return Known(Decimal(str(found.percent)), Evidence(words, found.on))


def harm_known(harm: Harm | None) -> Known[Rosh]:
    if harm is None:
        return Known(None, Evidence("Nobody has recorded a level of risk of serious harm"))
    return Known(
        harm.level, Evidence(f"Risk of serious harm: {within_a_sentence(harm.source)}", harm.on)
    )


def needs_known(assessed: Sequence[Assessed]) -> dict[NeedArea, Known[Need]]:
    """How great each need is. `assessed`: the latest first; an area is told by the first that scores it whole.

    That there was no need before says nothing once a later one has begun to score it.
    """
    return {area: _need(area, assessed) for area in NeedArea}


def _need(area, assessed):
    told = (_told(area, one) for one in assessed)
    found = [one for one in told if one]
    latest = next(iter(found), _untold(area))
    whole = next((one for one in found if one.value is not None), latest)
    return latest if whole.value is Need.NONE else whole


def _told(area, one):
    """What one assessment says of an area; None where it says nothing."""
    if area in one.sums:
        return Known(need_at(area, one.sums[area]), _scored(area, one.sums[area], one))
    if area not in ITEMS:
        return _of_words(area, one)
    score = score_of(area, one.answers)
    if score is None:
        return None
    need = need_at(area, score)
    left = sum(one.answers.get(of_area(area, code)) not in SCORED for code, _ in ITEMS[area])
    if need is Need.NONE and left:  # what is left could make a need of it
        return Known(None, Evidence(f"{area.title} is scored only in part in {one.source}", one.on))
    return Known(need, _scored(area, score, one))


def _scored(area, score, one):
    return Evidence(f"{area.title} scores {score} in {one.source}", one.on)


def _of_words(area, one):
    """Of what OASys describes and does not score: a need where it is linked to reoffending or to harm."""
    said = [one.answers.get(of_area(area, what)) for what in ("offending", "harm")]
    if YES in said:
        linked = "reoffending" if said[0] == YES else "risk of serious harm"
        return Known(
            Need.STANDARD, Evidence(f"{area.title} is linked to {linked} in {one.source}", one.on)
        )
    if said == [NO, NO]:
        words = f"{area.title} is linked to neither reoffending nor harm in {one.source}"
        return Known(Need.NONE, Evidence(words, one.on))
    return None


def _untold(area):
    name = area.title.lower()
    if area in ITEMS:
        return Known(None, Evidence(f"Nobody has scored {name}"))
    return Known(None, Evidence(f"Nobody has said whether {name} is linked to the offending"))


def partner_violence_known(
    registers: Iterable[Registered],
    assessed: Sequence[Assessed],
    offences: Iterable[Convicted],
    ended: Iterable[Deregistered] = (),
) -> Known[bool]:
    """Whether they have been violent or controlling to a partner, as far as is recorded.

    A register or an offence outweighs an assessment that says no. One of which nobody recorded the part they play in
    it says neither; nor does one that has ended, which keeps an assessment from saying no. `ended`: the latest first.
    """
    registers = sorted(registers, key=lambda one: (one.on or date.min, one.code), reverse=True)
    for one in registers:
        if _harmed_a_partner(one):
            return Known(True, Evidence(f"Register: {_name(one)}", one.on))
    if offence := _latest(offences, Behaviour.DOMESTIC_ABUSE):
        return Known(True, _convicted(offence))
    screened = [one for one in assessed if one.answers.get(SCREENING)]
    if screened and Indicator.DOMESTIC_ABUSE in screened[0].answers[SCREENING]:
        return Known(True, Evidence(f"Domestic abuse, in {screened[0].source}", screened[0].on))
    for one in registers:
        if one.code in BY_PART and one.part == Part.NOT_RECORDED:
            words = f"Register: {_name(one)}. Nobody has recorded what part they play in it"
            return Known(None, Evidence(words, one.on))
    for over in ended:
        if _harmed_a_partner(over):
            return Known(None, Evidence(_over(over), over.ended_on))
    if screened:
        return Known(
            False,
            Evidence(f"Domestic abuse: answered “no” in {screened[0].source}", screened[0].on),
        )
    return Known(None, Evidence("No assessment says whether there is domestic abuse"))


def _harmed_a_partner(one):
    if one.code in BY_NAME:
        return one.part in {Part.SOURCE, Part.NOT_RECORDED}
    return one.code in BY_PART and one.part == Part.SOURCE


def _over(one):
    when = f"ended {say_date(one.ended_on)}" if one.ended_on else "the day is not recorded"
    return f"Register that has ended: {Register(one.code).title}, {when}"


def _name(one):
    title = Register(one.code).title
    return f"{title}, {PROVISIONAL}" if one.provisional else title


def violence_known(offences: Sequence[Convicted]) -> Known[bool]:
    """Whether they were ever convicted of a violent offence."""
    if offence := _latest(offences, Behaviour.VIOLENCE):
        return Known(True, _convicted(offence))
    if not offences:
        return Known(None, Evidence("No offence is recorded"))
    if not all(WHOLE_CODE.fullmatch(one.code) for one in offences):
        return Known(None, Evidence("An offence is recorded without its whole code"))
    return Known(False, Evidence("No violent offence among those recorded"))


def _latest(offences, behaviour):
    """(its sign, when they were convicted) of the latest offence that shows this; None where none does."""
    found = [
        (sign, one.on)
        for one in offences
        if (sign := SIGNS.get(one.code)) and sign.behaviour == behaviour
    ]
    return max(found, key=_by_day, default=None)


def _by_day(found: tuple[Sign, date | None]) -> tuple[date, int, str]:
    sign, on = found
    return on or date.min, sign.rank, sign.name


def _convicted(offence):
    sign, on = offence
    return Evidence(f"Convicted of {sign.name}", on)
