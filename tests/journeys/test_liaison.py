"""A senior decides on travel; they are arrested, having moved: the victim liaison officer hears of both, and they are asked how they are."""

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"
MOVED_TODAY = """
    UPDATE cases_address SET from_on = CURRENT_DATE, to_on = NULL WHERE id = (
        SELECT a.id FROM cases_address a JOIN cases_case c ON c.id = a.case_id
        WHERE c.crn = %s AND a.status_code = 'M' ORDER BY a.id LIMIT 1
    )
"""


@SCRIPTS
def test_travel_a_move_an_arrest_and_what_they_said_when_they_were_asked(
    open_page, sign_in, site, usable, scripts
):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    officer, senior = (
        signed_in(open_page, sign_in, role, viewport=width, java_script_enabled=scripts)
        for role in (Role.OFFICER, Role.SPO)
    )
    they_want_to_travel(officer, look)
    a_senior_decides(senior, look)
    a_victim_is_in_contact(officer, look)
    site.execute(MOVED_TODAY, CASE)
    they_are_arrested(officer)
    both_are_told(officer, look)
    they_are_asked(officer, look)
    senior.page.goto(f"/cases/{CASE}/welfare/")
    expect(senior.page.get_by_text("“It would be easier for everybody.”")).to_be_visible()
    look(senior.page)


def they_want_to_travel(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("Nationality, the Home Office and travel abroad")
    look(officer.page)
    officer.press("They ask to travel")
    look(officer.page)
    officer.fill("where", "Gdańsk, Poland")
    officer.fill("why", "Her grandmother’s funeral")
    officer.fill("from_on", "tomorrow")
    officer.fill("to_on", "tomorrow")
    officer.press("Ask for it")
    expect(officer.page.get_by_text("Waits for a senior probation officer")).to_be_visible()
    look(officer.page)


def a_senior_decides(senior, look):
    senior.page.goto("/travel/")
    look(senior.page)
    row = senior.page.get_by_role("row").filter(has_text=CASE).filter(has_text="Gdańsk, Poland")
    row.get_by_role("link", name="Decide").click()
    senior.page.wait_for_url("**/decide/")
    look(senior.page)
    senior.press("Decide", exact=True)  # with nothing said
    expect(senior.page.get_by_text("There is a problem")).to_be_visible()
    senior.choose("decision", "Yes, they may travel")
    senior.fill("because", "Every appointment was kept, and nobody could be hurt there.")
    senior.press("Decide", exact=True)
    expect(senior.page.get_by_role("heading", name="Gdańsk, Poland")).to_be_visible()
    look(senior.page)


def a_victim_is_in_contact(officer, look):
    officer.page.goto(f"/cases/{CASE}/raise/")
    officer.choose("kind", "A flag")
    officer.select("register", "Victim contact")
    officer.choose("part", "Source of harm")
    officer.fill("because", "The victim liaison unit rang: the victim has asked to be told.")
    officer.press("Raise it now")
    officer.page.goto(f"/cases/{CASE}/victim-liaison/")
    expect(officer.page.get_by_text("Nobody is recorded, and victim contact is registered")).to_be_visible()  # fmt: skip
    look(officer.page)
    officer.press("Say who it is")
    look(officer.page)
    officer.fill("officer", "P. Lee")
    officer.fill("unit", "Victim liaison unit, South East")
    officer.fill("reach", "01632 960 301")
    officer.press("Record them")
    expect(officer.page.get_by_text("Victim liaison unit, South East")).to_be_visible()


def they_are_arrested(officer):
    officer.page.goto(f"/cases/{CASE}/standing-still/record/")
    officer.choose("kind", "In custody")
    officer.fill("prison", "HMP Bullingdon")
    officer.fill("from_on", "today")
    officer.fill("source", "The custody sergeant rang")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_role("heading", name="In custody since")).to_be_visible()


def both_are_told(officer, look):
    officer.page.goto("/victim-liaison/")
    look(officer.page)
    rows = officer.page.get_by_role("row").filter(has_text=CASE)
    expect(rows.filter(has_text="Moved to another address")).to_have_count(1)
    expect(rows.filter(has_text="Recalled, or taken into custody")).to_have_count(1)
    officer.page.goto(f"/cases/{CASE}/victim-liaison/")
    look(officer.page)
    for what, said in (
        ("Moved to another address", "He has moved within Reading."),
        ("Recalled, or taken into custody", "He was arrested today and is in HMP Bullingdon."),
    ):
        waits = officer.page.get_by_role("region", name=what)
        Hands(officer.page, within=waits).press("Say that they were told")
        look(officer.page)
        officer.choose("how", "Telephone")
        officer.fill("said", said)
        officer.press("Record that they were told")
        expect(officer.page.get_by_text(said)).to_be_visible()
    expect(officer.page.get_by_text("Nothing waits now")).to_be_visible()
    look(officer.page)


def they_are_asked(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("Whether they think of harming themselves")
    look(officer.page)
    officer.choose("answer", "They have thoughts of it")
    officer.choose("moment", "Before a recall, or on custody")
    officer.press("Write it down", exact=True)  # without what was done
    expect(officer.page.get_by_text("tell somebody now").first).to_be_visible()
    look(officer.page)
    officer.fill("words", "It would be easier for everybody.")
    officer.fill("done", "The custody sergeant, PS Moore, has them on watch since 10:40.")
    officer.press("Write it down", exact=True)
    expect(officer.page.get_by_text("the senior probation officer has been told")).to_be_visible()
    expect(officer.page.get_by_text("that they have thoughts of harming themselves.")).to_be_visible()  # fmt: skip
    look(officer.page)
