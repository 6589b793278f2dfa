"""Of somebody who is recalled no failure is recorded that came after it, and no recall is asked for a second time."""

from datetime import timedelta

import pytest

from cases.reference.enforcement import RecallState
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.failures import record_failure
from staff.errors import RuleBroken
from tests.cases.services.enforcement.a_recall import LATER, a_licence, brought_to
from tests.factories import CaseFactory, PauseFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BECAUSE = "It was not let pass: they had been told twice."


@pytest.fixture
def case():
    return CaseFactory()


def failed(case, licence, on, now=LATER):
    return record_failure(
        case=case, order=licence.pk, happened_on=on, became_aware_on=on, learnt="police", what="Was seen in the banned area.",
        by=case.officer, now=now,
    )  # fmt: skip


def recalled_by_the_record(case):
    licence = a_licence(case)
    licence.custody_status = "C"
    licence.save()
    return licence


def test_a_failure_of_somebody_the_record_has_recalled_is_refused(case):
    licence = recalled_by_the_record(case)

    with pytest.raises(RuleBroken):
        failed(case, licence, LATER.date() - DAY)
    assert not case.failures.exists()


def test_what_happened_before_the_record_had_them_in_prison_may_still_be_recorded(case):
    licence = recalled_by_the_record(case)
    PauseFactory(case=case, kind="custody", from_on=LATER.date() - 5 * DAY)

    before = failed(case, licence, LATER.date() - 6 * DAY)
    with pytest.raises(RuleBroken):
        failed(case, licence, LATER.date() - DAY)

    with pytest.raises(RuleBroken, match="recalled already"):
        answer_failure(failure=before, answer="recall", because=BECAUSE, by=case.officer, now=LATER)
    answer_failure(failure=before, answer="nothing", because=BECAUSE, by=case.officer, now=LATER)


def test_once_a_recall_of_ours_is_decided_none_is_asked_for_again(case):
    recall = brought_to(case, RecallState.DECISION)

    with pytest.raises(RuleBroken):
        failed(case, recall.sentence, LATER.date() + DAY, now=LATER + 2 * DAY)
    earlier = failed(case, recall.sentence, LATER.date() - 3 * DAY)
    with pytest.raises(RuleBroken, match="recalled already"):
        answer_failure(
            failure=earlier, answer="recall", because=BECAUSE, by=case.officer, now=LATER
        )
