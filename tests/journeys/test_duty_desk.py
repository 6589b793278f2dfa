"""A day at the duty desk: the hub at the counter and the officer on duty, each at a browser of their own.

Somebody who walks in is recorded and seen, with what must be known of them; a fare is given; somebody of limited access turns up;
somebody leaves without being seen. And somebody is recorded on a phone, without scripts.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.management.demo import places
from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.hands import Hands
from tests.journeys.test_escalation import signed_in
from tests.journeys.test_officer import fits
from tests.journeys.widths import PHONE

TEAM = places.SITES[0].teams[0]  # of the demonstration's sign-ins
OPEN = """
    SELECT one.crn FROM cases_case one JOIN staff_team team ON team.id = one.team_id
    WHERE team.code = %s AND one.left_as = '' AND one.state = 'supervised' AND one.retained_by = ''
    AND NOT EXISTS (SELECT 1 FROM cases_limit WHERE case_id = one.id)
    AND NOT EXISTS (SELECT 1 FROM cases_pause WHERE case_id = one.id AND ended_at IS NULL)
    AND {} EXISTS (SELECT 1 FROM cases_registration held WHERE held.case_id = one.id
        AND held.active AND (held.warn_staff OR held.type_code = 'AV2S'))
    ORDER BY one.crn LIMIT 3
"""
LIMITED = """
    SELECT one.crn, one.surname FROM cases_case one JOIN cases_limit kept ON kept.case_id = one.id
    WHERE kept.restricted AND NOT EXISTS (
        SELECT 1 FROM cases_named let JOIN staff_user member ON member.id = let.user_id
        WHERE let.limit_id = kept.case_id AND let.let_in AND member.username = 'hub')
    ORDER BY one.crn LIMIT 1
"""
APART = """
    INSERT INTO cases_nonassociation (one_id, other_id, why, from_on, ended_because)
    SELECT least(one.id, other.id), greatest(one.id, other.id), 'Fought outside the office', current_date - 30, ''
    FROM cases_case one, cases_case other WHERE one.crn = %s AND other.crn = %s
