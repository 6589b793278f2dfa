"""Every page each role can reach: usable by everybody, at every width, by keyboard and on paper.

The pages are found by following links from home, one of each kind, so that a new page is walked too.
"""

import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.axe import bring
from tests.journeys.widths import DESKTOP, PHONE, WIDTHS, is_too_wide, too_wide

ALL_DAY = [Role.OFFICER, Role.SPO, Role.HUB, Role.HEAD]
FEWEST = 10  # kinds of page each of them reaches
FILES = re.compile(r"\.(csv|json)$|/documents/\d+/$|/paper/$|/copy/file/$|/letter/$|/pack/draft/$")
OF_ONE_CASE = re.compile(r"/cases/[A-Z0-9]+/")
OF_ONE_INTERVENTION = re.compile(r"^/interventions/(?!(?:booklet|waiting|unmet)/)\w+/")
NUMBER = re.compile(r"/\d+/")
PRESSES = 40
# Led to from home as well, but the first case met may have nothing that is being written, or signed
ALSO_BEGIN = {
    Role.OFFICER: [
        "/cases/T100001/assess/",
        "/cases/T100021/assessment/",
        "/cases/T100021/plan/write/",
        "/cases/T100015/plan/",
    ],
    Role.SPO: ["/cases/T100025/sentence/"],
}
MUST_BE_WALKED = {
    Role.OFFICER: {
        "/cases/CRN/assessment/",
        "/cases/CRN/assessments/0/",
        "/cases/CRN/assess/",
        "/cases/CRN/assess/sign/",
        "/cases/CRN/assess/part/patterns/",
        "/cases/CRN/could-be-hurt/add/",
        "/cases/CRN/overrides/ask/",
        "/cases/CRN/plan/",
        "/cases/CRN/interventions/",
        "/cases/CRN/plan/write/",
        "/cases/CRN/plan/objectives/add/",
        "/cases/CRN/plan/requirements/",
        "/cases/CRN/plan/sign/",
        "/cases/CRN/plans/0/copy/",
        "/cases/CRN/contact/",
        "/contact/",
        "/rar/",
        "/cases/CRN/contacts/record/",
        "/cases/CRN/appointments/0/",
        "/diary/outcomes/",
        "/cases/CRN/welfare/",
        "/cases/CRN/home-office/",
        "/cases/CRN/victim-liaison/",
        "/victim-liaison/",
        "/cases/CRN/ending/",
        "/movements/endings/",
        "/cases/CRN/agency-meetings/",
        "/cases/CRN/agency-meetings/record/",
        "/cases/CRN/court-requests/",
        "/cases/CRN/court-requests/record/",
        "/meetings/agencies/",
        "/courts/requests/",
        "/cases/CRN/standing-still/",
        "/cases/CRN/standing-still/record/",
        "/cases/CRN/death/",
        "/movements/standing-still/",
        "/today/rota/",
        "/today/fares/",
        "/cases/CRN/walk-ins/",
        "/cases/CRN/walk-ins/record/",
        "/cases/CRN/fares/",
        "/cases/CRN/fares/give/",
        "/cases/CRN/further-offence/",
        "/cases/CRN/further-offence/record/",
        "/cases/CRN/complaints/take/",
        "/cases/CRN/letters/",
        "/cases/CRN/enforcement/",
        "/cases/CRN/enforcement/failures/0/",
        "/cases/CRN/enforcement/failures/record/",
        "/policy/of/enforcement/",
        "/interventions/",
        "/interventions/CODE/",
        "/interventions/booklet/",
        "/interventions/waiting/",
        "/interventions/CODE/waiting/",
        "/groups/",
        "/cases/CRN/when-they-can-come/",
    },
    Role.HUB: {
        "/hub/queue/",
        "/hub/ages/",
        "/enforcement/measures/",
        "/enforcement/measures/people/",
        "/cases/CRN/enforcement/",
    },
    Role.SPO: {
        "/hub/queue/",
        "/hub/ages/",
        "/cases/CRN/enforcement/queue/0/",
        "/enforcement/measures/",
        "/overrides/",
        "/cases/CRN/overrides/0/decide/",
        "/cases/CRN/routes/0/",
        "/cases/CRN/routes/0/book/",
        "/content/",
        "/content/people/",
        "/contact/",
        "/contact/people/",
        "/rar/",
        "/routes/",
        "/further-offences/",
        "/complaints/",
        "/cases/CRN/complaints/",
    },
    Role.HEAD: {
        "/overrides/",
        "/content/",
        "/policy/of/assessing/",
        "/policy/of/enforcement/",
        "/policy/of/enforcement/new-version/",
        "/enforcement/equality/",
        "/enforcement/measures/",
        "/cases/CRN/enforcement/queue/0/",
        "/groups/",
        "/groups/0/",
        "/groups/plan/",
        "/groups/rooms/",
        "/groups/leaders/",
        "/groups/quarters/",
        "/interventions/unmet/",
        "/interventions/CODE/demand/",
    },
}


