"""Writing an assessment: Alan as the report tells him, and a record of forty convictions that is one pattern."""

import io
import re

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.assessing import (
    ALAN,
    FITS,
    HARM,
    INTERIM,
    MANAGEMENT,
    NOT_NAMED,
    ONE_PATTERN,
    PAST,
    SARA_WAITS,
    answer_the_past,
    fill_all,
)
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import SCRIPTS, fits

FEWER_THAN = 25  # interactions in which somebody honest signs Alan's assessment
WAITS = "It is in force once a senior probation officer has countersigned it"
NAMED = [
    "wounding",
    "assault occasioning actual bodily harm",
    "robbery",
    "common assault",
    "police called to the home",
    "pre-sentence report",
    "Police: the check has not been sent",
    "Children's social care: the check has not been sent",
]


@SCRIPTS
def test_alan_cannot_be_signed_as_he_stands_and_is_once_he_is_answered_honestly(
    open_page, sign_in, usable, site, scripts, record_property
):
    officer = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    senior = open_page(java_script_enabled=scripts, viewport=DESKTOP)
    look = usable if scripts else fits
    sign_in(officer.page, Role.OFFICER)
    officer.page.goto(f"/cases/{ALAN}/")

    try_to_sign(officer, look)
    ask_both_agencies(officer)
    plan_meanwhile(officer)
    answer_for_alan(officer, look)
    sign(officer, {"said-victims": NOT_NAMED})

    record_property("interactions", officer.effort)
    assert officer.pressed < FEWER_THAN, officer.effort
    sign_in(senior, Role.SPO)
    countersign(senior, look)
    site.manage("place_caseload")
    senior.goto(f"/cases/{ALAN}/placement/")
    expect(senior.get_by_role("heading", level=1)).to_contain_text("Low")


def try_to_sign(officer, look):
    """What stands in the way names each thing, and nothing on the page signs it."""
    officer.press("Assessment", exact=True)
    officer.press("Go on writing")
    gaps = officer.page.locator("#gaps")
    for words in NAMED:
        expect(gaps).to_contain_text(words)
    expect(gaps).to_contain_text(
        "“Risk not linked to current index offence” could be said of anybody"
    )
    look(officer.page)

    officer.press("Check it and sign")
    expect(officer.page.get_by_role("heading", name="8 things still to do")).to_be_visible()
    for words in NAMED:
        expect(gaps).to_contain_text(words)
    expect(officer.page.get_by_role("button", name="Sign the assessment")).to_have_count(0)
    look(officer.page)


def ask_both_agencies(officer):
    """The page of one is led to from what is still to do; the other stands beside it."""
    officer.press("Police: the check has not been sent")
    send(officer)
    officer.press("Checks", exact=True)
    send(officer)


def send(officer):
    officer.press("Send the enquiry")
    expect(officer.page.get_by_text("Read it as the agency will.")).to_be_visible()
    officer.choose("told_person", "Yes")
    officer.press("Send the enquiry", exact=True)
    expect(officer.page.get_by_text("The system sends it to")).to_be_visible()


def plan_meanwhile(officer):
    officer.press("Checks", exact=True)
    officer.press("Write the interim plan")
    fill_all(officer, INTERIM)
    officer.press("Put the plan in force")
    expect(officer.page.get_by_text("Holds until")).to_be_visible()


def answer_for_alan(officer, look):
    officer.press("Assessment", exact=True)
    officer.press("Go on writing")
    officer.press("Past violence is not answered")
    look(officer.page)
    answer_the_past(officer, PAST)
    officer.press("Save and go on")

    fill_all(officer, HARM)
    look(officer.page)
    officer.press("Save and go back to the parts")

    officer.press("There is domestic abuse or a report of it")
    officer.choose("sara-done", "Not done, because")
    officer.fill("sara-because", SARA_WAITS)
    look(officer.page)
    officer.press("Save and go on")
    fill_all(officer, MANAGEMENT)
    officer.press("Save and go on")

    officer.press("How does it fit with what went before")
    officer.fill("offence-pattern", FITS)
    officer.press("Save and go back to the parts")
    expect(officer.page.get_by_text("Nothing stands in the way")).to_be_visible()
    expect(
        officer.page.get_by_text("Low, with past behaviour that could hurt somebody.")
    ).to_be_visible()
    look(officer.page)


def sign(officer, said=None):
    """`said`: the sentence that clears each warning."""
    officer.press("Check it and sign")
    fill_all(officer, said or {})
    officer.press("Sign the assessment")
    expect(officer.page.get_by_text(WAITS)).to_be_visible()


