"""Taking in a reply: kept at once as it came, its file looked at, passed on unseen where it is about a
case that is kept from whoever holds it.

Source: product rules, checks (paste or upload a reply and it finds its enquiry) and limited access.
"""

from dataclasses import dataclass

from django.db import transaction

from cases.agencies.files import examine
from cases.models import Case, ReplyInHand
from cases.queries.replies import kept_from
from cases.reference.agencies import DocumentKind
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, SaidBy
from cases.rules.uploads import Kind, why_refused
from cases.services.documents import give_to_case, keep_document
from cases.services.in_hand import hold, settle, still_named
from cases.services.information import record_information
from cases.services.replies import keep_further_reply
from staff.audit import record
from staff.errors import RuleBroken

NOT_SAID = "Not said: see the words"


@dataclass(frozen=True)
class Taken:
    """What was taken in, and why its file was not kept, where it was not."""

    in_hand: ReplyInHand
    refused: str = ""


@transaction.atomic
def take_in(*, text, by, today, now, content=None):
    """Keep what somebody pasted or attached, as it came. Where the file is refused its words are kept."""
    text = text.strip()
    if not text and content is None:
        raise RuleBroken("Paste the words of the reply, or attach it.")
    contents = examine(content) if content is not None else None
    refused = why_refused(contents) if contents else ""
    words = _words(text, contents, refused)
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
        refused_file=str(contents.kind) if contents and refused else "",
    )
    _pass_on_kept(in_hand, by=by, today=today, now=now)
    return Taken(in_hand, refused)


@transaction.atomic
def pass_on(*, in_hand, crn, by, today, now):
    """Pass it to whoever holds this case, which they must read; nobody need be able to open it."""
    case = Case.objects.filter(crn=crn.strip().upper()).select_for_update(no_key=True).first()
    in_hand = hold(in_hand)
    if in_hand.settled_at:
        raise RuleBroken(f"This has been dealt with: {in_hand.settled_as}.")
    document = in_hand.document
    if document and case:
        document = give_to_case(document=document, case=case, by=by, now=now)
    record_information(
        crn=crn,
        kind=InformationKind.REPLY,
        said_by=SaidBy.OTHER,
        who=NOT_SAID,
        happened_on=today,
        text=in_hand.text or "The words are in the document.",
        harm=False,
        sharing=Sharing.NO,
        by=by,
        today=today,
        now=now,
        document=document,
    )
    settle(in_hand, f"Passed on to whoever holds {crn.strip().upper()}", now)
    return in_hand


def _words(text, contents, refused):
    """What was pasted, then what can be read from the file. Nothing is read from one that would act."""
    readable = contents and (not refused or contents.kind == Kind.EMAIL)
    found = contents.text.strip() if readable else ""
    return "\n\n".join(filter(None, [text, "" if found in text else found]))


def _pass_on_kept(in_hand, *, by, today, now):
    """To those who hold the cases it names that are kept from whoever took it in."""
    for enquiry in kept_from(by, still_named(in_hand)):
        keep_further_reply(
            enquiry=enquiry,
            text=in_hand.text,
            on=today,
            by=by,
            today=today,
            now=now,
            in_hand=in_hand,
        )
    in_hand.refresh_from_db()
