"""An absence is called a failure, answered with a warning, and taken back when proof comes; and one is recorded by hand."""

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.test_officer import PHONE, SCRIPTS, fits

OWN_CASE = """
    SELECT c.id, c.crn, s.id FROM cases_case c
    JOIN staff_user u ON u.id = c.officer_id AND u.username = 'officer'
    JOIN cases_sentence s ON s.case_id = c.id AND s.active AND s.terminated_on IS NULL
    WHERE c.state = 'supervised' AND c.retained_by = '' AND c.left_as = '' AND s.ord = 'community'
        AND s.started_on < now() - interval '30 days'
        AND NOT EXISTS (SELECT 1 FROM cases_sentence o WHERE o.case_id = c.id AND o.id <> s.id)
    ORDER BY c.id LIMIT 1
""".replace("s.ord ", 's."order" ')
MISSED = """
    INSERT INTO cases_contact (
        case_id, sentence_id, source_id, type_code, type_name, started_at, ended_at, appointment, national_standard,
        system_generated, outcome_code, outcome_name, enforcement_code, enforcement_name, rar_activity, sensitive,
        notes, staff_code, staff_name, place
    ) VALUES (
        %s, %s, '', 'COAP', 'Office visit', now() - interval '15 days', now() - interval '15 days' + interval '20 minutes',
        true, true, false, '', '', '', '', false, false, '', '', '', ''
    ) RETURNING id
"""


@pytest.fixture
def absence(site):
    """(CRN, key) of an office visit two weeks ago of which nothing is said yet."""
    ((case, crn, sentence),) = site.execute(OWN_CASE)
    ((key,),) = site.execute(MISSED, case, sentence)
    return crn, key


@pytest.fixture
def officer(open_page, sign_in, scripts):
    page = open_page(java_script_enabled=scripts, viewport=PHONE)
    sign_in(page, Role.OFFICER)
    return Hands(page)


@pytest.fixture
def look(usable, scripts):
    return usable if scripts else fits


def seen(officer, words):
    expect(officer.page.get_by_text(words).first).to_be_visible()


@SCRIPTS
def test_a_failure_is_answered_with_a_warning_and_late_proof_takes_it_back(officer, absence, look):
    crn, key = absence
    officer.page.goto(f"/cases/{crn}/appointments/{key}/")
    officer.choose("outcome", "Did not attend")
    officer.page.locator("[name='next'][value='none']").check()
    officer.press("Record it")
    officer.page.goto(f"/cases/{crn}/appointments/{key}/decide/")
    look(officer.page)

    officer.choose("to", "Failure to comply")
    officer.fill("because", "He says that he had forgotten, and that nothing kept him.")
    officer.press("Save the decision")
    seen(officer, "Recorded as a failure to comply. Answer it now")
    seen(officer, "What the law leaves")
    look(officer.page)

    officer.press("Save the answer")  # with nothing said
    seen(officer, "There is a problem")
    look(officer.page)
    officer.choose("answer", "Give a warning")
    officer.fill("because", "It is the first, and he comes otherwise.")
    officer.press("Save the answer")
    seen(officer, "The admin hub is asked to send the letter")
    seen(officer, "To be written")
    look(officer.page)

    officer.press("There is proof of a good reason")
    look(officer.page)
    officer.choose("to", "Acceptable")
    officer.choose("reason", "Other")
    officer.fill("because", "A letter of the hospital shows that he was on a ward that day.")
    officer.press("Save the decision")
    seen(officer, "Recorded as acceptable")
    officer.page.goto(f"/cases/{crn}/enforcement/")
    seen(officer, "Withdrawn")
    look(officer.page)
    officer.page.get_by_role("link", name="Failure to comply").first.click()
    seen(officer, "Not to be sent")
    look(officer.page)


@SCRIPTS
def test_a_failure_is_recorded_by_hand_and_withdrawn(officer, absence, look):
    crn, _ = absence
    officer.page.goto(f"/cases/{crn}/enforcement/")
    look(officer.page)
    officer.press("Record a failure that no appointment says")
    look(officer.page)
    officer.page.locator("#id_part").select_option(index=1)
    officer.fill("happened_on", "yesterday")
    officer.fill("became_aware_on", "today")
    officer.choose("learnt", "Reported by the police")
    officer.fill("what", "He went to the street that the order keeps him from.")
    officer.press("Record the failure")
    seen(officer, "The failure is recorded")
    look(officer.page)

    officer.choose("answer", "Refer the breach for court")
    officer.fill("because", "He has been told before, and went all the same.")
    officer.press("Save the answer")
    seen(officer, "It is referred")
    officer.press("Withdraw it")
    seen(officer, "it is decided again within one working day")
    look(officer.page)
    officer.fill("because", "The police looked again: it was somebody else.")
    officer.press("Withdraw the failure")
    seen(officer, "The failure is withdrawn")

    officer.page.goto(f"/cases/{crn}/enforcement/")
    look(officer.page)
    officer.press("Decide again")
    seen(officer, "No failure stands on it any more")
    look(officer.page)
