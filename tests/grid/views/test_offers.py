"""The page of places of a case, and the man of the report: in work from 8am to 6pm, who needs an evening or a weekend."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Contact, Deadline, Limit
from grid.models import Referral, Series, SeriesPlace, SeriesSession, UnmetNeed
from grid.reference.groups import PlaceState
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_man_at_work import at_work, by_day, by_night
from tests.grid.a_place import joins, somebody
from tests.grid.planned_series import NOW, room_at, waits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with frozen(NOW):
        yield


@pytest.fixture
def page(client):
    def read(name, case=None, by=None, **asked):
        client.force_login(by or case.officer)
        address = reverse(name, kwargs={"crn": case.crn} if case else {})
        answer = client.get(address, asked)
        assert answer.status_code == 200
        return words(answer)

    return read


@pytest.fixture
def send(client):
    def sent(name, case, by=None, asked="", **given):
        client.force_login(by or case.officer)
        answer = client.post(f"{reverse(name, args=[case.crn])}{asked}", given, follow=True)
        assert answer.status_code == 200
        return words(answer)

    return sent


@pytest.fixture
def read_beside(client):
    """The sentences that stand beside a place on the page that confirms it."""

    def read(case, referral, series):
        client.force_login(case.officer)
        asked = {"referral": referral.pk, "series": series.pk}
        return client.get(reverse("give-place", args=[case.crn]), asked).context["beside"]

    return read


def taken_with(referral, series):
    return f"?referral={referral.pk}&series={series.pk}"


def another_like(series):
    """The same hours once more, as rows, with nobody to lead it."""
    sessions = list(series.sessions.all())
    room = room_at(series.place, f"Room {Series.objects.count()} of many")
    copy = Series.objects.get(pk=series.pk)
    copy.pk = None
    copy.save(force_insert=True)
    for one in sessions:
        one.pk, one.series, one.room = None, copy, room
    SeriesSession.objects.bulk_create(sessions)
    return copy


# The man of the report


def test_where_only_the_daytime_is_planned_he_is_told_no_and_a_senior_decides(page, send):
    case, referral = at_work()
    by_day()
    senior = UserFactory(role=Role.SPO, team=case.team)

    said = page("case-offers", case)
    assert "Nothing that is planned fits them" in said
    assert "No evening or weekend series is planned that they could join" in said
    assert "work" in said  # what the daytime series meets, among what does not fit
    assert "Give them this place" not in said

    assert "It is put to the senior probation officer" in send(
        "put-to-senior", case, referral=referral.pk
    )
    assert Deadline.objects.unmet().filter(case=case, kind="decide_unmet_need").count() == 1
    assert "Decide what is done where nothing fits" in page("decide-unmet-need", case, by=senior)

    seen = page("unmet-needs", by=senior)
    assert "1 need that nothing meets" in seen
    assert case.crn in seen
    for time, found in (("evening", True), ("weekend", True), ("daytime", False)):
        assert (case.crn in page("unmet-needs", by=senior, time=time)) is found

    told = send(
        "decide-unmet-need", case, by=senior, decision="one_to_one", words="Exercises each week with his officer.",
    )  # fmt: skip
    assert "It is decided" in told
    assert not Deadline.objects.unmet().filter(case=case, kind="decide_unmet_need").exists()
    assert "Exercises each week with his officer." in page("case-offers", case)
    assert case.crn in page("unmet-needs", by=senior)  # until something fits


def test_where_an_evening_is_planned_he_has_a_place_inside_his_hours(page, send, read_beside):
    case, referral = at_work()
    by_day()
    evening = by_night()

    said = page("case-offers", case)
    assert "Tuesdays, 7pm to 9pm" in said
    assert "2 October 2018" in said
    assert "6 November 2018" in said
    assert "before their order ends" in said
    asked = taken_with(referral, evening)
    confirming = page("give-place", case, referral=referral.pk, series=evening.pk)
    assert "Each session is booked in their case" in confirming

    assert "They have the place" in send(
        "give-place", case, asked=asked, seen=read_beside(case, referral, evening)
    )
    place = SeriesPlace.objects.get(case=case)
    assert (place.state, place.instead) == (PlaceState.TAKEN, False)
    hours = {
        (
            one.started_at.astimezone(NOW.tzinfo).weekday(),
            one.started_at.astimezone(NOW.tzinfo).hour,
        )
        for one in Contact.objects.filter(case=case, type_code="APAT")
    }
    assert hours == {(1, 19)}
    assert Contact.objects.filter(case=case, type_code="APAT").count() == 6
    assert not Referral.objects.waiting().filter(case=case).exists()
    assert "They are on no waiting list" in page("case-offers", case)


# Offers


def test_an_offer_is_kept_while_they_are_asked_and_then_given(page, send, read_beside):
    case, referral = at_work()
    evening = by_night()
    asked = taken_with(referral, evening)

    assert "The place is kept" in send("keep-place", case, asked=asked, seen=read_beside(case, referral, evening))  # fmt: skip
    kept = SeriesPlace.objects.get(case=case)
    assert kept.state == PlaceState.KEPT
    assert not Contact.objects.filter(case=case, type_code="APAT").exists()
    said = page("case-offers", case)
    assert "Kept while they are asked" in said
    assert "Keep this place while you ask them" not in said

    send("give-place", case, asked=asked, seen=read_beside(case, referral, evening))
    kept.refresh_from_db()
    assert kept.state == PlaceState.TAKEN
    assert Entry.objects.filter(action="gave_place", crn=case.crn).exists()


def test_something_else_meanwhile_keeps_the_place_in_the_queue(page, send):
    case = somebody(officer=UserFactory())
    waits(case, code="stepping_stones")
    said = page("case-offers", case)

    assert "Nothing that is planned fits them" in said
    other = by_night()
    joins(other, referral=Referral.objects.get(case=case), instead=True)
    said = page("case-offers", case)

    assert "Meanwhile" in said
    assert "Making Amends. Their place is kept." in said
    assert "They leave this series" in said
    assert "They wait for Stepping Stones to Change" in said


def test_what_changed_beside_a_place_is_read_before_it_is_given(send):
    case, referral = at_work(ends_on=None)
    evening = by_night()
    asked = taken_with(referral, evening)

    said = send("give-place", case, asked=asked)  # nothing of it was read

    assert "Something has changed beside this place since you read it" in said
    assert not SeriesPlace.objects.filter(case=case).exists()


def test_a_series_that_does_not_fit_cannot_be_given(page, send):
    case, referral = at_work()
    morning = by_day()

    said = page("give-place", case, referral=referral.pk, series=morning.pk)
    assert "This place cannot be theirs" in said
    assert "What happens next" not in said
    send("give-place", case, asked=taken_with(referral, morning))
    assert not SeriesPlace.objects.exists()


@pytest.mark.parametrize("asked", ["", "?referral=1&series=x", "?referral=999999&series=999999"])
def test_an_address_that_names_nothing_leads_back(send, asked):
    case, _ = at_work()

    assert "cannot be offered to them any more" in send("give-place", case, asked=asked)


def test_a_referral_of_somebody_else_is_not_put_to_the_senior(send):
    case, _ = at_work()
    _, other = at_work()

    assert "not on that waiting list" in send("put-to-senior", case, referral=other.pk)
    assert not UnmetNeed.objects.exists()


def test_whoever_was_not_asked_when_they_can_come_is_asked_first(page):
    case = somebody(asked=False, officer=UserFactory())
    waits(case)
    by_night()

    said = page("case-offers", case)

    assert "Record when they can come" in said
    assert "Put this to the senior" not in said


def test_somebody_on_no_list_is_said_to_be_on_none(page):
    case = somebody(officer=UserFactory())

    assert "They are on no waiting list" in page("case-offers", case)


def test_nothing_to_decide_leads_back(send):
    case, _ = at_work()
    senior = UserFactory(role=Role.SPO, team=case.team)

    assert "There is nothing to decide" in send("decide-unmet-need", case, by=senior)


def test_waiting_without_a_day_is_refused_on_the_page(page, send):
    case, referral = at_work()
    senior = UserFactory(role=Role.SPO, team=case.team)
    send("put-to-senior", case, referral=referral.pk)

    said = send("decide-unmet-need", case, by=senior, decision="wait", words="The next evening group is in June.")  # fmt: skip

    assert "Say until when they wait" in said
    assert "The next evening group is in June." in said
    assert UnmetNeed.objects.get().decided_at is None


def test_a_new_series_leads_whoever_plans_them_to_the_plan(client, send):
    case, referral = at_work()
    send("put-to-senior", case, referral=referral.pk)
    client.force_login(UserFactory(role=Role.HEAD))

    given = {"decision": "new_series", "words": "An evening series at Oxford from October."}
    answer = client.post(reverse("decide-unmet-need", args=[case.crn]), given)

    assert answer.url == f"{reverse('plan-series')}?code=making_amends"


def test_a_facilitator_reads_no_score_of_somebody_they_do_not_lead(page):
    case, _ = at_work()

    theirs = page("case-offers", case, by=UserFactory(role=Role.FACILITATOR))

    assert "What the GRID weighs counts too." in theirs
    assert "OGRS3" not in theirs
    assert "OGRS3" in page("case-offers", case)


def test_whoever_is_shut_out_reads_whom_to_ask(client):
    case, _ = at_work()
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")
    client.force_login(UserFactory(role=Role.SPO))

    answer = client.get(reverse("case-offers", args=[case.crn]))

    assert answer.status_code == 403
    assert case.surname not in answer.content.decode()
    assert "Pat Lane" in answer.content.decode()


def test_the_page_takes_as_many_statements_for_sixty_series_as_for_five(client):
    case, _ = at_work()
    client.force_login(case.officer)
    first = by_night()
    client.get(reverse("case-offers", args=[case.crn]))  # the policies are read for the first time

    def statements(number):
        for _ in range(number):
            another_like(first)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("case-offers", args=[case.crn]))
        return len(queries)

    assert statements(5) == statements(60)
