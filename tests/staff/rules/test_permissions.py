"""What the permission table must say whatever else it says, by the product's own table of roles.

The tests of pages read what they expect from the permission table, so that a row that is wrong would be wrong in both. Here it
is set down by hand what each role's day is, and what somebody else must decide. Source: product rules, roles and reach.
"""

import pytest

from staff.permissions import Action, Reach, Role, reach

READS = ("VIEW_", "LIST_", "SEARCH_", "EXPORT_")
OF_ONES_OWN = {
    Action.KEEP_WORDS,
    Action.SAVE_VIEW,
}  # what somebody typed, and a list they keep: nobody's case
FOR_EVERYBODY = {Action.VIEW_POLICY, Action.VIEW_CATALOGUE, Action.VIEW_ACCOUNT, Action.KEEP_WORDS}
MAY_OPEN_A_CASE = {
    Role.OFFICER: Reach.TEAM,
    Role.SPO: Reach.PROVIDER,
    Role.HUB: Reach.PROVIDER,
    Role.COORDINATOR: Reach.ASSIGNED,
    Role.FACILITATOR: Reach.ASSIGNED,
    Role.RESETTLEMENT: Reach.ASSIGNED,
    Role.QUALITY: Reach.PROVIDER,
    Role.HEAD: Reach.PROVIDER,
    Role.AUDITOR: Reach.PROVIDER,
}


def actions_of(role):
    return {action for action in Action if reach(role, action)}


def test_an_auditor_reads_and_changes_nothing():
    beyond = actions_of(Role.AUDITOR) - OF_ONES_OWN

    assert beyond
    assert {one.name for one in beyond if not one.name.startswith(READS)} == set()


def test_a_system_administrator_reaches_no_case():
    assert actions_of(Role.SYSTEM) - FOR_EVERYBODY == {Action.VIEW_IMPORTS}


def test_a_mentor_meets_at_the_gate_whom_they_were_assigned_and_reads_nothing_else():
    assert actions_of(Role.MENTOR) - FOR_EVERYBODY == {Action.MEET_AT_GATE}
    assert reach(Role.MENTOR, Action.MEET_AT_GATE) == Reach.ASSIGNED


def test_a_supervisor_runs_their_own_session_and_opens_no_case():
    theirs = {Action.VIEW_PROJECTS, Action.RUN_SESSION, Action.WATCH_SITE}

    assert actions_of(Role.SUPERVISOR) - FOR_EVERYBODY == theirs
    assert reach(Role.SUPERVISOR, Action.RUN_SESSION) == Reach.ASSIGNED


@pytest.mark.parametrize("role", Role)
def test_a_case_is_opened_by_these_and_no_farther(role):
    assert reach(role, Action.VIEW_CASE) == MAY_OPEN_A_CASE.get(role, Reach.NONE)


@pytest.mark.parametrize(
    "action",
    [
        Action.COUNTERSIGN,
        Action.DECIDE_OVERRIDE,
        Action.DECIDE_ROUTE,
        Action.SHARE_OUT_CASES,
        Action.COUNTERSIGN_RECALL,
    ],
)
def test_what_an_officer_asks_for_is_decided_by_a_senior_or_the_head(action):
    assert {role for role in Role if reach(role, action)} <= {Role.SPO, Role.HEAD}
    assert reach(Role.SPO, action)


def test_policy_is_set_by_the_head_alone():
    assert [role for role in Role if reach(role, Action.SET_POLICY)] == [Role.HEAD]


def test_who_looked_at_a_case_is_read_by_those_who_oversee_the_service():
    overseers = {Role.QUALITY, Role.HEAD, Role.AUDITOR}

    assert {role for role in Role if reach(role, Action.VIEW_AUDIT)} == overseers
