"""Signing in, with and without scripts, and the pages that anybody meets first."""

import re

from playwright.sync_api import expect

from cases.management.demo.signins import PASSWORD
from staff.permissions import Role

KEEPS_NOTHING = """
    indexedDB.databases = () => Promise.reject(new DOMException('', 'SecurityError'))
"""


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
    page.wait_for_url("**/sign-in/")
    page.goto("/account/")

    assert "/sign-in/" in page.url


def test_a_browser_that_lets_pages_keep_nothing_is_signed_out_all_the_same(page, sign_in):
    page.add_init_script(KEEPS_NOTHING)
    sign_in(page, Role.SUPERVISOR)

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.goto("/account/")

    assert "/sign-in/" in page.url


def test_it_all_works_with_scripts_off(open_page, sign_in):
    page = open_page(java_script_enabled=False)

    sign_in(page, Role.SPO)

    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_five_wrong_passwords_lock_the_door_even_to_the_right_one(page, axe):
    page.goto("/sign-in/")
    for password in ["one", "two", "three", "four", "five"]:
        try_to_sign_in(page, password)
    expect(page.get_by_role("heading", name="Wait before you try again")).to_be_visible()
    axe(page)

    page.goto("/sign-in/")
    try_to_sign_in(page, PASSWORD)

    expect(page.get_by_role("heading", name="Wait before you try again")).to_be_visible()


def try_to_sign_in(page, password):
    page.get_by_label("Username").fill(Role.OFFICER)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_session_that_has_ended_asks_again_and_leads_back_to_the_same_page(page, sign_in):
    sign_in(page, Role.OFFICER)
    page.locator("[data-row]").first.get_by_role("link").first.click()
    here = page.url
    page.context.clear_cookies()

    page.reload()
    assert "/sign-in/" in page.url
    try_to_sign_in(page, PASSWORD)

    page.wait_for_url(here)


def test_what_a_browser_keeps_of_a_session_no_script_can_read(page, sign_in):
    sign_in(page, Role.OFFICER)

    cookies = page.context.cookies()

    assert cookies
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
    assert page.evaluate("document.cookie") == ""
