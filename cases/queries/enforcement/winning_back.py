"""How somebody is won back while a breach or a recall of theirs runs: what was agreed, and whether contact falls away.

For the pages of breaches, recalls and of the agreement itself. Source: `cases.rules.enforcement.winning_back`.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Breach, Contact, Pause, Recall, Reengagement
from cases.reference.appointments import BY_REGISTER
from cases.reference.codes import ContactLevel
from cases.reference.enforcement import BREACH_OVER, RECALL_OVER, BreachState, RecallState
from cases.rules.enforcement.winning_back import Agreed, Kept, falls, owed_anew
from cases.rules.enforcement.winning_back import Contact as Level
from staff.kit import DueRow, Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_time

OWES = "win_back"
MOVES = 20  # how often one contact is followed from time to time
EVERY: dict[str, int] = {  # days between contacts at each level, the longest that it allows
    ContactLevel.WEEKLY_FRONT_LOADED: 7,
    ContactLevel.WEEKLY: 7,
    ContactLevel.WEEKLY_THEN_FORTNIGHTLY: 14,
    ContactLevel.FORTNIGHTLY: 14,
    ContactLevel.MONTHLY: 31,
}


@dataclass(frozen=True)
class WinningBack:
    """What a page of a breach, a recall or of all that run shows of it."""

    lines: list[Line] = field(default_factory=list)
    falls: str = ""  # contact has fallen away, in a sentence
    next: Link | None = None  # where it is agreed
    due: list[DueRow] = field(default_factory=list)


def running_of(case):
    """(breaches, recalls) of the case that are not over, the earliest first."""
    return (
        list(Breach.objects.running().filter(case=case).select_related("sentence").order_by("pk")),
        list(Recall.objects.running().filter(case=case).select_related("sentence").order_by("pk")),
    )


def plans_of(case):
    """The plans of what still runs, each with its contact. One statement."""
    runs = Q(breach__isnull=False) & ~Q(breach__state__in=BREACH_OVER) | Q(
        recall__isnull=False
    ) & ~Q(recall__state__in=RECALL_OVER)
    found = Reengagement.objects.filter(runs, case=case).select_related(
        "breach", "recall", "written_by", "next_contact__contact", "next_contact__moved_to__contact"
    )
    return list(found.order_by("pk"))


def contacts_to_come(case, now):
    """What may be chosen as the next contact: theirs to come, but no day of unpaid work."""
    found = Contact.objects.filter(case=case).to_come(now).exclude(type_code__in=BY_REGISTER)
    return list(found.order_by("started_at", "pk"))


def owed_anew_of(plan, by, now):
    """Why the next contact of this plan must be agreed again; blank while it stands. `by`: by when it had to be."""
    if _paused(plan.case_id):
        return ""
    at = followed(plan.next_contact) if plan.next_contact else None
    return owed_anew(
        Agreed(
            written_on=localtime(plan.written_at).date(),
            by=by,
            on=localtime(at.contact.started_at).date() if at else None,
            kept=_kept(at, now) if at else Kept.TO_COME,
            more_booked=bool(at) and bool(contacts_to_come(plan.case_id, now)),
            back_on=None if at else _back_on(plan.case_id),
        )
    )


def followed(appointment):
    """The appointment in the place of one that was moved, however often."""
    for _ in range(MOVES):
        if appointment.moved_to is None:
            break
        appointment = appointment.moved_to
    return appointment


def _kept(appointment, now):
    contact = appointment.contact
    if appointment.called_off_at:
        return Kept.CALLED_OFF
    if contact.outcome_code:
        return Kept.CAME if contact.attended else Kept.MISSED
    return Kept.TO_COME if contact.started_at > now else Kept.UNSAID


def _paused(case_id):
    return Pause.objects.running().filter(case=case_id).exists()


def _back_on(case_id):
    ended = Pause.objects.filter(case=case_id, ended_at__isnull=False)
    return ended.aggregate(on=Max("to_on"))["on"]


def winning_back_of(case, names, may, now, *, breach=None, recall=None):
    """Of one breach or recall, for its page."""
    plan = getattr(breach or recall, "reengagement", None)
    over = breach.state in BREACH_OVER if breach else recall.state in RECALL_OVER
    here = reverse("win-back", args=[case.crn])
    words = "Agree the next contact anew" if plan else "Agree the next contact"
    return WinningBack(
        lines=lines_of(plan, names) if plan else [],
        falls="" if over else contact_falls(case, now),
        next=Link(words, here) if Action.ANSWER_FAILURE in may and not over else None,
    )


def contact_falls(case, now):
    """What is said where nothing is booked, or too late, while a breach or a recall runs; blank otherwise."""
    coming = contacts_to_come(case, now)
    today = localtime(now).date()
    level = case.standing.contact_level if hasattr(case, "standing") else ""
    booked_on = localtime(coming[0].started_at).date() if coming else None
    return falls(Level(booked_on, EVERY.get(level), _paused(case.pk)), today)


def lines_of(plan, names):
    """What was agreed, in lines."""
    by = f"{plan.written_by.name}, {on(localtime(plan.written_at).date())}"
    lines = [Line("What we do to win them back", names.text(plan.what_we_do), detail=by)]
    if plan.what_kept_them:
        lines.append(
            Line("What kept them away, in their words", f"“{names.text(plan.what_kept_them)}”")
        )
    if plan.next_contact:
        lines.append(Line("Next contact", when_of(followed(plan.next_contact).contact)))
    if plan.cannot_be_seen:
        lines.append(
            Line(
                "Why they cannot be seen, and what is done instead", names.text(plan.cannot_be_seen)
            )
        )
    return lines


def when_of(contact):
    """An appointment in words: "Office visit, 3 May 2018 at 10am"."""
    at = localtime(contact.started_at)
    kind = contact.type_name or contact.type_code
    return f"{kind}, {on(at.date())} at {say_time(at)}"


def running_lines(breaches, recalls):
    """What still runs, in lines."""
    return [
        *(Line("Breach", BreachState(one.state).title, detail=_begun(one)) for one in breaches),
        *(Line("Recall", RecallState(one.state).title, detail=_begun(one)) for one in recalls),
    ]


def _begun(one):
    return f"Begun {on(localtime(one.begun_at).date())}"


def since_of(case, breaches, recalls) -> date | None:
    """The day from which the days for the next contact count: that on which it became owed, or what runs began."""
    owed = case.deadlines.unmet().filter(kind=OWES).order_by("-triggered_on").first()
    if owed:
        return owed.triggered_on
    begun = [localtime(one.begun_at).date() for one in (*breaches, *recalls)]
    return max(begun, default=None)
