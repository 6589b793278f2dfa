"""What the papers about somebody's unpaid work are built from: the record, and nothing else."""

from collections import Counter

from django.db.models import Sum

from cases.queries.sentences import requirement_name
from cases.rules.words import ended
from staff.kit import on
from unpaidwork.models import Adjustment, Attendance, Course
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.progress import sessions_of
from unpaidwork.queries.register import KNOWN, day_of, said_of
from unpaidwork.reference.work import OVER, Adjusts, ReviewPoint, WorkState
from unpaidwork.rules import papers
from unpaidwork.rules.register import title_of


def passport_of(work, case, organisation, today):
    return papers.passport(
        name=case.name,
        sessions=sessions_of([work])[work.pk],
        courses=_courses(work),
        organisation=organisation,
        made_on=today,
    )


def certificate_of(work, case, organisation, today):
    return papers.certificate(
        name=case.name,
        found=hours_of([work], today)[work.pk],
        sessions=sessions_of([work])[work.pk],
        completed_on=work.completed_on or today,
        organisation=organisation,
    )


def closing_report_of(work, case, organisation, today, names):
    """`names`: how the reader reads names and text."""
    state = WorkState(work.state).title
    because = f": {ended(names.text(work.state_because))}" if work.state_because else "."
    return papers.closing_report(
        name=case.name,
        crn=case.crn,
        order=f"{requirement_name(work.requirement)}, sentenced {on(work.sentenced_on)}",
        found=hours_of([work], today)[work.pk],
        brought=_brought(work),
        came=_how_they_came(work),
        sessions=sessions_of([work])[work.pk],
        courses=[(names.text(title), names.text(who), day) for title, who, day in _courses(work)],
        reviews=[
            (
                ReviewPoint(one.point).title,
                one.held_on,
                names.text(one.their_words),
                names.text(one.their_words_absent),
                names.text(one.strengths),
                names.text(one.next),
            )
            for one in work.reviews.order_by("at", "pk")
        ],
        state=f"{state}{because}",
        over=work.state in OVER,
        organisation=organisation,
        made_on=today,
    )


def _brought(work):
    """Minutes worked elsewhere, no session here beside them."""
    rows = Adjustment.objects.filter(work=work, reason=Adjusts.ELSEWHERE)
    return rows.aggregate(total=Sum("minutes"))["total"] or 0


def _courses(work):
    rows = Course.objects.credited().filter(work=work).order_by("finished_on", "pk")
    return list(rows.values_list("title", "provider", "finished_on"))


def _how_they_came(work):
    """{how it came out, in words: how many sessions}"""
    rows = Attendance.objects.filter(work=work).select_related(*KNOWN)
    return Counter(title_of(said_of(one), day_of(one.session)) for one in rows)
