"""What the night finds owed: an appointment this calendar month, and a rehabilitation activity day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline
from cases.reference.codes import Place
from cases.services.contact_owed import owe_contact_chunk, owe_months, owe_rar_days
from tests.cases.services.test_rar import booked, session
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    RarActivityFactory,
    RequirementFactory,
    SentenceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
LATE = date(2018, 10, 21)  # ten days before the month ends
DAY = timedelta(days=1)


def supervised(**columns):
    case = CaseFactory(**{"arrived_on": date(2018, 1, 2)} | columns)
    StandingFactory(case=case, place=Place.GROUP, group="M50", needs="", contact_level="monthly")
    SentenceFactory(case=case, started_on=date(2018, 1, 1), expected_end_on=date(2019, 1, 1))
    return case


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def owed(case, today, kind="monthly_contact"):
    owe_months(case_ids=[case.pk], today=today)
    return Deadline.objects.unmet().filter(case=case, kind=kind).first()


@pytest.mark.parametrize(
    ("today", "due_on"),
    [
        (date(2018, 10, 20), None),
        (date(2018, 10, 21), date(2018, 10, 31)),
        (date(2018, 10, 31), date(2018, 10, 31)),
        (date(2018, 4, 20), date(2018, 4, 30)),
        (date(2018, 2, 18), date(2018, 2, 28)),
        (date(2020, 2, 19), date(2020, 2, 29)),
    ],
)
def test_an_appointment_is_owed_by_the_last_day_of_the_month(today, due_on):
    case = supervised()
    case.sentences.update(expected_end_on=date(2021, 1, 1))

    clock = owed(case, today)

    assert (clock and clock.due_on) == due_on
    if clock:
        assert f"offered in {today:%B %Y}" in clock.why
        assert clock.triggered_on == today


OFFERS = {
    "to come": {"attended": None, "outcome_code": "", "on": date(2018, 10, 30)},
    "kept": {"on": date(2018, 10, 3)},
    "missed": {"attended": False, "complied": False, "outcome_code": "AFTA"},
    "absent by agreement": {"attended": False, "complied": True, "outcome_code": "AAME"},
    "seen without one": {"appointment": False, "type_code": "COUP"},
    "by video": {"type_code": "COVC"},
    "at the first minute": {"at": datetime(2018, 9, 30, 23, 0, tzinfo=UTC)},
}
NO_OFFERS = {
    "by telephone": {"type_code": "COPT"},
    "moved away": {"attended": False, "outcome_code": "RSSR"},
    "stood down by us": {"attended": False, "outcome_code": "AASD"},
    "last month": {"on": date(2018, 9, 28)},
    "next month": {"on": date(2018, 11, 2), "attended": None, "outcome_code": ""},
    "a letter": {"appointment": False, "type_code": "CMOA", "attended": None},
    "not by appointment and not seen": {"appointment": False, "attended": None},
}


def offer(case, on=date(2018, 10, 10), **columns):
    moment = columns.pop("at", at(on))
    return ContactFactory(case=case, started_at=moment, **columns)


@pytest.mark.parametrize("what", sorted(OFFERS))
def test_none_is_owed_once_one_is_offered_in_the_month(what):
    case = supervised()
    offer(case, **OFFERS[what])

    assert owed(case, LATE) is None


@pytest.mark.parametrize("what", sorted(NO_OFFERS))
def test_what_is_no_offer_of_this_month_leaves_it_owed(what):
    case = supervised()
    offer(case, **NO_OFFERS[what])

    assert owed(case, LATE) is not None


def test_what_is_offered_for_next_month_closes_nothing_so_that_no_night_opens_it_anew():
    case = supervised()
    clock = owed(case, LATE)
    offer(case, **NO_OFFERS["next month"])

    assert owed(case, LATE + DAY) == clock


def test_what_was_called_off_is_no_offer():
    case = supervised()
    one = AppointmentFactory(case=case, at=at(date(2018, 10, 30)))
    type(one).objects.filter(pk=one.pk).update(
        called_off_at=one.booked_at, called_off_by=case.officer, asked_by="service",
        called_off_because="The office is shut.",
    )  # fmt: skip

    assert owed(case, LATE) is not None


@pytest.mark.parametrize(
    ("arrived_on", "is_owed"),
    [(date(2018, 9, 30), True), (date(2018, 10, 1), True), (date(2018, 10, 2), False)],
)
def test_of_the_month_in_which_a_case_came_to_us_none_is_owed(arrived_on, is_owed):
    assert (owed(supervised(arrived_on=arrived_on), LATE) is not None) is is_owed


def in_custody(case):
    SentenceFactory(case=case, custody_status="C")


def on_unpaid_work_alone(case):
    RequirementFactory(sentence=case.sentences.get(), main_code="W")


def kept_by_the_nps(case):
    Case.objects.filter(pk=case.pk).update(retained_by="A. Officer")


def ending(case):
    case.sentences.update(expected_end_on=date(2018, 10, 30))


@pytest.mark.parametrize("state", [in_custody, on_unpaid_work_alone, kept_by_the_nps, ending])
def test_who_is_not_supervised_through_the_month_is_owed_none(state):
    case = supervised()
    state(case)

    assert owed(case, LATE) is None


def test_the_night_meets_it_when_one_is_offered_and_opens_it_once():
    case = supervised()
    first = owed(case, LATE)
    again = owed(case, LATE + DAY)
    offer(case, on=date(2018, 10, 30), attended=None, outcome_code="")

    assert first == again
    assert owed(case, LATE + 2 * DAY) is None
    first.refresh_from_db()
    assert (first.met_on, first.void) == (LATE + 2 * DAY, False)


def test_a_month_that_passed_without_one_stays_owed_until_one_is_offered():
    case = supervised()
    first = owed(case, LATE)

    assert owed(case, date(2018, 11, 5)) == first
    offer(case, on=date(2018, 11, 12), attended=None, outcome_code="")
    assert owed(case, date(2018, 11, 6)) is None
    first.refresh_from_db()
    assert first.met_on == date(2018, 11, 6)


@pytest.mark.parametrize("state", [in_custody, on_unpaid_work_alone])
def test_it_is_void_once_it_is_owed_no_more(state):
    case = supervised()
    first = owed(case, LATE)
    state(case)

    assert owed(case, LATE + DAY) is None
    first.refresh_from_db()
    assert first.void


# Rehabilitation activity


def with_rar(**columns):
    case = supervised()
    RequirementFactory(
        sentence=case.sentences.get(), main_code="F", length_unit="Days", **{"length": 10} | columns
    )
    return case


def rar_owed(case, today=LATE):
    owe_rar_days(case_ids=[case.pk], today=today)
    return Deadline.objects.unmet().filter(case=case, kind="book_rar_day").first()


def test_a_stalled_requirement_owes_a_day_within_five_working_days():
    clock = rar_owed(with_rar())

    assert (clock.triggered_on, clock.due_on) == (LATE, date(2018, 10, 26))
    assert clock.why == (
        "No rehabilitation activity day credited or booked since 2 January 2018, and 10 days left"
    )


def test_a_booking_meets_it_in_the_night():
    case = with_rar()
    first = rar_owed(case)
    booked(RarActivityFactory(requirement__sentence=case.sentences.get()), date(2018, 10, 30))
    case.sentences.get().requirements.exclude(activities=None).update(active=False)
    activity = RarActivityFactory(
        requirement=case.sentences.get().requirements.get(activities=None)
    )
    booked(activity, date(2018, 10, 29))

    assert rar_owed(case, LATE + DAY) is None
    first.refresh_from_db()
    assert (first.met_on, first.void) == (LATE + DAY, False)


@pytest.mark.parametrize(
    "state",
    [in_custody, lambda case: case.sentences.get().requirements.update(terminated_on=LATE)],
    ids=["in custody", "ended"],
)
def test_it_is_void_where_nothing_is_to_be_booked_any_more(state):
    case = with_rar()
    first = rar_owed(case)
    state(case)

    assert rar_owed(case, LATE + DAY) is None
    first.refresh_from_db()
    assert first.void


def test_a_day_credited_lately_meets_it():
    case = with_rar()
    first = rar_owed(case)
    session(case, LATE)

    assert rar_owed(case, LATE + DAY) is None
    first.refresh_from_db()
    assert not first.void


def test_a_chunk_settles_the_cases_above_a_key_and_says_how_far_it_came():
    cases = sorted((with_rar() for _ in range(3)), key=lambda case: case.pk)

    last, counts = owe_contact_chunk(after=0, today=LATE, size=2)
    end, more = owe_contact_chunk(after=last, today=LATE, size=2)

    assert last == cases[1].pk
    assert (counts["months_opened"], counts["rar_opened"]) == (2, 2)
    assert (end, more["months_opened"], more["rar_opened"]) == (None, 1, 1)
    assert owe_contact_chunk(after=cases[-1].pk, today=LATE) == (None, {})


def test_a_chunk_takes_as_many_statements_for_sixty_cases_as_for_five():
    counts = []
    for rows in (5, 60):
        for _ in range(rows):
            with_rar()
        with CaptureQueriesContext(connection) as queries:
            owe_contact_chunk(after=0, today=LATE + len(counts) * DAY)
        counts.append(len(queries))

    assert counts[1] <= counts[0]
