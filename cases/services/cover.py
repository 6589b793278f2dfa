"""Arranging who covers while somebody is away. The cover reaches their cases on those days alone.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from django.db import transaction

from cases.models import Absence
from cases.rules.cover import Colleague, Days, check_absence
from cases.services.transfer_rows import let_cover_in
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role


@transaction.atomic
def arrange_absence(*, user, from_on, to_on, cover, by, today):
    """Say that somebody is away, both days included, and who covers. `cover` may be nobody."""
    held = _lock(user, cover)
    check_absence(
        Days(from_on, to_on),
        _colleague(held[user.pk]),
        _colleague(held[cover.pk]) if cover else None,
        today,
    )
    absence = Absence.objects.create(user=user, cover=cover, from_on=from_on, to_on=to_on, by=by)
    if cover:
        let_cover_in(absence)
    record(
        by=by,
        action="arranged_absence",
        account=user.username,
        cover=cover.username if cover else "",
        absence=absence.pk,
    )
    return absence


@transaction.atomic
def cancel_absence(*, absence, by, today):
    """Say that somebody is not away after all, or is back: their cover ends at once."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.cancelled_on:
        raise RuleBroken("This has been cancelled already.")
    if absence.to_on < today:
        raise RuleBroken("This is over. There is nothing to cancel.")
    absence.cancelled_on = today
    absence.save()
    record(by=by, action="cancelled_absence", account=absence.user.username, absence=absence.pk)
    return absence


def _lock(user, cover):
    """Both accounts, held in one order, so that neither is sent away twice at the same moment."""
    keys = [one.pk for one in (user, cover) if one]
    held = User.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    return {one.pk: one for one in held}


def _colleague(user):
    away = Absence.objects.filter(user=user, cancelled_on=None).order_by("from_on")
    return Colleague(
        username=user.username,
        name=user.name,
        role=Role(user.role),
        active=user.is_active,
        away=tuple(Days(one.from_on, one.to_on) for one in away),
    )