"""
INSTRUCTION = "UPDATE cases_limit SET safety = 'Two staff, and the room with two ways out' WHERE case_id = (SELECT id FROM cases_case WHERE crn = %s)"


@pytest.fixture
def people(site):
    """(a risk to staff, two who must not meet the first, one of limited access, their surname)"""
    risky = site.execute(OPEN.format(""), TEAM)[0][0]
    others = [crn for (crn,) in site.execute(OPEN.format("NOT"), TEAM)]
    kept, surname = site.execute(LIMITED)[0]
    site.execute(APART, risky, others[0])
    site.execute(INSTRUCTION, kept)
    return risky, others[0], others[1], kept, surname


def test_a_day_at_the_duty_desk(open_page, sign_in, join_staff, usable, people):
    risky, apart, upset, kept, surname = people
    hub = signed_in(open_page, sign_in, Role.HUB, viewport=DESKTOP)
    senior = signed_in(open_page, sign_in, Role.SPO, viewport=DESKTOP)
    duty = Hands(open_page(viewport=DESKTOP))
    sign_in(duty.page, join_staff("asha.rowe", Role.OFFICER, team=TEAM, first_name="Asha", last_name="Rowe"))  # fmt: skip

    the_senior_sets_the_rota(senior, usable)
    walks_in(hub, apart, "papers", "Bring or collect", usable)
    walks_in(hub, risky, "help", "Nowhere to sleep tonight", usable)
    the_duty_officer_is_warned(duty, risky, apart, usable)
    is_seen(duty, risky, usable)
    is_given_a_fare(duty, risky, usable)
    is_kept_from_us(hub, kept, surname, usable)
    leaves_without_being_seen(hub, senior, upset, usable)
    hub.page.goto(reverse("duty-today"))

    expect(hub.page.get_by_text("£4.80 in 1 fare.")).to_be_visible()
    hub.press("Fares given")
    expect(hub.page.get_by_role("region", name="Fares given")).to_contain_text("Number V 1207")
    usable(hub.page)


def test_a_walk_in_is_recorded_on_a_phone_without_scripts(open_page, sign_in, people):
    hub = signed_in(
        open_page, sign_in, Role.HUB, viewport={"width": PHONE, "height": 900}, java_script_enabled=False
    )  # fmt: skip
    crn = people[2]
    hub.page.goto("/today/")
    fits(hub.page)
    find(hub, crn)
    fits(hub.page)
    hub.press("Record that they are here")  # with nothing said
    expect(hub.page.get_by_text("There is a problem")).to_be_visible()
    fits(hub.page)
    choose(hub, "help", "Yes")
    hub.press("Record that they are here")
    expect(waiting(hub, crn)).to_contain_text("less than a minute")
    fits(hub.page)


def the_senior_sets_the_rota(senior, look):
    senior.page.goto("/today/")
    senior.press("duty rota")
    look(senior.page)
    expect(senior.page.get_by_text("Nobody has the duty").first).to_be_visible()
    senior.press("Share out evenly")
    expect(senior.page.get_by_text(re.compile("shared out among those who are there"))).to_be_visible()  # fmt: skip
    look(senior.page)
    expect(senior.page.get_by_text("Nobody has the duty")).to_have_count(0)


def walks_in(hub, crn, why, words, look):
    """In two presses, once their CRN is typed."""
    hub.page.goto("/today/")
    before = hub.pressed
    find(hub, crn)
    look(hub.page)
    choose(hub, why, "Yes")
    hub.fill("words", words)
    hub.press("Record that they are here")
    assert hub.pressed - before == 2
    expect(waiting(hub, crn)).to_contain_text(words)
    look(hub.page)


def the_duty_officer_is_warned(duty, risky, apart, look):
    duty.page.goto("/today/")
    row = waiting(duty, risky)
    expect(row).to_contain_text("Risk or warning to staff")
    expect(row).to_contain_text(re.compile(rf"Must not meet .*{apart}.*waiting now"))
    expect(duty.page.get_by_text("must be kept apart, and both are expected or here today.")).to_be_visible()  # fmt: skip
    look(duty.page)
    row.get_by_role("link").first.click()
    expect(duty.page.get_by_role("heading", name="If they are at the counter")).to_be_visible()
    expect(duty.page.get_by_text("See them with a second member of staff")).to_be_visible()
    expect(duty.page.get_by_text("Nowhere to sleep tonight")).to_be_visible()
    look(duty.page)


def is_seen(duty, risky, look):
    duty.press("Say what it came to")
    look(duty.page)
    duty.press("Say what it came to")
    look(duty.page)
    about = duty.page.get_by_role("group", name="Was it about an appointment of today?")
    if about.count():
        about.get_by_label("No", exact=True).check()
    duty.page.get_by_role("group", name="Are they safe today").get_by_label("Yes").check()
    duty.fill("came_to", "Rang the night shelter, who keep a bed until 8pm.")
    duty.press("They were seen")
    expect(duty.page.get_by_text("It is in the log, and counts as contact this month.")).to_be_visible()  # fmt: skip
    expect(waiting(duty, risky)).to_have_count(0)
    duty.page.goto(f"/cases/{risky}/contacts/")
    expect(duty.page.get_by_text("Rang the night shelter").first).to_be_visible()


def is_given_a_fare(duty, risky, look):
    duty.page.goto(f"/cases/{risky}/summary/")
    duty.press("Fares")
    look(duty.page)
    duty.press("Give a fare")
    look(duty.page)
    duty.choose("kind", "Travel voucher or warrant")
    duty.fill("voucher", "V 1207")
    duty.fill("pence", "4.80")
    duty.fill("journey", "Reading to Slough")
    duty.page.locator("#id_signed_for").check()
    duty.press("Give it")
    expect(duty.page.get_by_text("£4.80 is recorded as given.")).to_be_visible()
    look(duty.page)
    duty.press("Receipt")
    look(duty.page)
    expect(duty.page.get_by_role("main")).not_to_contain_text(risky)


def is_kept_from_us(hub, kept, surname, look):
    hub.page.goto("/today/")
    find(hub, kept)
    found = hub.page.get_by_role("region", name="People found")
    expect(found).to_contain_text("Two staff, and the room with two ways out.")
    expect(found.get_by_role("link")).to_have_count(0)
    expect(hub.page.get_by_role("main")).not_to_contain_text(surname)
    look(hub.page)


def leaves_without_being_seen(hub, senior, upset, look):
    hub.page.goto("/today/")
    find(hub, upset)
    choose(hub, "upset", "No")
    hub.press("Record that they are here")
    expect(hub.page.get_by_text("a senior have been told at once")).to_be_visible()
    waiting(hub, upset).get_by_role("link", name="They left").click()
    expect(hub.page.get_by_text("ring them today").first).to_be_visible()
    look(hub.page)
    hub.fill("because", "Gone when called at 11am; reception saw her crying.")
    hub.press("They left", exact=True)
    expect(hub.page.get_by_role("link", name="Ring them now")).to_be_visible()
    look(hub.page)
    senior.page.goto(reverse("my-work"))
    expect(senior.page.get_by_role("link", name=re.compile(f"{upset} came to the desk and left without being seen"))).to_be_visible()  # fmt: skip


def find(hands, crn):
    hands.page.get_by_label("Somebody who is not on the list").fill(crn)
    hands.press("Find them")


def choose(hands, why, safe):
    hands.page.locator(f"[name='came_for'][value='{why}']").check()
    hands.page.get_by_role("group", name="Are you safe today?").get_by_label(
        safe, exact=True
    ).check()


def waiting(hands, crn):
    return hands.page.get_by_role("region", name="Waiting now").locator(f"#{crn}")
