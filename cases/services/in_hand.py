"""Replies in hand: kept from the moment they are pasted or attached, until each stands where it belongs.

Source: product rules, checks (paste or upload a reply and it finds its enquiry; nothing typed is lost).
"""

from dataclasses import dataclass

from django.db import transaction

from cases.agencies.files import examine
from cases.models import Enquiry, ReplyInHand
from cases.reference.agencies import DocumentKind
from cases.rules.references import references_in
from cases.rules.uploads import Kind, why_refused
from cases.services.documents import keep_document
from staff.audit import record
from staff.errors import RuleBroken

LONGEST = 200  # letters of what became of it


@dataclass(frozen=True)
class Taken:
    """What was taken in, and why its file was not kept, where it was not."""

    in_hand: ReplyInHand
    refused: str = ""


@transaction.atomic
def take_in(*, text, by, now, content=None):
    """Keep what somebody pasted or attached, as it came. Where the file is refused its words are kept."""
    text = text.strip()
    if not text and content is None:
        raise RuleBroken("Paste the words of the reply, or attach it.")
    contents = examine(content) if content is not None else None
    refused = why_refused(contents) if contents else ""
    readable = contents and (not refused or contents.kind == Kind.EMAIL)
    found = contents.text.strip() if readable else ""
    words = "\n\n".join(filter(None, [text, found if found not in text else ""]))
    if refused and not words:
        raise RuleBroken(refused)
    document = None
    if contents and not refused:
        document = keep_document(
            case=None,
            enquiry=None,
            kind=DocumentKind.REPLY,
            content=content,
            contents=contents,
            by=by,
            now=now,
        )
    in_hand = ReplyInHand.objects.create(text=words, document=document, at=now, by=by)
    record(
        by=by,
        action="took_in_reply",
        reply=str(in_hand.key),
        refused_file=str(contents.kind) if refused else "",
    )
    return Taken(in_hand, refused)


@transaction.atomic
def set_aside(*, in_hand, because, by, now):
    """Say that it belongs to no enquiry, and why; it is kept."""
    in_hand = ReplyInHand.objects.select_for_update().get(pk=in_hand.pk)
    if in_hand.settled_at:
        raise RuleBroken(f"This has been dealt with: {in_hand.settled_as}.")
    if not because.strip():
        raise RuleBroken("Say why it belongs to no enquiry.")
    _settle(in_hand, f"Set aside: {because.strip()}", now)
    record(by=by, action="set_aside_reply", reply=str(in_hand.key))
    return in_hand


def put_with(in_hand, enquiry, became, *, now):
    """Say that it now stands on this enquiry. Settled when every enquiry it names has been seen to."""
    if in_hand is None:
        return
    in_hand = ReplyInHand.objects.select_for_update().get(pk=in_hand.pk)
    in_hand.enquiries.add(enquiry)
    if in_hand.settled_at is None and not still_named(in_hand):
        _settle(in_hand, became, now)


def still_named(in_hand):
    """The enquiries that it names by reference and on which it has not been recorded."""
    named = Enquiry.objects.filter(pk__in=references_in(in_hand.text))
    return named.exclude(pk__in=in_hand.enquiries.values("pk")).order_by("pk")


def _settle(in_hand, became, now):
    in_hand.settled_at, in_hand.settled_as = now, became[:LONGEST]
    in_hand.save()
