"""A resettlement plan from its first question to the officer, who accepts one thing about risk and changes another."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.a_leaver import make_leavers
from tests.journeys.a_resettlement_plan import OWN_WORDS, sign_plan, write_plan
from tests.journeys.of_release import worker_and_officer
from tests.journeys.test_officer import SCRIPTS, fits
from ttg.reference.questions import QUESTIONS

GANG, HURT = "family.gang", "health.self_harm"
DONE = "Seen each Monday by the nurse"
CHANGE = "He is also rung on the first evening, because he was alone the last time."


@SCRIPTS
def test_a_plan_is_written_agreed_and_signed_and_what_it_says_of_risk_is_answered(
    open_page, sign_in, usable, site, scripts
):
    crn = make_leavers(site)["homeless"]
    look = usable if scripts else fits
    worker, officer = worker_and_officer(open_page, sign_in, scripts)
    write_plan(worker, crn, look, {GANG: ("yes", ""), HURT: ("yes", DONE)})
    sign_plan(worker, look)
    the_officer_accepts_one(officer, crn, look)
    and_changes_the_other(officer, crn, look)

    worker.page.goto(reverse("risk-items", args=[crn]))
    expect(worker.page.get_by_text("Everything is read.")).to_be_visible()
    expect(worker.page.get_by_text(CHANGE)).to_be_visible()
    look(worker.page)
    worker.page.goto(reverse("resettlement-plan-copy", args=[crn]))
    expect(worker.page.get_by_text(OWN_WORDS)).to_be_visible()
    expect(worker.page.get_by_text("You told us that you agree with this plan")).to_be_visible()
    expect(worker.page.get_by_text(DONE)).to_have_count(
        0
    )  # what is about risk is not for their copy
    look(worker.page)


def the_officer_accepts_one(officer, crn, look):
    officer.page.goto(reverse("risk-items", args=[crn]))
    expect(officer.page.get_by_text("2 things of 2 still to be read")).to_be_visible()
    look(officer.page)
    answer(officer, GANG, look)
    officer.choose("answer", "I accept it as it stands")
    officer.press("Record your answer")
    expect(officer.page.get_by_text("The plan keeps what it said")).to_be_visible()
    look(officer.page)


def and_changes_the_other(officer, crn, look):
    answer(officer, HURT, look)
    expect(officer.page.get_by_text(DONE)).to_be_visible()
    officer.choose("answer", "I accept it, with a change")
    officer.press("Record your answer")  # without the change
    expect(officer.page.get_by_text("There is a problem")).to_be_visible()
    look(officer.page)
    officer.fill("amended", CHANGE)
    officer.press("Record your answer")
    expect(officer.page.get_by_text("Everything is read.")).to_be_visible()
    expect(officer.page.get_by_text(CHANGE)).to_be_visible()
    look(officer.page)


def answer(officer, code, look):
    section = officer.page.locator("[data-row]").filter(has_text=QUESTIONS[code].asks)
    section.get_by_role("link", name="Read it and answer").click()
    officer.page.wait_for_load_state()
    expect(officer.page.get_by_role("heading", level=1, name=QUESTIONS[code].asks)).to_be_visible()
    look(officer.page)
