"""Finds a record whose OGRS3 lands well inside the band that a story asks for.

Source: the published nine-decimal coefficients of OGRS3 (Howard and others, Ministry of Justice 7/09).
The reckoning is the demonstration's own, so that what it says of a band is evidence apart from the
product's rule. It keeps two points clear of every boundary, where rounding could decide.
"""

from math import ceil, exp, floor, log

CONSTANT_TWO_YEARS = 2.121705678
COPAS = 1.251124464
FIRST_SANCTION, REPEAT = 0.126142106, 0.463062792
# Age reached at the start of follow-up, then the weight for men and for women
AGES = [
    (18, -0.625103618, -0.897480934),
    (21, -1.051515067, -1.028488454),
    (25, -1.166679288, -1.052777806),
    (30, -1.325976554, -1.129127959),
    (35, -1.368045933, -1.42187494),
    (40, -1.499690953, -1.524652221),
    (50, -2.025261458, -2.44983716),
]
OFFENCES = {
    "violence": 0.0,
    "robbery": -0.634795912,
    "public_order": 0.181917975,
    "burglary_domestic": -0.12394352,
    "burglary_other": 0.240604429,
    "theft": 0.661244321,
    "handling": 0.351866973,
    "fraud": 0.159910192,
    "bail": 0.733378677,
    "taking": 0.380059431,
    "theft_from_vehicle": 0.427225615,
    "drink_driving": -0.121439408,
    "motoring": 0.262228428,
    "damage": 0.204960477,
    "drug_supply": -0.795556373,
    "drugs": 0.077165871,
}
CLEAR = 2.0  # points kept between a planned score and the edge of its band
LOWEST, HIGHEST = 0, 100
EDGES = {"0": (LOWEST, 50), "50": (50, 75), "75": (75, 90), "90": (90, HIGHEST)}
MOST_SANCTIONS = 50
YOUNGEST_OFFENDER = 10
SANCTIONS_A_YEAR = 5  # more than this many a year, year upon year, is not plausible


def two_year_score(*, woman, sanctions, age_convicted, age_first, age_out, offence):
    """Percent reconvicted within two years, unrounded. `sanctions` counts the present one."""
    fixed = _all_but_copas(woman, sanctions, age_out, offence)
    z = fixed + COPAS * log(sanctions / (10 + age_convicted - age_first))
    return 100 / (1 + exp(-z))


def sanctions_for(rng, band, *, woman, age_convicted, age_first, ages_out, offence):
    """How many sanctions, this one counted, put a person in this band at every one of these ages.

    None when no plausible number does.
    """
    years = age_convicted - age_first
    if years == 0:
        scores = [
            two_year_score(
                woman=woman,
                sanctions=1,
                age_convicted=age_convicted,
                age_first=age_first,
                age_out=age,
                offence=offence,
            )
            for age in ages_out
        ]
        low, high = _inside(band)
        return 1 if all(low <= score <= high for score in scores) else None
    fewest, most = 2, min(MOST_SANCTIONS, 2 + SANCTIONS_A_YEAR * years)
    for age in ages_out:
        fixed = _all_but_copas(woman, 2, age, offence)
        low, high = (_sanctions_at(edge, fixed, 10 + years) for edge in _inside(band))
        fewest, most = max(fewest, ceil(low)), min(most, floor(high))
    if fewest > most:
        return None
    return fewest + min(int(rng.expovariate(1) * (most - fewest) / 3), most - fewest)


def _all_but_copas(woman, sanctions, age_out, offence):
    history = REPEAT if sanctions > 1 else FIRST_SANCTION
    age = next(row[2 if woman else 1] for row in reversed(AGES) if row[0] <= age_out)
    return CONSTANT_TWO_YEARS + history + age + OFFENCES[offence]


def _inside(band):
    """The scores that are certainly of this band, whatever the rounding."""
    low, high = EDGES[band]
    return (low + CLEAR if low > LOWEST else 0.01), (high - CLEAR if high < HIGHEST else 99.9)


def _sanctions_at(score, fixed, years):
    """How many sanctions would give this score: the formula turned round."""
    return years * exp((log(score / (100 - score)) - fixed) / COPAS)
