import json
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Case, JobRun, Standing
from cases.reference.codes import Place, Rosh
from cases.services.facts import facts_changed
from grid import tasks
from grid.models import Placement
from grid.services.caseload import AFRESH, WAITING, place_changed, place_chunk
from grid.services.judgement import judge
from grid.services.policy import policy_in_force, set_grid_policy
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, RegistrationFactory, UserFactory, placeable

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def command(capsys, *options):
    call_command("place_caseload", *options)
    return capsys.readouterr().out


def group_of(case):
    return Standing.objects.get(case=case).group


# The command


def test_the_command_places_everybody_and_counts_where_they_came_out(capsys):
    placeable()
    placeable(harm=Rosh.HIGH)
    CaseFactory()

    answer = json.loads(command(capsys, "--json", "--as-of", "2018-10-01"))

    assert answer == {
        "as_of": "2018-10-01",
        "people": 3,
        "group": 1,
        "escalate": 1,
        "cannot": 1,
        "retained": 0,
        "no_sentence": 0,
        "placements_written": 3,
        "standings_written": 3,
    }
    assert set(Placement.objects.values_list("placed_on", flat=True)) == {TODAY}


@pytest.mark.parametrize(
    "text, why",
    [
        ("2018-02-30", "is not a date"),
        ("2200-01-01", "is still to come"),
        ("2018-09-30", "was placed on 2018-10-01 already"),
    ],
)
def test_a_day_that_history_cannot_hold_is_refused(capsys, text, why):
    placeable()
    command(capsys, "--as-of", "2018-10-01")

    with pytest.raises(CommandError, match=why):
        command(capsys, "--as-of", text)

    assert Placement.objects.count() == 1


def test_a_second_run_writes_nothing(capsys):
    placeable()
    CaseFactory()
    command(capsys, "--as-of", "2018-10-01")

    answer = json.loads(command(capsys, "--json", "--as-of", "2018-10-01"))

    assert (answer["people"], answer["placements_written"], answer["standings_written"]) == (
        2,
        0,
        0,
    )


def test_the_command_says_in_words_where_people_came_out(capsys):
    placeable()

    said = command(capsys)

    assert "In a GRID group                1" in said
    assert "Placements written             1" in said


def test_the_command_fails_where_a_case_does_and_places_the_others(capsys):
    broken, sound = placeable(), placeable()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET sex = '?' WHERE id = %s", [broken.pk])

    with pytest.raises(CommandError, match="Not placed because of a fault: 1"):
        command(capsys)

    assert group_of(sound) == "M50"


def test_a_fact_that_nobody_marked_as_changed_is_found_afresh(capsys):
    case = placeable()
    command(capsys)
    RegistrationFactory(case=case)

    unmarked = json.loads(command(capsys, "--json"))
    afresh = json.loads(command(capsys, "--json", "--afresh"))

    assert (unmarked["placements_written"], afresh["placements_written"]) == (0, 1)
    assert group_of(case) == "MC50"


def test_each_run_by_hand_is_a_run_of_its_own(capsys):
    command(capsys, "--json")
    command(capsys, "--json")

    assert JobRun.objects.filter(job=WAITING).exclude(finished_at=None).count() == 2


def test_a_caseload_is_placed_chunk_by_chunk_in_key_order():
    cases = [placeable() for _ in range(5)]
    after, chunks = 0, 0
    while after is not None:
        after, counts = place_chunk(after=after, today=TODAY, size=2)
        chunks += 1

    assert chunks == 3
    assert counts["group"] == 1
    assert Placement.objects.filter(case__in=cases).count() == 5


# The sweep and the night


def test_the_sweep_places_again_those_whose_facts_changed_and_nobody_else():
    changed, same = placeable(), placeable()
    place_chunk(after=0, today=TODAY)
    for case in (changed, same):
        RegistrationFactory(case=case)
    facts_changed(case_ids=[changed.pk], now=NOW + timedelta(minutes=1))

    swept = place_changed(today=TODAY, seconds=10)

    assert (swept, group_of(changed), group_of(same)) == (1, "MC50", "M50")
    assert not Case.objects.facts_changed().exists()


def test_the_sweep_places_those_never_placed():
    case = placeable()

    tasks.sweep_placements()

    assert group_of(case) == "M50"


def test_the_sweep_drops_a_judgement_that_has_run_out():
    case = placeable()
    answers = {"linked_to_harm": "Yes", "being_managed": "No", "effect_of_contact": "Good"}
    judge(case=case, complex=True, by=case.officer, today=TODAY, now=NOW, **answers)

    place_changed(today=date(2019, 4, 1), seconds=10)

    assert group_of(case) == "M50"


def test_a_case_that_cannot_be_read_holds_up_no_other(caplog):
    sound, broken, last = placeable(), placeable(), placeable()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET sex = '?' WHERE id = %s", [broken.pk])

    swept = place_changed(today=TODAY, seconds=10)

    assert swept == 2
    assert not broken.placements.exists()
    assert group_of(sound) == group_of(last) == "M50"
    assert f"Case {broken.pk} was not placed" in caplog.text


def test_a_new_policy_places_everybody_again_by_the_next_sweep():
    case = placeable()
    place_changed(today=TODAY, seconds=10)
    body = policy_in_force(TODAY).body
    head = UserFactory(role=Role.HEAD)
    set_grid_policy(
        body=body, changing=1, from_on=TOMORROW, reason="As it was", by=head, today=TODAY
    )

    before = place_changed(today=TODAY, seconds=10)
    after = place_changed(today=TOMORROW, seconds=10)

    assert (before, after) == (0, 1)
    assert case.placements.current().get().policy_version == 2


@pytest.mark.parametrize(
    ("moment", "job"), [("2018-10-06T02:00:00Z", WAITING), ("2018-10-07T02:00:00Z", AFRESH)]
)
def test_a_night_runs_once_and_on_sundays_takes_nobody_on_trust(moment, job):
    case = placeable()
    place_changed(today=TODAY, seconds=10)
    RegistrationFactory(case=case)  # by a route that marks nothing

    with time_machine.travel(moment, tick=False):
        tasks.place_everybody()
        tasks.sweep_placements()

    run = JobRun.objects.get()
    assert (run.job, run.slot) == (job, moment[:10])
    assert run.finished_at
    assert group_of(case) == ("MC50" if job == AFRESH else "M50")


def test_the_sweep_runs_a_night_that_did_not_come():
    with time_machine.travel("2018-10-07T09:00:00Z", tick=False):
        tasks.sweep_placements()

    run = JobRun.objects.get()
    assert (run.job, run.slot) == (AFRESH, "2018-10-07")
    assert run.finished_at


def test_the_sweep_finishes_a_night_that_was_cut_short():
    case = placeable()
    place_chunk(after=0, today=TODAY)
    RegistrationFactory(case=case)  # by a route that marks nothing
    JobRun.objects.create(
        job=AFRESH, slot="2018-10-02", today=TOMORROW, started_at=NOW, heartbeat_at=NOW
    )

    with time_machine.travel("2018-10-02T09:00:00Z", tick=False):
        tasks.sweep_placements()

    assert JobRun.objects.get(job=AFRESH).finished_at
    assert case.placements.current().get().placed_on == TOMORROW
    assert Standing.objects.get(case=case).place == Place.GROUP
