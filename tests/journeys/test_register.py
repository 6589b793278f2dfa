"""A day on site: read the sheet, watch set, people arrive and leave in twenty seconds each, a report, and closed.

On a tablet with JavaScript and on a telephone without it; then the coordinator, who says what was done.
"""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import fits
from tests.journeys.widths import PHONE, TABLET

# A session that runs all of today, with three of the officer's on it, its sheet published
A_DAY = """
from datetime import datetime, time
from django.utils.timezone import get_current_timezone, localdate, now
from cases.models import Case
from staff.models import User
from tests.factories import AttendanceFactory, WorkFactory, WorkSessionFactory
from unpaidwork.services.sheets import settle_reach
free = Case.objects.filter(officer__username="officer", state="supervised", retained_by="", limit=None)
begins = datetime.combine(localdate(), time(0, 1), get_current_timezone())
session = WorkSessionFactory(
    on=localdate(), from_at=time(0, 1), to_at=time(23, 58), state="published", published_at=now(),
    published_by=User.objects.get(username="coordinator"), project__name="The long meadow",
    project__tasks=["Clearing paths"], project__signal="none", project__fallback="Ring the farm, 01865 000000",
)
session.staff.add(User.objects.get(username="supervisor"))
for case in free.order_by("pk")[:3]:
    AttendanceFactory(
        session=session, work=WorkFactory(case_of=case), appointment__contact__started_at=begins,
        appointment__contact__ended_at=datetime.combine(localdate(), time(23, 58), get_current_timezone()),
    )
settle_reach(sessions=[session])
print("SESSION", session.pk)
"""


@pytest.fixture
def session(site):
    return re.search(r"SESSION (\d+)", site.begin_with(A_DAY))[1]


def read_the_sheet(page, session, looked_at):
    page.goto(f"/unpaid-work/sessions/{session}/register/")
    expect(page.get_by_text("Read the day sheet and say that you have")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Read the day sheet").click()
    for _ in range(3):
        page.get_by_role("button", name=re.compile("I have read this")).first.click()
    page.goto(f"/unpaid-work/sessions/{session}/register/")


def set_the_clock(page):
    page.get_by_role("button", name="Watch for me").click()
    expect(page.get_by_text("the coordinators are told")).to_be_visible()


def one_leaves(page, looked_at):
    """Counted: here, leaves, two grades, save; the time they came is put right because this day is a minute long."""
    hands = Hands(page)
    hands.press("Here", exact=False)
    expect(page.get_by_text("Here since").first).to_be_visible()
    looked_at(page)
    hands.press("Leaves", exact=False)
    looked_at(page)
    page.locator("#id_arrived_at").fill("12:01am")
    hands.choose("quality", "Good")
    hands.choose("behaviour", "Excellent")
    hands.press("Save and next")
    expect(page.get_by_text(re.compile("credited")).first).to_be_visible()
    assert hands.pressed + hands.answered == 5
    return hands


def one_does_not_come(page, looked_at):
    page.get_by_role("button", name=re.compile("Did not come")).first.click()
    looked_at(page)
    page.get_by_label("Note", exact=True).fill("Texted that the bus had gone.")
    page.get_by_role("button", name="They did not come").click()
    expect(page.get_by_text("Did not attend").first).to_be_visible()


def one_is_sent_home(page, looked_at):
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    page.get_by_role("button", name=re.compile("^Leaves")).first.click()
    page.get_by_label("Sent home for their behaviour").check()
    page.locator("#id_arrived_at").fill("12:01am")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looked_at(page)
    page.locator("[name=behaviour]").and_(page.get_by_label("Poor", exact=True)).check()
    page.get_by_label("Note", exact=True).fill("Threw stones at the fence after two warnings.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text(re.compile("Sent home for their behaviour")).first).to_be_visible()


def report(page, looked_at):
    page.get_by_role("button", name="Report something").click()
    looked_at(page)
    page.get_by_label("Something nearly happened").check()
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and missed us.")
    page.get_by_role("group", name="Could somebody be hurt?").get_by_label("Yes").check()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("The coordinators have been told.")).to_be_visible()


@pytest.mark.parametrize(("width", "java_script"), [(TABLET, True), (PHONE, False)])
def test_a_day_on_site_from_the_sheet_to_a_closed_register(
    open_page, sign_in, usable, session, width, java_script
):
    looked_at = usable if java_script else fits
    page = open_page(viewport={"width": width, "height": 1000}, java_script_enabled=java_script)
    sign_in(page, Role.SUPERVISOR)

    read_the_sheet(page, session, looked_at)
    looked_at(page)
    set_the_clock(page)
    one_leaves(page, looked_at)
    one_does_not_come(page, looked_at)
    one_is_sent_home(page, looked_at)
    report(page, looked_at)
    looked_at(page)
    page.get_by_role("button", name="Close the register").click()
    expect(page.get_by_text("The register is closed.")).to_be_visible()
    looked_at(page)

    coordinator = open_page(viewport=DESKTOP)
    sign_in(coordinator, Role.COORDINATOR)
    for address in ("registers/", "travel/", "on-site/", "reported/"):
        coordinator.goto(f"/unpaid-work/{address}")
        usable(coordinator)
    reported = coordinator.locator("[data-row]").filter(has_text="The gate fell")
    reported.get_by_role("link", name=re.compile("Say what was done")).click()
    usable(coordinator)
    coordinator.get_by_label("What was done about it?").fill("The farmer has taken the gate down.")
    coordinator.get_by_role("button", name="Save it").click()
    expect(coordinator.get_by_text("Kept. Whoever reported it sees it.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("The farmer has taken the gate down.")).to_be_visible()


def test_several_leave_at_once_and_a_session_is_stood_down(open_page, sign_in, usable, session):
    page = open_page(viewport={"width": TABLET, "height": 1000})
    sign_in(page, Role.SUPERVISOR)
    read_the_sheet(page, session, usable)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Here")).first.click()
    page.get_by_role("button", name="Several leave at once").click()
    usable(page)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name=re.compile("stand the session down")).click()
    usable(page)
    page.get_by_label("Why is there no work?").fill("The van broke down.")
    page.get_by_role("button", name="Stand it down").click()

    expect(page.get_by_text("as ours and nobody’s failure")).to_be_visible()
    usable(page)
