"""Two who book the same time at once: both are booked, and the second sees the clash. Source: product rules, failures."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from cases.models import Appointment
from cases.services.appointments import book_appointment
from tests.factories import NOW, CaseFactory, SentenceFactory

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY_TEN = datetime(2018, 10, 2, 9, tzinfo=UTC)


def book_at_once(*cases, officer):
    """Each of these cases is booked for the same time with the same officer, all at the same moment."""
    together, failed = Barrier(len(cases)), []

    def book(case):
        try:
            together.wait()
            book_appointment(
                case=case,
                type_code="COAP",
                starts_at=TUESDAY_TEN,
                minutes=30,
                where="telephone",
                officer=officer,
                enforces="order",
                by=officer,
                now=NOW,
            )
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=book, args=[case]) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def seen():
    return sorted([one["code"] for one in made.seen] for made in Appointment.objects.all())


def test_two_people_with_one_officer_at_one_time_are_booked_and_the_second_is_a_clash():
    first = CaseFactory()
    second = CaseFactory(officer=first.officer, team=first.team)
    for case in (first, second):
        SentenceFactory(case=case)

    book_at_once(first, second, officer=first.officer)

    assert seen() == [[], ["officer_clash"]]


def test_one_person_booked_twice_at_one_time_is_a_clash():
    case = CaseFactory()
    SentenceFactory(case=case)

    book_at_once(case, case, officer=case.officer)

    assert seen() == [[], ["person_clash"]]
    assert all(not one["read"] for made in Appointment.objects.all() for one in made.seen)
