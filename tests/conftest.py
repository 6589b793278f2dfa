"""What any test may ask for besides the services (tests/services.py) and a browser (tests/journeys)."""

import gc
from contextlib import ExitStack
from subprocess import Popen

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from whitenoise.middleware import WhiteNoiseMiddleware

from probation.celery import app
from tests import databases, quick_columns, quick_emptying
from tests.worker import celery_worker_on

MIGRATING = pytest.StashKey[Popen]()
BETWEEN_LOOKS = 50_000  # new things, and not 700: to look so often took a twentieth of the run


def needs_a_database(item):
    return item.get_closest_marker("django_db") or "migrated" in item.fixturenames


def in_turn(item):
    """Tests that need no database come first, while one is being migrated; then the journeys, of which the longest
    would otherwise end alone."""
    return bool(needs_a_database(item)), "chromium" not in item.fixturenames


def pytest_collection_modifyitems(items):
    items.sort(key=in_turn)


def pytest_collection_finish(session):
    gc.freeze()  # thousands of tests stay to the end: to look for garbage among them is in vain
    gc.set_threshold(BETWEEN_LOOKS)
    if any(needs_a_database(item) for item in session.items):
        session.config.stash[MIGRATING] = databases.begin_migrating()


def pytest_unconfigure(config):
    if MIGRATING in config.stash:
        config.stash[MIGRATING].kill()


@pytest.fixture(scope="session")
def migrated(pytestconfig):
    """The name of a migrated database, to be copied."""
    return databases.migrated(pytestconfig.stash[MIGRATING])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, migrated):
    """pytest-django makes the database of the tests from it, instead of migrating one for each worker."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_in_few_rounds():
    """As always, but without the million rounds that are there to be slow. Servers of the journeys are told so by their settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_over_once():
    """Each client of a test has middleware of its own, which would look over every file anew."""
    look, seen = WhiteNoiseMiddleware.update_files_dictionary, {}

    def look_once(self, root, prefix):
        if (root, prefix) not in seen:
            look(self, root, prefix)
            seen[root, prefix] = dict(self.files)
        self.files.update(seen[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", look_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def columns_are_told_apart_quickly():
    with pytest.MonkeyPatch.context() as patch:
        quick_columns.use(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_quickly():
    with pytest.MonkeyPatch.context() as patch:
        quick_emptying.use(patch)
        yield


@pytest.fixture
def start_worker(transactional_db):
    """Starts workers that the test may kill: `start_worker("one")` gives the process."""
    app.control.purge()
    database = connection.settings_dict["NAME"]
    with ExitStack() as workers:
        yield lambda name, **options: workers.enter_context(
            celery_worker_on(database, name=name, **options)
        )


@pytest.fixture
def celery_worker(start_worker):
    """A real worker on the database of this test. Send it work by name:
    `app.send_task("cases.tasks.resume")`, then wait for what it changes in the database."""
    return start_worker("only")
