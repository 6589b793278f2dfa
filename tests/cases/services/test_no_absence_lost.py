"""No sequence of recording, putting right, ringing, deciding, moving and calling off loses a word, leaves what
awaits a decision without one, makes a failure of what is voluntary, or leaves a clock running on what is settled.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import Appointment, ComplianceDecision, Contact, Deadline, OutcomeCorrection
from cases.reference.appointments import (
    ACCEPTABLE_ABSENCES,
    OUTCOMES,
    UNACCEPTABLE,
    AskedBy,
    Called,
    Decided,
    Enforces,
    Safe,
)
from cases.services.appointment_clocks import is_followed_up
from cases.services.appointments import call_off, move_appointment
from cases.services.compliance import decide, record_call
from cases.services.contact_log import record_contact
from cases.services.meetings import correct_meeting, log_as_kept, record_meeting
from cases.services.outcomes_owed import owe_outcomes_chunk
from staff.errors import RuleBroken
from tests.factories import AppointmentFactory, CaseFactory, ContactFactory, SentenceFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 2, 9, tzinfo=UTC)
OF_AN_OUTCOME = {"call_same_day", "decide_absence", "offer_again"}
some = st.integers(0, 9)  # which one, of however many there are
outcomes = st.sampled_from(sorted(OUTCOMES))
words = st.sampled_from(["Alpha", "Bravo", "Charlie", "Delta", "Check-in:\nEcho\nReview:\n"])


class Absences(RuleBasedStateMachine):
    """One case: two appointments that must be kept, one that is voluntary, one brought in, one to come."""

    done = 0  # over all examples, so that a search in which everything is refused shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now, self.written = AT + timedelta(hours=1), []
        self.case = CaseFactory()
        self.officer = self.case.officer
        sentence = SentenceFactory(case=self.case)
        known = {"case": self.case, "told_how": "in_person"}
        AppointmentFactory(**known, at=AT)
        AppointmentFactory(**known, at=AT - timedelta(days=7))
        AppointmentFactory(**known, at=AT - timedelta(days=1), enforces="voluntary")
        AppointmentFactory(**known, at=AT + timedelta(days=7))
        ContactFactory(
            case=self.case, sentence=sentence, started_at=AT - timedelta(days=30),
            outcome_code="", outcome_name="", attended=None, complied=None, notes="Brought in",
        )  # fmt: skip
        self.written.append("Brought in")

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # What the staff do

    @rule(n=some, outcome=outcomes, notes=words, next_weeks=st.sampled_from([0, 0, 1, 2]))
    def record(self, n, outcome, notes, next_weeks):
        contact = self.line(n)
        soon = contact.started_at + timedelta(weeks=next_weeks) if next_weeks else None
        done = self.attempt(
            record_meeting,
            contact=contact,
            outcome=outcome,
            notes=notes,
            sensitive=False,
            next_at=soon,
        )
        self.wrote(done, notes)

    @rule(n=some, outcome=outcomes, notes=words)
    def put_right(self, n, outcome, notes):
        done = self.attempt(
            correct_meeting, contact=self.line(n), outcome=outcome, notes=notes, rar_day=False,
            because="The wrong line was ticked.",
        )  # fmt: skip
        self.wrote(done, notes)

    @rule(n=some)
    def log_several(self, n):
        self.attempt(log_as_kept, contacts=[self.line(n), self.line(n + 1)])

    @rule(n=some, called=st.sampled_from(Called), safe=st.sampled_from(["", *Safe]), notes=words)
    def ring(self, n, called, safe, notes):
        if booking := Appointment.objects.filter(pk=self.line(n).pk).first():
            known = {"appointment": booking, "called": called, "safe": safe, "note": notes}
            self.wrote(self.attempt(record_call, **known), notes)

    @rule(
        n=some,
        to=st.sampled_from([Decided.ACCEPTABLE, Decided.FAILURE]),
        reason=st.sampled_from(["", *ACCEPTABLE_ABSENCES]),
        not_waiting=st.sampled_from(["", "He has told me that he will not come."]),
    )
    def settle(self, n, to, reason, not_waiting):
        decisions = list(ComplianceDecision.objects.order_by("pk"))
        if decisions:
            because = f"Reason {len(self.written)}"
            known = {"to": to, "reason": reason, "not_waiting": not_waiting, "because": because}
            self.attempt(decide, decision=decisions[n % len(decisions)], **known)

    @rule(n=some, days=st.integers(1, 9))
    def move(self, n, days):
        if booking := Appointment.objects.filter(pk=self.line(n).pk).first():
            at = booking.contact.started_at + timedelta(days=days)
            because = {"asked_by": AskedBy.PERSON, "because": "She has a shift."}
            self.attempt(move_appointment, appointment=booking, starts_at=at, **because)

    @rule(n=some)
    def take_off(self, n):
        if booking := Appointment.objects.filter(pk=self.line(n).pk).first():
            because = {"asked_by": AskedBy.SERVICE, "because": "The office is shut."}
            if self.attempt(call_off, appointment=booking, **because):
                self.whoever_missed_is_expected_or_owed_another()

    @rule(notes=words, kind=st.sampled_from(["CTOB", "COUP", "CTOA"]))
    def come_across_them(self, notes, kind):
        known = {"case": self.case, "type_code": kind, "at": self.now, "sensitive": False}
        self.wrote(self.attempt(record_contact, notes=notes, **known), notes)

    @rule(days=st.sampled_from([1, 1, 3, 10]))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        owe_outcomes_chunk(after=0, today=self.now.date())

    # What holds all the while

    @invariant()
    def no_word_is_lost(self):
        kept = "\n".join(
            [
                *Contact.objects.values_list("notes", flat=True),
                *OutcomeCorrection.objects.values_list("was_notes", flat=True),
                *ComplianceDecision.objects.values_list("call_note", flat=True),
            ]
        )
        for said in self.written:
            assert said in kept

    @invariant()
    def what_awaits_has_a_decision_that_awaits(self):
        for one in Appointment.objects.select_related("contact"):
            said = OUTCOMES.get(one.contact.outcome_code)
            if said and said.awaits and not one.called_off_at:
                decision = ComplianceDecision.objects.get(appointment=one)
                came = said.attended
                assert decision.state == Decided.AWAITING or (
                    came and decision.state == Decided.FAILURE
                )
        for decision in ComplianceDecision.objects.awaiting().select_related(
            "appointment__contact"
        ):
            assert OUTCOMES[decision.appointment.contact.outcome_code].awaits

    @invariant()
    def nothing_voluntary_is_a_failure(self):
        voluntary = Appointment.objects.filter(enforces=Enforces.VOLUNTARY)
        assert not voluntary.filter(decision__state=Decided.FAILURE).exists()
        assert not voluntary.filter(contact__outcome_code=UNACCEPTABLE).exists()

    @invariant()
    def no_clock_runs_on_what_is_settled(self):
        running = Deadline.objects.unmet().exclude(appointment=None)
        for one in running.select_related("appointment__contact"):
            said = OUTCOMES.get(one.appointment.contact.outcome_code)
            if one.kind == "log_outcome":
                assert said is None
                assert one.appointment.called_off_at is None
            elif one.kind == "decide_absence":
                assert one.appointment.decision.state == Decided.AWAITING
            elif one.kind == "call_same_day":
                assert said.attended is False
                assert said.complied is False

    @invariant()
    def whatever_awaits_has_a_clock(self):
        for decision in ComplianceDecision.objects.awaiting():
            assert (
                Deadline.objects.unmet()
                .filter(kind="decide_absence", appointment=decision.appointment_id)
                .exists()
            )

    def whoever_missed_is_expected_or_owed_another(self):
        missed = Appointment.objects.missed().order_by("contact__started_at", "pk").last()
        owed = Deadline.objects.unmet().filter(kind="offer_again", appointment=missed)
        assert missed is None or is_followed_up(missed, self.now) or owed.exists()

    # How they do it

    def line(self, n):
        lines = list(self.case.contacts.filter(appointment=True).order_by("pk"))
        return lines[n % len(lines)]

    def attempt(self, service, **known):
        """What the service gives; None where it refuses, and then nothing has changed."""
        with suppress(RuleBroken), transaction.atomic():
            given = service(by=self.officer, now=self.now, **known)
            type(self).done += 1
            return given
        return None

    def wrote(self, done, notes):
        if done:
            said = notes.replace("Check-in:\n", "").replace("\nReview:\n", "")
            self.written.append(said)


@pytest.mark.parametrize(
    ("examples", "steps"), [(25, 14), pytest.param(60, 20, marks=pytest.mark.nightly)]
)
def test_nothing_is_lost_and_nothing_settled_still_runs(examples, steps):
    Absences.done = 0

    run_state_machine_as_test(
        Absences,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Absences.done > examples
