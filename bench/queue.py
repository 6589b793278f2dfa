"""The first page of the hub's queue with 40,000 open items, and a claim of ten letters of them, against counting them plainly.

The least is one count of what is unmet of these kinds: it ranks nothing, asks nobody's reach, and says of no item who has it.
Before anything is timed it is looked at how the page reads: its statements are as many however long it is, and the rows
are found by their index, no further than the day on which the page ends. (What is counted beside them is all of it.)
"""

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from bench import database
from bench.measure import Benchmark
from cases.models import (
    Breach,
    Case,
    Claim,
    Deadline,
    HubQuestion,
    Letter,
    Recall,
    Sentence,
    Standing,
)
from cases.queries.enforcement import hub_list
from cases.queries.enforcement.hub_ages import ages_of
from cases.reference.codes import CaseState, Rosh
from cases.reference.deadlines import HUB_KINDS
from cases.reference.enforcement import LetterKind
from cases.services.enforcement.queue import claim
from cases.services.policy import enforcement_policy
from staff.models import LocalDeliveryUnit, Provider, Team, User

ITEMS, DAYS, TEAMS, CLAIMED, ASKED, SIZE = 40_000, 20, 40, 300, 300, 50
AT_ONCE = 5000  # rows of one statement
INDEX = "deadline_of_the_hub"
OF_RECALLS = {"send_recall", "get_recall_answer"}
TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
COUNT = "SELECT count(*) FROM cases_deadline WHERE met_on IS NULL AND paused_on IS NULL AND kind = ANY(%s)"


