"""A case changes hands only when a named officer accepts it, once, whatever else happens at that moment."""

from datetime import timedelta

import pytest
from django.db.models import Q

from cases.models import Allocation, Assignment, Case, Deadline, Notice, Transfer
from cases.reference.codes import Capacity
from cases.reference.holding import LeftAs, TransferKind, TransferState
from cases.services.cover import arrange_absence
from cases.services.holding import name_officer
from cases.services.leaving import leave
from cases.services.limited_access import limit_case
from cases.services.transfers import (
    accept_transfer,
    offer_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    AppointmentFactory,
    CaseFactory,
    DepartureFactory,
    EnquiryFactory,
    InterimPlanFactory,
    RestrictionFactory,
    TransferFactory,
    UserFactory,
    limit,
)
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db
NOTE = "Sees the children on Saturdays; the police have not answered."
WHY = "I hold fifty already."


def offered(case=None, kind=TransferKind.OFFICER, by=None, **rest):
    case = case or CaseFactory()
    if kind in (TransferKind.OFFICER, TransferKind.FROM_NPS, TransferKind.FROM_PROVIDER):
        rest.setdefault("to_officer", UserFactory())
    else:
        rest.setdefault("outside", "NPS Reading")
    by = by or case.officer or UserFactory(role=Role.SPO, team=case.team)
    return offer_transfer(case=case, kind=kind, note=NOTE, by=by, now=NOW, **rest)


def accepted(offer, by=None, **rest):
    return accept_transfer(
        transfer=offer, by=by or offer.to_officer or offer.offered_by, now=NOW, **rest
    )


def test_the_sender_holds_it_until_the_named_officer_accepts_and_then_it_is_theirs_with_what_is_owed():
    case = CaseFactory()
    owed = Deadline.objects.create(
        case=case, kind="make_plan", owner_role=Role.OFFICER, triggered_on=TODAY, due_on=TODAY, why="By rule"
    )  # fmt: skip
    sender, offer = case.officer, offered(case)
    case.refresh_from_db()
    assert case.officer == sender

    accepted(offer)

    case.refresh_from_db()
    assert (case.officer, case.officer_since) == (offer.to_officer, TODAY)
    assert case.team == offer.to_officer.team
    assert owed in case.deadlines.unmet().ours()
    assert not case.deadlines.unmet().filter(kind="answer_transfer").exists()
    held = [(one.officer, one.active) for one in case.allocations.order_by("pk")]
    assert held == [(sender, False), (offer.to_officer, True)]


def test_what_stood_open_is_kept_with_the_offer_by_kind_and_key():
    case = CaseFactory()
    enquiry, plan = EnquiryFactory(case=case), InterimPlanFactory(case=case)
    order = RestrictionFactory(case=case)
    booked = AppointmentFactory(contact__case=case, contact__started_at=NOW + timedelta(days=2))

    offer = offered(case)

    assert offer.carried["enquiries"] == [enquiry.pk]
    assert offer.carried["interim_plan"] == [plan.pk]
    assert offer.carried["restrictions"] == [order.pk]
    assert offer.carried["appointments"] == [booked.pk]


def test_the_receiver_and_the_caretaker_can_read_it_until_it_is_answered():
    receiver, caretaker = UserFactory(), UserFactory()
    offer = offered(to_officer=receiver, caretaker=caretaker)
    held = Assignment.objects.filter(case=offer.case).values_list("user", "capacity")
    assert set(held) == {(receiver.pk, Capacity.RECEIVING), (caretaker.pk, Capacity.CARETAKER)}
    assert offer.case in Case.objects.open_to(receiver, Action.VIEW_CASE)

    refuse_transfer(transfer=offer, because=WHY, by=receiver, now=NOW)

    assert not Assignment.objects.on(TODAY + timedelta(days=1)).exists()


def test_a_case_whose_limits_follow_the_officer_is_open_to_whoever_is_offered_it_and_to_no_sender_after():
    case = CaseFactory()
    limit_case(case=case, restricted=True, by=None)
    sender, offer = case.officer, offered(case)
    assert case in Case.objects.open_to(offer.to_officer, Action.VIEW_CASE)

    accepted(offer)

    assert case in Case.objects.open_to(offer.to_officer, Action.VIEW_CASE)
    assert case not in Case.objects.open_to(sender, Action.VIEW_CASE)


def test_appointments_to_come_go_into_the_diary_of_whoever_accepts():
    case = CaseFactory()
    booked = AppointmentFactory(
        contact__case=case, contact__started_at=NOW + timedelta(days=2), officer=case.officer
    )

    offer = accepted(offered(case))

    booked.refresh_from_db()
    assert booked.officer == offer.to_officer


