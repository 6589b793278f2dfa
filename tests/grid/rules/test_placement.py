from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import CaseState, ContactLevel, Part, Place, Register, Rosh, Sex
from cases.reference.groups import GROUPS, Level
from grid.reference.placement import Need
from grid.rules.evidence import evidence
from grid.rules.facts import Harm, Judged, Raised, Registered, Scored
from grid.rules.placement import LONGEST_REASON, name_of, place, review_overdue
from tests.grid.facts import (
    ALEX,
    POLICY,
    SENTENCE,
    SENTENCED_ON,
    harmful,
    people,
    scored,
    sources_of_harm,
)

JUDGED = Judged(7, complex=True, made_on=date(2018, 6, 1), until_on=date(2018, 12, 1))
ABUSE = Registered(Register.DOMESTIC_ABUSE_PERPETRATOR, "Domestic abuse", Part.SOURCE)
MONTHLY, FORTNIGHTLY, EASED, WEEKLY, FRONT_LOADED = ContactLevel


def put(**changes):
    return place(replace(ALEX, **changes), POLICY)


# The sixteen groups


@pytest.mark.parametrize(
    ("harm", "registers", "levels"),
    [
        (Rosh.LOW, (), [MONTHLY, MONTHLY, FORTNIGHTLY, EASED]),
        (Rosh.LOW, (ABUSE,), [FORTNIGHTLY, FORTNIGHTLY, EASED, WEEKLY]),
        (Rosh.MEDIUM, (), [FORTNIGHTLY, FORTNIGHTLY, WEEKLY, WEEKLY]),
        (Rosh.MEDIUM, (ABUSE,), [EASED, WEEKLY, WEEKLY, FRONT_LOADED]),
    ],
)
def test_each_group_has_the_contact_level_of_the_policy(harm, registers, levels):
    outcomes = [
        put(harms=harmful(harm), registers=registers, ogrs3=scored(percent))
        for percent in (20, 60, 80, 95)
    ]

    assert [outcome.contact_level for outcome in outcomes] == levels
    assert [outcome.band for outcome in outcomes] == ["0", "50", "75", "90"]
    assert len({outcome.level for outcome in outcomes}) == 1


@pytest.mark.parametrize(
    ("percent", "group"),
    [("0", "L0"), ("49", "L0"), ("49.9", "L0"), ("50", "L50"), ("74", "L50"), ("75", "L75"), ("89", "L75"), ("90", "L90"), ("100", "L90")],
)  # fmt: skip
def test_a_band_starts_at_50_75_and_90(percent, group):
    assert put(ogrs3=scored(percent)).group == group


def test_every_group_can_be_reached():
    reached = {
        put(harms=harmful(harm), registers=registers, ogrs3=scored(percent)).group
        for harm in (Rosh.LOW, Rosh.MEDIUM)
        for registers in ((), (ABUSE,))
        for percent in (20, 60, 80, 95)
    }

    assert reached == set(GROUPS)


def test_a_group_is_called_by_its_row_and_its_column():
    assert name_of(put(registers=(ABUSE,), ogrs3=scored(75))) == "Low complex, 75 to 89"
    assert name_of(put(harms=())) == "Cannot place"


# The order of decision


@pytest.mark.parametrize("state", sorted(set(CaseState) - {CaseState.SUPERVISED}))
def test_nobody_is_placed_without_an_active_sentence(state):
    outcome = put(state=state, harms=harmful(Rosh.VERY_HIGH), retained_by="Ann Officer")

    assert (outcome.place, outcome.contact_level) == (Place.NO_SENTENCE, "")


def test_a_person_the_nps_retains_is_not_escalated():
    outcome = put(retained_by="Ann Officer", harms=harmful(Rosh.VERY_HIGH))

    assert outcome.place == Place.RETAINED
    assert outcome.because == "Managed by the NPS: Ann Officer"


@pytest.mark.parametrize("level", [Rosh.HIGH, Rosh.VERY_HIGH])
def test_high_harm_is_escalated_though_facts_are_missing(level):
    outcome = put(harms=harmful(level), sentence=None)

    assert (outcome.place, outcome.needs) == (Place.ESCALATE, ())
    assert outcome.because == f"{level.title} risk of serious harm"
    assert outcome.contact_level == WEEKLY


