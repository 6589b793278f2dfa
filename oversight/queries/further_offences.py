"""Charges with a serious further offence: of one case, and across cases with what is owed of each.

Source: local policy on serious further offences.
"""

from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import IntegerField, Q, Value
from django.db.models import When as Then
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Deadline, FurtherOffence
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.deadlines import OF_FURTHER_OFFENCES
from staff.kit import Line, Link, Tag, on, tag
from staff.models import Team
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

OPEN, DONE, ASIDE = "open", "done", "aside"
SHOWN = {
    OPEN: "Something is still owed",
    DONE: "Notified and reviewed",
    ASIDE: "Set aside",
}
NOTIFY, REVIEW = OF_FURTHER_OFFENCES
PEOPLE = ("recorded_by", "notified_by", "reviewed_by", "set_aside_by")
STANDING = Q(set_aside_at=None)
UNFINISHED = Q(notified_on=None) | Q(reviewed_on=None)
WHICH = {OPEN: STANDING & UNFINISHED, DONE: STANDING & ~UNFINISHED, ASIDE: ~STANDING}


@dataclass(frozen=True)
class Charge:
    """One charge, as the page of its case shows it."""

    key: int
    title: str
    tag: Tag
    lines: list[Line]
    learnt: str
    known: str  # where what was known is read
    next: list[Link]  # what this reader may do, the first of them next


@dataclass(frozen=True)
class Wanted:
    """What the reader of the list asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = OPEN


@dataclass(frozen=True)
class ChargeRow:
    crn: str
    name: str
    href: str
    officer: str
    offence: str
    charged: str
    tag: Tag
    notified: str
    notify_late: str
    reviewed: str
    review_late: str
    next: Link
    anchor: str = ""


def charges_of(case, names, may, today):
    """Every charge on the case, the latest first. Two statements."""
    due = _due([case.pk])
    found = case.further_offences.defer("known").select_related(*PEOPLE)
    return [
        _charge(one, case, names, may, due, today) for one in found.order_by("-recorded_at", "-pk")
    ]


def find_charge(case, pk):
    found = case.further_offences.filter(pk=pk).first()
    if found:
        found.case = case
    return found


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_FURTHER_OFFENCE)
    return cases.filter(team=team) if team else cases


def matching(user, wanted):
    found = FurtherOffence.objects.filter(WHICH[wanted.show], case__in=cases_of(user, wanted.team))
    return found.defer("known").select_related("case__officer", "case__team")


def page_of_charges(user, wanted, *, after, size):
    """One page: what has not been notified first, and of each sort what we have known of the longest."""
    told = Then(notified_on=None, then=Value(0))
    found = matching(user, wanted).annotate(
        rank=When(told, default=Value(1), output_field=IntegerField())
    )
    return page_of(found, keys=("rank", "learnt_at", "id"), after=after, size=size, known_by="pk")


def charge_rows(charges, user, today):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in charges}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    due = _due(cases)
    return anchored(_row(one, names[one.case_id], due, today) for one in charges)


def _due(case_ids):
    """{(case, kind): the day by which it is owed}"""
    owed = Deadline.objects.unmet().ours().filter(case__in=case_ids, kind__in=OF_FURTHER_OFFENCES)
    return {(case, kind): day for case, kind, day in owed.values_list("case", "kind", "due_on")}


def _tag(one):
    if one.set_aside_at:
        return tag("closed")
    return tag("still-to-do") if one.notified_on is None or one.reviewed_on is None else tag("met")


def _charge(one, case, names, may, due, today):
    return Charge(
        key=one.pk,
        title=f"Charged on {say_date(one.charged_on)}: {names.text(one.offence)}",
        tag=_tag(one),
        lines=list(_lines(one, names, due, today)),
        learnt=names.text(one.learnt),
        known=reverse("known-then", args=[case.crn, one.pk]),
        next=_next(one, case, may),
    )


def _lines(one, names, due, today):
    yield Line("Who told us", names.text(one.told_by), detail=f"Learnt {_when(one.learnt_at)}")
    yield Line("Recorded", f"{_when(one.recorded_at)}, {one.recorded_by.name}")
    if one.set_aside_at:
        by = f"{_when(one.set_aside_at)}, {one.set_aside_by.name}"
        yield Line("Set aside", names.text(one.set_aside_because), detail=by)
        return
    if one.notified_on:
        by = f"{on(one.notified_on)}, by {one.notified_by.name}"
        yield Line("Notified", names.text(one.notified_whom), detail=by)
    else:
        yield Line("Notified", "Nobody yet", detail=_owed(due.get((one.case_id, NOTIFY)), today))
    if one.reviewed_on:
        yield Line("Review", f"Handed in on {on(one.reviewed_on)}, by {one.reviewed_by.name}")
    else:
        yield Line(
            "Review", "Not handed in yet", detail=_owed(due.get((one.case_id, REVIEW)), today)
        )


def _owed(due_on, today):
    if due_on is None:
        return ""
    late = how_late(due_on, today)
    return f"Due on {on(due_on)}{': ' if late else ''}{late}"


def _next(one, case, may):
    if Action.NOTIFY_FURTHER_OFFENCE not in may or one.set_aside_at:
        return []
    steps = [
        ("Say who was notified", "notify-further-offence", one.notified_on is None),
        ("Hand in the review", "review-further-offence", one.reviewed_on is None),
        ("Set it aside", "set-aside-further-offence", True),
    ]
    hidden = f": {one.offence}"
    return [
        Link(text, reverse(name, args=[case.crn, one.pk]), hidden=hidden)
        for text, name, owed in steps
        if owed
    ]


def _row(one, names, due, today):
    case = one.case
    notify, review = (None if one.set_aside_at else due.get((case.pk, kind)) for kind in (NOTIFY, REVIEW))  # fmt: skip
    return ChargeRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        offence=names.text(one.offence),
        charged=on(one.charged_on),
        tag=_tag(one),
        notified=_done(one.notified_on, notify),
        notify_late=how_late(notify, today) if notify and not one.notified_on else "",
        reviewed=_done(one.reviewed_on, review),
        review_late=how_late(review, today) if review and not one.reviewed_on else "",
        next=Link(
            "See it", reverse("further-offence", args=[case.crn]), hidden=f" for {case.name}"
        ),
    )


def _done(day, due_on):
    if day:
        return on(day)
    return f"Due on {on(due_on)}" if due_on else "Not owed"


def _when(at):
    at = localtime(at)
    return f"{say_date(at.date())}, {say_time(at.time())}"
