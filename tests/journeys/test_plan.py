"""Writing a plan from nothing to its signature, the person's copy of it, and a route taken away and booked."""

import io
import re
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.assessing import fill_all
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_officer import SCRIPTS, fits

TWO_CHILDREN = "T100021"  # assessed at medium to children and to a known adult
ROUTE = "T100025"
THREATENED = "He has said that he will take Ava, and Ellis was hit when he stood between them."
IN_DANGER = "Ava Cockerill"
WATCHED = "The school rings me, the same day, if Ava is not there or he comes for her"
SAFER = "Put an argument off until the next day, and ring somebody first."
OWN_WORDS = "'I want to see them without it turning into a row.'"
IF = {
    "what_if": "He is seen at the school, or goes to the flat",
    "then": "Ring the police and the social worker, and move the next appointment to that day",
    "by_whom": "The responsible officer, or whoever covers",
    "by_when": "the same hour",
}


@SCRIPTS
def test_an_officer_writes_a_plan_until_nothing_is_still_to_do_signs_it_and_gives_the_copy(
    open_page, sign_in, usable, scripts
):
    officer = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    look = usable if scripts else fits
    sign_in(officer.page, Role.OFFICER)
    begin_again(officer, look)
    name_who_could_be_hurt(officer, look)
    at_first = still_to_do(officer.page)
    assert at_first >= 7

    set_objectives(officer, look)
    after_objectives = still_to_do(officer.page)
    assert after_objectives < at_first
    say_what_happens_if(officer, look)
    say_the_rest(officer, look)
    assert still_to_do(officer.page) == 0 < after_objectives

    officer.press("Go on to sign it")
    look(officer.page)
    officer.press("Sign the plan")
    expect(officer.page.get_by_text("The plan is signed and in force")).to_be_visible()
    look(officer.page)
    read_the_copy(officer, look)


def still_to_do(page):
    """How many things the page says stand in the way."""
    expect(page.get_by_role("heading", name="Write the plan")).to_be_visible()
    heading = page.locator("#gaps h2").inner_text()
    found = re.match(r"(\d+) thing", heading)
    return int(found[1]) if found else 0


def begin_again(officer, look):
    """The plan that was begun is given up, so that nothing of it is there."""
    officer.page.goto(f"/cases/{TWO_CHILDREN}/plan/write/")
    officer.press("Give it up")
    look(officer.page)
    officer.press("Give it up")
    expect(officer.page.get_by_text("It is given up.")).to_be_visible()
    officer.press("Begin a plan")
    look(officer.page)
    officer.press("Begin the plan")


def name_who_could_be_hurt(officer, look):
    officer.page.goto(f"/cases/{TWO_CHILDREN}/could-be-hurt/add/")
    look(officer.page)
    officer.page.get_by_label(IN_DANGER).check()
    officer.choose("group", "Children")
    officer.fill("how", THREATENED)
    officer.press("Name them")
    look(officer.page)
    officer.page.goto(f"/cases/{TWO_CHILDREN}/plan/write/")
    look(officer.page)


def set_objectives(officer, look):
    officer.press(f"{IN_DANGER} could be hurt")
    officer.fill("what", "Ava and Ellis are safe wherever they are.")
    for about in ("Risk of harm to children", "Risk of harm to a known adult"):
        officer.page.get_by_label(about).check()
    officer.choose("sharing", "Not to be shared with the person")
    officer.fill("new-0-what", WATCHED)
    officer.fill("new-0-by_on", "today")
    officer.select("new-0-nature", "Victim safety: protects somebody")
    officer.select("new-0-protects", IN_DANGER)
    look(officer.page)
    officer.press("Save the objective")
    expect(officer.page.get_by_text("The objective is in the plan.")).to_be_visible()

    officer.press("Add an objective")
    officer.fill("what", SAFER)
    officer.fill("new-0-what", "Meet at the contact centre on the first Saturday of each month")
    officer.fill("new-0-by_on", in_days(30))
    officer.select("new-0-actor", "The person on probation")
    officer.press("Save the objective")
    look(officer.page)


def say_what_happens_if(officer, look):
    officer.press("Add what happens if")
    fill_all(officer, IF)
    look(officer.page)
    officer.press("Save", exact=True)
    expect(officer.page.get_by_text("Whoever covers for you can act on it.")).to_be_visible()


def say_the_rest(officer, look):
    change(officer, "contact and home visits")
    officer.choose("contact-level", "Weekly")
    officer.choose("home_visits-answer", "Yes")
    officer.fill("home_visits-because", "I go on Tuesday with a colleague, to see who lives there.")
    save(officer, look)

    change(officer, "children and domestic abuse")
    for subject in ("children", "domestic_abuse"):
        officer.choose(f"{subject}-answer", "Not known")
        officer.fill(
            f"{subject}-asked",
            "Asked on Monday and he would not say; the school was rung, and we go on Tuesday.",
        )
    save(officer, look)

    change(officer, "their own words")
    officer.fill("person-words", OWN_WORDS)
    officer.fill("person-adjustments", "Reads slowly: we go through letters together.")
    save(officer, look)

    change(officer, "requirements and conditions")
    route = officer.page.get_by_label("by what route?").first
    route.select_option(label="One to one with the officer")
    officer.page.get_by_label("What is done, how much and by whom?").first.fill(
        "Ten sessions on arguments that turn, with me, on Thursdays."
    )
    officer.page.get_by_label("When does it start?").first.fill("today")
    save(officer, look)

    change(officer, "what they say to the plan")
    officer.choose("agreed", "Agrees")
    look(officer.page)
    officer.press("Record it")
    expect(officer.page.get_by_text("Nothing stands in the way")).to_be_visible()
    look(officer.page)


