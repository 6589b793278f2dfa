"""What any test may ask for besides the services (tests/services.py) and a browser (tests/journeys)."""

from contextlib import ExitStack

import pytest
from django.db import connection

from probation.celery import app
from tests.worker import celery_worker_on


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
