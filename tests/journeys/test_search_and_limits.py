"""Finding somebody, and what is seen of a case that is kept from the reader."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role

CRN = re.compile(r"[A-Z]\d{6}")
NAMED = re.compile(r"^[^,]+, [^,]+$")  # a person, as lists name them


def search(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("search").get_by_role("button", name="Search").click()


@pytest.fixture
def kept_crns(page, sign_in):
    """Cases whose access is limited, as the hub's list of everybody masks them."""
    sign_in(page, Role.HUB)
    page.goto("/caseload/?whose=all")
    while page.locator(".app-masked").count() == 0:
        page.get_by_role("link", name="Next").click()
        page.wait_for_load_state()
    rows = page.locator(".app-masked").all_inner_texts()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    return [CRN.search(row).group() for row in rows]


def test_a_name_finds_its_people_and_stands_in_no_address(page, sign_in, axe):
    sign_in(page, Role.OFFICER)
    first = page.locator("[data-row]").get_by_role("link", name=NAMED).first
    surname, crn = first.inner_text().split(",")[0], CRN.search(first.get_attribute("href")).group()

    search(page, surname)

    found = page.get_by_role("region", name="People found")
    expect(found).to_contain_text(crn)
    assert surname.lower() not in page.url.lower()
    axe(page)
    found.locator("[data-row]").filter(has_text=crn).get_by_role("link").click()
    expect(page).to_have_title(re.compile(crn))


def test_a_search_that_finds_nobody_says_what_to_try(page, sign_in):
    sign_in(page, Role.OFFICER)

    search(page, "Zzyzx")

    expect(page.get_by_text("Check the spelling, or use the CRN")).to_be_visible()


def test_a_kept_case_shows_its_masked_row_and_its_address_refuses(page, sign_in, kept_crns, axe):
    crn = kept_crns[0]
    sign_in(page, Role.HUB)

    search(page, crn)

    expect(page.locator(".app-masked")).to_contain_text(crn)
    expect(page.locator("[data-row]").get_by_role("link")).to_have_count(0)
    refusal = page.goto(f"/cases/{crn}/")
    assert refusal.status == 403
    expect(page.get_by_role("heading", name="You cannot see this")).to_be_visible()
    expect(page.get_by_text(re.compile(r"limited.* Ask "))).to_be_visible()
    axe(page)


def test_a_restricted_case_opens_in_emergency_once_a_reason_is_given(page, sign_in, kept_crns, axe):
    sign_in(page, Role.OFFICER)
    for crn in kept_crns:
        page.goto(f"/cases/{crn}/")
        if page.get_by_role("link", name="open the case in emergency").count():
            break
    page.get_by_role("link", name="open the case in emergency").click()
    page.get_by_role("button", name="Open the case and tell them").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)

    page.get_by_label("Why must you see this case now?").fill("A threat rung in; nobody answers.")
    page.get_by_role("button", name="Open the case and tell them").click()

    expect(page.get_by_text("You may see this case until")).to_be_visible()
    expect(page).to_have_title(re.compile(crn))
