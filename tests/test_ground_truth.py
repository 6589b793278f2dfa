"""The product held to what the demonstration planted: everybody's place, what is late, whose it is.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter, defaultdict

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Q

from cases.models import Case, Deadline, Enquiry, Flag, Issue, Limit, Registration, Standing
from cases.reference.checks import OPEN_STATES
from cases.reference.codes import Place, Register, Sex
from cases.services.intake import open_due_enquiries
from grid.models import Escalation, Placement
from grid.services.placement import place_many
from oversight.queries import caseload, team
from staff.models import Team, User
from staff.permissions import Action, Role
from tests.demonstration import PEOPLE, TODAY, demonstrated

pytestmark = pytest.mark.django_db
# What has happened on each case is reckoned by its own rules, and tried against reviews planted apart (bench/planted)
NOT_RECKONED_HERE = ("review_event",)


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


def people(truth, **wanted):
    """CRNs of the people planted so."""
    return {
        one["crn"]
        for one in truth["people"]
        if all(one[key] == value for key, value in wanted.items())
    }


def counted(rows):
    return {tuple(row[:-1]): row[-1] for row in rows}


# Who there is


def test_there_are_as_many_people_as_asked_for_in_the_proportions_of_the_report(truth):
    integrated = Registration.objects.current().filter(type_code=Register.INTEGRATED_MANAGEMENT)

    women = {one["crn"] for one in truth["people"] if one["woman"]}

    assert Case.objects.count() == len(truth["people"]) == PEOPLE
    assert len(women) == round(PEOPLE * 0.132)
    assert women >= set(Case.objects.filter(sex=Sex.FEMALE).values_list("crn", flat=True))
    assert integrated.count() == round(PEOPLE * 188 / 4750)


def test_one_of_everything_is_there(truth):
    assert {one["place"] for one in truth["people"]} == set(Place)
    assert len(truth["groups"]) == 16
    assert set(truth["limited"].values()) == {"restricted", "excluded", "unlisted"}
    assert {one["story"] for one in truth["people"] if "story" in one}


# The GRID


def test_everybody_is_placed_where_the_plan_put_them(truth):
    placed = Placement.objects.current().values_list("case__crn", "place", "level", "band")

    found = {crn: (place, f"{level}{band}") for crn, place, level, band in placed}

    assert found == {one["crn"]: (one["place"], one["group"]) for one in truth["people"]}


def test_each_group_holds_as_many_as_were_planted(truth):
    found = Standing.objects.filter(place=Place.GROUP).values_list("group").annotate(Count("pk"))

    assert dict(found.order_by()) == truth["groups"]


def test_whoever_cannot_be_placed_needs_exactly_what_was_left_out(truth):
    unplaced = Placement.objects.current().filter(place=Place.CANNOT)

    found = {crn: sorted(needs) for crn, needs in unplaced.values_list("case__crn", "needs")}

    planted = {one["crn"]: one["needs"] for one in truth["people"] if one["place"] == "cannot"}
    assert found == planted
    assert Counter(need for needs in found.values() for need in needs) == truth["needs"]


def test_an_escalation_is_open_for_each_person_whose_risk_was_raised_and_no_other(truth):
    found = Escalation.objects.unsettled().values_list("case__crn", flat=True)

    assert sorted(found) == sorted(people(truth, place="escalate"))


# Checks


def test_overdue_enquiries_are_those_planted_by_officer_and_kind(truth):
    late = Enquiry.objects.overdue(TODAY).select_related("case__officer").order_by("pk")

    found = Counter(
        (one.case.officer.username if one.case.officer else "", one.kind) for one in late
    )

    planted = Counter()
    for officer, tally in truth["officers"].items():
        for name, number in tally.items():
            if name.startswith("overdue "):
                planted[officer, name.split()[1]] += number
    assert found == planted


def test_enquiries_stand_in_the_states_they_were_left_in(truth):
    found = Counter(" ".join(pair) for pair in Enquiry.objects.values_list("kind", "state"))

    assert found == truth["enquiries"]


def test_an_enquiry_owes_one_thing_while_it_is_unfinished_and_nothing_after(truth):
    owed = defaultdict(list)
    for enquiry, due_on in Deadline.objects.unmet().of_checks().values_list("enquiry", "due_on"):
        owed[enquiry].append(due_on)

    unfinished = Enquiry.objects.filter(state__in=OPEN_STATES).values_list("pk", "due_on")

    assert dict(owed) == {pk: [due_on] for pk, due_on in unfinished}


def test_the_rules_would_open_no_enquiry_that_was_not_planted(truth):
    ids = list(Case.objects.checked_by_rule().values_list("pk", flat=True))

    with transaction.atomic():
        opened = open_due_enquiries(case_ids=ids, by=None, today=TODAY)
        transaction.set_rollback(True)

    assert opened == 0


# Flags


def test_flags_are_raised_over_what_was_planted_late_and_tell_whom_they_should(truth):
    raised = (
        Flag.objects.raised()
        .exclude(deadline__kind__in=NOT_RECKONED_HERE)
        .values_list(
            "case__crn", "deadline__kind", "deadline__enquiry__kind", "deadline__due_on", "told"
        )
    )

    found = Counter(
        (crn, kind, enquiry or "", due_on.isoformat(), told)
        for crn, kind, enquiry, due_on, told in raised
    )

    planted = ("crn", "kind", "enquiry", "due_on", "told")
    assert found == Counter(tuple(flag[name] for name in planted) for flag in truth["flags"])


def test_what_is_overdue_is_what_was_planted_late(truth):
    late = Deadline.objects.overdue(TODAY).ours().exclude(kind__in=NOT_RECKONED_HERE)
    late = late.values_list("case__crn", "kind", "due_on")

    found = Counter((crn, kind, due_on.isoformat()) for crn, kind, due_on in late)

    assert found == Counter(
        (flag["crn"], flag["kind"], flag["due_on"]) for flag in truth["flags"] if flag["late"]
    )


def test_a_second_run_writes_nothing(truth):
    before = set(Flag.objects.values_list("pk", "told", "climbed_on", "closed_on"))

    written = place_many(case_ids=list(Case.objects.values_list("pk", flat=True)), today=TODAY)
    call_command("flag_overdue", as_of=TODAY, verbosity=0)

    assert (written["placements_written"], written["standings_written"]) == (0, 0)
    assert set(Flag.objects.values_list("pk", "told", "climbed_on", "closed_on")) == before


# What staff are shown


def test_each_team_board_counts_what_was_planted_in_the_team(truth):
    for senior in User.objects.filter(role=Role.SPO).select_related("team"):
        planted = truth["teams"][senior.team.code]

        board = team.board(senior, senior.team, TODAY)

        assert board.groups == {name: planted[name] for name in truth["groups"] if name in planted}
        assert board.places == {
            place: planted[place] for place in set(Place) - {"no_sentence"} if place in planted
        }
        assert sum(row.total for row in board.checks) == planted.get("overdue_checks", 0)
        assert board.kept == 0


def test_the_board_of_a_team_gives_each_officer_the_checks_planted_on_their_cases(truth):
    spo = User.objects.get(username=Role.SPO)

    found = {
        row.officer.username: row.total
        for row in team.board(spo, spo.team, TODAY).checks
        if row.officer
    }

    officers = User.objects.filter(team=spo.team, role=Role.OFFICER).values_list(
        "username", flat=True
    )
    planted = {name: truth["officers"].get(name, {}).get("overdue_checks", 0) for name in officers}
    assert found == {name: number for name, number in planted.items() if number}


def test_an_officers_caseload_is_the_cases_planted_on_them(truth):
    officer = User.objects.get(username=Role.OFFICER)
    mine = caseload.Wanted(whose="mine", state="all")

    found = caseload.matching(officer, Action.LIST_CASES, mine, TODAY)

    assert set(found.values_list("crn", flat=True)) == people(truth, officer="officer")


def test_limits_on_access_and_data_to_put_right_are_those_planted(truth):
    limits = Limit.objects.values_list("case__crn", "restricted", "listed")

    found = {
        crn: "unlisted" if not listed else "restricted" if restricted else "excluded"
        for crn, restricted, listed in limits
    }

    assert found == truth["limited"]
    assert Counter(Issue.objects.unsettled().values_list("kind", flat=True)) == truth["issues"]


def test_the_first_team_holds_a_good_mix_for_the_tour(truth):
    officer = User.objects.get(username=Role.OFFICER)
    spo = User.objects.get(username=Role.SPO)
    mine = Case.objects.filter(officer=officer)

    places = mine.aggregate(
        groups=Count("standing__group", filter=~Q(standing__group=""), distinct=True),
        escalated=Count("pk", filter=Q(standing__place=Place.ESCALATE)),
        unplaced=Count("pk", filter=Q(standing__place=Place.CANNOT)),
    )

    assert officer.team == spo.team == Team.objects.get(code="C16OXP")
    assert places["groups"] >= 5
    assert places["escalated"] > 0
    assert places["unplaced"] > 0


def test_nothing_of_the_truth_is_in_the_database(truth):
    words = [one["story"] for one in truth["people"] if "story" in one]
    words += [defect for defect in truth["defects"] if ":" not in defect]

    notes = " ".join(Case.objects.exclude(contacts=None).values_list("contacts__notes", flat=True))

    assert not [each for each in words if each in notes]
