from dataclasses import replace
from datetime import date

import pytest

from cases.reference.checks import CheckKind, EnquiryState, Reply
from cases.rules.enquiries import Concern
from cases.rules.protection import Question, Watched, asks_about, counts_from, unprotected
from tests.cases.rules.test_interim import POLICY

TODAY = date(2018, 10, 15)
SINCE = date(2018, 10, 1)
ABUSE, ADULT = Concern.DOMESTIC_ABUSE, Concern.ADULT
ANSWERED = Question(
    CheckKind.POLICE, EnquiryState.ANALYSED, SINCE, date(2018, 10, 5), Reply.NO_TRACE
)


def left(*questions, concerns=(ABUSE,), **more):
    watched = Watched(dict.fromkeys(concerns, SINCE), questions, **more)
    return unprotected(watched, POLICY, TODAY)


def test_a_concern_with_nothing_is_unprotected():
    assert left() == [ABUSE]


@pytest.mark.parametrize("state", [EnquiryState.DUE, EnquiryState.SENT, EnquiryState.REPLIED])
def test_a_question_that_is_open_looks_after_it(state):
    assert left(Question(CheckKind.POLICE, state, SINCE)) == []


@pytest.mark.parametrize("reply", [Reply.NO_TRACE, Reply.INFORMATION])
def test_so_does_an_answer_somebody_has_analysed(reply):
    assert left(replace(ANSWERED, reply=reply)) == []


@pytest.mark.parametrize(
    "other",
    [
        {"reply": Reply.PARTIAL},
        {"reply": Reply.REFUSED},
        {"kind": CheckKind.PRISON},
        {"state": EnquiryState.NOT_NEEDED},
        {"state": EnquiryState.SUPERSEDED},
        {"triggered_on": date(2018, 9, 1), "replied_on": date(2018, 9, 30)},
    ],
    ids=["part of one", "refused", "another agency", "not needed", "superseded", "from before"],
)
def test_what_is_no_answer_about_it_does_not(other):
    assert left(replace(ANSWERED, **other)) == [ABUSE]


def test_an_answer_serves_until_it_is_to_be_refreshed():
    old = replace(ANSWERED, triggered_on=date(2018, 4, 1), replied_on=date(2018, 4, 15))
    watched = Watched({ABUSE: date(2018, 4, 1)}, (old,))

    assert unprotected(watched, POLICY, date(2018, 10, 15)) == []
    assert unprotected(watched, POLICY, date(2018, 10, 16)) == [ABUSE]


def test_a_plan_in_force_looks_after_everything_until_its_last_day():
    assert left(concerns=(ABUSE, ADULT), plan_until=TODAY) == []
    assert left(plan_until=date(2018, 10, 14)) == [ABUSE]


def test_each_concern_is_looked_after_by_its_own():
    assert left(ANSWERED, concerns=(ABUSE, ADULT)) == [ADULT]
    assert asks_about(ADULT) == CheckKind.ADULTS


def test_an_answer_counts_from_the_concern_or_from_the_sentence_it_came_with():
    began, sentenced = date(2018, 9, 10), date(2018, 9, 1)

    assert counts_from(date(2018, 9, 20), began, sentenced) == date(2018, 9, 20)
    assert counts_from(date(2018, 9, 5), began, sentenced) == sentenced
    assert counts_from(None, began, sentenced) == sentenced
