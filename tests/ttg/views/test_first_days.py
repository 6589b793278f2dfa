"""The page of the first days and the sheet to be read: hour by hour, what cannot be kept, and that neither stops anything."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import PostcodePoint
from cases.rules.calendar import add_working_days, is_working_day
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    NoHomePlanFactory,
    PrisonFactory,
    ReferralFactory,
    RelatedPersonFactory,
    ServiceFactory,
    UserFactory,
)
from tests.ttg.a_release import leaving, worker_on
from ttg.models import Service

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plain_day():
    """A day in some weeks that no weekend or bank holiday follows."""
    day = localdate() + 20 * DAY
    while not is_working_day(day) or add_working_days(day, 1) != day + DAY:
        day += DAY
    return day


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), get_current_timezone())


@pytest.fixture
def day():
    return plain_day()


@pytest.fixture
def stay(day):
    PostcodePoint.objects.create(postcode="OX251PZ", easting=460_000, northing=218_000)
    PostcodePoint.objects.create(postcode="RG11AA", easting=471_900, northing=173_400)
    return leaving(release_on=day, prison=PrisonFactory(postcode="OX25 1PZ"))


def served(stay, when, **columns):
    return ReferralFactory(
        need=NeedFactory(custody=stay), service=Service.objects.first() or ServiceFactory(name="Turning Tide", weekdays=[]), state="booked",
        received_by="Jo Hale", first_at=when, first_where="14 Mill Street, Reading", **columns,
    )  # fmt: skip


def page_of(client, case, user=None, page="first-days"):
    return words(see(client, user or case.officer, page, case))


def test_a_person_who_was_never_in_prison_and_one_without_a_day_are_said_to_be(client):
    case = CaseFactory()
    unknown = leaving(release_on=None, release_kind="")

    assert "No stay in prison is recorded" in page_of(client, case)
    assert "The day of release is not known" in page_of(client, unknown.case)


def test_the_page_is_hour_by_hour_with_the_ways(client, stay, day):
    served(stay, at(day, 14))
    HomeOfferFactory(custody=stay, state="confirmed", because="Safe", settled_at=at(localdate(), 9), settled_by=stay.case.officer)  # fmt: skip

    page = page_of(client, stay.case)

    assert page.index("Leaves prison") < page.index("Turning Tide") < page.index("For the night")
    assert "2pm to 3pm" in page
    assert "About 2 hours and 19 minutes from the place before" in page
    assert "nothing is at the same time" in page


def test_what_cannot_be_kept_and_what_is_not_known_are_listed_apart(client, stay, day):
    served(stay, at(day, 10))
    AppointmentFactory(case=stay.case, at=at(day, 16), officer=stay.case.officer)

    page = page_of(client, stay.case)

    cannot, unknown = page.index("What cannot be kept"), page.index("What is not known")
    assert cannot < page.index("it takes about 139") < unknown
    assert unknown < page.index("Not known how far it is from Turning Tide")


def test_what_everybody_needs_is_said_also_where_there_is_none_of_it(client, stay):
    page = page_of(client, stay.case)

    for said in ("Nowhere is confirmed", "No appointment with the officer", "Nobody has said", "None is recorded"):  # fmt: skip
        assert said in page


def test_the_plan_for_tonight_and_the_first_appointment_are_among_them(client, stay, day):
    NoHomePlanFactory(custody=stay)
    AppointmentFactory(case=stay.case, at=at(day, 16), officer=stay.case.officer)
    InHandFactory(custody=stay, item="script", state="applied")

    page = page_of(client, stay.case)

    assert "night shelter until 9pm" in page
    assert "at 4pm" in page
    assert "Prescription: applied for" in page


def test_whoever_only_reads_is_not_sent_to_change_anything(client, stay):
    home = reverse("release-home", args=[stay.case.crn])
    auditor = UserFactory(role=Role.AUDITOR)

    assert f'href="{home}"' in page_of(client, stay.case, worker_on(stay))
    assert f'href="{home}"' not in page_of(client, stay.case, auditor)


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client, stay, day):
    RelatedPersonFactory(case=stay.case, name="Rosa Quill", protected=True)
    stay.prison.name = "HMP Rosa Quill"
    stay.prison.save()
    auditor = UserFactory(role=Role.AUDITOR)

    for page in ("first-days", "gate-sheet"):
        assert "Rosa Quill" not in page_of(client, stay.case, auditor, page)


def test_both_pages_open_from_the_page_of_the_release(client, stay):
    page = page_of(client, stay.case, page="case-release")

    for name in ("first-days", "gate-sheet"):
        assert reverse(name, args=[stay.case.crn]) in page


@pytest.mark.parametrize("page", ["first-days", "gate-sheet"])
@pytest.mark.parametrize("role", [Role.MENTOR, Role.SUPERVISOR, Role.SYSTEM])
def test_a_role_with_no_part_in_release_has_neither(client, stay, page, role):
    assert see(client, UserFactory(role=role), page, stay.case).status_code == 403


def test_the_sheet_to_be_read_says_what_the_paper_says_and_makes_nothing(client, stay, day):
    served(stay, at(day, 14))

    page = page_of(client, stay.case, page="gate-sheet")

    for said in (
        f"{stay.case.forename}, you leave prison", "Your first days", "9am: You leave prison.",
        "2pm: Turning Tide. 14 Mill Street, Reading. Allow 2 hours and 19 minutes to get there.",
        "All of them are under your first days, above.", reverse("gate-sheet-paper", args=[stay.case.crn]),
    ):  # fmt: skip
        assert said in page
    assert not Entry.objects.filter(action="made_gate_sheet").exists()


def test_the_sheet_gives_nobody_away_where_a_first_appointment_is(client, stay, day):
    RelatedPersonFactory(
        case=stay.case, name="Robin Vale", protected=True, address="9 Elm Row, Didcot"
    )
    one = served(stay, at(day, 14))
    one.first_where = "9 Elm Row"
    one.save()

    sheet = page_of(client, stay.case, page="gate-sheet")

    assert "Elm Row" not in sheet
    assert "Ask us where and when" in sheet


def test_the_person_is_told_to_ring_where_not_all_of_it_can_be_done(client, stay, day):
    served(stay, at(day, 10))

    assert "Not all of this can be done as it stands" in page_of(
        client, stay.case, page="gate-sheet"
    )


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_takes_as_many_statements_for_eight_appointments_as_for_one(
    client, stay, day, number
):
    for n in range(number):
        served(stay, at(day, 10 + n))
    page_of(client, stay.case)

    with CaptureQueriesContext(connection) as asked:
        page = page_of(client, stay.case)

    assert page.count("14 Mill Street") >= number
    assert len(asked) == 37
