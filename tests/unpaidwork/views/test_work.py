import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Limit
from cases.rules.overrides import SIX
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictionFactory,
    UserFactory,
    WorkAllocationFactory,
)
from tests.unpaidwork.a_risk import cleared
from tests.unpaidwork.a_work import credited, work_of, worked
from tests.unpaidwork.a_worker import a_project
from unpaidwork.models import Adjustment, WorkReview
from unpaidwork.queries.caseload import EXCEPTIONS
from unpaidwork.queries.gate import shut_for
from unpaidwork.services.overrides import ask_work_override, decide_work_override

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(client):
    user = UserFactory(role=Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def case():
    return CaseFactory(forename="Alan", surname="Smith")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def tab(client, case):
    return text_of(client.get(reverse("case-unpaid-work", args=[case.crn])))


def listed(client, **asked):
    return text_of(client.get(reverse("work-caseload"), asked))


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        client.get(address)
    return len(taken)


def test_the_tab_says_what_is_ordered_worked_and_left_by_when_and_at_what_pace(
    client, coordinator, case
):
    work = work_of(case)
    worked(work, 420, skills=["painting"], task="Painted the hall", quality="GD")
    credited(work, 120)
    WorkAllocationFactory(work=work, project__name="Prospect Park")

    text = tab(client, case)

    assert "91 hours left" in text
    assert "30 September 2019" in text
    assert "How the pace was worked out" in text
    assert "Prospect Park" in text
    assert "Tuesday, 9am to 4pm" in text
    assert "Painted the hall" in text
    assert "Painting and decorating: 1 session, 7 hours" in text


def test_a_case_without_unpaid_work_says_so(client, coordinator, case):
    assert "The court ordered none." in tab(client, case)


def test_hours_that_will_not_be_worked_in_time_are_a_warning(client, coordinator, case):
    began = TODAY - timedelta(days=300)
    work_of(case, sentenced_on=began, arrived_on=began)

    text = tab(client, case)

    assert "Will not be done in time" in text
    assert "never done at this pace" in text


def test_what_is_owed_of_unpaid_work_stands_on_the_tab_and_nothing_else(client, coordinator, case):
    work_of(case)
    DeadlineFactory(case=case, kind="arrange_work", owner_role="coordinator")
    DeadlineFactory(case=case, kind="make_plan")

    text = tab(client, case)

    assert "Arrange unpaid work" in text
    assert "Make the plan with the person" not in text


def test_terms_that_are_not_seen_lead_a_coordinator_to_what_is_missing(client, coordinator, case):
    work_of(case)
    DeadlineFactory(case=case, kind="see_order_terms")

    text = tab(client, case)

    assert "See the terms of the court" in text
    assert f'href="{reverse("case-restrictions", args=[case.crn])}"' in text
    assert "Record its terms" not in text
    assert client.get(reverse("case-restrictions", args=[case.crn])).status_code == 200


def test_hours_from_elsewhere_never_stand_beside_the_words_that_they_came_to_nothing(client, coordinator, case):  # fmt: skip
    work = work_of(case)
    assert "They have come to no session yet." in tab(client, case)
    entry = {"work": work, "reason": "elsewhere", "minutes": 180, "on": TODAY, "note": "Kent"}
    Adjustment.objects.create(by=coordinator, at=NOW, **entry)

    text = tab(client, case)

    assert "They have come to no session yet." not in text
    assert "No session of this requirement is recorded here. The 3 hours worked were worked elsewhere" in text  # fmt: skip


def test_a_protected_name_is_kept_from_a_coordinator_in_what_was_said(client, coordinator, case):
    RelatedPersonFactory(case=case, name="Beatrix Lane", victim=True, protected=True)
    WorkReview.objects.create(
        work=work_of(case), point="third", held_on=TODAY, their_words="I told Beatrix Lane",
        strengths="Seen by Beatrix Lane", by=coordinator, at=NOW,
    )  # fmt: skip

    assert "Beatrix" not in tab(client, case)


def test_two_counts_that_differ_are_both_shown_and_never_added(client, coordinator, case):
    work = work_of(case)
    work.requirement.completed = 12
    work.requirement.save()

    assert "nDelius counts 12 hours completed and we count 0 minutes" in tab(client, case)


def test_requirements_that_go_far_beyond_300_hours_together_say_so(client, coordinator, case):
    work_of(case, minutes_ordered=200 * 60)
    work_of(case, minutes_ordered=150 * 60)

    assert "Together they come to 350 hours" in tab(client, case)


def test_the_tab_takes_no_more_statements_for_many_sessions_than_for_few(client, coordinator, case):
    work = work_of(case)
    address = reverse("case-unpaid-work", args=[case.crn])
    for n in range(5):
        worked(work, 60, on=TODAY - timedelta(days=n), skills=["painting"])
    few = statements(client, address)
    for n in range(5, 60):
        worked(work, 60, on=TODAY - timedelta(days=n), skills=["painting"])

    assert statements(client, address) == few


def test_the_tab_asks_nothing_twice_of_what_stands_before_their_work(client, coordinator, case):
    """Registers, restrictions and enquiries answer several questions of the gate, and hours more than one of the page."""
    work = work_of(case)
    worked(work, 420)
    WorkAllocationFactory(work=work)
    RegistrationFactory(case=case, type_code="WEAP", type_name="Weapons")
    RestrictionFactory(case=case)
    EnquiryFactory(case=case, kind="police")
    address = reverse("case-unpaid-work", args=[case.crn])
    client.get(address)

    with CaptureQueriesContext(connection) as taken:
        client.get(address)

    asked = Counter(one["sql"] for one in taken)
    assert [sql for sql, times in asked.items() if times > 1] == []
    assert len(taken) <= 56


def test_the_list_shows_everybody_with_open_work_by_name(client, coordinator, case):
    work_of(case)
    work_of(CaseFactory(surname="Adams"))
    work_of(CaseFactory(surname="Done"), state="completed", completed_on=TODAY)

    text = listed(client)

    assert text.index("Adams") < text.index("Smith, Alan")
    assert "2 requirements of unpaid work" in text
    assert "Done," not in text


def test_the_list_is_narrowed_by_pace_state_and_what_is_owed(client, coordinator, case):
    began = TODAY - timedelta(days=300)
    work_of(case, sentenced_on=began, arrived_on=began)
    other = CaseFactory(surname="Adams")
    work_of(other)
    DeadlineFactory(case=other, kind="arrange_work")

    assert "Smith" in listed(client, pace="red")
    assert "Adams" not in listed(client, pace="red")
    assert "Adams" in listed(client, owed="arrange_work")
    assert "Smith" not in listed(client, owed="arrange_work")
    assert "Nobody in your reach" in listed(client, state="suspended")


@pytest.mark.parametrize("code", sorted(EXCEPTIONS))
def test_each_exception_opens_its_own_list(client, coordinator, case, code):
    work = work_of(case)
    RegistrationFactory(case=case, type_code="RSTO")
    DeadlineFactory(case=case, kind="arrange_work", due_on=TODAY - timedelta(days=2),
                    triggered_on=TODAY - timedelta(days=9))  # fmt: skip
    WorkAllocationFactory(work=work, state="suspended", state_because="A restriction touches it")
    # Somebody of whom there is nothing to look into: nothing stands before it, and a day a week fills their hours
    adams = cleared(CaseFactory(surname="Adams")).works.get()
    WorkAllocationFactory(work=adams, project=a_project(), weekday=1)

    text = listed(client, look=code)

    assert "Adams" not in text
    if code in ("terms", "instruction", "suspended", "late"):
        assert "Smith" in text


def test_whoever_has_a_place_behind_a_shut_gate_is_found_until_it_opens_or_somebody_lets_them_pass(
    client, coordinator, case
):
    work = work_of(case)
    WorkAllocationFactory(work=work, project=a_project(), weekday=1)

    assert "Smith" in listed(client, look="shut")

    asked = ask_work_override(
        case=case, keys=[one.key for one in shut_for(case, TODAY)], by=case.officer,
        expires_on=TODAY + timedelta(days=7), today=TODAY, now=NOW,
        **dict.fromkeys(SIX, "Rang the officer before me on Monday; the charity shop closes on Friday."),
    )  # fmt: skip
    assert "Smith" in listed(client, look="shut")
    decide_work_override(
        override=asked, approve=True, note="He is watched by two supervisors that day.",
        by=UserFactory(role=Role.SPO, team=case.team), today=TODAY, now=NOW,
    )  # fmt: skip
    assert "Smith" not in listed(client, look="shut")


def test_a_place_that_is_suspended_is_behind_no_gate_any_more(client, coordinator, case):
    WorkAllocationFactory(
        work=work_of(case), project=a_project(), state="suspended", state_because="Asked"
    )

    assert "Smith" not in listed(client, look="shut")


def test_a_code_that_is_not_on_offer_is_left_out(client, coordinator, case):
    work_of(case)

    assert "Smith" in listed(client, pace="purple")


def test_the_list_goes_on_page_by_page(client, coordinator):
    for n in range(52):
        work_of(CaseFactory(surname=f"Person{n:02}"))

    first = client.get(reverse("work-caseload"))
    second = text_of(client.get(first.context["next"]))

    assert "Person49" in text_of(first)
    assert "Person50" not in text_of(first)
    assert "Person51" in second


def test_the_list_takes_no_more_statements_for_sixty_than_for_five(client, coordinator):
    def somebody():
        work = work_of(CaseFactory())
        worked(work, 420)
        WorkAllocationFactory(work=work)

    for _ in range(5):
        somebody()
    few = statements(client, reverse("work-caseload"))
    for _ in range(55):
        somebody()

    assert statements(client, reverse("work-caseload")) <= few + 1  # a page more is asked for


def test_a_kept_case_is_a_masked_row_that_no_filter_tells_more_of(client, coordinator, case):
    work_of(case)
    Limit.objects.create(case=case, restricted=True, message="This case is limited.", ask="A. Khan")

    for asked in ({}, {"pace": "red"}, {"state": "completed"}):
        text = listed(client, **asked)
        assert "Smith" not in text
        assert "This case is limited." in text


def test_the_file_is_for_those_who_may_export_and_is_in_the_audit_trail(client, coordinator, case):
    work_of(case)
    address = reverse("work-caseload-csv")
    refused = client.get(address).status_code
    head = UserFactory(role=Role.HEAD)
    client.force_login(head)

    lines = list(csv.reader(io.StringIO(b"".join(client.get(address)).decode())))

    assert refused == 403
    assert lines[1][:2] == [case.crn, "Smith, Alan"]
    assert Entry.objects.filter(action="export_cases", by=head).exists()


def test_an_officer_narrows_the_list_to_the_cases_they_hold(client, case):
    officer = UserFactory(role=Role.OFFICER)
    work_of(CaseFactory(officer=officer, team=officer.team, surname="Mine"))
    work_of(CaseFactory(team=officer.team, surname="Elsewhere"))
    client.force_login(officer)

    assert "Elsewhere" in listed(client)
    assert "Elsewhere" not in listed(client, mine="on")
