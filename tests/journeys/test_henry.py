"""Henry, from reception to his first appointment: the officer, the worker of Through the Gate, his mentor and the senior.

Everything is done on the pages. What would take weeks is moved in the database of the site: days pass between the steps,
and nothing else is made there.
"""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_resettlement_plan import sign_plan, write_plan
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.of_release import say_they_are_seen
from tests.journeys.test_escalation import signed_in

CASE = "T100021"
SERVICE = "Turning Tide, Caversham"
SCRIPT = "A prescription that goes on from the day of release"  # the need that the plan finds
SAID = {
    "health.self_harm": (
        "yes",
        "Seen each Monday by the nurse, and by his mentor in the first week",
    ),
    "substances.script": ("needed", ""),
}
LEAVES_TODAY = """
    UPDATE ttg_custody SET release_on = current_date, received_on = received_on - 30
    WHERE case_id = (SELECT id FROM cases_case WHERE crn = %s)
"""
AT_THE_GATE_NOW = """
    UPDATE ttg_gatemeeting SET at = now() - interval '5 minutes'
    WHERE custody_id = (SELECT c.id FROM ttg_custody c JOIN cases_case k ON k.id = c.case_id WHERE k.crn = %s)
"""
HELD_NOW = """
    UPDATE cases_contact SET started_at = now() - interval '1 hour', ended_at = now() - interval '30 minutes'
    WHERE case_id = (SELECT id FROM cases_case WHERE crn = %s) AND type_code = 'COAI' AND outcome_code = ''
"""


def test_henry_comes_in_is_planned_for_handed_over_met_and_seen(open_page, sign_in, usable, site):
    officer, worker, mentor, senior, hub = (
        signed_in(open_page, sign_in, role, viewport=DESKTOP)
        for role in (Role.OFFICER, Role.RESETTLEMENT, Role.MENTOR, Role.SPO, Role.HUB)
    )
    a_service_is_in_the_book(hub)
    he_is_received(officer, usable)
    who_sees_to_him(officer, worker, mentor, usable)
    write_plan(worker, CASE, usable, SAID)
    sign_plan(worker, usable)
    what_it_says_of_risk(officer, usable)
    path = a_service_is_asked(worker, usable)
    the_service_answers(Hands(open_page(viewport=DESKTOP)), path, usable)
    a_home(worker, usable)
    the_hand_over(worker, officer, usable)
    the_first_appointment_is_booked(officer, usable)
    the_senior_sees_what_is_missing(senior, usable)
    the_gate(worker, mentor, usable, site)
    he_is_out(officer, usable)
    site.execute(HELD_NOW, CASE)
    he_comes(officer, usable)

    officer.page.goto(reverse("case-release", args=[CASE]))
    usable(officer.page)
    expect(officer.page.get_by_text("Not met").first).to_be_visible()
    officer.page.goto(f"/cases/{CASE}/contacts/?appointments=on")
    expect(officer.page.get_by_text("Attended and complied. At Oxford office")).to_be_visible()


def a_service_is_in_the_book(hub):
    hub.page.goto(reverse("add-service"))
    hub.fill("name", SERVICE)
    hub.choose("kind", "Drugs and alcohol")
    hub.fill("telephone", "01632 960400")
    hub.fill("email", "referrals@turning-tide.example")
    hub.choose("weekdays", "Monday")
    hub.press("Add to the book")
    expect(hub.page.get_by_text(SERVICE)).to_be_visible()


def he_is_received(officer, look):
    officer.page.goto(reverse("receive-into-custody", args=[CASE]))
    look(officer.page)
    officer.fill("source", "Reception, by telephone")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("It is recorded. Reckon the dates next")).to_be_visible()
    officer.page.goto(reverse("record-screening", args=[CASE]))
    officer.fill("on", "today")
    officer.fill("whom", "P. Okoro, Bullingdon")
    officer.press("Record the screening")
    officer.page.goto(reverse("set-release-day", args=[CASE]))
    officer.fill("on", (localdate() + timedelta(days=30)).strftime("%d/%m/%Y"))
    officer.choose("kind", "Another decision")
    officer.fill("because", "The prison wrote the day to us")
    officer.press("Set the day", exact=True)
    look(officer.page)
    officer.page.goto(reverse("standing-still", args=[CASE]))
    expect(officer.page.get_by_text("In custody").first).to_be_visible()


def who_sees_to_him(officer, worker, mentor, look):
    for name, hands in (("name-resettlement-worker", worker), ("name-mentor", mentor)):
        officer.page.goto(reverse(name, args=[CASE]))
        look(officer.page)
        choose_who(officer, "person", hands)
        officer.press("Name them")
        expect(officer.page.get_by_text("It is recorded, and they are told.")).to_be_visible()


def choose_who(hands, field, whom):
    """Whoever is signed in on another page, by their name there."""
    name = re.search(r"Signed in as ([^,]+),", whom.page.locator("footer").inner_text())[1]
    found = hands.page.locator(f"#id_{field} option", has_text=name)
    hands.page.locator(f"#id_{field}").select_option(value=found.first.get_attribute("value"))
    hands.answered += 1


