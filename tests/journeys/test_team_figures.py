"""A senior reads the figures of the team: every kind of number opens its list, a list is kept and shared, teams stand side by side."""

import re

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.widths import PHONE, too_wide

FIGURES = reverse("team-figures")
FOOT = ".app-list-foot > p"


def first_numbers(page):
    """{address of a list: the number that leads to it}, the first of each table."""
    found = {}
    for table in page.get_by_role("main").get_by_role("region").all():
        link = table.get_by_role("link").first
        if link.count():
            text = link.inner_text()
            found[link.get_attribute("href")] = int(re.match(r"[\d,]+", text)[0].replace(",", ""))
    return found


def said(page):
    """How many its foot says that the list holds."""
    return int(page.locator(FOOT).first.inner_text().split()[0].replace(",", ""))


def on_paper(page, path):
    """The words of the page as it is printed."""
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    return " ".join(sheet.extract_text() for sheet in PdfReader(path).pages)


def test_numbers_of_every_table_open_lists_of_as_many(page, sign_in, usable):
    sign_in(page, Role.SPO)
    page.goto(reverse("team-board"))
    page.get_by_role("main").get_by_role("link", name="Figures", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Figures of")
    usable(page)

    numbers = first_numbers(page)

    assert len(numbers) > 5
    for address, number in numbers.items():
        page.goto(address)
        assert said(page) == number, address
    for of in ("service", "place"):
        page.goto(f"{reverse('team-waits')}?of={of}")
        usable(page)


def test_a_list_is_kept_under_a_name_shared_and_put_away(page, sign_in, usable):
    sign_in(page, Role.SPO)
    page.goto(f"{reverse('team-owed')}?show=late&harm=a")
    page.goto(reverse("saved-views"))
    usable(page)
    page.get_by_label("What will you call it?").fill("Late and could hurt")
    page.get_by_role("button", name="Save this view").click()
    expect(page.get_by_text("“Late and could hurt” is saved.")).to_be_visible()
    usable(page)

    page.get_by_role("button", name="Share Late and could hurt").click()
    expect(page.get_by_role("row", name="Late and could hurt")).to_contain_text("You and your team")
    page.goto(FIGURES)
    page.get_by_role("link", name="Late and could hurt").click()
    expect(page).to_have_url(re.compile(re.escape(reverse("team-owed")) + r"\?.*harm=a"))

    page.goto(reverse("saved-views"))
    page.get_by_role("button", name="Remove Late and could hurt").click()
    expect(page.get_by_text("“Late and could hurt” is removed.")).to_be_visible()
    expect(page.get_by_role("row", name="Late and could hurt")).to_have_count(0)


def test_teams_stand_side_by_side_without_scripts_on_a_phone_and_on_paper(
    open_page, sign_in, tmp_path
):
    page = open_page(viewport=DESKTOP, java_script_enabled=False)
    sign_in(page, Role.HEAD)
    page.goto(FIGURES)
    page.get_by_role("link", name="Teams side by side").first.click()
    heads = page.get_by_role("region", name="Interim plans, by team").get_by_role("rowheader")
    names = [name for name in heads.all_inner_texts() if name != "No team"]  # which comes last
    assert len(names) > 1
    assert names == sorted(names)
    words = on_paper(page, tmp_path / "teams.pdf")
    assert "Teams side by side" in words
    assert "may be chance" in words
    assert too_wide(page) == []
    page.goto(FIGURES)
    assert "Interim plans" in on_paper(page, tmp_path / "figures.pdf")


def test_on_a_phone_columns_of_teams_keep_one_head_and_the_name_of_the_team_stays_in_sight(
    open_page, sign_in
):
    page = open_page(viewport={"width": PHONE, "height": 900}, java_script_enabled=False)
    sign_in(page, Role.HEAD)
    page.goto(reverse("team-compare"))

    table = page.get_by_role("region", name="Unpaid work to look into, by team")
    table.scroll_into_view_if_needed()
    team = table.get_by_role("rowheader").first
    before = team.bounding_box()["x"]
    moved = table.evaluate("region => (region.scrollLeft = 200, region.scrollLeft)")

    expect(table.get_by_role("columnheader").first).to_be_visible()
    assert moved == 200
    assert team.bounding_box()["x"] == before
    labels = table.locator("td").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert labels == "none"
