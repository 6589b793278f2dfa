"""The outbox through a real worker, a real Redis and a mail server: a killed worker sends nothing twice."""

import re
import socketserver
import threading
import time

import pytest

from cases.models import Message
from cases.reference.agencies import Delivery, MessageKind
from probation.celery import app
from tests.factories import NOW, AgencyFactory
from tests.worker import kill_all_of

PATIENCE = 60  # seconds


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every message; while `stalled`, keeps its sender waiting after it has all of it."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[str] = []  # Message-IDs
        self.stalled = False
        self.go_on = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        for line in self.rfile:
            command = line.split()[0].upper() if line.split() else b""
            if command == b"DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if command == b"QUIT" else "250 ok")

    def take(self):
        letter = b""
        while not letter.endswith(b"\r\n.\r\n"):
            letter += self.rfile.readline()
        self.server.taken += re.findall(r"(?im)^message-id:\s*<([^@]+)@", letter.decode())
        if self.server.stalled:
            self.server.go_on.wait(PATIENCE)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


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
    start_worker("second")
    start_worker("third")

    assert soon(swept)

    assert sorted(server.taken) == [f"request-{n}-1" for n in range(4)]
    held = dict(Message.objects.values_list("key", "delivery"))
    assert held == {"request-0-1": "unsure"} | {f"request-{n}-1": "sent" for n in (1, 2, 3)}
