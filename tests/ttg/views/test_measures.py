"""The measures of release: the contract's beside those that matter, and each number its list."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Limit
from cases.rules.counting import Sum, window_of
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CustodyFactory,
    HandOverFactory,
    InHandFactory,
    NeedFactory,
    NightStayFactory,
    ReferralFactory,
    ResettlementPlanFactory,
    TeamFactory,
    UserFactory,
)
from tests.ttg.a_release import spoken
from ttg.queries.measures import counted_cases, figures_of, units_of
from ttg.reference.measures import MEASURES

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def at(day, hour=10):
    return datetime.combine(day, time(hour), get_current_timezone())


def left(days_ago=10, **columns):
    """Released so many days ago, with nothing recorded."""
    day = localdate() - days_ago * DAY
    return CustodyFactory(
        received_on=day - 60 * DAY, screened_on=day - 40 * DAY, release_on=day, released_on=day, **columns
    )  # fmt: skip


def well_left(**columns):
    """Released with all that the measures count."""
    stay = left(**columns)
    day, officer = stay.released_on, stay.case.officer
    signed = {"state": "signed", "signed_at": at(stay.screened_on + DAY), "signed_by": officer}
    ResettlementPlanFactory(custody=stay, **signed)
    spoken(stay, on=day - 5 * DAY)
    AppointmentFactory(case=stay.case, officer=officer, at=at(day))
    HandOverFactory(custody=stay, state="accepted", accepted_at=at(day - DAY), accepted_by=officer)
    referral = ReferralFactory(need=NeedFactory(custody=stay), state="attended", received_by="Jo", first_at=at(day))  # fmt: skip
    referral.steps.create(state="accepted", at=at(day - 3 * DAY), by_whom="Jo")
    NightStayFactory(custody=stay, night="1", stays="settled")
    InHandFactory(custody=stay, item="bank", state="ready", ready_on=day)
    return stay


def figures(user):
    return figures_of(counted_cases(user), window_of(365, localdate()), localdate())


def test_each_measure_counts_somebody_well_prepared_as_met(head):
    well_left()

    assert figures(head) == {code: Sum(met=1, counted=1) for code in MEASURES}


def test_of_somebody_of_whom_nothing_is_recorded_nothing_is_so(head):
    left()

    found = figures(head)

    asked = {code for code, one in found.items() if one.counted}
    assert asked == {"plan", "first", "handed-over", "spoken", "housed"}
    assert {one.met for one in found.values()} == {0}


def test_what_a_service_said_after_release_came_too_late(head):
    stay = left()
    referral = ReferralFactory(need=NeedFactory(custody=stay), state="accepted", received_by="Jo")
    referral.steps.create(state="accepted", at=at(stay.released_on + 2 * DAY), by_whom="Jo")

    assert figures(head)["accepted"] == Sum(met=0, counted=1)


def test_what_came_after_they_left_was_not_in_hand_at_the_gate(head):
    stay = left()
    InHandFactory(custody=stay, item="bank", state="ready", ready_on=stay.released_on + DAY)
    InHandFactory(custody=stay, item="phone", state="not_needed")

    assert figures(head)["in-hand"] == Sum(met=0, counted=1)


def test_a_stay_recorded_by_mistake_is_not_counted(head):
    left(ended_on=localdate(), ended_because="Somebody else")

    assert figures(head)["housed"] == Sum(met=0, counted=0)


def test_those_out_of_reach_or_kept_from_the_reader_are_not_counted(head):
    kept, other = left(), left()
    Limit.objects.create(case=kept.case, restricted=True, message="Kept.", ask="Pat Lane")

    assert figures(head)["housed"].counted == 1
    assert figures(other.case.officer)["housed"].counted == 1
    assert figures(UserFactory())["housed"].counted == 0


@pytest.mark.parametrize("code", MEASURES)
def test_every_sum_is_the_length_of_its_list(head, code):
    well_left()
    left(days_ago=20)
    cases, window = counted_cases(head), window_of(365, localdate())

    found = figures_of(cases, window, localdate())[code]

    for which, number in (("", found.counted), ("met", found.met), ("not", found.counted - found.met)):  # fmt: skip
        assert len(units_of(cases, code, which, window, localdate())) == number


def test_the_page_shows_the_two_of_the_contract_beside_the_rest_and_each_opens_its_list(
    client, head
):
    stay = well_left()
    client.force_login(head)

    page = client.get(reverse("release-measures")).content.decode()
    href = re.search(r'href="([^"]*code=handed-over[^"]*which=met[^"]*)"', page).group(1)
    listed = client.get(href.replace("&amp;", "&")).content.decode()

    for one in MEASURES.values():
        assert one.title in page
    assert page.index("What the contract counts") < page.index("What release was like")
    assert stay.case.crn in listed


@pytest.mark.parametrize(("number", "said"), [(4, "Too few"), (5, "Below target")])
def test_a_share_of_too_few_is_not_shown_and_one_below_its_target_is_marked(client, head, number, said):  # fmt: skip
    for _ in range(number):
        left()
    client.force_login(head)

    page = client.get(reverse("release-measures")).content.decode()

    assert [one for one in ("Too few", "Below target") if one in page] == [said]


def test_a_masked_case_is_said_below_the_list_and_counted_nowhere(client, head):
    stay = left()
    Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")
    client.force_login(head)

    page = client.get(reverse("release-measure-people"), {"code": "housed"}).content.decode()

    assert stay.case.surname not in page
    assert "Pat Lane" in page


def test_the_list_as_a_file_holds_whoever_the_list_holds(client, head):
    stay = left()
    client.force_login(head)

    answer = client.get(reverse("release-measure-people-csv"), {"code": "housed"})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert lines[1].startswith(stay.case.crn)


@pytest.mark.parametrize("number", [5, 60])
def test_measures_take_as_many_statements_for_sixty_as_for_five(head, number):
    team = TeamFactory()
    officer = UserFactory(team=team)
    for _ in range(number):
        left(case__team=team, case__officer=officer)
    figures(head)

    with CaptureQueriesContext(connection) as asked:
        figures(head)

    assert len(asked) == 19
