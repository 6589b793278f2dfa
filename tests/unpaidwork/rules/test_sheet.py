"""What a day sheet says of one person, and what tells a change."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.giveaways import Kept
from unpaidwork.rules.sheet import (
    KEPT_BACK,
    NOBODY_NAMED,
    NOT_ASKED,
    Note,
    OnSheet,
    Told,
    acknowledged_by,
    health_notes,
    reaches_from,
    said_hours,
    said_to_ring,
    short_name,
)

KEPT = Kept(own="Alan Marsh", names=("Robin Lane",), addresses=("12 Acacia Road, RG1 2AB",))
ONE = OnSheet(
    key=3,
    name="Alan Marsh",
    told=(
        Told("No children.", "The play area.", "Move them away.", "The duty officer, 01865 1"),
        Told("No children.", "", "Keep them in sight.", "The duty officer, 01865 1"),
    ),
)


def yes(words):
    return {"said": "yes", "words": words}


def test_what_two_instructions_say_alike_is_said_once():
    assert ONE.must_not == ("No children.",)
    assert ONE.watch_for == ("The play area.",)
    assert [one.label for one in ONE.do] == ["Move them away.", "Keep them in sight."]


@pytest.mark.parametrize(
    "change",
    sorted(
        [
            ("told", (Told("No children.", "", "Move them away.", "999"),)),
            ("health", (Note("Allergies", "Wasps"),)),
            ("apart", ("Sam B",)),
            ("held", "They do not start work."),
            ("safety", "Two staff."),
        ]
    ),
)
def test_whatever_a_supervisor_must_know_asks_anew_when_it_changes(change):
    name, value = change

    assert replace(ONE, **{name: value}).digest != ONE.digest


def test_hours_left_and_where_the_van_stops_ask_nobody_anew():
    assert replace(ONE, hours_left="3 hours left", comes="Bus station").digest == ONE.digest


def test_one_has_read_what_it_says_now_and_not_what_it_said():
    (read,) = acknowledged_by([ONE], {3: {ONE.digest}})
    (unread,) = acknowledged_by([replace(ONE, held="Not today.")], {3: {ONE.digest}})

    assert read.acknowledged
    assert not unread.acknowledged


def test_nobody_having_asked_about_health_is_said():
    assert health_notes(None, KEPT) == (Note("Health", NOT_ASKED),)


def test_health_says_what_is_there_and_what_is_not_known_where_that_matters():
    answers = {
        "health.allergies": yes("Wasp stings. Carries a pen."),
        "health.medication": {"said": "unknown", "words": "Asked the GP."},
        "health.mental": {"said": "unknown", "words": "Asked."},
        "health.pregnancy": {"said": "no"},
        "harm.sexual": yes("He was registered in 2016."),
        "managing.orders": yes("A restraining order."),
    }

    notes = health_notes(answers, KEPT)

    assert [(one.label, one.words) for one in notes] == [
        ("Allergies", "Wasp stings. Carries a pen."),
        ("Medicine", "Not known. Ask them before they start."),
    ]


def test_health_that_names_somebody_around_them_is_kept_back_and_that_is_said():
    answers = {
        "health.emergency": yes("Ring Robin on 07700 900000."),
        "health.mental": yes("Gets low near 12 Acacia Road."),
        "health.other": yes("Born 4 May 1990, bad back."),
    }

    assert {one.words for one in health_notes(answers, KEPT)} == {KEPT_BACK}


def test_not_wanting_to_name_anybody_is_an_answer():
    (note,) = health_notes({"health.emergency": {"said": "no"}}, KEPT)

    assert note.words == NOBODY_NAMED


def test_a_session_reaches_its_people_from_the_day_before_to_the_day_after():
    assert reaches_from(date(2018, 10, 2)) == (date(2018, 10, 1), date(2018, 10, 3))


def test_another_person_is_a_first_name_and_an_initial():
    assert short_name("Sam", "Bright") == "Sam B"
    assert short_name("", "Bright") == "B"


def test_hours_left_are_said_in_hours_and_minutes():
    said = [said_hours(minutes) for minutes in (0, 30, 60, 5400, 90, -5)]

    assert said == [
        "0 hours left", "30 minutes left", "1 hour left", "90 hours left", "1 hour 30 minutes left", "0 hours left",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The duty officer, 01865 1", "the duty officer, 01865 1"),
        ("Their officer, Ann Lee", "their officer, Ann Lee"),
        ("Ann Lee, 01865 1", "Ann Lee, 01865 1"),
        ("MAPPA office, 01865 1", "MAPPA office, 01865 1"),
        ("999", "999"),
    ],
)
def test_whom_to_ring_reads_on_after_ring_and_a_name_stays_a_name(words, said):
    assert said_to_ring(words) == said
