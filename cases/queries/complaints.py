"""Complaints on one case as pages show them, to anybody but whoever one is about; and who may be chosen for what.

Source: local policy on complaints (`cases.rules.complaints`).
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Limit
from cases.reference.worst_days import ComplaintFrom, Upheld
from cases.rules.complaints import HANDLERS, seen_to_by
from cases.rules.words import counted
from staff.kit import Line, Link, Tag, on, tag
from staff.models import User
from staff.permissions import TITLES, Action, Role
from staff.rules.dates import say_date, say_time

NOBODY = "Nobody in particular"
PEOPLE = ("about", "handler", "recorded_by", "answered_by")
AT_SITES = (Role.COORDINATOR, Role.SUPERVISOR)


@dataclass(frozen=True)
class ComplaintLine:
    """One in the list of a case."""

    title: str  # "3 May 2018, from the person on probation"
    tag: Tag
    words: str
    href: str
    outcome: str


@dataclass(frozen=True)
class ComplaintPage:
    key: int
    title: str
    tag: Tag
    lines: list[Line]
    words: str
    wants: str
    answer: str
    learnt: str
    next: list[Link]
    letter: str  # where the letter is; blank: there is none


def complaints_of(case, user, names, today):
    """Those that this reader may be told of, the latest first. One statement."""
    found = case.complaints.told_to(user).order_by("-received_on", "-pk")
    return [
        ComplaintLine(
            title=title_of(one),
            tag=tag_of(one),
            words=names.text(one.words),
            href=reverse("complaint", args=[case.crn, one.pk]),
            outcome=Upheld(one.outcome).title,
        )
        for one in found
    ]


def find_complaint(case, user, pk):
    """None where there is none, and alike where it is about this reader."""
    found = case.complaints.told_to(user).select_related(*PEOPLE).filter(pk=pk).first()
    if found:
        found.case = case
    return found


def title_of(one):
    return f"{say_date(one.received_on)}, from {_from(one)}"


def _from(one):
    title = ComplaintFrom(one.made_by).title
    return f"{title[0].lower()}{title[1:]}"


def tag_of(one):
    if one.answered_on:
        return tag("closed")
    if one.acknowledged_on:
        return tag("under-way")
    return tag("still-to-do")


def complaint_page(one, names, may, today):
    return ComplaintPage(
        key=one.pk,
        title=title_of(one),
        tag=tag_of(one),
        lines=list(_lines(one, names, today)),
        words=names.text(one.words),
        wants=names.text(one.wants),
        answer=names.text(one.answer),
        learnt=names.text(one.learnt),
        next=_next(one, may),
        letter=_letter(one, may),
    )


def _lines(one, names, today):
    title, who = ComplaintFrom(one.made_by).title, names.text(one.who)
    yield Line("Made by", who, detail=title if title != who else "")
    about = f"{one.about.name}, {TITLES[Role(one.about.role)].lower()}" if one.about else NOBODY
    yield Line("About", about, detail="Not told of it here" if one.about else "")
    age = (today - one.received_on).days
    yield Line("Came", on(one.received_on), detail=f"{counted(age, 'day')} ago" if age else "Today")
    at = localtime(one.recorded_at)
    yield Line("Taken by", f"{one.recorded_by.name}, {say_date(at.date())}, {say_time(at.time())}")
    yield Line("Acknowledged", on(one.acknowledged_on) if one.acknowledged_on else "Not yet")
    yield Line("Answered by" if one.answered_on else "To be answered by", _handler(one))
    if one.answered_on:
        yield Line(
            "It came to", Upheld(one.outcome).title, detail=f"Answered {on(one.answered_on)}"
        )


def _handler(one):
    who = one.answered_by or one.handler
    return who.name if who else f"Nobody named yet: falls to a {TITLES[seen_to_by(about_role(one))].lower()}"  # fmt: skip


def about_role(one):
    return one.about.role if one.about else None


def _next(one, may):
    if Action.ANSWER_COMPLAINT not in may or one.answered_on:
        return []
    where = [one.case.crn, one.pk]
    up = Link("Say who answers it", reverse("take-up-complaint", args=where))
    answer = Link("Answer it", reverse("answer-complaint", args=where))
    return [answer, up] if one.handler_id and one.acknowledged_on else [up, answer]


def _letter(one, may):
    ready = one.answered_on and not _cannot_be_sent(one)
    shown = Action.ANSWER_COMPLAINT in may and ready
    return reverse("complaint-letter", args=[one.case.crn, one.pk]) if shown else ""


def _cannot_be_sent(one):
    """Nothing goes to somebody who has died."""
    return one.made_by == ComplaintFrom.PERSON and one.case.left_as == "died"


def letter_of(one, names):
    """The words of the answer, in paragraphs, as whoever made it reads them; None where no letter may go.

    `names`: of a reader who sees no protected name, whoever prints it; what would give one away is left out.
    """
    if not one.answered_on or _cannot_be_sent(one):
        return None
    return [part.strip() for part in names.text(one.answer).split("\n") if part.strip()]


def staff_to_choose(case, user):
    """Whom a complaint may be about: those who work on the case or lead, and those who run sites; not the reader."""
    near = Q(pk=case.officer_id) | Q(team__isnull=False, team=case.team_id)
    near |= Q(role=Role.HEAD) | Q(role__in=AT_SITES) | Q(assignment__case=case)
    found = User.objects.filter(near, is_active=True).exclude(pk=user.pk).distinct()
    return list(found.order_by("last_name", "first_name", "pk"))


def handlers_of(case, about):
    """Who may answer it: the seniors of the team and the heads, or the heads alone; never whom it is about."""
    roles = [role for role in HANDLERS if role == Role.HEAD or seen_to_by(about and about.role) == Role.SPO]  # fmt: skip
    found = User.objects.filter(is_active=True, role__in=roles)
    found = found.filter(Q(role=Role.HEAD) | Q(team__isnull=False, team=case.team_id))
    if about:
        found = found.exclude(pk=about.pk)
    shut_out = Limit.objects.filter(case=case)
    ordered = list(found.order_by("last_name", "first_name", "pk"))
    if not shut_out.exists():
        return ordered
    return [one for one in ordered if not Limit.objects.against(one).filter(case=case).exists()]
