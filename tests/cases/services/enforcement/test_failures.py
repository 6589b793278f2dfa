"""A failure from the decision, or by hand, to its answer, and back again when proof comes late."""

from datetime import date, timedelta

import pytest

from cases.models import (
    Amendment,
    Breach,
    ComplianceDecision,
    ComplianceWarning,
    Deadline,
    Failure,
    Letter,
    Recall,
)
from cases.queries.enforcement.failures import law_of, reason_given
from cases.reference.appointments import Decided
from cases.reference.enforcement import Answer
from cases.services.compliance import decide
from cases.services.enforcement.answers import answer_failure, keep_going
from cases.services.enforcement.failures import record_failure, withdraw_failure
from cases.services.enforcement.letters import look_at
from cases.services.outcomes import record_outcome
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    NOW,
    AppointmentFactory,
    CaseFactory,
    DocumentFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 20 * DAY
BEGAN = date(2018, 1, 1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def order(case):
    return SentenceFactory(case=case, started_on=BEGAN, expected_end_on=date(2019, 9, 30))


@pytest.fixture
def licence(case):
    return SentenceFactory(
        case=case, started_on=BEGAN, order="custody", custody_status="B", released_on=BEGAN
    )


def fail(case, order, **given):
    on = LATER.date() - DAY
    known = {
        "happened_on": on,
        "became_aware_on": on,
        "learnt": "monitoring",
        "what": "Broke the curfew by an hour.",
    }
    return record_failure(case=case, order=order.pk, by=case.officer, now=LATER, **known | given)


def answer(failure, answer, because="He gave no reason for it.", now=LATER):
    return answer_failure(
        failure=failure, answer=answer, because=because, by=failure.case.officer, now=now
    )


def miss(case, **given):
    appointment = AppointmentFactory(case=case, at=NOW + DAY, told_how="in_person", **given)
    record_outcome(
        appointment=appointment,
        outcome="AFTA",
        notes="",
        sensitive=False,
        by=case.officer,
        now=NOW + 2 * DAY,
    )
    return appointment


def settle(appointment, to=Decided.FAILURE, **given):
    known = {
        "because": "He said that he had forgotten.",
        "reason": "AAME" if to == Decided.ACCEPTABLE else "",
    }
    decision = ComplianceDecision.objects.get(appointment=appointment)
    return decide(decision=decision, to=to, by=appointment.officer, now=LATER, **known | given)


def owed():
    return set(
        Deadline.objects.unmet().exclude(appointment__isnull=False).values_list("kind", flat=True)
    )


def test_deciding_that_an_absence_is_a_failure_opens_one_with_its_clock(case, order):
    settle(miss(case))

    failure = Failure.objects.get()
    assert (failure.sentence, failure.regime) == (order, "community")
    assert "Did not attend" in failure.what
    assert owed() == {"answer_failure"}
    assert Deadline.objects.get(failure=failure).due_on == LATER.date()


def test_one_absence_fails_each_order_that_the_officer_ticks(case, order):
    other = SentenceFactory(case=case, started_on=BEGAN, order="suspended", convicted_on=BEGAN)

    settle(miss(case), orders=[other.pk])

    assert set(Failure.objects.values_list("sentence", "regime")) == {
        (order.pk, "community"),
        (other.pk, "suspended"),
    }


def test_an_order_of_somebody_else_is_refused_and_nothing_is_decided(case, order):
    appointment = miss(case)

    with pytest.raises(RuleBroken, match="not enforced"):
        settle(appointment, orders=[SentenceFactory().pk])

    assert not Failure.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"what": "n/a"}, "what they failed to do"),
        ({"became_aware_on": LATER.date() - 2 * DAY}, "before it happened"),
        ({"happened_on": LATER.date() + DAY, "became_aware_on": LATER.date() + DAY}, "future"),
        ({"happened_on": date(2017, 1, 1)}, "not enforced"),
    ],
)
def test_what_could_not_be_said_in_court_is_refused(case, order, given, says):
    with pytest.raises(RuleBroken, match=says):
        fail(case, order, **given)


