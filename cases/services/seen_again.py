"""Somebody was seen who could not be for a while: what was owed of that is done. Source: product rules, clocks."""

from django.db import transaction
from django.utils.timezone import localtime

from cases.rules.contact_figures import is_face_to_face
from cases.services.deadlines import meet_deadline

SEES = "see_again"


@transaction.atomic
def answer_seen(*, case, on, by, today):
    """They were seen face to face on that day. Whether it was what was owed. The caller holds the case."""
    owed = case.deadlines.unmet().filter(kind=SEES, triggered_on__lte=on)
    if not owed.exists():
        return False
    return meet_deadline(case=case, kind=SEES, by=by, today=today, on=on)


def answer_came(*, appointment, by, today):
    """The same of an appointment of which the outcome says whether they came, and met us face to face."""
    contact = appointment.contact
    if contact.attended and is_face_to_face(contact.type_code, appointment.where):
        answer_seen(case=contact.case, on=localtime(contact.started_at).date(), by=by, today=today)
