"""The meetings of agencies about one case as its page shows them: to be answered, to come, past, and what is missing.

The minutes themselves are read nowhere here but in `find_minutes`. Source: supervision reference 3.3.
"""

from dataclasses import dataclass, field

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import AgencyMeeting, PlanAction
from cases.queries.people import officer_of
from cases.queries.registers import register_name
from cases.reference.agency_meetings import REGISTER_OF, AgencyMeetingKind, TookPart
from cases.reference.checks import SubjectKind
from cases.rules.agency_meetings import HELD, KEEP_SECRET, NEVER_TOLD, gaps
from cases.rules.words import ended, within_a_sentence
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

NOT_MINUTES = ("minutes",)  # the column that no list or page of meetings reads


@dataclass(frozen=True)
class OurAction:
    """Something the meeting gave us to do."""

    what: str
    tag: Tag
    words: str
    next: Link | None


@dataclass(frozen=True)
class MeetingShown:
    key: int
    title: str  # "Core group, 3 May 2018 at 10am"
    lines: list[Line]
    secret: str  # what the person must never learn; blank: nothing of the kind
    actions: list[Link]  # what this reader may do, the first of them next
    ours: list[OurAction] = field(default_factory=list)
    nothing_for_us: bool = False


@dataclass(frozen=True)
class MeetingsPage:
    to_answer: list[MeetingShown]
    to_come: list[MeetingShown]  # the soonest first
    past: list[MeetingShown]  # the latest first
    called_off: list[Happening]
    gaps: list[str]  # what the registers say there should be
    may_record: bool


def agency_meetings_page(case, names, may, now):
    """For the reader whose page this is, in a fixed number of statements."""
    found = list(meetings_of(case))
    standing = [one for one in found if one.called_off_on is None]
    may_write = Action.RECORD_MEETING in may
    show = _Shows(case, names, may, may_write, localtime(now).date())
    return MeetingsPage(
        to_answer=[show.of(one) for one in standing if not one.took_part and one.held_at <= now],
        to_come=[show.of(one) for one in standing if not one.took_part and one.held_at > now],
        past=[show.of(one) for one in reversed(standing) if one.took_part],
        called_off=[_called_off(one, names) for one in reversed(found) if one.called_off_on],
        gaps=_gaps(case, standing),
        may_record=may_write and not case.left_as,
    )


def meetings_of(case):
    """Those of one case in the order of their days, without their minutes and with what they gave us to do."""
    ours = PlanAction.objects.in_force().order_by(F("done_on").asc(nulls_first=True), "by_on", "pk")
    found = case.agency_meetings.defer(*NOT_MINUTES).select_related("about", "went", "answered_by")
    return found.prefetch_related(Prefetch("actions", ours, to_attr="ours")).order_by("held_at", "pk")  # fmt: skip


def find_meeting(case, pk):
    """One that stands, or None; never with its minutes."""
    found = case.agency_meetings.standing().defer(*NOT_MINUTES).select_related("about")
    meeting = found.filter(pk=pk).first()
    if meeting:
        meeting.case = case
    return meeting


def find_minutes(case, pk):
    """One whose minutes have come, with them, or None: for whoever may read minutes alone."""
    found = AgencyMeeting.objects.standing().filter(case=case, minutes_came_on__isnull=False)
    return found.select_related("document__content").filter(pk=pk).first()


def title_of(meeting):
    return f"{AgencyMeetingKind(meeting.kind).title}, {when_of(meeting)}"


def when_of(meeting):
    at = localtime(meeting.held_at)
    return f"{say_date(at.date())} at {say_time(at.time())}"


def people_to_choose(case, names):
    """[(key, words)] of those around the person now, whom a meeting may be about."""
    around = case.related_people.filter(to_on=None).order_by("kind", "pk")
    return [(str(one.pk), f"{names.of(one)}, {within_a_sentence(SubjectKind(one.kind).title)}") for one in around]  # fmt: skip


