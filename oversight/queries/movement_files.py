"""The lists of cases that change hands, are put to the NPS, cannot be seen and end, as files.

Codes, days and people of ours, and nothing of what was written. Each file takes a fixed number of statements.
"""

from django.db.models import DateField, Max, OuterRef, Subquery
from django.utils.timezone import localdate

from cases.models import Case, Deadline, Whereabouts
from cases.queries.holder_page import ABOUT
from cases.reference.endings import EndedBy
from cases.reference.holding import TransferKind, TransferState
from cases.reference.pauses import PauseKind
from grid.reference.escalation import EscalationState
from oversight.queries import endings, escalations, holding, standing_still
from staff.permissions import Action

OF_A_CASE = ["CRN", "Name", "Team", "Officer"]
HAND_OVERS = [*OF_A_CASE, "Where it goes", "From", "To", "Offered on", "Where it stands", "Answered on"]  # fmt: skip
ESCALATIONS = [*OF_A_CASE, "Opened on", "Where it stands", "Ended on", "Next is due on"]
STANDING_STILL = [*OF_A_CASE, "Why", "Since", "Last seen by us on", "Last asked on", "To be asked by"]  # fmt: skip
ENDINGS = [*OF_A_CASE, "Last day", "Ended on", "How it ended", "Kept until"]
OF_CASES = ("case__officer", "case__team")


def may_take(user):
    """The cases whose lists this member of staff may also take away."""
    return Case.objects.open_to(user, Action.EXPORT_CASES)


def of_a_case(case):
    return [
        case.crn,
        case.list_name,
        case.team.name if case.team else "No team",
        case.officer.name if case.officer and case.officer.is_active else "",
    ]


# Each list, whole, in the order in which its page shows it


def hand_overs(user, today):
    found = holding.transfers_for(user).filter(case__in=may_take(user))
    waiting = found.waiting().order_by("offered_at", "pk")
    refused = holding.refused_among(found, today).order_by("-answered_at", "-pk")
    for rows in (waiting, refused):
        yield from rows.select_related(*OF_CASES, *ABOUT)


def escalations_of(user, wanted):
    found = escalations.matching(user, wanted).filter(case__in=may_take(user))
    due = Subquery(escalations.OWED.values("due_on")[:1], output_field=DateField())
    return found.select_related(*OF_CASES).annotate(due_on=due).order_by("opened_on", "pk")


def pauses(user, wanted):
    asked = Whereabouts.objects.filter(pause=OuterRef("pk")).order_by().values("pause")
    last = Subquery(asked.annotate(last=Max("on")).values("last"), output_field=DateField())
    owed = Deadline.objects.unmet().filter(case=OuterRef("case"), kind="ask_whereabouts", paused_on=None)  # fmt: skip
    found = standing_still.matching(user, wanted).filter(case__in=may_take(user))
    found = found.annotate(asked_on=last, ask_by=Subquery(owed.values("due_on")[:1]))
    return found.order_by("rank", "from_on", "pk")


def endings_of(user, team, show, today):
    """Of what the record says ended with nobody looking there is no ending, so that its cases are given."""
    taken = may_take(user)
    if show == endings.UNSEEN:
        return endings.unseen(user, team).filter(pk__in=taken).select_related("officer", "team").order_by("sort_name", "pk")  # fmt: skip
    return endings.listed(user, team, show, today).filter(case__in=taken)


# As lines


def hand_over_lines(transfers):
    for one in transfers:
        yield [
            *of_a_case(one.case),
            TransferKind(one.kind).title,
            one.from_officer.name if one.from_officer else "",
            one.to_officer.name if one.to_officer else "",
            localdate(one.offered_at),
            TransferState(one.state).title,
            localdate(one.answered_at) if one.answered_at else "",
        ]


def escalation_lines(found):
    for one in found:
        state = EscalationState(one.state).title
        yield [*of_a_case(one.case), one.opened_on, state, one.closed_on or "", one.due_on or ""]


def pause_lines(found):
    for one in found:
        yield [
            *of_a_case(one.case),
            PauseKind(one.kind).title,
            one.from_on,
            one.last_seen_on or "",
            one.asked_on or "",
            one.ask_by or "",
        ]


def ending_lines(found):
    for one in found:
        if isinstance(one, Case):
            yield [*of_a_case(one), "", "", "", ""]
            continue
        yield [
            *of_a_case(one.case),
            one.ends_on,
            localdate(one.ended_at) if one.ended_at else "",
            EndedBy(one.ended_by_way).title if one.ended_by_way else "",
            one.keep_until or "",
        ]
