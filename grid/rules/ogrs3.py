"""The OGRS3 score of one person: the chance of reconviction within one and two years of sentence or release.

Sources: Ministry of Justice Research Summary 7/09 (the formula); HMPPS's public re-implementation of OASys (rounding,
clamp, bands). It says nothing about harm. Plain values in, plain values out; `ogrs3_requests` decides what may be scored.
"""

from bisect import bisect_right
from dataclasses import asdict, dataclass
from decimal import Decimal
from math import exp, log, nextafter

from grid.reference.ogrs3 import (
    AGE_BANDS,
    BAND_STARTS,
    COEFFICIENTS,
    YOUNGEST,
    Category,
    Coefficients,
    Profile,
    Sex,
)

RULES = "OGRS3 rules, 2018-11"  # version, kept with every score
OLDEST_BAND_STARTS = AGE_BANDS[-1][0]
MOST_SANCTIONS_TESTED = 51  # the public spreadsheet caps here, and no public result reaches further
AT_RISK_YEARS = 10  # added to the length of the record, so that a first sanction has a rate


def completed_years(born_on, on):
    """Whole years of age. A birthday of 29 February counts from 1 March in common years, as in OASys."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the formula uses. Ages are in completed years; the number of sanctions counts the current one."""

    sex: Sex
    sanctions_total: int
    age_conviction: int
    age_first_sanction: int
    age_followup: int
    category: Category | None  # None only where a weight is given instead
    offence_weight: float | None = (
        None  # tried in place of the category's, to check another calculator
    )


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the sum, and the fact it rests on."""

    name: str
    value: float
    basis: str


@dataclass(frozen=True, slots=True)
class Score:
    """Percentages run from 1 to 99; p1 and p2 are the chances before rounding; z is the sum of the first four terms."""

    one_year: int
    two_year: int
    band: str
    p1: float
    p2: float
    z: float
    terms: tuple[Term, ...]
    profile: str
    version: str
    inputs: Inputs
    warnings: tuple[str, ...]

    @property
    def sentence(self):
        return (
            f"Of 100 people with this record about {self.two_year} are reconvicted within two years. "
            "It says nothing about harm."
        )

    def as_json(self):
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Scale:
    """A set of coefficients laid out for looking up: by age up to the oldest band, and by category."""

    coefficients: Coefficients
    age_sex: dict[Sex, tuple[float | None, ...]]
    offence: dict[Category, float]
    constants: tuple[Term, Term]
    version: str


def age_band(age):
    """The number of the age band, from 0."""
    if age < YOUNGEST:
        raise ValueError(f"Unhandled age: {age}")
    return next(n for n, (_, last) in enumerate(AGE_BANDS) if last is None or age <= last)


def lay_out(coefficients):
    ages = range(YOUNGEST, OLDEST_BAND_STARTS + 1)
    unscored = (None,) * YOUNGEST
    return Scale(
        coefficients,
        age_sex={
            sex: unscored + tuple(values[age_band(age)] for age in ages)
            for sex, values in coefficients.age_sex.items()
        },
        offence=dict(zip(Category, coefficients.offence, strict=True)),
        constants=(
            Term("one_year_constant", coefficients.one_year, "the same for everyone"),
            Term("two_year_constant", coefficients.two_year, "the same for everyone"),
        ),
        version=f"{RULES}; {coefficients.version}",
    )


SCALES = {profile: lay_out(coefficients) for profile, coefficients in COEFFICIENTS.items()}


# Rounding: to five decimals, then to a whole percentage, each time half up on the exact binary value, as OASys does.
# So 0.495, stored a little below, is 49 and 0.895, stored a little above, is 90. The percentage never falls as the
# chance rises, so each has one smallest chance, found here once; to score is then only to look it up.

FIVE_DECIMALS = 100_000


def start_of(percent):
    """The smallest chance that is shown as this percentage."""
    rounded = percent * 1_000 - 500  # in hundred-thousandths
    # The one value that may go either way; where it goes down, the next is the first to go up.
    if Decimal(rounded / FIVE_DECIMALS) * 100 < percent - Decimal("0.5"):
        rounded += 1
    edge = (rounded - Decimal("0.5")) / FIVE_DECIMALS
    nearest = float(edge)
    return nearest if nearest >= edge else nextafter(nearest, 1)


LEAST, MOST = 1, 99  # nobody is shown as certain either way
STARTS = [start_of(percent) for percent in range(LEAST + 1, MOST + 1)]


def percent_of(p):
    return LEAST + bisect_right(STARTS, p)


def band_of(percent):
    if percent < 0:
        raise ValueError(f"No band for {percent}%")
    return [band for band, start in BAND_STARTS.items() if percent >= start][-1]


BANDS = tuple(band_of(percent) for percent in range(100))


def sum_terms(
    scale, sex, sanctions_total, age_conviction, age_first_sanction, age_followup, weight
):
    """The four terms that depend on the person and their sum, added in the order of HMPPS's implementation."""
    if not (
        sanctions_total >= 1
        and age_conviction >= YOUNGEST
        and age_first_sanction <= age_conviction
        and age_followup >= YOUNGEST
    ):
        raise ValueError("These facts cannot be scored: check them first.")
    coefficients = scale.coefficients
    ages = scale.age_sex[sex]
    age_sex = ages[age_followup] if age_followup < OLDEST_BAND_STARTS else ages[OLDEST_BAND_STARTS]
    history = coefficients.later_sanction if sanctions_total > 1 else coefficients.first_sanction
    years = AT_RISK_YEARS + age_conviction - age_first_sanction
    copas = coefficients.copas * log(sanctions_total / years)
    return age_sex, history, copas, age_sex + history + copas + weight


