from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import Register, Rosh
from oversight.reference import tiers as table
from oversight.reference.tiers import (
    COMPLEXITY,
    ENFORCEMENT,
    NEEDS,
    Change,
    Protect,
    RsrGap,
    SameDay,
)
from oversight.rules.tier_facts import (
    Assessment,
    Facts,
    Registered,
    Requirement,
    Scored,
    Sentence,
)
from oversight.rules.tiers import (
    current_mappa,
    current_ogrs,
    current_rosh,
    has_mandate,
    in_rsr_gap,
    rsr_points,
    severity,
    tier_of,
)
from staff.errors import RuleBroken
from tests.oversight.rules.workload_policy import POLICY

DAY, LATER = date(2018, 5, 3), date(2018, 6, 1)
CUSTODY = Sentence("SC")
NOTHING = Assessment({})
WORST = Assessment(dict.fromkeys(NEEDS, 8))


def on(code, day=DAY, level=""):
    return Registered(code, day, level)


def tier(policy=POLICY, **facts):
    return tier_of(Facts(**facts), policy)


def protect_points(**facts):
    return tier(**facts).protect_points


# Every row of the protect level


@pytest.mark.parametrize(
    ("rsr", "points"),
    [
        (None, 0),
        ("0", 0),
        ("2.99", 0),
        ("2.999", 0),
        ("3.00", 10),
        ("6.99", 10),
        ("7.00", 20),
        ("99.99", 20),
        ("100", 0),
    ],
)
def test_rsr_by_its_ranges(rsr, points):
    assert protect_points(rsr=rsr and Decimal(rsr)) == points


@pytest.mark.parametrize(
    ("code", "points"), [("RVHR", 150), ("RHRH", 20), ("RMRH", 10), ("RLRH", 0)]
)
def test_risk_of_serious_harm(code, points):
    assert protect_points(registers=(on(code),)) == points


@pytest.mark.parametrize(
    ("level", "points"), [("M3", 150), ("M2", 150), ("M1", 5), ("M0", 0), ("", 0)]
)
def test_mappa(level, points):
    assert protect_points(registers=(on(Register.MAPPA, level=level),)) == points


@pytest.mark.parametrize("code", COMPLEXITY)
def test_each_register_that_adds_complexity_is_two_points_once(code):
    assert protect_points(registers=(on(code), on(code, LATER))) == 2


def test_there_are_ten_of_them_and_each_counts():
    assert len(COMPLEXITY) == 10
    assert protect_points(registers=tuple(map(on, COMPLEXITY))) == 20


@pytest.mark.parametrize("code", ["ADVP", "WEAP", "REG26", "IMAR", "HREG", "REG30"])
def test_other_registers_add_nothing_though_some_make_a_case_complex_in_the_grid(code):
    assert protect_points(registers=(on(code),)) == 0


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"parenting": True}, 2),
        ({"impulsivity": 1}, 2),
        ({"temper": 2}, 2),
        ({"impulsivity": 2, "temper": 2}, 2),
        ({"parenting": True, "temper": 1}, 4),
        ({}, 0),
    ],
)
def test_what_counts_for_women_counts_for_nobody_else(answers, points):
    assessment = Assessment({}, **answers)

    assert protect_points(female=True, assessment=assessment) == points
    assert protect_points(female=False, assessment=assessment) == 0


@pytest.mark.parametrize("code", sorted(ENFORCEMENT))
def test_enforcement_before_counts_for_women(code):
    assert protect_points(female=True, enforcement=frozenset({code})) == 2
    assert protect_points(enforcement=frozenset({code})) == 0


@pytest.mark.parametrize("code", ["BRE09", "BRE11", "BRE12", "BRE15", "REC03"])
def test_other_outcomes_are_no_enforcement(code):
    assert protect_points(female=True, enforcement=frozenset({code})) == 0


def test_of_rsr_and_risk_of_serious_harm_only_the_larger_counts():
    found = tier(rsr=Decimal("4.2"), registers=(on(Rosh.HIGH),))

    assert (found.protect_points, found.protect) == (20, Protect.B)
    assert (
        "Of RSR and risk of serious harm only the larger counts: 10 points taken off."
        in found.working
    )
    assert protect_points(rsr=Decimal("8"), registers=(on(Rosh.MEDIUM),)) == 20


