"""What an extract brings in late is known from the day it came."""

from datetime import UTC, date, datetime

import pytest

from cases.models import Case
from cases.queries.happened import events_since
from tests.cases.importing.extracts import bring_in, offender, registration
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
