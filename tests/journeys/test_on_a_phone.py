"""At a door with a telephone: the person, the safety strip and the heading first, and the menus closed until they are opened."""

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.keyboard import tab_to
from tests.journeys.test_officer import PHONE, SCRIPTS
from tests.journeys.widths import DESKTOP, TABLET, ZOOMED, is_too_wide

FIRST_SCREEN = 700  # pixels, of the telephones with the least room
# The officer's own: a person on no register, and the one whose strip has the most to say, as registers are most of it
OWN = """
    SELECT c.crn FROM cases_case c
    JOIN staff_user u ON u.id = c.officer_id AND u.username = 'officer'
    LEFT JOIN cases_registration r ON r.case_id = c.id AND r.active
    WHERE c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
      AND NOT EXISTS (SELECT FROM cases_limit l WHERE l.case_id = c.id)
    GROUP BY c.id, c.crn ORDER BY count(r.id) {order}, c.id LIMIT 1
"""
BOTTOM = "element => element.getBoundingClientRect().bottom + scrollY"


@pytest.fixture
def crn(site):
    [(found,)] = site.execute(OWN.format(order="ASC"))
    return found


@pytest.fixture
def phone(open_page, sign_in, scripts, crn):
    """In an officer's hand, on the overview of their case."""
    page = open_page(viewport=PHONE, has_touch=True, java_script_enabled=scripts)
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{crn}/")
    return page


def menu(page):
    return page.get_by_role("navigation", name="Main")


def pages_of_the_case(page):
    return page.get_by_role("navigation", name="This case")


def opens(page, words):
    return page.locator("summary").filter(has_text=words)


def links(navigation):
    """Those of it that can be seen."""
    return [link.inner_text() for link in navigation.get_by_role("link").all()]


def bottoms(page):
    """Where the safety strip ends, and the heading, of a page on which nothing has been pressed."""
    strip = page.get_by_role("region", name="Safety information")
    expect(page.get_by_role("region", name="Person on probation")).to_be_visible()
    expect(strip.get_by_role("listitem").first).to_be_visible()
    return [place.evaluate(BOTTOM) for place in (strip, page.get_by_role("heading", level=1))]


@SCRIPTS
def test_the_person_the_strip_and_the_heading_are_on_the_first_screen(phone, site):
    strip, heading = bottoms(phone)
    assert strip < heading <= FIRST_SCREEN

    [(fullest,)] = site.execute(OWN.format(order="DESC"))
    phone.goto(f"/cases/{fullest}/")
    longer, heading_there = bottoms(phone)
    assert strip < longer < FIRST_SCREEN
    assert round(heading_there - longer) == round(heading - strip)
    assert heading_there <= PHONE["height"]


@SCRIPTS
def test_a_closed_menu_still_shows_where_one_is_what_waits_and_what_is_done_at_a_door(phone):
    (work,) = links(menu(phone))
    assert work.startswith("My work")
    expect(menu(phone).get_by_text("waiting")).to_have_count(1)
    assert links(pages_of_the_case(phone)) == ["Overview", "Record a contact", "Raise now"]

    phone.goto("/diary/")
    assert links(menu(phone))[1:] == ["Diary"]


@SCRIPTS
def test_both_menus_are_opened_and_closed_by_touch(phone, crn):
    opens(phone, "Pages of this case").tap()
    pages_of_the_case(phone).get_by_role("link", name="Sentence", exact=True).tap()
    expect(phone.get_by_role("heading", name="Sentence", level=1)).to_be_visible()
    assert links(pages_of_the_case(phone)) == ["Sentence", "Record a contact", "Raise now"]

    opens(phone, "Menu").tap()
    expect(menu(phone).get_by_role("link", name="Caseload")).to_be_visible()
    opens(phone, "Menu").tap()
    expect(menu(phone).get_by_role("link", name="Caseload")).to_be_hidden()
    opens(phone, "Menu").tap()
    menu(phone).get_by_role("link", name="Caseload").tap()
    expect(phone.get_by_role("heading", name="My cases")).to_be_visible()


def test_both_menus_are_opened_by_keyboard_without_a_script(open_page, sign_in, crn):
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{crn}/")

    for words, key, navigation, last in (
        ("Menu", "Enter", menu(page), "Policy"),
        ("Pages of this case", "Space", pages_of_the_case(page), "Raise now"),
    ):
        opens(page, words).focus()
        page.keyboard.press(key)
        expect(navigation.get_by_role("link", name=last)).to_be_visible()
    count = len(links(menu(page))) + len(links(pages_of_the_case(page)))
    assert count > 20
    opens(page, "Pages of this case").press("Enter")
    assert len(links(pages_of_the_case(page))) == 3


def test_by_keyboard_what_is_closed_is_passed_by_and_what_is_open_is_reached(
    open_page, sign_in, crn, axe
):
    page = open_page(viewport=PHONE)
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{crn}/")
    axe(page)
    tab_to(page, "^Menu$")
    tab_to(page, "^My work", most=1)
    tab_to(
        page, "^Pages of this case$", most=6
    )  # between them only what the identity bar and the strip lead to

    page.keyboard.press("Enter")
    axe(page)
    tab_to(page, "^Overview$", most=1)
    tab_to(page, "^Placement$", most=1)
    opens(page, "Menu").press("Enter")
    axe(page)
    tab_to(page, "^My work", most=1)
    tab_to(page, "^Caseload$", most=1)


def test_open_menus_fit_the_narrowest_screen_and_a_wide_one_has_no_need_of_them(
    open_page, sign_in, crn
):
    page = open_page(viewport={"width": ZOOMED, "height": 800})
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{crn}/")
    for words in ("Menu", "Pages of this case"):
        opens(page, words).click()
    opened = links(menu(page)) + links(pages_of_the_case(page))
    assert not is_too_wide(page)

    page.reload()
    for width in (TABLET, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        expect(opens(page, "Menu")).to_be_hidden()
        expect(opens(page, "Pages of this case")).to_be_hidden()
        assert links(menu(page)) + links(pages_of_the_case(page)) == opened
