"""A senior probation officer: the team board, whose every number opens its list, and a decision."""

import re

from playwright.sync_api import expect

from staff.permissions import Role

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
