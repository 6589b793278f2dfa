"""Whom somebody is to meet at the gate: their own meetings alone, and no more of anybody than it takes.

Source: product rules, roles and reach (mentor: gate meeting), limited access (a safety instruction travels without
opening the case); Through the Gate reference 7 (least-privilege view).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Place, Registration
from cases.queries.days import midnight
from cases.queries.holding import gone_of
from cases.queries.people import officer_of
from cases.services.policy import request_policy
from staff.kit import Link, Masked, Tag
from staff.models import User
from staff.permissions import Action, Reach, Role, reach
from staff.rules.dates import say_date, say_time
from ttg.models import GateMeeting
from ttg.queries.gate_on_case import MET_TAGS
from ttg.reference.hand_over import MetState
from ttg.rules.gate import SAID, not_then, not_yet

LATELY = timedelta(days=14)  # that one whose outcome is said stays on the page
WARNED = "There is a warning to staff about this person. Ring the officer before you go."
MEET = [Role.MENTOR, Role.RESETTLEMENT, Role.OFFICER]


@dataclass(frozen=True)
class Meeting:
    key: int
    crn: str
    name: str
    when: str
    where: str
    gate: str  # where to wait at that prison, where that is not said already
    in_vain: str  # why nobody comes out then, where that has changed since it was planned
    instruction: str
    ring: str
    state: MetState
    tag: Tag
    say: Link | None
    not_yet: str  # why nothing can be said of it before its day
    put_right: Link | None  # where it is said that what stands is wrong, or is so no longer


@dataclass(frozen=True)
class Meetings:
    today: list[Meeting]
    to_come: list[Meeting]
    to_say: list[Meeting]  # past, and nobody has said what came of them
    said: list[Meeting]
    masked: list[Masked]


def meetings_of(user, today):
    """What this member of staff is to go to, in a fixed number of statements."""
    mine = GateMeeting.objects.filter(meets=user).exclude(state=MetState.CALLED_OFF)
    mine = mine.filter(
        Q(state=MetState.PLANNED) | Q(said_at__gte=midnight(today - LATELY)),
        custody__case__in=Case.objects.open_to(user, Action.MEET_AT_GATE),
    )
    rows = list(
        mine.select_related(
            "custody__prison", "custody__case__officer", "custody__case__limit", "custody__worker"
        ).order_by("at", "pk")  # fmt: skip
    )
    warned = _warned([one.custody.case_id for one in rows])
    offices = _offices([one.custody.case for one in rows], today)
    held: dict[str, list[Meeting]] = {"today": [], "to_come": [], "to_say": [], "said": []}
    for one in rows:
        shown = _meeting(one, one.custody.case_id in warned, offices, today)
        held[_where(one, today)].append(shown)
    return Meetings(**held, masked=_masked(user))


def meeting_for(case, key, user):
    """That meeting of this case, if this reader may say what came of it; None otherwise. A mentor sees their own."""
    found = GateMeeting.objects.filter(custody__case=case, pk=key)
    if user.role == Role.MENTOR:
        found = found.filter(meets=user)
    one = found.select_related("custody__prison", "custody__worker", "meets").first()
    if one:
        one.custody.case = case
    return one


def shown_alone(meeting, today):
    """The same words of one meeting, for the page on which it is said what came of it."""
    case = meeting.custody.case
    return _meeting(meeting, case.pk in _warned([case.pk]), _offices([case], today), today)


def who_may_meet(case, day):
    """Staff who still work here that day and may be asked to be at the gate, by name: mentors, workers, and the officers of
    its team."""
    staff = User.objects.filter(is_active=True, role__in=MEET)
    near = Q(role__in=[Role.MENTOR, Role.RESETTLEMENT]) | Q(team=case.team_id, team__isnull=False)
    found = [
        one
        for one in staff.filter(near).order_by("last_name", "first_name", "pk")
        if reach(one.role, Action.MEET_AT_GATE) > Reach.NONE
    ]
    gone = gone_of([one.pk for one in found], day)
    return [one for one in found if one.pk not in gone]


def why_in_vain(meeting):
    """Why nobody comes out on the day of a meeting that is still planned, in words; blank where they do."""
    if meeting.state != MetState.PLANNED:
        return ""
    stay = meeting.custody
    return not_then(
        on=localtime(meeting.at).date(),
        leaves_on=stay.release_on,
        released_on=stay.released_on,
        ended_on=stay.ended_on,
    )


def _where(one, today):
    if one.state != MetState.PLANNED:
        return "said"
    on = localtime(one.at).date()
    return "today" if on == today else "to_come" if on > today else "to_say"


def _meeting(one, warned, offices, today):
    case, custody, at = one.custody.case, one.custody, localtime(one.at)
    prison = custody.prison
    state, where, hidden = MetState(one.state), [case.crn, one.pk], f": {case.name}"
    early = not_yet(state=state, on=at.date(), today=today)
    may_say = state == MetState.PLANNED and not early
    return Meeting(
        key=one.pk,
        crn=case.crn,
        name=case.name,
        when=f"{say_date(at.date())} at {say_time(at)}",
        where=f"{prison.name}: {one.where}" if prison else one.where,
        gate=prison.gate if prison and prison.gate != one.where else "",
        in_vain=why_in_vain(one),
        instruction=_instruction(case, warned),
        ring=_ring(case, custody, offices),
        state=state,
        tag=MET_TAGS[state],
        say=Link("Say whether you met them", reverse("say-if-met", args=where), hidden=hidden) if may_say else None,
        not_yet=early,
        put_right=Link("Put it right", reverse("put-meeting-right", args=where), hidden=hidden) if state in SAID else None,
    )  # fmt: skip


def _instruction(case, warned):
    limit = getattr(case, "limit", None)
    said = limit.safety if limit and limit.safety else ""
    return " ".join(filter(None, (said, WARNED if warned else "")))


def _ring(case, custody, offices):
    """Whom to ring when nobody comes out: the officer, then the worker, by name and number where we have one, then the office."""
    officer = _reached(case.officer) if case.officer and not case.retained_by else officer_of(case)
    worker = _reached(custody.worker) if custody.worker else ""
    return "; ".join(filter(None, (officer, worker, offices[case.team_id])))


def _offices(cases, today):
    """{team: the office in words, with its telephone}: an open place of the team, else that of the organisation's letters."""
    ours = f"the office, {request_policy(today).reply_to.telephone}"
    places = Place.objects.in_use(today).filter(team__in=[case.team_id for case in cases])
    known = places.exclude(telephone="").order_by("-name").values_list("team", "telephone")
    return defaultdict(lambda: ours, {team: f"the office, {number}" for team, number in known})


def _reached(user):
    return f"{user.name}, {user.mobile}" if user.mobile else user.name


def _warned(keys):
    rows = Registration.objects.current().filter(case__in=keys, warn_staff=True)
    return set(rows.values_list("case", flat=True))


def _masked(user):
    """Of those they were to meet, the cases kept from them, with the instruction that travels all the same."""
    planned = GateMeeting.objects.planned().filter(meets=user)
    cases = Case.objects.within_reach(user, Action.MEET_AT_GATE)
    kept = cases.filter(pk__in=planned.values("custody__case")).masked_to(user)
    return [Masked(*row) for row in kept]
