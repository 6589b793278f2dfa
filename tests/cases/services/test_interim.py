from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, InterimPlan, Notice
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply, SubjectKind
from cases.reference.information import Agreement, PlanEnd
from cases.rules.enquiries import About
from cases.services.checks import mark_not_needed, open_enquiry
from cases.services.intake import open_due_enquiries
from cases.services.interim import answer_interim_plan, write_interim_plan
from cases.services.interim_owed import owe_interim_plans
from cases.services.replies import analyse_reply
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    EnquiryFactory,
    InterimPlanFactory,
    RegistrationFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
WORDS = {
    "worst_case": "There have been call-outs to his partner.",
    "who_is_protected": "Robin, at 4 Example Street.",
    "what_we_do": "Seen weekly; no visit alone; duty rings her on Mondays.",
}


@pytest.fixture
def case():
    case = CaseFactory()
    StandingFactory(case=case)
    return case


@pytest.fixture
def flagged(case):
    """With a domestic abuse concern, which every list knows of."""
    RegistrationFactory(case=case)
    case.standing.concern = True
    case.standing.save()
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def asked(case, kind=CheckKind.POLICE, on=TODAY):
    return open_enquiry(
        case=case,
        kind=kind,
        because=Because.NEW_CONCERN,
        subjects=[About(SubjectKind.PERSON, case.name)],
        triggered_on=on,
        by=case.officer,
        today=max(on, TODAY),
    )


def written(case, *, by=None, today=TODAY, **given):
    given = {**WORDS, "expires_on": today + timedelta(days=14)} | given
    return write_interim_plan(case=case, by=by or case.officer, today=today, now=NOW, **given)


def answered(plan, by, *, agree=True, answer="", today=TODAY):
    return answer_interim_plan(plan=plan, agree=agree, answer=answer, by=by, today=today, now=NOW)


def owed(case, kind="interim_plan"):
    return Deadline.objects.unmet().get(case=case, kind=kind)


def owes(case, kind="interim_plan"):
    return Deadline.objects.unmet().filter(case=case, kind=kind).exists()


# When one is owed


def test_an_enquiry_that_opens_owes_a_plan_within_ten_working_days(case):
    asked(case)

    clock = owed(case)
    assert (clock.due_on, clock.owner_role) == (date(2018, 10, 15), Role.OFFICER)
    assert clock.why.startswith("Police enquiry open since 1 October 2018")


def test_with_a_concern_within_two(flagged):
    asked(flagged)

    assert owed(flagged).due_on == date(2018, 10, 3)


def test_a_concern_that_comes_later_cuts_the_clock_short(case):
    asked(case)
    case.standing.concern = True
    case.standing.save()

    owe_interim_plans(case_ids=[case.pk], today=TOMORROW)
    owe_interim_plans(case_ids=[case.pk], today=TOMORROW + timedelta(days=1))

    assert (owed(case).triggered_on, owed(case).due_on) == (TOMORROW, date(2018, 10, 4))
    assert case.deadlines.filter(kind="interim_plan", void=True).count() == 1


def test_no_plan_is_owed_once_the_enquiry_is_not_needed(case):
    enquiry = asked(case, CheckKind.CHILDREN)

    mark_not_needed(
        enquiry=enquiry, because="No children, asked today.", by=case.officer, today=TODAY
    )

    assert not owes(case)
    assert case.deadlines.get(kind="interim_plan").void


@pytest.mark.parametrize("columns", [{"imported": True}, {"retained_by": "Ann Lee, NPS"}])
def test_a_case_that_is_not_ours_to_check_owes_none(columns):
    case = CaseFactory(**columns)

    asked(case)

    assert not owes(case)


