"""Nobody supervises two sites at the same time, whoever is asked and however it is asked."""

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, WorkSessionFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_sheet import DAY, MORNING, planned, publish, published, supervisor_of
from unpaidwork.models import WorkSession
from unpaidwork.services.sheets import staff_session

LOWER_GLEN = {"project__name": "Lower Glen", "from_at": time(9, 30), "to_at": time(16, 30)}


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def session_at(first, last, on=DAY):
    return WorkSessionFactory(on=on, from_at=first, to_at=last)


def staff(session, *users):
    return staff_session(session=session, staff=users, by=coordinator(), now=MORNING)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hours",
    [(time(8), time(9, 31)), (time(9), time(17)), (time(12), time(13)), (time(16, 29), time(18))],
)
def test_a_supervisor_of_one_site_is_refused_on_another_at_the_same_time(hours):
    user = supervisor_of(planned(**LOWER_GLEN))
    other = session_at(*hours)

    with pytest.raises(RuleBroken) as refusal:
        staff(other, user)

    assert "Jo Bell is down for Lower Glen, 9:30am to 4:30pm" in str(refusal.value)
    assert not other.staff.exists()
    assert Entry.objects.filter(action="staffed_session").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "days"),
    [((time(8), time(9, 30)), 0), ((time(16, 30), time(18)), 0), ((time(9), time(17)), 1)],
)
def test_before_after_and_on_another_day_they_may(hours, days):
    user = supervisor_of(planned(**LOWER_GLEN))
    other = session_at(*hours, on=DAY + timedelta(days=days))

    staff(other, user)

    assert supervisor_of(other) == user


@pytest.mark.django_db
def test_a_session_that_is_stood_down_keeps_nobody():
    session = published(**LOWER_GLEN)
    user = supervisor_of(session)
    WorkSession.objects.filter(pk=session.pk).update(state="stood_down", state_because="Snow")

    staff(session_at(time(9), time(16)), user)

    assert user.work_sessions.count() == 2


@pytest.mark.django_db
def test_who_is_down_already_is_saved_again():
    session = planned(**LOWER_GLEN)

    staff(session, supervisor_of(session), UserFactory(role=Role.SUPERVISOR))

    assert session.staff.count() == 2


@pytest.mark.django_db
def test_no_sheet_goes_out_with_somebody_on_it_who_is_down_twice():
    session = planned(**LOWER_GLEN)
    session_at(time(9), time(16)).staff.add(supervisor_of(session))

    with pytest.raises(RuleBroken, match="Nobody is at two sites at once"):
        publish(session)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_choose_the_same_supervisor_at_once_get_them_for_one_site():
    user, by = UserFactory(role=Role.SUPERVISOR), coordinator()
    sessions = [session_at(time(9), time(16)), session_at(time(10), time(15))]
    together, refused, failed = Barrier(2), [], []

    def choose(session):
        try:
            together.wait()
            staff_session(session=session, staff=[user], by=by, now=MORNING)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=choose, args=[one]) for one in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failed, len(refused)) == ([], 1)
    assert user.work_sessions.count() == 1
