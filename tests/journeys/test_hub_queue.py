"""The hub's queue with the keyboard alone: two of the hub and an officer. Claimed, asked until three, answered, returned, put
right, done; and what one works on the other cannot take."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from cases.rules.calendar import add_working_days
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.journeys.conftest import DESKTOP
from tests.journeys.keyboard import tab_to

# Letters of the officer of the demonstration, as their own pages ask for them, due before all else that waits
MAKE = """
from datetime import timedelta
from django.utils.timezone import localdate, now
from cases.models import Case, Deadline
from cases.services.enforcement.letters import ask_for_letter
from staff.models import User
officer = User.objects.get(username="officer")
hub = User.objects.get(username="hub")
cases = Case.objects.open_to(hub, "view_queue").supervised().filter(officer=officer, retained_by="")
waits = Deadline.objects.of_the_hub()
cases = cases.exclude(pk__in=waits.values("case"))
first = waits.order_by("due_on").first()
before = first.due_on if first else localdate()
made = []
for case in cases.order_by("pk")[:3]:
    made.append(ask_for_letter(case=case, kind="reason", by=officer, now=now(), why="Did not come on Monday"))
for days, one in enumerate(made):
    Deadline.objects.filter(letter=one).update(
        triggered_on=before - timedelta(days=9), due_on=before - timedelta(days=5 - days)
    )
print("CRNS", " ".join(one.case.crn for one in made))
"""


@pytest.fixture
def crns(site):
    """Of three letters, in the order in which they are due; the first are late."""
    return re.search(r"CRNS (.*)", site.manage("shell", "-c", MAKE))[1].split()


def press(page, words):
    """What reads so, reached with Tab and pressed with Enter; the page it leads to is then whole."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def row(page, crn):
    return page.locator(f"[data-row]#{crn}")


def claim_next(page, crn):
    page.goto(reverse("hub-queue"))
    press(page, "^Claim the next one")
    expect(page.get_by_text("It is yours.")).to_be_visible()
    expect(page).to_have_title(re.compile(crn))


def test_claimed_asked_answered_returned_put_right_and_done(
    open_page, sign_in, join_staff, site, usable, crns
):
    first, second, officer = (open_page(viewport=DESKTOP) for _ in range(3))
    sign_in(first, Role.HUB)
    sign_in(second, join_staff("asha.rowe", Role.HUB, first_name="Asha", last_name="Rowe"))
    sign_in(officer, Role.OFFICER)
    expect(first.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
    usable(first)

    claim_next(first, crns[0])
    claim_next(second, crns[1])
    usable(first)
    first.goto(reverse("hub-queue"))
    expect(row(first, crns[1])).to_contain_text("Asha Rowe, since")
    expect(row(first, crns[1])).not_to_contain_text("Claim it")
    usable(first)

    press(first, "^Work on it")
    press(first, "^Ask the officer$")
    usable(first)
    tab_to(first, "^id_asks")
    first.keyboard.type("Which address does this go to?")
    soon = say_date(add_working_days(localdate(), 1))
    for field, words in (("until_on", soon), ("until_time", "3pm")):
        tab_to(first, f"^id_{field}")
        first.keyboard.press("Control+a")
        first.keyboard.type(words)
    press(first, "^Ask the officer$")
    expect(first.get_by_text("The officer is asked.")).to_be_visible()
    expect(row(first, crns[0])).to_contain_text("Waits for an answer")
    expect(row(first, crns[0])).to_contain_text("3pm")

    officer.goto(reverse("my-work"))
    told = officer.get_by_role("link", name=re.compile(f"asks you about {crns[0]}"))
    expect(told).to_be_visible()
    told.click()
    expect(officer.get_by_role("heading", name="What the admin hub asks")).to_be_visible()
    usable(officer)
    press(officer, "^Answer it")
    usable(officer)
    tab_to(officer, "^id_answer")
    officer.keyboard.type("To his sister: it is in the contact details.")
    press(officer, "^Send the answer")
    expect(officer.get_by_text("Thank you.")).to_be_visible()
    usable(officer)

    claim_next(first, crns[0])
    expect(first.get_by_text("To his sister")).to_be_visible()
    press(first, "^Return it to the officer")
    usable(first)
    tab_to(first, "^id_words")
    first.keyboard.type("The reason asked for names the wrong day.")
    press(first, "^Return it$")
    expect(row(first, crns[0])).to_contain_text("Returned")

    officer.goto(reverse("my-work"))
    officer.get_by_role("link", name=re.compile(f"returned an item of {crns[0]}")).click()
    expect(officer.get_by_text("names the wrong day")).to_be_visible()
    press(officer, "^Answer it")
    tab_to(officer, "^id_answer")
    officer.keyboard.type("It was Tuesday, and says so now.")
    press(officer, "^Save and send it back")

    claim_next(first, crns[0])
    expect(first.get_by_text("It was Tuesday")).to_be_visible()
    site.execute("UPDATE cases_deadline SET met_on = due_on WHERE kind = 'send_letter' AND case_id = (SELECT id FROM cases_case WHERE crn = %s)", crns[0])  # fmt: skip
    first.reload()
    expect(first.get_by_role("main").get_by_text("Done", exact=True).first).to_be_visible()
    usable(first)
    first.goto(reverse("hub-queue"))
    expect(row(first, crns[0])).to_have_count(0)


def test_it_is_given_put_back_and_the_supervisor_sees_how_old_all_is(
    open_page, sign_in, join_staff, usable, crns
):
    hub, head = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    join_staff("asha.rowe", Role.HUB, first_name="Asha", last_name="Rowe")
    sign_in(hub, Role.HUB)
    claim_next(hub, crns[0])
    press(hub, "^Give it to somebody else")
    usable(hub)
    press(hub, "^Give it$")
    expect(hub.get_by_role("heading", name="There is a problem")).to_be_visible()
    usable(hub)
    tab_to(hub, "Choose somebody|Asha Rowe|^id_to")
    hub.keyboard.type("Asha")
    press(hub, "^Give it$")
    expect(row(hub, crns[0])).to_contain_text("Asha Rowe, since")
    claim_next(hub, crns[1])
    press(hub, "^Put it back")
    expect(hub.get_by_text("It is back in the queue")).to_be_visible()

    sign_in(head, Role.HEAD)
    head.get_by_role("navigation", name="Main").get_by_role("link", name="Enforcement").click()
    usable(head)
    head.get_by_role("link", name="See how old what waits is").click()
    expect(head.get_by_role("heading", name="How old the queue is")).to_be_visible()
    usable(head)
    late = head.get_by_role("link", name=re.compile("late: Send the letter"))
    number = late.inner_text().split()[0]
    late.click()
    expect(head.get_by_text(re.compile(rf"^{number} items?$"))).to_be_visible()
    expect(head.get_by_role("link", name="Remove this filter: Late")).to_be_visible()
    usable(head)
