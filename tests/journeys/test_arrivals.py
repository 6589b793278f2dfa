"""Somebody comes to us: the hub records it, the officer reads the record, holds the induction and signs it."""

import re

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.widths import too_wide

OWN_CASE = """
    SELECT c.crn FROM cases_case c
    JOIN staff_user u ON u.id = c.officer_id AND u.username = 'officer'
    JOIN cases_sentence s ON s.case_id = c.id AND s.active AND s.terminated_on IS NULL
    WHERE c.state = 'supervised' AND c.retained_by = '' AND c.left_as = '' AND s.custody_status = '' AND s.started_on < now() - interval '60 days'
    ORDER BY c.id LIMIT 1
"""
SHOWN = "SELECT first_name || ' ' || last_name FROM staff_user WHERE username = 'officer'"
HELD_BY_NOBODY = """
    UPDATE cases_case SET officer_id = NULL, officer_since = NULL WHERE crn = %s
"""
NOTE = (
    "He broke his former partner’s door in March and had been drinking. She lives two streets away. "
    "We do not know yet what the police hold; until they answer he is seen each week."
)
PHONE = {"width": 400, "height": 800}


def record(page, crn, day="today"):
    page.goto(f"/cases/{crn}/arrivals/")
    page.get_by_role("button", name="Record an arrival").click()
    page.get_by_label("From the National Probation Service").check()
    page.get_by_label("On which day did they come to us?").fill(day)
    page.get_by_role("button", name="Record the arrival").click()
    expect(page.get_by_role("heading", name="still to do before you can say")).to_be_visible()


def check_each(page, label):
    for one in page.get_by_label(label, exact=True).all():
        one.check()


def say_what_came(page):
    """All of it came today, but for the enquiries, which the NPS made."""
    check_each(page, "It came")
    for one in page.get_by_label("On which day did it come?").all():
        one.fill("today")
    for name in ("police", "children"):
        page.locator(f"[name='{name}'][value='none']").check()
        page.locator(f"[name='{name}-none']").fill(
            "The NPS asked in October; its answer is on the file."
        )
    page.get_by_role("button", name="Save", exact=True).click()


def answer_throughout(page):
    check_each(page, "Explained, and they told it back to us")
    check_each(page, "Yes")
    check_each(page, "No")
    check_each(page, "Asked, and they did not want to say")


def test_somebody_who_came_is_read_inducted_and_signed_for(open_page, sign_in, site, usable):
    ((crn,),) = site.execute(OWN_CASE)
    [(shown,)] = site.execute(SHOWN)
    site.execute(HELD_BY_NOBODY, crn)
    hub, senior, officer = (open_page(viewport=DESKTOP) for _ in range(3))
    sign_in(hub, Role.HUB)
    record(hub, crn)
    usable(hub)
    hub.get_by_role("link", name="Coming and going").click()
    expect(hub.get_by_role("region", name="Arrivals", exact=True).get_by_text(crn)).to_be_visible()
    usable(hub)

    sign_in(senior, Role.SPO)
    senior.get_by_role("link", name="Coming and going").click()
    waits = senior.get_by_role("row").filter(has_text=crn)
    expect(waits.get_by_text("Nobody named")).to_be_visible()
    usable(senior)
    senior.get_by_role("link", name="Nobody holds", exact=True).click()
    usable(senior)
    waits.get_by_role("link", name="Name an officer").click()
    usable(senior)
    senior.get_by_role("link", name=f"Choose {shown}").click()
    usable(senior)
    for box in senior.locator("main textarea").all():  # what is warned of, each in a sentence
        box.fill("She works on it with a colleague who is trained, each week.")
    senior.get_by_label("Why them?").fill("She saw him at court, and he knows her.")
    senior.get_by_role("button", name="Name them").click()
    expect(senior.locator("main").get_by_text(shown).first).to_be_visible()
    expect(senior.get_by_text("She saw him at court, and he knows her.")).to_be_visible()
    usable(senior)

    sign_in(officer, Role.OFFICER)
    officer.get_by_role("link", name="Coming and going").click()
    officer.get_by_role("row").filter(has_text=crn).get_by_role("rowheader").get_by_role(
        "link"
    ).click()
    officer.get_by_role("button", name="Say what came").click()
    usable(officer)
    say_what_came(officer)
    usable(officer)
    officer.get_by_role("button", name="Say that the record is read").click()
    officer.get_by_label("What does the record show of risk?").fill(NOTE)
    usable(officer)
    officer.get_by_role("button", name="Keep the note").click()
    expect(officer.get_by_text(NOTE)).to_be_visible()

    officer.get_by_role("button", name="Induction", exact=True).click()
    officer.get_by_role("button", name="Begin an induction").click()
    usable(officer)
    answer_throughout(officer)
    officer.get_by_role("button", name="Save", exact=True).click()
    officer.get_by_role("link", name="Ask them how we get in touch").click()
    officer.get_by_role("group", name="Do they need an interpreter?").get_by_label(
        "No", exact=True
    ).check()
    officer.get_by_label("When were they offered Welsh?").fill("today")
    officer.get_by_role("button", name="Save what they said").click()
    officer.goto(f"/cases/{crn}/induction/sign/")
    expect(officer.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    officer.get_by_label("On which day was it held?").fill("today")
    officer.get_by_label("Signed on paper, kept on the file").check()
    usable(officer)
    officer.get_by_role("button", name="Sign the induction").click()
    expect(officer.get_by_role("heading", name="Proof of induction")).to_be_visible()
    usable(officer)
    officer.goto(f"/cases/{crn}/inductions/")
    officer.get_by_role("link", name=re.compile("held on")).first.click()
    usable(officer)


def test_an_arrival_is_recorded_and_its_induction_begun_on_a_telephone_without_scripts(
    open_page, sign_in, site
):
    ((crn,),) = site.execute(OWN_CASE)
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, Role.OFFICER)
    record(page, crn)
    assert too_wide(page) == []
    page.get_by_role("button", name="Say what came").click()
    say_what_came(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/movements/arrivals/")
    expect(page.get_by_text(crn)).to_be_visible()
    assert too_wide(page) == []

    page.goto(f"/cases/{crn}/inductions/")
    page.get_by_role("button", name="Begin an induction").click()
    answer_throughout(page)
    page.get_by_role("button", name="Save and go on to sign").click()

    expect(page.get_by_role("heading", name="Sign the induction", exact=True)).to_be_visible()
    assert too_wide(page) == []
