"""A home visit on a phone: how staff may go, arranging it, setting out, coming back, and a child who was seen.

At 400 px, with JavaScript and without: at a door there may be one bar of signal and an old telephone.
"""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.widths import PHONE

ON_PHONE = {"width": PHONE, "height": 800}
LONDON = ZoneInfo("Europe/London")
# One of the officer's, with an address, of whose household nobody has asked yet
A_CASE = """
    SELECT c.crn FROM cases_case c JOIN staff_user u ON u.id = c.officer_id
    WHERE u.username = 'officer' AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
      AND EXISTS (SELECT FROM cases_address a WHERE a.case_id = c.id AND a.status_code = 'M'
                  AND a.to_on IS NULL AND NOT a.no_fixed_abode)
      AND NOT EXISTS (SELECT FROM cases_enquiry e WHERE e.case_id = c.id AND e.kind = 'children')
      AND NOT EXISTS (SELECT FROM cases_relatedperson r WHERE r.case_id = c.id)
      AND NOT EXISTS (SELECT FROM cases_limit l WHERE l.case_id = c.id)
      AND NOT EXISTS (SELECT FROM cases_registration r WHERE r.case_id = c.id AND r.active
                      AND r.type_code IN ('ADVP', 'ADVV', 'IMAR', 'RCCO', 'RCPR', 'RCHD', 'AV2S'))
    ORDER BY c.id LIMIT 1
"""
BEGIN_NOW = """
    UPDATE cases_contact SET started_at = now() - interval '1 minute'
    WHERE id = (SELECT max(appointment_id) FROM cases_homevisit)
"""


def on_the_clock(**later):
    return f"{datetime.now(LONDON) + timedelta(**later):%H:%M}"


def say_how(page, crn, usable):
    """The officer says how staff may visit and asks a senior."""
    page.goto(f"/cases/{crn}/")
    page.get_by_role("link", name="How staff may visit, what is owed and what was seen").click()
    usable(page)
    page.get_by_role("main").get_by_role("button", name="Say how staff may visit").click()
    page.locator("[name=address]").first.check()
    page.get_by_role("group", name="Could this visit endanger somebody?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_label("What do we know of risk to staff there?").fill(
        "A big dog, let out at night."
    )
    page.get_by_label("No signal").check()
    page.get_by_label("Without a signal: how are you reached").fill("The shop at number 6")
    page.get_by_label("One officer, with a buddy who knows").check()
    page.get_by_label("Why that way?").fill("He is calm, and two of us have been before.")
    page.get_by_label("Ask a senior to decide").check()
    usable(page)
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Nobody visits before that")).to_be_visible()
    usable(page)


def decide(page, crn, usable):
    page.goto(f"/cases/{crn}/visits/safety/decide/")
    expect(page.get_by_text("You ask a senior to decide.").first).to_be_visible()
    usable(page)
    page.get_by_label("One officer, with a buddy who knows").check()
    page.get_by_label("Why that way?").fill("Go in daylight. Have him put the dog away first.")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Decided: one officer, with a buddy who knows")).to_be_visible()


def arrange(page, crn, usable):
    """For a few minutes from now; what stands beside the date is read and sent again."""
    page.goto(f"/cases/{crn}/visits/arrange/")
    usable(page)
    page.get_by_label("On which day?").fill("today")
    page.get_by_label("At what time?").fill(on_the_clock(minutes=3))
    buddies = page.get_by_label("Who is your buddy?").locator("option[value]:not([value=''])")
    goes = page.get_by_label("Who goes?").locator("option:checked").inner_text()
    buddy = buddies.filter(has_not_text=goes).first.get_attribute("value")
    page.get_by_label("Who is your buddy?").select_option(buddy)
    page.get_by_label("How were they told of it?").select_option("By telephone")
    button = page.get_by_role("button", name="Arrange it")
    button.click()
    page.wait_for_load_state()
    if page.get_by_text("Beside that date stands this").count():
        usable(page)
        button.click()
    expect(page.get_by_text("is the buddy and has been told")).to_be_visible()


def go_and_come_back(page, usable):
    expect(page.get_by_text("A big dog, let out at night.")).to_be_visible()
    expect(page.get_by_text("The shop at number 6")).to_be_visible()
    usable(page)
    page.get_by_label("By when will you be out and call in?").fill(on_the_clock(hours=1))
    page.get_by_role("button", name="Setting out").click()
    expect(page.get_by_text("and rings you if they have not heard by")).to_be_visible()
    usable(page)
    page.get_by_role("button", name="I am out and safe").click()
    expect(page.get_by_text("Now say what came of the visit")).to_be_visible()


def record(page, usable):
    """Whom they saw, a child among them; what follows is ticked already."""
    page.get_by_role("link", name="Record the visit").click()
    usable(page)
    page.get_by_label("The person", exact=True).check()
    page.get_by_label("Children", exact=True).check()
    page.get_by_label("How many children did you see?").fill("1")
    page.get_by_label("What did you see and hear of the children?").fill(
        "About four, well, playing."
    )
    page.get_by_label("Kitchen").check()
    page.get_by_role("group", name="Did they keep to what was asked").get_by_label("Yes").check()
    expect(page.get_by_label("If you saw children: ask")).to_be_checked()
    page.get_by_role("button", name="Record the visit").click()
    expect(page.get_by_text("social care is to be asked")).to_be_visible()
    expect(page.get_by_text("About four, well, playing.")).to_be_visible()
    usable(page)


@pytest.mark.parametrize("java_script", [True, False])
def test_a_home_visit_from_the_seniors_decision_to_a_child_who_is_asked_about(
    open_page, sign_in, site, usable, java_script
):
    looked_at = usable if java_script else lambda page: None
    officer = open_page(viewport=ON_PHONE, java_script_enabled=java_script)
    senior = open_page(viewport=DESKTOP)
    ((crn,),) = site.execute(A_CASE)
    sign_in(officer, Role.OFFICER)
    sign_in(senior, Role.SPO)

    say_how(officer, crn, looked_at)
    decide(senior, crn, usable)
    arrange(officer, crn, looked_at)
    sheet = officer.url
    if java_script:
        paper = PdfReader(io.BytesIO(officer.pdf(format="A4")))
        assert len(paper.pages) == 1
        officer.goto("/check-ins/")
        usable(officer)
        officer.goto(sheet)
    go_and_come_back(officer, looked_at)
    site.execute(BEGIN_NOW)
    record(officer, looked_at)

    officer.goto(f"/cases/{crn}/checks/")
    asked = officer.get_by_role("main")
    expect(asked.get_by_text(re.compile("Children.s social care")).first).to_be_visible()
    officer.goto("/visits/?state=done")
    expect(officer.get_by_text("Home visit: done").first).to_be_visible()
    looked_at(officer)
