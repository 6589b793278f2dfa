"""The outbox: each message goes once, whatever dies; what may have gone waits for a person."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from cases.models import Message
from cases.reference.agencies import Delivery, Means, MessageKind
from cases.services.messages import (
    cancel_message,
    find_unsure,
    say_it_went,
    send_again,
    send_waiting,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, AgencyFactory, DocumentFactory, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(settings):
    settings.EMAIL_READY = True


def waiting(n=1, **facts):
    known = {
        "kind": MessageKind.REQUEST,
        "address": "da.unit@police.example",
        "subject": "EN-0000001-95: request for information",
        "body": "Alex Marsh",
        "not_before": NOW,
        "at": NOW,
    }
    if "user" not in facts:
        known["agency"] = AgencyFactory()
    return Message.objects.create(key=f"request-{n}-1", **known | facts)


class Failing(EmailBackend):
    """A mail server that does as `problem` says, where it says."""

    problem: Exception | None = None
    on_open: Exception | None = None

    def open(self):
        if self.on_open:
            raise self.on_open

    def send_messages(self, messages):
        if self.problem:
            raise self.problem
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr("django.core.mail.get_connection", lambda **_: Failing())
    monkeypatch.setattr("cases.agencies.mail.get_connection", lambda: Failing())
    yield Failing
    Failing.problem = Failing.on_open = None


def test_what_waits_goes_once_with_its_letter_and_an_id_of_its_own():
    message = waiting(document=DocumentFactory())

    assert (send_waiting(now=NOW), send_waiting(now=NOW)) == (1, 0)

    (sent,) = mail.outbox
    assert sent.to == ["da.unit@police.example"]
    assert sent.extra_headers["Message-ID"] == "<request-1-1@localhost>"
    assert [name for name, *_ in sent.attachments] == ["reply.txt"]
    message.refresh_from_db()
    assert (message.delivery, message.settled_at) == (Delivery.SENT, NOW)


def test_what_may_not_go_yet_waits():
    waiting(not_before=NOW + timedelta(minutes=1))

    assert send_waiting(now=NOW) == 0
    assert send_waiting(now=NOW + timedelta(minutes=1)) == 1


def test_without_a_mail_server_nothing_is_taken(settings):
    settings.EMAIL_READY = False
    message = waiting()

    assert send_waiting(now=NOW) == 0

    message.refresh_from_db()
    assert (message.delivery, message.attempts) == (Delivery.WAITING, 0)


def test_no_more_than_so_many_go_at_once():
    for n in range(3):
        waiting(n)

    assert (send_waiting(now=NOW, size=2), send_waiting(now=NOW, size=2)) == (2, 1)


def test_a_server_that_is_not_there_is_tried_again_later_and_later_and_then_given_up(server):
    server.on_open = ConnectionRefusedError()
    message = waiting()

    moments = [timedelta(0), timedelta(minutes=4), timedelta(minutes=5), timedelta(minutes=35)]
    attempts = []
    for moment in moments:
        send_waiting(now=NOW + moment)
        message.refresh_from_db()
        attempts.append((message.attempts, message.delivery))

    assert attempts == [(1, "waiting"), (1, "waiting"), (2, "waiting"), (3, "failed")]
    assert message.problem == "ConnectionRefusedError"


def test_one_the_server_refuses_holds_up_no_other(server):
    server.problem = smtplib.SMTPDataError(550, b"No such Alex Marsh here")
    refused = waiting(1)
    send_waiting(now=NOW)
    server.problem = None
    waiting(2)

    assert send_waiting(now=NOW) == 1
    refused.refresh_from_db()
    assert "Marsh" not in refused.problem


def test_one_whose_line_broke_while_it_went_is_left_to_a_person(server):
    server.problem = smtplib.SMTPServerDisconnected()
    message = waiting()

    send_waiting(now=NOW)
    server.problem = None

    assert send_waiting(now=NOW + timedelta(days=1)) == 0
    message.refresh_from_db()
    assert message.delivery == Delivery.UNSURE


@pytest.mark.django_db(transaction=True)
def test_a_sender_who_dies_sends_nothing_twice_and_loses_nothing(tmp_path, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    agency = AgencyFactory()
    for n in range(8):
        waiting(n, agency=agency)

    wait(*(fork(lambda: send_waiting(now=NOW), dies_after=n) for n in (7, 12, 19, None, None)))
    connection.close()
    send_waiting(now=NOW)

    written = "".join(path.read_text() for path in tmp_path.iterdir())
    for message in Message.objects.all():
        times = written.count(f"Message-ID: <{message.key}@")
        assert times <= 1
        assert message.delivery in (Delivery.SENT, Delivery.UNSURE)
        assert times or message.delivery == Delivery.UNSURE
    assert Message.objects.filter(delivery=Delivery.SENT).count() >= 5


def test_one_that_is_being_sent_by_somebody_alive_is_not_called_unsure():
    message = waiting(delivery=Delivery.GOING)
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.GOING)

    assert find_unsure(now=NOW) == 1

    message.refresh_from_db()
    assert message.delivery == Delivery.UNSURE


@pytest.mark.parametrize("state", [Delivery.UNSURE, Delivery.FAILED])
def test_a_person_may_send_it_again_to_the_address_now_in_the_book(state):
    hub, message = UserFactory(role=Role.HUB), waiting(delivery=state, attempts=3)
    message.agency.email = "new@police.example"
    message.agency.save()

    send_again(message=message, by=hub, now=NOW)

    assert send_waiting(now=NOW) == 1
    assert mail.outbox[0].to == ["new@police.example"]
    assert Entry.objects.filter(action="sent_message_again", by=hub).exists()


def test_a_text_is_sent_again_to_the_number_now_on_the_account():
    hub = UserFactory(role=Role.HUB, email="hub@example.gov.uk", mobile="07700 900999")
    known = {"user": hub, "means": Means.TEXT, "address": "07700 900123"}
    message = waiting(kind=MessageKind.ALERT, delivery=Delivery.FAILED, **known)

    send_again(message=message, by=hub, now=NOW)

    message.refresh_from_db()
    assert message.address == "07700 900999"


def test_a_person_may_say_that_it_went():
    hub, message = UserFactory(role=Role.HUB), waiting(delivery=Delivery.UNSURE)

    say_it_went(message=message, by=hub, now=NOW)

    message.refresh_from_db()
    assert (message.delivery, send_waiting(now=NOW)) == (Delivery.SENT, 0)
    assert Entry.objects.filter(action="said_message_went", by=hub).exists()


def test_what_somebody_settled_is_not_settled_again():
    hub, message = UserFactory(role=Role.HUB), waiting(delivery=Delivery.UNSURE)
    say_it_went(message=message, by=hub, now=NOW)

    with pytest.raises(RuleBroken, match="Somebody has settled it"):
        send_again(message=message, by=hub, now=NOW)


def test_an_alert_may_be_left_unsent_and_a_request_never():
    hub = UserFactory(role=Role.HUB)
    alert = waiting(1, kind=MessageKind.ALERT, user=hub)
    request = waiting(2, delivery=Delivery.FAILED)

    cancel_message(message=alert, by=hub, now=NOW)

    assert send_waiting(now=NOW) == 0
    with pytest.raises(RuleBroken, match="nobody was asked"):
        cancel_message(message=request, by=hub, now=NOW)
