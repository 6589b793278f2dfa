"""What one fact more or less would move somebody to, each found by placing them again with it.

Source: product rules, GRID: the page shows what one fact would move it.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cases.reference.codes import CaseState, Part, Place, Register, Rosh
from cases.reference.groups import Band
from grid.reference.placement import Complexity, Need
from grid.rules.facts import Harm, Judged, Registered, Scored
from grid.rules.placement import ABOVE_THE_GRID, makes_complex, place

LAST = date.max  # later than anything recorded, so that the fact supposed is the one that counts
BANDS = list(Band)


def moves(facts, policy):
    """Sentences such as "A registration for domestic abuse as source of harm would move this person
    to medium complex"; empty where no one fact would.
    """
    now = place(facts, policy)
    if now.place in (Place.NO_SENTENCE, Place.RETAINED):
        return list(_outside(facts, now))
    if len(now.needs) > 1:
        return ["Each of the facts that are missing is needed before this person can be placed"]
    if now.place == Place.CANNOT:
        return list(_last_need(facts, now))
    found = []
    for supposed, changed in _suppositions(facts, now):
        then = place(changed, policy)
        if (then.place, then.group) != (now.place, now.group):
            found.append(f"{supposed} would {_result(now, then)}")
    found += _assessed(facts, now, policy)
    return list(dict.fromkeys(found))


def _assessed(facts, now, policy):
    """What ends a raised contact level, and what would be asked for then."""
    if now.raised:
        then = place(replace(facts, raised=None), policy).contact_level.title.lower()
        yield f"A signed assessment would end the contact level that was raised; the group's is {then}"


def _outside(facts, now):
    if now.place == Place.RETAINED:
        yield "A transfer to this provider would bring this person into the GRID"
    elif facts.state != CaseState.CLOSED:
        yield "A new sentence would bring this person into the GRID"


def _last_need(facts, now):
    (need,) = now.needs
    if need == Need.HARM:
        yield (
            "A low or medium risk of serious harm level would place this person in a group, "
            "and a high or very high one would mean risk escalation"
        )
    else:
        yield f"The {need.title.removeprefix('an ')} would place this person in a group"


def _suppositions(facts, now):
    """(a sentence's beginning, the facts if it were so), the most telling first."""
    yield from _more_registers(facts)
    yield from _fewer_registers(facts, now)
    yield from _judgements(facts)
    yield from _harms(facts, now)
    yield from _scores(facts, now)
    mappa = Registered(Register.MAPPA, level="M1", on=LAST)
    yield (
        "A MAPPA registration at level 1, 2 or 3",
        replace(facts, registers=(*facts.registers, mappa)),
    )


def _more_registers(facts):
    # Any register that makes a case complex does so alike, so one stands for all of them.
    new = Registered(Register.DOMESTIC_ABUSE_PERPETRATOR, part=Part.SOURCE, on=LAST)
    kinds = f"{', '.join(each.title for each in Complexity)}".replace(", guns", ", or guns")
    changed = replace(facts, registers=(*facts.registers, new))
    yield f"A registration for {kinds} as source of harm", changed


def _fewer_registers(facts, now):
    names = sorted({each.name or each.code for each in now.complex_by})
    kept = tuple(each for each in facts.registers if not makes_complex(each))
    which = names[0] if len(names) == 1 else f"all of {', '.join(names)}"
    if names:
        yield f"The end of the registration for {which}", replace(facts, registers=kept)
    without_mappa = tuple(each for each in facts.registers if each.code != Register.MAPPA)
    if len(without_mappa) < len(facts.registers):
        yield "The end of the MAPPA registration", replace(facts, registers=without_mappa)


def _judgements(facts):
    if facts.judgement and facts.judgement.complex:
        yield "The end of the judgement that the case is complex", replace(facts, judgement=None)
    else:
        judged = Judged(0, complex=True, made_on=LAST, until_on=LAST)
        yield "An officer's judgement that the case is complex", replace(facts, judgement=judged)


def _harms(facts, now):
    for level in Rosh:
        if now.harm and level == now.harm.level:
            continue
        if level == Rosh.VERY_HIGH and now.harm and now.harm.level not in ABOVE_THE_GRID:
            continue  # high has said it
        supposed = Harm(level, LAST, "supposed")
        yield (
            f"A {level.title.lower()} risk of serious harm level",
            replace(facts, harms=(supposed,)),
        )


def _scores(facts, now):
    if not now.likelihood or not facts.sentence:
        return
    place_of_band = BANDS.index(now.likelihood.band)
    percent = now.likelihood.percent
    if place_of_band + 1 < len(BANDS):
        start = int(BANDS[place_of_band + 1])
        yield f"An OGRS3 of {start}% or more (it is {percent}%)", _scored(facts, start)
    if place_of_band:
        start = int(BANDS[place_of_band])
        yield f"An OGRS3 below {start}% (it is {percent}%)", _scored(facts, start - 1)


def _scored(facts, percent):
    supposed = Scored(Decimal(percent), LAST, "supposed", facts.sentence.id)
    return replace(facts, ogrs3=(*facts.ogrs3, supposed))


def _result(now, then):
    if then.place == Place.ESCALATE:
        return "mean risk escalation to the NPS"
    if then.place == Place.CANNOT:
        return f"leave this person unplaced: {then.needs_in_words} would still be needed"
    if now.place == Place.GROUP and then.band == now.band:
        return f"move this person to {then.level.title.lower()}"
    return f"move this person to {then.level.title.lower()}, {then.band.title}"
