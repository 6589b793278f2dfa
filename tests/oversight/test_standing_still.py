"""Who cannot be seen as usual, across cases: whoever is looked for first; what the record suggests; masked rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Case, Notice
from cases.reference.codes import CustodyStatus, Register
from cases.rules.counter import Counter, at_the_counter
from cases.services.pauses_proposed import propose_pauses_chunk
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    PauseFactory,
    RegistrationFactory,
    SentenceFactory,
    UserFactory,
    WhereaboutsFactory,
    limit,
)

pytestmark = pytest.mark.django_db
HERE = "standing-still-list"


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def listed(client, user, **codes):
    client.force_login(user)
    return client.get(reverse(HERE), {"team": "all", **codes})


def test_whoever_is_looked_for_comes_first_with_when_we_last_asked(client, head):
    inside = PauseFactory(
        kind="custody", where="HMP Bullingdon", from_on=localdate() - timedelta(days=90)
    )
    wanted = PauseFactory(
        from_on=localdate() - timedelta(days=40), last_seen_on=localdate() - timedelta(days=50)
    )
    WhereaboutsFactory(pause=wanted, on=localdate() - timedelta(days=35))
    DeadlineFactory(
        case=wanted.case, kind="ask_whereabouts", due_on=localdate() - timedelta(days=4)
    )

    answer = listed(client, head)

    rows = answer.context["rows"]
    assert [row.crn for row in rows] == [wanted.case.crn, inside.case.crn]
    assert "50 days ago" in rows[0].seen
    assert rows[0].asked.startswith("Asked")
    assert "late" in rows[0].late
    assert rows[1].where == "HMP Bullingdon"


def test_it_is_narrowed_by_why_and_to_a_team(client, head):
    one, other = PauseFactory(kind="hospital", where="Ward 3"), PauseFactory()

    assert [row.crn for row in listed(client, head, kind="hospital").context["rows"]] == [
        one.case.crn
    ]
    team = other.case.team.code
    found = listed(client, head, team=team).context["rows"]
    assert [row.crn for row in found] == [other.case.crn]


def test_what_the_record_suggests_is_a_list_of_its_own(client, head):
    RegistrationFactory(type_code=Register.WARRANT)
    mixed = CaseFactory()
    SentenceFactory(
        case=mixed, custody_status=CustodyStatus.SENTENCED, institution="HMP Bullingdon"
    )
    SentenceFactory(case=mixed)
    inside = CaseFactory()  # serves the only sentence they have
    SentenceFactory(case=inside, custody_status=CustodyStatus.SENTENCED)
    said = RegistrationFactory(type_code=Register.WARRANT)
    PauseFactory(case=said.case)

    assert "2 more" in words(listed(client, head))
    rows = listed(client, head, show="suggested").context["rows"]

    assert len(rows) == 2
    assert {row.next.text for row in rows} == {"See it"}
    assert inside.crn not in {row.crn for row in rows}


def test_limited_access_shows_a_masked_row(client, head):
    pause = PauseFactory()
    limit(pause.case, restricted=True)

    page = words(listed(client, head))

    assert pause.case.surname not in page
    assert pause.case.crn in page


def test_many_rows_ask_no_more_questions_than_few(client, head):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            listed(client, head)
        return len(queries)

    PauseFactory.create_batch(5)
    asked()  # what is asked once a process is not counted
    few = asked()
    PauseFactory.create_batch(55)

    assert asked() == few


def test_the_night_tells_whoever_holds_the_case_once_and_assumes_nothing():
    case = RegistrationFactory(type_code=Register.WARRANT).case

    counts = [propose_pauses_chunk(after=0, today=TODAY, now=NOW)[1]["proposed"] for _ in range(2)]

    assert counts == [1, 0]
    notice = Notice.objects.get(user=case.officer)
    assert case.crn in notice.text
    assert not case.pauses.exists()
    assert Case.objects.ours().filter(pk=case.pk).exists()


def test_the_night_finds_in_the_log_that_somebody_was_seen_again():
    owed = DeadlineFactory(kind="see_again", triggered_on=TODAY - timedelta(days=3))
    DeadlineFactory(kind="see_again", triggered_on=TODAY)
    for days in (5, 1):
        ContactFactory(
            case=owed.case, type_code="COAP", attended=True, started_at=NOW - timedelta(days=days)
        )

    _, counts = propose_pauses_chunk(after=0, today=TODAY, now=NOW)

    owed.refresh_from_db()
    assert counts["seen_again"] == 1
    assert (owed.met_on, owed.void) == (TODAY - timedelta(days=1), False)


def test_the_caseload_marks_whoever_cannot_be_seen_and_no_clock_that_stands_still(client, head):
    pause = PauseFactory()
    DeadlineFactory(case=pause.case, kind="home_visit", due_on=TODAY, paused_on=TODAY)
    client.force_login(head)

    row = client.get(reverse("caseload"), {"whose": "all"}).context["rows"][0]

    assert row.still.text == "Cannot be seen"
    assert row.due == ""


def test_the_duty_desk_says_who_is_not_to_be_expected(client, head):
    wanted, gone = PauseFactory().case, CaseFactory()
    for case in (wanted, gone):
        ContactFactory(
            case=case, appointment=True, attended=None, outcome_code="", started_at=now()
        )
    Case.objects.filter(pk=gone.pk).update(left_as="died")
    client.force_login(head)

    rows = client.get(reverse("duty-today"), {"team": "all"}).context["rows"]

    said = {row.crn: row.warning for row in rows}
    assert said[wanted.crn].startswith("Warrant out since")
    assert "ring whoever holds the case" in said[wanted.crn]
    assert said[gone.crn].startswith("They have died")


def test_at_the_counter_family_of_somebody_who_has_died_is_met_with_care():
    said = at_the_counter(Counter(holder="Kim Lee", died=True, warrant=True, unread=("A call",)))

    assert len(said) == 2
    assert "somewhere quiet" in said[0]
    assert "Kim Lee" in said[1]
