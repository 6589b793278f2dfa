"""Which agencies were never asked, and so are asked as something begins that needs their answers."""

from datetime import timedelta

import pytest

from cases.reference.checks import Because
from cases.services.asking import ask_those_never_asked
from tests.factories import TODAY, CaseFactory, EnquiryFactory, SentenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return SentenceFactory(case=CaseFactory()).case


def asked_again(case, **more):
    known = {"because": Because.START, "by": case.officer, "today": TODAY}
    return [one.kind for one in ask_those_never_asked(case=case, **known, **more)]


def week_before(case):
    return case.sentences.get().convicted_on - timedelta(days=7)


def test_whoever_never_was_is_asked_once(case):
    assert asked_again(case) == ["police"]
    assert asked_again(case) == []


def test_one_sent_before_the_sentence_is_waited_for_unless_it_must_be_sent_since(case):
    before = week_before(case)
    EnquiryFactory(case=case, sent=True, triggered_on=before, sent_on=before)

    assert asked_again(case) == []
    assert asked_again(case, or_waited_for=False) == ["police"]


def test_a_reply_of_before_the_sentence_answers_nothing_of_it_though_nobody_has_read_it(case):
    before = week_before(case)
    EnquiryFactory(case=case, replied=True, triggered_on=before, sent_on=before, replied_on=before)

    assert asked_again(case) == ["police"]


def test_one_that_was_superseded_counts_for_nothing(case):
    EnquiryFactory(case=case, analysed=True, state="superseded")

    assert asked_again(case) == ["police"]