@pytest.mark.parametrize(
    ("registers", "points", "level"),
    [
        (("RCCO", "RCHD", "RCPR", "RVAD"), 8, Protect.D),
        (("RMRH",), 10, Protect.C),
        (("RMRH", "RCCO", "RCHD", "RCPR", "RVAD"), 18, Protect.C),
        (("RHRH",), 20, Protect.B),
        (("RVHR",), 150, Protect.A),
    ],
)
def test_the_levels_begin_at_10_20_and_150_points(registers, points, level):
    found = tier(registers=tuple(map(on, registers)))

    assert (found.protect_points, found.protect) == (points, level)


def test_149_points_are_b_and_150_are_a():
    assert [table.PROTECT_FROM[place] for place in range(4)] == [("A", 150), ("B", 20), ("C", 10), ("D", 0)]  # fmt: skip


# The gap of RSR, and what else is not in the code that was read


@pytest.mark.parametrize("rsr", ["6.9901", "6.995", "6.9999"])
@pytest.mark.parametrize(
    ("gap", "points"), [(RsrGap.AS_WRITTEN, 0), (RsrGap.AS_BELOW, 10), (RsrGap.AS_ABOVE, 20)]
)
def test_between_6_99_and_7_local_policy_decides_and_the_tier_says_so(rsr, gap, points):
    found = tier(replace(POLICY, rsr_gap=gap), rsr=Decimal(rsr))

    assert found.protect_points == points
    assert any("lies between 6.99 and 7.00" in mark for mark in found.marks)


def test_as_seeded_the_gap_is_as_it_is_written():
    assert POLICY.rsr_gap == RsrGap.AS_WRITTEN
    assert not in_rsr_gap(Decimal("6.99"))
    assert not in_rsr_gap(Decimal("7.00"))
    assert not any("between 6.99" in mark for mark in tier(rsr=Decimal("6.99")).marks)


def test_what_is_missing_is_counted_as_nothing_and_said():
    assert tier().marks == (
        "There is no RSR, which counts as nought here. The tier may be too low.",
        "No risk of serious harm is registered, which counts as low here. The tier may be too low.",
    )


@pytest.mark.parametrize("rsr", ["100", "99.995", "-1"])
def test_a_score_outside_the_ranges_is_said(rsr):
    assert any("outside the published ranges" in mark for mark in tier(rsr=Decimal(rsr)).marks)


def test_the_latest_level_of_risk_counts_though_it_is_the_lower():
    assert current_rosh([on("RVHR"), on("RMRH", LATER)], SameDay.HIGHEST) == on("RMRH", LATER)


def test_of_two_levels_on_one_day_local_policy_decides_and_the_tier_says_so():
    both = (on("RLRH"), on("RHRH"))

    assert current_rosh(both, SameDay.HIGHEST).code == "RHRH"
    assert current_rosh(both, SameDay.LOWEST).code == "RLRH"
    assert tier(registers=both).marks[-1] == (
        "High and low risk of serious harm were registered on one day. Local policy: the highest counts."
    )
    assert len(tier(rsr=Decimal(1), registers=(on("RLRH", LATER), on("RHRH"))).marks) == 0


def test_a_later_nominal_mappa_entry_does_not_end_an_earlier_level():
    entries = [on("MAPP", level="M2"), on("MAPP", LATER, "M0")]

    assert current_mappa(entries) == "M2"
    assert current_mappa([*entries, on("MAPP", LATER, "M1")]) == "M1"


def test_a_register_that_is_ignored_counts_for_nothing_and_the_unsupervised_third_is_an_s():
    assert tier(registers=(on("PRC"),)).code == "D0S"
    assert tier(registers=(on("PRC"),)).supervised_code == "D0"
    assert tier(registers=(on("HREG"),)).code == "D0"


# The change level


@pytest.mark.parametrize(
    ("sentence", "mandate"),
    [
        (Sentence("NC"), True),
        (Sentence("SC"), True),
        (Sentence("SC", terminated=True), False),
        (Sentence("CO"), False),
        (Sentence("CO", (Requirement("F", False),)), True),
        (Sentence("CO", (Requirement("F", True),)), False),
        (Sentence("CO", (Requirement("W", False),)), False),
        (Sentence("CO", (Requirement("W1", False),)), False),
        (Sentence("CO", (Requirement("W", False), Requirement("F", False))), True),
    ],
)
def test_what_gives_a_mandate_for_change(sentence, mandate):
    found = tier(sentences=(sentence,), assessment=WORST)

    assert has_mandate([sentence]) == mandate
    assert (found.change != Change.ZERO) == mandate


