"""The product held to what the demonstration planted of unpaid work: orders, risk, instructions, hours, sessions.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter
from datetime import datetime, time, timedelta
from html import unescape

import pytest
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import get_current_timezone

from cases.models import Case, Deadline
from cases.queries.enquiries import homes_of
from cases.queries.restrictions import terms_not_seen
from cases.rules.gaps import gates
from staff.models import User
from staff.permissions import Action, Role
from tests.demonstration import TODAY, demonstrated
from unpaidwork.management.demo.dealing import CLEARED
from unpaidwork.models import Incident, Project, Work, WorkAllocation, WorkSession
from unpaidwork.queries import caseload, instruction_pages, register_desk, session_pages
from unpaidwork.queries import incidents as incident_pages
from unpaidwork.queries.allocating import Ask, board_of, homes_at, placing_of
from unpaidwork.queries.allocating_page import induction_days
from unpaidwork.queries.gate import found_for_each, passed_by
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.instructions import missing_instructions
from unpaidwork.queries.publishing import expected_on
from unpaidwork.rules.placing import as_begun
from unpaidwork.services.retesting import retest_chunk
from unpaidwork.services.sessions import generate_sessions
from unpaidwork.services.sheets import publish_sheet
from unpaidwork.services.timetable import OWED_EACH_NIGHT

pytestmark = pytest.mark.django_db
MORNING = datetime.combine(TODAY, time(8), get_current_timezone())
NOT_ALLOWED = "not allowed to start work"
SAMPLE = 5  # cases whose page is opened
OWED = {
    "see_order_terms", "assess_work_risk", "renew_work_risk", "write_instruction", "arrange_work", "allocate_again",
    "close_register", "decide_course", "review_work", "propose_extension",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as truth:
        kept = {crn for crn, how in truth["limited"].items() if how != "excluded"}
        yield truth["unpaid_work"] | {"kept": kept}


@pytest.fixture
def coordinator(planted):
    return User.objects.get(username=Role.COORDINATOR)


def crns(look, user):
    """The CRNs on the caseload of unpaid work under one of its exceptions."""
    wanted = caseload.Wanted(look=look)
    works = caseload.matching(user, Action.VIEW_UNPAID_WORK, wanted, TODAY)
    return sorted(works.values_list("case__crn", flat=True))


def seen_by_coordinators(planted, names):
    """Without those whose cases are kept from the reader."""
    return sorted(crn for crn in names if crn not in planted["kept"])


# Hours


def test_hours_and_pace_are_as_planted_of_everybody_with_work_to_do(planted):
    works = list(Work.objects.select_related("case"))

    found = hours_of(works, TODAY)

    assert {
        one.case.crn: {
            "ordered": found[one.pk].ordered,
            "credited": found[one.pk].credited,
            "state": one.state,
            "pace": found[one.pk].pace.value,
        }
        for one in works
    } == planted["works"]


def test_what_is_owed_of_unpaid_work_is_what_was_planted(planted):
    owed = Deadline.objects.unmet().filter(kind__in=OWED, case__crn__in=planted["works"])

    found = [
        [crn, kind, due_on.isoformat()]
        for crn, kind, due_on in owed.values_list("case__crn", "kind", "due_on")
    ]

    assert sorted(found) == planted["owed"]


def test_how_far_work_is_from_home_is_known_of_everybody_whose_home_is(planted):
    homes = homes_of(list(Work.objects.values_list("case", flat=True)))
    known = {case for case, rows in homes.items() if rows and rows[-1].postcode}

    found = homes_at(list(homes))

    assert known
    assert set(found) == known


def test_somebody_far_from_oxford_is_offered_an_induction_near_their_home(planted):
    home = (471_800, 173_300)  # Reading

    first = induction_days(TODAY, home)[0]

    assert Project.objects.get(pk=first.project).code == "RDIND"


# What a coordinator should look into


@pytest.mark.parametrize("look", ["instruction", "suspended", "terms"])
def test_the_caseload_finds_whom_it_should_and_nobody_else(planted, coordinator, look):
    assert crns(look, coordinator) == seen_by_coordinators(planted, planted[look])
    assert planted[look]


def test_whoever_was_placed_before_their_risk_was_analysed_is_held_up_by_the_gate(planted):
    placed = Case.objects.filter(work_allocations__state="active", state="supervised").distinct()
    found = found_for_each(placed.filter(retained_by=""), TODAY)

    shut = {pk: {one.key for one in gates(gaps)} for pk, gaps in found.items()}

    unassessed = [one.crn for one in placed if one.pk in shut and "risk" in shut[one.pk]]
    unanalysed = {one.crn for one in placed if one.pk in shut and "analysis" in shut[one.pk]}
    assert sorted(unassessed) == seen_by_coordinators(planted, planted["placed_unassessed"])
    assert set(planted["placed_unanalysed"]) <= unanalysed


def test_a_coordinator_finds_everybody_placed_before_their_risk_was_known(planted, coordinator):
    found = set(crns("shut", coordinator))

    for name in ("placed_unassessed", "placed_unanalysed"):
        seen = seen_by_coordinators(planted, planted[name])
        assert seen
        assert set(seen) <= found


def test_the_story_of_somebody_whose_risk_is_assessed_has_the_gate_shut_for_want_of_the_analysis(
    planted,
):
    case = Case.objects.get(crn="T100008")

    shut = {one.key for one in gates(found_for_each([case], TODAY)[case.pk])}

    assert "analysis" in shut
    assert "risk" not in shut
    assert case.crn in planted["placed_unanalysed"]


def test_nobody_is_placed_any_more_where_an_order_may_not_let_them(planted):
    active = Case.objects.filter(work_allocations__state="active").distinct()

    assert not terms_not_seen(list(active.filter(retained_by="")), TODAY)
    suspended = WorkAllocation.objects.filter(
        state="suspended", case__crn__in=planted["moved_area"]
    )
    assert suspended.count() == len(planted["moved_area"]) > 0
    assert not [one for one in suspended if "an area that their" not in one.state_because]


# Sessions


def test_sessions_hold_those_who_were_planted_and_lack_what_was_left_out(planted):
    standing = Q(attendances__appointment__called_off_at=None)
    sessions = WorkSession.objects.annotate(
        expected=Count("attendances", filter=standing, distinct=True),
        on_site=Count("staff", distinct=True),
    )

    found = {
        (one.project.code, one.on.isoformat()): (one.state, one.expected, one.on_site)
        for one in sessions.select_related("project")
    }

    assert found == {
        (one["project"], one["on"]): (one["state"], one["expected"], one["staff"])
        for one in planted["sessions"]
    }


def test_a_night_finds_nothing_more_and_stops_nobody_else(planted):
    before = set(Deadline.objects.values_list("case", "kind", "due_on", "met_on"))
    stopped = set(WorkAllocation.objects.values_list("pk", "state"))

    with transaction.atomic():
        for step in OWED_EACH_NIGHT.values():
            over_all(step, today=TODAY)
        over_all(retest_chunk, today=TODAY, now=MORNING)
        after = set(Deadline.objects.values_list("case", "kind", "due_on", "met_on"))
        states = set(WorkAllocation.objects.values_list("pk", "state"))
        transaction.set_rollback(True)

    assert after == before
    assert states == stopped


def over_all(step, **given):
    after = 0
    while after is not None:
        after, _ = step(after=after, **given)


def test_the_night_gives_nobody_another_day(planted):
    cases = list(Case.objects.filter(work_allocations__state="active").values_list("pk", flat=True))

    with transaction.atomic():
        given = generate_sessions(case_ids=cases, by=None, now=MORNING)
        transaction.set_rollback(True)

    assert given == 0


def test_what_is_reported_from_sites_is_what_was_planted(planted):
    found = Counter(
        (one.kind, one.session.project.code, one.session.on.isoformat(), bool(one.answer))
        for one in Incident.objects.select_related("session__project")
    )

    assert found == Counter(tuple(one) for one in planted["incidents"])


def test_the_list_of_sessions_says_what_each_lacks(planted, coordinator):
    codes = dict(Project.objects.values_list("name", "code"))

    rows, _, count = session_pages.page_of_sessions(
        coordinator, when="ahead", project="", show="all", today=TODAY, after="", size=10_000
    )

    expected = [one for one in planted["sessions"] if one["on"] >= TODAY.isoformat()]
    held = {one.key: held_on(WorkSession.objects.get(pk=one.key), coordinator) for one in rows}
    for one in rows:
        assert [words for words in one.lacks if NOT_ALLOWED in words] == held[one.key], one
    found = Counter(
        (codes[one.project], one.expected.split()[0], one.lacks[: -1 if held[one.key] else None])
        for one in rows
    )
    assert count == len(expected)
    assert found == Counter((one["project"], str(one["expected"]), lacks(one)) for one in expected)
    assert any("supervisor short" in said for one in rows for said in one.lacks)


def held_on(session, coordinator):
    """How many the gate keeps from work on the day of this session, as its own page finds it."""
    if session.project.kind == "induction":
        return []
    cases = {one.pk: one for one in expected_on(session)}
    shut = [
        pk
        for pk, each in found_for_each(cases.values(), session.on).items()
        for left in [gates(passed_by(cases[pk], each, coordinator, session.on))]
        if any(one.question != "instructions" for one in left)
    ]
    people = "person" if len(shut) == 1 else "people"
    return [f"{len(shut)} {people} {NOT_ALLOWED}"] if shut else []


def lacks(session):
    short, untold = session["short"], session["untold"]
    said = [] if session["staff"] else ["Nobody to supervise"]
    said += [f"{short} supervisor{'s' if short > 1 else ''} short"] if short else []
    live = session["state"] in {"planned", "published"}
    said += ["Nobody expected"] if live and not session["expected"] else []
    people = "person" if untold == 1 else "people"
    return (*said, *([f"{untold} {people} without an instruction"] if untold else []))


def test_the_supervisor_has_a_sheet_to_read_today_of_people_who_may_all_work(planted):
    supervisor = User.objects.get(username=Role.SUPERVISOR)

    rows = session_pages.own_sessions(supervisor, TODAY)

    today = WorkSession.objects.get(staff=supervisor, on=TODAY)
    assert today.state == "published"
    assert today.pk in {one.key for one in rows}
    assert not missing_instructions(list(expected_on(today)), TODAY)


def test_two_sheets_of_tomorrow_may_be_published_as_they_are(planted, coordinator):
    tomorrow = TODAY + timedelta(days=1)
    codes = [code for code, days in CLEARED if days == 1]
    sessions = list(WorkSession.objects.filter(project__code__in=codes, on=tomorrow))

    with transaction.atomic():
        for one in sessions:
            publish_sheet(session=one, by=coordinator, now=MORNING)
        states = {
            one.state for one in WorkSession.objects.filter(pk__in=[one.pk for one in sessions])
        }
        transaction.set_rollback(True)

    assert len(sessions) == 2
    assert all(expected_on(one) for one in sessions)
    assert states == {"published"}


def test_registers_that_are_not_closed_are_those_left_open(planted, coordinator):
    names = dict(Project.objects.values_list("code", "name"))

    rows, _, count = register_desk.page_of_registers(coordinator, today=TODAY, after="")

    found = sorted((one.project, one.unsaid.split()[0] if one.unsaid else "0") for one in rows)
    assert count == len(rows) == len(planted["to_close"]) > 0
    assert found == sorted((names[code], str(unsaid)) for code, _, unsaid in planted["to_close"])
    assert [one.project for one in rows if one.disagree] == [
        names[code] for code, _ in planted["disagreed"]
    ]


def test_travel_to_decide_is_what_was_planted(planted, coordinator):
    rows, *_, count = register_desk.page_of_travel(coordinator, after="")

    found = sorted(one.crn for one in rows)

    expected = sorted(crn for crn, _ in planted.get("travel", []))
    assert count == len(expected)
    assert set(found) <= set(expected)


def test_reports_from_sites_that_wait_for_an_answer_are_those_without_one(planted, coordinator):
    rows, _ = incident_pages.page_of_incidents(coordinator, after="", every=False)

    assert len(rows) == sum(not answered for *_, answered in planted["incidents"]) > 0


def test_people_of_whom_supervisors_are_told_nothing_are_those_left_out(planted, coordinator):
    rows, _, count = instruction_pages.page_of_untold(coordinator, TODAY, after="", size=10_000)

    expected = {crn for crn in planted["instruction"] if crn not in planted["kept"]}
    assert {one.crn for one in rows} == expected
    assert count == len(rows)
    assert set(planted["sex_offender_untold"]) <= expected
    assert "T100010" in expected


def test_the_safety_strip_says_of_each_order_that_nobody_has_seen_its_terms(planted, client):
    client.force_login(User.objects.get(username=Role.HEAD))
    cases = {one.crn: one.pk for one in Case.objects.filter(crn__in=planted["terms"])}
    said = terms_not_seen(list(cases.values()), TODAY)

    for crn in sorted(set(planted["terms"]) - planted["kept"])[:SAMPLE]:
        page = unescape(client.get(f"/cases/{crn}/").content.decode())
        assert all(words.rstrip(".") in page for words in said[cases[crn]])


def test_the_only_woman_in_a_group_agreed_to_it_but_for_those_nobody_asked(planted):
    women = WorkAllocation.objects.filter(state="active", case__sex="F").select_related(
        "work", "case"
    )

    found = []
    for one in women:
        placing = as_begun(placing_of(one), placing_of(one), TODAY)
        board = board_of([one.work], [one.project_id], TODAY)
        gaps = board.found(Ask(one.work, placing, but=one.pk))
        if any(gap.key.startswith("women:") and gap.key.endswith(":only") for gap in gaps):
            found.append(one.case.crn)

    assert sorted(found) == planted["lone_woman"]
