"""The admin hub: ten letters that were claimed, read, printed and posted in one sitting with the keyboard alone."""

import re
import time

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.keyboard import tab_to

LINKS = 200  # a page with ten letters on it has more than any other
TEN, PROOF = 10, "Certificate AB 12"
ONE_SITTING = 240  # seconds, on a machine that does other work: "batch of ten letters in minutes"
BEGIN = """
from django.utils.timezone import now
from cases.models import Case, Deadline
from cases.services.enforcement.letters import look_at
from cases.services.enforcement.queue import claim
from staff.models import User
from tests.cases.a_letter import a_letter, written
hub = User.objects.get(username="hub")
cases = Case.objects.open_to(hub, "send_letter").filter(left_as="", officer__isnull=False, sentences__isnull=False)
cases = list(cases.distinct().order_by("pk")[:60])
"""
# Whose letter lacks something, such as an address that is safe, is left out: the ten are whole
CLAIM = f"""{BEGIN}
made = []
while len(made) < {TEN}:
    letter = written(hub, now(), cases.pop(0))
    if not look_at(letter=letter, now=now())[0]:
        claim(by=hub, now=now(), deadline=Deadline.objects.get(letter=letter))
        made.append(letter.case.crn)
print("CRNS", " ".join(made))
"""
ONE = f"""{BEGIN}
print("CRNS", a_letter(hub, now(), cases[0]).case.crn)
"""


def test_ten_letters_go_from_claimed_to_posted_in_one_sitting(page, sign_in, site, usable):
    crns = re.search(r"CRNS (.*)", site.manage("shell", "-c", CLAIM))[1].split()
    assert len(crns) == TEN
    sign_in(page, Role.HUB)
    began = time.monotonic()
    page.goto(reverse("letters-batch"))
    expect(page.get_by_label(re.compile("I have read it"))).to_have_count(TEN)
    usable(page)

    for _ in range(TEN):
        tab_to(page, "^read-", LINKS)
        page.keyboard.press("Space")
    tab_to(page, "^Approve those ticked", LINKS)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{TEN} letters approved")).to_be_visible()
    usable(page)
    tab_to(page, "^Print all as one PDF", LINKS)
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    text = " ".join(one.extract_text() for one in PdfReader(coming.value.path()).pages)
    assert [crn for crn in crns if crn not in text] == []
    tab_to(page, "^All ticked are posted", LINKS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    usable(page)
    tab_to(page, "^id_proof", LINKS)
    page.keyboard.type(PROOF)
    tab_to(page, "^All ticked are posted", LINKS)
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{TEN} letters sent")).to_be_visible()
    usable(page)
    assert time.monotonic() - began < ONE_SITTING
    gone = "SELECT count(*) FROM cases_letter WHERE state = 'sent' AND proof = %s"
    assert site.execute(gone, PROOF) == [(TEN,)]


def test_one_letter_is_written_read_and_comes_back_without_a_script(open_page, sign_in, site, axe):
    crn = re.search(r"CRNS (\w+)", site.manage("shell", "-c", ONE))[1]
    page = open_page(viewport={"width": 400, "height": 800}, java_script_enabled=False)
    sign_in(page, Role.HUB)
    page.goto(reverse("case-letters", args=[crn]))
    page.get_by_role("link", name="Letter: First warning").first.click()
    page.get_by_role("link", name="Write it", exact=True).click()
    page.get_by_label("By hand", exact=True).check()
    page.get_by_label("No", exact=True).check()
    for box in page.get_by_role("textbox", name=re.compile("Why no appointment")).all()[:1]:
        box.fill("We will ring you to arrange the next appointment.")
    page.get_by_role("button", name="Save, and see the letter").click()
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("It is ready to go.")).to_be_visible()
    page.get_by_role("link", name="Say who handed it over").click()
    page.get_by_label("Who handed it over").fill("S. Okoro, at reception")
    page.get_by_role("button", name="Record that it was handed over").click()
    expect(page.get_by_text("It is recorded as handed over")).to_be_visible()
    page.get_by_role("link", name="It came back").click()
    page.get_by_label("Why, as it is written on it?").fill("They left it on the desk")
    page.get_by_role("button", name="Record that it came back").click()
    expect(page.get_by_role("button", name="Write another in its place")).to_be_visible()
