"""Contact figures as the database is read for them, held against a count that walks over every row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, Contact
from cases.queries.contact_figures import figures_of, log_of_figures, sums_of
from cases.reference.codes import ContactLevel, Place
from cases.rules.contact_figures import NotCounted, Window
from tests.cases.rules.test_contact_figures import walked
from tests.factories import (
    TODAY,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    HomeVisitFactory,
    PlanFactory,
    RequirementFactory,
    SentenceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
WEEKS = 12
FIRST, LAST = TODAY - timedelta(weeks=WEEKS), TODAY - timedelta(days=1)
FACE = ["COAP", "COAI", "CHVS", "COVC", "COUP", "RARP", "APAT", "C253"]
KINDS = [*FACE, "COPT", "CTOB", "C084", "CMOA"]
OUTCOMES = [
    ("ATTC", True, True),
    ("AFTC", True, False),
    ("AFTA", False, False),
    ("AAME", False, True),
    ("RSSR", False, True),  # moved by us: no offer any more
    ("AASD", False, True),  # stood down by us
    ("", None, None),
]


def supervised(level="weekly", planned="", because="", began_on=date(2018, 1, 1), **columns):
    case = CaseFactory(**{"arrived_on": None} | columns)
    StandingFactory(case=case, place=Place.GROUP, group="M50", needs="", contact_level=level)
    SentenceFactory(case=case, started_on=began_on)
    if planned:
        answers = {"contact.level": planned, "contact.because": because}
        PlanFactory(case=case, signed=True, answers=answers)
    return case


def seen(case, day, hour=10, **columns):
    at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
    return ContactFactory(case=case, started_at=at, **columns)


def figures(case):
    return figures_of([case.pk], TODAY, WEEKS)[case.pk]


def log_at_random(case, dice):
    """Anything that a log may hold, in and around the weeks that are counted."""
    for _ in range(dice.randrange(25)):
        code, attended, complied = dice.choice(OUTCOMES)
        given = {"type_code": dice.choice(KINDS), "outcome_code": code, "attended": attended, "complied": complied}  # fmt: skip
        moment = datetime(2018, 7, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(100 * 24 * 60))
        if dice.random() < 0.2 and not code:
            booked = AppointmentFactory(case=case, at=moment, type_code=given["type_code"])
            if dice.random() < 0.5:
                called_off(booked)
        else:
            ContactFactory(case=case, started_at=moment, appointment=dice.random() < 0.8, **given)


def called_off(booked):
    type(booked).objects.filter(pk=booked.pk).update(
        called_off_at=booked.booked_at, called_off_by=booked.booked_by, asked_by="service",
        called_off_because="The office is shut.",
    )  # fmt: skip


def counted_by_hand(case, level, planned, began_on):
    """The same figures by going through each day and every row of the log."""
    first = max(FIRST, began_on)
    found = {
        "standard": walked(level, began_on, FIRST, LAST),
        "planned": walked(planned, began_on, FIRST, LAST) if planned else None,
    }
    found |= dict.fromkeys(
        ("delivered", "offered", "kept", "missed", "unsaid", "telephone", "home_visits"), 0
    )
    day = first
    while day <= LAST:
        rows = [one for one in case.contacts.all() if local_day(one.started_at) == day]
        face = [one for one in rows if one.type_code in {*FACE, "C084"}]
        stood = [one for one in face if one.appointment and still_stood(one)]
        found["delivered"] += any(one.attended for one in face)
        found["offered"] += bool(stood)
        kept = any(one.attended for one in stood)
        silent = any(one.attended is None for one in stood)
        found["kept"] += kept
        found["unsaid"] += silent and not kept
        found["missed"] += bool(stood) and not kept and not silent
        found["telephone"] += any(one.attended for one in rows if one.type_code == "COPT")
        found["home_visits"] += any(
            one.attended for one in rows if one.type_code in ("CHVS", "C253")
        )
        day += timedelta(days=1)
    return found


def local_day(at):
    return (at + timedelta(hours=1)).date()  # summer time, all through these weeks


def still_stood(contact):
    booking = getattr(contact, "booking", None)
    off = booking is not None and booking.called_off_at is not None
    return not off and contact.outcome_code not in {"RSOF", "RSSR", "AASD", "CO40"}


@settings(max_examples=4, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=True))
def test_the_figures_of_any_log_are_those_counted_by_hand(dice):
    levels = [str(one) for one in ContactLevel]
    known = {}
    for _ in range(12):
        began_on = date(2018, 1, 1) + timedelta(days=dice.randrange(280))
        level, planned = dice.choice(levels), dice.choice(["", *levels])
        case = supervised(level, planned, began_on=began_on)
        log_at_random(case, dice)
        known[case.pk] = (case, level, planned, began_on)

    found = figures_of(list(known), TODAY, WEEKS)

    for pk, facts in known.items():
        by_hand = counted_by_hand(*facts)
        assert {name: getattr(found[pk].figures, name) for name in by_hand} == by_hand


def test_the_plan_in_force_says_what_is_planned_and_why():
    found = figures(supervised("weekly", "monthly", because="He works nights."))

    assert (found.figures.standard, found.figures.planned) == (12, 3)
    assert found.supervised.below
    assert found.because == "He works nights."


def test_a_plan_that_is_still_being_written_plans_nothing():
    case = supervised("weekly")
    PlanFactory(case=case, answers={"contact.level": "weekly"})

    assert figures(case).figures.planned is None


@pytest.mark.parametrize(
    ("facts", "began_on"),
    [
        ({}, date(2018, 8, 1)),
        ({"arrived_on": date(2018, 8, 20)}, date(2018, 8, 20)),
        ({"arrived_on": date(2018, 7, 20)}, date(2018, 8, 1)),
    ],
)
def test_supervision_begins_with_the_sentence_or_when_the_case_came_to_us(facts, began_on):
    case = supervised(began_on=date(2018, 8, 1), **facts)

    assert figures(case).supervised.began_on == began_on


def test_of_two_orders_the_first_began_it():
    case = supervised(began_on=date(2018, 3, 1))
    SentenceFactory(case=case, started_on=date(2018, 9, 1))

    assert figures(case).supervised.began_on == date(2018, 3, 1)


def test_a_stay_in_custody_between_begins_it_again_on_release():
    case = supervised(began_on=date(2018, 3, 1))
    SentenceFactory(
        case=case, order="custody", started_on=date(2018, 4, 1), released_on=date(2018, 9, 3),
        custody_status="B",
    )  # fmt: skip

    found = figures(case)

    assert found.supervised.began_on == date(2018, 9, 3)
    assert found.figures.standard == 4


def test_nothing_is_counted_of_somebody_who_is_in_custody_now():
    case = supervised()
    SentenceFactory(case=case, order="custody", started_on=date(2018, 4, 1), custody_status="C")

    assert figures(case).not_counted == NotCounted.CUSTODY


@pytest.mark.parametrize(
    ("codes", "alone"),
    [(["W"], True), (["W", "W1"], True), (["W", "F"], False), (["F"], False), ([], False)],
)
def test_unpaid_work_alone_has_its_own_rule(codes, alone):
    case = supervised()
    for code in codes:
        RequirementFactory(sentence=case.sentences.get(), main_code=code)

    assert (figures(case).not_counted == NotCounted.UNPAID_WORK) is alone


def test_a_requirement_that_has_ended_leaves_unpaid_work_alone():
    case = supervised()
    RequirementFactory(sentence=case.sentences.get(), main_code="W")
    RequirementFactory(
        sentence=case.sentences.get(), main_code="F", active=False, terminated_on=date(2018, 5, 1)
    )

    assert figures(case).not_counted == NotCounted.UNPAID_WORK


def test_whoever_is_not_ours_has_no_figures():
    case = supervised(retained_by="A. Officer")

    assert figures_of([case.pk], TODAY, WEEKS) == {}


def test_two_contacts_on_one_day_are_one_and_either_side_of_midnight_two():
    case = supervised()
    day = date(2018, 9, 10)
    seen(case, day, hour=9)
    seen(case, day, hour=14)
    seen(case, day, hour=23)  # half past midnight of the next day, by the clock on the wall

    assert figures(case).figures.delivered == 2


def everything(rows):
    for _ in range(rows):
        case = supervised("weekly", "monthly")
        RequirementFactory(sentence=case.sentences.get(), main_code="F")
        seen(case, date(2018, 9, 10))
        AppointmentFactory(case=case)


@pytest.mark.parametrize("by", ["keys", "cases"])
def test_it_takes_as_many_statements_for_sixty_cases_as_for_five(by):
    counts = []
    for rows in (5, 55):
        everything(rows)
        cases = (
            Case.objects.all() if by == "cases" else list(Case.objects.values_list("pk", flat=True))
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = figures_of(cases, TODAY, WEEKS)
        counts.append(len(queries))
        assert sums_of(found.values()).people == Case.objects.count()

    assert counts == [5, 5]


def test_a_meeting_that_was_booked_by_telephone_is_counted_by_telephone_whatever_its_type():
    case = supervised()
    AppointmentFactory(
        case=case, type_code="C444", where="telephone", contact__attended=True, at=at_noon(LAST)
    )

    found = figures(case).figures

    assert (found.delivered, found.offered, found.telephone) == (0, 0, 1)


def test_a_visit_at_which_nobody_let_us_in_is_no_visit_at_home():
    case = supervised()
    refused = HomeVisitFactory(
        case=case, appointment__at=at_noon(LAST), not_done="refused", not_done_because="Shut."
    )
    Contact.objects.filter(pk=refused.pk).update(attended=True, complied=False, outcome_code="AFTC")

    assert figures(case).figures.home_visits == 0
    [(_, line)] = log_of_figures(case, figures(case).supervised, Window(FIRST, LAST))
    assert not line.home_visit


def at_noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
