"""What an agency answered, and what the officer makes of it.

Source: product rules, checks: a reply covers its subjects and nobody else, and must be read and analysed.
"""

from django.db import transaction

from cases.models import Enquiry
from cases.reference.checks import EnquiryState, Reply
from cases.rules.checks import NOT_AN_ANSWER, check_move
from cases.services.checks import (
    check_day,
    covered_keys,
    lock_enquiry,
    note_step,
    stop_clock,
    take_step,
)
from staff.errors import RuleBroken


@transaction.atomic
def record_reply(*, enquiry, reply, text, on, by, today):
    """Keep what the agency answered. It still has to be read and analysed."""
    enquiry = lock_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.REPLIED)
    if reply not in set(Reply):
        raise RuleBroken("Say what kind of reply it was.")
    if reply != Reply.NO_TRACE and not text.strip():
        raise RuleBroken("Record what the agency said.")
    check_day(on, "of the reply", today=today, after=enquiry.sent_on, after_what="was sent")
    stop_clock(enquiry, on=on, by=by, today=today)
    enquiry.reply, enquiry.reply_text, enquiry.replied_on = reply, text.strip(), on
    return take_step(enquiry, EnquiryState.REPLIED, "replied", on=on, by=by, today=today)


@transaction.atomic
def analyse_reply(*, enquiry, changes, analysis, by, today):
    """Say what the reply changes. Earlier answers about nobody else are superseded."""
    enquiry = lock_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.ANALYSED)
    if not changes or not analysis.strip():
        raise RuleBroken("Say what the reply changes, or that it changes nothing and why.")
    stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.changes, enquiry.analysis = changes, analysis.strip()
    enquiry.analysed_on, enquiry.analysed_by = today, by
    take_step(enquiry, EnquiryState.ANALYSED, "analysed", on=today, by=by, today=today)
    _supersede_earlier(enquiry, by=by, today=today)
    return enquiry


def _supersede_earlier(enquiry, *, by, today):
    """An answer takes the place of earlier answers of its kind about nobody it does not cover."""
    if enquiry.reply in NOT_AN_ANSWER:
        return
    covered = covered_keys(enquiry)
    earlier = enquiry.case.enquiries.answered().filter(kind=enquiry.kind).exclude(pk=enquiry.pk)
    for one in earlier.order_by("pk"):
        if covered_keys(one) <= covered:
            check_move(one.state, EnquiryState.SUPERSEDED)
            Enquiry.objects.filter(pk=one.pk).update(state=EnquiryState.SUPERSEDED)
            note_step(one, "superseded", on=today, by=by)
