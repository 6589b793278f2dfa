"""A resettlement plan written on its pages, every question answered, as journeys write one."""

from django.urls import reverse
from playwright.sync_api import expect

from cases.rules.answering import field_name
from tests.ttg.a_plan import QUIET
from ttg.reference.questions import ASKED_OF, QUESTIONS
from ttg.reference.referrals import Pathway

STRENGTHS = "His sister, who visits each week"
OWN_WORDS = "I want to see my daughter at Christmas."


def write_plan(worker, case, look, said):
    """From beginning it to what the person says. `said`: {code: (answer, what is done about it; blank: not asked)}

    Every other question has the first answer that says nothing of risk.
    """
    worker.page.goto(reverse("resettlement-plan", args=[case]))
    look(worker.page)
    worker.press("Begin the plan")
    look(worker.page)
    worker.press(next(iter(Pathway)).title, exact=True)
    for part in Pathway:
        expect(worker.page.get_by_role("heading", level=1, name=part.title)).to_be_visible()
        look(worker.page)
        for question in ASKED_OF[part]:
            _answer(worker, question.code, *said.get(question.code, ()))
        worker.page.get_by_role("button", name="Save and go on").first.click()
        worker.page.wait_for_load_state()
    look(worker.page)
    worker.fill("strengths", STRENGTHS)
    worker.fill("own_words", OWN_WORDS)
    worker.choose("agreed", "They agree")
    worker.press("Save what they say")
    expect(worker.page.get_by_text("What they say is saved.")).to_be_visible()


def sign_plan(worker, look):
    """Nothing is left to do."""
    worker.press("Check it and sign")
    look(worker.page)
    worker.press("Sign the plan")
    expect(worker.page.get_by_text("The plan is in force")).to_be_visible()
    look(worker.page)


def _answer(worker, code, said="", done=""):
    name, question = field_name(code), QUESTIONS[code]
    choices = [one for one, _ in question.choices]
    said = said or next((one for one in choices if one in QUIET), choices[0])
    worker.page.locator(f"[name='{name}'][value='{said}']").check()
    worker.answered += 1
    if done:
        worker.fill(f"{name}-does", done)