class _Shows:
    """Prepares meetings of one case for one reader."""

    def __init__(self, case, names, may, may_write, today):
        self.case, self.names, self.may = case, names, may
        self.may_write, self.today = may_write, today

    def of(self, one):
        return MeetingShown(
            key=one.pk,
            title=title_of(one),
            lines=list(self._lines(one)),
            secret=KEEP_SECRET if one.kind in NEVER_TOLD else "",
            actions=list(self._actions(one)) if self.may_write else [],
            ours=[self._ours(each) for each in one.ours],
            nothing_for_us=one.took_part in HELD and not one.ours,
        )

    def _lines(self, one):
        names = self.names
        if one.about:
            yield Line("About", names.of(one.about))
        if not one.took_part:
            yield Line("Where", names.text(one.where))
        yield Line("Chair", names.text(one.chair))
        yield Line("We were asked", on(one.invited_on))
        yield from self._report(one)
        if one.took_part:
            yield Line("How we took part", _took_part(one))
            yield Line("What was decided" if one.took_part in HELD else "Why not", names.text(one.came_to), detail=_said(one))  # fmt: skip
        if one.next_on:
            yield Line("Next", on(one.next_on))
        if one.took_part in HELD:
            yield self._minutes(one)

    def _report(self, one):
        if one.report_sent_on:
            words = self.names.text(one.report_words)
            yield Line("Our report", f"Sent {on(one.report_sent_on)}", detail=words)
        elif one.report_by_on and one.took_part:
            yield Line("Our report", "None was sent", detail=f"It was asked for by {on(one.report_by_on)}")  # fmt: skip
        elif one.report_by_on:
            late = one.report_by_on < self.today
            yield Line("Our report", f"Asked for by {on(one.report_by_on)}", detail="Overdue: not sent yet" if late else "Not sent yet")  # fmt: skip
        elif not one.took_part:
            yield Line("Our report", "None is asked for")

    def _minutes(self, one):
        if not one.minutes_came_on:
            return Line("Minutes", "They have not come yet")
        came = f"They came {on(one.minutes_came_on)}"
        if Action.READ_MINUTES in self.may:
            return Line("Minutes", came, detail="For those who work on the case alone")
        return Line("Minutes", came, detail=f"Restricted. Ask {officer_of(self.case)}, or a senior probation officer of the team.")  # fmt: skip

    def _actions(self, one):
        where = [self.case.crn, one.pk]
        if one.took_part:
            if one.took_part in HELD and not one.minutes_came_on:
                yield Link("The minutes have come", reverse("take-in-minutes", args=where))
            if one.minutes_came_on and Action.READ_MINUTES in self.may:
                yield Link("Read the minutes", reverse("minutes", args=where))
            if one.took_part in HELD:
                yield Link("Add something for us to do", reverse("add-meeting-action", args=where))
                yield Link("Put right what is said of it", reverse("say-of-meeting", args=where))
            return
        over = localtime(one.held_at).date() <= self.today
        report = one.report_by_on and not one.report_sent_on
        said = Link("Say how we took part", reverse("say-of-meeting", args=where))
        sent = Link("Our report was sent", reverse("send-meeting-report", args=where))
        yield from filter(None, [over and said, report and sent])
        yield Link("Move it, or change what is asked", reverse("move-meeting", args=where))
        yield Link("It was called off", reverse("call-off-meeting", args=where))

    def _ours(self, one):
        what = self.names.text(one.what)
        mark, words = tag("due"), f"By {on(one.by_on)}, {self.names.text(one.by_whom)}"
        if one.done_on:
            mark, words = tag("met"), f"{on(one.done_on)}. {self.names.text(one.done_note)}"
        elif one.by_on < self.today:
            mark = tag("overdue")
        finish = Link("Say it is done", reverse("finish-action", args=[self.case.crn, one.pk]), hidden=f": {what}")  # fmt: skip
        may_finish = Action.ANALYSE_CHECK in self.may and not one.done_on
        return OurAction(what, mark, words, finish if may_finish else None)


def _took_part(one):
    if one.took_part == TookPart.WENT and one.went:
        return f"{one.went.name} was there"
    return TookPart(one.took_part).title


def _said(one):
    at = localtime(one.answered_at)
    return f"Said by {one.answered_by.name}, {on(at.date())}"


def _called_off(one, names):
    return Happening(
        title=title_of(one),
        when=f"Called off {on(one.called_off_on)}",
        text=names.text(ended(one.called_off_because)),
        on=one.called_off_on.isoformat(),
    )


def _gaps(case, standing):
    """What the registers say there should be a meeting of. One statement."""
    codes = set(REGISTER_OF.values())
    held = case.registrations.current().filter(type_code__in=codes).order_by("pk")
    registered = {one.type_code: register_name(one) for one in held}
    return gaps(registered, frozenset(AgencyMeetingKind(one.kind) for one in standing))
