"""Somebody on licence is recalled: the officer writes Part A, a senior countersigns it, the hub sends it and says what came back.

With a script, and on a phone without one. Contact is agreed meanwhile.
"""

import pytest
from playwright.sync_api import expect

from cases.reference.recall import PART_A, Alternative
from staff.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.test_officer import PHONE, SCRIPTS, fits

OWN_CASE = """
    SELECT c.crn, s.id FROM cases_case c
    JOIN staff_user u ON u.id = c.officer_id AND u.username = 'officer'
    JOIN cases_sentence s ON s.case_id = c.id AND s.active AND s.terminated_on IS NULL
    WHERE c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
        AND NOT EXISTS (SELECT 1 FROM cases_sentence o WHERE o.case_id = c.id AND o.id <> s.id)
        AND NOT EXISTS (SELECT 1 FROM cases_pause p WHERE p.case_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM cases_limit l WHERE l.case_id = c.id)
    ORDER BY c.id LIMIT 1
"""
ON_LICENCE = """
    UPDATE cases_sentence SET "order" = 'custody', custody_status = 'B', started_on = current_date - 200,
        released_on = current_date - 60, licence_end_on = current_date + 200, sentence_expiry_on = current_date + 200
    WHERE id = %s
"""
NPS = "B. Senior, NPS Reading, by secure e-mail"
LEFT = "He left the approved premises on Monday and has not been seen since."


@pytest.fixture
def crn(site):
    """The CRN of somebody of the officer's, who is on licence."""
    ((crn, sentence),) = site.execute(OWN_CASE)
    site.execute(ON_LICENCE, sentence)
    return crn


@pytest.fixture
def people(open_page, sign_in, scripts):
    """The officer, a senior of the team and the hub, each in a browser of their own."""
    found = []
    for role in (Role.OFFICER, Role.SPO, Role.HUB):
        page = open_page(java_script_enabled=scripts, viewport=PHONE)
        sign_in(page, role)
        found.append(Hands(page))
    return found


@pytest.fixture
def look(usable, scripts):
    return usable if scripts else fits


def seen(hands, words):
    expect(hands.page.get_by_text(words).first).to_be_visible()


@SCRIPTS
def test_a_recall_goes_from_the_officer_by_the_senior_and_the_hub_to_prison(people, crn, look):
    officer, senior, hub = people
    recall_is_decided(officer, crn)
    officer.page.goto(f"/cases/{crn}/enforcement/")
    look(officer.page)
    officer.press("Write Part A")
    look(officer.page)
    here = officer.page.url.removesuffix("part-a/")

    part_a_is_written(officer, look)
    contact_is_agreed(officer, crn, look)
    it_is_countersigned(senior, here, look)
    it_is_sent_and_answered(hub, here, look)

    officer.page.goto(here)
    seen(officer, "Fixed term, 28 days")
    seen(officer, "Recalled")
    look(officer.page)


def recall_is_decided(officer, crn):
    officer.page.goto(f"/cases/{crn}/enforcement/failures/record/")
    officer.page.locator("#id_part").select_option(index=1)
    officer.fill("happened_on", "yesterday")
    officer.fill("became_aware_on", "today")
    officer.choose("learnt", "Reported by the police")
    officer.fill("what", LEFT)
    officer.page.locator("main form button").first.click()
    officer.page.wait_for_load_state()
    if "/answer/" not in officer.page.url:
        officer.press("Answer it")
    officer.choose("answer", "Ask for recall")
    officer.fill("because", "The risk to his mother cannot be managed any more.")
    officer.press("Save the answer")
    seen(officer, "Recall is decided")


def part_a_is_written(officer, look):
    officer.fill("what", LEFT)
    officer.press("Sign it, and ask a senior to countersign")  # with most of it missing
    seen(officer, "There is a problem")
    seen(officer, "still to do before you can sign Part A")
    look(officer.page)
    for code in (*(one.code for one in PART_A[1:]), *map(str, Alternative)):
        officer.fill(code, f"Of {code}: tried in September, and he did not keep to it.")
    officer.press("Save", exact=True)
    seen(officer, "Nothing stands in the way: you can sign Part A")
    officer.press("Sign it, and ask a senior to countersign")
    seen(officer, "Part A is signed. A senior is told")
    look(officer.page)


def contact_is_agreed(officer, crn, look):
    officer.page.goto(f"/cases/{crn}/enforcement/win-back/")
    look(officer.page)
    officer.press("Agree it")  # with nothing said
    seen(officer, "There is a problem")
    officer.choose("next", "They cannot be seen")
    officer.fill("cannot_be_seen", "At large: the police and his sister are asked each week.")
    officer.fill("what_we_do", "His sister passes messages on, and we meet at hers if he asks.")
    look(officer.page)
    officer.press("Agree it")
    seen(officer, "The next contact is agreed")


def it_is_countersigned(senior, here, look):
    senior.page.goto(here)
    look(senior.page)
    senior.press("Countersign it, or send it back")
    look(senior.page)
    senior.choose("decision", "Countersign it: it goes to the NPS")
    senior.fill("words", "Read and agreed: the alternatives are used up.")
    senior.press("Save the decision")
    seen(senior, "It is countersigned")


def it_is_sent_and_answered(hub, here, look):
    hub.page.goto(here)
    hub.press("Send it to the NPS")
    look(hub.page)
    hub.fill("whom", NPS)
    hub.press("It has gone")
    seen(hub, "the NPS has it")
    for answer in ("The NPS endorses it", "It has gone to the Public Protection Casework Section"):
        hub.press("Record what they answered")
        look(hub.page)
        hub.choose("to", answer)
        hub.fill("outside", NPS)
        hub.press("Record the answer")
    hub.press("Record what they answered")
    hub.choose("to", "They are recalled")
    look(hub.page)
    hub.fill("decided_on", "today")
    hub.choose("term", "Fixed term, 28 days")
    hub.choose("found", "In prison")
    hub.fill("prison", "HMP Bullingdon")
    hub.fill("outside", "C. Worker, casework section")
    hub.press("Record the answer")
    seen(hub, "They are recalled")
    look(hub.page)
