"""What is proposed first, by hand for each question of the order, and for many people by comparing every pair another way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.reference.interventions import INTERVENTIONS, Family, Hook, Intervention
from grid.rules.intervention_policy import Dose
from grid.rules.intervention_ranking import ranked, why
from grid.rules.suitability import Criterion, judge, judge_all
from grid.rules.suitability_facts import Met
from tests.grid.suitable import (
    ALEX,
    EASY,
    POLICY,
    choice,
    known,
    needs,
    ordered,
    people,
    rar,
)

SEVERE, STANDARD = Need.SEVERE, Need.STANDARD
THINKING, ATTITUDES, ETE = NeedArea.THINKING, NeedArea.ATTITUDES, NeedArea.ETE


def one(code, family=Family.OTHER, equal_to="", title="", **terms):
    """An intervention that asks for little but for what is named, by a RAR, a licence or choice."""
    kind = Intervention(code, title or code.capitalize(), family, equal_to, "What.", "A test")
    hooks = (Hook.PROGRAMME, Hook.RAR, Hook.LICENCE, Hook.VOLUNTARY)
    return kind, replace(EASY, **{"hooks": hooks} | terms)


def rank(*those, person=ALEX):
    return ranked([judge(kind, terms, person) for kind, terms in those], person)


def codes(those):
    return [each.intervention.code for each in those]


def named(those):
    return [(each.suitability.intervention.code, each.first.criterion) for each in those]


@pytest.mark.parametrize(
    ("first", "second", "changed", "reason"),
    [
        (one("resolve", dose=Dose(24, 120, 1)), one("b", needs=(THINKING,)),
         {"attached": (ordered("resolve"), rar())}, "the court ordered it"),
        (one("z", needs=(ATTITUDES,)), one("b", needs=(THINKING, ETE)),
         {"needs": needs(attitudes=SEVERE, thinking=STANDARD, ete=STANDARD)}, "it meets a greater need"),
        (one("z", needs=(THINKING,)), one("b"), {}, "it meets a greater need"),
        (one("z", needs=(THINKING, ETE)), one("b", needs=(THINKING, ATTITUDES)),
         {"needs": needs(thinking=SEVERE, ete=STANDARD)}, "it meets more of their needs"),
        (one("z", dose=Dose(4, 60, 1)), one("b", dose=Dose(5, 60, 5)),
         {"attached": (rar(days_left=4),)}, "they can be required to come to more of it"),
        (one("z", dose=Dose(5, 60, 1)), one("b", hooks=(Hook.VOLUNTARY,)),
         {"attached": (rar(days_left=4), choice())}, "they can be required to come to more of it"),
        (one("z", dose=Dose(12, 60, 3)), one("b", dose=Dose(5, 60, 1), price_pence=1),
         {"likelihood": known(Decimal(75))}, "it takes fewer weeks, which counts for a score of 75% or more"),
        (one("z", dose=Dose(5, 60, 1), price_pence=1), one("b", dose=Dose(12, 60, 3)),
         {"likelihood": known(Decimal("74.99"))}, "it costs less"),
        (one("z", sex=Sex.FEMALE), one("b", Family.ACCREDITED), {"sex": Sex.FEMALE}, "it is for women"),
        (one("z", Family.ACCREDITED, price_pence=900), one("b"), {},
         "accredited programmes come first, then groups, then one to one"),
        (one("z", price_pence=900), one("b", Family.ONE_TO_ONE), {},
         "accredited programmes come first, then groups, then one to one"),
        (one("z", price_pence=99), one("b", price_pence=100), {}, "it costs less"),
        (one("b"), one("z"), {}, "they are alike in all else, and it is first by name"),
    ],
)  # fmt: skip
def test_each_question_decides_where_those_before_it_do_not(first, second, changed, reason):
    person = replace(ALEX, **changed)
    for those in ((first, second), (second, first)):
        ranking = rank(*those, person=person)

        assert ranking.proposed.intervention == first[0]
        assert codes(ranking.suits) == [first[0].code, second[0].code]
        assert why(ranking) == [f"{first[0].title} comes before {second[0].title}: {reason}."]


def test_what_is_for_men_is_not_put_first_for_a_man():
    ranking = rank(one("z", sex=Sex.MALE), one("b"))

    assert codes(ranking.suits) == ["b", "z"]


def test_what_is_for_women_is_not_put_first_while_nobody_knows_whether_they_are_one():
    person = replace(ALEX, sex=Sex.UNKNOWN, harm=known(None))

    ranking = rank(one("z", sex=Sex.FEMALE), one("b", harm_up_to=Rosh.LOW), person=person)

    assert named(ranking.unknown) == [("b", Criterion.HARM), ("z", Criterion.SEX)]


def test_each_is_in_one_list_with_the_first_thing_that_keeps_it_back():
    person = replace(ALEX, harm=known(None), planned=frozenset({"planned"}))

    ranking = rank(
        one("women", sex=Sex.FEMALE, harm_up_to=Rosh.LOW),
        one("gangs", needs=(NeedArea.DRUGS,), violence=False),
        one("open", harm_up_to=Rosh.MEDIUM),
        one("planned"),
        one("fits"),
        person=person,
    )

    assert (codes(ranking.suits), codes(ranking.already)) == (["fits"], ["planned"])
    assert named(ranking.unknown) == [("open", Criterion.HARM)]
    assert named(ranking.unsuitable) == [("gangs", Criterion.NEED), ("women", Criterion.SEX)]
    assert why(ranking) == ["Fits is the only one that suits."]


GROUP = one("group", needs=(THINKING,))
ALONE = one("alone", Family.ONE_TO_ONE, "group", dose=Dose(1, 60, 1), price_pence=0)


def test_one_to_one_is_kept_for_where_no_group_fits():
    ranking = rank(ALONE, GROUP)

    assert (codes(ranking.suits), codes(ranking.instead)) == (["group"], ["alone"])


def test_one_to_one_waits_while_a_fact_might_yet_let_them_into_the_group():
    unsure = one("group", harm_up_to=Rosh.LOW)

    ranking = rank(ALONE, unsure, person=replace(ALEX, harm=known(None)))

    assert (ranking.proposed, codes(ranking.instead)) == (None, ["alone"])
    assert why(ranking) == [
        "Nothing suits by what is known. Group is not known to suit. "
        "For a risk of serious harm no higher than low: no level is recorded."
    ]


def test_one_to_one_is_proposed_where_its_group_is_ruled_out():
    ranking = rank(ALONE, one("group", offered=False))

    assert codes([ranking.proposed]) == ["alone"]
    assert (ranking.instead, named(ranking.unsuitable)) == ((), [("group", Criterion.OFFERED)])


def test_one_to_one_of_no_group_stands_for_itself():
    ranking = rank(one("quarrel", Family.ONE_TO_ONE))

    assert codes([ranking.proposed]) == ["quarrel"]


def test_a_group_that_is_planned_leaves_its_one_to_one_for_where_none_fits():
    ranking = rank(ALONE, GROUP, person=replace(ALEX, planned=frozenset({"group"})))

    assert (ranking.proposed, codes(ranking.instead)) == (None, ["alone"])
    assert why(ranking) == ["Nothing else suits beside what is planned or done already."]


def test_one_to_one_that_is_planned_is_not_proposed_again_as_a_group():
    ranking = rank(ALONE, GROUP, person=replace(ALEX, planned=frozenset({"alone"})))

    assert codes(ranking.already) == ["alone", "group"]
    assert (ranking.proposed, ranking.instead) == (None, ())


def test_nothing_is_proposed_for_somebody_whom_the_grid_does_not_place():
    ranking = rank(one("fits"), person=replace(ALEX, escalated=True))

    assert (ranking.proposed, codes(ranking.suits)) == (None, ["fits"])
    assert why(ranking) == [
        "Nothing is proposed: their risk is at the NPS's threshold, or the NPS manages them."
    ]


def test_nothing_that_suits_is_said_to_be_so():
    assert why(rank(one("women", sex=Sex.FEMALE))) == ["Nothing suits."]
    assert rank().proposed is None


def test_a_programme_of_the_court_that_does_not_suit_is_never_passed_over_in_silence():
    short = date(2018, 8, 20)
    person = replace(ALEX, attached=(ordered("resolve", short), rar()))

    ranking = rank(
        one("resolve", title="Resolve", hooks=(Hook.PROGRAMME,)), one("fits"), person=person
    )

    assert codes([ranking.proposed]) == ["fits"]
    assert why(ranking)[1] == (
        "The court ordered Resolve, and only a court can take that back. Resolve does not suit. "
        "12 sessions, 2 a week at most: begun on Monday 6 August 2018 it would end by 16 September 2018, "
        "and the programme requirement ends on 20 August 2018."
    )


def test_a_programme_of_the_court_is_named_though_its_requirement_is_over():
    over = replace(ALEX, attached=(ordered("resolve", date(2018, 8, 2)), rar()))

    ranking = rank(
        one("resolve", title="Resolve", hooks=(Hook.PROGRAMME,)), one("fits"), person=over
    )

    assert why(ranking)[1] == (
        "The court ordered Resolve, and only a court can take that back. Resolve does not suit. "
        "They could come by the programme requirement: the programme requirement ended on 2 August 2018."
    )


def test_a_programme_of_the_court_that_is_not_known_to_suit_is_told_of_once():
    person = replace(ALEX, attached=(ordered("resolve"),), harm=known(None))

    ranking = rank(one("resolve", title="Resolve", harm_up_to=Rosh.LOW), person=person)

    assert why(ranking) == [
        "Nothing suits by what is known.",
        "The court ordered Resolve, and only a court can take that back. Resolve is not known to suit. "
        "For a risk of serious harm no higher than low: no level is recorded.",
    ]


# The man of the report, and what the catalogue makes of him


def test_a_man_with_days_of_a_rar_is_proposed_the_providers_own_programme():
    """Report 2.3: the programme of the provider for RAR days, with its form one to one where no group fits."""
    thinking = replace(
        ALEX, violence=known(False), needs=needs(thinking=SEVERE, lifestyle=STANDARD)
    )

    ranking = ranked(judge_all(thinking, POLICY), thinking)

    assert ranking.proposed.intervention.title == "Stepping Stones to Change"
    assert codes(ranking.instead) == ["thinking_one_to_one", "amends_one_to_one"]


# Everybody, every pair of what suits them, told again from the facts


def ahead(a, b, person):
    """Whether a is to be proposed rather than b: the policy of the order, told as a story rather than as a key."""
    court_a, court_b = (of_the_court(each, person) for each in (a, b))
    if court_a is not court_b:
        return court_a
    great_a, great_b = (those_with(SEVERE, each, person) for each in (a, b))
    some_a, some_b = (
        those_with(STANDARD, each, person) | great for each, great in ((a, great_a), (b, great_b))
    )
    if bool(great_a) is not bool(great_b):
        return bool(great_a)
    if len(some_a) != len(some_b):
        return len(some_a) > len(some_b)
    share_a, share_b = (share_required(each) for each in (a, b))
    if share_a != share_b:
        return share_a in ("all", "some" if share_b == "none" else "all")
    weeks_a, weeks_b = (-(-each.terms.dose.sessions // each.terms.dose.a_week) for each in (a, b))
    if (person.likelihood.value or 0) >= 75 and weeks_a != weeks_b:
        return weeks_a < weeks_b
    if person.sex == "F" and (a.terms.sex == "F") is not (b.terms.sex == "F"):
        return a.terms.sex == "F"
    for family, wins in ((Family.ACCREDITED, True), (Family.ONE_TO_ONE, False)):
        is_a, is_b = (each.intervention.family is family for each in (a, b))
        if is_a is not is_b:
            return is_a is wins
    if a.terms.price_pence != b.terms.price_pence:
        return a.terms.price_pence < b.terms.price_pence
    return a.intervention.title < b.intervention.title


def of_the_court(each, person):
    return each.by.hook == "programme" and each.by in person.attached and (
        each.by.ordered == each.intervention.code
    )  # fmt: skip


def those_with(great, each, person):
    return {area for area in each.terms.needs if person.needs[area].value == great}


def share_required(each):
    if each.by.hook == "voluntary":
        return "none"
    counted = each.by.hook == "rar" and each.terms.days_counted
    return "some" if counted and each.by.days_left < each.terms.dose.sessions else "all"


def may_be_proposed(each, judged, person):
    """It suits, no form of it is planned or done, and it is a group or one to one whose group is ruled out."""
    kind = each.intervention
    forms = {other.code for other in INTERVENTIONS.values() if other.equal_to == kind.code}
    group = next((one for one in judged if one.intervention.code == kind.equal_to), None)
    if each.verdict is not Met.MET or person.planned & {kind.code, *forms}:
        return False
    return group is None or (
        group.verdict is Met.NOT_MET
        and not person.planned & {kind.equal_to}
    )  # fmt: skip


def test_what_is_proposed_is_what_every_pair_compared_puts_first():
    chance, proposed = Random(75), set()
    for person in people():
        judged = list(judge_all(person, POLICY))
        chance.shuffle(judged)
        ranking = ranked(judged, person)
        open_ones = [each for each in judged if may_be_proposed(each, judged, person)]
        best = [a for a in open_ones if all(a is b or ahead(a, b, person) for b in open_ones)]

        assert set(codes(ranking.suits)) == set(codes(open_ones))
        assert [ranking.proposed] == ([None] if person.escalated else best or [None])
        for a, b in zip(ranking.suits, ranking.suits[1:], strict=False):
            assert ahead(a, b, person)
            assert not ahead(b, a, person)
        proposed.add(ranking.proposed and ranking.proposed.intervention.code)

    assert len(proposed) > 12  # most of the catalogue comes first for somebody


def test_everything_judged_is_in_one_list_alone():
    for person in people():
        judged = judge_all(person, POLICY)
        ranking = ranked(judged, person)
        held_back = [each.suitability for each in (*ranking.unknown, *ranking.unsuitable)]
        listed = codes([*ranking.suits, *held_back, *ranking.instead, *ranking.already])

        assert sorted(listed) == sorted(INTERVENTIONS)
        assert all(each.verdict is Met.MET for each in (*ranking.suits, *ranking.instead))
        assert all(each.first in each.suitability.findings for each in ranking.unknown)
        assert all(each.first.met is Met.NOT_MET for each in ranking.unsuitable)
        assert why(ranking)[0]
