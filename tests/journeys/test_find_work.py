"""A coordinator looks for work for somebody: what stands in the way, projects in order, a place that is refused, and
an induction that is booked all the same."""

from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_officer import SCRIPTS, fits
from tests.journeys.test_work_risk import TAKE_UP
from tests.journeys.widths import PHONE

FOR_WHOM = """
    INSERT INTO unpaidwork_beneficiary (name, contact, telephone, email, address, may_be_told, agreed_on,
                                        agreement_until, insured_until)
    VALUES ('Friends of the long walk', '', '', '', '', '', current_date, NULL, current_date + 300)
    ON CONFLICT (name) DO UPDATE SET agreed_on = current_date RETURNING id
"""
PROJECT = """
    INSERT INTO unpaidwork_project (code, name, kind, beneficiary_id, address, postcode, easting, northing, from_on, takes,
        most, ratio, hi_vis, signal, fallback, what_is_done, tasks, benefit, accredits)
    SELECT '{code}', '{name}', '{kind}', id, '', '', 451000, 206000, current_date - 30, 'anybody', 8, 8, true, 'good', '',
        'Clearing the paths and painting the benches.', '["Clearing paths"]', '', ''
    FROM unpaidwork_beneficiary WHERE name = 'Friends of the long walk'
    ON CONFLICT (code) DO UPDATE SET to_on = NULL RETURNING id
"""
RUNS = """
    INSERT INTO unpaidwork_availability (project_id, weekday, every, from_on, from_at, to_at)
    SELECT id, day, 'week', current_date - 30, '09:00', '16:00' FROM unpaidwork_project, generate_series(0, 4) AS day
    WHERE code IN ('LONGWALK', 'INDUCT') AND NOT EXISTS (
        SELECT FROM unpaidwork_availability a WHERE a.project_id = unpaidwork_project.id)
    RETURNING id
"""


@SCRIPTS
def test_a_coordinator_looks_for_work_and_is_told_what_stands_in_the_way(
    open_page, sign_in, usable, site, scripts
):
    ((crn,),) = site.execute(TAKE_UP)
    site.execute(FOR_WHOM)
    ((project,),) = site.execute(
        PROJECT.format(code="LONGWALK", name="The long walk", kind="group")
    )
    site.execute(PROJECT.format(code="INDUCT", name="The office", kind="induction"))
    site.execute(RUNS)
    page = open_page(java_script_enabled=scripts, viewport=DESKTOP)
    look = usable if scripts else fits
    sign_in(page, Role.COORDINATOR)

    page.goto(f"/cases/{crn}/unpaid-work/find/")
    expect(page.locator("#gaps")).to_contain_text("risk assessment for unpaid work is signed")
    expect(page.get_by_role("rowheader", name="The long walk")).to_be_visible()
    look(page)
    page.set_viewport_size({"width": PHONE, "height": 900})
    look(page)
    page.set_viewport_size(DESKTOP)

    page.get_by_role("button", name="Book the induction").click()
    expect(page.get_by_role("heading", name="Places at work")).to_be_visible()
    expect(page.get_by_text("It counts as arranged.")).to_be_visible()
    look(page)

    page.goto(f"/cases/{crn}/unpaid-work/find/{project}/")
    look(page)
    page.get_by_label("Tuesdays, 9am to 4pm").check()
    page.get_by_role("button", name="Check the place").click()
    expect(page.get_by_role("heading", name="This place cannot be given")).to_be_visible()
    expect(page.get_by_role("button", name="Give them this place")).to_have_count(0)
    look(page)

    page.goto(f"/projects/{project}/place-people/")
    look(page)
