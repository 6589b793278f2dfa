"""The figures of each team, counted now: each number begins at the same rows as the list it opens.

Source: `oversight.reference.team_figures`. A fixed number of statements, however many teams and people there are.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils.timezone import localtime

from cases.models import Case, Review
from cases.queries.contact_figures import OfCase, figures_of, sums_of
from cases.queries.enforcement.hub_list import looked_at
from cases.reference.deadlines import KINDS
from cases.reference.reviews import ReviewState
from cases.rules.contact_figures import Sums
from cases.rules.counting import FEW, Sum
from cases.rules.enforcement.queue import ages, late_through
from cases.services.policy import enforcement_policy, meeting_policy
from oversight.queries import grid_change, interim_plans, owed, reviews, waits
from oversight.queries.caseload import NOBODY, Wanted, matching
from oversight.queries.team import cases_of
from oversight.reference.team_figures import AGES, FEW_OFFICERS, FIGURES
from oversight.rules.shares import marks_of
from staff.models import Team, User
from staff.permissions import Action
from ttg.queries.board import leaving_by_team
from unpaidwork.queries.caseload import ANY, EXCEPTIONS, exceptions_by_team


@dataclass(frozen=True)
class Asked:
    """By whom, of which team (None: every one), at what moment, under which policies."""

    user: User
    team: Team | None
    now: datetime
    last_post: time
    weeks: int  # over which contact is counted
    stall_weeks: int  # after which rehabilitation activity has stalled

    @property
    def today(self) -> date:
        return localtime(self.now).date()


@dataclass(frozen=True)
class Aged:
    """For how long something has been so, in days: half of it no longer than the median."""

    count: int
    median: int
    oldest: int

    @property
    def half(self) -> int | None:
        """The median, where there are enough for half of them to say something."""
        return self.median if self.count >= FEW else None


@dataclass
class Found:
    """{key of the team, or None: {code: Sum}}, and what is shown of all of them together."""

    teams: dict[int | None, dict[str, Sum]] = field(default_factory=lambda: defaultdict(dict))
    contact: Sums = field(default_factory=Sums)
    contact_of: dict[int | None, Sums] = field(default_factory=dict)  # the same by team
    since: dict[str, dict[int | None, list[date]]] = field(default_factory=dict)  # of each of AGES
    lines: list[grid_change.GroupLine] = field(default_factory=list)
    moves: Counter[str] = field(default_factory=Counter)
    officers: dict[int | None, int] = field(default_factory=dict)  # who hold the cases of each team

    def put(self, code, counts):
        """`counts`: {team: (met, counted)}"""
        for team, (met, counted) in counts.items():
            self.teams[team][code] = Sum(met, counted)

    def of(self, team):
        """Every figure of one team; none of a kind is nothing of nothing."""
        return {code: self.teams.get(team, {}).get(code, Sum(0, 0)) for code in FIGURES}

    def aged(self, today):
        """{code of each of AGES: Aged}, of every team together"""
        every = {
            code: [day for some in teams.values() for day in some]
            for code, teams in self.since.items()
        }
        return {one.code: _ages_of(every[one.code], today) for one in AGES}

    def aged_of(self, team, today):
        return {one.code: _ages_of(self.since[one.code].get(team, []), today) for one in AGES}

    def marks(self):
        """{(team, code): Beyond} of the shares that differ from those of the other teams by more than chance."""
        few = {code: one.few for code, one in FIGURES.items()}
        return marks_of({team: self.of(team) for team in self.teams}, few, self.of_few_officers())

    def of_few_officers(self):
        """Teams whose cases so few officers hold that a share would be theirs."""
        return {team for team in self.teams if team and self.officers.get(team, 0) < FEW_OFFICERS}

    def whole(self):
        every = [self.of(team) for team in self.teams]
        return {
            code: Sum(sum(one[code].met for one in every), sum(one[code].counted for one in every))
            for code in FIGURES
        }


def _ages_of(days, today):
    return Aged(len(days), *ages(days, today))


def asked_of(user, team, now):
    """What the figures are counted by at this moment, as on the pages of their lists."""
    today = localtime(now).date()
    meetings = meeting_policy(today)
    return Asked(
        user=user,
        team=team,
        now=now,
        last_post=enforcement_policy(today).last_post,
        weeks=meetings.contact_weeks,
        stall_weeks=meetings.rar_stall_weeks,
    )


def kept_from(user, team):
    """How many cases are kept from this reader, with no breakdown."""
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    return (reached.filter(team=team) if team else reached).masked_to(user).count()


def figures_by_team(asked):
    found = Found()
    for count in (
        _owed, _plans, _contact, _reviews, _releases, _work, _enforcement, _waits, _held, _moves,
    ):  # fmt: skip
        count(found, asked)
    return found


def _owed(found, asked):
    """By harm: what is late of what is owed."""
    late = Count("pk", filter=Q(due_on__lt=asked.today))
    rows = owed.owed_of(asked.user, asked.team).values_list("case__team", "kind")
    sums: dict[str, dict[int | None, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for team, kind, is_late, every in rows.annotate(late=late, every=Count("pk")).order_by():
        of_team = sums[f"late-{KINDS[kind].harm.value}"][team]
        of_team[0] += is_late
        of_team[1] += every
    for code, counts in sums.items():
        found.put(code, counts)


def _plans(found, asked):
    rows = interim_plans.standing_of(asked.user, asked.team).values_list("case__team", "expires_on")
    of_team: dict[int | None, list[date]] = defaultdict(list)
    for team, expires_on in rows:
        of_team[team].append(expires_on)
    for code, test in (("plans-over", interim_plans.has_run_out), ("plans-ending", interim_plans.ends_soon)):  # fmt: skip
        found.put(
            code,
            {
                team: (sum(test(one, asked.today) for one in days), len(days))
                for team, days in of_team.items()
            },
        )


def _contact(found, asked):
    """Of the same people as the page of contact, of whom the reader sees measures."""
    cases = Case.objects.open_to(asked.user, Action.VIEW_MEASURES).ours()
    cases = cases.filter(team=asked.team) if asked.team else cases
    held = dict(cases.values_list("pk", "team"))
    figures = figures_of(cases, asked.today, asked.weeks)
    of_team: dict[int | None, list[OfCase]] = defaultdict(list)
    for pk, one in figures.items():
        of_team[held.get(pk)].append(one)
    sums = {team: sums_of(some) for team, some in of_team.items()}
    for code, name in (
        ("contact-short", "short"),
        ("contact-below", "below"),
        ("contact-none", "not_offered"),
    ):
        found.put(code, {team: (getattr(one, name), one.people) for team, one in sums.items()})
    found.contact, found.contact_of = sums_of(figures.values()), sums


def _reviews(found, asked):
    rows = Review.objects.filter(case__in=reviews.cases_of(asked.user, asked.team))
    signed = Q(state__in=[ReviewState.SIGNED, ReviewState.COMPLETE])
    sums = {"unread": Count("pk", filter=reviews.UNREAD), "signed": Count("pk", filter=signed)}
    counted = rows.values_list("case__team").annotate(**sums).order_by()
    found.put("no-change", {team: (unread, every) for team, unread, every in counted})


def _releases(found, asked):
    leaving = leaving_by_team(asked.user, asked.team, asked.today)
    found.put("not-ready", {team: (one.not_ready, one.near) for team, one in leaving.items()})
    found.put("release-late", {team: (one.late, one.held) for team, one in leaving.items()})


def _work(found, asked):
    counts = exceptions_by_team(asked.user, asked.team, asked.today)
    for code in EXCEPTIONS:
        found.put(
            f"work-{code}",
            {team: (of_team[code], of_team[ANY]) for team, of_team in counts.items()},
        )


def _enforcement(found, asked):
    """What is owed, and since when: in the queue of the hub, about failures and about breaches."""
    late = late_through(localtime(asked.now), asked.last_post)
    queue = looked_at(asked.user)
    queue = queue.filter(case__team=asked.team) if asked.team else queue
    _aged(found, "hub", "hub-late", queue, lambda due_on: due_on <= late)
    for name, code, about in (
        ("failures", "failures-late", "failure"),
        ("breaches", "breaches-late", "breach"),
    ):
        rows = owed.matching(asked.user, owed.Wanted(team=asked.team, about=about), asked.today)
        _aged(found, name, code, rows, lambda due_on: due_on < asked.today)


def _aged(found, name, code, rows, is_late):
    since: dict[int | None, list[date]] = defaultdict(list)
    late: Counter[int | None] = Counter()
    keys = rows.values_list("case__team", "triggered_on", "due_on").order_by()
    for team, began, due_on, count in keys.annotate(count=Count("pk")):
        since[team] += [began] * count
        late[team] += count if is_late(due_on) else 0
    found.put(code, {team: (late[team], len(days)) for team, days in since.items()})
    found.since[name] = since


def _waits(found, asked):
    """What waits longer than its day, or of itself, of what it is part of."""
    user, team, today = asked.user, asked.team, asked.today
    agency = waits.for_an_agency(user, team, today)
    found.put("wait-agency", {key: (agency.late[key], agency.of[key]) for key in agency.of})
    found.since["agency"] = agency.since
    for name, one in (
        ("service", waits.for_a_service(user, team)),
        ("place", waits.for_a_place(user, team, today)),
        ("day", waits.for_a_day(user, team, today, asked.stall_weeks)),
    ):
        found.put(f"wait-{name}", {key: (len(one.since[key]), one.of[key]) for key in one.of})
        found.since[name] = one.since


def _held(found, asked):
    """The people whom the caseload lists as of nobody."""
    code = asked.team.code if asked.team else ""
    wanted = Wanted(whose="all", team=code, officer=NOBODY)
    waiting = _by_team(matching(asked.user, Action.LIST_CASES, wanted, asked.today))
    held = cases_of(asked.user, asked.team).ours().values_list("team").order_by()
    counts = held.annotate(n=Count("pk"), officers=Count("officer", distinct=True))
    every: Counter[int | None] = Counter()
    for of_team, number, officers in counts:
        every[of_team], found.officers[of_team] = number, officers
    found.put("no-officer", {team: (waiting[team], every[team]) for team in {*waiting, *every}})


def _by_team(cases):
    return Counter(dict(cases.values_list("team").annotate(n=Count("pk")).order_by()))


def _moves(found, asked):
    moves = grid_change.moves_of(asked.user, asked.team, asked.today)
    changes: dict[int | None, Counter[str]] = defaultdict(Counter)
    for one in moves.values():
        changes[one.team][one.change.value] += 1
    for code in (one for one in FIGURES if one.startswith("grid-")):
        change = code.removeprefix("grid-")
        found.put(code, {team: (of[change], of.total()) for team, of in changes.items()})
    found.lines = grid_change.lines_of(moves)
    found.moves = Counter(one.change.value for one in moves.values())
