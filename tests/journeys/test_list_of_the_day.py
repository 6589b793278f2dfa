"""A senior's twenty minutes, which end; and a national tier, from the placement to the workload of the officer."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_team import make_team
from tests.journeys.conftest import DESKTOP

ENDS = re.compile("^(That is the end of it|That is today’s list done|Nothing)")


def test_a_senior_takes_the_list_of_the_day_and_sees_where_it_ends(page, sign_in, site, usable):
    make_team(site)
    sign_in(page, Role.SPO)
    page.get_by_role("link", name="What only you can do, as a list of the day that ends").click()
    page.wait_for_load_state()

    expect(page.get_by_role("heading", name="Your 20 minutes", level=1)).to_be_visible()
    expect(page.get_by_text(ENDS)).to_be_visible()
    rows = page.get_by_role("region", name="To be done today").locator("[data-row]")
    assert rows.count() > 0
    for row in rows.all():
        expect(row.locator(".app-due__what")).to_have_text(re.compile(r": \d+ minutes?$"))
        expect(row.get_by_role("link").last).to_be_visible()
    usable(page)

    page.get_by_role("link", name="See the rest all the same").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()


def test_a_national_tier_is_read_from_the_placement_and_beside_the_points(
    open_page, sign_in, site, usable
):
    made = make_team(site)
    officer, senior = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(officer, Role.OFFICER)
    officer.goto(reverse("placement", args=[made["crn"]]))
    officer.get_by_role("link", name="National tier: computed beside the GRID").click()
    officer.wait_for_load_state()
    heading = officer.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"National tier: [A-D][0-3]S?$"))
    expect(officer.get_by_text("It places nobody")).to_be_visible()
    expect(
        officer.get_by_role("heading", name=re.compile("^Protect level [A-D]: "))
    ).to_be_visible()
    expect(officer.get_by_role("heading", name=re.compile("^Change level [0-3]: "))).to_be_visible()
    usable(officer)
    tier = heading.inner_text().removeprefix("National tier: ")

    sign_in(senior, Role.SPO)
    senior.goto(reverse("officer-workload", args=[made["officer"]]))
    row = senior.locator("[data-row]").filter(has_text=made["crn"])
    shown = row.get_by_role("link", name=re.compile(f"^{tier} of"))
    expect(shown).to_be_visible()
    usable(senior)
    shown.click()
    senior.wait_for_load_state()
    expect(senior.get_by_role("heading", level=1)).to_have_text(f"National tier: {tier}")


def test_a_senior_finds_whose_training_runs_out_and_records_what_was_done(
    page, sign_in, site, usable
):
    make_team(site)
    sign_in(page, Role.SPO)
    page.goto(f"{reverse('team-training')}?show=arrange")
    usable(page)
    row = page.locator("[data-row]").first
    name = row.get_by_role("rowheader").get_by_role("link").inner_text()
    row.get_by_role("link", name=re.compile("^Record training")).click()
    page.wait_for_load_state()
    page.get_by_label("In what?").select_option(label="Child safeguarding")
    page.locator("#id_done_on").fill("today")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()

    page.goto(reverse("team-training"))
    cell = (
        page.locator("[data-row]")
        .filter(has_text=name)
        .locator("[data-label='Child safeguarding']")
    )
    expect(cell).to_contain_text("Does not expire")
