"""Taking a session along on a tablet: to whom, on which day, what goes along and never does, and its service worker."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from rest_framework.test import APIClient

from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    InstructionFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    UserFactory,
    WorkFactory,
    WorkSessionFactory,
    limit,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import cleared
from tests.unpaidwork.a_sheet import DAY, expect, planned, published, supervisor_of
from tests.unpaidwork.views.test_sheets import MARK, flagged, marked
from unpaidwork.models import Attendance, Sync
from unpaidwork.services.register import close_register
from unpaidwork.services.sheets import settle_reach
from unpaidwork.views.offline import MODULES, PACKED

pytestmark = pytest.mark.django_db
ON_THE_DAY = datetime(2018, 10, 2, 7, 30, tzinfo=get_current_timezone())
EVENING_BEFORE = datetime(2018, 10, 1, 17, tzinfo=get_current_timezone())
ADDRESSES = ("offline-sheet", "api-offline-sheet")


@pytest.fixture(autouse=True)
def on_the_day():
    with frozen(ON_THE_DAY):
        yield


def signed_in(user):
    client = APIClient()
    client.force_login(user)
    return client


def asked(user, session, name="api-offline-sheet"):
    return signed_in(user).get(reverse(name, args=[session.pk]))


def pack_of(user, session):
    answer = asked(user, session)
    assert answer.status_code == 200, answer.content
    return answer.json()


def keys_in(value):
    """Every name in it, however deep."""
    if isinstance(value, dict):
        return {*value, *(key for each in value.values() for key in keys_in(each))}
    return {key for each in value for key in keys_in(each)} if isinstance(value, list) else set()


def test_what_goes_along_is_the_sheet_the_register_and_what_may_be_chosen():
    session = published(flagged(must_not="No strimmer."))

    pack = pack_of(supervisor_of(session), session)

    (row,) = pack["rows"]
    assert pack["sheet"]["people"][0]["must_not"] == ["No strimmer."]
    assert (row["attendance"], row["version"], row["said"]["came"]) == (
        Attendance.objects.get().pk,
        1,
        "expected",
    )
    assert ["GD", "Good"] in pack["choices"]["grades"]
    assert pack["choices"]["reasons"] == []
    assert pack["user"] == supervisor_of(session).pk


def test_a_coordinator_may_say_why_somebody_is_absent():
    assert pack_of(coordinator(), published())["choices"]["reasons"]


def test_nothing_goes_along_that_the_sheet_and_the_register_do_not_need():
    pack = pack_of(supervisor_of(published()), Attendance.objects.get().session)

    assert keys_in(pack) == {
        "sheet", "user", "now", "until", "starts_at", "ends_at", "hi_vis", "tasks", "usual_task", "rows", "disagree",
        "choices", "session", "version", "project", "where", "on", "hours", "state", "published", "supervisors",
        "hazards", "hazard", "control", "first_aid", "reached", "people", "acknowledged", "place", "masked", "name",
        "crn", "comes", "held", "held_here", "must_not", "watch_for", "do", "apart", "health", "label", "words", "safety", "ask",
        "hours_left", "digest", "changed", "attendance", "stands", "said", "came", "arrived_at", "left_at", "break_minutes",
        "penalty_minutes", "outcome", "intensive", "quality", "behaviour", "task", "skills", "note", "sensitive",
        "grades", "reasons", "kinds", "matters", "relations",
    }  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_of_a_victim_an_order_or_an_offence_goes_along(name):
    case = cleared()
    session = published(case)
    marked(case)

    body = asked(supervisor_of(session), session, name).content.decode()

    assert not re.findall(rf"\w*{MARK}\w*|QZ9", body, re.IGNORECASE)
    assert "1990-05-04" not in body


def test_nothing_of_another_session_goes_along():
    session, other = published(), published()

    body = asked(coordinator(), session).content.decode()

    assert Attendance.objects.get(session=other).case.crn not in body


@pytest.mark.parametrize("name", ADDRESSES)
def test_of_somebody_who_is_kept_from_the_reader_their_safety_goes_along_and_no_more(name):
    case = flagged(must_not=f"{MARK}must")
    session = published(case)
    one, user = Attendance.objects.get(), supervisor_of(session)
    Attendance.objects.update(note=f"{MARK}note")
    Sync.objects.create(
        key="00000000-0000-0000-0000-000000000009", device="00000000-0000-0000-0000-000000000009",
        session=session, attendance=one, state="conflict", because=f"{MARK}because", said_at=ON_THE_DAY,
        at=ON_THE_DAY, by=user, sent={"came": "not_come", "note": f"{MARK}sent"},
    )  # fmt: skip
    made = limit(case, kept_out=[user])
    made.safety = "Two staff at all times."
    made.save()

    body = asked(user, session, name).content.decode()

    for words in (case.crn, case.surname, MARK):
        assert words not in body
    if name.startswith("api"):
        assert "Two staff at all times." in body


def test_a_protected_name_in_a_note_does_not_go_along():
    session = published()
    case = Attendance.objects.get().case
    RelatedPersonFactory(case=case, name=f"Robin {MARK}lane", protected=True)
    Attendance.objects.update(note=f"Spoke of Robin {MARK}lane.")

    body = asked(supervisor_of(session), session).content.decode()

    assert "Spoke of" in body
    assert MARK not in body


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_session_that_is_not_theirs_is_not_found(name):
    published()
    assert asked(supervisor_of(published()), published(), name).status_code == 404


@pytest.mark.parametrize(
    ("moment", "taken"),
    [
        (EVENING_BEFORE - timedelta(minutes=1), False),
        (EVENING_BEFORE, True),
        (ON_THE_DAY, True),
        (datetime(2018, 10, 2, 23, 59, tzinfo=get_current_timezone()), True),
        (datetime(2018, 10, 3, 0, 0, tzinfo=get_current_timezone()), False),
    ],
)
def test_it_goes_along_on_its_day_and_the_evening_before(moment, taken):
    session = published()
    user = supervisor_of(session)

    with frozen(moment):
        answer, page = asked(user, session), asked(user, session, "offline-sheet").content.decode()

    assert (answer.status_code == 200) is taken
    assert ("on its day, or from 5pm the evening before" in page) is not taken


def test_what_is_not_published_or_is_closed_does_not_go_along():
    session = planned()
    user = coordinator()

    early = asked(user, session)
    session.attendances.all().delete()
    session.state = "published"
    session.save()
    close_register(session=session, by=user, now=ON_THE_DAY.replace(hour=17))

    assert (early.status_code, "not published yet" in early.json()["detail"]) == (422, True)
    assert "register closed" in asked(user, session).json()["detail"]


def test_each_person_each_time_is_in_the_trail_and_each_who_is_kept_as_a_refusal():
    shown, kept = cleared(), cleared()
    session = published(shown, kept)
    user = supervisor_of(session)
    limit(kept, kept_out=[user])

    for _ in range(2):
        asked(user, session)
    asked(user, session, "offline-sheet")

    trail = Entry.objects.filter(action="took_sheet_along", by=user)
    found = sorted(trail.values_list("crn", "refused"))
    assert found == sorted([(shown.crn, False), (kept.crn, True)] * 2)


def test_it_is_kept_by_no_cache_on_the_way():
    assert asked(coordinator(), published())["Cache-Control"] == "no-store"


def test_the_page_says_how_many_and_at_which_address_and_names_nobody():
    session = published(cleared(), cleared())

    page = asked(supervisor_of(session), session, "offline-sheet").content.decode()

    assert "2 people" in page
    assert "http://testserver/unpaid-work/offline/</strong>" in page
    for one in Attendance.objects.all():
        assert one.case.surname not in page


def crowded(number):
    session = WorkSessionFactory(on=DAY, state="published", project__most=200, project__ratio=200)
    session.staff.add(UserFactory(role=Role.SUPERVISOR))
    for _ in range(number):
        work = WorkFactory()
        InstructionFactory(registration=RegistrationFactory(case=work.case, type_code="AMHL"))
        RelatedPersonFactory(case=work.case, protected=True)
        expect(session, work.case)
    settle_reach(sessions=[session])
    return session


def test_sixty_go_along_in_as_many_statements_as_five():
    counts = []
    for number in (5, 60):
        session = crowded(number)
        user = supervisor_of(session)
        client, address = signed_in(user), reverse("api-offline-sheet", args=[session.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert len(client.get(address).json()["rows"]) == number
        counts.append(len(seen))

    assert counts[0] == counts[1]


# The page, its worker and its files


def test_the_page_without_a_network_is_the_same_for_everybody_and_says_nothing_of_anybody():
    session = published()
    case = Attendance.objects.get().case
    users = [supervisor_of(session), coordinator()]

    pages = [signed_in(user).get(reverse("offline")).content.decode() for user in users]

    assert pages[0] == pages[1]
    for words in (case.surname, case.crn, session.project.name, *(user.name for user in users)):
        assert words not in pages[0]


def worker_of(user):
    return signed_in(user).get(reverse("offline-worker"))


def test_the_worker_looks_after_one_page_and_is_asked_for_anew_each_time():
    answer = worker_of(coordinator())

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == reverse("offline")
    assert answer["Cache-Control"] == "no-cache"
    policy = answer["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_the_worker_keeps_the_page_and_static_files_and_nothing_else():
    script = worker_of(coordinator()).content.decode()
    kept = json.loads(re.search(r"self.kept = (.*)", script)[1])

    assert kept["page"] == reverse("offline")
    assert all(file.startswith("/static/") for file in kept["files"])
    assert len(kept["files"]) == len(PACKED) + len(MODULES)


def test_every_module_that_the_page_imports_is_kept_with_it():
    imported, waiting = set(), ["offline.js"]
    while waiting:
        source = Path("static/src", waiting.pop()).read_text()
        new = set(re.findall(r"from '\./([\w.-]+)'", source)) - imported
        imported |= new
        waiting.extend(new)

    assert imported == set(MODULES)


def test_whoever_is_signed_in_is_known_by_a_number_and_a_token_that_no_cache_keeps():
    user = coordinator()

    answer = signed_in(user).get(reverse("offline-pass"))

    assert set(answer.json()) == {"user", "token"}
    assert answer.json()["user"] == user.pk
    assert "no-store" in answer["Cache-Control"]


def test_a_page_that_is_opened_without_the_service_sends_with_the_token():
    session = published()
    user = supervisor_of(session)
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user)
    token = client.get(reverse("offline-pass")).json()["token"]
    (person,) = client.get(reverse("api-offline-sheet", args=[session.pk])).json()["sheet"][
        "people"
    ]
    sent = {"place": person["place"], "digest": person["digest"]}
    address = reverse("api-acknowledge-sheet", args=[session.pk])

    refused = client.post(address, sent, format="json")
    taken = client.post(address, sent, format="json", headers={"X-CSRFToken": token})

    assert (refused.status_code, taken.status_code) == (403, 200)
