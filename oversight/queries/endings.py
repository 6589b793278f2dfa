"""Cases that come to their end, across the provider: those that are near or late, ended here, or ended without a last look.

Source: report 3.3. A list of any length takes a fixed number of statements.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Deadline, Ending
from cases.queries.due import anchored
from cases.queries.last_look import facts_of, last_looks, senior_of
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.codes import CaseState
from cases.reference.endings import EndedBy
from cases.reference.holding import LeftAs
from cases.rules.endings import to_do
from cases.rules.words import counted, shortened
from cases.services.policy import ending_policy, meeting_policy
from staff.kit import Tag, on, tag
from staff.permissions import Action
from unpaidwork.queries.hours_left import hours_left

NEAR, LATE, READY, UNSEEN, EARLY, OVER = "near", "late", "ready", "unseen", "early", "ended"
SHOWN = {
    NEAR: "Coming to their end",
    LATE: "Past their last day",
    READY: "Waiting for a senior",
    UNSEEN: "Ended without a last look",
    EARLY: "Early ends proposed",
    OVER: "Ended here",
}
NOBODY_LOOKED = (CaseState.NO_SENTENCE, CaseState.AWAITING_SENTENCE)
LONGEST = 160  # letters of what is missing that a row repeats


@dataclass(frozen=True)
class EndingRow:
    crn: str
    name: str
    href: str
    day: str
    tag: Tag | None
    missing: str  # what is still to do, or what came of it
    who: str  # who has it, and who ends it
    anchor: str = ""  # the CRN on the first row of each person, where the way back leads


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_MOVEMENTS)
    return cases.filter(team=team) if team else cases


def _of(user, team, today):
    """{what is shown: the endings of it}, of the cases open to this reader."""
    last = today + timedelta(days=ending_policy(today).opens_days)
    endings = Ending.objects.filter(case__in=cases_of(user, team))
    preparing = endings.being_prepared().filter(case__in=Case.objects.ours())
    return {
        NEAR: preparing.filter(ends_on__gte=today, ends_on__lte=last),
        LATE: preparing.filter(ends_on__lt=today),
        READY: preparing.filter(answers__has_key="asked"),
        EARLY: preparing.filter(answers__early__propose=True),
        OVER: endings.standing().filter(case__left_as=LeftAs.ENDED),
    }


def unseen(user, team):
    """Cases that had work of ours on them, and of which the record says that supervision is over, with no ending here."""
    owed = Deadline.objects.filter(case=OuterRef("pk"))
    over = cases_of(user, team).filter(
        state__in=NOBODY_LOOKED, left_as=LeftAs.STILL_HERE, retained_by=""
    )
    return over.filter(Exists(owed))


def counts_of(user, team, today):
    """{what is shown: how many}, in two statements."""
    last = today + timedelta(days=ending_policy(today).opens_days)
    ours = Q(ended_at=None, case__in=Case.objects.ours())
    found = Ending.objects.filter(case__in=cases_of(user, team)).aggregate(
        **{
            NEAR: Count("pk", filter=ours & Q(ends_on__gte=today, ends_on__lte=last)),
            LATE: Count("pk", filter=ours & Q(ends_on__lt=today)),
            READY: Count("pk", filter=ours & Q(answers__has_key="asked")),
            EARLY: Count("pk", filter=ours & Q(answers__early__propose=True)),
            OVER: Count(
                "pk",
                filter=Q(ended_at__isnull=False, reopened_at=None, case__left_as=LeftAs.ENDED),
            ),
        }
    )
    return found | {UNSEEN: unseen(user, team).count()}


def page_of_endings(user, team, show, today, *, after, size):
    """(rows, what the next page starts after) of one of the lists: what is near by its last day, what ended the latest first."""
    if show == UNSEEN:
        cases = unseen(user, team).select_related("officer", "team")
        found = page_of(cases, keys=("sort_name", "id"), after=after, size=size, known_by="pk")
        return _unseen_rows(found.rows, user), found.next_after
    found = page_of_listed(user, team, show, today, after=after, size=size)
    return _rows(found.rows, user, today, over=show == OVER), found.next_after


def page_of_listed(user, team, show, today, *, after, size):
    """The endings themselves of one page; of those that ended without a last look there is none."""
    endings = listed(user, team, show, today)
    return page_of(endings, keys=_keys(show), after=after, size=size, known_by="pk")


def listed(user, team, show, today):
    """The endings of one of the lists, in its order."""
    found = _of(user, team, today)[show].order_by(*_keys(show))
    return found.select_related("case", "case__officer", "case__team", "ended_by")


def _keys(show):
    return ("-ended_at", "-id") if show == OVER else ("ends_on", "id")


def _rows(endings, user, today, *, over):
    cases = {one.case_id: one.case for one in endings}
    names = names_for_each(cases.values(), actions_on_each(cases.values(), user))
    if over:
        return anchored(_ended_row(one, names[one.case_id]) for one in endings)
    facts = facts_of(cases)
    days = meeting_policy(today).review_ending_days
    looks = last_looks(endings, hours_left(list(cases), today), today, days=days, facts=facts)
    return anchored(
        _row(one, to_do(looks[one.pk]), senior_of(facts, one.case_id), names[one.case_id], today)
        for one in endings
    )


def _row(one, found, senior, names, today):
    missing = "Nothing is left to do."
    if found:
        first = names.text(found[0].sentence)
        missing = shortened(f"{counted(len(found), 'thing')} still to do. First: {first}", LONGEST)
    officer = officer_of(one.case)
    return EndingRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("case-ending", args=[one.case.crn]),
        day=on(one.ends_on),
        tag=tag("overdue") if one.ends_on < today else None,
        missing=missing,
        who=f"{officer}; a senior ends it" if senior else officer,
    )


def _ended_row(one, names):
    way = EndedBy(one.ended_by_way).title
    return EndingRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("case-ending", args=[one.case.crn]),
        day=on(localdate(one.ended_at)),
        tag=None,
        missing=f"{way}. Kept until {on(one.keep_until)}.",
        who=one.ended_by.name if one.ended_by else officer_of(one.case),
    )


def _unseen_rows(cases, user):
    return anchored(
        EndingRow(
            crn=one.crn,
            name=one.list_name,
            href=reverse("case-ending", args=[one.crn]),
            day="not recorded here",
            tag=tag("still-to-do"),
            missing="The record says that supervision is over, and nobody looked at it here.",
            who=officer_of(one),
        )
        for one in cases
    )
