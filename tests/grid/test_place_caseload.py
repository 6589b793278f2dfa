import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

from cases.models import Case, JobRun, Standing
from cases.reference.codes import Place, Rosh
from cases.services.facts import facts_changed
from grid import tasks
from grid.models import Placement
from grid.services.caseload import JOB, place_changed, place_chunk
from grid.services.judgement import judge
from tests.factories import NOW, TODAY, CaseFactory, RegistrationFactory, placeable

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


def test_each_run_by_hand_is_a_run_of_its_own(capsys):
    command(capsys, "--json")
    command(capsys, "--json")

    assert JobRun.objects.filter(job=JOB).exclude(finished_at=None).count() == 2


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


def test_the_night_places_everybody_once_a_day():
    placeable()

    tasks.place_everybody()
    tasks.place_everybody()

    run = JobRun.objects.get(job=JOB)
    assert (run.slot, run.result["group"]) == (localdate().isoformat(), 1)
    assert run.finished_at


def test_the_sweep_finishes_a_night_that_was_cut_short():
    case = placeable()
    place_chunk(after=0, today=TODAY)
    RegistrationFactory(case=case)  # by a route that marks nothing
    JobRun.objects.create(
        job=JOB, slot="2018-10-02", today=TOMORROW, started_at=NOW, heartbeat_at=NOW
    )

    tasks.sweep_placements()

    assert JobRun.objects.get(job=JOB).finished_at
    assert case.placements.current().get().placed_on == TOMORROW
    assert Standing.objects.get(case=case).place == Place.GROUP
