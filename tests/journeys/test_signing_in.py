"""Signing in, with and without scripts, and the pages that anybody meets first."""

import re

from playwright.sync_api import expect

from staff.permissions import Role


def test_a_wrong_password_is_refused_without_saying_which_of_the_two_was_wrong(page, axe):
    page.goto("/sign-in/")
    axe(page)
    page.get_by_label("Username").fill(Role.OFFICER)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_title(re.compile("^Error"))
    assert page.url.endswith("/sign-in/")
    axe(page)


def test_signing_in_leads_home_and_signing_out_shuts_the_door(page, sign_in, axe):
    sign_in(page, Role.OFFICER)
    axe(page)

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/")

    assert "/sign-in/" in page.url


def test_it_all_works_with_scripts_off(open_page, sign_in):
    page = open_page(java_script_enabled=False)

    sign_in(page, Role.SPO)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
