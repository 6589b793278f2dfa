"""A head of service reads the policy on interventions and changes one of them; everybody can use its pages."""

import re

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.walking import Walk

READ, SET = "/policy/interventions/", "/policy/interventions/new-version/"
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"


def test_everybody_can_use_the_pages_of_the_policy_on_interventions(open_page, sign_in, axe):
    walk = Walk(open_page, sign_in, axe, Role.HEAD)

    walk.see("interventions-policy", READ)
    walk.page.evaluate(UNFOLD)
    axe(walk.page)
    walk.see("set-interventions-policy", SET)
    walk.see("set-interventions-policy of one", f"{SET}?of=resolve")
    walk.see("set-interventions-policy of waiting", f"{SET}?of=waiting")
    walk.see("set-interventions-policy of groups", f"{SET}?of=groups")

    assert len(walk.walked) == 5


def test_a_head_of_service_says_that_an_intervention_no_longer_runs(open_page, sign_in):
    page = open_page(viewport=DESKTOP)
    sign_in(page, Role.HEAD)
    page.goto("/policy/")
    page.get_by_role("link", name="Policy on interventions").click()
    page.get_by_text("Resolve", exact=True).first.click()
    page.get_by_role("link", name=re.compile("Set a new version.*: Resolve")).click()
    expect(page.get_by_role("heading", name="Resolve")).to_be_visible()

    page.get_by_role("group", name="Does it run here?").get_by_label("No").check()
    page.get_by_label("Why does it change?").fill("No facilitator is left who may lead it.")
    page.get_by_role("button", name="Set the new version").click()

    expect(page.get_by_text("Version 2 is set")).to_be_visible()
    expect(page.get_by_text("Resolve (does not run here)", exact=True)).to_be_visible()
    expect(page.get_by_text("No facilitator is left who may lead it.")).to_be_visible()
