"""A responsible officer's day: their caseload, an enquiry from due to analysed, on a phone too, a judgement."""

import re

import pytest
from playwright.sync_api import expect

from staff.permissions import Role

NOT_COMPLEX = re.compile(r"(Low|Medium), \d")
PHONE = {"width": 400, "height": 800}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture
def officer(open_page, sign_in, scripts):
    page = open_page(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    sign_in(page, Role.OFFICER)
    return page


def rows(page):
    return page.get_by_role("main").locator("[data-row]")


def people_said(page):
    """How many the page says there are."""
    return int(
        page.get_by_text(re.compile(r"^[\d,]+ (people|person)$")).first.inner_text().split()[0]
    )


def to_first_that_may_be_sent(page):
    """The page that records as sent the first of the officer's own enquiries still to be sent."""
    page.get_by_role("link", name="Checks desk").click()
    page.get_by_role("row", name="To be sent").get_by_role("link").first.click()
    rows(page).first.get_by_role("link", name="Send the enquiry").click()
    page.get_by_text("Record it sent another way").click()


@SCRIPTS
def test_an_officer_finds_their_own_people_and_narrows_the_list(officer):
    officer.get_by_role("navigation", name="Main").get_by_role("link", name="Caseload").click()
    everybody = people_said(officer)
    expect(officer.get_by_role("heading", name="My cases")).to_be_visible()
    expect(rows(officer)).to_have_count(min(everybody, 50))

    officer.get_by_text("Filter this list").click()
    officer.get_by_label("With an overdue check").check()
    officer.get_by_role("button", name="Apply filters").click()

    overdue = people_said(officer)
    assert 0 < overdue < everybody
    expect(rows(officer)).to_have_count(overdue)
    officer.get_by_role("link", name="Remove this filter: With an overdue check").click()
    assert people_said(officer) == everybody


def flags_raised(page):
    """How many the team board counts, whoever has been told."""
    page.goto("/team/")
    words = page.get_by_text("Flags raised:").inner_text().partition("Flags raised:")[2]
    return sum(int(number) for number in re.findall(r"\d+", words.replace(",", "")))


@SCRIPTS
def test_an_officer_takes_an_enquiry_from_sent_to_analysed_and_its_flag_closes(
    officer, open_page, sign_in, site
):
    senior = open_page()
    sign_in(senior, Role.SPO)
    site.manage("flag_overdue")
    flags = flags_raised(senior)
    to_first_that_may_be_sent(officer)
    facts = officer.get_by_role("region", name="Safety information").get_by_role("listitem")
    expect(facts.first).to_be_visible()

    officer.get_by_label("Which agency was asked").fill("Thames Valley Police")
    officer.get_by_role("button", name="Record it sent").click()
    expect(officer.get_by_text("The admin hub chases it if there is no reply by")).to_be_visible()

    officer.get_by_role("button", name="Record a chase").click()
    officer.get_by_label("Who was asked").fill("The desk sergeant, by telephone.")
    officer.get_by_role("button", name="Record the chase").click()

    officer.get_by_role("button", name="Record the reply").click()
    officer.get_by_label("Information", exact=True).first.check()
    officer.get_by_label("What did they say?").fill("Two call-outs to the address in March.")
    officer.get_by_role("button", name="Record the reply").click()
    expect(officer.get_by_text("reads and analyses it by")).to_be_visible()

    officer.get_by_role("button", name="Analyse the reply").click()
    officer.get_by_label("The plan", exact=True).check()
    officer.get_by_label("What is to be done?").fill("Ring the partner on Friday")
    officer.get_by_label("By whom?").fill("The officer")
    officer.get_by_label("By when?").fill("today")
    officer.get_by_label("What does it mean").fill("A partner is at risk at weekends.")
    officer.get_by_role("button", name="Save the analysis").click()

    expect(officer.get_by_text("The action is in the plan")).to_be_visible()
    expect(officer.get_by_text("Two call-outs to the address in March.").first).to_be_visible()
    site.manage("flag_overdue")
    assert flags_raised(senior) == flags - 1


@SCRIPTS
def test_an_officer_analyses_a_reply_on_a_phone_plans_what_to_do_and_raises_what_it_says(
    open_page, sign_in, usable, scripts
):
    phone = open_page(java_script_enabled=scripts, viewport=PHONE)
    look = usable if scripts else fits
    sign_in(phone, Role.OFFICER)
    look(phone)
    rows(phone).get_by_role("link", name="Analyse the reply").first.click()
    expect(phone.get_by_role("heading", name="Analyse the reply")).to_be_visible()
    look(phone)

    phone.get_by_label("The plan", exact=True).check()
    phone.get_by_label("What is to be done?").fill("Ring the partner on Friday")
    phone.get_by_label("By whom?").fill("The officer")
    phone.get_by_label("By when?").fill("today")
    phone.get_by_label("What does it mean").fill("A partner is at risk at weekends.")
    look(phone)
    phone.get_by_role("button", name="Save the analysis").click()
    expect(phone.get_by_text("The action is in the plan")).to_be_visible()
    planned = phone.get_by_role("region", name="Actions of the plan").locator("[data-row]")
    expect(planned.filter(has_text="Ring the partner on Friday")).to_have_count(1)
    look(phone)

    phone.get_by_role("link", name="raise now what it says").click()
    phone.get_by_label("A flag").check()
    phone.get_by_label("Which flag?").select_option("Risk to the public")
    phone.get_by_label("Source of harm").check()
    phone.get_by_label("Why, in a sentence?").fill("He went for the officer who came.")
    look(phone)
    phone.get_by_role("button", name="Raise it now").click()
    expect(phone.get_by_role("heading", name="Raised", exact=True)).to_be_visible()
    expect(phone.get_by_text("assesses it in full by")).to_be_visible()
    look(phone)


def fits(page):
    """What can be told of a page where no script runs: nothing has to be moved sideways."""
    page.wait_for_load_state()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), page.url


