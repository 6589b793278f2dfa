"""The row of a hand-over, and what stands with it until it is answered: who may read the case, and the clock of the answer.

Source: product rules, GRID (hand-over accepted by a named officer), roles (assigned). The verbs are in
`cases.services.transfers`, which hold the case.
"""

from django.utils.timezone import localtime

from cases.models import Assignment, Transfer
from cases.queries.holding import covers_to_come
from cases.reference.codes import Capacity
from cases.reference.holding import TransferState
from cases.rules.transfers import check_becomes
from cases.services.deadlines import meet_deadline
from cases.services.limited_access import follow_officers
from staff.audit import record

OWES = "answer_transfer"
LONGEST_BECAUSE = 500  # letters that are kept
MEANWHILE = (Capacity.RECEIVING, Capacity.CARETAKER)


def let_them_in(offer, *, by, today):
    """Whoever is offered it, whoever covers for them, and whoever sees the person meanwhile can read it."""
    given = []
    if offer.to_officer:
        given.append((offer.to_officer, Capacity.RECEIVING, today, None))
        given += [
            (away.cover, Capacity.RECEIVING, max(today, away.from_on), away.to_on)
            for away in covers_to_come(offer.to_officer, today)
        ]
    if offer.caretaker:
        given.append((offer.caretaker, Capacity.CARETAKER, today, None))
    Assignment.objects.bulk_create(
        [
            Assignment(case=offer.case, user=user, capacity=capacity, from_on=first, to_on=last)
            for user, capacity, first, last in given
        ]
    )
    follow_officers(case_ids=[offer.case_id], by=by)


def let_cover_in(absence):
    """Whoever covers for somebody away reads, on those days, what they are offered and answers in their place."""
    waiting = Transfer.objects.offered_to(absence.user).values_list("case", flat=True)
    Assignment.objects.bulk_create(
        Assignment(
            case_id=case,
            user=absence.cover,
            capacity=Capacity.RECEIVING,
            from_on=absence.from_on,
            to_on=absence.to_on,
        )
        for case in waiting
    )


def answer(offer, to, *, by, now):
    """What every answer has in common: it is kept, its clock stops, and nobody is let in for its sake any more."""
    case, today = offer.case, localtime(now).date()
    check_becomes(offer.state, to)
    offer.state, offer.answered_at, offer.answered_by = to, now, by
    offer.save()
    meet_deadline(case=case, kind=OWES, by=by, today=today)
    meanwhile = Assignment.objects.filter(case=case, capacity__in=MEANWHILE)
    meanwhile.filter(from_on__gt=today).delete()
    meanwhile.on(today).update(to_on=today)
    record(by=by, action=f"{to}_transfer", crn=case.crn, transfer=offer.pk, kind=offer.kind)
    follow_officers(case_ids=[case.pk], by=by)


def end_offer(case, because, *, by, now):
    """Take back what is offered of a case that nobody supervises here any more. The case is held."""
    for offer in case.transfers.waiting().select_for_update(no_key=True):
        offer.case, offer.because = case, because[:LONGEST_BECAUSE]
        answer(offer, TransferState.WITHDRAWN, by=by, now=now)
