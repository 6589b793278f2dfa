from datetime import timedelta

import pytest

from cases.models import Deadline, Notice, Override
from cases.queries.open_gates import before_signing
from cases.queries.overrides import approved_gaps, overrides_used
from cases.reference.checks import EnquiryState, Reply
from cases.reference.overrides import Act, OverrideState
from cases.services.overrides import (
    ask_override,
    close_override,
    decide_override,
    read_override,
    settle_overrides,
)
from cases.services.policy import assessing_policy
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    PlanFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
ANALYSED = {
    "state": EnquiryState.ANALYSED,
    "due_on": None,
    "asked_of": "Thames Valley Police",
    "sent_on": TODAY,
    "replied_on": TODAY,
    "reply": Reply.NO_TRACE,
    "analysed_on": TODAY,
    "changes": "nothing",
    "analysis": "Nothing is known.",
}
WORDS = {
    "unknown": "Whether there were call-outs to the new address.",
    "read_and_asked": "The record and the last report; rang the police desk on 1 October.",
    "why_safer": "The order ends on Friday and the hostel takes him only with an assessment.",
    "who_is_protected": "His former partner, whom duty rings on Mondays.",
    "who_was_told": "Her support worker, today.",
    "what_closes_it": "The reply of the police.",
}


@pytest.fixture
def assessment():
    """Being written, while the police have not been asked."""
    case = CaseFactory()
    EnquiryFactory(case=case)
    return AssessmentFactory(case=case)


@pytest.fixture
def senior(assessment):
    return UserFactory(role=Role.SPO, team=assessment.case.team)


def police(assessment):
    """The key of its shut gate."""
    return f"enquiry:{assessment.case.enquiries.get().pk}"


def answered(assessment):
    """The police have answered, and it was analysed."""
    assessment.case.enquiries.update(**ANALYSED)


def ask(assessment, by=None, **given):
    known = {
        "keys": [police(assessment)],
        "expires_on": TODAY + 7 * DAYS,
        "today": TODAY,
        "now": NOW,
    }
    by = by or assessment.case.officer
    before = before_signing(assessment, assessing_policy(TODAY), TODAY)
    return ask_override(by=by, **WORDS | before | known | given)


def decide(override, by, approve=True, note="Nobody is safer for waiting.", **given):
    before = before_signing(override.assessment, assessing_policy(TODAY), TODAY)
    known = {"today": TODAY, "now": NOW, "open_now": before["open_now"]} | given
    return decide_override(override=override, approve=approve, note=note, by=by, **known)


def owed(override, kind):
    return Deadline.objects.unmet().filter(override=override, kind=kind)


# Asking


def test_a_request_keeps_what_each_gate_said_and_is_owed_by_a_senior_the_next_day(
    assessment, senior
):
    override = ask(assessment)

    assert (override.state, override.act) == (OverrideState.ASKED, Act.ASSESSMENT)
    assert override.gaps == [police(assessment)]
    assert override.sentences == [
        "Police: the check has not been sent. It was called for on 1 October 2018."
    ]
    assert owed(override, "decide_override").get().owner_role == Role.SPO
    assert Notice.objects.get().user == senior
    assert approved_gaps(assessment=assessment, today=TODAY) == []


def test_a_request_about_a_plan_is_about_the_plan():
    plan = PlanFactory()

    override = ask_override(
        **before_signing(plan, assessing_policy(TODAY), TODAY),
        keys=["contingency"],
        expires_on=TODAY,
        by=plan.case.officer,
        today=TODAY,
        now=NOW,
        **WORDS,
    )

    assert (override.act, override.plan, override.assessment) == (Act.PLAN, plan, None)


def test_a_senior_who_asks_is_not_the_one_who_is_told(assessment, senior):
    head = UserFactory(role=Role.HEAD)

    ask(assessment, by=senior)

    assert [one.user for one in Notice.objects.all()] == [head]


@pytest.mark.parametrize("box", sorted(WORDS))
def test_a_box_that_says_nothing_is_refused_and_nothing_is_kept(assessment, box):
    with pytest.raises(RuleBroken, match="Say "):
        ask(assessment, **{box: "N/A"})

    assert not Override.objects.exists()


def test_what_may_never_be_passed_is_refused(assessment):
    with pytest.raises(RuleBroken, match="Nobody may go ahead without this"):
        ask(assessment, keys=[police(assessment), "screening"])


def test_a_gate_that_is_not_shut_is_refused(assessment):
    answered(assessment)

    with pytest.raises(RuleBroken, match="no longer stands in the way"):
        ask(assessment)


def test_a_request_beyond_the_longest_is_refused(assessment):
    with pytest.raises(RuleBroken, match="14 days at most"):
        ask(assessment, expires_on=TODAY + 15 * DAYS)


def test_one_request_waits_at_a_time(assessment):
    ask(assessment)

    with pytest.raises(RuleBroken, match="waiting for a decision"):
        ask(assessment)


