"""No sequence of bookings, moves, answers and deaths of senders sends a reminder to where it is not safe,
twice, at night, or of an appointment that does not stand.
"""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from cases.agencies.handing_over import hand_over
from cases.models import Appointment, Message, Person, Reachable
from cases.reference.agencies import Delivery
from cases.reference.contact_details import STANDS_FOR, Asked
from cases.services import messages
from cases.services.appointments import book_appointment, call_off, move_appointment
from cases.services.contact_details import add_contact, set_contact_details
from cases.services.outcomes import record_outcome
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.a_reminder import set_up, somebody
from tests.clock import frozen
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
BEGINNINGS = (  # the first two run over the nights in which the clocks change
    datetime(2018, 3, 22, 9, tzinfo=UTC),
    datetime(2018, 10, 25, 9, tzinfo=UTC),
    datetime(2018, 7, 2, 13, tzinfo=UTC),
)
some = st.integers(0, 9)  # which one, of however many there are
ahead = st.sampled_from([2, 4, 5, 9, 20, 26, 49, 72, 100])  # hours
answers = st.sampled_from([Asked.YES, Asked.YES, Asked.YES, Asked.NO, Asked.NOT_ASKED])
whiles = st.sampled_from([1, 5, 31, 60, 61, 240, 600, 1440])  # minutes


