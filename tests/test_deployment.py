"""The image and its composition: of the published form, without secrets, and with commands that work.

The form: the Compose Specification. The commands run here against PostgreSQL and Redis over TCP.
"""

import contextlib
import json
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from probation import embedded, health
from probation.embedded import REPO
from probation.embedded.processes import spawn

PATIENCE = 90  # seconds
HOST = "probation.example"
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
TOP_LEVEL = {"name", "services", "volumes"}  # besides those that begin with x-
SERVICE = {
    "build",
    "cap_drop",
    "command",
    "depends_on",
    "environment",
    "healthcheck",
    "image",
    "ports",
    "read_only",
    "restart",
    "security_opt",
    "tmpfs",
    "volumes",
}
HEALTHCHECK = {"test", "interval", "timeout", "retries", "start_period"}
DURATION = re.compile(r"(\d+(us|ms|s|m|h))+")
RESTART = re.compile(r"no|always|unless-stopped|on-failure(:\d+)?")
VARIABLE = re.compile(r"\$\{(\w+)")
COMPOSE = yaml.safe_load((REPO / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (REPO / "Dockerfile").read_text()


def test_every_part_of_the_system_is_there_and_nothing_else():
    assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    assert {key for key in COMPOSE if not key.startswith("x-")} == TOP_LEVEL


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_the_published_form(name):
    service = SERVICES[name]

    assert set(service) <= SERVICE
    assert RESTART.fullmatch(service["restart"])
    assert all(isinstance(value, str) for value in service.get("environment", {}).values())
    for needed, how in service.get("depends_on", {}).items():
        assert needed in SERVICES
        assert set(how) == {"condition"}
        assert how["condition"] in CONDITIONS
    for volume in service.get("volumes", []):
        assert volume.partition(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_says_how_it_is_known_to_be_well_or_that_it_cannot_be(name):
    check = SERVICES[name].get("healthcheck")

    if check is None:
        assert "HEALTHCHECK" in DOCKERFILE
        assert "image" in SERVICES[name]
    elif "disable" in check:
        assert check == {"disable": True}
    else:
        assert set(check) <= HEALTHCHECK
        assert check["test"][0] in {"CMD", "CMD-SHELL"}
        for key in set(check) & {"interval", "timeout", "start_period"}:
            assert DURATION.fullmatch(check[key])


@pytest.mark.parametrize("name", SERVICES)
def test_whatever_is_waited_for_can_come(name):
    """A service that is waited for until healthy has a check; one until completed ends by itself."""
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        other = SERVICES[needed]
        if how["condition"] == "service_healthy":
            assert "test" in other["healthcheck"]
        if how["condition"] == "service_completed_successfully":
            assert other["restart"] == "no"


def test_no_secret_stands_in_any_file_and_those_needed_are_asked_for():
    text = (REPO / "docker-compose.yml").read_text()
    example = dict(
        line.split("=", 1)
        for line in (REPO / ".env.example").read_text().splitlines()
        if line and not line.startswith("#")
    )

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?" in text  # compose stops when it is not set
        assert example[name] == ""
    assert set(VARIABLE.findall(text)) == set(example)


def test_the_image_is_no_root_and_carries_neither_test_tools_nor_embedded_servers():
    assert re.search(r"^USER probation$", DOCKERFILE, re.MULTILINE)
    assert set(re.findall(r"requirements\S*\.txt", DOCKERFILE)) == {"requirements.txt"}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    for source in " ".join(copied).split():
        assert (REPO / source).exists()
        assert f"!{source}" in (REPO / ".dockerignore").read_text().splitlines()


def test_the_images_commands_work_over_tcp_behind_a_proxy(tcp_servers, tmp_path):
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"} | tcp_servers
    environment |= {
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": HOST,
        "HTTPS": "on",
        "LOG_LEVEL": "INFO",
    }
    assert set(environment) - {"PATH"} <= set(SERVICES["web"]["environment"])
    port = str(free_port())
    web = [word.replace(":8000", f":{port}") for word in image_command()]
    beat = [word.replace("/tmp", str(tmp_path)) for word in SERVICES["beat"]["command"]]

    subprocess.run(SERVICES["migrate"]["command"], cwd=REPO, env=environment, check=True)
    with running(web, environment), running(SERVICES["worker"]["command"], environment):
        address = f"http://127.0.0.1:{port}"
        wait(lambda: health.answers(f"{address}/health/live", HOST))
        assert not health.answers(f"{address}/health/live", "another.example")
        with running(beat, environment):
            wait(lambda: json.loads(get(f"{address}/health/ready")[1])["status"] == "ready")
        status, _, headers = get(f"{address}/sign-in/", {"X-Forwarded-Proto": "https"})
        assert status == 200
        assert "max-age" in headers["Strict-Transport-Security"]
        assert "Secure" in headers["Set-Cookie"]
        status, _, headers = get(f"{address}/sign-in/")
        assert (status, headers["Location"]) == (301, f"https://{HOST}/sign-in/")
        check = shlex.split(SERVICES["worker"]["healthcheck"]["test"][1])
        node = ["celery@" + socket.gethostname() if "HOSTNAME" in word else word for word in check]
        subprocess.run(node, cwd=REPO, env=environment, check=True)


@pytest.fixture
def tcp_servers(monkeypatch):
    """PostgreSQL and Redis of the wheels, listening on this machine's loopback as in a composition."""
    with tempfile.TemporaryDirectory(prefix="probation-tcp-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("PROBATION_STATE", f"{folder}/state")
        first = [embedded.start_postgres(fast=True), embedded.start_redis(fast=True)]
        commands = [list(server.process.args) for server in first]
        embedded.stop(*first)
        ports = [free_port(), free_port()]
        postgres = [*commands[0], "--listen_addresses=127.0.0.1", f"--port={ports[0]}"]
        redis = [*commands[1], "--port", str(ports[1])]
        log = Path(folder) / "log"
        servers = [
            embedded.Service("", process.pid, process)
            for process in (spawn(postgres, log), spawn(redis, log))
        ]
        for port in ports:
            wait(lambda port=port: listening(port))
        yield {
            "DATABASE_URL": f"postgres://probation@127.0.0.1:{ports[0]}/probation",
            "REDIS_URL": f"redis://127.0.0.1:{ports[1]}/0",
        }
        embedded.stop(*servers)


def image_command():
    """The command at the foot of the Dockerfile."""
    joined = DOCKERFILE.replace("\\\n", "")
    return json.loads(re.search(r"^CMD (\[.*\])$", joined, re.MULTILINE)[1])


@contextlib.contextmanager
def running(command, environment):
    process = subprocess.Popen(command, cwd=REPO, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def get(address, headers=None):
    """Status, body and headers; redirects are not followed."""
    question = urllib.request.Request(address, headers={"Host": HOST} | (headers or {}))
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(question, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read(), answer.headers


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def wait(happened):
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.2)


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
