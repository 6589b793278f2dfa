"""An officer on duty: a walk-in, what must be known of them in a minute, and what they come to tell."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from cases.management.demo import places
from staff.permissions import Role
from tests.journeys.conftest import DESKTOP

TEAM = places.SITES[0].teams[0]  # of the demonstration's sign-ins
SAID = "His neighbour rang: he went for her brother at the flats last night."


def held_by_another(page, officer):
    """The CRN and officer of a case of the team that is not this officer's, nor of somebody away."""
    page.goto("/caseload/?whose=team")
    not_these = re.compile(f"{officer}|No officer|Limited access")
    rows = page.locator("[data-rows] [data-row]").filter(has_not_text=not_these)
    holders = rows.locator("[data-label=Officer]").all_inner_texts()
    for place, holder in enumerate(holders):
        crn = rows.nth(place).get_attribute("id")
        page.goto(f"/cases/{crn}/")
        if not page.get_by_text("away until").count():
            return crn, holder.splitlines()[0]
        page.goto("/caseload/?whose=team")
    raise AssertionError("Everybody else is away.")


def test_a_call_out_logged_during_a_walk_in_reaches_both_officers_and_keeps_the_two_apart(
    open_page, sign_in, join_staff, let_in, usable
):
    duty, officer, other = (open_page(viewport=DESKTOP) for _ in range(3))
    sign_in(officer, Role.OFFICER)
    me = officer.locator(".app-header__account [href='/account/']").inner_text()
    officer.goto("/caseload/")
    about = officer.locator("[data-rows] [data-row]").first.get_attribute("id")
    named, holder = held_by_another(officer, me)
    sign_in(other, let_in(holder))
    sign_in(
        duty, join_staff("asha.rowe", Role.OFFICER, team=TEAM, first_name="Asha", last_name="Rowe")
    )

    duty.get_by_role("navigation", name="Main").get_by_role("link", name="Today").click()
    usable(duty)
    duty.get_by_label("Somebody who is not on the list").fill(about)
    duty.get_by_role("button", name="Find them").click()
    expect(duty.get_by_role("heading", name="They are at the desk")).to_be_visible()
    usable(duty)
    duty.get_by_role("link", name="Summary on one sheet").click()
    expect(duty.get_by_role("heading", name="If they are at the counter")).to_be_visible()
    expect(duty.get_by_role("region", name="Safety information")).to_be_visible()
    usable(duty)

    duty.get_by_role("link", name="Record information").click()
    expect(duty.get_by_label("Who is it about?")).to_have_value(about)
    usable(duty)
    duty.get_by_label("Police call-out").check()
    duty.get_by_label("Family, partner or neighbour").check()
    duty.get_by_label("Their name, or the service and desk").fill("Mrs Lane, at number 4")
    duty.get_by_label("What was said?").fill(SAID)
    duty.get_by_role("group", name="Could somebody be hurt?").get_by_label("Yes").check()
    duty.get_by_text("It names other people under supervision").click()
    duty.get_by_label("CRN of person 1").fill(named)
    duty.get_by_label("What did person 1 do").select_option("Was attacked by")
    usable(duty)
    duty.get_by_role("button", name="Record it").click()
    expect(duty.get_by_text("The officers of those it names have been told too.")).to_be_visible()
    recorded = duty.get_by_role("region", name="What you recorded today").locator("[data-row]")
    expect(recorded.filter(has_text=about)).to_have_count(1)
    usable(duty)

    for page, crn, apart_from in ((officer, about, named), (other, named, about)):
        hears(page, crn)
        usable(page)
        expect(page.get_by_text(SAID)).to_be_visible()
        strip = page.get_by_role("region", name="Safety information")
        expect(strip.get_by_text("Keep apart from")).to_contain_text(apart_from)
        page.get_by_role("link", name="Information", exact=True).click()
        expect(page.get_by_role("heading", name="Keep apart from")).to_be_visible()
        usable(page)


def hears(page, crn):
    """They are told of it on their own work, where it is owed today, and open it."""
    page.goto(reverse("my-work"))
    told = re.compile(f"Police call-out about {crn}. Somebody could be hurt")
    today = page.get_by_role("region", name="Today and late").locator("[data-row]")
    owed = today.filter(has_text=crn).filter(has_text="Read today what has come in")
    expect(owed.filter(has_text="police call-out").first).to_be_visible()
    page.get_by_role("link", name=told).click()
