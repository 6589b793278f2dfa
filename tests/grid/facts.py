"""Facts for the tests of the GRID: one person who can be placed, and strategies for any person at all."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from cases.reference.codes import CaseState, ContactLevel, Part, Rosh, Sex
from grid.reference.placement import AUTOMATIC, CONSIDERED
from grid.rules.facts import Facts, Harm, Judged, Raised, Registered, Scored, Sentenced
from grid.rules.policy import read_policy

SEED = json.loads((Path(__file__).parents[2] / "grid/policy/grid.json").read_text())
POLICY = read_policy(SEED["body"], version=1)
SENTENCED_ON = date(2018, 5, 1)
SENTENCE = Sentenced(
    id=1,
    name="ORA Community Order",
    custodial=False,
    convicted_on=SENTENCED_ON,
    started_on=SENTENCED_ON,
    offence_code="00801",
    previous_sanctions=3,
    age_at_first_sanction=19,
)
ALEX = Facts(
    state=CaseState.SUPERVISED,
    sex=Sex.MALE,
    born_on=date(1990, 1, 1),
    sentence=SENTENCE,
    harms=(Harm(Rosh.LOW, date(2018, 5, 8), "nDelius register"),),
)


def scored(percent):
    """A supplied OGRS3 of the sentence."""
    return (Scored(Decimal(percent), date(2018, 5, 3), "OASys", SENTENCE.id),)


def harmful(level, on=date(2018, 5, 8)):
    return (Harm(level, on, "nDelius register"),)


days = st.dates(date(2015, 1, 1), date(2019, 12, 31))
maybe_days = st.none() | days
harms = st.builds(Harm, st.sampled_from(Rosh), maybe_days, st.sampled_from(["register", "OASys"]))
registers = st.builds(
    Registered,
    code=st.sampled_from(sorted(CONSIDERED)),
    name=st.sampled_from(["", "As nDelius names it"]),
    part=st.sampled_from(Part),
    level=st.sampled_from(["", "M0", "M1", "M3", "new"]),
    firearm=st.none() | st.booleans(),
    on=maybe_days,
)
sources_of_harm = st.builds(
    Registered,
    code=st.sampled_from(sorted(AUTOMATIC)),
    part=st.just(Part.SOURCE),
    firearm=st.just(True),
    on=maybe_days,
)
scores = st.builds(
    Scored,
    st.decimals(-5, 105, places=2),
    days,
    st.sampled_from(["OASys", "nDelius"]),
    st.none() | st.integers(1, 2),
)
sentences = st.builds(
    Sentenced,
    id=st.integers(1, 2),
    name=st.just("ORA Community Order"),
    custodial=st.booleans(),
    convicted_on=maybe_days,
    referred_on=maybe_days,
    started_on=maybe_days,
    released_on=maybe_days,
    offence_code=st.sampled_from(["", "123", "00801", "08800", "95000", "99999"]),
    previous_sanctions=st.none() | st.integers(-2, 60),
    age_at_first_sanction=st.none() | st.integers(0, 70),
    first_sanction_on=maybe_days,
)
people = st.builds(
    Facts,
    state=st.sampled_from(CaseState),
    retained_by=st.sampled_from(["", "Ann Officer"]),
    sex=st.sampled_from(Sex),
    born_on=st.none() | st.dates(date(1930, 1, 1), date(2019, 1, 1)),
    nationalities=st.lists(st.sampled_from(["British", "Polish"]), max_size=2).map(tuple),
    sentence=st.none() | sentences,
    harms=st.lists(harms, max_size=4).map(tuple),
    registers=st.lists(registers, max_size=4).map(tuple),
    ogrs3=st.lists(scores, max_size=3).map(tuple),
    rsr=st.lists(scores, max_size=2).map(tuple),
    judgement=st.none() | st.builds(Judged, st.integers(1, 9), st.booleans(), days, days),
    raised=st.none() | st.builds(Raised, st.sampled_from(ContactLevel), days),
)
