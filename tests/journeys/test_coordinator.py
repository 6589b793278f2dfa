"""The coordinator's day: who may work where, a session made ready, an order that changes everything, what came of it.

Seen from the coordinator's desk; an officer in another browser where something is theirs to do.
"""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.a_working_week import NEVER, make_week
from tests.journeys.conftest import DESKTOP

MEADOW, SCHOOL = "The long meadow", "The school garden"
BANNED = "lies in an area that their restraining order keeps them out of"
SITES = "455000 205000"  # where all of them lie


@pytest.fixture
def week(site):
    return make_week(site)


@pytest.fixture
def coordinator(week, open_page, sign_in):
    """Signed in once the week is made: it begins the database anew."""
    page = open_page(viewport=DESKTOP)
    sign_in(page, Role.COORDINATOR)
    return page


@pytest.fixture
def officer(week, open_page, sign_in):
    page = open_page(viewport=DESKTOP)
    sign_in(page, Role.OFFICER)
    return page


def go(page, name):
    """By the navigation."""
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)
    with page.expect_navigation():
        link.click()


def press(page, name):
    main = page.get_by_role("main")
    pressed = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first
    with page.expect_navigation():
        pressed.click()


def test_nobody_is_placed_before_what_stands_in_the_way_is_settled_and_it_is_said_what(
    coordinator, usable, week
):
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("My work")
    usable(coordinator)
    go(coordinator, "Unpaid work")
    usable(coordinator)
    coordinator.get_by_role("link", name=re.compile("Ash, Dana")).click()
    usable(coordinator)

    press(coordinator, "Risk of unpaid work")
    gaps = coordinator.locator("#gaps")
    expect(gaps).to_contain_text("No risk assessment for unpaid work is signed.")
    expect(gaps).to_contain_text("no reply yet")
    usable(coordinator)
    coordinator.goto(f"/cases/{week['shut']}/unpaid-work/instructions/")
    expect(coordinator.get_by_text("Something here tells supervisors nothing yet.")).to_be_visible()
    usable(coordinator)
    coordinator.goto(f"/cases/{week['shut']}/unpaid-work/find/")
    expect(coordinator.get_by_text("Once nothing stands in the way").first).to_be_visible()
    usable(coordinator)
    press(coordinator, "Book the induction")
    expect(coordinator.get_by_text("It counts as arranged.")).to_be_visible()
    usable(coordinator)


def test_a_place_is_found_by_why_and_why_not_and_given(coordinator, usable, week):
    coordinator.goto(f"/cases/{week['ready']}/unpaid-work/instructions/")
    expect(coordinator.get_by_text(NEVER)).to_be_visible()
    usable(coordinator)
    coordinator.goto(f"/cases/{week['ready']}/unpaid-work/find/")
    never = coordinator.get_by_role("region", name="Not for them")
    expect(never).to_contain_text(f"There are children at or beside {SCHOOL}")
    usable(coordinator)

    coordinator.goto(f"/cases/{week['ready']}/unpaid-work/find/{week['school']}/")
    coordinator.locator("[name=day]").first.check()
    press(coordinator, "Check the place")
    expect(coordinator.get_by_role("heading", name="This place cannot be given")).to_be_visible()
    usable(coordinator)
    coordinator.goto(f"/cases/{week['ready']}/unpaid-work/find/")
    may = coordinator.get_by_role("region", name="They can work here")
    may.get_by_role("link", name=f"Choose {MEADOW}").click()
    usable(coordinator)
    coordinator.locator("[name=day]").first.check()
    press(coordinator, "Check the place")
    usable(coordinator)
    press(coordinator, "Give them this place")

    expect(coordinator.get_by_role("heading", name=f"Placed at {MEADOW}")).to_be_visible()
    expect(coordinator.get_by_text("What happens next")).to_be_visible()
    usable(coordinator)


def test_a_session_that_is_short_of_staff_is_staffed_and_its_sheet_published(
    coordinator, usable, week
):
    go(coordinator, "Sessions")
    row = coordinator.locator("[data-row]").filter(has_text=MEADOW)
    row = row.filter(has_text="Nobody to supervise").first
    expect(row).to_be_visible()
    usable(coordinator)
    row.get_by_role("link", name=re.compile(MEADOW)).click()
    expect(coordinator.locator("#gaps")).to_contain_text("Nobody is down to supervise.")
    usable(coordinator)

    offered = coordinator.get_by_role("group", name="Who supervises?")
    free = offered.locator(".govuk-checkboxes__item").filter(has_not_text="On ")
    who = free.get_by_role("checkbox")
    who.nth(0).check()
    press(coordinator, "Save who supervises")
    expect(coordinator.locator("#gaps")).to_contain_text("need 2 staff, and 1 is down")
    usable(coordinator)
    who.nth(1).check()
    press(coordinator, "Save who supervises")
    press(coordinator, "Publish the sheet")

    expect(
        coordinator.get_by_text("The sheet is published. Nothing stands in the way")
    ).to_be_visible()
    usable(coordinator)
    press(coordinator, "Read the day sheet")
    expect(coordinator.get_by_role("heading", name="Ali Weir")).to_be_visible()
    usable(coordinator)


