"""Supervision as its pages show it: the officers of a team, one officer, one session; and whose each reader may read.

Source: features 125. It is between an officer and those who answer for them: nobody else opens any of it.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from cases.models import Case
from cases.queries.cover import teams_of
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.queries.senior_actions import how_it_stands, mark_of
from cases.reference.senior_actions import SeniorActionState
from cases.rules.words import counted, shortened
from oversight.models import AgreedAction, Supervision
from oversight.queries.leavers import HAS_LEFT, left_on, supervised_or_here
from oversight.reference.supervision import ONCE_SIGNED, UNFINISHED, SupervisionState
from oversight.rules.agenda import named, read_kept
from oversight.rules.supervised import Interval, Stands, interval
from staff.kit import Happening, Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action, Reach, Role, reach

MARKS = {
    SupervisionState.PLANNED: "open",
    SupervisionState.HELD: "under-way",
    SupervisionState.SIGNED: "to-read",
    SupervisionState.READ: "read",
    SupervisionState.CALLED_OFF: "called-off",
}
SAID = {
    Stands.ON_TIME: None,
    Stands.TO_PLAN: "due-soon",
    Stands.OVERDUE: "overdue",
    Stands.NEVER: "not-recorded",
}
KEPT = "On a case that you may not open now."
PEOPLE = ("officer__team", "senior", "called_off_by")
OF_A_CASE = ("on_case__case", "on_case__asked_by", "on_case__settled_by", "settled_by")
LONGEST = 100


def officers_within(user, action):
    """The officers of whom this member of staff may take this action, by name. Nobody supervises themselves."""
    officers = User.objects.filter(is_active=True, role=Role.OFFICER)
    far = reach(user.role, action)
    if far < Reach.PROVIDER:
        near = Q(pk=user.pk) if far else Q(pk__in=[])
        if far >= Reach.TEAM:
            near |= Q(team__in=teams_of(user))
        officers = officers.filter(near)
    return officers.select_related("team").order_by("last_name", "first_name", "pk")


def sessions_within(user, action):
    officers = officers_within(user, action).order_by()
    return Supervision.objects.filter(officer__in=officers).select_related(*PEOPLE)


def agreed_within(user, action):
    """What was agreed that is on no case."""
    officers = officers_within(user, action).order_by()
    found = AgreedAction.objects.of_no_case().filter(supervision__officer__in=officers)
    return found.select_related("supervision__officer", "supervision__senior", "settled_by")


def may_hold(user, officer):
    return officers_within(user, Action.HOLD_SUPERVISION).filter(pk=officer.pk).exists()


@dataclass(frozen=True)
class OfficerRow:
    """One officer of the team's list."""

    name: str
    href: str
    last: str
    next: str
    tag: Tag | None
    words: str
    open: int  # agreed and not done
    late: int  # of them
    action: Link | None


def officer_rows(user, team, today, policy):
    """In the order of their names. Four statements, however many they are."""
    officers = officers_within(user, Action.VIEW_SUPERVISION)
    officers = supervised_or_here(officers.filter(team=team) if team else officers, today)
    officers = list(officers)
    keys = [one.pk for one in officers]
    times = _times(keys)
    owed = _owed(keys, today)
    holds = set(officers_within(user, Action.HOLD_SUPERVISION).order_by().values_list("pk", flat=True))  # fmt: skip
    return [
        _officer_row(
            one, times.get(one.pk, {}), owed.get(one.pk, {}), one.pk in holds, today, policy
        )
        for one in officers
    ]


def interval_of(officer, today, policy) -> Interval:
    times = _times([officer.pk]).get(officer.pk, {})
    return interval(times.get("last"), times.get("next"), policy.weeks_between, today)


def _times(keys):
    """{officer: {when the last was held, when one is planned or began, and which}}."""
    rows = Supervision.objects.filter(officer__in=keys).values("officer").order_by()
    unfinished = Q(state__in=UNFINISHED)
    rows = rows.annotate(
        last=Max("held_on", filter=Q(state__in=ONCE_SIGNED)),
        next=Min("planned_on", filter=unfinished),
        which=Min("pk", filter=unfinished),
    )
    return {row["officer"]: row for row in rows}


def _owed(keys, today):
    """{officer: how many agreed actions are open, and how many of them late}; those on cases count by the case's own."""
    late_here = Q(on_case=None, due_on__lt=today)
    late_there = Q(on_case__due_on__lt=today)
    still = Q(on_case=None) | Q(on_case__state=SeniorActionState.OPEN)
    rows = AgreedAction.objects.filter(
        still, supervision__officer__in=keys, state=SeniorActionState.OPEN
    )
    counts = {"open": Count("pk"), "late": Count("pk", filter=late_here | late_there)}
    counted = rows.values("supervision__officer").annotate(**counts).order_by()
    return {row["supervision__officer"]: row for row in counted}


def _officer_row(one, times, owed, holds, today, policy):
    last, planned_on, which = (times.get(name) for name in ("last", "next", "which"))
    stands = interval(last, planned_on, policy.weeks_between, today)
    here = reverse("officer-supervision", args=[one.pk])
    left, action = left_on(one.last_day, today), None
    if holds and which:
        action = Link("See it", reverse("supervision", args=[which]), hidden=f"of {one.name}")
    elif holds and not left:
        action = Link("Plan it", reverse("plan-supervision", args=[one.pk]), hidden=f"for {one.name}")  # fmt: skip
    mark = SAID[stands.stands]
    return OfficerRow(
        name=one.name,
        href=here,
        last=on(last) if last else "None recorded",
        next=on(planned_on) if planned_on else "None planned",
        tag=HAS_LEFT if left else tag(mark) if mark else None,
        words=left or stands.words,
        open=owed.get("open", 0),
        late=owed.get("late", 0),
        action=action,
    )


