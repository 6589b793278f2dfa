"""The product held to what the demonstration planted of stays in prison and releases.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter

import pytest

from cases.models import Deadline
from tests.demonstration import TODAY, demonstrated
from ttg.models import Custody
from ttg.queries.owed import latest_stays, stay_facts
from ttg.rules.owed import DONE
from ttg.services.owed import owe_release_chunk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as truth:
        yield truth["release"]


@pytest.fixture
def facts(planted):
    stays = latest_stays(Custody.objects.values_list("case", flat=True))
    crns = dict(Custody.objects.values_list("pk", "case__crn"))
    return {crns[key]: found for key, found in stay_facts(list(stays.values())).items()}


def test_everybody_in_prison_has_a_stay_with_the_day_on_which_they_leave(planted):
    found = Custody.objects.held().values_list("case__crn", "release_on")

    assert {crn: leaves.isoformat() for crn, leaves in found} == planted["stays"]
    assert len(planted["stays"]) > 20


def test_everybody_who_came_out_lately_is_known_with_where_they_slept(planted):
    found = Custody.objects.released().prefetch_related("nights").select_related("case")

    nights = {one.case.crn: {at.night: at.stays for at in one.nights.all()} for one in found}
    assert nights == planted["released"]
    assert len(nights) > 5


def test_what_is_owed_of_release_is_what_was_planted(planted):
    owed = Deadline.objects.unmet().filter(kind__in=DONE)

    found = Counter(
        (crn, kind, due.isoformat())
        for crn, kind, due in owed.values_list("case__crn", "kind", "due_on")
    )

    assert found == Counter(tuple(row) for row in planted["owed"])
    assert len({kind for _, kind, _ in found}) > 8


def test_the_night_finds_nothing_new(planted):
    assert owe_release_chunk(after=0, today=TODAY) == (None, {"owed": 0, "moved": 0})


def test_who_has_spoken_with_their_officer_and_who_was_handed_over_is_as_planted(planted, facts):
    assert sorted(crn for crn, one in facts.items() if one.spoken_on) == planted["spoken"]
    settled = [one for one in facts.values() if one.handed_over and not one.offered_since and not one.asked_since]  # fmt: skip
    assert len(settled) == len(planted["handed_over"]) > 0


def test_whose_drug_or_alcohol_need_nobody_was_asked_about_is_as_planted(planted, facts):
    found = sorted(crn for crn, one in facts.items() if one.substances_since)

    assert found == planted["substances_unasked"]
    assert "T100002" in found
