"""Waiting lists, offers and needs that nothing meets, through the API: as on the pages, and every refusal in words."""

import pytest

from cases.models import Limit
from grid.models import SeriesPlace, UnmetNeed
from grid.reference.groups import PlaceState
from grid.services.unmet import settle_needs
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_man_at_work import at_work, by_day, by_night
from tests.grid.planned_series import AMENDS, NOW

pytestmark = pytest.mark.django_db
LIST, LISTS, UNMET = f"/api/interventions/{AMENDS}/waiting/", "/api/interventions/waiting/", "/api/interventions/unmet/"  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with frozen(NOW):
        yield


@pytest.fixture
def api(client):
    def ask(user, address, given=None):
        client.force_login(user)
        if given is None:
            return client.get(address)
        return client.post(address, given, content_type="application/json")

    return ask


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def of(case, end):
    return f"/api/cases/{case.crn}/interventions/{end}/"


def test_the_list_tells_the_position_and_what_each_may_expect(api, head):
    case, _ = at_work()
    series = by_night()

    told = api(head, LIST).json()

    [row] = told["results"]
    assert (told["whole"], told["next_after"]) == (1, None)
    assert (row["position"], row["crn"], row["prospect"]) == (1, case.crn, "in_time")
    assert (row["series"], row["starts_on"], row["finishes_on"]) == (series.pk, "2018-10-02", "2018-11-06")  # fmt: skip
    assert row["order_ends_on"] == "2019-08-31"
    assert row["needs_another_way"] is True  # it begins later than what the policy has as soon


def test_whoever_is_shut_out_finds_no_row(api, head):
    case, _ = at_work()
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")

    told = api(head, LIST).json()

    assert (told["whole"], told["results"]) == (1, [])
    assert api(head, of(case, "places")).status_code == 403


def test_the_lists_are_counted_beside_each_other(api, head):
    at_work()
    by_day(places=4)

    [row] = api(head, LISTS).json()

    assert (row["intervention"], row["wait"], row["nothing_fits"], row["places_left"]) == (AMENDS, 1, 1, 4)  # fmt: skip


@pytest.mark.parametrize(
    "address", [f"{LIST}?expects=luck", f"{LIST}?site=x", f"{UNMET}?decision=no", f"{UNMET}?time=night"]
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_by_name(api, head, address):
    answer = api(head, address)

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {address.split("?")[1].split("=")[0]}


def test_there_is_no_list_of_what_is_not_in_the_catalogue(api, head):
    assert api(head, "/api/interventions/horoscopes/waiting/").status_code == 404


def test_what_can_be_offered_and_what_not_is_given_with_why(api):
    case, referral = at_work()
    morning, evening = by_day(), by_night()

    [told] = api(case.officer, of(case, "places")).json()

    [offer], [refused] = told["offers"], told["refused"]
    assert (told["referral"], told["missing"]) == (referral.pk, [])
    assert (offer["series"], offer["offered_as"], offer["sessions"]) == (evening.pk, "wanted", 6)
    assert (offer["in_time"], offer["keeps_place"]) == (True, False)
    assert offer["why"]
    assert (refused["series"], refused["reason"]) == (morning.pk, "hours")
    assert "work" in refused["words"]


def test_a_place_is_kept_and_given(api):
    case, referral = at_work()
    asked = {"referral": referral.pk, "series": by_night().pk}

    kept = api(case.officer, of(case, "places/keep"), asked)
    given = api(case.officer, of(case, "places/give"), asked)

    assert (kept.status_code, kept.json()["state"]) == (201, "kept")
    assert (given.status_code, given.json()["state"]) == (201, "taken")
    assert SeriesPlace.objects.get(case=case).state == PlaceState.TAKEN


def test_what_does_not_fit_is_not_given(api):
    case, referral = at_work()
    asked = {"referral": referral.pk, "series": by_day().pk}

    answer = api(case.officer, of(case, "places/give"), asked)

    assert answer.status_code == 422
    assert "cannot be offered" in answer.content.decode()


def test_the_honest_no_is_put_to_a_senior_and_decided(api, head):
    case, referral = at_work()
    by_day()

    put = api(case.officer, of(case, "unmet"), {"referral": referral.pk})
    decided = api(head, of(case, "unmet/decide"), {"decided": "wait", "words": "The next evening group is in May.", "look_again_on": "2018-12-03"})  # fmt: skip

    assert put.status_code == 201
    assert "evening or weekend" in put.json()["missing"][0]
    assert (decided.status_code, decided.json()["decision"]) == (200, "wait")
    [need] = api(case.officer, of(case, "unmet")).json()
    assert (need["words"], need["look_again_on"]) == ("The next evening group is in May.", "2018-12-03")  # fmt: skip


def test_a_wait_without_a_day_is_refused_in_words(api, head):
    case, referral = at_work()
    api(case.officer, of(case, "unmet"), {"referral": referral.pk})

    answer = api(head, of(case, "unmet/decide"), {"decided": "wait", "words": "The next is in May."})  # fmt: skip

    assert answer.status_code == 422
    assert "Say until when they wait" in answer.content.decode()
    assert UnmetNeed.objects.get().decided_at is None


def test_an_officer_does_not_decide(api):
    case, _ = at_work()

    assert api(case.officer, of(case, "unmet/decide"), {}).status_code == 403


def test_needs_are_listed_by_when_they_could_come(api, head):
    case, _ = at_work()
    by_day()
    settle_needs(case_ids=[case.pk], now=NOW)

    [row] = api(head, f"{UNMET}?time=evening").json()["results"]

    assert (row["crn"], row["intervention"], row["times"]) == (case.crn, AMENDS, ["evening", "weekend"])  # fmt: skip
    assert api(head, f"{UNMET}?time=daytime").json()["results"] == []
