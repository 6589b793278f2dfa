"""The benefit sheet read from what was worked, and what of it leaves us."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AttendanceFactory,
    CourseFactory,
    ProjectFactory,
    UserFactory,
    WorkFactory,
    WorkSessionFactory,
)
from unpaidwork.models import Work
from unpaidwork.queries.benefit import sheet_for_courts
from unpaidwork.rules.benefit import FEWER, WITHHELD, period_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def worked(project, people, on, minutes=420, **more):
    session = WorkSessionFactory(project=project, on=on)
    return [
        AttendanceFactory(session=session, came="left", credited_minutes=minutes, **more)
        for _ in range(people)
    ]


@pytest.fixture
def last_month():
    return period_of(TODAY)[1] - 3 * DAY


def test_people_hours_and_who_completed_are_counted_by_project_and_once_among_all(last_month):
    park, path = ProjectFactory(name="Park"), ProjectFactory(name="Path")
    six = worked(park, 6, last_month, skills=["gardening"])
    session = WorkSessionFactory(project=path, on=last_month)
    for one in six:
        AttendanceFactory(session=session, work=one.work, came="left", credited_minutes=60)
    keys = [one.work_id for one in six]
    Work.objects.filter(pk__in=keys).update(state="completed", completed_on=last_month)

    sheet = sheet_for_courts(TODAY, "Thames Valley CRC")

    told = {row.name: (row.people, row.hours, row.finished) for row in sheet.rows}
    assert told == {"Park": ("6", "42", "6"), "Path": ("6", "6", "6")}
    assert {what: number for number, what in sheet.headlines} == {
        "people worked": "5",
        "hours worked": "40",
        "completed all their hours": "5",
        "had learning credited": "0",
    }
    assert "Gardening and grounds" in sheet.notes[0]


def test_a_project_of_a_few_says_nothing_that_is_of_a_few(last_month):
    worked(ProjectFactory(), 4, last_month, skills=["cooking"])
    CourseFactory(
        work=WorkFactory(), state="credited", credited_minutes=60, finished_on=last_month,
        decided_by=UserFactory(),
    )  # fmt: skip

    sheet = sheet_for_courts(TODAY, "")

    [row] = sheet.rows
    assert (row.people, row.hours, row.finished) == (FEWER, WITHHELD, WITHHELD)
    assert [number for number, _ in sheet.headlines] == [FEWER, WITHHELD, "0", FEWER]
    assert "Cooking" not in str(sheet.notes)


def test_only_what_was_worked_and_in_those_months_counts(last_month):
    park = ProjectFactory()
    worked(park, 5, period_of(TODAY)[1] + DAY)
    worked(park, 5, period_of(TODAY)[0] - DAY)
    AttendanceFactory(session__project=park, session__on=last_month, came="not_come")

    assert sheet_for_courts(TODAY, "").rows[0].people == "0"


def test_work_at_home_and_inductions_are_not_told():
    ProjectFactory(kind="home")
    ProjectFactory(kind="induction")

    assert sheet_for_courts(TODAY, "").rows == ()


@pytest.mark.parametrize("number", [5, 60])
def test_it_takes_as_many_statements_however_many_projects(
    number, last_month, django_assert_num_queries
):
    for _ in range(number):
        AttendanceFactory(
            session__project=ProjectFactory(),
            session__on=last_month,
            came="left",
            credited_minutes=60,
        )

    with django_assert_num_queries(5):
        sheet_for_courts(TODAY, "")


@pytest.fixture
def quality(client):
    user = UserFactory(role=Role.QUALITY)
    client.force_login(user)
    return user


def test_the_page_and_the_paper_say_the_same_and_name_nobody(client, quality):
    on = period_of(localdate())[1] - 3 * DAY
    park = ProjectFactory(
        name="Prospect Park",
        benefit="A park that families use again.",
        beneficiary__name="Qzxfriends",
        beneficiary__contact="Qzxcontact",
        address="Qzxaddress",
    )
    there = worked(park, 6, on, note="Qzxnote")

    page = client.get(reverse("benefit-sheet")).content.decode()
    answer = client.get(reverse("benefit-paper"))

    reader = PdfReader(io.BytesIO(answer.content))
    paper = " ".join(one.extract_text() for one in reader.pages)
    for said in (page, paper):
        assert "Prospect Park" in said
        assert "A park that families use again." in said
        assert "Qzx" not in said
        assert not [one for one in there if one.case.crn in said or one.case.surname in said]
    assert answer["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(action="made_benefit_sheet", by=quality).exists()


def test_a_sheet_of_nothing_says_so(client, quality):
    assert "would be listed here" in client.get(reverse("benefit-sheet")).content.decode()
    assert client.get(reverse("benefit-paper")).status_code == 200
