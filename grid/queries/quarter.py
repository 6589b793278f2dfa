"""What a quarter's timetable is worked out from: who waits, what may be run where, which rooms and leaders there are, and what runs already.

Source: report 1.3 and 2.3; `grid.rules.quarter_facts`. What of the record does not suffice is left out, and said.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.booking_facts import Hours
from cases.rules.calendar import bank_holidays
from cases.rules.words import counted
from cases.services.policy import clocks
from grid.models import Series, SessionLeader
from grid.queries.leaders import leaders_for
from grid.queries.rooms import rooms_of
from grid.queries.seekers import places_of_groups
from grid.queries.series import standing_sessions, weekly_of
from grid.queries.waiting import waiting_lists
from grid.reference.interventions import INTERVENTIONS
from grid.reference.parts_of_day import PartOfDay, When
from grid.rules import quarter_facts as facts
from grid.rules.free_slots import minute_of, part_of
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.quarter_hours import STARTS, comes, minutes_free, shut_when
from grid.rules.sessions import Session, week_of
from grid.rules.waiting import Waiting
from grid.rules.when_where import within_reach

A_WEEK = 6  # sessions that somebody leads in a week, at most: local policy
EVERY = 2  # weeks from one week in which a series may begin to the next
LATEST_START = 10  # week of the quarter
RUN_ON = 13  # weeks after it, by which what has begun in it is over


@dataclass(frozen=True)
class Question:
    """`referrals`: {(case, code): referral}, of everybody who is asked for; `left_out`: sentences."""

    asked: facts.ToPlan
    referrals: dict[tuple[int, str], int]
    left_out: tuple[str, ...]


def question_of(first_on: date, policy: InterventionPolicy, now, today: date) -> Question:
    """`first_on`: a Monday. The same statements however many wait."""
    lists = waiting_lists(policy, now, today)
    rows = [one for those in lists.values() for one in those if not one.held]
    running = _running(now)
    sites = list(places_of_groups(today))
    codes = {code for code, those in lists.items() if those and _is_asked(policy, code)}
    asks = tuple(
        _ask(code, policy.terms[code], sites) for code in sorted(codes | {one.code for one in running})
    )  # fmt: skip
    wanted, referrals, unasked = _wanted(rows, codes, policy, first_on)
    leaders, without_hours = _leaders(first_on, today)
    asked = facts.ToPlan(
        asks=asks,
        sites=_sites(sites, asks, today),
        leaders=leaders,
        wanted=tuple(wanted),
        first=first_on,
        starts=tuple(range(0, LATEST_START + 1, EVERY)),
        run_on=RUN_ON,
        shut=_shut(first_on, today),
        taken=_taken(running, first_on),
        apart=_apart(rows, {one.key for one in wanted}),
    )
    return Question(asked, referrals, tuple(_left_out(unasked, without_hours)))


def _is_asked(policy, code):
    """One to one is arranged by itself, and what is not offered is not planned."""
    return policy.terms[code].offered and not INTERVENTIONS[code].one_to_one


def _ask(code, terms, sites):
    names = {one.name: one.pk for one in sites}
    at = frozenset(names[name] for name in terms.sites if name in names)
    return facts.Ask(
        code, INTERVENTIONS[code].title, terms.dose.sessions, terms.dose.a_week, terms.dose.minutes,
        terms.least, terms.most, skill=terms.skill, leaders=terms.leaders,
        women_only=terms.women_only, sites=at, runs_on=True,
    )  # fmt: skip


def _sites(sites, asks, today):
    """Rooms are counted where they hold the least people of whatever asks for most of them, with those who lead."""
    people = max((one.least + one.leaders for one in asks), default=0)
    minutes = max((one.minutes for one in asks), default=0)
    rooms: Counter[int] = Counter()
    hours: dict[int, tuple[Hours, ...]] = {}
    names = {one.pk: one.name for one in sites}
    for place in sites:
        for room in rooms_of([place], today):
            rooms[place.pk] += room.holds >= people
            hours[place.pk] = room.hours
    return tuple(
        facts.Site(pk, name, rooms[pk], shut_when(hours.get(pk, ()), minutes))
        for pk, name in names.items()
    )


def _leaders(first_on, today):
    """(those who have said when they work, how many have not)"""
    last = first_on + timedelta(weeks=facts.QUARTER + RUN_ON)
    every = leaders_for([_any_session(first_on), _any_session(last)], today=today)
    found = [
        facts.Leader(
            key=one.user,
            name=one.name,
            skills=frozenset(each.skill for each in one.trained if each.holds_on(first_on) and each.holds_on(last)),
            minutes=minutes_free(one.hours),
            a_week=A_WEEK,
            leave=_days_away(one.away, first_on),
            woman=one.woman is True,
        )
        for one in every
        if one.active and one.hours
    ]  # fmt: skip
    return tuple(found), sum(one.active and not one.hours for one in every)


def _any_session(day):
    """By which leaders are asked about a stretch of weeks."""
    return Session(1, day, STARTS[PartOfDay.MORNING], 1)


def _days_away(away, first_on):
    """(week of the quarter, day of the week) of each day of leave, also in the weeks in which series run on."""
    days = range((facts.QUARTER + RUN_ON) * facts.WEEK)
    return frozenset(
        divmod(day, facts.WEEK)
        for one in away
        for day in days
        if one.from_on <= first_on + timedelta(days=day) <= one.to_on
    )


def _wanted(rows, codes, policy, first_on):
    """([Wanted], {(case, code): referral}, how many nobody has asked when they can come)"""
    by_case = defaultdict(list)
    for one in sorted(rows, key=lambda one: (one.referral.waiting_since, one.referral.pk)):
        if one.referral.code in codes:
            by_case[one.referral.case_id].append(one)
    found: list[facts.Wanted] = []
    referrals: dict[tuple[int, str], int] = {}
    unasked = 0
    for case, theirs in by_case.items():
        seeker = theirs[0].seeker
        if seeker.company.women_only:
            theirs = [one for one in theirs if policy.terms[one.referral.code].women_only]
        if seeker.week is None or not theirs:
            unasked += seeker.week is None
            continue
        waits = [one.expected.waiting for one in theirs]
        free = _free(seeker, waits, policy, first_on)
        found.append(_person(case, waits, free))
        referrals |= {(case, one.referral.code): one.referral.pk for one in theirs}
    return found, referrals, unasked


def _person(case, waits: list[Waiting], free):
    return facts.Wanted(
        key=case,
        suited=tuple(one.suited for one in waits),
        free=free,
        since=waits[0].since,
        woman=waits[0].seeker.company.woman,
    )


def _free(seeker, waits, policy, first_on):
    """By place within reach, the nearest first; for the longest session of what they wait for."""
    minutes = max(policy.terms[one.suited.code].dose.minutes for one in waits)
    near = sorted(within_reach(seeker, policy.waiting), key=lambda pk: (seeker.minutes[pk], pk))
    return {pk: comes(seeker.week, first_on, minutes, seeker.minutes[pk]) for pk in near}


def _apart(rows, keys):
    return frozenset(
        (one.referral.case_id, other)
        for one in rows
        for other in one.seeker.company.apart & keys
        if one.referral.case_id in keys and one.referral.case_id < other
    )


def _shut(first_on, today):
    last = first_on + timedelta(weeks=facts.QUARTER + RUN_ON)
    days = {day for year in {first_on.year, last.year} for day in bank_holidays(year)}
    return frozenset(days | set(clocks(today).extra_bank_holidays))


def _running(now):
    """Series with sessions to come that are held in a group."""
    found = Series.objects.to_come(now).order_by("pk")
    return [one for one in found if not INTERVENTIONS[one.code].one_to_one]


def _taken(running, first_on):
    """As the solver knows them: weeks are counted from the quarter's first, and may be before it."""
    sessions = standing_sessions([one.pk for one in running])
    leaders = defaultdict(set)
    named = SessionLeader.objects.standing().filter(session__series__in=running)
    for series, user in named.values_list("session__series", "user"):
        leaders[series].add(user)
    return tuple(
        facts.Series(
            code=one.code,
            site=one.place_id,
            times=tuple(sorted(_when(each) for each in weekly_of(one))),
            first_week=(week_of(sessions[one.pk][0].on) - first_on).days // facts.WEEK,
            leaders=tuple(sorted(leaders[one.pk])),
        )
        for one in running
    )


def _when(weekly):
    return When(weekly.weekday, part_of(minute_of(weekly.from_at)))


def _left_out(unasked, without_hours):
    if unasked:
        yield f"{counted(unasked, 'person', 'people')} took no part: nobody has recorded when they can come."
    if without_hours:
        yield f"{counted(without_hours, 'leader')} took no part: nobody has recorded when they work."
