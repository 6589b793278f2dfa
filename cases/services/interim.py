"""Writing an interim plan while agencies have not answered, and the senior's answer to it.

Source: product rules, checks ("while open"). When one is owed is in `cases.services.interim_owed`.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Case, InterimPlan
from cases.queries.interim import OWES
from cases.queries.protection import unprotected_cases
from cases.queries.recipients import owner_and_cover
from cases.reference.information import Agreement, PlanEnd
from cases.rules.interim import check_expiry, check_words, is_sampled
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.intake import open_unprotected
from cases.services.interim_owed import settle_interim_plan
from cases.services.policy import check_policy
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NOTHING_TO_WAIT_FOR = (
    "No enquiry is open on this case and no concern waits for an answer, so there is nothing to plan for "
    "meanwhile."
)


@transaction.atomic
def write_interim_plan(
    *, case, worst_case, who_is_protected, what_we_do, expires_on, by, today, now
):
    """Write the plan that holds until agencies answer. It covers every enquiry that is open.

    The one that stood ends. A senior agrees it where there is a concern, and reads one in so many of
    the rest. Returns the plan.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    policy = check_policy(today)
    words = check_words(
        worst_case=worst_case, who_is_protected=who_is_protected, what_we_do=what_we_do
    )
    check_expiry(expires_on, policy, today)
    waiting = list(case.enquiries.unfinished().order_by("pk"))
    _check_called_for(case, waiting, policy, today)
    _end_the_former(case, by=by, today=today)
    standing = getattr(case, "standing", None)
    plan = InterimPlan.objects.create(
        case=case,
        **words,
        expires_on=expires_on,
        made_on=today,
        made_by=by,
        concern=bool(standing and standing.concern),
    )
    plan.enquiries.set(waiting)
    meet_deadline(case=case, kind=OWES, by=by, today=today)
    _ask_the_senior(plan, policy, by=by, today=today)
    open_deadline(
        case=case,
        kind="renew_interim_plan",
        triggered_on=today,
        due_on=expires_on,
        why=f"The interim plan of {say_date(today)} runs until {say_date(expires_on)}",
        by=by,
        today=today,
    )
    record(by=by, action="wrote_interim_plan", crn=case.crn, plan=plan.pk)
    return plan


def _check_called_for(case, waiting, policy, today):
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken("This case is not supervised by us, so no plan of ours holds on it.")
    stands = case.interim_plans.standing().exists()
    if not (waiting or stands or unprotected_cases([case.pk], policy, today)):
        raise RuleBroken(NOTHING_TO_WAIT_FOR)


def _end_the_former(case, *, by, today):
    """A later plan takes the place of the one that stood, which is renewed by it."""
    former = case.interim_plans.standing()
    if not former.update(ended_on=today, ended_as=PlanEnd.REPLACED):
        return
    meet_deadline(case=case, kind="renew_interim_plan", by=by, today=today)
    meet_deadline(case=case, kind="agree_interim_plan", by=by, today=today, void=True)


def _ask_the_senior(plan, policy, *, by, today):
    plan.sampled = not plan.concern and is_sampled(plan.pk, policy.interim_sample_one_in)
    if not (plan.concern or plan.sampled):
        return
    plan.agreement = Agreement.ASKED
    plan.save(update_fields=["sampled", "agreement"])
    why = "There is a concern" if plan.concern else "Read as one of a sample"
    open_deadline(
        case=plan.case,
        kind="agree_interim_plan",
        triggered_on=today,
        why=f"{why}: interim plan of {say_date(today)}, until {say_date(plan.expires_on)}",
        by=by,
        today=today,
    )


@transaction.atomic
def answer_interim_plan(*, plan, agree, answer, by, today, now):
    """Agree a plan, or return it with what is missing. What it looked after is asked about again."""
    case = Case.objects.select_for_update(no_key=True).get(interim_plans=plan.pk)
    plan = InterimPlan.objects.select_related("made_by").get(pk=plan.pk)
    plan.case = case
    _check_answer(plan, agree, answer, by)
    plan.agreement = Agreement.AGREED if agree else Agreement.RETURNED
    plan.answer, plan.answered_on, plan.answered_by = answer.strip(), today, by
    plan.save(update_fields=["agreement", "answer", "answered_on", "answered_by"])
    meet_deadline(case=case, kind="agree_interim_plan", by=by, today=today)
    did = "agreed_interim_plan" if agree else "returned_interim_plan"
    record(by=by, action=did, crn=case.crn, plan=plan.pk)
    if not agree:
        _return(plan, by=by, today=today, now=now)
    return plan


def _check_answer(plan, agree, answer, by):
    if plan.ended_on:
        raise RuleBroken("This plan has ended. Look at the one that has taken its place, if any.")
    if plan.agreement != Agreement.ASKED:
        now = Agreement(plan.agreement).title
        raise RuleBroken(f"This plan is not waiting for an answer. It is at “{now}”.")
    if plan.made_by == by:
        raise RuleBroken(
            "You wrote this plan, so somebody else agrees it: another senior probation officer or the "
            "head of service."
        )
    if not agree and not answer.strip():
        raise RuleBroken("Say what is missing, so that the officer can put it right.")


def _return(plan, *, by, today, now):
    case = plan.case
    meet_deadline(case=case, kind="renew_interim_plan", by=by, today=today, void=True)
    open_unprotected(case_ids=[case.pk], by=by, today=today)
    settle_interim_plan(case=case, by=by, today=today)
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"The interim plan on {case.crn} was returned. Write it again.",
        href=reverse("interim-plan", args=[case.crn, plan.pk]),
        now=now,
        urgent=plan.concern,
    )
