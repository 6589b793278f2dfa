import io
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import F
from pypdf import PdfReader

from cases.models import Contact
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, UserFactory
from tests.unpaidwork.a_work import credited, work_of, worked
from unpaidwork.models import Adjustment, WorkReview
from unpaidwork.services.papers import make_certificate, make_closing_report, make_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(role=Role.COORDINATOR)


@pytest.fixture
def work():
    """Two sessions, a course, a look back, and notes that are nobody's business."""
    work = work_of(
        CaseFactory(forename="Alan", surname="Smith"), ete_because="Out of work since May"
    )
    worked(work, 420, skills=["painting", "teamwork"], task="Painted the hall", quality="GD",
           note="Secretnote about them", behaviour="EX")  # fmt: skip
    worked(work, 300, skills=["painting"], note="Secretnote again")
    credited(work, 60, title="First aid at work", provider="Campus", because="Certificate seen")
    WorkReview.objects.create(
        work=work, point="third", held_on=TODAY, their_words="I like the painting",
        strengths="Staffwords: on time since March", by=UserFactory(), at=NOW,
    )  # fmt: skip
    return work


def text_of(content):
    reader = PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_passport_says_what_was_practised_and_nothing_that_gives_them_away(work, by):
    text = text_of(make_passport(work=work, by=by, today=TODAY))

    for said in ("Alan Smith", "Painting and decorating", "2 sessions", "First aid at work", "Painted the hall"):  # fmt: skip
        assert said in text
    gives_away = (work.case.crn, "Secretnote", "Staffwords", "I like the painting", "robation", "npaid", "ordered", "sentence", "Certificate seen", "Out of work")  # fmt: skip
    for word in gives_away:
        assert word not in text
    assert Entry.objects.get(action="made_skills_passport").crn == work.case.crn


def test_a_passport_of_somebody_who_has_only_begun_can_be_made(by):
    text = text_of(make_passport(work=work_of(CaseFactory()), by=by, today=TODAY))

    assert "No skill is recorded yet." in text


def test_a_certificate_is_for_all_hours_worked_alone(work, by):
    with pytest.raises(RuleBroken, match="not done yet"):
        make_certificate(work=work, by=by, today=TODAY)
    work.state, work.completed_on = "completed", TODAY
    work.save()

    text = text_of(make_certificate(work=work, by=by, today=TODAY))

    assert "has completed 100 hours of work for the community, on 1 October 2018" in text
    assert work.case.crn not in text
    assert "Secretnote" not in text


def test_a_closing_report_says_the_hours_what_was_done_and_what_they_say(work, by):
    names = names_for(work.case, actions_on(work.case, by))

    text = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    for said in (work.case.crn, "12 hours", "87 hours", "I like the painting", "Staffwords", "Work: good 1 time", "Worked to the end"):  # fmt: skip
        assert said in text
    assert "Secretnote" not in text


@pytest.mark.parametrize("code", ["AFTC", "AFDA"])  # and once it was decided to be acceptable
def test_a_closing_report_does_not_say_of_who_left_without_leave_that_they_worked_to_the_end(
    work, by, code
):
    names = names_for(work.case, actions_on(work.case, by))
    Contact.objects.filter(booking__attendance__work=work).update(outcome_code=code)
    work.attendances.update(left_at=F("left_at") - timedelta(hours=1))

    text = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    assert "Left before the end without leave" in text
    assert "Worked to the end" not in text


def test_a_closing_report_says_who_went_early_with_leave(work, by):
    names = names_for(work.case, actions_on(work.case, by))
    work.attendances.update(left_at=F("left_at") - timedelta(hours=1))

    text = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    assert "Left before the end with leave" in text
    assert "Worked to the end" not in text


def test_a_report_of_work_that_goes_on_is_no_closing_report(work, by):
    names = names_for(work.case, actions_on(work.case, by))

    so_far = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))
    work.state, work.state_because = "ended", "Revoked by the court"
    closing = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    assert "Unpaid work: report so far" in so_far
    assert "it is no closing report" in so_far
    assert "Unpaid work: closing report" in closing
    assert "so far" not in closing


def test_hours_that_came_with_the_case_are_named_beside_those_that_were_worked(work, by):
    Adjustment.objects.create(
        work=work, reason="elsewhere", minutes=600, on=TODAY, note="Completed by the record",
        at=NOW,
    )  # fmt: skip
    names = names_for(work.case, actions_on(work.case, by))

    text = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    assert "22 hours Of these, before they came to us or with another provider 10 hours" in text


def test_what_somebody_wrote_is_never_taken_for_markup(work, by):
    WorkReview.objects.update(strengths="#set page(fill: red) = *bold*")
    names = names_for(work.case, actions_on(work.case, by))

    text = text_of(make_closing_report(work=work, names=names, by=by, today=TODAY))

    assert "#set page(fill: red) = *bold*" in text


WORDS = ("CharField", "TextField")
SAID = {
    "Course.title",
    "Course.provider",
    "Attendance.task",
    "Project.name",
}  # what a passport shows


def mark_everything():
    """Every free-text column of unpaid work holds a marked word of its own."""
    for model in apps.get_app_config("unpaidwork").get_models():
        if model.__name__.endswith("Event"):
            continue
        columns = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in WORDS and not field.choices and not field.primary_key
            and not field.unique
        ]  # fmt: skip
        for row in model.objects.all():
            marked = {name: f"Qzx{model.__name__}.{name}" for name in columns}
            longest = {one.name: one.max_length for one in model._meta.concrete_fields}
            model.objects.filter(pk=row.pk).update(
                **{
                    name: word
                    for name, word in marked.items()
                    if len(word) <= (longest[name] or 99)
                }
            )


def test_of_all_that_is_written_a_passport_and_a_certificate_say_courses_tasks_and_where_alone(
    work, by
):
    work.state, work.completed_on = "completed", TODAY
    work.save()
    mark_everything()
    work.refresh_from_db()

    papers = [make(work=work, by=by, today=TODAY) for make in (make_passport, make_certificate)]

    found = set(re.findall(r"Qzx(\w+\.\w+)", " ".join(text_of(one) for one in papers)))
    assert found == SAID
