"""Fares: given once unless knowingly, exact to the penny, taken back for a reason, never to somebody who has left us."""

from datetime import timedelta

import pytest

from cases.models import Case, Fare
from cases.queries.fares import fares_among, sums_of
from cases.reference.holding import LeftAs
from cases.services.fares import give_fare, take_back_fare
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import NOW, TODAY, AppointmentFactory, CaseFactory, FareFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def given(case, now=NOW, **said):
    known = {"kind": "cash", "pence": 480, "journey": "Slough to Reading", "voucher": "", "signed_for": True}  # fmt: skip
    return give_fare(case=case, by=case.officer, now=now, **known | said)


def test_given_it_stands_with_who_gave_it_and_the_trail_says_how_much(case):
    fare = given(case)

    assert (fare.pence, fare.given_by) == (480, case.officer)
    detail = Entry.objects.get(action="gave_fare").detail
    assert detail == {"fare": fare.pk, "pence": 480, "again": False}


def test_a_second_of_the_day_is_given_knowingly_and_of_another_day_without_more(case):
    given(case)
    with pytest.raises(RuleBroken, match="given £4.80 today already"):
        given(case)

    given(case, again=True)
    given(case, now=NOW + timedelta(days=1))

    assert Fare.objects.count() == 3


def test_a_second_for_the_same_appointment_is_refused_on_any_day(case):
    one = AppointmentFactory(case=case).contact
    given(case, appointment=one)

    with pytest.raises(RuleBroken, match="for this appointment already"):
        given(case, now=NOW + timedelta(days=5), appointment=one)
    with pytest.raises(RuleBroken, match="no appointment of theirs"):
        given(case, now=NOW + timedelta(days=5), appointment=AppointmentFactory().contact)


def test_taken_back_it_counts_no_more_and_may_be_given_again(case):
    fare = given(case)
    with pytest.raises(RuleBroken, match="Say why"):
        take_back_fare(fare=fare, because=" - ", by=case.officer, now=NOW)

    take_back_fare(fare=fare, because="Not used, and handed in", by=case.officer, now=NOW)

    assert sums_of(fares_among(Case.objects.all(), TODAY, TODAY)).count == 0
    given(case)
    with pytest.raises(RuleBroken, match="taken back already"):
        take_back_fare(fare=fare, because="Not used, and handed in", by=case.officer, now=NOW)


@pytest.mark.parametrize("left_as", [LeftAs.DIED, LeftAs.ENDED, LeftAs.ELSEWHERE])
def test_nothing_is_given_to_somebody_who_has_left_us(left_as):
    with pytest.raises(RuleBroken):
        given(CaseFactory(left_as=left_as))


def test_sums_are_of_whole_pence_by_kind_and_team_of_the_days_asked():
    for pence, kind in ((10, "cash"), (20, "cash"), (1_999, "voucher")):
        FareFactory(pence=pence, kind=kind)
    FareFactory(given_at=NOW - timedelta(days=1))

    sums = sums_of(fares_among(Case.objects.all(), TODAY, TODAY))

    assert (sums.count, sums.total) == (3, "£20.29")
    assert [(one.value, one.detail) for one in sums.by_kind] == [
        ("£0.30", "2 fares"),
        ("£19.99", "1 fare"),
    ]
