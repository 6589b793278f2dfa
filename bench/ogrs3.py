"""OGRS3 against the bare formula: no checks, no rounding to a percentage, no working.

Goals: one score with its working costs at most ten times the bare formula (goal of the whole system, from its
measurements); a nation, where nothing is explained but everything is still checked, at most two and a half times (ours).
"""

import random
from bisect import bisect_right
from datetime import date, timedelta
from math import exp, log

from bench.measure import Benchmark
from grid.reference.ogrs3 import AGE_BANDS, OPERATIONAL, Category, Profile, Sex
from grid.reference.ogrs3_offences import OFFENCES
from grid.rules.ogrs3 import SCALES, score
from grid.rules.ogrs3_requests import Request, prepare, score_quickly

NATION = 260_000
ONE_BY_ONE = 20_000
AGE_STARTS = [first for first, _ in AGE_BANDS[1:]]
WEIGHTS = dict(zip(Category, OPERATIONAL.offence, strict=True))
CODES = [code for code, category in OFFENCES.items() if category in WEIGHTS]


def bare(sex, born_on, convicted_on, followup_on, sanctions, age_first, weight):
    age = convicted_on.year - born_on.year
    age -= (convicted_on.month, convicted_on.day) < (born_on.month, born_on.day)
    later = followup_on.year - born_on.year
    later -= (followup_on.month, followup_on.day) < (born_on.month, born_on.day)
    z = 1.25112 * log(sanctions / (10 + age - age_first)) + (0.46306 if sanctions > 1 else 0.12614)
    z += OPERATIONAL.age_sex[sex][bisect_right(AGE_STARTS, later)] + weight
    p2 = 1 / (1 + exp(-(2.1217 + z)))
    band = 1 if p2 < 0.5 else 2 if p2 < 0.75 else 3 if p2 < 0.9 else 4
    return 1 / (1 + exp(-(1.40256 + z))), p2, band


def invent(number):
    """People who can all be scored, in the order of Request's fields."""
    chance = random.Random(3)
    for _ in range(number):
        age = chance.randint(18, 70)
        convicted_on = date(2018, 1, 1) + timedelta(days=chance.randrange(365))
        born_on = convicted_on - timedelta(days=age * 365 + age // 4 + chance.randrange(1, 365))
        yield (
            chance.choice([Sex.MALE, Sex.MALE, Sex.MALE, Sex.FEMALE]),
            born_on,
            convicted_on,
            convicted_on + timedelta(days=chance.randrange(200)),
            chance.randint(1, 40),
            chance.randint(10, age),
            chance.choice(CODES),
        )


def benchmarks():
    people = list(invent(NATION))
    weighed = [(*person[:-1], WEIGHTS[OFFENCES[person[-1]]]) for person in people]
    requests = [Request(*person) for person in people[:ONE_BY_ONE]]
    scale = SCALES[Profile.OPERATIONAL]
    check_agreement(weighed, people, scale)
    return [
        Benchmark(
            name="OGRS3: one score, checked and with its working",
            reference=lambda: one_by_one(weighed[:ONE_BY_ONE], lambda person: bare(*person)),
            ours=lambda: one_by_one(requests, lambda request: score(prepare(request))),
            goal=10,
            size=ONE_BY_ONE,
        ),
        Benchmark(
            name="OGRS3: 260,000 people, checked",
            reference=lambda: [bare(*person) for person in weighed],
            ours=lambda: [score_quickly(scale, *person) for person in people],
            goal=2.5,
            size=NATION,
        ),
    ]


def one_by_one(people, work):
    """Nothing is kept, as on a page that shows one person."""
    for person in people:
        work(person)


def check_agreement(weighed, people, scale):
    """A benchmark of two different answers would mean nothing."""
    for bare_person, person in zip(weighed, people, strict=True):
        _, _, *ours = score_quickly(scale, *person)
        p1, p2, _ = bare(*bare_person)
        if abs(ours[0] - p1) > 1e-9 or abs(ours[1] - p2) > 1e-9:
            raise ValueError(f"The bare formula and ours differ for {person}.")