def test_what_has_been_signed_needs_no_override():
    with pytest.raises(RuleBroken, match="signed or given up"):
        ask(AssessmentFactory(case=EnquiryFactory().case, signed=True))


# Deciding


def test_an_approval_lets_its_gates_be_passed_until_its_day_and_comes_back_to_be_closed(
    assessment, senior
):
    override = ask(assessment)

    decide(override, senior)

    last = TODAY + 7 * DAYS
    assert [one.key for one in approved_gaps(assessment=assessment, today=last)] == [
        police(assessment)
    ]
    assert approved_gaps(assessment=assessment, today=last + DAYS) == []
    assert not owed(override, "decide_override").exists()
    assert owed(override, "close_override").get().due_on == last
    assert Notice.objects.filter(user=assessment.case.officer, text__contains="sign by then")


def test_the_evidence_names_the_override_that_was_used(assessment, senior):
    override = decide(ask(assessment), senior)

    used = overrides_used(
        assessment=assessment, keys=[police(assessment), "screening"], today=TODAY
    )

    until = override.expires_on.isoformat()
    assert used == [
        {
            "override": override.pk,
            "gaps": [police(assessment)],
            "approved_by": senior.pk,
            "until": until,
        }
    ]


def test_a_refusal_says_why_and_lets_nothing_pass(assessment, senior):
    override = decide(ask(assessment), senior, approve=False, note="Ring the police first.")

    assert (override.state, override.sampled) == (OverrideState.REFUSED, False)
    assert approved_gaps(assessment=assessment, today=TODAY) == []
    assert not Deadline.objects.unmet().filter(override=override).exists()


@pytest.mark.parametrize("approve", [True, False])
def test_a_decision_says_why(assessment, senior, approve):
    override = ask(assessment)

    with pytest.raises(RuleBroken, match="Say in a sentence why"):
        decide(override, senior, approve=approve, note="N/A")


def test_nobody_decides_their_own(assessment, senior):
    override = ask(assessment, by=senior)

    for approve in (True, False):
        with pytest.raises(RuleBroken, match="somebody else decides it"):
            decide(override, senior, approve=approve)


def test_a_decision_is_taken_once(assessment, senior):
    override = decide(ask(assessment), senior)

    with pytest.raises(RuleBroken, match="not open to it"):
        decide(override, UserFactory(role=Role.HEAD))


def test_a_senior_over_the_cap_is_refused_and_another_or_the_head_decides(assessment, senior):
    for _ in range(4):
        OverrideFactory(state="approved", decided_by=senior, decided_at=NOW)
    override = ask(assessment)

    with pytest.raises(RuleBroken, match="You have approved 4 this month"):
        decide(override, senior)

    assert decide(override, UserFactory(role=Role.HEAD)).state == OverrideState.APPROVED


def test_a_senior_over_the_cap_may_still_refuse(assessment, senior):
    for _ in range(4):
        OverrideFactory(state="closed", decided_by=senior, decided_at=NOW, closed_on=TODAY, closed_how="It came.")  # fmt: skip

    assert decide(ask(assessment), senior, approve=False).state == OverrideState.REFUSED


def test_what_was_refused_or_approved_last_month_does_not_count_towards_the_cap(assessment, senior):
    for _ in range(4):
        OverrideFactory(state="refused", decided_by=senior, decided_at=NOW)
        OverrideFactory(state="approved", decided_by=senior, decided_at=NOW - 40 * DAYS)

    assert decide(ask(assessment), senior).state == OverrideState.APPROVED


def test_what_came_meanwhile_leaves_nothing_to_approve(assessment, senior):
    override = ask(assessment)
    answered(assessment)

    with pytest.raises(RuleBroken, match="What was missing is there"):
        decide(override, senior)


def test_a_request_whose_day_has_passed_is_not_approved(assessment, senior):
    override = ask(assessment, expires_on=TODAY)

    with pytest.raises(RuleBroken, match="has passed"):
        decide(override, senior, today=TODAY + DAYS)


@pytest.mark.parametrize(
    ("action", "refused", "opened"),
    [
        (Action.VIEW_CASE, False, True),
        (Action.VIEW_ASSESSMENT, False, True),
        (Action.VIEW_CASE, True, False),
        (Action.VIEW_OVERRIDES, False, False),
        (Action.DECIDE_OVERRIDE, False, False),
    ],
)
def test_it_is_kept_whether_the_approver_had_opened_the_case(
    assessment, senior, action, refused, opened
):
    override = ask(assessment)
    record(by=senior, action=action, crn=assessment.case.crn, refused=refused)

    assert decide(override, senior).opened_case is opened


def test_another_s_look_or_another_case_is_not_the_approver_s_look(assessment, senior):
    override = ask(assessment)
    record(by=UserFactory(), action=Action.VIEW_CASE, crn=assessment.case.crn)
    record(by=senior, action=Action.VIEW_CASE, crn=CaseFactory().crn)

    assert decide(override, senior).opened_case is False