@pytest.mark.parametrize(
    ("level", "place"),
    [("M0", Place.GROUP), ("M1", Place.ESCALATE), ("M3", Place.ESCALATE), ("", Place.ESCALATE)],
)
def test_mappa_escalates_at_every_level_but_nominal(level, place):
    assert put(registers=(Registered(Register.MAPPA, level=level),)).place == place


def test_a_person_who_cannot_be_placed_is_still_seen_weekly():
    outcome = put(harms=())

    assert (outcome.place, outcome.contact_level, outcome.holding) == (Place.CANNOT, WEEKLY, True)


# What is missing


def test_every_missing_fact_is_named():
    outcome = put(harms=(), sentence=None, sex=Sex.UNKNOWN, born_on=None)

    assert outcome.needs_in_words == (
        "risk of serious harm level, number of previous sanctions, age at first sanction, "
        "date of birth, sex, offence code, conviction date, "
        "start of follow-up (the date the sentence started)"
    )
    assert len(outcome.needs_in_words) <= LONGEST_REASON


def test_no_previous_sanctions_recorded_is_not_none():
    unknown = put(sentence=replace(SENTENCE, previous_sanctions=None))
    none = put(sentence=replace(SENTENCE, previous_sanctions=0))

    assert unknown.needs == (Need.PREVIOUS_SANCTIONS,)
    assert none.place == Place.GROUP


def test_follow_up_starts_at_release_from_custody_and_not_before():
    held = replace(SENTENCE, custodial=True)
    released = replace(held, released_on=date(2018, 8, 1))
    earlier = replace(held, released_on=date(2017, 8, 1))

    assert put(sentence=held).needs == (Need.RELEASED_ON,)
    assert put(sentence=earlier).needs == (Need.RELEASED_ON,)
    assert put(sentence=released).likelihood.on == date(2018, 8, 1)


def test_an_age_at_first_sanction_may_come_from_its_date():
    dated = replace(SENTENCE, age_at_first_sanction=None, first_sanction_on=date(2009, 6, 1))

    assert put(sentence=dated).likelihood == put().likelihood


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("123", "5 digits"), ("08800", "exact offence"), ("99999", "not in the offence table")],
)
def test_an_offence_code_that_cannot_be_scored_is_asked_for_again(code, sentence):
    outcome = put(sentence=replace(SENTENCE, offence_code=code))

    assert outcome.needs == (Need.KNOWN_OFFENCE,)
    assert sentence in outcome.problems[0]


def test_ages_that_contradict_each_other_are_not_scored():
    outcome = put(sentence=replace(SENTENCE, age_at_first_sanction=60))

    assert outcome.needs == (Need.AGREEING_AGES,)
    assert "Check both" in outcome.problems[0]


# Likelihood


def test_a_score_supplied_is_used_as_it_is():
    outcome = put(ogrs3=scored(91))

    assert (outcome.likelihood.percent, outcome.likelihood.source) == (91, "OASys")
    assert outcome.likelihood.inputs is None


def test_of_two_scores_the_later_wins_and_oasys_on_a_tie():
    day, later = date(2018, 5, 3), date(2018, 5, 4)
    nd, oasys = Scored(Decimal(60), day, "nDelius", 1), Scored(Decimal(20), day, "OASys", 1)
    last = Scored(Decimal(77), later, "nDelius", 1)

    assert put(ogrs3=(nd, oasys)).likelihood.percent == 20
    assert put(ogrs3=(nd, oasys, last)).likelihood.percent == 77


def test_a_score_of_another_conviction_or_from_before_this_one_is_not_used():
    other = Scored(Decimal(91), date(2018, 6, 1), "OASys", sentence=2)
    before = Scored(Decimal(91), date(2018, 4, 30), "OASys")
    since = Scored(Decimal(92), SENTENCED_ON, "OASys")

    assert put(ogrs3=(other, before)).likelihood.inputs is not None
    assert put(ogrs3=(other, before, since)).likelihood.percent == 92


@pytest.mark.parametrize("percent", ["-1", "101"])
def test_a_score_that_is_no_percentage_is_not_used(percent):
    assert put(ogrs3=scored(percent)).likelihood.inputs is not None


