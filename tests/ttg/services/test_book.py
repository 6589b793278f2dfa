"""The book of services. Source: `ttg.services.book`."""

import pytest
from django.utils.timezone import localdate

from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import UserFactory
from ttg.models import Service
from ttg.services.book import add_service, change_service

pytestmark = pytest.mark.django_db
SAID = {"name": " Turning Tide ", "kind": "drugs", "telephone": "01632 960400", "weekdays": ["4", 0, 4]}  # fmt: skip


@pytest.fixture
def known():
    return {"by": UserFactory(), "today": localdate()}


def test_a_service_is_kept_trimmed_with_its_days_in_order(known):
    made = add_service(**known, **SAID)

    assert (made.name, made.weekdays, made.email) == ("Turning Tide", [0, 4], "")
    assert Entry.objects.get(action="added_service").by == known["by"]


def test_a_service_of_a_kind_stands_in_the_book_once_until_it_ends(known):
    first = add_service(**known, **SAID)
    with pytest.raises(RuleBroken, match="already"):
        add_service(**known, **SAID)
    other = add_service(**known, **SAID | {"kind": "pharmacy"})
    with pytest.raises(RuleBroken, match="already"):
        change_service(service=other, **known, **SAID)

    change_service(service=first, **known, **SAID, ended_on=localdate())

    assert add_service(**known, **SAID).pk != first.pk
    assert first not in Service.objects.current(localdate())


@pytest.mark.parametrize("change, why", [({"name": "-"}, "called"), ({"telephone": ""}, "reached"), ({"weekdays": [7]}, "day of the week")])  # fmt: skip
def test_a_service_nobody_could_name_or_reach_is_refused(known, change, why):
    with pytest.raises(RuleBroken, match=why):
        add_service(**known, **SAID | change)


def test_a_service_does_not_end_on_a_day_to_come(known):
    made = add_service(**known, **SAID)

    with pytest.raises(RuleBroken, match="on the day it ends"):
        change_service(service=made, **known, **SAID, ended_on=localdate().replace(year=2099))
