"""A complaint: taken in somebody's words, seen to and answered, and never by whom it is about, who hears nothing of it.

Source: local policy on complaints (`cases.rules.complaints`).
"""

from datetime import timedelta

import pytest

from cases.models import Complaint, Deadline, Notice
from cases.queries.cover import notices_to
from cases.queries.work import owed_by, waiting_for
from cases.services.complaints import answer_complaint, take_complaint, take_up_complaint
from cases.services.flags import flag_overdue
from cases.services.jobs import run_job
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, AbsenceFactory, CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


@pytest.fixture
def colleague(case):
    return UserFactory(team=case.team)


def taken(case, by, about=None, **given):
    known = {
        "made_by": "family",
        "who": "His sister, 0118 496 0000",
        "words": "Nobody rang back, three times.",
        "wants": "That somebody rings.",
        "received_on": TODAY,
    }
    return take_complaint(case=case, about=about, by=by, now=NOW, **known | given)


def taken_up(found, by, handler, about=None, acknowledged_on=TODAY, **given):
    version = given.get("version", Complaint.objects.get(pk=found.pk).version)
    return take_up_complaint(
        complaint=found,
        handler=handler,
        about=about,
        acknowledged_on=acknowledged_on,
        version=version,
        by=by,
        now=NOW,
    )


def answered(found, by, **given):
    known = {"outcome": "partly", "answer": "We should have rung.", "learnt": "Ring the same day."}
    version = Complaint.objects.get(pk=found.pk).version
    return answer_complaint(complaint=found, version=version, by=by, now=NOW, **known | given)


def owed(case):
    return {one.kind: one for one in Deadline.objects.unmet().filter(case=case)}


def test_one_about_the_officer_is_the_seniors_and_the_officer_hears_nothing(
    case, senior, colleague
):
    made = taken(case, colleague, about=case.officer)

    clocks = owed(case)
    assert sorted(clocks) == ["acknowledge_complaint", "answer_complaint"]
    assert {one.owner_role for one in clocks.values()} == {Role.SPO}
    assert [one.user for one in Notice.objects.all()] == [senior]
    assert owed_by(senior, TODAY).count() == 2
    assert not owed_by(case.officer, TODAY).exists()
    assert Entry.objects.get(action="took_complaint").detail == {"complaint": made.pk}
    assert not Complaint.objects.told_to(case.officer).exists()


def test_one_about_the_senior_is_a_heads_and_the_senior_hears_nothing_even_once_it_is_late(
    case, senior, colleague, head
):
    taken(case, colleague, about=senior)
    later = TODAY + timedelta(days=60)

    run_job(job="flag_overdue", slot="night", today=later, step=flag_overdue(today=later), now=NOW)

    assert {one.owner_role for one in owed(case).values()} == {Role.HEAD}
    assert [one.user for one in Notice.objects.all()] == [head]
    assert case.flags.raised().count() == 2
    assert owed_by(head, later).count() == 2
    assert not owed_by(senior, later).exists()
    assert waiting_for(senior, later) == 0


def test_a_senior_who_covers_for_the_head_is_not_shown_what_the_head_was_told(case, senior, head):
    taken(case, case.officer, about=senior)
    AbsenceFactory(user=head, cover=senior, from_on=TODAY - DAY, to_on=TODAY + 5000 * DAY)

    assert notices_to(head).count() == 1
    assert not notices_to(senior).exists()


def test_of_several_the_clock_runs_to_the_first_and_is_a_heads_while_any_is(case, senior, head):
    first = taken(case, case.officer, received_on=TODAY - 3 * DAY)
    second = taken(case, case.officer, about=senior)
    assert owed(case)["answer_complaint"].triggered_on == TODAY - 3 * DAY
    assert owed(case)["answer_complaint"].owner_role == Role.HEAD

    taken_up(second, head, head, about=senior)
    answered(second, head)

    assert owed(case)["answer_complaint"].owner_role == Role.SPO
    answered(first, senior)
    assert owed(case) == {}
    assert not Deadline.objects.filter(void=True).exists()


def test_whom_it_is_about_neither_handles_nor_answers_it(case, senior, head):
    with pytest.raises(RuleBroken, match="about themselves"):
        taken(case, senior, about=senior)
    made = taken(case, case.officer, about=senior)
    other = UserFactory(role=Role.SPO, team=case.team)
    for act in (
        lambda: taken_up(made, senior, head),
        lambda: answered(made, senior),
        lambda: taken_up(made, head, senior, about=senior),
    ):
        with pytest.raises(RuleBroken, match="about themselves"):
            act()
    with pytest.raises(RuleBroken, match="a head of service sees to it"):
        answered(made, other)
    with pytest.raises(RuleBroken, match="answers a complaint"):
        taken_up(taken(case, case.officer), head, case.officer)

    assert answered(made, head).answered_by == head


def test_where_it_turns_out_to_be_about_the_senior_it_moves_to_a_head_and_out_of_their_sight(
    case, senior, head
):
    made = taken(case, case.officer)
    assert notices_to(senior).count() == 1

    taken_up(made, head, head, about=senior, acknowledged_on=None)

    assert not notices_to(senior).exists()
    assert owed(case)["acknowledge_complaint"].owner_role == Role.HEAD
    assert not owed_by(senior, TODAY).exists()


def test_whoever_is_named_is_told_and_two_at_once_do_not_write_over_one_another(case, senior, head):
    made = taken(case, case.officer)

    taken_up(made, head, senior)

    assert "It falls to you" in Notice.objects.filter(user=senior).latest("pk").text
    assert "acknowledge_complaint" not in owed(case)
    with pytest.raises(RuleBroken, match="meanwhile"):
        taken_up(made, head, head, version=0)
    answered(made, senior)
    with pytest.raises(RuleBroken, match="has been answered"):
        answered(made, senior)


def test_what_says_nothing_is_refused(case, senior):
    for given, words in (
        ({"words": "."}, "in their own words"),
        ({"who": ""}, "who makes it"),
        ({"received_on": TODAY + DAY}, "in the future"),
    ):
        with pytest.raises(RuleBroken, match=words):
            taken(case, case.officer, **given)
    assert taken(case, case.officer, made_by="person", who="").who == "The person on probation"
    made = taken(case, case.officer)
    for given, words in (
        ({"answer": ""}, "is answered"),
        ({"learnt": "", "outcome": "yes"}, "was learnt"),
        ({"outcome": ""}, "came to"),
    ):
        with pytest.raises(RuleBroken, match=words):
            answered(made, senior, **given)
    with pytest.raises(RuleBroken, match="before that"):
        taken_up(made, senior, senior, acknowledged_on=TODAY - DAY)
    assert answered(made, senior, learnt="", outcome="no").learnt == ""