def test_a_look_before_it_was_asked_does_not_count(assessment, senior):
    record(by=senior, action=Action.VIEW_CASE, crn=assessment.case.crn)
    later = Entry.objects.get().at + DAYS
    override = ask(assessment, now=later)

    assert decide(override, senior, now=later).opened_case is False


def test_one_in_so_many_is_read_by_the_head_of_service(assessment, senior):
    override = OverrideFactory(pk=500, assessment=assessment, gaps=[police(assessment)])

    decide(override, senior)

    assert owed(override, "read_override").get().owner_role == Role.HEAD


def test_the_rest_are_not(assessment, senior):
    override = OverrideFactory(pk=501, assessment=assessment, gaps=[police(assessment)])

    decide(override, senior)

    assert not owed(override, "read_override").exists()


def test_a_later_approval_of_the_same_closes_the_one_before(assessment, senior):
    first = decide(ask(assessment), senior)

    decide(ask(assessment, expires_on=TODAY + 14 * DAYS), UserFactory(role=Role.HEAD))

    first.refresh_from_db()
    assert (first.state, first.closed_how) == (
        OverrideState.CLOSED,
        "Followed by a later override of the same",
    )
    assert not owed(first, "close_override").exists()


# Reading


def test_the_head_says_what_they_found_and_the_approver_hears(assessment, senior):
    head = UserFactory(role=Role.HEAD)
    override = decide(
        OverrideFactory(pk=500, assessment=assessment, gaps=[police(assessment)]), senior
    )

    read_override(override=override, note="Waiting was worse.", by=head, today=TODAY, now=NOW)

    override.refresh_from_db()
    assert (override.read_by, override.read_note) == (head, "Waiting was worse.")
    assert not owed(override, "read_override").exists()
    assert Notice.objects.filter(user=senior, text__contains="was read").exists()


def test_what_is_not_of_the_sample_is_not_read():
    with pytest.raises(RuleBroken, match="not waiting to be read"):
        read_override(
            override=OverrideFactory(),
            note="Waiting was worse.",
            by=UserFactory(role=Role.HEAD),
            today=TODAY,
            now=NOW,
        )


# Closing


def test_what_was_missing_is_there_so_it_closes_by_itself(assessment, senior):
    override = decide(ask(assessment), senior)

    settled = settle_overrides(
        case=assessment.case, open_keys=set(), act=Act.ASSESSMENT, by=senior, today=TODAY
    )

    assert settled == [override]
    override.refresh_from_db()
    assert (override.state, override.closed_how) == (
        OverrideState.CLOSED,
        "What was missing is there",
    )
    owed_still = Deadline.objects.unmet().filter(override=override)
    assert not owed_still.exclude(kind="read_override").exists()  # one of a sample is read even so
    assert approved_gaps(assessment=assessment, today=TODAY) == []


def test_an_override_goes_on_while_one_of_its_gates_is_shut(assessment, senior):
    override = OverrideFactory(
        assessment=assessment, gaps=[police(assessment), "pattern:x"], state="approved"
    )

    settle_overrides(
        case=assessment.case, open_keys={"pattern:x"}, act=Act.ASSESSMENT, by=senior, today=TODAY
    )

    override.refresh_from_db()
    assert override.state == OverrideState.APPROVED


def test_those_of_the_other_act_are_left_alone(assessment, senior):
    override = ask(assessment)

    assert not settle_overrides(
        case=assessment.case, open_keys=set(), act=Act.PLAN, by=senior, today=TODAY
    )

    override.refresh_from_db()
    assert override.state == OverrideState.ASKED


def test_a_request_that_is_no_longer_needed_is_withdrawn(assessment, senior):
    override = ask(assessment)

    settle_overrides(
        case=assessment.case, open_keys=set(), act=Act.ASSESSMENT, by=senior, today=TODAY
    )

    override.refresh_from_db()
    assert override.state == OverrideState.WITHDRAWN
    assert not Deadline.objects.unmet().filter(override=override).exists()


def test_it_is_closed_by_hand_with_how(assessment, senior):
    override = decide(ask(assessment), senior)

    close_override(
        override=override, how="The police answered by telephone.", by=senior, today=TODAY
    )

    override.refresh_from_db()
    assert (override.state, override.closed_on) == (OverrideState.CLOSED, TODAY)
    assert not owed(override, "close_override").exists()


def test_it_is_not_closed_without_saying_how_nor_by_whoever_asked(assessment, senior):
    override = decide(ask(assessment, by=senior), UserFactory(role=Role.HEAD))

    with pytest.raises(RuleBroken, match="Say how it was closed"):
        close_override(override=override, how="n/a", by=UserFactory(role=Role.HEAD), today=TODAY)
    with pytest.raises(RuleBroken, match="somebody else closes it"):
        close_override(override=override, how="It has come.", by=senior, today=TODAY)


def test_no_free_text_stands_in_the_audit_trail(assessment, senior):
    decide(ask(assessment), senior)

    assert not [one for one in Entry.objects.all() if "call-outs" in str(one.detail)]
    assert Entry.objects.filter(action="approved_override", by=senior).exists()
