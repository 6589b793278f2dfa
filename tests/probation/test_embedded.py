"""The embedded servers are real ones: adopted, recovered, kept private, and gone when they should be."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from unittest.mock import patch

import environ
import psycopg2
import pytest
import redis

from probation import embedded
from probation.embedded.folders import LONGEST_SOCKET_PATH
from probation.local import services
from probation.outside import celery_broker


@pytest.fixture
def state(monkeypatch):
    """A state folder of its own, in reach of the user that servers run as when the tests are root."""
    folder = Path(tempfile.mkdtemp(prefix="probation-test-"))
    folder.chmod(0o755)
    monkeypatch.setenv("PROBATION_STATE", str(folder / "state"))
    yield folder / "state"
    shutil.rmtree(folder)


@pytest.fixture
def servers(state):
    """Starts servers and stops at the end whichever still run."""
    started = []

    def start(**options):
        started.extend([embedded.start_postgres(**options), embedded.start_redis(**options)])
        return started[-2:]

    yield start
    embedded.stop(*started)


def ask(url, question):
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone() if cursor.description else None
        connection.commit()
    return answer


def test_the_database_is_the_engine_and_order_of_production_without_a_port(servers):
    postgres, _ = servers()

    version, port = ask(
        postgres.url, "SELECT current_setting('server_version_num')::int, inet_server_port()"
    )
    locale = ask(
        postgres.url,
        "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()",
    )

    assert version // 10_000 == 18
    assert port is None
    assert ask(postgres.url, "SHOW listen_addresses") == ("",)
    assert locale == ("b", "C.UTF-8")


def test_django_reads_the_address_as_the_same_database(servers, monkeypatch):
    postgres, _ = servers()
    monkeypatch.setenv("DATABASE_URL", postgres.url)

    read = environ.Env().db()

    assert (read["NAME"], read["USER"]) == ("probation", "probation")
    assert f"host={read['OPTIONS']['host']}" in postgres.url
    assert postgres.url == embedded.database_url()


def test_celery_reads_the_address_of_redis_in_its_own_words():
    assert (
        celery_broker("unix:///a/redis.sock?db=3") == "redis+socket:///a/redis.sock?virtual_host=3"
    )
    assert celery_broker("redis://host:6379/0") == "redis://host:6379/0"


def test_a_second_start_adopts_the_server_that_runs(servers):
    first = servers()

    second = servers()

    assert [server.pid for server in second] == [server.pid for server in first]
    assert [server.url for server in second] == [embedded.database_url(), embedded.redis_url()]


def test_what_was_committed_is_there_after_a_kill(servers):
    postgres, broker = servers()
    ask(postgres.url, "CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    for server in (postgres, broker):
        os.kill(server.pid, signal.SIGKILL)

    again, broker_again = servers()

    assert ask(again.url, "SELECT count(*) FROM kept") == (1000,)
    assert redis.Redis.from_url(broker_again.url).ping()


def test_a_lock_file_that_names_another_living_process_is_no_obstacle(servers, state):
    postgres, _ = servers()
    embedded.stop(postgres)
    (state / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    again, _ = servers()

    assert ask(again.url, "SELECT 1") == (1,)


def test_only_the_servers_user_may_enter_their_folders(servers, state):
    servers()

    folders = [state / name / part for name in ("postgres", "redis") for part in ("data", "run")]

    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_a_state_folder_too_deep_for_a_socket_gets_a_short_one(state, servers, monkeypatch):
    deep = state / ("deep" * 20)
    deep.mkdir(parents=True, mode=0o755)
    state.chmod(0o755)
    monkeypatch.setenv("PROBATION_STATE", str(deep / "state"))

    postgres, broker = servers()

    assert ask(postgres.url, "SELECT 1") == (1,)
    assert redis.Redis.from_url(broker.url).ping()
    for url in (postgres.url, broker.url):
        assert str(deep) not in url
    short = Path(redis.Redis.from_url(broker.url).connection_pool.connection_kwargs["path"])
    assert len(str(short)) < LONGEST_SOCKET_PATH
    embedded.stop(postgres, broker)
    for folder in {short.parent, Path(postgres.url.partition("host=")[2].replace("%2F", "/"))}:
        shutil.rmtree(folder)


def test_a_folder_of_somebody_else_is_refused_in_words(state, monkeypatch):
    if os.geteuid() == 0:
        state.mkdir()
        os.chown(state, 65534, 65534)
    else:
        monkeypatch.setenv("PROBATION_STATE", "/")

    with pytest.raises(embedded.EmbeddedError, match="belongs to another user"):
        embedded.state_folder()


def test_commands_that_overlap_share_the_servers_and_the_last_one_stops_them(state, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    tell = "with services(): sys.stdout.write(os.environ['SECRET_KEY'])"
    script = f"import os, sys\nfrom probation.local import services\n{tell}"
    command = [sys.executable, "-c", script]
    no_services = dict(os.environ)  # before ours are in it
    with (
        patch.dict(os.environ),
        services() as mine,
    ):  # nothing of theirs is left to the tests after this one
        other = subprocess.run(
            command, cwd=embedded.REPO, env=no_services, capture_output=True, text=True, check=True
        )
        assert other.stdout == os.environ["SECRET_KEY"]  # the same secret for everyone here
        assert not any(embedded.has_ended(server) for server in mine)

    assert all(embedded.has_ended(server) for server in mine)


def test_addresses_that_are_given_are_left_as_they_are(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere/1")
    monkeypatch.delenv("SECRET_KEY")

    with services() as mine:
        assert mine == []
        assert "SECRET_KEY" not in os.environ
    assert not state.exists()


def test_many_who_start_at_once_get_one_server(state):
    found = []
    starters = [
        threading.Thread(target=lambda: found.append(embedded.start_redis())) for _ in range(4)
    ]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()

    assert len({server.pid for server in found}) == 1
    embedded.stop(*(server for server in found if server.process))
