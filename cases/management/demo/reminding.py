"""Writes the reminders that wait for appointments to come: only to a mobile that is safe, of whoever agreed to texts.

They wait in the outbox. Where no sender of texts is configured none of them goes; where one is, each is asked about again
first. The rest have none, and the product says why.
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.management.demo.enquiry_rows import at_mid_morning
from cases.reference.agencies import Means, MessageKind
from cases.reference.appointments import TYPES, Where
from cases.rules.reminder_words import subject_of, words_of
from cases.rules.reminders import Known

HOUR = time(10)  # on the day before
SPARE_DAYS = 2  # none that is due by tomorrow, so that nothing waits to go on the day it is made


def write_reminder(book, plan, meeting, *, where, booked_on, today):
    """One text, where there may be one."""
    goes_on = meeting.on - timedelta(days=1)
    if not plan.text_to or goes_on - today < timedelta(days=SPARE_DAYS):
        return
    at = datetime.combine(meeting.on, time.fromisoformat(meeting.hour), get_current_timezone())
    known = _known(plan, meeting, where, at)
    meeting.reminded = True
    book.Message.add(
        key=f"reminder-{meeting.id}-{int(at.timestamp())}",
        kind=MessageKind.REMINDER,
        appointment_id=meeting.id,
        means=Means.TEXT,
        address=plan.text_to,
        subject=subject_of(known),
        body=words_of(known, one_text=True),
        not_before=datetime.combine(goes_on, HOUR, get_current_timezone()),
        at=at_mid_morning(booked_on),
    )


def _known(plan, meeting, where, at):
    return Known(
        starts_at=at, wanted=True, stands=True, recorded=False, supervised=True, held=False, ways=(),
        may_text=True, may_email=None, ready=frozenset(), first_name=plan.forename,
        says=TYPES[meeting.code].says, where=Where(where), place="", telephone="", welsh=False,
    )  # fmt: skip
