"""What is known of an officer is recorded, put right or ended, and taken away where it was recorded by mistake.

Source: risk flags reference 3 (hours and reductions); report 1.2 (training, induction). What stood before each change is
kept by the database. A week that was kept is never counted again.
"""

from django.db import transaction
from django.utils.timezone import localtime

from oversight.models import ContractHours, HoursOff, OfficerInduction, TrainingDone
from oversight.queries.officers import officers_to_record
from oversight.queries.policy import workload_policy
from oversight.rules.known_of_officers import (
    check_contract,
    check_induction,
    check_span,
    check_training,
    check_why,
)
from oversight.rules.reductions import Reduction, check_alone, check_reduction
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User

NOT_YOURS = "Their senior probation officer or the head of service records this."


@transaction.atomic
def record_contract_hours(*, user, hours, from_on, by, now, to_on=None):
    """From this day until the day before the next that is recorded, or the last day."""
    user = _lock(user, by)
    check_contract(hours, from_on, to_on, _day(now))
    return _made(ContractHours, "contract_hours", by, now, user=user, from_on=from_on, to_on=to_on, hours=hours)  # fmt: skip


@transaction.atomic
def change_contract_hours(*, row, hours, from_on, by, now, to_on=None):
    row = _held(row, by)
    check_contract(hours, from_on, to_on, _day(now))
    return _changed(row, "contract_hours", by, now, from_on=from_on, to_on=to_on, hours=hours)


@transaction.atomic
def record_hours_off(*, user, code, from_on, why, by, now, to_on=None, hours=None):
    """`hours` a week, where the table leaves it to a senior."""
    user = _lock(user, by)
    why = _checked_off(user, code, from_on, to_on, hours, why, _day(now))
    said = {"from_on": from_on, "to_on": to_on, "hours": hours, "why": why}
    return _made(HoursOff, "hours_off", by, now, user=user, code=code, **said)


@transaction.atomic
def change_hours_off(*, row, code, from_on, why, by, now, to_on=None, hours=None):
    row = _held(row, by)
    why = _checked_off(row.user, code, from_on, to_on, hours, why, _day(now), but=row.pk)
    said = {"from_on": from_on, "to_on": to_on, "hours": hours, "why": why}
    return _changed(row, "hours_off", by, now, code=code, **said)


@transaction.atomic
def record_training(*, user, kind, done_on, by, now, expires_on=None):
    user = _lock(user, by)
    check_training(kind, done_on, expires_on, _day(now))
    return _made(TrainingDone, "training", by, now, user=user, kind=kind, done_on=done_on, expires_on=expires_on)  # fmt: skip


@transaction.atomic
def change_training(*, row, kind, done_on, by, now, expires_on=None):
    row = _held(row, by)
    check_training(kind, done_on, expires_on, _day(now))
    return _changed(row, "training", by, now, kind=kind, done_on=done_on, expires_on=expires_on)


@transaction.atomic
def record_officer_induction(*, user, from_on, to_on, by, now, supporter=None):
    user = _lock(user, by)
    check_induction(from_on, to_on, _day(now), themselves=supporter == user)
    return _made(OfficerInduction, "officer_induction", by, now, user=user, from_on=from_on, to_on=to_on, supporter=supporter)  # fmt: skip


@transaction.atomic
def change_officer_induction(*, row, from_on, to_on, by, now, supporter=None):
    row = _held(row, by)
    check_induction(from_on, to_on, _day(now), themselves=supporter == row.user)
    return _changed(row, "officer_induction", by, now, from_on=from_on, to_on=to_on, supporter=supporter)  # fmt: skip


@transaction.atomic
def take_away(*, row, by, now):
    """Recorded by mistake: it never was. The database keeps what stood."""
    row = _held(row, by)
    record(by=by, action=f"took_away_{_name(row)}", account=row.user.username, row=row.pk)
    row.delete()


def _checked_off(user, code, from_on, to_on, hours, why, today, but=None):
    check_span(from_on, to_on, today)
    asked = Reduction(code, from_on, to_on, hours)
    check_reduction(asked, _contracted(user, from_on))
    others = HoursOff.objects.filter(user=user, code=code).exclude(pk=but)
    others = others.exclude(from_on=from_on)  # of which the database says that it is there already
    check_alone(asked, [Reduction(each.code, each.from_on, each.to_on) for each in others])
    return check_why(why)


def _contracted(user, day):
    """Hours by contract on that day; those of a full week where none are recorded."""
    row = ContractHours.objects.filter(user=user, from_on__lte=day).order_by("-from_on").first()
    if row is None or (row.to_on and row.to_on < day):
        return workload_policy(day).full_hours
    return row.hours


def _lock(user, by):
    """The officer, held while it is written, so that two seniors do not record the same."""
    if not officers_to_record(by).filter(pk=user.pk).exists():
        raise RuleBroken(NOT_YOURS)
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _held(row, by):
    """As it stands now, the officer held first."""
    user = _lock(row.user, by)
    found = type(row).objects.filter(pk=row.pk).first()
    if found is None:
        raise RuleBroken("Somebody has taken this away meanwhile. Look at the page again.")
    found.user = user
    return found


def _made(model, name, by, now, **said):
    _check_once(model(**said))
    row = model.objects.create(recorded_by=by, recorded_at=now, **said)
    record(by=by, action=f"recorded_{name}", account=row.user.username, row=row.pk)
    return row


def _changed(row, name, by, now, **said):
    for column, value in (said | {"recorded_by": by, "recorded_at": now}).items():
        setattr(row, column, value)
    _check_once(row)
    row.save()
    record(by=by, action=f"changed_{name}", account=row.user.username, row=row.pk)
    return row


def _check_once(row):
    """One of a sort from one day, as the database has it, in words."""
    (once,) = (one for one in row._meta.constraints if getattr(one, "fields", ()))
    same = {column: getattr(row, column) for column in once.fields}
    if type(row).objects.filter(**same).exclude(pk=row.pk).exists():
        raise RuleBroken("This is recorded from that day already. Put that right instead.")


def _name(row):
    return {
        ContractHours: "contract_hours",
        HoursOff: "hours_off",
        TrainingDone: "training",
        OfficerInduction: "officer_induction",
    }[type(row)]


def _day(now):
    return localtime(now).date()
