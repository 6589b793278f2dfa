"""What is known of whoever leads groups is recorded: training and its end, hours to lead, days away.

Source: product rules, groups (facilitators with training and leave, cover). What they state about themselves is theirs
alone to state (`staff.services.state_sex`). Leave of whoever holds cases is arranged with its cover, in `cases`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Absence
from cases.rules.cover import MAY_COVER, Days
from grid.models import LeaderHours, LeaderTraining
from grid.queries.leaders import leads_between, skills_on, who_leads
from grid.rules.leaders import check_leave, check_training, check_until, check_week
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User


@transaction.atomic
def record_training(*, user, skill, from_on, by, now, until=None):
    """Say what somebody has been trained to lead, in the words of the policy. Returns the `LeaderTraining`."""
    user, today = _hold(user), localtime(now).date()
    if user == by:
        raise RuleBroken("Somebody else records what you are trained for.")
    if not user.is_active:
        raise RuleBroken(f"{user.name} has no open account.")
    check_training(skill, from_on, until, skills_on(today), today)
    theirs = LeaderTraining.objects.filter(user=user, skill=skill, from_on=from_on)
    if theirs.exists():
        raise RuleBroken("This is recorded already. Look at the page again.")
    training = LeaderTraining.objects.create(
        user=user, skill=skill, from_on=from_on, until=until, recorded_at=now, recorded_by=by
    )
    record(by=by, action="recorded_leader_training", account=user.username, training=training.pk)
    return training


@transaction.atomic
def end_training(*, training, until, by, now):
    """Say which is the last day of a training; None: that it does not run out. Returns it.

    It is a fact, so it is not refused over sessions they are to lead: the page says which then need cover.
    """
    _hold(training.user)
    training = LeaderTraining.objects.select_related("user").get(pk=training.pk)
    check_until(training.from_on, until)
    training.until, training.recorded_at, training.recorded_by = until, now, by
    training.save()
    account = training.user.username
    record(by=by, action="ended_leader_training", account=account, training=training.pk)
    return training


@transaction.atomic
def set_hours(*, user, hours, by):
    """Set anew when somebody works who leads groups: {(weekday, from, to)}, 0 is Monday. None: nobody knows. Returns them."""
    user, wanted = _hold_leader(user), set(hours)
    check_week(wanted)
    held = {(one.weekday, one.from_at, one.to_at): one for one in user.hours_to_lead.all()}
    for key, one in held.items():
        if key not in wanted:
            one.delete()
    for weekday, from_at, to_at in sorted(wanted - set(held)):
        LeaderHours.objects.create(user=user, weekday=weekday, from_at=from_at, to_at=to_at)
    record(by=by, action="set_leader_hours", account=user.username)
    return user


@transaction.atomic
def record_leave(*, user, from_on, to_on, by, now):
    """Say that somebody who leads groups is away, both days included. Returns the `Absence`, and how many sessions they
    are named for on those days, which need cover."""
    user, today = _hold_leader(user), localtime(now).date()
    if user.role in MAY_COVER:
        raise RuleBroken(
            f"{user.name} holds cases: their leave is arranged under Away and cover, where somebody is named for the cases too."
        )
    absences = Absence.objects.filter(user=user, cancelled_on=None, to_on__gte=today)
    away = [Days(*days) for days in absences.order_by("from_on").values_list("from_on", "to_on")]
    check_leave(user.name, Days(from_on, to_on), away, today)
    absence = Absence.objects.create(user=user, from_on=from_on, to_on=to_on, by=by)
    record(by=by, action="recorded_leader_leave", account=user.username, absence=absence.pk)
    return absence, leads_between([user.pk], max(from_on, today), to_on)[user.pk]


def _hold_leader(user):
    if not who_leads().filter(pk=user.pk).exists():
        raise RuleBroken(f"{user.name} leads no groups. Record first what they are trained for.")
    return _hold(user)


def _hold(user):
    """The account, held while something of it is written, so that two do not write the same."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)
