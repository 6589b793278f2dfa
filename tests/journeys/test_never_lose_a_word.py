"""A word typed is not lost: the browser, the server and the session each die in the middle of a sentence.

The browser is a process of its own and is killed; the server is killed with its workers and started again; the
row of the session is deleted. At most ten seconds of typing may be gone.
"""

import json
import os
import re
import signal
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.management.demo.signins import PASSWORD
from staff.permissions import Role
from tests.chromium import find_chromium
from tests.journeys.conftest import DESKTOP, PATIENCE

MAY_BE_LOST = 10  # seconds
SENTENCE = "He was seen outside her house on Tuesday, and"
REST = " her neighbour rang us the same evening."
QUESTION = "What do you assume until they answer?"
SAVED = re.compile(r"^Saved \d")


def a_case_of(page):
    """The CRN of a case of whoever is signed in."""
    page.goto("/caseload/")
    page.locator("[data-row]").first.get_by_role("link").first.click()
    page.wait_for_url("**/cases/**")
    return re.search(r"/cases/(\w+)/", page.url)[1]


def begin_plan(page, crn):
    """The form, empty; the box that is typed in."""
    page.goto(f"/cases/{crn}/interim-plan/write/")
    box = page.get_by_label(QUESTION)
    box.fill("")
    return box


def said(page):
    return page.locator("[data-keep-said]")


def kept(site):
    """What the database holds of the box, however it came there."""
    rows = site.execute("SELECT fields FROM staff_draft WHERE saved_at IS NOT NULL")
    fields = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]
    return [one["worst_case"][0] for one in fields if "worst_case" in one]


def wait_until_kept(site, words):
    until = time.monotonic() + MAY_BE_LOST
    while words not in kept(site):
        assert time.monotonic() < until, f"not kept within {MAY_BE_LOST} seconds: {kept(site)}"
        time.sleep(0.2)


@pytest.fixture
def officer(page, sign_in):
    sign_in(page, Role.OFFICER)
    return page


