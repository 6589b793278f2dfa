"""The risk of unpaid work from the first minute to the signature: what stands before a place, each part, and signed."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

# One of the officer's that owes unpaid work and of which nothing is assessed; its hours are taken up here as the night would
TAKE_UP = """
    INSERT INTO unpaidwork_work (requirement_id, case_id, state, state_because, runs, minutes_ordered, sentenced_on,
                                 arrived_on, ete_because, intensive_because, weekly_minutes)
    SELECT r.id, c.id, 'open', '', 'regular', 6000, current_date, current_date, '', '', 420
    FROM cases_requirement r JOIN cases_sentence s ON s.id = r.sentence_id JOIN cases_case c ON c.id = s.case_id
    JOIN staff_user u ON u.id = c.officer_id
    WHERE r.main_code = 'W' AND r.active AND u.username = 'officer' AND c.retained_by = '' AND c.left_as = '' AND c.state = 'supervised'
      AND NOT EXISTS (SELECT FROM cases_limit l WHERE l.case_id = c.id)
      AND NOT EXISTS (SELECT FROM unpaidwork_workrisk k WHERE k.case_id = c.id)
      AND NOT EXISTS (SELECT FROM unpaidwork_workallocation a WHERE a.case_id = c.id)
    ORDER BY c.id, r.id LIMIT 1
    ON CONFLICT (requirement_id) DO UPDATE SET state = 'open'
    RETURNING (SELECT crn FROM cases_case WHERE id = case_id)
"""
TOLD = "At the office on Tuesday, with his probation officer"
THEIRS = "“I do not mind it, if I am outdoors. I can come on Fridays.”"


def no_to_everything_but_what_is_there(page):
    """Every question answered: what was filled in is ticked, and of all else the answer is no."""
    page.get_by_label("Who says so, unless another is given below?").fill(TOLD)
    page.get_by_label("On which day, unless another is given below?").fill("today")
    for right in page.get_by_label("This was filled in for you").all():
        right.check()
    questions = page.locator("main fieldset")
    for question in questions.all():
        if question.locator("input[type=radio]:checked").count():
            continue
        for answer, words in (("no", ""), ("words", THEIRS), ("any", "")):
            option = question.locator(f"input[type=radio][value={answer}]")
            if option.count():
                option.check()
                if words:
                    question.locator("textarea").first.fill(words)
                break


@SCRIPTS
def test_an_officer_assesses_the_risk_of_unpaid_work_and_signs_it(
    open_page, sign_in, usable, site, scripts
):
    ((crn,),) = site.execute(TAKE_UP)
    page = open_page(java_script_enabled=scripts, viewport=DESKTOP)
    look = usable if scripts else fits
    sign_in(page, Role.OFFICER)

    page.goto(f"/cases/{crn}/unpaid-work/risk/")
    expect(page.locator("#gaps")).to_contain_text("No risk assessment for unpaid work is signed.")
    expect(page.get_by_text("An induction may be booked and held")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Begin the risk assessment").click()
    expect(page.get_by_role("heading", name="The one being written")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Risk of harm to others").click()
    while True:
        look(page)
        no_to_everything_but_what_is_there(page)
        go_on = page.get_by_role("button", name="Save and go on")
        if not go_on.count():
            break
        go_on.click()
        expect(page.get_by_text("saved.")).to_be_visible()
    page.get_by_role("button", name="Save and go back to the list").click()
    page.get_by_role("button", name="Check it and sign").click()
    expect(page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Sign it").click()

    expect(page.get_by_text(re.compile("Signed. It is good until"))).to_be_visible()
    expect(page.locator("#gaps")).not_to_contain_text("No risk assessment for unpaid work")
    look(page)
    page.get_by_role("link", name="See it whole").click()
    expect(page.get_by_text(THEIRS).first).to_be_visible()
    look(page)


@pytest.mark.parametrize("width", [PHONE])
def test_it_is_asked_to_go_ahead_and_decided_by_a_senior(open_page, sign_in, usable, site, width):
    ((crn,),) = site.execute(TAKE_UP)
    officer = open_page(viewport={"width": width, "height": 800})
    senior = open_page(viewport=DESKTOP)
    sign_in(officer, Role.OFFICER)
    sign_in(senior, Role.SPO)

    officer.goto(f"/cases/{crn}/unpaid-work/risk/")
    officer.get_by_role("link", name="Ask to go ahead although something is missing").click()
    usable(officer)
    officer.get_by_label("No risk assessment for unpaid work is signed.").check()
    for box in officer.locator("main textarea").all():
        box.fill("He starts on Friday with two supervisors; she was rung on Monday and knows.")
    officer.get_by_role("button", name="Ask", exact=True).click()
    expect(officer.get_by_text("The request is made.")).to_be_visible()
    usable(officer)

    senior.goto(officer.url)
    senior.get_by_role("button", name="Decide").click()
    senior.get_by_label("Yes, approve it until its day").check()
    senior.get_by_label("Why do you decide as you do?").fill(
        "Two supervisors, and she was told on Monday."
    )
    usable(senior)
    senior.get_by_role("button", name="Save the decision").click()
    expect(senior.get_by_text(re.compile("Approved. They may be allocated until"))).to_be_visible()
    usable(senior)
