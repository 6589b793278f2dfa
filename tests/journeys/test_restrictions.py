"""An order with two areas, from the tab of the case to the top of its pages; and what the hub sees of it."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP

A_CASE = """
    SELECT c.crn FROM cases_case c JOIN staff_user u ON u.id = c.officer_id
    WHERE u.username = 'officer' AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
      AND NOT EXISTS (SELECT FROM cases_limit l WHERE l.case_id = c.id)
      AND NOT EXISTS (SELECT FROM cases_restriction r WHERE r.case_id = c.id)
    ORDER BY c.id LIMIT 1
"""
LABEL, MAP = "Around the yellow house", "The area on the map"
MUST_NOT = "Must not go into the areas the order bans."
CORNERS = "451200 206000\n451600 206050\n451500 206400\nhole\n451400 206120\n451500 206130\n451460 206200"  # fmt: skip


def fill_in(page):
    page.get_by_label("What kind of order is it?").select_option("Restraining order")
    page.wait_for_load_state()
    if page.get_by_label("None of these").count():
        page.get_by_label("None of these").check()
    page.get_by_label("Bans areas").check()
    page.get_by_label("What must they not do?").fill("Must not go to 14 Acacia Road.")
    page.get_by_label("Nobody on the record, or not one person").check()
    page.locator("#id_areas-0-label").fill(LABEL)
    page.get_by_label("A circle around a point").first.check()
    page.locator("#id_areas-0-centre").fill("by the church")
    page.locator("#id_areas-0-radius").fill("100")
    page.get_by_label("From which day does it hold?").fill("today")
    page.get_by_label("Where do we have it from?").fill("The order, from the court’s office")


def mend(page, looked_at):
    """Both refusals are said in turn, and nothing typed is gone."""
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Write a postcode, or an easting and a northing").first).to_be_visible()
    looked_at(page)
    page.locator("#id_areas-0-centre").fill("451000 206000")
    page.get_by_role("button", name="Add another area").click()
    page.locator("#id_areas-1-label").fill(MAP)
    page.get_by_label("An outline").nth(1).check()
    page.locator("#id_areas-1-corners").fill(CORNERS)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("It gives an address or a postcode").first).to_be_visible()
    page.get_by_label("What must they not do?").fill(MUST_NOT)
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("java_script", [True, False])
def test_an_order_is_checked_before_it_is_recorded_and_the_hub_reads_only_what_is_forbidden(
    open_page, sign_in, site, usable, java_script
):
    looked_at = usable if java_script else lambda page: None
    officer = open_page(viewport=DESKTOP, java_script_enabled=java_script)
    ((crn,),) = site.execute(A_CASE)
    sign_in(officer, Role.OFFICER)
    officer.goto(f"/cases/{crn}/restrictions/")
    looked_at(officer)
    officer.get_by_role("button", name="Record a restriction").click()
    fill_in(officer)
    mend(officer, looked_at)
    expect(officer.get_by_role("heading", name="Check what was understood")).to_be_visible()
    expect(officer.get_by_text("31,416 square metres")).to_be_visible()
    expect(officer.get_by_role("img", name="Drawing of the areas to scale")).to_be_visible()
    looked_at(officer)

    officer.get_by_role("button", name="That is right, record it").click()

    expect(officer.get_by_text("It is recorded.")).to_be_visible()
    expect(officer.get_by_text(LABEL)).to_be_visible()
    looked_at(officer)
    hub = open_page(viewport=DESKTOP)
    sign_in(hub, Role.HUB)
    hub.goto(f"/cases/{crn}/restrictions/")
    expect(hub.get_by_text("Must not go into the areas the order bans").first).to_be_visible()
    expect(hub.get_by_text(LABEL)).to_have_count(0)
    expect(hub.get_by_text("2 areas are banned.")).to_be_visible()
    usable(hub)
    end(officer, looked_at)


def end(page, looked_at):
    page.get_by_role("link", name=re.compile(r"^End\s*: Restraining order")).click()
    looked_at(page)
    page.get_by_label("Why does it hold no more?").fill("Discharged by the court today.")
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("heading", name="No longer in force")).to_be_visible()
