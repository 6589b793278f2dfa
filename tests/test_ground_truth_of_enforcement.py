"""The product held to what the demonstration planted of enforcement: each fate, the queue of the hub, and what is late.

What the hub has to do is reckoned from the fates alone, apart from the services, so that agreement is evidence.
"""

from collections import Counter

import pytest

from cases.models import Breach, Deadline, Failure, Letter, Recall
from cases.queries.enforcement.equality import decisions_of
from cases.queries.enforcement.measures import counted_cases, figures_of
from cases.queries.enforcement.queue import queue_of
from cases.rules.counting import window_of
from cases.rules.enforcement.equality import compared, halves_before
from staff.models import User
from staff.permissions import Role
from tests.demonstration import TODAY, demonstrated

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as truth:
        yield truth["enforcement"]


def crns(rows):
    return sorted(rows.values_list("case__crn", flat=True))


def befell(planted, *fates):
    return sorted(crn for fate in fates for crn in planted["fates"].get(fate, []))


def test_something_of_everything_befell_somebody(planted):
    assert set(planted["fates"]) >= {
        "decided", "withdrawn", "summons", "returned", "amendment", "came_back", "submitted", "warned", "letter_late",
        "late_proof", "preparing", "letter_ready", "letter_asked", "unanswered", "with_nps", "part_a_waits",
    }  # fmt: skip


def test_the_queue_of_the_hub_is_what_was_planted_to_the_row(planted):
    hub = User.objects.get(username=Role.HUB)

    found = Counter(
        (crn, kind, due.isoformat())
        for crn, kind, due in queue_of(hub).values_list("case__crn", "kind", "due_on")
    )

    assert found == Counter(tuple(row) for row in planted["queue"])
    assert len(found) > 8


def test_failures_that_nobody_has_answered_are_those_that_were_planted(planted):
    assert crns(Failure.objects.unanswered()) == befell(planted, "unanswered")


def test_where_each_breach_is_is_as_planted(planted):
    found = Counter(Breach.objects.values_list("state", flat=True))

    expected = {
        "preparing": "preparing", "submitted": "submitted", "returned": "returned", "accepted": "amendment",
        "summons": "summons", "decided": "decided", "withdrawn": "withdrawn",
    }  # fmt: skip
    assert found == Counter({
        state: len(set(befell(planted, fate))) for state, fate in expected.items() if befell(planted, fate)
    })  # fmt: skip


def test_where_each_recall_is_is_as_planted(planted):
    found = {
        state: crns(Recall.objects.filter(state=state)) for state in ("REC01", "REC02", "REC06")
    }

    assert found == {
        "REC01": befell(planted, "part_a_owed"),
        "REC02": befell(planted, "part_a_waits"),
        "REC06": befell(planted, "with_nps"),
    }


def test_a_letter_that_came_back_gave_no_warning_and_late_proof_withdrew_one(planted):
    assert crns(Letter.objects.filter(state="returned")) == befell(planted, "came_back")
    assert crns(Failure.objects.exclude(withdrawn_on=None)) == befell(planted, "late_proof")
    came_back = Letter.objects.filter(state="returned").select_related("warning")
    assert {one.warning.given_on for one in came_back} == {None}


def test_the_reason_of_one_absence_is_asked_for_by_letter_and_waits_for_the_hub(planted):
    letters = Letter.objects.filter(kind="reason").select_related("absence__decision")

    found = [
        [one.case.crn, one.absence.decision.happened_on.isoformat()]
        for one in letters.select_related("case")
    ]

    assert found == planted["asked"]
    assert len(found) == 1


def test_everybody_against_whom_enforcement_began_had_their_next_contact_agreed_or_it_is_owed(
    planted,
):
    begun = [*Breach.objects.select_related("case"), *Recall.objects.select_related("case")]

    unagreed = {one.case.crn for one in begun if not hasattr(one, "reengagement")}

    assert begun
    assert unagreed == set(planted["not_won_back"])


def test_the_measures_count_what_was_planted(planted):
    head = User.objects.filter(role=Role.HEAD).first()
    year = window_of(365, TODAY)

    found = figures_of(counted_cases(head), year)

    over = len(befell(planted, "decided")), len(befell(planted, "decided", "withdrawn"))
    assert (found["decided-by-court"].met, found["decided-by-court"].counted) == over
    first = len(befell(planted, "amendment", "summons", "decided"))
    counted = first + len(befell(planted, "returned"))
    assert (found["first-time"].met, found["first-time"].counted) == (first, counted)
    assert [found["letters"].met, found["letters"].counted] == planted["letters"]


def test_decisions_of_the_half_year_before_can_be_compared(planted):
    head = User.objects.filter(role=Role.HEAD).first()

    whole, groups = compared(decisions_of(head, "failure", halves_before(TODAY)[0]))

    assert whole
    assert min(whole.so, whole.counted - whole.so) >= 5
    assert groups


def test_what_officers_and_seniors_owe_is_what_was_planted(planted):
    kinds = {
        "answer_failure",
        "ask_welfare",
        "lay_breach",
        "mend_letter",
        "win_back",
        "read_withdrawn_breach",
        "write_part_a",
        "countersign_recall",
        "decide_again",
    }
    owed = Deadline.objects.unmet().filter(kind__in=kinds)

    found = Counter(
        (crn, kind, due.isoformat())
        for crn, kind, due in owed.values_list("case__crn", "kind", "due_on")
    )

    assert found == Counter(tuple(row) for row in planted["owed"])
