"""Actions of the plan of one case as its pages show them.

Source: the headline measure (a reply cited by an action of the plan).
"""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from cases.reference.checks import CheckKind
from cases.rules.checks import IN_SHORT
from staff.kit import Link, Tag, on, tag


@dataclass(frozen=True)
class ActionLine:
    what: str
    tag: Tag
    words: str  # by whom and by when, or what was done
    rests_on: str
    href: str  # of what it rests on
    next: Link | None = None


def actions_of(case, names, *, may_finish, today, **resting_on):
    """Those still to be done first, the soonest first. `resting_on`: of one `enquiry` or `reading` alone."""
    found = case.plan_actions.in_force().filter(**resting_on).select_related("enquiry")
    ordered = found.order_by(F("done_on").asc(nulls_first=True), "by_on", "pk")
    return [_line(one, case, names, may_finish, today) for one in ordered]


def find_action(case, pk):
    return case.plan_actions.in_force().select_related("enquiry").filter(pk=pk).first()


def _line(one, case, names, may_finish, today):
    what = names.text(one.what)
    mark, words = tag("due"), f"By {on(one.by_on)}, {names.text(one.by_whom)}."
    if one.done_on:
        mark, words = tag("met"), f"{on(one.done_on)}. {names.text(one.done_note)}"
    elif one.by_on < today:
        mark = tag("overdue")
    finish = Link(
        "Say it is done", reverse("finish-action", args=[case.crn, one.pk]), hidden=f": {what}"
    )
    return ActionLine(
        what=what,
        tag=mark,
        words=words,
        rests_on=_rests_on(one),
        href=reverse("check", args=[case.crn, one.enquiry_id]) if one.enquiry_id else "",
        next=finish if may_finish and not one.done_on else None,
    )


def _rests_on(one):
    if one.enquiry:
        return f"The {IN_SHORT[CheckKind(one.enquiry.kind)]} reply"
    if one.meeting_id:  # of which kind is for those who may see the meetings
        return "A meeting of agencies"
    return "What came in" if one.reading_id else ""