class Reminding(RuleBasedStateMachine):
    """One person with a mobile and an e-mail address, seen by one officer; the hub decides what is unsure."""

    gone = 0  # over all examples, so that a search which sends nothing shows

    @initialize(began=st.sampled_from(BEGINNINGS))
    def begin(self, began):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        mail.outbox.clear()
        self.settings = override_settings()
        self.settings.enable()
        set_up(configured, self.folder.name)
        self.now, self.seen, self.again = began, [], {}
        self.case = somebody(may_email=True)
        self.hub = UserFactory(role=Role.HUB)
        self.add("email", "alex@post.example", Asked.YES)
        for hours in (26, 49):
            self.book(hours, remind=True)

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.folder.cleanup()
            self.settings.disable()

    # What the staff do

    @rule(hours=ahead, remind=st.sampled_from([True, True, True, False]))
    def book(self, hours, remind):
        self.attempt(
            book_appointment,
            case=self.case,
            type_code="COAP",
            starts_at=self.now + timedelta(hours=hours),
            minutes=30,
            where="office",
            officer=self.case.officer,
            enforces="voluntary",
            by=self.case.officer,
            now=self.now,
            remind=remind,
        )

    @rule(n=some, hours=ahead)
    def move(self, n, hours):
        self.on(n, move_appointment, starts_at=self.now + timedelta(hours=hours), **self.asked())

    @rule(n=some)
    def call_it_off(self, n):
        self.on(n, call_off, **self.asked())

    @rule(n=some)
    def record_ahead(self, n):
        self.on(n, record_outcome, outcome="AACL", notes="At court.", sensitive=False)

    @rule(kind=st.sampled_from(["mobile", "email"]), answer=answers)
    def say_whether_it_is_safe(self, kind, answer):
        for one in self.case.reachable.filter(kind=kind):
            self.answer(**{f"safe_{one.pk}": answer.value})

    @rule(what=st.sampled_from(["may_text", "may_email"]), answer=answers)
    def say_whether_we_may(self, what, answer):
        self.answer(**{what: answer.value})

    @rule(digit=some, answer=answers)
    def add_another_mobile(self, digit, answer):
        self.add("mobile", f"07700 90045{digit}", answer)

    @rule(digit=some)
    def an_extract_brings_another_number(self, digit):
        self.case.reachable.filter(kind="mobile").update(value=f"07700 90078{digit}")

    @rule(answer=answers)
    def an_extract_says_whether_we_may(self, answer):
        Person.objects.filter(case=self.case).update(may_text=STANDS_FOR[answer])

    @rule(n=some, minutes=whiles)
    def an_extract_moves_one(self, n, minutes):
        if one := self.one_of(Appointment.objects.filter(called_off_at=None), n):
            one.contact.started_at += timedelta(minutes=minutes)
            one.contact.save()

    # What the system does

    @rule(minutes=whiles)
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        self.sweep()

    @rule()
    def until_the_next_is_due(self):
        waiting = Message.objects.filter(delivery=Delivery.WAITING).order_by("not_before").first()
        if waiting and waiting.not_before > self.now:
            self.now = waiting.not_before
        self.sweep()

    @rule(handed_over=st.booleans())
    def a_sender_dies(self, handed_over):
        """Marked, and perhaps handed over: its connection dies with it, and nothing is kept of it."""
        with frozen(self.now):
            message, _ = messages._take(self.now, [], writer=None)
            if message is None or message.delivery != Delivery.GOING:
                return
            if handed_over:
                hand_over(message)
            messages._let_go(message.pk)
        self.look()
        self.sweep()

    @rule(n=some)
    def the_hub_sends_it_again(self, n):
        if one := self.one_of(Message.objects.filter(delivery=Delivery.UNSURE), n):
            if self.attempt(messages.send_again, message=one, by=self.hub, now=self.now):
                self.again[one.key] = self.again.get(one.key, 0) + 1
            self.sweep()

    # Looked at after each

    def sweep(self):
        with frozen(self.now):
            messages.send_waiting(now=self.now)
        self.look()

    def look(self):
        new = self.handed_over()
        for one in self.seen:
            new.remove(one)
        for key, to in new:
            self.seen.append((key, to))
            type(self).gone += 1
            self.check(key, to)

    def check(self, key, to):
        _, appointment, at = key.split("-")
        booking = Appointment.objects.select_related("contact").get(pk=appointment)
        person = Person.objects.get(case=self.case)
        assert booking.called_off_at is None
        assert booking.contact.outcome_code == ""
        assert booking.contact.started_at.timestamp() == int(at)
        assert booking.contact.started_at > self.now
        assert booking.remind
        assert 8 <= self.now.astimezone(LONDON).hour < 21
        email = "@" in to
        assert (person.may_email if email else person.may_text) is True
        safe = Reachable.objects.filter(case=self.case, safe=True).values_list("value", flat=True)
        assert to in {one if email else one.replace(" ", "") for one in safe}
        times = [seen for seen, _ in self.seen].count(key)
        assert times <= 1 + self.again.get(key, 0)

    def handed_over(self):
        """[(key, to)] of every text and e-mail there is."""
        texts = [
            (path.name.split(".")[0], path.read_text().splitlines()[0].removeprefix("To: "))
            for path in Path(self.folder.name).iterdir()
        ]
        mails = [
            (one.extra_headers["Message-ID"].strip("<").split("@")[0], one.to[0])
            for one in mail.outbox
        ]
        return texts + mails

    # How

    def answer(self, **given):
        self.attempt(
            set_contact_details,
            case=self.case,
            given=given,
            by=self.case.officer,
            today=self.now.date(),
            now=self.now,
        )

    def add(self, kind, value, answer):
        self.attempt(
            add_contact,
            case=self.case,
            kind=kind,
            value=value,
            safe=STANDS_FOR[answer],
            by=self.case.officer,
            today=self.now.date(),
            now=self.now,
        )

    def asked(self):
        return {"asked_by": "service", "because": "We cannot be there."}

    def on(self, n, service, **known):
        if one := self.one_of(Appointment.objects.filter(contact__case=self.case), n):
            self.attempt(service, appointment=one, by=self.case.officer, now=self.now, **known)

    def one_of(self, rows, n):
        rows = list(rows.order_by("-pk"))
        return rows[n % len(rows)] if rows else None

    def attempt(self, service, **known):
        with suppress(RuleBroken), transaction.atomic(), frozen(self.now):
            return service(**known)


def search(examples, steps, **how):
    """Told step by step as it was found: making it shorter takes longer than reading it."""
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    Reminding.gone = 0
    run_state_machine_as_test(Reminding, settings=found)
    return Reminding.gone


def test_no_sequence_sends_a_reminder_that_should_not_go_or_sends_one_twice():
    gone = search(examples=25, steps=25, derandomize=True, database=None)

    assert gone > 5


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert search(examples=200, steps=60) > 100
