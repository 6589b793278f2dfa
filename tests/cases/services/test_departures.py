"""Somebody leaves: their cases are offered in one go, and what nobody took by the last day is the seniors'."""

from datetime import timedelta

import pytest

from cases.models import Case, Deadline, Departure, Notice, Transfer
from cases.reference.holding import TransferState
from cases.services.departures import begin_departure, cancel_departure, offer_all
from cases.services.taking_over import take_over_left
from cases.services.transfers import accept_transfer
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    DepartureFactory,
    TransferFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FRIDAY = TODAY + timedelta(days=4)
AFTER = NOW + timedelta(days=5)
NOTE = "I leave on Friday. Every police reply is read."


@pytest.fixture
def leaving():
    """An officer with three cases who leaves on Friday, and the senior who arranges it."""
    first = CaseFactory()
    for _ in range(2):
        CaseFactory(officer=first.officer, team=first.team)
    senior = UserFactory(role=Role.SPO, team=first.team)
    departure = begin_departure(user=first.officer, last_on=FRIDAY, by=senior, now=NOW)
    return departure, senior


def offers_to(departure, *receivers):
    cases = Case.objects.filter(officer=departure.user).order_by("pk")
    return [(case, receiver, "") for case, receiver in zip(cases, receivers, strict=True)]


def test_all_are_offered_at_once_with_one_note_and_each_receiver_is_told_once(leaving):
    departure, senior = leaving
    one, other = UserFactory(), UserFactory()

    made = offer_all(
        departure=departure, offers=offers_to(departure, one, other, one), note=NOTE, by=senior, now=NOW
    )  # fmt: skip

    assert {(offer.to_officer, offer.note, offer.departure) for offer in made} == {
        (one, NOTE, departure), (other, NOTE, departure),
    }  # fmt: skip
    told = Notice.objects.order_by("pk").values_list("user", "text")
    assert [(user, "2 cases" in text) for user, text in told] == [(one.pk, True), (other.pk, False)]
    assert Case.objects.filter(officer=departure.user).count() == 3


def test_none_is_offered_where_one_cannot_be_and_it_says_which(leaving):
    departure, senior = leaving
    closed = UserFactory(is_active=False)
    offers = offers_to(departure, UserFactory(), UserFactory(), closed)

    with pytest.raises(RuleBroken, match=f"{offers[2][0].crn}: .*no open account"):
        offer_all(departure=departure, offers=offers, note=NOTE, by=senior, now=NOW)

    assert not Transfer.objects.exists()


def test_on_the_last_day_the_cases_are_still_theirs_and_the_day_after_the_seniors_to_name_somebody(leaving):  # fmt: skip
    departure, senior = leaving
    on_the_day = NOW + timedelta(days=4)
    assert take_over_left(now=on_the_day) == 0

    assert take_over_left(now=AFTER) == 3

    owed = Deadline.objects.unmet().filter(kind="name_officer")
    assert (Case.objects.filter(officer=None).count(), owed.count()) == (3, 3)
    assert "3 cases" in Notice.objects.get(user=senior).text
    departure.refresh_from_db()
    assert departure.done_on == AFTER.date()


def test_asked_again_it_does_nothing_more(leaving):
    take_over_left(now=AFTER)
    before = (
        Notice.objects.count(),
        Case.objects.get(pk=Case.objects.first().pk).allocations.count(),
    )

    assert take_over_left(now=AFTER + timedelta(minutes=1)) == 0

    after = Notice.objects.count(), Case.objects.get(pk=Case.objects.first().pk).allocations.count()
    assert after == before


def test_what_was_offered_and_not_answered_is_accepted_after_the_last_day_all_the_same(leaving):
    departure, senior = leaving
    receiver = UserFactory()
    made = offer_all(
        departure=departure, offers=offers_to(departure, receiver, receiver, receiver), note=NOTE, by=senior, now=NOW
    )  # fmt: skip
    take_over_left(now=AFTER)

    accept_transfer(transfer=made[0], by=receiver, now=AFTER)

    case = Case.objects.get(pk=made[0].case_id)
    assert case.officer == receiver
    assert not case.deadlines.unmet().filter(kind="name_officer").exists()


def test_an_account_closed_without_a_word_leaves_no_case_without_an_owner():
    case = CaseFactory(officer__is_active=False)
    retained = CaseFactory(officer__is_active=False, retained_by="Pat Lane, NPS")

    take_over_left(now=NOW)

    case.refresh_from_db()
    assert (case.officer, case.deadlines.get().kind) == (None, "name_officer")
    assert not retained.deadlines.exists()


def test_what_waited_for_somebody_who_has_left_is_taken_back():
    offer = TransferFactory(to_officer__is_active=False)

    take_over_left(now=NOW)

    offer.refresh_from_db()
    assert offer.state == TransferState.WITHDRAWN
    assert "has left" in offer.because


def test_called_off_the_cases_stay_theirs_and_they_may_be_given_others(leaving):
    departure, senior = leaving

    cancel_departure(departure=departure, by=senior, today=TODAY)

    assert take_over_left(now=AFTER) == 0
    begin_departure(user=departure.user, last_on=FRIDAY, by=senior, now=NOW)
    with pytest.raises(RuleBroken, match="called off already"):
        cancel_departure(departure=departure, by=senior, today=TODAY)


def test_a_leaving_is_arranged_once_for_somebody_who_holds_cases_and_for_a_day_to_come(leaving):
    departure, senior = leaving
    yesterday = TODAY - timedelta(days=1)
    refused = [
        (departure.user, FRIDAY, "is down to leave"), (senior, FRIDAY, "holds no cases"),
        (UserFactory(), yesterday, "has been"), (UserFactory(is_active=False), FRIDAY, "closed"),
    ]  # fmt: skip
    for user, last_on, words in refused:
        with pytest.raises(RuleBroken, match=words):
            begin_departure(user=user, last_on=last_on, by=senior, now=NOW)

    assert Departure.objects.count() == 1


def test_a_case_that_was_given_away_meanwhile_is_not_offered_for_them(leaving):
    departure, senior = leaving
    other = CaseFactory()

    with pytest.raises(RuleBroken, match="any more"):
        offer_all(departure=departure, offers=[(other, UserFactory(), "")], note=NOTE, by=senior, now=NOW)  # fmt: skip


def test_nothing_is_offered_over_a_leaving_that_is_over():
    departure = DepartureFactory(last_on=TODAY, done_on=TODAY)
    case = CaseFactory(officer=departure.user)

    with pytest.raises(RuleBroken, match="is over"):
        offer_all(
            departure=departure, offers=[(case, UserFactory(), "")], note=NOTE, by=departure.begun_by, now=NOW
        )  # fmt: skip
