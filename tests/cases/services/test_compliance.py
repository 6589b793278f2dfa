from datetime import UTC, datetime, timedelta

import pytest

from cases.models import Appointment, ComplianceDecision, Contact, Deadline, Message, Notice
from cases.reference.appointments import Called, Decided, Safe
from cases.services.compliance import decide, record_call
from cases.services.outcomes import record_outcome
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    PersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 2, 9, tzinfo=UTC)
AFTER = AT + timedelta(hours=2)
DAYS = timedelta(days=1)
CLOSED = AT + 9 * DAYS  # the sixth working day has come


@pytest.fixture
def missed():
    """Did not come; told of it in person."""
    case = CaseFactory()
    SentenceFactory(case=case)
    appointment = AppointmentFactory(case=case, told_how="in_person")
    return say(appointment, "AFTA")


@pytest.fixture
def senior(missed):
    return UserFactory(role=Role.SPO, team=missed.contact.case.team)


def say(appointment, outcome):
    return record_outcome(
        appointment=appointment,
        outcome=outcome,
        notes="",
        sensitive=False,
        by=appointment.officer,
        now=AFTER,
    )


def ring(appointment, called=Called.SPOKE, safe="", note="", by=None):
    known = {"by": by or appointment.officer, "now": AFTER}
    return record_call(appointment=appointment, called=called, safe=safe, note=note, **known)


def settle(appointment, to=Decided.FAILURE, *, now=CLOSED, by=None, **given):
    known = {"because": "He said that he had forgotten.", "reason": ""}
    decision = ComplianceDecision.objects.get(appointment=appointment)
    return decide(decision=decision, to=to, by=by or appointment.officer, now=now, **known | given)


def owed():
    return set(Deadline.objects.unmet().values_list("kind", flat=True))


def test_a_call_is_a_line_of_the_log_and_stands_with_the_decision(missed):
    line = ring(missed, safe=Safe.YES, note="The bus did not come.")

    assert line.type_code == "CTOB"
    assert "Asked if they are safe: Yes, they are safe." in line.notes
    assert "The bus did not come." in line.notes
    decision = ComplianceDecision.objects.get()
    assert (decision.called, decision.safe, decision.call_note) == (
        Called.SPOKE,
        Safe.YES,
        "The bus did not come.",
    )
    assert "call_same_day" not in owed()


def test_every_call_is_kept_and_the_last_stands_with_the_decision(missed):
    ring(missed, Called.NO_ANSWER)
    ring(missed, safe=Safe.YES, note="The bus did not come.")

    assert Contact.objects.filter(type_code="CTOB").count() == 2
    assert ComplianceDecision.objects.get().called == Called.SPOKE


@pytest.mark.parametrize("safe", [Safe.NO, Safe.UNSURE])
def test_where_somebody_may_not_be_safe_the_senior_is_told_at_once(missed, senior, safe):
    line = ring(missed, safe=safe, note="Somebody shouted in the background.")

    notice = Notice.objects.get(user=senior)
    assert missed.contact.case.surname not in notice.text
    assert line.sensitive
    if senior.email:
        assert Message.objects.get(user=senior).not_before <= AFTER


def test_the_senior_hears_nothing_where_they_are_safe(missed, senior):
    ring(missed, safe=Safe.YES)

    assert not Notice.objects.filter(user=senior).exists()


def test_a_voluntary_absence_is_rung_about_and_no_decision_is_made_of_it():
    appointment = say(AppointmentFactory(enforces="voluntary"), "ABNS")

    ring(appointment, Called.MESSAGE)

    assert owed() == set()
    assert not ComplianceDecision.objects.exists()


def test_nobody_is_rung_about_one_that_they_came_to():
    appointment = say(AppointmentFactory(), "ATTC")

    with pytest.raises(RuleBroken, match="no call"):
        ring(appointment, Called.NO_ANSWER)


def test_a_failure_says_so_in_the_log_and_stops_the_clock_of_deciding(missed):
    decision = settle(missed)

    assert (decision.state, decision.decided_by) == (Decided.FAILURE, missed.officer)
    assert Contact.objects.get(pk=missed.pk).outcome_code == "UAAB"
    assert owed() == {"call_same_day", "offer_again", "answer_failure"}
    entry = Entry.objects.get(action="decided_absence")
    assert "forgotten" not in str(entry.detail)


def test_what_is_acceptable_says_its_reason_and_nobody_need_ring_any_more(missed):
    settle(missed, Decided.ACCEPTABLE, reason="AAME", because="A hospital letter.", now=AFTER)

    line = Contact.objects.get(pk=missed.pk)
    assert (line.outcome_code, line.attended, line.complied) == ("AAME", False, True)
    assert owed() == {"offer_again"}


def test_what_stood_against_a_failure_is_kept_with_it(missed):
    case = missed.contact.case
    PersonFactory(case=case, first_language="Polish", needs_interpreter=True)
    ContactFactory(
        case=case,
        type_code="CTOA",
        appointment=False,
        started_at=AFTER,
        outcome_code="",
        attended=None,
        complied=None,
    )
    Appointment.objects.filter(pk=missed.pk).update(told_how="not_yet")

    decision = settle(missed, now=AFTER, not_waiting="She says that she will not come.")

    assert decision.answers["stood_against"] == [
        "not_told",
        "interpreter",
        "language",
        "in_touch",
        "not_rung",
        "early",
    ]
    assert decision.answers["not_waiting"] == "She says that she will not come."


def test_while_they_may_give_a_reason_a_failure_says_why_nobody_waits(missed):
    with pytest.raises(RuleBroken, match="may still give a reason"):
        settle(missed, now=AFTER)

    assert settle(missed, now=CLOSED).state == Decided.FAILURE


def test_late_proof_makes_a_failure_acceptable_and_keeps_what_was_decided(missed, senior):
    settle(missed)

    decision = settle(
        missed,
        Decided.ACCEPTABLE,
        reason="AAME",
        because="A hospital letter has come.",
        by=senior,
        now=CLOSED + DAYS,
    )

    assert decision.state == Decided.ACCEPTABLE
    assert [one["because"] for one in decision.answers["earlier"]] == [
        "He said that he had forgotten."
    ]
    assert Contact.objects.get(pk=missed.pk).outcome_code == "AAME"
    assert Notice.objects.filter(user=missed.officer).exists()


def test_what_is_acceptable_is_not_decided_again(missed):
    settle(missed, Decided.ACCEPTABLE, reason="AAME")

    with pytest.raises(RuleBroken, match="decided"):
        settle(missed)


def test_an_appointment_that_became_voluntary_since_is_no_failure(missed):
    Appointment.objects.filter(pk=missed.pk).update(enforces="voluntary")

    with pytest.raises(RuleBroken, match="voluntary"):
        settle(missed)


def test_whoever_came_and_did_not_comply_is_found_to_have_done_nothing_wrong():
    appointment = say(AppointmentFactory(told_how="in_person"), "ATSH")

    settle(appointment, Decided.ACCEPTABLE, because="He was ill.")

    assert Contact.objects.get(pk=appointment.pk).outcome_code == "AFDA"
