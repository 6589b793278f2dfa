"""Meeting somebody and recording it on a phone, in few presses; and somebody who does not come, to the decision."""

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.test_officer import PHONE, SCRIPTS, fits
from tests.journeys.widths import too_wide

MOST = 12  # presses, options and boxes of the usual meeting
NOTES = "Check-in: he sleeps at his sister’s. We went through what he says when a row begins. Set tasks: ring the GP."
OWN_CASE = """
    SELECT c.id, c.crn, s.id, count(o.id) FROM cases_case c
    JOIN staff_user u ON u.id = c.officer_id AND u.username = 'officer'
    JOIN cases_plan p ON p.case_id = c.id AND p.state = 'signed'
    JOIN cases_objective o ON o.plan_id = p.id
    JOIN cases_sentence s ON s.case_id = c.id AND s.active AND s.terminated_on IS NULL
    WHERE c.state = 'supervised' AND c.retained_by = '' AND c.left_as = '' AND s.custody_status = ''
    GROUP BY c.id, c.crn, s.id HAVING count(o.id) >= 2 ORDER BY c.id, s.id LIMIT 1
"""
HELD = """
    INSERT INTO cases_contact (
        case_id, sentence_id, source_id, type_code, type_name, started_at, ended_at, appointment, national_standard,
        system_generated, outcome_code, outcome_name, enforcement_code, enforcement_name, rar_activity, sensitive,
        notes, staff_code, staff_name, place
    ) VALUES (
        %s, %s, '', 'COAP', 'Office visit', date_trunc('hour', now()) - interval '1 hour',
        date_trunc('hour', now()) - interval '40 minutes', true, true, false, '', '', '', '', false, false, '', '', '', ''
    ) RETURNING id
"""


PASTED = "https://maps.example.test/" + "a" * 400  # what somebody copies from the browser
RANG = """
    INSERT INTO cases_contact (
        case_id, source_id, type_code, type_name, started_at, appointment, national_standard, system_generated,
        outcome_code, outcome_name, enforcement_code, enforcement_name, rar_activity, sensitive, notes, staff_code,
        staff_name, place
    ) SELECT
        case_id, '', 'CTOA', 'Phone call from them', started_at - interval '10 minutes', false, false, false,
        '', '', '', '', false, false, %s, '', '', ''
    FROM cases_contact WHERE id = %s RETURNING id
"""


@pytest.fixture
def meeting(site):
    """(CRN, key) of an office visit of the officer's own, which ended some minutes ago."""
    ((case, crn, sentence, _),) = site.execute(OWN_CASE)
    ((key,),) = site.execute(HELD, case, sentence)
    return crn, key


@pytest.fixture
def officer(open_page, sign_in, scripts):
    page = open_page(java_script_enabled=scripts, viewport=PHONE)
    sign_in(page, Role.OFFICER)
    return Hands(page)


@pytest.fixture
def look(usable, scripts):
    return usable if scripts else fits


def tick_objectives(officer, number):
    boxes = officer.page.locator("[name='objectives']")
    for n in range(number):
        boxes.nth(n).check()
        officer.answered += 1


@SCRIPTS
def test_a_meeting_of_twenty_minutes_is_recorded_in_a_dozen_presses(officer, meeting, look):
    crn, key = meeting
    officer.page.goto(f"/cases/{crn}/")

    officer.open("Pages of this case")
    officer.press("Contacts", exact=True)
    look(officer.page)
    officer.page.locator(f"#contact-{key}").get_by_role("link", name="Office visit").click()
    officer.pressed += 1
    look(officer.page)
    officer.choose("outcome", "Attended and complied")
    officer.fill("notes", NOTES)
    tick_objectives(officer, 2)
    officer.page.locator("[name='next'][value='again-2']").check()
    officer.answered += 1
    officer.press("Record it")

    expect(officer.page.get_by_role("heading", name="Recorded", exact=True)).to_be_visible()
    expect(officer.page.get_by_text("They are seen next on")).to_be_visible()
    look(officer.page)
    assert officer.pressed + officer.answered <= MOST, officer.effort
    officer.page.goto(f"/cases/{crn}/contacts/?appointments=on")
    expect(officer.page.get_by_text("Still to come").first).to_be_visible()


@SCRIPTS
def test_somebody_who_did_not_come_is_rung_first_and_decided_about_after(officer, meeting, look):
    crn, key = meeting
    officer.page.goto(f"/cases/{crn}/appointments/{key}/")
    officer.choose("outcome", "Did not attend")
    officer.page.locator("[name='next'][value='none']").check()
    officer.press("Record it")
    expect(officer.page.get_by_text("and asks if they are safe")).to_be_visible()
    look(officer.page)

    officer.press("Ring them now")
    look(officer.page)
    officer.choose("called", "Spoke to them")
    officer.choose("safe", "Yes, they are safe")
    officer.fill("note", "The bus did not come. He will be in on Friday.")
    officer.press("Record the call")
    expect(officer.page.get_by_text("The call is in the log")).to_be_visible()

    officer.press("Decide what it comes to")
    look(officer.page)
    officer.choose("to", "Acceptable")
    officer.choose("reason", "Other")
    officer.fill("because", "The bus company confirms that no bus ran before noon.")
    officer.press("Save the decision")
    expect(officer.page.get_by_text("Recorded as acceptable")).to_be_visible()
    look(officer.page)


@SCRIPTS
def test_a_call_is_recorded_and_found_again_by_a_word_in_its_notes(officer, meeting, look):
    crn, _ = meeting
    officer.page.goto(f"/cases/{crn}/")
    officer.press("Record a contact")
    look(officer.page)
    officer.choose("kind", "Phone call from them")
    officer.fill("notes", "He asked about the bicycle workshop.")
    officer.press("Record it")
    expect(officer.page.get_by_text("In the log: phone call from them")).to_be_visible()

    officer.fill("notes-text", "bicycle")
    officer.press("Find", exact=True)

    expect(officer.page.get_by_text("He asked about the bicycle workshop.")).to_be_visible()
    assert "bicycle" not in officer.page.url
    look(officer.page)


@SCRIPTS
def test_outcomes_are_logged_in_the_list_itself(officer, meeting, look):
    crn, key = meeting
    officer.page.goto("/diary/outcomes/")
    look(officer.page)
    officer.page.goto(f"/diary/outcomes/?open={key}")
    look(officer.page)
    officer.choose("outcome", "Attended and complied")
    officer.press("Record it")

    expect(officer.page.get_by_text(f"{crn} is recorded: attended and complied")).to_be_visible()
    expect(officer.page.locator(f"#row-{key}")).to_have_count(0)


@pytest.mark.parametrize("scripts", [False], ids=["no-scripts"])
def test_what_was_pasted_without_a_space_leaves_the_page_as_wide_as_the_screen(
    officer, meeting, site
):
    crn, key = meeting
    site.execute(RANG, PASTED, key)

    officer.page.goto(f"/cases/{crn}/appointments/{key}/")

    expect(officer.page.get_by_text("Phone call from them: https://maps")).to_be_visible()
    assert too_wide(officer.page) == []