def test_a_score_is_said_as_people_out_of_100():
    assert put(ogrs3=scored(62)).likelihood.sentence == (
        "Of 100 people with this record about 62 are reconvicted within two years. "
        "It says nothing about harm."
    )


# Harm


def test_the_latest_level_of_harm_counts_and_the_highest_on_a_tie():
    low = Harm(Rosh.LOW, date(2018, 6, 1), "nDelius register")
    older = Harm(Rosh.MEDIUM, date(2018, 5, 1), "OASys assessment")
    same = Harm(Rosh.MEDIUM, date(2018, 6, 1), "OASys assessment")
    undated = Harm(Rosh.MEDIUM, None, "nDelius register")

    assert put(harms=(older, low)).harm == low
    assert put(harms=(same, low)).harm == same
    assert put(harms=(undated, low)).harm == undated


def test_a_level_older_than_the_sentence_is_said_to_be_from_an_earlier_order():
    old = put(harms=harmful(Rosh.LOW, on=date(2018, 4, 30)))
    new = put(harms=harmful(Rosh.LOW, on=SENTENCED_ON))

    assert "from an earlier order" in old.notes[0]
    assert new.notes == ()
    assert old.group == new.group


# Complexity


@pytest.mark.parametrize("code", ["ADVP", "IMAR", "RCPR", "RCCO", "RCHD", "REG22", "STRG", "REG26"])
@pytest.mark.parametrize("part", [Part.SOURCE, Part.NOT_RECORDED])
def test_these_registers_make_a_case_complex_where_the_person_is_the_source_of_harm(code, part):
    assert put(registers=(Registered(code, part=part),)).level == Level.LOW_COMPLEX


@pytest.mark.parametrize("part", [Part.AT_RISK, Part.PARENT])
def test_another_part_in_a_register_goes_to_judgement(part):
    assert put(registers=(Registered("RCPR", part=part),)).level == Level.LOW


@pytest.mark.parametrize("code", ["RVAD", "REG30", "ADVV", "AV2S", "ALSH", "RSTO"])
def test_these_registers_go_to_judgement(code):
    assert put(registers=(Registered(code, part=Part.SOURCE),)).level == Level.LOW


@pytest.mark.parametrize(
    ("firearm", "level"),
    [(True, Level.LOW_COMPLEX), (False, Level.LOW), (None, Level.LOW)],
)
def test_a_weapon_makes_a_case_complex_only_where_it_is_a_firearm(firearm, level):
    weapon = Registered(Register.WEAPONS, part=Part.SOURCE, firearm=firearm)

    assert put(registers=(weapon,)).level == level


def test_a_part_nobody_recorded_counts_and_is_said_to():
    outcome = put(registers=(replace(ABUSE, part=Part.NOT_RECORDED),))

    assert "nobody has recorded the person's part" in outcome.notes[0]


def test_a_judgement_makes_a_case_complex_where_no_register_does():
    judged = put(judgement=JUDGED)
    registered = put(judgement=JUDGED, registers=(ABUSE,))

    assert (judged.level, judged.judged) == (Level.LOW_COMPLEX, JUDGED)
    assert (registered.level, registered.judged) == (Level.LOW_COMPLEX, None)


def test_a_judgement_never_undoes_what_a_register_does():
    lowering = replace(JUDGED, complex=False)

    assert put(judgement=lowering, registers=(ABUSE,)).level == Level.LOW_COMPLEX
    assert put(judgement=lowering).level == Level.LOW


@pytest.mark.parametrize(
    ("code", "concern"), [("ADVP", True), ("RCPR", True), ("INVI", True), ("STRG", False)]
)
def test_a_concern_is_domestic_abuse_a_child_or_a_named_victim(code, concern):
    assert put(registers=(Registered(code, part=Part.AT_RISK),)).concern is concern


def test_a_flag_past_its_review_counts_and_is_overdue():
    flag = replace(ABUSE, review_on=date(2018, 6, 1))

    assert not review_overdue(flag, date(2018, 6, 1))
    assert review_overdue(flag, date(2018, 6, 2))
    assert put(registers=(flag,)).level == Level.LOW_COMPLEX


