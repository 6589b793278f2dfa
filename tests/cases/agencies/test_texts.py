"""Text messages: into a folder, or to GOV.UK Notify as its REST API is documented, spoken by a server here.

Source of what the server says: GOV.UK Notify, REST API: send a text message, and its error codes.
"""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from django.core.exceptions import ImproperlyConfigured

from cases.agencies.failures import MayHaveGone, NotSent
from cases.agencies.texts import hand_over
from cases.models import Message
from probation.outside import text_sender

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"live_key-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
SENDER = "8e222534-7f05-4972-86e3-17c5d9f894e2"
WORDS = "Hello Alex. You have an appointment on Tuesday 9 October at 2:30pm. If you cannot, please tell us."
REFUSALS = {  # as the documentation lists them
    400: ("BadRequestError", "Can't send to this recipient using a team-only API key"),
    403: ("AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
    429: ("TooManyRequestsError", "Exceeded send limits (250,000) for today"),
    500: ("Exception", "Internal server error"),
    503: ("Exception", "Service unavailable"),
}


class Notify(ThreadingHTTPServer):
    """Takes texts as Notify does; `says` another status, or nothing at all after it has read the whole."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.taken = []
        self.says = 201
        self.silent = self.garbled = self.hangs_up = False
        self.go_on = threading.Event()

    @property
    def url(self):
        return (
            f"notify+http://{KEY}@127.0.0.1:{self.server_port}?template={TEMPLATE}&sender={SENDER}"
        )


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        self.server.taken.append((self.path, claims["iss"], given))
        if self.server.hangs_up:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if self.server.silent:
            self.server.go_on.wait(30)
        self.answer(given)

    def answer(self, given):
        status = self.server.says
        if status == 201:
            said = {
                "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
                "reference": given["reference"],
                "content": {"body": given["personalisation"]["text"], "from_number": "GOVUK"},
                "uri": "https://api.notifications.service.gov.uk/v2/notifications/740e5834",
                "template": {"id": TEMPLATE, "version": 1, "uri": "https://api.notifications"},
            }
        else:
            error, message = REFUSALS[status]
            said = {"status_code": status, "errors": [{"error": error, "message": message}]}
        body = b"<html>" if self.server.garbled else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass


@pytest.fixture
def notify(settings):
    with Notify() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.TEXTS = text_sender(server.url)
        yield server
        server.go_on.set()
        server.shutdown()


def a_text():
    return Message(key="reminder-7-1539091800", means="text", address="07700900123", body=WORDS)


def test_a_text_goes_to_notify_with_its_key_as_the_reference(notify):
    hand_over(a_text())

    ((path, service, given),) = notify.taken
    assert path == "/v2/notifications/sms"
    assert service == SERVICE
    assert given == {
        "phone_number": "07700900123",
        "template_id": TEMPLATE,
        "personalisation": {"text": WORDS},
        "reference": "reminder-7-1539091800",
        "sms_sender_id": SENDER,
    }


@pytest.mark.parametrize("status", [400, 403, 429])
def test_what_notify_refuses_has_certainly_not_gone(notify, status):
    notify.says = status

    with pytest.raises(NotSent, match=f"^HTTP {status}$"):
        hand_over(a_text())


@pytest.mark.parametrize("status", [500, 503])
def test_what_notify_fails_at_may_have_gone(notify, status):
    notify.says = status

    with pytest.raises(MayHaveGone, match=f"^HTTP {status}$"):
        hand_over(a_text())


def test_silence_after_it_has_the_whole_may_have_gone(notify, settings):
    settings.TEXT_TIMEOUT = 0.5
    notify.silent = True

    with pytest.raises(MayHaveGone) as raised:
        hand_over(a_text())

    assert type(raised.value.__cause__).__name__ == "ReadTimeout"
    assert len(notify.taken) == 1


def test_a_line_that_breaks_after_it_has_the_whole_may_have_gone(notify):
    notify.hangs_up = True

    with pytest.raises(MayHaveGone):
        hand_over(a_text())

    assert len(notify.taken) == 1  # and it was not tried again


def test_an_answer_that_is_none_of_theirs_may_have_gone(notify):
    notify.garbled = True

    with pytest.raises(MayHaveGone):
        hand_over(a_text())


def test_nobody_there_to_take_it_has_certainly_not_gone(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        settings.TEXTS = text_sender(f"notify+http://{KEY}@127.0.0.1:{port}?template={TEMPLATE}")

        with pytest.raises(NotSent) as raised:
            hand_over(a_text())

    assert type(raised.value.__cause__).__name__ == "ConnectionError"


@pytest.mark.parametrize("status", [400, 500])
def test_nothing_of_it_is_logged(notify, status, caplog):
    notify.says = status

    with pytest.raises((NotSent, MayHaveGone)):
        hand_over(a_text())

    assert "notifications_python_client" not in {one.name for one in caplog.records}


def test_a_folder_takes_a_file_for_each_time_one_is_handed_over(settings, tmp_path):
    settings.TEXTS = text_sender(f"file://{tmp_path}")

    hand_over(a_text())
    hand_over(a_text())

    files = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert files == [f"To: 07700900123\n\n{WORDS}\n"] * 2


def test_a_folder_that_is_not_there_takes_nothing(settings, tmp_path):
    settings.TEXTS = text_sender(f"file://{tmp_path}/none")

    with pytest.raises(NotSent):
        hand_over(a_text())


def test_where_nobody_carries_texts_none_goes(settings):
    settings.TEXTS = text_sender("")

    with pytest.raises(NotSent):
        hand_over(a_text())


def test_the_setting_is_read_as_it_is_documented():
    found = text_sender(f"notify://{KEY}@api.notifications.service.gov.uk?template={TEMPLATE}")

    assert found == {
        "by": "notify",
        "key": KEY,
        "address": "https://api.notifications.service.gov.uk",
        "template": TEMPLATE,
        "sender": None,
    }


@pytest.mark.parametrize(
    "url",
    [
        "smtp://host",
        "notify://api.notifications.service.gov.uk?template=x",
        "notify:",
        "folder",
        "file:",
        f"notify://{KEY}@api.notifications.service.gov.uk",
    ],
)
def test_a_setting_that_says_nothing_stops_the_process_with_what_to_set(url):
    with pytest.raises(ImproperlyConfigured, match="TEXT_URL is"):
        text_sender(url)
