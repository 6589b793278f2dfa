"""Journeys: what a member of staff does from signing in to the end, in a real browser."""

import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from cases.management.demo.signins import PASSWORD
from tests.chromium import find_chromium
from tests.journeys import axe as axe_rules
from tests.journeys.site import serve
from tests.journeys.widths import too_wide

RESULTS = Path(__file__).resolve().parent.parent.parent / "test-results"
DESKTOP = {"width": 1280, "height": 900}
LONGEST_JOURNEY, FIRST_MINUTES = timedelta(minutes=5), timedelta(minutes=2)
PATIENCE = 15_000  # milliseconds; two cores are shared with everything else
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def served(migrated, worker_id, tmp_path_factory):
    with serve(worker_id, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(served):
    """The system with the demonstration caseload, untouched by other journeys.

    Who books for "today" in three minutes means the day they began, and who says that something was at 00:01 means that it
    is over: none begins just before midnight, nor in the first two minutes after it.
    """
    now = datetime.now(ZoneInfo(settings.TIME_ZONE))
    day = (now + LONGEST_JOURNEY).date()
    begins = datetime.combine(day, datetime.min.time(), now.tzinfo) + FIRST_MINUTES
    if now < begins:
        time.sleep((begins - now).total_seconds())
    served.begin_afresh()
    served.start()
    return served


@pytest.fixture(scope="package")
def chromium():
    """For the journeys only: while Playwright is open Django refuses its database in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find_chromium().launch_options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, site, request):
    """Opens a page as `open_page(viewport=..., java_script_enabled=False)`; each is another person's browser.

    A script that fails, anything the content security policy blocks and any answer of 500 fail the journey.
    """
    contexts, troubles = [], []

    def opened(**options):
        context = chromium.new_context(base_url=site.address, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _hear(message, page, troubles))
        page.on("response", lambda answer: _look(answer, troubles))
        return page

    yield opened
    if request.node.stash.get(FAILED, False):
        _keep_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def _hear(message, page, troubles):
    """An answer of 403 or 404 is logged too, but a journey may well mean it."""
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        troubles.append(f"{page.url}: {message.text}")


def _look(answer, troubles):
    if answer.status >= 500:
        troubles.append(f"{answer.url} answered {answer.status}")


def _keep_pictures(contexts, name):
    RESULTS.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        file_name = re.sub(r"\W+", "-", f"{name}-{number}")
        page.screenshot(path=RESULTS / f"{file_name}.png", full_page=True)


@pytest.fixture
def page(open_page):
    """A desktop browser, nobody signed in."""
    return open_page(viewport=DESKTOP)


@pytest.fixture
def sign_in():
    """Signs in as the demonstration's user of a role, by the page that everybody uses."""

    def signed_in(page, role):
        page.goto("/sign-in/")
        page.get_by_label("Username").fill(role)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)

    return signed_in


@pytest.fixture
def join_staff(site):
    """Opens an account for one more member of staff, with the password of the demonstration."""

    def joined(username, role, **given):
        options = [f"--{name.replace('_', '-')}={value}" for name, value in given.items()]
        site.manage("open_account", username, f"--role={role}", *options, typed=PASSWORD)
        return username

    return joined


@pytest.fixture
def let_in(site):
    """Gives somebody of the demonstration, by the name on its pages, a password; says their username."""

    def given(name):
        username = ".".join(name.lower().split())
        site.manage("open_account", username, "--password", typed=PASSWORD)
        return username

    return given


@pytest.fixture
def axe():
    return axe_rules.check_accessible


@pytest.fixture
def usable(axe):
    """Fails where axe finds a fault on the page, or a width at which it must be moved sideways."""

    def checked(page):
        axe(page)
        before = page.viewport_size
        assert too_wide(page) == [], page.url
        page.set_viewport_size(before)

    return checked
