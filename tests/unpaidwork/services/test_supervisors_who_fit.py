"""A session whose supervisors do not fit somebody on it is not published, nor staffed so once it is."""

import pytest

from staff.errors import RuleBroken
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import answers_for, cleared, signed_risk
from tests.unpaidwork.a_sheet import MORNING, expect, planned, publish, supervisor_of
from unpaidwork.queries.publishing import expected_on
from unpaidwork.queries.sheet import acknowledged, sheet_of
from unpaidwork.queries.supervising import to_see_to
from unpaidwork.rules.sheet import SUPERVISOR
from unpaidwork.services.sheets import staff_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


@pytest.fixture
def case():
    """Who must not be supervised by a woman."""
    found = cleared()
    found.work_risks.all().delete()
    said = answers_for(found)
    said["managing.no_woman"] = said["managing.no_woman"] | {"said": "yes", "words": "As told."}
    signed_risk(found, answers=said)
    return found


@pytest.fixture
def session(case):
    return planned(case)


def states(session, sex):
    user = supervisor_of(session)
    user.sex = sex
    user.save()
    return user


def staff(session, *users):
    return staff_session(session=session, staff=users, by=coordinator(), now=MORNING)


def test_a_woman_is_refused_as_supervisor_of_somebody_whom_none_may_supervise(session, case):
    states(session, "woman")

    with pytest.raises(RuleBroken, match="must not be supervised by a woman, and Jo Bell is down"):
        publish(session)

    session.refresh_from_db()
    assert session.state == "planned"


def test_one_woman_of_two_supervisors_is_refused_too(session):
    states(session, "man")
    staff(session, supervisor_of(session), UserFactory(role=Role.SUPERVISOR, sex="woman"))

    with pytest.raises(RuleBroken, match="must not be supervised by a woman"):
        publish(session)


@pytest.mark.parametrize("sex", ["", "not_said"])
def test_what_is_not_stated_is_to_be_seen_to_and_refuses_nothing(session, case, sex):
    user = states(session, sex)

    (said,) = to_see_to(list(expected_on(session)), [user], session.on, coordinator())

    assert case.crn in said
    assert "has not stated" in said
    assert publish(session).state == "published"


def test_a_sheet_that_is_out_is_not_given_a_supervisor_who_does_not_fit(session):
    states(session, "man")
    publish(session)

    with pytest.raises(RuleBroken, match="must not be supervised by a woman"):
        staff(session, UserFactory(role=Role.SUPERVISOR, sex="woman"))


def test_a_case_kept_from_the_coordinator_refuses_and_is_not_named(session, case):
    states(session, "man")
    publish(session)
    limit(case, restricted=True)

    with pytest.raises(RuleBroken, match="Limited access") as refusal:
        staff(session, UserFactory(role=Role.SUPERVISOR, sex="woman"))
    assert case.crn not in str(refusal.value)
    assert case.surname not in str(refusal.value)


def test_somebody_who_comes_to_a_sheet_that_is_out_does_not_start_with_whom_they_may_not(case):
    session = planned(cleared())
    user = states(session, "woman")
    session = publish(session)

    expect(session, case)
    sheet = sheet_of(session, coordinator(), MORNING)

    assert {one.crn: one.held for one in sheet.people}[case.crn] == SUPERVISOR
    assert [one.held for one in sheet.people if one.crn != case.crn] == [""]
    assert not acknowledged(session, user)
