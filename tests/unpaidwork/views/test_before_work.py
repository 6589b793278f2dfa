"""What stands before somebody may work is said in the same words wherever it stands, with the override in force."""

from datetime import timedelta

import pytest
from django.urls import reverse

from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    DeadlineFactory,
    OverrideFactory,
    PauseFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
)
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays
from unpaidwork.queries.gate import shut_for
from unpaidwork.services.allocations import allocate, suspend

pytestmark = pytest.mark.django_db
UNTIL = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


@pytest.fixture
def shut():
    """Two things stand before this case is put to work."""
    work = WorkFactory()
    assert len(shut_for(work.case, TODAY)) == 2
    return work


def read(client, page, case, *keys):
    answer = client.get(reverse(page, args=[case.crn, *keys]))
    assert answer.status_code == 200
    return words(answer)


def let_pass(case, *, gaps, approved_by):
    found = {one.key: one.sentence for one in shut_for(case, TODAY)}
    return OverrideFactory(
        case=case, act="allocation", assessment=None, state="approved", expires_on=UNTIL,
        gaps=gaps, sentences=[found[key] for key in gaps], asked_by=case.officer,
        decided_at=NOW, decided_by=approved_by, decision_note="Two supervisors.",
    )  # fmt: skip


def test_the_tab_says_at_its_top_what_stands_and_that_no_sheet_goes_out(client, by, shut):
    WorkAllocationFactory(work=shut)

    page = read(client, "case-unpaid-work", shut.case)

    assert "2 things are still to do before they may work. No day sheet of a work site" in page
    assert reverse("work-risk", args=[shut.case.crn]) in page
    assert page.index("2 things are still to do") < page.index("Where they work")
    assert "Nothing is owed." not in page


def test_the_tab_says_nothing_of_it_once_nothing_stands_or_no_work_is_left(client, by, shut):
    assert "still to do" not in read(client, "case-unpaid-work", a_worker().case)

    shut.state, shut.state_because = "ended", "Revoked"
    shut.save()

    assert "still to do" not in read(client, "case-unpaid-work", shut.case)


def test_an_override_of_everything_is_named_in_the_same_words_on_all_three_pages(client, by, shut):
    senior = UserFactory(role=Role.SPO, first_name="Sasha", last_name="Senior")
    gaps = [one.key for one in shut_for(shut.case, TODAY)]
    let_pass(shut.case, gaps=gaps, approved_by=senior)

    for page in ("case-unpaid-work", "work-risk", "allocate-work"):
        text = read(client, page, shut.case)
        assert (
            "2 things are still to do; an override lets them be allocated until 8 October 2018"
            in text
        )
        assert f"asked by {shut.case.officer.name}, approved by Sasha Senior" in text
        assert "Nothing stands in the way" not in text
        assert "before you can allocate" not in text
        assert "No day sheet" not in text


def test_an_override_of_some_of_it_leaves_the_rest_in_the_way(client, by, shut):
    first = shut_for(shut.case, TODAY)[0].key
    let_pass(shut.case, gaps=[first], approved_by=UserFactory(role=Role.SPO))

    page = read(client, "allocate-work", shut.case)

    assert "1 thing still to do before you can allocate them" in page
    assert "1 more thing is still to do; an override lets this pass until 8 October 2018" in page
    assert "1 thing is still to do before they may work." in read(
        client, "case-unpaid-work", shut.case
    )


def a_woman():
    return a_worker(sex="F")


def in_prison():
    work = a_worker()
    work.requirement.sentence.custody_status = "D"
    work.requirement.sentence.save()
    return work


def away():
    work = a_worker()
    PauseFactory(case=work.case)
    return work


@pytest.mark.parametrize(
    ("who", "stands"),
    [
        (a_woman, "Nobody has recorded her choice of whom she works with."),
        (in_prison, "They are recorded as in custody."),
        (away, "They cannot come: "),
    ],
)
@pytest.mark.parametrize("kinds", [(), ("home", "group"), ("group",)])
def test_what_no_project_mends_is_counted_alike_on_every_page(client, by, who, stands, kinds):
    """Whatever runs, and in which order: at home nobody is asked whom they work with."""
    work = who()
    for kind in kinds:
        a_project(kind=kind)

    for page in ("allocate-work", "work-risk"):
        text = read(client, page, work.case)
        assert "1 thing still to do before you can allocate them" in text
        assert stands in text
    tab = read(client, "case-unpaid-work", work.case)
    assert "1 thing is still to do before they are given a place." in tab
    assert "No day sheet" not in tab


def test_it_is_counted_with_what_shuts_the_gate(client, by, shut):
    shut.case.sex = "F"
    shut.case.save()

    assert "3 things still to do before you" in read(client, "allocate-work", shut.case)
    tab = read(client, "case-unpaid-work", shut.case)
    assert "3 things are still to do before they may work. No day sheet of a work site" in tab


def test_of_work_that_is_suspended_or_over_the_tab_says_no_more_than_finding_work(client, by):
    work = a_worker()
    work.state, work.state_because = "suspended", "In hospital"
    work.save()

    assert "still to do" not in read(client, "case-unpaid-work", work.case)


