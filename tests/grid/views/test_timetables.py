"""Pages and API of a quarter's timetable: asked for, looked through, changed, published, given up; by whom, and what is kept from whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grid.models import Series, Timetable
from grid.reference.groups import TimetableState
from grid.services.timetable_publish import publish_waiting
from grid.tasks import sweep_timetables
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.grid.a_timetable import QUARTER, a_head, a_quarter, asked, man_in_work, worked_out
from tests.grid.planned_series import NOW
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    with frozen(NOW):
        yield


@pytest.fixture
def head(client):
    user = a_head()
    client.force_login(user)
    return user


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return sound(Page(answer.content.decode())).text


def test_nobody_has_asked_yet(client, head):
    assert "Nobody has asked for one." in page(client, "quarters")


def test_a_head_asks_and_finds_it_worked_out_by_the_task(client, head):
    a_quarter()
    assert "Thirteen weeks from that day" in page(client, "ask-for-quarter")
    answer = client.post(reverse("ask-for-quarter"), {"first_on": QUARTER.isoformat()})
    one = Timetable.objects.get()
    assert answer["Location"] == reverse("quarter", args=[one.pk])
    assert "It is being worked out" in page(client, "quarter", one.pk)

    assert sweep_timetables() == 1

    shown = page(client, "quarter", one.pk)
    assert "Making Amends, Oxford office" in shown
    assert "1 series with 5 people" in shown
    assert "No better timetable is possible by what is weighed." in shown
    assert "First come, first served" in shown
    assert "Led by Fran Field" in shown
    assert "Proposed" in page(client, "quarters")
    assert Entry.objects.filter(by=head, action="opened_timetable").count() == 2


def test_a_day_that_is_no_monday_to_come_is_refused_beside_the_question(client, head):
    answer = client.post(reverse("ask-for-quarter"), {"first_on": "2018-10-02"})
    assert answer.status_code == 200
    assert "Choose one of the answers given for" in answer.content.decode()
    assert not Timetable.objects.exists()


def test_a_second_who_asks_for_the_same_weeks_is_told_of_the_first(client, head):
    asked()
    answer = client.post(reverse("ask-for-quarter"), {"first_on": QUARTER.isoformat()})
    assert "publish it or give it up first" in answer.content.decode()


def test_a_series_is_taken_out_put_back_and_published(client, head):
    a_quarter()
    one = worked_out(head)
    row = one.series.get()

    client.post(reverse("take-out-of-quarter", args=[row.pk]), {"version": one.version})
    assert "0 series with 0 people" in page(client, "quarter", one.pk)
    assert "Taken out." in page(client, "quarter", one.pk)
    one.refresh_from_db()
    client.post(reverse("put-back-in-quarter", args=[row.pk]), {"version": one.version})
    one.refresh_from_db()

    assert "a place is kept for each person" in page(client, "publish-quarter", one.pk)
    client.post(reverse("publish-quarter", args=[one.pk]), {"version": one.version})
    assert "It is being published" in page(client, "quarter", one.pk)
    publish_waiting(now=NOW)
    shown = page(client, "quarter", one.pk)
    assert "The series as it is planned" in shown
    assert Series.objects.count() == 1


def test_whoever_read_an_older_one_is_told_and_nothing_changes(client, head):
    a_quarter()
    one = worked_out(head)
    row = one.series.get()
    client.post(reverse("take-out-of-quarter", args=[row.pk]), {"version": one.version - 1})
    assert "Somebody has changed this proposal meanwhile." in page(client, "quarter", one.pk)
    row.refresh_from_db()
    assert row.kept
    answer = client.post(reverse("publish-quarter", args=[one.pk]), {"version": "juggling"})
    assert "Somebody has changed this proposal meanwhile." in answer.content.decode()


def test_it_is_given_up(client, head):
    one = asked(head)
    assert "Everybody keeps their place in the queue." in page(client, "drop-quarter", one.pk)
    client.post(reverse("drop-quarter", args=[one.pk]), {"version": one.version})
    one.refresh_from_db()
    assert one.state == TimetableState.DROPPED
    assert "Nothing of it was planned." in page(client, "quarter", one.pk)


def test_why_others_have_no_place_is_counted(client, head):
    a_quarter(people=2)
    one = worked_out(head)
    shown = page(client, "quarter", one.pk)
    assert "Why others have no place" in shown
    assert "No series can be run that anybody who waits could come to." in shown


def test_people_of_limited_access_are_counted_and_not_named(client, head):
    _, people = a_quarter()
    kept = people[0]
    limit(kept, kept_out=[head])
    one = worked_out(head)
    answer = client.get(reverse("quarter", args=[one.pk])).content.decode()
    assert kept.crn not in answer
    assert "1 you are not shown." in answer
    told = client.get(reverse("api-quarter", args=[one.pk])).json()
    (series,) = told["series"]
    assert (series["number"], series["kept_from"], len(series["people"])) == (5, 1, 4)
    assert kept.crn not in str(told)


@pytest.mark.parametrize("role", [Role.SPO, Role.FACILITATOR, Role.QUALITY, Role.AUDITOR])
def test_who_may_look_changes_nothing(client, role):
    a_quarter()
    one = worked_out()
    client.force_login(UserFactory(role=role))
    shown = page(client, "quarter", one.pk)
    assert "Publish it" not in shown
    assert "Take it out" not in shown
    for name in ("publish-quarter", "drop-quarter"):
        assert (
            client.post(reverse(name, args=[one.pk]), {"version": one.version}).status_code == 403
        )
    row = one.series.get()
    assert client.post(reverse("take-out-of-quarter", args=[row.pk])).status_code == 403
    assert client.get(reverse("ask-for-quarter")).status_code == 403


def test_an_officer_does_not_see_it(client):
    client.force_login(UserFactory())
    assert client.get(reverse("quarters")).status_code == 403


def test_what_is_not_there_is_not_found(client, head):
    assert client.get(reverse("quarter", args=[99])).status_code == 404
    assert client.post(reverse("take-out-of-quarter", args=[99])).status_code == 404


def test_the_same_statements_for_a_few_people_and_for_more(client, head):
    a_quarter()
    one = worked_out(head)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            page(client, "quarter", one.pk)
        counts.append(len(found))
        one.state = TimetableState.DROPPED
        one.save()
        for _ in range(5):
            man_in_work()
        one = worked_out(head)
    assert counts[0] == counts[1]


def test_the_api_does_the_same(client, head):
    a_quarter()
    made = client.post(
        reverse("api-ask-for-quarter"), {"first_on": "2018-10-01"}, "application/json"
    )
    assert made.status_code == 201
    sweep_timetables()
    told = client.get(reverse("api-quarter", args=[made.json()["id"]])).json()
    assert told["state"] == "proposed"
    (series,) = told["series"]
    here = {"version": told["version"]}
    out = client.post(reverse("api-take-out-of-quarter", args=[series["id"]]), here, "application/json").json()  # fmt: skip
    assert not out["series"][0]["kept"]
    stale = client.post(reverse("api-put-back-in-quarter", args=[series["id"]]), here, "application/json")  # fmt: skip
    assert stale.status_code == 422
    back = client.post(reverse("api-put-back-in-quarter", args=[series["id"]]), {"version": out["version"]}, "application/json").json()  # fmt: skip
    done = client.post(reverse("api-publish-quarter", args=[told["id"]]), {"version": back["version"]}, "application/json")  # fmt: skip
    assert done.json()["state"] == "giving"
    assert client.get(reverse("api-quarters")).json()[0]["id"] == told["id"]
    late = client.post(reverse("api-drop-quarter", args=[told["id"]]), {"version": done.json()["version"]}, "application/json")  # fmt: skip
    assert late.status_code == 422