def row(page, what, crn=ONE_PATTERN):
    """Of My work, which unfolds what is not yet due, and beyond the end of a senior's list for today."""
    page.goto(reverse("my-work"))
    for folded in page.get_by_text(re.compile("^Coming up: ")).all():
        folded.click()
    found = page.locator("[data-row]").filter(has_text=what).filter(has_text=crn)
    rest = page.get_by_role("link", name="See the rest all the same")
    while not found.count() and rest.count():
        rest.click()
        page.wait_for_load_state()
    return found


def countersign(senior, look):
    row(senior, "Read and countersign the assessment", ALAN).get_by_role(
        "link", name="Read it"
    ).click()
    expect(senior.get_by_role("heading", name="Countersign the assessment")).to_be_visible()
    expect(senior.get_by_text(PAST["pattern-child"][1])).to_be_visible()
    look(senior)
    senior.get_by_label("Yes, I countersign it").check()
    senior.get_by_role("button", name="Save the answer").click()
    expect(senior.get_by_text("The assessment is countersigned and in force")).to_be_visible()
    look(senior)


# A long record that is one pattern, and the senior's second look


def test_forty_convictions_of_one_pattern_are_at_most_three_things_on_one_sheet(
    page, sign_in, usable
):
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{ONE_PATTERN}/assess/part/patterns/")
    usable(page)

    asked = page.get_by_label("How does it bear on the risk")
    assert 1 <= asked.count() <= 3
    expect(page.get_by_text(re.compile(r"\(\d+ times, \d{4} to \d{4}\)")).first).to_be_visible()
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    assert ONE_PATTERN in paper.pages[0].extract_text()


def test_past_behaviour_is_answered_with_nothing_but_a_keyboard(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{ONE_PATTERN}/assess/part/patterns/")

    for words in ("When he drinks with the same two men.", "The glass.", "The last, on a Friday."):
        tab_to(page, "radio")
        page.keyboard.press("Space")
        tab_to(page, "textarea")
        page.keyboard.type(words)
    tab_to(page, "submit")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Past behaviour saved.")).to_be_visible()
    page.goto(f"/cases/{ONE_PATTERN}/assess/")
    expect(page.get_by_text("is not answered")).to_have_count(0)


def tab_to(page, kind):
    """Presses Tab until what has the focus is of that kind."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == kind:
            return
    raise AssertionError(f"Tab reaches no {kind} on {page.url}")


@SCRIPTS
def test_a_senior_returns_an_assessment_to_one_box_and_signs_it_once_that_is_put_right(
    open_page, sign_in, usable, scripts
):
    officer = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    senior = open_page(java_script_enabled=scripts, viewport=DESKTOP)
    look = usable if scripts else fits
    sign_in(officer.page, Role.OFFICER)
    sign_in(senior, Role.SPO)
    lower_and_sign(officer)

    give_back(senior, look)
    row(officer.page, "Put the assessment right").get_by_role("link", name="Put it right").click()
    look(officer.page)
    officer.press("Who was with him, and where?")
    expect(officer.page.locator("#id_harm-because")).to_be_focused()
    officer.fill("harm-because", "He left both men behind when he moved to Didcot in March.")
    officer.press("Save and go back to the parts")
    sign(officer)

    read_again(senior, look)


def lower_and_sign(officer):
    """Lower than the level in force, so that a senior signs as well."""
    officer.page.goto(f"/cases/{ONE_PATTERN}/assess/part/patterns/")
    answer_the_past(officer, dict.fromkeys(["pattern-"], PAST["pattern-violence"]))
    officer.press("Save and go on")
    for group in ("children", "public", "known_adult", "staff"):
        officer.choose(f"harm-{group}-level", "Low")
    fill_all(officer, HARM)
    officer.press("Save and go back to the parts")
    sign(officer)


def give_back(senior, look):
    row(senior, "Read and countersign the assessment").get_by_role("link", name="Read it").click()
    senior.get_by_label("No, I return it to be put right").check()
    senior.get_by_label("Which question is to be put right?").select_option(
        "Why this level and not another?"
    )
    senior.get_by_label("What is missing?").fill("Who was with him, and where?")
    look(senior)
    senior.get_by_role("button", name="Save the answer").click()
    expect(
        senior.get_by_text("The assessment is returned. The officer has been told")
    ).to_be_visible()


def read_again(senior, look):
    row(senior, "Read and countersign the assessment").get_by_role("link", name="Read it").click()
    expect(senior.get_by_text("Returned once before it was signed as it is now")).to_be_visible()
    look(senior)
    senior.get_by_label("Yes, I countersign it").check()
    senior.get_by_role("button", name="Save the answer").click()
    expect(senior.get_by_text("The assessment is countersigned and in force")).to_be_visible()
