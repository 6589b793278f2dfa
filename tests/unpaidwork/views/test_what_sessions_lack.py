"""The list of sessions says what each lacks, and that nothing is lacking only where its sheet could go out."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    NOW,
    TODAY,
    OverrideFactory,
    RegistrationFactory,
    UserFactory,
    WorkFactory,
    WorkSessionFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import answers_for, cleared, signed_risk
from tests.unpaidwork.a_sheet import DAY, MORNING, expect, planned, published, supervisor_of
from unpaidwork.models import WorkSession
from unpaidwork.queries.publishing import before_publishing
from unpaidwork.queries.session_pages import page_of_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def row_of(session, user=None, when="ahead"):
    rows, _, _ = page_of_sessions(
        user or coordinator(),
        when=when,
        project=None,
        show="all",
        today=TODAY + timedelta(days=1),
        after="",
        size=100,
    )
    return next(one for one in rows if one.key == session.pk)


def unfit():
    """Who must not be supervised by a woman, and is."""
    case = cleared()
    case.work_risks.all().delete()
    said = answers_for(case)
    said["managing.no_woman"] = said["managing.no_woman"] | {"said": "yes", "words": "As told."}
    signed_risk(case, answers=said)
    session = planned(case)
    session.staff.update(sex="woman")
    return session


def run_out():
    """A risk assessment that is good today and not on the day."""
    case = cleared()
    case.work_risks.update(good_until=DAY)
    return planned(case, on=DAY + timedelta(days=2))


def untold():
    case = cleared()
    RegistrationFactory(case=case, type_code="ARSO")
    signed_risk_again(case)
    return planned(case)


def signed_risk_again(case):
    case.work_risks.all().delete()
    signed_risk(case)


def unchecked():
    session = planned()
    session.project.checks.all().delete()
    return session


def twice():
    session = planned()
    WorkSessionFactory(on=DAY, from_at=time(10), to_at=time(12)).staff.add(supervisor_of(session))
    return session


def crowded():
    session = planned()
    session.project.most = 1
    session.project.save()
    expect(session, cleared())
    return session


def unstaffed():
    session = planned()
    session.staff.clear()
    return session


def empty():
    session = planned()
    session.attendances.all().delete()
    return session


LACKS = {
    "crowded": (crowded, ("1 person too many",)),
    "empty": (empty, ("Nobody expected",)),
    "run_out": (run_out, ("1 person not allowed to start work",)),
    "shut": (lambda: planned(cleared(), WorkFactory().case), ("1 person not allowed to start work",)),
    "twice": (twice, ("1 supervisor at another site then",)),
    "unchecked": (unchecked, ("1 thing about the site",)),
    "unfit": (unfit, ("1 person not to be supervised by who is down",)),
    "unstaffed": (unstaffed, ("Nobody to supervise",)),
    "untold": (untold, ("1 person without an instruction",)),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(LACKS))
def test_the_list_says_of_whatever_stands_before_a_sheet_that_it_is_lacking(what):
    make, lacks = LACKS[what]

    session = make()

    assert before_publishing(session, coordinator())
    assert row_of(session).lacks == lacks


def test_nothing_is_lacking_where_the_sheet_could_go_out():
    session = planned()

    row = row_of(session)

    assert not before_publishing(session, coordinator())
    assert (row.lacks, row.otherwise) == ((), "Nothing")


def test_an_induction_lacks_nothing_while_the_gate_is_shut():
    session = planned(WorkFactory().case, project__kind="induction")

    assert row_of(session).lacks == ()


def test_an_override_lets_pass_on_its_days_and_for_nobody_who_approved_it():
    case = cleared()
    case.work_risks.all().delete()
    approver = UserFactory(role=Role.COORDINATOR)
    OverrideFactory(
        case=case, assessment=None, act="allocation", state="approved", expires_on=DAY, gaps=["risk"],
        sentences=["No risk assessment for unpaid work is signed."], decided_by=approver, decided_at=NOW,
    )  # fmt: skip
    session, later = planned(case), planned(case, on=DAY + timedelta(days=1))

    found = [row_of(session), row_of(session, approver), row_of(later)]

    assert [len(one.lacks) for one in found] == [0, 1, 1]


def test_what_is_over_or_closed_is_not_said_to_lack_nothing(client):
    past = published()
    WorkSession.objects.update(on=TODAY, published_at=None, state="planned")
    closed = planned()
    WorkSession.objects.filter(pk=closed.pk).update(state="closed")

    assert row_of(past, when="past").otherwise == "Its day is over"
    assert row_of(closed).otherwise == "Register closed"
    client.force_login(coordinator())
    page = client.get(reverse("work-sessions"), {"when": "past"}).content.decode()
    assert "Its day is over" in page
    assert not re.search(r"What it lacks\"><span>Nothing", page)


def test_a_list_of_sixty_with_people_on_many_days_takes_as_many_statements_as_one_of_five():
    user = coordinator()
    counts = []
    for number in (5, 55):
        for place in range(number):
            session = WorkSessionFactory(on=DAY + timedelta(days=place % 20))
            session.staff.add(UserFactory(role=Role.SUPERVISOR))
            case = WorkFactory().case
            RegistrationFactory(case=case, type_code="WEAP")
            expect(session, case)
        with CaptureQueriesContext(connection) as seen:
            row_of(session, user)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_what_stands_before_a_sheet_of_many_whose_gate_is_shut_takes_as_many_statements_as_of_two():
    user = coordinator()
    counts = []
    for number in (2, 8):
        session = planned(*(WorkFactory().case for _ in range(number)))
        with CaptureQueriesContext(connection) as seen:
            before = before_publishing(session, user)
        assert len({one.case for one in before}) == number
        counts.append(len(seen))

    assert counts[0] == counts[1]