def test_the_night_owes_them_where_nobody_did_in_so_many_statements_however_many_there_are():
    def cost(number):
        for _ in range(number):
            EnquiryFactory()
        keys = list(Case.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(
            connection,
        ) as found:
            owe_interim_plans(case_ids=keys, today=TODAY)
        return len(found)

    assert cost(5) == cost(55)
    assert Deadline.objects.filter(kind="interim_plan").count() == 60


# Writing one


def test_a_plan_covers_every_open_enquiry_and_meets_what_was_owed(case):
    enquiries = {asked(case), asked(case, CheckKind.CHILDREN)}

    plan = written(case)

    assert set(plan.enquiries.all()) == enquiries
    assert (plan.made_by, plan.worst_case) == (case.officer, WORDS["worst_case"])
    assert not owes(case)
    assert not case.deadlines.get(kind="interim_plan").void
    assert owed(case, "renew_interim_plan").due_on == plan.expires_on


@pytest.mark.parametrize("box", WORDS)
def test_a_box_with_nothing_in_it_is_refused_and_nothing_is_kept(case, box):
    asked(case)

    with pytest.raises(RuleBroken, match="Say"):
        written(case, **{box: "As above."})

    assert not InterimPlan.objects.exists()


def test_a_plan_does_not_run_longer_than_the_policy_allows(case):
    asked(case)

    with pytest.raises(RuleBroken, match="28 days at most"):
        written(case, expires_on=date(2018, 10, 30))


def test_there_is_no_plan_where_nothing_is_waited_for(case):
    with pytest.raises(RuleBroken, match="nothing to plan for"):
        written(case)


def test_there_is_no_plan_of_ours_on_a_case_of_the_nps():
    with pytest.raises(RuleBroken, match="not supervised by us"):
        written(EnquiryFactory(case__retained_by="Ann Lee, NPS").case)


def test_a_later_plan_takes_the_place_of_the_former_and_renews_it(flagged):
    asked(flagged)
    former = written(flagged)

    later = written(flagged, today=TOMORROW)

    former.refresh_from_db()
    assert (former.ended_on, former.ended_as) == (TOMORROW, PlanEnd.REPLACED)
    assert list(flagged.interim_plans.standing()) == [later]
    renewals = flagged.deadlines.filter(kind="renew_interim_plan").order_by("pk")
    assert [(one.met_on, one.void) for one in renewals] == [(TOMORROW, False), (None, False)]
    agreements = flagged.deadlines.filter(kind="agree_interim_plan").order_by("pk")
    assert [(one.met_on, one.void) for one in agreements] == [(TOMORROW, True), (None, False)]


def test_a_new_enquiry_that_a_plan_does_not_cover_owes_another(case):
    asked(case)
    written(case)

    asked(case, CheckKind.PRISON)

    assert owed(case).why.startswith("Prison enquiry")


def test_what_is_written_is_in_the_audit_trail_without_its_words(case):
    asked(case)

    plan = written(case)

    entry = Entry.objects.get(action="wrote_interim_plan")
    assert (entry.crn, entry.by, entry.detail) == (case.crn, case.officer, {"plan": plan.pk})


# Agreeing it


def test_a_senior_agrees_it_where_there_is_a_concern(flagged, senior):
    asked(flagged)
    plan = written(flagged)
    clock = owed(flagged, "agree_interim_plan")

    done = answered(plan, senior, answer="Good.")

    assert (plan.agreement, clock.owner_role, clock.due_on) == (
        Agreement.ASKED,
        Role.SPO,
        date(2018, 10, 3),
    )
    assert (done.agreement, done.answered_by, done.answer) == (Agreement.AGREED, senior, "Good.")
    assert not owes(flagged, "agree_interim_plan")
    assert owes(flagged, "renew_interim_plan")


def test_one_in_so_many_of_the_rest_is_read_by_a_senior(case):
    asked(case)

    plans = [written(case) for _ in range(11)]

    sampled = [plan.pk for plan in plans if plan.agreement == Agreement.ASKED]
    assert sampled == [plan.pk for plan in plans if plan.pk % 10 == 0]
    assert all(plan.sampled == (plan.pk in sampled) for plan in plans)


def test_nobody_agrees_their_own(flagged, senior):
    asked(flagged)
    plan = written(flagged, by=senior)

    with pytest.raises(RuleBroken, match="somebody else agrees it"):
        answered(plan, senior)


def test_a_plan_is_answered_once(flagged, senior):
    asked(flagged)
    plan = written(flagged)
    answered(plan, senior)

    with pytest.raises(RuleBroken, match="not waiting for an answer. It is at “Agreed”"):
        answered(plan, senior, agree=False, answer="No.")


def test_a_plan_that_another_replaced_is_not_agreed_unseen(flagged, senior):
    asked(flagged)
    plan = written(flagged)
    written(flagged)

    with pytest.raises(RuleBroken, match="has ended"):
        answered(plan, senior)


def test_a_plan_is_returned_with_what_is_missing(flagged, senior):
    asked(flagged)
    plan = written(flagged)

    with pytest.raises(RuleBroken, match="what is missing"):
        answered(plan, senior, agree=False, answer=" ")

    assert owes(flagged, "agree_interim_plan")


def test_a_plan_returned_is_owed_again_and_its_officer_is_told(flagged, senior):
    asked(flagged)
    plan = written(flagged)

    answered(plan, senior, agree=False, answer="What if she moves?", today=TOMORROW)

    clock = owed(flagged)
    assert (clock.triggered_on, clock.due_on) == (TOMORROW, date(2018, 10, 4))
    assert not owes(flagged, "renew_interim_plan")
    notice = Notice.objects.get()
    assert (notice.user, "returned" in notice.text) == (flagged.officer, True)
    assert not InterimPlan.objects.live(TOMORROW).exists()


def test_a_plan_returned_that_was_all_there_was_has_the_agency_asked_again(flagged, senior):
    refused = EnquiryFactory(case=flagged, analysed=True, reply=Reply.REFUSED)
    plan = InterimPlanFactory(case=flagged, concern=True, agreement=Agreement.ASKED)
    plan.enquiries.set([refused])

    answered(plan, senior, agree=False, answer="Who rings her?")

    again = flagged.enquiries.unfinished().get()
    assert (again.kind, again.because, again.triggered_on) == (
        CheckKind.POLICE,
        Because.UNANSWERED,
        TODAY,
    )
    assert owes(flagged)


# Its end


def replied(case, reply=Reply.NO_TRACE, on=TODAY):
    return EnquiryFactory(
        case=case, replied=True, reply=reply, sent_on=on, replied_on=on, triggered_on=on
    )


def analysed(enquiry, today=TODAY):
    return analyse_reply(
        enquiry=enquiry,
        changes=[Changes.NOTHING],
        analysis="Nothing known, and the plan assumes the worst.",
        by=enquiry.case.officer,
        today=today,
    )


def test_a_plan_ends_by_itself_when_all_it_waits_for_is_analysed(case):
    first, second = replied(case), EnquiryFactory(case=case, replied=True, kind="prison")
    plan = written(case)

    analysed(first)
    stood = case.interim_plans.standing().exists()
    analysed(second)

    plan.refresh_from_db()
    assert stood
    assert (plan.ended_on, plan.ended_as) == (TODAY, PlanEnd.ANSWERED)
    assert case.deadlines.get(kind="renew_interim_plan").void
    assert Entry.objects.filter(action="ended_interim_plan", crn=case.crn).count() == 1


def test_a_plan_ends_when_the_case_is_ours_no_more(case):
    asked(case)
    plan = written(case)
    Case.objects.filter(pk=case.pk).update(retained_by="Ann Lee, NPS")

    owe_interim_plans(case_ids=[case.pk], today=TOMORROW)

    plan.refresh_from_db()
    assert (plan.ended_on, plan.ended_as) == (TOMORROW, PlanEnd.NOT_OURS)


@pytest.mark.parametrize("reply", [Reply.REFUSED, Reply.PARTIAL])
def test_no_answer_is_not_closed_while_it_is_all_there_is_about_a_concern(flagged, reply):
    enquiry = replied(flagged, reply)

    with pytest.raises(RuleBroken, match="domestic abuse.*Ask the agency again, or write"):
        analysed(enquiry)

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.REPLIED


def test_with_a_plan_it_is_and_the_plan_goes_on(flagged):
    enquiry = replied(flagged, Reply.REFUSED)
    written(flagged)

    analysed(enquiry)

    assert InterimPlan.objects.live(TODAY).filter(case=flagged).exists()
    assert owes(flagged, "renew_interim_plan")


def test_a_plan_kept_so_may_be_renewed_though_no_enquiry_is_open(flagged):
    enquiry = replied(flagged, Reply.REFUSED)
    written(flagged)
    analysed(enquiry)

    later = written(flagged, today=TODAY + timedelta(days=14))

    assert list(flagged.interim_plans.standing()) == [later]


def test_an_answer_from_before_a_concern_came_has_the_agency_asked_about_it(case):
    RegistrationFactory(case=case, started_on=TODAY + timedelta(days=3))
    enquiry = replied(case)

    analysed(enquiry, today=TODAY + timedelta(days=4))

    assert case.enquiries.unfinished().get().because == Because.UNANSWERED


def test_a_concern_is_not_waved_away_as_not_needed(flagged):
    enquiry = asked(flagged)

    with pytest.raises(RuleBroken, match="domestic abuse.*Send it, or write an interim plan"):
        mark_not_needed(enquiry=enquiry, because="Known to me.", by=flagged.officer, today=TODAY)

    assert flagged.enquiries.get().state == EnquiryState.DUE


@pytest.mark.parametrize("protection", ["a plan", "an answer"])
def test_with_a_plan_or_an_answer_an_enquiry_may_be_not_needed(flagged, protection):
    enquiry = asked(flagged)
    if protection == "a plan":
        written(flagged)
    else:
        EnquiryFactory(case=flagged, analysed=True)

    mark_not_needed(enquiry=enquiry, because="Asked last week.", by=flagged.officer, today=TODAY)

    assert Deadline.objects.filter(kind="send_check", void=True).exists()


def test_the_night_asks_again_about_a_concern_whose_plan_ran_out(flagged):
    EnquiryFactory(case=flagged, analysed=True, reply=Reply.REFUSED)
    EnquiryFactory(case=flagged, analysed=True, kind=CheckKind.CHILDREN, reply=Reply.REFUSED)
    plan = InterimPlanFactory(case=flagged, expires_on=TODAY)

    open_due_enquiries(case_ids=[flagged.pk], by=None, today=TODAY)
    before = flagged.enquiries.unfinished().count()
    open_due_enquiries(case_ids=[flagged.pk], by=None, today=TOMORROW)

    assert before == 0
    assert flagged.enquiries.unfinished().get().because == Because.UNANSWERED
    plan.refresh_from_db()
    assert plan.ended_as == PlanEnd.ANSWERED or plan.ended_on is None
