"""The tab of unpaid work as it is shown: how it stands, where they work, what they did and what grew of it.

Source: report 4.1 (what people did, and how far they had come, was unclear).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse

from cases.queries.due import due_rows
from cases.queries.sentences import requirement_name
from staff.kit import DueRow, Line, Link, Tag, Working, on
from staff.permissions import Action
from unpaidwork.models import WorkAllocation, WorkReview
from unpaidwork.queries.before_work import BeforeWork, before_work_in_short
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.progress import FIRST_DAY, sessions_of, to_come
from unpaidwork.queries.shortfalls import Short, short_of
from unpaidwork.queries.work_numbers import (
    HEADS,
    Bar,
    bar_of,
    cells_of,
    how_it_stands,
    no_sessions,
    notes_of,
    pace_tag,
    say_ordered,
    working_of,
)
from unpaidwork.queries.work_rows import (
    AllocationRow,
    Review,
    SessionRow,
    SkillRow,
    allocation_row,
    coming_row,
    review_shown,
    session_row,
    skill_row,
)
from unpaidwork.queries.works import works_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.work import OVER, Runs, WorkState
from unpaidwork.rules.hours import MOST_ORDERED, Pace, review_owed, say_minutes
from unpaidwork.rules.progress import skills_of, tasks_of

LATELY = 10  # sessions that the page shows; the log of contact has all
KINDS = frozenset(
    {
        "arrange_work", "allocate_again", "assess_work_risk", "renew_work_risk", "write_instruction", "decide_course",
        "review_work", "propose_extension", "see_order_terms", "close_register",
    }
)  # fmt: skip


@dataclass(frozen=True)
class WorkShown:
    """One requirement, ready to be placed."""

    key: int
    title: str
    sentence: str
    state: Tag
    pace: Tag
    words: str
    warns: bool
    cells: list[tuple[str, str]]
    bar: Bar | None
    notes: list[str]
    working: Working
    lines: list[Line]
    allocations: list[AllocationRow]
    coming: list[Link]
    sessions: list[SessionRow]
    more: int
    no_sessions: str  # what is said where there are none
    skills: list[SkillRow]
    tasks: list[SkillRow]
    reviews: list[Review]
    short: Short | None = None  # what no place of theirs fills
    links: list[Link] = field(default_factory=list)
    papers: list[Link] = field(default_factory=list)
    no_certificate: str = ""  # why there is none


@dataclass(frozen=True)
class WorkPage:
    works: list[WorkShown]
    owed: list[DueRow]
    notes: list[str]
    before: BeforeWork | None  # what stands before they may work


def work_page(case, header, today):
    """All that the tab shows, in a fixed number of statements."""
    works, policy = works_of(case), work_policy(today)
    found = hours_of(works, today, policy)
    done, coming = sessions_of(works), to_come(works, today)
    allocations, reviews = _allocations(works), _reviews(works)
    places = [place for each in allocations.values() for place in each]
    short = short_of(works, found, places, case, header.may, today)
    shown = [
        _shown(
            one, found[one.pk], case, header, today,
            version=policy.version, sessions=done[one.pk], coming=coming[one.pk],
            allocations=allocations[one.pk], reviews=reviews[one.pk], short=short.get(one.pk),
        )
        for one in works
    ]  # fmt: skip
    owed = due_rows(case, header.names, header.may, today, KINDS)
    before = before_work_in_short(case, works, found, header, today)
    return WorkPage(shown, owed, _across(works, found), before)


def _across(works, found):
    """What several requirements come to together. Source: Sentencing Council, not significantly beyond 300."""
    total = sum(
        found[one.pk].ordered for one in works
        if one.state in (WorkState.OPEN, WorkState.SUSPENDED) and one.runs != Runs.CONCURRENT
    )  # fmt: skip
    if total <= MOST_ORDERED:
        return []
    return [
        f"Together they come to {say_minutes(total)}. Hours of several orders should not go far beyond "
        f"{say_minutes(MOST_ORDERED)}: ask the court that made the later one."
    ]


def _allocations(works):
    found = defaultdict(list)
    rows = WorkAllocation.objects.filter(work__in=works).exclude(state=AllocationState.ENDED)
    rows = rows.annotate(first_on=FIRST_DAY)
    for one in rows.select_related("project").order_by("weekday", "from_at", "pk"):
        found[one.work_id].append(one)
    return found


def _reviews(works):
    found = defaultdict(list)
    for one in WorkReview.objects.filter(work__in=works).select_related("by").order_by("at", "pk"):
        found[one.work_id].append(one)
    return found


def _shown(work, found, case, header, today, *, version, sessions, coming, allocations, reviews, short):  # fmt: skip
    names = header.names
    return WorkShown(
        key=work.pk,
        title=f"{requirement_name(work.requirement)}: {say_ordered(found)}",
        sentence=f"{work.requirement.sentence.description or 'Sentence'}, {on(work.sentenced_on)}",
        state=_state(work),
        pace=pace_tag(found),
        words=how_it_stands(work, found),
        warns=found.pace == Pace.RED,
        cells=list(zip(HEADS, cells_of(found), strict=True)),
        bar=bar_of(found),
        notes=notes_of(work, found, names),
        working=working_of(work, found, version),
        lines=_lines(work, names),
        allocations=[allocation_row(one, names) for one in allocations],
        coming=[coming_row(one, names, case.crn, header.may) for one in coming],
        sessions=[session_row(one, names) for one in reversed(sessions[-LATELY:])],
        more=max(0, len(sessions) - LATELY),
        no_sessions=no_sessions(found),
        skills=[skill_row(one) for one in skills_of(sessions)],
        tasks=[skill_row(one) for one in tasks_of(sessions)],
        reviews=[review_shown(one, names) for one in reviews],
        short=short,
        links=_links(work, found, {one.point for one in reviews}, case, header.may),
        papers=_papers(work, case),
        no_certificate=_no_certificate(work, found),
    )


def _state(work):
    colours = {
        WorkState.OPEN: "blue", WorkState.SUSPENDED: "orange", WorkState.COMPLETED: "green", WorkState.ENDED: "grey",
    }  # fmt: skip
    state = WorkState(work.state)
    return Tag(state.title, colours[state])


def _lines(work, names):
    intensive = {
        None: "Not decided",
        True: "Works intensively, 28 hours a week",
        False: f"{say_minutes(work.weekly_minutes)} offered a week",
    }[work.intensive]
    return [
        Line("Hours offered", intensive, detail=names.text(work.intensive_because)),
        Line(
            "Courses",
            "Count" if work.ete_because else "Do not count yet",
            detail=names.text(work.ete_because) or "Nobody has said why they would.",
        ),
        Line("With us since", on(work.arrived_on)),
    ]


def _links(work, found, held, case, may):
    links = []
    point = review_owed(found, held)
    if Action.CREDIT_HOURS in may and point and work.state != WorkState.ENDED:
        links.append(Link("Look back with them", reverse("review-work", args=[case.crn])))
    if Action.RECORD_CONTACT in may and found.pace in (Pace.RED, Pace.AMBER):
        links.append(
            Link(
                "Say what was done about more time",
                reverse("work-extension", args=[case.crn, work.pk]),
            )
        )
    return links


def _papers(work, case):
    papers = [Link("Skills passport", reverse("skills-passport", args=[case.crn, work.pk]))]
    if work.state == WorkState.COMPLETED:
        papers.append(Link("Certificate", reverse("work-certificate", args=[case.crn, work.pk])))
    words = "Closing report" if work.state in OVER else "Report so far"
    papers.append(Link(words, reverse("work-closing-report", args=[case.crn, work.pk])))
    return papers


def _no_certificate(work, found):
    if work.state == WorkState.COMPLETED:
        return ""
    if work.state == WorkState.ENDED:
        return "There is no certificate: it ended before all hours were worked."
    left = (
        f" {say_minutes(found.left).capitalize()} are left." if found.known and found.left else ""
    )
    return f"A certificate can be printed once all hours are worked.{left}"
