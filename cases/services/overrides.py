"""What ends an override: what was missing is there, somebody closes it, or its time runs out.

Source: product rules, override ("what closes it and by when"; it expires to its approver). Asking and
deciding are in `cases.services.asking_overrides`.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Case, Override
from cases.queries.recipients import seniors_of
from cases.reference.overrides import OverrideState
from cases.rules.overrides import BY_ITSELF, check_becomes, check_not_theirs, check_says, is_settled
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

OWES = ("decide_override", "close_override")


@transaction.atomic
def settle_overrides(*, case, open_keys, act, by, today):
    """Close those of this act of which nothing is open any more; returns them.

    `open_keys`: the keys of the gates that are open now. A request nobody has decided is withdrawn.
    """
    case = lock_case(case)
    settled = [
        one
        for one in case.overrides.open().filter(act=act).order_by("pk")
        if is_settled(one.gaps, open_keys)
    ]
    for one in settled:
        end_override(one, how=BY_ITSELF, by=by, today=today)
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
    record(by=by, action="read_override", crn=override.case.crn, override=override.pk)
    _tell_approver(override, "was read by the head of service", today=today, now=now)
    return override


@transaction.atomic
def expire_override(*, override, today, now, by=None):
    """Say that its time has run out, to whoever approved it; it stays at their door until it is closed."""
    override = lock_override(override)
    check_becomes(override.state, OverrideState.EXPIRED)
    override.state = OverrideState.EXPIRED
    override.save(update_fields=["state"])
    record(by=by, action="expired_override", crn=override.case.crn, override=override.pk)
    _tell_approver(override, "has run out: close it, or decide anew", today=today, now=now)
    return override


def end_override(override, *, how, by, today):
    """Write the end of an override whose case is held, and stop what is owed on it."""
    waiting = override.state == OverrideState.ASKED
    override.state = OverrideState.WITHDRAWN if waiting else OverrideState.CLOSED
    override.closed_on, override.closed_how = today, how
    override.save(update_fields=["state", "closed_on", "closed_how"])
    for kind in OWES:
        _stop(kind, override, by=by, today=today, void=how == BY_ITSELF)
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


def _tell_approver(override, what, *, today, now):
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