@SCRIPTS
def test_an_officer_who_leaves_an_answer_out_is_told_where_and_keeps_what_was_typed(
    officer, axe, scripts
):
    to_first_that_may_be_sent(officer)
    officer.get_by_label("When was it sent?").fill("the day before the flood")
    officer.get_by_role("button", name="Record it sent").click()

    expect(officer).to_have_title(re.compile("^Error: "))
    expect(officer.get_by_label("When was it sent?")).to_have_value("the day before the flood")
    if scripts:
        axe(officer)
    officer.get_by_role("main").get_by_role("alert").get_by_role("link").first.click()
    expect(officer.get_by_label("When was it sent?")).to_be_focused()


@SCRIPTS
def test_an_officer_judges_a_case_complex_and_sees_how_the_placement_is_worked_out(officer):
    officer.goto("/caseload/")
    rows(officer).filter(has_text=NOT_COMPLEX).first.get_by_role("link").first.click()
    officer.get_by_role("link", name="Placement", exact=True).click()
    officer.get_by_role("button", name="Judge whether the case is complex").click()
    officer.get_by_label("Complex", exact=True).check()
    officer.get_by_label("Is it linked to risk of serious harm").fill(
        "Yes: debts to people who threaten him."
    )
    officer.get_by_label("Is it being managed").fill("Not yet. Referred to the debt adviser.")
    officer.get_by_label("What would more contact do").fill(
        "Keep him seen in the week his money comes."
    )
    officer.get_by_role("button", name="Record the judgement").click()

    expect(officer.get_by_role("heading", name="Judgement recorded")).to_be_visible()
    expect(officer.get_by_text("The judgement holds until")).to_be_visible()
    officer.get_by_role("link", name="See the placement").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("complex")
    expect(officer.get_by_role("cell", name=re.compile("^Here"))).to_be_visible()
    officer.get_by_text("How this placement was worked out").click()
    expect(officer.get_by_text("Rule:").first).to_be_visible()
