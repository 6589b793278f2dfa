"""A hand-over from end to end: offered, accepted by a named officer, refused or taken back.

The sender holds the case until it is accepted; whatever is owed goes along by itself. Source: product rules, GRID ("until
then the CRC officer owns it"), roles (the hub records what the NPS decides). Its rules are `cases.rules.transfers`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Allocation, Transfer
from cases.queries.candidates import candidate
from cases.queries.holding import covers, holds_or_covers
from cases.queries.recipients import let_in, seniors_of
from cases.queries.transfers import stands_open, told_of_answer
from cases.reference.arriving import CameFrom
from cases.reference.codes import CaseState
from cases.reference.holding import LeftAs, TransferKind, TransferState
from cases.rules import transfers as rules
from cases.rules.holding import check_may_hold
from cases.services.arrivals import arrive_by_hand_over
from cases.services.checks import lock_case
from cases.services.deadlines import open_deadline
from cases.services.facts import facts_changed
from cases.services.holding import (
    TO_THE_NPS,
    close_history,
    lock_officers,
    page_of,
    put_in_hands,
)
from cases.services.leaving import come_back, leave
from cases.services.limited_access import follow_officers
from cases.services.telling import tell
from cases.services.transfer_rows import OWES, answer, let_them_in
from cases.services.victim_notices import raise_for_victim
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

CAME_FROM = {
    TransferKind.FROM_NPS: CameFrom.NPS,
    TransferKind.FROM_PROVIDER: CameFrom.PROVIDER,
}
LONGEST_HOLDER = 200  # letters


@transaction.atomic
def offer_transfer(
    *, case, kind, note, by, now, to_officer=None, outside="", outside_officer="", caretaker=None, departure=None,
    together=False,
):  # fmt: skip
    """Offer a case to another holder. Whoever has it has it until a named officer accepts. Returns the offer.

    `note`: what whoever takes it must know; `caretaker`: who sees the person until then, where that is not the sender;
    `departure`: why it is offered, where somebody leaves; `together`: it is one of many. Then whoever offers them tells
    each receiver once of all their cases.
    """
    case, today, kind = lock_case(case), localtime(now).date(), TransferKind(kind)
    rules.check_may_offer(kind, _standing(case))
    note, outside = rules.check_offer_says(
        kind, note=note, outside=outside, to_somebody=to_officer is not None
    )
    rules.check_offered_by(
        name=by.name, role=Role(by.role), holds=holds_or_covers(case, by, today), kind=kind
    )
    to_officer, caretaker = _checked(case, (to_officer, caretaker), today)
    if to_officer and to_officer.pk == case.officer_id:
        raise RuleBroken(f"{to_officer.name} holds this case already.")
    offer = Transfer.objects.create(
        case=case, kind=kind, state=TransferState.OFFERED, from_officer_id=case.officer_id, from_team_id=case.team_id,
        to_officer=to_officer, outside=outside, outside_officer=outside_officer.strip()[: rules.LONGEST_OUTSIDE],
        note=note, carried=stands_open(case, now, today), caretaker=caretaker, departure=departure, offered_at=now,
        offered_by=by,
    )  # fmt: skip
    let_them_in(offer, by=by, today=today)
    open_deadline(
        case=case, kind=OWES, triggered_on=today, why=_why(offer, today), by=by, today=today
    )
    record(by=by, action="offered_transfer", crn=case.crn, transfer=offer.pk, kind=str(kind))
    _tell_of_offer(offer, together or departure is not None, by=by, now=now)
    return offer


def _standing(case):
    return rules.Standing(
        supervised=case.state == CaseState.SUPERVISED,
        retained=bool(case.retained_by),
        left_as=case.left_as,
        offered=case.transfers.waiting().exists(),
    )


def _checked(case, officers, today):
    """Each of ours who is to have the case or to see to it, held; None where nobody is named."""
    held = lock_officers({one.pk for one in officers if one})
    for one in held.values():
        check_may_hold(candidate(one, case, today), today)
    return [held[one.pk] if one else None for one in officers]


def _why(offer, today):
    to = offer.to_officer.name if offer.to_officer else offer.outside
    return f"Offered to {to} by {offer.offered_by.name} on {say_date(today)}"


def _tell_of_offer(offer, together, *, by, now):
    """Of many at once their receivers are told together, and not here."""
    case, crn = offer.case, offer.case.crn
    said = [(offer.caretaker_id, f"You see the person on {crn} until a hand-over is accepted.")]
    if not together:
        said += [
            (
                offer.to_officer_id,
                f"{by.name} offers you {crn}. Read what goes with it, then accept or refuse it.",
            ),
            (
                offer.from_officer_id,
                f"{by.name} offered {crn} to another holder. It is yours until it is accepted.",
            ),
        ]
    for key, text in said:
        told = let_in(case, {key} - {None, by.pk})
        tell(case=case, users=told, text=text, href=page_of(case), now=now)


@transaction.atomic
def accept_transfer(*, transfer, by, now, outside_officer=""):
    """A named officer takes the case: from this moment it is theirs. Returns the hand-over as it stands."""
    case, offer = _lock(transfer)
    today, kind = localtime(now).date(), TransferKind(offer.kind)
    rules.check_becomes(offer.state, TransferState.ACCEPTED)
    _check_answers(offer, by, today)
    rules.check_may_move(kind, _standing(case))
    named = rules.check_named_outside(kind, outside_officer or offer.outside_officer)
    if offer.to_officer:
        _checked(case, [offer.to_officer], today)
    before = seniors_of(case, today)
    offer.outside_officer = named
    answer(offer, TransferState.ACCEPTED, by=by, now=now)
    _move(case, offer, by=by, now=now)
    after = told_of_answer(offer, case, today, by)
    told = {one.pk for one in [*before, *after]} | {offer.to_officer_id} - {None}
    to = offer.to_officer.name if offer.to_officer else f"{named}, {offer.outside}"
    heard = let_in(case, told - {by.pk})
    for begins in (True, False):  # whoever holds it now has to
        users = [one for one in heard if (one.pk == offer.to_officer_id) == begins]
        if users:
            text, href = f"{case.crn} was accepted: {to} holds it now.", page_of(case)
            tell(case=case, users=users, text=text, href=href, now=now, for_information=not begins)
    return offer


def _move(case, offer, *, by, now):
    """The case goes to whoever accepted it. What is owed stays on it, and is theirs."""
    match TransferKind(offer.kind):
        case TransferKind.OFFICER:
            put_in_hands(case, officer=offer.to_officer, by=by, now=now)
        case TransferKind.NPS:
            _give_to(case, offer, reason=TO_THE_NPS, now=now)
            case.retained_by = f"{offer.outside_officer}, {offer.outside}"[:LONGEST_HOLDER]
            case.save(update_fields=["retained_by"])
            follow_officers(case_ids=[case.pk], by=by)
        case TransferKind.PROVIDER:
            _give_to(case, offer, reason="", now=now)
            because = f"Supervised by {offer.outside} from now on"
            leave(case=case, left_as=LeftAs.ELSEWHERE, because=because, by=by, now=now)
            follow_officers(case_ids=[case.pk], by=by)
        case TransferKind.FROM_NPS | TransferKind.FROM_PROVIDER:
            if case.left_as:
                case.left_as = come_back(case=case, by=by, now=now).left_as
            put_in_hands(case, officer=offer.to_officer, by=by, now=now)
            came_from = CAME_FROM[TransferKind(offer.kind)]
            arrive_by_hand_over(case=case, came_from=came_from, by=by, now=now)
    facts_changed(case_ids=[case.pk], now=now)
    raise_for_victim(case=case, by=by, now=now)


def _give_to(case, offer, *, reason, now):
    """Nobody of ours holds it any more; the history says who does."""
    today, was = localtime(now).date(), case.officer_id
    case.officer = case.officer_since = None
    case.save(update_fields=["officer", "officer_since"])
    close_history(case, was=was, today=today)
    Allocation.objects.create(
        case=case,
        officer_name=f"{offer.outside_officer}, {offer.outside}"[:LONGEST_HOLDER],
        reason_code=reason,
        active=True,
        from_on=today,
    )


@transaction.atomic
def refuse_transfer(*, transfer, because, by, now):
    """Whoever was offered it says no, and why. Nothing moves: the sender has it as before."""
    _, offer = _lock(transfer)
    because = rules.check_says_why(because)
    rules.check_becomes(offer.state, TransferState.REFUSED)
    _check_answers(offer, by, localtime(now).date())
    text = "A hand-over of {crn} was refused. Whoever held it holds it still: see why, and decide what to do."
    return _not_taken(offer, TransferState.REFUSED, because, text, by=by, now=now)


@transaction.atomic
def withdraw_transfer(*, transfer, because, by, now):
    """The offer is taken back by whoever's it is, with a reason. Nothing moves."""
    _, offer = _lock(transfer)
    because = rules.check_says_why(because)
    rules.check_becomes(offer.state, TransferState.WITHDRAWN)
    rules.check_withdrawn_by(is_named=_is_named(offer, by, localtime(now).date()))
    text = "A hand-over of {crn} was taken back. Whoever held it holds it still."
    return _not_taken(offer, TransferState.WITHDRAWN, because, text, by=by, now=now)


def _not_taken(offer, to, because, text, *, by, now):
    case = offer.case
    told = {one.pk for one in told_of_answer(offer, case, localtime(now).date(), by)}
    told |= {offer.to_officer_id, offer.caretaker_id} - {None, by.pk}
    offer.because = because
    answer(offer, to, by=by, now=now)
    tell(
        case=case,
        users=let_in(case, told),
        text=text.format(crn=case.crn),
        href=page_of(case),
        now=now,
    )
    return offer


def _lock(transfer):
    """The case and the offer, both held: whoever comes second finds it answered."""
    case = lock_case(transfer.case)
    offer = Transfer.objects.select_for_update(no_key=True).get(pk=transfer.pk)
    offer.case = case
    return case, offer


def _is_named(offer, by, today):
    """Whether they were offered it, or cover for whoever was."""
    return offer.to_officer_id == by.pk or covers(by, offer.to_officer_id, today)


def _check_answers(offer, by, today):
    name = offer.to_officer.name if offer.to_officer else ""
    rules.check_answered_by(
        TransferKind(offer.kind), is_named=_is_named(offer, by, today), name=name
    )
