"""A breach in real browsers: the officer puts the pack together, the hub sends it and records the NPS and the court, the officer
reads what was changed, and a senior reads why another was withdrawn. Each page is usable at every width, axe without a finding.
"""

import re

from playwright.sync_api import expect

from tests.journeys.hands import Hands

SAID = "They came to eleven of fourteen appointments, and rang twice when they could not."
NPS = "Jo Hall, NPS Reading"
COURT = "Reading Magistrates’ Court"
REFERRED = """

from datetime import timedelta
from django.utils.timezone import now
from cases.models import Breach, Case, Sentence
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.failures import record_failure
from cases.queries.enforcement.failures import orders_on
at = now() - timedelta(days=1)
day = at.date()
made = []
for case in Case.objects.filter(officer__username="officer", state="supervised", left_as="").order_by("pk"):
    for order in orders_on(case, day):
        if order.regime not in ("community", "suspended"):
            continue
        if Breach.objects.filter(case=case).exists() or len(made) == 2:
            continue
        failure = record_failure(
            case=case, order=order.key, happened_on=day, became_aware_on=day, learnt="staff", by=case.officer, now=at,
            what="Did not let the officer into the home, and did not answer the telephone.",
        )
        answer_failure(failure=failure, answer="refer", because="They were heard inside.", by=case.officer, now=at)
        made.append(case.crn)
print("MADE", *made)
"""


def test_from_the_referral_to_what_the_court_decided(site, page, open_page, sign_in, usable):
    crn, other = referred(site)
    officer, hub, senior = (Hands(one) for one in (page, open_page(), open_page()))
    for hands, role in ((officer, "officer"), (hub, "hub"), (senior, "spo")):
        sign_in(hands.page, role)

    put_together(officer, crn, usable)
    send(hub, crn, usable)
    hear(hub, crn, usable)
    change(hub, officer, crn, usable)
    decide(hub, crn, usable)
    withdraw(officer, senior, other, usable)


def referred(site):
    """The CRNs of two people whose breach was referred a moment ago."""
    said = site.manage("shell", "-c", REFERRED)
    return re.search(r"MADE (\w+) (\w+)", said).groups()


def breach_page(hands, crn):
    hands.page.goto(f"/cases/{crn}/enforcement/")
    hands.press("Breach")


def put_together(officer, crn, usable):
    breach_page(officer, crn)
    usable(officer.page)
    officer.press("The pack", exact=True)
    expect(officer.page.get_by_text("still to do before you can send the pack")).to_be_visible()
    usable(officer.page)
    for box in officer.page.locator("textarea").all():
        box.fill(SAID)
    officer.page.locator("#id_court_name").fill(COURT)
    officer.press("Save", exact=True)
    expect(officer.page.get_by_text("What you wrote is in the pack.")).to_be_visible()
    expect(officer.page.get_by_text("Nothing stands in the way")).to_be_visible()


def send(hub, crn, usable):
    breach_page(hub, crn)
    hub.press("The pack", exact=True)
    hub.press("Go on to sending it")
    usable(hub.page)
    expect(
        hub.page.get_by_text("Save the pack as a PDF and send it by secure e-mail")
    ).to_be_visible()
    hub.press("It has gone to the NPS")
    expect(hub.page.get_by_text("The pack is with the NPS.")).to_be_visible()
    usable(hub.page)


def hear(hub, crn, usable):
    hub.press("Record the NPS’s answer")
    usable(hub.page)
    hub.press("Record the answer")
    expect(hub.page.get_by_text("There is a problem")).to_be_visible()
    usable(hub.page)
    hub.choose("to", "Accepted by the NPS")
    hub.fill("outside", NPS)
    hub.fill("on", "today")
    hub.press("Record the answer")
    hub.press("A summons or warrant is issued")
    usable(hub.page)
    hub.choose("to", "Summons issued")
    hub.fill("court", COURT)
    hub.fill("on", "today")
    hub.press("Record it")
    hub.press("A day in court is set")
    usable(hub.page)
    hub.fill("on", "today")
    hub.fill("at", "12:01am")
    hub.fill("court", COURT)
    hub.press("Record the day")
    hub.press("Say what came of the day in court")
    usable(hub.page)
    hub.choose("attended", "Yes")
    hub.fill("result", "Adjourned for a report.")
    hub.choose("adjourned", "No")
    hub.press("Record it")
    expect(hub.page.get_by_text("Adjourned for a report.").first).to_be_visible()
    hub.press("No day is known yet")
    usable(hub.page)


def change(hub, officer, crn, usable):
    breach_page(hub, crn)
    hub.press("A change is asked for")
    usable(hub.page)
    hub.fill("what", "Correct the dates of the first month.")
    hub.fill("asked_by", NPS)
    hub.fill("asked_on", "today")
    hub.fill("due_on", "today")
    hub.press("Record it")
    hub.press("Send the change")
    usable(hub.page)
    for box in hub.page.locator("textarea").all():
        box.fill("The dates are those of the log now.")
    hub.press("It has gone to the NPS")
    breach_page(officer, crn)
    officer.press("I have read it")
    expect(officer.page.get_by_text("you have read what was changed")).to_be_visible()


def decide(hub, crn, usable):
    breach_page(hub, crn)
    hub.press("The court has decided")
    usable(hub.page)
    hub.choose("code", "Proven, the order goes on with changes")
    hub.fill("on", "today")
    hub.choose("attended", "Yes")
    hub.press("Record the decision")
    expect(hub.page.get_by_text("Have it put right in nDelius").first).to_be_visible()
    usable(hub.page)


def withdraw(officer, senior, crn, usable):
    breach_page(officer, crn)
    officer.press("Withdraw it")
    usable(officer.page)
    officer.choose("because", "Proof of a good reason came")
    officer.fill("words", "A letter of the hospital came: she was there that night.")
    officer.fill("authority", NPS)
    officer.press("Withdraw it")
    expect(officer.page.get_by_text("The breach is withdrawn.")).to_be_visible()
    breach_page(senior, crn)
    senior.press("Read why it was withdrawn")
    usable(senior.page)
    senior.press("I have read it")
    expect(senior.page.get_by_text("It is recorded that you have read it.")).to_be_visible()
