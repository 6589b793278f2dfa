"""Rows of the lists, every value ready to be placed."""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.next_steps import next_of
from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import CaseState, ContactLevel, Place
from cases.reference.deadlines import KINDS
from cases.reference.groups import group_name
from cases.reference.holding import LeftAs
from cases.rules.checks import IN_SHORT, STEP
from staff.kit import DueRow, Link, Tag, on, tag

UNPLACED, NO_TEAM = "Not yet placed", "No team"


@dataclass(frozen=True)
class CaseRow:
    """One case in the caseload."""

    crn: str
    name: str
    href: str
    officer: str
    team: str
    group: str
    tag: Tag | None
    raised: Tag | None  # something was raised, and is not yet assessed
    still: Tag | None  # they have died, or cannot be seen as usual
    contact: str
    due: str
    due_on: str
    late: bool
    overdue: int
    checks: str  # where the overdue ones are listed


def case_row(case, today):
    standing = getattr(case, "standing", None)
    group, mark = placed(case, standing)
    kind = KINDS[case.next_kind].title if case.next_kind else ""
    return CaseRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else NO_TEAM,
        group=group,
        tag=mark,
        raised=tag("provisional") if case.raised else None,
        still=_still(case),
        contact=contact_level(standing.contact_level if standing else ""),
        due=kind,
        due_on=on(case.next_due) if kind else "",
        late=bool(case.next_due and case.next_due < today),
        overdue=case.overdue,
        checks=reverse("case-checks", args=[case.crn]),
    )


def contact_level(code):
    return ContactLevel(code).title if code else ""


def _still(case):
    if case.left_as == LeftAs.DIED:
        return tag("has-died")
    return tag("cannot-be-seen") if case.paused else None


def officer_of(case):
    if case.retained_by:
        return f"{case.retained_by} (NPS)"
    return case.officer.name if case.officer else "No officer"


def placed(case, standing):
    """(where they stand in words, or blank; the tag beside it)"""
    if case.state == CaseState.CLOSED:
        return CaseState.CLOSED.title, tag("closed")
    if standing is None:
        return UNPLACED, tag("not-placed")
    match Place(standing.place):
        case Place.GROUP:
            return group_name(standing.group), None
        case Place.ESCALATE:
            return "To the NPS", tag("escalate")
        case Place.CANNOT:
            return f"Needs {standing.needs}", tag("cannot-place")
        case Place.RETAINED:
            return "", tag("nps")
    return Place.NO_SENTENCE.title, tag("not-placed")


MARK = {
    EnquiryState.DUE: "due",
    EnquiryState.SENT: "awaiting-reply",
    EnquiryState.REPLIED: "to-analyse",
}


def check_row(enquiry, late_words, why, may_act):
    """One unfinished enquiry as a due row. `may_act`: whether its next action is this reader's."""
    case, state = enquiry.case, EnquiryState(enquiry.state)
    step = STEP[state]
    action, name, _ = next_of(step, late=bool(late_words))
    kind = CheckKind(enquiry.kind).title
    link = Link(
        action if may_act else "Open the enquiry",
        reverse(name if may_act else "check", args=[case.crn, enquiry.pk]),
        hidden=f"for {case.name}: {kind}",
    )
    return DueRow(
        what=f"{KINDS[step].title}: {IN_SHORT[CheckKind(enquiry.kind)]}",
        due=on(enquiry.due_on),
        late=late_words,
        by=officer_of(case),
        rule=why,
        source="local policy, checks",
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]),
        next=link,
        tag=None if late_words else tag(MARK[state]),  # how late says more
    )
