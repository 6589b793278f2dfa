"""The list of risks put to the NPS: what is due first, whose it is, and what was settled without the NPS."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from grid.models import Escalation
from grid.reference.escalation import EscalationState as State
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    RelatedPersonFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.grid.an_escalation import taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory()


def waiting(team, *, days_late=0, surname="Ashdown"):
    """Referred, and answered so many days late by today."""
    case = CaseFactory(team=team, surname=surname)
    StandingFactory(case=case)
    due_on = localdate() - timedelta(days=days_late)
    Escalation.objects.create(
        case=case, because="Threats to kill", opened_on=due_on - timedelta(days=9), state=State.REFERRED
    )  # fmt: skip
    DeadlineFactory(
        case=case, kind="answer_escalation", enquiry=None, triggered_on=due_on, due_on=due_on, why="Referred"
    )  # fmt: skip
    return case


def shown(client, user, **query):
    client.force_login(user)
    answer = client.get(reverse("escalations"), query)
    assert answer.status_code == 200
    return words(answer)


def test_what_is_late_comes_first_with_where_it_stands_and_how_long_it_is_open(client, team):
    later, late = waiting(team, surname="Ashdown"), waiting(team, days_late=28, surname="Brook")

    page = shown(client, UserFactory(role=Role.SPO, team=team))

    assert page.index(late.crn) < page.index(later.crn)
    assert "working days late" in page
    assert "Referred to the NPS" in page
    assert "Open 37 days" in page
    assert "2 escalations" in page


def test_each_sees_the_cases_that_are_theirs_and_masked_rows_of_the_rest(client, team):
    own, elsewhere, kept = (
        waiting(team),
        waiting(TeamFactory()),
        waiting(team, surname="Quillfeather"),
    )
    officer, hub = UserFactory(team=team), UserFactory(role=Role.HUB)
    limit(kept, kept_out=[officer])

    page = shown(client, officer)

    assert own.crn in page
    assert elsewhere.crn not in page
    assert "Quillfeather" not in page
    assert "This case is limited." in page
    assert elsewhere.crn in shown(client, hub)


def test_the_head_reads_why_a_risk_was_not_referred(client):
    case = CaseFactory()
    StandingFactory(case=case)
    taken(case, State.NOT_REFERRED, now=now())
    head = UserFactory(role=Role.HEAD)

    under_way, settled = shown(client, head), shown(client, head, show="settled")

    assert case.crn not in under_way
    assert "Nothing is owed." in under_way
    assert case.crn in settled
    assert "We refer it: the threats are new" in settled


def test_a_protected_name_is_left_out_of_the_reason(client, team):
    case = waiting(team)
    RelatedPersonFactory(case=case, name="Maya Lindqvist", protected=True)
    case.escalations.update(because="Maya Lindqvist was followed home")

    assert "Lindqvist" not in shown(client, UserFactory(role=Role.HUB))
    assert "Maya Lindqvist" in shown(client, UserFactory(role=Role.SPO, team=team))


def test_the_list_goes_on_where_the_page_ends_and_costs_the_same_for_five_and_for_sixty(
    client, team
):
    senior = UserFactory(role=Role.SPO, team=team)

    def cost(number):
        for _ in range(number):
            waiting(team)
        shown(client, senior)
        with CaptureQueriesContext(connection) as found:
            shown(client, senior)
        return len(found)

    assert cost(5) == cost(45)
    waiting(team)
    assert "after=" in shown(client, senior)