@dataclass(frozen=True)
class ItemShown:
    """One item of an agenda: what, how many, the cases its reader may open, and how many others it names."""

    title: str
    count: int
    cases: list[Link]
    others: int
    before: int  # of them, late already when the officer was given the case


@dataclass(frozen=True)
class AgendaShown:
    strengths: list[ItemShown] = field(default_factory=list)
    red: list[ItemShown] = field(default_factory=list)
    left_off: str = ""
    kept: int = 0  # cases of limited access that it names, counted nowhere above


def agenda_shown(agenda, reader):
    """For this reader: a case that they may not open is counted and not named; one that is kept from them is not counted."""
    there = Case.objects.filter(
        crn__in={crn for one in (*agenda.strengths, *agenda.red) for crn in one.crns}
    )
    kept = {one.crn for one in there.masked_to(reader)}
    near = there.within_reach(reader, Action.VIEW_CASE).masked_to(reader)
    shown = set(there.open_to(reader, Action.VIEW_CASE).values_list("crn", flat=True))
    more = counted(agenda.left_off, "more thing was", "more things were")
    return AgendaShown(
        _items(agenda.strengths, shown, kept),
        _items(agenda.red, shown, kept),
        f"{more} found and left for another time." if agenda.left_off else "",
        near.count() if kept else 0,
    )


def _items(items, shown, kept):
    left = [one.without(kept) for one in items]
    return [_item(one, shown) for one in left if one.count]


def _item(one, shown):
    crns = named(crn for crn in one.crns if crn in shown)
    cases = [Link(crn, reverse("case", args=[crn])) for crn in crns]
    others = len(set(one.crns) - shown)
    return ItemShown(one.topic.title, one.count, cases, others, len(one.before))


def kept_agenda(session, reader):
    return agenda_shown(read_kept(session.agenda), reader)


@dataclass(frozen=True)
class AgreedShown:
    """One thing that was agreed, as its reader may see it."""

    key: int
    what: str
    why: str
    where: str  # the CRN, or that it is on no case
    tag: Tag
    stands: str
    said: str  # what was done, or why it is asked for no longer
    actions: list[Link]


def agreed_of(sessions, reader, today, *, unsettled=False):
    """What was agreed in these sessions. Of a case that this reader may not read of, nothing but that it is there."""
    rows = AgreedAction.objects.filter(supervision__in=sessions).select_related(*OF_A_CASE)
    if unsettled:
        still = Q(on_case=None) | Q(on_case__state=SeniorActionState.OPEN)
        rows = rows.filter(still, state=SeniorActionState.OPEN)
    listed = list(rows.select_related("supervision").order_by("pk"))
    found = {one.on_case.case_id: one.on_case.case for one in listed if one.on_case}
    may_read = Case.objects.open_to(reader, Action.VIEW_SENIOR_ACTIONS).filter(pk__in=found)
    cases = {pk: found[pk] for pk in may_read.values_list("pk", flat=True)}
    may = actions_on_each(cases.values(), reader)
    names = names_for_each(cases.values(), may)
    holds = reach(reader.role, Action.HOLD_SUPERVISION) > Reach.NONE
    return [
        _on_a_case(one.pk, one.on_case, names, cases, today)
        if one.on_case
        else _on_none(one, reader, holds, today)
        for one in listed
    ]


def _on_a_case(key, one, names, cases, today):
    if one.case_id not in cases:
        return AgreedShown(
            key, KEPT, "", "", mark_of(one, today), how_it_stands(one, today), "", []
        )
    read = names[one.case_id].text
    see = Link(
        "See it on the case",
        reverse("senior-action", args=[one.case.crn, one.pk]),
        hidden=f"on {one.case.crn}",
    )
    return AgreedShown(
        key, read(one.what), read(one.why), one.case.crn, mark_of(one, today), how_it_stands(one, today),
        read(one.settled_because), [see],
    )  # fmt: skip


def _on_none(one, reader, holds, today):
    links, about = [], f": {shortened(one.what, LONGEST)}"
    if one.state == SeniorActionState.OPEN:
        if one.supervision.officer_id == reader.pk:
            here = reverse("do-agreed-action", args=[one.pk])
            links.append(Link("Say it is done", here, hidden=about))
        elif holds:
            here = reverse("withdraw-agreed-action", args=[one.pk])
            links.append(Link("Ask for it no longer", here, hidden=about))
    return AgreedShown(
        one.pk, one.what, one.why, "On no case", mark_of(one, today), how_it_stands(one, today),
        one.settled_because, links,
    )  # fmt: skip


def sessions_of(officer):
    """Each as an entry of a list, the latest first."""
    rows = officer.supervisions.select_related("senior").order_by("-planned_on", "-pk")
    return [
        Happening(
            title=f"Supervision with {one.senior.name}",
            when=on(one.held_on or one.planned_on),
            text=stands_of(one),
            href=reverse("supervision", args=[one.pk]),
            tag=tag(MARKS[SupervisionState(one.state)]),
            on=(one.held_on or one.planned_on).isoformat(),
        )
        for one in rows
    ]


def stands_of(one):
    match SupervisionState(one.state):
        case SupervisionState.CALLED_OFF:
            return f"Called off: {one.called_off_because}"
        case SupervisionState.SIGNED:
            return f"Signed; waits to be read by {one.officer.name}"
    return SupervisionState(one.state).title
