"""The resettlement plan: which report it is, what an answer may be, and what stands before the signature."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.gaps import gates, warnings
from cases.services.policy import _first_versions
from staff.errors import RuleBroken
from ttg.reference.custody import Agreed, PlanKind, RiskAnswer
from ttg.reference.questions import NO_ANSWER, QUESTIONS, SKIPS, Acts, needs_of
from ttg.reference.referrals import Pathway
from ttg.rules.plans import (
    TO_CONFIRM,
    PlanFacts,
    carried_over,
    check_view,
    clean_answer,
    confirmed,
    differences,
    kind_for,
    newly_needed,
    to_do,
)
from ttg.rules.policy import NAME, read_release_policy
from ttg.rules.risk_items import about_risk, check_risk_answer

POLICY = read_release_policy(_first_versions()[NAME].body, 1)
TODAY = date(2018, 10, 1)
ON = TODAY.isoformat()


def said(answer, **more):
    return {"said": answer, "source": "person", "on": ON, **more}


# The first choice of each question, and an action wherever a yes needs one
ANSWERS = {
    code: said(one.choices[0][0], does="Seen by the mental health team each Monday")
    for code, one in QUESTIONS.items()
}
WHOLE = PlanFacts(
    answers=ANSWERS,
    strengths="His sister, who visits each week",
    own_words="I want to see my daughter at Christmas.",
    agreed=Agreed.AGREED,
)


def keys(facts):
    return {one.key for one in to_do(facts)}


def answered(code, answer, **more):
    return replace(WHOLE, answers=ANSWERS | {code: said(answer, **more)})


def test_a_whole_plan_has_nothing_left_to_do():
    assert to_do(WHOLE) == []


@pytest.mark.parametrize("code", [code for code, one in QUESTIONS.items() if one.acts])
def test_a_yes_that_somebody_could_be_hurt_needs_what_is_done_or_why_nothing_is(code):
    bare, stock = answered(code, "yes"), answered(code, "yes", does="N/A")
    done = answered(code, "yes", does="The mental health team sees him each Monday")

    assert [one.key for one in gates(to_do(bare))] == [f"act:{code}"]
    assert keys(stock) == {f"act:{code}"}
    assert keys(done) == set()
    assert keys(answered(code, "no")) == set()


def test_both_reasons_to_act_are_asked_about():
    assert {one.acts for one in QUESTIONS.values()} == {None, Acts.SELF_HARM, Acts.OTHERS}


def test_what_the_plan_before_said_is_confirmed_before_it_is_signed():
    facts = answered("money.bank", "yes", **{TO_CONFIRM: True})

    assert [one.question for one in gates(to_do(facts))] == ["money.bank"]
    right = replace(facts, answers={code: confirmed(one) for code, one in facts.answers.items()})
    assert to_do(right) == []


def test_somebody_who_was_not_asked_whether_they_agree_is_asked_first():
    assert gates(to_do(replace(WHOLE, agreed=Agreed.NOT_ASKED)))


@pytest.mark.parametrize("agreed", [Agreed.PARTLY, Agreed.REFUSED])
def test_not_agreeing_is_an_answer_that_is_kept_with_its_reason(agreed):
    bare = replace(WHOLE, agreed=agreed)

    assert {one.key for one in gates(to_do(bare))} == {"agreed_because"}
    assert keys(replace(bare, agreed_because="He wants to go to Leeds and not to Reading")) == set()


@pytest.mark.parametrize("name", ["strengths", "own_words"])
@pytest.mark.parametrize("words", ["", "N/A"])
def test_strengths_and_their_own_words_are_warned_of_and_refuse_nothing(name, words):
    found = to_do(replace(WHOLE, **{name: words}))

    assert gates(found) == []
    assert [one.key for one in warnings(found)] == [name]


def test_no_answer_given_to_everything_is_warned_of_and_to_one_thing_is_not():
    nothing = replace(WHOLE, answers={code: said(NO_ANSWER) for code in QUESTIONS})

    assert {one.key for one in warnings(to_do(nothing))} == {"no_answer"}
    assert keys(answered("home.before", NO_ANSWER)) == set()


@pytest.mark.parametrize("pathway", Pathway)
def test_a_part_nobody_asked_about_is_warned_of_unless_it_says_why(pathway):
    rest = {code: one for code, one in ANSWERS.items() if QUESTIONS[code].pathway != pathway}
    blank = replace(WHOLE, answers=rest)
    skipped = replace(WHOLE, answers=rest | {f"{pathway}.skipped": said("assessment")})

    assert {one.key for one in warnings(to_do(blank))} == {f"blank:{pathway}"}
    assert to_do(skipped) == []


@pytest.mark.parametrize(
    ("stay", "before", "kind"),
    [
        (84, 84, PlanKind.MERGED),
        (28, 1, PlanKind.MERGED),
        (85, 85, PlanKind.IMMEDIATE),
        (200, 84, PlanKind.RELEASE),
        (200, 1, PlanKind.RELEASE),
    ],
)
def test_a_short_stay_has_one_plan_and_a_longer_one_two(stay, before, kind):
    received = TODAY
    release = received + timedelta(days=stay)

    assert kind_for(received, release, release - timedelta(days=before), POLICY) == kind


def test_without_a_day_of_release_needs_are_immediate():
    assert kind_for(TODAY, None, TODAY, POLICY) == PlanKind.IMMEDIATE


def test_an_answer_is_kept_with_its_source_and_day():
    kept = clean_answer("money.bank", "money", {"said": "no", "words": " None \r\nsince May "}, TODAY)  # fmt: skip

    assert kept == {"said": "no", "words": "None \nsince May", "source": "person", "on": ON}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"said": "perhaps"}, "Choose one of the answers"),
        ({"words": "He has one"}, "Choose an answer as well"),
        ({"said": "no", "source": "gossip"}, "who it comes from"),
        ({"said": "no", "on": "2018-10-02"}, "still to come"),
        ({"said": "no", "on": "soon"}, "is a date"),
        ({"said": "no", "words": "x" * 2001}, "2,000 characters"),
        ("no", "An answer is what is said"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(value, words):
    with pytest.raises(RuleBroken, match=words):
        clean_answer("money.bank", "money", value, TODAY)


def test_a_question_of_another_part_is_refused_and_a_blank_is_no_answer():
    with pytest.raises(RuleBroken, match="not a question of this part"):
        clean_answer("money.bank", "home", {"said": "no"}, TODAY)
    assert clean_answer("money.bank", "money", {"said": ""}, TODAY) is None


def test_whether_they_agree_is_one_of_the_answers():
    check_view(agreed="partly", agreed_because="x" * 500)
    with pytest.raises(RuleBroken, match="whether they agree"):
        check_view(agreed="yes", agreed_because="")
    with pytest.raises(RuleBroken, match="500"):
        check_view(agreed="partly", agreed_because="x" * 501)


def test_the_officer_reads_what_says_something_of_risk_and_nothing_else():
    answers = {
        "health.self_harm": said("no"),
        "family.threat": said("yes", words="From a dealer in Slough"),
        "family.abuses": said("no", words="Says nothing, but see the call-out"),
        "money.bank": said("no"),
    }

    found = {one.question: one.words for one in about_risk(answers)}

    assert set(found) == {"family.threat", "family.abuses"}
    assert "From a dealer in Slough" in found["family.threat"]


def test_a_need_is_found_once_and_not_again_because_its_answer_still_stands():
    no_bank = {"money.bank": said("no")}

    def codes(former, known=(), still_open=()):
        return [one.code for one in newly_needed(no_bank, former, set(known), set(still_open))]

    assert codes({}) == ["money.bank"]
    assert codes({}, {"money.bank"}, {"money.bank"}) == []
    assert codes(no_bank, {"money.bank"}) == []
    assert codes({"money.bank": said("yes")}, {"money.bank"}) == ["money.bank"]


def test_what_is_carried_forward_is_marked_and_no_answer_is_asked_again():
    before = {"money.bank": said("no"), "home.before": said(NO_ANSWER), "home.skipped": said("early")}  # fmt: skip

    assert carried_over(before) == {"money.bank": said("no", **{TO_CONFIRM: True})}


def test_who_says_it_and_when_is_no_difference():
    later = said("no") | {"on": "2018-10-02", "source": "prison"}

    assert differences({"money.bank": said("no")}, {"money.bank": later}) == []
    assert differences({"money.bank": said("no")}, {"money.bank": said("yes")}) == [
        ("money.bank", {"said": "no"}, {"said": "yes"})
    ]
    assert differences({}, {"money.bank": said("no")}) == [("money.bank", None, {"said": "no"})]


def test_a_risk_is_accepted_or_changed_in_words_that_somebody_could_act_on():
    assert check_risk_answer(RiskAnswer.ACCEPTED, "left over") == ""
    assert check_risk_answer(RiskAnswer.AMENDED, " He knows the street ") == "He knows the street"
    for answer, amended in (("waiting", ""), (RiskAnswer.AMENDED, "n/a"), (RiskAnswer.AMENDED, "word " * 500)):  # fmt: skip
        with pytest.raises(RuleBroken):
            check_risk_answer(answer, amended)


answer_of_any = st.sampled_from(list(QUESTIONS)).flatmap(
    lambda code: st.tuples(
        st.just(code), st.sampled_from([choice for choice, _ in QUESTIONS[code].choices])
    )
)


@given(st.lists(answer_of_any).map(dict))
def test_every_gap_leads_to_a_question_or_to_the_persons_own_view_and_every_need_has_a_pathway(
    chosen,
):
    answers = {code: said(answer) for code, answer in chosen.items()}

    found = to_do(PlanFacts(answers=answers))

    assert gates(found)  # nobody was asked whether they agree
    assert {one.question for one in found} <= {*QUESTIONS, *SKIPS, "their_view"}
    assert all(one.words and one.pathway in Pathway for one in needs_of(answers))
