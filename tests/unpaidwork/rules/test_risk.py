from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.errors import RuleBroken
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.risk_questions import (
    CIRCUMSTANCES,
    DISABILITIES,
    INDICATES,
    REGISTERS,
    RISK_QUESTIONS,
    WOMEN_CHOICE,
    Kind,
    RiskPart,
    Said,
)
from unpaidwork.rules.risk import (
    LONGEST,
    TO_CONFIRM,
    Recorded,
    RiskFacts,
    asked_of,
    carried_over,
    chosen_by_her,
    clean_answer,
    filled_in,
    parts_of,
    to_do,
)

TODAY = date(2018, 10, 1)
SOURCE = {"source": "The person, at the office", "on": "2018-09-28"}
VIOLENCE = "harm.violence"
REGISTERED = Recorded("register-1", "harm.sexual", "On the register: Registered sex offender", "Register", date(2018, 1, 2), "yes")  # fmt: skip


def whole(**changed):
    """Every question answered; `changed` {code: what is put over its answer}."""
    answers = {}
    for one in RISK_QUESTIONS.values():
        said = {Kind.FACT: "no", Kind.THEIRS: "words", Kind.CHOICE: "any"}[one.kind]
        words = {"words": "Says they would rather be outdoors."} if one.kind == Kind.THEIRS else {}
        answers[one.code] = {"said": said, **words, **SOURCE}
    for code, put in changed.items():
        answers[code] = answers[code] | put
    return answers


def keys(answers, **facts):
    return [one.key for one in to_do(RiskFacts(answers, woman=True, retained=True, **facts))]


def test_with_every_question_answered_from_a_source_it_may_be_signed():
    assert keys(whole()) == []


def test_from_the_first_minute_everything_is_still_to_do():
    asked = asked_of(woman=True, retained=True)

    assert keys({}) == [f"blank:{one.code}" for one in asked]


def test_a_blank_stands_in_the_way_and_leads_to_its_question():
    answers = whole()
    del answers[VIOLENCE]

    (gap,) = to_do(RiskFacts(answers, woman=True, retained=True))

    assert (gap.key, gap.question, gap.may_override) == (f"blank:{VIOLENCE}", VIOLENCE, False)


def test_what_was_filled_in_is_confirmed_before_it_is_signed():
    assert keys(whole(**{VIOLENCE: {TO_CONFIRM: True}})) == [f"confirm:{VIOLENCE}"]


@pytest.mark.parametrize("said", [Said.YES, Said.UNKNOWN])
@pytest.mark.parametrize("words", ["", "not known", "No concerns identified", "Low risk"])
def test_a_bare_answer_or_a_stock_phrase_is_not_enough(said, words):
    put = {"said": said.value, "words": words}

    assert keys(whole(**{VIOLENCE: put})) == [f"words:{VIOLENCE}"]


def test_not_known_with_what_we_did_is_an_answer():
    put = {"said": "unknown", "words": "Asked the police on 3 May; they ring back on Friday."}

    assert keys(whole(**{VIOLENCE: put})) == []


@pytest.mark.parametrize("said", ["words", "declined"])
def test_their_own_words_or_why_there_are_none_are_written_down(said):
    assert keys(whole(**{"motivation.willing": {"said": said, "words": "n/a"}})) == [
        "words:motivation.willing"
    ]


@pytest.mark.parametrize("put", [{"source": ""}, {"source": "unknown"}, {"on": ""}])
def test_a_no_has_a_source_and_a_day_like_any_other_answer(put):
    assert keys(whole(**{VIOLENCE: put})) == [f"source:{VIOLENCE}"]


def test_a_no_where_the_record_says_otherwise_is_explained():
    record = (REGISTERED,)
    because = {"words": "The entry is another person’s: the police put it right on 3 May."}

    assert keys(whole(), record=record) == ["record:harm.sexual"]
    assert keys(whole(**{"harm.sexual": because}), record=record) == []


def test_a_woman_is_asked_whom_she_works_with_and_a_man_is_not():
    def codes(**of_them):
        return {one.code for one in asked_of(**of_them)}

    women = {WOMEN_CHOICE, "health.pregnancy"}
    assert codes(woman=True, retained=False) - codes(woman=False, retained=False) == women


def test_the_nps_officer_s_part_is_there_only_for_those_the_nps_manages():
    assert RiskPart.NPS not in parts_of(woman=True, retained=False)
    assert parts_of(woman=True, retained=True) == list(RiskPart)


def test_what_the_record_knows_is_filled_in_with_its_source_and_day_to_be_confirmed():
    filled = filled_in((REGISTERED,), woman=False, retained=False)

    assert filled == {
        "harm.sexual": {
            "said": "yes",
            "words": "On the register: Registered sex offender",
            "source": "Register",
            "on": "2018-01-02",
            TO_CONFIRM: True,
        }
    }


def test_nothing_on_the_record_never_answers_no():
    beside = Recorded("answer-1", "harm.domestic_abuse", "Police: no trace", "Enquiry", TODAY, "")

    assert filled_in((), woman=True, retained=True) == {}
    assert filled_in((beside,), woman=True, retained=True) == {}


def test_what_stood_before_is_carried_over_and_their_own_words_are_asked_anew():
    carried = carried_over(whole(), woman=False, retained=False)

    asked = [one for one in asked_of(woman=False, retained=False) if one.kind != Kind.THEIRS]
    assert set(carried) == {one.code for one in asked}
    assert all(one[TO_CONFIRM] for one in carried.values())


def test_an_answer_is_kept_trimmed_and_without_what_is_blank():
    given = {"said": "no", "words": "  ", "source": " The person ", "on": date(2018, 9, 28)}

    kept = clean_answer(VIOLENCE, RiskPart.HARM, given, TODAY)

    assert kept == {"said": "no", "source": "The person", "on": "2018-09-28"}


def test_an_answer_with_nothing_said_is_blank():
    blank = {"said": "", "source": "The person", "on": ""}

    assert clean_answer(VIOLENCE, RiskPart.HARM, blank, TODAY) is None
    assert clean_answer(VIOLENCE, RiskPart.HARM, None, TODAY) is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (RiskPart.HEALTH, {"said": "no"}),
        (RiskPart.HARM, {"said": "perhaps"}),
        (RiskPart.HARM, {"words": "Fought at school."}),
        (RiskPart.HARM, {"said": "no", "on": "2018-10-02"}),
        (RiskPart.HARM, {"said": "no", "on": "last week"}),
        (RiskPart.HARM, {"said": "yes", "words": "a" * (LONGEST + 1)}),
        (RiskPart.HARM, "yes"),
    ],
)
def test_what_an_answer_cannot_be_is_refused(part, value):
    with pytest.raises(RuleBroken):
        clean_answer(VIOLENCE, part, value, TODAY)


def test_what_she_chose_is_read_from_her_answer():
    assert chosen_by_her({}) == Choice.NOT_ASKED
    assert chosen_by_her({WOMEN_CHOICE: {"said": "women_only"}}) == Choice.WOMEN_ONLY


def test_every_code_the_record_answers_is_a_question():
    told = {*REGISTERS.values(), *CIRCUMSTANCES.values(), *DISABILITIES.values()}

    assert told <= set(RISK_QUESTIONS)
    assert set(INDICATES) <= set(REGISTERS)


@given(st.sets(st.sampled_from(sorted(RISK_QUESTIONS))))
def test_it_may_be_signed_only_once_every_question_is_answered(left):
    answers = {code: one for code, one in whole().items() if code not in left}

    assert set(keys(answers)) == {f"blank:{code}" for code in left}
