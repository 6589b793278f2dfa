from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import Contact, Deadline, Search
from cases.queries.contact_figures import figures_of
from cases.services.contact_log import record_contact, remember_note_search
from cases.services.contact_owed import owe_months
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    DeadlineFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 2, 9, tzinfo=UTC)
DAYS = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


def write(case, **given):
    known = {
        "type_code": "CTOB",
        "at": AT,
        "notes": "Rang about the flat.",
        "sensitive": False,
        "by": case.officer,
        "now": AT,
    }
    return record_contact(case=case, **known | given)


def test_a_contact_stands_in_the_log_under_the_name_of_whoever_wrote_it(case):
    line = write(case, sensitive=True)

    assert (line.type_name, line.notes, line.sensitive, line.staff_name) == (
        "Phone call to them",
        "Rang about the flat.",
        True,
        case.officer.name,
    )
    assert not line.appointment
    detail = Entry.objects.get(action="recorded_contact").detail
    assert detail == {"contact": line.pk, "kind": "CTOB"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"type_code": "COAP"}, "types"),
        ({"type_code": ""}, "types"),
        ({"at": AT + DAYS}, "still to come"),
        ({"at": AT - 400 * DAYS}, "more than a year"),
        ({"notes": " "}, "in a line"),
        ({"notes": "Check-in:\n\nReview:\n"}, "in a line"),
        ({"notes": "x" * 12_001}, "12,000"),
    ],
)
def test_what_cannot_be_is_refused(case, given, why):
    with pytest.raises(RuleBroken, match=why):
        write(case, **given)
    assert not Contact.objects.exists()


def test_oversight_is_recorded_by_seniors_alone(case):
    with pytest.raises(RuleBroken):
        write(case, type_code="C002")

    assert write(case, type_code="C002", by=UserFactory(role=Role.SPO)).type_code == "C002"


def test_seen_without_an_appointment_they_were_seen_this_month_and_followed_up(case):
    missed = AppointmentFactory(case=case, at=AT - 2 * DAYS)
    known = {"case": case, "triggered_on": (AT - 2 * DAYS).date()}
    DeadlineFactory(kind="monthly_contact", due_on=(AT + 20 * DAYS).date(), **known)
    DeadlineFactory(kind="offer_again", appointment=missed, due_on=AT.date(), **known)

    write(case, type_code="COUP")

    assert not Deadline.objects.unmet().exists()


def test_what_is_written_down_late_answers_for_the_month_in_which_they_were_seen(case):
    late = AT + 22 * DAYS
    known = {"case": case, "triggered_on": late.date(), "due_on": (AT + 29 * DAYS).date()}
    DeadlineFactory(kind="monthly_contact", **known)

    write(case, type_code="COUP", now=late)

    assert not Deadline.objects.unmet().exists()


def test_a_call_is_not_seeing_them(case):
    known = {"case": case, "triggered_on": AT.date(), "due_on": (AT + 20 * DAYS).date()}
    DeadlineFactory(kind="monthly_contact", **known)

    line = write(case)

    assert line.attended is None
    assert Deadline.objects.unmet().exists()


@pytest.mark.parametrize(("kind", "at_home"), [("COUP", 0), ("C253", 1)])
def test_whoever_was_seen_counts_as_seen_by_the_figures_and_the_night_that_follows(
    case, kind, at_home
):
    StandingFactory(case=case, contact_level="weekly")
    SentenceFactory(case=case, started_on=date(2018, 1, 1))

    write(case, type_code=kind)

    today = (AT + 28 * DAYS).date()
    found = figures_of([case.pk], today, 12)[case.pk].figures
    assert (found.delivered, found.unplanned, found.home_visits) == (1, 1, at_home)
    assert owe_months(case_ids=[case.pk], today=today)["months_opened"] == 0


def test_seeing_them_last_month_is_not_seeing_them_in_this(case):
    known = {"case": case, "triggered_on": AT.date(), "due_on": (AT + 20 * DAYS).date()}
    DeadlineFactory(kind="monthly_contact", **known)

    write(case, type_code="COUP", at=AT - 3 * DAYS)

    assert Deadline.objects.unmet().exists()


def test_what_is_looked_for_is_kept_and_the_trail_does_not_repeat_it(case):
    search = remember_note_search(case=case, text="  the   flat ", by=case.officer)

    assert Search.objects.get().text == "the flat"
    assert "flat" not in str(Entry.objects.get(action="searched_notes").detail)
    assert search.by == case.officer


def test_nothing_is_looked_for_without_a_word(case):
    with pytest.raises(RuleBroken):
        remember_note_search(case=case, text="  ", by=case.officer)
