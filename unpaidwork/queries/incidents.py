"""What was reported from sites, each with what came of it, as far as its reader may know.

Whoever reported it sees that it was read and answered, and not what its officer made of it. Source: unpaid work
reference 6 ("visible closure").
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Reading
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.reference.information import ReadingState
from staff.kit import Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.models import Incident
from unpaidwork.queries.register import may_settle
from unpaidwork.queries.sheet import sees_all
from unpaidwork.reference.sessions import IncidentKind
from unpaidwork.rules.incidents import moment_said, say_late

SIZE = 25
KNOWN = ("session__project", "case", "by", "answered_by", "information")
HIDDEN = "Kept from you by now. Whoever reported it, and the coordinators who may, know the words."


@dataclass(frozen=True)
class Reported:
    """One report. `words` are blank where the case is not open to the reader any more."""

    key: int
    kind: str
    when: str
    late: str  # how a tablet's report came, where it came late; else blank
    where: str
    by: str
    about: str
    words: str
    harm: bool
    tag: Tag
    read: str  # what came of it with the officer
    answer: str
    answered: str
    href: str  # where it is answered; blank where it is not the reader's to answer


def reported_on(session, user):
    """What was reported on one session that its keeper may see, in order."""
    rows = _seen(user).filter(session=session).select_related(*KNOWN)
    return _shown(rows.order_by("at", "pk"), user)


def page_of_incidents(user, *, after, every):
    """(rows, what comes next): those without an answer, or with `every` all, the latest first."""
    found = _seen(user) if every else _seen(user).unanswered()
    page = page_of(
        found.select_related(*KNOWN), keys=("-at", "-pk"), after=after, size=SIZE, known_by="pk"
    )
    return _shown(page.rows, user), page.next_after


def find_incident(user, pk):
    """One that the reader may see whole; None for any other."""
    open_now = Case.objects.open_to(user, Action.RUN_SESSION)
    rows = _seen(user).filter(Q(case=None) | Q(case__in=open_now), pk=pk)
    return rows.select_related(*KNOWN).first()


def one_incident(incident, user):
    return _shown([incident], user)[0]


def _seen(user):
    """Those of every session for coordinators; else of the reader's own sessions, or by them."""
    rows = Incident.objects.all()
    return rows if sees_all(user) else rows.filter(Q(by=user) | Q(session__staff=user)).distinct()


def _shown(rows, user):
    rows = list(rows)
    cases = {one.case_id: one.case for one in rows if one.case_id}
    open_now = Case.objects.open_to(user, Action.RUN_SESSION).filter(pk__in=cases)
    known = set(open_now.values_list("pk", flat=True))
    theirs = [cases[pk] for pk in known]
    names = names_for_each(theirs, actions_on_each(theirs, user)) if theirs else {}
    read = _read(rows)
    answers = may_settle(user)
    return [_one(one, known, names, read, answers) for one in rows]


def _read(rows):
    """{key of the information: (how many readings, how many of them read)}"""
    keys = {one.information_id for one in rows if one.information_id}
    found = Reading.objects.filter(information__in=keys).order_by().values("information")
    counted = found.annotate(every=Count("pk"), read=Count("pk", filter=Q(state=ReadingState.READ)))
    rows = counted.values_list("information", "every", "read")
    return {key: (every, read) for key, every, read in rows}


def _one(one, known, names, read, answers):
    hidden = one.case_id is not None and one.case_id not in known
    names_of = names.get(one.case_id)
    said = one.said_at, one.at, one.session.on
    at = localtime(moment_said(*said))
    return Reported(
        key=one.pk,
        kind=IncidentKind(one.kind).title,
        when=f"{on(at)}, {say_time(at)}",
        late=say_late(*said),
        where=one.session.project.name,
        by=one.by.name,
        about=_about(one, hidden),
        words=HIDDEN if hidden else (names_of.text(one.words) if names_of else one.words),
        harm=one.harm,
        tag=_tag(one, read),
        read=_reading(one, read),
        answer="" if hidden else (names_of.text(one.answer) if names_of else one.answer),
        answered=f"{one.answered_by.name}, {on(localtime(one.answered_at))}"
        if one.answered_at
        else "",
        href=reverse("answer-incident", args=[one.pk])
        if answers and not hidden and not one.answered_at
        else "",
    )


def _about(one, hidden):
    if one.case_id is None:
        return "Nobody in particular"
    return "Limited access" if hidden else f"{one.case.name}, {one.case.crn}"


def _reading(one, read):
    if not one.information_id:
        return ""
    every, done = read[one.information_id]
    if done == every:
        return "Read by their officer."
    return "Their officer has been told, and has it to read."


def _tag(one, read):
    waits = one.information_id and read[one.information_id][1] < read[one.information_id][0]
    if waits:
        return tag("to-read")
    return tag("met") if one.answered_at else tag("open")
