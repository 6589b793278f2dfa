"""What an induction asks, what stands before it is signed, and what of it proves that somebody knew the rules."""

from dataclasses import replace
from datetime import date

import pytest

from cases.reference.induction_questions import ANSWERS, INDUCTION_QUESTIONS, Kind, Said
from cases.rules import induction
from cases.rules.giveaways import Kept
from cases.rules.induction import (
    InductionFacts,
    Rule,
    as_signed,
    check_proof,
    clean_answer,
    proven,
    questions_of,
    to_do,
)
from staff.errors import RuleBroken

TODAY = date(2018, 11, 5)
CURFEW = Rule("requirement-1", "Curfew: 60 days")
NO_CONTACT = Rule("condition-2", "Not to contact her without the approval of the officer")
SAID = {
    Kind.EXPLAINED: {"said": "understood"},
    Kind.GIVEN: {"said": "given"},
    Kind.TOLD: {"said": "yes", "words": "His sister reads letters out to him."},
    Kind.THEIRS: {"said": "words", "words": "I want to see my lad again."},
}


def whole(*rules):
    asked = questions_of(rules)
    return InductionFacts(rules, {one.code: SAID[one.kind] for one in asked}, True, True, True)


FACTS = whole(CURFEW, NO_CONTACT)


def left(facts):
    return [one.key for one in to_do(facts)]


def without(code, answer=None):
    answers = {key: one for key, one in FACTS.answers.items() if key != code}
    return replace(FACTS, answers=answers | ({code: answer} if answer else {}))


def test_nothing_stands_before_one_that_is_answered_throughout():
    assert left(FACTS) == []


def test_each_requirement_and_condition_is_a_question_of_its_own_before_those_of_everybody():
    codes = [one.code for one in questions_of([CURFEW, NO_CONTACT])]

    assert codes[:2] == ["rules.requirement-1", "rules.condition-2"]
    assert codes[2:] == list(INDUCTION_QUESTIONS)


def test_where_none_is_on_record_the_paper_itself_is_read_out():
    (first, *_) = questions_of([])

    assert first.code == "rules.whole"
    assert "blank:rules.whole" in left(replace(FACTS, rules=()))


def test_whatever_is_blank_is_named():
    facts = InductionFacts((CURFEW,), {}, True, True, True)

    assert left(facts) == [f"blank:{one.code}" for one in questions_of([CURFEW])]
    assert to_do(facts)[0].sentence == "Not answered: Curfew: 60 days"


@pytest.mark.parametrize(
    ("code", "answer", "key"),
    [
        ("rules.requirement-1", {"said": "not_yet", "words": "Again with Welsh."}, "open"),
        ("rights.privacy", {"said": "not_given", "words": "On Monday."}, "open"),
        ("needs.caring", {"said": "yes", "words": "n/a"}, "words"),
        ("theirs.start", {"said": "words"}, "words"),
    ],
)
def test_what_is_not_understood_not_given_or_says_nothing_stands_before_it(code, answer, key):
    assert left(without(code, answer)) == [f"{key}:{code}"]


def test_a_no_and_what_they_would_rather_not_say_are_answers():
    assert left(without("needs.caring", {"said": "no"})) == []
    assert left(without("needs.disability", {"said": "rather_not"})) == []
    assert left(without("theirs.start", {"said": "none"})) == []


def test_getting_in_touch_welsh_and_an_interpreter_are_asked_in_one_place_and_asked_for_here():
    facts = replace(FACTS, contact_asked=False, welsh_offered=False, interpreter_asked=False)

    assert left(facts) == ["contact:asked", "language:welsh", "language:interpreter"]


@pytest.mark.parametrize("rule", sorted(one.__name__ for one in induction.RULES))
def test_no_rule_can_be_left_out_unseen(rule, monkeypatch):
    broken = [
        without("needs.caring"),
        without("rules.requirement-1", {"said": "not_yet", "words": "Again."}),
        without("needs.caring", {"said": "yes"}),
        replace(FACTS, contact_asked=False),
        replace(FACTS, welsh_offered=False),
    ]
    before = [left(one) for one in broken]
    kept = tuple(one for one in induction.RULES if one.__name__ != rule)

    monkeypatch.setattr(induction, "RULES", kept)

    assert [left(one) for one in broken] != before


def test_an_answer_is_one_of_those_given_and_words_stand_only_where_they_are_asked():
    asked = {one.code: one for one in questions_of([CURFEW])}

    assert clean_answer("needs.caring", {"said": "no", "words": "left over"}, asked) == {"said": "no"}  # fmt: skip
    assert clean_answer("needs.caring", {"said": ""}, asked) is None
    with pytest.raises(RuleBroken, match="Choose one"):
        clean_answer("rules.requirement-1", {"said": "yes"}, asked)
    with pytest.raises(RuleBroken, match="not a question"):
        clean_answer("rules.requirement-9", {"said": "understood"}, asked)


@pytest.mark.parametrize(
    ("proof", "words", "held_on", "refused"),
    [
        ("paper", "", date(2018, 11, 6), "future"),
        ("paper", "", date(2018, 9, 1), "sentence began"),
        ("refused", "n/a", TODAY, "who was there"),
        ("screen", "", TODAY, "who was present"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused(proof, words, held_on, refused):
    with pytest.raises(RuleBroken, match=refused):
        check_proof(proof, words, held_on, began_on=date(2018, 10, 1), today=TODAY)


def test_what_was_asked_is_kept_with_the_answer_and_only_rules_and_rights_prove_anything():
    kept = dict(sorted(as_signed(FACTS).items()))  # as the database gives them back

    shown = proven(kept, Kept("Alex Marsh"))

    assert shown.lines[0] == ("Curfew: 60 days", "Explained, and told back")
    assert shown.lines[-1] == ("A copy of these rules to keep", "Given")
    assert len(shown.lines) == 2 + 5 + 3
    told = {one.asks for one in INDUCTION_QUESTIONS.values() if not one.proves}
    assert told & {asks for asks, _ in shown.lines} == set()


def test_a_rule_that_names_somebody_who_is_kept_is_counted_and_not_printed():
    names = whole(CURFEW, Rule("condition-3", "Not to contact Robin Quill"))

    shown = proven(as_signed(names), Kept("Alex Marsh", names=("Robin Quill",)))

    assert "Quill" not in str(shown.lines)
    assert len(shown.left_out) == 1


def test_nothing_they_told_us_may_ever_be_marked_to_prove_something():
    for one in INDUCTION_QUESTIONS.values():
        assert one.proves == (one.kind in (Kind.EXPLAINED, Kind.GIVEN)), one.code
        assert set(ANSWERS[one.kind]) <= set(Said)
