"""What goes into the person's own copy of their resettlement plan, and what never does. Source: `ttg.rules.plan_copy`."""

from datetime import date

import pytest

from cases.rules.giveaways import Kept
from ttg.reference.custody import Agreed
from ttg.reference.questions import NEEDS, QUESTIONS, Source
from ttg.rules.plan_copy import AGREEMENT, BY_OTHERS, NOT_ASKED, Told, copy_of, to_you

SIGNED = date(2018, 10, 1)
KEPT = Kept("Alan Smith", names=("Robin Vale",), addresses=("4 Mill Street, Reading",), texts=())
OPEN = [one for one in QUESTIONS.values() if not (one.about_risk or one.restricted)]
CLOSED = [one for one in QUESTIONS.values() if one.about_risk or one.restricted]


def answer(question, words="Plainwords", source=Source.PERSON):
    return {
        "said": question.choices[0][0],
        "words": words,
        "source": source.value,
        "on": "2018-09-20",
    }


def told(**columns):
    known = {"forename": "Alan", "surname": "Smith", "called": "Al", "kept": KEPT, "agreed": Agreed.AGREED, "signed_on": SIGNED}  # fmt: skip
    return Told(**known | columns)


def said_of(copy):
    """Everything it says, as one text."""
    parts = [copy.called, copy.agreement]
    for section in copy.sections:
        parts += [
            section.heading,
            section.quote,
            *(f"{one.text} {one.note}" for one in section.lines),
        ]
    return " ".join(parts)


@pytest.mark.parametrize("question", OPEN, ids=lambda one: one.code)
def test_what_they_said_themselves_of_a_question_that_is_not_about_risk_goes_in(question):
    copy, left = copy_of(told(answers={question.code: answer(question)}))

    assert "Plainwords" in said_of(copy)
    assert question.pathway.title in [one.heading for one in copy.sections]
    assert left == []


@pytest.mark.parametrize("question", CLOSED, ids=lambda one: one.code)
def test_what_is_about_risk_or_kept_to_staff_is_left_out_without_a_word(question):
    copy, left = copy_of(told(answers={question.code: answer(question) | {"does": "Plaindoes"}}))

    assert copy.sections == ()
    assert left == []


@pytest.mark.parametrize("source", [one for one in Source if one != Source.PERSON])
def test_what_somebody_else_said_is_left_out_and_staff_are_told(source):
    question = OPEN[0]

    copy, left = copy_of(told(answers={question.code: answer(question, source=source)}))

    assert copy.sections == ()
    assert [(one.what, one.why) for one in left] == [(question.asks, BY_OTHERS)]


@pytest.mark.parametrize("words", ["He lives with Robin Vale", "Behind 4 Mill St, Reading"])
@pytest.mark.parametrize("where", ["answers", "strengths", "own_words"])
def test_whatever_gives_somebody_away_is_left_out_whole_and_staff_are_told(words, where):
    question = OPEN[0]
    given = {question.code: answer(question, words)} if where == "answers" else words

    copy, left = copy_of(told(**{where: given}))

    assert copy.sections == ()
    assert len(left) == 1
    assert left[0].why


def test_no_answer_given_is_not_said_back_to_them():
    question = OPEN[0]

    copy, left = copy_of(told(answers={question.code: answer(question) | {"said": "no_answer"}}))

    assert (copy.sections, left) == ((), [])


def test_their_own_words_stand_first_and_as_they_said_them_and_then_their_strengths():
    copy, _ = copy_of(
        told(own_words="I want to see my daughter.", strengths="His sister visits Alan each week")
    )

    wants, strengths = copy.sections
    assert (wants.heading, wants.quote) == ("What you want", "I want to see my daughter.")
    assert strengths.heading == "What goes well"
    assert [one.text for one in strengths.lines] == ["His sister visits Alan each week"]


def test_only_their_own_answers_say_what_is_worked_on_with_them():
    said = {"said": "nowhere", "source": "person", "on": "2018-09-20"}
    debts = {"said": "yes", "source": "prison", "on": "2018-09-20"}

    copy, _ = copy_of(told(answers={"home.after": said, "money.debts": debts}))

    work = copy.sections[-1]
    assert work.heading == "What we work on with you"
    assert [one.text for one in work.lines] == [to_you(NEEDS["home.find"].words)]


def test_a_need_that_an_answer_about_risk_raises_is_not_said_to_them():
    copy, _ = copy_of(told(answers={"health.self_harm": {"said": "yes", "source": "person", "on": "2018-09-20"}}))  # fmt: skip

    assert copy.sections == ()


@pytest.mark.parametrize(
    ("agreed", "signed_on", "draft"),
    [
        (Agreed.AGREED, SIGNED, False), (Agreed.AGREED, None, True), (Agreed.PARTLY, SIGNED, True),
        (Agreed.REFUSED, SIGNED, True), (Agreed.NOT_ASKED, SIGNED, True),
    ],
)  # fmt: skip
def test_it_is_a_draft_until_it_is_signed_and_they_agree_and_says_where_that_stands(
    agreed, signed_on, draft
):
    copy, _ = copy_of(told(agreed=agreed, signed_on=signed_on))

    assert copy.draft == draft
    assert copy.agreement.startswith(AGREEMENT.get(agreed, NOT_ASKED))
    assert ("1 October 2018" in copy.agreement) == bool(signed_on)


def test_they_are_called_as_they_wish_and_else_by_their_first_name():
    assert copy_of(told())[0].called == "Al"
    assert copy_of(told(called=""))[0].called == "Alan"


@pytest.mark.parametrize("question", OPEN, ids=lambda one: one.code)
def test_every_question_that_goes_in_speaks_to_them(question):
    words = " ".join([to_you(question.asks), *(to_you(text) for _, text in question.choices)])

    assert not {"they", "them", "their", "themselves"} & set(words.lower().replace("?", "").split())


def test_our_words_keep_their_capital_when_they_are_said_to_somebody():
    assert to_you("They have their own home; ask them") == "You have your own home; ask you"