def test_without_a_mandate_the_level_is_nought_whatever_the_needs():
    found = tier(assessment=WORST, ogrs=(Scored(99, DAY),))

    assert (found.change, found.change_points) == (Change.ZERO, 0)


def test_without_an_assessment_it_is_two():
    found = tier(sentences=(CUSTODY,), ogrs=(Scored(99, DAY),))

    assert (found.change, found.change_points) == (Change.TWO, 0)


NEED_ROWS = [  # name, weight, standard and severe, and of strengths and needs
    ("accommodation", 1, (2, 7), (3, 5)),
    ("ete", 1, (3, 7), (3, 7)),
    ("relationships", 1, (2, 5), (2, 5)),
    ("lifestyle", 1, (2, 5), (2, 5)),
    ("drugs", 1, (2, 8), (2, 6)),
    ("alcohol", 1, (4, 7), (2, 4)),
    ("thinking", 2, (4, 7), (3, 5)),
    ("attitudes", 2, (2, 7), (1, 5)),
]


@pytest.mark.parametrize(("code", "weight", "usual", "san"), NEED_ROWS)
@pytest.mark.parametrize("is_san", [False, True])
def test_each_need_by_its_thresholds_and_weight(code, weight, usual, san, is_san):
    standard, severe = san if is_san else usual

    def points(score):
        assessment = Assessment({code: score}, san=is_san)
        return tier(sentences=(CUSTODY,), assessment=assessment).change_points

    assert points(None) == points(standard - 1) == 0
    assert points(standard) == points(severe - 1) == weight
    assert points(severe) == 2 * weight


def test_the_table_holds_these_needs_and_no_others():
    assert list(NEEDS) == [row[0] for row in NEED_ROWS]


@pytest.mark.parametrize(
    ("percent", "points"), [(0, 0), (9, 0), (10, 1), (50, 5), (59, 5), (90, 9), (100, 10)]
)
def test_ogrs_is_a_point_for_each_whole_ten(percent, points):
    found = tier(sentences=(CUSTODY,), assessment=NOTHING, ogrs=(Scored(percent, DAY),))

    assert found.change_points == points


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_score_that_cannot_be_is_refused(percent):
    with pytest.raises(RuleBroken, match="from 0 to 100"):
        tier(sentences=(CUSTODY,), assessment=NOTHING, ogrs=(Scored(percent, DAY),))


def test_the_later_ogrs_counts_and_on_one_day_that_of_oasys():
    early, late = Scored(80, DAY, oasys=True), Scored(30, LATER)

    assert current_ogrs([early, late]) == late
    assert current_ogrs([Scored(80, LATER), replace(late, oasys=True)]).percent == 30
    assert current_ogrs([]) is None


def test_integrated_offender_management_is_two_points():
    found = tier(sentences=(CUSTODY,), assessment=NOTHING, registers=(on("IIOM"),))

    assert found.change_points == 2


@pytest.mark.parametrize(("points", "level"), [(9, "1"), (10, "2"), (19, "2"), (20, "3")])
def test_the_change_levels_begin_at_10_and_20_points(points, level):
    # needs in steps of one: severe sections of weight 1 are two points each, OGRS fills the rest
    severe, rest = divmod(points, 2)
    codes = ["accommodation", "ete", "relationships", "lifestyle", "drugs", "alcohol"]
    needs = dict.fromkeys(codes[: min(severe, 6)], 8)
    ogrs = (points - 2 * len(needs)) * 10
    found = tier(sentences=(CUSTODY,), assessment=Assessment(needs), ogrs=(Scored(ogrs, DAY),))

    assert (found.change_points, found.change) == (points, level)


def test_the_most_that_change_can_come_to_is_32():
    found = tier(
        sentences=(CUSTODY,),
        assessment=WORST,
        ogrs=(Scored(100, DAY),),
        registers=(on("IIOM"),),
    )

    assert found.change_points == table.MOST_CHANGE == 32