def conclude(coefficients, z):
    """Both percentages, then both chances."""
    p1 = 1 / (1 + exp(-(coefficients.one_year + z)))
    p2 = 1 / (1 + exp(-(coefficients.two_year + z)))
    return percent_of(p1), percent_of(p2), p1, p2


def quick_score(
    scale, sex, sanctions_total, age_conviction, age_first_sanction, age_followup, category
):
    """The bare answer, for scoring a whole caseload: one year and two years in percent, then p1 and p2.

    Takes SCALES[profile]. The band is BANDS[two_year]. Raises ValueError where `ogrs3_requests` would find a problem.
    """
    _, _, _, z = sum_terms(
        scale,
        sex,
        sanctions_total,
        age_conviction,
        age_first_sanction,
        age_followup,
        scale.offence[category],
    )
    return conclude(scale.coefficients, z)


def score(inputs, profile=Profile.OPERATIONAL):
    """The score with its working. Raises ValueError where `ogrs3_requests` would find a problem."""
    scale = SCALES[profile]
    given = inputs.offence_weight is not None
    weight = inputs.offence_weight if given else scale.offence[inputs.category]
    age_sex, history, copas, z = sum_terms(
        scale,
        inputs.sex,
        inputs.sanctions_total,
        inputs.age_conviction,
        inputs.age_first_sanction,
        inputs.age_followup,
        weight,
    )
    one_year, two_year, p1, p2 = conclude(scale.coefficients, z)
    return Score(
        one_year=one_year,
        two_year=two_year,
        band=BANDS[two_year],
        p1=p1,
        p2=p2,
        z=z,
        terms=(
            Term("age_sex", age_sex, explain_age(inputs)),
            Term("history", history, explain_history(inputs)),
            Term("copas", copas, explain_copas(inputs)),
            Term("offence", weight, "a weight given by hand" if given else inputs.category.label),
            *scale.constants,
        ),
        profile=profile,
        version=scale.version,
        inputs=inputs,
        warnings=tuple(find_warnings(inputs)),
    )


SEXES = {Sex.MALE: "male", Sex.FEMALE: "female"}


def explain_age(inputs):
    return f"{SEXES[inputs.sex]}, {inputs.age_followup} at the start of follow-up"


def explain_history(inputs):
    return "first sanction" if inputs.sanctions_total == 1 else "sanctioned before"


def explain_copas(inputs):
    total, first = inputs.sanctions_total, inputs.age_first_sanction
    sanctions = "1 sanction" if total == 1 else f"{total} sanctions"
    return f"{sanctions} between the ages of {first} and {inputs.age_conviction}"


def find_warnings(inputs):
    """What a reader should check before relying on the score; none of these stops it."""
    if inputs.sanctions_total == 1 and inputs.age_first_sanction != inputs.age_conviction:
        yield (
            "Only one sanction is recorded, but the age at first sanction differs from the age at this conviction. "
            "Check both."
        )
    if inputs.sanctions_total > MOST_SANCTIONS_TESTED:
        yield (
            f"{inputs.sanctions_total} sanctions is above {MOST_SANCTIONS_TESTED}, "
            "further than the score has been checked. Check the count."
        )
    if inputs.age_first_sanction < YOUNGEST:
        yield f"The age at first sanction is under {YOUNGEST}. Check it."
    if inputs.age_followup < inputs.age_conviction:
        yield "Follow-up starts before this conviction. Check both dates."
