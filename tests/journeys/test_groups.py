"""Groups as those meet them who have somebody in one: an officer whose man works and can come in the evening alone, and a
facilitator with a tablet.

Each is done on the pages, but for the evening series, which is planned by the service while the officer waits.
"""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_world_of_groups import make
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_interventions import looked_at
from tests.journeys.widths import DESKTOP, PHONE, TABLET

EVENINGS = (
    "Monday",
    "Wednesday",
    "Friday",
)  # Tuesdays and Thursdays another series that suits him is held
ONE_MORE_SERIES = """
import json
from tests.journeys.a_world_of_groups import an_evening_series
print("SERIES", json.dumps(an_evening_series()))
"""
WRITTEN = (
    "Dean works until five; it is done with him one to one on Thursdays until an evening is put on."
)


@pytest.fixture
def look(usable):
    """Each page on the way is usable, at the width of a telephone and of a desktop, and pictured where that is asked."""
    return lambda page, name: looked_at(page, usable, f"groups-{name}")


def test_a_man_who_works_waits_is_told_no_and_has_a_place_once_an_evening_is_planned(
    open_page, sign_in, look, site
):
    man = make(site, "somebody_in_work")
    case = f"/cases/{man['crn']}"
    officer = signed_in(
        open_page, sign_in, Role.OFFICER, viewport={"width": DESKTOP, "height": 900}
    )

    accepts_what_is_proposed(officer, man, look)
    records_his_week(officer, look)
    is_told_no(officer, case, look)
    a_senior_decides(signed_in(open_page, sign_in, Role.SPO), case, look)

    site.manage("shell", "-c", ONE_MORE_SERIES)
    keeps_and_gives_the_place(officer, case, look)

    officer.page.goto(f"{case}/appointments/")
    is_said(officer.page, "Making Amends")
    officer.page.goto(f"{case}/rar/")
    expect(officer.page.get_by_role("heading", name="What comes of the days left")).to_be_visible()
    look(officer.page, "rar")


def accepts_what_is_proposed(officer, man, look):
    """From what is due on his case, in one press once it is read.

    In My work it may stand beyond the fifty that are coming up first: it is due in five working days.
    """
    officer.page.goto(f"/cases/{man['crn']}/")
    due = officer.page.get_by_role("region", name="What is due")
    row = due.locator("[data-row]").filter(has_text="Answer the intervention that is proposed")
    row.get_by_role("link", name=re.compile("Answer it")).click()
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Answer what is proposed")
    look(officer.page, "answer")
    officer.page.goto(f"/cases/{man['crn']}/interventions/")
    look(officer.page, "proposed")
    officer.press("Accept it")
    expect(
        officer.page.get_by_text("They are on the waiting list of Making Amends")
    ).to_be_visible()
    look(officer.page, "accepted")


def records_his_week(officer, look):
    """On a telephone, as it is asked of him: evenings alone, and his work."""
    page = officer.page
    page.set_viewport_size({"width": PHONE, "height": 900})
    officer.press("When they can come", exact=True)
    officer.press("Record when they can come")
    look(page, "say-week")
    page.set_viewport_size({"width": PHONE, "height": 900})
    for weekday in EVENINGS:
        page.get_by_label(f"{weekday}, Evening", exact=True).check()
    page.get_by_label("By car").check()
    officer.press("Save what they said")
    expect(page.get_by_text("Recorded. From now on no group is offered")).to_be_visible()
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    officer.press("Add something they are tied to")
    officer.fill("words", "work")
    officer.choose("how_often", "Every week")
    officer.choose("weekday", "Wednesday")
    officer.fill("from_at", "8am")
    officer.fill("to_at", "5pm")
    look(page, "tied-to")
    officer.press("Add it")
    expect(page.get_by_role("row", name=re.compile("Work"))).to_contain_text("Wednesday")
    look(page, "week")


def is_told_no(officer, case, look):
    """What is planned is by day; it is put to the senior."""
    page = officer.page
    page.goto(f"{case}/interventions/places/")
    expect(page.get_by_role("heading", name="Nothing that is planned fits them")).to_be_visible()
    look(page, "no")
    officer.press("Put this to the senior")
    expect(page.get_by_text("It is put to the senior probation officer")).to_be_visible()
    look(page, "put")


def a_senior_decides(senior, case, look):
    page = senior.page
    page.goto(f"{case}/interventions/unmet/decide/")
    look(page, "decide")
    senior.press("Decide", exact=True)
    expect(page.get_by_text("There is a problem")).to_be_visible()
    senior.choose("decision", "A series is put on that fits")
    senior.fill("words", WRITTEN)
    senior.press("Decide", exact=True)
    expect(page.get_by_text("It is decided").first).to_be_visible()
    page.goto("/interventions/unmet/?decision=new_series")
    expect(page.get_by_role("link", name="Marsh, Dean")).to_be_visible()
    look(page, "unmet")
    page.get_by_role("navigation", name="Beside this page").get_by_role(
        "link", name="Waiting lists"
    ).click()
    look(page, "waiting-lists")
    page.get_by_role("link", name="Making Amends", exact=True).click()
    expect(page.get_by_role("link", name="Marsh, Dean")).to_be_visible()
    look(page, "waiting-list")


