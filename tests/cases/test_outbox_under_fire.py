"""The outbox through real workers, a real Redis, a mail server and one of texts: a killed worker sends nothing twice."""

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils.timezone import now

from cases.models import Message
from cases.reference.agencies import Delivery, MessageKind
from cases.reference.reminders import NoReminder
from cases.services.reminders import arrange_reminder
from probation.celery import app
from tests.cases.a_reminder import booked, set_up, somebody
from tests.factories import NOW, AgencyFactory
from tests.mail_server import MailServer
from tests.worker import kill_all_of

PATIENCE = 60  # seconds
BY_DAY = "tests.celery_by_day"  # people are not written to at night, whenever the tests are run


@pytest.fixture
def server(monkeypatch):
    """A mail server that the workers started afterwards are told of."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("EMAIL_URL", server.url)
        yield server
        server.go_on.set()
        server.shutdown()


def soon(happened):
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def swept():
    """As beat does each minute, only sooner."""
    app.send_task("cases.tasks.send_messages")
    return not Message.objects.filter(delivery__in=(Delivery.WAITING, Delivery.GOING)).exists()


def test_a_worker_killed_while_it_sends_leaves_that_one_to_a_person_and_sends_the_rest_once(
    server, start_worker
):
    agency = AgencyFactory()
    for n in range(4):
        Message.objects.create(
            key=f"request-{n}-1",
            kind=MessageKind.REQUEST,
            agency=agency,
            address=agency.email,
            subject="EN-0000001-95: request for information",
            body="Asked.",
            not_before=NOW,
            at=NOW,
        )
    server.stalled = True
    worker = start_worker("first")
    app.send_task("cases.tasks.send_messages")
    assert soon(lambda: server.taken)
    kill_all_of(worker)
    server.stalled = False
    start_worker("second", concurrency=2)

    assert soon(swept)

    assert sorted(server.taken) == [f"request-{n}-1" for n in range(4)]
    held = dict(Message.objects.values_list("key", "delivery"))
    assert held == {"request-0-1": "unsure"} | {f"request-{n}-1": "sent" for n in (1, 2, 3)}


class TextServer(ThreadingHTTPServer):
    """Takes texts as GOV.UK Notify does; while `stalled`, keeps its caller waiting after it has one."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), TextTaken)
        self.taken: list[str] = []  # references
        self.stalled = False
        self.go_on = threading.Event()

    @property
    def url(self):
        key = "k-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
        return f"notify+http://{key}@127.0.0.1:{self.server_port}?template=f33517ff"


class TextTaken(BaseHTTPRequestHandler):
    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append(given["reference"])
        if self.server.stalled:
            self.server.go_on.wait(PATIENCE)
        body = json.dumps({"id": "740e5834", "reference": given["reference"]}).encode()
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass


@pytest.fixture
def text_server(monkeypatch):
    """One that takes texts, of which the workers started afterwards are told."""
    with TextServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("TEXT_URL", server.url)
        yield server
        server.go_on.set()
        server.shutdown()


def test_a_worker_killed_while_it_texts_leaves_that_one_to_a_person_and_reminds_the_rest_once(
    text_server, start_worker, settings, tmp_path
):
    set_up(settings, tmp_path)
    next_week = now() + timedelta(days=7)
    appointments = [booked(somebody(), at=next_week + n * timedelta(minutes=1)) for n in range(4)]
    messages = [arrange_reminder(appointment=one, now=now()) for one in appointments]
    Message.objects.update(not_before=NOW)
    messages[3].appointment.contact.case.reachable.update(safe=False)
    text_server.stalled = True
    worker = start_worker("first", app_name=BY_DAY)
    app.send_task("cases.tasks.send_messages")
    assert soon(lambda: text_server.taken)
    kill_all_of(worker)
    text_server.stalled = False
    start_worker("second", app_name=BY_DAY, concurrency=2)

    assert soon(swept)

    keys = [one.key for one in messages]
    assert sorted(text_server.taken) == sorted(keys[:3])
    held = dict(Message.objects.values_list("key", "delivery"))
    assert held == dict(zip(keys, ("unsure", "sent", "sent", "cancelled"), strict=True))
    assert Message.objects.get(key=keys[3]).problem == NoReminder.NOT_SAFE
