"""The team board against the least it could cost, at a provider's size and at the nation's.

The least of a team (P4, P5) is two statements that read nothing but an index: of each person their team and group, of each
check its team, officer, kind and day, copied out to tables of the benchmark's own. They ask nobody's reach, leave nothing of
limited access out, and know no flag, override, route or countersignature. The least of the provider (P6) is three statements
over the tables as they are: groups, overdue checks by officer and kind, cases by officer. The board shows the first two, and
five things more.

Every caseload has a database of its own and teams of 750 whose people lie scattered, so that sizes are compared turn and
turn about. They are filled by statements and not by `make_demo`: what a board does not read is not there.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import database
from bench.measure import Benchmark, timed
from cases.models.made_once import counted_at_once
from cases.reference.checks import OPEN_STATES
from cases.services.policy import seed_policies
from oversight.queries.team import _counted, board
from staff.models import LocalDeliveryUnit, Provider, Team, User
from staff.permissions import Role

PROVIDER, CRCS, NATION = (
    4_750,
    155_939,
    260_000,
)  # one provider; all of them in 2018; all of probation
OF_A_TEAM, OFFICERS = 750, 15
TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
WITHIN = 0.006  # seconds, of the page: a warning and no more, since machines differ

# %(people)s, %(teams)s, %(first_team)s, %(first_user)s, %(officers)s
FILL = (
    """
    INSERT INTO cases_case (crn, surname, forename, sort_name, sex, state, retained_by, left_as, imported, team_id, officer_id,
        arrived_on, facts_changed_at)
    SELECT 'B' || lpad(n::text, 6, '0'), 'Marsh' || n, 'A', 'marsh' || n, 'M',
        'supervised', '', '', false, %(first_team)s + n %% %(teams)s,
        %(first_user)s + (n %% %(teams)s) * %(officers)s + (n / %(teams)s) %% %(officers)s, %(today)s, %(now)s
    FROM generate_series(0, %(people)s - 1) AS n
    """,
    """
    INSERT INTO cases_standing (case_id, place, "group", needs, harm, contact_level, holding, concern, placed_on, facts_as_at)
    SELECT id, CASE WHEN id %% 25 = 0 THEN 'cannot' ELSE 'group' END,
        CASE WHEN id %% 25 = 0 THEN '' ELSE (ARRAY['L','LC','M','MC'])[1 + id %% 4] || (ARRAY['0','50','75','90'])[1 + (id / 7) %% 4] END,
        CASE WHEN id %% 25 = 0 THEN 'x' ELSE '' END, 'RMRH', 'weekly', false, id %% 3 = 0, %(today)s, %(now)s
    FROM cases_case
    """,
    """
    INSERT INTO cases_enquiry (case_id, kind, because, because_note, triggered_on, state, due_on, asked_of, not_told_because,
        sent_on, chases, reply, reply_text, replied_on, analysed_on, changes, analysis, not_needed_because, sharing)
    SELECT id, kind, 'start', '', %(today)s::date - 40, CASE WHEN open THEN 'sent' ELSE 'analysed' END,
        CASE WHEN open THEN %(today)s::date - 10 + (id %% 20)::int END, 'Police', '', %(today)s::date - 30, 0,
        CASE WHEN open THEN '' ELSE 'no_trace' END, '', CASE WHEN open THEN NULL ELSE %(today)s::date - 6 END,
        CASE WHEN open THEN NULL ELSE %(today)s::date - 5 END,
        CASE WHEN open THEN '' ELSE 'nothing' END, CASE WHEN open THEN '' ELSE 'x' END, '', 'no'
    FROM cases_case, LATERAL (VALUES ('police', id %% 2 = 0), ('children', id %% 3 = 0)) AS asked (kind, open)
    """,
    """
    INSERT INTO cases_deadline (case_id, kind, owner_role, triggered_on, due_on, met_on, void, why)
    SELECT id, kind, owner, %(today)s::date - 40, %(today)s::date - 15 + (id %% 30)::int,
        CASE WHEN met THEN %(today)s::date - 16 END, false, 'x'
    FROM cases_case, LATERAL (VALUES
        ('read_information', 'officer', false), ('review_case', 'officer', false), ('make_plan', 'officer', true),
        ('home_visit', 'officer', true), ('name_officer', 'spo', id %% 10 <> 0), ('end_case', 'spo', id %% 50 <> 0)
    ) AS owed (kind, owner, met)
    """,
    """
    INSERT INTO cases_flag (deadline_id, case_id, why, told, raised_on)
    SELECT id, case_id, 'x', CASE WHEN id %% 5 = 0 THEN 'head' ELSE 'spo' END, %(today)s
    FROM cases_deadline WHERE met_on IS NULL AND due_on < %(today)s
    """,
    "CREATE TABLE bare_person AS SELECT team_id, s.place, s.group FROM cases_case AS c JOIN cases_standing AS s ON s.case_id = c.id",
    """
    CREATE TABLE bare_check AS SELECT team_id, officer_id, kind, due_on
    FROM cases_enquiry AS e JOIN cases_case AS c ON c.id = e.case_id WHERE e.due_on IS NOT NULL
    """,
    'CREATE INDEX bare_person_of ON bare_person (team_id, place, "group")',
    "CREATE INDEX bare_check_of ON bare_check (team_id, due_on, officer_id, kind)",
)
LEAST_OF_A_TEAM = (
    'SELECT place, "group", count(*) FROM bare_person WHERE team_id = %(team)s GROUP BY 1, 2',
    "SELECT officer_id, kind, count(*) FROM bare_check WHERE team_id = %(team)s AND due_on < %(today)s GROUP BY 1, 2",
)
LEAST_OF_ALL = (
    """
    SELECT s.place, s.group, count(*) FROM cases_case AS c JOIN cases_standing AS s ON s.case_id = c.id
    WHERE c.state = 'supervised' AND c.left_as = '' GROUP BY 1, 2
    """,
    """
    SELECT c.officer_id, e.kind, count(*) FROM cases_enquiry AS e JOIN cases_case AS c ON c.id = e.case_id
    WHERE e.state = ANY(%(open)s) AND e.due_on < %(today)s AND c.state = 'supervised' AND c.left_as = '' GROUP BY 1, 2
    """,
    "SELECT officer_id, count(*) FROM cases_case WHERE state = 'supervised' AND left_as = '' GROUP BY 1",
)  # fmt: skip


@counted_at_once
def groups_and_checks(user, team, today):
    """Of what the board counts, the two things that the least counts."""
    cases, counted = _counted.__wrapped__(user, team, today)
    return cases, {name: counted[name] for name in ("placed", "checks")}


class Caseload:
    """So many people in a database of their own, with a senior of one team and a head of service."""

    def __init__(self, people):
        self.people, self.name = people, f"board_{people}"
        self.connection = _connected_to(self.name)
        with self.here():
            seed_policies()
            self.team, self.senior, self.head = _staff(people)
            given = {
                "people": people, "teams": self.team["teams"], "first_team": self.team["pk"],
                "first_user": self.team["first_user"], "officers": OFFICERS, "today": TODAY, "now": NOW,
            }  # fmt: skip
            with connection.cursor() as cursor:
                for statement in FILL:
                    cursor.execute(statement, given)
                cursor.execute("VACUUM ANALYZE")
            self.of = Team.objects.get(pk=self.team["pk"])
            self.browser = Client()
            self.browser.force_login(self.senior)

    @contextmanager
    def here(self):
        """Whatever is asked meanwhile is asked of this database."""
        usual = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = usual

    def least(self, statements):
        with self.here(), connection.cursor() as cursor:
            found = []
            for statement in statements:
                cursor.execute(statement, {"team": self.of.pk, "today": TODAY, "open": sorted(OPEN_STATES)})  # fmt: skip
                found.append(cursor.fetchall())
        return found

    def same_two(self):
        """Of our own tables, by our own door: groups, and overdue checks by officer and kind."""
        with self.here():
            return groups_and_checks(self.senior, self.of.pk, TODAY)

    def whole(self):
        with self.here():
            return board(self.senior, self.of, TODAY)

    def of_all(self):
        with self.here():
            return board(self.head, None, TODAY)

    def same_two_of_all(self):
        with self.here():
            return groups_and_checks(self.head, None, TODAY)

    def page(self):
        with self.here():
            answer = self.browser.get(reverse("team-board"), {"team": self.of.code}, HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https")  # fmt: skip
        if answer.status_code != 200:
            raise AssertionError(f"The board answered {answer.status_code}.")
        return answer

    def check_agreement(self):
        """A benchmark of two different answers would mean nothing."""
        groups, checks = self.least(LEAST_OF_A_TEAM)
        counted = self.whole()
        if counted.supervised != sum(count for *_, count in groups):
            raise AssertionError("The board and the least count different people.")
        if sum(one.total for one in counted.checks) != sum(count for *_, count in checks):
            raise AssertionError("The board and the least count different checks.")
        if self.of_all().supervised != self.people:
            raise AssertionError("The board of the provider does not count everybody.")


def _connected_to(name):
    """Another database of the same server: a copy of the one that is migrated and empty."""
    usual = connections["default"]
    settings = {**usual.settings_dict, "NAME": "postgres"}
    server = type(usual)(settings, "default")
    usual.close()
    with server.cursor() as cursor:
        quote = server.ops.quote_name
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(usual.settings_dict['NAME'])}")  # fmt: skip
    server.close()
    return type(usual)({**usual.settings_dict, "NAME": name}, "default")


def _staff(people):
    """(what the statements ask of teams and officers, a senior, a head of service)"""
    teams = max(1, round(people / OF_A_TEAM))
    us = Provider.objects.create(code="BOARD", name="Ours", nps=False)
    unit = LocalDeliveryUnit.objects.create(provider=us, code="BOARD", name="Everywhere")
    made = Team.objects.bulk_create(
        [Team(unit=unit, code=f"BOARD{n}", name=f"Team {n}") for n in range(teams)]
    )
    officers = User.objects.bulk_create(
        [
            User(username=f"officer{n}", role=Role.OFFICER, team=made[n // OFFICERS], first_name="A", last_name=f"B{n}")
            for n in range(teams * OFFICERS)
        ],
        batch_size=5000,
    )  # fmt: skip
    senior = User.objects.create_user("senior", role=Role.SPO, team=made[0])
    head = User.objects.create_user("head", role=Role.HEAD)
    return {"pk": made[0].pk, "teams": teams, "first_user": officers[0].pk}, senior, head


def _statements(one, ask):
    """How many it takes; asked once before, so that nothing is worded or looked up for the first time."""
    ask()
    with CaptureQueriesContext(one.connection) as found:
        ask()
        return len(found)


def look_at_reading(caseloads):
    """How many statements the board takes; an error where that grows with the people."""
    counts = {}
    for one in caseloads:
        counts[one.people], of_page = (_statements(one, ask) for ask in (one.whole, one.page))
        print(f"team board of {one.people:,}: {counts[one.people]} statements, its page {of_page}")
    if len(set(counts.values())) != 1:
        raise AssertionError("The board takes more statements where there are more people.")


def _of_everybody(one):
    """Like with like, and all that the board counts of everybody against the three statements of the least."""
    two, three = partial(one.least, LEAST_OF_ALL[:2]), partial(one.least, LEAST_OF_ALL)
    return [
        Benchmark(f"P6 board of everybody, live: its two counts, {one.people:,}", two, one.same_two_of_all, goal=1.3),
        Benchmark(f"P6 board of everybody, live: all its data, {one.people:,}", three, one.of_all, goal=1.3),
    ]  # fmt: skip


def benchmarks():
    database.start()
    few, crcs, nation = caseloads = [Caseload(people) for people in (PROVIDER, CRCS, NATION)]
    for one in caseloads:
        one.check_agreement()
    look_at_reading(caseloads)
    took = sorted(timed(crcs.page) for _ in range(7))[3]
    print(f"page of the team board in {took * 1000:.1f} ms{'' if took <= WITHIN else '  (more than 6 ms: a warning)'}")  # fmt: skip
    team = partial(crcs.least, LEAST_OF_A_TEAM)
    return [
        Benchmark(f"P4 board of a team: its two counts, {CRCS:,}", team, crcs.same_two, goal=2, rounds=21),
        Benchmark(f"P4 board of a team: all its data, {CRCS:,}", team, crcs.whole, goal=2, rounds=21),
        Benchmark(f"P4 all its data, {NATION:,} against {CRCS:,}", crcs.whole, nation.whole, goal=1.2, rounds=21),
        Benchmark(f"P4 all its data, {NATION:,} against {PROVIDER:,}", few.whole, nation.whole, goal=1.5, rounds=21),
        Benchmark(f"P5 board of a team: its page, {CRCS:,}", team, crcs.page, goal=5, rounds=21),
        *_of_everybody(few),
        *_of_everybody(nation),
    ]  # fmt: skip