def kill(browser):
    """The process of the browser itself, as a machine that loses its power does."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    (pid,) = [one["id"] for one in processes if one["type"] == "browser"]
    os.kill(int(pid), signal.SIGKILL)


def test_a_browser_that_is_killed_loses_ten_seconds_at_most(
    chromium, site, sign_in, open_page, axe
):
    doomed = chromium.browser_type.launch(**find_chromium().launch_options)
    page = doomed.new_context(base_url=site.address, locale="en-GB", viewport=DESKTOP).new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, Role.OFFICER)
    crn = a_case_of(page)
    box = begin_plan(page, crn)
    typed = []
    began = time.monotonic()
    while (now := time.monotonic()) < began + 1.5 * MAY_BE_LOST:
        box.press_sequentially(f"word{len(typed)} ")
        typed.append(now)
        time.sleep(0.3)
    kill(doomed)
    died = time.monotonic()

    page = open_page(viewport=DESKTOP)
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{crn}/interim-plan/write/")

    found = page.get_by_label(QUESTION).input_value()
    owed = [number for number, at in enumerate(typed) if at < died - MAY_BE_LOST]
    assert owed
    assert found.startswith("".join(f"word{number} " for number in owed))
    expect(page.get_by_text("This is what you typed and did not send")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Begin again without it").click()
    expect(page.get_by_label(QUESTION)).not_to_have_value(found)


def test_a_box_that_is_left_is_saved_at_once(officer, site):
    box = begin_plan(officer, a_case_of(officer))

    box.press_sequentially(SENTENCE)
    began = time.monotonic()
    box.press("Tab")
    wait_until_kept(site, SENTENCE)

    assert time.monotonic() - began < 5
    expect(said(officer)).to_have_text(SAVED)


def test_that_it_is_saved_moves_no_button_away_from_under_a_press(officer):
    box = begin_plan(officer, a_case_of(officer))
    button = officer.get_by_role("main").get_by_role("button").last
    before = button.bounding_box()
    assert not SAVED.match(said(officer).inner_text().strip("\u200b"))

    box.fill(SENTENCE)
    box.blur()

    expect(said(officer)).to_have_text(SAVED)
    assert button.bounding_box() == before


def test_while_the_server_is_down_the_page_says_so_and_saves_when_it_is_back(officer, site, axe):
    box = begin_plan(officer, a_case_of(officer))
    box.press_sequentially(SENTENCE)
    wait_until_kept(site, SENTENCE)

    site.kill()
    box.press_sequentially(REST)
    expect(said(officer)).to_have_text(re.compile(r"^Not saved since \d.* tries again by itself"))
    expect(officer.locator("[data-keep-trouble]")).to_be_visible()
    axe(officer)
    officer.get_by_role(
        "button", name="Put the plan in force"
    ).click()  # goes nowhere, and loses nothing
    expect(box).to_have_value(SENTENCE + REST)
    site.start()

    wait_until_kept(site, SENTENCE + REST)
    expect(said(officer)).to_have_text(SAVED)
    expect(officer.locator("[data-keep-trouble]")).to_be_hidden()
    officer.reload()
    expect(officer.get_by_label(QUESTION)).to_have_value(SENTENCE + REST)


def test_a_session_that_dies_in_mid_sentence_leads_back_to_the_filled_form(officer, site, axe):
    box = begin_plan(officer, a_case_of(officer))
    here = officer.url
    box.press_sequentially(SENTENCE)
    wait_until_kept(site, SENTENCE)

    site.execute("DELETE FROM django_session")
    box.press_sequentially(REST)
    wait_until_kept(site, SENTENCE + REST)
    box.press_sequentially(" More later.")
    officer.get_by_role("button", name="Put the plan in force").click()
    expect(officer.get_by_text("You had been signed out, so nothing was sent")).to_be_visible()
    axe(officer)
    officer.get_by_label("Username").fill(Role.OFFICER)
    officer.get_by_label("Password", exact=True).fill(PASSWORD)
    officer.get_by_role("button", name="Sign in").click()

    officer.wait_for_url(here)
    expect(officer.get_by_label(QUESTION)).to_have_value(f"{SENTENCE}{REST} More later.")
    axe(officer)


def test_somebody_else_who_signs_in_there_finds_nothing_of_it(officer, site, sign_in):
    box = begin_plan(officer, a_case_of(officer))
    here = officer.url
    box.press_sequentially(SENTENCE)
    wait_until_kept(site, SENTENCE)

    site.execute("DELETE FROM django_session")
    officer.get_by_role("button", name="Put the plan in force").click()
    sign_in(officer, Role.SPO)
    officer.goto(here)

    expect(officer.get_by_label(QUESTION)).to_be_visible()
    assert SENTENCE not in officer.content()


def test_two_browsers_on_one_page_see_each_other(officer, site, open_page, sign_in, axe):
    crn = a_case_of(officer)
    box = begin_plan(officer, crn)
    senior = open_page(viewport=DESKTOP)
    sign_in(senior, Role.SPO)
    senior.goto(f"/cases/{crn}/interim-plan/write/")

    expect(senior.get_by_text("has had this page open since")).to_be_visible()
    expect(officer.get_by_text("has had this page open since")).to_be_hidden()
    box.press_sequentially(SENTENCE)
    box.press("Tab")

    expect(officer.get_by_text("has had this page open since")).to_be_visible()
    axe(officer)
    axe(senior)


def test_a_plan_that_is_sent_is_not_found_again(officer, site):
    officer.goto(reverse("my-work"))
    officer.get_by_role("link", name="Write the plan").first.click()
    box = officer.get_by_label(QUESTION)
    here = officer.url
    box.fill(SENTENCE + REST)
    officer.get_by_label("Who is protected, and from what?").fill("Robin, at 4 Example Street.")
    officer.get_by_label("What do we do until the reply?").fill("Seen weekly; no visit alone.")
    officer.get_by_role("button", name="Put the plan in force").click()
    expect(officer.get_by_text("The interim plan is in force until")).to_be_visible()

    officer.goto(here)

    assert kept(site) == []
    expect(officer.get_by_text("This is what you typed and did not send")).to_be_hidden()


def test_without_scripts_a_refused_form_is_still_found_filled_in(open_page, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, Role.OFFICER)
    crn = a_case_of(page)
    begin_plan(page, crn).fill(SENTENCE)
    page.get_by_label("What do we do until the reply?").fill("")
    page.get_by_role("button", name="Put the plan in force").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()

    page.goto(f"/cases/{crn}/interim-plan/write/")

    expect(page.get_by_label(QUESTION)).to_have_value(SENTENCE)
    expect(page.get_by_text("There is a problem")).to_be_hidden()