def what_it_says_of_risk(officer, look):
    officer.page.goto(reverse("risk-items", args=[CASE]))
    look(officer.page)
    officer.press("Read it and answer")
    look(officer.page)
    officer.choose("answer", "I accept it as it stands")
    officer.page.locator("form.app-form button").first.click()
    expect(officer.page.get_by_text("The plan keeps what it said")).to_be_visible()


def a_service_is_asked(worker, look):
    """The path of the link, which is shown this once."""
    worker.page.goto(reverse("release-needs", args=[CASE]))
    look(worker.page)
    worker.press(re.compile(f"Refer to a service.*{SCRIPT}"))
    look(worker.page)
    worker.select("service", SERVICE)
    worker.choose("consent", "They agree that we tell the service")
    worker.fill("consent_on", "today")
    worker.fill("tells", "Asks for a script for methadone, 40 ml, from the first day.")
    worker.press("Save the draft")
    look(worker.page)
    worker.press("Send it")
    look(worker.page)
    worker.choose("how", "By e-mail with a link to answer")
    worker.press("Send it", exact=True)
    found = re.search(r"/answer/[\w-]{43}", worker.page.locator("main").inner_text())
    assert found
    return found.group()


def the_service_answers(service, path, look):
    service.page.goto(path)
    look(service.page)
    say_they_are_seen(service, 31)


def a_home(worker, look):
    worker.page.goto(reverse("offer-home", args=[CASE]))
    look(worker.page)
    worker.page.locator("[name='kind']").first.check()
    worker.fill("lines", "3 Canal Row")
    worker.fill("postcode", "RG1 9ZZ")
    worker.fill("offered_by", "Jo Hale, who owns it")
    worker.fill("offered_on", "today")
    worker.press("Record it", exact=True)
    look(worker.page)
    worker.page.goto(reverse("release-home", args=[CASE]))
    expect(worker.page.get_by_text("3 Canal Row").first).to_be_visible()


def the_hand_over(worker, officer, look):
    worker.page.goto(reverse("offer-hand-over", args=[CASE]))
    look(worker.page)
    worker.fill("met_on", "today")
    worker.fill("how", "By video from the prison")
    worker.fill("who_came", "Henry, the officer, the mentor")
    worker.fill("minutes", "The script is arranged with Jo Field; the room is being looked at.")
    worker.press("Hand over", exact=True)
    officer.page.goto(reverse("ask-about-hand-over", args=[CASE]))
    officer.fill("words", "Who fetches his things?")
    officer.press("Ask", exact=True)
    worker.page.goto(reverse("answer-hand-over", args=[CASE]))
    worker.fill("words", "His mentor, who waits at the gate.")
    worker.press("Answer", exact=True)
    officer.page.goto(reverse("accept-hand-over", args=[CASE]))
    look(officer.page)
    officer.press("Accept it", exact=True)
    look(officer.page)


def the_first_appointment_is_booked(officer, look):
    officer.page.goto(reverse("hand-over", args=[CASE]))
    officer.press("Book the first appointment")
    look(officer.page)
    officer.press("Book it", exact=True)
    expect(officer.page.get_by_text("Nothing is booked yet")).to_be_visible()
    look(officer.page)
    officer.press("Book it all the same")  # he is in prison today, and is not on that day
    look(officer.page)
    expect(officer.page.get_by_text("Booked for").first).to_be_visible()


def the_senior_sees_what_is_missing(senior, look):
    senior.page.goto(reverse("releases"))
    look(senior.page)
    expect(senior.page.get_by_text(CASE).first).to_be_visible()


def the_gate(worker, mentor, look, site):
    site.execute(LEAVES_TODAY, CASE)
    worker.page.goto(reverse("plan-gate-meeting", args=[CASE]))
    look(worker.page)
    choose_who(worker, "meets", mentor)
    worker.fill("on", "today")
    worker.fill("time", "23:54")
    worker.fill("where", "Inside the visitors' centre")
    worker.press("Plan the meeting")
    site.execute(AT_THE_GATE_NOW, CASE)
    mentor.page.goto(reverse("gate-meetings"))
    look(mentor.page)
    mentor.press("Say whether you met them")
    look(mentor.page)
    mentor.choose("met", "No, they did not come out, or we missed each other")
    mentor.fill("words", "He had left before nine. His sister has not seen him.")
    mentor.page.locator("form.app-form button").first.click()
    expect(mentor.page.get_by_text("The officer has been told")).to_be_visible()


def he_is_out(officer, look):
    officer.page.goto(reverse("record-release", args=[CASE]))
    officer.press("Record the release")
    look(officer.page)


def he_comes(officer, look):
    officer.page.goto(f"/cases/{CASE}/contacts/?appointments=on")
    officer.press("First appointment, in office")
    look(officer.page)
    officer.choose("outcome", "Attended and complied")
    officer.fill("notes", "He slept at his sister's. We went through the licence and the script.")
    officer.page.locator("[name='next'][value='none']").check()
    officer.press("Record it")
    expect(officer.page.get_by_role("heading", name="Recorded", exact=True)).to_be_visible()
