"""Contact that nobody had arranged, written in the log; and what somebody searches its notes for.

Source: nDelius contact types; supervision reference 7 (record soon after); product rules, sharing.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Contact, Search
from cases.reference.contacts import UNARRANGED, offered_to
from cases.rules.contact_figures import month_met
from cases.rules.meeting_notes import without_empty_headings
from cases.rules.outcomes import check_notes
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.seen_again import answer_seen
from staff.audit import record
from staff.errors import RuleBroken

MONTH, RING = "monthly_contact", "call_same_day"
OLDEST_DAYS = 366  # before today; what is older came some other way
LONGEST_SEARCH = 200


@transaction.atomic
def record_contact(*, case, type_code, at, notes, sensitive, by, now):
    """Write one line of the log, of something that was not arranged. Returns it.

    Seen face to face, they were seen this month, and after a missed appointment they were followed up.
    """
    case, today = lock_case(case), localtime(now).date()
    kind = UNARRANGED.get(type_code)
    if kind is None or kind not in offered_to(by.role):
        raise RuleBroken("Choose one of the types of contact that are offered.")
    if at > now:
        raise RuleBroken("That is still to come. Book an appointment instead.")
    if (now - at).days > OLDEST_DAYS:
        raise RuleBroken("That is more than a year ago. Check the date.")
    notes = without_empty_headings(notes)
    check_notes(notes)
    if not notes:
        raise RuleBroken(
            "Say in a line what it was about, so that whoever reads the log can follow."
        )
    line = Contact.objects.create(
        case=case,
        type_code=kind.code,
        type_name=kind.title,
        started_at=at,
        attended=kind.face_to_face or None,  # seen, as much as one who kept an appointment
        sensitive=sensitive,
        notes=notes,
        staff_code=by.staff_code or by.username,
        staff_name=by.name,
    )
    record(by=by, action="recorded_contact", crn=case.crn, contact=line.pk, kind=kind.code)
    if kind.face_to_face:
        _answer_clocks(case, localtime(at).date(), by=by, today=today)
        answer_seen(case=case, on=localtime(at).date(), by=by, today=today)
    if kind.speaks:
        _answer_ring(case, localtime(at).date(), by=by, today=today)
    return line


def _answer_ring(case, on, *, by, today):
    """Whoever left the desk unseen has been spoken with. A call owed of an appointment is recorded there."""
    if case.deadlines.unmet().filter(kind=RING, appointment=None, triggered_on__lte=on).exists():
        meet_deadline(case=case, kind=RING, by=by, today=today, on=on)


def _answer_clocks(case, on, *, by, today):
    """What waited for them to be seen: this month, and since they missed an appointment."""
    waiting = case.deadlines.unmet().filter(kind__in=[MONTH, "offer_again"])
    for owed in list(waiting.select_related("appointment")):
        since = owed.triggered_on
        if month_met(since, [on]) if owed.kind == MONTH else since <= on:
            about = {"appointment": owed.appointment} if owed.appointment_id else {}
            meet_deadline(case=case, kind=owed.kind, by=by, today=today, **about)


@transaction.atomic
def remember_note_search(*, case, text, by):
    """Keep what somebody looks for in the notes of a case, so that it never stands in an address."""
    text = " ".join(text.split())
    if not text:
        raise RuleBroken("Type a word or two to look for in the notes.")
    search = Search.objects.create(by=by, text=text[:LONGEST_SEARCH])
    record(by=by, action="searched_notes", crn=case.crn, search=str(search.key))
    return search
