"""A need on release is referred to a service, which answers by its link without signing in; the officer sees it met."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.of_release import say_they_are_seen
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

CASE = "T100021"
SERVICE = "Turning Tide, Caversham"


@SCRIPTS
def test_a_service_is_asked_and_answers_by_its_link(open_page, sign_in, usable, scripts):
    look = usable if scripts else fits
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    known = {"viewport": width, "java_script_enabled": scripts}
    hub = signed_in(open_page, sign_in, Role.HUB, **known)
    officer = signed_in(open_page, sign_in, Role.OFFICER, **known)
    service = Hands(open_page(**known))
    the_book(hub, look)
    they_are_in_prison(officer)
    a_need(officer, look)
    path = it_is_sent(officer, look)
    the_service_answers(service, path, look)
    the_officer_sees_it(officer, look)

    expect(officer.page.get_by_text("Jo Field sees them on the first day")).to_be_visible()
    look(officer.page)


def the_book(hub, look):
    hub.page.goto(reverse("services"))
    look(hub.page)
    hub.press("Add a service")
    look(hub.page)
    hub.press("Add to the book")  # with nothing said
    expect(hub.page.get_by_text("There is a problem")).to_be_visible()
    hub.fill("name", SERVICE)
    hub.choose("kind", "Drugs and alcohol")
    hub.fill("telephone", "01632 960400")
    hub.fill("email", "referrals@turning-tide.example")
    hub.choose("weekdays", "Monday")
    hub.press("Add to the book")
    expect(hub.page.get_by_text(SERVICE)).to_be_visible()
    look(hub.page)
    hub.press("Referrals without an answer")
    look(hub.page)


def they_are_in_prison(officer):
    officer.page.goto(reverse("release-needs", args=[CASE]))
    expect(officer.page.get_by_text("No stay in prison is recorded")).to_be_visible()
    officer.page.goto(reverse("custody", args=[CASE]))
    officer.press("Record that they are in prison")
    officer.fill("source", "Reception, by telephone")
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("It is recorded. Reckon the dates next")).to_be_visible()


def a_need(officer, look):
    officer.page.goto(reverse("release-needs", args=[CASE]))
    look(officer.page)
    officer.press("Record a need")
    look(officer.page)
    officer.choose("pathway", "Drugs and alcohol")
    officer.fill("words", "A script for methadone from the first day")
    officer.choose("side", "In the community, after release")
    officer.press("Record it", exact=True)
    expect(
        officer.page.get_by_text("no community drug and alcohol service has been asked")
    ).to_be_visible()
    look(officer.page)
    officer.press("Settle it")
    officer.choose("state", "Met")
    officer.fill("because", "Signposted")
    officer.press("Settle it", exact=True)
    expect(officer.page.get_by_text("Nobody is helped by a leaflet").first).to_be_visible()
    look(officer.page)


def it_is_sent(officer, look):
    """The path of the link, which is shown this once."""
    officer.page.goto(reverse("release-needs", args=[CASE]))
    officer.press("Refer to a service")
    look(officer.page)
    officer.select("service", SERVICE)
    officer.choose("consent", "They agree that we tell the service")
    officer.fill("consent_on", "today")
    officer.fill("tells", "Asks for a script for methadone, 40 ml, from the first day.")
    officer.press("Save the draft")
    expect(officer.page.get_by_text("All that the service would get")).to_be_visible()
    look(officer.page)
    officer.press("Send it")
    look(officer.page)
    officer.choose("how", "By e-mail with a link to answer")
    officer.press("Send it", exact=True)
    expect(officer.page.get_by_text("It is recorded as sent")).to_be_visible()
    look(officer.page)
    found = re.search(r"/answer/[\w-]{43}", officer.page.locator("main").inner_text())
    assert found
    return found.group()


def the_service_answers(service, path, look):
    service.page.goto(path)
    expect(service.page.get_by_text("Asks for a script for methadone")).to_be_visible()
    expect(service.page.get_by_text(CASE)).to_have_count(0)
    look(service.page)
    service.press("Send the answer")  # with nothing said
    expect(service.page.get_by_text("There is a problem")).to_be_visible()
    look(service.page)
    say_they_are_seen(service, 30)
    look(service.page)
    service.page.goto(path)
    expect(service.page.get_by_role("heading", name="This link does not work")).to_be_visible()
    look(service.page)


def the_officer_sees_it(officer, look):
    officer.page.goto(reverse("release-needs", args=[CASE]))
    officer.press(SERVICE)
    expect(officer.page.get_by_text("Jo Field").first).to_be_visible()
    expect(officer.page.get_by_text("14 Mill Street").first).to_be_visible()
    look(officer.page)
    officer.press("Say that they were told")
    look(officer.page)
    officer.press("Record it", exact=True)
    expect(officer.page.get_by_text("It is recorded that they were told")).to_be_visible()
    officer.page.goto(reverse("release-needs", args=[CASE]))
    officer.press("Settle it")
    officer.choose("state", "Met")
    officer.fill("because", "Jo Field sees them on the first day")
    officer.press("Settle it", exact=True)
