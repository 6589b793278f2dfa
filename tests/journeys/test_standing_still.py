"""A warrant goes out, the police are asked, an arrest leads into custody; and somebody dies, who must hear does, a mistake is undone."""

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"
PAGE = f"/cases/{CASE}/standing-still/"
DEATH = f"/cases/{CASE}/death/"


@SCRIPTS
def test_somebody_vanishes_is_found_in_custody_and_is_thought_to_have_died(
    open_page, sign_in, usable, scripts
):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    officer, senior = (
        signed_in(open_page, sign_in, role, viewport=width, java_script_enabled=scripts)
        for role in (Role.OFFICER, Role.SPO)
    )
    a_warrant_goes_out(officer, look)
    the_police_answer(officer, look)
    the_senior_sees_it(senior, look)
    found_in_custody(officer, look)
    they_have_died(officer, look)
    who_has_heard(senior, look)
    it_was_a_mistake(senior, look)

    expect(senior.page.get_by_text("the case is open again")).to_be_visible()
    expect(senior.page.get_by_text("In custody since").first).to_be_visible()


def a_warrant_goes_out(officer, look):
    officer.page.goto(f"/cases/{CASE}/")
    officer.press("They cannot be seen: a warrant, prison, hospital")
    look(officer.page)
    officer.press("Record that they cannot be seen")
    look(officer.page)
    officer.press("Record it")  # with nothing said
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    officer.choose("kind", "Warrant out")
    officer.fill("from_on", "today")
    officer.fill("source", "The court’s list of warrants, by e-mail")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("The police are to be asked by").first).to_be_visible()
    expect(officer.page.get_by_text("Who could be hurt while nobody knows where they are?")).to_be_visible()  # fmt: skip
    look(officer.page)


def the_police_answer(officer, look):
    officer.press("Say what they answered")
    look(officer.page)
    officer.fill("asked", "Thames Valley Police, PC Lowe")
    officer.fill("said", "Not arrested. Not at the address on Tuesday.")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("Not at the address on Tuesday.")).to_be_visible()
    officer.page.goto(f"/cases/{CASE}/contacts/")
    expect(officer.page.get_by_text("Warrant out since").first).to_be_visible()
    look(officer.page)


def the_senior_sees_it(senior, look):
    senior.page.goto("/movements/standing-still/")
    look(senior.page)
    expect(senior.page.get_by_role("row").filter(has_text=CASE)).to_contain_text("Warrant out")


def found_in_custody(officer, look):
    officer.page.goto(PAGE)
    officer.press("Say that it is over")
    look(officer.page)
    officer.fill("to_on", "today")
    officer.fill("because", "Arrested in Reading and remanded. Thames Valley Police rang.")
    officer.choose("now_as", "In custody")
    officer.fill("prison", "HMP Bullingdon")
    officer.press("It is over")
    expect(officer.page.get_by_role("heading", name="In custody since")).to_be_visible()
    officer.press("Put it right")
    look(officer.page)


def they_have_died(officer, look):
    officer.page.goto(DEATH)
    look(officer.page)
    officer.press("Record that they have died")
    look(officer.page)
    officer.fill("told_by", "The prison’s duty governor, by telephone")
    officer.choose("in_custody", "Yes")
    officer.choose("sure", "Yes")
    officer.press("Record that they have died")
    expect(officer.page.get_by_role("heading", name="Who has to hear of it")).to_be_visible()
    look(officer.page)


def who_has_heard(senior, look):
    senior.page.goto(DEATH)
    family = "Say that they have heard of it: Family, or whoever was closest to them"
    senior.press(family)
    look(senior.page)
    senior.choose("heard", "Yes")
    senior.fill("on", "today")
    senior.fill("words", "The prison’s family liaison officer spoke to his mother at 2pm.")
    senior.press("Record it", exact=True)
    expect(senior.page.get_by_text("spoke to his mother at 2pm")).to_be_visible()
    senior.press("Put this right, or add to it")
    look(senior.page)


def it_was_a_mistake(senior, look):
    senior.page.goto(DEATH)
    senior.press("It was a mistake: they are alive")
    look(senior.page)
    senior.fill("because", "The prison rang: it was a man of the same name.")
    senior.press("Undo it")