def test_the_working_is_shown_line_by_line_and_adds_up():
    found = tier(
        rsr=Decimal("4.20"),
        registers=(on("RHRH"), on("RCCO")),
        female=True,
        sentences=(CUSTODY,),
        assessment=Assessment({"thinking": 7, "drugs": 3}, parenting=True),
        ogrs=(Scored(59, DAY),),
    )

    assert found.code == "B2"
    assert found.working == (
        "RSR 4.20%: 10 points.",
        "High risk of serious harm, registered on 3 May 2018: 20 points.",
        "Of RSR and risk of serious harm only the larger counts: 10 points taken off.",
        "On the register: Child concerns: 2 points.",
        "Counted for women: responsible for children: 2 points.",
        "24 points in all: protect level B.",
        "Accommodation: nothing answered, so no points.",
        "Education, training and employability: nothing answered, so no points.",
        "Relationships: nothing answered, so no points.",
        "Lifestyle and associates: nothing answered, so no points.",
        "Drug misuse 3: a standard need, 1 point.",
        "Alcohol misuse: nothing answered, so no points.",
        "Thinking and behaviour 7: a severe need that weighs 2, 4 points.",
        "Attitudes: nothing answered, so no points.",
        "OGRS3 59%: 5 points, one for each whole ten.",
        "10 points in all: change level 2.",
    )


# Properties

CODES = [*COMPLEXITY, "ADVP", "IIOM", "WEAP"]
ORDER = [Protect.D, Protect.C, Protect.B, Protect.A]
TWO_PLACES = st.integers(0, 9999).map(lambda number: Decimal(number) / 100)  # as RSR is recorded
FACTS = st.builds(
    Facts,
    rsr=st.none() | TWO_PLACES,
    registers=st.tuples(
        st.sampled_from(list(Rosh)).map(on),
        st.sampled_from(["M0", "M1", "M2", "M3"]).map(lambda level: on("MAPP", level=level)),
        st.sampled_from(CODES).map(on),
    ),
    sentences=st.just((CUSTODY,)),
    assessment=st.builds(
        Assessment,
        needs=st.dictionaries(st.sampled_from(sorted(NEEDS)), st.none() | st.integers(0, 8)),
        san=st.booleans(),
        parenting=st.booleans(),
        temper=st.integers(0, 2),
    ),
    ogrs=st.tuples(st.builds(Scored, st.integers(0, 100), st.just(DAY))),
    female=st.booleans(),
)


def rank(facts):
    return ORDER.index(tier_of(facts, POLICY).protect)


@given(FACTS, st.integers(0, 9999))
def test_a_higher_rsr_never_lowers_the_protect_level(facts, more):
    higher = min((facts.rsr or Decimal(0)) + Decimal(more) / 100, Decimal("99.99"))

    assert rank(replace(facts, rsr=higher)) >= rank(facts)


@given(FACTS)
def test_nor_does_a_higher_level_of_risk_or_of_mappa_or_one_more_register(facts):
    rosh, mappa, other = facts.registers
    for code in list(Rosh)[list(Rosh).index(Rosh(rosh.code)) :]:
        assert rank(replace(facts, registers=(on(code), mappa, other))) >= rank(facts)
    for level in ("M0", "M1", "M2", "M3")[int(mappa.level[1]) :]:
        assert rank(replace(facts, registers=(rosh, on("MAPP", level=level), other))) >= rank(facts)
    for code in CODES:
        assert rank(replace(facts, registers=(*facts.registers, on(code)))) >= rank(facts)


@given(FACTS, st.sampled_from(sorted(NEEDS)), st.integers(0, 7), st.integers(1, 8))
def test_more_need_never_lowers_its_points_and_they_never_pass_32(facts, code, score, more):
    def points(number):
        needs = {**facts.assessment.needs, code: number}
        assessed = replace(facts, assessment=replace(facts.assessment, needs=needs))
        return tier_of(assessed, POLICY).change_points

    assert points(score) <= points(min(8, score + more)) <= table.MOST_CHANGE


@given(FACTS)
def test_the_lines_add_up_to_the_points(facts):
    found = tier_of(facts, POLICY)

    assert sum(line.points for line in found.protect_lines) == found.protect_points
    assert sum(line.points for line in found.change_lines) == found.change_points
    assert len(found.code) == 2


@given(st.integers(6991, 6999))
def test_the_gap_is_the_one_place_where_a_higher_rsr_counts_less(thousandths):
    rsr = Decimal(thousandths) / 1000

    assert rsr_points(rsr, RsrGap.AS_WRITTEN) == 0 < rsr_points(Decimal("6.99"), RsrGap.AS_WRITTEN)
    for gap in (RsrGap.AS_BELOW, RsrGap.AS_ABOVE):
        assert 10 <= rsr_points(rsr, gap) <= 20


def test_a_section_that_nobody_answered_is_no_need():
    assert severity("thinking", None, san=False) == 0
