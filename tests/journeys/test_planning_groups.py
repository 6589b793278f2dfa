"""Groups as a head plans them: a leader trained, a series looked at, planned and changed, and a quarter published."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.a_world_of_groups import make
from tests.journeys.hands import Hands
from tests.journeys.test_interventions import looked_at

WORK_OUT = """
from django.utils.timezone import now
from grid.models import Timetable
from grid.services.timetable_work import work_out
work_out(Timetable.objects.latest("pk").pk, now=now(), seconds=5)
"""
PUBLISH = "from grid.tasks import sweep_timetables; sweep_timetables()"


@pytest.fixture
def look(usable):
    """Each page on the way is usable, at the width of a telephone and of a desktop, and pictured where that is asked."""
    return lambda page, name: looked_at(page, usable, f"planning-groups-{name}")


def test_a_head_plans_a_series_changes_it_and_publishes_a_quarter(page, sign_in, look, site):
    make(site, "men_who_wait")
    sign_in(page, Role.HEAD)
    head = Hands(page)
    page.goto("/groups/")
    beside(page, "Rooms")
    look(page, "rooms")
    beside(page, "Leaders")
    look(page, "leaders")
    trains_a_leader(head, look)
    plans_a_series(head, look)
    changes_it(head, look)
    page.goto("/interventions/making_amends/demand/")
    look(page, "demand")
    publishes_a_quarter(head, look, site)


def day(after):
    return (localdate() + timedelta(days=after)).strftime("%d/%m/%Y")


def beside(page, name):
    page.get_by_role("navigation", name="Beside this page").get_by_role("link", name=name).click()


def trains_a_leader(head, look):
    """Lynne Wolstenholme is in the list; she is trained for Making Amends from today."""
    row = head.page.get_by_role("row", name=re.compile("^Lynne Wolstenholme"))
    row.get_by_role("link", name=re.compile("training")).first.click()
    head.select("skill", "Making Amends")
    head.fill("from_on", "today")
    look(head.page, "training")
    head.page.locator("form.app-form button").click()
    expect(head.page.get_by_role("row", name=re.compile("^Lynne"))).to_contain_text("Making Amends")


def plans_a_series(head, look):
    """The room is taken on Friday mornings; on Wednesday afternoons nothing stands in the way."""
    page = head.page
    page.goto("/groups/")
    look(page, "list")
    head.press("Plan a series")
    head.select("code", "Making Amends")
    head.select("room", "Reading office, Group room, for 14 people")
    head.fill("first_on", day(7))
    head.fill("at_4", "10am")
    head.fill("places", "8")
    head.choose("women_only", "No")
    head.choose("leaders", "Lynne Wolstenholme")
    head.press("Look at the sessions first")
    expect(page.get_by_role("heading", name="It cannot be planned like this")).to_be_visible()
    expect(page.get_by_text(re.compile("Group room is taken|taken by")).first).to_be_visible()
    look(page, "plan-refused")
    head.fill("at_4", "")
    head.fill("at_2", "2pm")
    head.press("Look at the sessions first")
    expect(page.get_by_role("heading", name="Nothing stands in the way")).to_be_visible()
    look(page, "plan-looked")
    head.press("Plan it")
    expect(page.get_by_text("Planned. Places in it can be given from now on.")).to_be_visible()
    look(page, "series")


def changes_it(head, look):
    """One session is moved, one called off, one covered: what each means is read first."""
    page = head.page
    said = page.get_by_role("row", name=re.compile("^2 ")).locator("td").first.inner_text()
    head.press("Move session 2")
    head.fill("on", re.search(r"\d+ \w+ \d{4}", said)[0])
    head.fill("from_at", "3pm")
    head.press("See what it means first")
    expect(page.get_by_role("heading", name="What it means")).to_be_visible()
    look(page, "move")
    head.fill("because", "The building is shut for a fire drill at two.")
    head.press("Move it", exact=True)
    expect(page.get_by_text("Moved.")).to_be_visible()
    head.press("Call sessions off")
    page.get_by_label(re.compile("^Session 4,")).check()
    head.press("See what it means first")
    expect(page.get_by_role("heading", name="What it means")).to_be_visible()
    look(page, "call-off")
    head.fill("because", "The trainer of trainers is here on that day.")
    head.press("Call them off")
    expect(page.get_by_text("Called off, and the rest is planned again.")).to_be_visible()
    head.press("Stand in at session 3")
    head.select("out", "Lynne Wolstenholme")
    head.select("stand_in", "Sunil Pandya")
    head.fill("because", "She is at a funeral.")
    look(page, "cover")
    head.press("Let them stand in")
    expect(page.get_by_text("Saved. They lead that session.")).to_be_visible()
    look(page, "series-changed")


def publishes_a_quarter(head, look, site):
    page = head.page
    page.goto("/groups/quarters/")
    look(page, "quarters")
    head.press("Ask for a timetable")
    look(page, "ask-quarter")
    page.locator("#id_first_on").select_option(index=4)
    head.press("Ask for it")
    look(page, "quarter-asked")
    site.manage("shell", "-c", WORK_OUT)
    page.reload()
    cards = page.locator("main section.govuk-summary-card")
    expect(cards.first).to_be_visible()
    look(page, "quarter")
    head.press(re.compile("^Take it out"))
    expect(page.get_by_text("Taken out.").first).to_be_visible()
    # It may be the only one, and a timetable of none is not published
    head.press(re.compile("^Put it back"))
    expect(page.get_by_text("It is put back.")).to_be_visible()
    head.press("Publish it")
    look(page, "publish")
    head.press("Publish it")
    site.manage("shell", "-c", PUBLISH)
    page.reload()
    look(page, "published")
    page.get_by_role("link", name=re.compile("^The series as it is planned")).first.click()
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
