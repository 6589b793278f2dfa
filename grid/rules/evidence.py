"""The evidence kept with a placement: every fact it rested on, with its date and source, as plain JSON.

Source: architecture, "keep the evidence". What changes here without moving anybody makes a new
placement all the same, so it holds only what the rule looks at.
"""

from datetime import date

from cases.reference.codes import Place
from grid.rules.likelihood import PROFILE, plain, start_of_followup


def evidence(facts, outcome):
    """The facts in JSON's own types, in one order however they came."""
    if outcome.place in (Place.NO_SENTENCE, Place.RETAINED):
        return {"state": str(facts.state), "retained_by": facts.retained_by}
    return {
        "sentence": _sentence(facts.sentence),
        "harm": [_harm(each, outcome.harm) for each in sorted(facts.harms, key=_order_of_harm)],
        "registers": [
            _register(each, outcome.complex_by)
            for each in sorted(facts.registers, key=_order_of_register)
        ],
        "ogrs3": _likelihood(outcome.likelihood),
        "rsr": _score(outcome.rsr),
        "judgement": _judgement(facts.judgement),
        "problems": list(outcome.problems),
        "notes": list(outcome.notes),
        "contact_level": str(outcome.contact_level),
        **_raised(facts.raised, outcome),
    }


def _raised(raised, outcome):
    """Nothing where nothing was raised, so that the evidence of everybody else stays as it was."""
    if raised is None:
        return {}
    counts = raised == outcome.raised
    return {"raised": {"level": str(raised.level), "on": _iso(raised.on), "counts": counts}}


def _provisional(fact):
    return {"provisional": True} if fact.provisional else {}


def _sentence(sentence):
    if sentence is None:
        return None
    return {
        "id": sentence.id,
        "name": sentence.name,
        "convicted_on": _iso(sentence.convicted_on),
        "followup_on": _iso(start_of_followup(sentence)),
        "offence_code": sentence.offence_code,
        "previous_sanctions": sentence.previous_sanctions,
    }


def _harm(harm, counting):
    return {
        "level": str(harm.level),
        "on": _iso(harm.on),
        "source": harm.source,
        "counts": harm == counting,
        **_provisional(harm),
    }


def _register(register, counting):
    return {
        "code": register.code,
        "name": register.name,
        "part": str(register.part),
        "level": register.level,
        "firearm": register.firearm,
        "on": _iso(register.on),
        "counts": register in counting,
        **_provisional(register),
    }


def _likelihood(likelihood):
    if likelihood is None:
        return None
    inputs = likelihood.inputs
    return {
        "percent": likelihood.percent,
        "on": _iso(likelihood.on),
        "source": likelihood.source,
        "profile": str(PROFILE) if inputs else "",
        "inputs": inputs
        and {
            "sex": str(inputs.sex),
            "sanctions_total": inputs.sanctions_total,
            "age_conviction": inputs.age_conviction,
            "age_first_sanction": inputs.age_first_sanction,
            "age_followup": inputs.age_followup,
            "category": str(inputs.category),
        },
    }


def _score(score):
    return score and {
        "percent": plain(score.percent),
        "on": _iso(score.on),
        "source": score.source,
    }


def _judgement(judgement):
    return judgement and {
        "id": judgement.id,
        "complex": judgement.complex,
        "made_on": _iso(judgement.made_on),
        "until_on": _iso(judgement.until_on),
    }


def _iso(day):
    return day and day.isoformat()


def _order_of_harm(harm):
    return (harm.on or date.min, harm.level, harm.source)


def _order_of_register(register):
    firearm = str(register.firearm)
    return (
        register.on or date.min,
        register.code,
        register.part,
        register.level,
        register.name,
        firearm,
    )
