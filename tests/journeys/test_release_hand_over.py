"""A hand-over before release with a question: the officer asks, Through the Gate answers, the officer accepts."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.a_leaver import make_leavers
from tests.journeys.of_release import worker_and_officer
from tests.journeys.test_officer import SCRIPTS, fits

QUESTION = "Who fetches the script on the first day?"
ANSWER = "His sister, from the pharmacy in Mill Street, by noon."


@SCRIPTS
def test_an_officer_asks_before_taking_over_and_accepts_once_it_is_answered(
    open_page, sign_in, usable, site, scripts
):
    crn = make_leavers(site)["homeless"]
    look = usable if scripts else fits
    worker, officer = worker_and_officer(open_page, sign_in, scripts)
    it_is_offered(worker, crn, look)
    the_officer_asks(officer, crn, look)
    it_is_answered(worker, look)
    the_officer_accepts(officer, crn, look)

    worker.page.goto(reverse("hand-over", args=[crn]))
    for words in (QUESTION, ANSWER, "He has read it with his senior"):
        expect(worker.page.get_by_text(words).first).to_be_visible()
    expect(worker.page.get_by_role("heading", name="As it stood on")).to_be_visible()
    look(worker.page)


def it_is_offered(worker, crn, look):
    worker.page.goto(reverse("hand-over", args=[crn]))
    look(worker.page)
    worker.press("Hand over to the officer")
    worker.press("Hand over", exact=True)  # with nothing said
    expect(worker.page.get_by_text("There is a problem")).to_be_visible()
    look(worker.page)
    worker.fill("how", "By video from the prison")
    worker.fill("who_came", "He himself, the officer, his sister")
    worker.fill("minutes", "The script is arranged. Nowhere to sleep is found yet.")
    worker.press("Hand over", exact=True)
    expect(worker.page.get_by_text("It is with the officer, who has been told")).to_be_visible()
    look(worker.page)


def the_officer_asks(officer, crn, look):
    officer.page.goto(reverse("hand-over", args=[crn]))
    look(officer.page)
    officer.press("Ask something first")
    look(officer.page)
    officer.fill("words", QUESTION)
    officer.press("Ask", exact=True)
    expect(officer.page.get_by_text("Through the Gate has been told")).to_be_visible()
    look(officer.page)
    # What is asked is answered first
    expect(officer.page.get_by_role("button", name="Accept the hand-over")).to_have_count(0)


def it_is_answered(worker, look):
    worker.page.goto(reverse("my-work"))
    worker.press("The officer has a question about the hand-over before release")
    look(worker.page)
    worker.press("Answer what the officer asked")
    expect(worker.page.get_by_text(QUESTION)).to_be_visible()
    look(worker.page)
    worker.fill("words", ANSWER)
    worker.press("Answer", exact=True)
    expect(worker.page.get_by_text("The officer has been told")).to_be_visible()
    look(worker.page)


def the_officer_accepts(officer, crn, look):
    officer.page.goto(reverse("hand-over", args=[crn]))
    expect(officer.page.get_by_text(ANSWER)).to_be_visible()
    officer.press("Accept the hand-over")
    look(officer.page)
    officer.fill("note", "He has read it with his senior")
    officer.press("Accept it", exact=True)
    expect(officer.page.get_by_text("You have taken over")).to_be_visible()
    expect(officer.page.get_by_role("link", name="Book the first appointment")).to_be_visible()
    look(officer.page)
