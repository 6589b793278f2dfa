"""Letters walked in any order that pages, API and tasks may take: none is lost, none goes twice, a warning counts only once given.

Source: features 90 (nothing sent twice); product rules, failures.
"""

import random
import smtplib
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from django.core.mail.backends.locmem import EmailBackend

from cases.models import (
    Case,
    ComplianceWarning,
    Deadline,
    Document,
    Failure,
    Letter,
    Message,
    Reachable,
)
from cases.reference.agencies import Delivery
from cases.reference.enforcement import LetterKind, LetterState
from cases.reference.holding import LeftAs
from cases.rules.enforcement.letters import mark_of
from cases.services.enforcement import letters, letters_back, letters_sent
from cases.services.enforcement.failures import withdraw_failure
from cases.services.leaving import come_back, leave
from cases.services.messages import cancel_message, say_it_went, send_again, send_waiting
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_letter import NONE_BOOKED, PROOF, a_letter
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
STEPS = 70
ROOM = {"no_appointment": NONE_BOOKED, "because": "You showed us proof."}


class Moody(EmailBackend):
    """A mail server that refuses now and then."""

    chance = random.Random(0)

    def send_messages(self, messages):
        if self.chance.random() < 0.5:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def walk(settings, monkeypatch, mailoutbox):
    settings.EMAIL_READY, settings.REMIND_FROM = True, "us@example.org"
    settings.EMAIL_BACKEND = f"{__name__}.Moody"
    for room in (letters, letters_sent):  # drawing is tested where paper is
        monkeypatch.setattr(room, "as_paper", lambda said: b"%PDF")
    return mailoutbox


def write(one, know, chance):
    how = chance.choice(["post", "email", "hand"])
    letters.write_letter(letter=one, words=ROOM | {"how": how}, welsh=False, **know)


def make_ready(one, know, chance):
    read = mark_of(letters.look_at(letter=one, now=know["now"])[1])
    letters.make_ready(letter=one, read=chance.choice([read, read, "stale"]), **know)


def send(one, know, chance):
    letters_sent.send_letter(letter=one, proof=chance.choice([PROOF, PROOF, ""]), **know)


def came_back(one, know, chance):
    on = know["now"].date()
    letters_back.letter_came_back(letter=one, on=on, because="Gone away", **know)


def with_because(service):
    def act(one, know, chance):
        service(letter=one, because="As it was asked for twice", **know)

    return act


def withdraw(one, know, chance):
    failure = Failure.objects.get(warning=one.warning_id)
    withdraw_failure(failure=failure, because="Proof of a hospital stay came", **know)


def outbox(one, know, chance):
    send_waiting(now=know["now"])


def settle(service):
    def act(one, know, chance):
        for message in Message.objects.filter(document=one.document_id, document__isnull=False):
            service(message=message, **know)

    return act


def dying(message, **know):
    """Whoever was sending it died."""
    waits = {Delivery.WAITING}
    if message.delivery in waits:
        Message.objects.filter(pk=message.pk).update(delivery=Delivery.UNSURE)


def away_and_back(one, know, chance):
    case = Case.objects.get(pk=one.case_id)
    if case.left_as:
        come_back(case=case, **know)
    elif chance.random() < 0.3:
        leave(case=case, left_as=LeftAs.ELSEWHERE, because="They moved", **know)


ACTS = [
    write, write, make_ready, make_ready, make_ready, send, send, send, came_back, outbox, outbox, away_and_back,
    lambda one, know, chance: letters.unready(letter=one, **know),
    lambda one, know, chance: letters_back.write_again(letter=one, **know),
    lambda one, know, chance: letters_back.write_again(letter=one, **know),
    lambda one, know, chance: letters.ask_for_letter(
        case=one.case, kind=one.kind, warning=one.warning, why="Once more", **know
    ),
    with_because(letters.leave_returned), settle(send_again), settle(say_it_went), settle(cancel_message),
    settle(dying),
]  # fmt: skip
SELDOM = [with_because(letters.cancel_letter), withdraw]


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 8))]
)
def test_in_whatever_order_nothing_is_lost_and_nothing_goes_twice(walk, seed):
    chance, now = random.Random(seed), NOW
    hub = UserFactory(role=Role.HUB)
    first = a_letter(hub, now, may_email=True)
    Reachable.objects.create(case=first.case, kind="email", value="alan@example.org", safe=True)
    done = 0

    for step in count():
        if step >= STEPS and Entry.objects.filter(action="sent_letter").exists():
            break
        assert step < 10 * STEPS, "nothing was ever sent"
        if not any(can_go(one) for one in Letter.objects.all()):
            a_letter(hub, now, may_email=True)  # the last was called off: somebody else fails
        now += timedelta(minutes=chance.choice([1, 20, 90]))
        every = list(Letter.objects.order_by("pk"))
        going = [letter for letter in every if can_go(letter)]  # in the end few among many
        one = chance.choice(chance.choice([every, going]))
        act = chance.choice(SELDOM if chance.random() < 0.04 else ACTS)
        with suppress(RuleBroken):
            act(one, {"by": hub, "now": now}, chance)
            done += 1
        nothing_is_lost(walk)

    assert done > STEPS / 4  # that many were not refused


def can_go(letter):
    waits = letter.state in {LetterState.ASKED, LetterState.READY, LetterState.SENT}
    return letters.stands(letter) and (waits or letter.state == LetterState.RETURNED)


def nothing_is_lost(mail):
    for one in Letter.objects.select_related("warning"):
        owed = set(Deadline.objects.unmet().filter(letter=one).values_list("kind", flat=True))
        assert owed == owes(one), (one.state, owed)
    for warning in ComplianceWarning.objects.all():
        gone = warning.letters.filter(kind=LetterKind.WARNING, state=LetterState.SENT)
        assert (warning.given_on is not None) == gone.exists()
    went = Letter.objects.exclude(sent_at=None).count()
    assert Entry.objects.filter(action="sent_letter").count() == went
    assert Document.objects.filter(kind="letter").count() == went
    keys = [one.extra_headers["Message-ID"] for one in mail]
    assert len(keys) == len(set(keys)), "an e-mail went twice"


def owes(letter):
    """What somebody must still do about this letter."""
    if letter.state in {LetterState.ASKED, LetterState.READY}:
        return {"send_letter"}
    settled = letter.again_id or letter.cancelled_because
    if letter.state == LetterState.RETURNED and letters.stands(letter) and not settled:
        return {"mend_letter"}
    return set()
