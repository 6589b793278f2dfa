"""The first page of the hub's queue with 40,000 open items, and a claim of ten letters of them, against counting them plainly.

The least is one count of what is unmet of these kinds: it ranks nothing, asks nobody's reach, and says of no item who has it.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import connection, transaction

from bench import database
from bench.measure import Benchmark
from cases.models import Case, Claim, Deadline, HubQuestion, Standing
from cases.queries.enforcement import hub_list
from cases.queries.enforcement.hub_ages import ages_of
from cases.reference.codes import CaseState, Rosh
from cases.reference.deadlines import HUB_KINDS
from cases.services.enforcement.queue import claim
from cases.services.policy import enforcement_policy
from staff.models import User

ITEMS, DAYS, CLAIMED, ASKED, SIZE = 40_000, 20, 300, 300, 50
TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
COUNT = "SELECT count(*) FROM cases_deadline WHERE met_on IS NULL AND paused_on IS NULL AND kind = ANY(%s)"


def fill():
    """40,000 people, each with one thing owed, over twenty days; 300 worked on, of 300 the officer is asked. Returns one of the hub."""
    by = User.objects.create_user("hub", role="hub")
    other = User.objects.create_user("another", role="hub")
    cases = Case.objects.bulk_create(
        [
            Case(
                crn=f"Q{n:06}", surname=f"Marsh{n}", sort_name=f"marsh{n}", sex="M", state=CaseState.SUPERVISED,
                arrived_on=TODAY, facts_changed_at=NOW,
            )
            for n in range(ITEMS)
        ],
        batch_size=5000,
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
        batch_size=5000,
    )  # fmt: skip
    items = Deadline.objects.bulk_create(
        [
            Deadline(
                case=case, kind=HUB_KINDS[n % len(HUB_KINDS)], owner_role="hub", triggered_on=TODAY - timedelta(days=9),
                due_on=TODAY + timedelta(days=n % DAYS), why="x",
            )
            for n, case in enumerate(cases)
        ],
        batch_size=5000,
    )  # fmt: skip
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


def bare_count():
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [list(HUB_KINDS)])
        return cursor.fetchone()[0]


def first_page(user):
    """Everything that the page asks: rows, who has each, counts, teams, what is kept."""
    last_post, wanted = enforcement_policy(TODAY).last_post, hub_list.Wanted()
    found = hub_list.page_of_queue(user, wanted, after="", size=SIZE, now=NOW, last_post=last_post)
    rows = hub_list.queue_rows(found.rows, user, NOW, last_post)
    counts = hub_list.counts_of(user, wanted, NOW, last_post)
    hub_list.teams_with_work(user)
    list(hub_list.masked_to(user)[:100])
    if len(rows) != SIZE or counts[hub_list.ALL] != ITEMS:
        raise AssertionError("The page is not whole.")


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
    return [
        Benchmark("first page of 40,000 of the hub's queue", bare_count, partial(first_page, user), goal=60),
        Benchmark("claim ten letters of 40,000", bare_count, partial(ten_letters, user), goal=30),
        Benchmark("ages of 40,000", bare_count, partial(ages, user), goal=30),
    ]  # fmt: skip
