"""A review with three events in one sitting; and one in which nothing is said, shown to the officer, then to the senior."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import SCRIPTS, fits

MOST_PRESSES = 20  # of links and buttons, from the tab of reviews to the signature
CALL_OUT, ARREST, CHILD = (
    "Police call-out",
    "Arrest or charge",
    "Social worker or school, about a child",
)
TOLD = {
    CALL_OUT: "A neighbour rang at midnight: shouting, a door kicked in. Nobody was arrested.",
    ARREST: "Arrested outside the station for having a knife; released while it is looked into.",
    CHILD: "The school says that a boy of eight who stays there at weekends came in with a bruise.",
}
STEP = "Ring his partner each Monday and ask whether the police were called again"
WHY = {
    CALL_OUT: "The police were called after a row with his partner: from now on duty rings her each Monday.",
    "together": "The police found no knife on him and let him go; the boy's bruise is from football, the school "
    "nurse and his social worker say after seeing him.",
}
SAID = "He was seen on Tuesday with his mother there, and she tells it as he does."
WORDS = "I lost my head that night. I have not been round there since."
HOLLOW = "Risk remains manageable and will be monitored in supervision as before."
FOUND = "The knife is not answered: I have asked him to see the custody record and to review again."


@pytest.fixture
def crn(site):
    """Of one of the officer's own, in the senior's team, whose plan has been in force for a while."""
    found = site.execute(
        "SELECT c.crn FROM cases_case c JOIN staff_user u ON u.id = c.officer_id"
        " JOIN cases_plan p ON p.case_id = c.id AND p.state = 'signed'"
        " WHERE u.username = %s AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''"
        " AND NOT EXISTS (SELECT 1 FROM cases_review r WHERE r.case_id = c.id"
        " AND r.state IN ('draft', 'waiting', 'returned'))"
        " AND NOT EXISTS (SELECT 1 FROM cases_limit l WHERE l.case_id = c.id)"
        " AND c.team_id = (SELECT team_id FROM staff_user WHERE username = %s)"
        " ORDER BY p.signed_at LIMIT 1",
        str(Role.OFFICER),
        str(Role.SPO),
    )
    return found[0][0]


def come_in(page, crn, kind):
    """The police ring, and it is written down as it comes."""
    page.goto(f"/information/?crn={crn}")
    page.get_by_label(re.compile(f"^{kind}")).first.check()
    page.get_by_label("Police", exact=True).check()
    page.get_by_label("Their name, or the service and desk").fill("The control room")
    page.get_by_label("When did it happen?").fill("today")
    page.get_by_label("What was said?").fill(TOLD[kind])
    page.get_by_role("group", name="Could somebody be hurt?").get_by_label("Yes").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("region", name="What you recorded today")).to_contain_text(crn)


def begin(officer, crn, look):
    officer.page.goto(f"/cases/{crn}/")
    officer.press("Reviews", exact=True)
    look(officer.page)
    officer.press("Begin a review")
    look(officer.page)
    officer.press("Begin", exact=True)
    expect(officer.page.get_by_role("heading", name="What has happened")).to_be_visible()
    look(officer.page)


def unanswered(page):
    """The rows of what must be answered and is not."""
    return page.locator("#id_keys [data-row]").filter(has_text="Not answered")


def tick(officer, *what):
    for one in what:
        unanswered(officer.page).filter(has_text=one).first.get_by_role("checkbox").check()
        officer.answered += 1


def answer(officer, how, words):
    officer.choose("answer", how)
    officer.fill("words", words)


def save(officer, look):
    officer.press("Save the answer")
    expect(officer.page.get_by_role("heading", name="What has happened")).to_be_visible()
    look(officer.page)


def answer_the_rest(officer, words, look):
    """Whatever else stands there."""
    rows = unanswered(officer.page)
    for n in range(rows.count()):
        rows.nth(n).get_by_role("checkbox").check()
        officer.answered += 1
    if rows.count():
        answer(officer, "It changes nothing, because", words)
        save(officer, look)


def write_the_parts(officer, look):
    officer.press("Progress, and keeping to it")
    for go_on in ("Save and go on", "Save and go on", "Save and go back to the review"):
        fill_in(officer)
        look(officer.page)
        officer.press(go_on)


def fill_in(officer):
    """Each question of the part, as somebody would who knows him."""
    page = officer.page
    for option in ("Under way", "Still right: we looked again, and", "They said", "No"):
        for radio in page.get_by_role("radio", name=option, exact=True).all():
            radio.check()
            officer.answered += 1
    for box in page.get_by_role("checkbox", name="Social care", exact=True).all():
        box.check()
        officer.answered += 1
    for box in page.locator("textarea:visible").all():
        if not box.input_value():
            box.fill(WORDS if box.get_attribute("name") == "person_words" else SAID)
            officer.answered += 1


def sign(officer, look):
    officer.press("Check it and sign")
    expect(officer.page.locator("#gaps")).to_have_count(0)
    fill_in(officer)
    look(officer.page)
    officer.press("Sign the review")
    expect(officer.page.get_by_text("The review is signed")).to_be_visible()
    look(officer.page)


@SCRIPTS
def test_an_officer_reviews_three_events_in_one_sitting(
    open_page, sign_in, usable, crn, scripts, record_property
):
    officer = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    look = usable if scripts else fits
    sign_in(officer.page, Role.OFFICER)
    for kind in TOLD:
        come_in(officer.page, crn, kind)
    begin(officer, crn, look)

    tick(officer, CALL_OUT)
    answer(officer, "It changes something", WHY[CALL_OUT])
    officer.fill("what", STEP)
    officer.fill("by_whom", "Duty officer")
    officer.fill("by_on", "tomorrow")
    save(officer, look)
    expect(officer.page.get_by_text(f"Step put in the plan: {STEP}")).to_be_visible()
    tick(officer, ARREST, CHILD)
    answer(officer, "It changes nothing, because", WHY["together"])
    save(officer, look)
    expect(officer.page.get_by_text("Answered together with 1 other")).to_have_count(2)
    answer_the_rest(officer, SAID, look)

    write_the_parts(officer, look)
    sign(officer, look)

    record_property("interactions", officer.effort)
    assert officer.pressed <= MOST_PRESSES, officer.effort
    officer.press("Read it whole")
    expect(officer.page.get_by_text(f"“{WORDS}”")).to_be_visible()
    expect(officer.page.get_by_role("region", name="What has changed")).to_contain_text(STEP)
    look(officer.page)


def test_a_review_that_says_nothing_is_shown_to_the_officer_then_to_the_senior(
    open_page, sign_in, usable, crn
):
    officer, senior = Hands(open_page(viewport=DESKTOP)), open_page(viewport=DESKTOP)
    sign_in(officer.page, Role.OFFICER)
    for kind in TOLD:
        come_in(officer.page, crn, kind)
    begin(officer, crn, usable)
    answer_the_rest(officer, HOLLOW, usable)
    write_the_parts(officer, usable)

    officer.press("Check it and sign")
    shown = officer.page.get_by_role("region", name="No change recorded")
    expect(shown).to_contain_text("what your senior probation officer will see")
    expect(shown).to_contain_text(CALL_OUT)
    fill_in(officer)
    usable(officer.page)
    officer.press("Sign the review")
    expect(officer.page.get_by_text("A senior probation officer reads it")).to_be_visible()

    sign_in(senior, Role.SPO)
    senior.goto("/reviews/")
    first = (
        senior.get_by_role("region", name="Reviews waiting for a senior")
        .locator("[data-row]")
        .first
    )
    expect(first).to_contain_text("No change recorded, not read yet.")
    usable(senior)
    senior.goto(f"/cases/{crn}/reviews/")
    senior.get_by_role("button", name="Read it and countersign").click()
    expect(senior.get_by_role("region", name="No change recorded")).to_contain_text(CALL_OUT)
    senior.get_by_label("No, I return it to be put right").check()
    senior.get_by_label("Which box is to be put right?").select_option(index=1)
    senior.get_by_label("What is missing?").fill(FOUND)
    usable(senior)
    senior.get_by_role("button", name="Save the answer").click()
    expect(senior.get_by_text("The review is returned.")).to_be_visible()

    officer.page.goto(f"/cases/{crn}/")
    officer.press("Put it right")
    expect(officer.page.get_by_text(FOUND)).to_be_visible()
    usable(officer.page)
