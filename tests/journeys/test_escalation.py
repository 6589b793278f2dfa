"""A risk put to the NPS by an officer, decided with a senior, referred, and taken by a named officer through the hub."""

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"
PAGE = f"/cases/{CASE}/escalation/"
WHY = "He was outside the school on Monday and said that he will take Ava."
MEANWHILE = "The school rings the officer the same day. The police have a marker on the address."


@SCRIPTS
def test_a_risk_goes_from_an_officer_by_way_of_a_senior_and_the_hub_to_the_nps(
    open_page, sign_in, usable, scripts
):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    officer, senior, hub = (
        signed_in(open_page, sign_in, role, viewport=width, java_script_enabled=scripts)
        for role in (Role.OFFICER, Role.SPO, Role.HUB)
    )
    put_it_to_the_nps(officer, look)
    decide(senior, look)
    refer(officer, look)
    take_it(hub, look)

    officer.page.goto(f"/cases/{CASE}/")
    expect(officer.page.get_by_text("Jo Hall, NPS Reading (NPS)").first).to_be_visible()
    expect(officer.page.get_by_text("ours until a named NPS officer accepts")).to_have_count(0)


def signed_in(open_page, sign_in, role, **options):
    hands = Hands(open_page(**options))
    sign_in(hands.page, role)
    return hands


def put_it_to_the_nps(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("Escalation of a risk to the NPS")
    look(officer.page)
    officer.press("Put a risk to the NPS")
    look(officer.page)
    officer.press("Put it to the NPS")  # with nothing said
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    officer.fill("because", WHY)
    officer.press("Put it to the NPS")
    expect(officer.page.get_by_text("It is put to the NPS.")).to_be_visible()
    ours = "ours until a named NPS officer accepts"
    expect(officer.page.get_by_role("link", name=ours)).to_be_visible()
    expect(officer.page.get_by_role("button", name="Write what was decided")).to_have_count(0)
    look(officer.page)


def decide(senior, look):
    senior.page.goto("/movements/escalations/")
    look(senior.page)
    row = senior.page.get_by_role("row").filter(has_text=CASE)
    row.get_by_role("link").first.click()
    senior.press("Write what was decided")
    look(senior.page)
    senior.choose("refer", "Yes")
    senior.fill("decided", "We refer it: it is the third time in a month, and he has a weapon.")
    senior.fill("meanwhile", MEANWHILE)
    senior.press("Record what was decided")
    expect(senior.page.get_by_text("the officer has been told")).to_be_visible()
    look(senior.page)


def refer(officer, look):
    officer.page.goto(PAGE)
    expect(officer.page.get_by_text(MEANWHILE).first).to_be_visible()
    officer.press("The referral on one sheet")
    look(officer.page)
    officer.page.goto(PAGE)
    officer.press("Record the referral")
    look(officer.page)
    officer.fill("outside", "NPS Reading")
    officer.fill(
        "referral", "That they take the case. The sheet and the police log went by secure e-mail."
    )
    officer.press("Record the referral")
    expect(officer.page.get_by_text("The referral is recorded")).to_be_visible()


def take_it(hub, look):
    hub.page.goto(PAGE)
    look(hub.page)
    hub.press("Record what the NPS said")
    look(hub.page)
    hub.choose("answer", "It takes the case")
    hub.fill("outside", "Sam Cole, NPS Reading")
    hub.fill("said", "They take it; Jo Hall rings the officer.")
    hub.press("Record the answer")
    hub.press("Record who has accepted it")
    look(hub.page)
    hub.fill("outside_officer", "Jo Hall")
    hub.fill("outside", "NPS Reading")
    hub.fill("note", "Ava is at risk at the school gate on Mondays.")
    hub.press("Record that they have it")
    expect(hub.page.get_by_text("The case is with the NPS")).to_be_visible()
    look(hub.page)
