"""The register of a session as its page shows it: one card a person, what stands of them, and what may be said next.

A fixed number of statements, however many are on it. Nobody who keeps it is told who must be kept apart from whom.
Source: product rules, groups and limited access; features 80.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.at_the_door import with_instructions
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each, open_among
from cases.rules.words import counted, listed
from grid.queries.apart import OF_THE_SERIES, apart_in
from grid.queries.group_register import (
    KEEP,
    expected_on,
    how_it_stands,
    is_by_others,
    is_called_off,
    is_senior,
    is_unsaid,
    leads,
    said_of,
    who_said,
)
from grid.queries.group_safety import safety_in_the_room
from grid.queries.group_sessions import (
    leaders_of,
    numbered,
    said_day,
    said_hours,
    tag_of,
    where_of,
)
from grid.queries.rooms import title_of
from grid.queries.series import as_session
from grid.reference.group_marks import Mark
from grid.reference.groups import SessionState
from grid.rules.group_register import Said, is_late
from staff.kit import Fact, Link, Masked, Tag, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

TAGS = {
    Mark.TOOK_PART: tag("attended"),
    Mark.DID_NOT_COMPLY: tag("awaiting-decision"),
    Mark.SENT_HOME: tag("awaiting-decision"),
    Mark.SENT_HOME_BY_US: tag("attended"),
    Mark.EXCUSED: Tag("Absent, accepted", "grey"),
    Mark.NOT_COME: tag("missed"),
}
TO_SAY = Tag("To be said", "yellow")
IN_THE_CASE = Tag("Said in the case", "blue")


@dataclass(frozen=True)
class Card:
    """One person. `version`: of what is shown. `said`: what the register says; None: nothing that stands."""

    key: int
    case: int
    name: str
    crn: str
    href: str  # of the case; blank: the reader may not open it
    safety: list[Fact]
    tag: Tag
    stands: str
    who: str
    note: str
    sensitive: bool
    version: int
    said: Said | None
    to_say: bool
    elsewhere: bool  # said in the case, and not here
    put_right: Link | None


@dataclass(frozen=True)
class GroupRegister:
    """Everything on it for one reader. `version`: of the register, to be sent back as it is sent."""

    key: int
    version: int
    on: date
    title: str
    session: str  # "Session 3 of 12"
    day: str
    hours: str
    where: str
    leaders: list[str]
    tag: Tag
    called_off: str  # why; blank: it was not
    sent: str  # by whom and when; blank: it is not
    open: bool  # something may be said, and it may be sent
    ends: bool  # this reader may say that it cannot be held after all
    begun: bool
    over: bool
    begins: str
    counts: str
    cards: list[Card]
    masked: list[Masked]
    kept: str  # that others on it are not for this reader; blank: there are none
    apart: str  # that two of its people must be kept apart; blank: none must

    @property
    def left(self):
        """How many cards still wait for somebody to say what came of it."""
        return sum(one.to_say for one in self.cards)

    @property
    def marked(self):
        """How many cards say what came of it."""
        return sum(bool(one.said or one.elsewhere) for one in self.cards)


def register_of(session, user, now):
    """The register of this session for this reader, who may open it. `session`: from `find_session`."""
    people = list(expected_on(session))
    cases = {one.case_id: one.case for one in people}
    reached = Case.objects.within_reach(user, KEEP).filter(pk__in=cases)
    masked = with_instructions(reached.masked_to(user))
    shown = open_among(cases, user, KEEP)
    theirs = [one for one in people if one.case_id in shown]
    planned, called_off = as_session(session), session.state == SessionState.CALLED_OFF
    leads_it = not called_off and leads(session, user)
    says = not called_off and (leads_it or is_senior(user))
    page = GroupRegister(
        key=session.pk,
        version=session.version,
        on=planned.on,
        title=title_of(session.series.code),
        session=numbered(session),
        day=said_day(planned),
        hours=said_hours(planned),
        where=where_of(session),
        leaders=leaders_of([session.pk]).get(session.pk, []),
        tag=tag_of(session, now),
        called_off=session.state_because if called_off else "",
        sent=_sent(session),
        open=says and not session.sent_at,
        ends=leads_it and not session.sent_at and planned.has_begun(localtime(now)),
        begun=planned.has_begun(localtime(now)),
        over=planned.ends_at <= now,
        begins=say_time(planned.from_at),
        counts=_counts(people),
        cards=[],
        masked=masked,
        kept=_kept(len(set(cases) - shown) - len(masked)),
        apart=OF_THE_SERIES if apart_in([session.series_id], now) else "",
    )
    return replace(page, cards=_cards(theirs, user, page.open, says, localtime(now).date()))


def _cards(people, user, is_open, says, today):
    cases = [one.case for one in people]
    may = actions_on_each(cases, user) if cases else {}
    names = names_for_each(cases, may) if cases else {}
    safety = safety_in_the_room(may, today) if cases else {}
    return [
        Card(
            key=one.pk,
            case=one.case_id,
            name=one.case.name,
            crn=one.case.crn,
            href=reverse("case", args=[one.case.crn])
            if Action.VIEW_CASE in may[one.case_id]
            else "",
            safety=safety[one.case_id],
            tag=_tag(one),
            stands=how_it_stands(one),
            who=who_said(one),
            note=names[one.case_id].text(one.note),
            sensitive=one.appointment.contact.sensitive,
            version=one.version,
            said=_said(one, names[one.case_id]),
            to_say=is_open and is_unsaid(one),
            elsewhere=is_by_others(one),
            put_right=_put_right(one) if says else None,
        )
        for one in people
    ]


def _said(one, names):
    """What the register says and the case does too, with the note as this reader reads it."""
    if is_unsaid(one) or is_called_off(one) or is_by_others(one):
        return None
    return replace(said_of(one), note=names.text(one.note))


def _put_right(one):
    """The way to where what was said of them is put right."""
    if is_unsaid(one) or is_called_off(one):
        return None
    href = reverse("group-attendance", args=[one.session_id, one.pk])
    return Link("Put right", href, hidden=f": {one.case.name}")


def _tag(one):
    if is_called_off(one):
        return tag("called-off")
    if is_unsaid(one):
        return TO_SAY
    return IN_THE_CASE if is_by_others(one) else TAGS[Mark(one.mark)]


def _sent(session):
    if not session.sent_at:
        return ""
    at = localtime(session.sent_at)
    day = f"{say_date(at.date())} at {say_time(at)}"
    late = ", after its day" if is_late(as_session(session), session.sent_at, at) else ""
    return f"Sent by {session.sent_by.name}, {day}{late}"


def _counts(people):
    """How many came, were absent and are still to be said, in words; of whom nobody is named."""
    stand = [one for one in people if not is_called_off(one)]
    said = [one.appointment.contact.attended for one in stand if not is_unsaid(one)]
    numbers = (
        (sum(came is True for came in said), "came"),
        (sum(came is not True for came in said), "did not come"),
        (len(stand) - len(said), "still to be said"),
    )
    parts = [f"{number} {words}" for number, words in numbers if number]
    return f"{counted(len(stand), 'person', 'people')}: {listed(parts)}." if parts else ""


def _kept(number):
    """That so many are not shown, and whom to ask."""
    if not number:
        return ""
    who = counted(number, "more person is", "more people are")
    return f"{who} on this register, whom you do not reach. Ask whoever leads the session, or their officer."