def keeps_and_gives_the_place(officer, case, look):
    page = officer.page
    page.goto(f"{case}/interventions/places/")
    expect(page.get_by_text("What can be offered, the best first")).to_be_visible()
    look(page, "offer")
    officer.press(re.compile("^Keep this place while you ask them"))
    look(page, "keep")
    officer.press("Keep this place")
    expect(page.get_by_text("The place is kept.")).to_be_visible()
    look(page, "kept")
    officer.press(re.compile("^Give them this place"))
    look(page, "give")
    officer.press("Give them this place")
    expect(page.get_by_text("They have the place, and its sessions are booked.")).to_be_visible()
    look(page, "given")
    page.goto(f"{case}/when-they-can-come/")
    expect(page.get_by_text("6 sessions to come")).to_be_visible()


@pytest.fixture
def evening(site):
    return make(site, "a_group_today")


def card(page, name):
    return page.locator("[data-row]").filter(has_text=name)


def fill_in(page, name, mark, **more):
    """On the card of one person. `more`: what else is filled in, by the name of the box."""
    one = card(page, name)
    one.get_by_label(mark, exact=True).check()
    for box, value in more.items():
        found = one.locator(f"[name$='-{box}']")
        if box == "excuse":
            found.select_option(index=1)
        else:
            found.fill(value)


def test_a_facilitator_keeps_the_register_on_a_tablet_and_the_officer_reads_it_the_same_minute(
    open_page, sign_in, look, evening
):
    page = open_page(viewport={"width": TABLET, "height": 1024}, has_touch=True)
    sign_in(page, Role.FACILITATOR)
    expect(page.get_by_role("heading", level=1)).to_have_text("My groups")
    look(page, "mine")
    page.set_viewport_size({"width": TABLET, "height": 1024})
    page.get_by_role("button", name=re.compile("^Open the register of Making Amends")).tap()
    expect(page.get_by_text("6 people: 6 still to be said.")).to_be_visible()
    look(page, "register")
    page.set_viewport_size({"width": TABLET, "height": 1024})
    for one in page.locator("main [data-row]").all():
        assert one.bounding_box()["height"] <= 1024, one.inner_text()

    fill_in(page, "Kim Alder", "Came and took part")
    fill_in(page, "Noel Birch", "Came and took part", late_minutes="1")
    fill_in(page, "Tom Hazel", "Did not come")
    fill_in(page, "Pat Rowan", "Absent with good reason", excuse="")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved for 4 people.")).to_be_visible()
    page.get_by_role("button", name="Save, and everybody not marked came and took part").tap()
    expect(page.get_by_text("Saved for 2 people.")).to_be_visible()
    look(page, "register-said")
    page.get_by_role("button", name="Save and send the register").click()
    expect(page.get_by_text("The register is sent.")).to_be_visible()
    look(page, "register-sent")

    came, _, _, missed, *_ = evening["people"]
    officer = open_page(viewport={"width": DESKTOP, "height": 900})
    sign_in(officer, Role.OFFICER)
    officer.goto(f"/cases/{came}/contacts/?appointments=on")
    is_said(officer, "Attended and complied")
    officer.goto(f"/cases/{came}/rar/")
    expect(officer.get_by_role("cell", name=re.compile("^1")).first).to_be_visible()
    look(officer, "rar-day")
    officer.goto(f"/cases/{missed}/contacts/?appointments=on")
    is_said(officer, "Did not attend")

    puts_a_slip_right(page, look)
    officer.reload()
    is_said(officer, "Attended and complied")


def is_said(page, words):
    """Of the session, in the case; the filter above the log names every outcome, folded away."""
    said = page.get_by_role("main").get_by_text(words)
    expect(said.filter(visible=True).first).to_be_visible()


def puts_a_slip_right(page, look):
    card(page, "Tom Hazel").get_by_role("button", name=re.compile("^Put")).click()
    look(page, "slip")
    page.get_by_label("Came and took part", exact=True).check()
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("Why is it put right?").fill(
        "He sat at the back, and I had marked his brother."
    )
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_text("it is put right, here and in their case")).to_be_visible()


def test_the_register_is_kept_without_a_script(open_page, sign_in, evening):
    page = open_page(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    sign_in(page, Role.FACILITATOR)
    page.get_by_role("button", name=re.compile("^Open the register of Making Amends")).click()

    fill_in(page, "Tom Hazel", "Did not come")
    page.get_by_role("button", name="Save, and everybody not marked came and took part").click()
    page.get_by_role("button", name="Save and send the register").click()

    expect(page.get_by_text("The register is sent.")).to_be_visible()


def test_a_session_that_cannot_be_held_is_called_off_in_one_press_without_a_script(
    open_page, sign_in, look, evening
):
    page = open_page(viewport={"width": TABLET, "height": 1024})
    sign_in(page, Role.FACILITATOR)
    page.goto(f"/groups/sessions/{evening['session']}/register/")
    page.get_by_role("link", name="call it off for everybody not marked").click()
    expect(page.get_by_text("For 6 people of whom nothing is said yet")).to_be_visible()
    look(page, "end-session")
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "end-session-why")

    bare = open_page(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    sign_in(bare, Role.FACILITATOR)
    bare.goto(f"/groups/sessions/{evening['session']}/register/end/")
    bare.get_by_label("Why?").fill("The room is flooded.")
    bare.get_by_role("button", name="Call it off").click()

    expect(bare.get_by_text("nobody who was not marked fails by it")).to_be_visible()
    expect(bare.get_by_text("Called off by us").first).to_be_visible()
    page.goto(f"/groups/sessions/{evening['session']}/register/")
    look(page, "register-ended")