def change(officer, what):
    officer.press(re.compile(f"^Change:? *{what}"))


def save(officer, look):
    look(officer.page)
    officer.press("Save", exact=True)
    expect(officer.page.get_by_role("heading", name="Write the plan")).to_be_visible()


def read_the_copy(officer, look):
    """As they will, with what is left out said beside it; then as the file that is printed."""
    officer.press("Their copy")
    copy = officer.page.get_by_role("region", name="this is your plan")
    expect(copy).to_contain_text(SAFER)
    expect(copy).not_to_contain_text(WATCHED)
    expect(officer.page.get_by_role("heading", name="Left out, and why")).to_be_visible()
    look(officer.page)

    with officer.page.expect_download() as download:
        officer.press("Ordinary print (PDF)")
    paper = PdfReader(download.value.path())
    printed = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert SAFER in printed
    for kept in (WATCHED, IN_DANGER, THREATENED, IF["what_if"], "DRAFT"):
        assert kept not in printed

    officer.choose("how", "Handed over, and gone through with them")
    officer.page.get_by_label("No", exact=True).check()
    officer.press("Record that they have it")
    expect(officer.page.get_by_text("Recorded: copy given on")).to_be_visible()
    look(officer.page)


OWED = "Book what takes the place of a route taken away: The evening group"


@SCRIPTS
def test_a_route_taken_away_stays_on_the_seniors_list_until_what_takes_its_place_is_in_the_diary(
    open_page, sign_in, usable, scripts
):
    senior = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    look = usable if scripts else fits
    sign_in(senior.page, Role.SPO)
    take_away_the_evening_group(senior, look, "One to one with the officer")

    owed_on(senior.page, OWED).get_by_role("link", name="Book it").click()
    replaces = senior.page.get_by_label("Does it take the place of a route that was taken away?")
    expect(replaces.locator("option:checked")).to_contain_text("The evening group")
    look(senior.page)
    senior.page.get_by_role("group", name="When?").get_by_role("radio").first.check()
    senior.press("Book it", exact=True)
    expect(senior.page.get_by_text("Booked for")).to_be_visible()
    look(senior.page)
    assert owed_on(senior.page, OWED).count() == 0


@SCRIPTS
def test_what_another_agency_delivers_in_the_place_of_a_route_is_said_by_the_senior(
    open_page, sign_in, usable, scripts
):
    senior = Hands(open_page(java_script_enabled=scripts, viewport=DESKTOP))
    look = usable if scripts else fits
    sign_in(senior.page, Role.SPO)
    take_away_the_evening_group(senior, look, "Another agency")

    owed_on(senior.page, OWED).get_by_role("link", name="Book it").click()
    senior.fill("booked_on", in_days(7))
    senior.fill("booked_at", "6:30pm")
    senior.fill("booked_with", "Sheila Coulthard, Witney office")
    look(senior.page)
    senior.press("Record the booking")
    expect(senior.page.get_by_text("It is booked.")).to_be_visible()
    look(senior.page)
    assert owed_on(senior.page, OWED).count() == 0


def take_away_the_evening_group(senior, look, route):
    """Until the senior owes a booking of what takes its place."""
    senior.page.goto(f"/cases/{TWO_CHILDREN}/sentence/")
    senior.press("Take a route away")
    look(senior.page)
    senior.fill("removed", "The evening group")
    senior.fill("because", "The room is lost from December, and no other is free in the evening.")
    senior.choose("route", route)
    senior.fill("replacement", "Ten sessions, Thursday evenings, Witney.")
    senior.fill("by_on", in_days(14))
    senior.press("Take the route away", exact=True)
    expect(senior.page.get_by_text("The route is taken away.")).to_be_visible()
    look(senior.page)
    assert owed_on(senior.page, OWED).count() == 1


def in_days(number):
    return (datetime.now(tz=UTC) + timedelta(days=number)).strftime("%d/%m/%Y")


def owed_on(page, what):
    """Rows of My work, which unfolds what is not yet due and what is beyond today's list."""
    page.goto(reverse("my-work"))
    for folded in page.get_by_text(re.compile("^Coming up: ")).all():
        folded.click()
    return page.locator("[data-row]").filter(has_text=what)


def test_a_plan_on_paper_carries_the_crn(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.goto(f"/cases/{ROUTE}/plan/")

    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))

    assert all(ROUTE in one.extract_text() for one in paper.pages)