def test_a_warning_is_asked_for_and_its_letter_runs_from_becoming_aware(case, order):
    failure = answer(fail(case, order), Answer.WARN)

    letter = Letter.objects.get()
    assert failure.warning.given_on is None
    assert letter.warning == failure.warning
    assert Deadline.objects.get(letter=letter).triggered_on == failure.became_aware_on
    assert owed() == {"send_letter"}
    assert failure.law["policy"] == 1
    entry = Entry.objects.get(action="answered_failure")
    assert "reason" not in str(entry.detail)


def test_after_a_warning_that_was_given_the_law_leaves_referral_alone(case, order):
    first = answer(fail(case, order, happened_on=NOW.date()), Answer.WARN)
    ComplianceWarning.objects.update(given_on=NOW.date() + 3 * DAY)
    second = fail(case, order)

    with pytest.raises(RuleBroken, match="can no longer be answered by a warning"):
        answer(second, Answer.WARN)

    second = answer(second, Answer.REFER)
    assert second.law["rests_on"] == [first.warning_id]
    assert {"submit_breach", "win_back", "lay_breach"} <= owed()
    assert Deadline.objects.get(kind="lay_breach").due_on == second.breach.lay_by


@pytest.mark.parametrize("wrong", [Answer.NOTHING, Answer.RECALL])
def test_an_order_is_warned_of_or_referred(case, order, wrong):
    with pytest.raises(RuleBroken):
        answer(fail(case, order), wrong)
    assert owed() == {"answer_failure"}


def test_a_failure_is_answered_once_and_for_a_reason(case, order):
    failure = fail(case, order)
    with pytest.raises(RuleBroken, match="Say why"):
        answer(failure, Answer.WARN, because="n/a")
    answer(failure, Answer.WARN)

    with pytest.raises(RuleBroken, match="is answered"):
        answer(failure, Answer.REFER)


def test_a_second_referral_joins_the_breach_that_runs(case, order):
    one = answer(fail(case, order), Answer.REFER)
    two = answer(
        fail(case, order, happened_on=NOW.date(), became_aware_on=NOW.date()), Answer.REFER
    )

    assert one.breach == two.breach
    assert Breach.objects.get().became_aware_on == NOW.date()
    assert Deadline.objects.get(kind="submit_breach").triggered_on == NOW.date()


def test_once_the_pack_has_gone_the_nps_is_owed_what_joins_it(case, order):
    answer(fail(case, order), Answer.REFER)
    Breach.objects.update(state="submitted", submitted_at=LATER, times_submitted=1)

    answer(fail(case, order), Answer.REFER)

    assert Amendment.objects.owed().count() == 1
    assert "amend_breach" in owed()


def test_recall_is_of_a_licence_and_part_a_is_owed(case, licence):
    answer(fail(case, licence), Answer.RECALL)
    answer(fail(case, licence), Answer.RECALL)

    assert Recall.objects.get().failures.count() == 2
    assert owed() == {"write_part_a", "win_back"}


def test_nothing_may_follow_on_a_licence_for_a_reason(case, licence):
    answer(fail(case, licence), Answer.NOTHING)

    assert owed() == set()


def test_late_proof_before_the_answer_stops_its_clock(case, order):
    appointment = miss(case)
    settle(appointment)
    settle(appointment, Decided.ACCEPTABLE, because="A hospital letter has come.")

    assert Failure.objects.get().withdrawn_because == "A hospital letter has come"
    assert owed() == set()
    with pytest.raises(RuleBroken, match="withdrawn"):
        answer(Failure.objects.get(), Answer.WARN)


def test_late_proof_stops_a_letter_that_has_not_gone(case, order):
    appointment = miss(case)
    settle(appointment)
    answer(Failure.objects.get(), Answer.WARN)

    settle(appointment, Decided.ACCEPTABLE)

    assert Letter.objects.get().state == "cancelled"
    assert ComplianceWarning.objects.get().withdrawn_on
    assert owed() == set()


def test_late_proof_after_the_letter_asks_for_another_that_withdraws_it(case, order):
    failure = answer(fail(case, order), Answer.WARN)
    ComplianceWarning.objects.update(given_on=LATER.date())

    withdraw_failure(
        failure=failure, because="The monitoring company was wrong.", by=case.officer, now=LATER
    )

    assert Letter.objects.get(kind="withdrawal").state == "asked"
    assert owed() == {"send_letter"}