# Notes that move nobody


def test_overseas_history_is_said_not_to_be_included():
    assert put(nationalities=("Polish",)).notes == ("Overseas history not included",)
    assert put(nationalities=("British", "UK National")).notes == ()


@pytest.mark.parametrize(("percent", "proposed"), [("6.88", False), ("6.89", True), ("12", True)])
def test_rsr_of_6_89_or_more_proposes_escalation_and_moves_nobody(percent, proposed):
    outcome = put(rsr=(Scored(Decimal(percent), date(2018, 5, 3), "OASys"),))

    assert any("RSR" in note for note in outcome.notes) is proposed
    assert outcome.place == Place.GROUP


# Properties

RANK = {code: number for number, code in enumerate(Level)}


@given(people, sources_of_harm)
def test_a_new_register_as_source_of_harm_never_lowers_a_placement(person, register):
    before = place(person, POLICY)
    after = place(replace(person, registers=(*person.registers, register)), POLICY)

    assert after.place == before.place
    if before.place == Place.GROUP:
        assert RANK[after.level] >= RANK[before.level]
        assert after.band == before.band
        assert after.level in (Level.LOW_COMPLEX, Level.MEDIUM_COMPLEX)


@given(people)
def test_everybody_has_exactly_one_outcome_and_only_the_placed_have_a_group(person):
    outcome = place(person, POLICY)

    assert outcome.place in set(Place)
    assert (outcome.group in GROUPS) is (outcome.place == Place.GROUP)
    assert bool(outcome.group) is (outcome.place == Place.GROUP)
    assert bool(outcome.needs) is (outcome.place == Place.CANNOT)
    assert outcome.holding is (outcome.place == Place.CANNOT)
    assert 0 < len(outcome.because) <= LONGEST_REASON


@given(people, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_never_matters(person, random):
    def shuffled(entries):
        return tuple(random.sample(entries, len(entries)))

    other = replace(
        person,
        harms=shuffled(person.harms),
        registers=shuffled(person.registers),
        ogrs3=shuffled(person.ogrs3),
        rsr=shuffled(person.rsr),
    )
    one, same = place(person, POLICY), place(other, POLICY)

    assert evidence(person, one) == evidence(other, same)
    assert (one.place, one.group, one.needs, one.because) == (
        same.place, same.group, same.needs, same.because
    )  # fmt: skip


# What was raised, until it is assessed


RAISED_ON = date(2018, 10, 1)


def test_a_level_raised_holds_against_a_lower_one_that_comes_later():
    raised = Harm(Rosh.HIGH, RAISED_ON, "Raised here", provisional=True)

    outcome = put(harms=(*harmful(Rosh.LOW, date(2018, 10, 9)), raised))

    assert (outcome.place, outcome.harm) == (Place.ESCALATE, raised)
    assert "level: raised, and provisional until a signed assessment" in " ".join(outcome.notes)


def test_a_level_raised_gives_way_to_a_higher_one():
    raised = Harm(Rosh.MEDIUM, RAISED_ON, "Raised here", provisional=True)

    assert put(harms=(*harmful(Rosh.HIGH), raised)).harm.level == Rosh.HIGH


@pytest.mark.parametrize(
    ("raised", "level"), [(WEEKLY, WEEKLY), (MONTHLY, FORTNIGHTLY)], ids=["oftener", "less often"]
)
def test_contact_is_at_least_as_often_as_was_raised(raised, level):
    outcome = put(harms=harmful(Rosh.MEDIUM), ogrs3=scored(20), raised=Raised(raised, RAISED_ON))

    assert (outcome.contact_level, outcome.group) == (level, "M0")
    assert bool(outcome.raised) == (raised == level)


def test_nothing_is_raised_for_somebody_we_do_not_supervise():
    outcome = put(retained_by="Ann Officer", raised=Raised(WEEKLY, RAISED_ON))

    assert outcome.contact_level == ""


def test_a_flag_raised_counts_and_is_said_to_be_provisional():
    outcome = put(registers=(replace(ABUSE, provisional=True),), ogrs3=scored(20))

    assert outcome.level == Level.LOW_COMPLEX
    assert "Domestic abuse: raised, and provisional until a signed assessment" in outcome.notes
