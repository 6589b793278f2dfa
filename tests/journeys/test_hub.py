"""The admin hub: the checks desk worked with the keyboard alone, and what has been imported."""

import re

from playwright.sync_api import expect

from staff.permissions import Role

SEVERAL = 3
MOST_TABS = 60


def tab_to(page, words):
    """Presses Tab until what has the focus reads so."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || document.activeElement.id")
        if re.search(words, focused):
            return
    raise AssertionError(f"{words} is not reached in {MOST_TABS} presses of Tab on {page.url}")


def test_the_hub_records_several_replies_with_the_keyboard_alone(page, sign_in):
    sign_in(page, Role.HUB)
    page.goto("/checks/")
    expect(page.get_by_role("heading", name="Checks desk")).to_be_visible()
    tab_to(page, "sent, awaiting reply")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove this filter: Step")).to_be_visible()
    desk = page.url

    for number in range(SEVERAL):
        page.goto(desk)
        for _ in range(number + 1):
            page.keyboard.press("j")
        tab_to(page, "^Record the reply")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Record the reply")).to_be_visible()
        tab_to(page, "^id_(alike|answer_)")
        page.keyboard.press("Space")
        expect(page.get_by_label("No trace", exact=True).first).to_be_checked()
        tab_to(page, "^Record the reply")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The reply is recorded.")).to_be_visible()


def test_j_and_k_walk_the_rows_and_stay_out_of_the_way_of_typing(page, sign_in):
    sign_in(page, Role.HUB)
    page.goto("/checks/")
    names = page.locator("[data-row] a[href^='/cases/']")

    page.keyboard.press("j")
    expect(names.first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(names.first).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("jack")

    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("jack")


def test_the_hub_narrows_the_desk_to_one_kind_and_the_numbers_follow(page, sign_in):
    sign_in(page, Role.HUB)
    page.goto("/checks/")
    page.get_by_text("Filter this list").click()
    page.get_by_label("Kind").select_option("Children's social care")
    page.get_by_label("Overdue only").check()
    page.get_by_role("button", name="Apply filters").click()

    what = page.locator("[data-row] .app-due__what").all_inner_texts()
    assert what
    assert all(words.startswith("Children's social care") for words in what)
    said = int(page.get_by_text(re.compile(r"^\d+ enquir")).inner_text().split()[0])
    overdue = page.get_by_role("table", name="Enquiries by step").get_by_role(
        "link", name="overdue"
    )
    assert said == sum(int(link.inner_text().split()[0]) for link in overdue.all())


def test_the_hub_looks_at_imports_and_at_data_quality(page, sign_in, axe):
    sign_in(page, Role.HUB)

    for name in ("Imports", "Data quality"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        axe(page)
