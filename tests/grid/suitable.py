"""Somebody whom everything suits, and people of every kind, for what judges interventions and ranks them."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.reference.interventions import INTERVENTIONS, Family, Hook, Intervention
from grid.rules.intervention_policy import Dose, Terms, read_intervention_policy
from grid.rules.suitability_facts import Attached, Evidence, Known, Person

SEED = json.loads((Path(__file__).parents[2] / "grid/policy/interventions.json").read_text())
POLICY = read_intervention_policy(SEED["body"], version=1)
TODAY = date(2018, 8, 3)  # a Friday: the Monday to come is 6 August
SCORED = date(2018, 7, 2)
ACCREDITED = [code for code, one in INTERVENTIONS.items() if one.family is Family.ACCREDITED]
PEOPLE = 500
UNDER_WAY = {TODAY + timedelta(days=n) for n in (-1, 13, 365)}  # last days of what has begun


def known(value, words="The record says so"):
    return Known(value, Evidence(words, SCORED))


def needs(**great):
    """Every area known to be none, but these; None: not known."""
    return {area: known(great.get(area.value, Need.NONE)) for area in NeedArea}


def rar(days_left=20, until=date(2019, 3, 1)):
    words = f"Rehabilitation activity requirement, 20 days, {days_left} left"
    return Attached(Hook.RAR, words, until, days_left)


def ordered(code, until=date(2019, 3, 1), begun_on=None):
    words = f"Programme requirement: {code}"
    return Attached(Hook.PROGRAMME, words, until, ordered=code, begun_on=begun_on)


def licence(until=date(2019, 3, 1)):
    return Attached(Hook.LICENCE, "Licence condition: participation in programme", until)


def choice(until=date(2019, 3, 1)):
    return Attached(Hook.VOLUNTARY, "It is their choice", until)


ALEX = Person(
    today=TODAY,
    sex=Sex.MALE,
    likelihood=known(Decimal(62)),
    harm=known(Rosh.MEDIUM),
    needs=needs(thinking=Need.STANDARD),
    partner_violence=known(False),
    violence=known(True),
    attached=(rar(),),
)
GROUP = Intervention("one_of_ours", "One of ours", Family.OTHER, "", "What it is.", "A test")
STRICT = Terms(  # asks about everything, and of Alex nothing that is not so
    offered=True,
    hooks=(Hook.RAR,),
    sex=Sex.MALE,
    needs=(NeedArea.THINKING,),
    from_percent=50,
    to_percent=74,
    harm_up_to=Rosh.MEDIUM,
    partner_violence=False,
    violence=True,
    days_counted=True,
    dose=Dose(12, 120, 2),
    sites=(),
    skill="",
    price_pence=100,
    least=4,
    most=12,
    leaders=1,
    led_by_women=False,
    women_only=False,
    entries=(1,),
    rolling=False,
    must_finish=False,
)
EASY = replace(
    STRICT,
    sex=None,
    needs=(),
    from_percent=0,
    to_percent=100,
    harm_up_to=Rosh.VERY_HIGH,
    partner_violence=None,
    violence=None,
)


def people():
    """So many, the same each time. Each fact is as often at a bound as anywhere, and is sometimes not known."""
    chance = Random(2018)
    return [_anybody(chance) for _ in range(PEOPLE)]


def _anybody(chance):
    return Person(
        today=TODAY + timedelta(days=chance.randrange(14)),
        sex=chance.choice([Sex.MALE, Sex.MALE, Sex.FEMALE, Sex.FEMALE, Sex.UNKNOWN]),
        likelihood=known(chance.choice([None, *map(Decimal, (10, 24, 25, 49, 50, 62, 74, 75, 91))])),
        harm=known(chance.choice([None, Rosh.LOW, Rosh.LOW, Rosh.MEDIUM, Rosh.MEDIUM, Rosh.HIGH])),
        needs={area: known(chance.choice([None, *Need, *Need])) for area in NeedArea},
        partner_violence=known(chance.choice([None, True, False])),
        violence=known(chance.choice([None, True, False])),
        attached=tuple(_something(chance) for _ in range(chance.randrange(4))),
        held=chance.random() < 0.1,
        escalated=chance.random() < 0.1,
        planned=frozenset(chance.sample(sorted(INTERVENTIONS), chance.choice([0, 0, 1, 3]))),
    )  # fmt: skip


def _something(chance):
    until = chance.choice([None, *(TODAY + timedelta(days=n) for n in (-1, 13, 44, 80, 200, 365))])
    return chance.choice(
        [
            ordered(
                chance.choice(["", *ACCREDITED]), until, SCORED if until in UNDER_WAY else None
            ),
            rar(chance.choice([None, 0, 1, 5, 12, 30]), until),
            licence(until),
            Attached(Hook.PSS, "Post-sentence supervision", until),
            choice(until),
        ]
    )
