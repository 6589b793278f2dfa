"""The cases of somebody who is away for long are shared out: proposed, read, changed by hand, published, and offered to each."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.hands import Hands

WORK_OUT = """
from django.utils.timezone import now
from oversight.services.sharing_work import work_out_waiting
print(work_out_waiting(now=now()))
"""
CARRY_OUT = """
from django.utils.timezone import now
from oversight.services.sharing_giving import give_waiting
print(give_waiting(now=now()))
"""
BUSY = """
    SELECT u.first_name || ' ' || u.last_name FROM staff_user AS u JOIN staff_team AS t ON t.id = u.team_id
    JOIN oversight_workloadweek AS w ON w.user_id = u.id
    WHERE t.code = 'C16OXP' AND w.percent > 110 GROUP BY u.id HAVING count(*) > 4
"""
RESTRICTED = "T100012"  # to those who are named, so that no colleague may be given it
ANSWER = "They meet on Tuesdays, and whoever knows the person sits in on the first two meetings."


def ask_for_proposal(page, busy):
    """Of the cases of this officer, among the rest of the team."""
    hands = Hands(page)
    page.goto(reverse("sharings"))
    hands.press("Ask for a proposal")
    page.get_by_label("The cases of one officer").check()
    option = page.locator("#id_officer option").filter(has_text=busy)
    page.locator("#id_officer").select_option(option.get_attribute("value"))
    page.get_by_role("group", name="Who takes part?").get_by_label(busy).uncheck()


def leave_out(page, crn, usable):
    row = page.locator("[data-row]").filter(has_text=crn)
    row.get_by_role("link", name=re.compile("Change")).click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name=f"Whom is {crn} proposed for?")).to_be_visible()
    usable(page)
    page.get_by_label("Nobody: leave it out").check()
    page.locator("#id_because").fill("The hearing is on Thursday, and it goes over after it.")
    page.get_by_role("button", name="Settle it").click()
    page.wait_for_load_state()
    expect(page.get_by_text(f"{crn} is settled")).to_be_visible()
    expect(page.get_by_role("region", name="Left out")).to_contain_text(crn)


def test_cases_are_proposed_changed_by_hand_and_published(page, sign_in, site, usable):
    ((busy,),) = site.execute(BUSY)
    sign_in(page, Role.SPO)
    ask_for_proposal(page, busy)
    usable(page)
    page.locator("form.app-form").get_by_role("button").first.click()
    page.wait_for_load_state()
    expect(page.get_by_text("It is asked for, and is worked out within a minute")).to_be_visible()
    usable(page)

    assert "1" in site.manage("shell", "-c", WORK_OUT)
    page.get_by_role("link", name="See whether it is ready").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Officers before and after")).to_be_visible()
    expect(page.get_by_text(re.compile("left out, because nobody who takes part may have"))).to_be_visible()  # fmt: skip
    expect(page.get_by_role("region", name="Left out")).to_contain_text(RESTRICTED)
    usable(page)
    rows = page.locator("[data-row]")
    before = rows.count()
    assert before > 1

    crn = rows.first.locator(".app-person-crn").inner_text()
    leave_out(page, crn, usable)
    expect(rows).to_have_count(before - 1)
    page.get_by_role("button", name="Work it out again").click()
    page.wait_for_load_state()
    site.manage("shell", "-c", WORK_OUT)
    page.reload()
    expect(page.get_by_role("heading", name="Officers before and after")).to_be_visible()
    expect(page.get_by_role("region", name="Left out")).to_contain_text(RESTRICTED)
    expect(rows).to_have_count(before - 1)
    usable(page)

    page.get_by_role("link", name="Publish it").or_(page.get_by_role("button", name="Publish it")).first.click()  # fmt: skip
    page.wait_for_load_state()
    usable(page)
    for box in page.locator("form.app-form textarea, form.app-form input[type=text]").all():
        box.fill(ANSWER)
    page.locator("form.app-form").last.get_by_role("button", name="Publish it").click()
    page.wait_for_load_state()
    expect(page.get_by_text(re.compile("Published, to be carried out within minutes: .*You are told"))).to_be_visible()  # fmt: skip
    usable(page)
    assert int(site.manage("shell", "-c", CARRY_OUT).split()[-1]) > 0
    page.get_by_role("link", name="See how far it is").click()
    page.wait_for_load_state()
    expect(page.get_by_text("Offered", exact=True).first).to_be_visible()
    usable(page)

    page.goto(reverse("hand-overs"))
    waiting = page.locator("[data-row]").filter(has_text=busy)
    assert waiting.count() > 0
    expect(page.locator("[data-row]").filter(has_text=crn)).to_have_count(0)


def test_a_proposal_that_is_dropped_moves_nothing(page, sign_in, site):
    ((busy,),) = site.execute(BUSY)
    sign_in(page, Role.SPO)
    page.goto(reverse("hand-overs"))
    before = page.locator("[data-row]").count()
    ask_for_proposal(page, busy)
    page.locator("form.app-form").get_by_role("button").first.click()
    page.wait_for_load_state()
    site.manage("shell", "-c", WORK_OUT)
    page.reload()

    Hands(page).press("Drop it")

    expect(page.get_by_text("It is dropped. Each case stays where it is.")).to_be_visible()
    page.goto(reverse("hand-overs"))
    assert page.locator("[data-row]").count() == before
