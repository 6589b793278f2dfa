"""Somebody is charged: what was known is kept, a later edit is marked, a colleague is shut out. And a complaint is taken on a phone."""

import re

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_hand_overs import OFFICERS
from tests.journeys.test_officer import fits
from tests.journeys.widths import PHONE

CASE = "T100021"
CHANGED = "Ring the school each Monday"


def test_a_charge_is_recorded_and_what_an_officer_changes_afterwards_is_marked(
    open_page, sign_in, let_in, site, usable
):
    colleague = site.execute(OFFICERS)[0][0]
    senior, officer = (
        signed_in(open_page, sign_in, role, viewport=DESKTOP) for role in (Role.SPO, Role.OFFICER)
    )
    other = Hands(open_page(viewport=DESKTOP))
    sign_in(other.page, let_in(colleague))
    other.page.goto(f"/cases/{CASE}/")
    expect(other.page.get_by_role("heading", level=1)).to_be_visible()

    a_charge_is_recorded(senior, usable)
    what_was_known(senior, usable)
    the_plan_is_added_to(officer)
    it_is_marked(senior, usable)

    other.page.goto(f"/cases/{CASE}/")
    expect(other.page.get_by_text("Access to this case is limited.")).to_be_visible()
    it_is_on_the_list(senior, usable)


def a_charge_is_recorded(senior, look):
    senior.page.goto(f"/cases/{CASE}/")
    senior.press("Charged with a serious further offence")
    look(senior.page)
    senior.press("Record a charge")
    look(senior.page)
    senior.press("Record it and narrow access")  # with nothing said
    expect(senior.page.get_by_text("There is a problem")).to_be_visible()
    senior.fill("offence", "Wounding with intent")
    senior.fill("charged_on", "today")
    senior.fill("told_by", "Thames Valley Police, PC Lowe, by telephone")
    senior.fill("learnt_on", "today")
    senior.fill("learnt_time", "00:01")
    senior.choose("sure", "Yes")
    senior.press("Record it and narrow access")
    expect(senior.page.get_by_text("What was known is kept as it stands now")).to_be_visible()
    look(senior.page)


def what_was_known(senior, look):
    senior.press("Read what was known then")
    expect(senior.page.get_by_text("Unchanged since it was taken")).to_be_visible()
    expect(senior.page.get_by_text("So far the record stands as it did")).to_be_visible()
    look(senior.page)


def the_plan_is_added_to(officer):
    officer.page.goto(f"/cases/{CASE}/actions/add/")
    officer.fill("what", CHANGED)
    officer.fill("by_whom", "The officer")
    officer.fill("by_on", "today")
    officer.press("Add the action")
    expect(officer.page.get_by_text(CHANGED).first).to_be_visible()


def it_is_marked(senior, look):
    senior.page.reload()
    marked = senior.page.get_by_role("heading", name=f"The plan in force, and its steps: {CHANGED}")
    expect(marked).to_be_visible()
    expect(senior.page.get_by_text("Added since").first).to_be_visible()
    senior.page.set_viewport_size({"width": PHONE, "height": 900})
    look(senior.page)
    senior.page.set_viewport_size(DESKTOP)


def it_is_on_the_list(senior, look):
    senior.page.goto("/further-offences/")
    look(senior.page)
    row = senior.page.get_by_role("row").filter(has_text=CASE)
    expect(row).to_contain_text("Wounding with intent")
    row.get_by_role("link", name="See it").click()
    senior.press("Say who was notified")
    look(senior.page)
    senior.fill("whom", "The Ministry, reference 42")
    senior.fill("on", "today")
    senior.press("Record it")
    expect(senior.page.get_by_text("The notification is recorded.")).to_be_visible()


def test_a_complaint_is_taken_on_a_phone_without_scripts_and_answered_by_letter(open_page, sign_in):
    width = {"viewport": {"width": PHONE, "height": 900}, "java_script_enabled": False}
    officer, senior = (
        signed_in(open_page, sign_in, role, **width) for role in (Role.OFFICER, Role.SPO)
    )
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("Take a complaint")
    fits(officer.page)
    officer.press("Take the complaint")  # with nothing said
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    officer.choose("made_by", "The person on probation")
    officer.fill("words", "Three appointments were moved on the day and nobody rang.")
    officer.select("about", "Nobody in particular")
    officer.press("Take the complaint")
    expect(officer.page.get_by_text("The complaint is taken")).to_be_visible()
    answer(senior)


def answer(senior):
    senior.page.goto("/complaints/")
    fits(senior.page)
    row = senior.page.get_by_role("row").filter(has_text="Three appointments were moved on the day")
    expect(row).to_contain_text("Came today")
    row.get_by_role("link", name="See it").click()
    fits(senior.page)
    senior.press("Say who answers it")
    fits(senior.page)
    senior.choose("acknowledged", "Yes")
    senior.fill("acknowledged_on", "today")
    senior.press("Save")
    expect(senior.page.get_by_text("It is recorded who answers the complaint.")).to_be_visible()
    senior.press("Answer it")
    fits(senior.page)
    senior.choose("outcome", "Upheld")
    senior.fill(
        "answer", "You are right: somebody should have rung.\nFrom now on we ring the day before."
    )
    senior.fill("learnt", "Ring the day before an appointment is moved.")
    senior.press("Answer it")
    senior.press("The letter, to be printed")
    expect(senior.page.get_by_text("We uphold it.")).to_be_visible()
    expect(senior.page.get_by_text(re.compile("From now on we ring"))).to_be_visible()
    fits(senior.page)
