"""Each rule of signing a review by itself, beside a review of which nothing is left to do."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind
from cases.reference.codes import Rosh
from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.reviews import Answered, EventKind, PersonView, RecommendationState
from cases.rules.gaps import countersigns, gates, warnings
from cases.rules.reviewing import RULES, check_answer, to_do
from cases.rules.reviewing_facts import (
    EventKnown,
    ObjectiveToReview,
    ReviewFacts,
    is_quiet,
    may_be_quiet,
)
from staff.errors import RuleBroken

SAID = "He was seen on Monday with his mother, who says the same."
STOCK = ["", "n/a", "no change", "historic", "See previous assessment.", "as before"]
CALL_OUT = EventKnown(
    "information-1", EventKind.CALL_OUT, "Police call-out", date(2018, 5, 3), True
)
OBJECTIVE = ObjectiveToReview(7, "Drink less, and not at home.")
WHOLE = {
    "compliance.words": SAID,
    "agencies.words": SAID,
    "next.words": SAID,
    "objective.7.progress": "under_way",
    "need.alcohol.answer": "same",
    "need.alcohol.words": SAID,
    "harm.known_adult.answer": "same",
    "harm.known_adult.words": SAID,
}
FACTS = ReviewFacts(
    answers=WHOLE,
    person_view=PersonView.SAID,
    person_words="I am doing all right.",
    harm_before=Rosh.MEDIUM,
    harm_after=Rosh.MEDIUM,
    objectives=(OBJECTIVE,),
    areas=(NeedArea.ALCOHOL,),
    groups=(HarmGroup.KNOWN_ADULT,),
)


def with_answers(facts=FACTS, **said):
    given = {code.replace("__", "."): value for code, value in said.items()}
    return replace(facts, answers=facts.answers | given)


def shut(facts):
    return [one.key for one in gates(to_do(facts))]


def warned(facts):
    return [one.key for one in warnings(to_do(facts))]


def senior(facts):
    return [one.key for one in countersigns(to_do(facts))]


def test_nothing_is_left_to_do_of_one_that_says_all_of_it():
    assert to_do(FACTS) == []


# Events


@pytest.mark.parametrize("words", STOCK)
def test_a_significant_event_is_answered_in_words_that_say_something(words):
    answered = replace(CALL_OUT, answer=Answered.NOTHING, words=words)

    assert shut(replace(FACTS, events=(answered,))) == ["event:information-1"]


def test_a_significant_event_without_an_answer_stands_in_the_way():
    assert shut(replace(FACTS, events=(CALL_OUT,))) == ["event:information-1"]
    assert shut(replace(FACTS, events=(replace(CALL_OUT, words=SAID),))) == ["event:information-1"]


def test_one_that_is_not_significant_needs_no_answer():
    assert shut(replace(FACTS, events=(replace(CALL_OUT, significant=False),))) == []


@pytest.mark.parametrize(("tied", "left"), [(False, ["change:information-1"]), (True, [])])
def test_one_that_changes_something_has_a_change_to_show(tied, left):
    changed = replace(CALL_OUT, answer=Answered.CHANGE, words=SAID, tied=tied)

    assert shut(replace(FACTS, events=(changed,))) == left


def test_one_that_changes_nothing_shows_none():
    said = replace(CALL_OUT, answer=Answered.NOTHING, words=SAID)

    assert shut(replace(FACTS, events=(said,))) == []


@pytest.mark.parametrize("words", STOCK)
@pytest.mark.parametrize("answer", sorted(Answered))
def test_an_answer_in_words_that_say_nothing_is_refused(answer, words):
    with pytest.raises(RuleBroken):
        check_answer(answer, words)


def test_an_answer_says_whether_it_changes_anything():
    with pytest.raises(RuleBroken, match="changes anything"):
        check_answer("", SAID)
    assert check_answer(Answered.NOTHING, f" {SAID} ") == SAID


# The person


def test_the_person_is_heard_or_it_is_said_why_not():
    assert shut(replace(FACTS, person_view="")) == ["person"]


@pytest.mark.parametrize("view", sorted(PersonView))
@pytest.mark.parametrize("words", ["", "n/a", "none"])
def test_neither_their_words_nor_the_reason_may_be_blank(view, words):
    assert shut(replace(FACTS, person_view=view, person_words=words)) == ["person"]


# Harm


@pytest.mark.parametrize("before", ["", *sorted(Rosh)])
@pytest.mark.parametrize("after", ["", *sorted(Rosh)])
def test_a_level_that_moved_has_a_reason_and_a_senior_signs(before, after):
    moved = replace(FACTS, harm_before=before, harm_after=after)

    assert shut(moved) == (["harm"] if before != after else [])
    assert senior(moved) == (["harm_moved"] if before != after else [])
    assert shut(replace(moved, harm_because=SAID)) == []


# What nobody knew


@pytest.mark.parametrize("subject", ["children", "domestic_abuse"])
@pytest.mark.parametrize("answer", ["", "unknown"])
@pytest.mark.parametrize("asked", STOCK)
def test_not_known_does_not_roll_forward(subject, answer, asked):
    facts = with_answers(
        replace(FACTS, unknown=(subject,)),
        **{f"{subject}__answer": answer, f"{subject}__asked": asked},
    )

    assert shut(facts) == [f"unknown:{subject}"]


@pytest.mark.parametrize("subject", ["children", "domestic_abuse"])
def test_an_open_enquiry_or_somebody_asked_since_lets_it_stand(subject):
    facts = replace(FACTS, unknown=(subject,))

    assert shut(replace(facts, asked=frozenset({subject}))) == []
    assert shut(with_answers(facts, **{f"{subject}__asked": SAID})) == []
    other = {"children", "domestic_abuse"} - {subject}
    assert shut(replace(facts, asked=frozenset(other))) == [f"unknown:{subject}"]


@pytest.mark.parametrize("said", ["yes", "no"])
def test_what_is_known_now_has_a_source(said):
    facts = with_answers(replace(FACTS, unknown=("children",)), children__answer=said)

    assert shut(facts) == ["source:children"]
    assert shut(with_answers(facts, children__sources=["social_care"])) == []


def test_what_came_to_be_known_is_signed_by_a_senior():
    facts = with_answers(
        replace(FACTS, unknown=("children",)), children__answer="yes", children__sources=["seen"]
    )

    assert senior(facts) == ["known:children"]


# Recommendations


def test_a_recommendation_is_answered_before_a_review_because_of_it_is_signed():
    assert shut(replace(FACTS, recommendation=RecommendationState.OPEN)) == ["recommendation"]


@pytest.mark.parametrize("words", STOCK)
def test_one_that_is_contested_is_not_complied_with_in_silence(words):
    facts = with_answers(
        replace(FACTS, recommendation=RecommendationState.CONTESTED), contested__words=words
    )

    assert shut(facts) == ["contested"]
    said = with_answers(facts, contested__words=SAID)
    assert shut(said) == []
    assert senior(said) == ["contested"]


@pytest.mark.parametrize("state", ["", *sorted(set(RecommendationState) - {"open", "contested"})])
def test_any_other_stands_in_nobodys_way(state):
    assert to_do(replace(FACTS, recommendation=state)) == []


# Warnings


def test_no_change_recorded_warns_once_all_is_answered_and_a_senior_signs():
    hollow = replace(FACTS, no_change="3 things happened, none changed the plan.")

    assert warned(hollow) == ["no_change"]
    assert senior(hollow) == ["no_change"]
    assert warned(replace(hollow, events=(CALL_OUT,))) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"compliance__words": "n/a"}, "compliance"),
        ({"agencies__words": ""}, "agencies"),
        ({"next__words": "tbc"}, "next"),
        ({"objective__7__progress": ""}, "progress"),
        ({"objective__7__progress": "stuck", "objective__7__words": "n/a"}, "progress"),
        ({"need__alcohol__answer": ""}, "offending"),
        ({"need__alcohol__words": "as before"}, "offending"),
        ({"harm__known_adult__answer": ""}, "harm_groups"),
        ({"harm__known_adult__words": "no change"}, "harm_groups"),
    ],
)  # fmt: skip
def test_what_is_left_blank_or_says_nothing_is_warned_of(said, left):
    assert warned(with_answers(**said)) == [left]


def test_stuck_with_a_reason_is_an_answer():
    facts = with_answers(objective__7__progress="stuck", objective__7__words=SAID)

    assert warned(facts) == []


@pytest.mark.parametrize("code", ["need__else", "harm__else"])
def test_something_new_that_changed_nothing_is_warned_of(code):
    assert warned(with_answers(**{f"{code}__words": "n/a"})) == []
    assert warned(with_answers(**{f"{code}__words": SAID})) == ["follows"]


@pytest.mark.parametrize("code", ["need__alcohol", "harm__known_adult"])
def test_what_is_said_to_have_changed_and_changed_nowhere_is_warned_of(code):
    facts = with_answers(**{f"{code}__answer": "changed", f"{code}__words": SAID})

    assert warned(facts) == ["follows"]
    assert warned(replace(facts, changes=1)) == []


def test_agencies_that_a_concern_is_put_to_are_asked_again():
    assert warned(replace(FACTS, to_refresh=(CheckKind.POLICE,))) == ["refresh"]


def test_a_concern_is_signed_by_a_senior():
    assert senior(replace(FACTS, concern=True)) == ["concern"]


# Nothing happened

QUIET = replace(FACTS, answers={"quiet.because": SAID})


def test_one_page_with_the_person_is_a_whole_review_where_nothing_happened():
    assert is_quiet(QUIET)
    assert to_do(QUIET) == []


@pytest.mark.parametrize(
    "loud",
    [
        {"events": (CALL_OUT,)},
        {"harm_after": Rosh.HIGH},
        {"unknown": ("children",)},
        {"person_view": PersonView.NOT_ASKED},
        {"answers": {"quiet.because": "no change"}},
    ],
)  # fmt: skip
def test_one_page_is_not_enough_where_anything_happened_or_nobody_said_so(loud):
    assert not is_quiet(replace(QUIET, **loud))
    assert to_do(replace(QUIET, **loud)) != []


def test_an_event_that_is_only_listed_leaves_it_quiet():
    assert may_be_quiet(replace(QUIET, events=(replace(CALL_OUT, significant=False),)))


# Whatever there is

EVENTS = st.builds(
    EventKnown,
    key=st.sampled_from(["a-1", "b-2", "c-3"]),
    kind=st.sampled_from(EventKind),
    what=st.just("Something"),
    on=st.just(date(2018, 5, 3)),
    significant=st.booleans(),
    answer=st.sampled_from(["", *Answered]),
    words=st.sampled_from(["", "n/a", SAID]),
    tied=st.booleans(),
)
ANY = st.builds(
    ReviewFacts,
    events=st.lists(EVENTS, max_size=3, unique_by=lambda one: one.key).map(tuple),
    answers=st.dictionaries(st.sampled_from([*sorted(WHOLE), "quiet.because"]), st.sampled_from(["", SAID, "same"])),
    person_view=st.sampled_from(["", *PersonView]),
    person_words=st.sampled_from(["", "n/a", "I am all right."]),
    harm_before=st.sampled_from(["", *Rosh]),
    harm_after=st.sampled_from(["", *Rosh]),
    harm_because=st.sampled_from(["", "n/a", SAID]),
    unknown=st.sampled_from([(), ("children",)]),
    no_change=st.sampled_from(["", "2 things happened, none changed the plan."]),
)  # fmt: skip


@given(ANY)
def test_with_no_gate_shut_the_three_things_hold(facts):
    if gates(to_do(facts)):
        return
    assert all(one.answer and one.words == SAID for one in facts.events if one.significant)
    assert facts.person_view
    assert facts.person_words == "I am all right."
    assert facts.harm_before == facts.harm_after or facts.harm_because == SAID


@given(ANY)
def test_each_thing_to_do_has_a_key_of_its_own_and_says_so_in_a_sentence(facts):
    found = to_do(facts)

    assert len({(one.weight, one.key) for one in found}) == len(found)
    assert all(one.sentence[0].isupper() or one.sentence[0] == "“" for one in found)


def test_each_rule_is_there_once():
    assert len(set(RULES)) == len(RULES)
