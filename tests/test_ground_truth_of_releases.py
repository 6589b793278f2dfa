"""The product held to what the demonstration planted of stays in prison and releases.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

import io
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.utils.timezone import get_current_timezone, localtime
from pypdf import PdfReader

from cases.models import Case, Deadline
from cases.queries.header import case_header
from staff.models import User
from staff.permissions import Action, Role
from tests.demonstration import TODAY, demonstrated
from ttg.management.demo.planted import PRISONS
from ttg.models import Custody, GateMeeting, HomeOffer
from ttg.queries.board import Wanted, page_of_releases
from ttg.queries.first_days import first_days_of
from ttg.queries.first_days_page import first_days_page
from ttg.queries.gate import LATELY, meetings_of
from ttg.queries.owed import latest_stays, stay_facts
from ttg.queries.release_page import release_page
from ttg.rules.owed import DONE
from ttg.services.gate_sheet import make_gate_sheet
from ttg.services.home_doubts import doubt_homes_chunk
from ttg.services.owed import owe_release_chunk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as truth:
        yield truth["release"]


@pytest.fixture
def facts(planted):
    stays = latest_stays(Custody.objects.values_list("case", flat=True))
    crns = dict(Custody.objects.values_list("pk", "case__crn"))
    return {crns[key]: found for key, found in stay_facts(list(stays.values())).items()}


def test_everybody_in_prison_has_a_stay_with_the_day_on_which_they_leave(planted):
    found = Custody.objects.held().values_list("case__crn", "release_on")

    assert {crn: leaves.isoformat() for crn, leaves in found} == planted["stays"]
    assert len(planted["stays"]) > 20


def test_whoever_is_named_as_the_worker_of_somebody_in_prison_may_open_their_case(planted):
    named = Custody.objects.held().exclude(worker=None).select_related("worker")

    assert named.exists()
    for stay in named:
        assert (
            Case.objects.open_to(stay.worker, Action.WRITE_RESETTLEMENT)
            .filter(pk=stay.case_id)
            .exists()
        )


def test_everybody_who_came_out_lately_is_known_with_where_they_slept(planted):
    found = Custody.objects.released().prefetch_related("nights").select_related("case")

    nights = {one.case.crn: {at.night: at.stays for at in one.nights.all()} for one in found}
    assert nights == planted["released"]
    assert len(nights) > 5


def test_what_is_owed_of_release_is_what_was_planted(planted):
    owed = Deadline.objects.unmet().filter(kind__in=DONE)

    found = Counter(
        (crn, kind, due.isoformat())
        for crn, kind, due in owed.values_list("case__crn", "kind", "due_on")
    )

    assert found == Counter(tuple(row) for row in planted["owed"])
    assert len({kind for _, kind, _ in found}) > 8


def test_the_night_finds_nothing_new(planted):
    assert owe_release_chunk(after=0, today=TODAY) == (None, {"owed": 0, "moved": 0})


def test_who_has_spoken_with_their_officer_and_who_was_handed_over_is_as_planted(planted, facts):
    assert sorted(crn for crn, one in facts.items() if one.spoken_on) == planted["spoken"]
    settled = [one for one in facts.values() if one.handed_over and not one.offered_since and not one.asked_since]  # fmt: skip
    assert len(settled) == len(planted["handed_over"]) > 0


def test_whose_drug_or_alcohol_need_nobody_was_asked_about_is_as_planted(planted, facts):
    found = sorted(crn for crn, one in facts.items() if one.substances_since)

    assert found == planted["substances_unasked"]
    assert "T100002" in found


@pytest.fixture
def held(planted):
    return {
        one.case.crn: one
        for one in Custody.objects.held().select_related("prison", "case__officer")
    }


def test_only_the_first_days_that_were_planted_cannot_be_kept(planted, held):
    keys = {one.pk: crn for crn, one in held.items()}
    found = {
        keys[pk]: sorted({each.problem for each in one.cannot})
        for pk, one in first_days_of(held.values(), TODAY).items()
        if one.cannot
    }

    assert found == planted["first_days"]
    assert len(found) == 2


@pytest.mark.parametrize("name", ["mondays", "impossible"])
def test_the_page_and_the_board_warn_of_the_first_days_that_were_planted(planted, held, name):
    case = held[planted["planted"][name]].case

    header = case_header(case, case.officer, TODAY, "case-release")
    page = first_days_page(case, header.names, header.may, TODAY)

    assert {"mondays": "closed on Fridays", "impossible": "are at the same time"}[name] in " ".join(
        page.cannot
    )
    board = page_of_releases(head(), Wanted(), TODAY, after=None, size=500)
    warned = {
        row.crn for row in board.rows if any(one.startswith("First days") for one in row.warns)
    }
    assert warned == set(planted["first_days"])


@pytest.mark.parametrize("name", ["drugs_28", "drugs_14", "drugs_10"])
def test_a_drug_need_nobody_was_asked_about_is_missing_on_the_board_of_the_senior(
    planted, held, name
):
    stay = held[planted["planted"][name]]
    senior = User.objects.filter(role=Role.SPO, team=stay.case.team).first()

    found = page_of_releases(senior, Wanted(drugs=True), TODAY, after=None, size=500)

    [row] = [one for one in found.rows if one.crn == stay.case.crn]
    assert row.ready.colour == "red"
    assert "Drug or alcohol appointment: missing" in row.lacks
    days = int(name.removeprefix("drugs_"))
    assert timedelta(0) <= TODAY + timedelta(days=days) - stay.release_on <= timedelta(days=3)


def test_somebody_leaves_each_of_three_prisons_whose_place_is_known(planted, held):
    known = {one.prison.name for one in held.values() if one.prison.postcode and one.prison.gate}

    assert len(known) == 3
    assert known == set(PRISONS)


def test_a_friday_is_warned_of_on_the_board(planted, held):
    board = page_of_releases(head(), Wanted(), TODAY, after=None, size=500)

    friday = next(row for row in board.rows if row.crn == planted["planted"]["mondays"])
    assert any("It is a Friday" in one for one in friday.warns)


def test_who_is_met_at_the_gate_and_what_was_said_of_it_is_as_planted(planted):
    gate = planted["gate"]
    rows = GateMeeting.objects.values_list("state", "custody__case__crn", "at")
    found = {(state, crn, localtime(at).date().isoformat()) for state, crn, at in rows}

    assert set(gate) == {"to_come", "moved", "met", "not_met"}
    state = {"to_come": "planned", "moved": "planned"}
    assert found == {(state.get(name, name), *one) for name, one in gate.items()}
    assert gate["moved"][0] == planted["planted"]["gate_moved"]


def test_the_page_of_the_mentor_has_whom_they_meet_and_warns_of_the_day_that_moved(planted):
    gate, mentor = planted["gate"], User.objects.get(username=Role.MENTOR)

    page = meetings_of(mentor, TODAY)

    said = {name for name in ("met", "not_met") if gate[name][1] >= (TODAY - LATELY).isoformat()}
    assert {one.crn for one in page.to_come} == {gate["to_come"][0], gate["moved"][0]}
    assert [one.crn for one in page.to_come if one.in_vain] == [gate["moved"][0]]
    assert {one.crn for one in page.said} == {gate[name][0] for name in said}
    assert [*page.today, *page.to_say, *page.masked] == []


def test_what_was_said_of_a_meeting_and_that_one_is_to_come_stands_on_the_page_of_the_release(
    planted,
):
    for name, words in {"not_met": "by the other gate", "to_come": "To be met by"}.items():
        case = Case.objects.get(crn=planted["gate"][name][0])
        header = case_header(case, head(), TODAY, "case-release")

        story = release_page(case, header, TODAY).gate_story

        assert any(words in one.text or words in one.title for one in story)


def test_no_home_that_is_confirmed_is_doubted_by_the_night(planted):
    found = HomeOffer.objects.confirmed().count()

    doubted = doubt_homes_chunk(after=0, today=TODAY, now=at_noon())

    assert (doubted, HomeOffer.objects.confirmed().count()) == ((None, {"doubted": 0}), found)
    assert found > 5


def test_how_far_it_is_home_is_known_of_whoever_has_one(planted, held):
    days = [
        one for one in first_days_of(held.values(), TODAY).values() if one.home and one.way_home
    ]

    known = [way for one in days for way in one.way_home.values() if way is not None]

    assert known


def test_whose_first_days_cannot_be_kept_are_found_by_the_filter_of_the_board(planted):
    found = page_of_releases(head(), Wanted(first_days=True), TODAY, after=None, size=500)

    assert {row.crn for row in found.rows} == set(planted["first_days"])
    assert sum(one.people for one in found.bands) == found.count == 2


def test_nothing_that_is_planted_keeps_a_sheet_from_being_printed(planted, held):
    for crn in [*planted["planted"].values(), "T100002"]:
        made = make_gate_sheet(case=held[crn].case, by=held[crn].case.officer, today=TODAY)

        [page] = PdfReader(io.BytesIO(made)).pages
        assert crn in page.extract_text()
        assert "Your first days" in page.extract_text()


def at_noon():
    return datetime.combine(TODAY, time(12), get_current_timezone())


def head():
    return User.objects.get(username=Role.HEAD)
