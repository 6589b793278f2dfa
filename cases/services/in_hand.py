"""Replies in hand, until each stands where it belongs: with its enquiries, passed on, or set aside.

Source: product rules, checks (nothing typed is lost). Taking them in is in `cases.services.taking_in`.
"""

from django.db import transaction

from cases.models import Enquiry, ReplyInHand
from cases.queries.reply_came import taken_off
from cases.rules.references import references_in
from staff.audit import record
from staff.errors import RuleBroken

LONGEST = 200  # letters of what became of it
RECORDED = "Recorded on"  # the enquiry, whose reference follows


@transaction.atomic
def set_aside(*, in_hand, because, by, now):
    """Say that it belongs to no enquiry, and why; it is kept."""
    in_hand = hold(in_hand)
    if in_hand.settled_at:
        raise RuleBroken(f"This has been dealt with: {in_hand.settled_as}.")
    if not because.strip():
        raise RuleBroken("Say why it belongs to no enquiry.")
    settle(in_hand, f"Set aside: {because.strip()}", now)
    record(by=by, action="set_aside_reply", reply=str(in_hand.key))
    return in_hand


def hold(in_hand):
    """As it stands now, held, where there is one. The case is held before it, and its document after."""
    return in_hand and ReplyInHand.objects.select_for_update().get(pk=in_hand.pk)


def put_with(in_hand, enquiry, became, *, now):
    """Say that it now stands on this enquiry. Settled when every enquiry it names has been seen to."""
    in_hand = hold(in_hand)
    if in_hand is None:
        return
    in_hand.enquiries.add(enquiry)
    if in_hand.settled_at is None and not still_named(in_hand):
        settle(in_hand, became, now)


def still_named(in_hand):
    """The enquiries that it names by reference and on which it has not been recorded, nor taken off them again."""
    numbers = set(references_in(in_hand.text))
    named = Enquiry.objects.filter(pk__in=numbers - taken_off(in_hand, numbers))
    return named.exclude(pk__in=in_hand.enquiries.values("pk")).order_by("pk")


def settle(in_hand, became, now):
    """Nothing more is to be done with it. `became`: what became of it, in words."""
    in_hand.settled_at, in_hand.settled_as = now, became[:LONGEST]
    in_hand.save()