def kind_of(address):
    """The address without what tells one case or record from another."""
    path = OF_ONE_INTERVENTION.sub("/interventions/CODE/", urlsplit(address).path)
    return NUMBER.sub("/0/", OF_ONE_CASE.sub("/cases/CRN/", path))


def pages(page, also=()):
    """Opens one page of each kind that links lead to from here and those, and gives the address of each."""
    waiting = [page.url, *also]
    seen = {kind_of(address) for address in waiting}
    while waiting:
        address = waiting.pop(0)
        page.goto(address)
        yield address
        links = page.evaluate("[...document.links].map(link => link.href)")
        for link in links:
            here = urlsplit(link).netloc == urlsplit(page.url).netloc
            if here and kind_of(link) not in seen and not FILES.search(urlsplit(link).path):
                seen.add(kind_of(link))
                waiting.append(link)


@pytest.mark.parametrize("role", ALL_DAY, ids=str)
def test_every_page_of_those_who_work_here_all_day_can_be_used_by_everybody(
    page, sign_in, axe, role
):
    bring(page)
    sign_in(page, role)
    walked = set()

    for address in pages(page, ALSO_BEGIN.get(role, ())):
        walked.add(kind_of(address))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if width in (DESKTOP, PHONE):
                axe(page)
            assert not is_too_wide(page), (address, width)
        assert page.get_by_role("heading", level=1).count() == 1, address

    assert len(walked) > FEWEST
    assert MUST_BE_WALKED.get(role, set()) - walked == set()


@pytest.mark.parametrize("role", [role for role in Role if role not in ALL_DAY], ids=str)
def test_the_pages_where_everybody_else_begins_can_be_used_by_everybody(page, sign_in, axe, role):
    bring(page)
    sign_in(page, role)
    links = page.get_by_role("navigation", name="Main").get_by_role("link")
    begins = [page.url, *(link.get_attribute("href") for link in links.all())]

    for address in begins:
        page.goto(address)
        axe(page)
        assert too_wide(page) == [], address


def test_whatever_has_the_focus_can_be_seen_to_have_it(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.locator("[data-row]").first.get_by_role("link").first.click()

    for _ in range(PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last of them
        style = page.evaluate(
            "(({outlineStyle, boxShadow}) => [outlineStyle, boxShadow])"
            "(getComputedStyle(document.activeElement))"
        )
        assert style != ["none", "none"], page.evaluate("document.activeElement.outerHTML")


def test_a_case_on_paper_leads_with_safety_and_carries_its_crn(page, sign_in, tmp_path):
    sign_in(page, Role.OFFICER)
    page.locator("[data-row]").first.get_by_role("link").first.click()
    crn = OF_ONE_CASE.search(page.url).group().split("/")[2]

    paper = page.pdf(path=tmp_path / "case.pdf", format="A4")
    page.emulate_media(media="print")

    assert paper.startswith(b"%PDF")
    expect(page.locator(".app-print-crn")).to_be_visible()
    expect(page.locator(".app-print-crn")).to_have_text(crn)
    expect(page.get_by_role("region", name="Safety information")).to_be_visible()
    expect(page.get_by_text("Printed by")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_the_summary_of_a_case_prints_on_one_sheet(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.locator("[data-row]").first.get_by_role("link").first.click()
    crn = OF_ONE_CASE.search(page.url).group().split("/")[2]
    page.goto(f"/cases/{crn}/summary/")

    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