def test_nothing_moves_when_it_is_refused_and_the_reason_stays():
    offer = offered()
    sender = offer.case.officer

    refuse_transfer(transfer=offer, because=WHY, by=offer.to_officer, now=NOW)

    offer.refresh_from_db()
    assert (offer.state, offer.because) == (TransferState.REFUSED, WHY)
    assert Case.objects.get().officer == sender
    assert Notice.objects.filter(user=sender, text__contains="refused").exists()
    assert not Deadline.objects.unmet().filter(kind="answer_transfer").exists()


def test_only_the_named_officer_or_whoever_covers_for_them_answers():
    offer = offered()
    senior = UserFactory(role=Role.SPO, team=offer.case.team)
    with pytest.raises(RuleBroken, match="or whoever covers"):
        accepted(offer, by=senior)
    cover = UserFactory(team=offer.to_officer.team)
    AbsenceFactory(user=offer.to_officer, cover=cover, from_on=TODAY, to_on=TODAY)

    accepted(offer, by=cover)

    assert Case.objects.get().officer == offer.to_officer


def test_cover_arranged_after_the_offer_can_read_the_case_on_those_days_and_answer():
    offer, cover = offered(), UserFactory()

    arrange_absence(
        user=offer.to_officer, from_on=TODAY, to_on=TODAY, cover=cover, by=offer.to_officer, today=TODAY
    )  # fmt: skip

    let_in = Assignment.objects.get(case=offer.case, user=cover)
    assert (let_in.capacity, let_in.from_on, let_in.to_on) == (Capacity.RECEIVING, TODAY, TODAY)
    accepted(offer, by=cover)
    assert Case.objects.get().officer == offer.to_officer


def test_whoever_was_offered_it_refuses_it_rather_than_takes_it_back():
    offer = offered()
    with pytest.raises(RuleBroken, match="refuse it"):
        withdraw_transfer(transfer=offer, because=WHY, by=offer.to_officer, now=NOW)

    withdraw_transfer(transfer=offer, because=WHY, by=offer.offered_by, now=NOW)

    assert Transfer.objects.get().state == TransferState.WITHDRAWN


@pytest.mark.parametrize("state", sorted(set(TransferState) - {TransferState.OFFERED}))
def test_an_answered_hand_over_is_answered_for_good(state):
    offer = TransferFactory(state=state, answered_at=NOW, because="Said before")
    say = {"transfer": offer, "now": NOW}

    for act in (
        lambda: accept_transfer(by=offer.to_officer, **say),
        lambda: refuse_transfer(by=offer.to_officer, because=WHY, **say),
        lambda: withdraw_transfer(by=offer.offered_by, because=WHY, **say),
    ):
        with pytest.raises(RuleBroken, match="is answered"):
            act()


def test_a_case_is_not_offered_twice_nor_to_whoever_may_not_have_it():
    case = CaseFactory()
    leaver = DepartureFactory(last_on=TODAY - timedelta(days=1)).user
    shut_out = UserFactory()
    limit(case, kept_out=[shut_out])
    closed, senior = UserFactory(is_active=False), UserFactory(role=Role.SPO)
    refused = [
        (leaver, "last day"), (shut_out, "shut"), (closed, "no open account"), (senior, "cannot hold"),
        (case.officer, "already"),
    ]  # fmt: skip
    for somebody, words in refused:
        with pytest.raises(RuleBroken, match=words):
            offered(case, to_officer=somebody)

    offered(case)

    with pytest.raises(RuleBroken, match="offered already"):
        offered(case)


def test_an_offer_says_something_and_comes_from_whoever_holds_the_case():
    case = CaseFactory()
    with pytest.raises(RuleBroken, match="must know"):
        offer_transfer(
            case=case, kind=TransferKind.OFFICER, note="n/a", to_officer=UserFactory(), by=case.officer, now=NOW
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="do not hold"):
        offered(case, by=UserFactory(team=case.team))


def test_to_the_nps_it_is_ours_until_somebody_there_is_named():
    offer = offered(kind=TransferKind.NPS)
    with pytest.raises(RuleBroken, match="by name"):
        accepted(offer)
    assert Case.objects.ours().exists()

    accepted(offer, outside_officer="Pat Lane")

    case = Case.objects.get()
    assert (case.retained_by, case.officer) == ("Pat Lane, NPS Reading", None)
    assert not Case.objects.ours().exists()


