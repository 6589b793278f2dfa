"""My work: a senior's list that ends, a row done and the way back to it, and the loop behind its numbers."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role

ENDS_AT = 20


def rows(page, caption):
    return page.get_by_role("region", name=caption, exact=True).locator("[data-row]")


def test_a_seniors_list_ends_and_each_row_leads_to_its_page_and_back(page, sign_in, axe):
    sign_in(page, Role.SPO)
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()
    axe(page)
    today = rows(page, "Today and late")
    assert 0 < today.count() <= ENDS_AT
    person = today.first.get_by_role("rowheader").get_by_role("link")
    crn = today.first.get_attribute("id")

    person.click()
    expect(page).to_have_url(re.compile(f"/cases/{crn}/$"))
    page.get_by_role("navigation", name="Back").get_by_role("link", name="My work").click()

    expect(page).to_have_url(re.compile(f"{reverse('my-work')}#{crn}$"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUB, Role.HEAD], ids=str)
def test_the_first_row_of_my_work_is_done_on_the_page_it_leads_to(page, sign_in, axe, role):
    sign_in(page, role)
    page.goto(reverse("my-work"))
    axe(page)
    action = page.get_by_role("main").locator(".app-due__next a").first

    action.click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not page.url.endswith(reverse("my-work"))


def test_a_figure_of_the_loop_opens_as_many_people_as_it_says(page, sign_in, axe):
    sign_in(page, Role.HEAD)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="The loop").click()
    axe(page)
    missing = (
        page.get_by_role("row", name="Answered, analysed and acted on").get_by_role("link").last
    )
    number = missing.inner_text().split()[0]

    missing.click()

    expect(page.get_by_text(re.compile(rf"^{number} (people|person)$")).first).to_be_visible()
