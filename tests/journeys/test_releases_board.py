"""The board of releases: narrowed and widened again, a number opened as its list, and from there to the gate."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_leaver import make_leavers
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

LEAVERS = 3  # of those made for it, in prison


@SCRIPTS
def test_a_worker_narrows_the_board_opens_a_number_and_plans_a_meeting_at_the_gate(
    open_page, sign_in, usable, site, scripts
):
    made = make_leavers(site)
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    known = {"viewport": width, "java_script_enabled": scripts}
    worker = signed_in(open_page, sign_in, Role.RESETTLEMENT, **known)
    mentor = signed_in(open_page, sign_in, Role.MENTOR, **known)
    narrow_it(worker, look)
    open_a_number(worker, look)
    plan_the_meeting(worker, made["homeless"], look)

    mentor.page.goto(reverse("gate-meetings"))
    expect(mentor.page.get_by_text("Inside the visitors' centre").first).to_be_visible()
    look(mentor.page)
    answer = mentor.page.request.get(reverse("case-release", args=[made["homeless"]]))
    assert answer.status in (403, 404)  # when and where to meet, and nothing of the case


def rows(hands):
    return hands.page.get_by_role("region", name="Releases", exact=True).locator("[data-row]")


def narrow_it(worker, look):
    worker.page.goto(reverse("releases"))
    look(worker.page)
    everybody = rows(worker).count()
    worker.page.locator("summary", has_text="Filter this list").click()
    worker.select("band", "Within 4 weeks")  # the leavers leave in three
    worker.press("Apply filters")
    look(worker.page)
    chip = worker.page.get_by_role("link", name=re.compile("Remove this filter.*Within 4 weeks"))
    expect(chip).to_be_visible()
    assert LEAVERS <= rows(worker).count() < everybody
    chip.click()
    worker.page.wait_for_load_state()
    assert rows(worker).count() == everybody


def open_a_number(worker, look):
    """Behind a number are as many people as it says."""
    number = worker.page.get_by_role("region", name="When they leave").get_by_role("link").first
    said = int(re.match(r"[\d,]+", number.inner_text()).group().replace(",", ""))
    number.click()
    worker.page.wait_for_load_state()
    look(worker.page)
    assert rows(worker).count() == said
    words = "1 person" if said == 1 else f"{said} people"
    expect(worker.page.get_by_text(words, exact=True).first).to_be_visible()


def plan_the_meeting(worker, crn, look):
    worker.page.goto(reverse("releases"))
    rows(worker).filter(has_text=crn).get_by_role("link").first.click()
    worker.page.wait_for_load_state()
    look(worker.page)
    worker.press("Plan a meeting at the gate")
    look(worker.page)
    worker.press("Plan the meeting")  # with nothing said of when
    expect(worker.page.get_by_text("There is a problem")).to_be_visible()
    mentor = worker.page.locator("#id_meets option", has_text="Mentor").filter(has_text="Tomlinson")
    worker.page.locator("#id_meets").select_option(value=mentor.first.get_attribute("value"))
    worker.fill("time", "9am")
    worker.fill("where", "Inside the visitors' centre")
    worker.press("Plan the meeting")
    expect(worker.page.get_by_text("Whoever meets them has been told")).to_be_visible()
    look(worker.page)
