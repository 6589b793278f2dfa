"""Where what came goes once it is taken off its enquiry: back in hand, or on with the case where others may not read it.

Source: product rules, checks (nothing typed is lost), limited access, roles and sharing.
"""

from django.db.models import Q

from cases.models import Limit, ReplyInHand
from cases.queries.names import names_for
from cases.queries.reply_came import came_by
from cases.services.documents import take_from_case
from cases.services.in_hand import RECORDED, hold
from cases.services.replies import IN_THE_FILE, keep_further_reply

NO_REPLY_TO_IT = "It was recorded on that enquiry and is taken off: it was no reply to it."
NO_WORDS = "It was recorded without its words."


def back_in_hand(enquiry, words, *, on, by, today, now):
    """The reply as it was taken in, or, where it was typed in on the enquiry, as it was recorded; with the document that
    came with it. None where those who see replies in hand may not read it: it is a further reply of the case.

    `on`: the day it came, as recorded. The reply in hand is held before its document, as everywhere.
    """
    step = enquiry.steps.filter(did="replied").select_related("document").order_by("pk").last()
    held = hold(_taken_in(enquiry, step))
    document = _document_of(enquiry, step, by=by)
    if held:
        held.enquiries.remove(enquiry)
        held.settled_at, held.settled_as = None, ""
        held.save()
        return held
    text = words or (IN_THE_FILE if document else NO_WORDS)
    if _is_kept(enquiry.case, words):
        said = f"{NO_REPLY_TO_IT}\n\n{text}"
        keep_further_reply(
            enquiry=enquiry, text=said, on=on, by=by, today=today, now=now, document=document
        )
        return None
    return ReplyInHand.objects.create(text=text, document=document, at=now, by=by)


def _taken_in(enquiry, step):
    """The reply in hand that this step recorded; None where it was typed in on the enquiry, or passed on."""
    passed_on = ~Q(settled_at=None) & ~Q(settled_as__startswith=RECORDED)
    found = ReplyInHand.objects.filter(enquiries=enquiry).exclude(passed_on)
    rows = found.select_related("document").order_by("-at", "-pk") if step else ()
    return next((one for one in rows if came_by(step, one)), None)


def _document_of(enquiry, step, *, by):
    """What came with it, which is with this case no more."""
    document = step.document if step else None
    if document and document.enquiry_id == enquiry.pk:
        return take_from_case(document=document, by=by)
    return document


def _is_kept(case, words):
    """Whether not everybody who sees replies in hand may read of this case, or the names in these words."""
    names = names_for(case, frozenset())
    return names.text(words) != words or Limit.objects.filter(case=case).exists()
