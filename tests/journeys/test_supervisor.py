"""The supervisor's day, on a tablet and on a telephone: their session, its sheet, who came and how they left, what
happened, and off the site. With the presses that each person on the register takes.
"""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_working_week import LONG_NAME, NEVER, make_week
from tests.journeys.hands import Hands
from tests.journeys.keyboard import tab_to
from tests.journeys.test_day_sheet import in_two_months
from tests.journeys.test_officer import fits
from tests.journeys.widths import PHONE, TABLET

SCREEN = {PHONE: 800, TABLET: 1024}  # how high theirs is
FEWEST = {"here": 1, "leaves": 7, "leaves like the one before": 4, "did not come": 2}  # presses
CAME_AT = "12:01am"  # this session began a minute after midnight


@pytest.fixture
def week(site):
    return make_week(site)


def read_the_sheet(page, looked_at):
    """From home, to everybody read."""
    page.get_by_role("link", name=re.compile("The long meadow")).first.click()
    looked_at(page)
    page.get_by_role("button", name="Read the day sheet").click()
    expect(page.get_by_text(NEVER)).to_be_visible()
    looked_at(page)
    while (button := page.get_by_role("button", name=re.compile("I have read this"))).count():
        button.first.click()
        page.wait_for_load_state()
    expect(page.get_by_text("You have read all of it.")).to_be_visible()
    looked_at(page)


def each_person_on_one_screen(page, high):
    for card in page.locator("main article").all():
        assert card.bounding_box()["height"] <= high, card.inner_text()


def row(page, name):
    return page.locator("[data-row]").filter(has_text=name).first


def here(page, name):
    """Counted from the register."""
    hands = Hands(page, within=row(page, name))
    hands.press("Here")
    expect(row(page, name)).to_contain_text("Here since")
    return hands.pressed


def leaves(page, name, looked_at, *, first=False, **said):
    """Counted from the register to the register. The arrival is put right, because this day is a minute old."""
    hands = Hands(page)
    row(page, name).get_by_role("button", name=re.compile("^Leaves")).click()
    looked_at(page)
    page.locator("#id_arrived_at").fill(CAME_AT)
    if first:
        hands.choose("task", "Clearing paths")
        hands.choose("skills", "Gardening and grounds")
    else:
        expect(page.get_by_label("Clearing paths")).to_be_checked()  # as of whoever left before
    for field, option in said.items():
        hands.choose(field, option)
    hands.press("Save and next")
    expect(row(page, name)).to_contain_text("credited")
    return hands.pressed + hands.answered + 1


def sent_home(page, name, looked_at):
    """Not before it is said how they behaved, and why."""
    row(page, name).get_by_role("button", name=re.compile("^Leaves")).click()
    page.get_by_label("Sent home for their behaviour").check()
    page.locator("#id_arrived_at").fill(CAME_AT)
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looked_at(page)
    Hands(page).choose("behaviour", "Poor")
    page.get_by_label("Note", exact=True).fill("Threw stones at the fence after two warnings.")
    page.get_by_role("button", name="Save and next").click()
    expect(row(page, name)).to_contain_text("Sent home for their behaviour")


def did_not_come(page, name, looked_at):
    hands = Hands(page)
    row(page, name).get_by_role("button", name=re.compile("^Did not come")).click()
    looked_at(page)
    hands.press("They did not come")
    expect(row(page, name)).to_contain_text("Did not attend")
    return hands.pressed + 1


def report(page, looked_at):
    page.get_by_role("button", name="Report something").click()
    looked_at(page)
    page.get_by_label("Something nearly happened").check()
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and missed us.")
    page.get_by_role("group", name="Could somebody be hurt?").get_by_label("Yes").check()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("The coordinators have been told.")).to_be_visible()
    looked_at(page)


def be_watched_for(page, looked_at):
    page.get_by_role("button", name="Watch for me").click()
    expect(page.get_by_text("the coordinators are told")).to_be_visible()
    looked_at(page)


def off_the_site(page, looked_at):
    page.get_by_role("button", name=re.compile("I am off the site and all right")).first.click()
    expect(page.get_by_text("is off the site and all right")).to_be_visible()
    looked_at(page)


