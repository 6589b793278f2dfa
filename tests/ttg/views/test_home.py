"""The page of a home on release and its acts, and the same over the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Notice, PostcodePoint
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    CustodyFactory,
    HomeOfferFactory,
    RelatedPersonFactory,
    UserFactory,
)
from ttg.models import HomeOffer, NoHomePlan
from ttg.rules.home import REQUIRED, Look

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "release-home"
PLAN = {"tonight": "The shelter, by 9pm", "looked_for": "Two hostels: full", "rings": "Jo at 7pm"}


@pytest.fixture
def custody():
    PostcodePoint.objects.create(postcode="RG11AA", easting=471_000, northing=173_000)
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def case(custody):
    return custody.case


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def test_a_place_goes_from_offered_to_confirmed_and_lost(client, case):
    officer = case.officer
    said = {"kind": "hostel", "lines": "3 Lantern House", "postcode": "RG1 1AA", "offered_by": "Lantern", "offered_on": "today"}  # fmt: skip
    page = words(post(client, officer, "offer-home", case, **said))
    assert "Nobody has said." in page
    offer = HomeOffer.objects.get()

    key = {"because": "Jo Hale hands over the key"}
    page = words(post(client, officer, "confirm-home", case, offer.pk, **key))
    assert "It cannot be called confirmed yet" in page
    assert "Jo Hale hands over the key" in page
    looked = {f"{one.value}_said": "clear" for one in REQUIRED}
    looked |= {f"{one.value}_words": "Asked her on Monday" for one in REQUIRED}
    assert "Asked her on Monday" in words(post(client, officer, "look-at-home", case, offer.pk, **looked))  # fmt: skip
    page = words(post(client, officer, "confirm-home", case, offer.pk, **key))
    assert "A home is confirmed." in page

    page = words(post(client, officer, "settle-home", case, offer.pk, state="lost", because="Let to others"))  # fmt: skip
    assert "Let to others" in page
    assert "No home is confirmed" in page
    assert "is over" in words(post(client, officer, "confirm-home", case, offer.pk, **key))


def test_words_without_an_answer_are_not_dropped(client, custody, case):
    offer = HomeOfferFactory(custody=custody)

    page = words(post(client, case.officer, "look-at-home", case, offer.pk, abuse_words="Police say nothing is known"))  # fmt: skip

    assert "Say what came of it" in page
    assert "Police say nothing is known" in page


def test_a_senior_signs_for_nowhere_and_an_officer_does_not(client, case):
    senior = UserFactory(role=Role.SPO, team=case.team)
    assert see(client, case.officer, "sign-no-home-plan", case).status_code == 403

    assert "The shelter, by 9pm" in words(post(client, senior, "sign-no-home-plan", case, **PLAN))
    assert "Withdraw the plan" not in words(see(client, case.officer, PAGE, case))
    assert "The plan is withdrawn" in words(post(client, senior, "withdraw-no-home-plan", case))
    assert not NoHomePlan.objects.standing().exists()


def test_a_night_is_asked_for_once_it_is_over(client, custody, case):
    assert "No night outside is over" in words(post(client, case.officer, "say-night", case))
    day = localdate() - DAY
    type(custody).objects.update(release_on=day, released_on=day)

    page = words(see(client, case.officer, "say-night", case))
    assert "First night" in page
    assert "Night 28" not in page
    page = words(post(client, case.officer, "say-night", case, night="1", stays="settled"))
    assert "Settled: a home they may stay in" in page


def test_without_a_stay_in_prison_the_page_says_so(client):
    case = CaseFactory()

    assert "No stay in prison is recorded" in words(see(client, case.officer, PAGE, case))
    assert "No stay in prison is recorded" in words(post(client, case.officer, "offer-home", case))


def test_a_reader_sees_no_action_and_no_name_that_is_kept(client, custody, case):
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True, postcode="RG1 1AA")
    HomeOfferFactory(custody=custody, who="Robin Vale")
    hub = UserFactory(role=Role.HUB)

    page = words(see(client, hub, PAGE, case))
    answer = words(client.get(reverse("api-release-home", args=[case.crn])))

    for shown in (page, answer):
        assert "Robin Vale" not in shown
        assert "kept safe from them" not in shown
        assert "Ask the responsible officer" in shown
        assert "kept safe" not in shown
    assert "Look at its safety" not in page
    assert "kept safe from them" in words(see(client, case.officer, PAGE, case))


def test_where_nobody_is_kept_safe_it_reads_no_otherwise_to_whoever_may_not_know(
    client, custody, case
):
    """Or that it reads so would tell, of another place, that somebody is."""
    offer = HomeOfferFactory(custody=custody)
    worker = UserFactory(role=Role.RESETTLEMENT)
    AssignmentFactory(case=case, user=worker, capacity="resettlement")

    pages = [words(see(client, worker, name, case, *beside)) for name, beside in ((PAGE, ()), ("confirm-home", (offer.pk,)))]  # fmt: skip
    RelatedPersonFactory(case=case, protected=True, postcode=offer.postcode)
    pages += [words(see(client, worker, name, case, *beside)) for name, beside in ((PAGE, ()), ("confirm-home", (offer.pk,)))]  # fmt: skip

    assert all("What the record says of this postcode" in page for page in (pages[0], *pages[2:]))
    assert not any("People around them who are to be kept safe" in page for page in pages)
    assert "People around them" in words(see(client, case.officer, PAGE, case))


@pytest.mark.parametrize("name", ["look-at-home", "confirm-home", "settle-home"])
def test_an_offer_of_another_case_is_not_found(client, case, name):
    other = HomeOfferFactory()

    assert see(client, case.officer, name, case, other.pk).status_code == 404


def test_the_page_takes_as_many_statements_for_many_as_for_few(client, custody, case):
    client.force_login(case.officer)
    address, counts = reverse(PAGE, args=[case.crn]), []
    for more in (5, 55):
        for _ in range(more):
            HomeOfferFactory(custody=custody)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_whole_way_over_the_api(client, custody, case):
    client.force_login(case.officer)

    def say(name, body, *beside):
        return client.post(reverse(name, args=[case.crn, *beside]), body, content_type="application/json")  # fmt: skip

    made = say("api-release-home", {"home_kind": "hostel", "lines": "3 Lantern House", "postcode": "RG1 1AA", "offered_by": "Lantern", "offered_on": localdate().isoformat()})  # fmt: skip
    assert made.status_code == 201
    key = made.json()["id"]
    assert say("api-confirm-home", {"because": "Jo has the key"}, key).status_code == 422
    answers = [{"asked_about": one.value, "safety": "clear", "words": "Asked her"} for one in REQUIRED]  # fmt: skip
    assert say("api-look-at-home", {"answers": answers}, key).status_code == 200
    assert say("api-confirm-home", {"because": "Jo has the key"}, key).json()["state"] == "confirmed"  # fmt: skip
    done = say("api-settle-home", {"offer_became": "declined", "because": "“Too far”"}, key)
    assert done.json()["state"] == "declined"
    client.force_login(UserFactory(role=Role.SPO, team=case.team))
    assert say("api-sign-no-home-plan", PLAN).status_code == 201
    assert client.get(reverse("api-release-home", args=[case.crn])).json()["no_home_plan"]["rings"] == "Jo at 7pm"  # fmt: skip
    assert say("api-withdraw-no-home-plan", {}).status_code == 200
    day = localdate() - DAY
    type(custody).objects.update(release_on=day, released_on=day)
    assert say("api-say-night", {"night": "1", "stays": "settled"}).json()["stays"] == "settled"


def test_the_page_says_whether_a_senior_has_read_how_somebody_at_the_postcode_is_answered_for(
    client, case, custody
):
    RelatedPersonFactory(case=case, protected=True, postcode="RG1 1AA")
    senior = UserFactory(role=Role.SPO, team=case.team)
    said = {"said": "clear", "words": "Asked on Monday"}
    looked = {one.value: said for one in (*REQUIRED, Look.NEXT_DOOR)}
    offer = HomeOfferFactory(custody=custody, postcode="RG1 1AA", looked=looked)
    assert "Read by a senior" not in words(see(client, case.officer, PAGE, case))

    post(client, case.officer, "confirm-home", case, offer.pk, because="Jo Hale hands over the key")
    assert "Nobody has read it yet" in words(see(client, case.officer, PAGE, case))
    Notice.objects.filter(user=senior).update(seen_at=now())

    page = words(see(client, case.officer, PAGE, case))
    assert "Nobody has read it yet" not in page
    assert "Read by a senior" in page
    assert f"{senior.name}, " in page
    worker = UserFactory(role=Role.RESETTLEMENT)  # may not know whom the record keeps safe
    AssignmentFactory(case=case, user=worker, capacity="resettlement")
    assert "Read by a senior" not in words(see(client, worker, PAGE, case))