def fill():
    """40,000 people, each with one thing owed by the hub over twenty days, about what it is about, and two that are not the hub's.

    300 are worked on, and of 300 the officer is asked. Returns one of the hub.
    """
    by = User.objects.create_user("hub", role="hub")
    other = User.objects.create_user("another", role="hub")
    items = _items(_about(_cases(), by))
    Claim.objects.bulk_create([Claim(deadline=one, by=other, at=NOW, worked_at=NOW) for one in items[:CLAIMED]])  # fmt: skip
    HubQuestion.objects.bulk_create(
        [
            HubQuestion(deadline=one, asks="x", asked_at=NOW, asked_by=by, until=NOW)
            for one in items[CLAIMED : CLAIMED + ASKED]
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return by


def _cases():
    us = Provider.objects.create(code="QUEUE", name="Ours", nps=False)
    unit = LocalDeliveryUnit.objects.create(provider=us, code="QUEUE", name="Everywhere")
    teams = Team.objects.bulk_create(
        [Team(unit=unit, code=f"QUEUE{n}", name=f"Team {n}") for n in range(TEAMS)]
    )
    cases = Case.objects.bulk_create(
        [
            Case(
                crn=f"Q{n:06}", surname=f"Marsh{n}", sort_name=f"marsh{n}", sex="M", state=CaseState.SUPERVISED,
                arrived_on=TODAY, facts_changed_at=NOW, team=teams[n % TEAMS],
            )
            for n in range(ITEMS)
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    levels = [*Rosh, ""]
    Standing.objects.bulk_create(
        [
            Standing(
                case=case, place="cannot", needs="x", harm=levels[n % len(levels)], concern=n % 3 == 0, placed_on=TODAY,
                facts_as_at=NOW,
            )
            for n, case in enumerate(cases)
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    return cases


def _about(cases, by):
    """(case, kind of work, what it is about) of each: a letter, a breach or a recall."""
    sentences = Sentence.objects.bulk_create(
        [Sentence(case=case, source_id="1", active=True, started_on=TODAY) for case in cases],
        batch_size=AT_ONCE,
    )
    letters, breaches, recalls, found = [], [], [], []
    for n, sentence in enumerate(sentences):
        case, kind = sentence.case, HUB_KINDS[n % len(HUB_KINDS)]
        begun = {"case": case, "sentence": sentence, "begun_at": NOW, "begun_by": by}
        about: dict[str, Model] = {}
        if kind == "send_letter":
            letter = Letter(case=case, kind=LetterKind.APPOINTMENT, asked_at=NOW, asked_by=by)
            letters.append(letter)
            about["letter"] = letter
        elif kind in OF_RECALLS:
            recall = Recall(**begun)
            recalls.append(recall)
            about["recall"] = recall
        else:
            breach = Breach(became_aware_on=TODAY, **begun)
            breaches.append(breach)
            about["breach"] = breach
        found.append((case, kind, about))
    Letter.objects.bulk_create(letters, batch_size=AT_ONCE)
    Breach.objects.bulk_create(breaches, batch_size=AT_ONCE)
    Recall.objects.bulk_create(recalls, batch_size=AT_ONCE)
    return found


def _items(found):
    """What the hub owes, in the order of the cases. Beside each something that the officer owes, and something done."""
    began = TODAY - timedelta(days=9)
    items, beside = [], []
    for n, (case, kind, about) in enumerate(found):
        due_on = TODAY + timedelta(days=n % DAYS)
        owed = partial(Deadline, case=case, triggered_on=began, due_on=due_on, why="x")
        items.append(owed(kind=kind, owner_role="hub", **about))
        beside.append(owed(kind="read_information", owner_role="officer"))
        beside.append(owed(kind=kind, owner_role="hub", met_on=TODAY, **about))
    Deadline.objects.bulk_create(beside, batch_size=AT_ONCE)
    return Deadline.objects.bulk_create(items, batch_size=AT_ONCE)


def bare_count():
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [list(HUB_KINDS)])
        return cursor.fetchone()[0]


def first_page(user, size=SIZE):
    """Everything that the page asks: rows, who has each, counts, teams, what is kept."""
    last_post, wanted = enforcement_policy(TODAY).last_post, hub_list.Wanted()
    found = hub_list.page_of_queue(user, wanted, after="", size=size, now=NOW, last_post=last_post)
    rows = hub_list.queue_rows(found.rows, user, NOW, last_post)
    counts = hub_list.counts_of(user, wanted, NOW, last_post)
    hub_list.teams_with_work(user)
    list(hub_list.masked_to(user)[:100])
    if len(rows) != size or counts[hub_list.ALL] != ITEMS:
        raise AssertionError("The page is not whole.")


def look_at_reading(user):
    """How many statements the page takes, and how many rows of what is owed its list reads; an error where that grows with the queue."""
    short, whole = (_statements(partial(first_page, user, size)) for size in (SIZE // 5, SIZE))
    if len(short) != len(whole):
        raise AssertionError(f"{len(short)} statements for a short page, {len(whole)} for one of {SIZE}.")  # fmt: skip
    listed = next(one for one in whole if f"LIMIT {SIZE + 1}" in one)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {listed}")
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    scans = [one for one in _within(plan) if one.get("Relation Name") == "cases_deadline"]
    # By day, a process reads one row of the day after to know that the day is over
    read = sum(one["Actual Rows"] * one["Actual Loops"] for one in scans)
    print(f"first page of the queue: {len(whole)} statements, {read:,.0f} of {ITEMS:,} rows read")
    if {one.get("Index Name") for one in scans} != {INDEX} or read > 2 * ITEMS / DAYS:
        raise AssertionError(f"The list is not read by {INDEX}, or further than its day.")


def _statements(work):
    with CaptureQueriesContext(connection) as found:
        work()
    return [one["sql"] for one in found.captured_queries]


def _within(plan):
    yield plan
    for one in plan.get("Plans", []):
        yield from _within(one)


def ten_letters(user):
    with transaction.atomic():
        if len(claim(by=user, now=NOW, many=10, kinds=("send_letter",))) != 10:
            raise AssertionError("Ten letters were to be claimed.")
        transaction.set_rollback(True)


def ages(user):
    whole, _, _ = ages_of(user, NOW, enforcement_policy(TODAY).last_post)
    if whole.count != ITEMS:
        raise AssertionError("Not all of it was counted.")


def benchmarks():
    database.start()
    user = fill()
    look_at_reading(user)
    return [
        Benchmark("first page of 40,000 of the hub's queue", bare_count, partial(first_page, user), goal=60),
        Benchmark("claim ten letters of 40,000", bare_count, partial(ten_letters, user), goal=30),
        Benchmark("ages of 40,000", bare_count, partial(ages, user), goal=30),
    ]  # fmt: skip
