"""Cases that come to their end, across the provider: each once, the nearest first, with what is still to do."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Case
from staff.permissions import Role
from tests.cases import an_ending
from tests.cases.an_ending import at_its_end, senior_of
from tests.factories import DeadlineFactory, RegistrationFactory, TeamFactory, UserFactory, limit
from unpaidwork.services.endings import owe_endings_chunk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def moment():
    return datetime.combine(localdate(), time(9), get_current_timezone())


def night():
    owe_endings_chunk(after=0, today=localdate(), now=moment())


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def listed(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("endings"), {"team": "all", **asked})


def crns(page):
    return [row.crn for row in page.context["rows"]]


def counted(page):
    return {link.text: link.count for link in page.context["counts"]}


def test_the_nearest_comes_first_with_what_is_still_to_do_and_who_ends_it(client, head):
    later = at_its_end(ends_on=localdate() + 20 * DAY, now=moment())
    sooner = at_its_end(ends_on=localdate() + 2 * DAY, now=moment(), harm="RHRH")
    at_its_end(ends_on=localdate() + 90 * DAY, now=moment())
    night()

    page = listed(client, head)

    assert crns(page) == [sooner.crn, later.crn]
    first = page.context["rows"][0]
    assert "4 things still to do. First: Say how it ends" in first.missing
    assert first.who.endswith("; a senior ends it")


def test_each_list_holds_what_it_says_and_its_count_agrees(client, head):
    near = at_its_end(ends_on=localdate() + DAY, now=moment())
    late = at_its_end(ends_on=localdate() - DAY, now=moment())
    over = at_its_end(ends_on=localdate(), now=moment())
    unseen = at_its_end(ends_on=localdate(), now=moment())
    never_ours = at_its_end(ends_on=localdate(), now=moment(), state="no_sentence")
    night()
    an_ending.ended(over, now=moment())
    Case.objects.filter(pk=unseen.pk).update(state="no_sentence")
    early = near.endings.get()
    early.answers = {"early": {"propose": True}, "asked": {"on": str(localdate())}}
    early.save()

    held = {
        show: crns(listed(client, head, show=show))
        for show in ("near", "late", "ready", "unseen", "early", "ended")
    }

    assert held == {
        "near": [near.crn], "late": [late.crn], "ready": [near.crn], "unseen": [unseen.crn],
        "early": [near.crn], "ended": [over.crn],
    }  # fmt: skip
    assert set(counted(listed(client, head)).values()) == {1}
    assert never_ours.crn not in {one for some in held.values() for one in some}


def test_a_case_that_was_looked_at_afterwards_leaves_the_list_of_those_nobody_saw(client, head):
    case = at_its_end(ends_on=localdate(), now=moment())
    night()
    Case.objects.filter(pk=case.pk).update(state="no_sentence")
    case.refresh_from_db()

    an_ending.ended(case, now=moment())

    assert crns(listed(client, head, show="unseen")) == []
    assert crns(listed(client, head, show="ended")) == [case.crn]


def test_a_senior_sees_the_list_of_any_team_and_an_officer_that_of_theirs(client):
    case = at_its_end(ends_on=localdate() + DAY, now=moment())
    other = at_its_end(ends_on=localdate() + DAY, now=moment(), team=TeamFactory())
    night()

    assert set(crns(listed(client, senior_of(case)))) == {case.crn, other.crn}
    assert crns(listed(client, case.officer)) == [case.crn]


def test_a_case_of_limited_access_is_a_masked_row_and_counts_nowhere(client, head):
    case = at_its_end(ends_on=localdate() + DAY, now=moment())
    night()
    limit(case, restricted=True)

    page = listed(client, head)

    assert crns(page) == []
    assert set(counted(page).values()) == {0}
    assert [one.crn for one in page.context["masked"]] == [case.crn]
    assert case.surname not in page.content.decode()


def test_a_list_takes_as_many_statements_for_sixty_as_for_five(
    client, head, django_assert_num_queries
):
    def some(number):
        for _ in range(number):
            case = at_its_end(ends_on=localdate() + DAY, now=moment())
            RegistrationFactory(case=case)
            DeadlineFactory(case=case, kind="make_plan")
        night()

    some(5)
    listed(client, head)
    with CaptureQueriesContext(connection) as few:
        listed(client, head)
    some(55)

    with django_assert_num_queries(len(few)):
        listed(client, head)


def test_with_nobody_near_their_end_the_page_says_what_would_be_here(client, head):
    page = listed(client, head)

    assert "Cases whose last day is near would be listed here" in page.content.decode()


def test_the_caseload_finds_what_ended_here(client):
    case = at_its_end(ends_on=localdate(), now=moment())
    night()
    an_ending.ended(case, now=moment())
    client.force_login(case.officer)

    page = client.get(reverse("caseload"), {"state": "ended_here"})

    assert case.crn in page.content.decode()
    assert case.crn not in client.get(reverse("caseload")).content.decode()
