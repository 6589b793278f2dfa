"""Whoever leads groups as their page shows them: training, days away, hours, what they lead next, and what needs cover.

Nobody is listed as a woman or a man: whether somebody may lead groups for women is said to those who name leaders, and
to themselves. Source: product rules, groups (facilitators with training and leave, cover).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Absence
from cases.rules.cover import MAY_COVER, Days
from cases.rules.hours import say_days, say_hours
from grid.models import LeaderHours, LeaderTraining, SessionLeader
from grid.queries.leaders import A_WOMAN, who_leads
from grid.queries.rooms import title_of
from grid.rules.leaders import WOMEN, how_trained
from grid.rules.sessions import Session
from grid.rules.staffing import Asks, Leader, Trained, against
from staff.kit import Link, on
from staff.models import User
from staff.permissions import Action, Role, reach

WEEKS = 4  # ahead, in which sessions are counted
AHEAD = timedelta(weeks=WEEKS)


@dataclass(frozen=True)
class SkillRow:
    """A training, in words. `end`: where its last day is set; blank for those who may not, or once it is over."""

    skill: str
    words: str
    warn: bool
    end: str


@dataclass(frozen=True)
class AwayRow:
    """Days away. `cancel`: the address that cancels them; blank where that is not done here."""

    words: str
    cancel: str


@dataclass(frozen=True)
class ToCover:
    """A session that they are named for and cannot lead. `href`: of its series, where cover is named."""

    what: str
    why: str
    href: str


@dataclass(frozen=True)
class LeaderRow:
    key: int
    name: str
    about: str  # role and team
    mine: bool
    trained: list[SkillRow]
    away: list[AwayRow]
    hours: list[str]  # days alike taken together
    sessions: int  # in the next four weeks
    women: str  # whether they may lead groups for women; blank for those who need not know
    to_cover: list[ToCover] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def leader_rows(reader, now):
    """Everybody who leads groups or is named for a session to come, the reader first, then by name. Five statements."""
    today = localtime(now).date()
    users = _users(now)
    keys = [one.pk for one in users]
    trainings, absences = _trainings(keys), _absences(keys, today)
    hours, leads = _hours(keys), _leads(keys, now)
    return [
        _row(
            one,
            reader,
            today,
            trainings[one.pk],
            absences[one.pk],
            hours[one.pk],
            leads[one.pk],
        )
        for one in sorted(users, key=lambda each: (each.pk != reader.pk, each.name, each.pk))
    ]


def may_record(reader):
    return bool(reach(reader.role, Action.RECORD_LEADER))


def may_name(reader):
    """Whether they name leaders, and so are told who may lead groups for women."""
    return may_record(reader) or bool(reach(reader.role, Action.RUN_GROUPS))


def staff_to_train(reader):
    """Accounts that are open, by name: nobody records their own training."""
    found = User.objects.filter(is_active=True).exclude(pk=reader.pk).select_related("team")
    return found.order_by("last_name", "first_name", "pk")


def about(user):
    """Role and team, as it is said beside a name."""
    return ", ".join(filter(None, [Role(user.role).title, user.team.name if user.team else ""]))


def _users(now):
    named = SessionLeader.objects.standing().filter(ends_at__gt=now)
    leads = who_leads() | User.objects.filter(pk__in=named.values("user"))
    return list(leads.select_related("team"))


def _by_user(rows):
    found = defaultdict(list)
    for one in rows:
        found[one.user_id].append(one)
    return found


def _trainings(keys):
    return _by_user(LeaderTraining.objects.filter(user__in=keys).order_by("skill", "from_on"))


def _absences(keys, today):
    theirs = Absence.objects.filter(user__in=keys, cancelled_on=None, to_on__gte=today)
    return _by_user(theirs.order_by("from_on", "pk"))


def _hours(keys):
    return _by_user(LeaderHours.objects.filter(user__in=keys).order_by("weekday", "from_at"))


def _leads(keys, now):
    rows = SessionLeader.objects.standing().filter(
        user__in=keys, ends_at__gt=now, starts_at__lt=now + AHEAD
    )
    return _by_user(rows.select_related("session__series").order_by("starts_at", "pk"))


def _row(user, reader, today, trainings, absences, hours, leads):
    records, mine = may_record(reader), user.pk == reader.pk
    leader = Leader(
        user=user.pk,
        name=user.name,
        woman=A_WOMAN.get(user.sex),
        trained=tuple(Trained(one.skill, one.from_on, one.until) for one in trainings),
        away=tuple(Days(one.from_on, one.to_on) for one in absences),
        active=user.is_active,
    )
    return LeaderRow(
        key=user.pk,
        name=user.name,
        about=about(user) if user.is_active else f"{about(user)}. The account is closed",
        mine=mine,
        trained=_trained(leader.trained, trainings, today, records and not mine),
        away=[_away(one, user, records) for one in absences],
        hours=said_hours(hours),
        sessions=len(leads),
        women=WOMEN[leader.woman] if mine or may_name(reader) else "",
        to_cover=list(_to_cover(leader, leads, told=mine or may_name(reader))),
        links=_links(user, mine) if records and user.is_active else [],
    )


def _trained(trained, rows, today, may_end):
    """Each skill once, with the row that the words are about."""
    keys = {(one.skill, one.from_on): one.pk for one in rows}
    return [
        SkillRow(
            skill=one.skill,
            words=one.words,
            warn=one.soon or one.over,
            end=reverse("end-leader-training", args=[keys[one.skill, one.from_on]])
            if may_end and not one.over
            else "",
        )
        for one in how_trained(trained, today)
    ]


def _away(one, user, records):
    here = records and user.role not in MAY_COVER
    return AwayRow(
        str(Days(one.from_on, one.to_on)),
        reverse("cancel-leader-leave", args=[one.pk]) if here else "",
    )


def said_hours(hours):
    """ "Monday to Friday: 9am to 5pm"; none where nobody knows."""
    days = defaultdict(list)
    for one in hours:
        days[one.weekday].append((one.from_at, one.to_at))
    return say_days({weekday: say_hours(those) for weekday, those in days.items()})


def _to_cover(leader, leads, *, told):
    """Those of the next four weeks that they cannot lead as it stands. `told`: the reader may hear of groups for women."""
    for one in leads:
        series, at = one.session.series, localtime(one.starts_at)
        minutes = int((one.ends_at - one.starts_at).total_seconds()) // 60
        session = Session(one.session.number, at.date(), at.time(), minutes)
        women = told and (series.women_only or series.led_by_women)
        found = against(leader, session, Asks(series.skill, women, series.leaders))
        if found:
            yield ToCover(
                what=f"{title_of(series.code)}, session {session.number} on {on(session.on)}",
                why=found[0].text,
                href=reverse("series", args=[series.pk]),
            )


def _links(user, mine):
    hidden = f": {user.name}"
    links = [Link("Set hours", reverse("leader-hours", args=[user.pk]), hidden=hidden)]
    if not mine:
        training = reverse("record-leader-training", args=[user.pk])
        links.insert(0, Link("Record training", training, hidden=hidden))
    if user.role not in MAY_COVER:
        leave = reverse("record-leader-leave", args=[user.pk])
        links.append(Link("Record days away", leave, hidden=hidden))
    return links
