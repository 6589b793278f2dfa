"""Registers left open, travel, what is reported and who is on site, on their pages and in the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Circumstance
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import TODAY, UserFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import AFTER, NINE, a_session, clock, left, supervisor_of, the_only
from unpaidwork.models import Attendance, Incident, SiteWatch
from unpaidwork.services.incidents import report_incident
from unpaidwork.services.register import record_arrival, record_leaving
from unpaidwork.services.registers_owed import owe_registers_chunk
from unpaidwork.services.watch import alert_unheard, begin_watch

pytestmark = pytest.mark.django_db
NEXT_DAY = AFTER + timedelta(days=1)
KEY, DEVICE = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"


@pytest.fixture(autouse=True)
def shortly_after_four():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def supervisor(session):
    return supervisor_of(session)


@pytest.fixture
def one(session):
    return the_only(session)


def words(response):
    return response.content.decode()


def see(client, user, name, *args, **codes):
    client.force_login(user)
    return client.get(reverse(name, args=args), codes)


def post(client, user, name, *args, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data, follow=follow)


def api(user):
    client = APIClient()
    client.force_login(user)
    return client


def worked(one):
    by = supervisor_of(one.session)
    record_arrival(attendance=one, version=1, arrived_at=NINE, by=by, now=AFTER)
    record_leaving(attendance=one, version=2, said=left(), by=by, now=AFTER)


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


# Registers left open


def test_a_register_left_open_is_listed_with_how_late_it_is(client, session):
    user = coordinator()
    empty = words(see(client, user, "registers-to-close"))
    owe_registers_chunk(after=0, today=TODAY + timedelta(days=1))
    with frozen(AFTER + timedelta(days=3)):
        page = words(see(client, user, "registers-to-close"))

    assert "would be here" in empty
    assert session.project.name in page
    assert "1 of 1" in page
    assert "2 working days late" in page
    assert supervisor_of(session).name in page


def test_only_coordinators_see_what_is_left_open(client, supervisor):
    assert see(client, supervisor, "registers-to-close").status_code == 403


def test_sixty_registers_take_as_many_statements_as_five(client):
    client.force_login(coordinator())
    address = reverse("registers-to-close")
    with frozen(NEXT_DAY):
        counts = []
        for more in (1, 4, 55):
            for _ in range(more):
                a_session(people=0)
            counts.append(statements(client, address))

    assert counts[1] == counts[2]


# Travel


def test_travel_is_decided_on_its_page_and_by_the_api(client, session, one):
    user = coordinator()
    Circumstance.objects.create(case=one.case, type_code="K", subtype_code="K09")
    empty = words(see(client, user, "travel-to-decide"))
    worked(one)

    page = words(see(client, user, "travel-to-decide"))
    rows = api(user).get(reverse("api-travel-to-decide")).json()["results"]
    half = words(post(client, user, "decide-travel", one.pk, counts="yes", there="60"))
    done = words(post(client, user, "decide-travel", one.pk, counts="yes", there="60", back="45"))

    assert "would be here" in empty
    assert one.case.list_name in page
    assert [row["crn"] for row in rows] == [one.case.crn]
    assert "There is a problem" in half
    assert f"{one.case.name}: credited." in done
    assert see(client, user, "decide-travel", one.pk).status_code == 404


def test_travel_that_is_not_eligible_needs_no_minutes(client, session, one):
    Circumstance.objects.create(case=one.case, type_code="K", subtype_code="K09")
    worked(one)

    post(client, coordinator(), "decide-travel", one.pk, counts="no")

    assert Attendance.objects.get().travel == "refused"


# Reported from site


def test_a_supervisor_reports_in_one_page_and_sees_what_came_of_it(
    client, session, supervisor, one
):
    form = words(see(client, supervisor, "report-incident", session.pk))
    empty = words(post(client, supervisor, "report-incident", session.pk, kind="near_miss"))
    page = words(
        post(
            client, supervisor, "report-incident", session.pk, kind="disclosure", matter="child",
            about=one.pk, words="His boy is alone at home.", harm="yes",
        )
    )  # fmt: skip

    assert one.case.name in form
    assert "There is a problem" in empty
    assert "the senior has been told as well" in page
    assert "His boy is alone at home." in page
    assert "has it to read" in page
    assert Incident.objects.get().information.kind == "child"


def test_an_answer_is_given_by_a_coordinator_and_read_by_whoever_reported_it(
    client, session, supervisor
):
    done = report_incident(
        session=session, kind="near_miss", words="The ladder slipped.", harm=False, by=supervisor,
        now=AFTER,
    )  # fmt: skip
    user = coordinator()
    listed = words(see(client, user, "work-incidents"))
    refused = see(client, supervisor, "answer-incident", done.pk)
    blank = words(post(client, user, "answer-incident", done.pk, answer=""))
    post(client, user, "answer-incident", done.pk, answer="The ladder is thrown away.")
    theirs = words(see(client, supervisor, "work-register", session.pk))

    assert "The ladder slipped." in listed
    assert refused.status_code == 403
    assert "There is a problem" in blank
    assert "The ladder is thrown away." in theirs
    assert "The ladder slipped." not in words(see(client, user, "work-incidents"))
    assert "The ladder slipped." in words(see(client, user, "work-incidents", every="1"))


def test_a_supervisor_of_another_session_sees_nothing_of_it(client, session, supervisor):
    report_incident(
        session=session, kind="near_miss", words="The ladder slipped.", harm=False, by=supervisor,
        now=AFTER,
    )  # fmt: skip
    other = supervisor_of(a_session())

    assert "ladder" not in words(see(client, other, "work-incidents", every="1"))


def test_sixty_reports_take_as_many_statements_as_five(client, session, supervisor, one):
    user = coordinator()
    client.force_login(user)
    address = f"{reverse('work-incidents')}?every=1"

    def report(number):
        report_incident(
            session=session, kind="incident", words=f"The {number}th thing happened.", harm=False,
            by=supervisor, now=AFTER, about=one,
        )  # fmt: skip

    counts = []
    for numbers in (range(1), range(1, 5), range(5, 24)):
        for number in numbers:
            report(number)
        counts.append(statements(client, address))

    assert counts[1] == counts[2]


# On site


def test_a_lone_supervisor_is_watched_from_the_register_and_found_by_those_who_look(
    client, session, supervisor
):
    with frozen(NINE):
        before = words(see(client, supervisor, "work-register", session.pk))
        wrong = words(post(client, supervisor, "begin-site-watch", session.pk, until="soon"))
        page = words(post(client, supervisor, "begin-site-watch", session.pk, until="10am"))
        seen = words(see(client, coordinator(), "site-watches"))
    watch = SiteWatch.objects.get()
    with frozen(clock(10, 12)):
        alert_unheard(now=clock(10, 12))
        senior = UserFactory(role=Role.SPO)
        late = words(see(client, senior, "site-watches"))
        longer = words(post(client, senior, "extend-site-watch", watch.pk, until="11am"))
        over = words(post(client, supervisor, "end-site-watch", watch.pk))

    assert "By when will you be heard of?" in before
    assert "Say a time" in wrong
    assert "If nobody has heard by 10am, the coordinators are told." in page
    assert supervisor.name in seen
    assert "Nobody has heard since 10am." in late
    assert "If nobody has heard by 11am" in longer
    assert "is off the site and all right." in over


def test_nothing_on_the_page_of_those_on_site_says_who_works_there(client, session, one):
    begin_watch(session=session, call_by=clock(17), by=supervisor_of(session), now=AFTER)

    page = words(see(client, coordinator(), "site-watches"))

    for kept in (one.case.crn, one.case.surname):
        assert kept not in page


def test_a_supervisor_sees_only_who_is_on_their_own_sessions(client, session):
    begin_watch(session=session, call_by=clock(17), by=supervisor_of(session), now=AFTER)
    other = supervisor_of(a_session())

    page = words(see(client, other, "site-watches"))

    assert supervisor_of(session).name not in page
    watch = SiteWatch.objects.get()
    assert post(client, other, "end-site-watch", watch.pk).status_code == 404


def test_many_on_site_take_as_many_statements_as_a_few(client):
    client.force_login(coordinator())
    address, counts = reverse("site-watches"), []
    for more in (1, 4, 30):
        for _ in range(more):
            session = a_session(people=0)
            begin_watch(session=session, call_by=clock(17), by=supervisor_of(session), now=AFTER)
        counts.append(statements(client, address))

    assert counts[1] == counts[2]


# The API


def sent(one, key=KEY, said_at=NINE, **given):
    usual = {"attendance": one.pk, "seen": 1, "came": "here", "arrived_at": NINE.isoformat()}
    return {"key": key, "device": DEVICE, "said_at": said_at.isoformat(), "sent": usual | given}


def sync(user, session, *items):
    address = reverse("api-register-sync", args=[session.pk])
    return api(user).post(address, {"items": list(items)}, format="json")


def test_a_tablet_sends_what_it_kept_and_hears_of_each_what_came_of_it(session, supervisor, one):
    other = "00000000-0000-0000-0000-000000000003"
    first = sync(supervisor, session, sent(one), sent(one, key=other, attendance=0)).json()
    again = sync(supervisor, session, sent(one)).json()

    assert [(item["key"], item["state"]) for item in first["items"]] == [
        (KEY, "written"), (other, "refused"),
    ]  # fmt: skip
    assert "Nobody by that number" in first["items"][1]["because"]
    assert again["items"][0]["state"] == "already"
    assert again["register"]["rows"][0]["stands"] == "Here since 9am"


def test_a_conflict_is_shown_with_the_register_and_chosen_about(session, supervisor, one):
    worked(one)
    found = sync(supervisor, session, sent(one, came="not_come", arrived_at=None)).json()
    (waits,) = found["register"]["disagree"]
    chosen = api(supervisor).post(
        reverse("api-settle-disagreement", args=[session.pk]),
        {"sync": waits["key"], "take": True, "version": waits["version"]}, format="json",
    )  # fmt: skip

    assert found["items"][0]["state"] == "conflict"
    assert chosen.json()["rows"][0]["stands"] == "Did not attend"


@pytest.mark.parametrize("body", [{}, {"items": []}, {"items": [{"key": "x"}]}, {"items": "x"}])
def test_what_is_no_list_of_kept_things_is_refused_whole(session, supervisor, body):
    address = reverse("api-register-sync", args=[session.pk])

    assert api(supervisor).post(address, body, format="json").status_code == 400


def test_the_register_is_kept_by_the_api_step_by_step(session, supervisor, one):
    client, address = api(supervisor), reverse("api-work-register", args=[session.pk])

    def say(**given):
        return client.post(address, {"attendance": one.pk} | given, format="json")

    here = say(version=1, came="here", arrived_at=NINE.isoformat())
    stale = say(version=1, came="not_come")
    gone = say(version=2, came="left", left_at=clock(16).isoformat(), quality="GD", behaviour="GD", task="Clearing paths", skills=["time"])  # fmt: skip
    right = say(version=3, came="left", left_at=clock(15).isoformat(), quality="GD", behaviour="GD", task="Clearing paths", because="He left early.")  # fmt: skip
    closed = client.post(reverse("api-close-register", args=[session.pk]))

    assert here.json()["rows"][0]["version"] == 2
    assert stale.status_code in (400, 409, 422)
    assert "wrote meanwhile" in stale.content.decode()
    assert "7 hours credited" in gone.json()["rows"][0]["stands"]
    assert "6 hours credited" in right.json()["rows"][0]["stands"]
    assert closed.json()["open"] is False


def test_standing_down_reporting_and_being_watched_by_the_api(session, supervisor, one):
    client = api(supervisor)
    reported = client.post(
        reverse("api-session-incidents", args=[session.pk]),
        {"kind": "injury", "about": one.pk, "words": "Cut his hand.", "harm": False}, format="json",
    )  # fmt: skip
    begun = client.post(
        reverse("api-begin-site-watch", args=[session.pk]), {"call_by": clock(17).isoformat()}, format="json",
    )  # fmt: skip
    (watch,) = client.get(reverse("api-site-watches")).json()
    stays = client.post(
        reverse("api-extend-site-watch", args=[watch["id"]]), {"call_by": clock(18).isoformat()}, format="json",
    )  # fmt: skip
    ends = client.post(reverse("api-end-site-watch", args=[watch["id"]]))
    down = client.post(
        reverse("api-stand-down", args=[session.pk]), {"because": "Everybody went home."}, format="json",
    )  # fmt: skip

    assert (reported.status_code, reported.json()["harm"]) == (201, True)
    assert [one.status_code for one in (begun, stays, ends)] == [204, 204, 204]
    assert down.json()["state"] == "Stood down by us"


def test_another_supervisor_reads_and_writes_nothing_by_the_api(session, one):
    other = supervisor_of(a_session())

    assert sync(other, session, sent(one)).status_code == 404
    assert api(other).get(reverse("api-work-register", args=[session.pk])).status_code == 404
