"""Sending an enquiry to its agency and chasing the reply.

Source: product rules, checks: sent in two working days, chased at the agency's own turnaround.
"""

from django.db import transaction

from cases.reference.checks import EnquiryState
from cases.rules.checks import NOT_AN_ANSWER, check_move
from cases.services.checks import check_day, lock_enquiry, stop_clock, take_step
from staff.errors import RuleBroken


@transaction.atomic
def send_enquiry(*, enquiry, asked_of, on, by, today):
    """Say that it was sent, to which agency and for which area. After half an answer, that it was sent again."""
    enquiry = lock_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.SENT)
    if enquiry.state == EnquiryState.REPLIED and enquiry.reply not in NOT_AN_ANSWER:
        raise RuleBroken("The agency has answered. Analyse its reply.")
    if not asked_of.strip():
        raise RuleBroken("Say which agency was asked, and for which area.")
    check_day(on, "sent", today=today, after=enquiry.triggered_on, after_what="fell due")
    stop_clock(enquiry, on=on, by=by, today=today)
    enquiry.asked_of, enquiry.sent_on, enquiry.chased_on = asked_of.strip(), on, None
    enquiry.replied_on, enquiry.reply, enquiry.reply_text, enquiry.chases = None, "", "", 0
    return take_step(enquiry, EnquiryState.SENT, "sent", on=on, by=by, today=today)


@transaction.atomic
def chase_enquiry(*, enquiry, note, by, today):
    """Say that the agency was asked again, today."""
    enquiry = lock_enquiry(enquiry)
    if enquiry.state != EnquiryState.SENT:
        raise RuleBroken("Only an enquiry that was sent, and has no reply, can be chased.")
    stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.chased_on, enquiry.chases = today, enquiry.chases + 1
    return take_step(enquiry, EnquiryState.SENT, "chased", on=today, by=by, today=today, note=note)
