"""The admin hub: a batch sent, replies taken in with the keyboard alone, the desk, what was imported."""

import re

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.keyboard import tab_to

SEVERAL = 3
LETTERS, EMAILS = 3, 7  # of a batch of ten
REFERENCE = re.compile(r"EN-\d{7}-\d{2}")
CHECKS_OF_ONE_WHO_WAS_READ = "/cases/T100015/checks/"
WHO = ".app-header__account [href='/account/']"


def choose_ten(page):
    """From the checks desk to the page where the batch is seen once more before it goes."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Checks desk").click()
    page.get_by_role("link", name="Send enquiries").click()
    rows = page.get_by_role("region", name="Enquiries to send").locator("[data-row]")
    for how, number in (("Letter by post", LETTERS), ("Secure e-mail", EMAILS)):
        boxes = rows.filter(has_text=how).get_by_role("checkbox")
        for one in range(number):
            boxes.nth(one).check()


def test_the_hub_sends_a_batch_of_ten_and_prints_its_letters(page, sign_in, usable):
    sign_in(page, Role.HUB)
    choose_ten(page)
    usable(page)
    page.get_by_role("button", name="Check before sending").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(LETTERS + EMAILS)
    usable(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Check before sending").click()
    expect(page.get_by_role("heading", name="Check before sending")).to_be_visible()
    usable(page)

    page.get_by_role("button", name="Send 10 enquiries").click()

    expect(page.get_by_role("heading", name="10 enquiries of 10 sent")).to_be_visible()
    usable(page)
    expect(page.get_by_text("Sent by e-mail to ")).to_have_count(EMAILS)
    expect(page.get_by_text("To print and post to ")).to_have_count(LETTERS)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download all letters as one PDF").click()
    text = " ".join(one.extract_text() for one in PdfReader(coming.value.path()).pages)
    assert len(set(REFERENCE.findall(text))) == LETTERS


def test_whoever_sends_the_batch_that_another_has_sent_is_told_who_and_when(
    open_page, sign_in, join_staff, usable
):
    first, second = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(first, Role.HUB)
    sign_in(second, join_staff("asha.rowe", Role.HUB, first_name="Asha", last_name="Rowe"))
    for page in (first, second):
        choose_ten(page)
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Check before sending").click()

    for page in (first, second):
        page.get_by_role("button", name="Send 10 enquiries").click()

    expect(second.get_by_role("heading", name="0 enquiries of 10 sent")).to_be_visible()
    expect(second.get_by_role("heading", name="Not sent")).to_be_visible()
    who = first.locator(WHO).inner_text()
    expect(second.get_by_text(re.compile(rf"{who} sent it at \S+ on \d+ "))).to_have_count(10)
    usable(second)


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
        tab_to(page, "^Record (a chase|the reply)")
        page.keyboard.press("Enter")
        expect(
            page.get_by_role("heading", name=re.compile("^Record (a chase|the reply)$"))
        ).to_be_visible()
        if "chase" in page.url:  # it is late, and they answer as it is about to be chased
            tab_to(page, "^They have answered")
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Record the reply")).to_be_visible()
        tab_to(page, "^id_(alike|answer_)")
        page.keyboard.press("Space")
        expect(page.get_by_label("No trace", exact=True).first).to_be_checked()
        tab_to(page, "^Record the reply")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The reply is recorded.")).to_be_visible()


def test_a_pasted_reply_finds_its_enquiry_by_keyboard_and_its_officer_hears(
    open_page, sign_in, usable
):
    officer, hub = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(officer, Role.OFFICER)
    officer.goto("/checks/?step=sent&kind=children")
    crn = officer.locator("[data-row]").first.get_attribute("id")
    officer.locator("[data-row] .app-due__next a").first.click()
    reference = REFERENCE.search(officer.get_by_role("main").inner_text()).group()
    sign_in(hub, Role.HUB)
    hub.goto("/checks/")

    tab_to(hub, "^Take in a reply")
    hub.keyboard.press("Enter")
    expect(hub.get_by_role("heading", name="Take in a reply")).to_be_visible()
    usable(hub)
    tab_to(hub, "^id_text")
    hub.keyboard.type(f"Your ref {reference}. The elder child is known to us since May.")
    tab_to(hub, "^Keep it and find its enquiry")
    hub.keyboard.press("Enter")
    expect(hub.get_by_role("heading", name="A reply in hand")).to_be_visible()
    usable(hub)
    tab_to(hub, "^Record it")
    hub.keyboard.press("Enter")
    expect(hub.get_by_role("heading", name="Record the reply")).to_be_visible()
    usable(hub)
    asked_about = hub.locator("fieldset:has([name^=answer_])").count()
    for number in range(asked_about):
        tab_to(hub, "^id_answer_")
        hub.keyboard.press("Space")  # no trace of this one
        if number == 0:
            hub.keyboard.press("ArrowDown")  # but something is known of the first
    tab_to(hub, "^Record the reply")
    hub.keyboard.press("Enter")

    assert asked_about > 1
    expect(hub.get_by_text("The reply is recorded.")).to_be_visible()
    officer.goto(reverse("my-work"))
    told = officer.get_by_role("link", name=re.compile(f"answered about {crn}. Read and analyse"))
    expect(told).to_be_visible()
    usable(officer)
    due = officer.locator("[data-row]").filter(has_text=crn).filter(has_text="Analyse the reply")
    expect(due.filter(has_text="children's social care")).to_have_count(1)
    told.click()
    facts = officer.get_by_role("main")
    expect(facts.get_by_text("Information", exact=True)).to_have_count(1)
    expect(facts.get_by_text("No trace", exact=True)).to_have_count(asked_about - 1)


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
    with page.expect_navigation():  # the whole list: a press alone waits for its first line
        page.get_by_role("button", name="Apply filters").click()

    what = page.locator("[data-row] .app-due__what").all_inner_texts()
    assert what
    assert all(words.endswith("children's social care") for words in what)
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


def test_the_hub_puts_a_reply_right_and_its_officer_reads_it_again(open_page, sign_in, usable):
    officer, hub = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(hub, Role.HUB)
    hub.goto(CHECKS_OF_ONE_WHO_WAS_READ)
    hub.get_by_role("link", name="Police: domestic abuse").first.click()
    hub.get_by_role("link", name="Put right what was recorded").click()
    usable(hub)
    hub.get_by_label("Information", exact=True).last.check()
    hub.get_by_label("What did they say?").fill("Two call-outs to the home this summer.")
    hub.get_by_role("button", name="Put it right").click()
    expect(hub).to_have_title(re.compile("^Error: "))
    usable(hub)
    expect(hub.get_by_label("What did they say?")).to_have_value(
        "Two call-outs to the home this summer."
    )
    hub.get_by_label("What was wrong, and how do you know?").fill("The second page was not read.")
    hub.get_by_role("button", name="Put it right").click()
    expect(hub.get_by_text("It is put right.")).to_be_visible()
    expect(hub.get_by_text("Reply put right, to be analysed again")).to_be_visible()
    expect(hub.get_by_text("Recorded until now:")).to_be_visible()
    usable(hub)

    sign_in(officer, Role.OFFICER)
    officer.goto(reverse("my-work"))
    officer.get_by_role("link", name=re.compile("recorded wrongly and is put right")).first.click()

    expect(officer.get_by_role("heading", name="Analyse the reply")).to_be_visible()
    expect(officer.get_by_text("Two call-outs to the home this summer.")).to_be_visible()
