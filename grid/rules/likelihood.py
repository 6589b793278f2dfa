"""How likely somebody is to be reconvicted: the score that was supplied, or ours, or what is missing.

Sources: product rules, GRID (scored at sentence or release, and fixed for that sentence); where a
score is held twice the later assessment wins, and OASys on a tie (national tiering).
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Sex
from cases.reference.groups import Band
from grid.reference import ogrs3 as scale
from grid.reference.placement import Need
from grid.rules.facts import OASYS
from grid.rules.ogrs3 import RULES, SCALES, Inputs, completed_years, quick_score
from grid.rules.ogrs3_requests import CannotScore, ProblemType, Request, prepare

SEXES = {Sex.MALE: scale.Sex.MALE, Sex.FEMALE: scale.Sex.FEMALE}
PROFILE = scale.Profile.OPERATIONAL
NEEDED_INSTEAD = {
    ProblemType.CODE_FORMAT: Need.KNOWN_OFFENCE,
    ProblemType.CODE_UNKNOWN: Need.KNOWN_OFFENCE,
    ProblemType.CODE_TOO_BROAD: Need.KNOWN_OFFENCE,
    ProblemType.NO_SANCTIONS: Need.PREVIOUS_SANCTIONS,
}
BAND_STARTS = tuple((int(band), band) for band in reversed(Band))  # highest first
MOST = 100  # per cent


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A two-year OGRS3 percentage with its date and source; `inputs` where we computed it."""

    percent: int | float
    on: date | None
    source: str
    inputs: Inputs | None = None

    @property
    def band(self):
        return next(band for start, band in BAND_STARTS if self.percent >= start)

    @property
    def sentence(self):
        return (
            f"Of 100 people with this record about {round(self.percent)} are reconvicted within "
            "two years. It says nothing about harm."
        )


@dataclass(frozen=True, slots=True)
class NotScored:
    """Why there is no score: what is needed, and a sentence for each thing that does not fit."""

    needs: tuple[Need, ...]
    problems: tuple[str, ...] = ()


def likelihood_of(facts):
    """A Likelihood or a NotScored. The score supplied is used as it is; ours needs every input."""
    return supplied(facts) or computed(facts)


def supplied(facts):
    """The latest OGRS3 that somebody else computed for the most recent active conviction, or None."""
    scores = [score for score in facts.ogrs3 if _is_of(facts.sentence, score)]
    if not scores:
        return None
    last = max(scores, key=lambda score: (score.on, score.source == OASYS, score.percent))
    return Likelihood(plain(last.percent), last.on, last.source)


def _is_of(sentence, score):
    if not 0 <= score.percent <= MOST:
        return False
    if sentence is None or score.sentence is not None:
        return sentence is not None and score.sentence == sentence.id
    since = sentence.convicted_on or sentence.referred_on or sentence.started_on
    return since is None or score.on >= since  # an older one is of an earlier conviction


def computed(facts):
    """Our own OGRS3, once every input is there. A missing number of sanctions is never taken as 0."""
    sentence = facts.sentence
    missing = tuple(missing_inputs(facts))
    if missing:
        return NotScored(missing)
    followup_on = start_of_followup(sentence)
    request = Request(
        sex=SEXES[facts.sex],
        born_on=facts.born_on,
        convicted_on=sentence.convicted_on,
        followup_on=followup_on,
        sanctions_total=sentence.previous_sanctions + 1,
        age_first_sanction=age_at_first_sanction(facts),
        offence_code=sentence.offence_code,
    )
    try:
        inputs = prepare(request)
    except CannotScore as refusal:
        needs = {NEEDED_INSTEAD.get(each.type, Need.AGREEING_AGES) for each in refusal.problems}
        sentences = tuple(each.sentence for each in refusal.problems)
        return NotScored(tuple(sorted(needs)), sentences)
    _, two_year, _, _ = quick_score(
        SCALES[PROFILE],
        inputs.sex,
        inputs.sanctions_total,
        inputs.age_conviction,
        inputs.age_first_sanction,
        inputs.age_followup,
        inputs.category,
    )
    return Likelihood(two_year, followup_on, f"computed here, {RULES}", inputs)


def missing_inputs(facts):
    """Every input of OGRS3 that is not recorded, in the order in which staff would look for them."""
    sentence = facts.sentence
    if sentence is None or sentence.previous_sanctions is None:
        yield Need.PREVIOUS_SANCTIONS
    if sentence is None or age_at_first_sanction(facts) is None:
        yield Need.FIRST_SANCTION
    if facts.born_on is None:
        yield Need.BORN_ON
    if facts.sex not in SEXES:
        yield Need.SEX
    if sentence is None or not sentence.offence_code:
        yield Need.OFFENCE
    if sentence is None or sentence.convicted_on is None:
        yield Need.CONVICTED_ON
    if sentence is None or start_of_followup(sentence) is None:
        yield Need.RELEASED_ON if sentence and sentence.custodial else Need.STARTED_ON


def age_at_first_sanction(facts):
    """In completed years: as recorded, else from the date of it."""
    sentence = facts.sentence
    if sentence.age_at_first_sanction is not None:
        return sentence.age_at_first_sanction
    if sentence.first_sanction_on is None or facts.born_on is None:
        return None
    return completed_years(facts.born_on, sentence.first_sanction_on)


def start_of_followup(sentence):
    """The start of a community sentence; the release from a custodial one, once it has happened."""
    if not sentence.custodial:
        return sentence.started_on
    released_on = sentence.released_on
    if released_on and sentence.started_on and released_on < sentence.started_on:
        return None  # the release from an earlier sentence
    return released_on


def plain(percent):
    """A whole number where it is one, so that the page and the evidence do not say 62.00."""
    return int(percent) if percent == int(percent) else float(percent)
