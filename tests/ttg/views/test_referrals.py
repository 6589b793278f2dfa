"""Pages of needs, referrals and the book of services: what staff do there, and what each page says."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Limit
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    CustodyFactory,
    NeedFactory,
    ReferralFactory,
    RelatedPersonFactory,
    ServiceFactory,
    UserFactory,
)
from ttg.models import Need, Referral, ReplyLink, Service

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "release-needs"


@pytest.fixture
def custody():
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def case(custody):
    return custody.case


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def sent(custody, **columns):
    need = columns.pop("need", None) or NeedFactory(custody=custody)
    return ReferralFactory(need=need, sent_at=now() - DAY, **columns)


def first_line_of(page):
    return re.search(r"https?://[^/]+/answer/([\w-]+)", words(page))


def test_a_need_goes_from_found_to_taken_on_and_met(client, case):
    officer, service = case.officer, ServiceFactory(name="Turning Tide")
    found = {"pathway": "substances", "words": "A script for methadone", "side": "community"}
    page = words(post(client, officer, "find-need", case, **found))
    assert "no community drug and alcohol service has been asked" in page
    need = Need.objects.get()

    drafted = {"service": service.pk, "consent": "agreed", "consent_on": "today", "tells": "Asks for a script."}  # fmt: skip
    page = words(post(client, officer, "draft-referral", case, need.pk, **drafted))
    assert "All that the service would get" in page
    referral = Referral.objects.get()
    assert "Asks for a script." in words(see(client, officer, "send-referral", case, referral.pk))

    page = post(client, officer, "send-referral", case, referral.pk, how="email")
    assert first_line_of(page)
    assert "recorded as sent" in words(page)
    assert "no community drug" not in words(see(client, officer, PAGE, case))

    answer = {"received_by": "Jo Field", "answer": "accepted"}
    page = words(post(client, officer, "record-referral-answer", case, referral.pk, **answer))
    assert "Jo Field" in page
    assert "Record the first appointment" in page

    first = {"first_on": (localdate() + 21 * DAY).isoformat(), "first_time": "2pm", "where": "14 Mill Street"}  # fmt: skip
    page = words(post(client, officer, "book-first-appointment", case, referral.pk, **first))
    assert "14 Mill Street" in page
    assert "Not told yet" in page
    page = words(post(client, officer, "say-person-told", case, referral.pk, on="today"))
    assert "Not told yet" not in page

    met = {"state": "met", "because": "Jo Field sees him on the day"}
    page = words(post(client, officer, "settle-need", case, need.pk, **met))
    assert "Jo Field sees him on the day" in page
    need.refresh_from_db()
    assert need.state == "met"


def test_a_link_is_shown_once_and_no_browser_keeps_the_page(client, custody, case):
    referral = sent(custody)

    page = post(client, case.officer, "new-reply-link", case, referral.pk)
    token = first_line_of(page).group(1)

    assert page["Cache-Control"] == "no-store"
    assert not page.redirect_chain
    for name in ("referral", "new-reply-link"):
        assert token not in words(see(client, case.officer, name, case, referral.pk))
    assert "Works once, until" in words(see(client, case.officer, "referral", case, referral.pk))
    assert ReplyLink.objects.get().digest != token


def test_a_service_that_answered_by_its_link_is_seen_on_the_referral(client, custody, case):
    referral = sent(custody, service=ServiceFactory(name="Turning Tide"))
    token = first_line_of(post(client, case.officer, "new-reply-link", case, referral.pk)).group(1)
    client.logout()
    client.post(
        reverse("answer-referral", args=[token]),
        {"received_by": "Jo Field", "answer": "rejected", "because": "No room until spring"},
    )

    page = words(see(client, case.officer, "referral", case, referral.pk))

    assert "Turning Tide, by the link" in page
    assert "No room until spring" in page
    assert "every service asked turned it down" in words(see(client, case.officer, PAGE, case))


def test_what_was_typed_is_kept_where_it_is_refused(client, custody, case):
    need = NeedFactory(custody=custody)

    page = words(
        post(client, case.officer, "settle-need", case, need.pk, state="met", because="Signposted")
    )

    assert "There is a problem" in page
    assert "leaflet or a number alone" in page
    assert "Signposted" in page


def test_they_do_not_agree_so_nothing_is_drafted(client, custody, case):
    need, service = NeedFactory(custody=custody), ServiceFactory()
    said = {"service": service.pk, "consent": "refused", "tells": "Asks for a script."}

    page = words(post(client, case.officer, "draft-referral", case, need.pk, **said))

    assert "They do not agree" in page
    assert not Referral.objects.exists()


def test_the_duty_to_refer_is_asked_of_a_home_alone(client, custody, case):
    home = NeedFactory(custody=custody, pathway="home", words="A bed from the first night")
    drugs = NeedFactory(custody=custody)

    assert "duty to refer" in words(see(client, case.officer, "draft-referral", case, home.pk))
    assert "duty to refer" not in words(see(client, case.officer, "draft-referral", case, drugs.pk))


def test_a_pharmacy_shut_on_the_day_of_release_is_warned_of(client, custody, case):
    release_on = localdate() + 20 * DAY
    open_on = (release_on + 3 * DAY).weekday()
    pharmacy = ServiceFactory(kind="pharmacy", name="Mill Street Pharmacy", weekdays=[open_on])
    sent(custody, need=NeedFactory(custody=custody, pathway="health"), service=pharmacy)

    page = words(see(client, case.officer, PAGE, case))

    assert re.search(r"Mill Street Pharmacy: first opening (3|[4-9]|1\d) days after release", page)


def test_without_a_stay_in_prison_the_page_says_so_and_nothing_is_asked(client):
    case = CaseFactory()

    assert "No stay in prison is recorded" in words(see(client, case.officer, PAGE, case))
    page = words(post(client, case.officer, "find-need", case, words="x"))
    assert "No stay in prison is recorded" in page
    assert not Need.objects.exists()


def test_a_reader_who_may_not_refer_sees_what_stands_and_no_action(client, custody, case):
    referral = sent(custody)
    auditor = UserFactory(role=Role.AUDITOR)

    needs = words(see(client, auditor, PAGE, case))
    page = words(see(client, auditor, "referral", case, referral.pk))

    assert "Awaiting reply" in needs
    assert "Refer to a service" not in needs
    assert "Record what they said" not in page
    assert see(client, auditor, "send-referral", case, referral.pk).status_code == 403


def test_a_name_that_is_kept_is_kept_on_these_pages_too(client, custody, case):
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    need = NeedFactory(custody=custody, words="To live away from Robin Vale")
    referral = sent(custody, need=need, because="Robin Vale rang", received_by="Jo")
    hub = UserFactory(role=Role.HUB)
    client.force_login(hub)

    pages = [see(client, hub, PAGE, case), see(client, hub, "referral", case, referral.pk)]
    pages += [client.get(reverse("referrals-unanswered"))]
    pages += [client.get(reverse(name, args=[case.crn])) for name in ("api-release-needs", "api-referrals")]  # fmt: skip

    assert not any("Robin Vale" in words(page) for page in pages)


@pytest.mark.parametrize("name", ["referral", "send-referral", "withdraw-referral", "new-reply-link"])  # fmt: skip
def test_a_referral_of_another_case_is_not_found(client, custody, case, name):
    other = sent(CustodyFactory())

    assert see(client, case.officer, name, case, other.pk).status_code == 404


def test_a_step_that_does_not_follow_leads_back_and_says_why(client, custody, case):
    referral = sent(custody)

    client.force_login(case.officer)
    page = words(client.get(reverse("send-referral", args=[case.crn, referral.pk]), follow=True))

    assert "cannot be done where the referral stands now" in page


def test_the_list_shows_what_waits_longest_first_and_masks_what_is_kept(client):
    hub = UserFactory(role=Role.HUB)
    rows = [ReferralFactory(sent_at=now() - days * DAY, service__name=f"Service {days}") for days in (2, 9, 5)]  # fmt: skip
    ReferralFactory(state="accepted", received_by="Jo", service__name="Answered")
    kept = ReferralFactory(sent_at=now() - DAY, service__name="Kept").need.custody.case
    Limit.objects.create(case=kept, restricted=True, message="This case is kept.", ask="Pat Lane")
    client.force_login(hub)

    page = words(client.get(reverse("referrals-unanswered")))

    assert [page.index(f"Service {days}") for days in (9, 5, 2)] == sorted(page.index(f"Service {days}") for days in (9, 5, 2))  # fmt: skip
    assert "9 days ago" in page
    assert "Answered" not in page
    assert "This case is kept." in page
    assert kept.surname not in page
    assert rows[0].need.custody.case.crn in page


def statements(client, address):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return len(asked)


def test_the_list_takes_as_many_statements_for_many_as_for_few(client):
    client.force_login(UserFactory(role=Role.HUB))
    counts = []
    for more in (5, 55):
        for _ in range(more):
            ReferralFactory()
        client.get(reverse("referrals-unanswered"))
        counts.append(statements(client, reverse("referrals-unanswered")))

    assert counts[0] == counts[1]
    assert "?after=" in words(client.get(reverse("referrals-unanswered")))


def test_the_book_and_the_needs_take_as_many_statements_for_many_as_for_few(client, custody, case):
    client.force_login(case.officer)
    addresses = [reverse("services"), reverse(PAGE, args=[case.crn])]
    counts = []
    for more in (5, 55):
        for _ in range(more):
            sent(custody)
        for address in addresses:
            client.get(address)
        counts.append([statements(client, address) for address in addresses])

    assert counts[0] == counts[1]


def test_the_hub_keeps_the_book_and_officers_read_it(client):
    hub = UserFactory(role=Role.HUB)
    client.force_login(hub)
    said = {"name": "Turning Tide", "kind": "drugs", "telephone": "01632 960400", "weekdays": ["0", "2"]}  # fmt: skip
    client.post(reverse("add-service"), said)
    service = Service.objects.get()
    assert "Monday and Wednesday" in words(client.get(reverse("services")))
    change = reverse("change-service", args=[service.pk])
    assert 'value="Turning Tide"' in words(client.get(change))

    client.post(change, said | {"ended_on": "today"})

    assert "Turning Tide" not in words(client.get(reverse("services")))
    client.force_login(UserFactory())
    page = words(client.get(reverse("services")))
    assert "Add a service" not in page
    assert client.get(change).status_code == 403


def test_a_housing_authority_says_which_it_is(client):
    client.force_login(UserFactory(role=Role.HUB))
    said = {"name": "Reading Council", "kind": "authority", "telephone": "01632 960400"}

    page = words(client.post(reverse("add-service"), said))
    client.post(reverse("add-service"), said | {"authority": "Reading"})

    assert "There is a problem" in page
    assert Service.objects.get().authority == "Reading"


def test_a_need_is_chosen_from_the_list_of_its_pathway_and_no_other_counts(client, custody, case):
    page = words(see(client, case.officer, "find-need", case))
    assert "A prescription that goes on from the day of release" in page
    assert "see the plan" not in page

    chosen = {"pathway": "substances", "substances_need": "substances.script", "home_need": "home.find", "side": "community"}  # fmt: skip
    post(client, case.officer, "find-need", case, **chosen)

    need = Need.objects.get()
    assert (need.code, need.words) == ("substances.script", "A prescription that goes on from the day of release")  # fmt: skip


def test_a_need_neither_chosen_nor_said_is_refused_where_it_is_asked(client, custody, case):
    page = words(post(client, case.officer, "find-need", case, pathway="home", side="prison"))

    assert "Say what they need, so that somebody else could arrange it." in page
    assert not Need.objects.exists()
