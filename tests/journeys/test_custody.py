"""A stay in prison from reception to release: the dates reckoned, the day set by hand, who sees to them."""

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"


@SCRIPTS
def test_an_officer_records_a_stay_in_prison_to_its_end(open_page, sign_in, usable, scripts):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    officer = signed_in(
        open_page, sign_in, Role.OFFICER, viewport=width, java_script_enabled=scripts
    )
    they_are_in_prison(officer, look)
    the_screening(officer, look)
    the_dates(officer, look)
    another_day(officer, look)
    they_leave(officer, look)

    expect(officer.page.get_by_text("Say where they sleep tonight")).to_be_visible()
    expect(officer.page.get_by_text("Last day known")).to_be_visible()
    look(officer.page)


def they_are_in_prison(officer, look):
    officer.page.goto(reverse("custody", args=[CASE]))
    look(officer.page)
    officer.press("Record that they are in prison")
    look(officer.page)
    officer.press("Record it", exact=True)  # with no source
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    officer.fill("source", "Reception, by telephone")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("It is recorded. Reckon the dates next")).to_be_visible()
    expect(officer.page.get_by_text("No day of release is known")).to_be_visible()
    look(officer.page)


def the_screening(officer, look):
    officer.press("Record the screening")
    look(officer.page)
    officer.fill("on", "today")
    officer.fill("whom", "P. Okoro, Bullingdon")
    officer.press("Record the screening")
    expect(officer.page.get_by_text("P. Okoro, Bullingdon")).to_be_visible()


def the_dates(officer, look):
    officer.press("Reckon the dates")
    look(officer.page)
    officer.fill("sentenced_on_1", "today")
    for box in ("years_1", "weeks_1", "days_1"):
        officer.fill(box, "")
    officer.fill("months_1", "6")
    officer.fill("remand_days", "10")
    officer.press("Reckon the dates")
    expect(officer.page.get_by_text("The dates are reckoned")).to_be_visible()
    officer.page.get_by_text("How the dates were worked out").click()
    expect(officer.page.get_by_text("Days on remand")).to_be_visible()
    look(officer.page)


def another_day(officer, look):
    officer.press("Set the day of release")
    look(officer.page)
    officer.fill("on", "tomorrow")
    officer.choose("kind", "Another decision")
    officer.fill("because", "A court varied the sentence")
    officer.press("Set the day", exact=True)
    expect(officer.page.get_by_text("A court varied the sentence")).to_be_visible()
    look(officer.page)


def they_leave(officer, look):
    officer.press("They were released")
    look(officer.page)
    officer.press("Record the release")
