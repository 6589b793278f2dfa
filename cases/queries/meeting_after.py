"""What an appointment came to, and what happens next and who does it.

Source: ui.md (decisions end in what happens next, and who does it).
"""

from django.utils.timezone import localtime

from cases.models import Deadline
from cases.queries.cover import officer_now
from cases.queries.meeting_page import coming_after
from cases.reference.appointments import Decided
from cases.rules.words import ended, listed
from staff.kit import Happening, Line, on
from staff.rules.dates import say_time

ANSWER = "{who} answers the failure by {due}: a warning, a referral, or recall."
NEXT = {  # what is owed on an appointment: a sentence with who does it and by when
    "call_same_day": "{who} rings them by {due} and asks if they are safe.",
    "decide_absence": "{who} decides by {due} what it comes to. Until then it is not a failure.",
    "offer_again": "{who} offers them another appointment by {due}.",
}
LATE = " That day has been: do it now."


def recorded_lines(contact, booking, names):
    """What was recorded of it."""
    found = [Line("What happened", contact.outcome_name or contact.outcome_code)]
    if contact.rar_activity and contact.attended:
        found.append(Line("Rehabilitation activity", "Counts as a day"))
    if booking and booking.logged_at:
        worked = [names.text(one.what) for one in booking.objectives.order_by("place", "pk")]
        if worked:
            found.append(Line("Objectives worked on", listed(worked, "; ")))
    found.append(Line("Notes", names.text(contact.notes) or "None"))
    if contact.sensitive:
        found.append(Line("Sharing", "These notes are kept from the person"))
    if booking and booking.logged_at:
        when = localtime(booking.logged_at)
        by = booking.logged_by.name if booking.logged_by else "Not recorded"
        found.append(Line("Recorded", f"{by}, {on(when.date())}, {say_time(when)}"))
    return found


def next_steps(contact, decision, now):
    """What happens next, and who does it, a sentence each."""
    today = localtime(now).date()
    who = officer_now(contact.case, today)
    owed = Deadline.objects.unmet().filter(appointment=contact.pk, kind__in=NEXT)
    running = {one.kind: one for one in owed}
    steps = [
        text.format(who=who, due=on(running[kind].due_on))
        + (LATE if running[kind].due_on < today else "")
        for kind, text in NEXT.items()
        if kind in running
    ]
    if decision and decision.state == Decided.FAILURE:
        steps += _of_failures(decision, who, today)
    first, *later = dict.fromkeys(coming_after(contact, now)) or [""]
    if first:
        steps.append(f"They are seen next on {ended(first)}")
        steps += [f"Booked after that: {ended(listed(later, '; '))}"] if later else []
    else:
        steps.append(f"No next appointment is booked. {who} offers one.")
    return steps


def _of_failures(decision, who, today):
    """What is owed on the failures that a decision came to: one answer for each order that it fails."""
    owed = Deadline.objects.unmet().filter(kind="answer_failure", failure__decision=decision)
    return [
        ANSWER.format(who=who, due=on(row.due_on)) + (LATE if row.due_on < today else "")
        for row in owed.order_by("due_on", "pk")
    ]


def corrections_of(booking, names):
    """What was said of it before it was put right, the latest first."""
    return [
        Happening(
            title=f"Put right: it said “{one.was_name or one.was_code}”",
            when=on(localtime(one.at).date()),
            by=one.by.name,
            text="\n".join(filter(None, [names.text(one.because), _notes_before(one, names)])),
            on=localtime(one.at).isoformat(timespec="minutes"),
        )
        for one in booking.corrections.select_related("by").order_by("-at", "-pk")
    ]


def _notes_before(one, names):
    return f"Notes before: {names.text(one.was_notes)}" if one.was_notes else ""