def test_whoever_approved_it_is_told_that_somebody_else_goes_ahead(client, shut):
    senior = UserFactory(role=Role.SPO, team=shut.case.team)
    client.force_login(senior)
    gaps = [one.key for one in shut_for(shut.case, TODAY)]
    let_pass(shut.case, gaps=gaps, approved_by=senior)

    page = read(client, "allocate-work", shut.case)

    assert "2 things still to do before you can allocate them" in page
    assert "You approved an override of this until 8 October 2018" in page


@pytest.mark.parametrize(
    ("kind", "page"),
    [("assess_work_risk", "work-risk"), ("write_instruction", "work-instructions")],
)
def test_who_may_not_do_what_is_owed_is_led_to_where_it_is_explained(client, shut, kind, page):
    DeadlineFactory(case=shut.case, kind=kind)
    client.force_login(UserFactory(role=Role.HEAD))

    text = client.get(reverse("case-unpaid-work", args=[shut.case.crn])).content.decode()

    row = text[: text.index("See what is missing")].rpartition("<a ")[2]
    assert reverse(page, args=[shut.case.crn]) in row


def test_a_place_that_cannot_be_resumed_says_where_each_reason_is_seen_to_and_what_else_to_do(
    client, by
):
    work = a_worker()
    made = allocate(work=work, placing=on_tuesdays(a_project()), by=by, now=NOW)
    suspend(allocation=made, because="The river is high", by=by, now=NOW)
    work.case.work_risks.update(state="replaced")

    page = client.get(reverse("resume-place", args=[work.case.crn, made.pk])).content.decode()

    refused = page[page.index("This place cannot be given") : page.index("What else can be done")]
    assert f'href="{reverse("work-risk", args=[work.case.crn])}"' in refused
    for other in ("move-place", "change-work-place", "end-place"):
        assert reverse(other, args=[work.case.crn, made.pk]) in page


def test_what_the_project_lacks_leads_to_the_project(client, by):
    work, project = a_worker(), a_project()
    made = allocate(work=work, placing=on_tuesdays(project), by=by, now=NOW)
    suspend(allocation=made, because="The river is high", by=by, now=NOW)
    project.beneficiary.insured_until = TODAY - timedelta(days=1)
    project.beneficiary.save()

    page = client.get(reverse("resume-place", args=[work.case.crn, made.pk])).content.decode()

    refused = page[page.index("This place cannot be given") : page.index("What else can be done")]
    assert f'href="{reverse("project", args=[project.pk])}"' in refused


def test_an_induction_that_is_booked_stands_on_places_and_the_tab_and_leads_whoever_may_to_it(
    client, by, shut
):
    there = AttendanceFactory(
        work=shut,
        session__project__kind="induction",
        session__project__name="The office",
        session__on=TODAY + timedelta(days=1),
    )

    leads_to = reverse("appointment", args=[shut.case.crn, there.appointment_id])
    for page in ("work-places", "case-unpaid-work"):
        text = read(client, page, shut.case)
        assert "Induction, 2 October 2018" in text
        assert "The office" in text
        assert leads_to not in text  # whom a coordinator is not assigned to, they do not open

    assert f"tell {shut.case.officer.name} how" in read(client, "work-places", shut.case)
    client.force_login(shut.case.officer)
    for page in ("work-places", "case-unpaid-work"):
        assert leads_to in read(client, page, shut.case)


def test_that_an_induction_may_be_booked_meanwhile_is_said_while_something_is_to_do_alone(
    client, by, shut
):
    a_project(kind="induction")

    assert "May be booked while anything" in read(client, "allocate-work", shut.case)
    case = a_worker().case
    for page in ("allocate-work", "work-risk"):
        text = read(client, page, case)
        assert "while any" not in text


def test_the_first_day_and_since_when_a_place_is_held_are_the_same_on_every_page(client, by):
    work = a_worker()
    made = allocate(work=work, placing=on_tuesdays(a_project()), by=by, now=NOW)
    AttendanceFactory(
        work=work,
        allocation=made,
        session__project=made.project,
        session__on=TODAY + timedelta(days=1),
    )

    said = "First day 2 October 2018. Place held from 1 October 2018"
    assert said in read(client, "work-places", work.case)
    assert said in read(client, "case-unpaid-work", work.case)
    assert said in read(client, "work-placed", work.case, made.pk)


def test_the_certificate_is_led_to_once_all_is_worked_and_else_why_not_is_said(client, by, shut):
    page = read(client, "case-unpaid-work", shut.case)
    assert "A certificate can be printed once all hours are worked." in page
    assert "Report so far (PDF)" in page
    assert "Closing report" not in page

    shut.state, shut.completed_on = "completed", TODAY
    shut.save()

    page = read(client, "case-unpaid-work", shut.case)
    assert "Certificate (PDF)" in page
    assert "Closing report (PDF)" in page
    assert "A certificate can be printed" not in page