def test_an_order_that_bans_the_site_suspends_the_place_at_once_and_says_why(
    coordinator, officer, usable, week
):
    coordinator.goto(f"/unpaid-work/sessions/{week['next_session']}/")
    expect(coordinator.get_by_role("link", name="Chris Vale")).to_be_visible()

    ban_the_meadow(officer, week["placed"])

    coordinator.reload()
    expect(coordinator.get_by_role("link", name="Chris Vale")).to_have_count(0)
    coordinator.goto(f"/cases/{week['placed']}/unpaid-work/places/")
    row = coordinator.locator("[data-row]").filter(has_text=MEADOW)
    expect(row).to_contain_text("Suspended")
    expect(row).to_contain_text(BANNED)
    assert "yellow house" not in coordinator.content()
    usable(coordinator)
    press(coordinator, "Resume")
    expect(coordinator.get_by_role("heading", name="This place cannot be given")).to_be_visible()
    expect(coordinator.get_by_role("main").get_by_role("button", name="Resume")).to_have_count(0)
    usable(coordinator)


def ban_the_meadow(page, crn):
    page.goto(f"/cases/{crn}/restrictions/record/")
    page.get_by_label("What kind of order is it?").select_option("Restraining order")
    page.get_by_label("Bans areas").check()
    page.get_by_label("What must they not do?").fill("Must not go into the area the order bans.")
    page.get_by_label("Nobody on the record, or not one person").check()
    page.locator("#id_areas-0-label").fill("Around the yellow house")
    page.get_by_label("A circle around a point").first.check()
    page.locator("#id_areas-0-centre").fill(SITES)
    page.locator("#id_areas-0-radius").fill("500")
    page.get_by_label("From which day does it hold?").fill("today")
    page.get_by_label("Where do we have it from?").fill("The order, from the court’s office")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="That is right, record it").click()
    expect(page.get_by_text("It is recorded.")).to_be_visible()


def test_what_came_of_a_day_is_closed_answered_and_decided(coordinator, usable, week):
    go(coordinator, "Registers")
    usable(coordinator)
    row = coordinator.locator("[data-row]").filter(has_text=SCHOOL)
    expect(row).to_contain_text("1 of 2")
    row.get_by_role("link", name=re.compile(SCHOOL)).click()
    usable(coordinator)
    press(coordinator, re.compile("Did not come.*: Sam Yew"))
    usable(coordinator)
    press(coordinator, "They did not come")
    press(coordinator, "Close the register")
    expect(coordinator.get_by_text("The register is closed.")).to_be_visible()
    usable(coordinator)

    go(coordinator, "Registers")
    press(coordinator, "Reported from sites")
    usable(coordinator)
    press(coordinator, "Say what was done")
    usable(coordinator)
    coordinator.get_by_label("What was done about it?").fill("The farmer has taken the gate down.")
    press(coordinator, "Save it")
    expect(coordinator.get_by_text("Kept. Whoever reported it sees it.")).to_be_visible()

    go(coordinator, "Registers")
    press(coordinator, "Travel to decide")
    usable(coordinator)
    press(coordinator, re.compile("Decide travel of Brook"))
    usable(coordinator)
    coordinator.get_by_label("No, not eligible this time").check()
    coordinator.get_by_role("main").get_by_role("button").first.click()
    expect(coordinator.get_by_text("Lee Brook: not eligible this time.")).to_be_visible()
    waits = coordinator.get_by_role("link", name=re.compile("Decide travel of Brook"))
    expect(waits).to_have_count(0)
    usable(coordinator)


def test_the_last_hours_are_counted_and_a_certificate_and_a_closing_report_come_of_them(
    coordinator, officer, usable, week
):
    case, work = f"/cases/{week['nearly']}/unpaid-work/", week["nearly_work"]
    propose_more_time(officer, f"{case}{work}/more-time/", usable)

    coordinator.goto(f"{case}hours/")
    usable(coordinator)
    press(coordinator, "Say why courses count")
    usable(coordinator)
    coordinator.get_by_label("Why do courses count for them?").fill("Out of work since March.")
    press(coordinator, "Save it")
    coordinator.get_by_role("link", name=re.compile("^Decide on")).click()
    usable(coordinator)
    coordinator.get_by_role("group", name="Does it count?").get_by_label("Yes").check()
    coordinator.get_by_role("button", name="Decide", exact=True).click()
    expect(coordinator.get_by_text("It is decided, and the hours are brought up")).to_be_visible()
    press(coordinator, "Change the hours")
    usable(coordinator)
    add_what_was_missing(coordinator)
    expect(coordinator.get_by_text("It stands in the ledger.")).to_be_visible()
    usable(coordinator)

    coordinator.goto(case)
    expect(coordinator.get_by_text("All hours worked").first).to_be_visible()
    usable(coordinator)
    assert "Lee Brook" in paper(coordinator, "Certificate")
    report = paper(coordinator, "Closing report")
    assert "100 hours" in report
    assert "Clearing paths" in report
    assert "Gardening and grounds" in paper(coordinator, "Skills passport")


def propose_more_time(page, address, usable):
    page.goto(address)
    usable(page)
    page.get_by_label("An application is proposed or made").check()
    page.get_by_label("What was said and by whom?").fill("Told the court’s officer on Monday.")
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("It is in the log.")).to_be_visible()
    usable(page)


def add_what_was_missing(page):
    page.get_by_label("A mistake put right").check()
    page.get_by_label("More was worked than is credited").check()
    page.get_by_label("How long?").fill("1:40")
    page.get_by_label("On which day?").fill("today")
    page.get_by_label("Say in a line what it rests on").fill("The sign-in sheet of the depot.")
    press(page, "Enter it")


def paper(page, name):
    """What a PDF of the tab says."""
    link = page.get_by_role("main").get_by_role("link", name=re.compile(rf"^{name} \(PDF\)"))
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    return " ".join(text.split())
