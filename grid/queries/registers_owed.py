"""Registers of groups that are not sent, as rows of My work: of whoever led the session, and then of a senior.

Deadlines belong to cases, and a register is of a session, so that no clock runs for it: it stands here from the end of
the session until it is sent. One statement, and one for names where there is any. Source: product rules, groups; local
policy: a senior has it once the working day after the session has passed.
"""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.days import midnight
from cases.queries.due import how_late
from cases.rules.calendar import working_days_before
from cases.rules.words import listed
from grid.models import SeriesSession, SessionLeader
from grid.queries.group_register import KEEP, is_senior, last_number, of_their_team
from grid.queries.group_sessions import leaders_of, numbered
from grid.queries.rooms import title_of
from grid.queries.series import as_session
from grid.rules.reaching import REGISTER_OWED
from staff.kit import DueRow, Link, on
from staff.permissions import reach

MOST = 20  # rows, the oldest first; My groups has the rest
OF_A_LEADER = (
    "It is sent on the day of the session. What is said on it is in each case at once, and until then their officers do "
    "not know who came."
)
OF_A_SENIOR = (
    "The working day after the session has passed. Until the register is sent nobody knows whether your team’s people "
    "came: ask whoever led it, or say it and send it yourself."
)


def registers_owed(user, now):
    """[DueRow], the oldest first: sessions that are over, stand, and have a register that this reader keeps, not sent."""
    if not reach(user.role, KEEP):
        return []
    rows = list(_owed(user, now)[: MOST + 1])
    shown = rows[:MOST]
    names, today = leaders_of([one.pk for one in shown]), localtime(now).date()
    found = [_row(one, names.get(one.pk, []), today) for one in shown]
    return [*found, _more()] if len(rows) > MOST else found


def _owed(user, now):
    """A leader has it for as long as they reach those on it; a senior of any of those then, and for good."""
    today = localtime(now).date()
    led = SessionLeader.objects.standing().filter(user=user)
    theirs = Q(led=True, starts_at__gte=midnight(today - REGISTER_OWED))
    if is_senior(user):
        before = midnight(working_days_before(today, 1))
        theirs |= Q(pk__in=of_their_team(user).values("session"), starts_at__lt=before)
    over = SeriesSession.objects.standing().filter(sent_at=None, ends_at__lte=now)
    known = over.annotate(
        led=Exists(led.filter(session=OuterRef("pk"))),
        last=last_number(),
    )
    return known.filter(theirs).select_related("series").order_by("starts_at", "pk")


def _row(session, names, today):
    planned = as_session(session)
    group = f"{title_of(session.series.code)}, {numbered(session).lower()}"
    href = reverse("group-register", args=[session.pk])
    return DueRow(
        person=group,
        what="Keep the register and send it" if session.led else "See that the register is sent",
        due=on(planned.on),
        late=how_late(planned.on, today),
        by=listed(names),
        rule=OF_A_LEADER if session.led else OF_A_SENIOR,
        source="local policy",
        next=Link("Open the register", href, hidden=f": {group}, {on(planned.on)}"),
    )


def _more():
    return DueRow(
        person="More groups",
        what="See that their registers are sent",
        due="",
        next=Link("See all", reverse("my-groups"), hidden=": registers that are not sent"),
    )
