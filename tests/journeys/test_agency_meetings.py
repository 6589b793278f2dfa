"""A core group from its invitation to what we are to do, and a court that is answered within the same visit."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"
COMPOSED = re.compile("appointment.*Composed from our record", re.DOTALL)


@SCRIPTS
def test_an_officer_records_a_core_group_and_answers_a_court(open_page, sign_in, usable, scripts):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    officer = signed_in(
        open_page, sign_in, Role.OFFICER, viewport=width, java_script_enabled=scripts
    )
    an_invitation(officer, look)
    what_it_decided(officer, look)
    the_minutes(officer, look)
    a_court_asks(officer, look)
    it_is_answered(officer, look)

    officer.page.goto(reverse("court-requests-waiting"))
    look(officer.page)
    expect(officer.page.get_by_role("main")).not_to_contain_text(CASE)  # it is answered
    officer.page.goto(f"{reverse('agency-meetings-list')}?show=coming")
    look(officer.page)
    expect(officer.page.get_by_role("heading", name="Meetings of agencies")).to_be_visible()


def an_invitation(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("Meetings of agencies: MARAC, conferences, core groups")
    look(officer.page)
    officer.press("Record an invitation")
    look(officer.page)
    officer.press("Record it", exact=True)  # with nothing said
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    officer.choose("kind", "Core group")
    officer.fill("held_on", "yesterday")
    officer.fill("held_time", "10am")
    officer.fill("where", "Children’s services, Slough")
    officer.fill("chair", "A. Bell, 01632 960 100")
    officer.fill("invited_on", "yesterday")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("Core group recorded.")).to_be_visible()
    look(officer.page)


def what_it_decided(officer, look):
    officer.press("Say how we took part")
    look(officer.page)
    officer.choose("took_part", "One of us was there")
    officer.fill("came_to", "The plan goes on; the school is told of the contact order.")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("or that there is nothing for us").first).to_be_visible()
    officer.fill("what_1", "Tell the school who may fetch her")
    officer.fill("by_whom_1", "The responsible officer")
    officer.fill("by_on_1", "tomorrow")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("What we are to do is in the plan")).to_be_visible()
    expect(officer.page.get_by_text("Tell the school who may fetch her").first).to_be_visible()
    look(officer.page)
    officer.press("Add something for us to do")
    look(officer.page)


def the_minutes(officer, look):
    officer.page.goto(f"/cases/{CASE}/agency-meetings/")
    officer.press("The minutes have come")
    look(officer.page)
    officer.fill("text", "Each agency said what it knew of the grandmother.")
    officer.press("Keep them")
    officer.press("Read the minutes")
    expect(officer.page.get_by_text("Each agency said what it knew")).to_be_visible()
    look(officer.page)


def a_court_asks(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("What a court asks, and our reply")
    look(officer.page)
    officer.press("Record what a court asks")
    look(officer.page)
    officer.fill("court", "Reading Magistrates’ Court")
    officer.fill("asked_by", "The court officer, 0118 496 0000")
    officer.choose("wants", "How the order is going")
    officer.fill("asked_on", "yesterday")
    officer.fill("needed_time", "11:59pm")
    officer.press("Record it and answer")
    look(officer.page)


def it_is_answered(officer, look):
    expect(officer.page.locator("#id_reply")).to_have_value(COMPOSED)
    officer.choose("sent_by", "Secure e-mail")
    officer.press("Record it as sent")
    expect(officer.page.get_by_text("It is recorded as sent and stands in the log")).to_be_visible()
    look(officer.page)
