"""Visits of one case: finding one, where it stands, and the log of them. Source: report 2.3."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import HomeVisit
from cases.queries.paging import page_of
from cases.reference.visits import NotDone
from cases.rules.words import counted, listed
from staff.kit import Happening, tag
from staff.rules.dates import say_date, say_time

SIZE = 20  # visits on a page
KNOWN = (
    "appointment__contact", "appointment__officer", "safety__address", "safety__decided_by",
    "with_whom", "buddy", "back_said_by",
)  # fmt: skip
LONGER = timedelta(minutes=30)
UNKNOWN_NUMBER = "no number known"


@dataclass(frozen=True)
class Caller:
    """Somebody to ring, and the address that rings them; blank where no number is known."""

    name: str
    number: str
    href: str


def find_visit(case, pk):
    """The visit with this number, if it is of this case."""
    found = HomeVisit.objects.filter(appointment__contact__case=case, pk=pk)
    return found.select_related(*KNOWN).first()


def said_at(at):
    local = localtime(at)
    return f"{say_date(local.date())}, {say_time(local)}"


def longer_until(visit, now):
    """What is proposed where somebody under way stays longer."""
    return say_time(localtime(max(now, visit.call_by) + LONGER))


def caller(user):
    """How to ring a member of staff."""
    digits = "".join(one for one in user.mobile if one.isdigit() or one == "+")
    return Caller(user.name, user.mobile or UNKNOWN_NUMBER, f"tel:{digits}" if digits else "")


# The log of visits


def visits_of(case, names, after=""):
    """A page of the visits of this case, the latest first, as a timeline; and what comes next."""
    visits = HomeVisit.objects.filter(appointment__contact__case=case).select_related(*KNOWN)
    found = page_of(
        visits,
        keys=("-appointment__contact__started_at", "-pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    return [_happening(one, case, names) for one in found.rows], found.next_after


def _happening(one, case, names):
    contact = one.appointment.contact
    local = localtime(contact.started_at)
    return Happening(
        title=f"Visit: {state_words(one)}",
        when=said_at(contact.started_at),
        by=names_of(one.going),
        text=names.text(one.not_done_because) or _gist(one),
        href=reverse("visit-sheet", args=[case.crn, one.pk]),
        tag=mark_of(one),
        on=local.isoformat(timespec="minutes"),
    )


def state_words(one):
    """Where a visit stands, in a word or two."""
    if one.is_out:
        return "under way"
    if one.not_done:
        return f"not done, {NotDone(one.not_done).title.lower()}"
    if one.appointment.called_off_at:
        return "called off"
    if one.seen:
        return "done"
    return "out and safe, to be recorded" if one.back_at else "arranged"


def mark_of(one):
    if one.is_out:
        return tag("under-way")
    if one.not_done:
        return tag("still-to-do")
    if one.appointment.called_off_at:
        return tag("withdrawn")
    if one.seen:
        return tag("met")
    return tag("open")


def names_of(staff):
    return listed([one.name for one in staff])


def _gist(one):
    children = one.seen.get("children")
    return f"{counted(children, 'child', 'children')} seen." if children else ""
