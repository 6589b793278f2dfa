"""Putting somebody on duty, taking them off, and sharing the days of a team out evenly.

Source: product rules, roles (duty officer). What to know of who is put on: `cases.rules.rota`.
"""

from collections import defaultdict

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import DutyTurn
from cases.queries.duty import known_of, officers_of
from cases.rules.rota import check_turn, days_of_rota, share_out
from cases.services.policy import clocks
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Team, User
from staff.permissions import Role
from staff.rules.dates import say_date


@transaction.atomic
def put_on_duty(*, team, on, user, by, now):
    """This officer has the duty of the team on that day. Returns the turn."""
    team, today = _lock(team), localtime(now).date()
    found = User.objects.filter(pk=user.pk, is_active=True, role=Role.OFFICER)
    officer = next(iter(known_of(found, today, on)), None)
    if officer is None:
        raise RuleBroken(f"{user.name} does not work here as an officer. Choose somebody else.")
    check_turn(day=on, officer=officer, today=today, extra=clocks(today).extra_bank_holidays)
    if DutyTurn.objects.on(on).filter(team=team, user=user).exists():
        raise RuleBroken(f"{user.name} has the duty on {say_date(on)} already.")
    turn = DutyTurn.objects.create(team=team, on=on, user=user, set_at=now, set_by=by)
    record(by=by, action="put_on_duty", account=user.username, team=team.code, on=on.isoformat())
    return turn


@transaction.atomic
def take_off_duty(*, turn, by, now):
    """They do not have the duty that day after all. Returns the turn."""
    _lock(turn.team)
    turn, today = (
        DutyTurn.objects.select_related("user", "team").get(pk=turn.pk),
        localtime(now).date(),
    )
    if turn.called_off_on:
        raise RuleBroken("They are taken off that day already.")
    if turn.on < today:
        raise RuleBroken("That day has been: what was is kept.")
    turn.called_off_on = today
    turn.save()
    record(
        by=by,
        action="took_off_duty",
        account=turn.user.username,
        team=turn.team.code,
        on=turn.on.isoformat(),
    )
    return turn


@transaction.atomic
def share_out_duty(*, team, by, now):
    """Put somebody on each day of the rota on which nobody is: evenly, and never somebody who is away or gone.

    Returns the turns that were made.
    """
    team, today = _lock(team), localtime(now).date()
    days = days_of_rota(today, clocks(today).extra_bank_holidays)
    standing = defaultdict(list)
    turns = DutyTurn.objects.standing().filter(team=team, on__in=days)
    for on, user in turns.order_by("on", "pk").values_list("on", "user"):
        standing[on].append(user)
    officers = officers_of(team, days[0], days[-1])
    if not officers:
        raise RuleBroken("Nobody in this team may have the duty: it has no officer at work.")
    shared = share_out(days, officers, standing)
    made = DutyTurn.objects.bulk_create(
        [
            DutyTurn(team=team, on=on, user_id=user, set_at=now, set_by=by)
            for on, user in shared.items()
        ]
    )
    record(by=by, action="shared_out_duty", team=team.code, days=len(made))
    return made


def _lock(team):
    """The rota of a team, held, so that two who set it at once follow one another."""
    return Team.objects.select_for_update(no_key=True).get(pk=team.pk)
