"""Somebody who leaves: who may be said to, and their cases with what becomes of each.

Source: product rules, GRID (the sender owns it until a named officer accepts); report 3.3.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from cases.models import Case, Departure, Transfer
from cases.queries.candidates import CandidateRow, officers_to_choose
from cases.queries.cover import teams_of
from cases.queries.holding import shut_out_of
from cases.reference.codes import ROSH_ORDER, ContactLevel, Rosh
from cases.reference.holding import TransferState
from staff.kit import on
from staff.models import User
from staff.permissions import Action, Reach, Role, reach

UNASSESSED = ROSH_ORDER[Rosh.MEDIUM]  # not known is not low: it stands beside medium


@dataclass(frozen=True)
class LeaverRow:
    """Somebody who leaves, and how far their cases have come."""

    key: int
    username: str
    name: str
    last_day: date
    last_on: str  # the same in words
    href: str
    here: int  # still theirs and offered to nobody
    offered: int
    accepted: int
    over: bool  # their last day has passed


@dataclass(frozen=True)
class LeaversCase:
    """One case of theirs, in the order in which it presses."""

    case: Case
    href: str
    harm: str
    contact: str
    overdue: str
    offer: str  # to whom it is offered; blank where it is not


@dataclass(frozen=True)
class Leaving:
    """All that the page of one departure shows."""

    rows: list[LeaversCase]
    receivers: list[CandidateRow]
    may: dict[int, set[int]]  # {case: keys of receivers it lets in}
    elsewhere: int  # cases of theirs that this reader does not reach

    @property
    def open(self):
        """Those that can be offered here: not offered yet, and somebody may have them."""
        return [row.case for row in self.rows if not row.offer and self.may[row.case.pk]]


def may_say_to_leave(user):
    """Officers of whom this member of staff may say that they leave: of their teams, or all."""
    officers = User.objects.filter(is_active=True, role=Role.OFFICER)
    if reach(user.role, Action.PLAN_DEPARTURE) < Reach.PROVIDER:
        officers = officers.filter(team__in=teams_of(user))
    return officers.order_by("last_name", "first_name", "pk")


def departures_for(user):
    """Those not called off, of staff this reader answers for; whoever only looks on sees those of all."""
    found = Departure.objects.filter(cancelled_on=None).select_related("user")
    if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
        return found.filter(user__team__in=teams_of(user))
    return found


def may_plan(user):
    """Of these, those whose cases this member of staff may offer."""
    found = Departure.objects.filter(cancelled_on=None).select_related("user__team")
    if reach(user.role, Action.PLAN_DEPARTURE) < Reach.PROVIDER:
        return found.filter(user__team__in=teams_of(user))
    return found


def leaver_rows(user, today):
    """Of those whose leaving is not over, the first to go first; counted on the cases open to this reader."""
    found = list(departures_for(user).filter(done_on=None).order_by("last_on", "pk"))
    cases = Case.objects.open_to(user, Action.VIEW_MOVEMENTS)
    offers = Transfer.objects.filter(departure__in=found, case__in=cases)
    counts = {
        pk: (waiting, accepted)
        for pk, waiting, accepted in offers.values_list("departure").annotate(
            waiting=Count("pk", filter=Q(state=TransferState.OFFERED)),
            accepted=Count("pk", filter=Q(state=TransferState.ACCEPTED)),
        )
    }
    free = cases.ours().filter(officer__in=[one.user_id for one in found])
    free = free.exclude(pk__in=Transfer.objects.waiting().values("case"))
    here = dict(free.values_list("officer").annotate(n=Count("pk")))
    return [
        LeaverRow(
            key=one.pk,
            username=one.user.username,
            name=one.user.name,
            last_day=one.last_on,
            last_on=on(one.last_on),
            href=reverse("departure", args=[one.pk]),
            here=here.get(one.user_id, 0),
            offered=counts.get(one.pk, (0, 0))[0],
            accepted=counts.get(one.pk, (0, 0))[1],
            over=one.last_on < today,
        )
        for one in found
    ]


def leaving(departure, user, today):
    """Their cases, the most pressing first, and who may have each; in a fixed number of statements."""
    theirs = Case.objects.ours().filter(officer=departure.user)
    cases = list(_with_facts(theirs & Case.objects.open_to(user, Action.HAND_OVER), today))
    cases.sort(key=_pressing)
    offered = dict(
        Transfer.objects.waiting().filter(case__in=cases).values_list("case", "to_officer")
    )
    receivers = [
        row
        for row in officers_to_choose(today, but=[departure.user_id])
        if row.user.team_id in {departure.user.team_id, *teams_of(user)}
    ]
    shut, keys = shut_out_of([case.pk for case in cases]), [row.user.pk for row in receivers]
    people = User.objects.in_bulk([pk for pk in offered.values() if pk])
    return Leaving(
        rows=[_row(case, people.get(offered.get(case.pk)), case.pk in offered) for case in cases],
        receivers=receivers,
        may={case.pk: set(keys) - shut[case.pk].among(keys) for case in cases},
        elsewhere=theirs.count() - len(cases),
    )


def _with_facts(cases, today):
    late = Count("deadlines", filter=Q(deadlines__met_on=None, deadlines__paused_on=None, deadlines__due_on__lt=today))  # fmt: skip
    return cases.select_related("standing").annotate(late=late)


def _pressing(case):
    standing = getattr(case, "standing", None)
    harm = ROSH_ORDER.get(standing.harm, UNASSESSED) if standing and standing.harm else UNASSESSED
    return (-harm, -case.late, case.sort_name, case.pk)


def _row(case, receiver, offered):
    standing = getattr(case, "standing", None)
    harm = standing.harm if standing else ""
    level = standing.contact_level if standing else ""
    return LeaversCase(
        case=case,
        href=reverse("hand-over-sheet", args=[case.crn]),
        harm=Rosh(harm).title if harm else "Not recorded",
        contact=ContactLevel(level).title if level else "",
        overdue=f"{case.late:,} overdue" if case.late else "",
        offer=(receiver.name if receiver else "Somebody outside") if offered else "",
    )
