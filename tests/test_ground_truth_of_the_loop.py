"""The product held to what the demonstration planted of the loop of enquiry: who was asked where, what was
answered of whom, what protects meanwhile, what came in and was not read.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter, defaultdict

import pytest
from django.db import transaction
from django.urls import reverse

from cases.models import (
    Absence,
    Case,
    Deadline,
    DocumentContent,
    Enquiry,
    EnquiryStep,
    InterimPlan,
    NonAssociation,
    Notice,
    PlanAction,
    Raise,
    Reading,
    Registration,
    ReplyInHand,
)
from cases.queries.agencies import agencies_now, as_listed
from cases.queries.coverage import answers_of, around
from cases.queries.enquiries import backlog, check_facts
from cases.reference.checks import (
    OPEN_STATES,
    REPLY_PUT_RIGHT,
    CheckKind,
    EnquiryState,
    SubjectKind,
)
from cases.reference.information import Agreement
from cases.rules.agencies import shared_out
from cases.rules.coverage import not_covered
from cases.rules.enquiries import asked_about
from cases.services.interim_owed import owe_interim_plans
from oversight.queries.loop import loop_of
from staff.permissions import Role
from tests.demonstration import TODAY, demonstrated

pytestmark = pytest.mark.django_db
STEPS = ("concern", "asked", "answered", "analysed", "cited")


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


# Who is asked


def test_each_enquiry_is_to_the_agency_that_the_book_names_for_those_it_is_about(truth):
    book = as_listed(agencies_now(TODAY).values())
    asked = Enquiry.objects.exclude(state__in=(EnquiryState.NOT_NEEDED, EnquiryState.SUPERSEDED))
    asked = asked.select_related("case").prefetch_related("subjects")
    facts = check_facts(list(Case.objects.filter(enquiries__in=asked).distinct()), TODAY)

    for one in asked:
        kind, about = CheckKind(one.kind), facts[one.case_id].about
        parts = dict(shared_out(kind, asked_about(kind, about), book))

        found = {subject.name for subject in one.subjects.all()}
        assert found == {each.name for each in parts[one.agency_id]}


def test_a_person_whose_child_lives_elsewhere_is_asked_about_there_too(truth):
    split = Enquiry.objects.filter(case__crn="T100021", kind=CheckKind.CHILDREN)

    assert set(split.values_list("agency__areas__0", "state")) == {
        ("Oxfordshire County Council", "analysed"),
        ("Swindon Borough Council", "sent"),
    }


# What was answered


def test_children_of_whom_no_answer_speaks_are_those_planted(truth):
    answered = Case.objects.filter(
        enquiries__kind=CheckKind.CHILDREN, enquiries__replied_on__isnull=False
    )

    found = [
        [case.crn, one.name]
        for case in answered.distinct()
        for one in not_covered(CheckKind.CHILDREN, around(case), answers_of(case.enquiries.all()))
        if one.kind == SubjectKind.CHILD
    ]

    assert sorted(found) == truth["uncovered"]
    assert len({crn for crn, _ in found}) >= 3


def test_the_headline_of_each_team_is_what_was_planted(truth):
    _, teams = loop_of(Case.objects.filter(team__isnull=False), TODAY)

    found = {one.team.code: {name: one.counts[name] for name in STEPS} for one in teams}

    planted = {
        team: {name: tally.get(name, 0) for name in STEPS}
        for team, tally in truth["headline"].items()
        if team
    }
    assert {team: counts for team, counts in found.items() if counts["concern"]} == planted


def test_few_replies_are_cited_and_more_are_analysed(truth):
    whole = Counter()
    for tally in truth["headline"].values():
        whole.update(tally)

    assert whole["asked"] > whole["answered"] >= whole["analysed"] > whole["cited"] > 0
    assert whole["cited"] < whole["concern"] / 10


def test_actions_are_done_overdue_and_to_do_as_planted(truth):
    undone = PlanAction.objects.undone()

    overdue = undone.filter(by_on__lt=TODAY).count()
    found = {
        "done": PlanAction.objects.filter(done_on__isnull=False).count(),
        "overdue": overdue,
        "to do": undone.count() - overdue,
    }

    assert found == truth["actions"]


# Meanwhile


def test_interim_plans_stand_as_they_were_left(truth):
    waiting = Case.objects.checked_by_rule().filter(enquiries__state__in=OPEN_STATES).distinct()
    plans = {one.case_id: one for one in InterimPlan.objects.standing()}
    live = set(InterimPlan.objects.live(TODAY).values_list("case", flat=True))

    found = defaultdict(list)
    for case in waiting.order_by("crn"):
        found[_stands(plans.get(case.pk), case.pk in live)].append(case.crn)

    assert found == truth["interim"]


def _stands(plan, live):
    if plan is None:
        return "never"
    if plan.agreement == Agreement.RETURNED:
        return "returned"
    if not live:
        return "run out"
    return "waiting" if plan.agreement == Agreement.ASKED else "live"


def test_the_nightly_job_owes_no_interim_plan_and_ends_none_that_was_not_planted(truth):
    before = _plans_and_clocks()

    with transaction.atomic():
        ids = list(Case.objects.values_list("pk", flat=True))
        owed = owe_interim_plans(case_ids=ids, by=None, today=TODAY)
        after = _plans_and_clocks()
        transaction.set_rollback(True)

    assert owed == 0
    assert after == before


def _plans_and_clocks():
    kinds = ("interim_plan", "renew_interim_plan", "agree_interim_plan")
    return (
        set(InterimPlan.objects.values_list("pk", "ended_on")),
        set(Deadline.objects.filter(kind__in=kinds).values_list("pk", "due_on", "met_on")),
    )


def test_the_backlog_of_each_team_is_in_the_order_planted(truth):
    found = defaultdict(list)
    for case in backlog(Case.objects.select_related("team")):
        found[case.team.code].append(case.crn)

    assert found == truth["backlog"]
    assert not Enquiry.objects.filter(case__imported=True, case__taken_up_on=None).exists()


# What came in


def test_what_nobody_has_read_is_what_was_planted(truth):
    unread = Reading.objects.unread().values_list(
        "case__crn", "information__kind", "deadlines__due_on"
    )

    found = sorted([crn, kind, due_on.isoformat()] for crn, kind, due_on in unread)

    assert found == truth["unread"]
    assert ["T100001", "other", "2018-11-16"] in found


def test_the_officer_of_each_case_with_something_to_read_has_been_told_where_it_is(truth):
    told = Notice.objects.filter(href__contains="/information/")
    told = told.values_list("user__username", "href")

    officers = {one["crn"]: one["officer"] for one in truth["people"]}
    unread = Reading.objects.unread().values_list("case__crn", "pk")
    assert sorted(told) == sorted(
        (officers[crn], reverse("see-information", args=[crn, pk])) for crn, pk in unread
    )


def test_those_who_are_kept_apart_are_those_planted(truth):
    pairs = NonAssociation.objects.in_force(TODAY).values_list("one__crn", "other__crn")

    assert sorted(sorted(pair) for pair in pairs) == truth["kept_apart"]


def test_what_was_raised_is_provisional_and_waits_to_be_assessed(truth):
    standing = Raise.objects.standing().values_list("case__crn", "kind")
    owed = Deadline.objects.unmet().filter(kind="assess_after_raise")

    assert sorted(map(list, standing)) == truth["raised"]
    assert set(owed.values_list("case__crn", flat=True)) == {crn for crn, _ in truth["raised"]}
    assert set(Registration.objects.filter(provisional=True)) == {
        one.registration for one in Raise.objects.all() if one.registration
    }


# The desk


def test_of_those_away_one_has_nobody_to_cover(truth):
    away = Absence.objects.on(TODAY)

    assert away.count() == 3
    assert away.filter(cover=None).count() == 1
    assert away.filter(cover__username=Role.OFFICER).count() == 1


def test_three_replies_lie_on_the_desk_and_the_papers_of_the_stories_are_whole(truth):
    kept = DocumentContent.objects.select_related("document")

    assert ReplyInHand.objects.unsettled().count() == 3
    assert {(one.document.media_type, bytes(one.content[:4]) == b"%PDF") for one in kept} == {
        ("application/pdf", True),
        ("text/plain", False),
    }


def test_a_reply_that_was_recorded_wrongly_is_shown_with_what_stood(truth, client):
    (step,) = EnquiryStep.objects.filter(did=REPLY_PUT_RIGHT).select_related("enquiry__case")
    enquiry, case = step.enquiry, step.enquiry.case
    client.force_login(case.officer)

    page = client.get(reverse("check", args=[case.crn, enquiry.pk])).content.decode()

    assert "Reply put right" in page
    assert "Recorded until now: No trace." in page
    assert step.on == enquiry.replied_on <= enquiry.analysed_on