@pytest.mark.parametrize("width", [TABLET, PHONE])
def test_a_supervisor_keeps_the_register_of_a_day_from_the_sheet_to_the_end(
    open_page, sign_in, usable, week, width
):
    page = open_page(viewport={"width": width, "height": SCREEN[width]})
    sign_in(page, Role.SUPERVISOR)
    expect(page.get_by_role("heading", level=1)).to_have_text("My sessions")
    usable(page)
    read_the_sheet(page, usable)
    each_person_on_one_screen(page, SCREEN[width])
    page.get_by_role("link", name="Open the register").click()
    usable(page)

    be_watched_for(page, usable)
    for name in ("Alder", "Birch", "Hazel"):
        assert here(page, name) == FEWEST["here"]
    took = leaves(page, "Alder", usable, first=True, quality="Good", behaviour="Excellent")
    assert took == FEWEST["leaves"] - 1
    took = leaves(page, "Birch", usable, quality="Good", behaviour="Good")
    assert took == FEWEST["leaves like the one before"]
    sent_home(page, "Hazel", usable)
    assert did_not_come(page, LONG_NAME[0], usable) == FEWEST["did not come"]
    assert did_not_come(page, "Rowan", usable) == FEWEST["did not come"]
    report(page, usable)
    off_the_site(page, usable)
    page.get_by_role("button", name="Close the register").click()
    expect(page.get_by_text("The register is closed.")).to_be_visible()
    usable(page)


def test_a_sheet_that_says_something_else_shuts_the_register_until_it_is_read_again(
    open_page, sign_in, usable, week
):
    page, officer = open_page(viewport={"width": TABLET, "height": 1024}), open_page()
    sign_in(page, Role.SUPERVISOR)
    read_the_sheet(page, usable)
    page.get_by_role("link", name="Open the register").click()
    expect(page.get_by_role("button", name=re.compile("^Here")).first).to_be_visible()

    sign_in(officer, Role.OFFICER)
    officer.goto(f"/cases/{week['people'][1]}/unpaid-work/instructions/")
    officer.get_by_role("link", name=re.compile("Write it anew")).click()
    officer.get_by_label("What must the supervisor not allow?").fill("No blade, hammer or rope.")
    officer.get_by_label("When is it looked at again?").fill(in_two_months())
    officer.get_by_role("button", name="Save it").click()
    expect(officer.get_by_text("No blade, hammer or rope.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Read the day sheet and say that you have")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Here"))).to_have_count(0)
    usable(page)
    page.get_by_role("button", name="Read the day sheet").click()
    expect(page.get_by_text("Still to be read: 1 person.")).to_be_visible()
    expect(page.get_by_text("No blade, hammer or rope.")).to_be_visible()
    page.get_by_role("button", name=re.compile("I have read this")).click()
    page.get_by_role("link", name="Open the register").click()
    expect(page.get_by_role("button", name=re.compile("^Here")).first).to_be_visible()


def test_the_session_of_another_team_is_on_no_list_and_at_no_address(page, sign_in, week):
    sign_in(page, Role.SUPERVISOR)
    expect(page.get_by_role("main")).not_to_contain_text("The far orchard")

    for part in ("", "sheet/", "register/", "report/", "stand-down/"):
        answer = page.goto(f"/unpaid-work/sessions/{week['other_session']}/{part}")
        assert answer.status == 404, part
        assert "Sallow" not in page.content()


def test_somebody_arrives_and_leaves_with_nothing_but_a_keyboard(page, sign_in, week):
    sign_in(page, Role.SUPERVISOR)
    read_the_sheet(page, fits)
    page.get_by_role("link", name="Open the register").click()
    expect(row(page, "Alder")).to_be_visible()

    tab_to(page, "^Here ?: Kim Alder$")
    page.keyboard.press("Enter")
    expect(row(page, "Alder")).to_contain_text("Here since")
    tab_to(page, "^Leaves ?: Kim Alder$")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/register/\d+/$"))
    page.locator("#id_arrived_at").fill(CAME_AT)
    page.locator("[name='task']").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first of the grades
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    tab_to(page, "^Save and next$")
    page.keyboard.press("Enter")

    expect(row(page, "Alder")).to_contain_text("credited")


def test_the_register_is_kept_without_a_script(open_page, sign_in, week):
    page = open_page(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    sign_in(page, Role.SUPERVISOR)
    read_the_sheet(page, fits)
    page.get_by_role("link", name="Open the register").click()
    be_watched_for(page, fits)
    for name in ("Alder", "Hazel"):
        here(page, name)
    leaves(page, "Alder", fits, first=True, quality="Good", behaviour="Good")
    did_not_come(page, "Rowan", fits)
    page.get_by_role("link", name=re.compile("stand the session down")).click()
    fits(page)
    page.get_by_label("Why is there no work?").fill("The van broke down.")
    page.get_by_role("button", name="Stand it down").click()

    expect(page.get_by_text("as ours and nobody’s failure")).to_be_visible()
    expect(page.get_by_text("2 not wanted, 2 gone and 1 did not come")).to_be_visible()
    fits(page)
