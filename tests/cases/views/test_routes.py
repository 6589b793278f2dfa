"""A route taken away, on the pages: it waits with the senior until a booking exists. Source: report 2.3."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.models import RouteDecision
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RouteDecisionFactory,
    SentenceFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def requirement(case):
    until = localdate() + timedelta(days=200)
    sentence = SentenceFactory(case=case, expected_end_on=until)
    return RequirementFactory(sentence=sentence, main_name="Rehabilitation Activity Requirement")


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def take_away(client, user, case, requirement, **given):
    data = {
        "requirement": requirement.pk,
        "removed": "One-to-one work",
        "because": "RAR days need the programme.",
        "route": "agency",
        "replacement": "Stepping Stones to Change, evenings",
        "owner": case.officer_id,
        "by_on": say_date(localdate() + timedelta(days=10)),
    }
    return post(client, user, "take-route-away", case, **data | given)


def book(client, user, decision, **given):
    data = {
        "booked_on": say_date(localdate() + timedelta(days=3)),
        "booked_at": "6pm",
        "booked_with": "Kim Lee, Reading office",
    }
    return post(client, user, "book-replacement", decision.case, decision.pk, **data | given)


def waiting(case, requirement=None, days=12):
    """Decided so many days ago, with its deadline."""
    decided = localdate() - timedelta(days=days)
    by_on = localdate() + timedelta(days=2)
    decision = RouteDecisionFactory(
        case=case, requirement=requirement, decided_on=decided, by_on=by_on, route="agency"
    )
    DeadlineFactory(
        case=case, kind="book_replacement", owner_role=Role.SPO, enquiry=None, route=decision,
        triggered_on=decided, due_on=by_on, why="A route was taken away",
    )  # fmt: skip
    return decision


def test_from_not_one_to_one_to_the_booking(client, case, requirement, senior):
    """Idea 10: on the senior's list with days open, not the officer's to close, closed by a booking."""
    taken = words(take_away(client, senior, case, requirement))
    decision = RouteDecision.objects.get()
    client.force_login(senior)
    list_of_the_senior = words(client.get(reverse("my-work")))
    refused = book(client, case.officer, decision)
    client.force_login(case.officer)
    list_of_the_officer = words(client.get(reverse("my-work")))
    sentence = words(see(client, case.officer, "case-sentence", case))
    no_booking = words(book(client, senior, decision, booked_with="TBC"))
    still_open = RouteDecision.objects.waiting().exists()
    booked = words(book(client, senior, decision))

    assert "until a booking exists" in taken
    assert "Book what takes the place of a route taken away: One-to-one work" in list_of_the_senior
    assert "Book what takes the place" not in list_of_the_officer
    assert refused.status_code == 403
    assert "No route until it is booked. Open since today." in sentence
    assert "Say who sees them, and where" in no_booking
    assert still_open
    assert f"{case.officer.name} has been told" in booked
    assert "6pm: Kim Lee, Reading office" in booked
    client.force_login(senior)
    assert "One-to-one work" not in words(client.get(reverse("my-work")))


@pytest.mark.parametrize("route", ["one_to_one", "group"])
def test_an_appointment_of_ours_is_booked_in_the_diary_and_not_typed(
    client, case, requirement, senior, route
):
    decision = RouteDecisionFactory(case=case, requirement=requirement, route=route)
    client.force_login(senior)

    sent_there = client.get(reverse("book-replacement", args=[case.crn, decision.pk]))
    typed = words(book(client, senior, decision))
    told = words(see(client, UserFactory(role=Role.HEAD), "book-replacement", case, decision.pk))

    assert (
        sent_there["Location"]
        == f"{reverse('book-appointment', args=[case.crn])}?route={decision.pk}"
    )
    assert "It is an appointment of ours." in told
    assert "Who sees them, and where?" not in told
    assert "What takes its place is an appointment of ours" in typed
    assert RouteDecision.objects.waiting().exists()


def test_without_a_replacement_nothing_is_taken_away_and_what_was_typed_is_kept(
    client, case, requirement, senior
):
    blank = words(take_away(client, senior, case, requirement, replacement=""))
    empty = words(take_away(client, senior, case, requirement, replacement="n/a"))
    ownerless = words(take_away(client, senior, case, requirement, owner=""))
    dateless = words(take_away(client, senior, case, requirement, by_on=""))

    assert "Name what takes its place" in empty
    for page in (blank, empty, ownerless, dateless):
        assert "There is a problem" in page
        assert "One-to-one work" in page
    assert not RouteDecision.objects.exists()


def test_it_is_begun_from_the_requirement_on_the_sentence_page(client, case, requirement, senior):
    sentence = words(see(client, senior, "case-sentence", case))
    page = words(see(client, senior, "take-route-away", case, requirement=requirement.pk))
    of_an_officer = words(see(client, case.officer, "case-sentence", case))

    begins = f"{reverse('take-route-away', args=[case.crn])}?requirement={requirement.pk}"
    assert begins in sentence
    chosen = next(tag for tag in page.split("<input") if f'value="{requirement.pk}"' in tag)
    assert "checked" in chosen.split(">")[0]
    assert begins not in of_an_officer


def test_the_sentence_page_says_how_long_it_has_been_open(client, case, requirement, senior):
    waiting(case, requirement)

    page = words(see(client, senior, "case-sentence", case))

    assert "No route until it is booked. Open 12 days." in page
    assert "Book what takes its place" in page


def test_a_protected_name_is_kept_from_a_reader_who_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Robin Field", protected=True)
    decision = RouteDecisionFactory(case=case, removed="Sessions with Robin Field")

    page = words(see(client, UserFactory(team=case.team), "see-route", case, decision.pk))

    assert "Robin Field" not in page
    assert "Sessions with" in page


def test_the_decision_of_another_case_is_not_booked_here(client, case, senior):
    other = waiting(CaseFactory())

    for name in ("see-route", "book-replacement"):
        assert see(client, senior, name, case, other.pk).status_code == 404


def test_the_board_counts_what_is_not_booked_and_the_number_opens_its_list(client, case, senior):
    waiting(case)
    waiting(CaseFactory(team=case.team))
    elsewhere = waiting(CaseFactory())
    kept = waiting(CaseFactory(team=case.team))
    limit(kept.case, kept_out=[senior])
    client.force_login(senior)

    board = words(client.get(reverse("team-board")))
    page = words(client.get(reverse("routes-taken-away"), {"team": case.team.code}))

    address = f"{reverse('routes-taken-away')}?team={case.team.code}"
    assert f'href="{address}">routes taken away, nothing booked (2)<' in board
    assert case.crn in page
    assert "Open 12 days" in page
    assert "2 routes" in page
    assert elsewhere.case.crn not in page
    assert kept.case.crn in page  # as its masked row alone
    assert kept.case.surname not in page


@pytest.mark.parametrize("name", ["routes-taken-away", "team-board"])
def test_a_list_costs_the_same_for_five_and_for_sixty(client, case, senior, name):
    def cost(number):
        for _ in range(number):
            waiting(CaseFactory(team=case.team), days=3)
        client.force_login(senior)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(name))
        return len(found)

    assert cost(5) == cost(55)


def test_the_sentence_page_costs_the_same_for_five_and_for_sixty(client, case, requirement, senior):
    def cost(number):
        for _ in range(number):
            RouteDecisionFactory(case=case, requirement=requirement, decided_by=senior)
        see(client, senior, "case-sentence", case)
        with CaptureQueriesContext(connection) as found:
            see(client, senior, "case-sentence", case)
        return len(found)

    assert cost(5) == cost(55)


# The API


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_api_takes_a_route_away_and_books_what_takes_its_place(case, requirement, senior):
    address = reverse("api-routes", args=[case.crn])
    given = {
        "requirement": requirement.pk,
        "removed": "One-to-one work",
        "because": "RAR days need the programme.",
        "route": "agency",
        "replacement": "Stepping Stones to Change",
        "owner": case.officer.username,
        "by_on": (localdate() + timedelta(days=5)).isoformat(),
    }
    no_route = api(senior).post(address, given | {"route": "none"}, format="json")
    stranger = api(senior).post(address, given | {"owner": UserFactory().username}, format="json")
    refused = api(case.officer).post(address, given, format="json")
    made = api(senior).post(address, given, format="json")
    booking = {
        "booked_for": f"{localdate() + timedelta(days=2)}T18:00:00Z",
        "booked_with": "Kim Lee, Reading",
    }
    book_it = reverse("api-book-replacement", args=[case.crn, made.data["id"]])
    not_theirs = api(case.officer).post(book_it, booking, format="json")
    booked = api(senior).post(book_it, booking, format="json")
    listed = api(case.officer).get(address)

    assert [one.status_code for one in (no_route, stranger, refused, not_theirs)] == [
        422, 400, 403, 403,
    ]  # fmt: skip
    assert (made.status_code, made.data["requirement"]) == (201, requirement.pk)
    assert booked.data["booked_with"] == "Kim Lee, Reading"
    assert [one["removed"] for one in listed.data] == ["One-to-one work"]
