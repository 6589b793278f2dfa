"""What an extract brings in late is known from the day it came."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Case
from cases.queries.happened import events_since
from cases.reference.reviews import EventKind
from tests.cases.importing.extracts import (
    bring_in,
    contact,
    conviction,
    offender,
    registration,
    requirement,
)
from tests.clock import frozen

pytestmark = pytest.mark.django_db


def test_a_register_begun_before_a_review_and_brought_in_after_it_is_news_when_it_came(tmp_path):
    with frozen(datetime(2018, 3, 2, 10, tzinfo=UTC)):
        bring_in(tmp_path, offender(), registration(startDate="2018-02-26"))
    with frozen(datetime(2018, 3, 20, 10, tzinfo=UTC)):
        bring_in(tmp_path, registration(number=2, code="ADVP", startDate="2018-03-01"))
    case, signed, today = Case.objects.get(), date(2018, 3, 10), date(2018, 3, 26)

    [event] = events_since(case, signed, today)
    all_of_them = events_since(case, date(2018, 2, 1), today)

    assert (event.on, event.learnt_on) == (date(2018, 3, 1), date(2018, 3, 20))
    assert [one.learnt_on for one in all_of_them] == [date(2018, 2, 26), date(2018, 3, 20)]


def test_what_came_before_the_case_was_given_to_us_counts_by_its_own_day(tmp_path):
    with frozen(datetime(2018, 3, 2, 10, tzinfo=UTC)):
        bring_in(tmp_path, offender(), registration(startDate="2018-02-26"))
    with frozen(datetime(2018, 3, 20, 10, tzinfo=UTC)):
        bring_in(tmp_path, registration(number=2, code="ADVP", startDate="2018-03-01"))
    Case.objects.update(arrived_on=date(2018, 3, 20))

    assert events_since(Case.objects.get(), date(2018, 3, 10), date(2018, 3, 26)) == []


def test_so_are_a_conviction_a_requirement_that_ended_and_an_appointment_missed(tmp_path):
    with frozen(datetime(2018, 3, 2, 10, tzinfo=UTC)):
        bring_in(tmp_path, offender(), conviction(), requirement(), contact())
    with frozen(datetime(2018, 3, 20, 10, tzinfo=UTC)):
        bring_in(
            tmp_path,
            conviction(number=2, convictionDate="2018-03-03"),
            requirement(number=2, terminationDate="2018-03-04"),
            contact(
                number=2,
                type={"code": "COAP", "description": "Planned office visit", "appointment": True},
                contactStart="2018-03-05T10:00:00+00:00",
                outcome={"code": "UAAB", "attended": False, "complied": False},
            ),
        )

    found = events_since(Case.objects.get(), date(2018, 3, 10), date(2018, 3, 26))

    assert [(one.kind, one.on.day, one.learnt_on.day) for one in found] == [
        (EventKind.ARREST, 3, 20),
        (EventKind.PROGRAMME, 4, 20),
        (EventKind.MISSED, 5, 20),
    ]
