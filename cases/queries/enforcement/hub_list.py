"""The hub's queue as its page and the API show it: each item with who works on it, what it waits for and the one next action.

Source: features 88 and 89; docs/screens.md. The number of statements is the same however many items are shown.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Claim, Deadline, HubQuestion
from cases.queries.due import ABOUT, anchored, how_late, listed_row, title_of
from cases.queries.enforcement.queue import (
    OF_A_DAY,
    ORDER,
    chased,
    days_to_come,
    free,
    is_free,
    is_to_come,
    queue_of,
)
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.deadlines import HUB_KINDS, KINDS
from cases.rules.enforcement.chasing import ANSWER
from cases.rules.enforcement.queue import late_through
from staff.kit import Link, on, tag
from staff.models import Team
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.rules.keeping import say_moment

ALL, FREE, MINE, WITH, ASKED, LATER, LATE = "", "free", "mine", "worked", "asked", "later", "late"
SHOWN = {
    ALL: "Everything",
    FREE: "Free to be claimed",
    MINE: "With you",
    WITH: "With others",
    ASKED: "Waits for an officer",
    LATER: "Waits for a day to come",
    LATE: "Late",
}
KIND_CHOICES = [(kind, KINDS[kind].title) for kind in HUB_KINDS]


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    kind: str = ""
    show: str = ALL
    team: Team | None = None


@dataclass(frozen=True)
class Works:
    """Who works on an item, or what it waits for: of one that is free, neither. `from_at`: of a day in court that has not come,
    when something can be said of it; `again_on`: of the NPS that was asked and has not answered, when it is asked again."""

    claim: Claim | None = None
    question: HubQuestion | None = None
    from_at: datetime | None = None
    again_on: date | None = None


def matching(user, wanted, now, last_post):
    """The items this reader may look at, of those asked for."""
    found = _of(queue_of(user, Action.VIEW_QUEUE), wanted)
    match wanted.show:
        case "free":
            return free(found).exclude(is_to_come(now))
        case "mine":
            return found.filter(_worked(Claim.objects.live().filter(by=user)))
        case "worked":
            return found.filter(_worked(Claim.objects.live().exclude(by=user)))
        case "asked":
            return found.filter(_worked(HubQuestion.objects.open()))
        case "later":
            return free(found).filter(is_to_come(now))
        case "late":
            return found.filter(due_on__lte=late_through(localtime(now), last_post))
    return found


def page_of_queue(user, wanted, *, after, size, now, last_post):
    """One page: what is due first, and of one day whoever could do or come to most harm."""
    found = matching(user, wanted, now, last_post).select_related(
        "case__officer", "case__team", *ABOUT
    )
    return page_of(found, keys=ORDER, after=after, size=size, known_by="pk")


def counts_of(user, wanted, now, last_post):
    """{what of the queue: how many}, of the kind and team asked for. Three statements."""
    found = _of(looked_at(user), wanted)
    late = Q(due_on__lte=late_through(localtime(now), last_post))
    later = is_to_come(now) & is_free()
    whole = found.aggregate(
        all=Count("pk"), late=Count("pk", filter=late), later=Count("pk", filter=later)
    )
    live = Claim.objects.live().filter(deadline__in=found)
    claims = live.aggregate(worked=Count("pk"), mine=Count("pk", filter=Q(by=user)))
    asked = HubQuestion.objects.open().filter(deadline__in=found).count()
    return {
        ALL: whole["all"],
        FREE: whole["all"] - claims["worked"] - asked - whole["later"],
        MINE: claims["mine"],
        WITH: claims["worked"] - claims["mine"],
        ASKED: asked,
        LATER: whole["later"],
        LATE: whole["late"],
    }


def works_on(deadlines, now):
    """{item: `Works`}, in two statements, and one more each where a court or an answer of the NPS is among them."""
    keys = [one.pk for one in deadlines]
    claims = Claim.objects.live().filter(deadline__in=keys).select_related("by")
    questions = HubQuestion.objects.open().filter(deadline__in=keys).select_related("asked_by")
    claimed = {one.deadline_id: one for one in claims}
    asked = {one.deadline_id: one for one in questions}
    days, again = _days_of(deadlines, now), _again_of(deadlines, now)
    return {pk: Works(claimed.get(pk), asked.get(pk), days.get(pk), again.get(pk)) for pk in keys}


def _days_of(deadlines, now):
    """{item: when its day in court is}, of those whose day has not come."""
    of_a_day = {one.pk: one.breach_id for one in deadlines if one.kind == OF_A_DAY}
    if not of_a_day:
        return {}
    days = days_to_come(now).filter(breach__in=of_a_day.values())
    found = dict(days.reverse().values_list("breach", "at"))  # of several the next stays
    return {pk: found[breach] for pk, breach in of_a_day.items() if breach in found}


def _again_of(deadlines, now):
    """{item: when the NPS is asked again}, of those for which that day has not come."""
    of_the_nps = {one.pk: one.breach_id for one in deadlines if one.kind == ANSWER}
    if not of_the_nps:
        return {}
    steps = chased().filter(breach__in=of_the_nps.values(), item__in=of_the_nps).order_by("pk")
    found = {item: date.fromisoformat(day) for item, day in steps.values_list("item", "again_on")}
    today = localtime(now).date()
    return {item: day for item, day in found.items() if day > today}  # of several the latest said


def queue_rows(deadlines, user, now, last_post):
    """Due rows: who has each, and what this reader does next about it."""
    cases = {one.case_id: one.case for one in deadlines}.values()
    may = actions_on_each(cases, user)
    names = names_for_each(cases, may)
    works = works_on(deadlines, now)
    today = localtime(now).date()
    found = []
    for one in deadlines:
        row = listed_row(one, names[one.case_id], may[one.case_id], today)
        has = works[one.pk]
        found.append(
            replace(
                row,
                due=f"{row.due}, {say_time(last_post)}",
                late=how_late_here(one.due_on, now, last_post),
                by=who_has(one, has, user, today),
                tag=_tag(has),
                next=_next(one, has, user, may[one.case_id]),
            )
        )
    return anchored(found)


def how_late_here(due_on, now, last_post):
    """How late an item is: once the last post of its day has gone, from that minute. Blank while on time."""
    local = localtime(now)
    late = due_on <= late_through(local, last_post)
    return how_late(due_on, local.date()) or (f"late since {say_time(last_post)}" if late else "")


def who_has(deadline, works, user, today):
    """ "Free", "You, since 10:05am", "J. Smith, asked until 3pm": whose turn it is."""
    if works.question:
        until = say_moment(localtime(works.question.until), today)
        did = "returned to them" if works.question.returned else "asked"
        return f"{officer_of(deadline.case)}, {did}, until {until}"
    if works.claim:
        who = "You" if works.claim.by_id == user.pk else works.claim.by.name
        return f"{who}, since {say_moment(localtime(works.claim.at), today)}"
    if works.from_at:
        return f"Nobody: {can_be_done(works, today)}"
    if works.again_on:
        return f"Nobody: {asked_again(works)}"
    return "Free"


def can_be_done(works, today):
    """ "can be done from 3 December 2018 at 10am": of a day in court that has not come."""
    return f"can be done from {say_moment(localtime(works.from_at), today)}"


def asked_again(works):
    """ "the NPS was asked, and is asked again on 3 December 2018": of an answer that has not come."""
    return f"the NPS was asked, and is asked again on {on(works.again_on)}"


def masked_to(user):
    """The cases with something in the queue that are kept from this reader."""
    owed = Deadline.objects.of_the_hub().values("case")
    return Case.objects.within_reach(user, Action.VIEW_QUEUE).filter(pk__in=owed).masked_to(user)


def teams_with_work(user):
    """{code: team} of the teams of the cases that this reader may look at in the queue."""
    held = looked_at(user).values("case__team")
    return {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}


def looked_at(user):
    """All that this reader may look at, in no order."""
    cases = Case.objects.open_to(user, Action.VIEW_QUEUE)
    return Deadline.objects.of_the_hub().filter(case__in=cases)


def _of(found, wanted):
    found = found.filter(kind=wanted.kind) if wanted.kind else found
    return found.filter(case__team=wanted.team) if wanted.team else found


def _worked(rows):
    return Exists(rows.filter(deadline=OuterRef("pk")))


def _tag(works):
    if works.question:
        return tag("returned" if works.question.returned else "awaiting-answer")
    return tag("under-way") if works.claim else None


def _next(deadline, works, user, may):
    """One next action: go on with what is theirs, claim what is free, and otherwise see it."""
    case = deadline.case
    at, hidden = [case.crn, deadline.pk], f"for {case.name}: {title_of(deadline)}"
    if works.claim and works.claim.by_id == user.pk:
        return Link("Work on it", reverse("hub-item", args=at), hidden=hidden)
    waits = works.claim or works.question or works.from_at or works.again_on
    if Action.WORK_QUEUE in may and not waits:
        return Link("Claim it", reverse("claim-item", args=at), post=True, hidden=hidden)
    return Link("See it", reverse("hub-item", args=at), hidden=hidden)


def due_in_words(deadline, last_post):
    return f"{on(deadline.due_on)}, {say_time(last_post)}"


def held_by(user):
    """How many items this member of staff works on, of whatever kind."""
    return Claim.objects.live().filter(by=user, deadline__met_on=None).count()
