"""A senior's Monday on the board of the team: from a figure to its list and on to the case; a list kept and shared with a colleague."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands

HURT = "Somebody could be hurt"
VIEW = "Late on Mondays"


def number_of(words):
    return int(re.search(r"[\d,]+", words).group().replace(",", ""))


def said(page):
    """How many the foot of a list says that it holds."""
    return number_of(page.locator(".app-list-foot > p").first.inner_text())


def figure(page, title):
    """The row of a figure, and its number."""
    row = page.locator("[data-row]").filter(
        has=page.get_by_role("rowheader", name=title, exact=True)
    )
    link = row.first.get_by_role("link").first
    return link, number_of(link.inner_text())


def test_a_senior_goes_from_a_figure_to_its_list_and_on_to_the_case(page, sign_in, usable):
    sign_in(page, Role.SPO)
    page.goto(reverse("team-board"))
    Hands(page).press("Figures", exact=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Figures of Oxford 1")
    usable(page)

    link, number = figure(page, HURT)
    assert number > 0
    link.click()
    page.wait_for_load_state()

    expect(page.get_by_role("heading", level=1)).to_have_text("What is owed")
    assert said(page) == number
    usable(page)
    row = page.locator("[data-row]").first
    crn = row.locator(".app-person-crn").inner_text()
    row.get_by_role("link", name=re.compile(".+")).first.click()
    page.wait_for_load_state()
    expect(page.get_by_text(crn).first).to_be_visible()


def test_a_senior_keeps_a_list_and_shares_it_and_a_colleague_finds_it(
    open_page, sign_in, join_staff, usable
):
    senior, other = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    join_staff("asha.rowe", Role.SPO, team="C16OXP", first_name="Asha", last_name="Rowe")
    sign_in(senior, Role.SPO)
    senior.goto(reverse("team-owed") + "?harm=a&show=late")
    kept = said(senior)
    senior.goto(reverse("saved-views"))
    assert "harm=a" in senior.get_by_label("Which list?").input_value()
    senior.get_by_label("What will you call it?").fill(VIEW)
    senior.get_by_label("Share it with my team").check()
    senior.get_by_role("button", name="Save this view").click()
    senior.wait_for_load_state()
    expect(senior.get_by_text(f"“{VIEW}” is saved")).to_be_visible()
    usable(senior)

    sign_in(other, "asha.rowe")
    other.goto(reverse("team-board"))
    other.get_by_role("link", name=VIEW).first.click()
    other.wait_for_load_state()

    expect(other.get_by_role("heading", level=1)).to_have_text("What is owed")
    shown = said(other)
    other.goto(reverse("team-owed") + "?harm=a&show=late")
    assert (
        said(other) == shown
    )  # what they see by themselves: somebody is let in to a case that others are kept from
    assert 0 < shown <= kept
    senior.goto(reverse("saved-views"))
    senior.get_by_role("button", name=re.compile(f"Stop sharing *{VIEW}")).click()
    senior.wait_for_load_state()
    other.goto(reverse("saved-views"))
    expect(other.get_by_text(VIEW)).to_have_count(0)
