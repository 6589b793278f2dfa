"""A project from nothing to its map, by its coordinator; the same page for a supervisor, who is told less.

Every page by keyboard names, at each width, without a finding of axe; the sheet for courts on paper.
"""

import io
import os
import re
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.widths import DESKTOP, PHONE, WIDTHS, too_wide

PICTURES = os.environ.get("PICTURES")
KEPT = ("refuge", "Refuge", "Qzxelm", "471900", "173300")


def looked_at(page, axe, name=""):
    """At every width: axe without a finding, nothing to be moved sideways."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        if PICTURES and name and width in (DESKTOP, PHONE):
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert too_wide(page) == [], page.url
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def add_for_whom(page, axe):
    page.goto("/projects/")
    follow(page, "For whom work is done")
    looked_at(page, axe)
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Who are they?").fill("Friends of Prospect Park")
    page.get_by_label("Whom do we speak to?").fill("B. Khan")
    page.get_by_label("When was it agreed?").fill("yesterday")
    looked_at(page, axe, "beneficiary")
    press(page, "Add it")


def add_project(page, axe):
    page.goto("/projects/")
    page.get_by_role("button", name="Add a project").click()
    page.get_by_label("Code", exact=True).fill("P900")
    press(page, "Add it")
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    looked_at(page, axe, "project-errors")
    page.get_by_label("What is it called?").fill("Prospect Park")
    page.get_by_label("A group with our supervisor").check()
    page.get_by_label("For whom is it done?").select_option("Friends of Prospect Park")
    page.get_by_label("Grid reference of the site").fill("SU 71600 73500")
    page.get_by_label("Its first day").fill("1 May 2018")
    page.get_by_label("How many people does it hold at once?").fill("10")
    page.get_by_label("How many people to a supervisor, at most?").fill("5")
    page.get_by_label("Comes and goes").check()
    page.get_by_label("How is whoever is there reached otherwise?").fill("Landline in the lodge")
    page.get_by_label("What is done there?").fill("Clearing paths and mending fences.")
    page.get_by_label("Tasks", exact=True).fill("Clearing paths\nMending fences")
    page.get_by_label("What is it good for?").fill("Families use the park again.")
    press(page, "Add it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prospect Park")


def add_days(page, axe):
    follow(page, "Add a day")
    page.get_by_label("Tuesday").check()
    page.get_by_label("Its first day").fill("1 May 2018")
    page.get_by_label("From what time?").fill("9am")
    page.get_by_label("Until what time?").fill("4pm")
    looked_at(page, axe, "days")
    press(page, "Add it")


def look_at_site(page, axe):
    page.get_by_role("button", name="Record a safety check").click()
    page.get_by_label("When was it looked at?").fill("today")
    page.get_by_label("Hazard 1: what could hurt somebody?").fill("Uneven ground")
    press(page, "Record the check")
    expect(page.get_by_role("alert")).to_contain_text("Say what is done about hazard 1")
    page.get_by_label("Hazard 1: what is done about it?").fill("Boots, and a briefing")
    page.get_by_label("Power tools or plant").check()
    page.get_by_label("Where is first aid, and the nearest help?").fill("Kit in the van")
    page.get_by_label("By when is it looked at again?").fill("1 January 2027")
    looked_at(page, axe, "check")
    press(page, "Record the check")


def add_near(page, axe, who, what, where):
    follow(page, "Add who is near it")
    page.get_by_label(who).check()
    page.get_by_label("What is it called?").fill(what)
    page.get_by_label("Grid reference", exact=True).fill(where)
    looked_at(page, axe, "near")
    press(page, "Add it")


def add_way(page, axe):
    follow(page, "Add a way")
    page.get_by_label("What is this way called?").fill("From the station")
    page.get_by_label("How many people does the van seat?").fill("8")
    page.get_by_label("Stop 1: where?").select_option("Station forecourt (PU9)")
    page.get_by_label("Stop 1: at what time?").fill("8:30am")
    page.get_by_label("Points of the way").fill("471000, 175200\n471200, 174400\n471900, 173900")
    looked_at(page, axe, "way")
    press(page, "Add it")


def add_pick_up(page, axe):
    page.goto("/projects/pick-ups/")
    page.get_by_role("button", name="Add a pick-up point").click()
    page.get_by_label("Code", exact=True).fill("PU9")
    page.get_by_label("Where is it?").fill("Station forecourt")
    page.get_by_label("Grid reference", exact=True).fill("471000, 175200")
    looked_at(page, axe, "pick-up")
    press(page, "Add it")
    looked_at(page, axe, "pick-ups")


def test_a_project_is_put_in_whole_and_a_supervisor_is_told_of_no_refuge(
    open_page, page, sign_in, axe
):
    sign_in(page, Role.COORDINATOR)
    add_for_whom(page, axe)
    add_pick_up(page, axe)
    add_project(page, axe)
    here = page.url
    looked_at(page, axe, "project-bare")
    for part in (add_days, look_at_site):
        part(page, axe)
    add_near(page, axe, "A school, nursery or play area", "Park School", "SU 71800 73600")
    add_near(page, axe, "A refuge", "Qzxelm House", "471900, 173300")
    add_way(page, axe)
    expect(page.get_by_text("Qzxelm House").first).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("The ways there, north up"))).to_be_visible()
    looked_at(page, axe, "project")
    page.goto("/projects/")
    looked_at(page, axe, "projects")

    theirs = open_page()
    sign_in(theirs, Role.SUPERVISOR)
    theirs.goto(here)
    expect(
        theirs.get_by_role("cell", name="200 m east").or_(theirs.get_by_text("Park School")).first
    ).to_be_visible()
    looked_at(theirs, axe, "project-supervisor")
    assert not [word for word in KEPT if word in theirs.content()]
    expect(theirs.get_by_role("main").get_by_role("link", name="Change")).to_have_count(0)
    theirs.emulate_media(media="print")
    paper = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(theirs.pdf())).pages)
    assert "Uneven ground" in paper
    assert not [word for word in KEPT if word in paper]


def test_a_project_is_put_in_without_java_script(open_page, sign_in, axe):
    page = open_page(java_script_enabled=False)
    sign_in(page, Role.COORDINATOR)
    page.goto("/projects/for/add/")
    page.get_by_label("Who are they?").fill("Friends of Prospect Park")
    press(page, "Add it")
    page.goto("/projects/add/")
    page.get_by_label("Code", exact=True).fill("P901")
    page.get_by_label("What is it called?").fill("Canal path")
    page.get_by_label("A group with our supervisor").check()
    page.get_by_label("For whom is it done?").select_option("Friends of Prospect Park")
    page.get_by_label("Grid reference of the site").fill("471600, 173500")
    page.get_by_label("Its first day").fill("1 May 2018")
    page.get_by_label("How many people does it hold at once?").fill("10")
    page.get_by_label("How many people to a supervisor, at most?").fill("5")
    page.get_by_label("What is done there?").fill("Clearing the path.")
    page.get_by_label("Tasks", exact=True).fill("Clearing")
    press(page, "Add it")

    expect(page.get_by_role("heading", level=1)).to_have_text("Canal path")
    expect(page.get_by_text("needs two staff each day")).to_be_visible()


def test_the_sheet_for_courts_is_read_and_taken_as_a_file(page, sign_in, axe):
    sign_in(page, Role.QUALITY)
    page.goto("/projects/benefit/")
    looked_at(page, axe, "benefit")
    href = page.get_by_role("link", name="Download it to print or send (PDF)").get_attribute("href")

    answer = page.request.get(href)

    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages)
    assert "What unpaid work did" in paper
    assert "Numbers below 5 are not shown" in paper
