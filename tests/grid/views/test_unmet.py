"""Needs that nothing meets, across cases: the demand for series that do not exist."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Limit
from grid.services.unmet import settle_needs
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_man_at_work import at_work, by_day
from tests.grid.planned_series import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with frozen(NOW):
        yield


@pytest.fixture
def see(client):
    head = UserFactory(role=Role.HEAD)

    def read(**asked):
        client.force_login(head)
        answer = client.get(reverse("unmet-needs"), asked)
        assert answer.status_code == 200
        return answer

    return read


def unmet(number=1):
    cases = [at_work()[0] for _ in range(number)]
    settle_needs(case_ids=[case.pk for case in cases], now=NOW)
    return cases


def test_each_number_leads_to_its_people(client, see):
    by_day()
    cases = unmet(3)

    tables = dict(see().context["tables"])

    for caption, expected in (
        ("By intervention", {"Making Amends": 3}),
        ("By the place nearest to them", {"Oxford office": 3}),
        ("By when they could come", {"Daytime": 0, "Evening": 3, "Weekend": 3}),
    ):
        assert {one.words: one.number.count for one in tables[caption]} == expected
        for one in tables[caption]:
            if one.number.count:
                rows = client.get(one.number.href).context["rows"]
                assert {row.crn for row in rows} == {case.crn for case in cases}
            else:
                assert one.number.href == ""


def test_what_is_not_decided_yet_is_listed_by_itself(see):
    unmet()

    assert "Awaiting decision" in words(see(decision="undecided"))
    assert see(decision="wait").context["rows"] == []


def test_somebody_whom_no_place_is_near_is_counted_so(see):
    unmet()  # no room and no series anywhere

    tables = dict(see().context["tables"])

    assert [one.words for one in tables["By the place nearest to them"]] == ["No place near enough"]
    assert tables["By when they could come"][-1].words == "At no time"


def test_whoever_is_shut_out_sees_the_masked_row_alone(see):
    [case] = unmet()
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")

    answer = see()

    assert answer.context["rows"] == []
    assert case.surname not in answer.content.decode()
    assert "Pat Lane" in words(answer)


def test_where_everything_fits_it_says_so(see):
    assert "People whom nothing planned fits would be listed here" in words(see())


def test_a_long_list_goes_on_over_the_page(see):
    unmet(51)

    first = see()
    second = see(after=first.context["rows"][-1].crn)

    assert [len(first.context["rows"]), len(second.context["rows"])] == [50, 1]


def test_as_many_statements_for_sixty_needs_as_for_five(see):
    see()  # the policies are read for the first time

    def statements(number):
        unmet(number)
        with CaptureQueriesContext(connection) as queries:
            see()
        return len(queries)

    assert statements(5) == statements(55)
