"""Placing a caseload in the GRID against the least it could cost: one SELECT, a bare loop, one UPDATE.

The bare loop keeps no evidence, no history and no audit trail, names nothing that is missing and opens
no deadline. Goals: a night on which 1% changed costs at most three times the bare loop over everybody
(goal of the whole system), one on which nothing changed no more than it; where everybody changes at
once, as after a new policy, what is kept of each costs many times the bare number (ours, so that it
does not grow unseen).
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import connection

from bench import database
from bench.measure import ROUNDS, Benchmark
from cases.models import Case, Predictor, Registration, Sentence
from cases.reference.codes import CaseState, Order, Part, Rosh
from cases.services.facts import facts_changed
from grid.models import Placement
from grid.services.caseload import place_changed

PEOPLE = 20_000
TODAY = date(2018, 10, 1)
STARTED = datetime(2018, 10, 1, 9, tzinfo=UTC)
LONG = 3600  # seconds: as long as it takes
READ = """
    SELECT person.id, harm.type_code, predictor.two_year,
        EXISTS (SELECT FROM cases_registration AS flag WHERE flag.case_id = person.id
            AND flag.active AND flag.type_code = 'ADVP' AND flag.part = 'source'), bare.place
    FROM cases_case AS person
    JOIN cases_registration AS harm ON harm.case_id = person.id AND harm.active
        AND harm.type_code IN ('RLRH', 'RMRH', 'RHRH', 'RVHR')
    JOIN cases_predictor AS predictor ON predictor.case_id = person.id
    LEFT JOIN bare ON bare.case_id = person.id
"""
WRITE = """
    INSERT INTO bare SELECT * FROM unnest(%s::bigint[], %s::text[])
    ON CONFLICT (case_id) DO UPDATE SET place = EXCLUDED.place
"""
TURN = "UPDATE cases_predictor SET two_year = 100 - two_year WHERE case_id = ANY(%s)"


def fill():
    """People in every group, one in a hundred escalated, each with a score that can be turned over."""
    cases = sentenced()
    Registration.objects.bulk_create(
        registration
        for n, case in enumerate(cases)
        for registration in (
            register(case, Rosh.HIGH if n % 100 == 0 else Rosh.LOW if n % 2 else Rosh.MEDIUM),
            register(case, "ADVP", active=n % 3 == 0),
        )
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare (case_id bigint PRIMARY KEY, place text)")
        cursor.execute("ANALYZE")
    return [case.pk for case in cases]


def sentenced():
    """That many cases, each with a sentence and a score."""
    cases = Case.objects.bulk_create(
        Case(
            crn=f"X{n:06}",
            surname=f"Marsh{n}",
            sort_name=f"marsh{n}",
            state=CaseState.SUPERVISED,
            arrived_on=TODAY,
            facts_changed_at=STARTED,
        )
        for n in range(PEOPLE)
    )
    sentences = Sentence.objects.bulk_create(
        Sentence(
            case=case,
            source_id="1",
            active=True,
            order=Order.COMMUNITY,
            description="ORA Community Order",
            convicted_on=TODAY,
            started_on=TODAY,
        )
        for case in cases
    )
    Predictor.objects.bulk_create(
        Predictor(
            case=sentence.case,
            sentence=sentence,
            kind=Predictor.Kind.OGRS3,
            two_year=Decimal(1 + n % 49),
            assessed_on=TODAY,
            source="OASys",
        )
        for n, sentence in enumerate(sentences)
    )
    return cases


def register(case, code, active=True):
    return Registration(
        case=case,
        source_id=code,
        type_code=code,
        part=Part.SOURCE,
        active=active,
        started_on=TODAY,
    )


def bare(turned):
    """Read everybody, work the group out in a loop, write those that changed."""
    with connection.cursor() as cursor:
        cursor.execute(TURN, [turned])
        cursor.execute(READ)
        changed = {}
        for pk, harm, percent, flagged, before in cursor.fetchall():
            band = (
                "90" if percent >= 90 else "75" if percent >= 75 else "50" if percent >= 50 else "0"
            )
            row = {"RLRH": "L", "RMRH": "M"}.get(harm)
            now = f"{row}{'C' if flagged else ''}{band}" if row else "escalate"
            if now != before:
                changed[pk] = now
        cursor.execute(WRITE, [list(changed), list(changed.values())])


class Ours:
    """A night of ours, on which these people's scores were turned over since the last."""

    def __init__(self, turned):
        self.turned, self.nights = turned, 0

    def __call__(self):
        self.nights += 1
        with connection.cursor() as cursor:
            cursor.execute(TURN, [self.turned])
        facts_changed(case_ids=self.turned, now=datetime.now(UTC))
        place_changed(today=TODAY + timedelta(days=self.nights), seconds=LONG)


def benchmarks():
    database.start()
    people = fill()
    check_agreement()
    nights: tuple[tuple[str, list[int], float, int], ...] = (
        ("nothing", [], 1, ROUNDS),
        ("1%", people[::100], 3, ROUNDS),
        ("all", people, 40, 1),
    )
    return [
        Benchmark(
            name=f"GRID: a night on which {what} of {PEOPLE:,} changed",
            reference=partial(bare, turned),
            ours=Ours(turned),
            goal=goal,
            size=PEOPLE,
            rounds=rounds,
        )
        for what, turned, goal, rounds in nights
    ]


def check_agreement():
    """A benchmark of two different answers would mean nothing."""
    place_changed(today=TODAY, seconds=LONG)
    bare([])
    ours = {
        row["case_id"]: f"{row['level']}{row['band']}" or row["place"]
        for row in Placement.objects.current().values("case_id", "level", "band", "place")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, place FROM bare")
        if dict(cursor.fetchall()) != ours:
            raise ValueError("The bare loop and ours place people differently.")
