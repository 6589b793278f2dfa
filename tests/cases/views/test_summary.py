"""A case on one sheet: what must be known in a minute, and no more than the reader may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import NonAssociation
from cases.reference.codes import Register
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import contact, full_case, see, words
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    EnquiryFactory,
    InformationFactory,
    InterimPlanFactory,
    ReadingFactory,
    RegistrationFactory,
    UserFactory,
    WelfareCheckFactory,
)

pytestmark = pytest.mark.django_db


def test_it_says_what_to_do_when_they_are_at_the_counter(client):
    case, other = CaseFactory(), CaseFactory()
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    NonAssociation.objects.create(one=case, other=other, why="One attacked", from_on=localdate())
    ReadingFactory(case=case, information=InformationFactory(harm=True))

    to_do = see(client, case.officer, "case-summary", case).context["summary"].to_do

    assert "second member of staff" in to_do[0]
    assert other.crn in to_do[1]
    assert any("nobody has yet" in one for one in to_do)


def test_it_says_what_agencies_have_not_answered_and_what_holds_meanwhile(client):
    case = CaseFactory()
    EnquiryFactory(case=case, sent=True)
    EnquiryFactory(case=case, analysed=True)
    InterimPlanFactory(case=case, what_we_do="Seen weekly at the office.")

    page = see(client, case.officer, "case-summary", case)

    assert len(page.context["summary"].enquiries) == 1
    assert "Seen weekly at the office" in words(page)


def test_somebody_who_may_not_see_checks_is_not_told_that_none_is_open(client):
    case, facilitator = CaseFactory(), UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=localdate())
    InterimPlanFactory(case=case, what_we_do="Seen weekly at the office.")

    page = words(see(client, facilitator, "case-summary", case))

    assert "No enquiry is open" not in page
    assert "Seen weekly" not in page


def test_it_says_what_they_last_said_of_harming_themselves_and_on_which_day(client):
    case = CaseFactory()
    WelfareCheckFactory(
        case=case,
        answer="thoughts",
        words="I think of it.",
        done="Rang the crisis team.",
        asked_at=now() - timedelta(days=3),
    )
    WelfareCheckFactory(
        case=case,
        answer="could_not",
        words="They would not come to the telephone.",
        done="Ask on Monday.",
    )
    day = say_date(localdate() - timedelta(days=3))

    page = words(see(client, case.officer, "case-summary", case))

    assert f"They said on {day} that they have thoughts of harming themselves." in page


def test_it_says_that_nobody_asked_them_whether_they_would_harm_themselves(client):
    case = CaseFactory()

    page = words(see(client, case.officer, "case-summary", case))

    assert "Nobody has recorded here that they were asked." in page


def test_somebody_who_does_not_ask_about_self_harm_is_told_nothing_of_it(client):
    case, facilitator = CaseFactory(), UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=localdate())
    WelfareCheckFactory(case=case, answer="thoughts", words="I think of it.", done="Rang them.")

    page = words(see(client, facilitator, "case-summary", case))

    assert "harming themselves" not in page.lower()


def test_it_shows_the_last_three_contacts(client):
    case = CaseFactory()
    for n in range(1, 6):
        contact(case, days_ago=n)

    page = see(client, case.officer, "case-summary", case)

    assert len(page.context["summary"].contacts) == 3


def test_somebody_with_an_appointment_today_is_expected(client):
    case = CaseFactory()
    contact(case, days_ago=0, appointment=True)

    to_do = see(client, case.officer, "case-summary", case).context["summary"].to_do

    assert f"tell {case.officer.name} that they are here" in to_do[0]


def test_it_costs_the_same_however_long_the_record_is(client):
    client.force_login(UserFactory(role=Role.SPO))
    counts = []
    for rows in (5, 60):
        case = full_case(rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("case-summary", args=[case.crn]))
        counts.append(len(queries))

    assert counts[0] == counts[1]
