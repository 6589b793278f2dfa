"""A case is prepared by its officer, ended by a senior, read by the hub and opened again."""

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import fits
from tests.journeys.widths import PHONE

SAID = {
    "What did they say?": "I would not have stopped without the group.",
    "What helped?": "The group on Tuesdays, and being rung the day before.",
    "What did not help?": "Being moved from one officer to another.",
}
HELP = "The surgery in Park Street, and the drop-in at the chapel on Fridays."
OPEN = "The senior reads whatever comes, and rings duty if it cannot wait."
WHY = "The court set the revocation aside, so supervision goes on."
WAYS = [
    pytest.param({"java_script_enabled": True, "viewport": DESKTOP}, id="desktop"),
    pytest.param(
        {"java_script_enabled": False, "viewport": {"width": PHONE, "height": 900}},
        id="phone-without-scripts",
    ),
]


@pytest.fixture
def crn(site):
    """Of one of the officer's own, in the senior's team, reviewed in the last weeks, with a harm that a senior ends."""
    found = site.execute(
        "SELECT c.crn FROM cases_case c JOIN staff_user u ON u.id = c.officer_id"
        " JOIN cases_standing s ON s.case_id = c.id AND s.harm = 'RMRH'"
        " WHERE u.username = %s AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''"
        " AND NOT EXISTS (SELECT 1 FROM cases_limit l WHERE l.case_id = c.id)"
        " AND EXISTS (SELECT 1 FROM cases_registration r WHERE r.case_id = c.id AND r.active)"
        " AND c.team_id = (SELECT team_id FROM staff_user WHERE username = %s)"
        " ORDER BY c.crn LIMIT 1",
        str(Role.OFFICER),
        str(Role.SPO),
    )
    (crn,) = found[0]
    site.execute(
        "INSERT INTO cases_review (case_id, state, because, since_on, before, after, answers, person_view,"
        " person_words, harm_before, harm_after, harm_because, begun_on, begun_by_id, signed_at, signed_by_id,"
        " countersign_because, returned_because, returned_to, completed_on, hollow, hollow_because, read_note,"
        " evidence) SELECT c.id, 'complete', 'interval', current_date - 100, '{}', '{}', '{}', 'said', 'Well.', '',"
        " '', '', current_date, u.id, now(), u.id, '', '', '', current_date, false, '', '', '{}'"
        " FROM cases_case c JOIN staff_user u ON u.id = c.officer_id WHERE c.crn = %s RETURNING id",
        crn,
    )
    return crn


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_prepares_the_end_a_senior_ends_it_and_it_is_opened_again(
    open_page, sign_in, usable, crn, way
):
    look = usable if way["java_script_enabled"] else fits
    officer, senior = Hands(open_page(**way)), Hands(open_page(**way))
    sign_in(officer.page, Role.OFFICER)
    sign_in(senior.page, Role.SPO)

    officer.page.goto(f"/cases/{crn}/")
    officer.press("Bring it to its end")
    look(officer.page)
    officer.press("Begin to prepare the end")
    look(officer.page)
    say_everything(officer.page)
    look(officer.page)
    officer.press("Save", exact=True)
    expect(officer.page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    look(officer.page)
    officer.press("Tell the seniors that it is ready")
    expect(officer.page.get_by_text("One of them brings the case to its end")).to_be_visible()

    senior.page.goto("/movements/endings/?show=ready")
    look(senior.page)
    senior.page.locator(f"#{crn}").get_by_role("link").click()
    senior.press("check what was said and end the case")
    look(senior.page)
    senior.press("Bring the case to its end")
    expect(senior.page.get_by_text("To be copied into nDelius")).to_be_visible()
    look(senior.page)
    officer.page.goto(f"/cases/{crn}/")
    expect(officer.page.get_by_text("kept until")).to_be_visible()
    look(officer.page)
    officer.page.goto(f"/cases/{crn}/contacts/record/")
    expect(officer.page.get_by_role("heading", name="This case has ended")).to_be_visible()

    senior.press("Open the case again")
    look(senior.page)
    senior.page.get_by_label("Why is it opened again?").fill(WHY)
    senior.press("Open the case again")
    expect(senior.page.get_by_text("The case is open again.")).to_be_visible()


def say_everything(page):
    """How it ends, every register closed, whoever is called for told today, and what the person says."""
    page.get_by_label("Revoked and sentenced again").check()
    for box in page.get_by_label("It is closed").all():
        box.check()
    for box in page.get_by_label("Why is it closed?").all():
        box.fill("Supervision is over, and nothing was seen for a year.")
    told = page.get_by_role("heading", name="Who is told").locator("..")
    for group in told.locator(":scope > .govuk-form-group").all():
        group.get_by_label("They were told").check()
        group.get_by_label("When?").fill("today")
        group.get_by_label("Who was told, and what did they say?").fill("The desk; they thank us.")
    page.get_by_label("They said", exact=True).check()
    for label, words in SAID.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Where do they go for help from now on?").fill(HELP)
    page.get_by_label("What is still open, and who sees to it?").fill(OPEN)
