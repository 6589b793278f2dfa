"""A case that nobody holds is given to an officer: officers side by side, a warning answered, and why kept once."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.hands import Hands

ANSWER = "Two of their cases end this week, and a colleague takes the group on Thursdays."
WHY = "Lives near the office at which they see people, and asked for somebody who knows the town."
BUSY = """
    SELECT u.first_name || ' ' || u.last_name FROM staff_user AS u JOIN staff_team AS t ON t.id = u.team_id
    JOIN oversight_workloadweek AS w ON w.user_id = u.id
    WHERE t.code = 'C16OXP' AND w.percent > 110 GROUP BY u.id HAVING count(*) > 4
"""


def test_a_case_that_nobody_holds_is_given_with_a_warning_answered(page, sign_in, site, usable):
    ((busy,),) = site.execute(BUSY)
    hands = Hands(page)
    sign_in(page, Role.SPO)
    page.goto(reverse("unowned"))
    usable(page)
    row = page.locator("[data-row]").first
    crn = re.search(r"T\d{6}", row.inner_text()).group()
    row.get_by_role("link", name=re.compile("Name an officer")).click()
    page.wait_for_load_state()

    expect(page.get_by_role("heading", name="Officers side by side")).to_be_visible()
    names = page.locator("[data-row]").get_by_role("rowheader").all_inner_texts()
    assert len(names) >= 2
    assert [name.split("\n")[0].split()[-1] for name in names] == sorted(
        name.split("\n")[0].split()[-1] for name in names
    )
    usable(page)
    chosen = page.locator("[data-row]").filter(has=page.get_by_role("rowheader", name=busy))
    expect(chosen).to_contain_text("an excessive workload")
    chosen.get_by_role("link").last.click()
    page.wait_for_load_state()
    usable(page)

    hands.press("Name them")
    expect(page.get_by_role("alert")).to_contain_text("excessive workload")
    for box in page.locator("textarea").all():
        box.fill(ANSWER)
    page.get_by_label("Why them?").fill(WHY)
    hands.press("Name them")

    expect(page.get_by_text(f"{busy} holds {crn} from now on")).to_be_visible()
    expect(page.get_by_text(WHY).first).to_be_visible()
    expect(page.get_by_text(ANSWER).first).to_be_visible()
    usable(page)
    page.goto(reverse("unowned"))
    expect(page.locator("[data-row]").filter(has_text=crn)).to_have_count(0)
