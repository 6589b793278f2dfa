"""What is proposed by itself, what lapses and why, and what of a list no longer suits."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.reference.codes import Place, Rosh, Sex
from cases.rules.needs import Need
from grid.reference.groups import ReferralState as State
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules import proposals as rules
from grid.rules.answering import check_words, why_not_refer
from grid.rules.facts import Sentenced
from grid.rules.intervention_ranking import ranked
from grid.rules.placement import Outcome
from grid.rules.proposals import Earlier
from grid.rules.suitability import Criterion, judge_all
from grid.rules.suitability_facts import Met
from staff.errors import RuleBroken
from tests.grid.suitable import ALEX, POLICY, TODAY, known, needs, people, rar

DAY = timedelta(days=1)
AMENDS = "making_amends"  # what suits Alex first


def judged_of(person):
    judged = judge_all(person, POLICY)
    return {one.intervention.code: one for one in judged}, ranked(judged, person)


def earlier(code=AMENDS, state=State.PROPOSED, ago=0, hook=Hook.RAR):
    open_now = state in {State.PROPOSED, State.ACCEPTED}
    return Earlier(code, state, hook, None if open_now else TODAY - ago * DAY)


def code_of(one):
    return one and one.intervention.code


# What is proposed


def test_the_first_that_suits_is_proposed():
    _, ranking = judged_of(ALEX)

    assert code_of(rules.proposable(ranking, [], TODAY)) == AMENDS
    assert ranking.suits[0].intervention.code == AMENDS


@pytest.mark.parametrize(
    ("state", "ago", "proposed"),
    [
        (State.PROPOSED, 0, True),
        (State.ACCEPTED, 0, False),
        (State.DONE, 900, False),
        (State.LAPSED, 0, True),
        (State.DECLINED, 181, False),
        (State.DECLINED, 182, True),
        (State.WITHDRAWN, 181, False),
        (State.WITHDRAWN, 182, True),
    ],
)
@pytest.mark.parametrize("code", [AMENDS, "amends_one_to_one"])
def test_what_came_of_the_same_in_any_form_decides_whether_it_is_proposed(state, ago, proposed, code):  # fmt: skip
    _, ranking = judged_of(ALEX)

    found = rules.proposable(ranking, [earlier(code, state, ago)], TODAY)

    assert (found is not None) == proposed


def test_what_came_of_another_does_not():
    _, ranking = judged_of(ALEX)
    others = [earlier(code, State.ACCEPTED) for code in INTERVENTIONS if AMENDS not in code and code != "amends_one_to_one"]  # fmt: skip

    assert code_of(rules.proposable(ranking, others, TODAY)) == AMENDS


def test_over_many_people_what_is_proposed_suits_and_none_of_what_came_before_it_does():
    proposed = 0
    for person in people():
        judged, ranking = judged_of(person)
        found = rules.proposable(ranking, [], TODAY)
        assert code_of(found) == code_of(ranking.proposed)
        if found:
            proposed += 1
            assert judged[found.intervention.code].verdict is Met.MET
            assert not person.escalated
    assert proposed > 50


def test_what_was_finished_counts_as_done_and_what_waits_as_still_to_be_done():
    person = replace(ALEX, planned=frozenset({"ete", "mentoring"}))
    those = [
        earlier(AMENDS, State.DONE),
        earlier("ete", State.ACCEPTED),
        earlier("mentoring", State.PROPOSED),
        earlier("heal", State.DECLINED),
    ]

    assert rules.as_referred(person, those).planned == {AMENDS, "mentoring"}


@pytest.mark.parametrize(
    ("code", "content"), [(AMENDS, AMENDS), ("amends_one_to_one", AMENDS), ("resolve", "resolve")]
)
def test_one_to_one_has_the_content_of_its_group(code, content):
    assert rules.content_of(code) == content


# How lately a sentence began


def sentenced(started_on, released_on=None, custodial=False):
    return Sentenced(
        id=1, name="Order", custodial=custodial, convicted_on=None, referred_on=None, started_on=started_on,
        released_on=released_on, offence_code="", previous_sanctions=None, age_at_first_sanction=None,
        first_sanction_on=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "recent"),
    [
        (sentenced(TODAY), True),
        (sentenced(TODAY - 28 * DAY), True),
        (sentenced(TODAY - 29 * DAY), False),
        (sentenced(TODAY + DAY), False),
        (sentenced(None), False),
        (None, False),
        (sentenced(TODAY - 900 * DAY, TODAY - 28 * DAY, custodial=True), True),
        (sentenced(TODAY - 900 * DAY, TODAY - 29 * DAY, custodial=True), False),
        (sentenced(TODAY - 5 * DAY, None, custodial=True), False),
    ],
)
def test_a_sentence_began_lately_where_its_supervision_did(sentence, recent):
    assert rules.is_recent(sentence, TODAY, weeks=4) is recent


# Who is out


@pytest.mark.parametrize(
    ("place", "held", "said"),
    [
        (Place.GROUP, False, ""),
        (Place.CANNOT, False, ""),
        (Place.GROUP, True, "they are in custody"),
        (Place.ESCALATE, True, "their risk goes to the NPS first"),
        (Place.RETAINED, False, "the NPS manages them"),
        (Place.NO_SENTENCE, False, "nobody supervises them here any more"),
    ],
)
def test_why_nothing_is_for_them(place, held, said):
    assert rules.kept_out(Outcome(place, "Because", ""), held=held) == said


# What lapses


def why_lapsed(person, one=None, now=None):
    judged, ranking = judged_of(person)
    return rules.why_lapsed(one or earlier(), now or ranking.proposed, ranking, judged)


def test_what_suits_no_more_lapses_for_that():
    assert why_lapsed(replace(ALEX, needs=needs())) == (
        "No longer suits: they are assessed as having no need that it meets."
    )


def test_what_is_planned_lapses_for_that():
    assert (
        why_lapsed(replace(ALEX, planned=frozenset({AMENDS}))) == "It is planned or done already."
    )


def test_what_another_comes_before_lapses_for_that_with_the_question_that_tells_them_apart():
    judged, ranking = judged_of(ALEX)
    second = ranking.suits[1].intervention.code

    said = rules.why_lapsed(earlier(second), ranking.proposed, ranking, judged)

    assert said.startswith("Making Amends comes before it now: ")


def test_what_would_be_come_to_by_something_else_is_proposed_afresh():
    one = earlier(hook=Hook.LICENCE)
    _, ranking = judged_of(ALEX)

    assert not rules.stands(one, ranking.proposed)
    assert rules.stands(earlier(), ranking.proposed)
    assert not rules.stands(earlier(), None)
    assert "proposed afresh" in why_lapsed(ALEX, one)


# What no longer suits


def test_every_criterion_has_its_words_without_a_figure():
    assert set(rules.NO_LONGER) == set(Criterion)
    assert not any(letter.isdigit() for said in rules.NO_LONGER.values() for letter in said)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (replace(ALEX, attached=()), "nothing that they are under"),
        (replace(ALEX, attached=(rar(until=TODAY + 14 * DAY),)), "not enough time is left"),
        (replace(ALEX, harm=known(Rosh.VERY_HIGH)), "their risk of serious harm is higher"),
        (replace(ALEX, needs=needs(thinking=None)), ""),
    ],
)
def test_what_suits_no_more_says_which_criterion_and_what_is_not_known_does_not(person, words):
    judged, _ = judged_of(person)

    said = rules.no_longer(judged[AMENDS])

    assert said.startswith(f"No longer suits: {words}") if words else said == ""


def test_whoever_has_begun_is_not_asked_again_whether_the_whole_would_fit():
    judged, _ = judged_of(replace(ALEX, attached=(rar(until=TODAY + 14 * DAY),)))
    without_need, _ = judged_of(replace(ALEX, needs=needs()))

    assert rules.no_longer(judged[AMENDS]) != ""
    assert rules.no_longer(judged[AMENDS], in_series=True) == ""
    assert rules.no_longer(without_need[AMENDS], in_series=True) != ""


# Why it is proposed


@pytest.mark.parametrize(("percent", "first"), [(74, False), (75, True), (None, False)])
def test_the_first_60_days_come_first_from_75_per_cent(percent, first):
    value = None if percent is None else Decimal(percent)
    person = replace(ALEX, likelihood=known(value))
    _, ranking = judged_of(person)

    assert rules.is_front_loaded(person) is first
    assert (rules.FIRST_DAYS_FIRST in rules.because(ranking)) is first


def test_what_is_kept_of_why_is_never_longer_than_its_column():
    person = replace(ALEX, likelihood=known(Decimal(80)))
    _, ranking = judged_of(person)
    long = replace(ranking.suits[0].intervention, title="An intervention " * 40)
    suits = (replace(ranking.suits[0], intervention=long), *ranking.suits[1:])

    said = rules.because(replace(ranking, proposed=suits[0], suits=suits))

    assert 400 < len(said) <= 500


def test_the_evidence_is_every_criterion_with_its_day():
    judged, _ = judged_of(ALEX)

    told = rules.evidence_of(judged["stepping_stones"])["criteria"]

    assert [one["criterion"] for one in told] == [str(one.criterion) for one in judged["stepping_stones"].findings]  # fmt: skip
    likelihood = next(one for one in told if one["criterion"] == "likelihood")
    assert (likelihood["met"], likelihood["on"]) == ("met", date(2018, 7, 2).isoformat())


# What an officer may ask for themselves


@pytest.mark.parametrize("words", ["", "  ", "-", "n/a", "as above", "x" * 501])
def test_words_that_say_nothing_or_too_much_are_refused(words):
    with pytest.raises(RuleBroken):
        check_words(words)


def test_words_that_say_why_are_kept_without_blanks_around_them():
    assert check_words("  They asked for it. ") == "They asked for it."


@pytest.mark.parametrize(
    ("code", "those", "out", "said"),
    [
        (AMENDS, [], "", ""),
        ("amends_one_to_one", [], "", ""),
        (AMENDS, [], "they are in custody", "cannot be referred now: they are in custody"),
        (AMENDS, [earlier()], "", "proposed to them already"),
        ("amends_one_to_one", [earlier()], "", ""),
        (AMENDS, [earlier("amends_one_to_one", State.ACCEPTED)], "", "on the waiting list"),
        (AMENDS, [earlier(AMENDS, State.DECLINED)], "", ""),
        ("heal", [], "", "It does not suit them. For women"),
    ],
)
def test_an_officer_may_refer_to_what_suits_and_they_do_not_wait_for(code, those, out, said):
    judged, _ = judged_of(ALEX)

    refusal = why_not_refer(code, judged[code], those, out=out)

    assert said in refusal if said else refusal == ""


def test_what_is_not_known_to_suit_may_be_asked_for():
    judged, _ = judged_of(replace(ALEX, sex=Sex.UNKNOWN, needs=needs(emotional=Need.STANDARD)))
    heal = judged["heal"]

    assert heal.verdict is Met.NOT_KNOWN
    assert why_not_refer("heal", heal, [], out="") == ""
