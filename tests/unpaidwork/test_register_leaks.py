"""Limited access on the register: whoever is shut out finds nothing of the case but its masked row, on any page.

The same crawl by somebody let in must find the marked words, or the crawl would prove nothing.
"""

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Message, Notice
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import AFTER, NINE, a_session, left, supervisor_of, the_only
from unpaidwork.models import Attendance, Sync
from unpaidwork.services.incidents import report_incident
from unpaidwork.services.register import record_arrival, record_leaving

pytestmark = pytest.mark.django_db
MARK = "Qzxwvkjq"
KEY = "00000000-0000-0000-0000-000000000009"


@pytest.fixture(autouse=True)
def the_afternoon():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    """One person, of whom everything that can be said is said in marked words."""
    session = a_session()
    one, by = the_only(session), supervisor_of(session)
    case = one.case
    case.surname, case.forename, case.born_on = f"{MARK}name", f"{MARK}first", date(1971, 6, 17)
    case.save()
    record_arrival(attendance=one, version=1, arrived_at=NINE, by=by, now=AFTER)
    said = left(note=f"{MARK}note", task=f"{MARK}task")
    record_leaving(attendance=one, version=2, said=said, by=by, now=AFTER)
    Attendance.objects.update(travel="waiting")
    Sync.objects.create(
        key=KEY, session=session, device=KEY, attendance=one, state="conflict", because=f"{MARK}because",
        said_at=AFTER, at=AFTER, by=by, sent={"came": "not_come", "note": f"{MARK}sent"},
    )  # fmt: skip
    report_incident(
        session=session, about=one, kind="incident", words=f"{MARK}words happened", harm=True,
        by=by, now=AFTER,
    )  # fmt: skip
    return session


def crawl(user, session):
    """The body of every page and endpoint of the register that is read, as this user."""
    client = APIClient()
    client.force_login(user)
    one, incident = session.attendances.get(), session.incidents.get()
    addresses = {
        "work-register": reverse("work-register", args=[session.pk]),
        "work-attendance": reverse("work-attendance", args=[session.pk, one.pk]),
        "leave-together": reverse("leave-together", args=[session.pk]),
        "stand-down": reverse("stand-down", args=[session.pk]),
        "report-incident": reverse("report-incident", args=[session.pk]),
        "work-incidents": f"{reverse('work-incidents')}?every=1",
        "answer-incident": reverse("answer-incident", args=[incident.pk]),
        "registers-to-close": reverse("registers-to-close"),
        "travel-to-decide": reverse("travel-to-decide"),
        "decide-travel": reverse("decide-travel", args=[one.pk]),
        "site-watches": reverse("site-watches"),
        "offline-sheet": reverse("offline-sheet", args=[session.pk]),
        "api-offline-sheet": reverse("api-offline-sheet", args=[session.pk]),
        "api-work-register": reverse("api-work-register", args=[session.pk]),
        "api-session-incidents": reverse("api-session-incidents", args=[session.pk]),
        "api-work-incidents": f"{reverse('api-work-incidents')}?every=true",
        "api-travel-to-decide": reverse("api-travel-to-decide"),
        "api-registers-to-close": reverse("api-registers-to-close"),
        "my-work": reverse("my-work"),
        "api-unpaid-work-today": reverse("api-unpaid-work-today"),
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


def leaking(bodies):
    return {name for name, body in bodies.items() if MARK.lower() in body.lower()}


@pytest.mark.parametrize("who", ["coordinator", "supervisor"])
@pytest.mark.parametrize("how", ["restricted", "excluded"])
def test_nothing_of_a_case_that_is_kept_from_them_is_found(session, who, how):
    user = coordinator() if who == "coordinator" else supervisor_of(session)
    case = the_only(session).case
    limit(case, restricted=True) if how == "restricted" else limit(case, kept_out=[user])

    bodies = crawl(user, session)

    assert leaking(bodies) == set()
    assert case.crn in bodies["work-register"]
    assert "Ask the head of service" in bodies["work-register"]


def test_whoever_is_let_in_finds_it_where_it_is_expected(session):
    user = coordinator()
    limit(the_only(session).case, restricted=True, let_in=[user])

    found = leaking(crawl(user, session))

    assert {
        "work-register", "work-attendance", "report-incident", "work-incidents", "answer-incident",
        "travel-to-decide", "decide-travel", "api-offline-sheet", "api-work-register", "api-session-incidents",
        "api-work-incidents", "api-travel-to-decide",
    } <= found  # fmt: skip


def test_what_staff_are_told_at_once_holds_no_word_of_it(session):
    UserFactory(role=Role.SPO, team=the_only(session).case.team)

    told = [*Message.objects.values_list("body", flat=True), *Notice.objects.values_list("text", flat=True)]  # fmt: skip

    assert told
    assert not any(MARK.lower() in words.lower() for words in told)
