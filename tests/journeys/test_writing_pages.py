"""The pages on which assessments and plans are written and decided, at each width, and those on paper."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.assessing import ALAN
from tests.journeys.axe import bring
from tests.journeys.widths import WIDTHS, too_wide

TWO_CHILDREN, ROUTE, WAITS_FOR_DECISION = "T100021", "T100025", "T100008"
WRITTEN = (
    "assessment/",
    "assess/",
    "assess/part/offending/",
    "assess/part/needs/",
    "assess/area/drugs/",
    "assess/part/self/",
    "assess/part/engagement/",
    "assess/part/patterns/",
    "assess/part/harm/",
    "assess/part/domestic_abuse/",
    "assess/part/management/",
    "assess/sign/",
    "assess/give-up/",
    "could-be-hurt/",
    "could-be-hurt/add/",
    "overrides/ask/",
    "plan/",
    "plan/write/",
    "plan/objectives/add/",
    "plan/if/add/",
    "plan/requirements/",
    "plan/said/contact/",
    "plan/said/family/",
    "plan/said/person/",
    "plan/agreement/",
    "plan/sign/",
    "plan/give-up/",
)
OFFICERS = (
    *(f"/cases/{ALAN}/{page}" for page in WRITTEN),
    f"/cases/{TWO_CHILDREN}/assessment/",
    f"/cases/{ROUTE}/plan/",
)
SENIORS = (
    "/overrides/",
    "/content/",
    "/routes/",
    "/policy/of/assessing/",
    f"/cases/{ROUTE}/sentence/",
    f"/cases/{ROUTE}/plan/",
    f"/cases/{ROUTE}/routes/take-away/",
)


@pytest.mark.parametrize(
    ("role", "addresses"),
    [(Role.OFFICER, OFFICERS), (Role.SPO, SENIORS)],
    ids=["officer", "senior"],
)
def test_every_page_of_writing_and_deciding_can_be_used_by_everybody_at_each_width(
    page, sign_in, axe, role, addresses
):
    bring(page)
    sign_in(page, role)
    for address in addresses:
        page.goto(address)
        assert page.url.endswith(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
        assert too_wide(page) == [], address


@pytest.mark.parametrize("address", ["assess/sign/", "assess/part/harm/", "plan/sign/"])
def test_what_is_written_is_on_paper_with_its_crn_and_nothing_to_press(page, sign_in, address):
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{ALAN}/{address}")

    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    page.emulate_media(media="print")

    assert all(ALAN in sheet.extract_text() for sheet in paper.pages)
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_officers_own_copy_of_an_assessment_is_a_file_with_its_crn(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{TWO_CHILDREN}/assessment/")
    page.get_by_role("link", name="Read the whole of it").click()
    href = page.get_by_role("link", name="Print it (PDF)").get_attribute("href")

    answer = page.request.get(href)

    paper = PdfReader(io.BytesIO(answer.body()))
    assert all(TWO_CHILDREN in sheet.extract_text() for sheet in paper.pages)
    assert "Risk of serious harm" in " ".join(sheet.extract_text() for sheet in paper.pages)


def test_a_request_to_go_ahead_is_decided_on_a_page_that_shows_all_of_it(page, sign_in, usable):
    sign_in(page, Role.SPO)
    page.goto("/overrides/")
    page.get_by_role("row", name=WAITS_FOR_DECISION).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="What is missing")).to_be_visible()
    usable(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", name="The request")).to_be_visible()
    usable(page)
