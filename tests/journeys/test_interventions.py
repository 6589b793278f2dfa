"""The catalogue from the main navigation: narrowed, opened, and told to a court on paper."""

import io
import os
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.widths import DESKTOP, PHONE

PICTURES = os.environ.get("PICTURES")


def looked_at(page, usable, name):
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        usable(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def open_catalogue(page):
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Interventions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Interventions")


def test_an_officer_finds_what_there_is_for_a_woman_and_what_it_asks(page, sign_in, usable):
    sign_in(page, Role.OFFICER)
    open_catalogue(page)
    expect(page.get_by_text("19 interventions")).to_be_visible()
    looked_at(page, usable, "interventions")

    page.get_by_text("Filter this list").click()
    page.get_by_label("Need that it meets").select_option("Emotional wellbeing")
    page.get_by_label("For", exact=True).select_option("A woman")
    page.get_by_label("Place", exact=True).select_option("Slough office")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("3 interventions")).to_be_visible()
    looked_at(page, usable, "interventions-narrowed")

    follow(page, "HEAL, one to one")
    expect(page.get_by_role("heading", name="Who may come")).to_be_visible()
    looked_at(page, usable, "intervention")
    follow(page, "HEAL")
    expect(page.get_by_role("heading", level=1)).to_have_text("HEAL")
    looked_at(page, usable, "intervention-of-a-group")
    page.go_back()
    page.go_back()

    page.get_by_role("link", name="Remove this filter: Place: Slough office").click()
    expect(page.get_by_text("4 interventions")).to_be_visible()
    page.goto("/interventions/?need=drugs")
    expect(page.get_by_text("Take a filter away to see more.")).to_be_visible()
    looked_at(page, usable, "interventions-none")
    follow(page, "Clear filters")
    expect(page.get_by_text("19 interventions")).to_be_visible()


def test_a_head_takes_the_booklet_for_sentencers_on_paper(page, sign_in, usable):
    sign_in(page, Role.HEAD)
    open_catalogue(page)
    follow(page, "Booklet for sentencers")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What a court may order, and what happens then"
    )
    looked_at(page, usable, "booklet")

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    href = page.get_by_role("link", name="Download it to print or send (PDF)").get_attribute("href")
    made = PdfReader(io.BytesIO(page.request.get(href).body())).pages

    for paper in (sheets, made):
        words = " ".join(" ".join(sheet.extract_text() for sheet in paper).split())
        for title in ("Building Better Relationships", "Thinking Skills Programme", "Resolve"):
            assert title in words
        assert "Download it" not in words
    assert len(sheets) <= 6
    assert len(made) <= 3


def test_a_facilitator_reads_it_without_java_script(open_page, sign_in):
    page = open_page(viewport={"width": PHONE, "height": 900}, java_script_enabled=False)
    sign_in(page, Role.FACILITATOR)
    expect(page.get_by_role("heading", level=1)).to_have_text("My groups")
    page.get_by_role("main").get_by_role("link", name="Interventions", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Interventions")

    page.get_by_text("Filter this list").click()
    page.get_by_label("Hook").select_option("Programme requirement of the order")
    page.get_by_role("button", name="Apply filters").click()

    expect(page.get_by_text("3 interventions")).to_be_visible()
    expect(
        page.get_by_role(
            "link", name="Remove this filter: Hook: Programme requirement of the order"
        )
    ).to_be_visible()
