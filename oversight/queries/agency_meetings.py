"""Meetings of agencies across cases: this week and next, reports that are due, what nobody answered, minutes that are missing.

What was decided and the minutes stand on the case, not here. Source: supervision reference 3.3; report 3.3.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import AgencyMeeting, Case, PlanAction
from cases.queries.agency_meetings import NOT_MINUTES, when_of
from cases.queries.days import midnight
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.agency_meetings import AgencyMeetingKind, TookPart
from cases.reference.codes import Titled
from cases.reference.holding import LeftAs
from cases.rules.agency_meetings import HELD
from cases.rules.words import counted
from cases.services.deadlines import due_under
from cases.services.policy import clocks
from staff.kit import Link, on
from staff.models import Team
from staff.permissions import Action


class Show(Titled):
    """Which meetings are listed."""

    COMING = "coming", "This week and next"
    REPORTS = "reports", "Reports due"
    UNANSWERED = "unanswered", "Not answered"
    MINUTES = "minutes", "Minutes missing"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = Show.COMING
    kind: str = ""


@dataclass(frozen=True)
class MeetingRow:
    crn: str
    name: str
    href: str
    officer: str
    kind: str
    when: str
    where: str
    report: str
    late: str
    stands: str
    next: Link
    anchor: str = ""


@dataclass(frozen=True)
class TeamCount:
    team: str
    code: str
    counts: dict[str, int]  # by what is shown


def filters(now):
    """{Show: the condition on a meeting that stands}"""
    today = localtime(now).date()
    monday = today - timedelta(days=today.weekday())
    unsaid = Q(took_part=TookPart.NOT_SAID)
    return {
        Show.COMING: unsaid
        & Q(held_at__gte=midnight(today), held_at__lt=midnight(monday + timedelta(weeks=2))),
        Show.REPORTS: unsaid & Q(report_by_on__isnull=False, report_sent_on=None),
        Show.UNANSWERED: unsaid & Q(held_at__lt=now),
        Show.MINUTES: Q(took_part__in=HELD, minutes_came_on=None),
    }


def meetings_in(user, team, action=Action.VIEW_MEETINGS):
    """Those that stand on cases of ours which this reader reaches."""
    cases = Case.objects.open_to(user, action).filter(left_as=LeftAs.STILL_HERE)
    cases = cases.filter(team=team) if team else cases
    return AgencyMeeting.objects.standing().filter(case__in=cases)


def matching(user, wanted, now, action=Action.VIEW_MEETINGS):
    found = meetings_in(user, wanted.team, action).filter(filters(now)[Show(wanted.show)])
    return found.filter(kind=wanted.kind) if wanted.kind else found


def listed(user, wanted, now, action=Action.VIEW_MEETINGS):
    """What a row needs, and never minutes."""
    found = matching(user, wanted, now, action).defer(*NOT_MINUTES)
    return found.select_related("case__officer", "case__team", "went")


def page_of_meetings(user, wanted, now, *, after, size):
    """One page: by the day of the report where reports are listed, and otherwise by that of the meeting."""
    keys = ("report_by_on", "id") if wanted.show == Show.REPORTS else ("held_at", "id")
    return page_of(listed(user, wanted, now), keys=keys, after=after, size=size, known_by="pk")


def counts_by_team(user, now):
    """How many of each in every team the reader reaches. One statement."""
    sums = {f"{show}_": Count("pk", filter=where) for show, where in filters(now).items()}
    rows = meetings_in(user, None).values_list("case__team__name", "case__team__code")
    found = rows.annotate(**sums).order_by("case__team__name")
    counted_ = [
        TeamCount(name or "No team", code or "", dict(zip(Show, numbers, strict=True)))
        for name, code, *numbers in found
    ]
    return [one for one in counted_ if any(one.counts.values())]


def meeting_rows(meetings, user, now):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in meetings}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    owed, policy = _undone(meetings), clocks(localtime(now).date())
    return anchored(
        _row(one, names[one.case_id], may[one.case_id], owed, policy, now) for one in meetings
    )


def _undone(meetings):
    """{meeting: how many things it gave us to do that are not done}"""
    undone = PlanAction.objects.undone().filter(meeting__in=[one.pk for one in meetings])
    return dict(undone.values("meeting").annotate(many=Count("pk")).values_list("meeting", "many"))


def _row(one, names, may, owed, policy, now):
    case = one.case
    return MeetingRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        kind=AgencyMeetingKind(one.kind).title,
        when=when_of(one),
        where=names.text(one.where),
        report=_report(one),
        late=_late(one, policy, now),
        stands=_stands(one, owed.get(one.pk, 0), now),
        next=_next(one, may, now),
    )


def _report(one):
    if one.report_sent_on:
        return f"Sent {on(one.report_sent_on)}"
    return f"By {on(one.report_by_on)}" if one.report_by_on else "None asked for"


def _late(one, policy, now):
    """How late our report is, or saying how we took part."""
    if one.took_part:
        return ""
    today = localtime(now).date()
    if one.report_by_on and not one.report_sent_on and one.report_by_on < today:
        return f"Report {how_late(one.report_by_on, today)}"
    held_on = localtime(one.held_at).date()
    if one.held_at < now:
        late = how_late(due_under(policy, "say_of_meeting", held_on), today)
        return f"Answer {late}" if late else ""
    return ""


def _stands(one, undone, now):
    if not one.took_part:
        return "To come" if one.held_at >= now else "Nobody has said how we took part"
    went = f"{one.went.name} was there" if one.went else TookPart(one.took_part).title
    left = f"; {counted(undone, 'thing', 'things')} still for us to do" if undone else ""
    return f"{went}{left}"


def _next(one, may, now):
    """The one thing to do now, that this reader may do."""
    case, where = one.case, [one.case.crn, one.pk]
    hidden = f" for {case.name}"
    if Action.RECORD_MEETING not in may:
        return Link("See it", reverse("agency-meetings", args=[case.crn]), hidden=hidden)
    if one.took_part:
        return Link("The minutes have come", reverse("take-in-minutes", args=where), hidden=hidden)
    if one.held_at < now:
        return Link("Say how we took part", reverse("say-of-meeting", args=where), hidden=hidden)
    if one.report_by_on and not one.report_sent_on:
        return Link("Our report was sent", reverse("send-meeting-report", args=where), hidden=hidden)  # fmt: skip
    return Link("See it", reverse("agency-meetings", args=[case.crn]), hidden=hidden)


# As a file: codes, days and people of ours, and none of what was written

CSV_HEAD = [
    "CRN",
    "Name",
    "Team",
    "Officer",
    "Kind",
    "Held or to be held",
    "Report asked for by",
    "Report sent on",
    "How we took part",
    "Minutes came on",
    "Something still for us to do",
]


def exported(user, wanted, now):
    """Of the list, what is on cases whose lists this reader may also take away."""
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    undone = PlanAction.objects.undone().filter(meeting=OuterRef("pk"))
    found = listed(user, wanted, now).filter(case__in=may_take)
    return found.annotate(undone=Exists(undone)).order_by("held_at", "id")


def meeting_lines(meetings):
    for one in meetings:
        case = one.case
        yield [
            case.crn,
            case.list_name,
            case.team.name if case.team else "No team",
            case.officer.name if case.officer else "",
            AgencyMeetingKind(one.kind).title,
            localtime(one.held_at).strftime("%Y-%m-%d %H:%M"),
            one.report_by_on or "",
            one.report_sent_on or "",
            TookPart(one.took_part).title,
            one.minutes_came_on or "",
            "Yes" if one.undone else "No",
        ]
