"""The meeting at the gate as the case shows it: what is planned, what was said of it and put right since, what may be done.

Source: Through the Gate reference 6, 7; the history that the database keeps of each meeting.
"""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localtime

from staff.kit import Happening, Link, Tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time
from ttg.models import GateMeeting
from ttg.reference.hand_over import MetState
from ttg.rules.gate import SAID, not_yet

MET_TAGS = {
    MetState.PLANNED: Tag("Planned", "blue"),
    MetState.MET: Tag("Met", "green"),
    MetState.NOT_MET: Tag("Not met", "red"),
    MetState.CALLED_OFF: Tag("Called off", "grey"),
}
TAKEN_BACK = "Taken back: nobody knows yet"


def meetings_on(stay):
    """Those of this stay with all that was said of each, the latest first: in one statement, or three."""
    found = GateMeeting.objects.filter(custody=stay).order_by("-pk")
    rows = list(found.select_related("meets", "said_by", "planned_by"))
    prefetch_related_objects([one for one in rows if one.said_at], "events__said_by")
    return rows


def told_of(meetings, names):
    """[Happening] the latest first: what was said of each, and that it was planned."""
    return [entry for one in meetings for entry in _story(one, names)]


def may_be_planned(meetings, stay):
    """Whether a meeting can be planned: they are still in prison, and none is."""
    return not stay.released_on and all(one.state != MetState.PLANNED for one in meetings)


def links_of(meetings, stay, crn, may, today):
    """What this reader may do about them."""
    links = [link for one in meetings for link in _links(one, crn, may, today)]
    if may_be_planned(meetings, stay) and Action.WRITE_RESETTLEMENT in may:
        links.append(Link("Plan a meeting at the gate", reverse("plan-gate-meeting", args=[crn])))
    return links


def _links(one, crn, may, today):
    where, hidden = [crn, one.pk], f"{one.meets.name}, {_moment(one.at)}"
    early = not_yet(state=one.state, on=localtime(one.at).date(), today=today)
    if one.state == MetState.PLANNED and not early and Action.MEET_AT_GATE in may:
        yield Link("Say whether they were met", reverse("say-if-met", args=where), hidden=hidden)
    if one.state == MetState.PLANNED and Action.WRITE_RESETTLEMENT in may:
        yield Link("Call the meeting off", reverse("call-off-gate-meeting", args=where))
    if one.state in SAID and Action.MEET_AT_GATE in may:
        yield Link("Put right whether they were met", reverse("put-meeting-right", args=where), hidden=hidden)  # fmt: skip


def _story(one, names):
    before = one.events.all() if one.said_at else []
    for row in [one, *sorted(before, key=lambda event: event.pgh_id, reverse=True)]:
        if row.said_at:
            yield _said(row, names)
    yield Happening(
        title=f"To be met by {one.meets.name}, {_moment(one.at)}",
        when=f"Planned {_moment(one.planned_at)}",
        by=one.planned_by.name,
        text=names.text(one.where),
        on=localtime(one.planned_at).date().isoformat(),
    )


def _said(row, names):
    state = MetState(row.state)
    return Happening(
        title=TAKEN_BACK if state == MetState.PLANNED else MET_TAGS[state].text,
        when=_moment(row.said_at),
        by=row.said_by.name if row.said_by else "",
        text=names.text(row.words),
        on=localtime(row.said_at).date().isoformat(),
    )


def _moment(at):
    local = localtime(at)
    return f"{say_date(local.date())} at {say_time(local)}"
