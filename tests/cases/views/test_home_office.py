"""The page of nationality, the Home Office and travel: what is not known is said so, and nobody decides what they asked for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import HomeOffice, Travel
from cases.reference.codes import Given
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    HomeOfficeFactory,
    PersonFactory,
    TravelFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "home-office"


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def test_what_is_not_known_is_said_so_and_counts_as_nothing(client, case):
    PersonFactory(case=case, nationality=Given.NOT_ASKED)

    page = words(see(client, case.officer, PAGE, case))

    assert "Their nationality is not known" in page
    assert "Not asked" in page
    assert "recorded as of another nationality" not in page


def test_bail_stands_first_on_the_page_and_beside_a_decision_on_travel(client, case, senior):
    PersonFactory(case=case, nationality="POLE")
    given = {"interest": "bail", "answered_on": "today", "caseworker": "A. Moss", "conditions": "Reports on Mondays", "version": 0}  # fmt: skip
    page = words(post(client, case.officer, "record-home-office", case, **given))
    assert "On immigration bail, with conditions: Reports on Mondays" in page
    assert HomeOffice.objects.get().version == 1

    travel = TravelFactory(case=case, from_on=localdate() + DAY, to_on=localdate() + 2 * DAY)
    decide = words(see(client, senior, "decide-travel-abroad", case, travel.pk))

    assert "Reports on Mondays" in decide
    assert travel.why in decide


def test_travel_is_asked_for_granted_printed_and_over(client, case, senior):
    first, last = localdate() + DAY, localdate() + 3 * DAY
    given = {"where": "Gdańsk", "why": "A funeral", "from_on": first.isoformat(), "to_on": last.isoformat()}  # fmt: skip
    asked = words(post(client, case.officer, "ask-travel", case, **given))
    assert "Waits for a senior probation officer" in asked
    travel = Travel.objects.get()
    assert see(client, case.officer, "decide-travel-abroad", case, travel.pk).status_code == 403

    page = words(post(client, senior, "decide-travel-abroad", case, travel.pk, decision="granted", because="Kept all appointments"))  # fmt: skip
    assert "Print their letter" in page
    client.force_login(case.officer)
    paper = client.get(reverse("travel-letter", args=[case.crn, travel.pk]))
    assert paper["Content-Type"] == "application/pdf"
    Travel.objects.update(from_on=localdate() - 3 * DAY, to_on=localdate() - DAY)
    assert "Not known to be back" in words(see(client, case.officer, PAGE, case))
    over = words(post(client, case.officer, "travel-back", case, travel.pk, on="today"))

    assert "back on" in over


def test_the_page_takes_as_many_statements_for_much_travel_as_for_little(client, case):
    HomeOfficeFactory(case=case)
    see(client, case.officer, PAGE, case)
    counts = []
    for more in (2, 20):
        for n in range(more):
            TravelFactory(case=case, from_on=localdate() + n * DAY, to_on=localdate() + n * DAY)
        with CaptureQueriesContext(connection) as asked:
            see(client, case.officer, PAGE, case)
        counts.append(len(asked))

    assert counts[0] == counts[1]
