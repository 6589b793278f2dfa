"""What the first days after release are made of: everything that is recorded, and where it lies. Source: `ttg.queries.first_days`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import LicenceCondition, Place, PostcodePoint
from tests.factories import (
    TODAY,
    AppointmentFactory,
    ContactFactory,
    GateMeetingFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    PrisonFactory,
    ReferralFactory,
    SentenceFactory,
    ServiceFactory,
)
from tests.ttg.a_release import LEAVES, MONDAY, at, leaving
from ttg.queries.first_days import first_days_of
from ttg.rules.first_days import Problem

pytestmark = pytest.mark.django_db
PRISON, OFFICE, SERVICE = (460_000, 218_000), (471_800, 173_300), (471_900, 173_400)


def local(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)  # summer time


@pytest.fixture
def stay():
    return leaving(prison=PrisonFactory(postcode="OX25 1PZ"))


@pytest.fixture
def points():
    for code, (east, north) in {"OX251PZ": PRISON, "RG12BB": OFFICE, "RG11AA": SERVICE}.items():
        PostcodePoint.objects.create(postcode=code, easting=east, northing=north)


def of(stay):
    return first_days_of([stay], TODAY)[stay.pk]


def booked(stay, service=None, first_at=None, **columns):
    return ReferralFactory(
        need=NeedFactory(custody=stay), service=service or ServiceFactory(), state="booked", received_by="Jo Hale",
        first_at=first_at or local(LEAVES, 14), **columns,
    )  # fmt: skip


def kinds(found):
    return {one.problem for one in found.cannot}


def test_they_leave_at_the_usual_hour_or_when_they_are_met(stay):
    assert of(stay).out == local(LEAVES, 9)

    GateMeetingFactory(custody=stay, at=local(LEAVES, 8, 30))

    assert of(stay).out == local(LEAVES, 8, 30)


def test_a_meeting_on_another_day_or_called_off_does_not_let_them_out(stay):
    GateMeetingFactory(custody=stay, at=local(LEAVES + timedelta(days=1), 8))
    GateMeetingFactory(
        custody=stay, at=local(LEAVES, 7), state="called_off", words="Snow", said_at=at(LEAVES), said_by=stay.case.officer
    )  # fmt: skip

    assert of(stay).out == local(LEAVES, 9)


def test_everything_of_the_first_hours_is_there_in_order_and_nothing_after(stay, points):
    place = Place.objects.create(name="Canal House", address="1 Canal Street", postcode="RG1 2BB")
    AppointmentFactory(case=stay.case, at=local(LEAVES, 16), officer=stay.case.officer, place=place)
    AppointmentFactory(case=stay.case, at=local(MONDAY, 10), officer=stay.case.officer)
    booked(stay, first_where="14 Mill Street, Reading")

    found = of(stay)

    assert [one.what for one in found.stops][:1] == ["Leaves prison"]
    assert [one.starts for one in found.stops] == [local(LEAVES, 9), local(LEAVES, 14), local(LEAVES, 16)]  # fmt: skip
    assert [one.point for one in found.stops] == [PRISON, SERVICE, OFFICE]
    assert found.stops[-1].where == "Canal House, 1 Canal Street"
    assert found.way[found.stops[1].key] > 100
    assert found.cannot == []


def test_an_appointment_called_off_moved_or_in_prison_is_not_of_the_first_days(stay):
    AppointmentFactory(
        case=stay.case, at=local(LEAVES, 11), called_off_at=at(TODAY), asked_by="service", called_off_because="Snow"
    )  # fmt: skip
    ContactFactory(case=stay.case, source_id="", appointment=True, type_code="COAP", started_at=local(LEAVES, 12), outcome_code="AASD")  # fmt: skip
    ContactFactory(case=stay.case, source_id="", appointment=True, type_code="CPVS", started_at=local(LEAVES, 8), outcome_code="")  # fmt: skip

    assert [one.key for one in of(stay).stops] == ["release"]


def test_a_day_without_an_hour_is_no_clash_and_is_listed_apart(stay):
    ContactFactory(
        case=stay.case, source_id="", appointment=True, type_code="COAP", started_at=local(LEAVES, 1) - timedelta(hours=1),
        ended_at=None, outcome_code="",
    )  # fmt: skip

    found = of(stay)

    assert len(found.no_hour) == 1
    assert [one.key for one in found.stops] == ["release"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("planned", "Leaves prison, and is met"),
        ("met", "Leaves prison, and is met"),
        ("not_met", "Leaves prison, and was not met"),
        ("called_off", "Leaves prison"),
    ],
)
def test_nobody_is_said_to_be_met_who_was_not(stay, state, said):
    told = (
        {}
        if state == "planned"
        else {"said_at": at(LEAVES), "said_by": stay.case.officer, "words": "As it was"}
    )
    GateMeetingFactory(custody=stay, state=state, at=at(LEAVES), **told)

    assert of(stay).stops[0].what == said


def test_what_is_before_the_gate_opens_cannot_be_kept(stay):
    AppointmentFactory(case=stay.case, at=local(LEAVES, 8), officer=stay.case.officer)

    assert kinds(of(stay)) == {Problem.EARLY}


def test_two_at_once_and_a_way_that_is_too_long_are_found(stay, points):
    place = Place.objects.create(name="Canal House", postcode="RG1 2BB")
    AppointmentFactory(case=stay.case, at=local(LEAVES, 10), officer=stay.case.officer, place=place)
    booked(stay, first_at=local(LEAVES, 10, 15))

    assert {Problem.CLASH, Problem.TOO_FAR} <= kinds(of(stay))


def test_a_pharmacy_of_mondays_is_closed_to_whoever_leaves_on_a_friday(stay):
    mondays = ServiceFactory(kind="pharmacy", name="Mill Street Pharmacy", weekdays=[0])
    ReferralFactory(
        need=NeedFactory(custody=stay), service=mondays, state="accepted", received_by="Jo"
    )

    [found] = of(stay).cannot

    assert found.problem == Problem.CLOSED
    assert "Monday 8 October 2018" in found.words


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "closed"])
def test_a_service_that_is_over_is_not_of_the_first_days(stay, state):
    mondays = ServiceFactory(kind="pharmacy", weekdays=[0])
    ReferralFactory(need=NeedFactory(custody=stay), service=mondays, state=state, because="Full")

    assert (of(stay).cannot, of(stay).errands) == ([], [])


@pytest.mark.parametrize(
    ("state", "asked"),
    [("needed", True), ("applied", True), ("ready", False), ("not_needed", False)],
)
def test_the_jobcentre_is_gone_to_while_a_benefit_is_not_in_place(stay, state, asked):
    ready_on = TODAY if state == "ready" else None
    InHandFactory(custody=stay, item="benefit", state=state, words="x", ready_on=ready_on)

    assert bool(of(stay).errands) == asked


def test_the_jobcentre_is_gone_to_on_the_first_day_on_which_it_opens(stay):
    stay.release_on = LEAVES + timedelta(days=1)  # a Saturday
    stay.save()
    InHandFactory(custody=stay, item="benefit", state="applied")

    assert [one.on for one in of(stay).errands] == [MONDAY]


def test_the_hours_of_a_curfew_are_those_of_a_condition_of_a_current_sentence(stay):
    AppointmentFactory(case=stay.case, at=local(LEAVES, 18), officer=stay.case.officer, contact__ended_at=local(LEAVES, 20))  # fmt: skip
    HomeOfferFactory(custody=stay, state="confirmed", because="Safe", settled_at=at(TODAY), settled_by=stay.case.officer)  # fmt: skip
    old = SentenceFactory(case=stay.case, active=False)
    now = SentenceFactory(case=stay.case, active=True)
    text = "Confine yourself to the approved address between {}:00 and 07:00 daily."
    made = [
        LicenceCondition.objects.create(
            sentence=one, category="Curfew arrangement", text=text.format(hour), from_on=LEAVES
        )
        for one, hour in ((old, 17), (now, 19))
    ]

    assert kinds(of(stay)) == {Problem.CURFEW}
    assert "7pm to 7am" in of(stay).cannot[0].words

    made[1].to_on = LEAVES - timedelta(days=1)
    made[1].save()
    assert of(stay).cannot == []


def test_whoever_leaves_on_a_curfew_that_nobody_recorded_has_one_without_hours(stay):
    assert of(stay).curfew is None

    stay.release_kind = "hdc"

    assert of(stay).curfew is not None
    assert of(stay).curfew.from_at is None


def test_a_place_elsewhere_in_the_town_does_not_lie_where_the_service_does(stay, points):
    booked(stay, first_where="The library")
    assert of(stay).stops[1].point is None

    booked(stay, first_where="Room 2, RG1 2BB", first_at=local(LEAVES, 16))
    assert of(stay).stops[2].point == OFFICE


def test_whoever_has_no_day_of_release_has_no_first_days():
    stay = leaving(release_on=None, release_kind="")

    assert first_days_of([stay], TODAY) == {}


@pytest.mark.parametrize("number", [1, 12])
def test_many_take_as_many_statements_as_one(number):
    stays = []
    for _ in range(number):
        stay = leaving()
        stays.append(stay)
        AppointmentFactory(case=stay.case, at=local(LEAVES, 11), officer=stay.case.officer)
        booked(stay)
        InHandFactory(custody=stay, item="benefit")
    first_days_of(stays, TODAY)

    with CaptureQueriesContext(connection) as asked:
        found = first_days_of(stays, TODAY)

    assert len(found) == number
    assert len(asked) == 9
