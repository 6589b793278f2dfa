"""Going ahead although something is missing: asked by an officer, decided by a senior, and used to sign."""

import re

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.assessing import ALAN, fill_all
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_assess import row
from tests.journeys.test_officer import SCRIPTS, fits

ASKED_ALREADY = "T100008"
WHY = "He is seen on Thursday and she is rung on Friday, which waiting would not give her."
SIX = {
    "unknown": "Whether the police hold call-outs to his mother's address in 2018.",
    "read_and_asked": "The record and the court papers; the police desk on Monday and Wednesday.",
    "why_safer": "Without a plan nobody sees him in the week his money comes, when he is at his worst.",
    "who_is_protected": "His mother: I ring her on Friday, and see him on Thursday.",
    "who_was_told": "His mother on Tuesday; the police desk said that they will answer next week.",
    "what_closes_it": "The answer of the police, which the desk has promised for Thursday week.",
}


@SCRIPTS
def test_an_officer_goes_ahead_without_an_answer_only_once_a_senior_has_decided_it(
    open_page, sign_in, usable, scripts
):
    officer = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    senior = open_page(java_script_enabled=scripts, viewport=DESKTOP)
    look = usable if scripts else fits
    sign_in(officer.page, Role.OFFICER)
    sign_in(senior, Role.SPO)
    ask_to_go_ahead(officer, look)

    row(senior, "Decide a request to go ahead", ALAN).get_by_role("link", name="Decide").click()
    expect(senior.get_by_text(SIX["why_safer"])).to_be_visible()
    look(senior)
    senior.get_by_label("Yes, approve it until its day").check()
    senior.get_by_label("Why do you decide as you do?").fill(WHY)
    senior.get_by_role("button", name="Save the decision").click()
    expect(senior.get_by_text(re.compile("Approved.* may sign until"))).to_be_visible()
    look(senior)

    officer.page.goto(f"/cases/{ALAN}/assess/sign/")
    expect(
        officer.page.get_by_role("heading", name="Passed by an override in force")
    ).to_be_visible()
    expect(officer.page.locator("#gaps")).not_to_contain_text("Police: the check")
    look(officer.page)


def ask_to_go_ahead(officer, look):
    officer.page.goto(f"/cases/{ALAN}/assess/sign/")
    officer.press("Ask to go ahead without it")
    look(officer.page)
    fill_all(officer, SIX)
    officer.press("Ask", exact=True)
    expect(officer.page.get_by_text("The request is made.")).to_be_visible()
    look(officer.page)


def test_what_a_senior_approved_lets_the_officer_sign_and_says_so_for_good(
    open_page, sign_in, usable
):
    officer, senior = Hands(open_page(viewport=DESKTOP)), open_page(viewport=DESKTOP)
    sign_in(officer.page, Role.OFFICER)
    sign_in(senior, Role.SPO)
    officer.page.goto(f"/cases/{ASKED_ALREADY}/assess/part/harm/")
    fill_what_is_blank(officer.page)
    officer.press("Save and go back to the parts")
    officer.press("Check it and sign")
    expect(officer.page.get_by_role("heading", name="1 thing still to do")).to_be_visible()

    row(senior, "Decide a request to go ahead", ASKED_ALREADY).get_by_role(
        "link", name="Decide"
    ).click()
    senior.get_by_label("Yes, approve it until its day").check()
    senior.get_by_label("Why do you decide as you do?").fill(WHY)
    senior.get_by_role("button", name="Save the decision").click()
    expect(senior.get_by_text(re.compile("Approved.* may sign until"))).to_be_visible()

    officer.page.reload()
    fill_what_is_blank(officer.page)
    officer.press("Sign the assessment")
    expect(officer.page.get_by_text("The assessment is signed")).to_be_visible()
    officer.press("Read the whole of it")
    expect(officer.page.get_by_text("Passed by an override")).to_be_visible()
    usable(officer.page)


def fill_what_is_blank(page):
    """Each box that shows and holds nothing, as somebody would who knows him."""
    for box in page.locator("textarea:visible").all():
        if not box.input_value():
            box.fill("Lads of his age at the skate park, when the older two are there with him.")
