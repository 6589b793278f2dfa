"""What courts ask: of one case, and across cases with the time that is left, what is needed first at the top.

Source: local practice; a court asks in the morning for the afternoon.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, CourtRequest
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.courts import CourtWants, SentBy
from cases.rules.courts import RequestState, say_moment, state_of, time_left
from cases.rules.words import ended
from staff.kit import Happening, Line, Link, Tag, tag
from staff.permissions import Action

HEARD = ("recorded_by", "replied_by", "withdrawn_by")


@dataclass(frozen=True)
class RequestShown:
    """One that waits, on the page of its case."""

    key: int
    title: str
    lines: list[Line]
    actions: list[Link]


@dataclass(frozen=True)
class RequestsPage:
    waiting: list[RequestShown]
    past: list[Happening]  # answered or withdrawn, the latest first


@dataclass(frozen=True)
class RequestRow:
    """One that waits, in the list."""

    crn: str
    name: str
    href: str
    officer: str
    court: str
    wants: str
    needed: str
    left: str
    tag: Tag | None
    next: Link
    anchor: str = ""


def requests_page(case, names, now):
    """Everything a court asked of this case. One statement."""
    found = list(case.court_requests.select_related(*HEARD).order_by("needed_by", "pk"))
    return RequestsPage(
        waiting=[_shown(one, case, names, now) for one in found if _state(one) == RequestState.WAITING],
        past=[_past(one, names) for one in reversed(found) if _state(one) != RequestState.WAITING],
    )  # fmt: skip


def find_request(case, pk):
    """One of this case, or None."""
    found = case.court_requests.select_related(*HEARD).filter(pk=pk).first()
    if found:
        found.case = case
    return found


def lines_of(one, names, now):
    """What was asked, for the page that answers it."""
    yield Line("Court", names.text(one.court))
    yield Line("Asked by", names.text(one.asked_by))
    yield Line("They want to know", CourtWants(one.wants).title, detail=names.text(one.words))
    yield Line("Needed by", say_moment(localtime(one.needed_by)), detail=time_left(one.needed_by, now))  # fmt: skip
    asked = say_moment(localtime(one.asked_at))
    yield Line("Asked", asked, detail=f"Recorded by {one.recorded_by.name}")


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.ANSWER_COURT)
    return cases.filter(team=team) if team else cases


def waiting_in(user, team):
    """What waits on cases that this reader may answer for."""
    return CourtRequest.objects.waiting().filter(case__in=cases_of(user, team))


def page_of_requests(user, team, *, after, size):
    """One page: what is needed first."""
    found = waiting_in(user, team).select_related("case__officer", "case__team")
    return page_of(found, keys=("needed_by", "id"), after=after, size=size, known_by="pk")


def request_rows(requests, user, now):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in requests}
    names = names_for_each(cases.values(), actions_on_each(cases.values(), user))
    return anchored(_row(one, names[one.case_id], now) for one in requests)


def _row(one, names, now):
    case = one.case
    return RequestRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        court=names.text(one.court),
        wants=CourtWants(one.wants).title,
        needed=say_moment(localtime(one.needed_by)),
        left=time_left(one.needed_by, now),
        tag=tag("overdue") if one.needed_by < now else None,
        next=Link("Answer it", reverse("answer-court", args=[case.crn, one.pk]), hidden=f" for {case.name}"),
    )  # fmt: skip


def _state(one):
    return state_of(one.replied_at, one.withdrawn_at)


def _shown(one, case, names, now):
    where = [case.crn, one.pk]
    return RequestShown(
        key=one.pk,
        title=f"{names.text(one.court)}, needed by {say_moment(localtime(one.needed_by))}",
        lines=list(lines_of(one, names, now)),
        actions=[
            Link("Answer it", reverse("answer-court", args=where)),
            Link("The court no longer needs it", reverse("withdraw-court-request", args=where)),
        ],
    )


def _past(one, names):
    if _state(one) == RequestState.WITHDRAWN:
        at, by, text = one.withdrawn_at, one.withdrawn_by, ended(one.withdrawn_because)
        title = f"{names.text(one.court)}: withdrawn"
    else:
        at, by, text = one.replied_at, one.replied_by, one.reply
        title = f"{names.text(one.court)}: answered, {SentBy(one.sent_by).title.lower()}"
    local = localtime(at)
    return Happening(
        title=title,
        when=say_moment(local),
        by=by.name if by else "",
        text=names.text(text),
        on=local.date().isoformat(),
    )
