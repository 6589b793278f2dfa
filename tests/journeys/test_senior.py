"""A senior probation officer: today's list, the team board, whose every number opens its list, a decision."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP

NOT_COMPLEX = re.compile(r"(Low|Medium), \d")
ANSWERS = {
    "Is it linked to risk of serious harm": "It was linked to a debt that is now paid.",
    "Is it being managed": "Yes, by the debt adviser.",
    "What would more contact do": "Cost him the shifts he has just found.",
}


def counted(page):
    """The number a list says it holds."""
    words = page.get_by_text(
        re.compile(r"^[\d,]+ (people|person|enquiries|enquiry)$")
    ).first.inner_text()
    return int(words.split()[0].replace(",", ""))


def number_of(link):
    return int(re.match(r"[\d,]+", link.inner_text()).group().replace(",", ""))


def row_of(page, action, crn=""):
    """The first row of My work with that next action, of a case where one is given."""
    for folded in page.get_by_text(re.compile("^Coming up: ")).all():
        folded.click()
    link = page.get_by_role("link", name=action)
    return page.locator("[data-row]").filter(has=link, has_text=crn).first


def write_plan(page, usable):
    """The first interim plan that an officer owes, as they write it; the CRN of its case."""
    row = row_of(page, "Write the plan")
    crn = row.locator(".app-person-crn").inner_text()
    row.get_by_role("link", name="Write the plan").click()
    usable(page)
    page.get_by_label("What do you assume until they answer?").fill("He goes back to her flat.")
    page.get_by_label("Who is protected, and from what?").fill("His former partner, from assault.")
    page.get_by_label("What do we do until the reply?").fill("I see him on Thursday.")
    page.get_by_role("main").get_by_role("button").first.click()
    senior = "A senior probation officer reads it within 2 working days"
    expect(page.get_by_text(senior)).to_be_visible()
    usable(page)
    return crn


def pages_of_work(page):
    """My work page by page: today's list, which ends, and then the rest of it all the same."""
    page.goto(reverse("my-work"))
    yield page
    onward = page.get_by_role("link", name=re.compile("^(See the rest all the same|Next page)$"))
    while onward.count():
        onward.click()
        page.wait_for_load_state()
        yield page


def answer_plan(page, row, usable):
    """From its row to the page where it is read and answered."""
    row.get_by_role("link", name="Answer the plan").click()
    expect(page.get_by_role("heading", name="Answer the interim plan")).to_be_visible()
    usable(page)


def test_a_senior_works_through_todays_list_agrees_one_plan_and_returns_another(
    open_page, sign_in, usable
):
    officer, senior = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(officer, Role.OFFICER)
    written = write_plan(officer, usable)
    sign_in(senior, Role.SPO)
    today = senior.get_by_role("region", name="Yours to decide").locator("[data-row]")
    to_agree = today.filter(has=senior.get_by_role("link", name="Answer the plan"))
    expect(senior.get_by_text(re.compile(r"That is today's list\. \d+ more"))).to_be_visible()
    usable(senior)

    next(look for look in pages_of_work(senior) if to_agree.count())
    agreed = to_agree.first.locator(".app-person-crn").inner_text()
    answer_plan(senior, to_agree.first, usable)
    senior.get_by_label("Yes, agree it").check()
    senior.get_by_role("button", name="Save the answer").click()
    expect(senior.get_by_text(re.compile("The plan is agreed.* acts on it until"))).to_be_visible()
    usable(senior)
    for page in pages_of_work(senior):
        expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()
        expect(to_agree.filter(has_text=agreed)).to_have_count(0)

    senior.goto(reverse("my-work"))
    answer_plan(senior, row_of(senior, "Answer the plan", written), usable)
    senior.get_by_label("No, return it to the officer").check()
    senior.get_by_label("What is missing?").fill("Who sees her before Thursday?")
    senior.get_by_role("button", name="Save the answer").click()
    expect(senior.get_by_text(re.compile("The plan is returned.* writes it again"))).to_be_visible()
    usable(senior)

    officer.goto(reverse("my-work"))
    told = officer.get_by_role("link", name=f"The interim plan on {written} was returned")
    expect(told).to_be_visible()
    expect(row_of(officer, "Write the plan", written)).to_be_visible()


def test_every_number_of_the_grid_opens_exactly_that_many_people(page, sign_in):
    sign_in(page, Role.SPO)
    page.goto("/team/")
    board = page.get_by_role("region", name="People in each GRID group")
    links = board.get_by_role("link").all()
    expected = {link.get_attribute("href"): number_of(link) for link in links}
    assert len(expected) > 4

    for address, number in expected.items():
        page.goto(address)
        assert counted(page) == number
        expect(
            page.locator("[data-rows] [data-row]").filter(
                has_not=page.get_by_text("Limited access")
            )
        ).to_have_count(min(number, 50))


def test_an_officers_overdue_checks_open_as_that_officers_list(page, sign_in):
    sign_in(page, Role.SPO)
    page.goto("/team/")
    row = page.get_by_role("region", name="Overdue checks by officer").locator("[data-row]").first
    name = row.get_by_role("rowheader").inner_text()
    total = row.get_by_role("link").last
    number = number_of(total)

    total.click()

    assert counted(page) == number
    expect(page.get_by_role("link", name=f"Remove this filter: Officer: {name}")).to_be_visible()
    expect(page.get_by_role("link", name="Remove this filter: Overdue only")).to_be_visible()
    late = page.locator("[data-rows] [data-row]").filter(has_text="late")
    expect(late).to_have_count(min(number, 50))


def test_a_senior_decides_an_officers_request_to_lower_a_placement(open_page, sign_in, axe):
    officer, senior = open_page(), open_page()
    sign_in(officer, Role.OFFICER)
    officer.goto("/caseload/")
    officer.locator("[data-row]").filter(has_text=NOT_COMPLEX).first.get_by_role(
        "link"
    ).first.click()
    officer.get_by_role("link", name="Placement", exact=True).click()
    address = officer.url
    judge(officer, "Complex")
    officer.goto(address)
    judge(officer, "Not complex")
    expect(officer.get_by_role("heading", name="Request sent to your SPO")).to_be_visible()

    sign_in(senior, Role.SPO)
    senior.goto(address)
    expect(senior.get_by_role("heading", level=1)).to_contain_text("complex")
    senior.get_by_role("link", name="Decide the request").click()
    axe(senior)
    senior.get_by_label("Yes").check()
    senior.get_by_label("What the officer should know").fill("Agreed. Look again at the review.")
    senior.get_by_role("button", name="Record the decision").click()

    expect(senior.get_by_text("The placement is lowered")).to_be_visible()
    expect(senior.get_by_role("heading", level=1)).not_to_contain_text("complex")


def judge(page, choice):
    page.get_by_role("button", name="Judge whether the case is complex").click()
    page.get_by_label(choice, exact=True).check()
    for label, answer in ANSWERS.items():
        page.get_by_label(label).fill(answer)
    page.get_by_role("button", name="Record the judgement").click()
