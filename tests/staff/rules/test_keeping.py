from datetime import UTC, date, datetime

import pytest

from staff.rules.keeping import may_be_kept, say_here, say_moment

MOMENT = datetime(2026, 3, 3, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize("name", ["text", "answer_12", "form-0-what", "seen", "form-TOTAL_FORMS"])
def test_answers_are_kept(name):
    assert may_be_kept(name)


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "keep", "password", "new_Password"])
def test_secrets_are_not(name):
    assert not may_be_kept(name)


def test_of_today_the_time_is_enough():
    assert say_moment(MOMENT, date(2026, 3, 3)) == "10:42am"


def test_of_another_day_the_date_is_said_too():
    assert say_moment(MOMENT, date(2026, 3, 4)) == "3 March 2026 at 10:42am"


def test_who_else_is_here_is_said_with_since_when():
    said = say_here("Amina Khan", MOMENT, date(2026, 3, 3))

    assert said == "Amina Khan has had this page open since 10:42am."
