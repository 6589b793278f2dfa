"""Somebody leaves: their senior shares out all their cases on one page, and two officers take theirs, each in a browser of their own."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from staff.permissions import Role
from staff.rules.dates import say_date
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.widths import PHONE

OFFICERS = """
    SELECT o.first_name || ' ' || o.last_name FROM staff_user o JOIN staff_user s ON s.team_id = o.team_id
    JOIN cases_case c ON c.officer_id = o.id AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
    WHERE s.username = 'spo' AND o.role = 'officer' AND o.is_active AND o.username <> 'officer'
    GROUP BY o.id ORDER BY count(*) DESC, o.id
"""
SHOWN = "SELECT first_name || ' ' || last_name FROM staff_user WHERE username = 'officer'"
THEIRS = """
    SELECT c.crn FROM cases_case c JOIN staff_user o ON o.id = c.officer_id LEFT JOIN cases_limit l ON l.case_id = c.id
    WHERE o.first_name || ' ' || o.last_name = %s AND c.state = 'supervised' AND c.retained_by = '' AND c.left_as = ''
    AND l.case_id IS NULL ORDER BY c.id
"""
MANY = 50  # cases of whoever leaves, beside those of limited access
GIVEN = """
    UPDATE cases_case c SET officer_id = o.id, team_id = o.team_id FROM staff_user o
    WHERE o.first_name || ' ' || o.last_name = %s AND c.id IN (
        SELECT k.id FROM cases_case k JOIN staff_user h ON h.id = k.officer_id LEFT JOIN cases_limit l ON l.case_id = k.id
        LEFT JOIN cases_transfer t ON t.case_id = k.id AND t.state = 'offered'
        WHERE k.state = 'supervised' AND k.retained_by = '' AND k.left_as = '' AND l.case_id IS NULL AND t.id IS NULL
        AND h.username <> 'officer' AND h.first_name || ' ' || h.last_name <> %s
        ORDER BY k.id LIMIT %s
    )
"""
ANSWER = "Agreed with each of them on Monday, until somebody new begins in June."
NOTE = "I leave at the end of the month. Every police reply is read; the schools have my number until then."


@SCRIPTS
def test_a_senior_shares_out_the_cases_of_somebody_who_leaves_and_two_officers_accept(
    open_page, sign_in, let_in, site, usable, scripts
):
    look = usable if scripts else fits
    names = [name for (name,) in site.execute(OFFICERS)]
    leaver, colleague = names[:2]
    [(shown,)] = site.execute(SHOWN)
    receivers = [shown, colleague]
    site.execute(GIVEN, leaver, leaver, MANY - len(site.execute(THEIRS, leaver)))
    held = [crn for (crn,) in site.execute(THEIRS, leaver)]
    assert len(held) == MANY
    crns = held[:2]
    senior, *officers = (
        at_work(open_page, sign_in, who, scripts)
        for who in (Role.SPO, Role.OFFICER, let_in(colleague))
    )

    say_they_leave(senior, leaver, look)
    for crn in held:
        expect(senior.page.locator(f"#id_to_{crn}")).to_have_count(1)
    offered = senior.page.locator("select[id^=id_to_]").count()
    share_out(senior, dict(zip(crns, receivers, strict=True)), look)
    senior.page.goto(reverse("hand-overs"))
    expect(row_of(senior, leaver).locator("[data-label='Waiting']")).to_have_text(str(offered))
    for hands, crn in zip(officers, crns, strict=True):
        accept(hands, crn, look)

    senior.page.goto(reverse("hand-overs"))
    expect(row_of(senior, leaver).locator("[data-label='Accepted']")).to_have_text("2")
    expect(row_of(senior, leaver).locator("[data-label='Waiting']")).to_have_text(str(offered - 2))
    for crn, receiver in zip(crns, receivers, strict=True):
        senior.page.goto(f"/cases/{crn}/holder/")
        expect(senior.page.get_by_text(f"{receiver} holds it.")).to_be_visible()


def row_of(senior, leaver):
    return senior.page.get_by_role("row").filter(has=senior.page.get_by_role("link", name=leaver))


def at_work(open_page, sign_in, who, scripts):
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    hands = Hands(open_page(viewport=width, java_script_enabled=scripts))
    sign_in(hands.page, who)
    return hands


def say_they_leave(senior, leaver, look):
    senior.page.goto("/movements/hand-overs/")
    look(senior.page)
    senior.press("Say that somebody is leaving")
    look(senior.page)
    senior.select("user", leaver)
    senior.fill("last_on", say_date(localdate() + timedelta(days=28)))
    senior.press("Go on to their cases")
    expect(senior.page.get_by_role("heading", name=f"Cases of {leaver}")).to_be_visible()
    look(senior.page)


def share_out(senior, chosen, look):
    page = senior.page
    for box in page.locator("select[id^=id_to_]").all():
        receiver = chosen.get(box.get_attribute("id").removeprefix("id_to_"))
        if receiver is None:
            box.select_option(index=1)  # whoever is named first
            continue
        words = box.locator("option").filter(has_text=f"{receiver}:").inner_text()
        box.select_option(label=words)
    senior.press("Offer what is ticked")  # with nothing said to whoever takes them
    expect(page.get_by_text("There is a problem")).to_be_visible()
    senior.fill("note", NOTE)
    look(page)
    for box in page.locator("textarea[id^=id_said_]").all():
        box.fill(ANSWER)  # what is warned of among them, kind by kind
    senior.press("Offer what is ticked")
    expect(page.get_by_text("who have been told")).to_be_visible()
    look(page)


def accept(officer, crn, look):
    page = officer.page
    page.goto(reverse("my-work"))
    expect(page.get_by_role("heading", name="Cases offered to you")).to_be_visible()
    look(page)
    page.get_by_role("row").filter(has_text=crn).get_by_role("link", name="Read and answer").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    officer.press("What goes along with it")
    look(page)
    page.goto(f"/cases/{crn}/holder/")
    officer.press("Accept or refuse it")
    look(page)
    officer.choose("answer", "Yes, it is mine from now on")
    officer.press("Save the answer")
    expect(page.get_by_text("holds it.")).to_be_visible()
    look(page)