def test_back_from_the_nps_it_is_ours_again_once_our_officer_accepts():
    case = CaseFactory(officer=None, retained_by="Pat Lane, NPS Reading")
    offer = offered(case, TransferKind.FROM_NPS)
    assert not Case.objects.ours().exists()

    accepted(offer)

    assert Case.objects.ours().get().officer == offer.to_officer


def test_to_another_provider_the_clocks_stand_still_and_run_again_once_it_is_back():
    case = CaseFactory()
    owed = Deadline.objects.create(
        case=case, kind="make_plan", owner_role=Role.OFFICER, triggered_on=TODAY, due_on=TODAY, why="By rule"
    )  # fmt: skip
    accepted(offered(case, TransferKind.PROVIDER), outside_officer="Jo Day")
    owed.refresh_from_db()
    case.refresh_from_db()
    assert (case.left_as, owed.paused_on) == (LeftAs.ELSEWHERE, TODAY)

    accepted(offered(case, TransferKind.FROM_PROVIDER))

    owed.refresh_from_db()
    assert (Case.objects.ours().count(), owed.paused_on, owed.met_on) == (1, None, None)


def test_what_is_offered_of_somebody_who_leaves_us_is_taken_back():
    offer = offered()

    leave(case=offer.case, left_as=LeftAs.DIED, because="Her sister rang", by=offer.case.officer, now=NOW)  # fmt: skip

    assert Transfer.objects.get().state == TransferState.WITHDRAWN
    with pytest.raises(RuleBroken, match="closed: died"):
        offered(Case.objects.get())


def test_both_seniors_and_the_sender_hear_that_it_was_accepted():
    case, receiver = CaseFactory(), UserFactory()
    seniors = [UserFactory(role=Role.SPO, team=team) for team in (case.team, receiver.team)]
    sender = case.officer

    accepted(offered(case, to_officer=receiver))

    told = set(
        Notice.objects.filter(text__contains="was accepted").values_list("user", "for_information")
    )
    assert told == {(sender.pk, True), *((one.pk, True) for one in seniors)}


def test_whoever_holds_it_now_by_their_cover_s_answer_is_not_told_for_information_alone():
    receiver, cover = UserFactory(), UserFactory()
    AbsenceFactory(user=receiver, cover=cover, from_on=TODAY, to_on=TODAY)

    accepted(offered(CaseFactory(), to_officer=receiver), by=cover)

    told = dict(
        Notice.objects.filter(text__contains="was accepted").values_list("user", "for_information")
    )
    assert told[receiver.pk] is False
    assert set(told.values()) == {True, False}


def test_each_step_stands_in_the_trail_without_a_word_of_what_was_written():
    offer = accepted(offered())

    steps = Entry.objects.filter(Q(action="offered_transfer") | Q(action="accepted_transfer"))
    assert [one.detail for one in steps.order_by("pk")] == [
        {"transfer": offer.pk, "kind": "officer"},
        {"transfer": offer.pk, "kind": "officer"},
    ]


def at_once(*works):
    """Each in a process of its own, and how many of them did not find it answered."""

    def quietly(work):
        try:
            work()
        except RuleBroken:
            return

    wait(*(fork(lambda work=work: quietly(work)) for work in works))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_heard_and_the_case_has_one_holder():
    offer = offered()
    cover = UserFactory()
    AbsenceFactory(user=offer.to_officer, cover=cover, from_on=TODAY, to_on=TODAY)

    at_once(
        lambda: accepted(offer),
        lambda: accepted(offer, by=cover),
        lambda: withdraw_transfer(transfer=offer, because=WHY, by=offer.offered_by, now=NOW),
    )

    offer.refresh_from_db()
    case = Case.objects.get()
    assert Entry.objects.filter(action__in=["accepted_transfer", "withdrawn_transfer"]).count() == 1
    moved = offer.state == TransferState.ACCEPTED
    assert case.officer == (offer.to_officer if moved else offer.from_officer)
    assert Allocation.objects.filter(active=True).count() == (1 if moved else 0)


@pytest.mark.django_db(transaction=True)
def test_naming_an_officer_and_accepting_at_once_leave_one_holder():
    case = CaseFactory(officer=None)
    offer, other = offered(case), UserFactory(team=case.team)
    senior = offer.offered_by

    at_once(
        lambda: accepted(offer),
        lambda: name_officer(case=case, officer=other, because="Knows the family", by=senior, now=NOW),
    )  # fmt: skip

    offer.refresh_from_db()
    assert offer.state == TransferState.ACCEPTED
    assert Case.objects.get().officer == offer.to_officer
    assert Allocation.objects.filter(active=True).count() == 1
