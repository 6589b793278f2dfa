"""A registered sex offender of whom supervisors are told nothing: no sheet goes out, until somebody says what it means.

The coordinator at a desk; the supervisor on a tablet, a telephone and paper.
"""

import io
import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect
from pypdf import PdfReader

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.widths import PHONE, TABLET

# An induction of today, before the day the supervisor has already, with two of the officer's, of whom one is registered and supervisors are told nothing
A_DAY = """
from datetime import time
from django.db.models import Q
from django.utils.timezone import localdate
from cases.models import Case, Registration
from staff.models import User
from tests.factories import (
    AttendanceFactory, RegistrationFactory, SiteCheckFactory, WorkFactory, WorkSessionFactory,
)
from unpaidwork.reference.flags import DEMANDS
free = Case.objects.filter(officer__username="officer", state="supervised", retained_by="", limit=None)
told = Registration.objects.filter(active=True).filter(Q(type_code__in=DEMANDS) | Q(warn_staff=True))
flagged, other = free.exclude(pk__in=told.values("case")).order_by("pk")[:2]
session = WorkSessionFactory(
    on=localdate(), from_at=time(6), to_at=time(9), project__name="Induction at the depot", project__kind="induction", project__address="The depot"
)
SiteCheckFactory(project=session.project, checked_on=localdate(), review_on=localdate())
session.staff.add(User.objects.get(username="supervisor"))
for case in (flagged, other):
    AttendanceFactory(session=session, work=WorkFactory(case_of=case))
RegistrationFactory(case=flagged, type_code="ARSO", notes="Qzxstory")
print("CRN", flagged.crn)
"""
MUST_NOT = "Do not let them work or wait where children are or pass."


@pytest.fixture
def crn(site):
    """Of the one who is registered."""
    return re.search(r"CRN (\w+)", site.begin_with(A_DAY))[1]


def in_two_months():
    return f"{localdate() + timedelta(days=60):%d/%m/%Y}"


def try_to_publish(page):
    page.goto("/unpaid-work/sessions/")
    page.get_by_role("link", name=re.compile("Induction at the depot")).first.click()
    page.get_by_role("button", name="Publish the sheet").click()


def say_what_it_means(page, crn, usable):
    page.goto(f"/cases/{crn}/unpaid-work/instructions/")
    usable(page)
    page.get_by_role("link", name=re.compile("Say what it means on site")).click()
    expect(page.get_by_text("nothing is saved until you save it")).to_be_visible()
    usable(page)
    page.get_by_label("Whom do they ring?").fill("The duty officer, 01865 123456")
    page.get_by_label("When is it looked at again?").fill("in words")
    page.get_by_role("button", name="Save it").click()
    usable(page)
    page.get_by_label("What must the supervisor not allow?").fill(MUST_NOT)
    page.get_by_label("What should they watch for?").fill("Wandering off towards the school.")
    page.get_by_label("What should they do?").fill("Keep them in sight, and ring if they go.")
    page.get_by_label("When is it looked at again?").fill(in_two_months())
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("As supervisors read it")).to_be_visible()
    usable(page)


def read_all(page):
    for _ in range(2):
        page.get_by_role("button", name=re.compile("I have read this")).first.click()
        expect(page.get_by_text("You have read this.").first).to_be_visible()
    expect(page.get_by_text("You have read all of it.")).to_be_visible()


@pytest.mark.parametrize("width", [TABLET, PHONE])
def test_no_sheet_goes_out_until_somebody_says_what_a_flag_means(
    open_page, sign_in, usable, crn, width
):
    coordinator, officer = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    supervisor = open_page(viewport={"width": width, "height": 1000})
    for page, role in (
        (coordinator, Role.COORDINATOR),
        (officer, Role.OFFICER),
        (supervisor, Role.SUPERVISOR),
    ):
        sign_in(page, role)

    try_to_publish(coordinator)
    expect(coordinator.get_by_text("The sheet is not published.")).to_be_visible()
    expect(coordinator.locator("#gaps")).to_contain_text("Registered sex offender")
    usable(coordinator)
    coordinator.goto("/unpaid-work/nothing-said/")
    expect(coordinator.get_by_text(crn)).to_be_visible()
    usable(coordinator)
    supervisor.goto("/unpaid-work/sessions/")
    supervisor.get_by_role("link", name=re.compile("Induction at the depot")).click()
    expect(
        supervisor.get_by_text("The coordinator has not published the sheet yet.")
    ).to_be_visible()
    usable(supervisor)

    say_what_it_means(officer, crn, usable)
    try_to_publish(coordinator)
    expect(coordinator.get_by_text("The sheet is published. Its supervisors")).to_be_visible()
    usable(coordinator)

    supervisor.reload()
    supervisor.get_by_role("button", name="Read the day sheet").click()
    expect(supervisor.get_by_text(MUST_NOT)).to_be_visible()
    assert "Qzxstory" not in supervisor.content()
    usable(supervisor)
    read_all(supervisor)
    usable(supervisor)

    paper = PdfReader(io.BytesIO(supervisor.pdf(format="A4", prefer_css_page_size=True)))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "Do not let them work" in " ".join(text.split())
    assert len(paper.pages) <= 2


def test_it_works_without_a_script(open_page, sign_in, crn):
    page = open_page(viewport=DESKTOP, java_script_enabled=False)
    sign_in(page, Role.COORDINATOR)

    try_to_publish(page)

    expect(page.get_by_text("The sheet is not published.")).to_be_visible()
