"""An override from end to end: asked for, decided by somebody else, read after, closed.

Source: product rules, override. Its rules are `cases.rules.overrides`; whoever would go ahead asks
`cases.queries.overrides` which gates one lets them pass. Which gates are shut before an act is told by whoever
knows that act (`open_now`), and asked with the case held. Running out is in `cases.services.overrides_run_out`.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Case, Override
from cases.queries.overrides import approved_this_month, has_opened_since
from cases.queries.recipients import seniors_of
from cases.reference.overrides import OPEN_ONCE_DECIDED, Act, OverrideState
from cases.rules.overrides import (
    BY_ITSELF,
    RENEWED,
    check_approver,
    check_becomes,
    check_chosen,
    check_not_theirs,
    check_runs_until,
    check_says,
    is_read_after,
    is_settled,
)
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import assessing_policy
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.rules.dates import say_date

OWES = ("decide_override", "close_override")
DO_IT = {Act.ASSESSMENT: "sign", Act.PLAN: "sign", Act.ALLOCATION: "allocate"}


@transaction.atomic
def ask_override(
    *, case, act, open_now, keys, unknown, read_and_asked, why_safer, who_is_protected, who_was_told, what_closes_it,
    expires_on, by, today, now, assessment=None, plan=None,
):  # fmt: skip
    """Ask to go ahead although these gates are shut. Returns the request.

    `keys` are of gates that stand in the way now; `open_now()` gives those. `assessment` or `plan`: what is to be
    signed, where the act is that. Every senior of the case hears at once, whoever asks excepted.
    """
    case = lock_case(case)
    words = check_says(
        unknown=unknown,
        read_and_asked=read_and_asked,
        why_safer=why_safer,
        who_is_protected=who_is_protected,
        who_was_told=who_was_told,
        what_closes_it=what_closes_it,
    )
    check_runs_until(expires_on, assessing_policy(today), today)
    about = {"act": act, "assessment": assessment, "plan": plan}
    _check_may_be_asked(case, about)
    gaps = _gaps(check_chosen(keys, open_now()))
    override = Override.objects.create(
        case=case, **about, **gaps, **words, expires_on=expires_on, asked_at=now, asked_by=by
    )
    record(by=by, action="asked_override", crn=case.crn, override=override.pk, gaps=override.gaps)
    _ask_the_seniors(override, by=by, today=today, now=now)
    return override


def _gaps(chosen):
    return {"gaps": [one.key for one in chosen], "sentences": [one.sentence for one in chosen]}


def _check_may_be_asked(case, about):
    acted_on = about["assessment"] or about["plan"]
    if acted_on:
        acted_on.refresh_from_db()
    if acted_on and not type(acted_on).objects.unfinished().filter(pk=acted_on.pk).exists():
        raise RuleBroken("This has been signed or given up, so there is nothing to go ahead with.")
    if case.overrides.waiting().filter(**about).exists():
        raise RuleBroken(
            "A request about this is waiting for a decision. Ask again once it has been decided."
        )


def _ask_the_seniors(override, *, by, today, now):
    case = override.case
    open_deadline(
        case=case,
        kind="decide_override",
        triggered_on=today,
        why=f"{by.name} asked on {say_date(today)}, until {say_date(override.expires_on)}",
        by=by,
        today=today,
        override=override,
    )
    tell(
        case=case,
        users=[one for one in seniors_of(case, today, but=by) if one != by],
        text=f"{by.name} asks to go ahead on {case.crn} although something is missing. Decide.",
        href=page_of(override),
        now=now,
    )


@transaction.atomic
def decide_override(*, override, open_now, approve, note, by, today, now):
    """Approve a request until its day, or refuse it. Whoever asked hears at once.

    `open_now()` gives the gates that are shut before its act. It is kept whether the approver had opened the case
    since it was asked.
    """
    override = lock_override(override)
    note = check_says(decision_note=note)["decision_note"]
    to = OverrideState.APPROVED if approve else OverrideState.REFUSED
    check_becomes(override.state, to)
    check_not_theirs(override.asked_by, by, "decides it")
    if approve:
        _check_approval(override, open_now, by=by, today=today)
    override.state, override.decided_at, override.decided_by = to, now, by
    override.decision_note = note
    override.opened_case = has_opened_since(override.case, by, override.asked_at)
    override.sampled = approve and is_read_after(override.pk, by.role, assessing_policy(today))
    override.save()
    _stop("decide_override", override, by=by, today=today)
    did = "approved_override" if approve else "refused_override"
    record(by=by, action=did, crn=override.case.crn, override=override.pk)
    if approve:
        _follow_up(override, by=by, today=today)
    _tell_who_asked(override, now=now)
    return override


def _check_approval(override, open_now, *, by, today):
    """What held when it was asked must hold still, and the approver have one left this month."""
    policy = assessing_policy(today)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    check_approver(role=by.role, approved=approved_this_month(by, today), policy=policy)
    check_runs_until(override.expires_on, policy, today)
    shut = open_now()
    still = set(override.gaps) & {one.key for one in shut}
    if not still:
        raise RuleBroken("What was missing is there, so nothing is left to approve. Refuse it.")
    check_chosen(still, shut)


def _follow_up(override, *, by, today):
    """What approving one owes; an earlier one of the same is renewed by it."""
    case = override.case
    for one in case.overrides.filter(act=override.act, state__in=OPEN_ONCE_DECIDED):
        if one != override and set(one.gaps) <= set(override.gaps):
            one.case = case
            end_override(one, how=RENEWED, by=by, today=today)
    until = say_date(override.expires_on)
    open_deadline(
        case=case,
        kind="close_override",
        triggered_on=today,
        due_on=override.expires_on,
        why=f"Approved by {by.name} on {say_date(today)}, until {until}",
        by=by,
        today=today,
        override=override,
    )
    if override.sampled:
        open_deadline(
            case=case,
            kind="read_override",
            triggered_on=today,
            why=f"Read as one of a sample: approved by {by.name} on {say_date(today)}",
            by=by,
            today=today,
            override=override,
        )


def _tell_who_asked(override, *, now):
    crn = override.case.crn
    if override.state == OverrideState.APPROVED:
        until = say_date(override.expires_on)
        text = f"You may go ahead on {crn} until {until}: {DO_IT[Act(override.act)]} by then."
        if override.act == Act.ALLOCATION:  # who asks is not who allocates
            text = f"What you asked for on {crn} is approved: they may be allocated until {until}."
    else:
        text = f"Your request to go ahead on {crn} was refused. What was missing is still to do."
    tell(case=override.case, users=[override.asked_by], text=text, href=page_of(override), now=now)


@transaction.atomic
def settle_overrides(*, case, open_keys, act, by, today, how=BY_ITSELF):
    """Close those of this act of which nothing is open any more; returns them.

    `open_keys`: the keys of the gates that are open now. A request nobody has decided is withdrawn.
    `how`: why nothing is open, where that is not because it has come.
    """
    case = lock_case(case)
    settled = [
        one
        for one in case.overrides.open().filter(act=act).order_by("pk")
        if is_settled(one.gaps, open_keys)
    ]
    for one in settled:
        end_override(one, how=how, by=by, today=today)
    return settled


@transaction.atomic
def close_override(*, override, how, by, today):
    """Close by hand what was approved, saying how. From then on it lets nobody pass."""
    override = lock_override(override)
    how = check_says(closed_how=how)["closed_how"]
    check_becomes(override.state, OverrideState.CLOSED)
    check_not_theirs(override.asked_by, by, "closes it")
    return end_override(override, how=how, by=by, today=today)


@transaction.atomic
def read_override(*, override, note, by, today, now):
    """A head of service has read one of the sample, and says what they found."""
    override = lock_override(override)
    note = check_says(read_note=note)["read_note"]
    if not override.sampled or override.read_at:
        raise RuleBroken("This override is not waiting to be read.")
    override.read_at, override.read_by, override.read_note = now, by, note
    override.save(update_fields=["read_at", "read_by", "read_note"])
    _stop("read_override", override, by=by, today=today)
    record(by=by, action="reviewed_override", crn=override.case.crn, override=override.pk)
    tell_approver(override, "was read by the head of service", today=today, now=now)
    return override


def end_override(override, *, how, by, today):
    """Write the end of an override whose case is held, and stop what is owed on it."""
    waiting = override.state == OverrideState.ASKED
    override.state = OverrideState.WITHDRAWN if waiting else OverrideState.CLOSED
    override.closed_on, override.closed_how = today, how
    override.save(update_fields=["state", "closed_on", "closed_how"])
    for kind in OWES:
        _stop(kind, override, by=by, today=today, void=waiting)
    did = "withdrew_override" if waiting else "closed_override"
    record(by=by, action=did, crn=override.case.crn, override=override.pk)
    return override


def lock_override(override):
    """As it stands now, its case locked first, so that two people cannot decide it."""
    case = Case.objects.select_for_update(no_key=True).get(overrides=override.pk)
    override = Override.objects.select_related("asked_by", "decided_by").get(pk=override.pk)
    override.case = case
    return override


def page_of(override):
    return reverse("override", args=[override.case.crn, override.pk])


def _stop(kind, override, *, by, today, void=False):
    meet_deadline(case=override.case, kind=kind, override=override, by=by, today=today, void=void)


def tell_approver(override, what, *, today, now):
    """Whoever approved it, while they are with us; the seniors of the case besides where they are not."""
    approver = override.decided_by
    users = [approver] if approver.is_active else seniors_of(override.case, today)
    crn = override.case.crn
    tell(
        case=override.case,
        users=users,
        text=f"The override on {crn} {what}.",
        href=page_of(override),
        now=now,
    )