def test_a_breach_that_rested_on_it_is_decided_again_and_goes_on_only_on_what_stands(case, order):
    one, two = fail(case, order), fail(case, order, what="Broke it by two hours.")
    for failure in (one, two):
        answer(failure, Answer.REFER)
    known = {"because": "The monitoring company was wrong.", "by": case.officer, "now": LATER}
    withdraw_failure(failure=one, **known)
    again = Deadline.objects.unmet().get(kind="decide_again")
    assert again.breach == Breach.objects.get()

    assert keep_going(deadline=again, **known) == [Failure.objects.get(pk=two.pk)]

    withdraw_failure(failure=two, **known)
    with pytest.raises(RuleBroken, match="No failure stands"):
        keep_going(deadline=Deadline.objects.unmet().get(kind="decide_again"), **known)


def test_a_breach_referred_because_of_a_warning_is_decided_again_when_the_warning_falls(
    case, order
):
    first = answer(fail(case, order, happened_on=NOW.date()), Answer.WARN)
    ComplianceWarning.objects.update(given_on=NOW.date() + 3 * DAY)
    second = answer(fail(case, order), Answer.REFER)

    withdraw_failure(failure=first, because="He was in hospital.", by=case.officer, now=LATER)

    assert Deadline.objects.unmet().get(kind="decide_again").breach_id == second.breach_id


def test_of_an_absence_the_decision_is_changed_and_not_its_failure(case, order):
    settle(miss(case))

    with pytest.raises(RuleBroken, match="Change the decision"):
        withdraw_failure(
            failure=Failure.objects.get(), because="He was in hospital.", by=case.officer, now=LATER
        )


def test_nothing_is_recorded_on_a_case_that_has_left_us(case, order):
    case.left_as = "ended"
    case.save()

    with pytest.raises(RuleBroken, match="ended"):
        fail(case, order)


# The reason they gave is not why somebody decides so


def decided(appointment, **given):
    decision = ComplianceDecision.objects.get(appointment=appointment)
    known = {"to": Decided.FAILURE, "because": "He rang nobody, and has come at ten before."}
    return decide(decision=decision, by=appointment.officer, now=LATER, **known | given)


def test_what_they_gave_as_a_reason_is_kept_apart_from_why_it_is_not_accepted(case, order):
    decided(miss(case), excuse=" “I overslept.” ")

    failure = Failure.objects.get()
    assert (failure.excuse, reason_given(failure)) == ("“I overslept.”",) * 2


def test_where_nobody_asked_no_reason_of_theirs_is_said(case, order):
    decided(miss(case))

    assert Failure.objects.get().excuse == ""


def test_what_was_once_copied_from_the_decision_is_not_taken_for_theirs(case, order):
    decision = decided(miss(case))
    Failure.objects.update(excuse=decision.because)

    assert reason_given(Failure.objects.select_related("decision").get()) == ""


def test_a_letter_tells_of_an_absence_in_plain_words_and_not_in_those_of_the_record(case, order):
    decided(miss(case))
    answer(Failure.objects.get(), Answer.WARN)

    parts = look_at(letter=Letter.objects.get(), now=LATER)[1]["parts"]

    (item,) = parts[0]["sections"][0]["items"]
    assert "You did not come to your appointment with us at" in item
    assert "Did not attend" not in item


def test_a_warning_whose_letter_came_back_is_not_said_to_be_on_its_way(case, order):
    first = fail(case, order)
    answer(first, Answer.WARN)
    second = fail(case, order, what="Broke the curfew again.")
    policy = enforcement_policy(LATER.date())
    assert "on its way" in law_of(second, policy).found.because
    document = DocumentFactory(case=case)
    Letter.objects.update(
        state="returned", sent_at=LATER, sent_how="post", proof="Certificate 1", served_on=LATER.date(), document=document,
        returned_on=LATER.date(), returned_because="Gone away",
    )  # fmt: skip

    assert "came back, so it was not given" in law_of(second, policy).found.because
