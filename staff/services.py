"""Opening and shutting accounts, what staff change about their own, and the pulse of what runs unseen."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Heartbeat, Team, User
from staff.permissions import Role


@transaction.atomic
def set_shortcuts(*, user, on):
    """Turn this person's keyboard shortcuts on or off."""
    User.objects.filter(pk=user.pk).update(uses_shortcuts=on)
    record(by=user, action="set_shortcuts", on=on)


@transaction.atomic
def open_account(*, username, first_name, last_name, email, role, grade, team, staff_code, by):
    """Open an account that has no password yet. `team` is a team's code, or blank.

    Access follows from the role and team at once, so both are checked here and kept in the trail.
    """
    if User.objects.filter(username=username).exists():
        raise RuleBroken(f"There is an account called {username} already.")
    if staff_code and User.objects.filter(staff_code=staff_code).exists():
        raise RuleBroken(f"Another account has the staff code {staff_code}.")
    if grade and role != Role.OFFICER:
        raise RuleBroken("Only a responsible officer has a grade.")
    held = Team.objects.filter(code=team).first() if team else None
    if team and not held:
        raise RuleBroken(f"There is no team with the code {team}. Teams come with an import.")
    if not held and role in (Role.OFFICER, Role.SPO):
        raise RuleBroken("A responsible officer and a senior probation officer need a team.")
    user = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        role=role,
        grade=grade,
        team=held,
        staff_code=staff_code or None,
    )
    user.set_unusable_password()
    user.save()
    record(by=by, action="opened_account", account=username, role=str(role), team=team)
    return user


@transaction.atomic
def set_password(*, user, password, by):
    """Give an account this password, which the rules for passwords must allow."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise RuleBroken(" ".join(refusal.messages)) from refusal
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, action="set_password", account=user.username)


@transaction.atomic
def close_account(*, user, by):
    """Shut an account: its sessions and tokens open nothing from the next request."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    record(by=by, action="closed_account", account=user.username)


def beat_heart(*, name, now):
    """Say that a process which serves nobody directly is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
