import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from cases.models import Flag, JobRun
from tests.factories import DeadlineFactory

pytestmark = pytest.mark.django_db


def flag_overdue(*arguments):
    said = StringIO()
    call_command("flag_overdue", *arguments, stdout=said)
    return said.getvalue()


def test_it_counts_what_it_did_as_of_a_day():
    DeadlineFactory(due_on=date(2018, 10, 15))

    before = json.loads(flag_overdue("--as-of", "2018-10-15", "--json"))
    after = json.loads(flag_overdue("--as-of", "2018-10-16", "--json"))
    again = json.loads(flag_overdue("--as-of", "2018-10-16", "--json"))

    assert before == {"raised": 0, "climbed": 0, "closed": 0, "open": 0}
    assert after == {"raised": 1, "climbed": 0, "closed": 0, "open": 1}
    assert again == {"raised": 0, "climbed": 0, "closed": 0, "open": 1}


def test_it_says_the_same_in_words():
    DeadlineFactory(due_on=date(2018, 10, 15))

    assert "Raised" in flag_overdue("--as-of", "2018-10-16")


def test_each_time_it_is_typed_is_a_run_of_its_own():
    flag_overdue("--json")
    flag_overdue("--json")

    assert JobRun.objects.filter(job="flag_overdue", finished_at__isnull=False).count() == 2


@pytest.mark.parametrize("text", ["tomorrow", "2018-02-30", "01/10/2018", ""])
def test_what_is_not_a_date_is_a_clear_error(text):
    with pytest.raises(CommandError, match="is not a date. Write it as year, month, day"):
        flag_overdue("--as-of", text)


def test_a_day_still_to_come_is_refused():
    tomorrow = (localdate() + timedelta(days=1)).isoformat()

    with pytest.raises(CommandError, match="is still to come"):
        flag_overdue("--as-of", tomorrow)

    assert not Flag.objects.exists()
