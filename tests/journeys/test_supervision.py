"""Supervision of an officer, from its agenda to an action that the officer has done."""

import io
import re
import unicodedata
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.a_team import make_team
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands

ASKED = "Ring the school and write down what they say"
TALKED = "We read the two late ones together, and what is done first is agreed."
ANSWER = "I see it the same way. The school is rung on Monday."
DONE = "Rang the head of year: he has been in each day since half term."


def day(days):
    on = localdate() + timedelta(days=days)
    return f"{on.day}/{on.month}/{on.year}"


def test_a_supervision_from_its_agenda_to_an_action_that_is_done(open_page, sign_in, site, usable):
    made = make_team(site)
    senior, officer = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    hands = Hands(senior)
    sign_in(senior, Role.SPO)
    senior.goto(reverse("supervision", args=[made["planned"]]))
    expect(senior.get_by_role("heading", name="Strengths")).to_be_visible()
    expect(senior.get_by_role("heading", name="To look at together")).to_be_visible()
    usable(senior)

    hands.press("Begin it now")
    expect(senior.get_by_text("its agenda is kept as it stands now")).to_be_visible()
    hands.press("Agree an action")
    usable(senior)
    hands.fill("what", ASKED)
    hands.fill("why", "He has a son there, and nobody has asked since June.")
    _say_day(senior, "due_on", day(7))
    hands.fill("crn", made["crn"])
    senior.get_by_role("button", name="Agree it").click()
    senior.wait_for_load_state()
    expect(senior.get_by_text("stands in the officer’s work")).to_be_visible()
    hands.press("Write it up and sign")
    hands.fill("discussed", TALKED)
    _say_day(senior, "next_on", day(35))
    usable(senior)
    senior.get_by_role("button", name="Sign it").click()
    senior.wait_for_load_state()
    expect(senior.get_by_text("reads it next, and may answer")).to_be_visible()

    sign_in(officer, Role.OFFICER)
    officer.goto(reverse("supervision", args=[made["planned"]]))
    Hands(officer).press("Say that you have read it")
    officer.locator("#id_answer").fill(ANSWER)
    officer.get_by_role("button", name="Say that you have read it").click()
    officer.wait_for_load_state()
    expect(officer.get_by_text(ANSWER)).to_be_visible()
    usable(officer)
    row = officer.locator("[data-row]").filter(has_text=ASKED)
    row.get_by_role("link", name=re.compile("See it on the case")).click()
    officer.wait_for_load_state()
    Hands(officer).press("Say it is done")
    officer.locator("textarea").first.fill(DONE)
    officer.get_by_role("button", name="Say it is done").click()
    officer.wait_for_load_state()
    expect(officer.get_by_text("has been told")).to_be_visible()

    senior.goto(reverse("supervision", args=[made["planned"]]))
    expect(senior.get_by_text(ANSWER)).to_be_visible()
    expect(senior.locator("[data-row]").filter(has_text=ASKED)).to_contain_text(DONE)
    paper = PdfReader(io.BytesIO(senior.pdf(format="A4", prefer_css_page_size=True)))
    drawn = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    printed = unicodedata.normalize("NFKC", drawn)  # paper draws "fi" as one letter
    for words in (TALKED, ASKED, DONE, ANSWER, "Strengths"):
        assert words in printed


def test_nobody_else_opens_a_supervision(page, sign_in, site):
    made = make_team(site)
    sign_in(page, Role.QUALITY)

    answer = page.goto(reverse("supervision", args=[made["signed"]]))

    assert answer.status == 403


def _say_day(page, field, text):
    page.locator(f"#id_{field}").fill(text)
