"""An officer finds what suits somebody, why something does not, and what to find out before anything can be proposed."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.widths import DESKTOP, PHONE

ASSESSED = "T100003"  # signed; the court ordered Building Better Relationships
NOT_ASSESSED = "T100007"  # nothing is scored
INSIDE = "T100002"
WIDTH = pytest.mark.parametrize("width", [DESKTOP, PHONE])


@pytest.fixture
def officer(open_page, sign_in, width):
    hands = Hands(open_page(viewport={"width": width, "height": 900}))
    sign_in(hands.page, Role.OFFICER)
    return hands


def opened(officer, crn):
    officer.page.goto(f"/cases/{crn}/")
    officer.open("Pages of this case")
    navigation = officer.page.get_by_role("navigation", name="This case")
    navigation.get_by_role("link", name="Interventions", exact=True).click()
    officer.page.wait_for_load_state()
    expect(officer.page.get_by_role("heading", level=1, name="Interventions")).to_be_visible()
    return officer.page


@WIDTH
def test_an_officer_sees_what_suits_and_why_the_rest_does_not(officer, usable, width):
    page = opened(officer, ASSESSED)
    expect(page.get_by_role("heading", name=re.compile("Proposed: "))).to_be_visible()
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    expect(page.get_by_role("heading", name="The first 60 days")).to_be_visible()
    usable(page)

    hidden = page.get_by_role("link", name="HEAL", exact=True)
    expect(hidden).not_to_be_visible()  # folded away
    page.get_by_text(re.compile("^Show the .* not suit, and why$")).click()
    expect(hidden).to_be_visible()
    expect(page.get_by_text("For women: they are recorded as a man.").first).to_be_visible()
    page.locator("summary").filter(has_text="Each criterion of HEAL").first.click()
    row = page.get_by_role("region", name="Criteria of HEAL", exact=True).get_by_role("row")
    expect(row.filter(has_text="For women, or for men")).to_contain_text("Not met")
    usable(page)

    hidden.click()
    expect(page.get_by_role("heading", level=1, name="HEAL")).to_be_visible()


@WIDTH
def test_an_officer_is_led_from_what_nobody_has_recorded_to_where_it_is_recorded(
    officer, usable, width
):
    page = opened(officer, NOT_ASSESSED)
    expect(page.get_by_role("heading", name="Nothing is proposed yet")).to_be_visible()
    asked = page.get_by_role("listitem").filter(has_text="Nobody has scored thinking and behaviour")
    expect(asked).to_have_count(1)
    usable(page)

    asked.get_by_role("link", name="Assessment").click()
    expect(page).to_have_url(re.compile(f"/cases/{NOT_ASSESSED}/assessment/$"))


@WIDTH
def test_somebody_in_custody_is_told_of_in_words_and_led_to_their_release(officer, usable, width):
    page = opened(officer, INSIDE)
    expect(page.get_by_text("They are in custody.")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Proposed: "))).to_have_count(0)
    usable(page)

    page.get_by_role("main").get_by_role("link", name="Release", exact=True).click()
    expect(page).to_have_url(re.compile(f"/cases/{INSIDE}/release/$"))
